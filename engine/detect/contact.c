/* contact.c - whose contact data it is, when the persons are known: a number, address or mailbox
 * beside the name of a body and beside nobody's is that of the body (woo.md 2.2).
 *
 * Looks at the clause, the line and the block that it stands in. One person there, a title or a
 * word of home, and it stays that person's. */
#include "engine/detect/name.h"

#include <string.h>

#define CLAUSE	      14 /* tokens before it */
#define BLOCK_LINES   8
#define LINE	      30 /* tokens of a line of a letterhead */
#define BESIDE	      3	 /* bytes from a person to the number */
#define RING_TOKENS   5	 /* from a person to the number where he was rung */
#define SIGNED_LINES  3	 /* between who signs and the address of his house */
#define SIGNED_TOKENS 12
#define LIKELY	      0.5f
#define MOBILE	      '6'

typedef struct {
	const LwTokens *tokens;
	LwEntities *found;
	guint8 *marks; /* by token */
} Contacts;

enum {
	MARK_PERSON = 1,     /* of a person found */
	MARK_FUNCTIONAL = 2, /* of contact data known as a body's */
};

static const char homes[] =
	"mijn m'n mij my own ik zelf me prive privé thuis woont wonende woonachtig woonadres "
	"huisadres bewoner bewoonster "
	"familie fam client cliente aanvrager melder klager huurder eigenaar "
	"moeder vader zoon dochter "
	"ouders buurman buurvrouw naam verhuisd vertrokken uitgeschreven "
	"ingeschreven brp gba briefadres "
	"woning huis appartement kamer verzoeker bezwaarmaker betrokkene "
	"patient leerling hij haar zijn "
	"hem zij partner echtgenoot getuige verdachte slachtoffer aangever "
	"doorkiesnummer direct rechtstreeks "
	"mob mobiel mobiele mobile handy toestel tst nieuw nieuwe oud oude "
	"huidig huidige vorige doorkies doorkiesnr "
	"bijgeschreven bijgeschr noodnummer noodcontact "
	"verzogen wohnt wohnhaft gemeldet herr frau mutter vater kind sohn tochter";

static const char bodies[] =
	"centrale piketcentrale crisisdienst meldkamer receptie griffie administratie "
	"crediteurenadministratie "
	"helpdesk servicepunt loket balie kantoor beheerkantoor rechtbank gerechtshof gemeente "
	"provincie "
	"waterschap ministerie inspectie dienst uwv svb ciz cbr rdw ind coa duo rvo cak ggd gza "
	"bureau afdeling "
	"afd directie unit vestiging team locatie school praktijk huisartsenpraktijk apotheek "
	"ziekenhuis kliniek "
	"politie politiebureau basisteam brandweer omgevingsdienst veiligheidsregio museum "
	"bibliotheek stichting "
	"vereniging klantenservice klantcontactcentrum servicedesk secretariaat publiekszaken "
	"burgerzaken "
	"opleidingsbureau bezwaarschriftencommissie klachtencommissie commissie onderzoeksraad "
	"raad milieupark "
	"milieustraat stadhuis gemeentehuis raadhuis provinciehuis stadskantoor bezoekadres "
	"redactieadres "
	"postadres bezoekers wachtdienst achterwacht bereikbaarheidsdienst persvragen facturen "
	"crisis secretarie tolkentelefoon hulplijn meldlijn "
	"agentschap rijkswaterstaat rijksdienst belastingdienst zorgkantoor verzekeraar bank hotel "
	"pension "
	"ambassade consulaat office winkel firma bedrijf leverancier storingsdienst storing "
	"leerplicht alarmcentrale "
	"burgemeester college vluchtelingenwerk buurtteam wijkteam organisatie facilitair "
	"gemeentewerken meldpunt infectieziektebestrijding persnummer perstelefoon";

static gboolean is_body(const LwToken *token)
{
	if (!*token->word || token->letters < 2)
		return FALSE;
	return lw_token_in(token->word, bodies) ||
	       (token->lists & LW_WORD_ORGANISATION &&
		!(token->lists & (LW_WORD_FIRST_NAME | LW_WORD_SURNAME))) ||
	       lw_word_ends_in(
		       token->word,
		       "dienst instantie centrum team loket kantoor balie administratie desk "
		       "praktijk instelling beheer inspectie schap zorg werk punt raad commissie "
		       "regeling bureau vereniging stichting school handhaving autoriteit") ||
	       lw_token_in(token->word, "bv nv vof");
}

static gboolean is_somebodys(const Contacts *self, guint at)
{
	const LwToken *token = lw_token_at(self->tokens, at);

	/* "p/a" */
	if (token->letters == 1 && *token->word == 'p' &&
	    lw_token_at(self->tokens, at + 1)->mark == '/')
		return TRUE;
	return self->marks[at] & MARK_PERSON || token->cues & LW_CUE_ADDRESS ||
	       lw_token_in(token->word, homes);
}

/* Where its clause begins: behind the end of a sentence, on its line. */
static guint clause_start(const LwTokens *tokens, guint at)
{
	guint line = lw_token_line_start(tokens, at), i = at;

	while (i > line && at - i < CLAUSE) {
		const LwToken *before = lw_token_at(tokens, i - 1);

		if (before->mark && strchr(";!?", (int)before->mark))
			break;
		/* no abbreviation: a capital follows, and more than three letters go before */
		if (before->mark == '.' && i > 1 && lw_token_at(tokens, i - 2)->letters > 3 &&
		    lw_token_at(tokens, i)->gap > LW_GAP_NONE &&
		    !(lw_token_at(tokens, i)->flags & LW_TOKEN_LOWER))
			break;
		i--;
	}
	return i;
}

/* Right behind it in brackets, or up to the end of its clause. */
static guint clause_end(const LwTokens *tokens, guint last)
{
	guint i = last + 1, end = MIN(lw_token_line_end(tokens, last), last + 6);

	while (i < end && !(lw_token_at(tokens, i)->mark &&
			    strchr(".;!?|", (int)lw_token_at(tokens, i)->mark)))
		i++;
	return i;
}

/* A person ends the line above, and nothing else stands on it. */
static gboolean is_below_person(const Contacts *self, guint at)
{
	guint line = lw_token_line_start(self->tokens, at);

	if (!line || lw_token_at(self->tokens, line)->gap != LW_GAP_LINE)
		return FALSE;
	for (guint i = lw_token_line_start(self->tokens, line - 1); i < line; i++)
		if (!(self->marks[i] & MARK_PERSON) && *lw_token_at(self->tokens, i)->word)
			return FALSE;
	return (self->marks[line - 1] & MARK_PERSON) != 0;
}

/* "de crisisdienst 010-4438 444", "Rechtbank Den Haag, Prins Clauslaan 60" */
static gboolean is_beside_body(const Contacts *self, LwKind kind, guint first, guint last)
{
	gboolean body = FALSE, place = kind != LW_KIND_PHONE;

	for (guint i = clause_start(self->tokens, first); i < first; i++) {
		/* "Servicedesk: toestel 5555", and no line below who signs */
		if (body && i + 1 == first && kind == LW_KIND_PHONE &&
		    !is_below_person(self, first) &&
		    lw_token_in(lw_token_at(self->tokens, i)->word, "toestel tst"))
			continue;
		if (is_somebodys(self, i))
			return FALSE;
		/* "de meldkamer gaf opdracht te gaan naar", "adres via de meldkamer" */
		if (place && lw_token_in(lw_token_at(self->tokens, i)->word, "naar via adres"))
			return FALSE;
		body |= is_body(lw_token_at(self->tokens, i)) || self->marks[i] & MARK_FUNCTIONAL;
	}
	for (guint i = last + 1; i < clause_end(self->tokens, last); i++)
		if (is_somebodys(self, i))
			return FALSE;
	return body;
}

/* A line that is short, as those of a letterhead are, and holds nobody. */
static gboolean reads_as_head(const Contacts *self, guint line, guint end, gboolean *body)
{
	guint next, kind;

	if (end - line > LINE ||
	    (lw_phrase_at(self->tokens, line,
			  LW_PHRASE_HEADER | LW_PHRASE_OTHER_FIELD | LW_PHRASE_FIELD, &next,
			  &kind) &&
	     lw_token_at(self->tokens, next)->mark == ':'))
		return FALSE;
	for (guint i = line; i < end; i++) {
		const LwToken *token = lw_token_at(self->tokens, i);

		/* a box of a form is no letterhead */
		if (is_somebodys(self, i) || token->mark == '[')
			return FALSE;
		*body |= is_body(token) || self->marks[i] & MARK_FUNCTIONAL ||
			 (token->flags & LW_TOKEN_ALL_CAPS && token->letters > 2 &&
			  !(token->lists & (LW_WORD_FIRST_NAME | LW_WORD_SURNAME)));
	}
	return TRUE;
}

/* "Inspectie van het Onderwijs / Park Voorn 4, Utrecht": in a block of short lines without a
 * person. */
static gboolean is_in_letterhead(const Contacts *self, guint first)
{
	const LwTokens *tokens = self->tokens;
	guint line = lw_token_line_start(tokens, first), end = lw_token_line_end(tokens, first);
	gboolean body = FALSE;

	for (guint lines = 0;
	     lines < BLOCK_LINES && line > 0 && lw_token_at(tokens, line)->gap == LW_GAP_LINE;
	     lines++) {
		guint above = lw_token_line_start(tokens, line - 1);

		if (!reads_as_head(self, above, line, &body))
			return FALSE;
		line = above;
	}
	if (lw_token_line_start(tokens, first) == line && first == line)
		return FALSE; /* it opens its block: a citizen who leaves his name out */
	for (guint lines = 0; lines < BLOCK_LINES && end < tokens->count &&
			      lw_token_at(tokens, end)->gap == LW_GAP_LINE;
	     lines++) {
		guint below = lw_token_line_end(tokens, end);
		gboolean ignored = FALSE;

		if (!reads_as_head(self, end, below, &ignored))
			return FALSE;
		end = below;
	}
	return body && reads_as_head(self, lw_token_line_start(tokens, first),
				     lw_token_line_end(tokens, first), &body);
}

/* "Bezoekadres: Marktplein 1", whoever stands in the other columns of the line. */
static gboolean is_called_visited(const Contacts *self, guint first)
{
	guint at = first;

	at -= at && lw_token_at(self->tokens, at - 1)->mark == ':';
	return at && lw_token_in(lw_token_at(self->tokens, at - 1)->word,
				 "bezoekadres kantooradres vestigingsadres kantoor");
}

/* "OBS De Regenboog | Dorpsweg 12", "Gemeente Zuid, team Onderwijs / Dorpsweg 12", below who signs:
 * the body stands between him and the address, and is none where people live. */
static gboolean is_below_body(const Contacts *self, guint first)
{
	static const char houses[] =
		"azc opvang noodopvang zorgcentrum woonzorgcentrum verpleeghuis huize huis hospice "
		"kliniek hotel pension tehuis kamer kmr woongroep asielzoekerscentrum pi "
		"ziekenhuis "
		"woonzorg zorg hofje residentie appartement flat pand gebouw";
	const LwTokens *tokens = self->tokens;
	guint at = first, from = lw_token_line_start(tokens, first);

	for (guint lines = 0; lines < SIGNED_LINES && at - from <= SIGNED_TOKENS; lines++) {
		gboolean body = FALSE;

		for (guint i = from; i < at; i++) {
			const LwToken *token = lw_token_at(tokens, i);

			if (is_somebodys(self, i) || lw_token_in(token->word, houses) ||
			    token->cues & LW_CUE_VERB || (i + 1 == at && token->mark == ':'))
				return FALSE;
			body |= is_body(token);
		}
		if (body)
			return TRUE;
		at = from;
		if (!at || lw_token_at(tokens, at)->gap != LW_GAP_LINE)
			return FALSE;
		from = lw_token_line_start(tokens, at - 1);
	}
	return FALSE;
}

/* "Postbus 2690 | 3500 GR": goes on with what is known. */
static gboolean goes_on(const Contacts *self, guint first)
{
	guint at = first;

	while (at > 0 && first - at < 3 && lw_token_at(self->tokens, at - 1)->mark)
		at--;
	return at > 0 && lw_token_at(self->tokens, at)->gap <= LW_GAP_LINE &&
	       self->marks[at - 1] & MARK_FUNCTIONAL;
}

static gboolean is_mobile(const Contacts *self, guint first, guint last)
{
	gboolean seen = FALSE;

	for (guint i = first; i <= last; i++)
		for (const char *c = lw_token_at(self->tokens, i)->word; *c; c++) {
			if (!g_ascii_isdigit(*c) || (*c == '0' && !seen))
				continue;
			return *c == MOBILE;
		}
	return seen;
}

/* "jdb" of "J. de Bruin", "kok" of "A. Kok": may the mailbox be somebody's of this document? */
static gboolean is_named_like(const Contacts *self, const char *local)
{
	for (guint i = 0; i < self->found->items->len; i++) {
		const LwEntity *entity = &g_array_index(self->found->items, LwEntity, i);
		g_autoptr(GString) letters = NULL;
		guint at, end;

		if (entity->kind != LW_KIND_PERSON || !entity->span.length)
			continue;
		letters = g_string_new(NULL);
		at = lw_token_find(self->tokens,
				   lw_normal_find(self->tokens->normal, entity->span.start));
		end = lw_token_find(self->tokens,
				    lw_normal_find(self->tokens->normal,
						   entity->span.start + entity->span.length - 1));
		for (; at <= end && at < self->tokens->count; at++) {
			const char *word = lw_token_at(self->tokens, at)->word;

			if (*word && (strstr(word, local) || strstr(local, word)) &&
			    strlen(word) > 2)
				return TRUE;
			if (*word)
				g_string_append_c(letters, *word);
		}
		if (strstr(letters->str, local) ||
		    (letters->len > 1 && strstr(local, letters->str)))
			return TRUE;
	}
	return FALSE;
}

/* "Vragen: os@...", "Zienswijze via bibob@...": a desk's, beside an invitation to write and nobody.
 */
static gboolean is_desk(const Contacts *self, guint first)
{
	static const char calls[] =
		"vragen vraag zienswijze zienswijzen stuur sturen stukken opgave storing storingen "
		"afschrift aanmelden aanmelding afmelden afmelding informatie info inlichtingen "
		"contact klachten reacties reageren melden meldingen bezwaar facturen aanleveren "
		"opgeven inschrijven bereikbaar";
	const guint32 names = LW_WORD_FIRST_NAME | LW_WORD_SURNAME;
	const LwToken *local = lw_token_at(self->tokens, first);
	gboolean called = FALSE;

	if (lw_token_at(self->tokens, first + 1)->mark != '@' || local->flags & LW_TOKEN_DIGIT ||
	    local->flags & LW_TOKEN_HYPHEN)
		return FALSE;
	/* a word that is no usual name, or letters that are none */
	if (local->letters > 4 && !(local->lists & LW_WORD_COMMON))
		return FALSE;
	if (local->lists & names &&
	    (local->lists & LW_WORD_FREQUENT || !(local->lists & LW_WORD_COMMON)))
		return FALSE;
	for (guint i = clause_start(self->tokens, first); i < first; i++) {
		if (is_somebodys(self, i))
			return FALSE;
		called |= lw_token_in(lw_token_at(self->tokens, i)->word, calls) ||
			  self->marks[i] & MARK_FUNCTIONAL;
	}
	for (guint i = first; i < lw_token_line_end(self->tokens, first); i++)
		called |= (self->marks[i] & MARK_FUNCTIONAL) != 0;
	return called && !is_named_like(self, local->word);
}

/* "T 0183 - 51 20 46 | algemeen 14 0183": another number is that of the house. */
static gboolean is_told_from_general(const Contacts *self, guint last)
{
	const LwTokens *tokens = self->tokens;

	for (guint i = last + 1; i + 2 < lw_token_line_end(tokens, last); i++)
		if (lw_token_at(tokens, i)->mark &&
		    lw_token_in(lw_token_at(tokens, i + 1)->word, "algemeen alg centrale receptie"))
			return TRUE;
	return FALSE;
}

/* The number of a house as a whole. */
static gboolean is_of_house(const Contacts *self, const LwEntity *entity)
{
	gsize stop = lw_normal_find(self->tokens->normal, entity->span.start + entity->span.length);

	return stop < 2 || !memcmp(self->tokens->normal->utf8 + stop - 2, "00", 2) ||
	       !strcmp(entity->rule, "pattern/phone-service");
}

/* "Van Wingerden teruggebeld op 0341 42 90 18": whoever else stands on the line. */
static gboolean is_rung(const Contacts *self, const LwEntity *entity, guint first)
{
	const LwTokens *tokens = self->tokens;
	gboolean rings = FALSE;

	if (is_of_house(self, entity))
		return FALSE;
	for (guint i = first; i > 0 && first - i < RING_TOKENS; i--) {
		const LwToken *token = lw_token_at(tokens, i - 1);

		if (self->marks[i - 1] & MARK_PERSON)
			return rings;
		if (token->gap > LW_GAP_LINE ||
		    !lw_token_in(token->word, "gebeld teruggebeld bellen belt bel bereikbaar "
					      "bereiken te is was zijn haar op via onder"))
			return FALSE;
		rings |= !lw_token_in(token->word, "te is was zijn haar via onder");
	}
	return FALSE;
}

static gboolean is_of_body(const Contacts *self, const LwEntity *entity, guint first, guint last)
{
	switch (entity->kind) {
	case LW_KIND_PHONE:
		return !is_mobile(self, first, last) && !is_told_from_general(self, last) &&
		       !is_rung(self, entity, first) &&
		       (is_beside_body(self, entity->kind, first, last) ||
			is_in_letterhead(self, first));
	case LW_KIND_ADDRESS:
		return is_called_visited(self, first) || is_below_body(self, first) ||
		       is_beside_body(self, entity->kind, first, last) ||
		       is_in_letterhead(self, first);
	case LW_KIND_POSTCODE:
		return goes_on(self, first) || is_beside_body(self, entity->kind, first, last);
	case LW_KIND_EMAIL:
		return is_desk(self, first);
	default:
		return FALSE;
	}
}

/* "B. Bloem, 0182 770 341" in a cell beside that of a firm: right behind a private person it is
 * that person's, but for the number of a house as a whole. */
static gboolean is_right_behind_person(const Contacts *self, const LwEntity *entity, guint index)
{
	const char *text = self->tokens->normal->utf8;
	gsize at = lw_normal_find(self->tokens->normal, entity->span.start), end, from;

	if (is_of_house(self, entity))
		return FALSE;
	for (guint i = index; i > 0; i--) {
		const LwEntity *person = &g_array_index(self->found->items, LwEntity, i - 1);

		if (person->kind != LW_KIND_PERSON)
			continue;
		end = lw_normal_find(self->tokens->normal,
				     person->span.start + person->span.length);
		for (from = end; from < at && strchr(" ,(-", text[from]);)
			from++;
		return person->score >= LIKELY && person->role == LW_ROLE_UNKNOWN && from == at &&
		       at - end <= BESIDE && memchr(text + end, ' ', at - end);
	}
	return FALSE;
}

static void mark(Contacts *self, const LwEntity *entity, guint8 value, guint *first, guint *last)
{
	const LwNormal *normal = self->tokens->normal;

	*first = lw_token_find(self->tokens, lw_normal_find(normal, entity->span.start));
	*last = lw_token_find(self->tokens,
			      lw_normal_find(normal, entity->span.start + entity->span.length - 1));
	for (guint i = *first; i <= *last && i < self->tokens->count; i++)
		self->marks[i] |= value;
}

void lw_detect_contacts(const LwDetectContext *context, LwEntities *found)
{
	const LwTokens *tokens = context->tokens;
	Contacts self = {.tokens = tokens, .found = found};
	g_autofree guint8 *marks = tokens ? g_new0(guint8, tokens->count + 1) : NULL;
	guint first, last;

	if (!tokens)
		return;
	self.marks = marks;
	for (guint i = 0; i < found->items->len; i++) {
		const LwEntity *entity = &g_array_index(found->items, LwEntity, i);

		if (!entity->span.length)
			continue;
		if (entity->kind == LW_KIND_PERSON)
			mark(&self, entity, MARK_PERSON, &first, &last);
		else if (entity->role == LW_ROLE_FUNCTIONAL)
			mark(&self, entity, MARK_FUNCTIONAL, &first, &last);
	}
	for (guint i = 0; i < found->items->len; i++) {
		LwEntity *entity = &g_array_index(found->items, LwEntity, i);

		if (!entity->span.length)
			continue;
		first = lw_token_find(tokens, lw_normal_find(tokens->normal, entity->span.start));
		if (entity->kind == LW_KIND_PHONE && entity->role == LW_ROLE_FUNCTIONAL &&
		    (is_right_behind_person(&self, entity, i) || is_rung(&self, entity, first))) {
			entity->role = LW_ROLE_UNKNOWN;
			entity->reason = LW_REASON_FORM;
			continue;
		}
		if (entity->role != LW_ROLE_UNKNOWN)
			continue;
		last = lw_token_find(tokens,
				     lw_normal_find(tokens->normal,
						    entity->span.start + entity->span.length - 1));
		if (!is_of_body(&self, entity, first, last))
			continue;
		entity->role = LW_ROLE_FUNCTIONAL;
		entity->reason = LW_REASON_FUNCTIONAL;
		mark(&self, entity, MARK_FUNCTIONAL, &first, &last);
	}
}
