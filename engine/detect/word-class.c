/* word-class.c - looks a word up among the classes of the trained model.
 *
 * Open addressing that gives up soon, so that no table can hold a reader up. A word that is not
 * there has the check of another once in two million times: a class is evidence only. */
#include "engine/detect/word-class.h"

guint32 lw_word_class_slot(const char *word, gsize length, guint32 *check)
{
	guint64 hash = 0xcbf29ce484222325u;

	for (gsize i = 0; i < length; i++)
		hash = (hash ^ (guint8)word[i]) * 0x100000001b3u;
	hash = (hash ^ hash >> 30) * 0xbf58476d1ce4e5b9u;
	hash ^= hash >> 31;
	*check = (guint32)(hash >> 32) & 0xffffff00u;
	if (!*check)
		*check = 0x100;
	return (guint32)hash;
}

guint8 lw_word_class(const LwWordClasses *classes, const char *word, gsize length)
{
	guint32 check, at = lw_word_class_slot(word, length, &check);

	for (guint i = 0; classes->slots && i < LW_WORD_CLASS_MOST; i++, at++) {
		guint32 slot = GUINT32_FROM_LE(classes->slots[at & classes->mask]);

		if (!slot)
			return 0;
		if ((slot & 0xffffff00u) == check)
			return (guint8)slot;
	}
	return 0;
}
