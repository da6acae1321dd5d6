/* age-noted.c - ages as they are jotted down: "vrouw 58, astma", "Noor en Sam (8 en 10)", "| 29 jr
 * |", "Zij is 23, hij 58".
 *
 * No verb tells them: the word right before is of a person, or the place where they stand is. */
#include "engine/detect/age_private.h"

#include <string.h>

#define LEAST_ALONE 10 /* years, with nothing but a person beside them */
#define GROWN	    16
#define PUPIL	    21
#define OLD	    60 /* years that nothing lasts */
#define GROUP	    6  /* tokens inside brackets */
#define CELLS	    12 /* tokens from a name to a cell of its row */
#define SUBJECT	    16 /* tokens back to who is spoken of */
#define CHILDREN    8  /* tokens from who they are to the last of their ages */

static gunichar mark_at(const Ages *self, guint at)
{
	return lw_token_at(self->tokens, at)->mark;
}

static gboolean is_word(const Ages *self, guint at, const char *words)
{
	return lw_token_in(lw_token_at(self->tokens, at)->word, words);
}

static gboolean is_somebody(const Ages *self, guint at)
{
	return at < self->tokens->count &&
	       (self->persons[at] || age_is_person_word(lw_token_at(self->tokens, at)));
}

/* "vrouw 58, astma", no "2 man 10," */
static gboolean is_of_sex(const Ages *self, guint at, guint next, guint years)
{
	gunichar behind = mark_at(self, next);

	return years >= LEAST_ALONE && lw_token_at(self->tokens, at)->gap == LW_GAP_SPACE &&
	       lw_token_at(self->tokens, at)->flags & LW_TOKEN_DIGIT &&
	       is_word(self, at - 1,
		       "man vrouw jongen meisje dame jongeman bewoonster patient patiente "
		       "leerling") &&
	       !(lw_token_at(self->tokens, at - 2)->flags & LW_TOKEN_DIGIT) &&
	       (behind == ',' || behind == ')') &&
	       lw_token_at(self->tokens, next + 1)->flags & LW_TOKEN_LOWER;
}

static gboolean is_between_ages(const Ages *self, guint at)
{
	gunichar mark = mark_at(self, at);

	return mark == ',' || mark == '&' || is_word(self, at, "en of jaar jr maanden bijna net") ||
	       age_years_at(self, at);
}

/* "Noor en Sam (8 en 10)": as many as there are names */
static gboolean is_of_pair(const Ages *self, guint at, guint next)
{
	guint open = at, end = next, ages = 1, names = 1;
	gboolean given = FALSE;

	for (; open > 0 && at - open < GROUP && mark_at(self, open - 1) != '('; open--)
		if (!is_between_ages(self, open - 1))
			return FALSE;
		else
			ages += age_years_at(self, open - 1) > 0;
	for (; end - next < GROUP && mark_at(self, end) != ')'; end++)
		if (!is_between_ages(self, end))
			return FALSE;
		else
			ages += age_years_at(self, end) > 0;
	if (ages < 2 || open < 4 || mark_at(self, open - 1) != '(' || mark_at(self, end) != ')' ||
	    !self->persons[open - 2])
		return FALSE;
	for (guint i = open - 2; i > 0 && open - i < SUBJECT; i--) {
		given |= self->persons[i] &&
			 lw_token_at(self->tokens, i)->lists & LW_WORD_FIRST_NAME;
		if (is_word(self, i, "en") || mark_at(self, i) == ',' || mark_at(self, i) == '&')
			names += self->persons[i - 1];
		else if (!self->persons[i])
			break;
	}
	/* what surnames alone are cited with are pages */
	return given && names == ages;
}

/* "Ilyas O. (klas 2B, 13)", "Lieke (groep 4, 7)" */
static gboolean is_in_group(const Ages *self, guint at, guint next, guint years)
{
	gboolean group = FALSE;

	if (mark_at(self, at - 1) != ',' || mark_at(self, next) != ')' || years > PUPIL)
		return FALSE;
	for (guint i = at - 1; i > 1 && at - i < GROUP; i--) {
		if (mark_at(self, i) == '(')
			return group && (is_somebody(self, i - 1) ||
					 (mark_at(self, i - 1) == '.' && self->persons[i - 2]));
		group |= is_word(self, i, "klas groep brugklas leerjaar havo vwo vmbo mavo mbo");
	}
	return FALSE;
}

/* "Hatice Demir (66!)", "Samira ( 17 )" of a scan */
static gboolean is_in_brackets(const Ages *self, guint at, guint next, guint years)
{
	gunichar behind = mark_at(self, next);

	return years >= LEAST_ALONE && mark_at(self, at - 1) == '(' && self->persons[at - 2] &&
	       (behind == '!' ||
		(behind == ')' && lw_token_at(self->tokens, at)->gap != LW_GAP_NONE &&
		 lw_token_at(self->tokens, next)->gap != LW_GAP_NONE));
}

/* "Zij is 23, hij 58." */
static gboolean is_second(const Ages *self, guint at, guint next)
{
	guint before = at - 2;

	if (at < 5 || !is_word(self, at - 1, "hij zij ze ik") ||
	    !age_ends_clause(self->tokens, next))
		return FALSE;
	if (mark_at(self, before) != ',' && !is_word(self, before, "en"))
		return FALSE;
	before -= is_word(self, before - 1, "jaar jr");
	return age_years_at(self, before - 1) &&
	       is_word(self, before - 2, "is was ben wordt werd") && is_somebody(self, before - 3);
}

/* "Annie wordt 63 en trakteert", "Cor word 74 he", "She turned 18 in January" */
static gboolean is_birthday(const Ages *self, guint at, guint next, guint years)
{
	const LwToken *who = lw_token_at(self->tokens, at - 2);

	if (years < LEAST_ALONE || lw_token_at(self->tokens, at)->gap != LW_GAP_SPACE)
		return FALSE;
	if (is_word(self, at - 1, "turned turns"))
		return self->persons[at - 2] || is_word(self, at - 2, "he she who i just");
	return is_word(self, at - 1, "word wordt werd") &&
	       (self->persons[at - 2] ||
		(who->flags & LW_TOKEN_CAPITAL && who->lists & LW_WORD_FIRST_NAME)) &&
	       (age_ends_clause(self->tokens, next) || is_word(self, next, "he joh morgen"));
}

/* "Beademing nodig. Is 58 en heeft", "heeft hij gezegd. 72 jaar, nog nooit ziek": a sentence
 * without its subject */
static gboolean is_of_sentence_before(const Ages *self, guint at, guint next, guint years,
				      gboolean counted)
{
	guint end = at - 1;

	if (is_word(self, at - 1, "is") && years >= LEAST_ALONE && is_word(self, next, "en") &&
	    is_word(self, next + 1, "heeft is woont kan wil gaat zit was had"))
		end = at - 2;
	else if (!counted || years < OLD ||
		 !(mark_at(self, next) == ',' || mark_at(self, next) == '.' ||
		   lw_token_at(self->tokens, next - 1)->mark == '.'))
		return FALSE;
	return mark_at(self, end) == '.' && lw_token_at(self->tokens, end - 1)->letters > 2 &&
	       lw_token_at(self->tokens, at)->gap == LW_GAP_SPACE &&
	       age_has_person(self, end, SUBJECT);
}

/* "| Dimitrova, V. | 29 jr |", "CV Sanne Mulder - 41 jr.pdf" */
static gboolean is_in_cell(const Ages *self, guint at, guint next, guint years, gboolean counted)
{
	gunichar before = mark_at(self, at - 1), behind = mark_at(self, next);

	if (!counted || years < LEAST_ALONE)
		return FALSE;
	if (before == '-')
		return self->persons[at - 2];
	if (before != behind || (before != '|' && before != ';' && before != ','))
		return FALSE;
	for (guint i = at - 1; i > lw_token_line_start(self->tokens, at) && at - i < CELLS; i--)
		if (self->persons[i])
			return TRUE;
	return FALSE;
}

/* "vrouw in nachtjapon, ca 80, zei", "Oudere man, ik dacht 66.", "oud naar schatting vier jaar" */
static gboolean is_guessed(const Ages *self, guint at, guint next, guint years, gboolean counted)
{
	guint from = at - 1;

	if (is_word(self, from, "schatting"))
		return counted && is_word(self, from - 1, "naar") && is_word(self, from - 2, "oud");
	if (years < GROWN || counted || !strchr(",.)", (int)MIN(mark_at(self, next), 127)) ||
	    !mark_at(self, next))
		return FALSE;
	from -= mark_at(self, from) == '.';
	if (is_word(self, from, "dacht schat gok denk"))
		from -= is_word(self, from - 1, "ik");
	else if (!is_word(self, from, "ca circa plm"))
		return FALSE;
	if (!from || (mark_at(self, from - 1) != ',' && mark_at(self, from - 1) != '('))
		return FALSE;
	for (guint i = from - 1; i > 0 && from - i < GROUP; i--)
		if (self->persons[i - 1] || is_word(self, i - 1,
						    "man vrouw jongen meisje heer dame oudere "
						    "meneer mevrouw jongeman"))
			return TRUE;
	return FALSE;
}

/* "zesentachtig is opa inmiddels", "93 is oud genoeg" */
static gboolean is_inverted(const Ages *self, guint at, guint next, guint years)
{
	if (!is_word(self, next, "is was wordt werd") ||
	    lw_token_at(self->tokens, at)->gap == LW_GAP_NONE)
		return FALSE;
	if (is_word(self, next + 1, "oud"))
		return years >= OLD;
	return years >= GROWN &&
	       is_word(self, next + 1, "hij ze ie ik opa oma moeder vader pa ma mijn m'n") &&
	       (is_word(self, next + 2, "inmiddels nu al pas net intussen") ||
		age_ends_clause(self->tokens, next + 2)) &&
	       (!at || mark_at(self, at - 1) ||
		lw_token_at(self->tokens, at)->flags & LW_TOKEN_SENTENCE_START ||
		is_word(self, at - 1, "want en maar"));
}

/* "twee dochters, twaalf en 15 jaar (", "twee meisjes De Fretes en Van Bergen van 19 en 20 jaar" */
static gboolean is_of_children(const Ages *self, guint at, guint next)
{
	guint last = next - 1, from = at;

	/* the last of them, which has the unit */
	while (last - at < CHILDREN && !is_word(self, last, "jaar jr"))
		if (!is_between_ages(self, ++last))
			return FALSE;
	if (!is_word(self, last, "jaar jr") ||
	    is_word(self, last + 1, "geleden later lang na voor in aan bij"))
		return FALSE;
	while (from > 0 && last - from < CHILDREN && is_between_ages(self, from - 1))
		from--;
	from -= from && is_word(self, from - 1, "van resp");
	while (from > 0 && last - from < SUBJECT && !is_word(self, from - 1, "van") &&
	       (self->persons[from - 1] || is_word(self, from - 1, "en")))
		from--;
	return from > 1 && last > at + (next == at + 2) - 1 &&
	       is_word(self, from - 1,
		       "dochters zonen zoons kinderen jongens meisjes broertjes zusjes "
		       "kleinkinderen "
		       "pleegkinderen broers zussen pupillen");
}

/* "Rayvano, 14 of zo", "heet ie, 24", "Stef Oldenhof, 17, 5v3", "Bassel, kamer D12, 58, de" */
static gboolean is_apposed(const Ages *self, guint at, guint next, guint years)
{
	const LwToken *behind = lw_token_at(self->tokens, next);

	if (at < 4 || years < LEAST_ALONE || mark_at(self, at - 1) != ',' ||
	    lw_token_at(self->tokens, at)->gap != LW_GAP_SPACE)
		return FALSE;
	if (is_word(self, at - 2, "ie hij ze zij"))
		return is_word(self, at - 3, "heet heette") && age_ends_clause(self->tokens, next);
	if (self->persons[at - 2]) {
		const LwToken *class = lw_token_at(self->tokens, next + 1);

		return (is_word(self, next, "of") && is_word(self, next + 1, "zo")) ||
		       is_word(self, next, "ofzo geloof dacht denk") ||
		       (behind->mark == ',' && years <= PUPIL && class->letters == 3 &&
			class->flags & LW_TOKEN_DIGIT && !g_ascii_isdigit(class->word[1]));
	}
	return behind->mark == ',' && is_word(self, at - 3, "kamer kmr unit bed") && at > 4 &&
	       mark_at(self, at - 4) == ',' && self->persons[at - 5] &&
	       lw_token_at(self->tokens, next + 1)->flags & LW_TOKEN_LOWER;
}

gboolean age_is_noted(const Ages *self, guint at, guint next, guint years, gboolean counted)
{
	if (at < 3)
		return is_inverted(self, at, next, years);
	return (!counted &&
		(is_of_sex(self, at, next, years) || is_in_group(self, at, next, years) ||
		 is_in_brackets(self, at, next, years) || is_second(self, at, next) ||
		 is_birthday(self, at, next, years) || is_inverted(self, at, next, years) ||
		 is_apposed(self, at, next, years))) ||
	       is_of_pair(self, at, next) || is_of_children(self, at, next) ||
	       is_of_sentence_before(self, at, next, years, counted) ||
	       is_in_cell(self, at, next, years, counted) ||
	       is_guessed(self, at, next, years, counted);
}
