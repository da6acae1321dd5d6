/* register.c - lakwerk register: the record for the Dutch algorithm register. */
#include "cli/options.h"

const Command command_register = {
	"register",
	"P",
	0,
	-1,
	{{"lakwerk register [--policy FILE] [DOSSIER...]",
	  "lakwerk register [--policy FILE] [DOSSIER...]"}},
	{{"Schrijft de beschrijving voor het Algoritmeregister (standaard 1.0) als JSON.\n"
	  "Wie de organisatie is staat in het beleid, groep register. Dat mensen beslissen staat "
	  "er "
	  "alleen in voor\n"
	  "dossiers waarin zij dat deden; geef die op. De cijfers zijn gemeten met het model dat "
	  "is "
	  "geïnstalleerd.",
	  "Writes the record for the Dutch algorithm register (standard 1.0) as JSON.\n"
	  "Who the organisation is stands in the policy, group register. It says that people "
	  "decide "
	  "only for dossiers\n"
	  "in which they did; name those. The figures were measured with the model that is "
	  "installed."}},
};

LakwerkStatus run_register(Options *options)
{
	return report(options,
		      lakwerk_register(options->lakwerk, options->arguments, write_stdout, NULL));
}
