/* special-word.c - the cues of special.def and special-compound.def, and which of them begins at a
 * token.
 *
 * Cues are found by the first three bytes of their first word, endings by their last two; the
 * longest wins. Two parts that make one word ("heupbreuk", "long ziekte") are a cue like any other.
 */
#include "engine/detect/name.h"
#include "engine/detect/special.h"

#include <string.h>

#define ENDING_LETTERS	8  /* of a word that is looked at for its ending */
#define KEY_LETTERS	3  /* bytes by which cues are found */
#define HEAD_MOST	64 /* bytes before a hyphen; no cue begins with a longer word */
#define END_LETTERS	2  /* bytes by which endings are found */
#define SHORT_LETTERS	2
#define COMPOUND_LEAST	6 /* bytes */
#define BACK_LEAST	2
#define MISREAD_LETTERS 5
#define MISREAD_BYTES	64
#define TORN_LETTERS	5
#define PARTED_FRONT	3 /* letters: "oor pijn", not "ms poli" */
#define GAP_TOKENS	3

typedef enum { WHOLE, PARTED } Writing;

typedef struct {
	const char *front;
	gsize length;
	Writing writing;
	GHashTable *backs; /* char * -> Cue */
} Front;

typedef struct {
	GHashTable *cues;   /* key -> the first Cue */
	GHashTable *fronts; /* key -> GArray of Front */
	GPtrArray *texts;   /* of the lists: cues are parts of them */
} Cues;

/* What tells most cues from a word before they are compared. */
static char sign_of(const char *cue)
{
	gsize length = strcspn(cue, " ");

	return *cue != '*' && !special_is_sign(cue, length) && length > KEY_LETTERS &&
			       cue[KEY_LETTERS] != '*'
		       ? cue[KEY_LETTERS]
		       : '\0';
}

static char next_of(const char *cue)
{
	const char *space = strchr(cue, ' ');

	return space && g_ascii_isalpha(space[1]) ? space[1] : '\0';
}

/* What an ending is found by: a star, and the end of a word so long. */
static void end_key(const char *word, gsize length, char key[END_LETTERS + 2])
{
	g_assert(length > END_LETTERS);
	key[0] = '*';
	memcpy(key + 1, word + length - END_LETTERS, END_LETTERS);
	key[END_LETTERS + 1] = '\0';
}

/* What a word that goes on in any way is found by: its first bytes, and a star. */
static void start_key(const char *word, gsize length, char key[KEY_LETTERS + 2])
{
	length = MIN(length, KEY_LETTERS);
	memcpy(key, word, length);
	strcpy(key + length, "*");
}

/* What a cue is found by whose first word is so long. */
static void key_of(const char *cue, gsize length, char *key)
{
	if (*cue == '*')
		end_key(cue, length, key);
	else if (cue[length - 1] == '*')
		start_key(cue, length - 1, key);
	else
		g_strlcpy(key, cue, length + 1);
}

/* The row of a key, made when there is none. */
static GArray *row_of(GHashTable *rows, const char *key, guint size)
{
	GArray *row = g_hash_table_lookup(rows, key);

	if (!row) {
		row = g_array_new(FALSE, FALSE, size);
		g_hash_table_insert(rows, g_strdup(key), row);
	}
	return row;
}

static void add_cue(const Cues *self, Cue *cue, const char *key)
{
	Cue *first = g_hash_table_lookup(self->cues, key);

	if (first)
		first->last->more = cue;
	else
		g_hash_table_insert(self->cues, g_strdup(key), first = cue);
	first->last = cue;
}

/* A cue is found by its first word; one that begins with a class, by that class. */
static void learn_first(const Cues *self, Cue *cue)
{
	gsize length = strcspn(cue->cue, " ");
	char *key = g_newa(char, length + KEY_LETTERS + 2);

	key_of(cue->cue, length, key);
	cue->sign = sign_of(cue->cue);
	cue->next = next_of(cue->cue);
	add_cue(self, cue, key);
}

/* Each word of a class that cues begin with stands for all of these: a cue of no category. */
static void learn_classes(const Cues *self)
{
	char **words;

	for (guint i = 0; (words = special_class_words(i)); i++) {
		const char *sign = special_class_sign(i);
		gboolean begins = g_hash_table_contains(self->cues, sign);
		Cue *all = begins ? g_new0(Cue, g_strv_length(words)) : NULL; /* for good */

		for (char **word = words; begins && *word; word++, all++) {
			all->cue = sign;
			add_cue(self, all, *word);
		}
		g_strfreev(words);
	}
}

/* "<part> van staal" as people read it: "... van staal". Yours. */
static char *readable(const char *pattern)
{
	char *text = g_malloc(3 * strlen(pattern) + 1), *end = text;

	for (const char *c = pattern; *c; c++) {
		if (*c == '<' || *c == '~' || *c == '#')
			end = stpcpy(end, "...");
		else if (!strchr(">()|", *c))
			*end++ = *c;
		if (*c == '<' && strchr(c, '>'))
			c = strchr(c, '>');
	}
	*end = '\0';
	return g_strstrip(text);
}

static guint count_words(const char *list)
{
	guint count = 1;

	for (; *list; list++)
		count += *list == ' ';
	return count;
}

static void learn(const Cues *self, const char *category, CueWeight weight, const char *list)
{
	/* for good, both */
	Cue *cue = g_new0(Cue, count_words(list));
	char *rest = g_strdup(list);

	g_ptr_array_add(self->texts, rest);
	for (char *word = strsep(&rest, " "); word; word = strsep(&rest, " ")) {
		if (!*word)
			continue;
		for (char *c = strchr(word, '_'); c; c = strchr(c, '_'))
			*c = ' ';
		*cue = (Cue){.category = category, .cue = word, .shown = word, .weight = weight};
		if (strchr(word, '<')) {
			cue->cue = special_encode(word);
			cue->shown = readable(word);
		}
		learn_first(self, cue++);
	}
}

static void learn_compounds(const Cues *self, const char *category, CueWeight weight,
			    Writing writing, const char *fronts, const char *list)
{
	g_auto(GStrv) words = g_strsplit(fronts, " ", -1);
	g_auto(GStrv) ends = g_strsplit(list, " ", -1);
	GHashTable *backs = g_hash_table_new(g_str_hash, g_str_equal);

	for (char **end = ends; *end; end++) {
		Cue *cue = g_new0(Cue, 1); /* for good, as its word */

		cue->category = category;
		cue->cue = cue->shown = g_strdup(*end);
		cue->weight = weight;
		g_hash_table_insert(backs, (gpointer)cue->cue, cue);
	}
	for (char **word = words; *word; word++) {
		g_autofree char *key = g_strndup(*word, KEY_LETTERS);
		Front front = {g_strdup(*word), strlen(*word), writing, backs};

		g_array_append_val(row_of(self->fronts, key, sizeof(Front)), front);
	}
}

static const Cues *all_cues(void)
{
	static Cues made;
	static gsize once;

	if (g_once_init_enter(&once)) {
		made.cues = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
		made.texts = g_ptr_array_new();
		made.fronts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
#define LW_SPECIAL(category, weight, list) learn(&made, category, CUE_##weight, list);
#include "engine/detect/special.def"
#undef LW_SPECIAL
#define LW_COMPOUND(category, weight, writing, fronts, backs)                                      \
	learn_compounds(&made, category, CUE_##weight, writing, fronts, backs);
#include "engine/detect/special-compound.def"
#undef LW_COMPOUND
		learn_classes(&made);
		g_once_init_leave(&once, 1);
	}
	return &made;
}

/* "angststoornis", "borstkanker": more in front than the ending itself. */
static gboolean ends_in(const char *word, const char *ending)
{
	return strlen(word) > strlen(ending) + 2 && g_str_has_suffix(word, ending);
}

/* What a number or an office has behind the hyphen. */
static gboolean is_of_house(const char *rest)
{
	return g_ascii_isdigit(*rest) ||
	       lw_token_in(rest,
			   "bestrijding bus team afdeling beleid consulent kliniek instelling "
			   "medewerker coordinator fonds dag plan arts verpleegkundige loket "
			   "commissie raad teams aanpak preventie protocol cijfers wet");
}

static gboolean word_matches(const char *word, const char *cue, gsize length)
{
	if (*cue == '*')
		return ends_in(word, cue + 1);
	if (length && cue[length - 1] == '*')
		return strncmp(word, cue, length - 1) == 0;
	/* "WIA-uitkering" is the cue with more; "GPK-24-0091" and "TBC-bestrijding" are not */
	return strncmp(word, cue, length) == 0 &&
	       (!word[length] ||
		(word[length] == '-' && !strchr(cue, ' ') && !is_of_house(word + length + 1)));
}

static guint match(const LwTokens *tokens, guint at, const char *cue);

/* '~' in a cue: up to three words of the same clause, as few as will do. */
static guint match_gap(const LwTokens *tokens, guint from, const char *rest)
{
	for (guint i = from; i <= from + GAP_TOKENS; i++) {
		guint end = match(tokens, i, rest);

		if (lw_token_at(tokens, i)->gap > LW_GAP_LINE ||
		    lw_token_at(tokens, i)->gap == LW_GAP_WIDE)
			return 0;
		if (end)
			return end;
		if (!special_goes_on(tokens, i))
			return 0;
	}
	return 0;
}

/* The token after the cue, or 0. */
static guint match(const LwTokens *tokens, guint at, const char *cue)
{
	guint i = at;

	while (*cue) {
		gsize length = strcspn(cue, " ");

		if (*cue == '~')
			return match_gap(tokens, i, cue + 2);
		if (i > at && *cue != '|' && *cue != '!' &&
		    lw_token_at(tokens, i)->gap > LW_GAP_LINE)
			return 0;
		if (special_is_sign(cue, length)) {
			if (!special_skip_sign(tokens, &i, cue))
				return 0;
		} else if (word_matches(lw_token_at(tokens, i)->word, cue, length)) {
			i++;
		} else {
			return 0;
		}
		cue += length;
		cue += *cue == ' ';
	}
	return i;
}

static gsize size_of(const Cue *cue)
{
	gsize size = strlen(cue->cue);

	return size - (cue->cue[size - 1] == '*');
}

/* The longest of these cues at a token, when it is longer than the best until now. */
static const Cue *longest(const LwTokens *tokens, guint at, const char *key, const Cue *best,
			  guint *next)
{
	const char *word = lw_token_at(tokens, at)->word;
	const char *after = lw_token_at(tokens, at + 1)->word;
	char sign = strlen(word) > KEY_LETTERS ? word[KEY_LETTERS] : '\0';

	for (const Cue *cue = g_hash_table_lookup(all_cues()->cues, key); cue; cue = cue->more) {
		guint end;

		if ((cue->sign && cue->sign != sign) || (cue->next && cue->next != *after))
			continue;
		if (!cue->category) {
			best = longest(tokens, at, cue->cue, best, next);
			continue;
		}
		end = match(tokens, at, cue->cue);

		/* "winti-bijeenkomst" before "winti" with more */
		if (end > *next || (best && end == *next && size_of(cue) > size_of(best))) {
			*next = end;
			best = cue;
		}
	}
	return best;
}

/* The longest cue that begins with this word, with what stands before a hyphen of it, or with its
 * first bytes. */
static const Cue *begun(const LwTokens *tokens, guint at, guint *next)
{
	const char *word = lw_token_at(tokens, at)->word;
	char start[KEY_LETTERS + 2];
	const Cue *best = longest(tokens, at, word, NULL, next);

	for (const char *end = strchr(word, '-'); end && end - word <= HEAD_MOST;
	     end = strchr(end + 1, '-')) {
		g_autofree char *head = g_strndup(word, (gsize)(end - word));

		best = longest(tokens, at, head, best, next);
	}
	start_key(word, strlen(word), start);
	return longest(tokens, at, start, best, next);
}

/* "heupbreuk", "angst-stoornis", "long ziekte" */
static const Cue *compound(const LwTokens *tokens, guint at, const char *key, guint *next)
{
	const LwToken *token = lw_token_at(tokens, at), *after = lw_token_at(tokens, at + 1);
	const GArray *fronts = g_hash_table_lookup(all_cues()->fronts, key);
	gsize length = strlen(token->word);

	for (guint i = 0; fronts && i < fronts->len; i++) {
		const Front *front = &g_array_index(fronts, Front, i);
		const char *rest = token->word + front->length;
		const Cue *cue = NULL;

		if (strncmp(token->word, front->front, front->length) != 0)
			continue;
		if (length == front->length && front->writing == PARTED &&
		    token->letters >= PARTED_FRONT && after->gap == LW_GAP_SPACE &&
		    after->flags & LW_TOKEN_LOWER)
			cue = g_hash_table_lookup(front->backs, after->word);
		if (cue) {
			*next = at + 2;
			return cue;
		}
		if (length < COMPOUND_LEAST || length < front->length + BACK_LEAST)
			continue;
		cue = g_hash_table_lookup(front->backs, rest);
		if (!cue && (*rest == 's' || *rest == '-'))
			cue = g_hash_table_lookup(front->backs, rest + 1);
		if (cue) {
			*next = at + 1;
			return cue;
		}
	}
	return NULL;
}

/* "pi11en", "rnultiple": what a reader of scans makes of a word; FALSE: it is no such word. */
static gboolean mend(const char *word, gboolean mixed, char *mended, gsize size)
{
	const char *digits = mixed ? "015i" : "015", letters[] = "olsl";
	gsize length = 0;
	gboolean changed = FALSE;

	for (; *word && length + 1 < size; word++) {
		const char *digit = strchr(digits, *word);
		gboolean broken = *word == 'r' && word[1] == 'n';

		mended[length++] = digit ? letters[digit - digits] : broken ? 'm' : *word;
		changed |= digit || broken;
		word += broken;
	}
	mended[length] = '\0';
	return changed && !*word;
}

/* One word alone, read as it was printed. */
static const Cue *misread_cue_at(const LwTokens *tokens, guint at, guint *next)
{
	LwToken token = *lw_token_at(tokens, at);
	LwTokens one = *tokens;
	gboolean mixed = (token.flags & LW_TOKEN_MIXED) != 0; /* "aIcohol" */
	char mended[MISREAD_BYTES];
	const Cue *cue;

	if (token.letters < MISREAD_LETTERS ||
	    !(token.flags & LW_TOKEN_DIGIT || mixed || strstr(token.word, "rn")) ||
	    g_ascii_isdigit(*token.word) || !mend(token.word, mixed, mended, sizeof(mended)))
		return NULL;
	token.word = mended;
	token.flags &= (guint16)~LW_TOKEN_DIGIT; /* and none is in it any more */
	one.items = &token;
	one.count = 1;
	cue = special_cue_at(&one, 0, next);
	*next += at;
	return cue;
}

/* "ernst ig", "doopsgezi nd", "gerefor- meerde": one word in two parts, of which no list has the
 * first. */
static const Cue *torn_cue_at(const LwTokens *tokens, guint at, guint *next)
{
	const LwToken *token = lw_token_at(tokens, at), *after = lw_token_at(tokens, at + 1);
	gsize length = strlen(token->word);
	char joined[MISREAD_BYTES];
	LwToken whole = *token;
	LwTokens one = *tokens;
	const Cue *cue;
	gboolean cut = length && token->word[length - 1] == '-';

	if (token->lists || token->letters < TORN_LETTERS || !*after->word ||
	    after->gap > LW_GAP_LINE || !(after->flags & LW_TOKEN_LOWER) ||
	    !(token->flags & LW_TOKEN_LOWER) || token->flags & LW_TOKEN_DIGIT ||
	    g_snprintf(joined, sizeof(joined), "%.*s%s", (int)(length - cut), token->word,
		       after->word) >= (int)sizeof(joined))
		return NULL;
	whole.word = joined;
	whole.letters = (guint16)(token->letters + after->letters);
	one.items = &whole;
	one.count = 1;
	cue = special_cue_at(&one, 0, next);
	*next = cue ? at + 2 : at;
	return cue;
}

/* "rivaroxaban", "vasculitis": what the dictionaries have, by far the most words. */
static const Cue *listed_cue_at(const LwTokens *tokens, guint at, guint *next)
{
	static const Cue medicine = {"health", "geneesmiddel", "geneesmiddel", CUE_SELF, 0, 0, NULL,
				     NULL},
			 illness = {"health", "aandoening", "aandoening", CUE_NOUN, 0,
				    0,	      NULL,	    NULL};
	guint32 lists = lw_token_at(tokens, at)->lists;

	if (!(lists & (LW_WORD_MEDICINE | LW_WORD_ILLNESS)))
		return NULL;
	*next = at + 1;
	return lists & LW_WORD_MEDICINE ? &medicine : &illness;
}

const Cue *special_cue_at(const LwTokens *tokens, guint at, guint *next)
{
	const LwToken *token = lw_token_at(tokens, at);
	char key[KEY_LETTERS + 1];
	const Cue *cue, *made;
	guint end = at;

	*next = at;
	if (!*token->word)
		return NULL;
	g_strlcpy(key, token->word, sizeof(key));
	cue = begun(tokens, at, next);
	if (key[SHORT_LETTERS] == '-') /* "sp-lid" */
		key[SHORT_LETTERS] = '\0';
	made = compound(tokens, at, key, &end);
	if (made && end > *next) {
		*next = end;
		return made;
	}
	if (!cue)
		cue = listed_cue_at(tokens, at, next);
	if (!cue && token->letters >= ENDING_LETTERS && strlen(token->word) > END_LETTERS) {
		end_key(token->word, strlen(token->word), key);
		cue = longest(tokens, at, key, NULL, next);
	}
	if (!cue)
		cue = misread_cue_at(tokens, at, next);
	return cue ? cue : torn_cue_at(tokens, at, next);
}
