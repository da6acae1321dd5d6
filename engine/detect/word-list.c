/* word-list.c - words that stand in the source. Most words are in no list: a few bytes tell that.
 */
#include "engine/detect/word-list.h"

#include <string.h>

#define KNOWN_BITS 11
#define PROBES	   4 /* places where a list may be kept */
#define SIGN_BITS  512

/* By which bytes the words of a list begin, or end. */
typedef struct {
	const char *list;
	gboolean ends;
	guint64 signs[SIGN_BITS / 64];
} Known;

static guint sign_of(char outer, char inner, char third)
{
	return ((guint8)outer * 31u ^ (guint8)inner * 7u ^ (guint8)third * 83u) % SIGN_BITS;
}

static void add_sign(Known *known, guint sign)
{
	known->signs[sign / 64] |= 1ull << sign % 64;
}

static gsize word_size(const char *word)
{
	gsize size = 0;

	while (word[size] && word[size] != ' ')
		size++;
	return size;
}

/* The word behind this one of a list. */
static const char *next_word(const char *end)
{
	while (*end == ' ')
		end++;
	return end;
}

G_NO_INLINE static void read_list(Known *known, const char *list, gboolean ends)
{
	gsize size;

	*known = (Known){.list = list, .ends = ends};
	for (const char *word = list; *word; word = next_word(word + size)) {
		size = word_size(word);
		if (!ends && size == 2) /* a blank may follow it in what is asked for, too */
			add_sign(known, sign_of(word[0], word[1], ' '));
		if (!ends)
			add_sign(known, sign_of(word[0], size > 1 ? word[1] : '\0',
						size > 2 ? word[2] : '\0'));
		else if (size > 1)
			add_sign(known, sign_of(word[size - 1], word[size - 2], '\0'));
		else
			for (guint inner = 0; inner < 256; inner++)
				add_sign(known, sign_of(word[0], (char)inner, '\0'));
	}
}

static gboolean may_hold(const char *list, gboolean ends, guint sign)
{
	static _Thread_local Known all[(1 << KNOWN_BITS) + PROBES];
	guint64 place = (guint64)(guintptr)list * G_GUINT64_CONSTANT(0x9e3779b97f4a7c15);
	Known *known = &all[place >> (64 - KNOWN_BITS)], *last = known + PROBES - 1;

	while (known < last && known->list && (known->list != list || known->ends != ends))
		known++;
	if (known->list != list || known->ends != ends)
		read_list(known, list, ends);
	return known->signs[sign / 64] >> sign % 64 & 1;
}

gboolean lw_token_in(const char *word, const char *spaced)
{
	gsize length;

	if (!*word || !may_hold(spaced, FALSE, sign_of(word[0], word[1], word[1] ? word[2] : '\0')))
		return FALSE;
	length = strlen(word);
	for (const char *at = strstr(spaced, word); at; at = strstr(at + 1, word))
		if ((at == spaced || at[-1] == ' ') && (at[length] == ' ' || !at[length]))
			return TRUE;
	return FALSE;
}

gboolean lw_word_ends_in(const char *word, const char *spaced)
{
	gsize length = strlen(word), size;

	if (length < 2 ||
	    !may_hold(spaced, TRUE, sign_of(word[length - 1], word[length - 2], '\0')))
		return FALSE;
	for (const char *ending = spaced; *ending; ending = next_word(ending + size)) {
		size = word_size(ending);
		if (length > size + 2 && ending[size - 1] == word[length - 1] &&
		    memcmp(word + length - size, ending, size) == 0)
			return TRUE;
	}
	return FALSE;
}
