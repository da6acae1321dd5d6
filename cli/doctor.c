/* doctor.c - lakwerk doctor: what is installed here and what protects the workers. */
#include "cli/options.h"

const Command command_doctor = {
	"doctor",
	"J",
	0,
	0,
	{{"lakwerk doctor", "lakwerk doctor"}},
	{{"Toont wat hier is geïnstalleerd en wat de werkprocessen beschermt.",
	  "Shows what is installed here and what protects the workers."}},
};

LakwerkStatus run_doctor(Options *options)
{
	return report(options, lakwerk_doctor(options->lakwerk, write_stdout, NULL));
}
