/* publication.c - the rules of the importer, the inventory and the production report. */
#include "engine/record/publication.h"

#include "engine/record/table.h"

#include <string.h>

#define ID_MAX		  170
#define TITLE_MAX	  500  /* bytes */
#define REMARK_MAX	  1000 /* characters */
#define LINK_MAX	  2048
#define MATTER_MAX	  255
#define NUMBER_MAX	  255 /* of prefix-matter-id */
#define ID_CHARACTERS	  "abcdefghijklmnopqrstuvwxyz0123456789.-"
#define MATTER_CHARACTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~"

const char *lw_judgement_name(LwJudgement judgement)
{
	static const char *const names[] = {"Openbaar", "Deels openbaar", "Niet openbaar",
					    "Reeds openbaar"};
	return names[judgement];
}

static gboolean refuse(GError **error, const char *id, const char *rule)
{
	if (id)
		g_set_error(error, LW_ERROR, LW_ERROR_USAGE, "document '%s': %s", id, rule);
	else
		g_set_error_literal(error, LW_ERROR, LW_ERROR_USAGE, rule);
	return FALSE;
}

static gboolean is_of(const char *text, const char *characters, gsize most)
{
	gsize length = text ? strlen(text) : 0;
	return length && length <= most && strspn(text, characters) == length;
}

static gboolean is_date(const char *text)
{
	if (strlen(text) != 10)
		return FALSE;
	for (guint i = 0; i < 10; i++)
		if (i == 4 || i == 7 ? text[i] != '-' : !g_ascii_isdigit(text[i]))
			return FALSE;
	return g_date_valid_dmy((GDateDay)g_ascii_strtoull(text + 8, NULL, 10),
				(GDateMonth)g_ascii_strtoull(text + 5, NULL, 10),
				(GDateYear)g_ascii_strtoull(text, NULL, 10));
}

static gboolean links_are_good(const char *links)
{
	g_auto(GStrv) list = g_strsplit(links ? links : "", "|", -1);
	for (guint i = 0; list[i]; i++)
		if (strlen(list[i]) > LINK_MAX || !(g_str_has_prefix(list[i], "https://") ||
						    g_str_has_prefix(list[i], "http://")))
			return FALSE;
	return TRUE;
}

static gboolean is_published(const LwPublishedDocument *document)
{
	return document->judgement == LW_JUDGEMENT_PUBLIC ||
	       document->judgement == LW_JUDGEMENT_PARTLY;
}

/* The importer takes a file only for what is public, and knows it by the id in its name. */
static gboolean file_is_good(const LwPublishedDocument *document)
{
	if (!document->file)
		return TRUE;
	const char *dot = strrchr(document->file, '.');
	return is_published(document) && dot &&
	       (gsize)(dot - document->file) == strlen(document->id) &&
	       g_str_has_prefix(document->file, document->id);
}

static gboolean check_document(const LwPublication *publication,
			       const LwPublishedDocument *document, GError **error)
{
	const char *id = document->id;
	if (!is_of(id, ID_CHARACTERS, ID_MAX))
		return refuse(error, NULL,
			      "the id of a document has lower-case letters, digits, dots and "
			      "hyphens only");
	if (strlen(publication->prefix ? publication->prefix : "") + strlen(publication->matter) +
		    strlen(id) + 2 >
	    NUMBER_MAX)
		return refuse(error, id, "its number is longer than 255 characters");
	if (!document->title || !*document->title || strlen(document->title) > TITLE_MAX)
		return refuse(error, id, "its title is empty or longer than 500 bytes");
	if (document->remark && g_utf8_strlen(document->remark, -1) > REMARK_MAX)
		return refuse(error, id, "its remark is longer than 1000 characters");
	if (document->date && !is_date(document->date))
		return refuse(error, id, "its date is not of the form YYYY-MM-DD");
	if (!links_are_good(document->link))
		return refuse(error, id, "its link is no web address");
	if (document->judgement == LW_JUDGEMENT_ALREADY && !(document->link && *document->link))
		return refuse(error, id, "what is public already needs a link");
	if (document->judgement == LW_JUDGEMENT_PARTLY &&
	    !(document->grounds && document->grounds->len))
		return refuse(error, id, "what is partly public needs a ground");
	if (!file_is_good(document))
		return refuse(error, id, "the name of its file is not its id, or it may have none");
	return TRUE;
}

gboolean lw_publication_check(const LwPublication *publication, GError **error)
{
	g_autoptr(GHashTable) ids = g_hash_table_new(g_str_hash, g_str_equal);
	if (!is_of(publication->matter, MATTER_CHARACTERS, MATTER_MAX))
		return refuse(error, NULL,
			      "the matter has letters, digits, hyphens, dots, _ and ~ only");
	for (guint i = 0; i < publication->documents->len; i++) {
		const LwPublishedDocument *document = publication->documents->pdata[i];
		if (!check_document(publication, document, error))
			return FALSE;
		if (!g_hash_table_add(ids, (gpointer)document->id))
			return refuse(error, document->id, "its id stands twice");
	}
	for (guint i = 0; i < publication->documents->len; i++) {
		const LwPublishedDocument *document = publication->documents->pdata[i];
		if (document->duplicate_of && !g_hash_table_contains(ids, document->duplicate_of))
			return refuse(error, document->id,
				      "what it is a duplicate of is not listed");
	}
	return TRUE;
}

/* --- lists --- */

char *lw_published_grounds(const LwPublishedDocument *document, LwGroundSpelling spelling)
{
	GString *text = g_string_new(NULL);
	for (guint i = 0; document->grounds && i < document->grounds->len; i++) {
		const char *id = g_array_index(document->grounds, LwGroundShare, i).ground;
		const LwGround *ground = lw_ground_parse(id);
		g_string_append_printf(text, "%s%s", text->len ? ";" : "",
				       spelling == LW_GROUNDS_IMPORTER && ground ? ground->code
										 : id);
	}
	return g_string_free(text, FALSE);
}

static char *dup_remark(const LwPublishedDocument *document, LwLang lang)
{
	static const char *const words[2][2] = {{"Opgeschort", "Dubbel van "},
						{"Suspended", "Duplicate of "}};
	GString *text = g_string_new(document->remark);
	if (document->suspended)
		g_string_append_printf(text, "%s%s", text->len ? "; " : "", words[lang][0]);
	if (document->duplicate_of)
		g_string_append_printf(text, "%s%s%s", text->len ? "; " : "", words[lang][1],
				       document->duplicate_of);
	return g_string_free(text, FALSE);
}

static LwTable *inventory_of(const LwPublication *publication, LwLang lang)
{
	static const char *const headings[2][12] = {
		{"Nr.", "Document ID", "Bestandsnaam", "Titel", "Datum", "Soort document",
		 "Aantal pagina's", "Beoordeling", "Gronden", "Toelichting", "Publieke link", NULL},
		{"No.", "Document ID", "File name", "Title", "Date", "Type of document", "Pages",
		 "Judgement", "Grounds", "Remark", "Public link", NULL}};
	LwTable *table =
		lw_table_new(lang == LW_LANG_NL ? "Inventarislijst" : "Inventory", headings[lang]);
	for (guint i = 0; i < publication->documents->len; i++) {
		const LwPublishedDocument *document = publication->documents->pdata[i];
		g_autofree char *grounds = lw_published_grounds(document, LW_GROUNDS_LAW);
		g_autofree char *remark = dup_remark(document, lang);
		lw_table_add_number(table, i + 1);
		lw_table_add(table, document->id);
		lw_table_add(table, document->file);
		lw_table_add(table, document->title);
		lw_table_add(table, document->date);
		lw_table_add(table, document->document_type);
		lw_table_add_number(table, document->pages);
		lw_table_add(table, lw_judgement_name(document->judgement));
		lw_table_add(table, grounds);
		lw_table_add(table, remark);
		lw_table_add(table, document->link);
	}
	return table;
}

GBytes *lw_inventory_csv(const LwPublication *publication, LwLang lang)
{
	g_autoptr(LwTable) table = inventory_of(publication, lang);
	return lw_table_csv(table);
}

GBytes *lw_inventory_ods(const LwPublication *publication, LwLang lang, GError **error)
{
	g_autoptr(LwTable) table = inventory_of(publication, lang);
	return lw_table_ods(table, lang == LW_LANG_NL ? "nl" : "en", error);
}

GBytes *lw_inventory_xlsx(const LwPublication *publication, LwLang lang, GError **error)
{
	g_autoptr(LwTable) table = inventory_of(publication, lang);
	return lw_table_xlsx(table, NULL, error);
}

/* In the order of the words below. */
static const char *const disclosures[] = {"document", "changed", "passage", "area", NULL};

GBytes *lw_disclosed_csv(const LwJson *disclosed, LwLang lang)
{
	static const char *const headings[2][5] = {{"Document ID", "Wat", "Pagina", "Tekst", NULL},
						   {"Document ID", "What", "Page", "Text", NULL}};
	static const char *const words[2][4] = {
		{"Heel document", "Ander document", "Passage", "Vlak"},
		{"Whole document", "Another document", "Passage", "Area"}};
	g_autoptr(LwTable) table = lw_table_new("", headings[lang]);
	for (gsize i = 0; i < lw_json_length(disclosed); i++) {
		const LwJson *entry = lw_json_at(disclosed, i);
		const char *what = lw_json_string_of(entry, "what");
		gint64 page = 0;
		lw_json_integer_of(entry, "page", &page);
		lw_table_add(table, lw_json_string_of(entry, "document"));
		for (guint k = 0; disclosures[k]; k++)
			if (!strcmp(disclosures[k], what))
				lw_table_add(table, words[lang][k]);
		lw_table_add_number(table, (guint64)page);
		lw_table_add(table, lw_json_string_of(entry, "text"));
	}
	return lw_table_csv(table);
}

static LwTable *lookups(void)
{
	static const char *const headings[] = {"Beoordeling", "Beoordelingsgrond", "File Type",
					       NULL};
	static const char *const types[] = {
		"pdf",	"doc",	    "image", "presentation", "spreadsheet", "email", "html",
		"note", "database", "xml",   "video",	     "audio",	    "vcard", "chat"};
	LwTable *table = lw_table_new("Lookup values", headings);
	for (guint i = 0; i < G_N_ELEMENTS(types) || lw_ground_at(i); i++) {
		lw_table_add(table, i <= LW_JUDGEMENT_ALREADY ? lw_judgement_name(i) : NULL);
		lw_table_add(table, lw_ground_at(i) ? lw_ground_at(i)->code : NULL);
		lw_table_add(table, i < G_N_ELEMENTS(types) ? types[i] : NULL);
		if (!lw_ground_at(i) && i + 1 >= G_N_ELEMENTS(types))
			break;
	}
	return table;
}

GBytes *lw_production_report(const LwPublication *publication, GError **error)
{
	static const char *const headings[] = {"ID",
					       "Matter",
					       "Family",
					       "Email Thread ID",
					       "Document",
					       "File Type",
					       "Datum",
					       "Beoordeling",
					       "Opgeschort",
					       "Beoordelingsgrond",
					       "Toelichting",
					       "Publieke Link",
					       "Gerelateerd ID",
					       "Zaaknummer",
					       NULL};
	if (!lw_publication_check(publication, error))
		return NULL;
	g_autoptr(LwTable) table = lw_table_new("Sheet1", headings), values = lookups();
	for (guint i = 0; i < publication->documents->len; i++) {
		const LwPublishedDocument *document = publication->documents->pdata[i];
		g_autofree char *grounds = lw_published_grounds(document, LW_GROUNDS_IMPORTER);
		lw_table_add(table, document->id);
		lw_table_add(table, publication->matter);
		lw_table_add_number(table, document->family);
		lw_table_add_number(table, document->thread);
		lw_table_add(table, document->title);
		lw_table_add(table, document->source_type);
		lw_table_add(table, document->date);
		lw_table_add(table, lw_judgement_name(document->judgement));
		lw_table_add(table, document->suspended ? "ja" : NULL);
		lw_table_add(table, grounds);
		lw_table_add(table, document->remark);
		lw_table_add(table, document->link);
		lw_table_add(table, document->duplicate_of);
		lw_table_add(table, NULL);
	}
	return lw_table_xlsx(table, values, error);
}
