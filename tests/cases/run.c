/* run.c - runs caret cases: texts with marks below them that say what must and must not be found.
 *
 *     Mijn BSN is 123456782.
 *                 ^^^^^^^^^ bsn 5.1.1.e      must be marked by this kind, under this ground
 *     Ordernummer 123456782.
 *                 !!!!!!!!! bsn              must not be; "!!! *": by nothing
 *     Mail naar info@x.nl
 *               ~~~~~~~~~ email functional   must be found in this role
 *
 * With "proposed" as the last word a proposal is asked for or forbidden, not a mark.
 *
 * A blank line ends a document; its text lines are one text, in which a line of one '|' stands for
 * an empty one. Columns count code points. '#' opens a comment. */
#include "engine/detect/link.h"
#include "engine/gold.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SURE	 0.5f
#define PROPOSED 0.2f

typedef struct {
	const LwLexicon *lexicon;
	guint passed, failed;
} Runner;

static LwDocument *document_of(const LwGoldDocument *gold)
{
	LwDocument *document = lw_document_new("plain");
	document->text = lw_arena_strndup(document->arena, gold->text, gold->length);
	document->length = gold->length;
	return document;
}

/* The entity of this kind (any when kind is NULL) and score that covers a byte. */
static const LwEntity *entity_at(const LwEntities *found, gsize at, const LwKind *kind, float least)
{
	for (guint i = 0; i < found->items->len; i++) {
		const LwEntity *entity = &g_array_index(found->items, LwEntity, i);
		gsize start = entity->span.start, end = start + entity->span.length;
		if (at >= start && at < end && entity->score >= least &&
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
static const char *judge(const char *text, const LwGoldSpan *expected, const LwEntities *found)
{
	LwSpan part = g_array_index(expected->parts, LwSpan, 0);
	const char *detail = expected->detail;
	gboolean any = !strcmp(expected->kind, "*");
	gboolean proposed = detail && !strcmp(detail, "proposed");
	LwKind kind = LW_KIND_PERSON;
	if (!any && !lw_kind_parse(expected->kind, &kind))
		return "unknown kind";
	for (gsize at = part.start; at < (gsize)part.start + part.length; at++) {
		if (is_blank(text[at]))
			continue;
		const LwEntity *entity =
			entity_at(found, at, any ? NULL : &kind, proposed ? PROPOSED : SURE);
		if (expected->sign == '!') {
			if (entity)
				return "is marked, but must not be";
			continue;
		}
		if (!entity)
			return entity_at(found, at, NULL, SURE) ? "is marked by another kind"
								: "is not marked";
		if (proposed && entity->score >= SURE)
			return "is marked, not proposed";
		LwRole role;
		if (expected->sign == '~' &&
		    (!detail || !lw_role_parse(detail, &role) || entity->role != role))
			return "is found in another role";
	}
	if (expected->sign == '^' && detail && !proposed &&
	    strcmp(detail, lw_kind_default_ground(kind)))
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

static void run_case(Runner *runner, const LwGoldDocument *gold)
{
	g_autoptr(LwDocument) document = document_of(gold);
	g_autoptr(LwEntities) found = find_in(document, runner->lexicon);

	for (guint i = 0; i < gold->spans->len; i++) {
		const LwGoldSpan *expected = &g_array_index(gold->spans, LwGoldSpan, i);
		LwSpan part = g_array_index(expected->parts, LwSpan, 0);
		const char *wrong = judge(gold->text, expected, found);

		if (!wrong) {
			runner->passed++;
			continue;
		}
		fprintf(stderr, "%s:%u: %s: %s %.*s\n", gold->name, expected->line, wrong,
			expected->kind, (int)part.length, gold->text + part.start);
		runner->failed++;
	}
}

static void run_file(Runner *runner, const char *file)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(LwGold) gold = lw_gold_open((const char *const[]){file, NULL}, &error);

	if (!gold) {
		fprintf(stderr, "%s\n", error->message);
		runner->failed++;
		return;
	}
	for (guint i = 0; i < gold->documents->len; i++)
		run_case(runner, gold->documents->pdata[i]);
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
	Runner runner = {.lexicon = lexicon};
	for (int i = 1; i < argc; i++)
		run_file(&runner, argv[i]);
	printf("%u passed, %u failed\n", runner.passed, runner.failed);
	return runner.failed || !runner.passed ? EXIT_FAILURE : EXIT_SUCCESS;
}
