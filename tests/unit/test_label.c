/* test_label.c - where boxes go and whether their ground fits: never narrower than the ground where
 * there is room. */
#include "tests/unit/pdf_fixture.h"

#include "engine/render/pdf/label.h"

#define CODE	"5.1.2.e"
#define CODE_EM 2.8 /* less than its width in em */

typedef struct {
	LwPdfPageContent content;
	guint32 by[64];
	LwPlan *plan;
} Stage;

static Stage stage_new(void)
{
	Stage stage = {.content = {.width = 400, .height = 300, .ink = {50, 50, 350, 250}}};
	stage.content.glyphs = g_array_new(FALSE, TRUE, sizeof(LwPdfPageGlyph));
	stage.plan = plan_new();
	return stage;
}

static void stage_clear(Stage *stage)
{
	g_array_unref(stage->content.glyphs);
	lw_plan_free(stage->plan);
}

static void stage_glyph(Stage *stage, float x, float y, float width, float height, guint32 by)
{
	LwPdfPageGlyph one = {
		.glyph = {.unicode = 'a', .box = {x, y, x + width, y + height}, .size = height},
		.upright = height < width * 0.8f};
	stage->by[stage->content.glyphs->len] = by;
	g_array_append_val(stage->content.glyphs, one);
}

static LwLabelLayout lay_out(const Stage *stage)
{
	LwLabelLayout layout;
	lw_label_layout(stage->plan, 0, &stage->content, stage->by, 0, CODE, &layout);
	return layout;
}

/* A text mark over `count` glyphs of 5 by 10 points from (100, 100). */
static void stage_word(Stage *stage, guint count)
{
	LwMark *mark = plan_mark(stage->plan);
	LwBox box = {0, {100, 100, 100 + 5.0f * (float)count, 110}};
	g_array_append_val(mark->boxes, box);
	mark->glyphs = g_array_new(FALSE, FALSE, sizeof(guint32));
	for (guint32 i = 0; i < count; i++) {
		stage_glyph(stage, 100 + 5.0f * (float)i, 100, 5, 10, 1);
		g_array_append_val(mark->glyphs, i);
	}
}

static void assert_fits(const LwLabelLayout *layout)
{
	const LwRect *box = &g_array_index(layout->boxes, LwRect, 0);
	assert_false(layout->call_out);
	assert_true(layout->size >= 5);
	double length = layout->upright ? box->y1 - box->y0 : box->x1 - box->x0;
	assert_true(length >= layout->size * CODE_EM);
	if (!layout->upright) {
		assert_true(layout->x >= box->x0 && layout->x + layout->size * CODE_EM <= box->x1);
		assert_true(layout->y > box->y0 && layout->y < box->y1);
	}
}

static void test_short_word_with_room(void **state)
{
	(void)state;
	Stage stage = stage_new();
	stage_word(&stage, 1);
	LwLabelLayout layout = lay_out(&stage);
	assert_int_equal(layout.boxes->len, 1);
	assert_fits(&layout);
	const LwRect *box = &g_array_index(layout.boxes, LwRect, 0);
	assert_true(box->x0 <= 100 && box->x1 >= 105); /* what goes is covered */
	lw_label_layout_clear(&layout);
	stage_clear(&stage);
}

static void test_long_word_grows_no_more_than_needed(void **state)
{
	(void)state;
	Stage stage = stage_new();
	stage_word(&stage, 12);
	stage_glyph(&stage, 165, 100, 5, 10, 0); /* a space away */
	LwLabelLayout layout = lay_out(&stage);
	assert_fits(&layout);
	const LwRect *box = &g_array_index(layout.boxes, LwRect, 0);
	assert_true(box->x1 < 165 && box->x1 >= 160);
	assert_true(box->x0 >= 98 && box->x0 <= 100);
	lw_label_layout_clear(&layout);
	stage_clear(&stage);
}

static void test_wedged_in_goes_to_the_margin(void **state)
{
	(void)state;
	Stage stage = stage_new();
	stage_word(&stage, 1);
	stage_glyph(&stage, 95, 100, 5, 10, 0);
	stage_glyph(&stage, 105, 100, 5, 10, 0);
	LwLabelLayout layout = lay_out(&stage);
	assert_true(layout.call_out);
	assert_true(layout.size >= 5);
	/* Outside all ink, on the page. */
	assert_true(layout.x >= 0 && layout.x + layout.size * CODE_EM <= 400);
	assert_true(layout.x + layout.size * CODE_EM <= 50 || layout.x >= 350);
	const LwRect *box = &g_array_index(layout.boxes, LwRect, 0);
	assert_true(box->x0 >= 99.9f && box->x1 <= 105.1f); /* the neighbours stay readable */
	lw_label_layout_clear(&layout);
	stage_clear(&stage);
}

static void test_two_lines_two_boxes(void **state)
{
	(void)state;
	Stage stage = stage_new();
	stage_word(&stage, 8);
	for (guint i = 0; i < 8; i++)
		stage_glyph(&stage, 50 + 5.0f * (float)i, 114, 5, 10, 1);
	LwLabelLayout layout = lay_out(&stage);
	assert_int_equal(layout.boxes->len, 2);
	assert_fits(&layout);
	lw_label_layout_clear(&layout);
	stage_clear(&stage);
}

static void test_text_along_the_page_side(void **state)
{
	(void)state;
	Stage stage = stage_new();
	LwMark *mark = plan_mark(stage.plan);
	LwBox box = {0, {100, 100, 110, 150}};
	g_array_append_val(mark->boxes, box);
	mark->glyphs = g_array_new(FALSE, FALSE, sizeof(guint32));
	for (guint32 i = 0; i < 10; i++) {
		stage_glyph(&stage, 100, 145 - 5.0f * (float)i, 10, 5, 1);
		g_array_append_val(mark->glyphs, i);
	}
	LwLabelLayout layout = lay_out(&stage);
	assert_true(layout.upright);
	assert_fits(&layout);
	const LwRect *painted = &g_array_index(layout.boxes, LwRect, 0);
	assert_true(layout.y <= painted->y1 && layout.y - layout.size * CODE_EM >= painted->y0);
	lw_label_layout_clear(&layout);
	stage_clear(&stage);
}

static void test_area_is_painted_as_drawn(void **state)
{
	(void)state;
	Stage stage = stage_new();
	plan_area(stage.plan, 0, 100, 100, 200, 130);
	plan_area(stage.plan, 1, 0, 0, 10, 10); /* another page's */
	LwLabelLayout layout = lay_out(&stage);
	assert_int_equal(layout.boxes->len, 1);
	const LwRect *box = &g_array_index(layout.boxes, LwRect, 0);
	assert_true(box->x0 == 100 && box->y0 == 100 && box->x1 == 200 && box->y1 == 130);
	assert_fits(&layout);
	lw_label_layout_clear(&layout);
	stage_clear(&stage);
}

static void test_narrow_high_area_is_upright(void **state)
{
	(void)state;
	Stage stage = stage_new();
	plan_area(stage.plan, 0, 100, 100, 108, 200);
	LwLabelLayout layout = lay_out(&stage);
	assert_true(layout.upright);
	assert_fits(&layout);
	lw_label_layout_clear(&layout);
	stage_clear(&stage);
}

static void test_tiny_area_calls_out(void **state)
{
	(void)state;
	Stage stage = stage_new();
	plan_area(stage.plan, 0, 100, 100, 103, 103);
	LwLabelLayout layout = lay_out(&stage);
	assert_true(layout.call_out);
	lw_label_layout_clear(&layout);
	stage_clear(&stage);
}

static void test_nothing_here(void **state)
{
	(void)state;
	Stage stage = stage_new();
	plan_area(stage.plan, 3, 0, 0, 10, 10);
	LwLabelLayout layout = lay_out(&stage);
	assert_int_equal(layout.boxes->len, 0);
	lw_label_layout_clear(&layout);
	stage_clear(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_short_word_with_room),
		cmocka_unit_test(test_long_word_grows_no_more_than_needed),
		cmocka_unit_test(test_wedged_in_goes_to_the_margin),
		cmocka_unit_test(test_two_lines_two_boxes),
		cmocka_unit_test(test_text_along_the_page_side),
		cmocka_unit_test(test_area_is_painted_as_drawn),
		cmocka_unit_test(test_narrow_high_area_is_upright),
		cmocka_unit_test(test_tiny_area_calls_out),
		cmocka_unit_test(test_nothing_here),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
