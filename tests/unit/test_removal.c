/* test_removal.c - which glyphs a plan takes: the law that renderer and verifier share. */
#include "tests/unit/pdf_fixture.h"

#include "engine/model/removal.h"

#define COUNT 6

/* "ab cd" from x = 0, ten points a glyph, and a second b over the first. */
static void fill(LwGlyph glyphs[COUNT])
{
	static const char letters[] = "ab cdb";
	for (guint i = 0; i < COUNT; i++)
		glyphs[i] = (LwGlyph){.unicode = (gunichar)letters[i],
				      .size = 10,
				      .box = {(float)i * 10, 100, (float)i * 10 + 10, 110}};
	glyphs[5].box = (LwRect){11, 100, 21, 110};
}

static void assert_by(const LwPlan *plan, const LwGlyph *glyphs, guint32 first,
		      const guint32 expected[COUNT])
{
	guint32 by[COUNT];
	memset(by, 0xAA, sizeof by);
	lw_plan_removed(plan, glyphs, COUNT, first, glyphs[0].page, by);
	for (guint i = 0; i < COUNT; i++)
		if (by[i] != expected[i])
			fail_msg("glyph %u: %u, not %u", i, by[i], expected[i]);
}

static LwMark *mark_glyphs(LwPlan *plan, guint32 from, guint32 to, LwRect rect)
{
	LwMark *mark = plan_mark(plan);
	LwBox box = {0, rect};
	mark->glyphs = g_array_new(FALSE, FALSE, sizeof(guint32));
	for (guint32 i = from; i <= to; i++)
		g_array_append_val(mark->glyphs, i);
	g_array_append_val(mark->boxes, box);
	return mark;
}

static void test_text_takes_its_glyphs_blanks_and_twins(void **state)
{
	(void)state;
	LwGlyph glyphs[COUNT];
	fill(glyphs);
	g_autoptr(LwPlan) plan = plan_new();
	/* Glyphs 101 and 103 of the document; this page begins with 100. */
	LwMark *mark = mark_glyphs(plan, 101, 101, (LwRect){10, 100, 40, 110});
	guint32 more = 103;
	g_array_append_val(mark->glyphs, more);
	assert_by(plan, glyphs, 100, (const guint32[]){0, 1, 1, 1, 0, 1});
}

static void test_another_letter_there_stays(void **state)
{
	(void)state;
	LwGlyph glyphs[COUNT];
	fill(glyphs);
	glyphs[5].unicode = 'q'; /* the same place, but no twin */
	g_autoptr(LwPlan) plan = plan_new();
	mark_glyphs(plan, 1, 1, (LwRect){10, 100, 20, 110});
	assert_by(plan, glyphs, 0, (const guint32[]){0, 1, 0, 0, 0, 0});
}

static void test_area_takes_what_it_covers(void **state)
{
	(void)state;
	LwGlyph glyphs[COUNT];
	fill(glyphs);
	glyphs[4].flags = LW_GLYPH_LABEL;
	g_autoptr(LwPlan) plan = plan_new();
	plan_area(plan, 0, 25, 105, 60, 106); /* a sliver over the blank, c and d */
	assert_by(plan, glyphs, 0, (const guint32[]){0, 0, 1, 1, 0, 0});
	g_autoptr(LwPlan) other = plan_new();
	plan_area(other, 1, 0, 0, 400, 300);
	assert_by(other, glyphs, 0, (const guint32[]){0, 0, 0, 0, 0, 0});
}

static void test_touch_of_the_box_is_no_touch_of_ink(void **state)
{
	(void)state;
	LwGlyph glyphs[COUNT];
	fill(glyphs);
	g_autoptr(LwPlan) plan = plan_new();
	plan_area(plan, 0, 0, 110.5f, 400, 120); /* the next line: below */
	assert_by(plan, glyphs, 0, (const guint32[]){0, 0, 0, 0, 0, 0});
	g_autoptr(LwPlan) nearer = plan_new();
	plan_area(nearer, 0, 0, 108.5f, 9.5f, 120); /* ink of the first reaches to 108.8 */
	assert_by(nearer, glyphs, 0, (const guint32[]){1, 0, 0, 0, 0, 0});
}

static void test_hidden_always_goes(void **state)
{
	(void)state;
	LwGlyph glyphs[COUNT];
	fill(glyphs);
	glyphs[0].flags = LW_GLYPH_OFF_PAGE;
	glyphs[3].flags = LW_GLYPH_LAYER_OFF;
	glyphs[4].flags = LW_GLYPH_INVISIBLE; /* an OCR layer stays */
	g_autoptr(LwPlan) plan = plan_new();
	assert_by(plan, glyphs, 0,
		  (const guint32[]){LW_REMOVED_HIDDEN, 0, 0, LW_REMOVED_HIDDEN, 0, 0});
}

static void test_first_mark_owns(void **state)
{
	(void)state;
	LwGlyph glyphs[COUNT];
	fill(glyphs);
	g_autoptr(LwPlan) plan = plan_new();
	plan_area(plan, 0, 0, 100, 60, 110);
	mark_glyphs(plan, 3, 4, (LwRect){30, 100, 50, 110}); /* text before areas */
	assert_by(plan, glyphs, 0, (const guint32[]){1, 1, 1, 2, 2, 1});
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_text_takes_its_glyphs_blanks_and_twins),
		cmocka_unit_test(test_another_letter_there_stays),
		cmocka_unit_test(test_area_takes_what_it_covers),
		cmocka_unit_test(test_touch_of_the_box_is_no_touch_of_ink),
		cmocka_unit_test(test_hidden_always_goes),
		cmocka_unit_test(test_first_mark_owns),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
