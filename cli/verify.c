/* verify.c - lakwerk verify: attacks redacted files, ours or anyone's. */
#include "cli/options.h"

const Command command_verify = {
	"verify",
	"OJ",
	1,
	-1,
	{{"lakwerk verify FILE... [--original FILE]", "lakwerk verify FILE... [--original FILE]"}},
	{{"Valt een gelakt bestand aan, van wie het ook is.\n"
	  "Zoekt tekst en beelden onder donkere vlakken, niet toegepaste annotaties en "
	  "verraderlijke metagegevens.\n"
	  "Met het origineel zoekt het ook alles wat daaruit is weggehaald.",
	  "Attacks a redacted file, whoever made it.\n"
	  "Looks for text and pictures under dark boxes, annotations that were never applied and "
	  "metadata that tells.\n"
	  "With the original it also looks for everything that was taken out of that."}},
};

LakwerkStatus run_verify(Options *options)
{
	LakwerkStatus worst = LAKWERK_OK;

	if (options->original && options->count > 1) {
		complain(options, NULL,
			 say(options, TEXT("--original hoort bij één bestand",
					   "--original belongs to one file")));
		return LAKWERK_USAGE;
	}
	for (int i = 0; i < options->count; i++) {
		LakwerkStatus status =
			report(options, lakwerk_verify(options->lakwerk, options->arguments[i],
						       options->original, write_stdout, NULL));

		if (status == LAKWERK_FATAL || status == LAKWERK_INTERRUPTED)
			return status;
		worst = status > worst ? status : worst;
	}
	return worst;
}
