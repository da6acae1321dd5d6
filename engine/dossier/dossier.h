/* dossier.h - what all parts of a dossier share: the state that is open, and the call that is being
 * answered. Private to the engine.
 *
 * One thread at a time is inside; who calls holds the lock. A query changes nothing; an act writes
 * one event with its effects, or nothing. */
#pragma once

#include "engine/base/json.h"
#include "engine/decide/policy.h"
#include "engine/dossier/store.h"

/* In the order of LakwerkReply. */
typedef enum {
	LW_REPLY_DONE,
	LW_REPLY_USAGE,
	LW_REPLY_UNKNOWN,
	LW_REPLY_FORBIDDEN,
	LW_REPLY_CONFLICT,
	LW_REPLY_REFUSED,
	LW_REPLY_BUSY,
	LW_REPLY_FAILED,
} LwReply;

typedef struct LwReadings LwReadings;
typedef struct LwFindings LwFindings; /* of consistency.c */

typedef struct {
	LwStore *store;
	LwReadings *readings;
	LwFindings *findings; /* or NULL */
	const LwPolicy *policy;
	char *today; /* YYYY-MM-DD; NULL: as the clock has it */
	gboolean scanning;
	char *(*say)(LwLang lang, const char *english); /* for people; yours */
} LwDossier;

typedef struct {
	LwDossier *dossier;
	const LwJson *given;  /* parameters, or an action */
	const char *reviewer; /* who acts; NULL: nobody, or a scan */
	LwLang lang;
	LwJson *answer;
	LwReply reply;
	char *message; /* English, of engine/messages.def */
} LwCall;

typedef enum { LW_OPTIONAL, LW_REQUIRED } LwNeed;

/* Always FALSE. The first refusal counts. */
gboolean lw_call_refuse(LwCall *call, LwReply reply, const char *message);
void lw_call_clear(LwCall *call);
/* An English message as people read it. */
void lw_call_say(const LwCall *call, LwJson *json, const char *key, const char *english);

/* What was given, checked: FALSE when it is of another type, out of bounds, or required and absent.
 * An absent or null one leaves the value alone. Strings are borrowed. */
gboolean lw_call_string(LwCall *call, const char *key, LwNeed need, const char **value);
gboolean lw_call_integer(LwCall *call, const char *key, LwNeed need, gint64 least, gint64 most,
			 gint64 *value);
gboolean lw_call_number(LwCall *call, const char *key, double *value);
gboolean lw_call_boolean(LwCall *call, const char *key, gboolean *value);
gboolean lw_call_has(const LwCall *call, const char *key); /* also when it is null */
/* FALSE when there is any other key than these (NULL-terminated) and those of every call. */
gboolean lw_call_keys(LwCall *call, const char *const *known);
/* The number of a document that is known. */
gboolean lw_call_document(LwCall *call, LwNeed need, gint64 *document);
/* A number or a list of them (gint64); yours; NULL when refused. */
GArray *lw_call_documents(LwCall *call);
/* "5.1.2.e;5.1.2.f" of "grounds" in any spelling, yours; NULL when absent, empty for []. */
gboolean lw_call_grounds(LwCall *call, char **grounds);

/* YYYY-MM-DD; yours. */
char *lw_dossier_today(const LwDossier *dossier);
/* A real day as YYYY-MM-DD. */
gboolean lw_date_parse(const char *text, GDate *date);
/* Text of a length that people write, without control characters but line ends. */
gboolean lw_text_is_fit(const char *text, gsize most);

/* The value that people gave, yours; NULL when none. */
char *lw_state_text(LwDossier *dossier, const char *subject, const char *field);
gboolean lw_state_is(LwDossier *dossier, const char *subject, const char *field, const char *value);
/* All values of subjects with a prefix such as "d:", as "subject\nfield"; yours. */
GHashTable *lw_state_table(LwDossier *dossier, const char *prefix);
const char *lw_table_value(GHashTable *table, const char *prefix, gint64 number, const char *field);

char *lw_meta_text(LwDossier *dossier, const char *key); /* yours, or NULL */
void lw_meta_set(LwDossier *dossier, const char *key, const char *value);
