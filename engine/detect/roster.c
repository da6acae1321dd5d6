/* roster.c - names behind the labels of forms, and in attendance and distribution lists. */
#include "engine/detect/name.h"

#include <string.h>

#define SCORE		 0.9f
#define LEADER		 4 /* dots at least */
#define MAX_ROSTER_LINES 80
#define LONG_LINE	 110
#define MAX_NAME	 8 /* tokens */
#define MAX_MORE	 5 /* words between "Aanwezig" and its colon */

static gboolean line_has_label(const LwTokens *tokens, guint at)
{
	for (guint i = at; i < at + 4 && *lw_token_at(tokens, i)->word; i++)
		if (lw_token_at(tokens, i + 1)->mark == ':' &&
		    lw_token_at(tokens, i + 1)->gap <= LW_GAP_WIDE)
			return TRUE;
	return FALSE;
}

/* Where the value of a field ends: its line, the next column, or the next label on the same line.
 */
static guint value_end(const LwTokens *tokens, guint at)
{
	guint line = lw_token_line_end(tokens, at);

	for (guint i = at; i < line; i++) {
		guint next, kind;

		if (i > at && lw_token_at(tokens, i)->gap == LW_GAP_WIDE)
			return i;
		if (i > at &&
		    lw_phrase_at(tokens, i, LW_PHRASE_FIELD | LW_PHRASE_OTHER_FIELD, &next,
				 &kind) &&
		    lw_token_at(tokens, next)->mark == ':')
			return i;
	}
	return line;
}

static void take_value(LwNameFinder *finder, guint at, const char *label)
{
	const LwTokens *tokens = finder->tokens;
	LwNameWhy why = {SCORE, "name/field", LW_REASON_FIELD, label};
	guint end = value_end(tokens, at);

	if (lw_token_in(label, "voorletters voorletter voorl"))
		lw_name_take_initials(finder, at, end, why);
	else
		lw_name_take_list(finder, at, end,
				  lw_token_at(tokens, at)->flags & LW_TOKEN_LOWER
					  ? LW_NAME_LOWER
					  : LW_NAME_EXPECTED,
				  why);
}

/* "Voornamen    Pien Johanna     Luciana Maria": a form about more than one person has a column for
 * each; a label or a figure in a cell ends that. */
static void take_values(LwNameFinder *finder, guint at, const char *label)
{
	const LwTokens *tokens = finder->tokens;
	guint line = lw_token_line_end(tokens, at), i = at;

	take_value(finder, at, label);
	for (guint next, kind; (i = value_end(tokens, i)) < line;) {
		if (lw_token_at(tokens, i)->gap != LW_GAP_WIDE || line_has_label(tokens, i) ||
		    lw_phrase_at(tokens, i, LW_PHRASE_FIELD | LW_PHRASE_OTHER_FIELD, &next,
				 &kind) ||
		    !(lw_token_at(tokens, i)->flags & LW_TOKEN_CAPITAL) ||
		    lw_token_at(tokens, i)->cues & LW_CUE_COLUMN)
			return;
		take_value(finder, i, label);
	}
}

/* "Contactpersoon Mensah" on a line of its own: the cells of a form stand close together. */
static void take_rest_of_line(LwNameFinder *finder, guint at, const char *label)
{
	const LwTokens *tokens = finder->tokens;
	guint line = value_end(tokens, at), last = lw_name_skip_titles(tokens, at, NULL);
	LwName name;

	if (line - at > 8 || !(lw_token_at(tokens, at)->flags & LW_TOKEN_CAPITAL) ||
	    !lw_name_parse(tokens, last, LW_NAME_EXPECTED, &name) || name.last + 1 != line)
		return;
	if (name.initials ||
	    (name.given_lists | name.surname_lists) & (LW_WORD_FIRST_NAME | LW_WORD_SURNAME))
		lw_name_take(finder, at, line, LW_NAME_EXPECTED,
			     (LwNameWhy){SCORE, "name/field", LW_REASON_FIELD, label});
}

/* "Contactpersoon gemeente:", "Naam ouder 1:": the token of the colon. "Naam project:" is of a
 * thing: what follows it names no person. `at` when it is no label. */
static guint skip_more_label(LwNameFinder *finder, guint at, const char *label)
{
	static const char things[] =
		"bedrijf school project vereniging stichting document bestand "
		"locatie straat gebouw organisatie instelling product weg "
		"gemeente plan dossier schip winkel zaak onderneming evenement "
		"wet regeling programma systeem applicatie boot object instantie";
	const LwTokens *tokens = finder->tokens;
	guint i = at, line = lw_token_line_end(tokens, at);
	gboolean thing = FALSE;

	for (; i < line && i < at + 6 && lw_token_at(tokens, i)->mark != ':'; i++) {
		const LwToken *token = lw_token_at(tokens, i);

		if (token->gap == LW_GAP_WIDE || token->cues & LW_CUE_VERB ||
		    (!*token->word && !strchr("/().-", (int)token->mark)))
			return at;
		thing |= lw_token_in(token->word, things);
	}
	if (i >= line || lw_token_at(tokens, i)->mark != ':')
		return at;
	if (thing && lw_token_in(label, "naam name")) {
		for (guint k = i + 1; k < line; k++)
			finder->closed[k] = LW_CLOSED;
		return at;
	}
	return i;
}

/* "Afzender" on a line of its own and the name on the next. */
static void take_below(LwNameFinder *finder, guint at, const char *label)
{
	const LwTokens *tokens = finder->tokens;
	guint line = lw_token_line_end(tokens, at);
	guint first = lw_name_skip_titles(tokens, at, NULL);
	LwName name;

	if (lw_token_at(tokens, at)->gap != LW_GAP_LINE || line - at > MAX_NAME ||
	    line_has_label(tokens, at) || first >= line ||
	    !(lw_token_at(tokens, first)->flags & LW_TOKEN_CAPITAL) ||
	    !lw_name_parse(tokens, first, LW_NAME_EXPECTED, &name) || name.last + 1 != line)
		return;
	if (name.initials || (name.given && name.surnames) ||
	    (name.given_lists | name.surname_lists) & LW_WORD_FREQUENT)
		lw_name_take(finder, at, line, LW_NAME_EXPECTED,
			     (LwNameWhy){SCORE, "name/field", LW_REASON_FIELD, label});
}

/* "Naam ........ Jansen": the dots that lead to a value; the last of them, or `at`. */
static guint skip_leader(const LwTokens *tokens, guint at)
{
	guint i = at;

	while (lw_token_at(tokens, i)->mark && lw_token_at(tokens, i)->mark < 0x80 &&
	       strchr("._", (int)lw_token_at(tokens, i)->mark) &&
	       lw_token_at(tokens, i)->gap <= LW_GAP_WIDE)
		i++;
	return i >= at + LEADER ? i - 1 : at;
}

static void take_field(LwNameFinder *finder, guint at)
{
	const LwTokens *tokens = finder->tokens;
	const LwToken *token = lw_token_at(tokens, at), *after;
	guint next, kind, leader;
	const char *label = lw_phrase_at(tokens, at, LW_PHRASE_FIELD, &next, &kind);

	if (!label)
		return;
	if (skip_leader(tokens, next) == next && lw_token_at(tokens, next)->mark == '.' &&
	    lw_token_at(tokens, next)->gap == LW_GAP_NONE)
		next++;
	/* "Naam (in blokletters):" */
	if (lw_token_at(tokens, next)->mark == '(')
		while (next < at + 10 && lw_token_at(tokens, next - 1)->mark != ')')
			next++;
	after = lw_token_at(tokens, next);
	if (after->mark != ':' && token->gap >= LW_GAP_WIDE)
		next = skip_more_label(finder, next, label);
	leader = skip_leader(tokens, next);
	after = lw_token_at(tokens, next);
	if ((after->mark == ':' || leader > next) && after->gap <= LW_GAP_WIDE) {
		next = leader + 1;
		after = lw_token_at(tokens, next);
		if (after->gap <= LW_GAP_WIDE ||
		    (after->gap == LW_GAP_LINE && !line_has_label(tokens, next)))
			take_value(finder, next, label);
	} else if (after->gap == LW_GAP_LINE && token->flags & LW_TOKEN_LINE_START &&
		   !(kind & LW_PHRASE_INLINE)) {
		take_below(finder, next, label);
	} else if (after->gap == LW_GAP_SPACE && after->letters == 1 &&
		   lw_token_at(tokens, next + 1)->mark == '.' &&
		   lw_token_in(label, "voorletters voorletter")) {
		/* "staat bij u als Nooij. Voorletters C.J." */
		lw_name_take_initials(finder, next, value_end(tokens, next),
				      (LwNameWhy){SCORE, "name/field", LW_REASON_FIELD, label});
	} else if (kind & LW_PHRASE_INLINE && after->gap <= LW_GAP_LINE) {
		lw_name_take(finder, next, lw_token_line_end(tokens, next), LW_NAME_EXPECTED,
			     (LwNameWhy){SCORE, "name/field", LW_REASON_FIELD, label});
	} else if (after->gap == LW_GAP_SPACE && strcmp(label, "paraaf") == 0 &&
		   lw_name_is_code(after)) {
		/* "akkoord, paraaf JDO / tk." */
		lw_name_take_list(finder, next, MIN(next + 3, lw_token_line_end(tokens, next)),
				  LW_NAME_EXPECTED,
				  (LwNameWhy){SCORE, "name/field", LW_REASON_FIELD, label});
	} else if (after->gap == LW_GAP_SPACE && g_str_has_suffix(label, " door") &&
		   lw_name_is_code(after)) {
		/* "gecontroleerd door JvdW" */
		lw_name_take(finder, next, next + 1, LW_NAME_EXPECTED,
			     (LwNameWhy){SCORE, "name/field", LW_REASON_FIELD, label});
	} else if (after->gap == LW_GAP_SPACE && token->flags & LW_TOKEN_LINE_START) {
		take_rest_of_line(finder, next, label);
	} else if (after->gap == LW_GAP_WIDE &&
		   (token->flags & LW_TOKEN_LINE_START || token->gap == LW_GAP_WIDE) &&
		   !(after->cues & LW_CUE_COLUMN)) {
		take_values(finder, next, label);
	}
}

/* The rest of the line and the lines below, as long as they look like items. */
static void take_roster(LwNameFinder *finder, guint at)
{
	const LwTokens *tokens = finder->tokens;
	LwNameWhy why = {SCORE, "name/attendance", LW_REASON_ATTENDANCE, NULL};
	guint i, kind, line = lw_token_line_end(tokens, at);
	gboolean colon, heading;

	why.evidence = lw_phrase_at(tokens, at, LW_PHRASE_ROSTER, &i, &kind);
	if (!why.evidence)
		return;
	if (lw_token_at(tokens, i)->mark == '(')
		while (i < line && lw_token_at(tokens, i - 1)->mark != ')')
			i++;
	/* "Aanwezig namens de OR:" */
	for (guint more = i; more < line && more < i + MAX_MORE; more++)
		if (lw_token_at(tokens, more)->mark == ':' && more > i)
			i = more;
	colon = lw_token_at(tokens, i)->mark == ':';
	heading = i >= line;
	if (!colon && !heading && lw_token_at(tokens, i)->gap != LW_GAP_WIDE)
		return;
	i += colon;
	if (lw_token_at(tokens, i)->cues & LW_CUE_WEEKDAY) {
		memset(finder->closed + i, LW_CLOSED, line - i); /* "Aanwezig: ma, di, do" */
		return;
	}
	if (i < line)
		lw_name_take_list(finder, i, line, LW_NAME_EXPECTED, why);
	i = line;
	for (guint lines = 0; lines < MAX_ROSTER_LINES && i < tokens->count; lines++) {
		const LwToken *token = lw_token_at(tokens, i);
		guint end = lw_token_line_end(tokens, i);

		if ((token->gap == LW_GAP_BLANK && lines) || line_has_label(tokens, i))
			return;
		if (token->gap == LW_GAP_BLANK && !heading && !colon)
			return;
		if (lw_token_at(tokens, end - 1)->end - token->start > LONG_LINE ||
		    token->flags & LW_TOKEN_DIGIT)
			return;
		lw_name_take_list(finder, i, end, LW_NAME_EXPECTED, why);
		i = end;
	}
}

void lw_names_in_rosters(LwNameFinder *finder)
{
	for (guint i = 0; i < finder->tokens->count; i++) {
		const LwToken *token = lw_token_at(finder->tokens, i);

		if (!(token->cues & LW_CUE_PHRASE))
			continue;
		take_field(finder, i);
		/* "Oanwezich / aanwezig:" */
		if (token->flags & LW_TOKEN_LINE_START ||
		    (i > 1 && lw_token_at(finder->tokens, i - 1)->mark == '/' &&
		     lw_token_at(finder->tokens, i - 2)->flags & LW_TOKEN_LINE_START))
			take_roster(finder, i);
	}
}
