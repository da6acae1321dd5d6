/* options.c - one table of options; every command names those that it takes. */
#include "cli/options.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef enum {
	TO_LIBRARY, /* the library's option, with or without a value */
	TO_OUT,
	TO_ORIGINAL,
	TO_INTERNAL,
	TO_MARK,
	TO_OPENING,
	TO_REVIEWER,
	TO_SINCE,
	TO_QUIET,
	TO_VERBOSE,
	TO_COLOUR,
	TO_NO_OPEN,
	TO_PORT,
	TO_SOCKET,
	TO_HOST,
	TO_SECRET,
	TO_NOTHING, /* --lang was read before */
	TO_HELP,
} Target;

typedef struct {
	char letter; /* in Command.options; lower case and 'j', 'n', 'o', 'q', 'v' are short options
			too */
	const char *name;
	const char *value; /* NULL: a switch */
	Target target;
	LakwerkOption option;
	Text about;
} Option;

static const Option table[] = {
	{'o',
	 "output",
	 "OUT",
	 TO_OUT,
	 0,
	 {{"map, of bij één bestand een bestand, voor de uitvoer",
	   "folder, or for one input a file, for the output"}}},
	{'P',
	 "policy",
	 "FILE",
	 TO_LIBRARY,
	 LAKWERK_POLICY,
	 {{"beleid in plaats van het ingebouwde", "policy instead of the built-in one"}}},
	{'T',
	 "term",
	 "TEXT",
	 TO_LIBRARY,
	 LAKWERK_TERM,
	 {{"lak ook dit woord of deze woorden (mag vaker)",
	   "also remove this word or phrase (repeatable)"}}},
	{'R',
	 "regex",
	 "RE",
	 TO_LIBRARY,
	 LAKWERK_REGEX,
	 {{"lak ook wat hierop past (mag vaker)", "also remove what matches (repeatable)"}}},
	{'A',
	 "area",
	 "PAGE:X0,Y0,X1,Y1",
	 TO_LIBRARY,
	 LAKWERK_AREA,
	 {{"lak dit vlak, in punten van linksboven (mag vaker)",
	   "remove this area, in points from the top-left (repeatable)"}}},
	{'G',
	 "ground",
	 "G",
	 TO_LIBRARY,
	 LAKWERK_GROUND,
	 {{"grondslag van --term, --regex en --area", "ground of --term, --regex and --area"}}},
	{'M',
	 "marks",
	 "FILE",
	 TO_LIBRARY,
	 LAKWERK_MARKS,
	 {{"precies deze merktekens: uitvoer van scan, nagekeken",
	   "exactly these marks: output of scan, edited"}}},
	{'D',
	 "no-detect",
	 NULL,
	 TO_LIBRARY,
	 LAKWERK_NO_DETECT,
	 {{"zoek niet zelf", "find nothing by itself"}}},
	{'C',
	 "accept",
	 "WHAT",
	 TO_LIBRARY,
	 LAKWERK_ACCEPT,
	 {{"neem voorstellen over: sure, likely, suggested; of unread",
	   "take proposals: sure, likely, suggested; or unread"}}},
	{'W',
	 "width",
	 "exact|quantised|strict",
	 TO_LIBRARY,
	 LAKWERK_WIDTH,
	 {{"breedte van de vlakken; anders die van het beleid",
	   "width of the boxes; else that of the policy"}}},
	{'L',
	 "log",
	 "FILE",
	 TO_LIBRARY,
	 LAKWERK_LOG,
	 {{"zet het logboek ook hier", "put the log here too"}}},
	{'S',
	 "state",
	 "DIR",
	 TO_LIBRARY,
	 LAKWERK_STATE,
	 {{"map voor sleutels en stand, in plaats van OUT.internal",
	   "folder for keys and state instead of OUT.internal"}}},
	{'j',
	 "jobs",
	 "N",
	 TO_LIBRARY,
	 LAKWERK_JOBS,
	 {{"aantal documenten tegelijk", "documents at a time"}}},
	{'n', "dry-run", NULL, TO_LIBRARY, LAKWERK_DRY_RUN, {{"schrijf niets", "write nothing"}}},
	{'F', "force", NULL, TO_LIBRARY, LAKWERK_FORCE, {{"overschrijf", "overwrite"}}},
	{'K',
	 "kept",
	 NULL,
	 TO_LIBRARY,
	 LAKWERK_KEPT,
	 {{"toon ook wat leesbaar blijft", "also list what stays readable"}}},
	{'E',
	 "faults",
	 NULL,
	 TO_LIBRARY,
	 LAKWERK_FAULTS,
	 {{"toon ook elk gemist of ten onrechte geraakt deel (tekst uit documenten)",
	   "also list each part missed or wrongly touched (text of documents)"}}},
	{'J', "json", NULL, TO_LIBRARY, LAKWERK_JSON, {{"JSON op stdout", "JSON on stdout"}}},
	{'O',
	 "original",
	 "FILE",
	 TO_ORIGINAL,
	 0,
	 {{"het document van vóór het lakken", "the document as it was before"}}},
	{'I',
	 "internal",
	 "DIR",
	 TO_INTERNAL,
	 0,
	 {{"map met sleutels en hashes", "folder with keys and hashes"}}},
	{'U',
	 "reviewer",
	 "NAME",
	 TO_REVIEWER,
	 0,
	 {{"wie handelt; anders de gebruiker van deze sessie",
	   "who acts; otherwise the user of this session"}}},
	{'Q',
	 "since",
	 "OUT",
	 TO_SINCE,
	 0,
	 {{"een eerdere publicatie: schrijf alleen wat veranderde",
	   "an earlier publication: write only what changed"}}},
	{'B', "no-open", NULL, TO_NO_OPEN, 0, {{"open geen browser", "open no browser"}}},
	{'p', "port", "N", TO_PORT, 0, {{"poort op 127.0.0.1", "port on 127.0.0.1"}}},
	{'N', "socket", "PATH", TO_SOCKET, 0, {{"Unix-socket", "Unix socket"}}},
	{'H',
	 "host",
	 "NAME",
	 TO_HOST,
	 0,
	 {{"naam waaronder browsers de proxy kennen", "name under which browsers know the proxy"}}},
	{'Z',
	 "secret",
	 "FILE",
	 TO_SECRET,
	 0,
	 {{"bestand met wat de proxy toont", "file with what the proxy shows"}}},
	{'k',
	 "key",
	 "FILE",
	 TO_LIBRARY,
	 LAKWERK_KEY,
	 {{"sleutel die het logboek tekent, of bij audit moet hebben getekend",
	   "key that signs the log, or for audit must have signed"}}},
	{'m',
	 "mark",
	 "ID",
	 TO_MARK,
	 0,
	 {{"het merkteken dat wordt geopend", "the mark that is opened"}}},
	{'g',
	 "opening",
	 "FILE",
	 TO_OPENING,
	 0,
	 {{"een opening: past zij op dit logboek?", "an opening: does it fit this log?"}}},
	{'q', "quiet", NULL, TO_QUIET, 0, {{"alleen fouten", "errors only"}}},
	{'v', "verbose", NULL, TO_VERBOSE, 0, {{"ook mededelingen", "notices too"}}},
	{'X', "color", "WHEN", TO_COLOUR, 0, {{"auto, always of never", "auto, always or never"}}},
	{'Y', "lang", "nl|en", TO_NOTHING, 0, {{"taal van de meldingen", "language of messages"}}},
	{'h', "help", NULL, TO_HELP, 0, {{"deze hulp", "this help"}}},
};

enum { OPTIONS = sizeof(table) / sizeof(table[0]), LONG_ONLY = 256 };

/* Taken by every command. */
static const char common[] = "qvXYh";

const char *say(const Options *options, Text text)
{
	return text.in[options->lang];
}

static void print_path(const char *path)
{
	for (; *path; path++)
		fputc((unsigned char)*path < 0x20 || *path == 0x7f ? '?' : *path, stderr);
}

void complain(const Options *options, const char *path, const char *message)
{
	fputs(options->colour ? "\033[31mlakwerk:\033[0m " : "lakwerk: ", stderr);
	if (path) {
		fputc('\'', stderr);
		print_path(path);
		fputs("': ", stderr);
	}
	print_path(message);
	fputc('\n', stderr);
}

LakwerkStatus report(const Options *options, LakwerkStatus status)
{
	const char *message = lakwerk_message(options->lakwerk);

	if (*message)
		complain(options, NULL, message);
	return status;
}

void write_stdout(void *self, const char *bytes, size_t length)
{
	(void)self;
	fwrite(bytes, 1, length, stdout);
}

LakwerkStatus finish_stdout(const Options *options, LakwerkStatus status)
{
	if (!fflush(stdout) && !ferror(stdout))
		return status;
	complain(options, NULL,
		 say(options, TEXT("schrijven naar stdout mislukt", "cannot write to stdout")));
	return LAKWERK_FATAL;
}

static bool takes(const Command *command, char letter)
{
	return strchr(command->options, letter) || strchr(common, letter);
}

static void print_help(const Options *options)
{
	const Command *command = options->command;

	printf("%s %s\n\n%s\n\n", say(options, TEXT("gebruik:", "usage:")),
	       say(options, command->usage), say(options, command->about));
	for (int i = 0; i < OPTIONS; i++) {
		const Option *option = &table[i];
		char name[64];
		bool is_short = strchr("ojnqvh", option->letter) != NULL;

		if (!takes(command, option->letter))
			continue;
		snprintf(name, sizeof(name), "--%s%s%s", option->name, option->value ? " " : "",
			 option->value ? option->value : "");
		printf("  %c%c%c %-26s %s\n", is_short ? '-' : ' ', is_short ? option->letter : ' ',
		       is_short ? ',' : ' ', name, say(options, option->about));
	}
}

Language options_language(int argc, char **argv)
{
	static const char *const variables[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
	const char *lang = NULL;

	for (int i = 1; i < argc && strcmp(argv[i], "--"); i++) {
		if (!strncmp(argv[i], "--lang=", 7))
			lang = argv[i] + 7;
		else if (!strcmp(argv[i], "--lang") && i + 1 < argc)
			lang = argv[i + 1];
	}
	for (int i = 0; i < 3 && (!lang || !*lang); i++)
		lang = getenv(variables[i]);
	return lang && !strncmp(lang, "nl", 2) ? LANG_NL : LANG_EN;
}

static LakwerkStatus set_colour(Options *options, const char *when)
{
	if (strcmp(when, "auto") && strcmp(when, "always") && strcmp(when, "never")) {
		complain(options, NULL,
			 say(options, TEXT("--color is auto, always of never",
					   "--color is auto, always or never")));
		return LAKWERK_USAGE;
	}
	if (strcmp(when, "auto"))
		options->colour = !strcmp(when, "always");
	return LAKWERK_OK;
}

static LakwerkStatus set_port(Options *options, const char *value)
{
	char *end;
	long port = strtol(value, &end, 10);

	if (!*value || *end || port < 1 || port > 65535) {
		complain(options, NULL,
			 say(options, TEXT("--port is een getal van 1 tot 65535",
					   "--port is a number from 1 to 65535")));
		return LAKWERK_USAGE;
	}
	options->port = (int)port;
	return LAKWERK_OK;
}

static LakwerkStatus apply(Options *options, const Option *option, const char *value, bool *done)
{
	switch (option->target) {
	case TO_LIBRARY:
		options->dry = options->dry || option->option == LAKWERK_DRY_RUN;
		options->json = options->json || option->option == LAKWERK_JSON;
		if (option->option == LAKWERK_STATE)
			options->state = value;
		if (option->option == LAKWERK_KEY)
			options->key = value;
		return report(options, lakwerk_set(options->lakwerk, option->option, value));
	case TO_OUT:
		options->out = value;
		return LAKWERK_OK;
	case TO_ORIGINAL:
		options->original = value;
		return LAKWERK_OK;
	case TO_INTERNAL:
		options->internal = value;
		return LAKWERK_OK;
	case TO_MARK:
		options->mark = value;
		return LAKWERK_OK;
	case TO_OPENING:
		options->opening = value;
		return LAKWERK_OK;
	case TO_REVIEWER:
		options->reviewer = value;
		return LAKWERK_OK;
	case TO_SINCE:
		options->since = value;
		return LAKWERK_OK;
	case TO_QUIET:
		options->quiet = true;
		return LAKWERK_OK;
	case TO_VERBOSE:
		options->verbose = true;
		return LAKWERK_OK;
	case TO_COLOUR:
		return set_colour(options, value);
	case TO_NO_OPEN:
		options->no_open = true;
		return LAKWERK_OK;
	case TO_PORT:
		return set_port(options, value);
	case TO_SOCKET:
		options->socket = value;
		return LAKWERK_OK;
	case TO_HOST:
		options->host = value;
		return LAKWERK_OK;
	case TO_SECRET:
		options->secret = value;
		return LAKWERK_OK;
	case TO_NOTHING:
		return report(options, lakwerk_set(options->lakwerk, LAKWERK_LANG, value));
	case TO_HELP:
		print_help(options);
		*done = true;
		return LAKWERK_OK;
	}
	return LAKWERK_USAGE;
}

/* What getopt_long wants, for one command. */
static void prepare(const Command *command, struct option *longs, char *shorts)
{
	int count = 0;

	*shorts++ = ':';
	for (int i = 0; i < OPTIONS; i++) {
		const Option *option = &table[i];

		if (!takes(command, option->letter))
			continue;
		longs[count++] =
			(struct option){option->name, option->value ? 1 : 0, NULL, LONG_ONLY + i};
		if (!strchr("ojnqvh", option->letter))
			continue;
		*shorts++ = option->letter;
		if (option->value)
			*shorts++ = ':';
	}
	*shorts = '\0';
	longs[count] = (struct option){0};
}

static const Option *option_of(int code)
{
	for (int i = 0; i < OPTIONS; i++)
		if (code == LONG_ONLY + i || (code < LONG_ONLY && table[i].letter == code))
			return &table[i];
	return NULL;
}

static LakwerkStatus misuse(const Options *options, const char *what, const char *which)
{
	char message[256];

	snprintf(message, sizeof(message), "%s%s%.120s (lakwerk %s --help)", what, which ? " " : "",
		 which ? which : "", options->command->name);
	complain(options, NULL, message);
	return LAKWERK_USAGE;
}

static LakwerkStatus read_options(Options *options, int argc, char **argv, bool *done)
{
	struct option longs[OPTIONS + 1];
	char shorts[2 * OPTIONS + 2];
	int code;

	prepare(options->command, longs, shorts);
	opterr = 0;
	optind = 1;
	while ((code = getopt_long(argc, argv, shorts, longs, NULL)) != -1) {
		LakwerkStatus status;

		if (code == '?')
			return misuse(options,
				      say(options, TEXT("onbekende optie", "unknown option")),
				      argv[optind - 1]);
		if (code == ':')
			return misuse(
				options,
				say(options, TEXT("waarde ontbreekt bij", "value missing for")),
				argv[optind - 1]);
		status = apply(options, option_of(code), optarg, done);
		if (status || *done)
			return status;
	}
	return LAKWERK_OK;
}

static LakwerkStatus read_arguments(Options *options, int argc, char **argv)
{
	const Command *command = options->command;

	options->count = argc - optind;
	options->arguments = calloc((size_t)options->count + 1, sizeof(char *));
	if (!options->arguments)
		return LAKWERK_FATAL;
	for (int i = 0; i < options->count; i++)
		options->arguments[i] = argv[optind + i];
	if (options->count < command->least)
		return misuse(
			options,
			say(options, TEXT("er ontbreekt een argument", "an argument is missing")),
			NULL);
	if (command->most >= 0 && options->count > command->most)
		return misuse(options,
			      say(options, TEXT("te veel argumenten:", "too many arguments:")),
			      options->arguments[command->most]);
	return LAKWERK_OK;
}

LakwerkStatus options_parse(Options *options, const Command *command, int argc, char **argv,
			    bool *done)
{
	LakwerkStatus status;

	options->command = command;
	options->lang = options_language(argc, argv);
	options->colour = isatty(STDERR_FILENO) && !getenv("NO_COLOR");
	lakwerk_set(options->lakwerk, LAKWERK_LANG, options->lang == LANG_NL ? "nl" : "en");
	status = read_options(options, argc, argv, done);
	return status || *done ? status : read_arguments(options, argc, argv);
}

void options_clear(Options *options)
{
	free(options->arguments);
	lakwerk_free(options->lakwerk);
}
