/* example.c - numbers and addresses that a text shows as an example of their form.
 *
 * Nobody has them: their characters count up, repeat, or spell what they are. That alone proves
 * nothing, people fill them in; a word of the paragraph must say that a form is shown. */
#include "engine/detect/detect.h"

#include "engine/base/text.h"

#include <string.h>

#define LEAST_DIGITS 4
#define REACH	     240 /* bytes before, on the same line */
#define REACH_BEHIND 80

/* "12345678", "0612345678", "987654321", "000000": no more than a way to fill places. */
static gboolean is_run(const char *digits, gsize length)
{
	guint up = 0, down = 0, same = 0;

	for (gsize i = 1; i < length; i++) {
		int step = digits[i] - digits[i - 1];

		up += step == 1 || step == -9;
		down += step == -1;
		same += step == 0;
	}
	/* the prefix of a telephone number or a country is not part of it */
	return length >= LEAST_DIGITS && (MAX(up, down) + 3 >= length || same + 2 >= length) &&
	       MAX(MAX(up, down), same) * 2 >= length;
}

/* "NL00 BANK 0123 4567 89", "1234 AB", "XX-999-X", "123456789" */
static gboolean is_model(const char *text, gsize length, LwKind kind)
{
	char digits[40];
	gsize count = 0;
	guint blanks = 0;

	for (gsize i = 0; i < length; i++) {
		if (g_ascii_isdigit(text[i]) && count < sizeof digits)
			digits[count++] = text[i];
		blanks += strchr("Xx?_", text[i]) != NULL;
	}
	if (kind == LW_KIND_POSTCODE && length >= 6)
		return (!memcmp(digits, "1234", 4) || !memcmp(digits, "9999", 4) ||
			!memcmp(digits, "1111", 4)) &&
		       strchr("ABXYZ", text[length - 2]) && strchr("ABXYZ", text[length - 1]);
	/* the account and the number that everybody shows */
	if (kind == LW_KIND_BSN && count == 9 && !memcmp(digits, "123456782", 9))
		return TRUE;
	if (kind == LW_KIND_IBAN)
		return (count == 12 && !memcmp(digits, "910417164300", 12)) ||
		       (count > 8 && is_run(digits + 2, count - 2)) || !memcmp(digits, "00", 2);
	if (kind == LW_KIND_BIRTH_DATE)
		return g_strstr_len(text, (gssize)length, "1-1900") != NULL ||
		       g_strstr_len(text, (gssize)length, "1/1900") != NULL;
	if (kind == LW_KIND_ADDRESS)
		return g_strstr_len(text, (gssize)length, "1234 AB") ||
		       g_strstr_len(text, (gssize)length, "oorbeeld");
	if (kind == LW_KIND_PLATE)
		return blanks >= 2 || g_strstr_len(text, (gssize)length, "AA-") ||
		       g_strstr_len(text, (gssize)length, "-00-") ||
		       g_strstr_len(text, (gssize)length, "AB-12") ||
		       g_strstr_len(text, (gssize)length, "12-AB");
	return is_run(digits, count);
}

/* "ziet er uit als", "in het format", "bijvoorbeeld": around it in the paragraph. */
static gboolean is_shown(const char *text, gsize size, gsize from, gsize to)
{
	static const char *const words[] = {
		"ziet er uit als", "format",	   "formaat",  "voorbeeld",
		"bijvoorbeeld",	   "fictief",	   "fictieve", "dummy",
		"example",	   "altijd als",   "noteer",   "in de vorm",
		"testdata",	   "testgegevens", "opmaak",   "schrijfwijze"};
	gsize low = from, high = to;

	while (low > 0 && from - low < REACH && !strchr("\n\f", text[low - 1]))
		low--;
	while (high < size && high - to < REACH_BEHIND && !strchr("\n\f", text[high]))
		high++;
	while (low < from && (text[low] & 0xc0) == 0x80)
		low++;
	while (high > to && high < size && (text[high] & 0xc0) == 0x80)
		high--;
	g_autofree char *folded = lw_text_fold(text + low, (gssize)(high - low));
	for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
		if (strstr(folded, words[i]))
			return TRUE;
	return FALSE;
}

void lw_detect_examples(const LwDetectContext *context, LwEntities *found)
{
	const LwDocument *document = context->base.document;

	for (guint i = found->items->len; i-- > 0;) {
		const LwEntity *entity = &g_array_index(found->items, LwEntity, i);
		gsize from = entity->span.start, length = entity->span.length;

		if (!length ||
		    (entity->kind != LW_KIND_BSN && entity->kind != LW_KIND_IBAN &&
		     entity->kind != LW_KIND_PHONE && entity->kind != LW_KIND_POSTCODE &&
		     entity->kind != LW_KIND_CLIENT_NUMBER && entity->kind != LW_KIND_V_NUMBER &&
		     entity->kind != LW_KIND_PLATE && entity->kind != LW_KIND_BIRTH_DATE &&
		     entity->kind != LW_KIND_ADDRESS && entity->kind != LW_KIND_COMPANY_NUMBER))
			continue;
		if (is_model(document->text + from, length, entity->kind) &&
		    is_shown(document->text, document->length, from, from + length))
			g_array_remove_index(found->items, i);
	}
}
