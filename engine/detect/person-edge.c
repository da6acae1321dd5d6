/* person-edge.c - what hangs on to a name that was found in part: "Jelle" of "Jelle vdB", "Wim" of
 * "Zonder, Wim <", "golnaz" of "golnaz_tolk", "Ali" of "A1i".
 *
 * Grows over bytes that no other find has, guesses aside, and never over a line end. */
#include "engine/detect/person-edge.h"

#include <string.h>

#include "engine/base/text.h"
#include "engine/detect/person-guess.h"

#define LIKELY	   0.5f
#define MAX_PIECES 5  /* on one side of a name */
#define MAX_WORD   40 /* bytes of one */
#define MAX_RUN	   64 /* bytes of a user or file */
#define MAX_GAP	   24 /* bytes between the parts of an inverted name */

typedef struct {
	const LwLexicon *lexicon;
	const char *text;
	gsize floor, ceiling; /* of the free bytes around the name */
	gsize start, end;     /* of the name */
	gboolean header;      /* it stands in the head of a mail */
	gboolean titled;      /* behind "mevrouw" */
} Edge;

typedef struct {
	gsize start, end;
	guint letters, figures;
	gboolean capital, torn; /* torn: with figures that a scanner makes of letters */
} Word;

static gboolean is_letter(const char *at)
{
	return g_ascii_isalpha(*at) ||
	       ((guint8)*at >= 0x80 && lw_text_is_letter(g_utf8_get_char(at)));
}

/* The bytes of a word at both sides; what stands in it is counted. */
static Word word_of(const Edge *edge, gsize start, gsize end)
{
	Word word = {.start = start, .end = end, .torn = TRUE};

	for (gsize at = start; at < end; at += (gsize)g_utf8_skip[(guint8)edge->text[at]]) {
		char c = edge->text[at];

		if (g_ascii_isdigit(c)) {
			word.figures++;
			word.torn &= strchr("0158", c) != NULL;
		} else if (is_letter(edge->text + at)) {
			word.letters++;
		}
	}
	word.capital = end > start && lw_text_is_upper(g_utf8_get_char(edge->text + start));
	word.torn &= word.figures > 0 && word.letters > word.figures && word.capital;
	return word;
}

static gboolean is_of_word(const char *at)
{
	return g_ascii_isalnum(*at) || *at == '\'' || (guint8)*at >= 0x80;
}

static Word word_before(const Edge *edge, gsize end)
{
	gsize start = end;

	while (start > edge->floor && end - start < MAX_WORD && is_of_word(edge->text + start - 1))
		start--;
	while (start < end && ((guint8)edge->text[start] & 0xC0) == 0x80)
		start++;
	return word_of(edge, start, end);
}

static Word word_after(const Edge *edge, gsize start)
{
	gsize end = start;

	while (end < edge->ceiling && end - start < MAX_WORD && is_of_word(edge->text + end))
		end++;
	return word_of(edge, start, end);
}

/* Where the last word of the name begins. */
static gsize word_start(const Edge *edge)
{
	gsize start = edge->end;

	while (start > edge->start && edge->end - start < MAX_WORD &&
	       is_of_word(edge->text + start - 1))
		start--;
	return start;
}

static guint32 lists_of(const Edge *edge, const Word *word)
{
	return word->end > word->start ? lw_lexicon_look_up(edge->lexicon, edge->text + word->start,
							    word->end - word->start)
				       : 0;
}

static gboolean is_one_of(const Edge *edge, const Word *word, const char *spaced)
{
	gsize length = word->end - word->start;
	const char *at = spaced;

	while (length && (at = strstr(at, " "))) {
		if (g_ascii_strncasecmp(at + 1, edge->text + word->start, length) == 0 &&
		    at[1 + length] == ' ')
			return TRUE;
		at++;
	}
	return FALSE;
}

/* The start of a line, a cell or what is in brackets. */
static gboolean is_open_before(const Edge *edge, gsize at)
{
	char c = at ? edge->text[at - 1] : '\n';

	return strchr("\n\t\f([|:;\"", c) || (c == ' ' && at > 1 && edge->text[at - 2] == ' ');
}

static gboolean is_shut_after(const Edge *edge, gsize at, const char *signs)
{
	if (edge->text[at] == '\0')
		return strchr(signs, '\n') != NULL;
	return strchr(signs, edge->text[at]) ||
	       (edge->text[at] == ' ' && edge->text[at + 1] && strchr("<([", edge->text[at + 1]));
}

/* "von Trotha", "d'n Oever", "J C Wezenaar", "A1i Yildiz": what belongs to the name before it. */
static gboolean take_before(Edge *edge)
{
	gsize at = edge->start;
	gboolean point, joined = at > 0 && edge->text[at - 1] == '-';
	Word word;

	if (at <= edge->floor + 1 ||
	    (edge->text[at - 1] != ' ' && edge->text[at - 1] != '.' && !joined))
		return FALSE;
	at -= edge->text[at - 1] == ' ';
	point = at > edge->floor && edge->text[at - 1] == '.';
	at -= point || (joined && at == edge->start);
	word = word_before(edge, at);
	if (!word.letters)
		return FALSE;
	if (joined && at + 1 == edge->start) {
		/* "Ramdin-Kalloe", not "zaak-Kalloe" */
		if (!word.capital ||
		    !(lists_of(edge, &word) & (LW_WORD_SURNAME | LW_WORD_FIRST_NAME)))
			return FALSE;
	} else if (word.letters == 1 && word.capital && !word.figures) {
		if (!is_open_before(edge, word.start))
			return FALSE;
	} else if (point) {
		return FALSE;
	} else if (!(word.torn && word.letters > 1) &&
		   !(is_one_of(edge, &word, " d'n vd vdr ") ||
		     (is_one_of(edge, &word, " von zu ter ten den der du dos ") &&
		      (is_open_before(edge, word.start) || word.capital)))) {
		return FALSE;
	}
	edge->start = word.start;
	return TRUE;
}

/* Where a bracket with other first names closes behind the name, or around it; 0: none does. */
static gsize bracket_end(const Edge *edge)
{
	gsize at = edge->end, stop = MIN(edge->ceiling, at + MAX_WORD);
	Word word;

	/* "Geertruida M" of "Truus (Geertruida M.) Nachtegaal": Truus is a find of its own */
	if (edge->start > 2 && edge->text[edge->start - 1] == '(' &&
	    edge->floor + 2 == edge->start) {
		at += edge->text[at] == '.';
		return at + 2 < edge->ceiling && edge->text[at] == ')' ? at : 0;
	}
	if (at + 5 >= edge->ceiling || memcmp(edge->text + at, " (", 2) != 0 ||
	    memchr(edge->text + edge->start, ' ', edge->end - edge->start))
		return 0;
	at += 2 + (strchr("\"'", edge->text[at + 2]) != NULL);
	word = word_after(edge, at);
	if (!word.capital ||
	    (!strchr("\"'", edge->text[at - 1]) && !(lists_of(edge, &word) & LW_WORD_FIRST_NAME)))
		return 0;
	while (at < stop && (is_of_word(edge->text + at) || strchr(" .-\"", edge->text[at])))
		at++;
	return at + 2 < stop && edge->text[at] == ')' ? at : 0;
}

/* "(Geertruida M.) Nachtegaal" behind "Truus", '("Henkie") Vlaswinkel' behind "Henk". */
static gboolean take_behind_bracket(Edge *edge)
{
	gsize at = bracket_end(edge);
	Word word;

	if (!at || edge->text[at + 1] != ' ')
		return FALSE;
	word = word_after(edge, at + 2);
	if (!word.capital || word.letters < 3 || word.figures ||
	    !(lists_of(edge, &word) & LW_WORD_SURNAME))
		return FALSE;
	edge->end = word.end;
	return TRUE;
}

/* Past "van der", "v.d.", "vd" behind a blank; `at` when there are none. */
static gsize skip_particles(const Edge *edge, gsize at)
{
	for (guint i = 0; i < MAX_PIECES && at + 1 < edge->ceiling && edge->text[at] == ' '; i++) {
		Word word = word_after(edge, at + 1);

		if (word.capital || !word.letters ||
		    !(lists_of(edge, &word) & LW_WORD_PARTICLE ||
		      is_one_of(edge, &word, " v d vd vdr 't ")))
			break;
		at = word.end;
		while (edge->text[at] == '.' && at + 1 < edge->ceiling &&
		       g_ascii_islower(edge->text[at + 1]) && at - word.start < 4)
			at += 2;
		at += edge->text[at] == '.' && at < edge->ceiling;
	}
	return at;
}

/* " - van Amerongen" behind "mevrouw de Wolf": the other half of a double name. */
static gboolean take_other_half(Edge *edge)
{
	gsize at = edge->end;
	Word word;

	if (!edge->titled || at + 4 >= edge->ceiling || memcmp(edge->text + at, " - ", 3) != 0)
		return FALSE;
	at = skip_particles(edge, at + 2);
	if (edge->text[at] != ' ')
		return FALSE;
	word = word_after(edge, at + 1);
	if (!word.capital || word.letters < 3 || word.figures ||
	    (lists_of(edge, &word) & LW_WORD_COMMON &&
	     !(lists_of(edge, &word) & LW_WORD_SURNAME)) ||
	    (lists_of(edge, &word) & (LW_WORD_ROLE | LW_WORD_ORGANISATION)))
		return FALSE;
	edge->end = word.end;
	return TRUE;
}

/* ", Y" behind "van 't Hek": initials after a comma, and the end of the item. */
static gboolean take_letter_behind(Edge *edge)
{
	gsize at = edge->end;

	if (at + 3 >= edge->ceiling || edge->text[at] != ',' || edge->text[at + 1] != ' ' ||
	    !g_ascii_isupper(edge->text[at + 2]))
		return FALSE;
	at += 3 + (edge->text[at + 3] == '.');
	if (!strchr("\n;|\t", edge->text[at]) &&
	    memcmp(edge->text + at, " - ", MIN(3, edge->ceiling - at)) != 0)
		return FALSE;
	edge->end = at;
	return TRUE;
}

/* "Laak-Sm!ts": the rest of a word that a scanner tore. */
static gboolean take_torn_rest(Edge *edge)
{
	gsize at = edge->end;

	if (at + 1 >= edge->ceiling || !strchr("!|", edge->text[at]) ||
	    !g_ascii_islower(edge->text[at + 1]))
		return FALSE;
	edge->end = word_after(edge, at + 1).end;
	return TRUE;
}

/* "Blokl and", "V erhage": a scanner saw a blank inside a name that the lists have. */
static gboolean take_split_rest(Edge *edge)
{
	const guint32 names = LW_WORD_FIRST_NAME | LW_WORD_SURNAME;
	char whole[2 * MAX_WORD + 1];
	Word front, rest;

	if (edge->end + 2 >= edge->ceiling || edge->text[edge->end] != ' ' ||
	    !g_ascii_islower(edge->text[edge->end + 1]))
		return FALSE;
	front = word_of(edge, word_start(edge), edge->end);
	rest = word_after(edge, edge->end + 1);
	if (!front.capital || front.figures || rest.figures || rest.letters < 2 ||
	    front.end - front.start > MAX_WORD || (lists_of(edge, &front) && lists_of(edge, &rest)))
		return FALSE;
	g_snprintf(whole, sizeof whole, "%.*s%.*s", (int)(front.end - front.start),
		   edge->text + front.start, (int)(rest.end - rest.start), edge->text + rest.start);
	if (!(lw_lexicon_look_up(edge->lexicon, whole, strlen(whole)) & names))
		return FALSE;
	edge->end = rest.end;
	return TRUE;
}

/* "Kh.-P.", "Pluim-van Es", "Ramdin-Kalloe". */
static gboolean take_joined(Edge *edge)
{
	gsize at = edge->end;
	gboolean point = edge->text[at] == '.';
	Word word;

	at += point;
	if (at + 1 >= edge->ceiling || edge->text[at] != '-')
		return FALSE;
	word = word_after(edge, at + 1);
	if (word.capital && word.letters <= 3 && word.end < edge->ceiling &&
	    edge->text[word.end] == '.') {
		edge->end = word.end + 1;
		return TRUE;
	}
	if (point || !word.letters)
		return FALSE;
	if (!word.capital && lists_of(edge, &word) & LW_WORD_PARTICLE &&
	    edge->text[word.end] == ' ')
		word = word_after(edge, word.end + 1);
	if (!word.capital || word.letters < 2 || word.figures ||
	    (lists_of(edge, &word) &&
	     !(lists_of(edge, &word) & (LW_WORD_SURNAME | LW_WORD_FIRST_NAME))))
		return FALSE;
	edge->end = word.end;
	return TRUE;
}

/* "vdB", "vB": particles and the letter of a surname in one. */
static gboolean is_cut_in_one(const Edge *edge, const Word *word)
{
	gsize at = word->start;

	while (at < word->end && strchr("vdrnth", edge->text[at]))
		at++;
	return at > word->start && at < word->end && word->end - at <= 2 && at - word->start <= 3 &&
	       g_ascii_isupper(edge->text[at]) && g_ascii_isupper(edge->text[word->end - 1]);
}

/* "v. ", "v.d. ", "vd ": from the name to `at`. */
static gboolean is_short_van(const Edge *edge, gsize at)
{
	return at > edge->end && edge->text[edge->end + 1] == 'v' &&
	       edge->text[edge->end + 2] != 'a';
}

/* "Jelle vdB", "wouter v. dale", "Gijs v Z:", "sander k": a first name and what is left of the
 * surname. */
static gboolean take_cut_surname(Edge *edge)
{
	static const char ends[] = "\n\t,;:)?!|";
	gboolean lower = !lw_text_is_upper(g_utf8_get_char(edge->text + edge->start));
	gsize at = skip_particles(edge, edge->end);
	Word word;

	if (memchr(edge->text + edge->start, ' ', edge->end - edge->start) ||
	    edge->text[at] != ' ' || at + 1 >= edge->ceiling)
		return FALSE;
	word = word_after(edge, at + 1);
	if (word.figures || !word.letters ||
	    !(is_cut_in_one(edge, &word) ||
	      (word.letters == 1 &&
	       (word.capital || (lower && !is_one_of(edge, &word, " u n m t s ")))) ||
	      (word.letters > 2 && (word.capital || lower) && is_short_van(edge, at))))
		return FALSE;
	if (word.letters == 1 && edge->text[word.end] == '.' && at > edge->end)
		word.end++;
	else if (word.letters < 3 && !is_cut_in_one(edge, &word) &&
		 !is_shut_after(edge, word.end, ends))
		return FALSE;
	edge->end = word.end;
	return TRUE;
}

/* "Zonder" of "Zonder, Wim <w.zonder@": a surname, what belongs to it, and a comma, from the start
 * of an item on. */
static gboolean take_inverted(Edge *edge)
{
	gsize at = edge->start;

	if (at < edge->floor + 3 || edge->text[at - 1] != ' ' || edge->text[at - 2] != ',' ||
	    !is_shut_after(edge, edge->end, edge->header ? "\n;<([" : "<["))
		return FALSE;
	at -= 2;
	for (guint i = 0; i < MAX_PIECES; i++) {
		Word word = word_before(edge, at);

		if (!word.letters || word.figures ||
		    (!word.capital && !(lists_of(edge, &word) & LW_WORD_PARTICLE)))
			return FALSE;
		at = word.start;
		if (at > edge->floor && edge->text[at - 1] == '-')
			at--;
		else if (!word.capital && at > edge->floor + 2 && edge->text[at - 1] == ' ' &&
			 edge->text[at - 2] == ',')
			at -= 2; /* "Laan, van 't, Sietse" */
		else if (is_open_before(edge, at) ||
			 (at > 1 && edge->text[at - 1] == ' ' && strchr(":;", edge->text[at - 2])))
			break;
		else if (at > edge->floor && edge->text[at - 1] == ' ')
			at--;
		else
			return FALSE;
	}
	edge->start = at;
	return TRUE;
}

/* "van der" of "Zee, Marjan van der". */
static void take_particles_behind(Edge *edge)
{
	gsize end = skip_particles(edge, edge->end);

	if (end > edge->end && edge->start > 2 && edge->text[edge->start - 1] == ' ' &&
	    edge->text[edge->start - 2] == ',' && is_shut_after(edge, end, "\n;<(["))
		edge->end = end;
}

static gboolean is_of_run(char c)
{
	return g_ascii_isalnum(c) || c == '_' || c == '-' || c == '.';
}

/* "golnaz_tolk", "r_kleinhaneveld_verklaring.pdf": a user's name whole, of a file's name the
 * letters beside it. */
static void take_run(Edge *edge)
{
	gsize from = edge->start, to = edge->end;
	guint signs = 0;
	gboolean file = FALSE;

	while (from > edge->floor && edge->start - from < MAX_RUN &&
	       is_of_run(edge->text[from - 1]))
		from--;
	while (to < edge->ceiling && to - edge->end < MAX_RUN && is_of_run(edge->text[to]))
		to++;
	while (to > edge->end && !g_ascii_isalnum(edge->text[to - 1]))
		to--;
	for (gsize at = from; at < to; at++) {
		signs += edge->text[at] == '_';
		file |= edge->text[at] == '.' || edge->text[at] == '-' ||
			g_ascii_isupper(edge->text[at]);
	}
	if (!signs)
		return;
	if (signs == 1 && !file && from == edge->start && to - from < MAX_WORD) {
		edge->end = to;
		return;
	}
	if (edge->start >= from + 2 && edge->text[edge->start - 1] == '_') {
		Word word = word_before(edge, edge->start - 1);

		if (word.letters && word.letters <= 2 && !word.figures && word.start >= from)
			edge->start = word.start;
	}
	if (edge->end + 1 < to && edge->text[edge->end] == '_') {
		Word word = word_after(edge, edge->end + 1);

		if (word.letters && word.letters <= 2 && !word.figures && word.end <= to)
			edge->end = word.end;
	}
}

static void grow(Edge *edge)
{
	take_run(edge);
	take_split_rest(edge);
	for (guint i = 0; i < MAX_PIECES && take_before(edge); i++)
		;
	if (!take_behind_bracket(edge) && !take_letter_behind(edge))
		take_other_half(edge);
	while (take_torn_rest(edge) || take_joined(edge))
		;
	if (!take_inverted(edge))
		take_cut_surname(edge);
	take_particles_behind(edge);
}

/* ", van 't, " of "Hol, van 't, Jorrit", " van " of "nguyen van minh": nothing but particles. */
static gboolean is_between_parts(const Edge *edge, gsize from, gsize to)
{
	gboolean inverted = edge->text[from] == ',', particle = FALSE;
	gsize at = from + inverted;

	if (to <= from || to - from > MAX_GAP ||
	    (!inverted && lw_text_is_upper(g_utf8_get_char(edge->text + edge->start))))
		return FALSE;
	while (at < to) {
		Word word;

		if (edge->text[at] == ' ' || (edge->text[at] == ',' && inverted && particle)) {
			at++;
			continue;
		}
		word = word_after(edge, at);
		if (word.end <= at || word.end > to || word.capital ||
		    !(lists_of(edge, &word) & LW_WORD_PARTICLE || is_one_of(edge, &word, " 't ")))
			return FALSE;
		particle = TRUE;
		at = word.end;
	}
	return particle && (!inverted || edge->text[to - 2] == ',');
}

static gsize end_of(const LwEntity *entity)
{
	return (gsize)entity->span.start + entity->span.length;
}

/* What a name may not grow over. */
static gboolean is_wall(const LwEntity *entity)
{
	return entity->span.length && entity->score >= LIKELY && entity->kind != LW_KIND_OPINION &&
	       entity->kind != LW_KIND_PASSAGE && !lw_person_is_rest(entity);
}

static void take_whole(Edge *edge, LwEntity *entity, const LwEntity *next)
{
	edge->start = entity->span.start;
	edge->end = end_of(entity);
	edge->header = strcmp(entity->rule, "name/header") == 0;
	edge->titled = entity->reason == LW_REASON_TITLE || entity->reason == LW_REASON_SALUTATION;
	if (edge->start < edge->floor || edge->end > edge->ceiling)
		return;
	grow(edge);
	if (next && next->kind == LW_KIND_PERSON) {
		gsize ceiling = edge->ceiling;

		edge->ceiling = end_of(next);
		if (is_between_parts(edge, edge->end, ceiling))
			edge->end = ceiling - 1;
	}
	entity->span.start = (guint32)edge->start;
	entity->span.length = (guint32)(edge->end - edge->start);
}

/* "a capital that nothing explains": a person at most, where a name grew over part of it. What goes
 * anyway is dropped only where the name has all of it. */
static gboolean is_no_doubt_now(const LwEntity *entity, gsize from, gsize to)
{
	if (!entity->span.length || entity->span.start >= to || end_of(entity) <= from)
		return FALSE;
	if (lw_person_is_rest(entity) && entity->score >= LIKELY)
		return entity->span.start >= from && end_of(entity) <= to;
	return entity->score < LIKELY &&
	       (entity->kind == LW_KIND_PERSON || lw_person_is_rest(entity));
}

/* A doubt about what a name grew over is none any more. */
static void drop_covered(LwEntities *found)
{
	LwEntity *items = (LwEntity *)(void *)found->items->data;
	gsize start = 0, end = 0;
	guint kept = 0;

	for (guint i = 0; i < found->items->len; i++) {
		if (is_wall(&items[i])) {
			start = end > items[i].span.start ? start : items[i].span.start;
			end = MAX(end, end_of(&items[i]));
			while (kept && is_no_doubt_now(&items[kept - 1], start, end))
				kept--;
		} else if (is_no_doubt_now(&items[i], start, end)) {
			continue;
		}
		items[kept++] = items[i];
	}
	g_array_set_size(found->items, kept);
}

void lw_person_take_whole(const LwLexicon *lexicon, const LwDocument *document, LwEntities *found)
{
	LwEntity *items = (LwEntity *)(void *)found->items->data;
	Edge edge = {.lexicon = lexicon, .text = document->text};

	for (guint i = 0, next = 0; i < found->items->len; i++) {
		if (!is_wall(&items[i]))
			continue;
		for (next = MAX(next, i + 1); next < found->items->len && !is_wall(&items[next]);)
			next++;
		edge.ceiling = next < found->items->len ? items[next].span.start : document->length;
		if (items[i].kind == LW_KIND_PERSON)
			take_whole(&edge, &items[i],
				   next < found->items->len ? &items[next] : NULL);
		edge.floor = MAX(edge.floor, end_of(&items[i]));
	}
	lw_entities_sort(found);
	drop_covered(found);
}
