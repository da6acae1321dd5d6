/* publish.c - lakwerk publish: what was decided in a dossier goes out, all or nothing. */
#include "cli/options.h"

#include "engine/lakwerk-dossier.h"

#include <stdio.h>
#include <string.h>

const Command command_publish = {
	"publish",
	"oQSkjJ",
	1,
	1,
	{{"lakwerk publish DOSSIER -o OUT [opties]", "lakwerk publish DOSSIER -o OUT [options]"}},
	{{"Schrijft wat in een dossier is beslist naar een nieuwe map.\n"
	  "Weigert (5) zolang een voorstel open staat, een grond ontbreekt, iets hier weg en daar "
	  "leesbaar is, of de\n"
	  "tweede lezer niet heeft getekend. Alles is nagekeken, of er komt niets.",
	  "Writes what was decided in a dossier to a new folder.\n"
	  "Refuses (5) while a proposal is open, a ground is missing, something is removed here "
	  "and "
	  "readable there, or\n"
	  "the second reader has not signed. All of it is verified, or nothing comes."}},
};

static void write_stderr(void *self, const char *bytes, size_t length)
{
	const Options *options = self;

	if (!options->quiet)
		fwrite(bytes, 1, length, stderr);
}

/* For people how it went, or what stands in the way; for programs the answer. */
static LakwerkStatus publish(Options *options, LakwerkDossier *dossier)
{
	LakwerkStatus status;

	watch(options);
	status = lakwerk_dossier_publish(dossier, options->out, options->since,
					 options->json ? write_stdout : write_stderr, options);
	watch_end(options);
	if (options->json)
		putchar('\n');
	if (*lakwerk_dossier_message(dossier))
		complain(options, NULL, lakwerk_dossier_message(dossier));
	if (status == LAKWERK_REVIEW && !options->json)
		lakwerk_dossier_query(dossier, "status", NULL, write_stdout, NULL);
	return status;
}

LakwerkStatus run_publish(Options *options)
{
	LakwerkDossier *dossier = NULL;
	LakwerkStatus status;

	if (!options->out) {
		complain(options, NULL,
			 say(options, TEXT("-o OUT ontbreekt (lakwerk publish --help)",
					   "-o OUT is missing (lakwerk publish --help)")));
		return LAKWERK_USAGE;
	}
	status = lakwerk_dossier_open(options->lakwerk, options->arguments[0], LAKWERK_DOSSIER_READ,
				      &dossier);
	if (status)
		return report(options, status);
	status = publish(options, dossier);
	lakwerk_dossier_close(dossier);
	return status;
}
