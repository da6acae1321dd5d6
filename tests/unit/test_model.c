/* test_model.c - the tables, the document's geometry, and loads that must refuse what is off. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "engine/model/bands.h"
#include "engine/model/mark.h"

static void assert_ground(const char *text, const char *id)
{
	const LwGround *ground = lw_ground_parse(text);
	if (!id)
		assert_null(ground);
	else if (!ground)
		fail_msg("'%s' is no ground", text);
	else
		assert_string_equal(ground->id, id);
}

static void test_ground_spellings(void **state)
{
	static const char *const same[] = {
		"5.1.2.e",
		"5.1.2e",
		"5.1.2 e",
		"5.1, lid 2, sub e",
		"5.1 lid 2 sub e",
		"5.1 lid 2 onder e",
		"art. 5.1 lid 2 aanhef en onder e",
		"artikel 5.1, tweede lid, aanhef en onder e, van de Woo",
		"5.1(2)(e)",
		"art10.2e",
		"10.2.e",
		"10.2e",
		"ARTIKEL 5.1, TWEEDE LID, ONDERDEEL E, WOO",
		"art.\u00a05.1.2.e",
		"artikel 10, tweede lid, aanhef en onder e, van de Wob",
		"Woo 5.1.2e",
		"artikel 5.1, tweede lid, onder e, van de Wet open overheid",
	};
	(void)state;
	for (guint i = 0; i < G_N_ELEMENTS(same); i++)
		assert_ground(same[i], "5.1.2.e");
	assert_ground("5.1.1.d", "5.1.1.d");
	assert_ground("5.1, eerste lid, aanhef en onder e", "5.1.1.e");
	assert_ground("5.1.2.i", "5.1.2.i");
	assert_ground("5.1 lid 5", "5.1.5");
	assert_ground("5.1, vierde lid", "5.1.4");
	assert_ground("5.2", "5.2.1");
	assert_ground("5.2 lid 1", "5.2.1");
	assert_ground("5.4a", "5.4a");
	assert_ground("8.8", "8.8");
	assert_ground("avg", "AVG");
	assert_ground("Buiten reikwijdte verzoek", "BR");
	assert_ground("Dubbel", "dubbel");
}

static void test_ground_legacy(void **state)
{
	(void)state;
	assert_ground("10.1a", "5.1.1.a");
	assert_ground("10.1 d", "5.1.1.d");
	assert_ground("10.2f", "5.1.4");
	assert_ground("10.2g", "5.1.5");
	assert_ground("10.7a", "5.1.2.g");
	assert_ground("10 lid 7 onder b", "5.1.2.h");
	assert_ground("11.1", "5.2.1");
}

static void test_ground_refused(void **state)
{
	static const char *const wrong[] = {"5.1.7",
					    "5.2.3",
					    "5.3",
					    "5.2.4",
					    "5.1",
					    "5.1.2",
					    "5.1.2.j",
					    "5.1.1.f",
					    "",
					    " ",
					    "e",
					    "10.2",
					    "10.3.a",
					    "12.1.e",
					    "5.1.2.e!",
					    "5.1.2.é",
					    "5.1.2.e 5.1.2.e",
					    "lid",
					    "5.5"};
	g_autofree char *huge = g_strnfill(100000, '5');
	(void)state;
	for (guint i = 0; i < G_N_ELEMENTS(wrong); i++)
		assert_ground(wrong[i], NULL);
	assert_ground(huge, NULL);
	assert_ground(NULL, NULL);
}

static void test_tables(void **state)
{
	LwKind kind;
	LwRole role;
	(void)state;
	for (guint i = 0; i < LW_KIND_COUNT; i++) {
		assert_true(lw_kind_parse(lw_kind_name(i), &kind));
		assert_int_equal(kind, i);
		assert_non_null(lw_ground_parse(lw_kind_default_ground(i)));
	}
	for (guint i = 0; i < LW_ROLE_COUNT; i++) {
		assert_true(lw_role_parse(lw_role_name(i), &role));
		assert_int_equal(role, i);
	}
	for (guint i = 0; lw_ground_at(i); i++) {
		assert_ptr_equal(lw_ground_parse(lw_ground_at(i)->id), lw_ground_at(i));
		assert_ptr_equal(lw_ground_parse(lw_ground_at(i)->code), lw_ground_at(i));
	}
	assert_false(lw_kind_parse("PERSON", &kind));
	assert_false(lw_kind_parse(NULL, &kind));
	assert_true(lw_kind_needs_person(LW_KIND_OPINION));
	assert_true(lw_kind_needs_person(LW_KIND_PASSAGE));
	assert_true(lw_kind_needs_person(LW_KIND_PICTURE));
	assert_false(lw_kind_needs_person(LW_KIND_PERSON));
}

static void test_reason(void **state)
{
	(void)state;
	g_autofree char *with = lw_reason_text(LW_REASON_CONTEXT, "BSN", LW_LANG_EN);
	g_autofree char *without = lw_reason_text(LW_REASON_CONTEXT, NULL, LW_LANG_NL);
	g_autofree char *hostile = lw_reason_text(LW_REASON_CONTEXT, "%n%s", LW_LANG_EN);
	assert_string_equal(with, "'BSN' stands near");
	assert_string_equal(without, "'…' staat erbij");
	assert_string_equal(hostile, "'%n%s' stands near");
}

/* "Jan é\nKok" over two lines of a page, and a second page that is only a picture. */
static LwDocument *sample(void)
{
	static const char text[] = "Jan é\nKok\f";
	LwDocument *document = lw_document_new("pdf");
	document->text = lw_arena_strndup(document->arena, text, strlen(text));
	document->length = strlen(text);
	document->page_count = 2;
	document->pages = lw_arena_new0(document->arena, LwPage, 2);
	document->pages[0] = (LwPage){595, 842, {0, 10}, 0, 7, 0};
	document->pages[1] = (LwPage){595, 842, {11, 0}, 7, 0, 1};
	document->glyph_count = 7;
	document->glyphs = lw_arena_new0(document->arena, LwGlyph, 7);
	document->glyph_of = lw_arena_new0(document->arena, guint32, 10);
	for (guint i = 0, glyph = 0; i < 10; i++) {
		gboolean space = i == 3 || i == 5 || i == 9;
		float x = 72 + 6 * (float)(i > 5 ? i - 6 : i), y = i > 5 ? 120 : 100;
		document->glyph_of[i] = space ? LW_NO_GLYPH : glyph;
		if (!space)
			document->glyphs[glyph++] =
				(LwGlyph){.unicode = 'x', .box = {x, y, x + 6, y + 12}, .size = 12};
	}
	LwFigure figure = {LW_FIGURE_IMAGE, {1, {0, 0, 595, 842}}, 11, 0, "Pictures/1.png"};
	g_array_append_val(document->figures, figure);
	lw_document_notice(document, "page-unread", 1, "nobody read this page");
	return document;
}

static void test_document_spans(void **state)
{
	(void)state;
	g_autoptr(LwDocument) document = sample();
	LwSpan whole = {0, 10};
	g_autoptr(GArray) boxes = lw_document_boxes(document, whole);
	g_autoptr(GArray) glyphs = lw_document_glyphs(document, whole);
	g_autoptr(GArray) last = lw_document_glyphs(document, (LwSpan){4, 2});
	g_autoptr(GArray) outside = lw_document_glyphs(document, (LwSpan){9, 50});
	assert_int_equal(boxes->len, 2);
	LwRect first = g_array_index(boxes, LwBox, 0).rect;
	assert_float_equal(first.x0, 72, 0.001);
	assert_float_equal(first.x1, 102, 0.001);
	assert_float_equal(first.y1, 112, 0.001);
	assert_int_equal(glyphs->len, 7);
	assert_int_equal(last->len, 1);
	assert_int_equal(g_array_index(last, guint32, 0), 3);
	assert_int_equal(outside->len, 0);
	assert_int_equal(lw_document_page_of(document, 0), 0);
	assert_int_equal(lw_document_page_of(document, 9), 0);
	assert_int_equal(lw_document_page_of(document, 11), 1);
}

/* Two cells of one row must not become one box that hides what lies between. */
static void test_document_boxes_gap(void **state)
{
	(void)state;
	g_autoptr(LwDocument) document = sample();
	for (guint i = 1; i < 3; i++) {
		document->glyphs[i].box.x0 += 200;
		document->glyphs[i].box.x1 += 200;
	}
	g_autoptr(GArray) boxes = lw_document_boxes(document, (LwSpan){0, 3});
	assert_int_equal(boxes->len, 2);
}

static void test_document_round_trip(void **state)
{
	(void)state;
	g_autoptr(LwDocument) document = sample();
	g_autoptr(GVariant) saved = lw_document_save(document);
	g_autoptr(LwDocument) loaded = lw_document_load(saved);
	assert_non_null(loaded);
	assert_string_equal(loaded->format, "pdf");
	assert_string_equal(loaded->text, document->text);
	assert_int_equal(loaded->length, document->length);
	assert_int_equal(loaded->glyph_count, 7);
	assert_memory_equal(loaded->glyphs, document->glyphs, 7 * sizeof(LwGlyph));
	assert_memory_equal(loaded->glyph_of, document->glyph_of, 10 * sizeof(guint32));
	assert_int_equal(loaded->page_count, 2);
	assert_int_equal(loaded->pages[1].unread, 1);
	assert_string_equal(g_array_index(loaded->figures, LwFigure, 0).name, "Pictures/1.png");
	assert_string_equal(g_array_index(loaded->notices, LwNotice, 0).code, "page-unread");
	g_autoptr(GVariant) again = lw_document_save(loaded);
	assert_true(g_variant_equal(saved, again));
}

/* Glyphs of which each differs from the one before in something that a line shares. */
static void test_document_lines(void **state)
{
	(void)state;
	g_autoptr(LwDocument) document = sample();
	LwGlyph *glyphs = document->glyphs;
	document->pages[0].glyph_count = document->pages[1].first_glyph = 6;
	document->pages[1].glyph_count = 1;
	glyphs[1].box.y0 = 99;
	glyphs[2].box.y1 = 120;
	glyphs[3].size = 11;
	glyphs[4].flags = LW_GLYPH_SLANTED;
	glyphs[5].font = 65535;
	glyphs[6] = (LwGlyph){0x10ffff, 1, {-3.25f, 0.1f, 1e30f, -0.1f}, 0, 65535, 0};
	g_autoptr(GVariant) saved = lw_document_save(document);
	g_autoptr(LwDocument) loaded = lw_document_load(saved);
	assert_non_null(loaded);
	assert_int_equal(loaded->glyph_count, 7);
	assert_memory_equal(loaded->glyphs, glyphs, 7 * sizeof(LwGlyph));
}

/* How many glyphs the first line says it has: none, fewer or more than there are. */
static void test_document_line_counts(void **state)
{
	(void)state;
	static const guint32 counts[] = {0, 3, 5, 1000, G_MAXUINT32}; /* four it is */
	g_autoptr(LwDocument) document = sample();
	g_autoptr(GVariant) saved = lw_document_save(document);
	const guint8 *bytes = g_variant_get_data(saved);
	g_autoptr(GVariant) glyphs = g_variant_get_child_value(saved, 3);
	const guint8 *from = g_variant_get_data(glyphs);
	gsize at = (gsize)(from - bytes), size = g_variant_get_size(saved);
	for (guint i = 0; i < G_N_ELEMENTS(counts); i++) {
		g_autofree guint8 *changed = g_memdup2(bytes, size);
		guint32 count = GUINT32_TO_LE(counts[i]);
		memcpy(changed + at, &count, sizeof(count));
		g_autoptr(GVariant) hostile = g_variant_ref_sink(g_variant_new_from_data(
			g_variant_get_type(saved), changed, size, FALSE, NULL, NULL));
		assert_null(lw_document_load(hostile));
	}
}

static void test_document_without_pages(void **state)
{
	(void)state;
	g_autoptr(LwDocument) document = lw_document_new("plain");
	document->text = "Jan";
	document->length = 3;
	g_autoptr(GVariant) saved = lw_document_save(document);
	g_autoptr(LwDocument) loaded = lw_document_load(saved);
	assert_non_null(loaded);
	assert_null(loaded->glyph_of);
	assert_int_equal(lw_document_page_of(loaded, 2), 0);
}

#define REFUSED(change)                                                                            \
	do {                                                                                       \
		g_autoptr(LwDocument) document = sample();                                         \
		change;                                                                            \
		g_autoptr(GVariant) saved = lw_document_save(document);                            \
		assert_null(lw_document_load(saved));                                              \
	} while (0)

static void test_document_hostile(void **state)
{
	(void)state;
	REFUSED(document->glyph_of[2] = 7);
	REFUSED(document->glyphs[3].page = 2);
	REFUSED(document->glyphs[3].page = 1);
	REFUSED(document->glyphs[0].box.x1 = NAN);
	REFUSED(document->glyphs[0].size = INFINITY);
	REFUSED(document->glyphs[4].box.y0 = NAN);
	REFUSED(document->glyphs[5].box.x0 = -INFINITY);
	REFUSED(document->glyphs[0].unicode = 0xd800);
	REFUSED(document->glyphs[0].flags = 1 << 15);
	REFUSED(document->pages[0].span.length = 500);
	REFUSED(document->pages[0].span.length = 5); /* in the middle of é */
	REFUSED(document->pages[1].span.start = 3);
	REFUSED(document->pages[0].glyph_count = 8);
	REFUSED(document->pages[1].first_glyph = G_MAXUINT32);
	REFUSED(document->pages[0].width = NAN);
	REFUSED(document->text = "Jan \xc3\xff\nKok\f");
	REFUSED(document->format = "PDF <script>");
	REFUSED(g_array_index(document->figures, LwFigure, 0).type = 9);
	REFUSED(g_array_index(document->figures, LwFigure, 0).box.page = 2);
	REFUSED(g_array_index(document->figures, LwFigure, 0).offset = 12);
	REFUSED(g_array_index(document->notices, LwNotice, 0).page = -2);
	REFUSED(g_array_index(document->notices, LwNotice, 0).code = "Jan Kok");
	REFUSED(g_array_index(document->notices, LwNotice, 0).message = "two\nlines");
}

/* Every byte of a saved document changed in turn: it loads or it does not, but nothing breaks. */
static void test_document_flipped(void **state)
{
	(void)state;
	g_autoptr(LwDocument) document = sample();
	g_autoptr(GVariant) saved = lw_document_save(document);
	gsize size = g_variant_get_size(saved);
	for (gsize i = 0; i < size * 3; i++) {
		g_autofree guint8 *bytes = g_memdup2(g_variant_get_data(saved), size);
		bytes[i / 3] ^= (guint8)(i % 3 == 0 ? 0xff : i % 3 == 1 ? 0x01 : 0x80);
		g_autoptr(GVariant) changed = g_variant_ref_sink(g_variant_new_from_data(
			g_variant_get_type(saved), bytes, size - i % 2, FALSE, NULL, NULL));
		g_autoptr(LwDocument) loaded = lw_document_load(changed);
		if (!loaded)
			continue;
		g_autoptr(GArray) boxes =
			lw_document_boxes(loaded, (LwSpan){0, (guint32)loaded->length});
		assert_true(boxes->len <= loaded->glyph_count + loaded->length);
	}
	g_autoptr(GVariant) other = g_variant_ref_sink(g_variant_new("(s)", "x"));
	assert_null(lw_document_load(other));
}

static LwEntities *sample_entities(void)
{
	LwEntities *entities = lw_entities_new();
	LwEntity *name =
		lw_entities_add(entities, (LwSpan){7, 3}, LW_KIND_PERSON, 0.9f, "name/title");
	name->role = LW_ROLE_CITIZEN;
	name->reason = LW_REASON_TITLE;
	name->evidence = "dhr.";
	name->person = 3;
	lw_entities_add(entities, (LwSpan){0, 3}, LW_KIND_PERSON, 0.5f, "name/list");
	lw_entities_add(entities, (LwSpan){0, 6}, LW_KIND_PERSON, 0.5f, "name/title");
	lw_entities_add(entities, (LwSpan){0, 6}, LW_KIND_PERSON, 0.8f, "name/title");
	lw_entities_add(entities, (LwSpan){11, 0}, LW_KIND_PICTURE, 0.5f, "figure/large");
	return entities;
}

static void test_entities(void **state)
{
	(void)state;
	g_autoptr(LwDocument) document = sample();
	g_autoptr(LwEntities) entities = sample_entities();
	lw_entities_sort(entities);
	LwEntity *first = &g_array_index(entities->items, LwEntity, 0);
	assert_int_equal(first->span.length, 6);
	assert_float_equal(first->score, 0.8, 0.001);
	assert_int_equal(g_array_index(entities->items, LwEntity, 2).span.length, 3);
	g_autoptr(GVariant) saved = lw_entities_save(entities);
	g_autoptr(LwEntities) loaded = lw_entities_load(saved, document);
	assert_non_null(loaded);
	assert_int_equal(loaded->items->len, 5);
	LwEntity *name = &g_array_index(loaded->items, LwEntity, 3);
	assert_string_equal(name->rule, "name/title");
	assert_string_equal(name->evidence, "dhr.");
	assert_int_equal(name->person, 3);
	assert_int_equal(name->role, LW_ROLE_CITIZEN);
	assert_null(first->evidence);
}

#define REFUSED_ENTITY(change)                                                                     \
	do {                                                                                       \
		g_autoptr(LwEntities) entities = sample_entities();                                \
		LwEntity *entity = &g_array_index(entities->items, LwEntity, 0);                   \
		change;                                                                            \
		g_autoptr(GVariant) saved = lw_entities_save(entities);                            \
		assert_null(lw_entities_load(saved, document));                                    \
	} while (0)

static void test_entities_hostile(void **state)
{
	(void)state;
	g_autoptr(LwDocument) document = sample();
	REFUSED_ENTITY(entity->span.length = 100);
	REFUSED_ENTITY(entity->span.start = G_MAXUINT32);
	REFUSED_ENTITY(entity->span.start = 5);
	REFUSED_ENTITY((entity->span.length = 0, entity->figure = 1));
	REFUSED_ENTITY(entity->kind = LW_KIND_COUNT);
	REFUSED_ENTITY(entity->role = LW_ROLE_COUNT);
	REFUSED_ENTITY(entity->reason = LW_REASON_COUNT);
	REFUSED_ENTITY(entity->score = NAN);
	REFUSED_ENTITY(entity->score = 1.5f);
	REFUSED_ENTITY(entity->rule = "Jan Kok");
	REFUSED_ENTITY(entity->rule = NULL);
	REFUSED_ENTITY(entity->evidence = "a\nb");
}

static LwPlan *sample_plan(void)
{
	LwPlan *plan = lw_plan_new();
	LwMark *mark = lw_plan_add(plan);
	LwBox box = {0, {72, 100, 90, 112}};
	guint32 glyphs[3] = {0, 1, 2};
	strcpy(mark->id, "0123456789abcdef");
	mark->kind = LW_KIND_PERSON;
	mark->action = LW_ACTION_REMOVE;
	mark->decision = LW_DECISION_ACCEPTED;
	mark->ground = "5.1.2.e;5.1.1.d";
	mark->score = 0.9f;
	mark->rule = "name/title";
	mark->span = (LwSpan){0, 3};
	g_array_append_val(mark->boxes, box);
	mark->glyphs = g_array_new(FALSE, FALSE, sizeof(guint32));
	g_array_append_vals(mark->glyphs, glyphs, 3);
	g_ptr_array_add(plan->secrets, (void *)"Jan");
	plan->style.code = LW_CODE_LONG;
	return plan;
}

static void test_plan(void **state)
{
	(void)state;
	g_autoptr(LwPlan) plan = sample_plan();
	lw_plan_add(plan)->figure = "Pictures/1.png";
	g_autoptr(GVariant) saved = lw_plan_save(plan);
	g_autoptr(LwPlan) loaded = lw_plan_load(saved);
	assert_non_null(loaded);
	LwMark *mark = g_ptr_array_index(loaded->marks, 0);
	assert_string_equal(mark->id, "0123456789abcdef");
	assert_string_equal(mark->ground, "5.1.2.e;5.1.1.d");
	assert_int_equal(mark->glyphs->len, 3);
	assert_int_equal(mark->boxes->len, 1);
	assert_int_equal(loaded->style.text[1], 255);
	assert_string_equal(g_ptr_array_index(loaded->secrets, 0), "Jan");
	mark = g_ptr_array_index(loaded->marks, 1);
	assert_string_equal(mark->figure, "Pictures/1.png");
	assert_null(mark->glyphs);
	assert_null(mark->ground);
}

#define REFUSED_PLAN(change)                                                                       \
	do {                                                                                       \
		g_autoptr(LwPlan) plan = sample_plan();                                            \
		LwMark *mark = g_ptr_array_index(plan->marks, 0);                                  \
		(void)mark;                                                                        \
		change;                                                                            \
		g_autoptr(GVariant) saved = lw_plan_save(plan);                                    \
		assert_null(lw_plan_load(saved));                                                  \
	} while (0)

static void test_plan_hostile(void **state)
{
	(void)state;
	REFUSED_PLAN(mark->id[0] = 'X');
	REFUSED_PLAN(mark->kind = LW_KIND_COUNT);
	REFUSED_PLAN(mark->action = 3);
	REFUSED_PLAN(mark->decision = 3);
	REFUSED_PLAN(mark->ground = "5.1.7");
	REFUSED_PLAN(mark->ground = "5.1.2e");
	REFUSED_PLAN(mark->ground = "5.1.2.e;");
	REFUSED_PLAN(mark->score = NAN);
	REFUSED_PLAN(g_array_index(mark->boxes, LwBox, 0).page = 50000);
	REFUSED_PLAN(g_array_index(mark->boxes, LwBox, 0).rect.x0 = 100);
	REFUSED_PLAN(g_array_index(mark->glyphs, guint32, 1) = 0);
	REFUSED_PLAN(g_array_index(mark->glyphs, guint32, 2) = LW_NO_GLYPH);
	REFUSED_PLAN(plan->style.width = 3);
	REFUSED_PLAN(plan->style.code = 3);
}

static void test_receipt(void **state)
{
	(void)state;
	g_autoptr(LwPlan) plan = sample_plan();
	g_autoptr(LwReceipt) receipt = lw_receipt_new(plan);
	LwBox box = {0, {72, 100, 95, 112}};
	g_array_append_val((GArray *)g_ptr_array_index(receipt->painted, 0), box);
	receipt->images_changed = 2;
	lw_receipt_notice(receipt, "scripts-removed", -1, "the document had scripts");
	g_autoptr(GVariant) saved = lw_receipt_save(receipt);
	g_autoptr(LwReceipt) loaded = lw_receipt_load(saved);
	assert_non_null(loaded);
	assert_int_equal(loaded->images_changed, 2);
	assert_int_equal(loaded->painted->len, 1);
	assert_int_equal(((GArray *)g_ptr_array_index(loaded->painted, 0))->len, 1);
	assert_string_equal(g_array_index(loaded->notices, LwNotice, 0).code, "scripts-removed");
	g_array_index((GArray *)g_ptr_array_index(receipt->painted, 0), LwBox, 0).rect.y1 = NAN;
	g_autoptr(GVariant) hostile = lw_receipt_save(receipt);
	assert_null(lw_receipt_load(hostile));
}

static void assert_code(const char *ground, LwCodeStyle style, const char *code, const char *label)
{
	LwMark mark = {.ground = ground};
	LwStyle box = {.code = style, .lang = LW_LANG_NL};
	g_autofree char *got = lw_mark_code(&mark, &box);
	g_autofree char *heard = lw_mark_label(&mark, &box);
	assert_string_equal(got, code);
	assert_string_equal(heard, label);
}

static void test_codes(void **state)
{
	(void)state;
	assert_code("5.1.2.e", LW_CODE_DOTTED, "5.1.2.e", "[gelakt: 5.1.2.e]");
	assert_code("5.1.2.e", LW_CODE_SHORT, "5.1.2e", "[gelakt: 5.1.2e]");
	assert_code("5.1.2.e", LW_CODE_LONG, "5.1 lid 2 sub e", "[gelakt: 5.1 lid 2 sub e]");
	assert_code("5.1.5", LW_CODE_LONG, "5.1 lid 5", "[gelakt: 5.1 lid 5]");
	assert_code("5.2.1", LW_CODE_SHORT, "5.2", "[gelakt: 5.2]");
	assert_code("5.4a", LW_CODE_LONG, "5.4a", "[gelakt: 5.4a]");
	assert_code("5.1.1.e;5.1.2.e", LW_CODE_DOTTED, "5.1.1.e / 5.1.2.e",
		    "[gelakt: 5.1.1.e / 5.1.2.e]");
	assert_code(NULL, LW_CODE_DOTTED, "", "[gelakt]");
}

static void test_box_covers(void **state)
{
	LwGlyph glyph = {.page = 1, .box = {100, 100, 110, 120}};
	LwGlyph thin = {.page = 1, .box = {100, 100, 100, 120}};
	LwBox inside = {1, {104, 105, 106, 106}}, other = {0, {0, 0, 500, 500}};
	LwBox edge = {1, {109.5f, 100, 200, 120}}, above = {1, {0, 0, 500, 102}};
	LwBox touch = {1, {108.9f, 100, 200, 120}}, around = {1, {99, 90, 101, 130}};
	(void)state;
	assert_true(lw_box_covers(&inside, &glyph));
	assert_false(lw_box_covers(&other, &glyph));
	assert_false(lw_box_covers(&edge, &glyph));
	assert_false(lw_box_covers(&above, &glyph));
	assert_true(lw_box_covers(&touch, &glyph));
	assert_true(lw_box_covers(&around, &thin));
	assert_false(lw_box_covers(&inside, &thin));
}

/* Whatever reaches into a height is near it, and each glyph is there once. */
static void test_bands(void **state)
{
	(void)state;
	enum { COUNT = 500 };
	g_autoptr(GRand) dice = g_rand_new_with_seed(7);
	g_autofree LwGlyph *glyphs = g_new0(LwGlyph, COUNT);
	for (guint turn = 0; turn < 20; turn++) {
		g_auto(LwBands) bands = {0};
		for (guint i = 0; i < COUNT; i++) {
			glyphs[i].box.y0 = (float)g_rand_double_range(dice, -50, 1200);
			glyphs[i].box.y1 =
				glyphs[i].box.y0 + (float)g_rand_double_range(dice, 0, turn * 3);
		}
		lw_bands_fill(&bands, glyphs, sizeof(LwGlyph), COUNT);
		for (guint q = 0; q < 50; q++) {
			guint8 seen[COUNT] = {0};
			guint32 count;
			float y0 = (float)g_rand_double_range(dice, -100, 1300);
			float y1 = y0 + (float)g_rand_double_range(dice, 0, 40);
			const guint32 *near = lw_bands_near(&bands, y0, y1, &count);
			for (guint32 i = 0; i < count; i++)
				assert_int_equal(seen[near[i]]++, 0);
			for (guint i = 0; i < COUNT; i++)
				assert_true(seen[i] || glyphs[i].box.y1 < y0 ||
					    glyphs[i].box.y0 > y1);
		}
	}
}

/* Heights that are no heights of a page stand somewhere. */
static void test_bands_of_anything(void **state)
{
	(void)state;
	LwGlyph glyphs[] = {{.box = {0, -1e30f, 0, 1e30f}},
			    {.box = {0, NAN, 0, 5}},
			    {.box = {0, 1e30f, 0, 1e30f}},
			    {.box = {0, 10, 0, 5}}};
	g_auto(LwBands) bands = {0}, none = {0};
	guint32 count;
	lw_bands_fill(&bands, glyphs, sizeof(LwGlyph), G_N_ELEMENTS(glyphs));
	lw_bands_near(&bands, -G_MAXFLOAT, G_MAXFLOAT, &count);
	assert_int_equal(count, 4);
	lw_bands_near(&bands, 500, 501, &count); /* the tall one is near everything */
	assert_int_equal(count, 4);
	lw_bands_fill(&none, NULL, sizeof(LwGlyph), 0);
	lw_bands_near(&none, 0, 100, &count);
	assert_int_equal(count, 0);
}

static void test_rects(void **state)
{
	LwRect a = {0, 0, 10, 10}, b = {5, 5, 20, 20}, far = {50, 50, 60, 60};
	(void)state;
	assert_true(lw_rect_is_empty((LwRect){0}));
	assert_true(lw_rect_is_empty((LwRect){0, 0, NAN, 1}));
	assert_float_equal(lw_rect_union(a, b).x1, 20, 0);
	assert_float_equal(lw_rect_union((LwRect){0}, b).x0, 5, 0);
	assert_float_equal(lw_rect_intersect(a, b).x0, 5, 0);
	assert_true(lw_rect_is_empty(lw_rect_intersect(a, far)));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_ground_spellings),
		cmocka_unit_test(test_ground_legacy),
		cmocka_unit_test(test_ground_refused),
		cmocka_unit_test(test_tables),
		cmocka_unit_test(test_reason),
		cmocka_unit_test(test_document_spans),
		cmocka_unit_test(test_document_boxes_gap),
		cmocka_unit_test(test_document_round_trip),
		cmocka_unit_test(test_document_lines),
		cmocka_unit_test(test_document_line_counts),
		cmocka_unit_test(test_document_without_pages),
		cmocka_unit_test(test_document_hostile),
		cmocka_unit_test(test_document_flipped),
		cmocka_unit_test(test_entities),
		cmocka_unit_test(test_entities_hostile),
		cmocka_unit_test(test_plan),
		cmocka_unit_test(test_plan_hostile),
		cmocka_unit_test(test_receipt),
		cmocka_unit_test(test_codes),
		cmocka_unit_test(test_box_covers),
		cmocka_unit_test(test_bands),
		cmocka_unit_test(test_bands_of_anything),
		cmocka_unit_test(test_rects),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
