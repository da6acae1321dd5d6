/* policy.c - lakwerk policy: the policy in force, as a file to start from. */
#include "cli/options.h"

const Command command_policy = {
	"policy",
	"P",
	0,
	0,
	{{"lakwerk policy [--policy FILE]", "lakwerk policy [--policy FILE]"}},
	{{"Toont het geldende beleid, met uitleg, als bestand om mee te beginnen.\n"
	  "Met --policy wordt dat bestand eerst nagekeken: fouten worden met regelnummer genoemd.",
	  "Shows the policy in force, with comments, as a file to start from.\n"
	  "With --policy that file is checked first: errors are named with their line."}},
};

LakwerkStatus run_policy(Options *options)
{
	return report(options, lakwerk_policy(options->lakwerk, write_stdout, NULL));
}
