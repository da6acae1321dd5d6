/* lexicon.c - looks words up in the compiled dictionaries and in the user's own lists.
 *
 * The compiled bytes are not trusted: every step checks its bounds, so a damaged file gives wrong
 * answers at worst, never a read outside of it. Opening costs the same however large the file is.
 */
#include "engine/detect/lexicon.h"

#include <string.h>

#include "engine/base/error.h"
#include "engine/base/text.h"
#include "engine/detect/calibration.h"
#include "engine/detect/lexicon-file.h"
#include "engine/detect/tagger.h"
#include "engine/detect/word-map.h"

#define LINEAR_EDGES 6
#define LOT_BYTES    3

struct LwLexicon {
	GBytes *compiled;
	LwTagger *tagger;	    /* or NULL */
	LwCalibration *calibration; /* or NULL */
	const guint32 *words;
	guint32 count, root, longest;
	LwWordMap *own;
	gsize own_longest;
	GPtrArray *denied; /* as the user wrote them */
};

static gboolean refuse(GError **error, const char *why)
{
	g_set_error(error, LW_ERROR, LW_ERROR_FATAL, "the compiled dictionaries are damaged: %s",
		    why);
	return FALSE;
}

static gboolean read_header(LwLexicon *lexicon, GError **error)
{
	gsize size = 0;
	const guint8 *bytes = g_bytes_get_data(lexicon->compiled, &size);
	LwLexiconHeader header;

	if (size < sizeof(header))
		return refuse(error, "too short");
	memcpy(&header, bytes, sizeof(header));
	if (memcmp(header.magic, LW_LEXICON_MAGIC, sizeof(header.magic)) != 0)
		return refuse(error, "not of this version");
	lexicon->count = GUINT32_FROM_LE(header.words);
	lexicon->root = GUINT32_FROM_LE(header.root);
	lexicon->longest = GUINT32_FROM_LE(header.longest);
	if (lexicon->count == 0 || lexicon->count > LW_LEXICON_MAX_WORDS ||
	    lexicon->root >= lexicon->count || lexicon->longest > LW_LEXICON_MAX_KEY)
		return refuse(error, "wrong header");
	if (size != sizeof(header) + (gsize)lexicon->count * sizeof(guint32))
		return refuse(error, "wrong length");
	if (((guintptr)bytes) % sizeof(guint32) != 0)
		return refuse(error, "not aligned");
	lexicon->words = (const guint32 *)(const void *)(bytes + sizeof(header));
	return TRUE;
}

LwLexicon *lw_lexicon_new(GBytes *compiled, GError **error)
{
	g_autoptr(LwLexicon) lexicon = g_new0(LwLexicon, 1);

	lexicon->compiled = g_bytes_ref(compiled);
	lexicon->own = lw_word_map_new();
	lexicon->denied = g_ptr_array_new_with_free_func(g_free);
	if (!read_header(lexicon, error))
		return NULL;
	return g_steal_pointer(&lexicon);
}

static gboolean open_trained(LwLexicon *lexicon, const char *path, GError **error)
{
	g_autofree char *folder = g_path_get_dirname(path);
	g_autofree char *model = g_build_filename(folder, "tagger.bin", NULL);
	g_autofree char *chances = g_build_filename(folder, "calibration.bin", NULL);

	lexicon->tagger = lw_tagger_open(model, error);
	lexicon->calibration = lexicon->tagger ? lw_calibration_open(chances, error) : NULL;
	return lexicon->calibration != NULL;
}

LwLexicon *lw_lexicon_open(const char *path, GError **error)
{
	g_autoptr(GError) cause = NULL;
	g_autoptr(GMappedFile) file = g_mapped_file_new(path, FALSE, &cause);
	g_autoptr(GBytes) bytes = NULL;
	g_autoptr(LwLexicon) lexicon = NULL;

	if (!file) {
		g_set_error(error, LW_ERROR, LW_ERROR_FATAL,
			    "cannot open the compiled dictionaries '%s'", path);
		return NULL;
	}
	bytes = g_mapped_file_get_bytes(file);
	lexicon = lw_lexicon_new(bytes, error);
	if (!lexicon)
		g_prefix_error(error, "'%s': ", path);
	return lexicon && open_trained(lexicon, path, error) ? g_steal_pointer(&lexicon) : NULL;
}

const LwTagger *lw_lexicon_tagger(const LwLexicon *lexicon)
{
	return lexicon->tagger;
}

const LwCalibration *lw_lexicon_calibration(const LwLexicon *lexicon)
{
	return lexicon->calibration;
}

void lw_lexicon_free(LwLexicon *lexicon)
{
	if (!lexicon)
		return;
	g_bytes_unref(lexicon->compiled);
	lw_tagger_free(lexicon->tagger);
	lw_calibration_free(lexicon->calibration);
	lw_word_map_free(lexicon->own);
	g_ptr_array_unref(lexicon->denied);
	g_free(lexicon);
}

void lw_lexicon_add(LwLexicon *lexicon, const char *words, guint32 flags)
{
	g_autofree char *folded = lw_text_fold(words, -1);
	g_auto(GStrv) parts = g_strsplit_set(folded, " \t\r\n\f\v", -1);
	g_autoptr(GString) key = g_string_new(NULL);

	for (char **part = parts; *part; part++) {
		if (**part == '\0')
			continue;
		if (key->len > 0)
			g_string_append_c(key, ' ');
		g_string_append(key, *part);
	}
	if (key->len == 0 || flags == 0)
		return;
	*lw_word_map_add(lexicon->own, key->str, key->len) |= flags;
	lexicon->own_longest = MAX(lexicon->own_longest, key->len);
	if (flags & LW_WORD_DENY)
		g_ptr_array_add(lexicon->denied, g_strdup(words));
}

const GPtrArray *lw_lexicon_denied(const LwLexicon *lexicon)
{
	return lexicon->denied;
}

void lw_lexicon_add_lists(LwLexicon *lexicon, GVariant *lists)
{
	GVariantIter iter;
	const char *words;
	guint32 flags;

	if (!g_variant_is_of_type(lists, G_VARIANT_TYPE("a(su)")))
		return;
	g_variant_iter_init(&iter, lists);
	while (g_variant_iter_next(&iter, "(&su)", &words, &flags))
		lw_lexicon_add(lexicon, words, flags);
}

/* The edge with this label among `count` edges; the state after it, or the number of words when
 * there is none. */
static guint32 follow(const LwLexicon *lexicon, const guint32 *edges, guint32 count, guint8 label)
{
	guint32 low = 0, high = count;

	while (high - low > LINEAR_EDGES) {
		guint32 middle = low + (high - low) / 2;

		if ((GUINT32_FROM_LE(edges[middle]) & 0xff) <= label)
			low = middle;
		else
			high = middle;
	}
	for (; low < high; low++) {
		guint32 edge = GUINT32_FROM_LE(edges[low]);

		if ((edge & 0xff) == label)
			return edge >> 8;
	}
	return lexicon->count;
}

/* Flags, and above them the sense. */
static guint32 find_compiled(const LwLexicon *lexicon, const char *key, gsize length)
{
	guint32 at = lexicon->root;

	for (gsize i = 0;; i++) {
		guint32 state, edges;

		if (at >= lexicon->count)
			return 0;
		state = GUINT32_FROM_LE(lexicon->words[at]);
		if (i == length)
			return state & ((1u << LW_LEXICON_KEY_BITS) - 1);
		edges = state >> LW_LEXICON_KEY_BITS;
		if (edges > lexicon->count - at - 1)
			return 0;
		at = follow(lexicon, lexicon->words + at + 1, edges, (guint8)key[i]);
	}
}

guint32 lw_lexicon_find(const LwLexicon *lexicon, const char *folded, gsize length)
{
	guint32 flags = 0;

	if (length == 0)
		return 0;
	if (length <= lexicon->longest)
		flags = find_compiled(lexicon, folded, length) & LW_LEXICON_FLAGS &
			~(guint32)LW_WORD_OPENS;
	if (length <= lexicon->own_longest)
		flags |= lw_word_map_find(lexicon->own, folded, length);
	return flags;
}

LwSense lw_lexicon_sense(const LwLexicon *lexicon, const char *folded, gsize length)
{
	guint32 sense = length && length <= lexicon->longest
				? find_compiled(lexicon, folded, length) >> LW_LEXICON_FLAG_BITS
				: LW_SENSE_NONE;

	return sense < LW_SENSE_COUNT ? (LwSense)sense : LW_SENSE_NONE;
}

gboolean lw_lexicon_opens(const LwLexicon *lexicon, const char *folded)
{
	gsize length = strlen(folded);

	return length && length <= lexicon->longest &&
	       find_compiled(lexicon, folded, length) & LW_WORD_OPENS;
}

guint32 lw_lexicon_look_up(const LwLexicon *lexicon, const char *word, gsize length)
{
	char small[LW_LEXICON_MAX_KEY];
	g_autofree char *folded = NULL;
	gsize i = 0;

	while (i < length && i < sizeof(small) && !((guint8)word[i] & 0x80)) {
		small[i] = g_ascii_tolower(word[i]);
		i++;
	}
	if (i == length)
		return lw_lexicon_find(lexicon, small, length);
	if (length > 16 * (gsize)LW_LEXICON_MAX_KEY && length > 16 * lexicon->own_longest)
		return 0;
	folded = lw_text_fold(word, (gssize)length);
	return lw_lexicon_find(lexicon, folded, strlen(folded));
}

typedef struct {
	const LwLexicon *lexicon;
	guint32 flags;
	guint lots;
	LwLexiconFunc func;
	void *self;
	char word[LW_LEXICON_MAX_KEY];
} Walk;

/* Neighbours in the alphabet fall to different lots. */
static guint lot_of(const char *word)
{
	guint lot = 2166136261u;

	for (guint i = 0; i < LOT_BYTES; i++)
		lot = (lot ^ (guint8)word[i]) * 16777619u;
	return lot >> 16;
}

static void walk(Walk *w, guint32 at, gsize length)
{
	const LwLexicon *lexicon = w->lexicon;
	guint32 state, edges;

	if (at >= lexicon->count)
		return;
	if (length == LOT_BYTES && lot_of(w->word) % w->lots)
		return;
	state = GUINT32_FROM_LE(lexicon->words[at]);
	edges = state >> LW_LEXICON_KEY_BITS;
	if (length && (state & w->flags) == w->flags)
		w->func(w->self, w->word, length);
	if (edges > lexicon->count - at - 1 || length >= MIN(lexicon->longest, sizeof(w->word)))
		return;
	for (guint32 i = 0; i < edges; i++) {
		guint32 edge = GUINT32_FROM_LE(lexicon->words[at + 1 + i]);

		w->word[length] = (char)(edge & 0xff);
		if ((edge & 0xff) != ' ')
			walk(w, edge >> 8, length + 1);
	}
}

void lw_lexicon_each(const LwLexicon *lexicon, guint32 flags, guint lots, LwLexiconFunc func,
		     void *self)
{
	Walk w = {.lexicon = lexicon,
		  .flags = flags & LW_LEXICON_FLAGS,
		  .lots = lots,
		  .func = func,
		  .self = self};

	walk(&w, lexicon->root, 0);
}
