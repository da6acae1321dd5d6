/* crf.c - forward and backward sums over chains in floating point, AdaGrad steps, weights rounded
 * to bytes at the end.
 *
 * A chain has several right labellings when labels are unknown: the gradient is what they have in
 * common with what the model thinks. */
#include "training/crf.h"

#include <math.h>
#include <string.h>

#define LABELS	   LW_TAGGER_LABELS
#define LANES	   LW_TAGGER_LANES
#define CHAIN_MAX  512
#define DISTANCES  (2 * LW_FEATURE_REACH + 1)
#define WEIGHT_MAX (127.0f / LW_TAGGER_SCALE)
#define SPECIAL	   (1u << 31) /* beside a row: of the table of special categories */

typedef struct {
	guint32 start, count; /* in `rows` of the learner */
} Rows;

typedef struct {
	const Text *text;
	guint from, to;	    /* tokens */
	const Rows *places; /* by token of the text */
	const Rows *words;  /* by word and distance */
	const Rows *scenes; /* by token of the text: what its sentence says */
	LwFeatureText *features;
} Chain;

typedef float Lanes[LANES];

typedef struct {
	const CrfOptions *options;
	GArray *rows;			 /* guint32 */
	GArray *chains;			 /* Chain */
	Lanes *weights, *squares, *sums; /* sums: of the weights after each late epoch */
	float *special, *special_squares, *special_sums; /* the table of LW_TAGGER_SPECIAL_ROWS */
	guint summed;
	float transitions[LABELS][LABELS], transition_squares[LABELS][LABELS];
	float transition_sums[LABELS][LABELS];
	guint64 random;
	float rate;
} Learner;

static guint64 draw(Learner *learner)
{
	guint64 x = learner->random += 0x9e3779b97f4a7c15u;

	x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
	x = (x ^ x >> 27) * 0x94d049bb133111ebu;
	return x ^ x >> 31;
}

static gboolean may_follow(guint from, guint to)
{
	gboolean opens = !to || (to - 1) % 4 == 0 || (to - 1) % 4 == 3;
	gboolean closed = !from || (from - 1) % 4 >= 2;

	return opens ? closed : !closed && (from - 1) / 4 == (to - 1) / 4;
}

/* ---- texts to rows ---- */

static Rows keep_rows(Learner *learner, const LwFeature *features, guint count)
{
	Rows rows = {learner->rows->len, count};

	for (guint i = 0; i < count; i++) {
		guint32 row = features[i].special
				      ? SPECIAL | features[i].number % LW_TAGGER_SPECIAL_ROWS
				      : features[i].number & (learner->options->rows - 1);

		g_array_append_val(learner->rows, row);
	}
	return rows;
}

static void add_chains(Learner *learner, const Text *text)
{
	LwFeatureText *features = lw_feature_text_new(text->tokens, learner->options->classes);
	guint count = text->tokens->count, words = lw_feature_words(features);
	Rows *places = g_new(Rows, count + 1), *seen = g_new(Rows, (gsize)words * DISTANCES);
	Rows *scenes = g_new(Rows, count + 1);
	LwFeature list[LW_FEATURE_MAX];

	for (guint i = 0; i < count; i++)
		places[i] = keep_rows(learner, list, lw_feature_of_place(features, i, list));
	for (guint i = 0; i < count; i++) {
		guint scene = lw_feature_scene(features, i);

		scenes[i] = scene < i ? scenes[scene]
				      : keep_rows(learner, list,
						  lw_feature_of_scene(features, i, list));
	}
	for (guint word = 0; word < words; word++)
		for (int at = 0; at < DISTANCES; at++)
			seen[word * DISTANCES + at] = keep_rows(
				learner, list,
				lw_feature_of_word(features, word, at - LW_FEATURE_REACH, list));
	for (guint from = 0, to; from < count; from = to) {
		Chain chain;

		for (to = from + 1; to < count && to - from < CHAIN_MAX &&
				    text->tokens->items[to].gap < LW_GAP_BLANK;)
			to++;
		chain = (Chain){text, from, to, places, seen, scenes, features};
		g_array_append_val(learner->chains, chain);
	}
}

/* ---- one chain ---- */

typedef struct {
	float scores[CHAIN_MAX][LABELS]; /* exp, below the greatest */
	float odds[CHAIN_MAX][HEADS];	 /* log-odds of what is judged apart */
	float forward[CHAIN_MAX][LABELS], backward[CHAIN_MAX][LABELS];
	float chances[2][CHAIN_MAX][LABELS]; /* free, and within what is right */
	float pairs[2][LABELS][LABELS];
	guint8 skips[CHAIN_MAX];
} Work;

static const Rows *rows_at(const Chain *chain, guint token, int part)
{
	guint word;

	if (part == DISTANCES)
		return &chain->places[token];
	if (part > DISTANCES)
		return &chain->scenes[token];
	word = lw_feature_word(chain->features, token, part - LW_FEATURE_REACH);
	return &chain->words[word * DISTANCES + (guint)part];
}

static void score(Learner *learner, const Chain *chain, guint at, Work *work)
{
	Lanes sum = {0};
	float greatest;

	for (int part = 0; part < LW_FEATURE_PARTS; part++) {
		const Rows *rows = rows_at(chain, chain->from + at, part);
		guint skip = part == LW_FEATURE_REACH && work->skips[at];

		for (guint i = skip; i < rows->count; i++) {
			guint32 index = g_array_index(learner->rows, guint32, rows->start + i);
			const float *row = learner->weights[index & ~SPECIAL];

			if (index & SPECIAL) {
				sum[LW_TAGGER_SPECIAL] += learner->special[index & ~SPECIAL];
				continue;
			}
			for (guint lane = 0; lane < LANES; lane++)
				sum[lane] += row[lane];
		}
	}
	greatest = sum[0];
	for (guint i = 1; i < LABELS; i++)
		greatest = MAX(greatest, sum[i]);
	for (guint i = 0; i < LABELS; i++)
		work->scores[at][i] = expf(sum[i] - greatest);
	memcpy(work->odds[at], sum + LW_TAGGER_SPECIAL, sizeof(work->odds[at]));
}

static void level(float values[LABELS])
{
	float sum = 1e-30f;

	for (guint i = 0; i < LABELS; i++)
		sum += values[i];
	for (guint i = 0; i < LABELS; i++)
		values[i] /= sum;
}

/* Chances of labels and of pairs; with `allowed` only over the labellings that are right. */
static void sum_chain(const float steps[LABELS][LABELS], const Chain *chain, Work *work,
		      guint which)
{
	guint length = chain->to - chain->from;
	const guint16 *allowed = chain->text->allowed + chain->from;

#define OPEN(at, label) (!which || (allowed[at] >> (label)&1))
	for (guint i = 0; i < LABELS; i++) {
		work->forward[0][i] = OPEN(0, i) && may_follow(0, i) ? work->scores[0][i] : 0;
		work->backward[length - 1][i] = may_follow(i, 0) ? 1 : 0;
	}
	level(work->forward[0]);
	for (guint at = 1; at < length; at++) {
		for (guint to = 0; to < LABELS; to++) {
			float sum = 0;

			for (guint from = 0; from < LABELS; from++)
				sum += work->forward[at - 1][from] * steps[from][to];
			work->forward[at][to] = OPEN(at, to) ? sum * work->scores[at][to] : 0;
		}
		level(work->forward[at]);
	}
	for (guint at = length - 1; at-- > 0;) {
		float ahead[LABELS];

		for (guint to = 0; to < LABELS; to++)
			ahead[to] = OPEN(at + 1, to)
					    ? work->backward[at + 1][to] * work->scores[at + 1][to]
					    : 0;
		for (guint from = 0; from < LABELS; from++) {
			work->backward[at][from] = 0;
			for (guint to = 0; to < LABELS; to++)
				work->backward[at][from] += steps[from][to] * ahead[to];
		}
		level(work->backward[at]);
	}
	for (guint at = 0; at < length; at++) {
		for (guint i = 0; i < LABELS; i++)
			work->chances[which][at][i] = work->forward[at][i] * work->backward[at][i];
		level(work->chances[which][at]);
	}
	for (guint at = 1; at < length; at++) {
		float pair[LABELS][LABELS], total = 1e-30f;

		for (guint from = 0; from < LABELS; from++)
			for (guint to = 0; to < LABELS; to++) {
				pair[from][to] = OPEN(at, to) ? work->forward[at - 1][from] *
									steps[from][to] *
									work->scores[at][to] *
									work->backward[at][to]
							      : 0;
				total += pair[from][to];
			}
		for (guint from = 0; from < LABELS; from++)
			for (guint to = 0; to < LABELS; to++)
				work->pairs[which][from][to] += pair[from][to] / total;
	}
#undef OPEN
}

static void move(const Learner *learner, float *weight, float *square, float gradient)
{
	gradient -= (float)learner->options->decay * *weight;
	*square += gradient * gradient;
	*weight += learner->rate * gradient / (sqrtf(*square) + 1e-4f);
	*weight = CLAMP(*weight, -WEIGHT_MAX, WEIGHT_MAX);
}

static float head_gradient(const Chain *chain, guint at, guint head, const Work *work)
{
	guint8 right = chain->text->heads[head][chain->from + at];

	return right == HEAD_UNKNOWN ? 0
				     : (right == HEAD_IS) - 1 / (1 + expf(-work->odds[at][head]));
}

static void learn_token(Learner *learner, const Chain *chain, guint at, const Work *work)
{
	float gradient[LANES], names = 0, heads = 0;
	guint from, to = LANES;

	for (guint i = 0; i < LABELS; i++) {
		gradient[i] = work->chances[1][at][i] - work->chances[0][at][i];
		names += fabsf(gradient[i]);
	}
	for (guint i = 0; i < HEADS; i++) {
		gradient[LABELS + i] = head_gradient(chain, at, i, work);
		heads += fabsf(gradient[LABELS + i]);
	}
	if (names + heads < 1e-3f)
		return;
	from = names < 1e-3f ? LABELS : 0;
	if (heads == 0)
		to = LABELS;
	for (int part = 0; part < LW_FEATURE_PARTS; part++) {
		const Rows *rows = rows_at(chain, chain->from + at, part);
		guint skip = part == LW_FEATURE_REACH && work->skips[at];

		for (guint i = skip; i < rows->count; i++) {
			guint32 row = g_array_index(learner->rows, guint32, rows->start + i);

			if (row & SPECIAL) {
				if (gradient[LW_TAGGER_SPECIAL] != 0)
					move(learner, &learner->special[row & ~SPECIAL],
					     &learner->special_squares[row & ~SPECIAL],
					     gradient[LW_TAGGER_SPECIAL]);
				continue;
			}
			for (guint lane = from; lane < to; lane++)
				if (lane < LABELS || gradient[lane] != 0)
					move(learner, &learner->weights[row][lane],
					     &learner->squares[row][lane], gradient[lane]);
		}
	}
}

static void learn_chain(Learner *learner, const Chain *chain, Work *work)
{
	float steps[LABELS][LABELS];
	guint length = chain->to - chain->from;

	for (guint from = 0; from < LABELS; from++)
		for (guint to = 0; to < LABELS; to++)
			steps[from][to] =
				may_follow(from, to) ? expf(learner->transitions[from][to]) : 0;
	for (guint at = 0; at < length; at++) {
		work->skips[at] =
			(double)(draw(learner) >> 11) * 0x1p-53 < learner->options->dropout;
		score(learner, chain, at, work);
	}
	memset(work->pairs, 0, sizeof(work->pairs));
	sum_chain(steps, chain, work, 0);
	sum_chain(steps, chain, work, 1);
	for (guint at = 0; at < length; at++)
		learn_token(learner, chain, at, work);
	for (guint from = 0; from < LABELS; from++)
		for (guint to = 0; to < LABELS; to++)
			if (may_follow(from, to))
				move(learner, &learner->transitions[from][to],
				     &learner->transition_squares[from][to],
				     work->pairs[1][from][to] - work->pairs[0][from][to]);
}

/* ---- all of it ---- */

static void shuffle(Learner *learner)
{
	Chain *chains = (Chain *)(void *)learner->chains->data;

	for (guint i = learner->chains->len; i > 1; i--) {
		guint other = (guint)(draw(learner) % i);
		Chain chain = chains[i - 1];

		chains[i - 1] = chains[other];
		chains[other] = chain;
	}
}

/* The mean of the late epochs, and of several runs, is steadier than where the last steps ended. */
static void sum_weights(Learner *learner)
{
	for (guint from = 0; from < LABELS; from++)
		for (guint to = 0; to < LABELS; to++)
			learner->transition_sums[from][to] += learner->transitions[from][to];
	for (guint row = 0; row < learner->options->rows; row++)
		for (guint i = 0; i < LANES; i++)
			learner->sums[row][i] += learner->weights[row][i];
	for (guint row = 0; row < LW_TAGGER_SPECIAL_ROWS; row++)
		learner->special_sums[row] += learner->special[row];
	learner->summed++;
}

static GByteArray *round_model(const Learner *learner)
{
	GByteArray *model = g_byte_array_new();
	LwTaggerHeader header = {.magic = LW_TAGGER_MAGIC};

	header.features = GUINT32_TO_LE(LW_FEATURE_VERSION);
	header.rows = GUINT32_TO_LE(learner->options->rows);
	header.classes = GUINT32_TO_LE(learner->options->classes->mask + 1);
	for (guint from = 0; from < LABELS; from++)
		for (guint to = 0; to < LABELS; to++) {
			float score = learner->transition_sums[from][to] * LW_TAGGER_SCALE /
				      (float)learner->summed;

			header.transitions[from][to] = GINT16_TO_LE((gint16)lrintf(score));
		}
	for (guint i = 0; i <= LW_TAGGER_STEPS; i++)
		header.truth[i] = GUINT16_TO_LE((guint16)(i * 65535 / LW_TAGGER_STEPS));
	g_byte_array_append(model, (const guint8 *)&header, sizeof(header));
	for (guint row = 0; row < learner->options->rows; row++) {
		gint8 lanes[LANES] = {0};

		for (guint i = 0; i < LANES; i++)
			lanes[i] = (gint8)lrintf(learner->sums[row][i] * LW_TAGGER_SCALE /
						 (float)learner->summed);
		g_byte_array_append(model, (const guint8 *)lanes, sizeof(lanes));
	}
	for (guint row = 0; row < LW_TAGGER_SPECIAL_ROWS; row++) {
		gint8 weight = (gint8)lrintf(learner->special_sums[row] * LW_TAGGER_SCALE /
					     (float)learner->summed);

		g_byte_array_append(model, (const guint8 *)&weight, 1);
	}
	g_byte_array_append(model, (const guint8 *)learner->options->classes->slots,
			    (learner->options->classes->mask + 1) * sizeof(guint32));
	return model;
}

/* From nothing to the last epoch, in another order each time. */
static void learn(Learner *learner, Work *work)
{
	const CrfOptions *options = learner->options;

	memset(learner->weights, 0, options->rows * sizeof(Lanes));
	memset(learner->squares, 0, options->rows * sizeof(Lanes));
	memset(learner->special, 0, LW_TAGGER_SPECIAL_ROWS * sizeof(float));
	memset(learner->special_squares, 0, LW_TAGGER_SPECIAL_ROWS * sizeof(float));
	memset(learner->transitions, 0, sizeof(learner->transitions));
	memset(learner->transition_squares, 0, sizeof(learner->transition_squares));
	for (guint epoch = 0; epoch < options->epochs; epoch++) {
		learner->rate = (float)(options->rate * (1.0 - (double)epoch / options->epochs));
		shuffle(learner);
		for (guint i = 0; i < learner->chains->len; i++)
			learn_chain(learner, &g_array_index(learner->chains, Chain, i), work);
		if (epoch >= options->epochs / 2)
			sum_weights(learner);
		g_printerr("epoch %u of %u\n", epoch + 1, options->epochs);
	}
}

GByteArray *crf_train(const GPtrArray *texts, const CrfOptions *options)
{
	Learner learner = {.options = options, .random = options->seed};
	Work *work = g_new0(Work, 1);

	learner.rows = g_array_new(FALSE, FALSE, sizeof(guint32));
	learner.chains = g_array_new(FALSE, FALSE, sizeof(Chain));
	learner.weights = g_malloc0_n(options->rows, sizeof(Lanes));
	learner.squares = g_malloc0_n(options->rows, sizeof(Lanes));
	learner.sums = g_malloc0_n(options->rows, sizeof(Lanes));
	learner.special = g_new0(float, LW_TAGGER_SPECIAL_ROWS);
	learner.special_squares = g_new0(float, LW_TAGGER_SPECIAL_ROWS);
	learner.special_sums = g_new0(float, LW_TAGGER_SPECIAL_ROWS);
	for (guint i = 0; i < texts->len; i++)
		add_chains(&learner, g_ptr_array_index(texts, i));
	for (guint run = 0; run < options->runs; run++)
		learn(&learner, work);
	g_free(work);
	return round_model(&learner); /* the rest goes with the process */
}
