/* bound-number.c - numbers without a name of their own that stand so beside a person that they can
 * be nobody else's: "(NAI-1187)" behind him, "reg.nr 4418092" in his sentence, the cell beside his.
 *
 * Asked for what unexplained-number.c would propose; nothing here finds a number. */
#include "engine/detect/scan.h"
#include "engine/detect/unexplained.h"

#include <string.h>

#define LIKELY	     0.5f /* a person */
#define SENTENCE     12	  /* tokens back from a label to its person */
#define LEAST_DIGITS 5	  /* of a cell beside or below a person */
#define LEAST_BEHIND 6	  /* letters and digits behind a comma */

static gboolean is_private(const LwEntity *entity)
{
	return entity->kind == LW_KIND_PERSON && entity->score >= LIKELY &&
	       entity->role <= LW_ROLE_PROFESSIONAL;
}

guint8 *unexplained_private_persons(const Unexplained *self)
{
	return lw_token_found(self->tokens, self->found, is_private);
}

/* Back over a point or a bracket: "Souf B.", "Smit, R.A. (Ruud)". */
static gboolean ends_in_person(const LwTokens *tokens, const guint8 *persons, guint at)
{
	return at > 0 && (persons[at - 1] || (at > 1 && persons[at - 2] &&
					      (lw_token_at(tokens, at - 1)->mark == '.' ||
					       lw_token_at(tokens, at - 1)->mark == ')')));
}

/* "nr", "kandnr", "pasnummer", "ID": says that a number follows, and not of what that is no
 * person's. */
static gboolean is_label(const LwToken *token)
{
	static const char *const things[] = {
		"zaak",	   "dossier",  "order",	   "factuur", "bon",	 "nota",    "volg",
		"kamer",   "huis",     "lijst",	   "stuk",    "bijlage", "blad",    "tekening",
		"lijn",	   "serie",    "perceel",  "model",   "versie",	 "artikel", "rapport",
		"project", "bestek",   "kenteken", "krediet", "object",	 "proces",  "besluit",
		"docu",	   "monument", "charge",   "partij",  "meld",	 "aanvr",   "verzoek",
		"klacht",  "vergun",   "brief",	   "contra",  "certif",	 "post",    "kenmerk",
		"kavel",   "route",    "toegang",  "inv",     "bestel",	 "bouw"};

	if (lw_token_in(token->word, "id"))
		return TRUE;
	if (!g_str_has_suffix(token->word, "nr") && !g_str_has_suffix(token->word, "nummer"))
		return FALSE;
	for (gsize i = 0; i < G_N_ELEMENTS(things); i++)
		if (strstr(token->word, things[i]))
			return FALSE;
	return TRUE;
}

/* "Alnajjar, voorn. Moutaz. kandnr 3190447286", "Rigoberto M., cel D-2-17, reg.nr 4418092" */
static gboolean is_labelled(const LwTokens *tokens, const guint8 *persons, guint first)
{
	guint label = first;

	while (label > 0 && first - label < 2 && lw_token_at(tokens, label - 1)->mark &&
	       strchr(".:", (int)MIN(lw_token_at(tokens, label - 1)->mark, 127)))
		label--;
	if (!label || !is_label(lw_token_at(tokens, label - 1)) ||
	    lw_token_at(tokens, first)->gap > LW_GAP_SPACE)
		return FALSE;
	for (guint i = label - 1, back = 0; back < SENTENCE && i > 0; back++) {
		const LwToken *token = lw_token_at(tokens, i--);

		if (token->gap >= LW_GAP_LINE)
			return FALSE;
		if (persons[i])
			return TRUE;
		if (lw_token_in(lw_token_at(tokens, i)->word, "zaak dossier rapport besluit brief"))
			return FALSE;
	}
	return FALSE;
}

/* "Schraven, LJM (ob41877)" */
static gboolean is_in_brackets(const LwTokens *tokens, const guint8 *persons, guint first,
			       guint last)
{
	return first > 1 && lw_token_at(tokens, first - 1)->mark == '(' &&
	       strchr("),;", (int)MIN(lw_token_at(tokens, last + 1)->mark, 127)) &&
	       lw_token_at(tokens, last + 1)->mark && ends_in_person(tokens, persons, first - 1);
}

/* The cell beside that of a person. */
static gboolean is_in_row(const LwTokens *tokens, const guint8 *persons, guint first, guint last,
			  guint letters)
{
	const LwToken *token = lw_token_at(tokens, first), *next = lw_token_at(tokens, last + 1);
	gboolean sign = first > 1 && lw_token_at(tokens, first - 1)->mark == '|';

	/* "Noureddine P0042266  Beveiliging": a column too wide for its cell */
	if (letters && !sign && token->gap == LW_GAP_SPACE &&
	    next->start > lw_token_at(tokens, last)->end + 1)
		return ends_in_person(tokens, persons, first);

	if (next->gap < LW_GAP_WIDE && next->mark != '|')
		return FALSE;
	return sign ? ends_in_person(tokens, persons, first - 1)
		    : token->gap == LW_GAP_WIDE && ends_in_person(tokens, persons, first);
}

/* A line of its own below one that holds nothing but a person. */
static gboolean is_below(const LwTokens *tokens, const guint8 *persons, guint first, guint last)
{
	const LwToken *token = lw_token_at(tokens, first);

	if (token->gap != LW_GAP_LINE || lw_token_at(tokens, last + 1)->gap < LW_GAP_LINE ||
	    !ends_in_person(tokens, persons, first))
		return FALSE;
	for (guint i = lw_token_line_start(tokens, first - 1); i < first; i++)
		if (!persons[i] && *lw_token_at(tokens, i)->word)
			return FALSE;
	return TRUE;
}

/* "204428 is Hanneke", "Farid Noorzai = 204482" */
static gboolean is_told(const LwTokens *tokens, const guint8 *persons, guint first, guint last)
{
	const LwToken *next = lw_token_at(tokens, last + 1);

	if ((next->mark == '=' || lw_token_in(next->word, "is was")) && next->gap <= LW_GAP_SPACE &&
	    last + 2 < tokens->count && persons[last + 2])
		return TRUE;
	return first > 1 && lw_token_at(tokens, first - 1)->mark == '=' && persons[first - 2];
}

gboolean unexplained_is_bound(const LwTokens *tokens, const guint8 *persons, guint first,
			      guint last, guint digits, guint letters)
{
	const LwToken *before = lw_token_at(tokens, first ? first - 1 : tokens->count);

	if (is_labelled(tokens, persons, first) || is_in_brackets(tokens, persons, first, last) ||
	    (digits >= LEAST_DIGITS && is_told(tokens, persons, first, last)))
		return TRUE;
	if (digits >= LEAST_DIGITS && (is_in_row(tokens, persons, first, last, letters) ||
				       is_below(tokens, persons, first, last)))
		return TRUE;
	/* "K. Wisse, V-09-33107." */
	return before->mark == ',' && first > 1 && letters && digits + letters >= LEAST_BEHIND &&
	       ends_in_person(tokens, persons, first - 1) &&
	       (lw_token_at(tokens, last + 1)->mark ||
		lw_token_at(tokens, last + 1)->gap >= LW_GAP_LINE);
}
