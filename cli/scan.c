/* scan.c - lakwerk scan: proposals as JSON Lines. */
#include "cli/options.h"

const Command command_scan = {
	"scan",
	"PTRAGMDCjKJ",
	1,
	-1,
	{{"lakwerk scan INPUT... [opties]", "lakwerk scan INPUT... [options]"}},
	{{"Toont voorstellen als JSON Lines en schrijft niets.\n"
	  "Elke regel is een document met zijn merktekens. Kijk ze na, verander 'decision' in "
	  "accepted of rejected\n"
	  "en geef het bestand terug met lakwerk redact --marks. De regels bevatten tekst uit de "
	  "documenten.",
	  "Shows proposals as JSON Lines and writes nothing.\n"
	  "Each line is a document with its marks. Edit them, change 'decision' to accepted or "
	  "rejected, and hand the\n"
	  "file back with lakwerk redact --marks. The lines hold text of the documents."}},
};

LakwerkStatus run_scan(Options *options)
{
	LakwerkStatus status;

	watch(options);
	status = lakwerk_scan(options->lakwerk, options->arguments, write_stdout, NULL);
	watch_end(options);
	return report(options, status);
}
