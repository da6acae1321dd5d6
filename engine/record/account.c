/* account.c - the account of a publication (lakverantwoording) for programs. */
#include "engine/record/publication.h"

#include <string.h>

static LwJson *grounds_of(const GArray *grounds)
{
	LwJson *list = lw_json_array_new();
	for (guint i = 0; grounds && i < grounds->len; i++) {
		const LwGroundShare *share = &g_array_index(grounds, LwGroundShare, i);
		LwJson *item = lw_json_object_new();
		lw_json_set_string(item, "ground", share->ground);
		lw_json_set_integer(item, "marks", share->marks);
		lw_json_set_number(item, "share", share->share);
		lw_json_append(list, item);
	}
	return list;
}

static LwJson *document_of(const LwPublishedDocument *document)
{
	LwJson *json = lw_json_object_new();
	lw_json_set_string(json, "id", document->id);
	lw_json_set_string(json, "title", document->title);
	lw_json_set_string(json, "judgement", lw_judgement_name(document->judgement));
	lw_json_set_integer(json, "pages", document->pages);
	lw_json_set_integer(json, "pages_seen", document->pages_seen);
	lw_json_set_integer(json, "marks", document->marks);
	lw_json_set_number(json, "share", document->share);
	lw_json_set(json, "grounds", grounds_of(document->grounds));
	return json;
}

static LwJson *review_of(const LwPublication *publication)
{
	LwJson *json = lw_json_object_new();
	lw_json_set_boolean(json, "every_mark_decided_by_a_person", publication->reviewed);
	lw_json_set_boolean(json, "second_reader", publication->second);
	lw_json_set_boolean(json, "one_person", publication->one_person);
	lw_json_set_integer(json, "pages_seen", publication->pages_seen);
	lw_json_set_integer(json, "pages_sampled", publication->pages_sampled);
	lw_json_set_integer(json, "missed_in_sample", publication->missed);
	if (publication->bound >= 0)
		lw_json_set_number(json, "missed_at_most", publication->bound);
	return json;
}

GBytes *lw_account_json(const LwPublication *publication)
{
	g_autoptr(LwJson) json = lw_json_object_new();
	lw_json_set_integer(json, "schema", 1);
	lw_json_set_string(json, "title", publication->title);
	lw_json_set_string(json, "organisation", publication->organisation);
	lw_json_set_string(json, "matter", publication->matter);
	lw_json_set_string(json, "date", publication->date);
	lw_json_set_string(json, "version", publication->version);
	lw_json_set_string(json, "policy", publication->policy);
	lw_json_set_integer(json, "pages", publication->pages);
	lw_json_set_number(json, "share", publication->share);
	lw_json_set(json, "grounds", grounds_of(publication->grounds));
	lw_json_set(json, "review", review_of(publication));
	LwJson *documents = lw_json_array_new();
	for (guint i = 0; i < publication->documents->len; i++)
		lw_json_append(documents, document_of(publication->documents->pdata[i]));
	lw_json_set(json, "documents", documents);
	char *text = lw_json_print(json);
	return g_bytes_new_take(text, strlen(text));
}
