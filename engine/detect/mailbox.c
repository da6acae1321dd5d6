/* mailbox.c - words that make a mailbox functional: desks, departments, tasks (woo.md 2.2). */
#include "engine/detect/mailbox.h"

#include "engine/base/text.h"

#include <string.h>

#define LEAST_WORD 4 /* letters of a word in a mailbox of several */

/* Whole parts. */
static const char *const whole[] = {
	"info",
	"woo",
	"wob",
	"post",
	"mail",
	"pers",
	"press",
	"hr",
	"hrm",
	"pz",
	"po",
	"fg",
	"avg",
	"ict",
	"it",
	"raad",
	"griffie",
	"college",
	"office",
	"sales",
	"support",
	"contact",
	"inkoop",
	"verkoop",
	"bestuur",
	"directie",
	"dir",
	"afd",
	"team",
	"loket",
	"balie",
	"kantoor",
	"dienst",
	"kcc",
	"kcn",
	"wmo",
	"jeugd",
	"wonen",
	"archief",
	"privacy",
	"noreply",
	"reply",
	"no",
	"donotreply",
	"webmaster",
	"postmaster",
	"abuse",
	"planning",
	"redactie",
	"vth",
	"omgeving",
	"belastingen",
	"burgerzaken",
	"bezwaar",
	"beroep",
	"klacht",
	"klachten",
	"algemeen",
	"welkom",
	"finance",
	"legal",
	"security",
	"admin",
	"beheer",
	"factuur",
	"facturen",
	"invoice",
	"invoices",
	"order",
	"orders",
	"receptie",
	"ondernemers",
	"juridisch",
	"handhaving",
	"toezicht",
	"parkeren",
	"vergunning",
	"vergunningen",
	"leerplicht",
	"subsidie",
	"subsidies",
	"communicatie",
	"voorlichting",
	"nieuwsbrief",
	"vacatures",
	"werkenbij",
	"boekhouding",
	"crediteuren",
	"debiteuren",
	"salarisadministratie",
	"personeelszaken",
	"bibliotheek",
	"museum",
	"service",
	"services",
	"meldingen",
	"melding",
	"klantcontact",
	"klantenservice",
	"ombudsman",
	"inspectie",
	"hallo",
	"data",
	"pgb",
	"bbz",
	"woz",
	"wkb",
	"apv",
	"bag",
	"brp",
	"grondzaken",
	"dorpsraad",
	"dorpsbelang",
	"doarpsbelang",
	"wijkraad",
	"bewoners",
	"buurtpreventie",
	"buurt",
	"wijk",
	"crisis",
	"piket",
	"zorg",
	"werk",
	"inkomen",
	"soc",
	"noc",
	"mr",
	"gmr",
	"ciso",
	"csirt",
	"bouw",
	"regie",
	"sport",
	"milieu",
	"wijkteam",
	"groen",
	"water",
	"bibob",
	"adm",
	"zsm",
	"bhv",
	"haven",
	"tbc",
	"umwelt",
	"poststelle",
	"rathaus",
	"sekretariat",
	"verwaltung",
	"ordnungsamt",
	"or",
	"clientenraad",
	"schade",
	"kassa",
	"markt",
	"datalek",
	"datalekken",
	"oekraine",
	"ukraine",
	"webshop",
	"tickets",
	"reserveren",
	"reserveringen",
	"verhuur",
	"vve",
	"bwt",
	"erfgoed",
	"evenementen",
	"aanmelden",
	"facilitair",
	"participatie",
	"energieloket",
	"trouwen",
	"begraven",
	"inwoners",
	"burgers",
	"taal",
};

/* Beginnings of a part: "secretariaatrb", "postbusJZ", "wooverzoeken". */
static const char *const beginnings[] = {
	"secretar",
	"secr",
	"zaal",
	"postbus",
	"gemeente",
	"noreply",
	"nietbeantwoorden",
	"helpdesk",
	"servicedesk",
	"meldpunt",
	"wooverz",
	"wobverz",
	"woozaken",
	"wooteam",
	"bureau",
	"afdeling",
	"directie",
	"team",
	"omgevings",
	"publieks",
	"klanten",
	"administrat",
	"provincie",
	"waterschap",
	"ministerie",
	"statengriffie",
	"raadsgriffie",
	"bestuurs",
	"inkoop",
	"facturen",
	"informatie",
	"persvoorl",
	"woordvoer",
	"gebieds",
	"infodesk",
	"receptie",
	"juridischezaken",
	"bezwaarschriften",
	"wijkteam",
	"buurtteam",
	"meldkamer",
	"ondernemingsraad",
	"medezeggenschap",
	"storing",
	"sociaal",
	"veiligheid",
	"crisis",
	"stichting",
	"tender",
	"aanbested",
	"jugendamt",
	"stadtverwaltung",
};

/* Ends of a part: "faunazaken", "hrservice", "muskusrattenbeheer". */
static const char *const ends[] = {
	"beheer",	"zaken",     "service",	  "meldkamer",	  "dienst",
	"loket",	"desk",	     "bureau",	  "punt",	  "administratie",
	"secretariaat", "commissie", "redactie",  "toezicht",	  "handhaving",
	"verzoeken",	"meldingen", "aanvragen", "vergunningen", "receptie",
	"team",		"overleg",   "bijstand",  "opvang",	  "office",
};

static gboolean is_role(const char *part)
{
	for (gsize i = 0; i < G_N_ELEMENTS(whole); i++)
		if (!strcmp(part, whole[i]))
			return TRUE;
	for (gsize i = 0; i < G_N_ELEMENTS(beginnings); i++)
		if (g_str_has_prefix(part, beginnings[i]))
			return TRUE;
	for (gsize i = 0; i < G_N_ELEMENTS(ends); i++)
		if (strlen(part) > strlen(ends[i]) && g_str_has_suffix(part, ends[i]))
			return TRUE;
	return FALSE;
}

static gboolean is_name(const char *part, const LwLexicon *lexicon)
{
	if (!lexicon || strlen(part) < 3)
		return FALSE;
	guint32 flags = lw_lexicon_find(lexicon, part, strlen(part));
	return (flags & (LW_WORD_FIRST_NAME | LW_WORD_SURNAME)) && !(flags & LW_WORD_COMMON);
}

/* "invordering", "begraafplaatsen": a word of the language that is no name, and not the first part
 * of one. */
static gboolean is_task(const char *part, const LwLexicon *lexicon)
{
	const guint32 names = LW_WORD_FIRST_NAME | LW_WORD_SURNAME;
	guint32 flags;

	if (!lexicon || strlen(part) < 5)
		return FALSE;
	flags = lw_lexicon_find(lexicon, part, strlen(part));
	return flags & LW_WORD_COMMON && !(flags & names);
}

gboolean mailbox_is_functional(const char *local, gsize length, const LwLexicon *lexicon)
{
	g_autofree char *folded = lw_text_fold(local, (gssize)length);
	g_auto(GStrv) parts = g_strsplit_set(folded, "._-+ ", 12);
	gboolean role = FALSE, first = TRUE, tasked = FALSE;
	for (char **part = parts; *part; part++) {
		if (!**part)
			continue;
		gsize size = strlen(*part), whole_size = size;
		while (size > 2 && g_ascii_isdigit((*part)[size - 1]))
			(*part)[--size] = '\0';
		/* "zomertjes4": a figure is what people put behind their names */
		/* "shares_1982": a year of a person */
		if (role && tasked && whole_size > 2 && strspn(*part, "0123456789") == size)
			return FALSE;
		gboolean task = first && size == whole_size && is_task(*part, lexicon);
		gboolean found = is_role(*part) || task;

		tasked |= task && !is_role(*part);
		/* The first part decides; a later one counts behind a department's abbreviation:
		 * "jz.secretariaat". */
		role |= found && (first || size >= 4);
		if (!found && is_name(*part, lexicon))
			return FALSE;
		first = FALSE;
	}
	return role;
}

/* A word that is nobody's usual name; a place may stand last: "opvangoekraine". */
static gboolean is_plain_word(const LwLexicon *lexicon, const char *word, gsize length,
			      guint32 lists)
{
	guint32 flags = lw_lexicon_find(lexicon, word, length);

	return length >= LEAST_WORD && flags & lists && !(flags & LW_WORD_FREQUENT);
}

static gboolean is_of_provider(const char *domain, gsize length)
{
	static const char *const providers[] = {
		"gmail",   "googlemail", "hotmail",    "outlook",   "live",    "msn",	  "ziggo",
		"kpnmail", "kpnplanet",	 "planet",     "xs4all",    "home",    "icloud",  "me",
		"mac",	   "protonmail", "proton",     "pm",	    "yahoo",   "ymail",	  "solcon",
		"upcmail", "casema",	 "chello",     "quicknet",  "hetnet",  "tele2",	  "telfort",
		"online",  "caiway",	 "zeelandnet", "kabelfoon", "zonnet",  "gmx",	  "web",
		"mail",	   "aol",	 "wanadoo",    "freedom",   "tiscali", "versatel"};
	const char *point = memchr(domain, '.', length);

	for (gsize i = 0; point && i < G_N_ELEMENTS(providers); i++)
		if ((gsize)(point - domain) == strlen(providers[i]) &&
		    !g_ascii_strncasecmp(domain, providers[i], strlen(providers[i])))
			return TRUE;
	return FALSE;
}

gboolean mailbox_is_of_house(const char *local, gsize length, const char *domain, gsize size,
			     const LwLexicon *lexicon)
{
	const guint32 names = LW_WORD_FIRST_NAME | LW_WORD_SURNAME;
	g_autofree char *word = lw_text_fold(local, (gssize)length);
	gsize letters = strlen(word);

	if (!lexicon || strspn(word, "abcdefghijklmnopqrstuvwxyz") != letters ||
	    is_of_provider(domain, size) || lw_lexicon_find(lexicon, word, letters) & names)
		return FALSE;
	for (gsize at = LEAST_WORD; at + LEAST_WORD <= letters; at++)
		if (is_plain_word(lexicon, word, at, LW_WORD_COMMON) &&
		    is_plain_word(lexicon, word + at, letters - at, LW_WORD_COMMON | LW_WORD_PLACE))
			return TRUE;
	return FALSE;
}

gboolean mailbox_is_handle_of_body(const char *handle, gsize length)
{
	static const char *const bodies[] = {"gemeente", "politie", "provincie", "waterschap",
					     "ministerie"};
	/* "Gem" and a capital: "Gemma" is somebody */
	gboolean body = length > 4 && !strncmp(handle, "Gem", 3) && g_ascii_isupper(handle[3]);

	for (gsize i = 0; i < G_N_ELEMENTS(bodies); i++)
		body |= length > strlen(bodies[i]) &&
			!g_ascii_strncasecmp(handle, bodies[i], strlen(bodies[i]));
	return body;
}
