/* spoken.c - numbers in Dutch words, and telephone numbers that are said: "nul zes, vier veertig,
 * acht zes, een een".
 *
 * A row of them opens with a nought and goes on with number words and nothing else. */
#include "engine/detect/spoken.h"

#include "engine/detect/detect.h"
#include "engine/detect/token.h"

#include <string.h>

#define LEAST  5 /* words of a telephone number */
#define MOST   14
#define DIGITS 8 /* of a mobile number, behind its first two */
#define SCORE  0.85f

guint lw_spoken_number(const char *word)
{
	static const char *const units[] = {
		"een",	    "twee",    "drie",	    "vier",	"vijf",	    "zes",     "zeven",
		"acht",	    "negen",   "tien",	    "elf",	"twaalf",   "dertien", "veertien",
		"vijftien", "zestien", "zeventien", "achttien", "negentien"};
	static const char *const tens[] = {"twintig", "dertig",	  "veertig", "vijftig",
					   "zestig",  "zeventig", "tachtig", "negentig"};
	gsize length = strlen(word);

	if (!strchr("etdvzanh", word[0]) || length < 3)
		return 0;
	if (!strcmp(word, "honderd"))
		return 100;
	for (guint i = 1; i < G_N_ELEMENTS(units); i++)
		if (!strcmp(word, units[i]))
			return i + 1;
	for (guint i = 0; i < G_N_ELEMENTS(tens); i++) {
		gsize size = strlen(tens[i]), stem = length - size;

		if (length < size || strcmp(word + stem, tens[i]))
			continue;
		if (!stem)
			return 20 + 10 * i;
		for (guint unit = 0; unit < 9; unit++)
			if (stem == strlen(units[unit]) + 2 && !memcmp(word + stem - 2, "en", 2) &&
			    !strncmp(word, units[unit], stem - 2))
				return 21 + 10 * i + unit;
	}
	return 0;
}

static gboolean is_number(const LwToken *token)
{
	if (token->flags & LW_TOKEN_DIGIT)
		return token->letters <= 2;
	return lw_token_in(token->word, "nul een") || lw_spoken_number(token->word);
}

/* Its last token, when a number begins here; `at` when none does. */
static guint number_end(const LwTokens *tokens, guint at)
{
	guint words = 1, spoken = 1, last = at, digits = 0;

	for (guint i = at + 1; i < tokens->count && words < MOST; i++) {
		const LwToken *token = lw_token_at(tokens, i);

		if (token->gap > LW_GAP_LINE)
			break;
		if (token->mark == ',' || token->mark == '.' || token->mark == '-' ||
		    lw_token_in(token->word, "dan streepje"))
			continue;
		/* "twee keer tachtig" */
		if (lw_token_is(tokens, i, "keer") && last == i - 1)
			continue;
		if (!is_number(token))
			break;
		spoken += !(token->flags & LW_TOKEN_DIGIT);
		digits += token->flags & LW_TOKEN_DIGIT ? token->letters : 0;
		words++;
		last = i;
	}
	/* "nul zes, 18 33 90 72" */
	if (spoken == 2 && digits == DIGITS && lw_token_is(tokens, at + 1, "zes"))
		return last;
	return words >= LEAST && spoken >= LEAST - 1 ? last : at;
}

void lw_detect_spoken_phones(const LwDetectContext *context, LwEntities *found)
{
	g_autoptr(LwTokens) own = context->tokens ? NULL : lw_tokens_new(context);
	const LwTokens *tokens = context->tokens ? context->tokens : own;

	for (guint i = 0; i < tokens->count; i++) {
		guint last;

		if (tokens->items[i].letters != 3 || !lw_token_is(tokens, i, "nul"))
			continue;
		last = number_end(tokens, i);
		if (last == i)
			continue;
		LwEntity *entity = lw_entities_add(found, lw_token_span(tokens, i, last),
						   LW_KIND_PHONE, SCORE, "pattern/phone-spoken");
		entity->reason = LW_REASON_FORM;
		i = last;
	}
}

guint lw_spoken_years(const char *word)
{
	static const char *const units[] = {
		"two",	    "three",   "four",	  "five",      "six",	   "seven",
		"eight",    "nine",    "ten",	  "eleven",    "twelve",   "thirteen",
		"fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"};
	static const char *const tens[] = {"twenty", "thirty",	"forty",  "fifty",
					   "sixty",  "seventy", "eighty", "ninety"};

	if (!strchr("etnfs", *word))
		return lw_spoken_number(word);
	for (guint i = 0; i < G_N_ELEMENTS(units); i++)
		if (!strcmp(word, units[i]))
			return i + 2;
	for (guint i = 0; i < G_N_ELEMENTS(tens); i++) {
		gsize size = strlen(tens[i]);

		if (!strncmp(word, tens[i], size) && (!word[size] || word[size] == '-'))
			return 20 + 10 * i;
	}
	return lw_spoken_number(word);
}
