/* review.c - lakwerk review and lakwerk serve: the page where people decide. */
#include "cli/options.h"
#include "engine/base/install.h"
#include "review/review.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

extern char **environ;

const Command command_review = {
	"review",
	"okPSjBp",
	1,
	1,
	{{"lakwerk review DOSSIER [opties]", "lakwerk review DOSSIER [options]"}},
	{{"Opent het dossier in de browser, waar een mens over elk voorstel beslist.\n"
	  "DOSSIER is een map met documenten; die veranderen niet. De stand staat in "
	  "DOSSIER/.lakwerk. "
	  "De pagina komt van\n"
	  "dit programma, is alleen vanaf deze machine te bereiken en vraagt niets aan een "
	  "netwerk. "
	  "Een publicatie komt\n"
	  "in de map van -o, anders naast het dossier. Stoppen: Ctrl-C.",
	  "Opens the dossier in the browser, where a person decides on every proposal.\n"
	  "DOSSIER is a folder with documents; they do not change. The state is in "
	  "DOSSIER/.lakwerk. "
	  "The page comes from\n"
	  "this program, can be reached from this machine only and asks nothing of a network. A "
	  "publication comes\n"
	  "in the folder of -o, else beside the dossier. To stop: Ctrl-C."}},
};

const Command command_serve = {
	"serve",
	"okpNHZ",
	1,
	-1,
	{{"lakwerk serve DOSSIER... --host NAAM [opties]",
	  "lakwerk serve DOSSIER... --host NAME [options]"}},
	{{"Dient dossiers aan meer beoordelaars, achter een proxy die zegt wie de gebruiker is.\n"
	  "De proxy zet die naam in X-Remote-User en haalt weg wat een browser daar zelf zet. Op "
	  "een "
	  "poort toont hij ook\n"
	  "het geheim van --secret in X-Lakwerk-Secret; een Unix-socket heeft dat niet nodig.",
	  "Serves dossiers to several reviewers, behind a proxy that says who the user is.\n"
	  "The proxy puts that name in X-Remote-User and takes away what a browser puts there. At "
	  "a "
	  "port it also shows\n"
	  "the secret of --secret in X-Lakwerk-Secret; a Unix socket needs none."}},
};

/* A browser that does not start is no failure: the address has been printed. */
static void open_browser(const char *url)
{
	char *arguments[] = {(char *)"xdg-open", (char *)url, NULL};
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	sigset_t none;
	pid_t child;

	sigemptyset(&none);
	posix_spawnattr_init(&attributes);
	posix_spawnattr_setsigmask(&attributes, &none);
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
	posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
	posix_spawnp(&child, "xdg-open", &actions, &attributes, arguments, environ);
	posix_spawn_file_actions_destroy(&actions);
	posix_spawnattr_destroy(&attributes);
}

static void on_ready(void *self, const char *url)
{
	Options *options = self;

	watch_end(options);
	printf("%s\n", url);
	fflush(stdout);
	if (!options->no_open)
		open_browser(url);
}

static void on_complaint(void *self, const char *path, const char *message)
{
	Options *options = self;

	watch_end(options);
	complain(options, path, message);
}

static ReviewServe open_module(void)
{
	char *path = lw_install_review();
	void *module = path ? dlopen(path, RTLD_NOW | RTLD_LOCAL) : NULL;

	free(path);
	return module ? (ReviewServe)dlsym(module, REVIEW_SYMBOL) : NULL;
}

static LakwerkStatus serve(Options *options, ReviewMode mode)
{
	ReviewSettings settings = {
		.mode = mode,
		.folders = options->arguments,
		.port = options->port,
		.socket = options->socket,
		.host = options->host,
		.secret = options->secret,
		.out = options->out,
		.key = options->key,
		.lang = options->lang == LANG_NL ? "nl" : "en",
		.ready = on_ready,
		.complain = on_complaint,
		.self = options,
	};

	ReviewServe review = open_module();

	if (!review) {
		complain(options, NULL,
			 say(options, TEXT("het deel van lakwerk met de pagina ontbreekt",
					   "the part of lakwerk with the page is missing")));
		return LAKWERK_FATAL;
	}
	watch(options);
	return review(options->lakwerk, &settings);
}

LakwerkStatus run_review(Options *options)
{
	return serve(options, REVIEW_ALONE);
}

LakwerkStatus run_serve(Options *options)
{
	options->no_open = true;
	if (!options->host || (!options->socket && (!options->port || !options->secret))) {
		complain(
			options, NULL,
			say(options,
			    TEXT("geef --host, en --socket of --port met --secret (lakwerk serve "
				 "--help)",
				 "give --host, and --socket or --port with --secret (lakwerk serve "
				 "--help)")));
		return LAKWERK_USAGE;
	}
	return serve(options, REVIEW_OFFICE);
}
