/* test_width.c - lines of a page by hand: which glyphs make a line, what each unit of it takes, and
 * where it comes to stand. */
#include "tests/unit/pdf_fixture.h"

#include <math.h>

#include "engine/pdf/lines.h"
#include "engine/render/pdf/width_line.h"
#include "engine/render/pdf/width_turn.h"

#define SIZE 10.0
#define WIDE 5.0 /* of every letter */

typedef struct {
	LwPdfPageContent *content;
	guint32 by[256];
	LwPlan *plan;
	double least[8];
} Stage;

static Stage stage_new(LwWidth width)
{
	Stage stage = {.content = g_new0(LwPdfPageContent, 1), .plan = plan_new()};
	stage.content->width = stage.content->height = 600;
	stage.content->glyphs = g_array_new(FALSE, TRUE, sizeof(LwPdfPageGlyph));
	stage.content->marked_parent = g_array_new(FALSE, TRUE, sizeof(guint32));
	stage.content->figures = g_array_new(FALSE, TRUE, sizeof(LwFigure));
	stage.content->covers = g_array_new(FALSE, TRUE, sizeof(LwRect));
	stage.content->rules = g_array_new(FALSE, TRUE, sizeof(LwRect));
	stage.plan->style.width = width;
	return stage;
}

static void stage_clear(Stage *stage)
{
	lw_pdf_page_content_free(stage->content);
	lw_plan_free(stage->plan);
}

static LwPdfPageGlyph letter_at(gunichar letter, double x, double y, double size)
{
	return (LwPdfPageGlyph){.glyph = {.unicode = letter,
					  .box = {(float)x, (float)(y - 0.8 * size),
						  (float)(x + WIDE), (float)(y + 0.2 * size)},
					  .size = (float)size},
				.at = {x, y},
				.along = WIDE,
				.direction = LW_PDF_RIGHT};
}

/* Letters from x on; those in capitals belong to mark 1. Returns where they end. */
static double stage_text(Stage *stage, const char *text, double x, double y)
{
	for (; *text; text++, x += WIDE) {
		LwPdfPageGlyph one = letter_at((gunichar)*text, x, y, SIZE);
		stage->by[stage->content->glyphs->len] = g_ascii_isupper(*text) ? 1 : 0;
		g_array_append_val(stage->content->glyphs, one);
	}
	return x;
}

static LwMark *stage_mark(Stage *stage)
{
	LwMark *mark = plan_mark(stage->plan);
	mark->glyphs = g_array_new(FALSE, FALSE, sizeof(guint32));
	for (guint32 i = 0; i < stage->content->glyphs->len; i++)
		if (stage->by[i])
			g_array_append_val(mark->glyphs, i);
	return mark;
}

static LwWidthLayout *lay_out(Stage *stage)
{
	stage_mark(stage);
	return lw_width_layout_new(stage->plan, 0, stage->content, stage->by, stage->least);
}

static const LwPdfCell *cell_at(const LwPdfLines *lines, guint i)
{
	return &g_array_index(lines->cells, LwPdfCell, i);
}

static double place_of(const Stage *stage, const LwWidthLayout *layout, char letter, guint axis)
{
	for (guint i = 0; i < stage->content->glyphs->len; i++)
		if (g_array_index(stage->content->glyphs, LwPdfPageGlyph, i).glyph.unicode ==
		    (gunichar)letter)
			return layout->places[i].at[axis];
	fail();
	return 0;
}

static double box_length(const LwWidthLayout *layout)
{
	const LwWidthBox *box = &g_array_index(layout->boxes, LwWidthBox, 0);
	assert_int_equal(layout->boxes->len, 1);
	return (double)(box->rect.x1 - box->rect.x0);
}

/* --- lines --- */

static void test_lines(void **state)
{
	(void)state;
	Stage stage = stage_new(LW_WIDTH_QUANTISED);
	stage_text(&stage, "een regel", 50, 100);
	stage_text(&stage, "hoger", 50, 80);
	LwPdfPageGlyph small = letter_at('2', 95, 96, SIZE * 0.6);
	g_array_append_val(stage.content->glyphs, small);
	g_autoptr(LwPdfLines) lines = lw_pdf_lines_new(stage.content, stage.by);
	assert_int_equal(lines->cells->len, 2);
	assert_int_equal(cell_at(lines, 0)->count, 5);	/* from top to bottom */
	assert_int_equal(cell_at(lines, 1)->count, 10); /* with the sign above its end */
	assert_true(cell_at(lines, 1)->s0 == 50 && cell_at(lines, 1)->s1 == 100);
	stage_clear(&stage);
}

/* A wide gap, a rule or the column of other lines parts cells. */
/* Two lines of a form field's label, and a tall sign of the lower one's baseline beside both. */
static void test_a_tall_sign_stacks_no_lines(void **state)
{
	(void)state;
	Stage stage = stage_new(LW_WIDTH_QUANTISED);
	stage_text(&stage, "PRE", 10, 93); /* goes */
	stage_text(&stage, "sign", 10, 100);
	LwPdfPageGlyph tall = letter_at('(', 35, 100, 1.7 * SIZE);
	tall.glyph.box.y0 = 80;
	tall.glyph.box.y1 = 108;
	g_array_append_val(stage.content->glyphs, tall);
	g_autoptr(LwPdfLines) lines = lw_pdf_lines_new(stage.content, stage.by);
	guint marked = 0;
	for (guint i = 0; i < lines->cells->len; i++)
		if (cell_at(lines, i)->marked)
			marked += cell_at(lines, i)->count;
	assert_int_equal(marked, 3);
	stage_clear(&stage);
}

static void test_cells(void **state)
{
	(void)state;
	Stage stage = stage_new(LW_WIDTH_QUANTISED);
	stage_text(&stage, "naam", 50, 100);
	stage_text(&stage, "plaats", 50 + 4 * WIDE + 2.5 * SIZE, 100);
	stage_text(&stage, "JAN", 50, 120);
	stage_text(&stage, "ede", 50 + 3 * WIDE + 6, 120);
	g_autoptr(LwPdfLines) lines = lw_pdf_lines_new(stage.content, stage.by);
	assert_int_equal(lines->cells->len, 3);
	LwRect rule = {68, 108, 68.5f, 124};
	g_array_append_val(stage.content->rules, rule);
	g_autoptr(LwPdfLines) ruled = lw_pdf_lines_new(stage.content, stage.by);
	assert_int_equal(ruled->cells->len, 4);
	stage_clear(&stage);
}

static void test_frame(void **state)
{
	(void)state;
	const LwRect rect = {10, 20, 30, 60};
	for (guint d = LW_PDF_RIGHT; d <= LW_PDF_DOWN; d++)
		for (int rtl = 0; rtl < 2; rtl++) {
			double s[2], v[2];
			lw_pdf_line_frame((LwPdfDirection)d, rtl, &rect, s, v);
			LwRect back =
				lw_pdf_line_rect((LwPdfDirection)d, rtl, s[0], s[1], v[0], v[1]);
			assert_true(s[0] < s[1] && v[0] < v[1]);
			assert_memory_equal(&back, &rect, sizeof rect);
		}
}

/* --- units --- */

static GArray *units_of(Stage *stage, const char *text, LwPdfLines **lines)
{
	stage_text(stage, text, 50, 100);
	*lines = lw_pdf_lines_new(stage->content, stage->by);
	return lw_units_new(stage->content, *lines, cell_at(*lines, 0), stage->by);
}

static const LwUnit *unit_at(const GArray *units, guint i)
{
	return &g_array_index(units, LwUnit, i);
}

/* What a mark takes is one unit as wide as its letters; blanks behind it are not of it. */
static void test_units(void **state)
{
	(void)state;
	Stage stage = stage_new(LW_WIDTH_QUANTISED);
	g_autoptr(LwPdfLines) lines = NULL;
	g_autoptr(GArray) units = units_of(&stage, "de ABC is", &lines);
	assert_int_equal(units->len, 7);
	assert_int_equal(unit_at(units, 2)->type, LW_UNIT_BLANK);
	assert_int_equal(unit_at(units, 3)->type, LW_UNIT_PIECE);
	assert_true(unit_at(units, 3)->natural == 3 * WIDE);
	stage_clear(&stage);
}

/* Room is taken from the boxes first, then from the spaces, then from all. */
static void test_room_is_shared(void **state)
{
	(void)state;
	Stage stage = stage_new(LW_WIDTH_QUANTISED);
	g_autoptr(LwPdfLines) lines = NULL;
	g_autoptr(GArray) units = units_of(&stage, "de ABC is", &lines);
	LwUnit *piece = &g_array_index(units, LwUnit, 3);
	LwRoom room = {50, 550, 550, LW_ANCHOR_START, 50};
	const double glyphs = 4 * WIDE, spaces = 2 * WIDE;
	const double ends[] = {200, 50 + glyphs + spaces + 40, 50 + glyphs + 0.8 * spaces + 30};
	const double wide[] = {60, 40, 30}, space[] = {WIDE, WIDE, 0.8 * WIDE};
	for (guint i = 0; i < G_N_ELEMENTS(ends); i++) {
		double end = ends[i];
		piece->wide = 60;
		piece->least = 30;
		assert_true(lw_units_set(units, units->len, &room, &end));
		assert_true(fabs(piece->wide - wide[i]) < 1e-9);
		assert_true(fabs(unit_at(units, 2)->wide - space[i]) < 1e-9);
		assert_true(unit_at(units, 0)->to == 50);
	}
	double end = 50 + glyphs;
	piece->wide = 60;
	assert_false(lw_units_set(units, units->len, &room, &end)); /* letters would touch */
	stage_clear(&stage);
}

/* A line hangs on the end that another one shares, else on the middle of the page. */
static void test_anchor(void **state)
{
	(void)state;
	const LwRect sheet = {0, 0, 600, 600};
	Stage stage = stage_new(LW_WIDTH_QUANTISED);
	stage_text(&stage, "ABC", 500 - 3 * WIDE, 100);
	stage_text(&stage, "einde", 500 - 5 * WIDE, 120);
	g_autoptr(LwPdfLines) lines = lw_pdf_lines_new(stage.content, stage.by);
	LwRoom room = lw_room_of(stage.content, lines, cell_at(lines, 1), &sheet);
	assert_int_equal(room.anchor, LW_ANCHOR_END);
	assert_true(room.at == 500);
	stage_clear(&stage);
	stage = stage_new(LW_WIDTH_QUANTISED);
	stage_text(&stage, "ABCD", 300 - 2 * WIDE, 100);
	stage_text(&stage, "zes en", 300 - 3 * WIDE, 120);
	g_autoptr(LwPdfLines) middle = lw_pdf_lines_new(stage.content, stage.by);
	room = lw_room_of(stage.content, middle, cell_at(middle, 1), &sheet);
	assert_int_equal(room.anchor, LW_ANCHOR_MIDDLE);
	assert_true(fabs(room.at - 300) < 1);
	stage_clear(&stage);
}

/* --- the page --- */

/* Whatever was taken, the words behind it stand in the same place; twelve em are another class. */
static void test_quantised(void **state)
{
	(void)state;
	const char *const texts[] = {"de AB xyz", "de ABCDEFGH xyz", "de ABCDEFGHIJKLMN xyz"};
	double at[3], length[3];
	for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
		Stage stage = stage_new(LW_WIDTH_QUANTISED);
		stage_text(&stage, texts[i], 50, 100);
		g_autoptr(LwWidthLayout) layout = lay_out(&stage);
		at[i] = place_of(&stage, layout, 'x', 0);
		length[i] = box_length(layout);
		assert_false(layout->kept);
		stage_clear(&stage);
	}
	assert_true(at[0] == at[1] && length[0] == length[1]);
	assert_true(fabs(at[2] - at[1] - 3 * SIZE) < 1e-6 && length[2] > length[1]);
}

static void test_strict(void **state)
{
	(void)state;
	Stage stage = stage_new(LW_WIDTH_STRICT);
	stage_text(&stage, "de AB xyz", 50, 100);
	for (guint i = 1; i < 4; i++)
		stage_text(&stage, "een hele regel tekst", 50, 100 + 20 * i);
	g_autoptr(LwWidthLayout) layout = lay_out(&stage);
	const LwWidthBox *box = &g_array_index(layout->boxes, LwWidthBox, 0);
	assert_int_equal(layout->swept, 3);
	assert_true(fabs((double)box->rect.x1 - (50 + 20 * WIDE)) < 1);
	stage_clear(&stage);
}

/* --- at an angle --- */

static void turn_stage(Stage *stage, double angle)
{
	for (guint i = 0; i < stage->content->glyphs->len; i++) {
		LwPdfPageGlyph *g = &g_array_index(stage->content->glyphs, LwPdfPageGlyph, i);
		LwRect box = g->glyph.box;
		float x = (float)g->at[0], y = (float)g->at[1];
		g->level = (LwRect){box.x0 - x, box.y0 - y, box.x1 - x, box.y1 - y};
		g->glyph.box = lw_width_turned_rect(-angle, &box);
		g->glyph.flags |= LW_GLYPH_SLANTED;
		g->angle = angle;
		g->leans = TRUE;
		g->direction = LW_PDF_ASTRAY;
		lw_width_turn_back(angle, g->at);
	}
}

/* The same line, level and at an angle: the same box, and letters as far behind it. */
static void test_angle(void **state)
{
	(void)state;
	for (guint width = LW_WIDTH_QUANTISED; width <= LW_WIDTH_STRICT; width++) {
		Stage level = stage_new((LwWidth)width), turned = stage_new((LwWidth)width);
		stage_text(&level, "de AB xyz", 250, 100);
		stage_text(&turned, "de AB xyz", 250, 100);
		turn_stage(&turned, 0.4);
		g_autoptr(LwWidthLayout) one = lay_out(&level);
		g_autoptr(LwWidthLayout) other = lay_out(&turned);
		const LwWidthBox *box = &g_array_index(other->boxes, LwWidthBox, 0);
		assert_true(box->angle == 0.4);
		assert_false(other->kept);
		double at[2] = {place_of(&turned, other, 'd', 0), place_of(&turned, other, 'd', 1)};
		lw_width_turn_back(-0.4, at);
		assert_true(fabs(at[0] - 250) < 1e-3 && fabs(at[1] - 100) < 1e-3);
		if (width == LW_WIDTH_QUANTISED)
			assert_true(fabs(box_length(one) - box_length(other)) < 1e-3);
		else
			assert_int_equal(other->swept, 3);
		stage_clear(&level);
		stage_clear(&turned);
	}
}

/* Each letter at an angle of its own: quantised keeps it and says so, strict takes the rest. */
static void test_curve(void **state)
{
	(void)state;
	for (guint width = LW_WIDTH_QUANTISED; width <= LW_WIDTH_STRICT; width++) {
		Stage stage = stage_new((LwWidth)width);
		stage_text(&stage, "deABxyz", 250, 100);
		turn_stage(&stage, 0.4);
		for (guint i = 0; i < stage.content->glyphs->len; i++)
			g_array_index(stage.content->glyphs, LwPdfPageGlyph, i).angle += 0.05 * i;
		g_autoptr(LwWidthLayout) layout = lay_out(&stage);
		assert_int_equal(layout->kept, width == LW_WIDTH_QUANTISED);
		assert_int_equal(layout->swept, width == LW_WIDTH_STRICT ? 3 : 0);
		assert_int_equal(layout->boxes->len, width == LW_WIDTH_STRICT ? 1 : 0);
		stage_clear(&stage);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lines),  cmocka_unit_test(test_a_tall_sign_stacks_no_lines),
		cmocka_unit_test(test_cells),  cmocka_unit_test(test_frame),
		cmocka_unit_test(test_units),  cmocka_unit_test(test_room_is_shared),
		cmocka_unit_test(test_anchor), cmocka_unit_test(test_quantised),
		cmocka_unit_test(test_strict), cmocka_unit_test(test_angle),
		cmocka_unit_test(test_curve),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
