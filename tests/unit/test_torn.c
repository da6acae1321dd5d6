/* test_torn.c - what a reader of scans tore is read as one word, and is removed where it stands;
 * what only looks torn is left. */
#include "engine/detect/torn.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

/* Dictionaries without a word, and some of our own: what the real ones hold may change. */
static LwLexicon *lexicon_new(void)
{
	static const struct {
		const char *word;
		guint32 flags;
	} words[] = {{"Huizing", LW_WORD_SURNAME},	{"Henk", LW_WORD_FIRST_NAME},
		     {"Verburgt", LW_WORD_SURNAME},	{"ontsteking", LW_WORD_ILLNESS},
		     {"terminaal", LW_WORD_COMMON},	{"Ravenswaay", LW_WORD_SURNAME},
		     {"brandweer", LW_WORD_COMMON},	{"brand", LW_WORD_COMMON},
		     {"weer", LW_WORD_COMMON},		{"Lida", LW_WORD_FIRST_NAME},
		     {"lid", LW_WORD_COMMON},		{"hen", LW_WORD_COMMON},
		     {"Hoogendijk", LW_WORD_SURNAME},	{"hoog", LW_WORD_COMMON},
		     {"Koekkoek", LW_WORD_SURNAME},	{"koek", LW_WORD_COMMON},
		     {"kleed", LW_WORD_COMMON},		{"brand", LW_WORD_COMMON},
		     {"ontstekingen", LW_WORD_ILLNESS}, {"aanwas", LW_WORD_SURNAME},
		     {"aan", LW_WORD_COMMON},		{"was", LW_WORD_COMMON},
		     {"optie", LW_WORD_COMMON},		{"rand", LW_WORD_COMMON}};
	static const guint32 file[] = {0, 0, 1, 0, 0, 0, 0};
	guint8 bytes[sizeof(file)];
	LwLexicon *lexicon;

	memcpy(bytes, file, sizeof(file));
	memcpy(bytes, "LWLEXIC3", 8);
	lexicon = lw_lexicon_new(g_bytes_new(bytes, sizeof(bytes)), NULL);
	assert_non_null(lexicon);
	for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
		lw_lexicon_add(lexicon, words[i].word, words[i].flags);
	return lexicon;
}

/* The text as detectors read it; yours. */
static char *read_text(const char *text)
{
	g_autoptr(LwLexicon) lexicon = lexicon_new();
	g_autoptr(LwNormal) normal = lw_normal_new(text, strlen(text));
	LwDetectContext context = {.base.normal = normal, .lexicon = lexicon};
	g_autoptr(LwTokens) tokens = lw_torn_tokens(&context, normal);

	assert_ptr_equal(tokens->normal, normal);
	for (guint i = 0; i < tokens->count; i++)
		assert_in_range(tokens->items[i].end, 1, normal->length);
	return g_strdup(normal->utf8);
}

static void reads(const char *text, const char *wanted)
{
	g_autofree char *read = read_text(text);

	assert_string_equal(read, wanted);
}

static void test_torn_is_joined(void **state)
{
	reads("heer Hui zing belt", "heer Huizing belt");
	reads("Ra venswaay-Huizing", "Ravenswaay-Huizing");
	reads("een ontste king", "een ontsteking");
	/* many: a letter, a word, capitals, a name that no list has */
	reads("Hui zing met ontste king; Ver burgt en Hen k: ter minaal, een ontstekin g.",
	      "Huizing met ontsteking; Verburgt en Henk: terminaal, een ontsteking.");
	reads("Hui zing, ontste king, HOOG ENDIJK", "Huizing, ontsteking, HOOGENDIJK");
	reads("Hui zing, ontste king, bij Bisses sar", "Huizing, ontsteking, bij Bissessar");
	reads("Hui zing, ontste king; aan Koek koek", "Huizing, ontsteking; aan Koekkoek");
	(void)state;
}

static void test_words_are_left(void **state)
{
	static const char *const texts[] = {
		"brand weer",		 /* two words */
		"het lid a van artikel", /* an enumeration */
		"Hui  zing",		 /* two blanks */
		"Hui\nzing",		 /* two lines */
		"Hui, zing",
		"Hui Zing",
		"hepatitis-B rand", /* a grade */
		"Bisses sar",	    /* nothing else is torn */
		"aan Koek koek",
	};

	for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
		reads(texts[i], texts[i]);
	/* where much is torn: initials and letters of lists, function words, what follows a whole
	 * word */
	reads("Hui zing, ontste king; de heer K leed, optie b rand, zij a weer",
	      "Huizing, ontsteking; de heer K leed, optie b rand, zij a weer");
	reads("ontste king en Hui zing aan was", "ontsteking en Huizing aan was");
	(void)state;
}

/* The place of the page is that of all parts. */
static void test_place(void **state)
{
	static const char text[] = "bij Hui zing thuis";
	g_autoptr(LwLexicon) lexicon = lexicon_new();
	g_autoptr(LwNormal) normal = lw_normal_new(text, strlen(text));
	LwDetectContext context = {.base.normal = normal, .lexicon = lexicon};
	g_autoptr(LwTokens) tokens = lw_torn_tokens(&context, normal);
	LwSpan span = lw_token_span(tokens, 1, 1);

	assert_int_equal(tokens->count, 3);
	assert_int_equal(span.start, strlen("bij "));
	assert_int_equal(span.length, strlen("Hui zing"));
	assert_int_equal(
		lw_token_find(tokens, lw_normal_find(normal, strstr(text, "thuis") - text)), 2);
	(void)state;
}

static void test_name(void **state)
{
	static const char text[] = "Roelof Hui zing";
	g_autoptr(LwLexicon) lexicon = lexicon_new();
	g_autoptr(LwDocument) document = lw_document_new("plain");

	document->text = lw_arena_strndup(document->arena, text, strlen(text));
	document->length = strlen(text);
	g_autoptr(LwNormal) name =
		lw_torn_name(lexicon, document, (LwSpan){0, (guint32)strlen(text)});

	assert_string_equal(name->utf8, "Roelof Huizing");
	lw_normal_free(g_steal_pointer(&name));
	document->text = lw_arena_strndup(document->arena, "R. HOOG ENDIJK", 14);
	document->length = 14;
	name = lw_torn_name(lexicon, document, (LwSpan){0, 14});
	assert_string_equal(name->utf8, "R. HOOGENDIJK");
	(void)state;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_torn_is_joined),
		cmocka_unit_test(test_words_are_left),
		cmocka_unit_test(test_place),
		cmocka_unit_test(test_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
