/* audit.c - lakwerk audit: is a log as it was written? And what did one mark of it remove? */
#include "cli/options.h"

#include <string.h>

const Command command_audit = {
	"audit",
	"ImgkJ",
	1,
	2,
	{{"lakwerk audit LOG [--internal DIR] [--key FILE] [--opening FILE]\n"
	  "          lakwerk audit open LOG --mark ID [--internal DIR]",
	  "lakwerk audit LOG [--internal DIR] [--key FILE] [--opening FILE]\n"
	  "       lakwerk audit open LOG --mark ID [--internal DIR]"}},
	{{"Controleert keten, hashes en handtekening van een logboek, zonder netwerk.\n"
	  "Toont de sleutel die tekende en de laatste schakel; bewaar die elders, dan kan niemand "
	  "het logboek\n"
	  "ongemerkt vervangen. 'open' geeft voor één merkteken wat is weggehaald en wat dat "
	  "bewijst: wie alleen het\n"
	  "logboek en die opening heeft, controleert haar met --opening en leert niets over andere "
	  "merktekens.",
	  "Checks chain, hashes and signature of a log, without a network.\n"
	  "Shows the key that signed and the last link; keep it elsewhere, and nobody can replace "
	  "the log unnoticed.\n"
	  "'open' gives for one mark what was removed and what proves it: who has only the log and "
	  "that opening checks\n"
	  "it with --opening, and learns nothing of other marks."}},
};

static LakwerkStatus misuse(const Options *options, Text text)
{
	complain(options, NULL, say(options, text));
	return LAKWERK_USAGE;
}

LakwerkStatus run_audit(Options *options)
{
	const char **arguments = options->arguments;

	if (options->count == 1 && !options->mark)
		return report(options,
			      lakwerk_audit(options->lakwerk, arguments[0], options->internal,
					    options->opening, write_stdout, NULL));
	if (options->count == 1 || strcmp(arguments[0], "open") || options->opening)
		return misuse(
			options,
			TEXT("geef één logboek, of: open LOG --mark ID (lakwerk audit --help)",
			     "give one log, or: open LOG --mark ID (lakwerk audit --help)"));
	if (!options->mark)
		return misuse(options, TEXT("--mark ID ontbreekt (lakwerk audit --help)",
					    "--mark ID is missing (lakwerk audit --help)"));
	return report(options, lakwerk_open_mark(options->lakwerk, arguments[1], options->internal,
						 options->mark, write_stdout, NULL));
}
