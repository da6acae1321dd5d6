/* dossier.c - lakwerk dossier: makes, scans, shows, backs up and scripts a dossier. */
#include "cli/options.h"

#include "engine/lakwerk-dossier.h"

#include <errno.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

const Command command_dossier = {
	"dossier",
	"PSjU",
	2,
	-1,
	{{"lakwerk dossier WAT DOSSIER [argumenten] [opties]",
	  "lakwerk dossier WHAT DOSSIER [arguments] [options]"}},
	{{"Beheert een dossier: een map met documenten waarover mensen samen beslissen.\n"
	  "  init DOSSIER               maak het en lees alle documenten\n"
	  "  scan DOSSIER               lees wat nieuw of veranderd is; beslissingen blijven\n"
	  "  status DOSSIER             hoe het ervoor staat en wat publiceren in de weg staat\n"
	  "  settings DOSSIER [K=W...]  toon of verander de instellingen\n"
	  "  backup DOSSIER BESTAND     een kopie van de stand, ook terwijl anderen werken\n"
	  "  restore DOSSIER BESTAND    zet een kopie terug; wat er was blijft ernaast staan\n"
	  "  export DOSSIER             merktekens en gebeurtenissen als JSON Lines\n"
	  "  import DOSSIER BESTAND     neem beslissingen over uit nagekeken uitvoer van scan\n"
	  "  query DOSSIER VRAAG [JSON] vraag iets; het antwoord is JSON\n"
	  "  act DOSSIER JSON           doe iets: alles wat de webpagina kan",
	  "Manages a dossier: a folder of documents that people decide on together.\n"
	  "  init DOSSIER               make it and read all documents\n"
	  "  scan DOSSIER               read what is new or changed; decisions stay\n"
	  "  status DOSSIER             how it stands and what is in the way of publishing\n"
	  "  settings DOSSIER [K=V...]  show or change the settings\n"
	  "  backup DOSSIER FILE        a copy of the state, also while others work\n"
	  "  restore DOSSIER FILE       put a copy back; what was there stays beside it\n"
	  "  export DOSSIER             marks and events as JSON Lines\n"
	  "  import DOSSIER FILE        take over decisions from edited output of scan\n"
	  "  query DOSSIER QUERY [JSON] ask something; the answer is JSON\n"
	  "  act DOSSIER JSON           do something: all that the web page can"}},
};

typedef struct {
	Options *options;
	LakwerkDossier *dossier;
	const char *name;
	const char **arguments; /* after the dossier */
	int count;
} Work;

/* A text that grows. */
typedef struct {
	char *bytes;
	size_t length, room;
	bool failed;
} Buffer;

static void append(void *self, const char *bytes, size_t length)
{
	Buffer *buffer = self;
	size_t wanted = buffer->length + length + 1;
	char *larger = buffer->bytes;

	if (wanted > buffer->room) {
		size_t room = wanted * 2;

		larger = realloc(buffer->bytes, room);
		buffer->room = larger ? room : buffer->room;
	}
	if (!larger) {
		buffer->failed = true;
		return;
	}
	buffer->bytes = larger;
	memcpy(buffer->bytes + buffer->length, bytes, length);
	buffer->length += length;
	buffer->bytes[buffer->length] = '\0';
}

static void append_text(Buffer *buffer, const char *text)
{
	append(buffer, text, strlen(text));
}

/* A JSON string. */
static void append_quoted(Buffer *buffer, const char *text, size_t length)
{
	append_text(buffer, "\"");
	for (size_t i = 0; i < length; i++) {
		char code[8];

		if ((unsigned char)text[i] < 0x20 || text[i] == '"' || text[i] == '\\')
			snprintf(code, sizeof(code), "\\u%04x", (unsigned char)text[i]);
		else
			snprintf(code, sizeof(code), "%c", text[i]);
		append_text(buffer, code);
	}
	append_text(buffer, "\"");
}

static LakwerkStatus status_of(LakwerkReply reply)
{
	switch (reply) {
	case LAKWERK_REPLY_DONE:
		return LAKWERK_OK;
	case LAKWERK_REPLY_USAGE:
	case LAKWERK_REPLY_UNKNOWN:
		return LAKWERK_USAGE;
	case LAKWERK_REPLY_FAILED:
		return LAKWERK_FATAL;
	default:
		return LAKWERK_REVIEW;
	}
}

static LakwerkStatus tell(const Work *work, LakwerkStatus status)
{
	const char *message = lakwerk_dossier_message(work->dossier);

	if (*message)
		complain(work->options, NULL, message);
	return status;
}

/* Who acts: --reviewer, or the user of this session. */
static const char *reviewer_of(const Options *options)
{
	const struct passwd *user = getpwuid(getuid());

	if (options->reviewer)
		return options->reviewer;
	return user && user->pw_name ? user->pw_name : "";
}

/* The answer as a line, or why there is none. */
static LakwerkStatus finish(const Work *work, LakwerkReply reply, Buffer *answer)
{
	if (reply == LAKWERK_REPLY_DONE && answer->bytes && !answer->failed)
		printf("%s%s", answer->bytes,
		       answer->length && answer->bytes[answer->length - 1] == '\n' ? "" : "\n");
	free(answer->bytes);
	return tell(work, status_of(reply));
}

static LakwerkStatus ask(const Work *work, const char *what, const char *parameters)
{
	Buffer answer = {0};
	LakwerkReply reply =
		lakwerk_dossier_query(work->dossier, what, parameters, append, &answer);

	return finish(work, reply, &answer);
}

static LakwerkStatus do_act(const Work *work, const char *action, bool quiet)
{
	Buffer answer = {0};
	LakwerkReply reply = lakwerk_dossier_act(work->dossier, reviewer_of(work->options), action,
						 append, &answer);

	if (quiet && reply == LAKWERK_REPLY_DONE)
		answer.length = 0;
	if (quiet && reply == LAKWERK_REPLY_DONE) {
		free(answer.bytes);
		return LAKWERK_OK;
	}
	return finish(work, reply, &answer);
}

static LakwerkStatus run_scan_work(const Work *work)
{
	LakwerkStatus status;

	watch(work->options);
	status = lakwerk_dossier_scan(work->dossier);
	watch_end(work->options);
	if (status != LAKWERK_OK && status != LAKWERK_INCOMPLETE)
		return tell(work, status);
	if (!work->options->quiet)
		ask(work, "status", NULL);
	return status;
}

static LakwerkStatus run_status(const Work *work)
{
	return ask(work, "status", NULL);
}

/* "title=Parkeren" as a member; "true", "false" and numbers are what they say. */
static bool append_setting(Buffer *action, const char *setting)
{
	const char *equals = strchr(setting, '='), *value = equals ? equals + 1 : NULL;
	bool bare;

	if (!equals || equals == setting)
		return false;
	bare = !strcmp(value, "true") || !strcmp(value, "false") ||
	       !strncmp(setting, "suspended_days=", 15);
	append_text(action, ",");
	append_quoted(action, setting, (size_t)(equals - setting));
	append_text(action, ":");
	if (bare && *value && value[strspn(value, "0123456789abcdefghijklmnopqrstuvwxyz")] == '\0')
		append_text(action, value);
	else
		append_quoted(action, value, strlen(value));
	return true;
}

static LakwerkStatus run_settings(const Work *work)
{
	Buffer action = {0};
	LakwerkStatus status;

	if (!work->count)
		return ask(work, "dossier", NULL);
	append_text(&action, "{\"act\":\"settings\"");
	for (int i = 0; i < work->count; i++) {
		if (append_setting(&action, work->arguments[i]))
			continue;
		complain(work->options, work->arguments[i],
			 say(work->options,
			     TEXT("een instelling is SLEUTEL=WAARDE", "a setting is KEY=VALUE")));
		free(action.bytes);
		return LAKWERK_USAGE;
	}
	append_text(&action, "}");
	status = action.failed ? LAKWERK_FATAL : do_act(work, action.bytes, true);
	free(action.bytes);
	return status;
}

static LakwerkStatus run_backup(const Work *work)
{
	return tell(work, lakwerk_dossier_backup(work->dossier, work->arguments[0]));
}

static LakwerkStatus run_export(const Work *work)
{
	return tell(work, status_of(lakwerk_dossier_query(work->dossier, "export", NULL,
							  write_stdout, NULL)));
}

/* The lines of the file as the items of a list. */
static LakwerkStatus run_import(const Work *work)
{
	FILE *file = fopen(work->arguments[0], "r");
	Buffer action = {0};
	char *line = NULL;
	size_t room = 0;
	ssize_t length;
	bool first = true;
	LakwerkStatus status;

	if (!file) {
		complain(work->options, work->arguments[0],
			 say(work->options, TEXT("kan niet worden gelezen", "cannot be read")));
		return LAKWERK_USAGE;
	}
	append_text(&action, "{\"act\":\"import\",\"documents\":[");
	while ((length = getline(&line, &room, file)) > 0) {
		if (strspn(line, " \t\r\n") == (size_t)length)
			continue;
		if (!first)
			append_text(&action, ",");
		append(&action, line, (size_t)length);
		first = false;
	}
	append_text(&action, "]}");
	free(line);
	fclose(file);
	status = action.failed ? LAKWERK_FATAL : do_act(work, action.bytes, true);
	free(action.bytes);
	return status;
}

static LakwerkStatus run_query(const Work *work)
{
	return ask(work, work->arguments[0], work->count > 1 ? work->arguments[1] : NULL);
}

static LakwerkStatus run_act(const Work *work)
{
	return do_act(work, work->arguments[0], false);
}

/* ---- restoring ---- */

static bool copy_file(const char *from, const char *to)
{
	FILE *source = fopen(from, "rb"), *target = source ? fopen(to, "wbx") : NULL;
	char bytes[65536];
	size_t length;
	bool done = target != NULL;

	while (done && (length = fread(bytes, 1, sizeof(bytes), source)) > 0)
		done = fwrite(bytes, 1, length, target) == length;
	done = done && !ferror(source) && !fflush(target) && !fsync(fileno(target));
	if (target && (fchmod(fileno(target), 0600) || fclose(target)))
		done = false;
	if (source)
		fclose(source);
	return done;
}

/* Three parts as one path; yours. */
static char *joined(const char *a, const char *b, const char *c)
{
	size_t room = strlen(a) + strlen(b) + strlen(c) + 1;
	char *path = malloc(room);

	if (path)
		snprintf(path, room, "%s%s%s", a, b, c);
	return path;
}

/* The state as it was goes aside, never away. */
static bool put_aside(const char *state)
{
	static const char *const parts[] = {"", "-wal", "-shm"};
	bool done = true;

	for (int i = 0; i < 3 && done; i++) {
		char *from = joined(state, parts[i], ""), *to = joined(state, ".before", parts[i]);

		done = from && to && (access(from, F_OK) || !rename(from, to));
		free(from);
		free(to);
	}
	return done;
}

static bool put_back(const char *state, const char *copy)
{
	char *draft = joined(state, ".part", "");
	bool done = draft && (!unlink(draft) || errno == ENOENT) && copy_file(copy, draft) &&
		    put_aside(state) && !rename(draft, state);

	if (draft && !done)
		unlink(draft);
	free(draft);
	return done;
}

static LakwerkStatus run_restore(Options *options)
{
	LakwerkDossier *dossier = NULL;
	const char *folder = options->arguments[1];
	LakwerkStatus status;
	char *state;
	bool done;

	if (options->count != 3) {
		complain(options, NULL,
			 say(options, TEXT("welke kopie? (lakwerk dossier --help)",
					   "which copy? (lakwerk dossier --help)")));
		return LAKWERK_USAGE;
	}
	/* Nobody else may have it open. */
	status = lakwerk_dossier_open(options->lakwerk, folder, LAKWERK_DOSSIER_CREATE, &dossier);
	lakwerk_dossier_close(dossier);
	if (status == LAKWERK_REVIEW)
		return report(options, status);
	state = options->state ? joined(options->state, "/dossier.db", "")
			       : joined(folder, "/.lakwerk/dossier.db", "");
	done = state && put_back(state, options->arguments[2]);
	free(state);
	if (!done) {
		complain(options, options->arguments[2],
			 say(options, TEXT("kan niet worden teruggezet", "cannot be restored")));
		return LAKWERK_FATAL;
	}
	status = lakwerk_dossier_open(options->lakwerk, folder, LAKWERK_DOSSIER_WRITE, &dossier);
	lakwerk_dossier_close(dossier);
	return report(options, status);
}

/* ---- the command ---- */

static const struct {
	const char *name;
	int least, most; /* arguments after the dossier */
	LakwerkDossierMode mode;
	LakwerkStatus (*run)(const Work *work);
} works[] = {
	{"init", 0, 0, LAKWERK_DOSSIER_CREATE, run_scan_work},
	{"scan", 0, 0, LAKWERK_DOSSIER_WRITE, run_scan_work},
	{"status", 0, 0, LAKWERK_DOSSIER_READ, run_status},
	{"settings", 0, 100, LAKWERK_DOSSIER_WRITE, run_settings},
	{"backup", 1, 1, LAKWERK_DOSSIER_READ, run_backup},
	{"export", 0, 0, LAKWERK_DOSSIER_READ, run_export},
	{"import", 1, 1, LAKWERK_DOSSIER_WRITE, run_import},
	{"query", 1, 2, LAKWERK_DOSSIER_READ, run_query},
	{"act", 1, 1, LAKWERK_DOSSIER_WRITE, run_act},
};

LakwerkStatus run_dossier(Options *options)
{
	Work work = {options, NULL, options->arguments[1], options->arguments + 2,
		     options->count - 2};
	const int count = sizeof(works) / sizeof(works[0]);
	LakwerkDossierMode mode;
	LakwerkStatus status;
	int i = 0;

	if (!strcmp(options->arguments[0], "restore"))
		return run_restore(options);
	while (i < count && strcmp(works[i].name, options->arguments[0]))
		i++;
	if (i == count || work.count < works[i].least || work.count > works[i].most) {
		complain(options, options->arguments[0],
			 i == count ? say(options, TEXT("onbekend (lakwerk dossier --help)",
							"unknown (lakwerk dossier --help)"))
				    : say(options, TEXT("verkeerd aantal argumenten "
							"(lakwerk dossier --help)",
							"wrong number of arguments "
							"(lakwerk dossier --help)")));
		return LAKWERK_USAGE;
	}
	mode = works[i].run == run_settings && !work.count ? LAKWERK_DOSSIER_READ : works[i].mode;
	status = lakwerk_dossier_open(options->lakwerk, work.name, mode, &work.dossier);
	if (status)
		return report(options, status);
	status = works[i].run(&work);
	lakwerk_dossier_close(work.dossier);
	return status;
}
