/* publish-data.c - fills a publication from a dossier: what is published, what it is called, how
 * much was removed under which ground, and what an earlier publication had.
 *
 * A title or remark in which something stands that was removed does not go out. */
#include "engine/publish.h"

#include "engine/base/text.h"
#include "engine/dossier/document.h"
#include "engine/dossier/sample.h"
#include "engine/base/install.h"
#include "engine/output.h"

#include <gio/gio.h>
#include <string.h>

static const char *keep(LwArena *arena, const char *text)
{
	return text && *text ? lw_arena_strndup(arena, text, strlen(text)) : NULL;
}

static LwJudgement judgement_of(const char *name)
{
	for (LwJudgement i = LW_JUDGEMENT_PUBLIC; i <= LW_JUDGEMENT_ALREADY; i++)
		if (!strcmp(name, lw_judgement_name(i)))
			return i;
	return LW_JUDGEMENT_CLOSED;
}

/* ".pdf", in lower case; "" when the name has none that could be one. */
static char *suffix_of(const char *name)
{
	const char *dot = strrchr(name, '.');
	char *suffix = g_ascii_strdown(dot ? dot : "", -1);

	if (strlen(suffix) < 2 || strlen(suffix) > 6 ||
	    suffix[1 + strspn(suffix + 1, "abcdefghijklmnopqrstuvwxyz0123456789")])
		*suffix = '\0';
	return suffix;
}

/* What it was (woo.md 3.2). */
static const char *source_type(const char *type, const char *suffix)
{
	static const char *const map[][2] = {
		{"e-mail", "email"},	  {"chat", "chat"},  {"presentatie", "presentation"},
		{"tabel", "spreadsheet"}, {".pdf", "pdf"},   {".ods", "spreadsheet"},
		{".odp", "presentation"}, {".eml", "email"},
	};

	for (guint i = 0; i < G_N_ELEMENTS(map); i++)
		if (!g_strcmp0(type, map[i][0]) || !strcmp(suffix, map[i][0]))
			return map[i][1];
	return "doc";
}

static guint32 number_of(GHashTable *table, gint64 document, const char *field)
{
	const char *text = lw_table_value(table, "d:", document, field);

	return text ? (guint32)g_ascii_strtoull(text, NULL, 10) : 0;
}

static const char *id_of(LwArena *arena, gint64 number)
{
	g_autofree char *id = g_strdup_printf("%04d", (int)number);

	return keep(arena, id);
}

static void item_describe(LwPublishedItem *item, GHashTable *table, const char *name)
{
	LwPublishedDocument *published = &item->published;
	LwArena *arena = item->arena;
	gint64 number = item->number;
	g_autofree char *suffix = suffix_of(name), *base = g_path_get_basename(name);
	g_autofree char *file = NULL, *content = NULL, *media = NULL;
	const char *title = lw_table_value(table, "d:", number, "title");

	base[strlen(base) - (suffix[0] ? strlen(suffix) : 0)] = '\0';
	published->id = id_of(arena, number);
	published->title = keep(arena, title ? title : base);
	published->date = keep(arena, lw_table_value(table, "d:", number, "date"));
	published->document_type = keep(arena, lw_table_value(table, "d:", number, "type"));
	published->source_type = source_type(published->document_type, suffix);
	published->family = number_of(table, number, "family");
	published->thread = number_of(table, number, "thread");
	published->suspended = !g_strcmp0(lw_table_value(table, "d:", number, "suspended"), "true");
	published->remark = keep(arena, lw_table_value(table, "d:", number, "remark"));
	published->link = keep(arena, lw_table_value(table, "d:", number, "url"));
	if (number_of(table, number, "duplicate_of"))
		published->duplicate_of = id_of(arena, number_of(table, number, "duplicate_of"));
	item->goes = published->judgement == LW_JUDGEMENT_PUBLIC ||
		     published->judgement == LW_JUDGEMENT_PARTLY;
	file = g_strconcat(published->id, *suffix ? suffix : ".txt", NULL);
	content = g_content_type_guess(file, NULL, 0, NULL);
	media = g_content_type_get_mime_type(content);
	published->file = item->goes ? keep(arena, file) : NULL;
	published->media_type = keep(arena, media);
}

static void item_free(gpointer self)
{
	LwPublishedItem *item = self;

	g_clear_pointer(&item->accepted, lw_accepted_free);
	g_clear_pointer(&item->bytes, g_bytes_unref);
	g_clear_pointer(&item->run.plan, lw_plan_free);
	g_clear_pointer(&item->run.receipt, lw_receipt_free);
	g_clear_pointer(&item->run.open, g_ptr_array_unref);
	g_array_unref(item->run.notices);
	g_array_unref(item->grounds);
	lw_arena_free(item->arena);
	g_clear_pointer(&item->plan, g_variant_unref);
	g_free(item->plan_digest);
	g_free(item->run.sha256);
	g_free(item->run.format);
	g_free(item->run.output_sha256);
	g_free(item->run.message);
	g_free(item);
}

static void add_item(LwPublishing *publishing, const LwCursor *rows, GHashTable *table)
{
	LwDossier *dossier = &publishing->dossier->inner;
	LwPublishedItem *item = g_new0(LwPublishedItem, 1);

	item->number = lw_cursor_integer(rows, 0);
	item->arena = lw_arena_new();
	item->grounds = g_array_new(FALSE, TRUE, sizeof(LwGroundShare));
	item->run.notices = g_array_new(FALSE, FALSE, sizeof(LwNotice));
	item->run.sha256 = g_strdup(lw_cursor_text(rows, 2));
	item->run.format = g_strdup(lw_cursor_text(rows, 3));
	item->run.pages = (guint)lw_cursor_integer(rows, 4);
	/* A row never vanishes from the lists: what is no longer here is listed as closed. */
	item->published.judgement =
		strcmp(lw_cursor_text(rows, 6), "removed")
			? judgement_of(lw_judgement_of(dossier, table, item->number))
			: LW_JUDGEMENT_CLOSED;
	item->read = !strcmp(lw_cursor_text(rows, 6), "read");
	item->published.pages = (guint32)MAX(1, lw_cursor_integer(rows, 4));
	item->published.pages_seen = (guint32)lw_cursor_integer(rows, 5);
	item_describe(item, table, lw_cursor_text(rows, 1));
	g_ptr_array_add(publishing->items, item);
	g_ptr_array_add(publishing->publication.documents, &item->published);
}

static void collect_settings(LwPublishing *publishing)
{
	LwDossier *dossier = &publishing->dossier->inner;
	LwPublication *publication = &publishing->publication;
	struct {
		const char *name, **to;
	} const fields[] = {
		{"title", &publication->title},
		{"description", &publication->description},
		{"organisation", &publication->organisation},
		{"tooi", &publication->tooi},
		{"matter", &publication->matter},
		{"prefix", &publication->prefix},
		{"requested", &publication->requested},
		{"decided", &publication->decided},
		{"url", &publication->url},
		{"category", &publication->category},
	};
	g_autofree char *today = lw_dossier_today(dossier);
	g_autofree char *signature = lw_state_text(dossier, "s", "signed");

	for (guint i = 0; i < G_N_ELEMENTS(fields); i++) {
		g_autofree char *value = lw_state_text(dossier, "s", fields[i].name);

		*fields[i].to = keep(publishing->arena, value);
	}
	publication->date = keep(publishing->arena, today);
	publication->version = LW_VERSION;
	publication->policy = publishing->dossier->policy_digest;
	publication->reviewed = TRUE;
	publication->one_person = !g_strcmp0(signature, "one-person");
	publication->second = signature && !publication->one_person;
}

/* Who signed, and on which day. */
static void collect_approval(LwPublishing *publishing)
{
	g_autoptr(LwCursor) rows = lw_store_ask(
		publishing->dossier->inner.store,
		"SELECT reviewer, substr(time, 1, 10) FROM state JOIN event ON event.id "
		"= state.event WHERE subject = 's' AND field = 'signed' AND value IS "
		"NOT NULL",
		"");

	if (!lw_cursor_next(rows))
		return;
	publishing->approver = g_strdup(lw_cursor_text(rows, 0));
	publishing->approved = g_strdup(lw_cursor_text(rows, 1));
}

static void collect_sample(LwPublishing *publishing)
{
	LwPublication *publication = &publishing->publication;
	LwSampleResult result;

	lw_sample_result(&publishing->dossier->inner, &result);
	publication->pages_sampled = result.checked;
	publication->missed = result.items;
	publication->bound = result.checked || !result.unmarked ? result.bound : -1;
}

gboolean lw_publish_collect(LwPublishing *publishing, GError **error)
{
	LwDossier *dossier = &publishing->dossier->inner;
	g_autoptr(GHashTable) table = NULL;
	g_autoptr(LwCursor) rows = NULL;
	gboolean done;

	publishing->items = g_ptr_array_new_with_free_func(item_free);
	publishing->publication.documents = g_ptr_array_new();
	g_rec_mutex_lock(&publishing->dossier->lock);
	collect_settings(publishing);
	collect_approval(publishing);
	collect_sample(publishing);
	table = lw_state_table(dossier, "d:");
	rows = lw_store_ask(
		dossier->store,
		"SELECT id, name, sha256, format, pages, (SELECT count(DISTINCT subject) "
		"FROM state WHERE subject >= 'p:' || id || ':' AND subject < 'p:' || id || "
		"';' AND value = '1'), state FROM document ORDER BY id",
		"");
	while (lw_cursor_next(rows)) {
		g_autofree char *id = g_strdup_printf("%04d", (int)lw_cursor_integer(rows, 0));

		if (strcmp(lw_cursor_text(rows, 6), "removed") || lw_publish_before(publishing, id))
			add_item(publishing, rows, table);
	}
	g_clear_pointer(&rows, lw_cursor_free);
	done = lw_store_check(dossier->store, error);
	g_rec_mutex_unlock(&publishing->dossier->lock);
	return done;
}

/* ---- how much was removed ---- */

static LwGroundShare *share_at(GArray *shares, const char *ground)
{
	LwGroundShare none = {ground, 0, 0};

	for (guint i = 0; i < shares->len; i++)
		if (!strcmp(g_array_index(shares, LwGroundShare, i).ground, ground))
			return &g_array_index(shares, LwGroundShare, i);
	g_array_append_val(shares, none);
	return &g_array_index(shares, LwGroundShare, shares->len - 1);
}

static int compare_shares(gconstpointer a, gconstpointer b)
{
	const char *one = ((const LwGroundShare *)a)->ground;
	const char *two = ((const LwGroundShare *)b)->ground;

	for (guint i = 0; lw_ground_at(i); i++) {
		if (!strcmp(lw_ground_at(i)->id, one))
			return -1;
		if (!strcmp(lw_ground_at(i)->id, two))
			return 1;
	}
	return strcmp(one, two);
}

/* Points of text under marks, by ground; a mark with two counts for both. */
static gint64 count_marks(LwPublishing *publishing, LwPublishedItem *item)
{
	g_autoptr(LwCursor) rows = lw_store_ask(publishing->dossier->inner.store,
						"SELECT coalesce(grounds, ground), points FROM "
						"live WHERE document = ? AND decision = "
						"'accepted'",
						"i", item->number);
	gint64 removed = 0;

	while (lw_cursor_next(rows)) {
		const char *grounds = lw_cursor_text(rows, 0);
		g_auto(GStrv) ids = g_strsplit(grounds ? grounds : "", ";", -1);

		item->published.marks++;
		removed += lw_cursor_integer(rows, 1);
		for (guint i = 0; ids[i]; i++) {
			const LwGround *ground = lw_ground_parse(ids[i]);
			LwGroundShare *share;

			if (!ground)
				continue;
			share = share_at(item->grounds, ground->id);
			share->marks++;
			share->share += (double)lw_cursor_integer(rows, 1);
		}
	}
	return removed;
}

static void complete_item(LwPublishing *publishing, LwPublishedItem *item, gint64 *removed,
			  gint64 *all)
{
	LwPublication *publication = &publishing->publication;
	gint64 points =
		lw_store_number(publishing->dossier->inner.store, 0,
				"SELECT points FROM document WHERE id = ?", "i", item->number);
	gint64 gone = item->goes ? count_marks(publishing, item) : 0;

	publication->pages += item->published.pages;
	publication->pages_seen += item->published.pages_seen;
	for (guint i = 0; i < item->grounds->len; i++) {
		LwGroundShare *share = &g_array_index(item->grounds, LwGroundShare, i);
		LwGroundShare *total = share_at(publication->grounds, share->ground);

		total->marks += share->marks;
		total->share += share->share;
		share->share = points ? MIN(1, share->share / (double)points) : 0;
	}
	g_array_sort(item->grounds, compare_shares);
	item->published.grounds = item->grounds;
	item->published.share = points ? MIN(1, (double)gone / (double)points) : 0;
	*removed += gone;
	*all += item->goes ? points : 0;
}

/* What people wrote is read by everybody: nothing of what was removed may stand in it. */
static gboolean tells(const LwSecrets *secrets, const char *words)
{
	return words && lw_secrets_in_text(secrets, words, strlen(words)) >= 0;
}

static void clean_words(LwPublishing *publishing, const LwSecrets *secrets, LwPublishedItem *item)
{
	LwPublishedDocument *published = &item->published;

	if (!published->title || tells(secrets, published->title)) {
		g_autofree char *plain = g_strdup_printf("Document %s", published->id);

		published->title = keep(item->arena, plain);
		lw_publish_note(publishing, published->id, "title-replaced");
	}
	if (tells(secrets, published->remark)) {
		published->remark = NULL;
		lw_publish_note(publishing, published->id, "remark-left-out");
	}
	if (tells(secrets, published->link)) {
		published->link = NULL;
		lw_publish_note(publishing, published->id, "link-left-out");
	}
	if (!published->date && publishing->publication.matter)
		lw_publish_note(publishing, published->id, "no-date");
}

LwSecrets *lw_publish_secrets(const LwPublishing *publishing)
{
	g_autoptr(GPtrArray) strings = g_ptr_array_new();
	GHashTableIter iter;
	gpointer string;

	g_hash_table_iter_init(&iter, publishing->secrets);
	while (g_hash_table_iter_next(&iter, &string, NULL))
		g_ptr_array_add(strings, string);
	return lw_secrets_new(strings);
}

static void complete_shares(LwPublication *publication, gint64 removed, gint64 all)
{
	for (guint i = 0; i < publication->grounds->len; i++) {
		LwGroundShare *share = &g_array_index(publication->grounds, LwGroundShare, i);

		share->share = all ? MIN(1, share->share / (double)all) : 0;
	}
	g_array_sort(publication->grounds, compare_shares);
	publication->share = all ? MIN(1, (double)removed / (double)all) : 0;
}

/* What is missing for a report, in the order in which it is asked for. */
static void note_missing(LwPublishing *publishing)
{
	const LwPublication *publication = &publishing->publication;
	const struct {
		const char *value, *code;
	} needed[] = {{publication->matter, "no-matter"},
		      {publication->tooi, "no-tooi"},
		      {publication->organisation, "no-organisation"},
		      {publication->url, "no-url"},
		      {publication->decided, "no-decided"},
		      {publication->requested, "no-requested"}};

	for (guint i = 0; i < G_N_ELEMENTS(needed); i++)
		if (!needed[i].value)
			lw_publish_note(publishing, NULL, needed[i].code);
}

gboolean lw_publish_complete(LwPublishing *publishing, GError **error)
{
	LwPublication *publication = &publishing->publication;
	g_autoptr(LwSecrets) secrets = lw_publish_secrets(publishing);
	const char **words[] = {&publication->title, &publication->description};
	gint64 removed = 0, all = 0;

	note_missing(publishing);
	publication->grounds = g_array_new(FALSE, TRUE, sizeof(LwGroundShare));
	g_rec_mutex_lock(&publishing->dossier->lock);
	for (guint i = 0; i < publishing->items->len; i++) {
		complete_item(publishing, publishing->items->pdata[i], &removed, &all);
		clean_words(publishing, secrets, publishing->items->pdata[i]);
	}
	g_rec_mutex_unlock(&publishing->dossier->lock);
	complete_shares(publication, removed, all);
	for (guint i = 0; i < G_N_ELEMENTS(words); i++)
		if (tells(secrets, *words[i])) {
			*words[i] = NULL;
			lw_publish_note(publishing, NULL, "title-replaced");
		}
	if (!publication->title)
		publication->title = "Dossier";
	return !publication->matter || lw_publication_check(publication, error);
}

/* ---- lists and reports ---- */

static gboolean put(LwPublishing *publishing, const char *name, GBytes *bytes, GError **error)
{
	g_autofree char *path = g_build_filename(publishing->draft, name, NULL);
	gsize length = 0;
	const void *data = bytes ? g_bytes_get_data(bytes, &length) : NULL;
	gboolean done = bytes && lw_output_write(path, data, length, LW_OUTPUT_NEW, error);
	g_autofree char *sha256 = g_compute_checksum_for_data(G_CHECKSUM_SHA256, data, length);

	lw_json_set_string(publishing->files, name, sha256);
	g_clear_pointer(&bytes, g_bytes_unref);
	return done;
}

static GBytes *json_bytes(const LwJson *json)
{
	char *printed = lw_json_print(json);

	return g_bytes_new_take(printed, strlen(printed));
}

/* Reports that need a setting are made when it is there. */
static gboolean put_optional(LwPublishing *publishing, GError **error)
{
	const LwPublication *publication = &publishing->publication;

	if (!publication->matter)
		return TRUE;
	if (!put(publishing, "productierapport.xlsx", lw_production_report(publication, error),
		 error))
		return FALSE;
	if (!publication->tooi || !publication->organisation || !publication->url)
		return TRUE;
	return put(publishing, "diwoo.xml", lw_diwoo(publication, error), error) &&
	       put(publishing, "woogle.json", lw_woogle(publication, error), error);
}

gboolean lw_publish_reports(LwPublishing *publishing, GError **error)
{
	const LwPublication *publication = &publishing->publication;
	LwLang lang = publishing->dossier->lakwerk->options.lang;

	if (!put(publishing, "inventarislijst.xlsx", lw_inventory_xlsx(publication, lang, error),
		 error) ||
	    !put(publishing, "inventarislijst.ods", lw_inventory_ods(publication, lang, error),
		 error) ||
	    !put(publishing, "lakverantwoording.json", lw_account_json(publication), error) ||
	    !put(publishing, "lakverantwoording.pdf", lw_account_pdf(publication, lang, error),
		 error) ||
	    !put_optional(publishing, error))
		return FALSE;
	return !publishing->disclosed ||
	       (put(publishing, "nieuw-openbaar.json", json_bytes(publishing->disclosed), error) &&
		put(publishing, "nieuw-openbaar.csv", lw_disclosed_csv(publishing->disclosed, lang),
		    error));
}

/* ---- what the next one compares with ---- */

static LwJson *marks_memory(LwPublishing *publishing, const LwPublishedItem *item)
{
	LwJson *list = lw_json_array_new();
	g_autoptr(LwCursor) rows = lw_store_ask(
		publishing->dossier->inner.store,
		"SELECT id, page, offset, points, text FROM live WHERE document = ? AND decision = "
		"'accepted' ORDER BY start, id",
		"i", item->number);

	while (lw_cursor_next(rows)) {
		LwJson *mark = lw_json_object_new();

		lw_json_set_string(mark, "id", lw_cursor_text(rows, 0));
		lw_json_set_integer(mark, "page", lw_cursor_integer(rows, 1));
		lw_json_set_integer(mark, "offset", lw_cursor_integer(rows, 2));
		lw_json_set_integer(mark, "length", lw_cursor_integer(rows, 3));
		lw_json_set_string(mark, "text", lw_cursor_text(rows, 4));
		lw_json_append(list, mark);
	}
	return list;
}

LwJson *lw_publish_memory(LwPublishing *publishing)
{
	LwJson *json = lw_json_object_new(), *documents = lw_json_array_new();

	lw_json_set_integer(json, "schema", 1);
	lw_json_set_string(json, "date", publishing->publication.date);
	g_rec_mutex_lock(&publishing->dossier->lock);
	for (guint i = 0; i < publishing->items->len; i++) {
		const LwPublishedItem *item = publishing->items->pdata[i];
		LwJson *entry = lw_json_object_new();

		lw_json_set_string(entry, "id", item->published.id);
		lw_json_set_string(entry, "title", item->published.title);
		lw_json_set_string(entry, "file", item->published.file);
		lw_json_set_string(entry, "judgement",
				   lw_judgement_name(item->published.judgement));
		lw_json_set_string(entry, "input", item->run.sha256);
		lw_json_set_string(entry, "output", item->run.output_sha256);
		lw_json_set_integer(entry, "pages", item->published.pages);
		lw_json_set(entry, "marks",
			    item->goes ? marks_memory(publishing, item) : lw_json_array_new());
		lw_json_append(documents, entry);
	}
	g_rec_mutex_unlock(&publishing->dossier->lock);
	lw_json_set(json, "documents", documents);
	return json;
}
