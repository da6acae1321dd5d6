/* test_ink.c - ink beside a signature is found, other pictures are not, large ones are put to a
 * person. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "engine/detect/detect.h"
#include "engine/detect/lexicon.h"

#define LETTER	    "Geachte mevrouw,\nIk besluit zo.\nHoogachtend,\n\nJ. Jansen\nteamleider\n"
#define LINE_HEIGHT 15.0f
#define TOP	    100.0f
#define LEFT	    70.0f

static LwLexicon *lexicon;

static int open_lexicon(void **state)
{
	const char *build = g_getenv("LW_BUILD_ROOT");
	g_autofree char *path =
		g_build_filename(build ? build : ".", "dictionaries", "lexicon.bin", NULL);

	(void)state;
	lexicon = lw_lexicon_open(path, NULL);
	return lexicon ? 0 : -1;
}

static int close_lexicon(void **state)
{
	(void)state;
	lw_lexicon_free(lexicon);
	return 0;
}

/* One page, every character a glyph of 6 points wide, lines 15 points apart. ASCII only. */
static LwDocument *page_of(const char *text)
{
	LwDocument *document = lw_document_new("pdf");
	gsize length = strlen(text);
	float x = LEFT, y = TOP;

	document->text = lw_arena_strndup(document->arena, text, length);
	document->length = length;
	document->glyph_of = lw_arena_new0(document->arena, guint32, length + 1);
	document->glyphs = lw_arena_new0(document->arena, LwGlyph, length + 1);
	document->pages = lw_arena_new0(document->arena, LwPage, 1);
	document->page_count = 1;
	document->pages[0] = (LwPage){.width = 595, .height = 842, .span = {0, (guint32)length}};
	for (gsize i = 0; i < length; i++) {
		LwGlyph *glyph = &document->glyphs[document->glyph_count];

		document->glyph_of[i] = LW_NO_GLYPH;
		if (text[i] == '\n') {
			x = LEFT;
			y += LINE_HEIGHT;
			continue;
		}
		if (text[i] != ' ') {
			document->glyph_of[i] = document->glyph_count++;
			*glyph = (LwGlyph){.unicode = (gunichar)text[i],
					   .box = {x, y, x + 6, y + 12},
					   .size = 12};
		}
		x += 6;
	}
	document->pages[0].glyph_count = document->glyph_count;
	return document;
}

static void add_figure(LwDocument *document, LwFigureType type, guint32 curves, LwRect rect)
{
	LwFigure figure = {.type = type, .curves = curves, .box = {0, rect}};

	g_array_append_val(document->figures, figure);
}

/* The kinds found, by figure; -1 for none. */
static void detect(LwDocument *document, int kinds[8])
{
	g_autoptr(LwNormal) normal = lw_normal_new(document->text, document->length);
	LwDetectContext context = {.base = {document, normal}, .lexicon = lexicon};
	g_autoptr(LwEntities) found = lw_entities_new();

	for (int i = 0; i < 8; i++)
		kinds[i] = -1;
	lw_detect_ink(&context, found);
	for (guint i = 0; i < found->items->len; i++) {
		const LwEntity *entity = &g_array_index(found->items, LwEntity, i);

		assert_int_equal(entity->span.length, 0);
		assert_true(entity->figure < 8);
		assert_int_equal(kinds[entity->figure], -1);
		kinds[entity->figure] = (int)entity->kind;
		if (entity->kind == LW_KIND_SIGNATURE)
			assert_int_equal(entity->reason, LW_REASON_INK);
	}
}

static void ink_below_a_closing_formula(void **state)
{
	g_autoptr(LwDocument) document = page_of(LETTER);
	int kinds[8];

	(void)state;
	add_figure(document, LW_FIGURE_PATH, 40, (LwRect){75, 145, 190, 185});
	add_figure(document, LW_FIGURE_IMAGE, 0, (LwRect){80, 150, 240, 210});
	detect(document, kinds);
	assert_int_equal(kinds[0], LW_KIND_SIGNATURE);
	assert_int_equal(kinds[1], LW_KIND_SIGNATURE);
}

static void what_is_no_ink(void **state)
{
	g_autoptr(LwDocument) document = page_of(LETTER);
	int kinds[8];

	(void)state;
	add_figure(document, LW_FIGURE_PATH, 4, (LwRect){75, 145, 190, 185}); /* a box, a rule */
	add_figure(document, LW_FIGURE_IMAGE, 0, (LwRect){70, 20, 200, 60}); /* a logo at the top */
	add_figure(document, LW_FIGURE_IMAGE, 0, (LwRect){70, 700, 200, 760}); /* far below */
	add_figure(document, LW_FIGURE_PATH, 90,
		   (LwRect){0, 140, 595, 200}); /* as wide as the page */
	add_figure(document, LW_FIGURE_IMAGE, 0, (LwRect){75, 150, 79, 154}); /* a bullet */
	detect(document, kinds);
	for (int i = 0; i < 5; i++)
		assert_int_equal(kinds[i], -1);
}

static void initials_beside_a_label(void **state)
{
	g_autoptr(LwDocument) document = page_of("Naam: J. Jansen\nAkkoord:\nDatum: 3 mei\n");
	g_autoptr(LwDocument) dotted = page_of("Voor ontvangst\n....................\n");
	int kinds[8];

	(void)state;
	add_figure(document, LW_FIGURE_PATH, 12, (LwRect){140, 110, 170, 128});
	detect(document, kinds);
	assert_int_equal(kinds[0], LW_KIND_SIGNATURE);
	add_figure(dotted, LW_FIGURE_PATH, 20, (LwRect){90, 95, 180, 125});
	detect(dotted, kinds);
	assert_int_equal(kinds[0], LW_KIND_SIGNATURE);
}

static void a_word_in_a_sentence_is_no_label(void **state)
{
	g_autoptr(LwDocument) document =
		page_of("De raad gaat akkoord met het plan\nvoor de straat.\n");
	int kinds[8];

	(void)state;
	add_figure(document, LW_FIGURE_IMAGE, 0, (LwRect){140, 130, 240, 200});
	detect(document, kinds);
	assert_int_equal(kinds[0], -1);
}

static void a_large_picture_is_put_to_a_person(void **state)
{
	g_autoptr(LwDocument) document = page_of("Bijlage met foto\n");
	int kinds[8];

	(void)state;
	add_figure(document, LW_FIGURE_IMAGE, 0, (LwRect){70, 200, 520, 600});
	add_figure(document, LW_FIGURE_PATH, 900, (LwRect){70, 200, 520, 600});
	add_figure(document, LW_FIGURE_IMAGE, 0, (LwRect){400, 700, 500, 760});
	detect(document, kinds);
	assert_int_equal(kinds[0], LW_KIND_PICTURE);
	assert_int_equal(kinds[1], -1);
	assert_int_equal(kinds[2], -1);
}

static void ink_by_offset_without_pages(void **state)
{
	g_autoptr(LwDocument) document = lw_document_new("odt");
	LwFigure logo = {.type = LW_FIGURE_IMAGE, .offset = 0, .name = "Pictures/1.png"};
	LwFigure ink = {.type = LW_FIGURE_IMAGE, .name = "Pictures/2.png"};
	LwFigure late = {.type = LW_FIGURE_IMAGE, .name = "Pictures/3.png"};
	const char *text = LETTER "\nBijlage\nEen\nTwee\nDrie\nVier\nVijf\n";
	int kinds[8];

	(void)state;
	document->text = lw_arena_strndup(document->arena, text, strlen(text));
	document->length = strlen(text);
	ink.offset = (guint32)(strstr(text, "\n\nJ. Jansen") - text + 1);
	late.offset = (guint32)(strstr(text, "Vijf") - text);
	g_array_append_val(document->figures, logo);
	g_array_append_val(document->figures, ink);
	g_array_append_val(document->figures, late);
	detect(document, kinds);
	assert_int_equal(kinds[0], -1);
	assert_int_equal(kinds[1], LW_KIND_SIGNATURE);
	assert_int_equal(kinds[2], -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ink_below_a_closing_formula),
		cmocka_unit_test(what_is_no_ink),
		cmocka_unit_test(initials_beside_a_label),
		cmocka_unit_test(a_word_in_a_sentence_is_no_label),
		cmocka_unit_test(a_large_picture_is_put_to_a_person),
		cmocka_unit_test(ink_by_offset_without_pages),
	};

	return cmocka_run_group_tests(tests, open_lexicon, close_lexicon);
}
