/* test_rows.c - tables of a page are read by rows, prose in columns is not, and what was found goes
 * back to its place in the document. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "engine/detect/rows.h"

#define EM   10.0f
#define WIDE 5.0f /* of a letter */

typedef struct {
	float x, y;
	const char *words;
} Line;

/* A page whose text has these lines in this order. */
static LwDocument *page_of(const Line *lines, gsize count)
{
	LwDocument *document = lw_document_new("pdf");
	GString *text = g_string_new(NULL);
	GArray *glyphs = g_array_new(FALSE, TRUE, sizeof(LwGlyph));
	GArray *glyph_of = g_array_new(FALSE, TRUE, sizeof(guint32));
	guint32 none = LW_NO_GLYPH;

	for (gsize i = 0; i < count; i++) {
		for (gsize k = 0; lines[i].words[k]; k++) {
			float x = lines[i].x + (float)k * WIDE;
			LwGlyph glyph = {.unicode = (gunichar)lines[i].words[k],
					 .box = {x, lines[i].y, x + WIDE, lines[i].y + EM},
					 .size = EM};
			guint32 index = glyphs->len;

			g_array_append_val(glyphs, glyph);
			g_array_append_val(glyph_of, index);
		}
		g_array_append_val(glyph_of, none);
		g_string_append_printf(text, "%s\n", lines[i].words);
	}
	document->text = lw_arena_strndup(document->arena, text->str, text->len);
	document->length = text->len;
	document->glyph_count = glyphs->len;
	document->glyphs = lw_arena_new0(document->arena, LwGlyph, glyphs->len);
	memcpy(document->glyphs, glyphs->data, glyphs->len * sizeof(LwGlyph));
	document->glyph_of = lw_arena_new0(document->arena, guint32, glyph_of->len);
	memcpy(document->glyph_of, glyph_of->data, glyph_of->len * sizeof(guint32));
	document->pages = lw_arena_new0(document->arena, LwPage, 1);
	document->page_count = 1;
	document->pages[0] = (LwPage){.width = 595,
				      .height = 842,
				      .span = {0, (guint32)document->length},
				      .glyph_count = glyphs->len};
	g_string_free(text, TRUE);
	g_array_unref(glyphs);
	g_array_unref(glyph_of);
	return document;
}

static void assert_view(const Line *lines, gsize count, const char *expected)
{
	g_autoptr(LwDocument) document = page_of(lines, count);
	g_autoptr(LwRows) rows = lw_rows_new(document);

	if (!expected) {
		assert_null(rows);
		return;
	}
	assert_non_null(rows);
	assert_string_equal(lw_rows_document(rows)->text, expected);
}

/* As a reader of pages gives a table: column by column. */
static const Line table[] = {
	{50, 80, "Lijst"},     {50, 100, "Naam"},      {50, 115, "Sem"},       {50, 130, "Bo"},
	{200, 100, "Geboren"}, {200, 115, "1-2-1990"}, {200, 130, "3-4-1991"}, {50, 160, "Einde"},
};

static void columns_become_rows(void **state)
{
	(void)state;
	assert_view(table, G_N_ELEMENTS(table),
		    "Lijst\nNaam\tGeboren\nSem\t1-2-1990\nBo\t3-4-1991\nEinde\n");
}

static void an_empty_cell_keeps_its_place(void **state)
{
	const Line lines[] = {
		{50, 100, "Naam"},  {200, 100, "Rol"}, {350, 100, "Tel"}, {50, 115, "Sem"},
		{350, 115, "3456"}, {50, 130, "Bo"},   {200, 130, "lid"}, {350, 130, "3457"},
	};

	(void)state;
	assert_view(lines, G_N_ELEMENTS(lines), "Naam\tRol\tTel\nSem\t\t3456\nBo\tlid\t3457\n");
}

static void a_cell_of_many_lines_is_one(void **state)
{
	const Line lines[] = {
		{50, 100, "Melder"},	   {200, 100, "Omschrijving"}, {50, 120, "Zomer"},
		{200, 120, "losse tegel"}, {200, 131, "bij school"},   {200, 142, "gemeld"},
		{50, 162, "Post"},	   {200, 162, "gat"},
	};

	(void)state;
	assert_view(lines, G_N_ELEMENTS(lines),
		    "Melder\tOmschrijving\nZomer\tlosse tegel bij school gemeld\nPost\tgat\n");
}

static void prose_in_columns_stays(void **state)
{
	const Line lines[] = {
		{50, 100, "Een kolom met lopende tekst die de bladzijde vult"},
		{50, 115, "en die verder gaat op de volgende regel ervan met"},
		{305, 100, "De tweede kolom, die ernaast staat en ook zo lang"},
		{305, 115, "is dat zij haar helft van de bladzijde wel vult met"},
	};

	(void)state;
	assert_view(lines, G_N_ELEMENTS(lines), NULL);
}

static void a_margin_stays(void **state)
{
	const Line lines[] = {
		{50, 100, "Een brief met regels die zo lang zijn dat ze de bladzijde voor het"},
		{50, 115, "grootste deel vullen, terwijl in de marge de afzender ervan staat"},
		{420, 100, "Contactpersoon"},
		{420, 115, "K. Zomer"},
	};

	(void)state;
	assert_view(lines, G_N_ELEMENTS(lines), NULL);
}

/* Where a string stands in a text, as a span. */
static LwSpan span_of(const char *text, const char *words)
{
	const char *at = strstr(text, words);

	assert_non_null(at);
	return (LwSpan){(guint32)(at - text), (guint32)strlen(words)};
}

static void finds_return_to_their_place(void **state)
{
	g_autoptr(LwDocument) document = page_of(table, G_N_ELEMENTS(table));
	g_autoptr(LwRows) rows = lw_rows_new(document);
	g_autoptr(LwEntities) found = lw_entities_new();
	const char *view = lw_rows_document(rows)->text;
	const char *whole[] = {"Bo", "3-4-1991", "Einde"};

	(void)state;
	for (gsize i = 0; i < G_N_ELEMENTS(whole); i++)
		lw_entities_add(found, span_of(view, whole[i]), LW_KIND_PERSON, 1, "x");
	lw_rows_return(rows, found);
	assert_int_equal(found->items->len, 3);
	for (gsize i = 0; i < 3; i++) {
		LwSpan span = g_array_index(found->items, LwEntity, i).span;
		LwSpan expected = span_of(document->text, whole[i]);

		assert_int_equal(span.start, expected.start);
		assert_int_equal(span.length, expected.length);
	}
}

static void a_find_in_two_places_becomes_two(void **state)
{
	g_autoptr(LwDocument) document = page_of(table, G_N_ELEMENTS(table));
	g_autoptr(LwRows) rows = lw_rows_new(document);
	g_autoptr(LwEntities) found = lw_entities_new();

	(void)state;
	lw_entities_add(found, span_of(lw_rows_document(rows)->text, "Sem\t1-2-1990"),
			LW_KIND_PERSON, 1, "x");
	lw_rows_return(rows, found);
	assert_int_equal(found->items->len, 2);
	assert_int_equal(g_array_index(found->items, LwEntity, 0).span.start,
			 span_of(document->text, "Sem").start);
	assert_int_equal(g_array_index(found->items, LwEntity, 1).span.start,
			 span_of(document->text, "1-2-1990").start);
	assert_int_equal(g_array_index(found->items, LwEntity, 1).span.length, 8);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(columns_become_rows),
		cmocka_unit_test(an_empty_cell_keeps_its_place),
		cmocka_unit_test(a_cell_of_many_lines_is_one),
		cmocka_unit_test(prose_in_columns_stays),
		cmocka_unit_test(a_margin_stays),
		cmocka_unit_test(finds_return_to_their_place),
		cmocka_unit_test(a_find_in_two_places_becomes_two),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
