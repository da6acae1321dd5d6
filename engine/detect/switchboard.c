/* switchboard.c - numbers of a house as a whole: fixed lines that end in two noughts, with nobody
 * named beside them (woo.md 2.2).
 *
 * Needs the persons found. A number of somebody's own home may end so too: where a person stands on
 * its line or the one above it goes. */
#include "engine/detect/detect.h"

#include "engine/base/text.h"

#include <string.h>

#define REACH	    160 /* bytes before it */
#define LABEL	    24	/* bytes of what it is called */
#define LABEL_WORDS 4

/* The last nine figures; FALSE: fewer. */
static gboolean read_nine(const char *text, gsize length, char nine[9])
{
	gsize left = 9;

	for (gsize i = length; i > 0 && left; i--)
		if (g_ascii_isdigit(text[i - 1]))
			nine[--left] = text[i - 1];
	return !left;
}

/* The beginning of the line above. */
static gsize line_above(const char *text, gsize at)
{
	guint lines = 0;
	gsize from = at;

	while (from > 0 && at - from < REACH) {
		if (strchr("\n\f", text[from - 1]) && ++lines > 1)
			break;
		from--;
	}
	return from;
}

/* One of these words on its line, within [from, to)? */
static gboolean has_word(const char *text, gsize from, gsize to, const char *const *words)
{
	while (from < to && ((guint8)text[from] & 0xc0) == 0x80)
		from++;
	g_autofree char *part = lw_text_fold(text + from, (gssize)(to - from));
	g_auto(GStrv) all = g_strsplit_set(part, " \t\n:,.()-/|", -1);

	for (; *words; words++)
		if (g_strv_contains((const char *const *)all, *words))
			return TRUE;
	return FALSE;
}

/* "ons alg. nummer", "fax", "0341 - 55 20 40 (school)": of the house, whoever is named beside it.
 */
static gboolean is_called_general(const LwDocument *document, const LwEntity *entity)
{
	static const char *const before[] = {"alg",
					     "algemeen",
					     "algemene",
					     "centrale",
					     "fax",
					     "faxnr",
					     "faxnummer",
					     "receptie",
					     "hoofdnummer",
					     "telefooncentrale",
					     "klantenservice",
					     "servicenummer",
					     NULL};
	static const char *const behind[] = {"school",	 "receptie", "kantoor", "balie",
					     "algemeen", "centrale", "winkel",	"praktijk",
					     "fax",	 NULL};
	const char *text = document->text;
	gsize at = entity->span.start, end = at + entity->span.length, from = at, to = end;

	while (from > 0 && at - from < LABEL && !strchr("\n\f;|", text[from - 1]))
		from--;
	if (has_word(text, from, at, before))
		return TRUE;
	if (end + 2 >= document->length || text[end] != ' ' || text[end + 1] != '(')
		return FALSE;
	while (to < document->length && to - end < LABEL && text[to] != ')' && text[to] != '\n')
		to++;
	return text[to] == ')' && has_word(text, end, to, behind);
}

/* "· Kerkpad 1 · 8061 GH Heuvel · 038-385 01 20" at the head of a letter, "Woonstichting De Linde,
 * 0570 - 66 88 00": a body is named on its line, and nobody is. */
static gboolean is_of_named_body(const LwDocument *document, const LwEntities *found, guint index)
{
	static const char *const bodies[] = {
		"gemeente",   "stichting",  "school",	 "basisschool", "woonstichting",
		"vereniging", "waterschap", "provincie", "bibliotheek", "woningcorporatie",
		"ministerie", "lyceum",	    "college",	 "ziekenhuis",	"omgevingsdienst",
		"ggd",	      "bureau",	    "obs",	 "praktijk",	NULL};
	const char *text = document->text;
	gsize at = g_array_index(found->items, LwEntity, index).span.start, from = at;

	while (from > 0 && at - from < REACH && !strchr("\n\f", text[from - 1]))
		from--;
	for (guint i = index; i > 0; i--) {
		const LwEntity *entity = &g_array_index(found->items, LwEntity, i - 1);

		if (entity->span.start < from)
			break;
		if (entity->kind == LW_KIND_PERSON && entity->score >= 0.5f)
			return FALSE;
	}
	return has_word(text, from, at, bodies) && (memchr(text + from, '|', at - from) ||
						    memmem(text + from, at - from, "\xc2\xb7", 2) ||
						    (at > from + 1 && text[at - 2] == ','));
}

/* "Kok ook. Wijkpost Noord: " before a number: where the label begins; 0: none. */
static gsize label_start(const char *text, gsize from, gsize at)
{
	gsize end = at;
	guint words = 0;

	while (end > from && text[end - 1] == ' ')
		end--;
	if (end == from || text[end - 1] != ':')
		return 0;
	for (gsize i = end - 1; i > from; i--) {
		words += text[i - 1] == ' ';
		if (words > LABEL_WORDS || strchr(",;\n\t|", text[i - 1]))
			return 0;
		if (strchr(".!?", text[i - 1]) && text[i] == ' ')
			return i + 1;
	}
	return 0;
}

static gboolean is_somebodys(const LwDetectContext *context, const LwEntities *found, guint index)
{
	static const char *const own[] = {"mijn",    "ons",    "thuis",	 "prive",     "privenummer",
					  "bewoner", "melder", "klager", "aanvrager", "client"};
	const char *text = context->base.document->text;
	gsize at = g_array_index(found->items, LwEntity, index).span.start;
	gsize from = line_above(text, at), label = label_start(text, from, at);

	/* "Sociaal Raadslieden: 0229 - 55 22 00": what it is called says whose it is */
	from = label ? label : from;

	/* "Uw dochter mag namens u bellen: 050 599 96 00" */
	if (at > 8 && memcmp(text + at - 8, "bellen: ", 8) == 0)
		return FALSE;
	for (guint i = index; i > 0; i--) {
		const LwEntity *entity = &g_array_index(found->items, LwEntity, i - 1);

		if (entity->span.start < from)
			break;
		if (entity->kind == LW_KIND_PERSON && entity->role != LW_ROLE_FUNCTIONAL)
			return TRUE;
	}
	while ((text[from] & 0xc0) == 0x80)
		from++;
	g_autofree char *before = lw_text_fold(text + from, (gssize)(at - from));
	g_auto(GStrv) words = g_strsplit_set(before, " \t\n:,.()-/|", -1);
	/* "U bereikt ons op": who writes is a house */
	gboolean house = g_strv_contains((const char *const *)words, "u") &&
			 (g_strv_contains((const char *const *)words, "bereikt") ||
			  g_strv_contains((const char *const *)words, "bereiken"));
	for (gsize i = 0; i < G_N_ELEMENTS(own); i++)
		if (!(house && !strcmp(own[i], "ons")) &&
		    g_strv_contains((const char *const *)words, own[i]))
			return TRUE;
	return FALSE;
}

/* "Mensen met klachten kunnen bellen met 088 - 308 33 41.": a sentence that gives everybody the
 * number of a house. */
static gboolean is_told_to_all(const char *text, gsize at, gboolean of_house)
{
	static const char *const calls[] = {"bellen",	  "belt",    "bereikt", "bereiken",
					    "bereikbaar", "terecht", "vragen",	"informatie",
					    "contact",	  "opnemen", NULL};
	static const char *const direct[] = {
		"direct", "rechtstreeks", "doorkiesnummer", "mij",   "me",
		"mijn",	  "ik",		  "ondergetekende", "thuis", NULL};
	static const char *const readers[] = {"u", NULL};
	gsize from = at;

	while (from > 0 && at - from < REACH && !strchr("\n\f|", text[from - 1]) &&
	       !(strchr(".?!", text[from - 1]) && text[from] == ' ' && at - from > LABEL))
		from--;
	return at - from > LABEL && (of_house || has_word(text, from, at, readers)) &&
	       has_word(text, from, at, calls) && !has_word(text, from, at, direct);
}

/* "+49 2821 85-0": the exchange of a house, as Germans write it. */
static gboolean is_exchange(const char *text, const LwEntity *entity)
{
	return entity->span.length > 6 &&
	       !memcmp(text + entity->span.start + entity->span.length - 2, "-0", 2) &&
	       (text[entity->span.start] == '+' || !memcmp(text + entity->span.start, "00", 2));
}

void lw_detect_switchboards(const LwDetectContext *context, LwEntities *found)
{
	const char *text = context->base.document->text;

	for (guint i = 0; i < found->items->len; i++) {
		LwEntity *entity = &g_array_index(found->items, LwEntity, i);
		char nine[9];

		if (entity->kind != LW_KIND_PHONE || entity->role != LW_ROLE_UNKNOWN ||
		    !read_nine(text + entity->span.start, entity->span.length, nine) ||
		    nine[0] == '6')
			continue;
		if (!is_called_general(context->base.document, entity) &&
		    !is_of_named_body(context->base.document, found, i) &&
		    memcmp(nine + 5, "0000", 4) && !is_exchange(text, entity) &&
		    ((memcmp(nine + 7, "00", 2) &&
		      !is_told_to_all(text, entity->span.start, !memcmp(nine, "88", 2))) ||
		     is_somebodys(context, found, i)))
			continue;
		entity->role = LW_ROLE_FUNCTIONAL;
		entity->reason = LW_REASON_FUNCTIONAL;
	}
}
