/* redact.c - lakwerk redact: a folder in, the same folder without personal data out. */
#include "cli/options.h"

#include <stdio.h>
#include <string.h>

const Command command_redact = {
	"redact",
	"oPTRAGMDCWLSkjnFJ",
	1,
	-1,
	{{"lakwerk redact INPUT... -o OUT [opties]", "lakwerk redact INPUT... -o OUT [options]"}},
	{{"Leest, zoekt, lakt wat het beleid zegt, controleert en legt vast.\n"
	  "INPUT is een bestand, een map (met alles daarin) of '-'. De invoer verandert nooit. Een "
	  "document komt pas\n"
	  "in OUT te staan als een ander proces niets heeft teruggevonden van wat weg moest.",
	  "Reads, detects, removes what the policy says, verifies and records.\n"
	  "INPUT is a file, a folder (with all that is in it) or '-'. The input never changes. A "
	  "document appears in\n"
	  "OUT only after another process has found nothing of what was to be removed."}},
};

static void summarise(const Options *options, const LakwerkSummary *summary)
{
	fprintf(stderr,
		options->dry ? say(options, TEXT("%u van %u documenten zouden worden geschreven",
						 "%u of %u documents would be written"))
			     : say(options, TEXT("%u van %u documenten geschreven en gecontroleerd",
						 "%u of %u documents written and verified")),
		options->dry ? summary->documents - summary->withheld - summary->refused
			     : summary->written,
		summary->documents);
	if (summary->unchanged)
		fprintf(stderr, say(options, TEXT(" (%u ongewijzigd)", " (%u unchanged)")),
			summary->unchanged);
	fprintf(stderr,
		options->dry ? say(options, TEXT("; %u keer zou worden gelakt",
						 "; %u redactions would be made"))
			     : say(options, TEXT("; %u keer gelakt", "; %u redactions")),
		summary->marks);
	if (summary->open)
		fprintf(stderr, say(options, TEXT("; %u voorstellen open", "; %u proposals open")),
			summary->open);
	if (summary->withheld)
		fprintf(stderr, say(options, TEXT("; %u achtergehouden", "; %u withheld")),
			summary->withheld);
	if (summary->refused)
		fprintf(stderr, say(options, TEXT("; %u geweigerd", "; %u refused")),
			summary->refused);
	if (options->notices && !options->quiet)
		fprintf(stderr,
			say(options, TEXT("; %u mededelingen (-v toont ze)",
					  "; %u notices (-v shows them)")),
			options->notices);
	fputc('\n', stderr);
}

LakwerkStatus run_redact(Options *options)
{
	LakwerkSummary summary = {0};
	LakwerkStatus status;

	if (!options->out) {
		complain(options, NULL,
			 say(options, TEXT("-o OUT ontbreekt (lakwerk redact --help)",
					   "-o OUT is missing (lakwerk redact --help)")));
		return LAKWERK_USAGE;
	}
	if (!strcmp(options->out, "-")) {
		complain(options, NULL,
			 say(options, TEXT("-o - kan niet: geef een bestand of map",
					   "-o - cannot be: give a file or folder")));
		return LAKWERK_USAGE;
	}
	watch(options);
	status = lakwerk_redact(options->lakwerk, options->arguments, options->out, &summary);
	watch_end(options);
	if (!options->quiet && !*lakwerk_message(options->lakwerk))
		summarise(options, &summary);
	return report(options, status);
}
