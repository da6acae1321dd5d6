/* word-list.c - words that stand in the source. Most words are in no list: two bytes tell that. */
#include "engine/detect/word-list.h"

#include <string.h>

#define KNOWN_BITS 11
#define PAIR_BITS  512

/* Which pairs of bytes the words of a list begin with, or end in. */
typedef struct {
	const char *list;
	gboolean ends;
	guint64 pairs[PAIR_BITS / 64];
} Known;

static guint pair_of(char outer, char inner)
{
	return ((guint8)outer * 31u ^ (guint8)inner * 7u) % PAIR_BITS;
}

static void add_pair(Known *known, char outer, char inner)
{
	guint pair = pair_of(outer, inner);

	known->pairs[pair / 64] |= 1ull << pair % 64;
}

static void read_list(Known *known, const char *list, gboolean ends)
{
	*known = (Known){.list = list, .ends = ends};
	for (const char *word = list; *word; word += strspn(word, " ")) {
		gsize size = strcspn(word, " ");

		if (!ends)
			add_pair(known, word[0], size > 1 ? word[1] : '\0');
		else if (size > 1)
			add_pair(known, word[size - 1], word[size - 2]);
		else
			for (guint inner = 0; inner < 256; inner++)
				add_pair(known, word[0], (char)inner);
		word += size;
	}
}

static gboolean may_hold(const char *list, gboolean ends, char outer, char inner)
{
	static _Thread_local Known all[1 << KNOWN_BITS];
	guint64 place = (guint64)(guintptr)list * G_GUINT64_CONSTANT(0x9e3779b97f4a7c15);
	Known *known = &all[place >> (64 - KNOWN_BITS)];
	guint pair = pair_of(outer, inner);

	if (known->list != list || known->ends != ends)
		read_list(known, list, ends);
	return known->pairs[pair / 64] >> pair % 64 & 1;
}

gboolean lw_token_in(const char *word, const char *spaced)
{
	gsize length;

	if (!*word || !may_hold(spaced, FALSE, word[0], word[1]))
		return FALSE;
	length = strlen(word);
	for (const char *at = strstr(spaced, word); at; at = strstr(at + 1, word))
		if ((at == spaced || at[-1] == ' ') && (at[length] == ' ' || !at[length]))
			return TRUE;
	return FALSE;
}

gboolean lw_word_ends_in(const char *word, const char *spaced)
{
	gsize length = strlen(word);

	if (length < 2 || !may_hold(spaced, TRUE, word[length - 1], word[length - 2]))
		return FALSE;
	for (const char *ending = spaced; *ending; ending += strspn(ending, " ")) {
		gsize size = strcspn(ending, " ");

		if (length > size + 2 && memcmp(word + length - size, ending, size) == 0)
			return TRUE;
		ending += size;
	}
	return FALSE;
}
