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

struct LwPattern {
	pcre2_code *code;
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

const LwPattern *lw_pattern_of(LwPattern ***table, const char *const *regexes, guint count,
			       guint which)
{
	if (g_once_init_enter(table)) {
		LwPattern **patterns = g_new0(LwPattern *, count);
		for (guint i = 0; i < count; i++) {
			g_autoptr(GError) error = NULL;
			patterns[i] = lw_pattern_new(regexes[i], &error);
			g_assert_no_error(error);
		}
		g_once_init_leave(table, patterns);
	}
	g_assert(which < count);
	return (*table)[which];
}

gboolean lw_pattern_next(const LwPattern *pattern, const char *text, gsize length, gsize from,
			 LwPatternGroup groups[LW_PATTERN_GROUPS], gboolean *exhausted)
{
	if (exhausted)
		*exhausted = FALSE;
	if (from > length)
		return FALSE;
	Matcher *matcher = matcher_of_thread();
	int count =
		pcre2_match(pattern->code, (PCRE2_SPTR)text, length, from,
			    PCRE2_NOTEMPTY | PCRE2_NO_UTF_CHECK, matcher->data, matcher->context);
	if (count < 0) {
		if (exhausted)
			*exhausted = count != PCRE2_ERROR_NOMATCH;
		return FALSE;
	}
	take_groups(matcher, count, groups);
	/* \K inside a lookaround can turn a match inside out. */
	return groups[0].start < groups[0].end && groups[0].start >= from;
}
