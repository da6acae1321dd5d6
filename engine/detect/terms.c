/* terms.c - strings and regular expressions given by the user.
 *
 * A given term is never missed for the cost of finding it: a line on which a regular expression
 * reaches its limits is marked whole. */
#include "engine/detect/detect.h"
#include "engine/detect/pattern.h"

#include "engine/base/error.h"

#include <string.h>

typedef struct {
	LwPattern *pattern;
	const char *rule;
} Term;

struct LwTerms {
	GArray *items; /* Term */
};

/* The term as a pattern: white space of any kind, quotes and hyphens as the normalised view has
 * them. */
static char *quote(const char *term)
{
	g_autoptr(LwNormal) normal = lw_normal_new(term, strlen(term));
	g_autofree char *stripped = g_strstrip(g_strndup(normal->utf8, normal->length));
	if (!*stripped)
		return NULL;
	GString *regex = g_string_new("(?i)");
	gunichar first = g_utf8_get_char(stripped);
	const char *last = g_utf8_find_prev_char(stripped, stripped + strlen(stripped));
	gunichar final = last ? g_utf8_get_char(last) : first;
	if (lw_text_is_letter(first) || lw_text_is_digit(first))
		g_string_append(regex, "(?<![\\p{L}\\p{N}])");
	for (const char *at = stripped; *at; at++) {
		if (g_ascii_isspace(*at)) {
			while (g_ascii_isspace(at[1]))
				at++;
			g_string_append(regex, "\\s+");
			continue;
		}
		if ((guint8)*at < 0x80 && !g_ascii_isalnum(*at))
			g_string_append_c(regex, '\\');
		g_string_append_c(regex, *at);
		/* A hyphen may stand at a line end. */
		if (*at == '-')
			g_string_append(regex, "\\s*");
	}
	if (lw_text_is_letter(final) || lw_text_is_digit(final))
		g_string_append(regex, "(?![\\p{L}\\p{N}])");
	return g_string_free(regex, FALSE);
}

static gboolean add(LwTerms *terms, const char *regex, const char *rule, GError **error)
{
	Term term = {lw_pattern_new(regex, error), rule};
	if (!term.pattern)
		return FALSE;
	g_array_append_val(terms->items, term);
	return TRUE;
}

LwTerms *lw_terms_new(const char *const *terms, const char *const *regexes, GError **error)
{
	g_autoptr(LwTerms) self = g_new0(LwTerms, 1);
	self->items = g_array_new(FALSE, FALSE, sizeof(Term));
	for (; terms && *terms; terms++) {
		if (!g_utf8_validate(*terms, -1, NULL)) {
			g_set_error(error, LW_ERROR, LW_ERROR_USAGE,
				    "a given term is not valid UTF-8");
			return NULL;
		}
		g_autofree char *regex = quote(*terms);
		if (!regex) {
			g_set_error(error, LW_ERROR, LW_ERROR_USAGE, "a given term is empty");
			return NULL;
		}
		if (!add(self, regex, "term/text", error))
			return NULL;
	}
	for (; regexes && *regexes; regexes++)
		if (!add(self, *regexes, "term/regex", error))
			return NULL;
	return g_steal_pointer(&self);
}

void lw_terms_free(LwTerms *terms)
{
	if (!terms)
		return;
	for (guint i = 0; i < terms->items->len; i++)
		lw_pattern_free(g_array_index(terms->items, Term, i).pattern);
	g_array_free(terms->items, TRUE);
	g_free(terms);
}

static void mark(const LwDetection *detection, LwEntities *found, gsize from, gsize to,
		 const char *rule)
{
	gsize start, end;
	if (from >= to)
		return;
	lw_normal_range(detection->normal, from, to, &start, &end);
	LwEntity *entity = lw_entities_add(found, (LwSpan){(guint32)start, (guint32)(end - start)},
					   LW_KIND_TERM, 1.0f, rule);
	entity->reason = LW_REASON_GIVEN;
}

static gsize next_char(const LwNormal *normal, gsize at)
{
	at++;
	while (at < normal->length && (normal->utf8[at] & 0xc0) == 0x80)
		at++;
	return at;
}

/* Every match, also those that overlap, in [from, to). FALSE when the pattern reached its limits
 * there. */
static gboolean find_in(const Term *term, const LwDetection *detection, gsize from, gsize to,
			LwEntities *found)
{
	LwPatternGroup groups[LW_PATTERN_GROUPS];
	gboolean exhausted = FALSE;
	gsize marked = from;
	while (lw_pattern_next(term->pattern, detection->normal->utf8, to, from, groups,
			       &exhausted)) {
		if (groups[0].end > marked)
			mark(detection, found, groups[0].start, groups[0].end, term->rule);
		marked = MAX(marked, groups[0].end);
		from = next_char(detection->normal, groups[0].start);
	}
	return !exhausted;
}

static void find_by_line(const Term *term, const LwDetection *detection, LwEntities *found)
{
	const LwNormal *normal = detection->normal;
	for (gsize from = 0; from < normal->length;) {
		const char *stop = memchr(normal->utf8 + from, '\n', normal->length - from);
		gsize to = stop ? (gsize)(stop - normal->utf8) : normal->length;
		if (!find_in(term, detection, from, to, found))
			mark(detection, found, from, to, term->rule);
		from = to + 1;
	}
}

void lw_terms_find(const LwTerms *terms, const LwDetection *detection, LwEntities *found)
{
	for (guint i = 0; i < terms->items->len; i++) {
		const Term *term = &g_array_index(terms->items, Term, i);
		if (!find_in(term, detection, 0, detection->normal->length, found))
			find_by_line(term, detection, found);
	}
}
