/* language.c - counts the small words of some languages.
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

/* The small words of each; some are of several. Romance ones look like Dutch. Letters are no words:
 * a list of names has them too. */
static const char *const small[] = {
	[LW_LANGUAGE_DUTCH] = "de het een van en dat niet voor met op zijn wordt ook aan bij ik je "
			      "uit is in te fan yn foar die",
	[LW_LANGUAGE_ENGLISH] = "the of and to for that with are this not by on it be or in is",
	[LW_LANGUAGE_GERMAN] =
		"der die das und ist nicht von mit den zu im ein eine auf sich wird werden in",
	[LW_LANGUAGE_ROMANCE] = "de la el en los las que por para con una se del como es un",
	"de la le les des et en une pour dans est que sur au par un",
	"de os que do da em uma para com na no por um",
	"di il che la per del della una sono con le in un non",
};

/* Of a small word bits of the languages that have it. */
static GHashTable *languages(void)
{
	static GHashTable *made;
	static gsize once;

	if (g_once_init_enter(&once)) {
		made = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
		for (guint i = LW_LANGUAGE_DUTCH; i < G_N_ELEMENTS(small); i++) {
			g_auto(GStrv) words = g_strsplit(small[i], " ", -1);

			for (char **word = words; *word; word++) {
				guint known = GPOINTER_TO_UINT(g_hash_table_lookup(made, *word));

				g_hash_table_insert(made, g_strdup(*word),
						    GUINT_TO_POINTER(known | 1u << i));
			}
		}
		g_once_init_leave(&once, 1);
	}
	return made;
}

static gboolean is_letter(const char *at)
{
	return (guint8)*at < 0x80 ? g_ascii_isalpha(*at) : lw_text_is_letter(g_utf8_get_char(at));
}

/* Letters of any script, and what stands between them. FALSE at the end. */
static gboolean next_word(const char **at, const char *end, char word[MAX_WORD])
{
	const char *from = *at;
	gsize length = 0;

	while (from < end && !is_letter(from))
		from = g_utf8_next_char(from);
	if (from >= end)
		return FALSE;
	for (*at = from; *at < end && is_letter(*at); *at = g_utf8_next_char(*at))
		if (length + 1 < MAX_WORD)
			word[length++] = g_ascii_tolower(**at);
	word[length] = '\0';
	return TRUE;
}

LwLanguage lw_language_of(const LwDocument *document)
{
	guint counts[G_N_ELEMENTS(small)] = {0}, words = 0, best = LW_LANGUAGE_DUTCH;
	const char *at = document->text ? document->text : "";
	const char *end = at + MIN(document->length, MAX_READ);
	char word[MAX_WORD];

	while (next_word(&at, end, word)) {
		guint bits = GPOINTER_TO_UINT(g_hash_table_lookup(languages(), word));

		words += word[0] && word[1];
		for (guint i = LW_LANGUAGE_DUTCH; bits >> i; i++)
			counts[i] += bits >> i & 1;
	}
	for (guint i = LW_LANGUAGE_DUTCH; i < G_N_ELEMENTS(small); i++)
		if (counts[i] > counts[best])
			best = i;
	if (words < ENOUGH)
		return LW_LANGUAGE_UNKNOWN;
	if (counts[best] * RARE < words)
		return LW_LANGUAGE_OTHER;
	return (LwLanguage)MIN(best, LW_LANGUAGE_ROMANCE);
}
