/* compile.c - build-time tool: reads the lists of this folder and writes the automaton that
 * lexicon.c maps.
 *
 * Usage: compile OUTPUT FLAG[+FLAG...]=LIST... ; a list has one entry per line, '#' opens a comment
 * line; in a list of senses ("sense=LIST") a letter of senses.def stands behind each. The same
 * lists give the same bytes. States are made in sorted order and shared as soon as they are closed
 * (Daciuk and others, 2000). */
#include <stdlib.h>
#include <string.h>

#include "engine/base/text.h"
#include "engine/detect/lexicon-file.h"
#include "engine/model/vocabulary.h"

#define MAX_EDGES 255

typedef struct {
	guint32 flags;
	guint32 count;
	guint32 edges[MAX_EDGES];
} OpenState;

typedef struct {
	GArray *words;	    /* guint32: closed states */
	GHashTable *closed; /* GUINT offset + 1 -> itself, by content */
	OpenState *path;    /* one per byte of the last key, and the root */
	const char *last;
	gsize depth, longest;
} Builder;

static const struct {
	const char *name;
	LwWordFlags flag;
} flag_names[] = {
	{"first-name", LW_WORD_FIRST_NAME},
	{"surname", LW_WORD_SURNAME},
	{"particle", LW_WORD_PARTICLE},
	{"street", LW_WORD_STREET},
	{"place", LW_WORD_PLACE},
	{"common", LW_WORD_COMMON},
	{"organisation", LW_WORD_ORGANISATION},
	{"title", LW_WORD_TITLE},
	{"role", LW_WORD_ROLE},
	{"abbreviation", LW_WORD_ABBREVIATION},
	{"frequent", LW_WORD_FREQUENT},
	{"brand", LW_WORD_BRAND},
	{"public", LW_WORD_PUBLIC},
	{"medicine", LW_WORD_MEDICINE},
	{"illness", LW_WORD_ILLNESS},
};

static const char sense_letters[] = {
	[LW_SENSE_NONE] = '-',
#define LW_SENSE(ID, letter) [LW_SENSE_##ID] = letter,
#include "engine/model/senses.def"
#undef LW_SENSE
};

G_STATIC_ASSERT(LW_SENSE_COUNT <= LW_LEXICON_SENSES);

/* The table of closed states hashes their words, which live in this array. */
static GArray *closed_words;

static const guint32 *state_at(gconstpointer key, guint *length)
{
	const guint32 *state = &g_array_index(closed_words, guint32, GPOINTER_TO_UINT(key) - 1);

	*length = 1 + (GUINT32_FROM_LE(*state) >> LW_LEXICON_KEY_BITS);
	return state;
}

static guint hash_state(gconstpointer key)
{
	guint length;
	const guint32 *state = state_at(key, &length);
	guint hash = 2166136261u;

	for (guint i = 0; i < length; i++)
		hash = (hash ^ state[i]) * 16777619u ^ (hash >> 15);
	return hash;
}

static gboolean equal_states(gconstpointer a, gconstpointer b)
{
	guint length, other;
	const guint32 *left = state_at(a, &length);
	const guint32 *right = state_at(b, &other);

	return length == other && memcmp(left, right, length * sizeof(guint32)) == 0;
}

/* Appends the state, or gives the equal one that is there. */
static guint32 close_state(Builder *builder, const OpenState *state)
{
	guint32 at = builder->words->len;
	guint32 head = GUINT32_TO_LE(state->flags | state->count << LW_LEXICON_KEY_BITS);
	gpointer known;

	g_array_append_val(builder->words, head);
	g_array_append_vals(builder->words, state->edges, state->count);
	known = g_hash_table_lookup(builder->closed, GUINT_TO_POINTER(at + 1));
	if (known) {
		g_array_set_size(builder->words, at);
		return GPOINTER_TO_UINT(known) - 1;
	}
	g_assert(builder->words->len < LW_LEXICON_MAX_WORDS);
	g_hash_table_add(builder->closed, GUINT_TO_POINTER(at + 1));
	return at;
}

static void close_below(Builder *builder, gsize depth)
{
	for (; builder->depth > depth; builder->depth--) {
		guint32 at = close_state(builder, &builder->path[builder->depth]);
		OpenState *parent = &builder->path[builder->depth - 1];
		guint8 label = (guint8)builder->last[builder->depth - 1];

		g_assert(parent->count < MAX_EDGES);
		parent->edges[parent->count++] = GUINT32_TO_LE(label | at << 8);
	}
}

static void add_key(Builder *builder, const char *key, guint32 flags)
{
	gsize length = strlen(key), common = 0;

	while (common < builder->depth && builder->last[common] == key[common])
		common++;
	close_below(builder, common);
	for (gsize i = common; i < length; i++)
		builder->path[i + 1] = (OpenState){0};
	builder->depth = length;
	builder->path[length].flags = flags;
	builder->last = key;
	builder->longest = MAX(builder->longest, length);
}

static guint32 parse_flags(const char *names)
{
	g_auto(GStrv) parts = g_strsplit(names, "+", -1);
	guint32 flags = 0;

	for (char **part = parts; *part; part++) {
		guint32 found = 0;

		for (gsize i = 0; i < G_N_ELEMENTS(flag_names); i++) {
			if (g_str_equal(*part, flag_names[i].name))
				found = flag_names[i].flag;
		}
		if (!found)
			return 0;
		flags |= found;
	}
	return flags;
}

static void add_line(GHashTable *keys, const char *line, guint32 flags)
{
	g_autofree char *folded = lw_text_fold(line, -1);
	g_auto(GStrv) parts = g_strsplit(folded, " ", -1);
	g_autoptr(GString) key = g_string_new(NULL);
	guint32 known;

	for (char **part = parts; *part; part++) {
		if (**part && key->len > 0)
			g_string_append_c(key, ' ');
		g_string_append(key, *part);
	}
	if (key->len == 0 || key->len > LW_LEXICON_MAX_KEY)
		return;
	known = GPOINTER_TO_UINT(g_hash_table_lookup(keys, key->str));
	g_hash_table_insert(keys, g_strdup(key->str), GUINT_TO_POINTER(known | flags));
}

/* "keelpijn i"; words that fold to the same have one sense. */
static gboolean add_sense(GHashTable *keys, const char *line)
{
	const char *letter = strrchr(line, ' ');
	const char *known = letter && letter[1] && !letter[2] ? memchr(sense_letters + 1, letter[1],
								       sizeof(sense_letters) - 1)
							      : NULL;
	g_autofree char *word = g_strndup(line, letter ? (gsize)(letter - line) : 0);
	g_autofree char *folded = lw_text_fold(word, -1);

	if (!known || strchr(word, ' ') ||
	    GPOINTER_TO_UINT(g_hash_table_lookup(keys, folded)) >> LW_LEXICON_FLAG_BITS)
		return FALSE;
	add_line(keys, word, (guint32)(known - sense_letters) << LW_LEXICON_FLAG_BITS);
	return TRUE;
}

static gboolean read_list(GHashTable *keys, const char *argument)
{
	g_auto(GStrv) halves = g_strsplit(argument, "=", 2);
	g_autofree char *text = NULL;
	g_auto(GStrv) lines = NULL;
	gsize length = 0;
	gboolean senses = g_strv_length(halves) == 2 && g_str_equal(halves[0], "sense");
	guint32 flags = 0;

	if (g_strv_length(halves) != 2 || (!senses && !(flags = parse_flags(halves[0])))) {
		g_printerr("compile: unknown flag in '%s'\n", argument);
		return FALSE;
	}
	if (!g_file_get_contents(halves[1], &text, &length, NULL) ||
	    !g_utf8_validate(text, (gssize)length, NULL)) {
		g_printerr("compile: cannot read '%s' as UTF-8\n", halves[1]);
		return FALSE;
	}
	lines = g_strsplit_set(text, "\n", -1);
	for (char **line = lines; *line; line++) {
		if (!**line || **line == '#')
			continue;
		if (!senses) {
			add_line(keys, *line, flags);
		} else if (!add_sense(keys, *line)) {
			g_printerr("compile: '%s' has no sense, or two, for '%s'\n", halves[1],
				   *line);
			return FALSE;
		}
	}
	return TRUE;
}

/* The first word of an entry of several, so that only there anybody looks for the rest. */
static void mark_openings(GHashTable *keys)
{
	const guint32 longer = LW_WORD_ORGANISATION | LW_WORD_BRAND | LW_WORD_PUBLIC;
	g_autoptr(GPtrArray) openings = g_ptr_array_new_with_free_func(g_free);
	GHashTableIter iter;
	gpointer key, value;

	g_hash_table_iter_init(&iter, keys);
	while (g_hash_table_iter_next(&iter, &key, &value)) {
		const char *space = strchr(key, ' ');

		if (space && GPOINTER_TO_UINT(value) & longer)
			g_ptr_array_add(openings, g_strndup(key, (gsize)(space - (char *)key)));
	}
	for (guint i = 0; i < openings->len; i++)
		add_line(keys, openings->pdata[i], LW_WORD_OPENS);
}

static gint compare_keys(gconstpointer a, gconstpointer b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static GByteArray *build(GHashTable *keys)
{
	guint count = 0;
	g_autofree char **sorted = (char **)g_hash_table_get_keys_as_array(keys, &count);
	g_autoptr(GArray) words = g_array_new(FALSE, FALSE, sizeof(guint32));
	g_autoptr(GHashTable) closed = g_hash_table_new(hash_state, equal_states);
	g_autofree OpenState *path = g_new0(OpenState, LW_LEXICON_MAX_KEY + 1);
	Builder builder = {words, closed, path, "", 0, 0};
	LwLexiconHeader header = {LW_LEXICON_MAGIC, 0, 0, GUINT32_TO_LE(count), 0};
	GByteArray *file = g_byte_array_new();

	closed_words = words;
	qsort(sorted, count, sizeof(char *), compare_keys);
	for (guint i = 0; i < count; i++)
		add_key(&builder, sorted[i],
			GPOINTER_TO_UINT(g_hash_table_lookup(keys, sorted[i])));
	close_below(&builder, 0);
	header.root = GUINT32_TO_LE(close_state(&builder, &path[0]));
	header.words = GUINT32_TO_LE(words->len);
	header.longest = GUINT32_TO_LE((guint32)builder.longest);
	g_byte_array_append(file, (const guint8 *)&header, sizeof(header));
	g_byte_array_append(file, (const guint8 *)words->data, words->len * sizeof(guint32));
	return file;
}

int main(int argc, char **argv)
{
	g_autoptr(GHashTable) keys = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	g_autoptr(GByteArray) file = NULL;

	if (argc < 3) {
		g_printerr("usage: compile OUTPUT FLAG[+FLAG...]=LIST...\n");
		return 2;
	}
	for (int i = 2; i < argc; i++) {
		if (!read_list(keys, argv[i]))
			return 1;
	}
	mark_openings(keys);
	file = build(keys);
	if (!g_file_set_contents(argv[1], (const char *)file->data, (gssize)file->len, NULL)) {
		g_printerr("compile: cannot write '%s'\n", argv[1]);
		return 1;
	}
	return 0;
}
