/* train.c - the program train-tagger: trains a model, makes its chances true, measures it.
 *
 *     train-tagger train LEXICON MODEL TRUTH TEXT...    TRUTH: marked text that is not trained on
 *     train-tagger measure LEXICON MODEL TEXT...        MODEL '-': the whole of detection
 *     train-tagger show LEXICON MODEL TEXT...           what is missed and what is wrong, with what
 * stands around it
 *
 * TEXTs are those of corpus.h. */
#include "training/crf.h"
#include "training/measure.h"

#include <stdio.h>
#include <string.h>

static const CrfOptions options = {
	.rows = 1u << 18,
	.epochs = 8,
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

#define FORGOTTEN 20 /* in a hundred names of a text: as if no list had them */

static gboolean train(const LwLexicon *lexicon, char **arguments, int count, GError **error)
{
	g_autoptr(GPtrArray) truth = read_all(arguments + 1, 1, lexicon, error);
	g_autoptr(GPtrArray) texts =
		truth ? read_all(arguments + 2, count - 2, lexicon, error) : NULL;
	g_autoptr(GByteArray) model = NULL;

	if (texts) {
		corpus_forget_names(texts, FORGOTTEN);
		model = crf_train(texts, &options);
	}
	return model && measure_calibrate(model, truth, error) &&
	       g_file_set_contents(arguments[0], (const char *)model->data, (gssize)model->len,
				   error);
}

static void print_measure(const LwTagger *tagger, const LwLexicon *lexicon, const GPtrArray *texts,
			  float chance)
{
	Measure m = measure(tagger, lexicon, texts, chance);

	printf("  from %.2f: touched %.1f%% of %u; token precision %.1f%%; texts with a miss "
	       "%.1f%%; persons found per 1,000 tokens %.2f\n",
	       (double)chance, 100.0 * m.touched / MAX(m.persons, 1), m.persons,
	       100.0 * m.right / MAX(m.found, 1), 100.0 * m.leaks / MAX(m.texts, 1),
	       1000.0 * m.spans / MAX(m.tokens, 1));
}

static gboolean measure_files(const LwLexicon *lexicon, char **arguments, int count, GError **error)
{
	static const float chances[] = {0, 0.2f, 0.5f, 0.6f, 0.9f};
	gboolean whole = strcmp(arguments[0], "-") == 0;
	g_autoptr(LwTagger) tagger = whole ? NULL : lw_tagger_open(arguments[0], error);
	guint finds[10], right[10];

	for (int i = 1; (tagger || whole) && i < count; i++) {
		g_autoptr(GPtrArray) texts = read_all(arguments + i, 1, lexicon, error);

		if (!texts)
			return FALSE;
		printf("%s\n", arguments[i]);
		for (gsize j = 0; j < G_N_ELEMENTS(chances); j++)
			print_measure(tagger, lexicon, texts, chances[j]);
		measure_reliability(tagger, lexicon, texts, finds, right);
		for (guint tenth = 0; tenth < 10; tenth++)
			printf("  %.1f-%.1f: %u of %u\n", tenth / 10.0, (tenth + 1) / 10.0,
			       right[tenth], finds[tenth]);
	}
	return tagger || whole;
}

static void show_tokens(const Text *text, guint first, guint last, const char *how, double chance)
{
	const LwTokens *tokens = text->tokens;
	gsize from = lw_token_at(tokens, first > 5 ? first - 5 : 0)->start;
	gsize to = lw_token_at(tokens, MIN(last + 5, tokens->count - 1))->end;
	const char *utf8 = tokens->normal->utf8;
	gsize start = tokens->items[first].start, end = tokens->items[last].end;
	g_autofree char *line = g_strdup_printf(
		"%s %.2f %.*s <<%.*s>> %.*s", how, chance, (int)(start - from), utf8 + from,
		(int)(end - start), utf8 + start, (int)(to - end), utf8 + end);

	puts(g_strdelimit(line, "\n\f", ' '));
}

static void show_text(const LwTagger *tagger, const Text *text)
{
	g_autoptr(LwTags) tags = lw_tagger_tag(tagger, text->tokens);
	const GArray *spans = lw_tags_spans(tags);

	for (guint i = 0; i < text->persons->len; i++) {
		LwSpan person = g_array_index(text->persons, LwSpan, i);
		guint last = person.start + person.length - 1;
		float chance = lw_tags_chance(tags, person.start, last, LW_TAG_PERSON);

		if (chance < 0.5f)
			show_tokens(text, person.start, last, "missed", (double)chance);
	}
	for (guint i = 0; i < spans->len; i++) {
		const LwTagSpan *span = &g_array_index(spans, LwTagSpan, i);
		gboolean wrong = span->tag == LW_TAG_PERSON && span->chance >= 0.5f;

		for (guint at = span->first; wrong && at <= span->last; at++)
			wrong = (text->allowed[at] & 0x1eu) == 0;
		if (wrong)
			show_tokens(text, span->first, span->last, "wrong", (double)span->chance);
	}
}

static gboolean show_files(const LwLexicon *lexicon, char **arguments, int count, GError **error)
{
	g_autoptr(LwTagger) tagger = lw_tagger_open(arguments[0], error);
	g_autoptr(GPtrArray) texts =
		tagger ? read_all(arguments + 1, count - 1, lexicon, error) : NULL;

	for (guint i = 0; texts && i < texts->len; i++)
		show_text(tagger, g_ptr_array_index(texts, i));
	return texts != NULL;
}

int main(int argc, char **argv)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(LwLexicon) lexicon = argc > 4 ? lw_lexicon_open(argv[2], &error) : NULL;
	gboolean done = FALSE;

	if (argc < 5) {
		g_printerr("usage: train-tagger train LEXICON MODEL TRUTH TEXT...\n"
			   "       train-tagger measure|show LEXICON MODEL TEXT...\n");
		return 2;
	}
	if (lexicon && strcmp(argv[1], "train") == 0 && argc > 5)
		done = train(lexicon, argv + 3, argc - 3, &error);
	else if (lexicon && strcmp(argv[1], "measure") == 0)
		done = measure_files(lexicon, argv + 3, argc - 3, &error);
	else if (lexicon && strcmp(argv[1], "show") == 0)
		done = show_files(lexicon, argv + 3, argc - 3, &error);
	if (!done)
		g_printerr("train-tagger: %s\n", error ? error->message : "unknown command");
	return done ? 0 : 1;
}
