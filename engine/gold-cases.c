/* gold-cases.c - caret cases: a text, and below a line what of it has to go (^), stay (!) or be
 * found in a role (~).
 *
 * A blank line ends a case, a line with only | is an empty line in it, # starts a comment. What
 * carries no mark is not judged. */
#include "engine/gold-read.h"

#include "engine/base/text.h"
#include "engine/model/vocabulary.h"

#include <string.h>

typedef struct {
	LwGold *gold;
	const char *name;
	GString *text;
	gsize last_line; /* start of the text line that marks belong to */
	GArray *marks;	 /* Mark of this case */
	GError **error;
} Cases;

typedef struct {
	guint line;
	char sign;
	LwSpan span;
	char *words;
} Mark;

static void mark_clear(gpointer self)
{
	Mark *mark = self;

	g_free(mark->words);
}

static LwGoldDemand demand_of(const Mark *mark, const char *detail)
{
	LwRole role;

	if (mark->sign == '!')
		return LW_GOLD_KEEP;
	if (mark->sign == '~' && detail && lw_role_parse(detail, &role) &&
	    lw_role_default_action(role) == LW_ACTION_KEEP)
		return LW_GOLD_KEEP;
	return LW_GOLD_MUST;
}

static const char *keep_text(const Cases *cases, const char *text)
{
	return text ? lw_arena_strndup(cases->gold->arena, text, strlen(text)) : NULL;
}

static void end_case(Cases *cases)
{
	LwGoldDocument *document = NULL;

	if (cases->marks->len)
		document = lw_gold_document(cases->gold, cases->name, cases->text->str,
					    cases->text->len);
	for (guint i = 0; i < cases->marks->len; i++) {
		const Mark *mark = &g_array_index(cases->marks, Mark, i);
		g_auto(GStrv) words = g_strsplit(mark->words, " ", 3);
		LwGoldSpan *span = lw_gold_span(document);

		span->kind = keep_text(cases, words[0]);
		span->detail = keep_text(cases, words[1]);
		span->demand = demand_of(mark, words[1]);
		span->sign = mark->sign;
		span->line = mark->line;
		g_array_append_val(span->parts, mark->span);
	}
	g_string_truncate(cases->text, 0);
	g_array_set_size(cases->marks, 0);
}

/* Blanks, then a run of one sign, then a blank and a word. */
static gboolean is_mark_line(const char *line)
{
	const char *at = line + strspn(line, " ");

	if (!*at || !strchr("^!~", *at))
		return FALSE;
	gsize run = strspn(at, (char[]){*at, 0});
	return at[run] == ' ' && at[run + 1] && at[run + 1] != ' ';
}

static gboolean add_mark(Cases *cases, const char *line, guint number)
{
	gsize column = strspn(line, " "), width = strspn(line + column, (char[]){line[column], 0});
	const char *text = cases->text->str + cases->last_line;
	gsize length = cases->text->len - cases->last_line;
	Mark mark = {.line = number, .sign = line[column]};

	if (!cases->text->len)
		return lw_gold_fault(cases->error, cases->name, number,
				     "a mark without a text above it");
	if (column + width > lw_text_code_points(text, length))
		return lw_gold_fault(cases->error, cases->name, number,
				     "the mark is longer than the line above it");
	mark.span.start = (guint32)(cases->last_line + lw_text_offset(text, length, column));
	mark.span.length =
		(guint32)(cases->last_line + lw_text_offset(text, length, column + width)) -
		mark.span.start;
	mark.words = g_strstrip(g_strdup(line + column + width));
	g_array_append_val(cases->marks, mark);
	return TRUE;
}

static gboolean add_line(Cases *cases, const char *line, guint number)
{
	if (line[0] == '#')
		return TRUE;
	if (!line[strspn(line, " \t\r")]) {
		end_case(cases);
		return TRUE;
	}
	if (is_mark_line(line))
		return add_mark(cases, line, number);
	if (cases->text->len)
		g_string_append_c(cases->text, '\n');
	cases->last_line = cases->text->len;
	if (strcmp(line, "|") != 0)
		g_string_append(cases->text, line);
	return TRUE;
}

gboolean lw_gold_add_cases(LwGold *gold, const char *name, const char *content, GError **error)
{
	Cases cases = {.gold = gold,
		       .name = name,
		       .text = g_string_new(NULL),
		       .marks = g_array_new(FALSE, FALSE, sizeof(Mark)),
		       .error = error};
	g_auto(GStrv) lines = g_strsplit(content, "\n", -1);
	guint before = gold->documents->len;
	gboolean good = TRUE;

	g_array_set_clear_func(cases.marks, mark_clear);
	for (guint i = 0; lines[i] && good; i++)
		good = add_line(&cases, lines[i], i + 1);
	if (good)
		end_case(&cases);
	if (good && gold->documents->len == before)
		good = lw_gold_fault(error, name, 1, "no marks, and no .ann beside it");
	g_string_free(cases.text, TRUE);
	g_array_unref(cases.marks);
	return good;
}
