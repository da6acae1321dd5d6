/* audit.c - lakwerk audit: is a log as it was written? */
#include "cli/options.h"

const Command command_audit = {
	"audit",
	"IJ",
	1,
	1,
	{{"lakwerk audit LOG [--internal DIR]", "lakwerk audit LOG [--internal DIR]"}},
	{{"Controleert de keten en de hashes van een logboek.\n"
	  "Toont de laatste schakel; bewaar die elders, dan kan niemand het logboek ongemerkt "
	  "vervangen.",
	  "Checks the chain and the hashes of a log.\n"
	  "Shows the last link; keep it elsewhere, and nobody can replace the log unnoticed."}},
};

LakwerkStatus run_audit(Options *options)
{
	return report(options, lakwerk_audit(options->lakwerk, options->arguments[0],
					     options->internal, write_stdout, NULL));
}
