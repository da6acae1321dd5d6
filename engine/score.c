/* score.c - letters, labels and marks of one document, counted.
 *
 * Where labels overlap, what has to go outranks what may, and that outranks what has to stay. */
#include "engine/score.h"

#include "engine/base/text.h"

#include <string.h>

/* Of a letter of the text; the higher wins. */
typedef enum { LETTER_PLAIN, LETTER_KEEP, LETTER_OPTIONAL, LETTER_MUST } Letter;

typedef struct {
	LwRates *rates;
	guint view, number;
	const LwGoldDocument *document;
	const GPtrArray *marks;
	LwFaultFunc func;
	void *self;
	guint8 *letters; /* Letter, by byte */
	guint8 *covered; /* by byte */
} Score;

static gboolean counts(const char *at)
{
	gunichar c = g_utf8_get_char(at);

	return lw_text_is_letter(c) || lw_text_is_digit(c);
}

/* The offset of every character of a span that counts. */
#define FOR_LETTERS(text, span, at)                                                                \
	for (gsize at = (span).start, at##_end = (gsize)(span).start + (span).length;              \
	     at < at##_end; at = (gsize)(g_utf8_next_char((text) + at) - (text)))                  \
		if (counts((text) + at))

static void add(const Score *score, const char *group, const char *name, LwMeasure measure,
		guint64 part, guint64 whole)
{
	lw_rates_add(score->rates, group, name, measure, score->view, score->number, part, whole);
}

/* A measure of the whole, and of the genre. */
static void add_all(const Score *score, LwMeasure measure, guint64 part, guint64 whole)
{
	add(score, "all", "", measure, part, whole);
	if (score->document->genre)
		add(score, "genre", score->document->genre, measure, part, whole);
}

static void tell(const Score *score, LwFault fault, const char *kind, LwSpan span)
{
	if (score->func)
		score->func(score->self, score->document, fault, kind, span);
}

static LwSpan whole_of(const LwGoldSpan *span)
{
	LwSpan first = g_array_index(span->parts, LwSpan, 0);
	LwSpan last = g_array_index(span->parts, LwSpan, span->parts->len - 1);

	return (LwSpan){first.start, last.start + last.length - first.start};
}

static gboolean is_must(const LwGoldSpan *span)
{
	return span->demand == LW_GOLD_MUST;
}

/* Where the part that has to go ends: before the last @ of a mail address. */
static gsize must_end(const LwGoldDocument *document, const LwGoldSpan *span, LwSpan part)
{
	const char *at = strcmp(span->kind, "email")
				 ? NULL
				 : g_strrstr_len(document->text + part.start, part.length, "@");

	return at ? (gsize)(at - document->text) : (gsize)part.start + part.length;
}

static void set_letters(Score *score, LwSpan span, Letter letter)
{
	memset(score->letters + span.start, letter, span.length);
}

static void label_span(Score *score, const LwGoldSpan *span)
{
	static const Letter letters[] = {[LW_GOLD_MUST] = LETTER_OPTIONAL, /* a mail's domain */
					 [LW_GOLD_KEEP] = LETTER_KEEP,
					 [LW_GOLD_OPTIONAL] = LETTER_OPTIONAL};

	for (guint p = 0; p < span->parts->len; p++) {
		LwSpan part = g_array_index(span->parts, LwSpan, p);

		set_letters(score, part, letters[span->demand]);
		part.length = (guint32)(must_end(score->document, span, part) - part.start);
		if (is_must(span))
			set_letters(score, part, LETTER_MUST);
	}
}

static void label_letters(Score *score)
{
	static const LwGoldDemand order[] = {LW_GOLD_KEEP, LW_GOLD_OPTIONAL, LW_GOLD_MUST};
	const GArray *spans = score->document->spans;

	memset(score->letters, score->document->whole ? LETTER_PLAIN : LETTER_OPTIONAL,
	       score->document->length);
	for (guint o = 0; o < G_N_ELEMENTS(order); o++)
		for (guint i = 0; i < spans->len; i++) {
			const LwGoldSpan *span = &g_array_index(spans, LwGoldSpan, i);

			if (span->demand == order[o])
				label_span(score, span);
		}
}

static void cover(Score *score)
{
	for (guint i = 0; i < score->marks->len; i++) {
		const LwMark *mark = score->marks->pdata[i];

		memset(score->covered + mark->span.start, 1, mark->span.length);
	}
}

static gboolean is_covered(const Score *score, const LwGoldSpan *span)
{
	const char *text = score->document->text;

	for (guint p = 0; p < span->parts->len; p++) {
		LwSpan part = g_array_index(span->parts, LwSpan, p);

		part.length = (guint32)(must_end(score->document, span, part) - part.start);
		FOR_LETTERS(text, part, at)
		if (!score->covered[at])
			return FALSE;
	}
	return TRUE;
}

static void score_labels(Score *score)
{
	const GArray *spans = score->document->spans;
	guint missed = 0, musts = 0;

	for (guint i = 0; i < spans->len; i++) {
		const LwGoldSpan *span = &g_array_index(spans, LwGoldSpan, i);
		gboolean met;

		if (!is_must(span))
			continue;
		met = is_covered(score, span);
		musts++;
		missed += !met;
		add_all(score, LW_MEASURE_RECALL, met, 1);
		add(score, "kind", span->kind, LW_MEASURE_RECALL, met, 1);
		if (span->origin)
			add(score, "origin", span->origin, LW_MEASURE_RECALL, met, 1);
		if (!met)
			tell(score, LW_FAULT_MISSED, span->kind, whole_of(span));
	}
	add_all(score, LW_MEASURE_DOCUMENT_LEAK, missed > 0, musts > 0);
}

/* A person leaks when one of the mentions is left; a name without a number is a person of its own.
 */
static void score_persons(Score *score)
{
	g_autoptr(GHashTable) persons = g_hash_table_new(NULL, NULL);
	g_autoptr(GHashTable) leaked = g_hash_table_new(NULL, NULL);

	for (guint i = 0; i < score->document->spans->len; i++) {
		const LwGoldSpan *span = &g_array_index(score->document->spans, LwGoldSpan, i);
		gpointer key = span->person ? GUINT_TO_POINTER(span->person) : (gpointer)span;

		if (!is_must(span) || (!span->person && strcmp(span->kind, "person") != 0))
			continue;
		g_hash_table_add(persons, key);
		if (!is_covered(score, span))
			g_hash_table_add(leaked, key);
	}
	add_all(score, LW_MEASURE_PERSON_LEAK, g_hash_table_size(leaked),
		g_hash_table_size(persons));
}

/* What lies below a mark, at its highest; plain and kept letters need no reason to be there. */
static Letter below(const Score *score, LwSpan span, gboolean *stray)
{
	Letter highest = LETTER_PLAIN;

	*stray = FALSE;
	FOR_LETTERS(score->document->text, span, at)
	{
		highest = MAX(highest, score->letters[at]);
		*stray = *stray || score->letters[at] <= LETTER_KEEP;
	}
	return highest;
}

static void score_marks(Score *score)
{
	for (guint i = 0; i < score->marks->len; i++) {
		const LwMark *mark = score->marks->pdata[i];
		gboolean stray;
		Letter letter = below(score, mark->span, &stray);

		if (letter == LETTER_MUST)
			add_all(score, LW_MEASURE_PRECISION, 1, 1);
		else if (stray)
			add_all(score, LW_MEASURE_PRECISION, 0, 1);
		if (letter == LETTER_PLAIN && stray)
			tell(score, LW_FAULT_EXCESS, lw_kind_name(mark->kind), mark->span);
	}
}

/* Words are runs of letters and digits. */
static void score_words(Score *score)
{
	const char *text = score->document->text;
	guint words = 0, taken = 0;
	gboolean inside = FALSE, stray = FALSE;

	for (gsize at = 0; at <= score->document->length;
	     at = at < score->document->length ? (gsize)(g_utf8_next_char(text + at) - text)
					       : at + 1) {
		gboolean letter = at < score->document->length && counts(text + at);

		if (letter)
			stray = stray || (score->covered[at] && score->letters[at] <= LETTER_KEEP);
		else if (inside)
			words++, taken += stray;
		if (!letter)
			stray = FALSE;
		inside = letter;
	}
	add_all(score, LW_MEASURE_EXCESS, taken, words);
}

/* Words of a label that has to stay; those that another label lets go are not asked for. */
static void score_kept(Score *score, const LwGoldSpan *span)
{
	const char *text = score->document->text;
	guint words = 0, taken = 0;
	gsize last = 0;
	gboolean stray = FALSE;

	for (guint p = 0; p < span->parts->len; p++) {
		LwSpan part = g_array_index(span->parts, LwSpan, p);

		FOR_LETTERS(text, part, at)
		{
			if (score->letters[at] > LETTER_KEEP)
				continue;
			if (!words || at != last)
				words++, stray = FALSE;
			if (score->covered[at] && !stray)
				taken++, stray = TRUE;
			last = (gsize)(g_utf8_next_char(text + at) - text);
		}
	}
	add_all(score, LW_MEASURE_KEPT, taken, words);
	add(score, "kept", span->kind, LW_MEASURE_KEPT, taken, words);
	if (taken)
		tell(score, LW_FAULT_TOUCHED, span->kind, whole_of(span));
}

void lw_score_document(LwRates *rates, guint view, guint number, const LwGoldDocument *document,
		       const GPtrArray *marks, LwFaultFunc func, void *self)
{
	Score score = {rates, view, number, document, marks, func, self, NULL, NULL};

	score.letters = g_malloc0(document->length + 1);
	score.covered = g_malloc0(document->length + 1);
	label_letters(&score);
	cover(&score);
	score_labels(&score);
	score_persons(&score);
	score_marks(&score);
	score_words(&score);
	for (guint i = 0; i < document->spans->len; i++) {
		const LwGoldSpan *span = &g_array_index(document->spans, LwGoldSpan, i);

		if (span->demand == LW_GOLD_KEEP)
			score_kept(&score, span);
	}
	g_free(score.letters);
	g_free(score.covered);
}
