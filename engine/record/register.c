/* register.c - the record of the algorithm register: what its fields say, and how long they may be.
 *
 * A person is said to decide only where people did; a figure stands there only when it was measured
 * on the model that is named. The register is Dutch, so its texts are. */
#include "engine/record/register.h"

#include <math.h>
#include <string.h>

#define GOVERNMENT   "Organisatie en bedrijfsvoering"
#define LAW	     "Recht"
#define TREEBANK_URL "https://universaldependencies.org/"
#define GROUP_LEAST  20 /* names of one origin, to say anything of it */
#define FROG_URL     "https://packages.debian.org/bookworm/frogdata"

typedef struct {
	const char *key;
	gsize most; /* characters */
} Field;

static const Field fields[] = {
	{"name", 100},	       {"description_short", 350},   {"organization", 100},
	{"begin_date", 7},     {"contact_email", 500},	     {"website", 500},
	{"goal", 2500},	       {"proportionality", 2500},    {"human_intervention", 2500},
	{"risks", 2500},       {"lawful_basis", 2500},	     {"process_index_url", 500},
	{"source_data", 2500}, {"methods_and_models", 5000}, {"provider", 200},
	{"publiccode", 500},   {"source_id", 100},	     {"tags", 2500},
};

static gboolean bad_field(GError **error, const char *field, const char *rule)
{
	g_set_error(error, LW_ERROR, LW_ERROR_USAGE, "field '%s' of the register: %s", field, rule);
	return FALSE;
}

/* ---- what was given ---- */

static gboolean is_one_of(const char *value, const char *const *allowed)
{
	return g_strv_contains(allowed, value);
}

static gboolean is_month(const char *text)
{
	if (strlen(text) != 7 || text[4] != '-')
		return FALSE;
	for (int i = 0; i < 7; i++)
		if (i != 4 && !g_ascii_isdigit(text[i]))
			return FALSE;
	return g_date_valid_month((GDateMonth)g_ascii_strtoull(text + 5, NULL, 10));
}

static gboolean is_address(const char *text)
{
	return g_str_has_prefix(text, "https://") && text[8] && !strpbrk(text, " \t\"<>");
}

static gboolean is_contact(const char *text)
{
	const char *at = strchr(text, '@');

	return is_address(text) || (at && at > text && !strchr(at + 1, '@') &&
				    strchr(at + 1, '.') && !strpbrk(text, " \t\"<>,;"));
}

static const char *const statuses[] = {"In gebruik", "In ontwikkeling", "Buiten gebruik", NULL};
static const char *const categories[] = {"Overige algoritmes", "Impactvolle algoritmes",
					 "Hoog-risico AI-systeem", NULL};

static gboolean check_facts(const LwRegisterFacts *facts, GError **error)
{
	const struct {
		const char *field, *value;
	} addresses[] = {{"website", facts->website},
			 {"process_index_url", facts->process_index},
			 {"publiccode", facts->public_code}};

	if (!facts->organisation)
		return bad_field(error, "organization", "the policy names none (group register)");
	if (!facts->contact)
		return bad_field(error, "contact_email", "the policy names none (group register)");
	if (!is_contact(facts->contact))
		return bad_field(error, "contact_email", "is no mail address or https address");
	if (facts->status && !is_one_of(facts->status, statuses))
		return bad_field(error, "status",
				 "is In gebruik, In ontwikkeling or Buiten gebruik");
	if (facts->category && !is_one_of(facts->category, categories))
		return bad_field(error, "publication_category",
				 "is Overige algoritmes, Impactvolle algoritmes or Hoog-risico "
				 "AI-systeem");
	if (facts->begin && !is_month(facts->begin))
		return bad_field(error, "begin_date", "is a month as YYYY-MM");
	for (guint i = 0; i < G_N_ELEMENTS(addresses); i++)
		if (addresses[i].value && !is_address(addresses[i].value))
			return bad_field(error, addresses[i].field, "is no https address");
	return TRUE;
}

/* ---- figures ---- */

/* "80,1 %" */
static char *percent(double share)
{
	char number[G_ASCII_DTOSTR_BUF_SIZE];
	char *dot;

	g_ascii_formatd(number, sizeof(number), "%.1f", share * 100);
	dot = strchr(number, '.');
	if (dot)
		*dot = ',';
	return g_strconcat(number, " %", NULL);
}

static const LwJson *figure(const LwRegisterFacts *facts, const char *view, const char *measure)
{
	const LwJson *of = lw_json_member(facts->figures, view);

	return of ? lw_json_member(of, measure) : NULL;
}

/* "80,1 % (74,7 tot 85,3 %)"; with its interval of 95 %. Yours. */
static char *interval(const LwRegisterFacts *facts, const char *view, const char *measure)
{
	const LwJson *rate = figure(facts, view, measure);
	double value = 0, low = 0, high = 0;
	g_autofree char *middle = NULL, *from = NULL, *to = NULL;

	lw_json_number_of(rate, "value", &value);
	lw_json_number_of(rate, "low", &low);
	lw_json_number_of(rate, "high", &high);
	middle = percent(value);
	from = percent(low);
	to = percent(high);
	return g_strdup_printf("%s (%s tot %s)", middle, from, to);
}

static gboolean check_figures(const LwRegisterFacts *facts, GError **error)
{
	static const char *const views[] = {"removed", "proposed"};
	static const char *const measures[] = {"recall", "precision", "person-leak", "excess"};
	double value;

	for (guint v = 0; v < G_N_ELEMENTS(views); v++)
		for (guint m = 0; m < G_N_ELEMENTS(measures); m++) {
			const LwJson *rate = figure(facts, views[v], measures[m]);

			if (!rate || !lw_json_number_of(rate, "value", &value))
				return bad_field(error, "risks", "a measured figure is missing");
		}
	return TRUE;
}

static gint64 documents_of(const LwRegisterFacts *facts)
{
	gint64 documents = 0;

	lw_json_integer_of(facts->figures, "documents", &documents);
	return documents;
}

/* ---- texts ---- */

static gboolean all_reviewed(const LwRegisterFacts *facts)
{
	return facts->dossiers && facts->reviewed == facts->dossiers;
}

static void set_name(LwJson *json, const LwRegisterFacts *facts)
{
	lw_json_set_string(json, "name", "Documenten lakken met lakwerk");
	lw_json_set_string(
		json, "description_short",
		all_reviewed(facts)
			? "Lakwerk zoekt persoonsgegevens in documenten die openbaar worden, en "
			  "stelt "
			  "voor wat moet worden gelakt. Een medewerker beslist over elk voorstel."
			: "Lakwerk zoekt persoonsgegevens in documenten die openbaar worden. Wat "
			  "het "
			  "beleid van de organisatie aanwijst wordt gelakt; wat minder zeker is, "
			  "is "
			  "een voorstel aan een medewerker.");
}

static void set_goal(LwJson *json)
{
	lw_json_set_string(
		json, "goal",
		"<p>De overheid maakt documenten openbaar. Daarin staan gegevens die niet openbaar "
		"mogen worden, zoals namen, adressen en burgerservicenummers. Lakwerk zoekt die "
		"gegevens, haalt ze uit het document en zet de grond uit de Wet open overheid in "
		"het vak.</p><p>Voor mensen die in de documenten voorkomen gaat het om hun "
		"privacy: een gegeven dat wordt gemist, is voor iedereen te lezen. Voor wie de "
		"documenten leest gaat het om openbaarheid: wat ten onrechte wordt gelakt, kan "
		"niemand controleren.</p>");
	lw_json_set_string(
		json, "proportionality",
		"<p>Met de hand lakken kost veel tijd en er wordt veel gemist. Lakwerk werkt op de "
		"eigen computers van de organisatie, zonder internet: geen tekst gaat naar een "
		"leverancier. Het programma beslist niet over mensen; het leest alleen documenten. "
		"Wie een openbare functie heeft blijft leesbaar, zoals het beleid bepaalt.</p>");
}

static void set_intervention(LwJson *json, const LwRegisterFacts *facts)
{
	GString *text = g_string_new(NULL);

	if (!facts->reviewed)
		g_string_append(
			text,
			"<p>Wat het beleid zonder meer aanwijst, wordt gelakt zonder dat een "
			"medewerker over elke passage apart beslist. Voorstellen waarover het "
			"programma minder zeker is blijven leesbaar tot een medewerker beslist; "
			"persoonlijke beleidsopvattingen worden nooit zonder medewerker "
			"gelakt.</p>");
	else
		g_string_append_printf(
			text,
			"<p>In %u van de %u dossiers waarop deze beschrijving rust, heeft een "
			"medewerker over elk voorstel beslist: %u beslissingen op %u pagina's, "
			"waarvan er %u zijn bekeken. Bij %u van die dossiers heeft een tweede "
			"persoon het resultaat gecontroleerd en goedgekeurd.</p>",
			facts->reviewed, facts->dossiers, facts->decisions, facts->pages,
			facts->seen, facts->second);
	if (facts->reviewed && !all_reviewed(facts))
		g_string_append(text, "<p>In de andere dossiers is (nog) niet over alles door een "
				      "medewerker beslist.</p>");
	g_string_append(text, "<p>Elke beslissing staat in een logboek dat niet ongemerkt kan "
			      "worden veranderd. Tegen een besluit over openbaarmaking staat "
			      "bezwaar open; wat alsnog openbaar wordt, wordt dan opnieuw "
			      "uitgegeven.</p>");
	lw_json_set_string(json, "human_intervention", text->str);
	g_string_free(text, TRUE);
}

/* Small groups say nothing. */
static gboolean origin_recall(const LwJson *origin, double *value)
{
	const LwJson *of = lw_json_member(origin, "removed");
	const LwJson *recall = of ? lw_json_member(of, "recall") : NULL;
	gint64 whole = 0;

	return recall && lw_json_integer_of(recall, "whole", &whole) && whole >= GROUP_LEAST &&
	       lw_json_number_of(recall, "value", value);
}

/* The groups of names that are found least and most. */
static void append_origins(GString *text, const LwRegisterFacts *facts)
{
	const LwJson *origins = lw_json_member(facts->figures, "origin");
	double least = 2, most = -1, value;
	g_autofree char *low = NULL, *high = NULL;

	for (gsize i = 0; origins && i < lw_json_length(origins); i++) {
		const char *name = lw_json_key(origins, i);

		if (!origin_recall(lw_json_member(origins, name), &value))
			continue;
		least = MIN(least, value);
		most = MAX(most, value);
	}
	if (most < 0)
		return;
	low = percent(least);
	high = percent(most);
	g_string_append_printf(
		text,
		"<li>namen van verschillende herkomst worden niet even vaak gevonden: "
		"%s in de groep die het minst, %s in de groep die het meest wordt "
		"gevonden</li>",
		low, high);
}

static void set_risks(LwJson *json, const LwRegisterFacts *facts)
{
	g_autofree char *removed = interval(facts, "removed", "recall");
	g_autofree char *proposed = interval(facts, "proposed", "recall");
	g_autofree char *precision = interval(facts, "removed", "precision");
	g_autofree char *person = interval(facts, "removed", "person-leak");
	g_autofree char *excess = interval(facts, "removed", "excess");
	GString *text = g_string_new(NULL);

	g_string_printf(
		text,
		"<p>Het grootste risico is dat iets wordt gemist of te veel wordt gelakt. Gemeten "
		"op %d verzonnen documenten die met de hand zijn gelabeld, met het ingebouwde "
		"beleid en zonder mens, met onzekerheid van 95 %%:</p><ul>"
		"<li>gevonden van wat weg moest: %s; met de voorstellen erbij %s</li>"
		"<li>terecht gelakt van wat is gelakt: %s</li>"
		"<li>personen van wie een vermelding bleef staan: %s</li>"
		"<li>woorden die zonder reden zijn gelakt: %s</li>",
		(int)documents_of(facts), removed, proposed, precision, person, excess);
	append_origins(text, facts);
	g_string_append(text, "</ul>");
	if (facts->reviewed && facts->bound >= 0) {
		g_autofree char *bound = percent(facts->bound);

		g_string_append_printf(text,
				       "<p>In de beoordeelde dossiers is na afloop een steekproef "
				       "van pagina's zonder gelakte passages nagelezen: met 95 %% "
				       "zekerheid was op hoogstens %s van zulke pagina's iets "
				       "gemist.</p>",
				       bound);
	}
	g_string_append(text,
			"<p>Dat gelakte tekst terug te halen is, wordt voorkomen: elk document "
			"wordt na het lakken door een ander proces aangevallen en alleen "
			"uitgegeven als niets is teruggevonden. Pagina's die alleen een beeld zijn "
			"of letters hebben die niets zeggen, worden niet gelezen en daarom "
			"achtergehouden.</p>");
	lw_json_set_string(json, "risks", text->str);
	g_string_free(text, TRUE);
}

static void add_link(LwJson *list, const char *title, const char *link)
{
	LwJson *item = lw_json_object_new();

	lw_json_set_string(item, "title", title);
	if (link)
		lw_json_set_string(item, "link", link);
	lw_json_append(list, item);
}

static void set_law(LwJson *json)
{
	LwJson *list = lw_json_array_new();

	lw_json_set_string(json, "lawful_basis",
			   "<p>Hoofdstuk 5 van de Wet open overheid bepaalt wat niet openbaar "
			   "wordt. De Algemene verordening gegevensbescherming en de "
			   "Uitvoeringswet AVG beschermen persoonsgegevens.</p>");
	add_link(list, "Wet open overheid", "https://wetten.overheid.nl/BWBR0045754");
	add_link(list, "Uitvoeringswet Algemene verordening gegevensbescherming",
		 "https://wetten.overheid.nl/BWBR0040940");
	add_link(list, "Algemene wet bestuursrecht", "https://wetten.overheid.nl/BWBR0005537");
	lw_json_set(json, "lawful_basis_grouping", list);
}

static void set_data(LwJson *json)
{
	LwJson *list = lw_json_array_new();

	lw_json_set_string(
		json, "source_data",
		"<p>Invoer: de documenten die de organisatie openbaar wil maken. Zij worden alleen "
		"op eigen computers gelezen en nergens anders bewaard.</p><p>Naslag: lijsten van "
		"namen, straten, plaatsen en gewone woorden.</p><p>Het model voor namen is vooraf "
		"getraind op Nederlandse boombanken (Lassy Small en Alpino, CC BY-SA 4.0), op "
		"wetteksten en op verzonnen dossiers. Er zijn geen documenten van de organisatie "
		"voor gebruikt.</p>");
	add_link(list, "Universal Dependencies: Dutch Lassy Small en Alpino", TREEBANK_URL);
	add_link(list, "Frog (frogdata, GPL-3.0-or-later)", FROG_URL);
	lw_json_set(json, "source_data_grouping", list);
}

static void set_methods(LwJson *json, const LwRegisterFacts *facts)
{
	g_autofree char *policy = g_markup_escape_text(facts->policy, -1);
	g_autofree char *text = g_strdup_printf(
		"<p>Lakwerk is niet zelflerend: het leert niet van de documenten die het leest en "
		"niet van wat mensen beslissen. Dezelfde invoer geeft dezelfde uitkomst. Wat "
		"mensen "
		"in een dossier afwijzen kunnen zij daar tot een regel maken, die zichtbaar is en "
		"kan "
		"worden teruggenomen.</p><ul>"
		"<li>Regels en controlegetallen vinden nummers, zoals burgerservicenummers, "
		"rekeningnummers en telefoonnummers.</li>"
		"<li>Grammatica en lijsten vinden namen, adressen en functies.</li>"
		"<li>Een getraind model (conditional random field) weegt mee of woorden een naam "
		"zijn. Het is vooraf gemaakt en staat vast; het is bewijs naast andere regels en "
		"beslist nooit alleen. Model: tagger.bin, SHA-256 %s; woordenlijsten: "
		"lexicon.bin, SHA-256 %s.</li>"
		"<li>Een getrainde weging (beslisbomen) zegt van elke vondst hoe vaak zulke "
		"vondsten in "
		"gelabelde, verzonnen documenten weg moesten, en kan haar daarop laten weghalen, "
		"voorstellen of laten staan. Ook zij staat vast: calibration.bin, SHA-256 %s.</li>"
		"<li>Het beleid van de organisatie bepaalt per soort gegeven of het weg moet, "
		"wordt "
		"voorgesteld of leesbaar blijft, en op welke grond. Beleid: %s, SHA-256 %s.</li>"
		"</ul><p>Van elke vondst is te zien welke regel haar deed en hoe zeker die is. "
		"Gegevens worden echt uit het bestand gehaald en niet afgedekt. Versie %s.</p>",
		facts->model, facts->dictionaries, facts->calibration, policy, facts->policy_digest,
		facts->version);

	lw_json_set_string(json, "methods_and_models", text);
}

static void set_assessments(LwJson *json, const LwRegisterFacts *facts)
{
	g_auto(GStrv) titles = g_strsplit(facts->assessments ? facts->assessments : "", ";", -1);
	LwJson *list = lw_json_array_new();

	for (guint i = 0; titles[i]; i++)
		if (*g_strstrip(titles[i]))
			add_link(list, titles[i], NULL);
	if (lw_json_length(list))
		lw_json_set(json, "impacttoetsen_grouping", list);
	else
		lw_json_free(list);
}

static void set_if(LwJson *json, const char *key, const char *value)
{
	if (value && *value)
		lw_json_set_string(json, key, value);
}

static void set_categories(LwJson *json)
{
	LwJson *list = lw_json_array_new();

	lw_json_append_string(list, GOVERNMENT);
	lw_json_append_string(list, LAW);
	lw_json_set(json, "category", list);
}

/* In the order of the standard. */
static void fill(LwJson *json, const LwRegisterFacts *facts)
{
	g_autofree char *source =
		g_strdup_printf("lakwerk-%s-%.12s", facts->version, facts->policy_digest);

	set_name(json, facts);
	lw_json_set_string(json, "organization", facts->organisation);
	set_categories(json);
	lw_json_set_string(json, "status", facts->status ? facts->status : statuses[0]);
	set_if(json, "begin_date", facts->begin);
	lw_json_set_string(json, "contact_email", facts->contact);
	set_if(json, "website", facts->website);
	lw_json_set_string(json, "publication_category",
			   facts->category ? facts->category : categories[0]);
	set_goal(json);
	set_intervention(json, facts);
	set_risks(json, facts);
	set_law(json);
	set_if(json, "process_index_url", facts->process_index);
	set_assessments(json, facts);
	set_data(json);
	set_methods(json, facts);
	set_if(json, "provider", facts->provider);
	set_if(json, "publiccode", facts->public_code);
	lw_json_set_string(json, "lang", "nld");
	lw_json_set_string(json, "standard_version", "1.0");
	lw_json_set_string(json, "source_id", source);
	lw_json_set_string(json, "tags",
			   "lakken, anonimiseren, persoonsgegevens, Woo, openbaarheid");
}

LwJson *lw_register_record(const LwRegisterFacts *facts, GError **error)
{
	g_autoptr(LwJson) json = lw_json_object_new();

	if (!check_facts(facts, error) || !check_figures(facts, error))
		return NULL;
	fill(json, facts);
	for (guint i = 0; i < G_N_ELEMENTS(fields); i++) {
		const char *text = lw_json_string_of(json, fields[i].key);

		if (!text || (gsize)g_utf8_strlen(text, -1) <= fields[i].most)
			continue;
		bad_field(error, fields[i].key, "is longer than the register takes");
		return NULL;
	}
	return g_steal_pointer(&json);
}
