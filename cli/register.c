/* register.c - lakwerk register: the record for the Dutch algorithm register. */
#include "cli/options.h"

const Command command_register = {
	"register",
	"P",
	0,
	-1,
	{{"lakwerk register [--policy FILE] [DOSSIER...]",
	  "lakwerk register [--policy FILE] [DOSSIER...]"}},
	{{"Schrijft de beschrijving voor het Algoritmeregister als JSON.\n"
	  "Volgens publicatiestandaard 1.0. Wie de organisatie is staat in het beleid, groep "
	  "register. Dat\n"
	  "mensen beslissen staat er alleen in voor dossiers waarin zij dat deden; geef die op. De "
	  "cijfers\n"
	  "zijn gemeten met het model dat is geïnstalleerd.",
	  "Writes the record for the Dutch algorithm register as JSON.\n"
	  "By publication standard 1.0. Who the organisation is stands in the policy, group "
	  "register. It\n"
	  "says that people decide only for dossiers in which they did; name those. The figures "
	  "were\n"
	  "measured with the model that is installed."}},
};

LakwerkStatus run_register(Options *options)
{
	return report(options,
		      lakwerk_register(options->lakwerk, options->arguments, write_stdout, NULL));
}
