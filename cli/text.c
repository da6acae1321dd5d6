/* text.c - lakwerk text: what the offsets of marks count in. */
#include "cli/options.h"

const Command command_text = {
	"text",
	"",
	1,
	1,
	{{"lakwerk text FILE", "lakwerk text FILE"}},
	{{"Toont de tekst van een document, zoals merktekens haar tellen.\n"
	  "Bladzijden eindigen met U+000C. De plaatsen in scan tellen Unicode-tekens van deze "
	  "tekst.",
	  "Shows the text of a document as marks count it.\n"
	  "Pages end with U+000C. Offsets of scan count Unicode code points of this text."}},
};

LakwerkStatus run_text(Options *options)
{
	LakwerkStatus status;

	watch(options);
	status = lakwerk_text(options->lakwerk, options->arguments[0], write_stdout, NULL);
	watch_end(options);
	return report(options, status);
}
