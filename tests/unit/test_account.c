/* test_account.c - what the verifier lets go along with a line from which something was removed. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include "engine/account.h"

#define PAGE_WIDTH 600

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
	LwAccount account = {want, got, 3, 2, by, PAGE_WIDTH, level};
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_sign_goes_with_its_line),
		cmocka_unit_test(another_line_does_not),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
