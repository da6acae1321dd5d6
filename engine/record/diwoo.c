/* diwoo.c - metadata for the Woo index (DiWoo 0.9.8, woo.md 3.6): a sitemap with an entry for each
 * document that has a file.
 *
 * naamOpsteller is never filled in: it would name a person. */
#include "engine/record/publication.h"

#include "engine/base/xml.h"

#include <string.h>

#define SITEMAP	  "http://www.sitemaps.org/schemas/sitemap/0.9"
#define DIWOO	  "https://standaarden.overheid.nl/diwoo/metadata/"
#define TOOI	  "https://identifier.overheid.nl/tooi/"
#define WOO	  "c_3baef532" /* Woo-verzoeken en -besluiten, article 3.3 (2) i */
#define HANDLING  "c_641ecd76" /* vaststelling */
#define LANGUAGE  "http://publications.europa.eu/resource/authority/language/NLD"
#define FILE_TYPE "http://publications.europa.eu/resource/authority/file-type/"
#define URLS_MAX  50000 /* of a sitemap */

static LwNode *add(LwNode *parent, const char *name)
{
	return lw_node_add(parent, DIWOO, "diwoo", name);
}

static void add_text(LwNode *parent, const char *name, const char *text)
{
	lw_node_add_text(add(parent, name), text, strlen(text));
}

static LwNode *add_resource(LwNode *parent, const char *name, const char *resource,
			    const char *label)
{
	LwNode *node = add(parent, name);
	lw_node_set_attribute(node, "", NULL, "resource", resource);
	lw_node_add_text(node, label, strlen(label));
	return node;
}

/* gm0363 is id/gemeente/gm0363. NULL for a code of an unknown kind. */
static char *dup_organisation(const char *code)
{
	static const char *const kinds[][2] = {
		{"gm", "gemeente"},	{"pv", "provincie"}, {"ws", "waterschap"},
		{"mnre", "ministerie"}, {"zb", "zbo"},	     {"so", "so"},
		{"oorg", "oorg"},	{"col", "col"},
	};
	for (guint i = 0; code && i < G_N_ELEMENTS(kinds); i++) {
		gsize length = strlen(kinds[i][0]);
		const char *digits = code + length;
		if (!g_str_has_prefix(code, kinds[i][0]) || !*digits ||
		    strspn(digits, "0123456789") != strlen(digits))
			continue;
		return g_strconcat(TOOI "id/", kinds[i][1], "/", code, NULL);
	}
	return NULL;
}

static const char *file_type_of(const LwPublishedDocument *document)
{
	static const char *const types[][2] = {
		{"application/pdf", "PDF"},
		{"application/vnd.oasis.opendocument.text", "ODT"},
		{"application/vnd.oasis.opendocument.spreadsheet", "ODS"},
		{"application/vnd.oasis.opendocument.presentation", "ODP"},
		{"text/plain", "TXT"},
	};
	for (guint i = 0; i < G_N_ELEMENTS(types); i++)
		if (!g_strcmp0(document->media_type, types[i][0]))
			return types[i][1];
	return NULL;
}

static void add_classification(LwNode *parent, const LwPublication *publication)
{
	g_autofree char *category = g_strconcat(
		TOOI "def/thes/kern/", publication->category ? publication->category : WOO, NULL);
	LwNode *list = add(add(parent, "classificatiecollectie"), "informatiecategorieen");
	add_resource(list, "informatiecategorie", category,
		     publication->category ? publication->category : "Woo-verzoeken en -besluiten");
}

static void add_handling(LwNode *parent, const char *date)
{
	LwNode *handling = add(add(parent, "documenthandelingen"), "documenthandeling");
	g_autofree char *time = g_strconcat(date, "T00:00:00Z", NULL);
	add_resource(handling, "soortHandeling", TOOI "def/thes/kern/" HANDLING, "vaststelling");
	add_text(handling, "atTime", time);
}

static void add_metadata(LwNode *parent, const LwPublication *publication,
			 const LwPublishedDocument *document, const char *organisation)
{
	LwNode *diwoo = add(add(parent, "Document"), "DiWoo");
	g_autofree char *number = g_strconcat(publication->prefix ? publication->prefix : "",
					      publication->prefix ? "-" : "", publication->matter,
					      "-", document->id, NULL);
	const char *type = file_type_of(document);
	if (document->date)
		add_text(diwoo, "creatiedatum", document->date);
	add_text(add(diwoo, "identifiers"), "identifier", number);
	add_resource(diwoo, "publisher", organisation, publication->organisation);
	add_resource(diwoo, "verantwoordelijke", organisation, publication->organisation);
	add_text(add(diwoo, "titelcollectie"), "officieleTitel", document->title);
	add_classification(diwoo, publication);
	add_handling(diwoo, publication->decided ? publication->decided : publication->date);
	add_resource(diwoo, "language", LANGUAGE, "Nederlands");
	if (type) {
		g_autofree char *resource = g_strconcat(FILE_TYPE, type, NULL);
		add_resource(diwoo, "format", resource, type);
	}
}

static void add_url(LwNode *root, const LwPublication *publication,
		    const LwPublishedDocument *document, const char *organisation)
{
	LwNode *url = lw_node_add(root, SITEMAP, NULL, "url");
	g_autofree char *name = g_uri_escape_string(document->file, NULL, FALSE);
	g_autofree char *place = g_strconcat(publication->url, name, NULL);
	lw_node_add_text(lw_node_add(url, SITEMAP, NULL, "loc"), place, strlen(place));
	lw_node_add_text(lw_node_add(url, SITEMAP, NULL, "lastmod"), publication->date,
			 strlen(publication->date));
	add_metadata(url, publication, document, organisation);
}

static GBytes *refuse(GError **error, const char *message)
{
	g_set_error_literal(error, LW_ERROR, LW_ERROR_USAGE, message);
	return NULL;
}

GBytes *lw_diwoo(const LwPublication *publication, GError **error)
{
	static const char frame[] =
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"" SITEMAP
		"\" xmlns:diwoo=\"" DIWOO "\"/>";
	g_autofree char *organisation = dup_organisation(publication->tooi);
	if (!lw_publication_check(publication, error))
		return NULL;
	if (!organisation || !publication->organisation)
		return refuse(error, "the organisation has no name or no TOOI code such as gm0363");
	if (!publication->url || !g_str_has_prefix(publication->url, "https://") ||
	    !g_str_has_suffix(publication->url, "/"))
		return refuse(error, "the address of the publication does not begin with https:// "
				     "or does not end with /");
	g_autoptr(GBytes) bytes = g_bytes_new_static(frame, sizeof frame - 1);
	g_autoptr(LwXml) xml = lw_xml_load(bytes, error);
	guint count = 0;
	if (!xml)
		return NULL;
	for (guint i = 0; i < publication->documents->len; i++) {
		const LwPublishedDocument *document = publication->documents->pdata[i];
		if (!document->file)
			continue;
		if (++count > URLS_MAX)
			return refuse(error, "a sitemap holds at most 50,000 documents");
		add_url(lw_xml_root(xml), publication, document, organisation);
	}
	return lw_xml_dump(xml);
}
