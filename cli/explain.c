/* explain.c - lakwerk explain: why a mark is there. */
#include "cli/options.h"

const Command command_explain = {
	"explain",
	"PTRAGMDCJ",
	2,
	2,
	{{"lakwerk explain FILE MARK [opties]", "lakwerk explain FILE MARK [options]"}},
	{{"Zegt waarom een merkteken er staat en wat het beleid ermee doet.\n"
	  "MARK is een id uit lakwerk scan, of het begin daarvan.",
	  "Says why a mark is there and what the policy does with it.\n"
	  "MARK is an id of lakwerk scan, or the start of it."}},
};

LakwerkStatus run_explain(Options *options)
{
	LakwerkStatus status;

	watch(options);
	status = lakwerk_explain(options->lakwerk, options->arguments[0], options->arguments[1],
				 write_stdout, NULL);
	watch_end(options);
	return report(options, status);
}
