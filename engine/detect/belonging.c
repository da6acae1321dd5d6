/* belonging.c - numbers that no name announces: of a device, of a pass, of who is in service.
 *
 * The thing or the function stands right before the number, or the pass further up its sentence. */
#include "engine/detect/scan.h"

#include <string.h>

#define PASS_REACH   60 /* bytes from a pass to "nummer" */
#define DEVICE_REACH 28
#define STAFF_REACH  28
#define LEAST_DEVICE 6 /* letters and digits */
#define LEAST_SERIAL 8 /* of what is called so */
#define TOKEN_MAX    24

typedef struct {
	gsize end;
	guint digits, letters;
	gboolean lower;
} Token;

/* Letters and digits with hyphens between them. */
static Token read_token(const Scan *scan, gsize at)
{
	Token token = {.end = at};

	while (token.end < scan->length && token.end - at < TOKEN_MAX) {
		char c = scan->text[token.end];

		if (c == '-' && (token.end == at || token.end + 1 >= scan->length ||
				 !g_ascii_isalnum(scan->text[token.end + 1])))
			break;
		if (c != '-' && !g_ascii_isalnum(c))
			break;
		token.digits += g_ascii_isdigit(c);
		token.letters += g_ascii_isalpha(c) != 0;
		token.lower |= g_ascii_islower(c);
		token.end++;
	}
	if (token.end < scan->length && scan_is_word((guint8)scan->text[token.end]))
		token.digits = 0;
	return token;
}

/* The word that ends before *at, behind blanks and signs; *at becomes its start. */
static gboolean word_before(const Scan *scan, gsize low, gsize *at, gsize *end)
{
	gsize stop = *at;

	while (stop > low && strchr(" \t:(=.)[", scan->text[stop - 1]))
		stop--;
	*end = stop;
	while (stop > low &&
	       (scan_is_word((guint8)scan->text[stop - 1]) || scan->text[stop - 1] == '-'))
		stop--;
	*at = stop;
	return stop < *end;
}

static gsize emit(Scan *scan, ScanRule rule, gsize from, gsize to, ScanTopic topic)
{
	LwEntity *entity = scan_emit(scan, rule, from, to, EVIDENCE_CONTEXT, topic);

	entity->reason = LW_REASON_CONTEXT;
	return to;
}

/* "Apparaat       : NB-7F04K2" */
static gboolean is_after_colon(const Scan *scan, gsize at)
{
	while (at > 0 && scan->text[at - 1] == ' ')
		at--;
	return at > 0 && scan->text[at - 1] == ':';
}

/* "laptop 5CG2119KQX", "tablet met nummer T-204418", "asset tag LT004417". */
static gsize find_device(Scan *scan, gsize at, const Token *token)
{
	static const char devices[] =
		"laptop|tablet|ipad|iphone|telefoon|smartphone|gsm|toestel|pc|computer|werkplek|"
		"notebook|macbook|chromebook|diensttelefoon|werktelefoon|werklaptop|dienstlaptop|"
		"device|simkaart|sim|dongle|usb-stick|usb|tag|label|dockingstation|portofoon|"
		"bodycam|tracker|enkelband|personenalarm|zorgalarm|hostname|pc-naam|computernaam|"
		"werkstation|host|apparaat|sticker|serie|asset";
	static const char small[] =
		"met|nummer|nr|no|serienummer|serienr|type|kenmerk|id|asset|is|sn|als|zich|"
		"meldde|meldt|heet|genaamd";
	gsize line = scan_line_start(scan, at), word = at, end;
	gsize low = MAX(line, at > DEVICE_REACH ? at - DEVICE_REACH : 0);

	/* a model has fewer digits than its makers' number of one piece */
	if (token->lower || !token->letters || token->digits < 3 ||
	    token->digits + token->letters < LEAST_DEVICE ||
	    (token->digits < 5 && token->digits + token->letters < 9 && !is_after_colon(scan, at) &&
	     !scan_words(scan, low, at, "hostname|pc-naam|computernaam|werkstation")))
		return 0;
	for (guint words = 0; words < 4 && word_before(scan, low, &word, &end); words++) {
		/* the maker's own word for it; "S/N" */
		if (token->digits + token->letters >= LEAST_SERIAL &&
		    (scan_words(scan, word, end, "serienummer|serienr|serial|snr") ||
		     (end - word == 1 && word >= low + 2 && scan->text[word - 1] == '/' &&
		      g_ascii_toupper(scan->text[word - 2]) == 'S')))
			return emit(scan, RULE_DEVICE, at, token->end, TOPIC_DEVICE);
		if (scan_words(scan, word, end, devices))
			return emit(scan, RULE_DEVICE, at, token->end, TOPIC_DEVICE);
		if (!scan_words(scan, word, end, small))
			return 0;
	}
	return 0;
}

/* "je personeelspas (niet met nummer 7710294)": the pass stands before its number. */
static gsize find_pass(Scan *scan, gsize at, const Token *token)
{
	static const char *const passes[] = {"pas", "pasje", "badge", "druppel", "sleutelhanger"};
	gsize line = scan_line_start(scan, at), word = at, end;
	gsize low = MAX(line, at > PASS_REACH ? at - PASS_REACH : 0);

	if (token->digits < 4 || !word_before(scan, low, &word, &end) ||
	    !scan_words(scan, word, end, "nummer|nr|pasnummer"))
		return 0;
	while (word_before(scan, low, &word, &end) || (word > low && word--)) {
		if (word > low && strchr("!?", scan->text[word]))
			return 0;
		for (gsize i = 0; end > word && i < G_N_ELEMENTS(passes); i++) {
			gsize size = strlen(passes[i]);

			/* "pas" alone is "only" */
			if (end - word > size + 3 &&
			    !g_ascii_strncasecmp(scan->text + end - size, passes[i], size))
				return emit(scan, RULE_CLIENT, at, token->end, TOPIC_CLIENT);
		}
	}
	return 0;
}

static gboolean is_year(const Scan *scan, gsize at, const Token *token)
{
	return token->digits == 4 && !token->letters &&
	       (!memcmp(scan->text + at, "19", 2) || !memcmp(scan->text + at, "20", 2));
}

/* "hoor- en beslismedewerker 4471-H", "toezichthouder nr. 20417": who signs without a name. */
static gsize find_staff(Scan *scan, gsize at, const Token *token)
{
	static const char *const functions[] = {
		"medewerker",  "medewerkster", "consulent",    "consulente", "ambtenaar",
		"inspecteur",  "controleur",   "handhaver",    "tolk",	     "rechercheur",
		"verbalisant", "behandelaar",  "rapporteur",   "manager",    "toezichthouder",
		"beslisser",   "opsteller",    "hulpverlener", "telefonist", "regisseur",
		"agente",      "surveillant",  "beoordelaar",  "hoofdagent", "wijkagent"};
	gsize line = scan_line_start(scan, at), word = at, end;
	gsize low = MAX(line, at > STAFF_REACH ? at - STAFF_REACH : 0);
	char behind = token->end < scan->length ? scan->text[token->end] : '\n';

	if (token->digits < 4 || token->digits > 8 || token->letters > 3 ||
	    is_year(scan, at, token))
		return 0;
	if ((!strchr("\n\f\t,;.):", behind) &&
	     !(behind == ' ' &&
	       scan_words(scan, token->end, MIN(token->end + 5, scan->length), "en"))) ||
	    (behind == '.' && scan_digit(scan, token->end + 1)) ||
	    !word_before(scan, low, &word, &end))
		return 0;
	if (scan_words(scan, word, end, "nr|nummer|no|id") && !word_before(scan, low, &word, &end))
		return 0;
	/* "inspecteur met code 4471", "sociaal rechercheur, akte 802217" */
	if (scan_words(scan, word, end, "akte|aktenummer|code|badge|pas")) {
		while (word > low && strchr(", ", scan->text[word - 1]))
			word--;
		if (!word_before(scan, low, &word, &end) ||
		    (scan_words(scan, word, end, "met") && !word_before(scan, low, &word, &end)))
			return 0;
	}
	/* "Inspecteur(s)" */
	if (scan_words(scan, word, end, "s") && !word_before(scan, low, &word, &end))
		return 0;
	for (gsize i = 0; i < G_N_ELEMENTS(functions); i++) {
		gsize size = strlen(functions[i]);

		if (end - word >= size &&
		    !g_ascii_strncasecmp(scan->text + end - size, functions[i], size))
			return emit(scan, RULE_CLIENT, at, token->end, TOPIC_CLIENT);
	}
	return 0;
}

gsize scan_belonging(Scan *scan, gsize at)
{
	Token token = read_token(scan, at);
	gsize end = 0;

	if (token.digits >= 3)
		end = find_device(scan, at, &token);
	if (!end && token.digits >= 4)
		end = find_pass(scan, at, &token);
	return end || token.digits < 4 ? end : find_staff(scan, at, &token);
}
