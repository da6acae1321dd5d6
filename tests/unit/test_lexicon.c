/* test_lexicon.c - the dictionaries: exact, fast to open, safe on damaged bytes, extended by the
 * user's lists. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "engine/base/error.h"
#include "engine/base/text.h"
#include "engine/detect/lexicon-file.h"
#include "engine/detect/lexicon.h"
#include "engine/detect/sense.h"
#include "engine/detect/tagger-feature.h"

/* Sorted; the compiler of the tests is a plain trie, which is an automaton too. */
static const struct {
	const char *key;
	guint32 flags;
	LwSense sense;
} keys[] = {
	{"bakker", LW_WORD_SURNAME | LW_WORD_COMMON, LW_SENSE_OFFICE},
	{"bakkers", LW_WORD_COMMON, LW_SENSE_NONE},
	{"den haag", LW_WORD_PLACE, LW_SENSE_NONE},
	{"jan", LW_WORD_FIRST_NAME | LW_WORD_FREQUENT, LW_SENSE_NONE},
	{"jansen", LW_WORD_SURNAME, LW_SENSE_NONE},
	{"klachten", 0, LW_SENSE_ILLNESS},
	{"long", LW_WORD_COMMON, LW_SENSE_NONE},
	{"oven", 0, (LwSense)(LW_SENSE_COUNT + 1)}, /* none that there is */
};

static guint32 add_state(GArray *words, guint from, guint to, gsize depth)
{
	g_autoptr(GArray) edges = g_array_new(FALSE, FALSE, sizeof(guint32));
	guint32 flags = 0, sense = 0, head, at;

	for (guint i = from; i < to;) {
		guint8 label = (guint8)keys[i].key[depth];
		guint last = i;
		guint32 edge;

		if (label == 0) {
			sense = (guint32)keys[i].sense;
			flags = keys[i++].flags;
			continue;
		}
		while (last < to && (guint8)keys[last].key[depth] == label)
			last++;
		edge = GUINT32_TO_LE(label | add_state(words, i, last, depth + 1) << 8);
		g_array_append_val(edges, edge);
		i = last;
	}
	at = words->len;
	head = GUINT32_TO_LE(flags | sense << LW_LEXICON_FLAG_BITS |
			     (guint32)edges->len << LW_LEXICON_KEY_BITS);
	g_array_append_val(words, head);
	g_array_append_vals(words, edges->data, edges->len);
	return at;
}

static GByteArray *compile(void)
{
	g_autoptr(GArray) words = g_array_new(FALSE, FALSE, sizeof(guint32));
	LwLexiconHeader header = {LW_LEXICON_MAGIC, 0, 0, GUINT32_TO_LE(G_N_ELEMENTS(keys)),
				  GUINT32_TO_LE(8)};
	GByteArray *file = g_byte_array_new();

	header.root = GUINT32_TO_LE(add_state(words, 0, G_N_ELEMENTS(keys), 0));
	header.words = GUINT32_TO_LE(words->len);
	g_byte_array_append(file, (const guint8 *)&header, sizeof(header));
	g_byte_array_append(file, (const guint8 *)words->data, words->len * sizeof(guint32));
	return file;
}

static LwLexicon *lexicon_of(const GByteArray *file, gsize length, GError **error)
{
	g_autoptr(GBytes) bytes =
		g_bytes_new(file->data, length); /* its own block: a checker sees its end */

	return lw_lexicon_new(bytes, error);
}

static guint32 look_up(const LwLexicon *lexicon, const char *word)
{
	return lw_lexicon_look_up(lexicon, word, strlen(word));
}

static void test_exact(void **state)
{
	static const char *const absent[] = {"",      "j",	  "ja",	 "jans", "jansenn",
					     "bakke", "bakkerss", "den", "den ", "den haa",
					     "haag",  "\xff",	  "an",	 "é"};
	g_autoptr(GByteArray) file = compile();
	g_autoptr(LwLexicon) lexicon = lexicon_of(file, file->len, NULL);

	assert_non_null(lexicon);
	for (gsize i = 0; i < G_N_ELEMENTS(keys); i++)
		assert_int_equal(lw_lexicon_find(lexicon, keys[i].key, strlen(keys[i].key)),
				 keys[i].flags);
	for (gsize i = 0; i < G_N_ELEMENTS(absent); i++)
		assert_int_equal(lw_lexicon_find(lexicon, absent[i], strlen(absent[i])), 0);
	assert_int_equal(look_up(lexicon, "BAKKER"), LW_WORD_SURNAME | LW_WORD_COMMON);
	assert_int_equal(look_up(lexicon, "Bákkër"), LW_WORD_SURNAME | LW_WORD_COMMON);
	assert_int_equal(look_up(lexicon, "Den Haag"), LW_WORD_PLACE);
	assert_int_equal(lw_lexicon_find(lexicon, "Jan", 3), 0); /* not folded */
	assert_int_equal(lw_lexicon_look_up(lexicon, "Jansen", 3),
			 LW_WORD_FIRST_NAME | LW_WORD_FREQUENT);
	(void)state;
}

/* A word composed with one of the list is about what its last part is about. */
static void test_senses(void **state)
{
	static const struct {
		const char *word;
		LwSense sense;
	} words[] = {
		{"bakker", LW_SENSE_OFFICE},
		{"bakkers", LW_SENSE_NONE},
		{"klachten", LW_SENSE_ILLNESS},
		{"longklachten", LW_SENSE_ILLNESS},
		{"bakkersklachten", LW_SENSE_ILLNESS},
		{"oude-klachten", LW_SENSE_ILLNESS},
		{"hoge-longklachten", LW_SENSE_ILLNESS},
		{"longsklachten", LW_SENSE_ILLNESS},
		{"xyzklachten", LW_SENSE_NONE}, /* no word before it */
		{"klachten-", LW_SENSE_NONE},
		{"oven", LW_SENSE_NONE},
		{"", LW_SENSE_NONE},
		{"-", LW_SENSE_NONE},
	};
	g_autoptr(GByteArray) file = compile();
	g_autoptr(LwLexicon) lexicon = lexicon_of(file, file->len, NULL);

	for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
		assert_int_equal(lw_sense(lexicon, words[i].word), words[i].sense);
	(void)state;
}

static void test_own_lists(void **state)
{
	g_autoptr(GByteArray) file = compile();
	g_autoptr(LwLexicon) lexicon = lexicon_of(file, file->len, NULL);
	g_autoptr(GVariant) lists = g_variant_ref_sink(g_variant_new_parsed(
		"[('Xander', %u), ('', 1), ('  ', 1), ('Niets', 0)]", (guint32)LW_WORD_ALLOW));
	g_autoptr(GVariant) other = g_variant_ref_sink(g_variant_new_string("Xander"));
	g_autofree char *lengthy = g_strnfill(5000, 'a');

	lw_lexicon_add(lexicon, "  Süleyman   ÖZ\tDemir ", LW_WORD_SURNAME);
	lw_lexicon_add(lexicon, "Bakker", LW_WORD_DENY);
	lw_lexicon_add(lexicon, "bakker", LW_WORD_ROLE);
	lw_lexicon_add(lexicon, lengthy, LW_WORD_DENY);
	lw_lexicon_add_lists(lexicon, lists);
	lw_lexicon_add_lists(lexicon, other);
	assert_int_equal(look_up(lexicon, "suleyman oz demir"), LW_WORD_SURNAME);
	assert_int_equal(look_up(lexicon, "Süleyman Öz Demir"), LW_WORD_SURNAME);
	assert_int_equal(look_up(lexicon, "bakker"),
			 LW_WORD_SURNAME | LW_WORD_COMMON | LW_WORD_DENY | LW_WORD_ROLE);
	assert_int_equal(look_up(lexicon, lengthy), LW_WORD_DENY);
	assert_int_equal(look_up(lexicon, "XANDER"), LW_WORD_ALLOW);
	assert_int_equal(look_up(lexicon, ""), 0);
	assert_int_equal(look_up(lexicon, "niets"), 0);
	for (guint i = 0; i < 2000; i++) {
		g_autofree char *word = g_strdup_printf("woord%u", i);

		lw_lexicon_add(lexicon, word, 1 + i % 7);
	}
	for (guint i = 0; i < 2000; i++) {
		g_autofree char *word = g_strdup_printf("woord%u", i);

		assert_int_equal(look_up(lexicon, word), 1 + i % 7);
	}
	(void)state;
}

static void refused(const GByteArray *file, gsize length)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(LwLexicon) lexicon = lexicon_of(file, length, &error);

	assert_null(lexicon);
	assert_non_null(error);
	assert_int_equal(error->domain, LW_ERROR);
}

static void test_wrong_header(void **state)
{
	g_autoptr(GByteArray) file = compile();
	g_autoptr(GError) error = NULL;
	LwLexiconHeader *header = (LwLexiconHeader *)(void *)file->data;
	LwLexiconHeader right = *header;

	for (gsize length = 0; length < file->len; length++)
		refused(file, length);
	header->magic[7]++;
	refused(file, file->len);
	*header = right;
	header->root = right.words;
	refused(file, file->len);
	*header = right;
	header->words = G_MAXUINT32;
	refused(file, file->len);
	header->words = 0;
	refused(file, file->len);
	*header = right;
	header->longest = G_MAXUINT32;
	refused(file, file->len);
	assert_null(lw_lexicon_open("/nonexistent/lexicon.bin", &error));
	assert_int_equal(error->code, LW_ERROR_FATAL);
	(void)state;
}

/* Whatever the bytes, every look-up stays inside of them and ends. */
static void test_damaged(void **state)
{
	g_autoptr(GByteArray) right = compile();
	g_autoptr(GRand) random = g_rand_new_with_seed(20);

	for (guint round = 0; round < 20000; round++) {
		g_autoptr(GByteArray) file = g_byte_array_new();
		g_autoptr(LwLexicon) lexicon = NULL;

		g_byte_array_append(file, right->data, right->len);
		for (gint i = g_rand_int_range(random, 1, 12); i > 0; i--) {
			guint at = (guint)g_rand_int_range(random, 8, (gint)file->len);

			file->data[at] = (guint8)g_rand_int(random);
		}
		lexicon = lexicon_of(file, file->len, NULL);
		for (gsize i = 0; lexicon && i < G_N_ELEMENTS(keys); i++) {
			lw_lexicon_find(lexicon, keys[i].key, strlen(keys[i].key));
			assert_true(lw_sense(lexicon, keys[i].key) < LW_SENSE_COUNT);
		}
	}
	(void)state;
}

static LwLexicon *installed(void)
{
	const char *root = g_getenv("LW_BUILD_ROOT");
	g_autofree char *path = NULL;
	g_autoptr(GError) error = NULL;
	LwLexicon *lexicon;

	if (!root)
		skip();
	path = g_build_filename(root, "dictionaries", "lexicon.bin", NULL);
	lexicon = lw_lexicon_open(path, &error);
	assert_non_null(lexicon);
	return lexicon;
}

static void test_dictionaries(void **state)
{
	static const struct {
		const char *word;
		guint32 has, lacks;
	} facts[] = {
		{"Jansen", LW_WORD_SURNAME | LW_WORD_FREQUENT, LW_WORD_COMMON | LW_WORD_STREET},
		{"Bakker", LW_WORD_SURNAME | LW_WORD_COMMON, LW_WORD_ABBREVIATION},
		{"Vos", LW_WORD_SURNAME | LW_WORD_COMMON, 0},
		{"van den Berg", LW_WORD_SURNAME, LW_WORD_PARTICLE},
		{"Anna", LW_WORD_FIRST_NAME | LW_WORD_FREQUENT, LW_WORD_COMMON},
		{"Mehmet", LW_WORD_FIRST_NAME, LW_WORD_COMMON},
		{"Yılmaz", LW_WORD_SURNAME, 0},
		{"Zhang", LW_WORD_SURNAME, 0},
		{"El Amrani", LW_WORD_SURNAME, 0},
		{"Den Haag", LW_WORD_PLACE, 0},
		{"'s-Gravenpolder", LW_WORD_PLACE, 0},
		{"Utrecht", LW_WORD_PLACE, 0},
		{"van", LW_WORD_PARTICLE, LW_WORD_FIRST_NAME | LW_WORD_SURNAME},
		{"de", LW_WORD_PARTICLE, LW_WORD_FIRST_NAME | LW_WORD_SURNAME},
		{"het", LW_WORD_COMMON, LW_WORD_FIRST_NAME | LW_WORD_SURNAME},
		{"een", LW_WORD_COMMON, LW_WORD_FIRST_NAME | LW_WORD_SURNAME},
		{"niet", LW_WORD_COMMON, LW_WORD_FIRST_NAME | LW_WORD_SURNAME},
		{"Gemeente", LW_WORD_COMMON | LW_WORD_ORGANISATION, LW_WORD_FIRST_NAME},
		{"Bijlage", LW_WORD_COMMON, LW_WORD_FIRST_NAME | LW_WORD_SURNAME},
		{"Motie", LW_WORD_COMMON, LW_WORD_FIRST_NAME},
		{"burgemeester", LW_WORD_ROLE | LW_WORD_COMMON, LW_WORD_FIRST_NAME},
		{"dhr.", LW_WORD_TITLE, 0},
		{"Mevrouw", LW_WORD_TITLE, LW_WORD_FIRST_NAME},
		{"B.V.", LW_WORD_ORGANISATION | LW_WORD_ABBREVIATION, 0},
		{"Awb", LW_WORD_ABBREVIATION, LW_WORD_SURNAME},
	};
	g_autoptr(LwLexicon) lexicon = installed();

	for (gsize i = 0; i < G_N_ELEMENTS(facts); i++) {
		guint32 flags = look_up(lexicon, facts[i].word);

		if ((flags & facts[i].has) != facts[i].has || flags & facts[i].lacks)
			fail_msg("%s: flags %#x", facts[i].word, flags);
	}
	(void)state;
}

/* Every line of a list is a key with its flag, and a word that is on no list is none. */
static void test_complete(void **state)
{
	static const struct {
		const char *list;
		guint32 flag;
	} lists[] = {
		{"frog-first-names.txt", LW_WORD_FIRST_NAME},
		{"frog-surnames.txt", LW_WORD_SURNAME},
		{"faker-surnames.txt", LW_WORD_SURNAME},
		{"frog-streets.txt", LW_WORD_STREET},
		{"frog-places.txt", LW_WORD_PLACE},
		{"opentaal-common-words.txt", LW_WORD_COMMON},
		{"own-particles.txt", LW_WORD_PARTICLE},
		{"own-titles.txt", LW_WORD_TITLE},
	};
	g_autoptr(LwLexicon) lexicon = installed();
	const char *source = g_getenv("LW_SOURCE_ROOT");

	if (!source)
		skip();
	for (gsize i = 0; i < G_N_ELEMENTS(lists); i++) {
		g_autofree char *path =
			g_build_filename(source, "dictionaries", lists[i].list, NULL);
		g_autofree char *text = NULL;
		g_auto(GStrv) lines = NULL;

		assert_true(g_file_get_contents(path, &text, NULL, NULL));
		lines = g_strsplit_set(text, "\n", -1);
		for (char **line = lines; *line; line++) {
			g_autofree char *absent = g_strconcat(*line, "qxqx", NULL);

			if (**line == '\0' || **line == '#')
				continue;
			assert_true((look_up(lexicon, *line) & lists[i].flag) != 0);
			assert_int_equal(look_up(lexicon, absent), 0);
		}
	}
	(void)state;
}

/* What words are about, in the dictionaries themselves; each line of the list is one. */
static void test_listed_senses(void **state)
{
	static const struct {
		const char *word;
		LwSense sense;
	} facts[] = {
		{"hoofdpijn", LW_SENSE_ILLNESS},  {"huisarts", LW_SENSE_CARE},
		{"knieoperatie", LW_SENSE_CARE},  {"moskee", LW_SENSE_RELIGION},
		{"wethouder", LW_SENSE_OFFICE},	  {"uitkering", LW_SENSE_POVERTY},
		{"dinsdag", LW_SENSE_TIME},	  {"niet", LW_SENSE_FUNCTION},
		{"bezwaarschrift", LW_SENSE_LAW}, {"moeder", LW_SENSE_FAMILY},
		{"mishandeling", LW_SENSE_CRIME}, {"vakbond", LW_SENSE_POLITICS},
		{"zwanger", LW_SENSE_SEX},	  {"jenever", LW_SENSE_DRUG},
		{"parkeervak", LW_SENSE_TRAFFIC}, {"qxqxqx", LW_SENSE_NONE},
	};
	static const char letters[] = {
		'-',
#define LW_SENSE(ID, letter) letter,
#include "engine/model/senses.def"
#undef LW_SENSE
	};
	g_autoptr(LwLexicon) lexicon = installed();
	const char *source = g_getenv("LW_SOURCE_ROOT");
	g_autofree char *path = NULL, *text = NULL;
	g_auto(GStrv) lines = NULL;
	guint words = 0;

	for (gsize i = 0; i < G_N_ELEMENTS(facts); i++)
		if (lw_sense(lexicon, facts[i].word) != facts[i].sense)
			fail_msg("%s: %d", facts[i].word, (int)lw_sense(lexicon, facts[i].word));
	if (!source)
		skip();
	path = g_build_filename(source, "dictionaries", "own-senses.txt", NULL);
	assert_true(g_file_get_contents(path, &text, NULL, NULL));
	lines = g_strsplit_set(text, "\n", -1);
	for (char **line = lines; *line; line++) {
		g_autofree char *folded = strrchr(*line, ' ')
						  ? lw_text_fold(*line, strrchr(*line, ' ') - *line)
						  : g_strdup("");

		if (**line == '\0' || **line == '#')
			continue;
		assert_int_equal(letters[lw_lexicon_sense(lexicon, folded, strlen(folded))],
				 (*line)[strlen(*line) - 1]);
		words++;
	}
	assert_true(words > 50000);
	(void)state;
}

/* The nearest word that is more than grammar, within its sentence. */
static void test_senses_beside(void **state)
{
	static const char content[] = "Hij heeft weer last van zijn knie. Dinsdag niet.";
	static const LwWordClasses no_classes = {0};
	g_autoptr(LwLexicon) lexicon = installed();
	g_autoptr(LwNormal) normal = lw_normal_new(content, strlen(content));
	LwDetectContext context = {.base.normal = normal, .lexicon = lexicon};
	g_autoptr(LwTokens) tokens = lw_tokens_new(&context);
	g_autoptr(LwFeatureText) features = lw_feature_text_new(tokens, &no_classes);

	assert_int_equal(lw_feature_sense(features, 3), LW_SENSE_ILLNESS); /* last */
	assert_int_equal(lw_feature_sense(features, 6), LW_SENSE_BODY);
	assert_int_equal(lw_feature_sense_beside(features, 4, 1), LW_SENSE_BODY);
	assert_int_equal(lw_feature_sense_beside(features, 6, -1), LW_SENSE_ILLNESS);
	assert_int_equal(lw_feature_sense_beside(features, 6, 1), LW_SENSE_NONE); /* ends there */
	assert_int_equal(lw_feature_sense_beside(features, 8, -1), LW_SENSE_NONE);
	assert_int_equal(lw_feature_sense_beside(features, 0, -1), LW_SENSE_NONE);
	assert_int_equal(lw_feature_sense(features, 7), LW_SENSE_NONE); /* a point */
	(void)state;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_exact),	      cmocka_unit_test(test_senses),
		cmocka_unit_test(test_own_lists),     cmocka_unit_test(test_wrong_header),
		cmocka_unit_test(test_damaged),	      cmocka_unit_test(test_dictionaries),
		cmocka_unit_test(test_complete),      cmocka_unit_test(test_listed_senses),
		cmocka_unit_test(test_senses_beside),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
