/* run.c - runs caret cases: texts with marks below them that say what must and must not be found.
 *
 *     Mijn BSN is 123456782.
 *                 ^^^^^^^^^ bsn 5.1.1.e      must be marked by this kind, under this ground
 *     Ordernummer 123456782.
 *                 !!!!!!!!! bsn              must not be; "!!! *": by nothing
 *     Mail naar info@x.nl
 *               ~~~~~~~~~ email functional   must be found in this role
 *
 * A blank line ends a document; its text lines are one text, in which a line of one '|' stands for
 * an empty one. Columns count code points. '#' opens a comment. */
#include "engine/detect/link.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SURE 0.5f

typedef struct {
	guint line;	/* in the file */
	char sign;	/* '^', '!' or '~' */
	gsize from, to; /* bytes of the case's text */
	char **words;	/* kind, then ground or role */
} Expectation;

typedef struct {
	const char *file;
	const LwLexicon *lexicon;
	GString *text;
	gsize last_line; /* start of the text line that marks belong to */
	GPtrArray *expectations;
	guint passed, failed;
} Runner;

static void expectation_free(gpointer self)
{
	Expectation *expectation = self;
	g_strfreev(expectation->words);
	g_free(expectation);
}

static void report(Runner *runner, guint line, const char *message, const char *detail)
{
	fprintf(stderr, "%s:%u: %s%s%s\n", runner->file, line, message, detail ? ": " : "",
		detail ? detail : "");
	runner->failed++;
}

static LwDocument *document_of(const GString *text)
{
	LwDocument *document = lw_document_new("plain");
	document->text = lw_arena_strndup(document->arena, text->str, text->len);
	document->length = text->len;
	return document;
}

/* The entity of this kind (any when kind is NULL) that covers a byte. */
static const LwEntity *entity_at(const LwEntities *found, gsize at, const LwKind *kind)
{
	for (guint i = 0; i < found->items->len; i++) {
		const LwEntity *entity = &g_array_index(found->items, LwEntity, i);
		gsize start = entity->span.start, end = start + entity->span.length;
		if (at >= start && at < end && entity->score >= SURE &&
		    (!kind || entity->kind == *kind))
			return entity;
	}
	return NULL;
}

static gboolean is_blank(char c)
{
	return c == ' ' || c == '\n' || c == '\t';
}

/* NULL: it holds; otherwise what is wrong. */
static const char *judge(const Runner *runner, const Expectation *expectation,
			 const LwEntities *found)
{
	const char *name = expectation->words[0], *detail = expectation->words[1];
	gboolean any = !strcmp(name, "*");
	LwKind kind = LW_KIND_PERSON;
	if (!any && !lw_kind_parse(name, &kind))
		return "unknown kind";
	for (gsize at = expectation->from; at < expectation->to; at++) {
		if (is_blank(runner->text->str[at]))
			continue;
		const LwEntity *entity = entity_at(found, at, any ? NULL : &kind);
		if (expectation->sign == '!') {
			if (entity)
				return "is marked, but must not be";
			continue;
		}
		if (!entity)
			return entity_at(found, at, NULL) ? "is marked by another kind"
							  : "is not marked";
		LwRole role;
		if (expectation->sign == '~' &&
		    (!detail || !lw_role_parse(detail, &role) || entity->role != role))
			return "is found in another role";
	}
	if (expectation->sign == '^' && detail && strcmp(detail, lw_kind_default_ground(kind)))
		return "has another ground by default";
	return NULL;
}

/* As a run over this one document would: detected, learnt, found again. */
static LwEntities *find_in(const LwDocument *document, const LwLexicon *lexicon)
{
	LwEntities *found = lw_detect(document, lexicon);
	g_autoptr(LwRegistry) registry = lw_registry_new(lexicon);

	lw_registry_learn(registry, document, found);
	lw_registry_close(registry);
	lw_registry_find(registry, document, found);
	return found;
}

static void settle(Runner *runner)
{
	if (runner->expectations->len) {
		g_autoptr(LwDocument) document = document_of(runner->text);
		g_autoptr(LwEntities) found = find_in(document, runner->lexicon);
		for (guint i = 0; i < runner->expectations->len; i++) {
			const Expectation *expectation = g_ptr_array_index(runner->expectations, i);
			const char *wrong = judge(runner, expectation, found);
			if (wrong) {
				g_autofree char *part =
					g_strndup(runner->text->str + expectation->from,
						  expectation->to - expectation->from);
				g_autofree char *detail =
					g_strjoin(" ", expectation->words[0], part, NULL);
				report(runner, expectation->line, wrong, detail);
			} else {
				runner->passed++;
			}
		}
	}
	g_string_truncate(runner->text, 0);
	g_ptr_array_set_size(runner->expectations, 0);
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

static void add_mark(Runner *runner, const char *line, guint number)
{
	gsize column = strspn(line, " ");
	const char *signs = line + column;
	gsize width = strspn(signs, (char[]){*signs, 0});
	if (!runner->text->len) {
		report(runner, number, "a mark without a text above it", NULL);
		return;
	}
	const char *text = runner->text->str + runner->last_line;
	gsize length = runner->text->len - runner->last_line;
	Expectation *expectation = g_new0(Expectation, 1);
	expectation->line = number;
	expectation->sign = *signs;
	expectation->from = runner->last_line + lw_text_offset(text, length, column);
	expectation->to = runner->last_line + lw_text_offset(text, length, column + width);
	expectation->words = g_strsplit(g_strstrip((char *)signs + width), " ", 3);
	if (column + width > lw_text_code_points(text, length))
		report(runner, number, "the mark is longer than the line above it", NULL);
	g_ptr_array_add(runner->expectations, expectation);
}

static void add_line(Runner *runner, char *line, guint number)
{
	if (line[0] == '#')
		return;
	if (!line[strspn(line, " \t\r")]) {
		settle(runner);
		return;
	}
	if (is_mark_line(line)) {
		add_mark(runner, line, number);
		return;
	}
	if (runner->text->len)
		g_string_append_c(runner->text, '\n');
	runner->last_line = runner->text->len;
	if (strcmp(line, "|") != 0)
		g_string_append(runner->text, line);
}

static void run_file(Runner *runner, const char *file)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *content = NULL;
	runner->file = file;
	if (!g_file_get_contents(file, &content, NULL, &error)) {
		report(runner, 0, error->message, NULL);
		return;
	}
	g_auto(GStrv) lines = g_strsplit(content, "\n", -1);
	guint number = 0;
	for (char **line = lines; *line; line++)
		add_line(runner, *line, ++number);
	settle(runner);
}

int main(int argc, char **argv)
{
	const char *root = g_getenv("LW_BUILD_ROOT");
	g_autofree char *path =
		g_build_filename(root ? root : ".", "dictionaries", "lexicon.bin", NULL);
	g_autoptr(GError) error = NULL;
	g_autoptr(LwLexicon) lexicon = lw_lexicon_open(path, &error);
	if (!lexicon) {
		fprintf(stderr, "%s\n", error->message);
		return 2;
	}
	Runner runner = {.lexicon = lexicon,
			 .text = g_string_new(NULL),
			 .expectations = g_ptr_array_new_with_free_func(expectation_free)};
	for (int i = 1; i < argc; i++)
		run_file(&runner, argv[i]);
	printf("%u passed, %u failed\n", runner.passed, runner.failed);
	g_string_free(runner.text, TRUE);
	g_ptr_array_unref(runner.expectations);
	return runner.failed || !runner.passed ? EXIT_FAILURE : EXIT_SUCCESS;
}
