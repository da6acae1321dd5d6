/* main.c - the command lakwerk: finds the command, runs it, turns its status into the exit status.
 */
#include "cli/options.h"

#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
	const Command *command;
	LakwerkStatus (*run)(Options *options);
} commands[] = {
	{&command_redact, run_redact},	   {&command_scan, run_scan},
	{&command_verify, run_verify},	   {&command_text, run_text},
	{&command_explain, run_explain},   {&command_audit, run_audit},
	{&command_keygen, run_keygen},	   {&command_register, run_register},
	{&command_evaluate, run_evaluate}, {&command_policy, run_policy},
	{&command_doctor, run_doctor},	   {&command_dossier, run_dossier},
	{&command_publish, run_publish},   {&command_review, run_review},
	{&command_serve, run_serve},
};

enum { COMMANDS = sizeof(commands) / sizeof(commands[0]) };

static Lakwerk *running; /* for the signal handler */

static void on_signal(int number)
{
	(void)number;
	lakwerk_cancel(running);
}

/* A handler without SA_RESTART, so that waiting ends at once; ignored signals stay ignored. */
static void catch_signals(void)
{
	static const int numbers[] = {SIGINT, SIGTERM, SIGHUP};
	struct sigaction action = {.sa_handler = on_signal}, before;

	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		if (!sigaction(numbers[i], NULL, &before) && before.sa_handler != SIG_IGN)
			sigaction(numbers[i], &action, NULL);
}

/* The first sentence of what a command is about. */
static void print_command(const Command *command, Language lang)
{
	const char *about = command->about.in[lang], *end = strpbrk(about, ".\n");

	printf("  %-8s %.*s\n", command->name, (int)(end ? end - about : (long)strlen(about)),
	       about);
}

static void print_help(Language lang)
{
	static const Text head = {
		{"gebruik: lakwerk OPDRACHT [opties] [argumenten]\n\n"
		 "Zoekt persoonsgegevens in documenten en haalt ze er echt uit.\n\n",
		 "usage: lakwerk COMMAND [options] [arguments]\n\n"
		 "Finds personal data in documents and truly removes it.\n\n"}};
	static const Text tail = {
		{"\nlakwerk OPDRACHT --help zegt meer; lakwerk --version noemt de versie.\n"
		 "Uitkomst: 0 alles gedaan, 1 mislukt, 2 verkeerd gebruik, 3 niet alles kon of is "
		 "beslist,\n"
		 "4 lek (achtergehouden), 5 een mens moet eerst beslissen, 10 onderdeel ontbreekt, "
		 "130 onderbroken.\n",
		 "\nlakwerk COMMAND --help says more; lakwerk --version names the version.\n"
		 "Exit status: 0 all done, 1 failed, 2 wrong usage, 3 not everything could be done "
		 "or is decided,\n"
		 "4 a leak (withheld), 5 a person has to decide first, 10 a part is missing, 130 "
		 "interrupted.\n"}};

	fputs(head.in[lang], stdout);
	for (int i = 0; i < COMMANDS; i++)
		print_command(commands[i].command, lang);
	fputs(tail.in[lang], stdout);
}

static LakwerkStatus run(int index, int argc, char **argv)
{
	Options options = {.lakwerk = lakwerk_new()};
	LakwerkStatus status;
	bool done = false;

	running = options.lakwerk;
	status = options_parse(&options, commands[index].command, argc, argv, &done);
	if (!status && !done) {
		catch_signals();
		status = commands[index].run(&options);
	}
	status = finish_stdout(&options, status);
	signal(SIGINT, SIG_IGN);
	signal(SIGTERM, SIG_IGN);
	signal(SIGHUP, SIG_IGN);
	options_clear(&options);
	return status;
}

int main(int argc, char **argv)
{
	Language lang = options_language(argc, argv);

	setlocale(LC_CTYPE, "");
	/* --lang may stand before the command; the command reads it again only after it. */
	while (argc > 1 && !strncmp(argv[1], "--lang", 6)) {
		int words = argv[1][6] == '=' ? 1 : 2;

		if ((argv[1][6] && words == 2) || argc <= words)
			break;
		if (setenv("LC_ALL", lang == LANG_NL ? "nl_NL.UTF-8" : "en_GB.UTF-8", 1))
			return LAKWERK_FATAL;
		argc -= words;
		argv += words;
	}
	if (argc > 1 && (!strcmp(argv[1], "--version") || !strcmp(argv[1], "-V"))) {
		printf("lakwerk %s\n", lakwerk_version());
		return LAKWERK_OK;
	}
	if (argc > 1 &&
	    (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h") || !strcmp(argv[1], "help"))) {
		print_help(lang);
		return LAKWERK_OK;
	}
	for (int i = 0; argc > 1 && i < COMMANDS; i++)
		if (!strcmp(argv[1], commands[i].command->name))
			return run(i, argc - 1, argv + 1);
	if (argc > 1)
		fprintf(stderr,
			lang == LANG_NL ? "lakwerk: onbekende opdracht '%.60s' (lakwerk --help)\n"
					: "lakwerk: unknown command '%.60s' (lakwerk --help)\n",
			argv[1]);
	else
		fputs(lang == LANG_NL ? "lakwerk: geen opdracht gegeven (lakwerk --help)\n"
				      : "lakwerk: no command given (lakwerk --help)\n",
		      stderr);
	return LAKWERK_USAGE;
}
