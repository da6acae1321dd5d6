/* publish-tell.c - what people have to know of a publication: what was left out or changed, and how
 * it went.
 *
 * Everything that is told stands in one table; a document is named by its id, never by its text. */
#include "engine/publish.h"

#include "engine/messages.h"

#include <string.h>

enum { NAMES_MOST = 10 };

static const struct {
	const char *code, *message;
} notes[] = {
	{"no-matter", "no production report, DiWoo or Woogle list: setting 'matter' is missing"},
	{"no-tooi", "no DiWoo and no Woogle list: setting 'tooi' is missing"},
	{"no-organisation", "no DiWoo and no Woogle list: setting 'organisation' is missing"},
	{"no-url", "no DiWoo and no Woogle list: setting 'url' is missing"},
	{"no-decided", "setting 'decided' is missing: the day of publication stands for it"},
	{"no-requested", "setting 'requested' is missing in the Woogle list"},
	{"no-date", "without a date, which the importer of OpenVWS asks for"},
	{"title-replaced", "title replaced: something that was removed stood in it"},
	{"remark-left-out", "remark left out: something that was removed stood in it"},
	{"link-left-out", "link left out: something that was removed stood in it"},
	{"stamp-left-out", "the number of the document stands not on every page"},
	{"passage-not-told", "newly readable, but not quoted: it is removed elsewhere"},
};

static const char *message_of(const char *code)
{
	for (guint i = 0; i < G_N_ELEMENTS(notes); i++)
		if (!strcmp(notes[i].code, code))
			return notes[i].message;
	return NULL;
}

static void add(LwPublishing *publishing, const char *id, const LwNotice *notice)
{
	LwLang lang = publishing->dossier->lakwerk->options.lang;
	g_autofree char *english =
		id ? g_strdup_printf("document '%s': %s", id, notice->message) : NULL;
	g_autofree char *said = lw_message_in(lang, english ? english : notice->message);
	LwJson *json = lw_json_object_new();

	lw_json_set_string(json, "document", id);
	if (notice->page >= 0)
		lw_json_set_integer(json, "page", notice->page + 1);
	lw_json_set_string(json, "code", notice->code);
	lw_json_set_string(json, "message", said);
	lw_json_append(publishing->notices, json);
}

void lw_publish_note(LwPublishing *publishing, const char *id, const char *code)
{
	LwNotice notice = {code, -1, message_of(code)};

	g_assert(notice.message);
	add(publishing, id, &notice);
}

void lw_publish_take_notices(LwPublishing *publishing)
{
	for (guint i = 0; i < publishing->items->len; i++) {
		const LwPublishedItem *item = publishing->items->pdata[i];
		const LwReceipt *receipt = item->run.receipt;

		for (guint k = 0; receipt && k < receipt->notices->len; k++)
			add(publishing, item->published.id,
			    &g_array_index(receipt->notices, LwNotice, k));
		/* Nothing but pages can carry it: a text is laid out by whoever reads it. */
		if (item->run.plan && item->run.plan->stamp && !item->run.pages)
			lw_publish_note(publishing, item->published.id, "stamp-left-out");
	}
}

/* ---- for people ---- */

/* A line: what it is, and of which documents. */
static void tell_code(const LwPublishing *publishing, const LwJson *notices, guint code,
		      GString *out)
{
	LwLang lang = publishing->dossier->lakwerk->options.lang;
	g_autofree char *said = lw_message_in(lang, notes[code].message);
	const char *last = NULL;
	guint count = 0, documents = 0;

	for (gsize i = 0; i < lw_json_length(notices); i++) {
		const LwJson *notice = lw_json_at(notices, i);
		const char *id = lw_json_string_of(notice, "document");

		if (strcmp(lw_json_string_of(notice, "code"), notes[code].code))
			continue;
		if (!count++)
			g_string_append(out, said);
		if (!id || !g_strcmp0(id, last))
			continue;
		if (documents++ < NAMES_MOST)
			g_string_append_printf(out, "%s%s", documents == 1 ? ": " : ", ", id);
		last = id;
	}
	if (documents > NAMES_MOST)
		g_string_append_printf(out, " (+%u)", documents - NAMES_MOST);
	if (count)
		g_string_append_c(out, '\n');
}

static guint others(const LwJson *notices)
{
	guint count = 0;

	for (gsize i = 0; i < lw_json_length(notices); i++)
		count += !message_of(lw_json_string_of(lw_json_at(notices, i), "code"));
	return count;
}

static int number(const LwJson *json, const char *key)
{
	gint64 value = 0;

	lw_json_integer_of(json, key, &value);
	return (int)value;
}

/* Takes the English line. */
static void tell_line(const LwPublishing *publishing, GString *out, char *english)
{
	g_autofree char *said = lw_message_in(publishing->dossier->lakwerk->options.lang, english);

	g_string_append_printf(out, "%s\n", said);
	g_free(english);
}

char *lw_publish_tell(const LwPublishing *publishing, const LwJson *summary)
{
	const LwJson *notices = lw_json_member(summary, "notices");
	GString *out = g_string_new(NULL);

	tell_line(publishing, out,
		  g_strdup_printf("documents: %d, written and verified: %d, unchanged: %d, "
				  "redactions: %d",
				  number(summary, "documents"), number(summary, "written"),
				  number(summary, "unchanged"), number(summary, "marks")));
	if (lw_json_member(summary, "disclosed"))
		tell_line(publishing, out,
			  g_strdup_printf("newly readable: %d (nieuw-openbaar.csv)",
					  number(summary, "disclosed")));
	for (guint i = 0; i < G_N_ELEMENTS(notes); i++)
		tell_code(publishing, notices, i, out);
	if (others(notices))
		tell_line(publishing, out,
			  g_strdup_printf("other notices: %d (--json shows them)",
					  (int)others(notices)));
	return g_string_free(out, FALSE);
}
