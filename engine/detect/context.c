/* context.c - in which role a person stands, from the words bound to the name (woo.md 2).
 *
 * Only apposition binds: the role word touches the name, follows a comma or bracket, or stands on
 * the line below in a signature. What is not bound stays unknown, which the policy treats as a
 * private person. Who signs for a body: signatory.c. Mailboxes and numbers get their role where
 * they are found. */
#include "engine/detect/cells.h"
#include "engine/detect/name.h"
#include "engine/detect/office.h"

#include <string.h>

#define FIELD_WORDS	 5  /* of "wethouder sport en cultuur" */
#define RUNNING_LINE	 40 /* bytes */
#define HEAD_TOKENS	 60 /* that say what a document is */
#define CLUB_REACH	 10 /* tokens from its name to the chairman */
#define BOARD_TOKENS	 24 /* between the mayor and the secretary */
#define SIGNATURE_TOKENS 9  /* a line with a function is short */
#define MEMBER_REACH	 9  /* from "motie" to "het lid" */
#define SEAT_WORDS	 3  /* of "Sint Odulf" */
#define SCRAWL_TOKENS	 8  /* a line of what hands left too */
#define NAMES_TOKENS	 80 /* a line of names below their offices */

static const Office councillor = {LW_ROLE_OFFICE_HOLDER, "bestuurder"};
static const Office chair = {LW_ROLE_OFFICE_HOLDER, "voorzitter"};

typedef struct {
	const LwTokens *tokens;
	LwEntities *found;
	guint8 *starts;	       /* by token: a person begins here */
	const Office *several; /* "wethouders" before the last persons; NULL: none */
	guint several_end;     /* token behind the last of them */
	gboolean of_council;   /* minutes of a council: its chairman is in office */
} Binder;

/* "de weledelgestrenge heer mr. Van Dam", "Zijne Excellentie" */
static const char honours[] = "weledelgestrenge hoogedelgestrenge edelachtbare weledelgeboren "
			      "weledele hooggeleerde excellentie zijne hare";

/* Back over "mr.", "mevrouw", "de heer" and quotes before a name. */
static guint before_titles(const LwTokens *tokens, guint at)
{
	guint i = at;

	while (i > 0 && at - i < 8) {
		const LwToken *token = lw_token_at(tokens, i - 1);
		gboolean title = token->cues & (LW_CUE_ADDRESS | LW_CUE_ACADEMIC);

		if (token->mark == '.' && i > 1 &&
		    lw_token_at(tokens, i - 2)->cues & (LW_CUE_ADDRESS | LW_CUE_ACADEMIC))
			title = TRUE;
		if (lw_token_is(tokens, i - 1, "de") &&
		    (lw_token_at(tokens, i)->cues & LW_CUE_ADDRESS ||
		     lw_token_in(lw_token_at(tokens, i)->word, honours)))
			title = TRUE;
		title |= lw_token_in(token->word, honours);
		if (!title || lw_token_at(tokens, i)->gap > LW_GAP_LINE)
			break;
		/* "inspecteur", "agent" are offices as well as titles */
		if (office_in(tokens, i - 1, i - 1))
			break;
		i--;
	}
	return i;
}

/* A role at the end of a full line of text goes on below; alone on its line it is of the person
 * above. */
static gboolean runs_on(const LwTokens *tokens, guint at)
{
	const LwToken *first = lw_token_at(tokens, lw_token_line_start(tokens, at - 1));
	gboolean title = lw_token_at(tokens, at)->cues & (LW_CUE_ADDRESS | LW_CUE_ACADEMIC);

	if (title && lw_token_at(tokens, at)->flags & LW_TOKEN_CAPITAL)
		return FALSE;
	return lw_token_at(tokens, at - 1)->end - first->start >= RUNNING_LINE;
}

static gboolean is_kept_office(LwRole role)
{
	return lw_role_default_action(role) == LW_ACTION_KEEP;
}

/* "burgemeester De Vries" after a comma is the next person of a list. */
static gboolean leads_to_person(const Binder *binder, guint at)
{
	for (guint i = at; i < at + 6 && i < binder->tokens->count; i++) {
		const LwToken *token = lw_token_at(binder->tokens, i);

		if (binder->starts[i])
			return token->gap <= LW_GAP_LINE && token->gap != LW_GAP_WIDE;
		if (!(token->cues & (LW_CUE_ADDRESS | LW_CUE_ACADEMIC)) && token->mark != '.' &&
		    !lw_token_is(binder->tokens, i, "de"))
			return FALSE;
		if (token->mark == '.' && token->gap != LW_GAP_NONE)
			return FALSE;
	}
	return FALSE;
}

/* "de secretaris, M. Hogeboom / de burgemeester, F. van Trigt": beside the mayor he is the
 * secretary of the municipality, and no club's. */
static const Office *secretary_at(const LwTokens *tokens, guint at)
{
	static const Office secretary = {LW_ROLE_TOP_OFFICIAL, "secretaris"};
	guint low = at > BOARD_TOKENS ? at - BOARD_TOKENS : 0;

	if (!lw_token_is(tokens, at, "secretaris"))
		return NULL;
	for (guint i = low; i < at + BOARD_TOKENS; i++)
		if (lw_token_in(lw_token_at(tokens, i)->word, "burgemeester dijkgraaf commissaris"))
			return &secretary;
	return NULL;
}

/* "De griffier, ...  De voorzitter, ir. P. Kok": of the council. */
static const Office *chair_at(const LwTokens *tokens, guint at)
{
	guint low = at > BOARD_TOKENS ? at - BOARD_TOKENS : 0;

	if (!lw_token_is(tokens, at, "voorzitter"))
		return NULL;
	for (guint i = low; i < at + BOARD_TOKENS; i++)
		if (lw_token_in(lw_token_at(tokens, i)->word,
				"griffier statengriffier raadsgriffier"))
			return &chair;
	return NULL;
}

/* "gemeentesecretaris van Oude IJsselstreek": the last word of the office, or `last` itself. */
static guint before_its_body(const LwTokens *tokens, guint last)
{
	guint i = last;

	while (i > 1 && last - i < MAX_PHRASE && lw_token_at(tokens, i)->gap == LW_GAP_SPACE) {
		if (lw_token_in(lw_token_at(tokens, i)->word, "van der of fan von in te") &&
		    i < last)
			return i - 1;
		if (!(lw_token_at(tokens, i)->flags & LW_TOKEN_CAPITAL) &&
		    !lw_token_in(lw_token_at(tokens, i)->word,
				 "de het gemeente buurgemeente provincie waterschap"))
			return last;
		i--;
	}
	return last;
}

/* "wethouder onderwijs en jeugd": the word of an office that has a field, or `last` itself. */
static guint before_its_field(const Binder *binder, guint last)
{
	const LwTokens *tokens = binder->tokens;

	for (guint i = last; i > 0 && last - i < FIELD_WORDS; i--) {
		const LwToken *token = lw_token_at(tokens, i);

		if (lw_token_in(token->word, "wethouder gedeputeerde minister staatssecretaris"))
			return i;
		if (!*token->word || token->cues & LW_CUE_VERB || token->gap != LW_GAP_SPACE ||
		    binder->starts[i])
			break;
	}
	return office_before_field(tokens, last);
}

/* "de burgemeester, dr. A. Vermeulen": an office in front of a comma, unless a list of persons goes
 * on behind the name. */
static const Office *bound_before_comma(const Binder *binder, guint comma, guint last)
{
	const LwTokens *tokens = binder->tokens;
	guint words = 1, start, behind = comma + 1;
	const Office *office;

	comma = comma ? office_before_interim(tokens, comma - 1) + 1 : 0;
	office = comma > 1 ? office_ending(tokens, comma - 1) : NULL;

	if (!office && comma > 1) {
		comma = before_its_body(tokens, comma - 1) + 1;
		office = office_ending(tokens, comma - 1);
	}
	if (!office && comma > 1) {
		guint held = before_its_field(binder, comma - 1);

		office = held < comma - 1 ? office_ending(tokens, held) : NULL;
		comma = office ? held + 1 : comma;
	}
	if (!office && comma > 0)
		office = secretary_at(tokens, comma - 1);
	office = office || !comma ? office : chair_at(tokens, comma - 1);
	if (!office || !is_kept_office(office->role) ||
	    lw_token_at(tokens, behind)->gap > LW_GAP_LINE ||
	    lw_token_at(tokens, behind)->gap == LW_GAP_WIDE)
		return NULL;
	for (const char *space = office->phrase; (space = strchr(space, ' ')); space++)
		words++;
	start = comma > words ? comma - words : 0;
	if (!(lw_token_at(tokens, start)->flags & LW_TOKEN_LINE_START) &&
	    !(start && lw_token_at(tokens, start - 1)->mark == ':') &&
	    !(start && lw_token_in(lw_token_at(tokens, start - 1)->word,
				   "de onze uw unser der die our the geachte beste")))
		return NULL;
	if (lw_token_in(lw_token_at(tokens, last + 1)->word, "en of and") ||
	    (lw_token_at(tokens, last + 1)->mark == ',' && leads_to_person(binder, last + 2)))
		return NULL;
	return office;
}

/* "Waterschap | dijkgraaf | Lambert Verheijen": the cell before is an office and nothing else. */
static const Office *bound_by_cell(const LwTokens *tokens, guint at)
{
	guint line = lw_token_line_start(tokens, at), end = at, first;

	while (end > line && lw_token_at(tokens, end - 1)->mark &&
	       strchr("|;", (int)lw_token_at(tokens, end - 1)->mark))
		end--;
	first = end;
	while (first > line && *lw_token_at(tokens, first - 1)->word &&
	       (first == end || lw_token_at(tokens, first)->gap <= LW_GAP_SPACE))
		first--;
	return first < end && end - first <= MAX_PHRASE ? office_in(tokens, first, end - 1) : NULL;
}

/* The line that who signs stands under: above the one with what his hand left. */
static guint past_scrawl(const LwTokens *tokens, guint line)
{
	guint above = line ? lw_token_line_start(tokens, line - 1) : 0;

	if (!above || line - above > SCRAWL_TOKENS || lw_token_at(tokens, line - 1)->mark == ',')
		return line;
	for (guint i = above; i < line; i++)
		if (lw_token_at(tokens, i)->flags & LW_TOKEN_DIGIT ||
		    lw_token_at(tokens, i)->cues ||
		    (lw_token_at(tokens, i)->letters > 2 &&
		     lw_token_at(tokens, i)->lists & (LW_WORD_COMMON | LW_WORD_ROLE)))
			return line;
	return above;
}

/* The function line of who stands on the line above it is nobody else's. */
static gboolean is_below_person(const Binder *binder, guint line)
{
	guint above = line ? lw_token_line_start(binder->tokens, line - 1) : 0;

	return line && binder->starts[lw_name_skip_titles(binder->tokens, above, NULL)];
}

/* "De burgemeester voornoemd," alone on the line above: who signs is below. */
static const Office *bound_above(const Binder *binder, guint at)
{
	const LwTokens *tokens = binder->tokens;
	guint line = past_scrawl(tokens, lw_token_line_start(tokens, at)), first, end;
	gboolean comma = line && lw_token_at(tokens, line - 1)->mark == ',';

	if (lw_token_line_start(tokens, at) != at || line == 0)
		return NULL;
	first = lw_token_line_start(tokens, line - 1);
	end = comma ? line - 1 : line;
	if (office_written_to(tokens, first, end))
		return office_written_to(tokens, first, end);
	/* "De burgemeester van Zandhorst" without one, "Burgemeester" in the cell above */
	if (!comma && !lw_token_is(tokens, first, "de") &&
	    line == lw_token_line_start(tokens, at) &&
	    (end != first + 1 || is_below_person(binder, first) ||
	     lw_token_line_end(tokens, at) > at + 3))
		return NULL;
	if (lw_token_is(tokens, first, "de"))
		first++;
	if (!comma && end > first + 1)
		end = before_its_body(tokens, end - 1) + 1;
	if (first + 1 == end && secretary_at(tokens, first))
		return secretary_at(tokens, first);
	return first < end && end - first <= MAX_PHRASE ? office_in(tokens, first, end - 1) : NULL;
}

/* "de fractie van Lokaal Sterk (mevr. Bos)", "de VVD-fractie (Bos)" */
static gboolean is_of_fraction(const LwTokens *tokens, guint last)
{
	for (guint i = last; i > 0 && last - i < FIELD_WORDS; i--) {
		const LwToken *token = lw_token_at(tokens, i);

		if (!strcmp(token->word, "fractie") || g_str_has_suffix(token->word, "-fractie"))
			return TRUE;
		if (token->gap != LW_GAP_SPACE || (!(token->flags & LW_TOKEN_CAPITAL) &&
						   !lw_token_in(token->word, "van de het der")))
			return FALSE;
	}
	return FALSE;
}

/* "de woordvoering loopt via Job Bos", "woordvoering = Job Bos" */
static const Office *speaks_for_house(const LwTokens *tokens, guint at)
{
	static const Office speaker = {LW_ROLE_SPOKESPERSON, "woordvoering"};

	if (at > 1 && lw_token_at(tokens, at - 1)->mark == '=' &&
	    lw_token_is(tokens, at - 2, "woordvoering"))
		return &speaker;
	if (at < 3 || !lw_token_is(tokens, at - 1, "via"))
		return NULL;
	return lw_token_is(tokens, at - 2, "woordvoering") ||
			       (lw_token_in(lw_token_at(tokens, at - 2)->word,
					    "loopt gaat verloopt") &&
				lw_token_is(tokens, at - 3, "woordvoering"))
		       ? &speaker
		       : NULL;
}

static gboolean ends_clause(const LwTokens *tokens, guint at)
{
	const LwToken *token = lw_token_at(tokens, at);

	return token->gap >= LW_GAP_WIDE ||
	       (token->mark && token->mark < 0x80 && strchr(".,;)", (int)token->mark));
}

static const Office *bound_before(const Binder *binder, guint first, guint last)
{
	const LwTokens *tokens = binder->tokens;
	guint at = before_titles(tokens, first);
	const LwToken *token = lw_token_at(tokens, at);
	const Office *above = bound_above(binder, at), *office;

	if (at == 0)
		return NULL;
	if (above && is_kept_office(above->role))
		return above;
	if (token->gap == LW_GAP_WIDE || lw_token_at(tokens, at - 1)->mark == '|')
		return bound_by_cell(tokens, at);
	if (lw_token_at(tokens, at - 1)->mark == ',')
		return bound_before_comma(binder, at - 1, last);
	/* "de minister (Kuipers)" */
	if (lw_token_at(tokens, at - 1)->mark == '(' && at > 1 &&
	    (lw_token_at(tokens, at - 1)->gap == LW_GAP_SPACE ||
	     lw_token_at(tokens, at - 1)->gap == LW_GAP_LINE))
		return is_of_fraction(tokens, at - 2) ? &councillor : office_ending(tokens, at - 2);
	if (lw_token_at(tokens, at - 1)->mark == ':' && at > 1 && token->gap <= LW_GAP_WIDE &&
	    lw_token_at(tokens, lw_token_line_start(tokens, at))->start <=
		    lw_token_at(tokens, at - 1)->start) {
		if (binder->of_council &&
		    lw_token_in(lw_token_at(tokens, at - 2)->word, "voorzitter vz"))
			return &chair;
		return office_before_colon(tokens, at - 2);
	}
	if (token->gap == LW_GAP_LINE && !runs_on(tokens, at))
		return NULL;
	if (token->gap > LW_GAP_LINE || token->gap == LW_GAP_WIDE)
		return NULL;
	/* "Woordvoerder is Job Verstappen." */
	if (at > 1 && lw_token_in(lw_token_at(tokens, at - 1)->word, "is was wordt blijft"))
		return ends_clause(tokens, last + 1) ? office_ending(tokens, at - 2) : NULL;
	office = office_ending(tokens, at - 1);
	office = office ? office : speaks_for_house(tokens, at);
	if (office || office_before_field(tokens, at - 1) == at - 1)
		return office;
	return office_ending(tokens, office_before_field(tokens, at - 1));
}

/* "dorpsraad: Dien Steenhuis (voorzitter)": whom it chairs stands before the name. */
static gboolean is_of_club(const LwTokens *tokens, guint at)
{
	guint line = lw_token_line_start(tokens, at);

	for (guint i = at; i > line && at - i < CLUB_REACH; i--)
		if (lw_token_in(lw_token_at(tokens, i - 1)->word,
				"dorpsraad wijkraad buurtraad ondernemingsraad or mr clientenraad "
				"medezeggenschapsraad bewonersraad jongerenraad adviesraad bestuur "
				"vereniging stichting comite platform dorpsbelang dorpsbelangen "
				"wijkvereniging buurtvereniging bewoners"))
			return TRUE;
	return FALSE;
}

/* "(weth.)", "(bm)", "(min)" */
static gboolean is_short_office(const LwTokens *tokens, guint at)
{
	guint end = at + 1;

	if (!lw_token_in(lw_token_at(tokens, at)->word,
			 "weth wh bgm bm burg min staas stas stasec gedep gs cdk"))
		return FALSE;
	if (lw_token_at(tokens, end)->mark == '.')
		end++;
	return lw_token_at(tokens, end)->mark == ')';
}

static gboolean closes_apposition(const LwTokens *tokens, guint at)
{
	const LwToken *token = lw_token_at(tokens, at);

	return token->gap >= LW_GAP_WIDE || !*token->word || lw_token_is(tokens, at, "van") ||
	       lw_token_is(tokens, at, "te") || lw_token_is(tokens, at, "bij") ||
	       lw_token_is(tokens, at, "in");
}

/* The line below the name holds a function and little else. */
static const Office *bound_below(const Binder *binder, guint at)
{
	const LwTokens *tokens = binder->tokens;
	guint end = lw_token_line_end(tokens, at), next = at;
	const Office *office;

	if (end - at > SIGNATURE_TOKENS)
		return NULL;
	office = office_starting(tokens, at, &next);
	/* "raadslid Leefbaar Heuvelrug" */
	return office && !leads_to_person(binder, next) &&
			       (closes_apposition(tokens, next) ||
				(lw_token_at(tokens, next)->flags & LW_TOKEN_CAPITAL &&
				 office->role == LW_ROLE_OFFICE_HOLDER))
		       ? office
		       : NULL;
}

/* "(burgemeester Kreekrak)", "(wethouder Sint Odulf)": where, and nobody's name. */
static gboolean is_seat(const LwTokens *tokens, guint at)
{
	guint end = at;

	while (lw_token_at(tokens, end)->flags & LW_TOKEN_CAPITAL && end < at + SEAT_WORDS) {
		const LwToken *token = lw_token_at(tokens, end);
		const LwToken *before = lw_token_at(tokens, end > at ? end - 1 : end);

		if (!lw_token_in(token->word, "sint st") && !lw_token_in(before->word, "sint st") &&
		    token->lists & (LW_WORD_FIRST_NAME | LW_WORD_SURNAME) &&
		    !(token->lists & LW_WORD_PLACE))
			return FALSE;
		end++;
	}
	return end > at && lw_token_at(tokens, end)->mark == ')';
}

static const Office *bound_after(const Binder *binder, guint last)
{
	const LwTokens *tokens = binder->tokens;
	guint at = last + 1, next = 0;
	const LwToken *token = lw_token_at(tokens, at);
	gboolean article = FALSE, bracket;
	const Office *office = office_of_party(tokens, at);

	if (office || token->gap == LW_GAP_BLANK)
		return office;
	if (token->gap == LW_GAP_LINE)
		return bound_below(binder, at);
	bracket = token->mark == '(';
	if (token->mark == ',' || bracket || (token->mark == '-' && token->gap == LW_GAP_SPACE) ||
	    token->mark == '|')
		token = lw_token_at(tokens, ++at);
	else if (token->gap != LW_GAP_WIDE && !lw_token_is(tokens, at, "et") &&
		 !lw_token_is(tokens, at, "als"))
		return NULL;
	if (token->gap == LW_GAP_LINE)
		return bound_below(binder, at);
	while (lw_token_in(lw_token_at(tokens, at)->word, "de het als zijnde onze ons hun diens")) {
		article = TRUE;
		at++;
	}
	if (bracket && is_short_office(tokens, at))
		return &councillor;
	/* "(voorzitter, burgemeester Kreekrak)" */
	if (bracket && lw_token_in(lw_token_at(tokens, at)->word, "voorzitter vz secretaris lid") &&
	    lw_token_at(tokens, at + 1)->mark == ',')
		at += 2;
	office = office_starting(tokens, at, &next);
	if (office && bracket && is_kept_office(office->role) && is_seat(tokens, next))
		return office;
	if (!office && secretary_at(tokens, at)) {
		office = secretary_at(tokens, at);
		next = at + 1;
	}
	if (!office && bracket && binder->of_council && !is_of_club(tokens, at) &&
	    lw_token_in(lw_token_at(tokens, at)->word, "voorzitter vz") &&
	    lw_token_at(tokens, at + 1)->mark == ')')
		return &chair;
	/* "Ganga Persad, de wethouder (Alie Hoving)": of the next */
	if (office && !bracket && lw_token_at(tokens, next)->mark == '(' &&
	    binder->starts[MIN(next + 1, tokens->count)])
		return NULL;
	/* a short line or a cell that ends with the office: the next person is of the next row */
	if (!office || ((lw_token_at(tokens, next)->gap < LW_GAP_LINE || runs_on(tokens, next)) &&
			leads_to_person(binder, next)))
		return NULL;
	/* "(Dijkgraaf Installatietechniek)": a firm, whose name is an office too */
	if (bracket && token->lists & LW_WORD_SURNAME && token->flags & LW_TOKEN_CAPITAL &&
	    lw_token_at(tokens, next)->flags & LW_TOKEN_CAPITAL)
		return NULL;
	return (article || !bracket) && !closes_apposition(tokens, next) &&
			       !(lw_token_at(tokens, next)->flags & LW_TOKEN_CAPITAL)
		       ? NULL
		       : office;
}

/* "Boargemaster Dykstra", "State [Secretary Bos]": no list knows the word, and so it was taken for
 * a part of the name. */
static const Office *bound_inside(const LwTokens *tokens, guint first, guint last)
{
	const Office *office = NULL;

	if (first == last ||
	    lw_token_at(tokens, first)->lists & (LW_WORD_FIRST_NAME | LW_WORD_SURNAME))
		return NULL;
	office = first ? office_in(tokens, first - 1, first) : NULL;
	office = office ? office : office_in(tokens, first, first);
	return office && is_kept_office(office->role) ? office : NULL;
}

static void bind_person(const Binder *binder, LwEntity *entity, guint first, guint last,
			const Office *column)
{
	/* who speaks opens his line: what stands above is another's */
	gboolean speaks = entity->reason == LW_REASON_SPEAKER &&
			  lw_token_at(binder->tokens, first)->gap >= LW_GAP_LINE;
	const Office *inside = column ? column : bound_inside(binder->tokens, first, last);
	const Office *before = inside ? inside : speaks ? NULL : bound_before(binder, first, last);
	const Office *after =
		before && is_kept_office(before->role) ? NULL : bound_after(binder, last);
	const Office *office = after && (!before || is_kept_office(after->role)) ? after : before;

	if (!office)
		return;
	entity->role = office->role;
	if (is_kept_office(office->role)) {
		entity->reason = LW_REASON_ROLE;
		entity->evidence = office->phrase;
	}
}

static guint token_of(const Binder *binder, guint32 raw)
{
	return lw_token_find(binder->tokens, lw_normal_find(binder->tokens->normal, raw));
}

/* The number of persons that begin on this line before a token, and on the whole line. */
static guint persons_on_line(const Binder *binder, guint at, guint *all)
{
	guint line = lw_token_line_start(binder->tokens, at), before = 0;
	guint end = MIN(lw_token_line_end(binder->tokens, at), line + NAMES_TOKENS);

	for (guint i = line; i < end; i++) {
		*all += binder->starts[i];
		before += i < at ? binder->starts[i] : 0;
	}
	return before;
}

/* "de secretaris, de burgemeester," above "A. Winter  K. Sanders": as many offices as names. */
static const Office *bound_by_column(const Binder *binder, guint first)
{
	const LwTokens *tokens = binder->tokens;
	guint line = past_scrawl(tokens, lw_token_line_start(tokens, first));
	guint all = 0, offices = 0, at, next, place = persons_on_line(binder, first, &all);
	/* beside the mayor he is that of the municipality */
	static const Office secretary = {LW_ROLE_TOP_OFFICIAL, "secretaris"};
	const Office *mine = NULL;
	gboolean kept = FALSE;

	if (!line || all < 2)
		return NULL;
	for (at = lw_token_line_start(tokens, line - 1); at < line; at = MAX(next, at + 1)) {
		const Office *office = office_starting(tokens, at, &next);

		if (!office && lw_token_is(tokens, at, "secretaris")) {
			office = &secretary;
			next = at + 1;
		}
		if (binder->starts[at])
			return NULL;
		kept |= office && office != &secretary && is_kept_office(office->role);
		if (office && offices++ == place)
			mine = office;
		if (!office) {
			next = at + 1;
			if (*lw_token_at(tokens, at)->word && !lw_token_is(tokens, at, "de"))
				return NULL;
		}
	}
	return offices == all && kept ? mine : NULL;
}

/* "Kamervragen van het lid Bos", "motie van de leden Kwint en Smit": of the house that it is for.
 */
static const Office *members_at(const LwTokens *tokens, guint at)
{
	static const Office member = {LW_ROLE_OFFICE_HOLDER, "lid"};
	guint low = at > MEMBER_REACH ? at - MEMBER_REACH : 0;

	/* "de KV Piri" */
	if (at && lw_token_in(lw_token_at(tokens, at - 1)->word, "kv kamervragen kamervraag"))
		return &member;
	if (!at || !lw_token_in(lw_token_at(tokens, at - 1)->word, "lid leden"))
		return NULL;
	for (guint i = low; i + 1 < at; i++)
		if (lw_token_in(lw_token_at(tokens, i)->word,
				"motie moties amendement amendementen kamervragen raadsvragen "
				"statenvragen schriftelijke kamervraag initiatiefnota "
				"initiatiefvoorstel wetsvoorstel "
				"initiatiefwetsvoorstel interpellatie subamendement vragen"))
			return &member;
	return NULL;
}

static gboolean is_plural(const Office *office)
{
	return office && g_str_has_suffix(office->phrase, "s")
		       ? lw_token_in(office->phrase,
				     "ministers staatssecretarissen burgemeesters wethouders "
				     "fractievoorzitters portefeuillehouders councillors")
		       : office && lw_token_in(office->phrase,
					       "gedeputeerden kamerleden raadsleden "
					       "gemeenteraadsleden commissieleden "
					       "burgerraadsleden statenleden heemraden "
					       "hoogheemraden bewindslieden bewindspersonen "
					       "aldermen");
}

/* "wethouders Erik Faber, Nadia Benali (D66) en Wim Kok": the office of the list holds as long as
 * only commas, brackets and "en" stand between. */
static void bind_several(Binder *binder, LwEntity *entity, guint first, guint last)
{
	const LwTokens *tokens = binder->tokens;
	guint i = binder->several_end;
	gboolean goes_on = binder->several && i < first && first - i < 12;

	for (gboolean inside = FALSE; goes_on && i < first; i++) {
		const LwToken *token = lw_token_at(tokens, i);

		inside |= token->mark == '(';
		goes_on = inside || token->mark == ',' || lw_token_is(tokens, i, "en") ||
			  lw_token_is(tokens, i, "and") ||
			  token->cues & (LW_CUE_ADDRESS | LW_CUE_ACADEMIC) || token->mark == '.' ||
			  lw_token_is(tokens, i, "de");
		inside &= token->mark != ')';
	}
	if (!goes_on) {
		guint at = before_titles(tokens, first);
		const Office *office = at ? office_ending(tokens, at - 1) : NULL;

		if (!office && at > 1 && lw_token_at(tokens, at - 1)->mark == ':')
			office = office_ending(tokens, at - 2);
		binder->several = is_plural(office) ? office : members_at(tokens, at);
	}
	binder->several_end = last + 1;
	if (binder->several && entity->role == LW_ROLE_UNKNOWN) {
		entity->role = binder->several->role;
		entity->reason = LW_REASON_ROLE;
		entity->evidence = binder->several->phrase;
	}
}

static void bind(Binder *binder, LwEntity *entity)
{
	guint first, last;

	if (!entity->span.length || entity->role != LW_ROLE_UNKNOWN)
		return;
	first = token_of(binder, entity->span.start);
	last = token_of(binder, entity->span.start + entity->span.length - 1);
	bind_person(binder, entity, first, last, bound_by_column(binder, first));
	bind_several(binder, entity, first, last);
}

/* Minutes and lists of decisions of a body that people voted for. */
static gboolean is_of_council(const LwTokens *tokens)
{
	guint members = 0;

	for (guint i = 0; i + 2 < tokens->count && members < 2; i++)
		members +=
			lw_token_at(tokens, i)->mark == '(' && office_of_party(tokens, i) != NULL;
	if (members > 1)
		return TRUE;
	for (guint i = 0; i < MIN(tokens->count, HEAD_TOKENS); i++)
		if (lw_token_in(lw_token_at(tokens, i)->word,
				"raadscommissie raadsvergadering gemeenteraad commissievergadering "
				"statenvergadering statencommissie raadsbijeenkomst kamerdebat "
				"gemeenteraadsvergadering presidium"))
			return TRUE;
	return FALSE;
}

void lw_detect_roles(const LwDetectContext *context, LwEntities *found)
{
	g_autoptr(LwTokens) own = context->tokens ? NULL : lw_tokens_new(context);
	Binder binder = {.tokens = context->tokens ? context->tokens : own, .found = found};

	binder.of_council = is_of_council(binder.tokens);
	binder.starts = g_new0(guint8, binder.tokens->count + 1);
	for (guint i = 0; i < found->items->len; i++) {
		const LwEntity *entity = &g_array_index(found->items, LwEntity, i);

		if (entity->kind == LW_KIND_PERSON && entity->span.length)
			binder.starts[MIN(token_of(&binder, entity->span.start),
					  binder.tokens->count)] = 1;
	}
	for (guint i = 0; i < found->items->len; i++) {
		LwEntity *entity = &g_array_index(found->items, LwEntity, i);

		if (entity->kind == LW_KIND_PERSON)
			bind(&binder, entity);
	}
	g_free(binder.starts);
}
