/* messages.c - recognises an English message by the fixed words of its table and says it in Dutch.
 *
 * Invariant: what the table does not know comes out as it went in. A message may hold a name that
 * somebody chose to mislead us: how deep and how often we look is bounded. */
#include "engine/messages.h"

#include <errno.h>
#include <string.h>

enum { PARTS_MOST = 4, SPLITS_MOST = 8, DEPTH_MOST = 3, TRIES_MOST = 200 };

typedef struct {
	const char *english, *dutch;
} Message;

static const Message messages[] = {
#define LW_MESSAGE(english, dutch) {english, dutch},
#define LW_FAULT(code, dutch)
#include "engine/messages.def"
#undef LW_MESSAGE
#undef LW_FAULT
};

static const struct {
	int code;
	const char *dutch;
} faults[] = {
#define LW_MESSAGE(english, dutch)
#define LW_FAULT(code, dutch) {code, dutch},
#include "engine/messages.def"
#undef LW_MESSAGE
#undef LW_FAULT
};

/* What stands in the place of a parameter. */
typedef struct {
	const char *start;
	gsize length;
	gboolean is_message; /* no number, and no name between quotes */
} Part;

typedef struct {
	const Message *message;
	guint depth, count;
	guint *tries; /* left for the whole message */
	Part parts[PARTS_MOST];
	char *sure;  /* every part that may be a message is one */
	char *loose; /* the first way in which it fits at all */
} Match;

static char *translate(const char *english, guint depth, guint *tries);

static gboolean is_quoted(const char *format, const char *parameter)
{
	const char *before = parameter;

	if (before > format && before[-1] == '\'')
		return TRUE;
	return before - format >= 3 && !memcmp(before - 3, "‘", 3);
}

/* Puts the parts into the Dutch text. */
static void match_say(Match *match)
{
	GString *said = g_string_new(NULL);
	gboolean sure = TRUE;
	guint index = 0;

	for (const char *c = match->message->dutch; *c; c++) {
		if (*c != '%') {
			g_string_append_c(said, *c);
			continue;
		}
		g_assert(index < match->count);
		const Part *part = &match->parts[index++];
		g_autofree char *english = g_strndup(part->start, part->length);
		g_autofree char *dutch =
			part->is_message ? translate(english, match->depth + 1, match->tries)
					 : NULL;

		sure = sure && (dutch || !part->is_message);
		g_string_append(said, dutch ? dutch : english);
		c++;
	}
	if (sure)
		match->sure = g_string_free(said, FALSE);
	else if (!match->loose)
		match->loose = g_string_free(said, FALSE);
	else
		g_string_free(said, TRUE);
}

static void match_from(Match *match, const char *format, const char *text);

static void match_number(Match *match, const char *format, const char *text)
{
	gsize digits = strspn(text + (*text == '-'), "0123456789");

	if (!digits)
		return;
	match->parts[match->count++] = (Part){text, digits + (*text == '-'), FALSE};
	match_from(match, format + 2, text + digits + (*text == '-'));
	match->count--;
}

/* The text goes on to where the next fixed words stand: at the end when they end the format. */
static void match_text(Match *match, const char *format, const char *text)
{
	const char *rest = format + 2;
	gsize fixed = strcspn(rest, "%"), length = strlen(text);
	g_autofree char *words = g_strndup(rest, fixed);
	const char *at = text;
	Part *part = &match->parts[match->count++];

	*part = (Part){text, 0, !is_quoted(match->message->english, format)};
	if (!rest[fixed]) {
		part->length = length - MIN(fixed, length);
		match_from(match, rest, text + part->length);
	}
	for (int i = 0; rest[fixed] && i < SPLITS_MOST && *match->tries && !match->sure;
	     i++, at++) {
		at = strstr(at, words);
		if (!at)
			break;
		part->length = (gsize)(at - text);
		match_from(match, rest, at);
	}
	match->count--;
}

static void match_from(Match *match, const char *format, const char *text)
{
	gsize fixed = strcspn(format, "%");

	if (strncmp(format, text, fixed))
		return;
	format += fixed;
	text += fixed;
	if (!*format && !*text)
		match_say(match);
	else if (*format && match->count < PARTS_MOST && format[1] == 'u')
		match_number(match, format, text);
	else if (*format && match->count < PARTS_MOST)
		match_text(match, format, text);
}

/* NULL when the table does not know it. */
static char *translate(const char *english, guint depth, guint *tries)
{
	char *loose = NULL;

	if (depth > DEPTH_MOST || !*tries)
		return NULL;
	--*tries;
	for (guint i = 0; i < G_N_ELEMENTS(faults); i++)
		if (!strcmp(g_strerror(faults[i].code), english))
			return g_strdup(faults[i].dutch);
	for (guint i = 0; i < G_N_ELEMENTS(messages); i++) {
		Match match = {.message = &messages[i], .depth = depth, .tries = tries};

		match_from(&match, messages[i].english, english);
		if (match.sure) {
			g_free(match.loose);
			g_free(loose);
			return match.sure;
		}
		if (loose)
			g_free(match.loose);
		else
			loose = match.loose;
	}
	return loose;
}

char *lw_message_in(LwLang lang, const char *english)
{
	guint tries = TRIES_MOST;
	char *dutch = english && lang == LW_LANG_NL ? translate(english, 0, &tries) : NULL;

	return dutch ? dutch : g_strdup(english);
}
