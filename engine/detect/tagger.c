/* tagger.c - decodes the model: the best labels (Viterbi) and the chance of each (forward and
 * backward sums).
 *
 * Scores are integers of 1/LW_TAGGER_SCALE nat, sums of chances fixed-point numbers; no floating
 * point takes part before the result. A chain is a stretch without an empty line, of CHAIN_MAX
 * tokens at most. */
#include "engine/detect/tagger.h"

#include <string.h>

#include "engine/base/error.h"
#include "engine/detect/tagger-feature.h"
#include "engine/detect/tagger-file.h"

#define LABELS	  LW_TAGGER_LABELS
#define LANES	  LW_TAGGER_LANES
#define CHAIN_MAX 512
#define EXP_STEPS (20 * LW_TAGGER_SCALE)
#define EXP_BITS  28		      /* fixed point of chances */
#define EXP_STEP  4469799356029710114 /* exp(-1/32) * 2^62 */
#define DISTANCES (2 * LW_FEATURE_REACH + 1)
#define MAX_ROWS  (1u << 22) /* of the table, and slots of classes */
#define CLUES	  3	     /* named at most */
#define FAINT                                                                                      \
	(65535 / 10) /* chance from which a word may be a person's that the best labels            \
			do not have */

struct LwTagger {
	GBytes *model;
	const LwTaggerHeader *header;
	const gint8 *weights, *special;
	guint32 mask;
	LwWordClasses classes;
	gint16 transitions[LABELS][LABELS];
	guint32 steps[LABELS][LABELS]; /* exp of the transitions, below their greatest */
};

struct LwTags {
	const LwTagger *tagger;
	const LwTokens *tokens;
	LwFeatureText *text;
	GArray *spans;
	guint8 *labels;			  /* by token */
	guint16 (*chances)[LW_TAG_COUNT]; /* by token, of 65535 */
};

/* Labels behind which a name may begin, and labels that may stand there; label 0 is both. */
static const guint8 closing[] = {0, 3, 4, 7, 8, 11, 12};
static const guint8 opening[] = {0, 1, 4, 5, 8, 9, 12};

static LwTag tag_of(guint label)
{
	return label ? (LwTag)((label - 1) / 4 + 1) : LW_TAG_NONE;
}

static gboolean begins(guint label)
{
	return label && ((label - 1) % 4 == 0 || (label - 1) % 4 == 3);
}

static gboolean ends(guint label)
{
	return label && (label - 1) % 4 >= 2;
}

/* exp(-steps / LW_TAGGER_SCALE), by multiplication of integers alone. */
static guint32 exp_below(gint64 steps)
{
	static guint32 table[EXP_STEPS + 1];
	static gsize ready;

	if (g_once_init_enter(&ready)) {
		guint64 value = (guint64)1 << 62;

		for (guint i = 0; i <= EXP_STEPS; i++) {
			table[i] = (guint32)(value >> (62 - EXP_BITS));
			value = (guint64)((unsigned __int128)value * EXP_STEP >> 62);
		}
		g_once_init_leave(&ready, 1);
	}
	return steps <= EXP_STEPS ? table[steps] : 0;
}

/* ---- the model ---- */

static gboolean refuse(GError **error, const char *why)
{
	g_set_error(error, LW_ERROR, LW_ERROR_FATAL, "the trained model is damaged: %s", why);
	return FALSE;
}

static void read_transitions(LwTagger *tagger)
{
	int greatest = G_MININT16;

	for (guint from = 0; from < LABELS; from++)
		for (guint to = 0; to < LABELS; to++) {
			gint16 score =
				(gint16)GINT16_FROM_LE(tagger->header->transitions[from][to]);

			tagger->transitions[from][to] = score;
			greatest = MAX(greatest, score);
		}
	for (guint from = 0; from < LABELS; from++)
		for (guint to = 0; to < LABELS; to++)
			tagger->steps[from][to] =
				exp_below(greatest - tagger->transitions[from][to]);
}

static gboolean is_count(guint32 count)
{
	return count && count <= MAX_ROWS && (count & (count - 1)) == 0;
}

static gboolean read_model(LwTagger *tagger, GError **error)
{
	gsize size = 0;
	const guint8 *bytes = g_bytes_get_data(tagger->model, &size);
	guint32 rows, classes;

	if (size < sizeof(LwTaggerHeader))
		return refuse(error, "too short");
	if ((guintptr)bytes % G_ALIGNOF(LwTaggerHeader) != 0)
		return refuse(error, "not aligned");
	tagger->header = (const LwTaggerHeader *)(const void *)bytes;
	if (memcmp(tagger->header->magic, LW_TAGGER_MAGIC, sizeof(tagger->header->magic)) != 0 ||
	    GUINT32_FROM_LE(tagger->header->features) != LW_FEATURE_VERSION)
		return refuse(error, "not of this version");
	rows = GUINT32_FROM_LE(tagger->header->rows);
	classes = GUINT32_FROM_LE(tagger->header->classes);
	if (!is_count(rows) || !is_count(classes))
		return refuse(error, "wrong header");
	if (size != sizeof(LwTaggerHeader) + (gsize)rows * LANES + LW_TAGGER_SPECIAL_ROWS +
			    classes * sizeof(guint32))
		return refuse(error, "wrong length");
	tagger->mask = rows - 1;
	tagger->weights = (const gint8 *)bytes + sizeof(LwTaggerHeader);
	tagger->special = tagger->weights + (gsize)rows * LANES;
	tagger->classes = (LwWordClasses){
		(const guint32 *)(const void *)(tagger->special + LW_TAGGER_SPECIAL_ROWS),
		classes - 1};
	read_transitions(tagger);
	return TRUE;
}

LwTagger *lw_tagger_new(GBytes *model, GError **error)
{
	g_autoptr(LwTagger) tagger = g_new0(LwTagger, 1);

	tagger->model = g_bytes_ref(model);
	return read_model(tagger, error) ? g_steal_pointer(&tagger) : NULL;
}

LwTagger *lw_tagger_open(const char *path, GError **error)
{
	g_autoptr(GMappedFile) file = g_mapped_file_new(path, FALSE, NULL);
	g_autoptr(GBytes) bytes = file ? g_mapped_file_get_bytes(file) : NULL;
	LwTagger *tagger;

	if (!bytes) {
		g_set_error(error, LW_ERROR, LW_ERROR_FATAL, "cannot open the trained model '%s'",
			    path);
		return NULL;
	}
	tagger = lw_tagger_new(bytes, error);
	if (!tagger)
		g_prefix_error(error, "'%s': ", path);
	return tagger;
}

void lw_tagger_free(LwTagger *tagger)
{
	if (!tagger)
		return;
	g_bytes_unref(tagger->model);
	g_free(tagger);
}

/* ---- scores of labels ---- */

typedef gint16 Scores[LANES];

/* The same, added all at once. */
typedef gint8 Row __attribute__((vector_size(LANES)));
typedef gint16 Sums __attribute__((vector_size(2 * LANES)));

typedef struct {
	const LwTagger *tagger;
	const LwFeatureText *text;
	Scores (*words)[DISTANCES]; /* by word: what it says from each distance */
	guint8 *known;		    /* by word: bit per distance */
	guint scene;		    /* whose score it is: */
	gint16 scene_score;
	/* of one chain: */
	Scores *scores;
	guint8 (*back)[LABELS];
	guint64 (*forward)[LABELS];
	guint64 (*backward)[LABELS];
} Decoder;

static const gint8 *row_of(const LwTagger *tagger, const LwFeature *feature)
{
	return tagger->weights + (gsize)(feature->number & tagger->mask) * LANES;
}

/* The lane of what is judged apart; 0 for the labels of the chain. */
static guint lane_of(LwTag tag)
{
	return tag >= LW_TAG_SPECIAL ? LW_TAGGER_SPECIAL + tag - LW_TAG_SPECIAL : 0;
}

static gint8 lane_weight(const LwTagger *tagger, const LwFeature *feature, guint lane)
{
	if (!feature->special)
		return row_of(tagger, feature)[lane];
	return lane == LW_TAGGER_SPECIAL ? tagger->special[feature->number % LW_TAGGER_SPECIAL_ROWS]
					 : 0;
}

static void add_scores(Scores scores, const Scores more)
{
	Sums sum, other;

	memcpy(&sum, scores, sizeof(sum));
	memcpy(&other, more, sizeof(other));
	sum += other;
	memcpy(scores, &sum, sizeof(sum));
}

static void add_rows(const LwTagger *tagger, const LwFeature *features, guint count, Scores scores)
{
	gint16 special = 0;
	Sums sum;
	Row row;

	memcpy(&sum, scores, sizeof(sum));
	for (guint i = 0; i < count; i++) {
		if (features[i].special) {
			special = (gint16)(special +
					   lane_weight(tagger, &features[i], LW_TAGGER_SPECIAL));
			continue;
		}
		memcpy(&row, row_of(tagger, &features[i]), sizeof(row));
		sum += __builtin_convertvector(row, Sums);
	}
	memcpy(scores, &sum, sizeof(sum));
	scores[LW_TAGGER_SPECIAL] = (gint16)(scores[LW_TAGGER_SPECIAL] + special);
}

static const gint16 *word_scores(Decoder *decoder, guint word, int distance)
{
	guint slot = (guint)(distance + LW_FEATURE_REACH);
	gint16 *scores = decoder->words[word][slot];
	LwFeature features[LW_FEATURE_MAX];

	if (!(decoder->known[word] >> slot & 1)) {
		guint count = lw_feature_of_word(decoder->text, word, distance, features);

		add_rows(decoder->tagger, features, count, scores);
		decoder->known[word] |= (guint8)(1u << slot);
	}
	return scores;
}

/* What the sentence says, once for all of its tokens. */
static gint16 scene_score(Decoder *decoder, guint token)
{
	guint scene = lw_feature_scene(decoder->text, token);
	LwFeature features[LW_FEATURE_MAX];
	Scores sum = {0};

	if (scene != decoder->scene) {
		add_rows(decoder->tagger, features,
			 lw_feature_of_scene(decoder->text, scene, features), sum);
		decoder->scene_score = sum[LW_TAGGER_SPECIAL];
		decoder->scene = scene;
	}
	return decoder->scene_score;
}

static void score_token(Decoder *decoder, guint token, Scores scores)
{
	LwFeature features[LW_FEATURE_MAX];
	guint count = lw_feature_of_place(decoder->text, token, features);

	memset(scores, 0, sizeof(Scores));
	for (int distance = -LW_FEATURE_REACH; distance <= LW_FEATURE_REACH; distance++) {
		guint word = lw_feature_word(decoder->text, token, distance);

		add_scores(scores, word_scores(decoder, word, distance));
	}
	add_rows(decoder->tagger, features, count, scores);
	scores[LW_TAGGER_SPECIAL] =
		(gint16)(scores[LW_TAGGER_SPECIAL] + scene_score(decoder, token));
}

/* ---- the best labels ---- */

/* The label before `to` on the best path, and its score. */
static guint best_before(const LwTagger *tagger, const gint32 last[LABELS], guint to, gint32 *score)
{
	gboolean open = to == 0 || begins(to);
	guint first = open ? 0 : (to - 1) / 4 * 4 + 1, best = first;
	guint count = open ? G_N_ELEMENTS(closing) : 2;

	*score = G_MININT32 / 2;
	for (guint i = 0; i < count; i++) {
		guint from = open ? closing[i] : first + i;
		gint32 sum = last[from] + tagger->transitions[from][to];

		if (sum > *score) {
			*score = sum;
			best = from;
		}
	}
	return best;
}

static void find_labels(Decoder *decoder, guint length, guint8 *labels)
{
	gint32 last[LABELS], next[LABELS];
	guint best = 0;

	for (guint label = 0; label < LABELS; label++)
		last[label] = label && !begins(label) ? G_MININT32 / 2 : decoder->scores[0][label];
	for (guint at = 1; at < length; at++) {
		for (guint to = 0; to < LABELS; to++) {
			decoder->back[at][to] =
				(guint8)best_before(decoder->tagger, last, to, &next[to]);
			next[to] += decoder->scores[at][to];
		}
		memcpy(last, next, sizeof(last));
	}
	for (guint i = 0; i < G_N_ELEMENTS(closing); i++)
		if (last[closing[i]] > last[best])
			best = closing[i];
	for (guint at = length; at-- > 0;) {
		labels[at] = (guint8)best;
		best = decoder->back[at][best];
	}
}

/* ---- chances ---- */

/* All of them shifted so that the greatest has its highest bit at 31. */
static void level(guint64 values[LABELS])
{
	guint64 all = 0;
	int shift;

	for (guint i = 0; i < LABELS; i++)
		all |= values[i];
	if (!all) {
		values[0] = 1; /* no label can stand here: outside, then */
		all = 1;
	}
	shift = (int)g_bit_storage(all) - 32;
	for (guint i = 0; i < LABELS; i++)
		values[i] = shift > 0 ? values[i] >> shift : values[i] << -shift;
}

static void exp_scores(const Scores scores, guint32 out[LABELS])
{
	gint greatest = scores[0];

	for (guint i = 1; i < LABELS; i++)
		greatest = MAX(greatest, scores[i]);
	for (guint i = 0; i < LABELS; i++)
		out[i] = exp_below(greatest - scores[i]);
}

/* out[to] = sum over from; what a name's inner labels allow is written out. */
static void step_forward(const LwTagger *tagger, const guint64 from[LABELS], guint64 out[LABELS])
{
	for (guint i = 0; i < G_N_ELEMENTS(opening); i++) {
		guint to = opening[i];

		out[to] = 0;
		for (guint j = 0; j < G_N_ELEMENTS(closing); j++)
			out[to] += from[closing[j]] * tagger->steps[closing[j]][to];
	}
	for (guint begin = 1; begin < LABELS; begin += 4)
		for (guint to = begin + 1; to <= begin + 2; to++)
			out[to] = from[begin] * tagger->steps[begin][to] +
				  from[begin + 1] * tagger->steps[begin + 1][to];
}

static void step_backward(const LwTagger *tagger, const guint64 to[LABELS], guint64 out[LABELS])
{
	for (guint i = 0; i < G_N_ELEMENTS(closing); i++) {
		guint from = closing[i];

		out[from] = 0;
		for (guint j = 0; j < G_N_ELEMENTS(opening); j++)
			out[from] += to[opening[j]] * tagger->steps[from][opening[j]];
	}
	for (guint begin = 1; begin < LABELS; begin += 4)
		for (guint from = begin; from <= begin + 1; from++)
			out[from] = to[begin + 1] * tagger->steps[from][begin + 1] +
				    to[begin + 2] * tagger->steps[from][begin + 2];
}

static void weigh(guint64 values[LABELS], const guint32 weights[LABELS])
{
	for (guint i = 0; i < LABELS; i++)
		values[i] = (values[i] >> EXP_BITS) * weights[i];
}

static void sum_forward(Decoder *decoder, guint length, guint32 (*weights)[LABELS])
{
	guint64 *first = decoder->forward[0];

	for (guint i = 0; i < LABELS; i++)
		first[i] = i && !begins(i) ? 0 : weights[0][i];
	level(first);
	for (guint at = 1; at < length; at++) {
		step_forward(decoder->tagger, decoder->forward[at - 1], decoder->forward[at]);
		weigh(decoder->forward[at], weights[at]);
		level(decoder->forward[at]);
	}
}

static void sum_backward(Decoder *decoder, guint length, guint32 (*weights)[LABELS])
{
	guint64 ahead[LABELS], *last = decoder->backward[length - 1];

	for (guint i = 0; i < LABELS; i++)
		last[i] = i && !ends(i) ? 0 : 1;
	level(last);
	for (guint at = length - 1; at-- > 0;) {
		for (guint i = 0; i < LABELS; i++)
			ahead[i] = decoder->backward[at + 1][i] * weights[at + 1][i];
		level(ahead);
		step_backward(decoder->tagger, ahead, decoder->backward[at]);
		level(decoder->backward[at]);
	}
}

static void find_chances(Decoder *decoder, guint length, guint16 (*chances)[LW_TAG_COUNT])
{
	guint32 weights[CHAIN_MAX][LABELS];

	for (guint at = 0; at < length; at++)
		exp_scores(decoder->scores[at], weights[at]);
	sum_forward(decoder, length, weights);
	sum_backward(decoder, length, weights);
	for (guint at = 0; at < length; at++) {
		guint64 sums[LW_TAG_COUNT] = {0}, total = 0;

		for (guint i = 0; i < LABELS; i++) {
			/* 2^32 * 2^32 / 2^20, and 13 of them, times 2^16 stays below 2^64 */
			guint64 product =
				(decoder->forward[at][i] * decoder->backward[at][i]) >> 20;

			sums[tag_of(i)] += product;
			total += product;
		}
		for (guint tag = 0; tag < LW_TAG_SPECIAL; tag++)
			chances[at][tag] = (guint16)(total ? sums[tag] * 65535 / total
						     : tag ? 0
							   : 65535);
	}
}

/* One over one and exp(-log-odds). */
static guint16 chance_of_odds(gint odds)
{
	guint64 one = (guint64)1 << EXP_BITS, rest = exp_below(ABS(odds));
	guint64 low = rest * 65535 / (one + rest);

	return (guint16)(odds < 0 ? low : 65535 - low);
}

/* ---- the text ---- */

static guint chain_end(const LwTokens *tokens, guint from)
{
	guint at = from + 1;

	while (at < tokens->count && at - from < CHAIN_MAX && tokens->items[at].gap < LW_GAP_BLANK)
		at++;
	return at;
}

static void decode(LwTags *tags, Decoder *decoder)
{
	for (guint from = 0, to; from < tags->tokens->count; from = to) {
		to = chain_end(tags->tokens, from);
		for (guint i = from; i < to; i++)
			score_token(decoder, i, decoder->scores[i - from]);
		find_labels(decoder, to - from, tags->labels + from);
		find_chances(decoder, to - from, tags->chances + from);
		for (guint i = from; i < to; i++)
			for (LwTag tag = LW_TAG_SPECIAL; tag < LW_TAG_COUNT; tag++)
				tags->chances[i][tag] =
					chance_of_odds(decoder->scores[i - from][lane_of(tag)]);
	}
}

static float mean_chance(const LwTags *tags, guint first, guint last, LwTag tag)
{
	guint64 sum = 0;
	guint32 mean, step, rest, low, high;

	for (guint i = first; i <= last; i++)
		sum += tags->chances[i][tag];
	mean = (guint32)(sum / (last - first + 1));
	if (tag != LW_TAG_PERSON)
		return (float)mean / 65535.0f;
	step = mean * LW_TAGGER_STEPS / 65535;
	rest = mean * LW_TAGGER_STEPS % 65535;
	low = GUINT16_FROM_LE(tags->tagger->header->truth[step]);
	high = GUINT16_FROM_LE(tags->tagger->header->truth[MIN(step + 1, LW_TAGGER_STEPS)]);
	return (float)((gint64)low + ((gint64)high - low) * rest / 65535) / 65535.0f;
}

static gboolean is_person(const LwTags *tags, guint at)
{
	return tag_of(tags->labels[at]) == LW_TAG_PERSON;
}

/* The last token of the person that begins at a token; the token before it where none does. */
static guint person_end(const LwTags *tags, guint from)
{
	const LwToken *tokens = tags->tokens->items;
	guint at = from;

	if (is_person(tags, from)) {
		while (at + 1 < tags->tokens->count && !ends(tags->labels[at]))
			at++;
		return at;
	}
	while (at < tags->tokens->count && !is_person(tags, at) &&
	       tags->chances[at][LW_TAG_PERSON] >= FAINT &&
	       (at == from || tokens[at].gap < LW_GAP_BLANK))
		at++;
	return at - 1;
}

static void collect_persons(LwTags *tags)
{
	for (guint i = 0; i < tags->tokens->count; i++) {
		LwTagSpan span = {i, person_end(tags, i), 0};

		if (span.last + 1 == i)
			continue;
		span.chance = mean_chance(tags, span.first, span.last, LW_TAG_PERSON);
		g_array_append_val(tags->spans, span);
		i = span.last;
	}
}

LwTags *lw_tagger_tag(const LwTagger *tagger, const LwTokens *tokens)
{
	LwTags *tags = g_new0(LwTags, 1);
	Decoder decoder = {.tagger = tagger, .scene = G_MAXUINT};
	guint words;

	tags->tagger = tagger;
	tags->tokens = tokens;
	tags->text = lw_feature_text_new(tokens, &tagger->classes);
	tags->spans = g_array_new(FALSE, FALSE, sizeof(LwTagSpan));
	tags->labels = g_new0(guint8, tokens->count + 1);
	tags->chances = g_malloc0_n(tokens->count + 1, sizeof(*tags->chances));
	words = lw_feature_words(tags->text);
	decoder.text = tags->text;
	decoder.words = g_malloc0_n(words, sizeof(*decoder.words));
	decoder.known = g_new0(guint8, words);
	decoder.scores = g_malloc_n(CHAIN_MAX, sizeof(*decoder.scores));
	decoder.back = g_malloc0_n(CHAIN_MAX, sizeof(*decoder.back));
	decoder.forward = g_malloc_n(CHAIN_MAX, sizeof(*decoder.forward));
	decoder.backward = g_malloc_n(CHAIN_MAX, sizeof(*decoder.backward));
	decode(tags, &decoder);
	g_free(decoder.words);
	g_free(decoder.known);
	g_free(decoder.scores);
	g_free(decoder.back);
	g_free(decoder.forward);
	g_free(decoder.backward);
	collect_persons(tags);
	return tags;
}

void lw_tags_free(LwTags *tags)
{
	if (!tags)
		return;
	lw_feature_text_free(tags->text);
	g_array_unref(tags->spans);
	g_free(tags->labels);
	g_free(tags->chances);
	g_free(tags);
}

const GArray *lw_tags_persons(const LwTags *tags)
{
	return tags->spans;
}

float lw_tags_chance(const LwTags *tags, guint first, guint last, LwTag tag)
{
	if (first > last || last >= tags->tokens->count)
		return 0;
	return mean_chance(tags, first, last, tag);
}

LwSense lw_tags_sense(const LwTags *tags, guint token, int step)
{
	if (token >= tags->tokens->count)
		return LW_SENSE_NONE;
	return step ? lw_feature_sense_beside(tags->text, token, step)
		    : lw_feature_sense(tags->text, token);
}

/* ---- why ---- */

/* How much each clue spoke for a person rather than for nothing, or for what is judged apart, at
 * one token. */
static void weigh_clues(const LwTags *tags, guint token, LwTag tag, gint32 sums[LW_CLUE_COUNT])
{
	const LwTagger *tagger = tags->tagger;
	guint label = tags->labels[token];

	if (tag_of(label) != LW_TAG_PERSON)
		label = 4; /* a person of one word */
	for (guint part = 0; part < LW_FEATURE_PARTS; part++) {
		LwFeature features[LW_FEATURE_MAX];
		guint count = lw_feature_of_part(tags->text, token, part, features);

		for (guint i = 0; i < count; i++) {
			const gint8 *row = row_of(tagger, &features[i]);

			if (lane_of(tag))
				sums[features[i].clue] +=
					lane_weight(tagger, &features[i], lane_of(tag));
			else if (!features[i].special)
				sums[features[i].clue] += row[label] - row[0];
		}
	}
}

char *lw_tags_clues(const LwTags *tags, guint first, guint last, LwTag tag)
{
	g_autoptr(GString) names = g_string_new(NULL);
	gint32 sums[LW_CLUE_COUNT] = {0};

	for (guint i = first; i <= last && i < tags->tokens->count; i++)
		weigh_clues(tags, i, tag, sums);
	for (guint named = 0; named < CLUES; named++) {
		guint best = 0;

		for (guint i = 1; i < LW_CLUE_COUNT; i++)
			if (sums[i] > sums[best])
				best = i;
		if (sums[best] <= 0)
			break;
		g_string_append_printf(names, "%s%s", names->len ? " " : "",
				       lw_clue_name((LwClue)best));
		sums[best] = 0;
	}
	return g_string_free(g_steal_pointer(&names), FALSE);
}
