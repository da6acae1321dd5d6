/* tagger-feature.c - features: words, affixes, shapes, lists, classes, neighbours, and the place in
 * line, table and document.
 *
 * Integers alone, so that every machine gets the same numbers. */
#include "engine/detect/tagger-text.h"

#include <string.h>

#define CUE_BITS 16

enum {
	TEMPLATE_WORD = 1,
	TEMPLATE_AFFIX,
	TEMPLATE_SHAPE,
	TEMPLATE_SHAPE_LENGTH,
	TEMPLATE_LISTS,
	TEMPLATE_LIST,
	TEMPLATE_CUE,
	TEMPLATE_UNKNOWN,
	TEMPLATE_TAIL,
	TEMPLATE_USE,
	TEMPLATE_USES,
	TEMPLATE_GAPS,
	TEMPLATE_FORMS,
	TEMPLATE_LIST_PAIR,
	TEMPLATE_WORD_FORM,
	TEMPLATE_WORD_LISTS,
	TEMPLATE_TWO_WORDS,
	TEMPLATE_START,
	TEMPLATE_INDEX,
	TEMPLATE_LABEL,
	TEMPLATE_KIND,
	TEMPLATE_COLUMN,
	TEMPLATE_HEADING,
	TEMPLATE_SIGNS,
	TEMPLATE_CLASS,
	TEMPLATE_KINDS,
	TEMPLATE_SENSE,
	TEMPLATE_SENSES,
	TEMPLATE_GRAM, /* from here on of special categories alone */
	TEMPLATE_SAYS,
	TEMPLATE_SCENE,
	TEMPLATE_PAIR,
	TEMPLATE_FAR,
	TEMPLATE_AMONG,
	TEMPLATE_SENSE_FAR,
	TEMPLATE_SENSE_WITH,
	TEMPLATE_SENSE_AMONG,
};

#define GRAM  5 /* bytes of a piece of a word */
#define GRAMS 12
G_STATIC_ASSERT(LW_SENSE_COUNT < 64); /* bits of a scene */

#define SCENE_MOST 512 /* tokens of it that are looked at */
#define FULL_REACH 5   /* tokens to a word that is more than grammar */
/* Senses that speak of somebody's private life are the first. */
#define PRIVATE ((G_GUINT64_CONSTANT(2) << LW_SENSE_LAST_PRIVATE) - 1)

typedef struct {
	LwFeature *to;
	guint count;
} Sink;

static void add(Sink *sink, guint template, guint32 a, guint32 b, LwClue clue)
{
	if (sink->count < LW_FEATURE_MAX)
		sink->to[sink->count++] = (LwFeature){lw_text_mix(template, a, b), (guint16)clue,
						      template >= TEMPLATE_GRAM};
}

static LwClue clue_of_list(guint bit, int distance)
{
	switch (1u << bit) {
	case LW_WORD_FIRST_NAME:
		return distance ? LW_CLUE_NAME_NEAR : LW_CLUE_FIRST_NAME;
	case LW_WORD_SURNAME:
		return distance ? LW_CLUE_NAME_NEAR : LW_CLUE_SURNAME;
	case LW_WORD_FREQUENT:
		return distance ? LW_CLUE_NAME_NEAR : LW_CLUE_FREQUENT;
	case LW_WORD_PARTICLE:
		return LW_CLUE_PARTICLE;
	case LW_WORD_TITLE:
		return LW_CLUE_TITLE;
	case LW_WORD_ROLE:
		return LW_CLUE_RELATION;
	default:
		return LW_CLUE_LISTS;
	}
}

static LwClue clue_beside(const Word *word, int distance)
{
	if (word->cues & (LW_CUE_ADDRESS | LW_CUE_ACADEMIC) && distance < 0)
		return LW_CLUE_TITLE;
	if ((word->cues & LW_CUE_RELATION || word->lists & LW_WORD_ROLE) && distance < 0)
		return LW_CLUE_RELATION;
	if (word->cues & LW_CUE_VERB && word->form == FORM_LOWER)
		return LW_CLUE_ACTS;
	if (word->cues & LW_CUE_PARTICLE)
		return LW_CLUE_PARTICLE;
	return distance < 0 ? LW_CLUE_BEFORE : LW_CLUE_AFTER;
}

static void add_lists(Sink *sink, const Word *word, int distance, guint32 salt)
{
	LwClue beside = clue_beside(word, distance);

	add(sink, TEMPLATE_LISTS, salt, word->lists << 4 | word->form,
	    distance ? beside : LW_CLUE_LISTS);
	for (guint bit = 0; bit < LW_TEXT_LIST_BITS; bit++)
		if (word->lists >> bit & 1)
			add(sink, TEMPLATE_LIST, salt, bit << 4 | word->form,
			    clue_of_list(bit, distance));
	for (guint bit = 0; bit < CUE_BITS; bit++)
		if (word->cues >> bit & 1)
			add(sink, TEMPLATE_CUE, salt, bit, distance ? beside : LW_CLUE_WORD);
}

static guint32 kind_of(const Word *word)
{
	return word->known >> LW_WORD_CLASS_KIND;
}

static guint32 plain_kind(const Word *word)
{
	return word->plain >> LW_WORD_CLASS_KIND;
}

static void add_classes(Sink *sink, const Word *word, int distance, guint32 salt)
{
	LwClue clue = distance ? clue_beside(word, distance) : LW_CLUE_LISTS;

	add(sink, TEMPLATE_CLASS, salt, word->known, clue);
	add(sink, TEMPLATE_CLASS, salt + 1, kind_of(word) << 4 | word->form, clue);
	if (word->plain)
		add(sink, TEMPLATE_CLASS, salt + 2, (guint32)word->plain << 8 | word->known, clue);
}

/* "hartinfarct", "verslavingskliniek": the pieces that its beginning and end do not tell. */
static void add_grams(Sink *sink, const Word *word)
{
	gsize length = word->folded ? strlen(word->folded) : 0;

	if (word->form != FORM_LOWER && word->form != FORM_CAPITAL)
		return;
	for (gsize i = 1; i + GRAM < length && i <= GRAMS; i++)
		add(sink, TEMPLATE_GRAM, 0, lw_text_hash(word->folded + i, GRAM), LW_CLUE_AFFIX);
}

static void add_own(Sink *sink, const LwFeatureText *text, const Word *word, guint32 salt)
{
	guint8 uses = g_array_index(text->uses, guint8, word->spelt) & ((1u << USES) - 1);

	for (guint i = 0; i < LW_TEXT_AFFIXES; i++)
		if (word->affixes[i])
			add(sink, TEMPLATE_AFFIX, salt + i, word->affixes[i], LW_CLUE_AFFIX);
	add(sink, TEMPLATE_SHAPE_LENGTH, word->shape, word->length, LW_CLUE_SHAPE);
	if (word->tail)
		add(sink, TEMPLATE_TAIL, salt, word->tail, LW_CLUE_AFFIX);
	add_grams(sink, word);
	if (!word->lists)
		add(sink, TEMPLATE_UNKNOWN, word->form, word->affixes[4], LW_CLUE_UNKNOWN);
	if (word->form < FORM_LOWER)
		return;
	for (guint bit = 0; bit < USES; bit++)
		if (uses >> bit & 1)
			add(sink, TEMPLATE_USE, bit, word->form,
			    1u << bit == USE_MAIL ? LW_CLUE_MAIL : LW_CLUE_DOCUMENT);
	add(sink, TEMPLATE_USES, uses, word->form << 1 | !(word->lists & LW_WORD_COMMON),
	    LW_CLUE_DOCUMENT);
}

guint lw_feature_of_word(const LwFeatureText *text, guint index, int distance,
			 LwFeature features[LW_FEATURE_MAX])
{
	const Word *word = lw_text_word(text, index);
	guint32 salt = (guint32)(distance + LW_FEATURE_REACH) << 8;
	LwClue beside = clue_beside(word, distance);
	Sink sink = {features, 0};

	add(&sink, TEMPLATE_WORD, salt, word->hash, distance ? beside : LW_CLUE_WORD);
	add(&sink, TEMPLATE_SHAPE, salt, word->shape, distance ? beside : LW_CLUE_SHAPE);
	if (word->says)
		add(&sink, TEMPLATE_SAYS, salt, word->says, distance ? beside : LW_CLUE_LISTS);
	if (word->sense)
		add(&sink, TEMPLATE_SENSE, salt, (guint32)word->sense << 4 | word->form,
		    LW_CLUE_SENSE);
	if (distance == 0) {
		add_lists(&sink, word, distance, salt);
		add_classes(&sink, word, distance, salt);
		add_own(&sink, text, word, salt);
	} else if (distance == 1 || distance == -1) {
		add_lists(&sink, word, distance, salt);
		add_classes(&sink, word, distance, salt);
		if (word->affixes[5])
			add(&sink, TEMPLATE_AFFIX, salt, word->affixes[5], beside);
	} else {
		add(&sink, TEMPLATE_LISTS, salt, word->lists << 4 | word->form, beside);
		add(&sink, TEMPLATE_CLASS, salt + 1, kind_of(word) << 4 | word->form, beside);
	}
	return sink.count;
}

/* Neighbours together: cases, lists, words. */
static void add_company(Sink *sink, const LwFeatureText *text, guint token)
{
	const Word *word = lw_text_near(text, token, 0);
	const Word *last = lw_text_near(text, token, -1), *next = lw_text_near(text, token, 1);
	const Word *second = lw_text_near(text, token, -2), *after = lw_text_near(text, token, 2);
	guint32 forms = (guint32)last->form << 8 | (guint32)word->form << 4 | next->form;
	LwClue before = last->form == FORM_INITIAL || second->form == FORM_INITIAL
				? LW_CLUE_INITIALS
				: LW_CLUE_BEFORE;

	add(sink, TEMPLATE_FORMS, 1, forms >> 4, before);
	add(sink, TEMPLATE_FORMS, 2, forms & 0xff, LW_CLUE_AFTER);
	add(sink, TEMPLATE_FORMS, 3, forms, LW_CLUE_SHAPE);
	add(sink, TEMPLATE_FORMS, 4, forms << 8 | (guint32)second->form << 4 | after->form,
	    LW_CLUE_SHAPE);
	add(sink, TEMPLATE_LIST_PAIR, last->lists << 4 | last->form, word->lists << 4 | word->form,
	    LW_CLUE_LISTS);
	add(sink, TEMPLATE_LIST_PAIR, word->lists << 4 | word->form,
	    (next->lists << 4 | next->form) | 1u << 31, LW_CLUE_LISTS);
	add(sink, TEMPLATE_WORD_FORM, last->hash, word->form, clue_beside(last, -1));
	add(sink, TEMPLATE_WORD_FORM, next->hash, (guint32)word->form | 16, clue_beside(next, 1));
	add(sink, TEMPLATE_WORD_LISTS, last->hash, word->lists << 4 | word->form,
	    clue_beside(last, -1));
	add(sink, TEMPLATE_WORD_LISTS, next->hash, word->lists << 4 | word->form | 1u << 31,
	    clue_beside(next, 1));
	add(sink, TEMPLATE_TWO_WORDS, lw_text_mix(1, second->hash, last->hash), word->form,
	    clue_beside(last, -1));
	add(sink, TEMPLATE_TWO_WORDS, lw_text_mix(2, next->hash, after->hash), word->form,
	    clue_beside(next, 1));
}

/* What the corpus made of neighbours, together. */
static void add_kinds(Sink *sink, const LwFeatureText *text, guint token)
{
	const Word *word = lw_text_near(text, token, 0);
	const Word *last = lw_text_near(text, token, -1), *next = lw_text_near(text, token, 1);
	guint32 here = kind_of(word) << 4 | word->form;
	guint32 before = kind_of(last) << 4 | last->form, after = kind_of(next) << 4 | next->form;

	add(sink, TEMPLATE_KINDS, 1, before << 10 | here, LW_CLUE_BEFORE);
	add(sink, TEMPLATE_KINDS, 2, after << 10 | here, LW_CLUE_AFTER);
	add(sink, TEMPLATE_KINDS, before << 10 | after, here, LW_CLUE_LISTS);
	add(sink, TEMPLATE_KINDS, 3 | here << 4, word->lists << 8 | plain_kind(word),
	    LW_CLUE_LISTS);
}

/* Of whom its sentence speaks, and of what; and wordings. */
static void add_says(Sink *sink, const LwFeatureText *text, guint token)
{
	const Word *word = lw_text_near(text, token, 0);
	guint32 scene = text->places[token].says;

	add(sink, TEMPLATE_SCENE, scene & 7, word->form, LW_CLUE_SENTENCE);
	add(sink, TEMPLATE_SCENE, scene | 1u << 8, word->says, LW_CLUE_SENTENCE);
	add(sink, TEMPLATE_PAIR, lw_text_near(text, token, -1)->hash, word->hash, LW_CLUE_BEFORE);
	add(sink, TEMPLATE_PAIR, word->hash, lw_text_near(text, token, 1)->hash, LW_CLUE_AFTER);
	add(sink, TEMPLATE_FAR, 0, lw_text_near(text, token, -3)->hash, LW_CLUE_BEFORE);
	add(sink, TEMPLATE_FAR, 1, lw_text_near(text, token, 3)->hash, LW_CLUE_AFTER);
}

LwSense lw_feature_sense(const LwFeatureText *text, guint token)
{
	return (LwSense)lw_text_near(text, token, 0)->sense;
}

LwSense lw_feature_sense_beside(const LwFeatureText *text, guint token, int step)
{
	for (int distance = step; ABS(distance) <= FULL_REACH; distance += step) {
		const Word *word = lw_text_near(text, token, distance);

		if (word->form == FORM_EDGE ||
		    text->places[(gint64)token + distance].scene != text->places[token].scene)
			break;
		if (word->sense && word->sense != LW_SENSE_FUNCTION)
			return (LwSense)word->sense;
	}
	return LW_SENSE_NONE;
}

/* What the words around it are about, together. */
static void add_senses(Sink *sink, const LwFeatureText *text, guint token)
{
	guint32 here = lw_text_near(text, token, 0)->sense;
	guint32 last = lw_text_near(text, token, -1)->sense;
	guint32 next = lw_text_near(text, token, 1)->sense;
	guint32 before = lw_feature_sense_beside(text, token, -1),
		after = lw_feature_sense_beside(text, token, 1);
	guint64 senses = text->places[token].senses & PRIVATE & ~G_GUINT64_CONSTANT(1);

	add(sink, TEMPLATE_SENSES, 1, last << 8 | here, LW_CLUE_SENSE);
	add(sink, TEMPLATE_SENSES, 2, here << 8 | next, LW_CLUE_SENSE);
	add(sink, TEMPLATE_SENSES, 3 + lw_text_near(text, token, 0)->form, last << 8 | next,
	    LW_CLUE_SENSE);
	add(sink, TEMPLATE_SENSE_FAR, 0, lw_text_near(text, token, -3)->sense, LW_CLUE_SENSE);
	add(sink, TEMPLATE_SENSE_FAR, 1, lw_text_near(text, token, 3)->sense, LW_CLUE_SENSE);
	add(sink, TEMPLATE_SENSE_FAR, 2, before << 8 | here, LW_CLUE_SENSE);
	add(sink, TEMPLATE_SENSE_FAR, 3, here << 8 | after, LW_CLUE_SENSE);
	add(sink, TEMPLATE_SENSE_FAR, 4, before << 16 | here << 8 | after, LW_CLUE_SENSE);
	for (guint32 i = 1; i < LW_SENSE_COUNT; i++)
		if (senses >> i & 1)
			add(sink, TEMPLATE_SENSE_WITH, i, here, LW_CLUE_SENTENCE);
}

static void add_layout(Sink *sink, const LwFeatureText *text, guint token)
{
	const Place *place = &text->places[token];
	const LwToken *here = &text->tokens->items[token];
	const Word *word = lw_text_near(text, token, 0);
	guint32 form = word->form, common = word->lists & LW_WORD_COMMON ? 1 : 0;
	guint32 starts = here->flags & LW_TOKEN_SENTENCE_START ? 1 : 0;
	guint32 gaps = (guint32)here->gap << 4 | lw_token_at(text->tokens, token + 1)->gap;

	add(sink, TEMPLATE_GAPS, gaps, form, LW_CLUE_LINE);
	add(sink, TEMPLATE_START, starts, form << 1 | common, LW_CLUE_LINE);
	add(sink, TEMPLATE_START, starts | 2, word->lists << 4 | form, LW_CLUE_LINE);
	add(sink, TEMPLATE_INDEX, (guint32)place->index << 4 | place->left, form, LW_CLUE_LINE);
	if (place->label) {
		add(sink, TEMPLATE_LABEL, place->label, form, LW_CLUE_FIELD);
		add(sink, TEMPLATE_LABEL, place->label,
		    form | (guint32)place->index << 4 | 1u << 16, LW_CLUE_FIELD);
	}
	if (place->kind | place->above) {
		add(sink, TEMPLATE_KIND, place->kind, form << 4 | place->index, LW_CLUE_LETTER);
		add(sink, TEMPLATE_KIND, place->above | 1u << 16, form << 4 | place->index,
		    LW_CLUE_LETTER);
	}
	if (place->heading) {
		add(sink, TEMPLATE_COLUMN, place->column, form, LW_CLUE_COLUMN);
		add(sink, TEMPLATE_HEADING, place->heading, form, LW_CLUE_COLUMN);
	}
	if (place->signs)
		add(sink, TEMPLATE_SIGNS, place->signs, word->lists << 4 | form, LW_CLUE_LINE);
}

guint lw_feature_of_place(const LwFeatureText *text, guint token,
			  LwFeature features[LW_FEATURE_MAX])
{
	Sink sink = {features, 0};

	add_company(&sink, text, token);
	add_kinds(&sink, text, token);
	add_says(&sink, text, token);
	add_senses(&sink, text, token);
	add_layout(&sink, text, token);
	return sink.count;
}

guint lw_feature_scene(const LwFeatureText *text, guint token)
{
	return text->places[token].scene;
}

guint lw_feature_of_scene(const LwFeatureText *text, guint scene,
			  LwFeature features[LW_FEATURE_MAX])
{
	guint end = MIN(text->tokens->count, scene + SCENE_MOST);
	guint64 senses = text->places[scene].senses & ~G_GUINT64_CONSTANT(1);
	guint32 who = text->places[scene].says & SAYS_WHO ? 1 : 0;
	Sink sink = {features, 0};

	for (guint32 i = 1; i < LW_SENSE_COUNT; i++) {
		if (senses >> i & 1)
			add(&sink, TEMPLATE_SENSE_AMONG, who, i, LW_CLUE_SENTENCE);
		for (guint32 j = 1; j < i && senses >> i & PRIVATE >> i & 1; j++)
			if (senses >> j & 1)
				add(&sink, TEMPLATE_SENSE_AMONG, i << 8 | 2, j, LW_CLUE_SENTENCE);
	}
	for (guint i = scene; i < end && text->places[i].scene == scene; i++) {
		const Word *word = lw_text_near(text, i, 0);

		if (word->form >= FORM_LOWER)
			add(&sink, TEMPLATE_AMONG, 0, word->hash, LW_CLUE_SENTENCE);
	}
	return sink.count;
}

guint lw_feature_of_part(const LwFeatureText *text, guint token, guint part,
			 LwFeature features[LW_FEATURE_MAX])
{
	int distance = (int)part - LW_FEATURE_REACH;

	if (distance <= LW_FEATURE_REACH)
		return lw_feature_of_word(text, lw_feature_word(text, token, distance), distance,
					  features);
	return part + 1 < LW_FEATURE_PARTS
		       ? lw_feature_of_place(text, token, features)
		       : lw_feature_of_scene(text, lw_feature_scene(text, token), features);
}
