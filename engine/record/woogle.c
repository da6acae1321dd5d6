/* woogle.c - the dossier as Woogle takes it: JSON 2.0 (woo.md 3.5). */
#include "engine/record/publication.h"

#include <string.h>

#define TYPE "2i" /* Woo-verzoeken en -besluiten */

static void set_lower(LwJson *object, const char *key, LwJudgement judgement)
{
	g_autofree char *lower = g_ascii_strdown(lw_judgement_name(judgement), -1);
	lw_json_set_string(object, key, lower);
}

static void set_if(LwJson *object, const char *key, const char *value)
{
	if (value && *value)
		lw_json_set_string(object, key, value);
}

static LwJson *document_of(const LwPublication *publication, const LwPublishedDocument *document)
{
	LwJson *json = lw_json_object_new();
	g_autofree char *grounds = lw_published_grounds(document, LW_GROUNDS_LAW);
	g_autofree char *name =
		document->file ? g_uri_escape_string(document->file, NULL, FALSE) : NULL;
	g_autofree char *place =
		name ? g_strconcat(publication->url ? publication->url : "", name, NULL) : NULL;
	const char *source = place ? place : document->link;
	set_if(json, "dc_source", source ? source : document->id);
	set_if(json, "foi_url_on_web", source ? source : document->id);
	set_if(json, "dc_title", document->title);
	set_if(json, "foi_documentType", document->document_type);
	set_if(json, "foi_sentDate", document->date);
	set_lower(json, "foi_valuation", document->judgement);
	set_if(json, "foi_groundsOfRefusal", grounds);
	return json;
}

/* All alike, or partly public. */
static LwJudgement judgement_of(const LwPublication *publication)
{
	const GPtrArray *documents = publication->documents;
	for (guint i = 1; i < documents->len; i++)
		if (((const LwPublishedDocument *)documents->pdata[i])->judgement !=
		    ((const LwPublishedDocument *)documents->pdata[0])->judgement)
			return LW_JUDGEMENT_PARTLY;
	return ((const LwPublishedDocument *)documents->pdata[0])->judgement;
}

GBytes *lw_woogle(const LwPublication *publication, GError **error)
{
	if (!lw_publication_check(publication, error))
		return NULL;
	g_autoptr(LwJson) json = lw_json_object_new();
	const char *date = publication->decided ? publication->decided : publication->date;
	gint64 year = g_ascii_strtoll(date, NULL, 10);
	g_autofree char *identifier = g_strdup_printf("nl.%s.%s.%" G_GINT64_FORMAT ".%s",
						      publication->tooi ? publication->tooi : "",
						      TYPE, year, publication->matter);
	lw_json_set_string(json, "dc_identifier", identifier);
	lw_json_set_string(json, "dc_title", publication->title ? publication->title : "");
	lw_json_set_string(json, "dc_publisher", publication->tooi ? publication->tooi : "");
	lw_json_set_string(json, "dc_type", TYPE);
	lw_json_set_integer(json, "dc_date_year", year);
	set_if(json, "dc_description", publication->description);
	set_if(json, "dc_source", publication->url);
	set_if(json, "dc_creator", publication->organisation);
	set_if(json, "foi_publishedDate", publication->date);
	set_if(json, "foi_requestDate", publication->requested);
	set_if(json, "foi_decisionDate", publication->decided);
	if (publication->documents->len)
		set_lower(json, "foi_valuation", judgement_of(publication));
	else
		lw_json_set_string(json, "foi_valuation", "geen documenten");
	LwJson *files = lw_json_object_new(), *list = lw_json_array_new();
	for (guint i = 0; i < publication->documents->len; i++)
		lw_json_append(list, document_of(publication, publication->documents->pdata[i]));
	lw_json_set(files, "foi_documenten", list);
	lw_json_set(json, "foi_files", files);
	char *text = lw_json_print(json);
	return g_bytes_new_take(text, strlen(text));
}
