/* person-card.c - groups names to persons and indexes every way in which a card can be written.
 *
 * Names with first names open cards, names with initials join the only card they fit, then surnames
 * alone and first names alone do. Nothing depends on the order of a hash table. */
#include "engine/detect/person-card.h"

#include <stdlib.h>
#include <string.h>

#include "engine/detect/word-map.h"

#define MAX_CANDIDATES                                                                             \
	256 /* cards looked at for one surname: a hostile run may make them up without end */
#define FUZZY_MIN 6
#define FUZZY_MAX 40
#define MAIL_MIN  4

typedef struct {
	LwPersonName name;
	LwRole role;
	gboolean roles_differ;
	guint32 card;
} Mention;

typedef struct {
	LwPersonCard card;
	gboolean roles_differ, started;
	guint first_seen;
} Draft;

typedef struct {
	guint64 hash;
	guint32 surname;
} Near;

struct LwPersonCards {
	const LwLexicon *lexicon;
	LwArena *arena;
	GArray *mentions;      /* Mention */
	LwWordMap *by_key;     /* index of the mention + 1 */
	GArray *cards;	       /* Draft */
	GPtrArray *by_core;    /* GArray of guint32: cards with a surname */
	LwWordMap *core_index; /* index in by_core + 1 */
	GPtrArray *by_first;
	LwWordMap *first_index;
	GArray *surnames;	  /* LwPersonSurname */
	LwWordMap *surname_index; /* index + 1, by first word */
	GArray *near;		  /* Near, by hash */
	LwWordMap *look_index;	  /* index of the surname + 1, by its look */
	LwWordMap *mail_index;	  /* card, or SEVERAL */
};

#define SEVERAL G_MAXUINT32

static void free_list(gpointer list)
{
	g_array_unref(list);
}

LwPersonCards *lw_person_cards_new(const LwLexicon *lexicon)
{
	LwPersonCards *cards = g_new0(LwPersonCards, 1);

	cards->lexicon = lexicon;
	cards->arena = lw_arena_new();
	cards->mentions = g_array_new(FALSE, TRUE, sizeof(Mention));
	cards->cards = g_array_new(FALSE, TRUE, sizeof(Draft));
	cards->surnames = g_array_new(FALSE, TRUE, sizeof(LwPersonSurname));
	cards->near = g_array_new(FALSE, TRUE, sizeof(Near));
	cards->by_core = g_ptr_array_new_with_free_func(free_list);
	cards->by_first = g_ptr_array_new_with_free_func(free_list);
	cards->by_key = lw_word_map_new();
	cards->core_index = lw_word_map_new();
	cards->first_index = lw_word_map_new();
	cards->surname_index = lw_word_map_new();
	cards->look_index = lw_word_map_new();
	cards->mail_index = lw_word_map_new();
	return cards;
}

void lw_person_cards_free(LwPersonCards *cards)
{
	if (!cards)
		return;
	lw_word_map_free(cards->by_key);
	lw_word_map_free(cards->core_index);
	lw_word_map_free(cards->first_index);
	lw_word_map_free(cards->surname_index);
	lw_word_map_free(cards->look_index);
	lw_word_map_free(cards->mail_index);
	g_ptr_array_unref(cards->by_core);
	g_ptr_array_unref(cards->by_first);
	g_array_unref(cards->mentions);
	g_array_unref(cards->cards);
	g_array_unref(cards->surnames);
	g_array_unref(cards->near);
	lw_arena_free(cards->arena);
	g_free(cards);
}

void lw_person_cards_learn(LwPersonCards *cards, const char *text, gsize length,
			   LwNameManner manner, LwRole role)
{
	g_autoptr(LwArena) scratch = lw_arena_new();
	Mention mention = {.role = role};
	guint32 *known;
	const char *key;

	if (!lw_person_name_parse(&mention.name, scratch, cards->lexicon, text, length, manner))
		return;
	key = lw_person_name_key(&mention.name, scratch);
	known = lw_word_map_add(cards->by_key, key, strlen(key));
	if (*known) {
		Mention *earlier = &g_array_index(cards->mentions, Mention, *known - 1);

		earlier->roles_differ |= earlier->role != role;
		return;
	}
	*known = cards->mentions->len + 1;
	lw_person_name_parse(&mention.name, cards->arena, cards->lexicon, text, length, manner);
	g_array_append_val(cards->mentions, mention);
}

static const GArray *list_at(const GPtrArray *lists, const LwWordMap *index, const char *word,
			     gsize length)
{
	guint32 at = lw_word_map_find(index, word, length);

	return at ? g_ptr_array_index(lists, at - 1) : NULL;
}

static void list_add(GPtrArray *lists, LwWordMap *index, const char *word, guint32 card)
{
	guint32 *at = lw_word_map_add(index, word, strlen(word));
	GArray *list;

	if (!*at) {
		g_ptr_array_add(lists, g_array_new(FALSE, FALSE, sizeof(guint32)));
		*at = lists->len;
	}
	list = g_ptr_array_index(lists, *at - 1);
	for (guint i = 0; i < list->len; i++) {
		if (i >= MAX_CANDIDATES || g_array_index(list, guint32, i) == card)
			return;
	}
	g_array_append_val(list, card);
}

static Draft *draft_at(const LwPersonCards *cards, guint32 number)
{
	return &g_array_index(cards->cards, Draft, number - 1);
}

/* Do they share a surname or half of one, with particles that do not contradict? */
static gboolean parts_meet(const LwPersonName *a, const LwPersonName *b)
{
	for (guint i = 0; i < a->part_count; i++) {
		for (guint k = 0; k < b->part_count; k++) {
			const char *left = a->parts[i].particle, *right = b->parts[k].particle;

			if (g_str_equal(a->parts[i].core, b->parts[k].core) &&
			    (!*left || !*right || g_str_equal(left, right)))
				return TRUE;
		}
	}
	return FALSE;
}

/* The number of cards that the name fits, up to two; *found: the first of them. */
static guint fitting(const LwPersonCards *cards, const LwPersonName *name, guint32 *found)
{
	guint count = 0;

	*found = 0;
	for (guint i = 0; i < name->part_count; i++) {
		const char *core = name->parts[i].core;
		const GArray *list = list_at(cards->by_core, cards->core_index, core, strlen(core));

		for (guint k = 0; list && k < list->len && count < 2; k++) {
			guint32 number = g_array_index(list, guint32, k);
			const LwPersonName *other = &draft_at(cards, number)->card.name;

			if (number == *found || !parts_meet(name, other) ||
			    !lw_person_givens_fit(name, other))
				continue;
			if (count++ == 0)
				*found = number;
		}
	}
	return count;
}

static void merge_givens(LwPersonName *card, const LwPersonName *name)
{
	if (strlen(name->initials) > strlen(card->initials))
		card->initials = name->initials;
	for (guint i = 0; i < name->first_count && card->first_count < LW_NAME_FIRSTS; i++) {
		gboolean known = FALSE;

		for (guint k = 0; k < card->first_count; k++)
			known |= g_str_equal(card->firsts[k], name->firsts[i]);
		if (!known)
			card->firsts[card->first_count++] = name->firsts[i];
	}
}

static void merge_parts(LwPersonName *card, const LwPersonName *name)
{
	for (guint i = 0; i < name->part_count; i++) {
		guint k = 0;

		while (k < card->part_count &&
		       !g_str_equal(card->parts[k].core, name->parts[i].core))
			k++;
		if (k == card->part_count && k < LW_NAME_PARTS)
			card->parts[card->part_count++] = name->parts[i];
		else if (k < card->part_count && !*card->parts[k].particle)
			card->parts[k].particle = name->parts[i].particle;
	}
}

static void attach(LwPersonCards *cards, Mention *mention, guint32 number)
{
	guint seen = (guint)(mention - &g_array_index(cards->mentions, Mention, 0));
	LwPersonName *name;
	Draft *draft;

	if (!number) {
		g_array_set_size(cards->cards, cards->cards->len + 1);
		number = cards->cards->len;
		draft_at(cards, number)->card.name.initials = "";
		draft_at(cards, number)->first_seen = seen;
	}
	mention->card = number;
	draft = draft_at(cards, number);
	draft->roles_differ |=
		mention->roles_differ || (draft->started && draft->card.role != mention->role);
	draft->card.role = mention->role;
	draft->started = TRUE;
	draft->first_seen = MIN(draft->first_seen, seen);
	name = &draft->card.name;
	if (!(mention->name.maybe_first && name->first_count > 0 && name->part_count > 0)) {
		merge_givens(name, &mention->name);
		merge_parts(name, &mention->name);
	}
	for (guint i = 0; i < name->part_count; i++)
		list_add(cards->by_core, cards->core_index, name->parts[i].core, number);
	for (guint i = 0; i < name->first_count; i++)
		list_add(cards->by_first, cards->first_index, name->firsts[i], number);
}

static guint32 only_first(const LwPersonCards *cards, const char *first)
{
	const GArray *list = list_at(cards->by_first, cards->first_index, first, strlen(first));

	return list && list->len == 1 ? g_array_index(list, guint32, 0) : 0;
}

typedef enum { RANK_FIRST_AND_SURNAME, RANK_INITIALS, RANK_SURNAME, RANK_FIRST, RANK_COUNT } Rank;

static Rank rank_of(const LwPersonName *name)
{
	if (name->part_count == 0)
		return RANK_FIRST;
	if (name->first_count > 0)
		return RANK_FIRST_AND_SURNAME;
	return *name->initials ? RANK_INITIALS : RANK_SURNAME;
}

static void place(LwPersonCards *cards, Mention *mention)
{
	const LwPersonName *name = &mention->name;
	guint32 number = 0;
	guint count = fitting(cards, name, &number);

	if (name->part_count == 0)
		number = only_first(cards, name->firsts[0]);
	else if (count == 0 && name->maybe_first)
		number = only_first(cards, name->parts[0].core);
	else if (count > 1 && rank_of(name) != RANK_FIRST_AND_SURNAME)
		number = 0;
	attach(cards, mention, number);
}

static int compare_seen(const void *a, const void *b)
{
	const Draft *x = a, *y = b;

	return (x->first_seen > y->first_seen) - (x->first_seen < y->first_seen);
}

/* Numbers in the order in which the persons were first seen; the lists by name are made anew. */
static void renumber(LwPersonCards *cards)
{
	g_autofree guint32 *moved = g_new0(guint32, cards->cards->len + 1);
	g_autofree guint *seen = g_new0(guint, cards->mentions->len + 1);

	for (guint i = 0; i < cards->cards->len; i++)
		seen[g_array_index(cards->cards, Draft, i).first_seen] = i + 1;
	g_array_sort(cards->cards, compare_seen);
	for (guint i = 0; i < cards->cards->len; i++)
		moved[seen[g_array_index(cards->cards, Draft, i).first_seen]] = i + 1;
	for (guint i = 0; i < cards->mentions->len; i++) {
		Mention *mention = &g_array_index(cards->mentions, Mention, i);

		mention->card = moved[mention->card];
	}
	for (guint i = 0; i < cards->by_core->len + cards->by_first->len; i++) {
		GArray *list = i < cards->by_core->len ? g_ptr_array_index(cards->by_core, i)
						       : g_ptr_array_index(cards->by_first,
									   i - cards->by_core->len);

		for (guint k = 0; k < list->len; k++)
			g_array_index(list, guint32, k) = moved[g_array_index(list, guint32, k)];
	}
}

static guint64 hash_without(const char *word, gsize length, gsize without)
{
	guint64 hash = 0xcbf29ce484222325u;

	for (gsize i = 0; i < length; i++) {
		if (i != without)
			hash = (hash ^ (guint8)word[i]) * 0x100000001b3u;
	}
	return hash;
}

/* What a word looks like to a reader of scans, and sounds like to a writer: rn and m, l and i and
 * 1, ij and y are one. */
static gsize look_of(const char *word, gsize length, char look[FUZZY_MAX + 2])
{
	static const char *const pairs[] = {"rnm", "vvw", "ijy"};
	static const char same[] = "0o1lil|l5s8b6b";
	gsize to = 0;

	for (gsize i = 0; i < length; i++) {
		char c = word[i];

		for (gsize k = 0; i + 1 < length && k < G_N_ELEMENTS(pairs); k++) {
			if (word[i] != pairs[k][0] || word[i + 1] != pairs[k][1])
				continue;
			c = pairs[k][2];
			i++;
			break;
		}
		for (const char *pair = same; *pair; pair += 2)
			c = c == pair[0] ? pair[1] : c;
		look[to++] = c;
	}
	return to;
}

static void index_look(LwPersonCards *cards, const char *core, gsize length, guint32 surname)
{
	char look[FUZZY_MAX + 2];
	gsize size = look_of(core, length, look);
	guint32 *at = lw_word_map_add(cards->look_index, look, size);

	*at = *at ? *at : surname + 1;
}

static void index_near(LwPersonCards *cards, const char *core, gsize length, guint32 surname)
{
	if (length < FUZZY_MIN || length > FUZZY_MAX || memchr(core, ' ', length))
		return;
	index_look(cards, core, length, surname);
	for (gsize i = 0; i <= length; i++) {
		Near near = {hash_without(core, length, i), surname};

		g_array_append_val(cards->near, near);
	}
}

static void index_surname(LwPersonCards *cards, const char *core, const char *particle,
			  guint32 number)
{
	gsize word = strcspn(core, " ");
	guint32 *head = lw_word_map_add(cards->surname_index, core, word);
	LwPersonSurname surname = {core, strlen(core), particle, number, *head};
	guint32 at = *head;

	for (guint looked = 0; at; looked++) {
		const LwPersonSurname *other =
			&g_array_index(cards->surnames, LwPersonSurname, at - 1);

		if (looked >= MAX_CANDIDATES ||
		    (other->card == number && g_str_equal(other->core, core)))
			return;
		at = other->next;
	}
	g_array_append_val(cards->surnames, surname);
	*head = cards->surnames->len;
	index_near(cards, core, surname.length, cards->surnames->len - 1);
}

/* The letters of a word or phrase, as they stand in the local part of an address. */
static void append_letters(GString *out, const char *text)
{
	for (; *text; text++) {
		if (g_ascii_isalnum(*text) || ((guint8)*text & 0x80))
			g_string_append_c(out, *text);
	}
}

static void index_mail(LwPersonCards *cards, guint32 number, const char *const *pieces)
{
	g_autoptr(GString) key = g_string_new(NULL);
	guint32 *card;

	for (; *pieces; pieces++)
		append_letters(key, *pieces);
	if (key->len < MAIL_MIN)
		return;
	card = lw_word_map_add(cards->mail_index, key->str, key->len);
	*card = *card && *card != number ? SEVERAL : number;
}

#define PIECES(...) ((const char *const[]){__VA_ARGS__, NULL})

/* A particle is kept as its first letters; addresses spell it out. These are the usual ones. */
static const char *const particle_words[][2] = {
	{"d", "de"},	  {"d", "den"}, {"v", "van"},	{"vd", "vande"},  {"vd", "vander"},
	{"vd", "vanden"}, {"vd", "vd"}, {"vt", "vant"}, {"vh", "vanhet"}, {"t", "ter"},
	{"t", "ten"},	  {"t", "t"},	{"e", "el"},	{"a", "al"},	  {"h", "het"},
	{"b", "ben"},	  {"d", "da"},	{"d", "di"},	{"d", "dos"},
};

static void index_mail_with(LwPersonCards *cards, guint32 number, const char *given,
			    const char *particle, const char *core)
{
	index_mail(cards, number, PIECES(given, particle, core));
	index_mail(cards, number, PIECES(particle, core, given));
	index_mail(cards, number, PIECES(core, given, particle));
	index_mail(cards, number, PIECES(given, core));
	index_mail(cards, number, PIECES(core, given));
}

static void index_mails_of(LwPersonCards *cards, guint32 number, const LwPersonName *name,
			   const char *given)
{
	for (guint i = 0; i < name->part_count; i++) {
		const LwNamePart *part = &name->parts[i];

		index_mail_with(cards, number, given, part->particle, part->core);
		for (gsize k = 0; *part->particle && k < G_N_ELEMENTS(particle_words); k++) {
			if (g_str_equal(part->particle, particle_words[k][0]))
				index_mail_with(cards, number, given, particle_words[k][1],
						part->core);
		}
	}
}

/* "Al-Rashidi" is written "Al Rashidi" and "Alrashidi" too. */
static void index_untied(LwPersonCards *cards, const char *core, guint32 number)
{
	static const char *const heads[] = {"al-", "el-", "ait-", "abd-", "ben-"};

	for (gsize i = 0; i < G_N_ELEMENTS(heads); i++) {
		gsize head = strlen(heads[i]);
		char *joined, *sign;

		if (strncmp(core, heads[i], head) != 0 || strlen(core) < head + 3)
			continue;
		joined = lw_arena_alloc(cards->arena, strlen(core));
		memcpy(joined, core, head - 1);
		strcpy(joined + head - 1, core + head);
		sign = lw_arena_strndup(cards->arena, core, 1);
		index_surname(cards, core + head, sign, number);
		index_surname(cards, joined, "", number);
	}
}

static void index_card(LwPersonCards *cards, guint32 number)
{
	const LwPersonName *name = &draft_at(cards, number)->card.name;
	char letter[2] = {name->initials[0], '\0'};

	for (guint i = 0; i < name->part_count; i++) {
		index_surname(cards, name->parts[i].core, name->parts[i].particle, number);
		index_untied(cards, name->parts[i].core, number);
	}
	for (guint i = 0; i < name->first_count; i++) {
		index_mails_of(cards, number, name, name->firsts[i]);
		letter[0] = letter[0] ? letter[0] : name->firsts[i][0];
	}
	if (letter[0])
		index_mails_of(cards, number, name, letter);
	if (name->first_count > 0 && name->firsts[0][0] != letter[0]) {
		letter[0] = name->firsts[0][0];
		index_mails_of(cards, number, name, letter);
	}
	if (strlen(name->initials) > 1)
		index_mails_of(cards, number, name, name->initials);
}

static int compare_near(const void *a, const void *b)
{
	const Near *x = a, *y = b;

	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	return (x->surname > y->surname) - (x->surname < y->surname);
}

void lw_person_cards_close(LwPersonCards *cards)
{
	for (guint rank = 0; rank < RANK_COUNT; rank++) {
		for (guint i = 0; i < cards->mentions->len; i++) {
			Mention *mention = &g_array_index(cards->mentions, Mention, i);

			if (rank_of(&mention->name) == rank)
				place(cards, mention);
		}
	}
	renumber(cards);
	for (guint i = 0; i < cards->cards->len; i++) {
		Draft *draft = draft_at(cards, i + 1);

		if (draft->roles_differ ||
		    lw_role_default_action(draft->card.role) != LW_ACTION_KEEP)
			draft->card.role = LW_ROLE_UNKNOWN;
		index_card(cards, i + 1);
	}
	g_array_sort(cards->near, compare_near);
}

guint lw_person_cards_count(const LwPersonCards *cards)
{
	return cards->cards->len;
}

const LwPersonCard *lw_person_cards_at(const LwPersonCards *cards, guint32 number)
{
	g_assert(number > 0 && number <= cards->cards->len);
	return &draft_at(cards, number)->card;
}

guint32 lw_person_cards_of(const LwPersonCards *cards, const LwPersonName *name)
{
	g_autoptr(LwArena) scratch = lw_arena_new();
	const char *key = lw_person_name_key(name, scratch);
	guint32 at = lw_word_map_find(cards->by_key, key, strlen(key)), number = 0;

	if (at)
		return g_array_index(cards->mentions, Mention, at - 1).card;
	if (name->part_count == 0)
		return only_first(cards, name->firsts[0]);
	return fitting(cards, name, &number) == 1 ? number : 0;
}

const LwPersonSurname *lw_person_cards_surname(const LwPersonCards *cards, const char *word,
					       gsize length)
{
	guint32 at = lw_word_map_find(cards->surname_index, word, length);

	return at ? &g_array_index(cards->surnames, LwPersonSurname, at - 1) : NULL;
}

const LwPersonSurname *lw_person_cards_next(const LwPersonCards *cards, const LwPersonSurname *at)
{
	return at->next ? &g_array_index(cards->surnames, LwPersonSurname, at->next - 1) : NULL;
}

/* One letter more, less or other, or two neighbours swapped. */
static gboolean is_one_slip(const char *a, gsize a_length, const char *b, gsize b_length)
{
	gsize same = 0, tail = 0, shorter = MIN(a_length, b_length);

	while (same < shorter && a[same] == b[same])
		same++;
	while (tail < shorter - same && a[a_length - 1 - tail] == b[b_length - 1 - tail])
		tail++;
	a_length -= same + tail;
	b_length -= same + tail;
	if (a_length + b_length <= 1 || (a_length == 1 && b_length == 1))
		return TRUE;
	return a_length == 2 && b_length == 2 && a[same] == b[same + 1] && a[same + 1] == b[same];
}

static guint first_near(const GArray *near, guint64 hash)
{
	guint low = 0, high = near->len;

	while (low < high) {
		guint middle = low + (high - low) / 2;

		if (g_array_index(near, Near, middle).hash < hash)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

const LwPersonSurname *lw_person_cards_near(const LwPersonCards *cards, const char *word,
					    gsize length)
{
	char look[FUZZY_MAX + 2];

	if (length + 1 < FUZZY_MIN || length > FUZZY_MAX + 1)
		return NULL;
	guint32 at = lw_word_map_find(cards->look_index, look, look_of(word, length, look));
	if (at)
		return &g_array_index(cards->surnames, LwPersonSurname, at - 1);
	for (gsize i = 0; i <= length; i++) {
		guint64 hash = hash_without(word, length, i);

		for (guint k = first_near(cards->near, hash);
		     k < cards->near->len && g_array_index(cards->near, Near, k).hash == hash;
		     k++) {
			const LwPersonSurname *surname =
				&g_array_index(cards->surnames, LwPersonSurname,
					       g_array_index(cards->near, Near, k).surname);

			if (is_one_slip(word, length, surname->core, surname->length))
				return surname;
		}
	}
	return NULL;
}

const GArray *lw_person_cards_first(const LwPersonCards *cards, const char *word, gsize length)
{
	return list_at(cards->by_first, cards->first_index, word, length);
}

guint32 lw_person_cards_mail(const LwPersonCards *cards, const char *letters, gsize length)
{
	guint32 card = lw_word_map_find(cards->mail_index, letters, length);

	return card == SEVERAL ? 0 : card;
}

guint32 lw_person_cards_local_part(const LwPersonCards *cards, const char *text, gsize length,
				   gboolean *parts)
{
	char letters[64];
	gsize used = 0;

	while (length && g_ascii_isdigit(text[length - 1]))
		length--;
	*parts = FALSE;
	for (gsize i = 0; i < length; i++) {
		if (g_ascii_isalnum(text[i]) && used == sizeof(letters))
			return 0;
		if (g_ascii_isalnum(text[i]))
			letters[used++] = text[i];
		else
			*parts = TRUE;
	}
	return lw_person_cards_mail(cards, letters, used);
}
