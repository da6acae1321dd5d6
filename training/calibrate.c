/* calibrate.c - the program train-calibration: learns from labelled documents which finds had to
 * go.
 *
 *     train-calibration OUT [LEXICON FOLDER]...
 *
 * Without documents it writes one without trees, for a LEXICON that has none beside it yet: only to
 * learn with.
 * The model beside a LEXICON must not have been trained on the documents (brat) of the FOLDER
 * behind it: its chances would be too good. Gradient boosting of regression trees on the logistic
 * loss; the same documents give the same file. Prints what held on documents that a run left out.
 */
#include "engine/detect/calibration-file.h"
#include "engine/detect/calibration.h"
#include "engine/gold.h"
#include "engine/model/document.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define FOLDS	 5
#define TREES	 320
#define RATE	 0.07
#define LEAVES	 (1u << LW_CALIBRATION_DEPTH)
#define RIDGE	 5.0  /* of a leaf */
#define WORD_MIN 12   /* finds from which a word is known */
#define PRIOR	 12.0 /* finds that a word is thought to have had before */
#define BINS	 256

/* What the rules make of a find. */
enum { PROPOSED, REMOVED, KEPT, TIERS };

/* A find, and whether it had to go. */
typedef struct {
	LwEvidence evidence;
	guint8 values[LW_EVIDENCE_COUNT];
	guint8 fold, goes, tier;
	float chance;
} Sample;

typedef struct {
	const LwGoldDocument *document;
	guint8 *letters; /* by byte: a LwGoldDemand, or NOTHING */
	GArray *samples; /* Sample */
	guint fold;
} Reading;

enum { NOTHING = 255 };

/* ---- the samples ---- */

/* It has to go when a letter of it has to; mostly optional ones teach nothing. */
static void take_find(gpointer data, LwEntity *entity, const LwEvidence *evidence)
{
	const Reading *self = data;
	const char *text = self->document->text;
	Sample sample = {.evidence = *evidence, .fold = (guint8)self->fold};
	guint must = 0, optional = 0, all = 0;

	for (gsize i = entity->span.start; i < (gsize)entity->span.start + entity->span.length;
	     i++) {
		if (!g_ascii_isalnum(text[i]) && (guint8)text[i] < 0x80)
			continue;
		all++;
		must += self->letters[i] == LW_GOLD_MUST;
		optional += self->letters[i] == LW_GOLD_OPTIONAL;
	}
	if (!all || optional * 2 > all)
		return;
	sample.goes = must > 0; /* a letter of it that is left readable is a miss */
	sample.tier = lw_role_default_action(entity->role) == LW_ACTION_KEEP ? KEPT
		      : entity->score >= 0.5f				     ? REMOVED
									     : PROPOSED;
	g_array_append_val(self->samples, sample);
}

static void read_document(const LwGoldDocument *gold, const LwLexicon *lexicon, guint fold,
			  GArray *samples)
{
	g_autoptr(LwDocument) document = lw_document_new("plain");
	g_autofree guint8 *letters = g_malloc(gold->length + 1);
	Reading reading = {gold, letters, samples, fold};
	LwEvidenceWatch watch = {take_find, &reading};

	memset(letters, NOTHING, gold->length + 1);
	for (int demand = LW_GOLD_OPTIONAL; demand >= LW_GOLD_MUST; demand--)
		for (guint i = 0; i < gold->spans->len; i++) {
			const LwGoldSpan *span = &g_array_index(gold->spans, LwGoldSpan, i);

			for (guint j = 0; (int)span->demand == demand && j < span->parts->len;
			     j++) {
				LwSpan part = g_array_index(span->parts, LwSpan, j);

				memset(letters + part.start, demand, part.length);
			}
		}
	document->text = lw_arena_strndup(document->arena, gold->text, gold->length);
	document->length = gold->length;
	lw_detect_watched(document, lexicon, &watch);
}

static gboolean read_folder(const char *lexicon_path, const char *folder, GArray *samples,
			    GError **error)
{
	g_autoptr(LwLexicon) lexicon = lw_lexicon_open(lexicon_path, error);
	g_autoptr(LwGold) gold =
		lexicon ? lw_gold_open((const char *const[]){folder, NULL}, error) : NULL;

	for (guint i = 0; gold && i < gold->documents->len; i++)
		read_document(g_ptr_array_index(gold->documents, i), lexicon, i % FOLDS, samples);
	return gold != NULL;
}

/* ---- words: how often such finds had to go ---- */

typedef struct {
	guint count[FOLDS], goes[FOLDS];
} Tally;

static guint64 key_of(guint id, guint32 hash)
{
	return (guint64)(id + 1) << 32 | hash;
}

static GHashTable *count_words(const GArray *samples)
{
	GHashTable *words = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free);

	for (guint i = 0; i < samples->len; i++) {
		const Sample *sample = &g_array_index(samples, Sample, i);

		for (guint id = 0; id < LW_EVIDENCE_COUNT; id++) {
			guint64 key = key_of(id, sample->evidence.values[id]);
			Tally *tally;

			if (!lw_evidence_is_word(id))
				continue;
			tally = g_hash_table_lookup(words, &key);
			if (!tally) {
				tally = g_new0(Tally, 1);
				g_hash_table_insert(words, g_memdup2(&key, sizeof(key)), tally);
			}
			tally->count[sample->fold]++;
			tally->goes[sample->fold] += sample->goes;
		}
	}
	return words;
}

/* Without one fold, FOLDS: with all; -1: too rare. */
static int rate_of(const Tally *tally, guint without, double mean)
{
	guint count = 0, goes = 0;

	for (guint fold = 0; tally && fold < FOLDS; fold++) {
		if (fold == without)
			continue;
		count += tally->count[fold];
		goes += tally->goes[fold];
	}
	return count < WORD_MIN ? -1 : (int)lround((goes + mean * PRIOR) / (count + PRIOR) * 255);
}

static double chance_of(int steps)
{
	return 1 / (1 + exp(-(double)steps / LW_CALIBRATION_SCALE));
}

static double mean_of(const GArray *samples)
{
	guint goes = 0;

	for (guint i = 0; i < samples->len; i++)
		goes += g_array_index(samples, Sample, i).goes;
	return samples->len ? (double)goes / samples->len : 0;
}

/* A document's own finds say nothing about its words: it would learn them by heart. */
static void set_values(GArray *samples, GHashTable *words)
{
	double mean = mean_of(samples);

	for (guint i = 0; i < samples->len; i++) {
		Sample *sample = &g_array_index(samples, Sample, i);

		for (guint id = 0; id < LW_EVIDENCE_COUNT; id++) {
			guint32 value = sample->evidence.values[id];

			if (lw_evidence_is_word(id)) {
				guint64 key = key_of(id, value);
				int rate = rate_of(g_hash_table_lookup(words, &key), sample->fold,
						   mean);

				value = rate < 0 ? (guint32)lround(mean * 255) : (guint32)rate;
			}
			sample->values[id] = (guint8)MIN(value, 255);
		}
	}
}

/* ---- trees: one question for all leaves of a level ---- */

typedef struct {
	double gradient, hessian;
} Sum;

typedef struct {
	const guint8 (*values)[LW_EVIDENCE_COUNT]; /* of each sample that is learnt from */
	guint count;
	double *gradients, *hessians;
	guint8 *leaves; /* of each, in the tree that grows */
} Boosting;

static double gain_of(Sum sum)
{
	return sum.gradient * sum.gradient / (sum.hessian + RIDGE);
}

/* How much it helps to ask each leaf whether this is above a bound; the best bound. */
static double best_bound(const Boosting *self, guint id, guint leaves, guint8 *bound)
{
	Sum bins[LEAVES / 2][BINS] = {{{0}}}, all[LEAVES / 2] = {{0}}, below[LEAVES / 2] = {{0}};
	double best = 0, before = 0;

	for (guint i = 0; i < self->count; i++) {
		Sum *bin = &bins[self->leaves[i]][self->values[i][id]];

		bin->gradient += self->gradients[i];
		bin->hessian += self->hessians[i];
	}
	for (guint leaf = 0; leaf < leaves; leaf++) {
		for (guint bin = 0; bin < BINS; bin++) {
			all[leaf].gradient += bins[leaf][bin].gradient;
			all[leaf].hessian += bins[leaf][bin].hessian;
		}
		before += gain_of(all[leaf]);
	}
	for (guint bin = 0; bin < BINS - 1; bin++) {
		double gain = -before;

		for (guint leaf = 0; leaf < leaves; leaf++) {
			below[leaf].gradient += bins[leaf][bin].gradient;
			below[leaf].hessian += bins[leaf][bin].hessian;
			gain += gain_of(below[leaf]) +
				gain_of((Sum){all[leaf].gradient - below[leaf].gradient,
					      all[leaf].hessian - below[leaf].hessian});
		}
		if (gain > best + 1e-9) {
			best = gain;
			*bound = (guint8)bin;
		}
	}
	return best;
}

static LwCalibrationTree grow(const Boosting *self)
{
	LwCalibrationTree tree = {0};
	Sum sums[LEAVES] = {{0}};

	memset(self->leaves, 0, self->count);
	for (guint level = 0; level < LW_CALIBRATION_DEPTH; level++) {
		double best = -1;

		for (guint id = 0; id < LW_EVIDENCE_COUNT; id++) {
			guint8 bound = 0;
			double gain = best_bound(self, id, 1u << level, &bound);

			if (gain > best) {
				best = gain;
				tree.ids[level] = (guint8)id;
				tree.bounds[level] = bound;
			}
		}
		for (guint i = 0; i < self->count; i++)
			self->leaves[i] |=
				(guint8)((self->values[i][tree.ids[level]] > tree.bounds[level])
					 << level);
	}
	for (guint i = 0; i < self->count; i++) {
		sums[self->leaves[i]].gradient += self->gradients[i];
		sums[self->leaves[i]].hessian += self->hessians[i];
	}
	for (guint leaf = 0; leaf < LEAVES; leaf++)
		tree.steps[leaf] =
			(gint16)lround(-sums[leaf].gradient / (sums[leaf].hessian + RIDGE) * RATE *
				       LW_CALIBRATION_SCALE);
	return tree;
}

/* Boosts on all but one fold (FOLDS: on all), sets the chances of those that are left out. */
static int boost(GArray *samples, guint without, GArray *trees)
{
	g_autofree double *gradients = g_new0(double, samples->len + 1),
			  *hessians = g_new0(double, samples->len + 1);
	g_autofree int *steps = g_new0(int, samples->len + 1);
	g_autofree guint8 *leaves = g_new0(guint8, samples->len + 1);
	g_autofree guint8(*values)[LW_EVIDENCE_COUNT] =
		g_malloc(samples->len * sizeof(*values) + 1);
	Boosting self = {values, 0, gradients, hessians, leaves};
	double mean = mean_of(samples);
	int base = mean > 0 && mean < 1 ? (int)lround(log(mean / (1 - mean)) * LW_CALIBRATION_SCALE)
					: 0;

	for (guint i = 0; i < samples->len; i++)
		steps[i] = base;
	for (guint number = 0; number < TREES && samples->len; number++) {
		LwCalibrationTree tree;

		self.count = 0;
		for (guint i = 0; i < samples->len; i++) {
			const Sample *sample = &g_array_index(samples, Sample, i);
			double chance = chance_of(steps[i]);

			if (sample->fold == without)
				continue;
			memcpy(values[self.count], sample->values, sizeof(*values));
			gradients[self.count] = chance - sample->goes;
			hessians[self.count++] = chance * (1 - chance);
		}
		tree = grow(&self);
		for (guint i = 0; i < samples->len; i++)
			steps[i] += lw_calibration_steps(&tree,
							 g_array_index(samples, Sample, i).values);
		g_array_append_val(trees, tree);
	}
	for (guint i = 0; i < samples->len; i++) {
		Sample *sample = &g_array_index(samples, Sample, i);

		if (sample->fold == without)
			sample->chance = (float)chance_of(steps[i]);
	}
	return base;
}

/* ---- the file ---- */

static int compare_words(const void *a, const void *b)
{
	const LwCalibrationWord *left = a, *right = b;

	if (left->key == right->key)
		return left->value < right->value ? -1 : left->value > right->value;
	return left->key < right->key ? -1 : 1;
}

static GArray *words_of(GHashTable *words, double mean)
{
	GArray *out = g_array_new(FALSE, FALSE, sizeof(LwCalibrationWord));
	GHashTableIter iter;
	gpointer key, tally;

	g_hash_table_iter_init(&iter, words);
	while (g_hash_table_iter_next(&iter, &key, &tally)) {
		guint64 both = *(guint64 *)key;
		int rate = rate_of(tally, FOLDS, mean);
		LwCalibrationWord word = {
			LW_CALIBRATION_KEY((guint32)(both >> 32) - 1, (guint32)both),
			(guint32)rate};

		if (rate >= 0)
			g_array_append_val(out, word);
	}
	g_array_sort(out, compare_words);
	return out;
}

static void set_usual(const GArray *samples, const GArray *trees, LwCalibrationHeader *header)
{
	double sums[LW_EVIDENCE_COUNT] = {0};

	for (guint i = 0; i < samples->len; i++)
		for (guint j = 0; j < trees->len; j++) {
			const LwCalibrationTree *tree = &g_array_index(trees, LwCalibrationTree, j);

			for (guint k = 0; k < LW_CALIBRATION_DEPTH; k++)
				sums[tree->ids[k]] += lw_calibration_worth(
					tree, g_array_index(samples, Sample, i).values, k);
		}
	for (guint id = 0; id < LW_EVIDENCE_COUNT; id++)
		header->usual[id] = GINT32_TO_LE((gint32)lround(sums[id] / MAX(1, samples->len)));
}

static gboolean write_file(const char *path, GArray *samples, GHashTable *words, GError **error)
{
	g_autoptr(GArray) trees = g_array_new(FALSE, FALSE, sizeof(LwCalibrationTree)),
			  known = words_of(words, mean_of(samples));
	g_autoptr(GByteArray) file = g_byte_array_new();
	LwCalibrationHeader header = {.version = GUINT32_TO_LE(LW_EVIDENCE_VERSION)};

	memcpy(header.magic, LW_CALIBRATION_MAGIC, sizeof(header.magic));
	header.base = GINT32_TO_LE(boost(samples, FOLDS, trees));
	header.words = GUINT32_TO_LE(known->len);
	header.trees = GUINT32_TO_LE(trees->len);
	header.unknown = GUINT32_TO_LE((guint32)lround(mean_of(samples) * 255));
	for (guint i = 0; i < known->len; i++) {
		LwCalibrationWord *word = &g_array_index(known, LwCalibrationWord, i);

		word->key = GUINT32_TO_LE(word->key);
		word->value = GUINT32_TO_LE(word->value);
	}
	set_usual(samples, trees, &header);
	for (guint i = 0; i < trees->len; i++)
		for (guint leaf = 0; leaf < LEAVES; leaf++) {
			gint16 *steps = &g_array_index(trees, LwCalibrationTree, i).steps[leaf];

			*steps = GINT16_TO_LE(*steps);
		}
	g_byte_array_append(file, (const guint8 *)&header, sizeof(header));
	g_byte_array_append(file, (const guint8 *)known->data,
			    known->len * (guint)sizeof(LwCalibrationWord));
	g_byte_array_append(file, (const guint8 *)trees->data,
			    trees->len * (guint)sizeof(LwCalibrationTree));
	return g_file_set_contents(path, (const char *)file->data, (gssize)file->len, error);
}

/* ---- what held on documents that were left out ---- */

static void tell(const GArray *samples)
{
	static const char *const names[TIERS] = {"proposed or less", "removed", "kept by a role"};
	static const float lines[] = {0.02f, 0.05f, 0.1f, 0.15f, 0.2f, 0.25f, 0.3f, 0.35f,
				      0.4f,  0.5f,  0.6f, 0.7f,	 0.8f, 0.9f,  1.1f};
	guint cells[G_N_ELEMENTS(lines)][TIERS][2] = {{{0}}};
	double loss = 0;

	for (guint i = 0; i < samples->len; i++) {
		const Sample *sample = &g_array_index(samples, Sample, i);
		guint line = 0;

		loss -= log((double)CLAMP(sample->goes ? sample->chance : 1 - sample->chance, 1e-6f,
					  1.0f));
		while (sample->chance >= lines[line])
			line++;
		cells[line][sample->tier][sample->goes]++;
	}
	printf("%u finds; by what the rules make of them: all, had to go\n%-12s", samples->len,
	       "chance below");
	for (guint tier = 0; tier < TIERS; tier++)
		printf(" %24s", names[tier]);
	for (guint line = 0; line < G_N_ELEMENTS(lines); line++) {
		printf("\n%12.2f", MIN((double)lines[line], 1.0));
		for (guint tier = 0; tier < TIERS; tier++) {
			const guint *cell = cells[line][tier];

			printf("    %8u %6u %5.2f", cell[0] + cell[1], cell[1],
			       (double)cell[1] / MAX(1, cell[0] + cell[1]));
		}
	}
	printf("\nmean loss %.5f\n", loss / MAX(1, samples->len));
}

int main(int argc, char **argv)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GArray) samples = g_array_new(FALSE, FALSE, sizeof(Sample));
	g_autoptr(GHashTable) words = NULL;

	if (argc < 2 || argc % 2) {
		fprintf(stderr, "usage: train-calibration OUT [LEXICON FOLDER]...\n");
		return 2;
	}
	for (int i = 2; i < argc; i += 2)
		if (!read_folder(argv[i], argv[i + 1], samples, &error)) {
			fprintf(stderr, "train-calibration: %s\n", error->message);
			return (int)error->code;
		}
	words = count_words(samples);
	set_values(samples, words);
	for (guint fold = 0; fold < FOLDS; fold++) {
		g_autoptr(GArray) trees = g_array_new(FALSE, FALSE, sizeof(LwCalibrationTree));

		boost(samples, fold, trees);
	}
	if (samples->len)
		tell(samples);
	if (!write_file(argv[1], samples, words, &error)) {
		fprintf(stderr, "train-calibration: %s\n", error->message);
		return 1;
	}
	return 0;
}
