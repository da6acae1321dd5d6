/* misread.c - O for 0, l and I for 1, S for 5, B for 8, in words that are digits otherwise; and 1
 * for l, 0 for o inside a word.
 *
 * "O6-l2345678" becomes "06-12345678", at the same bytes. A number with one letter behind it
 * ("12B", "3a") is left as it is: houses and paragraphs have them. What is found in the mended text
 * counts only where its name stands near (detect.c). */
#include "engine/detect/misread.h"

#include <string.h>

#define MAX_WORD    40
#define LONG	    6 /* digits before a letter that houses do not have */
#define MAX_HOUSE   6
#define LEAST_GROUP 2
#define MAX_GROUP   5
#define GROUP_GAP   4 /* bytes between two groups, at most */
#define LEAST_WORD  4 /* small letters around a digit that is none */

static char digit_for(char c)
{
	static const char pairs[] = "O0o0Q0D0l1I1i1|1Z2z2S5s5G6b6B8g9q9";

	for (const char *pair = pairs; *pair; pair += 2)
		if (pair[0] == c)
			return pair[1];
	return 0;
}

static gboolean is_of_word(const LwNormal *normal, gsize at)
{
	guint8 c = at < normal->length ? (guint8)normal->utf8[at] : 0;

	return g_ascii_isalnum((char)c) || c >= 0x80 || c == '|';
}

/* "ll8a": a house with its letter. */
static gboolean has_house_letter(const char *word, gsize length)
{
	return length > 2 && length <= MAX_HOUSE && word[length - 1] >= 'a' &&
	       word[length - 1] <= 'h' && g_ascii_isdigit(word[length - 2]);
}

/* Digits, and at least one letter that stands for one. */
static gboolean is_misread(const char *word, gsize length)
{
	gsize digits = 0, letters = 0;

	if (length > MAX_WORD)
		return FALSE;
	if (has_house_letter(word, length))
		length--;
	for (gsize i = 0; i < length; i++) {
		if (g_ascii_isdigit(word[i]))
			digits++;
		else if (digit_for(word[i]))
			letters++;
		else
			return FALSE;
	}
	if (!digits || !letters || letters > digits + 1)
		return FALSE;
	return digits >= LONG || letters > 1 || g_ascii_isdigit(word[length - 1]);
}

static void mend(LwMisread *misread, gsize from, gsize to)
{
	for (gsize i = from; i < to; i++) {
		if (g_ascii_isdigit(misread->view.utf8[i]) || !digit_for(misread->view.utf8[i]))
			continue;
		misread->view.utf8[i] = digit_for(misread->view.utf8[i]);
		g_array_append_val(misread->places, i);
	}
}

/* "c1i\303\253ntnr", "te1efoon": one digit between small letters stands for a letter; 0: none does.
 */
static gsize misread_letter(const char *word, gsize length)
{
	gsize at = 0, letters = 0;

	for (gsize i = 0; i < length; i++) {
		letters += g_ascii_islower(word[i]) || (guint8)word[i] >= 0x80;
		if (!g_ascii_isdigit(word[i]))
			continue;
		if (at || i == 0 || i + 1 >= length || !strchr("10", word[i]))
			return 0;
		at = i;
	}
	return letters >= LEAST_WORD ? at : 0;
}

static LwMisread *opened(LwMisread *misread, const LwNormal *normal)
{
	if (misread)
		return misread;
	misread = g_new0(LwMisread, 1);
	misread->view = *normal;
	misread->view.utf8 = g_memdup2(normal->utf8, normal->length + 1);
	misread->places = g_array_new(FALSE, FALSE, sizeof(gsize));
	return misread;
}

/* A short group of digits, or of what a reader of scans makes of them. */
static gboolean is_group(const char *word, gsize length)
{
	gsize digits = 0;

	for (gsize i = 0; i < length; i++) {
		digits += g_ascii_isdigit(word[i]) != 0;
		if (!g_ascii_isdigit(word[i]) && !strchr("OoQlI|", word[i]))
			return FALSE;
	}
	return digits && length >= LEAST_GROUP && length <= MAX_GROUP;
}

/* "O6 - 26 33 9O 18", "5l", "3l 2": a letter that closes its group is a digit where groups of
 * digits go on before it. */
static gboolean goes_on(const LwNormal *normal, gsize at, gsize end, gsize behind)
{
	gsize from = behind;

	/* nothing to mend in a group that is all digits */
	if (strspn(normal->utf8 + at, "0123456789") >= end - at)
		return FALSE;
	if (!behind || at - behind > GROUP_GAP ||
	    strspn(normal->utf8 + behind, " -./") < at - behind)
		return FALSE;
	while (from > 0 && is_of_word(normal, from - 1))
		from--;
	return is_group(normal->utf8 + from, behind - from);
}

/* "3O-12-1985": the day of a date, when month and year follow it. */
static gboolean opens_date(const LwNormal *normal, gsize at, gsize end)
{
	const char *rest = normal->utf8 + end;

	return end - at == 2 && is_group(normal->utf8 + at, 2) && normal->length - end > 8 &&
	       strchr("-./", rest[0]) && rest[0] == rest[3] && is_group(rest + 1, 2) &&
	       is_group(rest + 4, 4) && !is_of_word(normal, end + 8);
}

/* "oud 2l jaar": two figures of an age. */
static gboolean is_age(const LwNormal *normal, gsize at, gsize end)
{
	return end - at == 2 && is_group(normal->utf8 + at, 2) && normal->length - end > 5 &&
	       (!memcmp(normal->utf8 + end, " jaar", 5) || !memcmp(normal->utf8 + end, " jr", 3));
}

/* "345l GT": four figures of a postcode, the last of them misread. */
static gboolean is_postcode(const LwNormal *normal, gsize at, gsize end)
{
	const char *text = normal->utf8;

	if (end - at != 4 || !digit_for(text[end - 1]) || end + 3 > normal->length ||
	    strspn(text + at, "123456789O0") < 3)
		return FALSE;
	end += strspn(text + end, " ");
	return end + 2 <= normal->length && g_ascii_isupper(text[end]) &&
	       g_ascii_isupper(text[end + 1]) && !is_of_word(normal, end + 2);
}

/* "tst. 22l", "toestel 4l7": the number behind its label, its last figure misread. */
static gboolean is_extension(const LwNormal *normal, gsize at, gsize end)
{
	static const char *const labels[] = {"tst", "toestel", "tst.", "toest.", "tel."};
	gsize stop = at;

	if (end - at < 2 || end - at > MAX_GROUP || !is_group(normal->utf8 + at, end - at))
		return FALSE;
	while (stop > 0 && strchr(" :", normal->utf8[stop - 1]))
		stop--;
	for (gsize i = 0; stop < at && i < G_N_ELEMENTS(labels); i++) {
		gsize size = strlen(labels[i]);

		if (stop >= size &&
		    !g_ascii_strncasecmp(normal->utf8 + stop - size, labels[i], size))
			return TRUE;
	}
	return FALSE;
}

LwMisread *lw_misread_new(const LwNormal *normal)
{
	LwMisread *misread = NULL;
	gsize behind = 0; /* where the word before ended */

	for (gsize at = 0; at < normal->length;) {
		gsize end = at;
		gboolean digit = FALSE, letter = FALSE;

		while (is_of_word(normal, end)) {
			gboolean figure = g_ascii_isdigit(normal->utf8[end]);

			digit |= figure;
			letter |= !figure;
			end++;
		}
		if (digit && letter &&
		    (is_misread(normal->utf8 + at, end - at) || is_postcode(normal, at, end) ||
		     opens_date(normal, at, end) || is_age(normal, at, end) ||
		     is_extension(normal, at, end) ||
		     (is_group(normal->utf8 + at, end - at) && goes_on(normal, at, end, behind)))) {
			misread = opened(misread, normal);
			mend(misread, at, end);
		} else if (digit && misread_letter(normal->utf8 + at, end - at)) {
			gsize place = at + misread_letter(normal->utf8 + at, end - at);

			misread = opened(misread, normal);
			misread->view.utf8[place] = normal->utf8[place] == '1' ? 'l' : 'o';
			g_array_append_val(misread->places, place);
		}
		behind = end > at ? end : behind;
		at = MAX(end, at + 1);
	}
	return misread;
}

void lw_misread_free(LwMisread *misread)
{
	if (!misread)
		return;
	explicit_bzero(misread->view.utf8, misread->view.length);
	g_free(misread->view.utf8);
	g_array_unref(misread->places);
	g_free(misread);
}

gboolean lw_misread_between(const LwMisread *misread, gsize from, gsize to)
{
	guint low = 0, high = misread->places->len;

	while (low < high) {
		guint middle = low + (high - low) / 2;

		if (g_array_index(misread->places, gsize, middle) < from)
			low = middle + 1;
		else
			high = middle;
	}
	return low < misread->places->len && g_array_index(misread->places, gsize, low) < to;
}
