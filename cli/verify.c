/* verify.c - lakwerk verify: attacks redacted files, ours or anyone's. */
#include "cli/options.h"

const Command command_verify = {
	"verify",
	"OJ",
	1,
	-1,
	{{"lakwerk verify FILE... [--original FILE]", "lakwerk verify FILE... [--original FILE]"}},
	{{"Valt een gelakt bestand aan, van wie het ook is.\n"
	  "Zoekt tekst en beelden onder vlakken, tekst die niemand ziet, niet toegepaste "
	  "annotaties, "
	  "eerdere versies en\nverraderlijke metagegevens.\n"
	  "Met het origineel zoekt het ook alles wat daaruit is weggehaald.\n"
	  "Een lek eindigt met 4; een spoor (de naam van een programma) wordt alleen gemeld.",
	  "Attacks a redacted file, whoever made it.\n"
	  "Looks for text and pictures under boxes, text that nobody sees, annotations that were "
	  "never applied,\nearlier revisions and metadata that tells.\n"
	  "With the original it also looks for everything that was taken out of that.\n"
	  "A leak ends with 4; a trace (the name of a program) is told only."}},
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
