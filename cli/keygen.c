/* keygen.c - lakwerk keygen: a pair of keys to sign logs with. */
#include "cli/options.h"

const Command command_keygen = {
	"keygen",
	"",
	1,
	1,
	{{"lakwerk keygen FILE", "lakwerk keygen FILE"}},
	{{"Maakt een sleutelpaar om logboeken mee te tekenen.\n"
	  "De private sleutel komt in FILE, alleen leesbaar voor de eigenaar; houd die geheim. De "
	  "publieke\n"
	  "komt in FILE.pub; maak die bekend, met de vingerafdruk die wordt getoond. Een sleutel "
	  "wordt nooit\n"
	  "overschreven.",
	  "Makes a pair of keys to sign logs with.\n"
	  "The private key goes to FILE, readable by its owner only; keep it secret. The public "
	  "one goes to\n"
	  "FILE.pub; make it known, with the fingerprint that is shown. A key is never "
	  "overwritten."}},
};

LakwerkStatus run_keygen(Options *options)
{
	return report(options,
		      lakwerk_keygen(options->lakwerk, options->arguments[0], write_stdout, NULL));
}
