/* options.h - the options that commands share, what they tell people, and how a command ends. */
#pragma once

#include "engine/lakwerk.h"

#include <stdbool.h>

typedef enum { LANG_NL, LANG_EN } Language;

/* Text in both languages. */
typedef struct {
	const char *in[2];
} Text;

#define TEXT(nl, en) ((Text){{nl, en}})

typedef struct {
	const char *name;
	const char *options; /* short names it takes; upper-case letters stand for long ones: see
				options.c */
	int least, most;     /* number of arguments; most -1: any */
	Text usage, about;
} Command;

typedef struct {
	const Command *command;
	Lakwerk *lakwerk;
	Language lang;
	bool quiet, verbose, colour, dry, json, no_open;
	const char *out, *original, *internal, *reviewer, *state, *key, *since, *socket, *host, *secret;
	const char *mark, *opening;
	int port; /* 0: any */
	const char **arguments; /* NULL at the end */
	int count;
	unsigned notices; /* not shown */
} Options;

/* Reads the options of a command; a status other than LAKWERK_OK ends the program, *done tells that
 * all was said. */
LakwerkStatus options_parse(Options *options, const Command *command, int argc, char **argv,
			    bool *done);
void options_clear(Options *options);
/* From --lang among the arguments, or the locale. */
Language options_language(int argc, char **argv);

const char *say(const Options *options, Text text);
/* "lakwerk: …" on stderr; a path (may be NULL) comes before the message. */
void complain(const Options *options, const char *path, const char *message);
/* Says why a call failed, when it did. */
LakwerkStatus report(const Options *options, LakwerkStatus status);
/* For LakwerkWriteFunc: stdout. */
void write_stdout(void *self, const char *bytes, size_t length);
/* Flushes stdout: a full disk is no success. */
LakwerkStatus finish_stdout(const Options *options, LakwerkStatus status);
/* Shows progress and problems on stderr. */
void watch(Options *options);
void watch_end(Options *options);

/* One per file. */
extern const Command command_redact, command_scan, command_text, command_explain, command_verify,
	command_audit, command_keygen, command_register, command_evaluate, command_policy,
	command_doctor, command_dossier, command_publish, command_review, command_serve;
LakwerkStatus run_redact(Options *options);
LakwerkStatus run_scan(Options *options);
LakwerkStatus run_text(Options *options);
LakwerkStatus run_explain(Options *options);
LakwerkStatus run_verify(Options *options);
LakwerkStatus run_audit(Options *options);
LakwerkStatus run_keygen(Options *options);
LakwerkStatus run_register(Options *options);
LakwerkStatus run_evaluate(Options *options);
LakwerkStatus run_policy(Options *options);
LakwerkStatus run_doctor(Options *options);
LakwerkStatus run_dossier(Options *options);
LakwerkStatus run_publish(Options *options);
LakwerkStatus run_review(Options *options);
LakwerkStatus run_serve(Options *options);
