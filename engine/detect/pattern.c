/* pattern.c - regular expressions with bounds. The door to PCRE2.
 *
 * A pattern is immutable after it compiled; what a match needs besides is kept per thread. */
#include "engine/detect/pattern.h"

#include "engine/base/error.h"
#include "engine/base/limits.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <string.h>

#define JIT_STACK_START (32 * 1024)
#define JIT_STACK_LIMIT (1024 * 1024)
#define HEAP_LIMIT_KIB	(64 * 1024)
#define PATTERN_LIMIT	65536 /* bytes of a pattern */

#define OPENINGS 16

/* Where a match can begin. */
typedef struct {
	const char *words;		 /* "geb|gb|#", behind one another */
	guint16 first[256], second[256]; /* by byte: bits of the openings that have it there */
} Openings;

struct LwPattern {
	pcre2_code *code;
	Openings *openings; /* NULL: anywhere */
	const char *regex;  /* not NULL: compiled when it is needed */
};

typedef struct {
	pcre2_match_data *data;
	pcre2_match_context *context;
	pcre2_jit_stack *stack;
} Matcher;

static void matcher_free(gpointer self)
{
	Matcher *matcher = self;
	pcre2_match_data_free(matcher->data);
	pcre2_match_context_free(matcher->context);
	pcre2_jit_stack_free(matcher->stack);
	g_free(matcher);
}

static GPrivate thread_matcher = G_PRIVATE_INIT(matcher_free);

static Matcher *matcher_of_thread(void)
{
	Matcher *matcher = g_private_get(&thread_matcher);
	if (matcher)
		return matcher;
	matcher = g_new0(Matcher, 1);
	matcher->data = pcre2_match_data_create(LW_PATTERN_GROUPS, NULL);
	matcher->context = pcre2_match_context_create(NULL);
	g_assert(matcher->data && matcher->context);
	pcre2_set_match_limit(matcher->context, LW_LIMIT_MATCHES);
	pcre2_set_heap_limit(matcher->context, HEAP_LIMIT_KIB);
	matcher->stack = pcre2_jit_stack_create(JIT_STACK_START, JIT_STACK_LIMIT, NULL);
	if (matcher->stack)
		pcre2_jit_stack_assign(matcher->context, NULL, matcher->stack);
	g_private_set(&thread_matcher, matcher);
	return matcher;
}

LwPattern *lw_pattern_new(const char *regex, GError **error)
{
	gsize length = strlen(regex);
	if (length > PATTERN_LIMIT) {
		g_set_error(error, LW_ERROR, LW_ERROR_USAGE,
			    "the regular expression is longer than %d bytes", PATTERN_LIMIT);
		return NULL;
	}
	int code = 0;
	PCRE2_SIZE place = 0;
	const guint32 options = PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C;
	pcre2_code *compiled =
		pcre2_compile((PCRE2_SPTR)regex, length, options, &code, &place, NULL);
	if (!compiled) {
		guint8 message[160] = "";
		pcre2_get_error_message(code, message, sizeof message);
		g_set_error(error, LW_ERROR, LW_ERROR_USAGE,
			    "regular expression, character %zu: %s", (size_t)place + 1,
			    (const char *)message);
		return NULL;
	}
	/* Where code cannot be generated (no executable memory) the interpreter serves, with the
	 * same limits. */
	pcre2_jit_compile(compiled, PCRE2_JIT_COMPLETE);
	LwPattern *pattern = g_new0(LwPattern, 1);
	pattern->code = compiled;
	return pattern;
}

void lw_pattern_free(LwPattern *pattern)
{
	if (!pattern)
		return;
	pcre2_code_free(pattern->code);
	g_free(pattern->openings);
	g_free(pattern);
}

static void take_groups(Matcher *matcher, int count, LwPatternGroup *groups)
{
	const PCRE2_SIZE *pairs = pcre2_get_ovector_pointer(matcher->data);
	int filled = count == 0 ? LW_PATTERN_GROUPS : count;
	for (int i = 0; i < LW_PATTERN_GROUPS; i++) {
		gboolean taken = i < filled && pairs[2 * i] != PCRE2_UNSET;
		groups[i].start = taken ? pairs[2 * i] : G_MAXSIZE;
		groups[i].end = taken ? pairs[2 * i + 1] : G_MAXSIZE;
	}
}

static void set_byte(guint16 *bytes, char sign, guint16 bit)
{
	for (guint byte = 0; byte < 256; byte++)
		if (!sign || (sign == '#' ? g_ascii_isdigit((char)byte)
					  : g_ascii_tolower((char)byte) == sign))
			bytes[byte] |= bit;
}

/* A leading "(?#geb|gb|#)" of a regular expression. */
static Openings *openings_of(const char *regex)
{
	Openings *self;
	guint16 bit = 1;

	if (!g_str_has_prefix(regex, "(?#"))
		return NULL;
	self = g_new0(Openings, 1);
	self->words = regex + 3;
	for (const char *word = self->words;; word += strcspn(word, "|)") + 1, bit <<= 1) {
		gsize length = strcspn(word, "|)");

		g_assert(bit && length > 0);
		set_byte(self->first, word[0], bit);
		set_byte(self->second, length > 1 ? word[1] : '\0', bit);
		if (word[length] == ')')
			return self;
	}
}

static gboolean opens(const Openings *self, guint16 bits, const char *text, gsize left)
{
	const char *word = self->words;

	for (; bits; bits >>= 1, word += strcspn(word, "|)") + 1) {
		gsize i = 0;

		if (!(bits & 1))
			continue;
		while (i < left && !strchr("|)", word[i]) &&
		       (word[i] == '#' ? g_ascii_isdigit(text[i])
				       : g_ascii_tolower(text[i]) == word[i]))
			i++;
		if (strchr("|)", word[i]))
			return TRUE;
	}
	return FALSE;
}

/* Inside a word none begins with a letter, inside a number none with a figure. */
static gboolean goes_on(const char *text, gsize at)
{
	return at > 0 && ((g_ascii_isalpha(text[at]) && g_ascii_isalpha(text[at - 1])) ||
			  (g_ascii_isdigit(text[at]) && g_ascii_isdigit(text[at - 1])));
}

/* The next place where a match can begin; the length when there is none. */
static gsize next_opening(const Openings *self, const char *text, gsize length, gsize at)
{
	for (; at < length; at++) {
		guint16 bits = self->first[(guint8)text[at]];

		if (bits && at + 1 < length)
			bits &= self->second[(guint8)text[at + 1]];
		if (bits && !goes_on(text, at) && opens(self, bits, text + at, length - at))
			break;
	}
	return at;
}

/* Of a detector's own expressions most documents need a few. */
static const pcre2_code *code_of(const LwPattern *pattern)
{
	LwPattern *self = (LwPattern *)pattern; /* what it holds shows only here */

	if (pattern->regex && g_once_init_enter(&self->code)) {
		g_autoptr(GError) error = NULL;
		LwPattern *compiled = lw_pattern_new(pattern->regex, &error);

		g_assert_no_error(error);
		g_once_init_leave(&self->code, compiled->code);
		g_free(compiled);
	}
	return self->code;
}

const LwPattern *lw_pattern_of(LwPattern ***table, const char *const *regexes, guint count,
			       guint which)
{
	if (g_once_init_enter(table)) {
		LwPattern **patterns = g_new0(LwPattern *, count);
		for (guint i = 0; i < count; i++) {
			patterns[i] = g_new0(LwPattern, 1);
			patterns[i]->regex = regexes[i];
			patterns[i]->openings = openings_of(regexes[i]);
		}
		g_once_init_leave(table, patterns);
	}
	g_assert(which < count);
	return (*table)[which];
}

static int match(const LwPattern *pattern, Matcher *matcher, const char *text, gsize length,
		 gsize from, guint32 options)
{
	return pcre2_match(code_of(pattern), (PCRE2_SPTR)text, length, from,
			   PCRE2_NOTEMPTY | PCRE2_NO_UTF_CHECK | options, matcher->data,
			   matcher->context);
}

gboolean lw_pattern_next(const LwPattern *pattern, const char *text, gsize length, gsize from,
			 LwPatternGroup groups[LW_PATTERN_GROUPS], gboolean *exhausted)
{
	if (exhausted)
		*exhausted = FALSE;
	if (from > length)
		return FALSE;
	const gsize begin = from;
	Matcher *matcher = matcher_of_thread();
	int count = PCRE2_ERROR_NOMATCH;
	if (pattern->openings)
		for (; count == PCRE2_ERROR_NOMATCH; from++) {
			from = next_opening(pattern->openings, text, length, from);
			if (from >= length)
				break;
			count = match(pattern, matcher, text, length, from, PCRE2_ANCHORED);
		}
	else
		count = match(pattern, matcher, text, length, from, 0);
	if (count < 0) {
		if (exhausted)
			*exhausted = count != PCRE2_ERROR_NOMATCH;
		return FALSE;
	}
	take_groups(matcher, count, groups);
	/* \K inside a lookaround can turn a match inside out. */
	return groups[0].start < groups[0].end && groups[0].start >= begin;
}
