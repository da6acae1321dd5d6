/* signatory.c - who signs for a public body without one of the fixed formulas: by the words on the
 * line, by the block under the letter, by the board that stands above (woo.md 2.2).
 *
 * Runs after the roles and only over those that have none. A mail's signature is no mandate, nor is
 * that of a firm or of somebody's representative. */
#include "engine/detect/cells.h"
#include "engine/detect/name.h"
#include "engine/detect/office.h"

#include <string.h>

#define BLOCK_LINES 8  /* from the formula down to the name */
#define SHORT_LINE  9  /* tokens of a line with a name or a function */
#define LINE_REACH  60 /* tokens before the name on its line */
#define BODY_REACH  10 /* tokens from "namens" to the body */
#define HEAD_LINES  14 /* where a firm names itself */
#define STAFF_WORDS 5  /* of "senior hoor- en beslismedewerker" */
#define HAND	    14 /* letters of what a hand left */

static const char bodies[] =
	"college b w burgemeester wethouders minister staatssecretaris directeur gs ps raad "
	"gemeenteraad commissie dijkgraaf heffingsambtenaar invorderingsambtenaar inspecteur "
	"korpschef "
	"politiechef zorgkantoor ontvanger provincie gemeente waterschap hoogheemraadschap dienst "
	"uwv svb "
	"ciz cbr rdw ind coa duo rvo cak ambassadeur hoofdofficier inspecteur-generaal "
	"directeur-generaal "
	"secretaris-generaal omgevingsdienst veiligheidsregio ggd autoriteit inspectie staten "
	"belastingdienst griffier gemeentesecretaris commissaris staatsecretaris dezen deze hen";

typedef struct {
	const LwTokens *tokens;
	LwEntities *found;
	guint8 *starts; /* by token: a person begins here */
	gboolean is_mail;
	gboolean is_of_firm; /* a legal form at its head, or no matter of an office in it */
} Signing;

static void give(LwEntity *entity, LwRole role, const char *evidence)
{
	entity->role = role;
	entity->reason = LW_REASON_ROLE;
	entity->evidence = evidence;
}

static gboolean is_body(const LwTokens *tokens, guint at)
{
	const char *word = lw_token_at(tokens, at)->word;

	return *word && (lw_token_in(word, bodies) ||
			 lw_word_ends_in(word, "dienst schap staten inspectie inspecteur "
					       "autoriteit commissie instituut"));
}

static gboolean is_title(const LwTokens *tokens, guint at)
{
	const LwToken *token = lw_token_at(tokens, at);

	return token->cues & (LW_CUE_ADDRESS | LW_CUE_ACADEMIC) || token->mark == '.' ||
	       (lw_token_is(tokens, at, "de") &&
		lw_token_at(tokens, at + 1)->cues & LW_CUE_ADDRESS);
}

static guint before_titles(const LwTokens *tokens, guint at, guint line)
{
	while (at > line && is_title(tokens, at - 1) && !office_in(tokens, at - 1, at - 1))
		at--;
	return at;
}

/* "namens het dagelijks bestuur": the token behind the body, or `at`. */
static guint skip_mandate(const LwTokens *tokens, guint at, guint end)
{
	guint behind = at;

	if (!lw_token_in(lw_token_at(tokens, at)->word, "namens nms voor") ||
	    (lw_token_is(tokens, at, "voor") &&
	     !lw_token_in(lw_token_at(tokens, at + 1)->word, "de deze dezen hen")))
		return at;
	for (guint i = at + 1; i < end && i < at + BODY_REACH; i++) {
		const LwToken *token = lw_token_at(tokens, i);

		if (token->mark == ',' || token->mark == ':' || token->mark == '.')
			break;
		if (token->cues & LW_CUE_ADDRESS)
			return at;
		if (is_body(tokens, i))
			behind = i + 1;
	}
	return behind;
}

/* "manager Nabestaanden", "regiomanager", "directeur Toezicht" */
static gboolean is_manager(const LwTokens *tokens, guint at)
{
	const char *word = lw_token_at(tokens, at)->word;

	if (lw_token_in(word, "algemeen plaatsvervangend plv adjunct waarnemend wnd loco"))
		word = lw_token_at(tokens, at + 1)->word;
	/* he signs his own letters too */
	if (lw_token_in(word, "teammanager accountmanager casemanager klantmanager "
			      "projectmanager procesmanager omgevingsmanager"))
		return FALSE;
	return lw_token_in(word, "manager directeur directrice inspecteur-generaal "
				 "regiodirecteur hoofddirecteur") ||
	       lw_word_ends_in(word, "manager directeur");
}

/* Who decides in the name of a body; a manager of his own letters is one here. */
static gboolean is_head(const LwTokens *tokens, guint at)
{
	return is_manager(tokens, at) ||
	       lw_token_in(lw_token_at(tokens, at)->word,
			   "hoofd afdelingshoofd sectorhoofd teammanager teamleider");
}

/* The tokens before `at` that are one of these words or marks; gives where they begin. */
static guint back_over(const LwTokens *tokens, guint at, guint low, const char *words,
		       const char *marks)
{
	while (at > low) {
		const LwToken *token = lw_token_at(tokens, at - 1);

		if (*token->word ? !lw_token_in(token->word, words)
				 : !token->mark || !strchr(marks, (int)MIN(token->mark, 127u)))
			break;
		at--;
	}
	return at;
}

static gboolean is_one_of(const LwTokens *tokens, guint at, guint low, const char *words)
{
	return at > low && lw_token_in(lw_token_at(tokens, at - 1)->word, words);
}

/* "Besluit (mandaat): A. Bos", "onder mandaat getekend door H. Aalbers", "onder mandaat van J.
 * Bos, directeur". A mandate that somebody else gave, a bank's too, has no such words. */
static gboolean has_mandate(const LwTokens *tokens, guint low, guint end, guint last)
{
	static const char acts[] = "genomen getekend ondertekend";
	guint by = back_over(tokens, end, low, "", ":()"), at = by;
	gboolean done = FALSE, of = is_one_of(tokens, at, low, "van");
	gboolean door = is_one_of(tokens, at, low, "door");

	at -= of || door;
	if (door && is_one_of(tokens, at, low, acts)) {
		done = TRUE;
		at--;
	}
	if (!is_one_of(tokens, at, low, "mandaat"))
		return FALSE;
	at--;
	if (of)
		return is_one_of(tokens, at, low, "onder krachtens") &&
		       lw_token_at(tokens, last + 1)->mark == ',' && is_head(tokens, last + 2);
	if (door)
		return is_one_of(tokens, at, low, "in onder krachtens") &&
		       (done || is_one_of(tokens, at - 1, low, acts));
	return lw_token_at(tokens, end - 1)->mark == ':' &&
	       is_one_of(tokens, back_over(tokens, at, low, "in bij door onder", "("), low,
			 "besluit beschikking beslissing");
}

/* "getekend door R. Bas, teamleider Vergunningen, namens het college" */
static gboolean signs_for_college(const LwTokens *tokens, guint low, guint end, guint last)
{
	guint line = lw_token_line_end(tokens, last);

	if (!is_one_of(tokens, end, low, "door") ||
	    !is_one_of(tokens, end - 1, low, "getekend ondertekend") ||
	    lw_token_at(tokens, last + 1)->mark != ',' || !is_head(tokens, last + 2))
		return FALSE;
	for (guint i = last + 3; i + 2 < line && i < last + SHORT_LINE; i++) {
		guint body = i + 2;

		if (lw_token_at(tokens, i)->mark != ',')
			continue;
		body += lw_token_in(lw_token_at(tokens, body)->word, "het de dit");
		return lw_token_is(tokens, i + 1, "namens") && body < line &&
		       lw_token_in(lw_token_at(tokens, body)->word,
				   "college burgemeester gedeputeerde minister staatssecretaris "
				   "heffingsambtenaar dijkgraaf");
	}
	return FALSE;
}

/* The words right before and right behind the name say it. */
static gboolean signs_beside(const Signing *self, guint first, guint last)
{
	const LwTokens *tokens = self->tokens;
	guint low = lw_token_line_start(tokens, first), end = before_titles(tokens, first, low);

	if (self->is_mail || end == low)
		return FALSE;
	return has_mandate(tokens, low, end, last) || signs_for_college(tokens, low, end, last) ||
	       (is_one_of(tokens, end, low, "tekent ondertekent") &&
		lw_token_is(tokens, last + 1, "in") && lw_token_is(tokens, last + 2, "mandaat"));
}

/* "besluit namens B&W L. van Mook", "tekent namens het bestuur: J. Pronk", "in mandaat: hoofd HRM
 * mr. T. Smit", "tekenbevoegd blijft E. Sluiter" */
static gboolean signs_on_line(const Signing *self, guint first)
{
	static const char acts[] = "tekent ondertekent ondertekend getekend besluit beschikking "
				   "mandaat vastgesteld tekenbevoegd gemandateerd";
	const LwTokens *tokens = self->tokens;
	guint line = lw_token_line_start(tokens, first);
	guint end = before_titles(tokens, first, line), low;
	gboolean act = FALSE;

	if (self->is_mail || end == line)
		return FALSE;
	line = MAX(line, end - MIN(end, LINE_REACH));
	low = line;
	for (guint i = line; i < end; i++) {
		if (self->starts[i])
			low = i + 1;
		act |= lw_token_in(lw_token_at(tokens, i)->word, acts);
	}
	if (end > low + 1 && lw_token_in(lw_token_at(tokens, end - 2)->word, "tekenbevoegd") &&
	    lw_token_in(lw_token_at(tokens, end - 1)->word, "is blijft"))
		return TRUE;
	for (guint i = low; i < end; i++) {
		guint behind = skip_mandate(tokens, i, end), next, kind;

		/* "De heffingsambtenaar, A. Gorter" */
		if (lw_phrase_at(tokens, i, LW_PHRASE_MANDATE, &next, &kind) && next + 1 == end &&
		    lw_token_at(tokens, next)->mark == ',')
			return TRUE;
		if (lw_token_is(tokens, i, "mandaat") && i > low &&
		    lw_token_is(tokens, i - 1, "in") && lw_token_at(tokens, i + 1)->mark == ':' &&
		    end - i < SHORT_LINE)
			return TRUE;
		if (behind == i)
			continue;
		/* "voor de ambassadeur, M. van den Berg", "namens deze: mr. B. Ruijgrok" */
		if (behind == end)
			return act || lw_token_is(tokens, i, "namens");
		if (behind + 1 == end && lw_token_at(tokens, behind)->mark == ',')
			return TRUE;
		if (behind + 1 == end && lw_token_at(tokens, behind)->mark == ':' && act)
			return TRUE;
	}
	return FALSE;
}

/* "B. Kuyt, hoofd Handhaving (in mandaat)": behind the function, before the next name. */
static gboolean signs_in_mandate(const Signing *self, guint first, guint last)
{
	const LwTokens *tokens = self->tokens;
	guint low = lw_token_line_start(tokens, first);
	guint end = lw_token_line_end(tokens, last), next, kind;

	if (self->is_mail || !(lw_token_at(tokens, last + 1)->mark == ',' || last + 1 >= end) ||
	    is_one_of(tokens, before_titles(tokens, first, low), low, "aan voor"))
		return FALSE;
	if (last + 1 >= end)
		end = lw_token_line_end(tokens, end);
	for (guint i = last + 1; i < end && i < last + 2 * SHORT_LINE; i++) {
		const char *phrase;

		if (self->starts[i] || lw_token_at(tokens, i)->gap == LW_GAP_BLANK)
			return FALSE;
		if (lw_token_at(tokens, i)->mark != '(' && lw_token_at(tokens, i)->mark != ',')
			continue;
		phrase = lw_phrase_at(tokens, i + 1, LW_PHRASE_MANDATE, &next, &kind);
		if (phrase && g_str_has_suffix(phrase, "mandaat"))
			return TRUE;
	}
	return FALSE;
}

/* "inspecteur", "senior consulent Jeugd", "hoor- en beslismedewerker": who does the work signs for
 * the body, and is an official like any other. */
static gboolean is_of_staff(const LwTokens *tokens, guint last)
{
	guint at = last + 1, end;

	at += lw_token_at(tokens, at)->mark == ',' || lw_token_at(tokens, at)->mark == '(';
	if (lw_token_at(tokens, at)->gap > LW_GAP_LINE)
		return FALSE;
	end = MIN(lw_token_line_end(tokens, at), at + STAFF_WORDS);
	for (guint i = at; i < end && !(i > at && lw_token_at(tokens, i)->mark == ','); i++) {
		const char *word = lw_token_at(tokens, i)->word;

		if (lw_token_in(word, "inspecteur inspectrice behandelaar toezichthouder handhaver "
				      "vergunningverlener klantmanager casemanager controleur "
				      "controleuse klachtbehandelaar schuldhulpverlener medewerker "
				      "medewerkster beslismedewerker behandelmedewerker "
				      "uitvoeringsmedewerker consulent consulente") ||
		    lw_word_ends_in(word, "consulent consulente inspecteur"))
			return TRUE;
	}
	return FALSE;
}

/* Nothing else is on the line of the name but a title before and a function behind it. */
static gboolean stands_alone(const Signing *self, guint first, guint last)
{
	const LwTokens *tokens = self->tokens;
	guint line = lw_token_line_start(tokens, first), end = lw_token_line_end(tokens, first);
	const LwToken *next = lw_token_at(tokens, last + 1);

	return before_titles(tokens, first, line) == line &&
	       (last + 1 >= end || next->mark == ',' || next->mark == '(' ||
		next->gap == LW_GAP_WIDE) &&
	       end - line <= 2 * SHORT_LINE;
}

/* "[handtekening]", "w.g.", "Aijv": what a hand left above the name, or where it should have. */
static gboolean is_hand(const Signing *self, guint line, guint end)
{
	const LwTokens *tokens = self->tokens;
	guint letters = 0;

	if (lw_token_at(tokens, line)->mark == '[' || lw_token_at(tokens, line)->mark == '(')
		return TRUE;
	if (end - line > SHORT_LINE || lw_token_at(tokens, end - 1)->mark == ',')
		return FALSE;
	for (guint i = line; i < end; i++) {
		const LwToken *token = lw_token_at(tokens, i);

		letters += token->letters;
		if (token->lists & (LW_WORD_COMMON | LW_WORD_ROLE) && token->letters > 2 &&
		    !(token->lists & (LW_WORD_FIRST_NAME | LW_WORD_SURNAME)))
			return FALSE;
	}
	return letters > 0 && letters <= HAND;
}

/* The same surname on the line below: this is the hand, and that is the name. */
static gboolean is_above_name(const Signing *self, guint first, guint last)
{
	const LwTokens *tokens = self->tokens;
	guint next = lw_token_line_end(tokens, first);

	for (guint i = next; i < next + SHORT_LINE && i < lw_token_line_end(tokens, next); i++)
		if (self->starts[i])
			return is_hand(self, lw_token_line_start(tokens, first), next) &&
			       (lw_token_at(tokens, last)->gap == LW_GAP_NONE ||
				lw_token_at(tokens, i)->letters == 1 || i > next);
	return FALSE;
}

/* A line with a formula of mandate; in a mail only "namens deze": a greeting on behalf of the board
 * is no decision there. */
static gboolean holds_mandate(const Signing *self, guint start, guint end)
{
	const LwTokens *tokens = self->tokens;
	guint next, kind;

	for (guint i = start; i < end; i++) {
		const char *phrase;

		if (i > start && lw_token_at(tokens, i - 1)->mark != ',')
			continue;
		phrase = lw_phrase_at(tokens, i, LW_PHRASE_MANDATE, &next, &kind);
		if (phrase)
			return !self->is_mail || g_str_has_suffix(phrase, "deze") ||
			       g_str_has_suffix(phrase, "dezen");
	}
	return !self->is_mail && skip_mandate(tokens, start, end) > start;
}

/* "namens het zorgkantoor,", "Namens burgemeester en wethouders," on a line above; nobody else's
 * name between. */
static gboolean signs_below(const Signing *self, guint first, gboolean *closed)
{
	const LwTokens *tokens = self->tokens;
	guint line = lw_token_line_start(tokens, first);
	gboolean hand = FALSE;

	*closed = FALSE;
	for (guint lines = 0; lines < BLOCK_LINES && line > 0; lines++) {
		guint start = lw_token_line_start(tokens, line - 1);
		gboolean person = FALSE;

		for (guint i = start; i < line; i++) {
			person |= self->starts[i];
			if (lw_token_in(lw_token_at(tokens, i)->word,
					"groet groeten hoogachtend groetnis heechachtsjend"))
				*closed = TRUE;
		}
		if (person && (hand || !is_hand(self, start, line)))
			return FALSE;
		hand |= person;
		if (!person && holds_mandate(self, start, line))
			return !*closed;
		if (*closed || line - start > 3 * SHORT_LINE)
			return FALSE;
		line = start;
	}
	return FALSE;
}

/* "RDW / H. MOOIWEER / MANAGER REGISTRATIE" under the letter of a body. */
static gboolean signs_as_manager(const Signing *self, guint last, gboolean closed)
{
	const LwTokens *tokens = self->tokens;
	guint next = last + 1;

	if (!closed || self->is_mail || self->is_of_firm)
		return FALSE;
	if (lw_token_at(tokens, next)->mark == ',' || lw_token_at(tokens, next)->mark == '(')
		next++;
	return lw_token_at(tokens, next)->gap <= LW_GAP_LINE && is_manager(tokens, next);
}

/* "Gedeputeerde Staten van Noorderland,  drs. A. Brok, voorzitter  R.E. Bos, secretaris" */
static const char *sits_on_board(const Signing *self, guint first, guint last)
{
	const LwTokens *tokens = self->tokens;
	guint line = lw_token_line_start(tokens, first), at = last + 1;

	if (lw_token_at(tokens, at)->mark == ',' || lw_token_at(tokens, at)->mark == '(')
		at++;
	if (lw_token_at(tokens, at)->gap > LW_GAP_LINE ||
	    !lw_token_in(lw_token_at(tokens, at)->word,
			 "voorzitter secretaris secretaris-directeur griffier dijkgraaf plv"))
		return NULL;
	for (guint lines = 0; lines < BLOCK_LINES && line > 0; lines++) {
		guint start = lw_token_line_start(tokens, line - 1);

		for (guint i = start; i < line; i++) {
			const char *word = lw_token_at(tokens, i)->word;
			const char *next = lw_token_at(tokens, i + 1)->word;

			if ((lw_token_in(word, "gedeputeerde provinciale") &&
			     !strcmp(next, "staten")) ||
			    (lw_token_in(word, "dagelijks algemeen deistlik") &&
			     lw_token_in(next, "bestuur bestjoer")) ||
			    lw_word_ends_in(word, "adviescommissie bezwarencommissie "
						  "bezwaarschriftencommissie zittingscommissie "
						  "klachtencommissie huurcommissie") ||
			    (!strcmp(word, "de") && !strcmp(next, "zittingscommissie")))
				return "voorzitter";
		}
		if (line - start > 3 * SHORT_LINE)
			return NULL;
		line = start;
	}
	return NULL;
}

/* "namens het bestuur ... Z. Kaya, secretaris": of a club; who signs for an office has another
 * function. */
static gboolean sits_in_club(const LwTokens *tokens, guint last)
{
	guint at = last + 1;

	if (lw_token_at(tokens, at)->mark == ',' || lw_token_at(tokens, at)->mark == '(')
		at++;
	return lw_token_at(tokens, at)->gap <= LW_GAP_LINE &&
	       lw_token_in(lw_token_at(tokens, at)->word, "secretaris voorzitter penningmeester");
}

static void bind(const Signing *self, LwEntity *entity)
{
	const LwTokens *tokens = self->tokens;
	guint first = lw_token_find(tokens, lw_normal_find(tokens->normal, entity->span.start));
	guint last =
		lw_token_find(tokens, lw_normal_find(tokens->normal,
						     entity->span.start + entity->span.length - 1));
	gboolean closed;

	if (signs_on_line(self, first) || signs_beside(self, first, last) ||
	    signs_in_mandate(self, first, last)) {
		give(entity, LW_ROLE_MANDATE, "namens");
		return;
	}
	if (!self->is_mail && sits_on_board(self, first, last)) {
		give(entity, LW_ROLE_MANDATE, sits_on_board(self, first, last));
		return;
	}
	if (!stands_alone(self, first, last))
		return;
	if (is_above_name(self, first, last))
		return;
	if (signs_below(self, first, &closed) && !sits_in_club(tokens, last) &&
	    !is_of_staff(tokens, last))
		give(entity, LW_ROLE_MANDATE, "namens");
	else if (signs_as_manager(self, last, closed))
		give(entity, LW_ROLE_MANDATE, "manager");
}

static gboolean has_word(const LwTokens *tokens, guint from, guint to, const char *words)
{
	for (guint i = from; i < to && i < tokens->count; i++)
		if (lw_token_in(lw_token_at(tokens, i)->word, words))
			return TRUE;
	return FALSE;
}

/* A firm writes: its legal form at the head, or nothing that an office decides or asks. */
static gboolean is_of_firm(const LwTokens *tokens)
{
	guint line = 0;

	for (guint lines = 0; lines < HEAD_LINES && line < tokens->count; lines++) {
		guint end = lw_token_line_end(tokens, line);

		if (has_word(tokens, line, end, "aan t.a.v geachte beste"))
			break;
		if (has_word(tokens, line, end, "bv nv vof advocaten notarissen holding gmbh"))
			return TRUE;
		line = end;
	}
	return !has_word(tokens, 0, tokens->count,
			 "besluit beschikking bezwaar aanslag beslissing vergunning uitkering "
			 "subsidie "
			 "regeling aanvraag") ||
	       !has_word(tokens, 0, tokens->count, "kenmerk betreft referentie zaaknummer");
}

static gboolean may_sign(const LwEntity *entity)
{
	return entity->kind == LW_KIND_PERSON && entity->span.length &&
	       (entity->role == LW_ROLE_UNKNOWN || entity->role == LW_ROLE_OFFICIAL ||
		entity->role == LW_ROLE_COMPANY);
}

void lw_detect_signatories(const LwDetectContext *context, LwEntities *found)
{
	g_autoptr(LwTokens) own = context->tokens ? NULL : lw_tokens_new(context);
	Signing self = {.tokens = context->tokens ? context->tokens : own, .found = found};
	g_autofree guint8 *starts = g_new0(guint8, self.tokens->count + 1);

	self.starts = starts;
	self.is_mail = lw_name_in_mail(self.tokens);
	self.is_of_firm = is_of_firm(self.tokens);
	for (guint i = 0; i < found->items->len; i++) {
		const LwEntity *entity = &g_array_index(found->items, LwEntity, i);

		if (entity->kind == LW_KIND_PERSON && entity->span.length)
			starts[MIN(lw_token_find(self.tokens, lw_normal_find(self.tokens->normal,
									     entity->span.start)),
				   self.tokens->count)] = 1;
	}
	for (guint i = 0; i < found->items->len; i++) {
		LwEntity *entity = &g_array_index(found->items, LwEntity, i);

		if (may_sign(entity))
			bind(&self, entity);
	}
}
