/* measure.c - counts on texts that the model was not trained on. */
#include "training/measure.h"

#include <math.h>
#include <string.h>

#include "engine/detect/link.h"

#define ROUNDS 60
#define STEP   0.3 /* at most, of one round */

static gboolean is_person(const Text *text, guint token)
{
	return (text->allowed[token] & ~0x1eu) == 0;
}

static gboolean touches(const Text *text, const LwTagSpan *span)
{
	for (guint i = span->first; i <= span->last; i++)
		if (is_person(text, i))
			return TRUE;
	return FALSE;
}

static gboolean is_unknown(const Text *text, guint token)
{
	return (text->allowed[token] & 0x1fu) == 0x1fu;
}

/* As a run over this one document would. */
static LwEntities *detect(const LwLexicon *lexicon, const LwDocument *document)
{
	LwEntities *found = lw_detect(document, lexicon);
	g_autoptr(LwRegistry) registry = lw_registry_new(lexicon);

	lw_registry_learn(registry, document, found);
	lw_registry_close(registry);
	lw_registry_find(registry, document, found);
	return found;
}

/* The persons that were found: spans of tokens with a chance. */
static GArray *spans_of(const LwTagger *tagger, const LwLexicon *lexicon, const Text *text)
{
	GArray *spans = g_array_new(FALSE, FALSE, sizeof(LwTagSpan));

	if (tagger) {
		g_autoptr(LwTags) tags = lw_tagger_tag(tagger, text->tokens);
		const GArray *all = lw_tags_persons(tags);

		g_array_append_vals(spans, all->data, all->len);
	} else {
		g_autoptr(LwEntities) found = detect(lexicon, text->document);

		for (guint i = 0; i < found->items->len; i++) {
			const LwEntity *entity = &g_array_index(found->items, LwEntity, i);
			gsize from = lw_normal_find(text->normal, entity->span.start);
			gsize to = lw_normal_find(text->normal,
						  (gsize)entity->span.start + entity->span.length);
			guint first = lw_token_find(text->tokens, from), last = first;
			LwTagSpan span;

			if (entity->kind != LW_KIND_PERSON || first >= text->tokens->count)
				continue;
			while (last + 1 < text->tokens->count &&
			       text->tokens->items[last + 1].start < to)
				last++;
			span = (LwTagSpan){first, last, entity->score};
			g_array_append_val(spans, span);
		}
	}
	return spans;
}

static void measure_text(const GArray *spans, const Text *text, float chance, Measure *sum)
{
	g_autofree guint8 *found = g_new0(guint8, text->tokens->count + 1);
	guint missed = 0;

	for (guint i = 0; i < spans->len; i++) {
		const LwTagSpan *span = &g_array_index(spans, LwTagSpan, i);

		if (span->chance < chance)
			continue;
		sum->spans++;
		for (guint at = span->first; at <= span->last; at++) {
			found[at] = 1;
			sum->found += !is_unknown(text, at);
			sum->right += is_person(text, at);
		}
	}
	for (guint i = 0; i < text->persons->len; i++) {
		LwSpan person = g_array_index(text->persons, LwSpan, i);
		gboolean touched = memchr(found + person.start, 1, person.length) != NULL;

		sum->touched += touched;
		missed += !touched;
	}
	sum->tokens += text->tokens->count;
	sum->persons += text->persons->len;
	sum->texts += text->persons->len > 0;
	sum->leaks += missed > 0;
}

GPtrArray *measure_find(const LwTagger *tagger, const LwLexicon *lexicon, const GPtrArray *texts)
{
	GPtrArray *finds = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);

	for (guint i = 0; i < texts->len; i++)
		g_ptr_array_add(finds, spans_of(tagger, lexicon, g_ptr_array_index(texts, i)));
	return finds;
}

Measure measure(const GPtrArray *finds, const GPtrArray *texts, float chance)
{
	Measure sum = {0};

	for (guint i = 0; i < texts->len; i++)
		measure_text(g_ptr_array_index(finds, i), g_ptr_array_index(texts, i), chance,
			     &sum);
	return sum;
}

void measure_head(const LwTagger *tagger, const GPtrArray *texts, LwTag tag, float chance,
		  guint counts[3])
{
	memset(counts, 0, 3 * sizeof(*counts));
	for (guint i = 0; i < texts->len; i++) {
		const Text *text = g_ptr_array_index(texts, i);
		const guint8 *head = text->heads[tag - LW_TAG_SPECIAL];
		g_autoptr(LwTags) tags = lw_tagger_tag(tagger, text->tokens);

		for (guint at = 0; at < text->tokens->count; at++) {
			gboolean is = head[at] == HEAD_IS,
				 found = lw_tags_chance(tags, at, at, tag) >= chance;

			if (head[at] == HEAD_UNKNOWN)
				continue;
			counts[0] += is;
			counts[1] += found;
			counts[2] += is && found;
		}
	}
}

typedef struct {
	float chance;
	double right, weight;
} Find;

static GArray *judge(const GPtrArray *finds, const GPtrArray *texts)
{
	GArray *judged = g_array_new(FALSE, FALSE, sizeof(Find));

	for (guint i = 0; i < texts->len; i++) {
		const Text *text = g_ptr_array_index(texts, i);
		const GArray *spans = g_ptr_array_index(finds, i);

		for (guint j = 0; j < spans->len; j++) {
			const LwTagSpan *span = &g_array_index(spans, LwTagSpan, j);
			Find find = {span->chance, touches(text, span), 1};

			if (!is_unknown(text, span->first))
				g_array_append_val(judged, find);
		}
	}
	return judged;
}

void measure_reliability(const GPtrArray *finds, const GPtrArray *texts, guint count[10],
			 guint right[10])
{
	g_autoptr(GArray) list = judge(finds, texts);

	memset(count, 0, 10 * sizeof(guint));
	memset(right, 0, 10 * sizeof(guint));
	for (guint i = 0; i < list->len; i++) {
		const Find *find = &g_array_index(list, Find, i);
		guint tenth = MIN((guint)(find->chance * 10), 9u);

		count[tenth]++;
		right[tenth] += find->right > 0;
	}
}

static double log_odds(double chance)
{
	chance = CLAMP(chance, 1e-4, 1 - 1e-4);
	return log(chance / (1 - chance));
}

/* The line through the log odds of the chances that makes the truth of the finds likeliest, by
 * Newton's method: few finds, so no curve that could bend with each of them. */
static void fit_line(const GArray *finds, double *slope, double *base)
{
	*slope = 1;
	*base = 0;
	for (guint round = 0; round < ROUNDS; round++) {
		/* towards a slope of one, where the finds say little */
		double g[2] = {1 - *slope, 0}, h[3] = {1, 0, 1e-3}, det;

		for (guint i = 0; i < finds->len; i++) {
			const Find *find = &g_array_index(finds, Find, i);
			double x = log_odds((double)find->chance);
			double p = 1 / (1 + exp(-(*slope * x + *base))), v = p * (1 - p);

			g[0] += (find->right - p) * x;
			g[1] += find->right - p;
			h[0] += v * x * x;
			h[1] += v * x;
			h[2] += v;
		}
		det = h[0] * h[2] - h[1] * h[1];
		*slope += CLAMP((h[2] * g[0] - h[1] * g[1]) / det, -STEP, STEP);
		*base += CLAMP((h[0] * g[1] - h[1] * g[0]) / det, -STEP, STEP);
	}
	*slope = MAX(*slope, 0.1);
}

gboolean measure_calibrate(GByteArray *model, const GPtrArray *texts, GError **error)
{
	g_autoptr(GBytes) bytes = g_bytes_new(model->data, model->len);
	g_autoptr(LwTagger) tagger = lw_tagger_new(bytes, error);
	g_autoptr(GPtrArray) found = tagger ? measure_find(tagger, NULL, texts) : NULL;
	g_autoptr(GArray) finds = found ? judge(found, texts) : NULL;
	LwTaggerHeader *header = (LwTaggerHeader *)(void *)model->data;
	double slope, base;

	if (!finds || !finds->len)
		return tagger != NULL;
	fit_line(finds, &slope, &base);
	for (guint i = 0; i <= LW_TAGGER_STEPS; i++) {
		double x = log_odds((double)i / LW_TAGGER_STEPS);
		double truth = 1 / (1 + exp(-(slope * x + base)));

		header->truth[i] = GUINT16_TO_LE((guint16)(truth * 65535));
	}
	return TRUE;
}
