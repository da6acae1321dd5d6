/* language.c - counts the small words of three languages.
 *
 * Running text has one of them in every four or five words; a text of many words that hardly has
 * any is in another language, or in none (a table of figures has no words). */
#include "engine/detect/language.h"

#include "engine/base/text.h"

#include <string.h>

#define ENOUGH	 80	/* words of letters only */
#define RARE	 12	/* one small word in so many is no running text of the language */
#define MAX_READ 200000 /* bytes */
#define MAX_WORD 24

static const struct {
	const char *word;
	LwLanguage language;
} small[] = {
	{"de", LW_LANGUAGE_DUTCH},     {"het", LW_LANGUAGE_DUTCH},
	{"een", LW_LANGUAGE_DUTCH},    {"van", LW_LANGUAGE_DUTCH},
	{"en", LW_LANGUAGE_DUTCH},     {"dat", LW_LANGUAGE_DUTCH},
	{"niet", LW_LANGUAGE_DUTCH},   {"voor", LW_LANGUAGE_DUTCH},
	{"met", LW_LANGUAGE_DUTCH},    {"op", LW_LANGUAGE_DUTCH},
	{"zijn", LW_LANGUAGE_DUTCH},   {"wordt", LW_LANGUAGE_DUTCH},
	{"ook", LW_LANGUAGE_DUTCH},    {"aan", LW_LANGUAGE_DUTCH},
	{"bij", LW_LANGUAGE_DUTCH},    {"ik", LW_LANGUAGE_DUTCH},
	{"je", LW_LANGUAGE_DUTCH},     {"uit", LW_LANGUAGE_DUTCH},
	{"is", LW_LANGUAGE_DUTCH},     {"in", LW_LANGUAGE_DUTCH},
	{"te", LW_LANGUAGE_DUTCH},     {"fan", LW_LANGUAGE_DUTCH},
	{"yn", LW_LANGUAGE_DUTCH},     {"foar", LW_LANGUAGE_DUTCH},
	{"the", LW_LANGUAGE_ENGLISH},  {"of", LW_LANGUAGE_ENGLISH},
	{"and", LW_LANGUAGE_ENGLISH},  {"to", LW_LANGUAGE_ENGLISH},
	{"for", LW_LANGUAGE_ENGLISH},  {"that", LW_LANGUAGE_ENGLISH},
	{"with", LW_LANGUAGE_ENGLISH}, {"are", LW_LANGUAGE_ENGLISH},
	{"this", LW_LANGUAGE_ENGLISH}, {"not", LW_LANGUAGE_ENGLISH},
	{"by", LW_LANGUAGE_ENGLISH},   {"on", LW_LANGUAGE_ENGLISH},
	{"it", LW_LANGUAGE_ENGLISH},   {"be", LW_LANGUAGE_ENGLISH},
	{"or", LW_LANGUAGE_ENGLISH},   {"der", LW_LANGUAGE_GERMAN},
	{"die", LW_LANGUAGE_GERMAN},   {"das", LW_LANGUAGE_GERMAN},
	{"und", LW_LANGUAGE_GERMAN},   {"ist", LW_LANGUAGE_GERMAN},
	{"nicht", LW_LANGUAGE_GERMAN}, {"von", LW_LANGUAGE_GERMAN},
	{"mit", LW_LANGUAGE_GERMAN},   {"den", LW_LANGUAGE_GERMAN},
	{"zu", LW_LANGUAGE_GERMAN},    {"im", LW_LANGUAGE_GERMAN},
	{"ein", LW_LANGUAGE_GERMAN},   {"eine", LW_LANGUAGE_GERMAN},
	{"auf", LW_LANGUAGE_GERMAN},   {"sich", LW_LANGUAGE_GERMAN},
	{"wird", LW_LANGUAGE_GERMAN},  {"werden", LW_LANGUAGE_GERMAN},
};

static GHashTable *languages(void)
{
	static GHashTable *made;
	static gsize once;

	if (g_once_init_enter(&once)) {
		made = g_hash_table_new(g_str_hash, g_str_equal);
		for (gsize i = 0; i < G_N_ELEMENTS(small); i++)
			g_hash_table_insert(made, (gpointer)small[i].word,
					    GUINT_TO_POINTER(small[i].language));
		g_once_init_leave(&once, 1);
	}
	return made;
}

/* Letters of any script, and what stands between them. FALSE at the end. */
static gboolean next_word(const char **at, const char *end, char word[MAX_WORD])
{
	const char *from = *at;
	gsize length = 0;

	while (from < end && !lw_text_is_letter(g_utf8_get_char(from)))
		from = g_utf8_next_char(from);
	if (from >= end)
		return FALSE;
	for (*at = from; *at < end && lw_text_is_letter(g_utf8_get_char(*at));
	     *at = g_utf8_next_char(*at))
		if (length + 1 < MAX_WORD)
			word[length++] = g_ascii_tolower(**at);
	word[length] = '\0';
	return TRUE;
}

LwLanguage lw_language_of(const LwDocument *document)
{
	guint counts[LW_LANGUAGE_OTHER + 1] = {0}, words = 0, best = LW_LANGUAGE_DUTCH;
	const char *at = document->text ? document->text : "";
	const char *end = at + MIN(document->length, MAX_READ);
	char word[MAX_WORD];

	while (next_word(&at, end, word)) {
		words += word[0] && word[1];
		counts[GPOINTER_TO_UINT(g_hash_table_lookup(languages(), word))]++;
	}
	for (guint i = LW_LANGUAGE_DUTCH; i < LW_LANGUAGE_OTHER; i++)
		if (counts[i] > counts[best])
			best = i;
	if (words < ENOUGH)
		return LW_LANGUAGE_UNKNOWN;
	return counts[best] * RARE < words ? LW_LANGUAGE_OTHER : (LwLanguage)best;
}
