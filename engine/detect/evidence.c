/* evidence.c - gathers what is known of each find. */
#include "engine/detect/evidence.h"

#include <string.h>

#include "engine/detect/tagger.h"
#include "engine/detect/token.h"

#define REMOVED 0.5f /* score */
#define CLOSE	20   /* tokens */
#define NEAR	60
#define TAGS	4
#define CHANCES 8 /* of each tag */
#define MOST	255
#define NOWHERE G_MAXUINT32
#define SHARE	20 /* parts of a whole */

enum { MEAN, LEAST, GREATEST, BEFORE2, BEFORE, AFTER, AFTER2, PLACES };

static const LwTag tags[TAGS] = {LW_TAG_PERSON, LW_TAG_SPECIAL, LW_TAG_STAYS, LW_TAG_DATUM};

/* A word of some find, at all its places. */
typedef struct {
	float chances[TAGS];
	guint count, gone, kept;
} Places;

/* Cells that stand below each other: of a table, or the starts of the lines of a paragraph. */
typedef struct {
	guint top, cells, gone, kept;
} Column;

/* Where a token stands. */
typedef struct {
	guint32 block;	     /* first token of its paragraph */
	guint32 cell;	     /* first word of its cell */
	guint32 label;	     /* last colon before it on its line, or NOWHERE */
	guint32 back, ahead; /* the nearest token of a person who goes, or NOWHERE */
} Stand;

typedef struct {
	const LwDetectContext *context;
	const LwTokens *tokens;
	GHashTable *words;   /* folded word, as the tokens share it: Places */
	GHashTable *columns; /* key_of: Column */
	Stand *stands;	     /* by token */
	guint8 *gone;	     /* by token: removed as it stands */
	guint8 *kept;	     /* by token: kept by a role */
	guint8 *finds;	     /* by token: finds that have it */
	guint32 *cells;	     /* by token: how many cells begin before it */
	guint32 *starts;     /* by token: how many removed finds begin before it */
	guint kinds[LW_KIND_COUNT];
	double chances[TAGS]; /* sums of the whole text */
} Gathering;

enum { BYTE, WORD };

gboolean lw_evidence_is_word(LwEvidenceId id)
{
	static const guint8 sorts[] = {
#define LW_EVIDENCE(ID, sort, clue) sort,
#include "engine/detect/evidence.def"
#undef LW_EVIDENCE
	};

	return sorts[id] == WORD;
}

LwClue lw_evidence_clue(LwEvidenceId id)
{
	static const guint8 clues[] = {
#define LW_EVIDENCE(ID, sort, clue) LW_CLUE_##clue,
#include "engine/detect/evidence.def"
#undef LW_EVIDENCE
	};

	return (LwClue)clues[id];
}

/* A chance by the bands of its odds: what is nearly sure differs as much as what is nearly not. */
static guint32 band_of(float chance)
{
	static const float bounds[] = {0.0005f, 0.001f, 0.002f, 0.004f, 0.007f, 0.01f, 0.015f,
				       0.02f,	0.03f,	0.05f,	0.07f,	0.1f,	0.15f, 0.2f,
				       0.25f,	0.3f,	0.35f,	0.4f,	0.5f,	0.6f,  0.65f,
				       0.7f,	0.75f,	0.8f,	0.85f,	0.9f,	0.93f, 0.95f,
				       0.97f,	0.98f,	0.99f,	0.995f, 0.998f, 0.999f};
	guint band = 0;

	while (band < G_N_ELEMENTS(bounds) && chance >= bounds[band])
		band++;
	return band;
}

static guint32 hash_of(const char *word)
{
	guint32 hash = 2166136261u; /* FNV-1a */

	for (; *word; word++)
		hash = (hash ^ (guint8)*word) * 16777619u;
	return hash;
}

static gboolean is_weighed(const LwEntity *entity)
{
	return entity->span.length && entity->score > 0 && entity->kind != LW_KIND_TERM &&
	       entity->kind != LW_KIND_OPINION && entity->kind != LW_KIND_PASSAGE;
}

static gboolean is_removed(const LwEntity *entity)
{
	return is_weighed(entity) && entity->score >= REMOVED &&
	       lw_role_default_action(entity->role) != LW_ACTION_KEEP;
}

/* FALSE: none of its text is in the tokens. */
static gboolean find_tokens(const Gathering *self, const LwEntity *entity, guint *first,
			    guint *last)
{
	guint next;

	lw_token_range(self->tokens, entity->span, first, &next);
	*last = next - 1;
	return next > *first;
}

static float chance_at(const Gathering *self, guint at, guint tag)
{
	return at < self->tokens->count ? lw_tags_chance(self->context->tags, at, at, tags[tag])
					: 0;
}

/* Where the word stands that a name is known by; a mark is none. */
static guint head_at(const Gathering *self, guint first, guint last)
{
	while (last > first && !*lw_token_at(self->tokens, last)->word)
		last--;
	return last;
}

static const LwToken *head_of(const Gathering *self, guint first, guint last)
{
	return lw_token_at(self->tokens, head_at(self, first, last));
}

static void read_finds(Gathering *self, const LwEntities *found)
{
	for (guint i = 0; i < found->items->len; i++) {
		const LwEntity *entity = &g_array_index(found->items, LwEntity, i);
		guint first, last;

		if (!is_weighed(entity) || !find_tokens(self, entity, &first, &last))
			continue;
		if (*head_of(self, first, last)->word)
			g_hash_table_insert(self->words, (gpointer)head_of(self, first, last)->word,
					    g_new0(Places, 1));
		self->kinds[entity->kind]++;
		for (guint at = first; at <= last; at++) {
			self->finds[at] = (guint8)MIN(self->finds[at] + 1, MOST);
			self->gone[at] |= is_removed(entity);
			self->kept[at] |= lw_role_default_action(entity->role) == LW_ACTION_KEEP;
			if (is_removed(entity) && entity->kind == LW_KIND_PERSON)
				self->stands[at].back = self->stands[at].ahead = at;
		}
		if (is_removed(entity) && entity->kind != LW_KIND_SPECIAL)
			self->starts[first + 1]++;
	}
	for (guint i = 0; i < self->tokens->count; i++)
		self->starts[i + 1] += self->starts[i];
}

static void read_places(Gathering *self)
{
	for (guint i = 0; i < self->tokens->count; i++) {
		const LwToken *token = lw_token_at(self->tokens, i);
		Places *places =
			*token->word ? g_hash_table_lookup(self->words, token->word) : NULL;

		self->cells[i + 1] =
			self->cells[i] +
			(token->mark == '|' || (token->gap == LW_GAP_WIDE &&
						lw_token_at(self->tokens, i - 1)->mark != '|'));
		for (guint tag = 0; tag < TAGS; tag++) {
			float chance = chance_at(self, i, tag);

			self->chances[tag] += (double)chance;
			if (places)
				places->chances[tag] += chance;
		}
		if (!places)
			continue;
		places->count++;
		places->gone += self->gone[i];
		places->kept += self->kept[i];
	}
}

/* Both halves count: the paragraph and the column. */
static guint hash_of_key(gconstpointer key)
{
	guint64 both = *(const guint64 *)key;

	return (guint)((both * 0x9E3779B97F4A7C15u) >> 32);
}

static guint64 key_of(const Gathering *self, guint at)
{
	guint line = lw_token_at(self->tokens, at)->line_first;

	return (guint64)self->stands[at].block << 32 |
	       (self->cells[at + 1] - self->cells[line + 1]);
}

static void add_cell(Gathering *self, guint at)
{
	guint64 key = key_of(self, at);
	Column *column = g_hash_table_lookup(self->columns, &key);

	if (!column) {
		column = g_new0(Column, 1);
		column->top = at;
		g_hash_table_insert(self->columns, g_memdup2(&key, sizeof(key)), column);
	}
	column->cells++;
	column->gone += self->gone[at];
	column->kept += self->kept[at];
}

static void read_stands(Gathering *self)
{
	for (guint i = 0; i < self->tokens->count; i++) {
		const LwToken *token = lw_token_at(self->tokens, i),
			      *before = lw_token_at(self->tokens, i - 1);
		Stand *stand = &self->stands[i], *last = i ? stand - 1 : stand;
		gboolean opens = i == token->line_first;

		stand->block = i && token->gap < LW_GAP_BLANK ? last->block : i;
		stand->label = opens ? NOWHERE : before->mark == ':' ? i - 1 : last->label;
		stand->cell = last->cell;
		if (opens || self->cells[i + 1] > self->cells[i] ||
		    (last->cell == i - 1 && !*before->word)) {
			stand->cell = i;
			if (*token->word)
				add_cell(self, i);
		}
		if (i && stand->back == NOWHERE)
			stand->back = last->back;
	}
	for (guint i = self->tokens->count; i-- > 1;)
		if (self->stands[i - 1].ahead == NOWHERE)
			self->stands[i - 1].ahead = self->stands[i].ahead;
}

static void add_chances(const Gathering *self, LwEvidence *evidence, guint first, guint last,
			const Places *places)
{
	for (guint tag = 0; tag < TAGS; tag++) {
		guint32 *to = evidence->values + tag * CHANCES;
		float sum = 0, least = 1, greatest = 0;
		guint words = 0;

		for (guint i = first; i <= last; i++) {
			float chance = chance_at(self, i, tag);

			if (!*lw_token_at(self->tokens, i)->word)
				continue;
			sum += chance;
			least = MIN(least, chance);
			greatest = MAX(greatest, chance);
			words++;
		}
		to[MEAN] = band_of(words ? sum / (float)words : 0);
		to[LEAST] = band_of(words ? least : 0);
		to[GREATEST] = band_of(greatest);
		to[BEFORE2] = band_of(first > 1 ? chance_at(self, first - 2, tag) : 0);
		to[BEFORE] = band_of(first ? chance_at(self, first - 1, tag) : 0);
		to[AFTER] = band_of(chance_at(self, last + 1, tag));
		to[AFTER2] = band_of(chance_at(self, last + 2, tag));
		to[PLACES] = places && places->count
				     ? band_of(places->chances[tag] / (float)places->count)
				     : to[MEAN];
	}
}

static guint near(const Gathering *self, guint first, guint last, guint reach)
{
	guint from = first > reach ? first - reach : 0,
	      to = MIN(self->tokens->count, last + reach + 1);

	return self->starts[to] - self->starts[from] -
	       (self->starts[first + 1] - self->starts[first]);
}

static void add_line(const Gathering *self, LwEvidence *evidence, guint first)
{
	const LwToken *token = lw_token_at(self->tokens, first);
	guint from = token->line_first, to = MIN(token->line_next, self->tokens->count);
	guint cells = to > from ? self->cells[to] - self->cells[from + 1] : 0;

	evidence->values[LW_EVIDENCE_LINE_TOKENS] = MIN(to - from, MOST);
	evidence->values[LW_EVIDENCE_LINE_AT] = MIN(first - from, MOST);
	evidence->values[LW_EVIDENCE_CELLS] = MIN(cells, MOST);
	evidence->values[LW_EVIDENCE_ON_LINE] =
		MIN(self->starts[to] - self->starts[from] -
			    (self->starts[first + 1] - self->starts[first]),
		    MOST);
	evidence->values[LW_EVIDENCE_LINE_FIRST] =
		from < first ? hash_of(lw_token_at(self->tokens, from)->word) : 0;
}

static void add_word(const Gathering *self, LwEvidence *evidence, guint at, LwEvidenceId letters,
		     LwEvidenceId lists)
{
	const guint32 known = LW_WORD_FIRST_NAME | LW_WORD_SURNAME | LW_WORD_COMMON |
			      LW_WORD_PLACE | LW_WORD_STREET | LW_WORD_FREQUENT |
			      LW_WORD_ORGANISATION | LW_WORD_TITLE | LW_WORD_ROLE;
	const LwToken *token = lw_token_at(self->tokens, at);

	evidence->values[letters] =
		token->flags &
		(LW_TOKEN_CAPITAL | LW_TOKEN_ALL_CAPS | LW_TOKEN_LOWER | LW_TOKEN_MIXED |
		 LW_TOKEN_DIGIT | LW_TOKEN_SENTENCE_START | LW_TOKEN_LINE_START | LW_TOKEN_HYPHEN);
	evidence->values[lists] = token->lists & known;
}

static void add_neighbours(const Gathering *self, LwEvidence *evidence, guint first, guint last)
{
	const LwToken *before = lw_token_at(self->tokens, first ? first - 1 : self->tokens->count),
		      *after = lw_token_at(self->tokens, last + 1);

	evidence->values[LW_EVIDENCE_GAP_BEFORE] = lw_token_at(self->tokens, first)->gap;
	evidence->values[LW_EVIDENCE_GAP_AFTER] = after->gap;
	evidence->values[LW_EVIDENCE_MARK_BEFORE] = before->mark;
	evidence->values[LW_EVIDENCE_MARK_AFTER] = after->mark;
	evidence->values[LW_EVIDENCE_WORD_BEFORE] = hash_of(before->word);
	evidence->values[LW_EVIDENCE_WORD_AFTER] = hash_of(after->word);
}

static guint32 hash_both(const char *one, const char *other)
{
	return hash_of(one) * 16777619u ^ hash_of(other);
}

static const char *word_at(const Gathering *self, guint at)
{
	return lw_token_at(self->tokens, at)->word;
}

static void add_words(const Gathering *self, const LwEntity *entity, guint first, guint last,
		      LwEvidence *evidence)
{
	guint32 *values = evidence->values;
	guint none = self->tokens->count, label = self->stands[first].label,
	      line = lw_token_at(self->tokens, first)->line_first;
	const char *head = head_of(self, first, last)->word;

	values[LW_EVIDENCE_HEAD] = hash_of(head);
	values[LW_EVIDENCE_HEAD_KIND] = hash_both(head, lw_kind_name(entity->kind));
	values[LW_EVIDENCE_FIRST] = hash_of(word_at(self, first));
	for (guint i = first; i <= last; i++)
		values[LW_EVIDENCE_PHRASE] =
			values[LW_EVIDENCE_PHRASE] * 31 + hash_of(word_at(self, i));
	values[LW_EVIDENCE_BEFORE_FIRST] =
		hash_both(word_at(self, first ? first - 1 : none), word_at(self, first));
	values[LW_EVIDENCE_LAST_AFTER] = hash_both(head, word_at(self, last + 1));
	values[LW_EVIDENCE_WORD_BEFORE2] = hash_of(word_at(self, first > 1 ? first - 2 : none));
	values[LW_EVIDENCE_WORD_AFTER2] = hash_of(word_at(self, last + 2));
	values[LW_EVIDENCE_LABEL] =
		label != NOWHERE && label > line ? hash_of(word_at(self, label - 1)) : 0;
	values[LW_EVIDENCE_ABOVE] =
		line ? hash_of(word_at(self, lw_token_at(self->tokens, line - 1)->line_first)) : 0;
}

/* The kind goes with a sense: a word of illness is one thing in a name, another in a passage. */
static void add_senses(const Gathering *self, const LwEntity *entity, guint first, guint last,
		       LwEvidence *evidence)
{
	const LwTags *tagged = self->context->tags;
	guint32 kind = (guint32)(entity->kind + 1) << 16;
	guint32 before = lw_tags_sense(tagged, first, -1), after = lw_tags_sense(tagged, last, 1);
	guint private = 0;

	for (guint i = first; i <= last; i++) {
		LwSense sense = lw_tags_sense(tagged, i, 0);

		private += sense && sense <= LW_SENSE_LAST_PRIVATE;
	}
	evidence->values[LW_EVIDENCE_HEAD_SENSE] =
		kind | lw_tags_sense(tagged, head_at(self, first, last), 0);
	evidence->values[LW_EVIDENCE_SENSE_BEFORE] = kind | before;
	evidence->values[LW_EVIDENCE_SENSE_AFTER] = kind | after;
	evidence->values[LW_EVIDENCE_SENSES_BESIDE] = kind | before << 8 | after;
	evidence->values[LW_EVIDENCE_PRIVATE_WORDS] = MIN(private, MOST);
}

static void add_column(const Gathering *self, guint first, LwEvidence *evidence)
{
	guint cell = self->stands[first].cell;
	guint64 key = key_of(self, cell);
	const Column *column = g_hash_table_lookup(self->columns, &key);
	guint others = column ? column->cells - 1 : 0;

	evidence->values[LW_EVIDENCE_COLUMN_CELLS] = MIN(others, MOST);
	if (!others)
		return;
	evidence->values[LW_EVIDENCE_HEADING] = column->top >= cell && column->top <= first
							? 1
							: hash_of(word_at(self, column->top));
	evidence->values[LW_EVIDENCE_COLUMN_GONE] =
		1 + (column->gone - MIN(column->gone, self->gone[cell])) * SHARE / others;
	evidence->values[LW_EVIDENCE_COLUMN_KEPT] =
		1 + (column->kept - MIN(column->kept, self->kept[cell])) * SHARE / others;
}

static guint32 permil(double sum, guint count)
{
	return (guint32)MIN(sum * 1000 / count, MOST);
}

static void add_around(const Gathering *self, guint first, guint last, LwEvidence *evidence)
{
	guint count = self->tokens->count, from = first > CLOSE ? first - CLOSE : 0,
	      to = MIN(count, last + CLOSE + 1);
	guint32 back = first ? self->stands[first - 1].back : NOWHERE,
		ahead = last + 1 < count ? self->stands[last + 1].ahead : NOWHERE;
	float special = 0, stays = 0;

	for (guint i = from; i < to; i++) {
		if (i >= first && i <= last)
			continue;
		special = MAX(special, lw_tags_chance(self->context->tags, i, i, LW_TAG_SPECIAL));
		stays = MAX(stays, lw_tags_chance(self->context->tags, i, i, LW_TAG_STAYS));
	}
	evidence->values[LW_EVIDENCE_SPECIAL_NEAR] = band_of(special);
	evidence->values[LW_EVIDENCE_STAYS_NEAR] = band_of(stays);
	evidence->values[LW_EVIDENCE_PERSON_BACK] =
		back == NOWHERE ? MOST : MIN(first - back, MOST);
	evidence->values[LW_EVIDENCE_PERSON_AHEAD] =
		ahead == NOWHERE ? MOST : MIN(ahead - last, MOST);
	evidence->values[LW_EVIDENCE_PERSON_TEXT] = permil(self->chances[0], count);
	evidence->values[LW_EVIDENCE_SPECIAL_TEXT] = permil(self->chances[1], count);
}

static void gather(const Gathering *self, const LwEntity *entity, guint first, guint last,
		   LwEvidence *evidence)
{
	const char *head = head_of(self, first, last)->word;
	const Places *places = *head ? g_hash_table_lookup(self->words, head) : NULL;
	guint letters = 0, digits = 0, rival = 0;

	add_chances(self, evidence, first, last, places);
	add_line(self, evidence, first);
	add_word(self, evidence, first, LW_EVIDENCE_FIRST_CASE, LW_EVIDENCE_FIRST_LISTS);
	add_word(self, evidence, last, LW_EVIDENCE_LAST_CASE, LW_EVIDENCE_LAST_LISTS);
	add_neighbours(self, evidence, first, last);
	add_words(self, entity, first, last, evidence);
	add_senses(self, entity, first, last, evidence);
	add_column(self, first, evidence);
	add_around(self, first, last, evidence);
	for (guint i = first; i <= last; i++) {
		letters += lw_token_at(self->tokens, i)->letters;
		digits += (lw_token_at(self->tokens, i)->flags & LW_TOKEN_DIGIT) != 0;
		rival = MAX(rival, self->finds[i]);
	}
	evidence->values[LW_EVIDENCE_SCORE] = (guint32)(entity->score * 100);
	evidence->values[LW_EVIDENCE_RULE] = hash_of(entity->rule);
	evidence->values[LW_EVIDENCE_KIND] = hash_of(lw_kind_name(entity->kind));
	evidence->values[LW_EVIDENCE_REASON] = hash_of(lw_reason_name(entity->reason));
	evidence->values[LW_EVIDENCE_ROLE] = hash_of(lw_role_name(entity->role));
	evidence->values[LW_EVIDENCE_RIVAL] = rival;
	evidence->values[LW_EVIDENCE_TOKENS] = MIN(last - first + 1, MOST);
	evidence->values[LW_EVIDENCE_LETTERS] = MIN(letters, MOST);
	evidence->values[LW_EVIDENCE_DIGITS] = MIN(digits, MOST);
	evidence->values[LW_EVIDENCE_PLACES] = places ? MIN(places->count, MOST) : 0;
	evidence->values[LW_EVIDENCE_PLACES_GONE] =
		places && places->count ? places->gone * SHARE / places->count : 0;
	evidence->values[LW_EVIDENCE_PLACES_KEPT] =
		places && places->count ? places->kept * SHARE / places->count : 0;
	evidence->values[LW_EVIDENCE_SAME_KIND] = MIN(self->kinds[entity->kind], MOST);
	evidence->values[LW_EVIDENCE_NEAR20] = MIN(near(self, first, last, CLOSE), MOST);
	evidence->values[LW_EVIDENCE_NEAR60] = MIN(near(self, first, last, NEAR), MOST);
	evidence->values[LW_EVIDENCE_DENSITY] = (guint32)MIN(
		(guint64)self->starts[self->tokens->count] * 1000 / self->tokens->count, MOST);
	evidence->values[LW_EVIDENCE_FROM_TOP] =
		(guint32)((guint64)first * 64 / self->tokens->count);
	evidence->values[LW_EVIDENCE_PUBLIC] = first < self->context->public_end;
	evidence->values[LW_EVIDENCE_LANGUAGE] = (guint32)self->context->language;
}

void lw_evidence_each(const LwDetectContext *context, LwEntities *found, LwEvidenceFunc func,
		      gpointer self)
{
	Gathering gathering = {.context = context, .tokens = context->tokens};
	guint count = found->items->len;

	if (!context->tags || !context->tokens->count)
		return;
	gathering.words = g_hash_table_new_full(g_direct_hash, g_direct_equal, NULL, g_free);
	gathering.columns = g_hash_table_new_full(hash_of_key, g_int64_equal, g_free, g_free);
	gathering.stands = g_new0(Stand, context->tokens->count + 1);
	for (guint i = 0; i < context->tokens->count; i++)
		gathering.stands[i].back = gathering.stands[i].ahead = NOWHERE;
	gathering.kept = g_new0(guint8, context->tokens->count + 1);
	gathering.gone = g_new0(guint8, context->tokens->count + 1);
	gathering.finds = g_new0(guint8, context->tokens->count + 1);
	gathering.starts = g_new0(guint32, context->tokens->count + 2);
	gathering.cells = g_new0(guint32, context->tokens->count + 1);
	read_finds(&gathering, found);
	read_places(&gathering);
	read_stands(&gathering);
	for (guint i = 0; i < count; i++) {
		LwEntity *entity = &g_array_index(found->items, LwEntity, i);
		LwEvidence evidence = {0};
		guint first, last;

		if (!is_weighed(entity) || !find_tokens(&gathering, entity, &first, &last))
			continue;
		gather(&gathering, entity, first, last, &evidence);
		func(self, entity, &evidence);
	}
	g_hash_table_unref(gathering.words);
	g_hash_table_unref(gathering.columns);
	g_free(gathering.stands);
	g_free(gathering.kept);
	g_free(gathering.gone);
	g_free(gathering.finds);
	g_free(gathering.starts);
	g_free(gathering.cells);
}
