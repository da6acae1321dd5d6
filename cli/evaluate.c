/* evaluate.c - lakwerk evaluate: how good the detection is on documents that a person has labelled.
 */
#include "cli/options.h"

const Command command_evaluate = {
	"evaluate",
	"PCEJ",
	1,
	-1,
	{{"lakwerk evaluate GOLD... [opties]", "lakwerk evaluate GOLD... [options]"}},
	{{"Meet het zoeken op documenten die een mens heeft gemerkt, en schrijft niets.\n"
	  "GOLD is een .txt met daarnaast een .ann (brat), een bestand met gevallen, of een map "
	  "daarvan.\n"
	  "Elk document staat op zichzelf. Elk getal staat met zijn 95%-interval (bootstrap over "
	  "documenten).",
	  "Measures the detection on documents that a person has labelled; writes nothing.\n"
	  "GOLD is a .txt with an .ann beside it (brat), a file of cases, or a folder of these.\n"
	  "Each document stands alone. Each figure comes with its 95 % interval (bootstrap over "
	  "documents)."}},
};

LakwerkStatus run_evaluate(Options *options)
{
	LakwerkStatus status;

	watch(options);
	status = lakwerk_evaluate(options->lakwerk, options->arguments, write_stdout, NULL);
	watch_end(options);
	return report(options, status);
}
