/* train.c - the program train-tagger: trains a model, makes its chances true, measures it.
 *
 *     train-tagger train LEXICON MODEL CLASSES TRUTH TEXT...
 *     train-tagger measure LEXICON MODEL TEXT...
 *     train-tagger show LEXICON MODEL TEXT...
 *
 * TRUTH is marked text that is not trained on; the MODEL '-' is the whole of detection; `show`
 * prints what is missed and what is wrong, with what stands around it.
 *
 * TEXTs are those of corpus.h. */
#include "training/crf.h"
#include "training/measure.h"

#include <stdio.h>
#include <string.h>

#define CLASSES (1u << 18) /* slots for them */

static const CrfOptions options = {
	.rows = 1u << 19,
	.epochs = 10,
	.runs = 1,
	.seed = 20261122,
	.rate = 0.2,
	.decay = 2e-5,
	.dropout = 0.2,
};

static GPtrArray *read_all(char **paths, int count, const LwLexicon *lexicon, GError **error)
{
	g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(corpus_text_free);

	for (int i = 0; i < count; i++)
		if (!corpus_read(texts, paths[i], lexicon, error))
			return NULL;
	return g_steal_pointer(&texts);
}

#define GOOD	  0.85 /* token precision at which recall is told */
#define FORGOTTEN 20   /* in a hundred names of a text: as if no list had them */

#define RUNS 3

/* What is not trained on makes the chances true; then the model is made anew from all there is. */
static GByteArray *train_twice(const GPtrArray *texts, GPtrArray *truth, CrfOptions given,
			       GError **error)
{
	g_autoptr(GByteArray) judged = crf_train(texts, &given);
	g_autoptr(GPtrArray) all = g_ptr_array_new();
	GByteArray *model;

	if (!measure_calibrate(judged, truth, error))
		return NULL;
	corpus_forget_names(truth, FORGOTTEN);
	for (guint i = 0; i < texts->len; i++)
		g_ptr_array_add(all, g_ptr_array_index(texts, i));
	for (guint i = 0; i < truth->len; i++)
		g_ptr_array_add(all, g_ptr_array_index(truth, i));
	given.runs = RUNS;
	model = crf_train(all, &given);
	memcpy(((LwTaggerHeader *)(void *)model->data)->truth,
	       ((const LwTaggerHeader *)(const void *)judged->data)->truth,
	       sizeof(((LwTaggerHeader *)NULL)->truth));
	return model;
}

static gboolean train(const LwLexicon *lexicon, char **arguments, int count, GError **error)
{
	g_autofree guint32 *slots = corpus_read_classes(arguments[1], CLASSES, error);
	LwWordClasses classes = {slots, CLASSES - 1};
	CrfOptions given = options;
	g_autoptr(GPtrArray) truth = slots ? read_all(arguments + 2, 1, lexicon, error) : NULL;
	g_autoptr(GPtrArray) texts =
		truth ? read_all(arguments + 3, count - 3, lexicon, error) : NULL;
	g_autoptr(GByteArray) model = NULL;

	given.classes = &classes;

	if (texts) {
		corpus_forget_names(texts, FORGOTTEN);
		model = train_twice(texts, truth, given, error);
	}
	return model && g_file_set_contents(arguments[0], (const char *)model->data,
					    (gssize)model->len, error);
}

static void print_measure(const GPtrArray *finds, const GPtrArray *texts, float chance)
{
	Measure m = measure(finds, texts, chance);

	printf("  from %.2f: touched %.1f%% of %u; token precision %.1f%%; texts with a miss "
	       "%.1f%%; persons found per 1,000 tokens %.2f\n",
	       (double)chance, 100.0 * m.touched / MAX(m.persons, 1), m.persons,
	       100.0 * m.right / MAX(m.found, 1), 100.0 * m.leaks / MAX(m.texts, 1),
	       1000.0 * m.spans / MAX(m.tokens, 1));
}

static void print_head(const LwTagger *tagger, const GPtrArray *texts, LwTag tag, float chance)
{
	static const char *const names[] = {"special", "stays", "datum"};
	guint counts[3];

	measure_head(tagger, texts, tag, chance, counts);
	if (counts[0])
		printf("  %s from %.2f: found %.1f%% of %u words; precision %.1f%%\n",
		       names[tag - LW_TAG_SPECIAL], (double)chance, 100.0 * counts[2] / counts[0],
		       counts[0], 100.0 * counts[2] / MAX(counts[1], 1));
}

/* The most that is touched while token precision stays at GOOD. */
static void print_curve(const GPtrArray *finds, const GPtrArray *texts)
{
	for (guint i = 1; i < 100; i++) {
		float chance = (float)i / 100;
		Measure m = measure(finds, texts, chance);

		if (m.persons && m.right >= GOOD * m.found) {
			printf("  at token precision %.2f: touched %.1f%%, from %.2f\n", GOOD,
			       100.0 * m.touched / m.persons, (double)chance);
			break;
		}
	}
}

static gboolean measure_files(const LwLexicon *lexicon, char **arguments, int count, GError **error)
{
	static const float chances[] = {0, 0.2f, 0.5f, 0.6f, 0.9f};
	gboolean whole = strcmp(arguments[0], "-") == 0;
	g_autoptr(LwTagger) tagger = whole ? NULL : lw_tagger_open(arguments[0], error);
	guint count_of[10], right[10];

	for (int i = 1; (tagger || whole) && i < count; i++) {
		g_autoptr(GPtrArray) texts = read_all(arguments + i, 1, lexicon, error);

		g_autoptr(GPtrArray) finds = texts ? measure_find(tagger, lexicon, texts) : NULL;

		if (!finds)
			return FALSE;
		printf("%s\n", arguments[i]);
		for (gsize j = 0; j < G_N_ELEMENTS(chances); j++)
			print_measure(finds, texts, chances[j]);
		print_curve(finds, texts);
		for (LwTag tag = LW_TAG_SPECIAL; tagger && tag < LW_TAG_COUNT; tag++)
			for (gsize j = 1; j < G_N_ELEMENTS(chances); j++)
				print_head(tagger, texts, tag, chances[j]);
		measure_reliability(finds, texts, count_of, right);
		for (guint tenth = 0; tenth < 10; tenth++)
			printf("  %.1f-%.1f: %u of %u\n", tenth / 10.0, (tenth + 1) / 10.0,
			       right[tenth], count_of[tenth]);
	}
	return tagger || whole;
}

#define SHOWN 0.5f /* what is below counts as not found */

/* With its score, and the chance that the model alone gives it. */
static void show_tokens(const Text *text, const LwTags *tags, const LwTagSpan *span,
			const char *how)
{
	guint first = span->first, last = span->last;
	const LwTokens *tokens = text->tokens;
	gsize from = lw_token_at(tokens, first > 5 ? first - 5 : 0)->start;
	gsize to = lw_token_at(tokens, MIN(last + 5, tokens->count - 1))->end;
	const char *utf8 = tokens->normal->utf8;
	gsize start = tokens->items[first].start, end = tokens->items[last].end;
	g_autofree char *line = g_strdup_printf(
		"%s %.2f %.2f %.*s <<%.*s>> %.*s", how, (double)span->chance,
		(double)lw_tags_chance(tags, first, last, LW_TAG_PERSON), (int)(start - from),
		utf8 + from, (int)(end - start), utf8 + start, (int)(to - end), utf8 + end);

	puts(g_strdelimit(line, "\n\f", ' '));
}

static void show_text(const LwTagger *tagger, const GArray *spans, const Text *text)
{
	g_autoptr(LwTags) tags = lw_tagger_tag(tagger, text->tokens);

	for (guint i = 0; i < text->persons->len; i++) {
		LwSpan person = g_array_index(text->persons, LwSpan, i);
		LwTagSpan missed = {person.start, person.start + person.length - 1, 0};

		for (guint j = 0; j < spans->len; j++) {
			const LwTagSpan *span = &g_array_index(spans, LwTagSpan, j);

			if (span->first < person.start + person.length &&
			    span->last >= person.start)
				missed.chance = MAX(missed.chance, span->chance);
		}
		if (missed.chance < SHOWN)
			show_tokens(text, tags, &missed, "missed");
	}
	for (guint i = 0; i < spans->len; i++) {
		const LwTagSpan *span = &g_array_index(spans, LwTagSpan, i);
		gboolean wrong = span->chance >= SHOWN;

		for (guint at = span->first; wrong && at <= span->last; at++)
			wrong = (text->allowed[at] & 0x1eu) == 0;
		if (wrong)
			show_tokens(text, tags, span, "wrong");
	}
}

static gboolean show_files(const LwLexicon *lexicon, char **arguments, int count, GError **error)
{
	gboolean whole = strcmp(arguments[0], "-") == 0;
	g_autoptr(LwTagger) tagger = whole ? NULL : lw_tagger_open(arguments[0], error);
	g_autoptr(GPtrArray) texts =
		tagger || whole ? read_all(arguments + 1, count - 1, lexicon, error) : NULL;

	g_autoptr(GPtrArray) finds = texts ? measure_find(tagger, lexicon, texts) : NULL;

	for (guint i = 0; finds && i < texts->len; i++)
		show_text(whole ? lw_lexicon_tagger(lexicon) : tagger, g_ptr_array_index(finds, i),
			  g_ptr_array_index(texts, i));
	return texts != NULL;
}

/* Without the model beside it, which may be one of other features. */
static LwLexicon *open_bare(const char *path, GError **error)
{
	g_autoptr(GMappedFile) file = g_mapped_file_new(path, FALSE, error);
	g_autoptr(GBytes) bytes = file ? g_mapped_file_get_bytes(file) : NULL;

	return bytes ? lw_lexicon_new(bytes, error) : NULL;
}

int main(int argc, char **argv)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(LwLexicon) lexicon = NULL;
	gboolean done = FALSE, trains = argc > 4 && strcmp(argv[1], "train") == 0;

	if (argc < 5) {
		g_printerr("usage: train-tagger train LEXICON MODEL CLASSES TRUTH TEXT...\n"
			   "       train-tagger measure|show LEXICON MODEL TEXT...\n");
		return 2;
	}
	lexicon = trains ? open_bare(argv[2], &error) : lw_lexicon_open(argv[2], &error);
	if (lexicon && trains && argc > 6)
		done = train(lexicon, argv + 3, argc - 3, &error);
	else if (lexicon && strcmp(argv[1], "measure") == 0)
		done = measure_files(lexicon, argv + 3, argc - 3, &error);
	else if (lexicon && strcmp(argv[1], "show") == 0)
		done = show_files(lexicon, argv + 3, argc - 3, &error);
	if (!done)
		g_printerr("train-tagger: %s\n", error ? error->message : "unknown command");
	return done ? 0 : 1;
}
