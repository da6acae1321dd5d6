/* test_account.c - the law of visible text, on glyphs by hand: what may move, go or change its
 * height, and what may not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "engine/account.h"

#define GLYPHS 12

typedef struct {
	LwGlyph want[GLYPHS], got[GLYPHS];
	guint32 by[GLYPHS], want_count, got_count;
} Page;

/* Letters of 5 by 10 points from (50, 100); those in capitals go. Output: the same without them. */
static Page page_of(const char *text)
{
	Page page = {0};
	for (; *text; text++) {
		guint i = page.want_count++;
		float x = 50 + 5 * (float)i;
		page.want[i] = (LwGlyph){
			.unicode = (gunichar)*text, .box = {x, 92, x + 5, 102}, .size = 10};
		page.by[i] = g_ascii_isupper(*text) ? 1 : 0;
		if (!page.by[i])
			page.got[page.got_count++] = page.want[i];
	}
	return page;
}

static const char *judge(const Page *page, LwWidth level)
{
	gint64 stray;
	const LwAccount account = {.want = page->want,
				   .got = page->got,
				   .want_count = page->want_count,
				   .got_count = page->got_count,
				   .by = page->by,
				   .width = 600,
				   .level = level};
	return lw_account_page(&account, &stray);
}

static void move(LwGlyph *glyph, float x, float y)
{
	glyph->box = (LwRect){glyph->box.x0 + x, glyph->box.y0 + y, glyph->box.x1 + x,
			      glyph->box.y1 + y};
}

static void test_in_place(void **state)
{
	(void)state;
	Page page = page_of("deABis");
	for (guint level = LW_WIDTH_EXACT; level <= LW_WIDTH_STRICT; level++)
		assert_null(judge(&page, (LwWidth)level));
	page.got[3].unicode = 't';
	for (guint level = LW_WIDTH_EXACT; level <= LW_WIDTH_STRICT; level++)
		assert_non_null(judge(&page, (LwWidth)level));
}

static void test_along_the_line(void **state)
{
	(void)state;
	Page page = page_of("deABis");
	move(&page.got[2], 30, 0);
	move(&page.got[3], 30, 0);
	assert_non_null(judge(&page, LW_WIDTH_EXACT));
	assert_null(judge(&page, LW_WIDTH_QUANTISED));
	move(&page.got[3], 20, 3); /* off its baseline */
	assert_non_null(judge(&page, LW_WIDTH_QUANTISED));
	page = page_of("deABis");
	move(&page.got[3], -25, 0); /* over another one */
	assert_non_null(judge(&page, LW_WIDTH_QUANTISED));
	page = page_of("deABis");
	move(&page.got[3], 700, 0);
	assert_non_null(judge(&page, LW_WIDTH_QUANTISED));
}

/* A point half beneath a quotation mark, as fonts kern them: it goes along. */
static void test_kerned(void **state)
{
	(void)state;
	Page page = page_of("deABis");
	move(&page.want[5], -2.5f, 0);
	page.got[3] = page.want[5];
	move(&page.got[2], 27.398f, 0);
	move(&page.got[3], 27.398f - 0.001f, 0);
	assert_null(judge(&page, LW_WIDTH_QUANTISED));
	move(&page.got[3], -0.5f, 0);
	assert_non_null(judge(&page, LW_WIDTH_QUANTISED));
}

static void test_swept(void **state)
{
	(void)state;
	Page page = page_of("deABis");
	page.got_count -= 2;
	assert_null(judge(&page, LW_WIDTH_STRICT));
	assert_non_null(judge(&page, LW_WIDTH_QUANTISED));
	assert_non_null(judge(&page, LW_WIDTH_EXACT));
	for (guint i = 0; i < page.want_count; i++) /* nothing goes from this line */
		page.by[i] = 0;
	page.got_count = 0;
	assert_non_null(judge(&page, LW_WIDTH_STRICT));
}

/* The height of a font may have been that of a letter that went; its place may not. */
static void test_height(void **state)
{
	(void)state;
	Page page = page_of("deABis");
	for (guint i = 0; i < page.got_count; i++)
		page.got[i].box.y0 += 2;
	assert_null(judge(&page, LW_WIDTH_EXACT));
	for (guint i = 0; i < page.got_count; i++)
		page.got[i].box.y1 += 1;
	assert_non_null(judge(&page, LW_WIDTH_EXACT));
	for (guint i = 0; i < page.got_count; i++)
		page.got[i].box.y0 += 4, page.got[i].box.y1 -= 1;
	assert_non_null(judge(&page, LW_WIDTH_EXACT)); /* half of it is no height of a font */
}

/* Slanted glyphs go along their own line. */
static void test_slanted(void **state)
{
	(void)state;
	Page page = page_of("deABis");
	for (guint i = 0; i < page.want_count; i++) {
		page.want[i].flags = LW_GLYPH_SLANTED;
		move(&page.want[i], 0, 3 * (float)i);
	}
	for (guint i = 0; i < page.got_count; i++)
		page.got[i] = page.want[i < 2 ? i : i + 2];
	move(&page.got[2], 20, 12);
	move(&page.got[3], 20, 12);
	assert_non_null(judge(&page, LW_WIDTH_EXACT));
	assert_null(judge(&page, LW_WIDTH_QUANTISED));
	move(&page.got[3], 0, 8);
	assert_non_null(judge(&page, LW_WIDTH_QUANTISED));
}

/* In strict what stands behind a mark goes, on its own slanted line only. */
static void test_swept_slanted(void **state)
{
	(void)state;
	for (guint far = 0; far < 2; far++) {
		Page page = page_of("deABisxyz");
		for (guint i = 0; i < page.want_count; i++) {
			page.want[i].flags = LW_GLYPH_SLANTED;
			move(&page.want[i], 0, 3 * (float)i);
			if (i >= 6 && far) /* the next line */
				move(&page.want[i], -18, 4);
		}
		page.got_count = 2;
		page.got[0] = page.want[0];
		page.got[1] = page.want[1];
		assert_int_equal(judge(&page, LW_WIDTH_STRICT) == NULL, !far);
		assert_non_null(judge(&page, LW_WIDTH_QUANTISED));
		for (guint i = 6; i < page.want_count; i++)
			page.got[page.got_count++] = page.want[i];
		assert_null(judge(&page, LW_WIDTH_STRICT));
	}
}

static LwGlyph glyph(gunichar unicode, float x, float top, float size)
{
	return (LwGlyph){
		.unicode = unicode, .box = {x, top, x + size / 2, top + size}, .size = size};
}

/* A removed letter, one behind it, and one whose top is `top`, of which the last two went 10 to the
 * right: may they? */
static gboolean may_go(float top, LwWidth level)
{
	const LwGlyph want[] = {glyph('a', 100, 100, 10), glyph('e', 120, 100, 10),
				glyph('n', 126, top, 5)};
	const LwGlyph got[] = {glyph('e', 130, 100, 10), glyph('n', 136, top, 5)};
	const guint32 by[] = {1, 0, 0};
	LwAccount account = {want, got, 3, 2, by, 600, level};
	gint64 stray;
	return lw_account_page(&account, &stray) == NULL;
}

static void a_sign_goes_with_its_line(void **state)
{
	(void)state;
	assert_true(may_go(102, LW_WIDTH_QUANTISED)); /* on the line */
	assert_true(may_go(96, LW_WIDTH_QUANTISED));  /* an exponent of an exponent */
	assert_true(may_go(109, LW_WIDTH_QUANTISED)); /* an index of an index */
}

static void another_line_does_not(void **state)
{
	(void)state;
	assert_false(may_go(94, LW_WIDTH_QUANTISED));
	assert_false(may_go(112, LW_WIDTH_QUANTISED));
	assert_false(may_go(102, LW_WIDTH_EXACT));
}

/* Lines that stand close share some of their height. */
static void the_next_line_stays(void **state)
{
	(void)state;
	Page page = page_of("deABis");
	for (guint i = 4; i < page.want_count; i++)
		move(&page.want[i], 0, 8);
	page.got_count -= 2;
	assert_non_null(judge(&page, LW_WIDTH_STRICT));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_in_place),
		cmocka_unit_test(test_along_the_line),
		cmocka_unit_test(test_kerned),
		cmocka_unit_test(test_swept),
		cmocka_unit_test(test_height),
		cmocka_unit_test(test_swept_slanted),
		cmocka_unit_test(test_slanted),
		cmocka_unit_test(a_sign_goes_with_its_line),
		cmocka_unit_test(another_line_does_not),
		cmocka_unit_test(the_next_line_stays),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
