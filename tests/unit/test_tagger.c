/* test_tagger.c - the tagger against a count of all labellings, damaged models, and the same tags
 * on every machine. */
#include "engine/base/error.h"
#include "engine/detect/tagger-feature.h"
#include "engine/detect/tagger-file.h"
#include "engine/detect/tagger.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define LABELS LW_TAGGER_LABELS
#define ROWS   1024u

typedef struct {
	LwLexicon *lexicon;
	LwDocument *document;
	LwNormal *normal;
	LwTokens *tokens;
} Text;

/* Dictionaries without a word, and three of our own: what the real ones hold may change. */
static LwLexicon *lexicon_new(void)
{
	static const guint32 file[] = {0, 0, 1, 0, 0, 0, 0};
	guint8 bytes[sizeof(file)];
	LwLexicon *lexicon;

	memcpy(bytes, file, sizeof(file));
	memcpy(bytes, "LWLEXIC3", 8);
	lexicon = lw_lexicon_new(g_bytes_new(bytes, sizeof(bytes)), NULL);
	assert_non_null(lexicon);
	lw_lexicon_add(lexicon, "Anna", LW_WORD_FIRST_NAME);
	lw_lexicon_add(lexicon, "Vries", LW_WORD_SURNAME);
	lw_lexicon_add(lexicon, "kort", LW_WORD_COMMON);
	return lexicon;
}

static void text_open(Text *text, const char *content)
{
	LwDetectContext context = {0};

	text->lexicon = lexicon_new();
	text->document = lw_document_new("plain");
	text->document->text = lw_arena_strndup(text->document->arena, content, strlen(content));
	text->document->length = strlen(content);
	text->normal = lw_normal_new(content, strlen(content));
	context.base = (LwDetection){text->document, text->normal};
	context.lexicon = text->lexicon;
	text->tokens = lw_tokens_new(&context);
	for (guint i = 0; i < text->tokens->count; i++)
		text->tokens->items[i].cues = 0; /* nor what our cue words are */
}

static void text_close(Text *text)
{
	lw_tokens_free(text->tokens);
	lw_normal_free(text->normal);
	lw_document_free(text->document);
	lw_lexicon_free(text->lexicon);
}

static const guint32 no_slots;
static const LwWordClasses no_classes = {&no_slots, 0};

/* A model of chance numbers, the same everywhere. */
static GByteArray *model_new(void)
{
	LwTaggerHeader header = {.magic = LW_TAGGER_MAGIC};
	GByteArray *model = g_byte_array_new();
	guint32 state = 12345, other = 54321;

	header.features = GUINT32_TO_LE(LW_FEATURE_VERSION);
	header.rows = GUINT32_TO_LE(ROWS);
	header.classes = GUINT32_TO_LE(1);
	for (guint i = 0; i < LABELS * LABELS; i++) {
		state = state * 1664525u + 1013904223u;
		header.transitions[i / LABELS][i % LABELS] =
			GINT16_TO_LE((gint16)((int)(state >> 26) - 32));
	}
	for (guint i = 0; i <= LW_TAGGER_STEPS; i++)
		header.truth[i] = GUINT16_TO_LE((guint16)(i * 65535 / LW_TAGGER_STEPS));
	g_byte_array_append(model, (const guint8 *)&header, sizeof(header));
	for (guint i = 0; i < ROWS * LW_TAGGER_LANES; i++) {
		gint8 weight;

		state = state * 1664525u + 1013904223u;
		weight = (gint8)((int)(state >> 28) - 8);
		g_byte_array_append(model, (const guint8 *)&weight, 1);
	}
	for (guint i = 0; i < LW_TAGGER_SPECIAL_ROWS; i++) {
		gint8 weight;

		other = other * 1664525u + 1013904223u;
		weight = (gint8)((int)(other >> 28) - 8);
		g_byte_array_append(model, (const guint8 *)&weight, 1);
	}
	g_byte_array_append(model, (const guint8 *)&no_slots, sizeof(no_slots));
	return model;
}

static LwTagger *tagger_new(GByteArray *model, GError **error)
{
	g_autoptr(GBytes) bytes = g_bytes_new(model->data, model->len);

	return lw_tagger_new(bytes, error);
}

/* ---- all labellings, counted one by one in floating point ---- */

static gboolean follows(guint from, guint to)
{
	gboolean inside = from && (from - 1) % 4 < 2; /* begin or inside: the name goes on */
	gboolean goes_on = to && ((to - 1) % 4 == 1 || (to - 1) % 4 == 2);

	return inside ? goes_on && (from - 1) / 4 == (to - 1) / 4 : !goes_on;
}

static int weight_of(const guint8 *model, const LwFeature *feature, guint lane)
{
	const gint8 *weights = (const gint8 *)model + sizeof(LwTaggerHeader);

	if (!feature->special)
		return weights[(feature->number % ROWS) * LW_TAGGER_LANES + lane];
	return lane == LW_TAGGER_SPECIAL
		       ? weights[ROWS * LW_TAGGER_LANES + feature->number % LW_TAGGER_SPECIAL_ROWS]
		       : 0;
}

static double score_at(const LwFeatureText *features, const guint8 *model, guint token, guint lane)
{
	LwFeature list[LW_FEATURE_MAX];
	int sum = 0;

	for (guint part = 0; part < LW_FEATURE_PARTS; part++)
		for (guint i = lw_feature_of_part(features, token, part, list); i > 0; i--)
			sum += weight_of(model, &list[i - 1], lane);
	return (double)sum / LW_TAGGER_SCALE;
}

typedef struct {
	double scores[5][LABELS], steps[LABELS][LABELS];
	double persons[5], total;
	guint count;
} Sum;

static void sum_from(Sum *sum, guint at, guint last, double score, guint path[5])
{
	if (at == 5 || at == sum->count) {
		double weight = exp(score);

		if (!follows(last, 0))
			return;
		sum->total += weight;
		for (guint i = 0; i < at; i++)
			sum->persons[i] += path[i] >= 1 && path[i] <= 4 ? weight : 0;
		return;
	}
	for (guint label = 0; label < LABELS; label++) {
		if (!follows(at ? last : 0, label))
			continue;
		path[at] = label;
		sum_from(sum, at + 1, label,
			 score + sum->scores[at][label] + (at ? sum->steps[last][label] : 0), path);
	}
}

static void test_chances_are_those_of_all_labellings(void **state)
{
	g_autoptr(GByteArray) model = model_new();
	g_autoptr(LwTagger) tagger = tagger_new(model, NULL);
	const LwTaggerHeader *header = (const LwTaggerHeader *)(void *)model->data;
	Text text;
	Sum sum = {0};
	guint path[5];

	(void)state;
	text_open(&text, "Beste Anna de Vries,");
	sum.count = text.tokens->count;
	assert_int_equal(sum.count, 5);
	{
		g_autoptr(LwFeatureText) features = lw_feature_text_new(text.tokens, &no_classes);
		g_autoptr(LwTags) tags = lw_tagger_tag(tagger, text.tokens);

		for (guint i = 0; i < sum.count; i++)
			for (guint label = 0; label < LABELS; label++)
				sum.scores[i][label] = score_at(features, model->data, i, label);
		for (guint i = 0; i < LABELS * LABELS; i++)
			sum.steps[i / LABELS][i % LABELS] =
				(double)(gint16)GINT16_FROM_LE(
					header->transitions[i / LABELS][i % LABELS]) /
				LW_TAGGER_SCALE;
		sum_from(&sum, 0, 0, 0, path);
		for (guint i = 0; i < sum.count; i++) {
			double chance = (double)lw_tags_chance(tags, i, i, LW_TAG_PERSON);

			assert_true(fabs(chance - sum.persons[i] / sum.total) < 0.0005);
		}
	}
	text_close(&text);
}

/* The rows of names and, for special categories, a table: by word, place and sentence. */
static void test_chances_judged_apart_are_logistic(void **state)
{
	g_autoptr(GByteArray) model = model_new();
	g_autoptr(LwTagger) tagger = tagger_new(model, NULL);
	guint low = 0, high = 0;
	Text text;

	(void)state;
	text_open(&text, "Anna slikt sinds mei antidepressiva. Zij ligt weken op bed,\nen komt "
			 "niet.\n\nGroet, J. Vries");
	{
		g_autoptr(LwFeatureText) features = lw_feature_text_new(text.tokens, &no_classes);
		g_autoptr(LwTags) tags = lw_tagger_tag(tagger, text.tokens);

		for (guint i = 0; i < 3 * text.tokens->count; i++) {
			guint at = i / 3, head = i % 3;
			double odds = score_at(features, model->data, at, LW_TAGGER_SPECIAL + head);
			double chance = (double)lw_tags_chance(tags, at, at, LW_TAG_SPECIAL + head);

			assert_true(fabs(chance - 1 / (1 + exp(-odds))) < 0.0005);
			low += chance < 0.4;
			high += chance > 0.6;
		}
		assert_true(low > 1 && high > 1);
	}
	text_close(&text);
}

static void test_a_sentence_goes_on_behind_a_line_end(void **state)
{
	Text text;

	(void)state;
	text_open(&text, "Zij ligt op bed,\nal weken. Hij niet.\nGroet\n\nanna");
	{
		static const guint scenes[] = {0, 0, 0, 0, 0, 0, 0, 0, 8, 8, 8, 11, 12};
		g_autoptr(LwFeatureText) features = lw_feature_text_new(text.tokens, &no_classes);

		assert_int_equal(text.tokens->count, G_N_ELEMENTS(scenes));
		for (guint i = 0; i < text.tokens->count; i++)
			assert_int_equal(lw_feature_scene(features, i), scenes[i]);
	}
	text_close(&text);
}

/* ---- the same everywhere ---- */

static void test_tags_are_the_same_everywhere(void **state)
{
	static const char content[] =
		"Van: Anna de Vries <a.devries@voorbeeld.nl>\nAan: Ö. Yıldız\n\nBeste "
		"Özlem, kort gesproken met de heer EL AMRANI over € 12,50.\n\nGroet,\nAnna\n\n"
		"Naam\tPlaats\nJ. Jansen\tEde\n1. Opening\n'Wie?', vroeg Pieter-Jan.\n";
	g_autoptr(GByteArray) model = model_new();
	g_autoptr(LwTagger) tagger = tagger_new(model, NULL);
	g_autoptr(GString) made = g_string_new(NULL);
	g_autofree char *digest = NULL;
	Text text;

	(void)state;
	text_open(&text, content);
	{
		g_autoptr(LwTags) tags = lw_tagger_tag(tagger, text.tokens);
		const GArray *persons = lw_tags_persons(tags);

		assert_true(persons->len > 3);
		for (guint i = 0; i < persons->len; i++) {
			const LwTagSpan *span = &g_array_index(persons, LwTagSpan, i);

			g_string_append_printf(made, "%u-%u %a\n", span->first, span->last,
					       (double)span->chance);
		}
		for (guint i = 0; i < text.tokens->count; i++)
			g_string_append_printf(made, "%a\n",
					       (double)lw_tags_chance(tags, i, i, LW_TAG_PERSON));
	}
	text_close(&text);
	digest = g_compute_checksum_for_string(G_CHECKSUM_SHA256, made->str, -1);
	assert_string_equal(digest,
			    "32c4ff8462cecc0b998a10951e1460d700c189f8e168867be66f9a45ccb342c5");
}

/* ---- persons ---- */

/* To the word itself, as a person of one word. */
static void add_weight(GByteArray *model, const LwFeatureText *features, guint token, gint8 weight)
{
	LwFeature list[LW_FEATURE_MAX];
	gint8 *weights = (gint8 *)model->data + sizeof(LwTaggerHeader);

	lw_feature_of_word(features, lw_feature_word(features, token, 0), 0, list);
	weights[(list[0].number % ROWS) * LW_TAGGER_LANES + 4] = weight;
}

static void test_a_doubtful_word_is_a_person_of_its_own(void **state)
{
	g_autoptr(GByteArray) model = model_new();
	LwTaggerHeader *header = (LwTaggerHeader *)(void *)model->data;
	Text text;

	(void)state;
	memset(model->data + sizeof(*header), 0, model->len - sizeof(*header));
	memset(header->transitions, 0, sizeof(header->transitions));
	for (guint from = 0; from < LABELS; from++)
		header->transitions[from][0] = GINT16_TO_LE(4 * LW_TAGGER_SCALE);
	text_open(&text, "Anna kwam, Delmee bleef");
	{
		g_autoptr(LwFeatureText) features = lw_feature_text_new(text.tokens, &no_classes);
		g_autoptr(LwTagger) tagger = NULL;
		g_autoptr(LwTags) tags = NULL;
		const LwTagSpan *person;

		add_weight(model, features, 0, 127);
		add_weight(model, features, 3, 80);
		tagger = tagger_new(model, NULL);
		tags = lw_tagger_tag(tagger, text.tokens);
		assert_int_equal(lw_tags_persons(tags)->len, 2);
		person = &g_array_index(lw_tags_persons(tags), LwTagSpan, 0);
		assert_int_equal(person->first, 0);
		assert_int_equal(person->last, 0);
		person = &g_array_index(lw_tags_persons(tags), LwTagSpan, 1);
		assert_int_equal(person->first, 3);
		assert_int_equal(person->last, 3);
		assert_true(person->chance > 0.05f && person->chance < 0.5f);
	}
	text_close(&text);
}

/* ---- classes of words ---- */

static void test_a_class_is_of_the_word_as_it_is_spelt(void **state)
{
	guint32 slots[16] = {0}, check, at = lw_word_class_slot("Bakker", 6, &check);
	LwWordClasses classes = {slots, G_N_ELEMENTS(slots) - 1};

	(void)state;
	slots[at & classes.mask] = GUINT32_TO_LE(0x1200); /* another word stands first */
	slots[(at + 1) & classes.mask] = GUINT32_TO_LE(check | 13);
	assert_int_equal(lw_word_class(&classes, "Bakker", 6), 13);
	assert_int_equal(lw_word_class(&classes, "bakker", 6), 0);
	assert_int_equal(lw_word_class(&classes, "Bakkers", 7), 0);
	for (guint i = 0; i < G_N_ELEMENTS(slots); i++)
		slots[i] = GUINT32_TO_LE(0x1200); /* without a hole: the search ends all the same */
	assert_int_equal(lw_word_class(&classes, "Bakker", 6), 0);
}

/* ---- damaged models ---- */

static void test_damaged_models_are_refused(void **state)
{
	g_autoptr(GByteArray) model = model_new();

	(void)state;
	for (guint kind = 0; kind < 6; kind++) {
		g_autoptr(GByteArray) damaged = g_byte_array_new();
		g_autoptr(GError) error = NULL;
		LwTaggerHeader *header;

		g_byte_array_append(damaged, model->data, model->len);
		header = (LwTaggerHeader *)(void *)damaged->data;
		if (kind == 0)
			header->magic[7] = '9';
		else if (kind == 1)
			header->features = GUINT32_TO_LE(LW_FEATURE_VERSION + 1);
		else if (kind == 2)
			header->rows = GUINT32_TO_LE(1000);
		else if (kind == 3)
			header->classes = GUINT32_TO_LE(3);
		else if (kind == 4)
			g_byte_array_set_size(damaged, damaged->len - 1);
		else
			g_byte_array_set_size(damaged, 100);
		assert_null(tagger_new(damaged, &error));
		assert_true(g_error_matches(error, LW_ERROR, LW_ERROR_FATAL));
	}
}

/* Any weights at all: no path through the labels may break. */
static void test_extreme_weights_are_harmless(void **state)
{
	g_autoptr(GByteArray) model = model_new();
	Text text;

	(void)state;
	text_open(&text, "Anna kwam, Delmee bleef");
	for (guint kind = 0; kind < 2; kind++) {
		g_autoptr(LwTagger) tagger = NULL;
		g_autoptr(LwTags) tags = NULL;

		memset(model->data + sizeof(LwTaggerHeader), kind ? 0x80 : 0x7f,
		       model->len - sizeof(LwTaggerHeader));
		memset(((LwTaggerHeader *)(void *)model->data)->transitions, kind ? 0x80 : 0x7f,
		       sizeof(((LwTaggerHeader *)NULL)->transitions));
		tagger = tagger_new(model, NULL);
		tags = lw_tagger_tag(tagger, text.tokens);
		for (guint i = 0; i < text.tokens->count; i++) {
			float chance = lw_tags_chance(tags, i, i, LW_TAG_PERSON);

			assert_true(chance >= 0 && chance <= 1);
		}
	}
	text_close(&text);
}

static void test_an_empty_text_has_no_names(void **state)
{
	g_autoptr(GByteArray) model = model_new();
	g_autoptr(LwTagger) tagger = tagger_new(model, NULL);
	Text text;

	(void)state;
	text_open(&text, "");
	{
		g_autoptr(LwTags) tags = lw_tagger_tag(tagger, text.tokens);

		assert_int_equal(lw_tags_persons(tags)->len, 0);
	}
	text_close(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_chances_are_those_of_all_labellings),
		cmocka_unit_test(test_chances_judged_apart_are_logistic),
		cmocka_unit_test(test_a_sentence_goes_on_behind_a_line_end),
		cmocka_unit_test(test_tags_are_the_same_everywhere),
		cmocka_unit_test(test_a_doubtful_word_is_a_person_of_its_own),
		cmocka_unit_test(test_a_class_is_of_the_word_as_it_is_spelt),
		cmocka_unit_test(test_damaged_models_are_refused),
		cmocka_unit_test(test_extreme_weights_are_harmless),
		cmocka_unit_test(test_an_empty_text_has_no_names),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
