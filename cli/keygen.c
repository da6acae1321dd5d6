/* keygen.c - lakwerk keygen: a pair of keys to sign logs with. */
#include "cli/options.h"

const Command command_keygen = {
	"keygen",
	"",
	1,
	1,
	{{"lakwerk keygen FILE", "lakwerk keygen FILE"}},
	{{"Maakt een sleutelpaar om logboeken mee te tekenen: FILE en FILE.pub.\n"
	  "Houd FILE geheim (alleen de eigenaar kan het lezen) en maak FILE.pub en de getoonde "
	  "vingerafdruk bekend.\n"
	  "Er wordt nooit een sleutel overschreven.",
	  "Makes a pair of keys to sign logs with: FILE and FILE.pub.\n"
	  "Keep FILE secret (only its owner can read it); make FILE.pub and the fingerprint that "
	  "is "
	  "shown known.\n"
	  "A key is never overwritten."}},
};

LakwerkStatus run_keygen(Options *options)
{
	return report(options,
		      lakwerk_keygen(options->lakwerk, options->arguments[0], write_stdout, NULL));
}
