/* publish-check.c - the last look at a publication, before its folder gets a name.
 *
 * What every publication of this office says, whatever is in its documents, is made once more with
 * documents that say nothing: what stands there was not removed from anything. */
#include "engine/publish.h"

#include "engine/outgoing.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* A document as it is listed, without any word that people or documents gave it. Yours. */
static LwPublishedDocument *neutral_document(const LwPublishedDocument *document)
{
	LwPublishedDocument *neutral = g_memdup2(document, sizeof(*document));

	neutral->title = document->id;
	neutral->remark = NULL;
	neutral->link = document->link ? "https://" : NULL; /* what is public already needs one */
	return neutral;
}

/* Fills neutral; its documents are yours. */
static void neutral_publication(const LwPublication *publication, LwPublication *neutral)
{
	*neutral = *publication;
	neutral->title = "Dossier";
	neutral->description = NULL;
	neutral->documents = g_ptr_array_new_with_free_func(g_free);
	for (guint i = 0; i < publication->documents->len; i++)
		g_ptr_array_add(neutral->documents,
				neutral_document(publication->documents->pdata[i]));
}

/* A drawn report is read where documents are read; yours, NULL with error. */
static char *drawn_words(const LwPublishing *publishing, const char *path, GError **error)
{
	const LwReadOptions plain = {0};
	LwReadAnswer answer = {0};
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	LwTask *task = fd < 0 ? NULL : lw_task_read(fd, &plain, error);
	gboolean read;
	char *words;

	if (fd >= 0)
		close(fd);
	task = lw_run_wait(&publishing->dossier->lakwerk->options, task, error);
	read = task && lw_task_answer_read(task, &answer, error);
	lw_task_free(task);
	if (!read)
		return NULL;
	words = g_strndup(answer.document->text, answer.document->length);
	lw_document_free(answer.document);
	lw_entities_free(answer.entities);
	g_free(answer.sha256);
	return words;
}

static gboolean add_file(const LwPublishing *publishing, const char *path, GString *ours,
			 GError **error)
{
	g_autofree char *bytes = NULL, *words = NULL;
	g_autoptr(GBytes) held = NULL;
	gsize length;

	if (!g_file_get_contents(path, &bytes, &length, error))
		return FALSE;
	if (g_str_has_prefix(bytes, "%PDF-")) {
		words = drawn_words(publishing, path, error);
	} else {
		held = g_bytes_new_take(g_steal_pointer(&bytes), length);
		words = lw_report_words(held);
	}
	if (words)
		g_string_append(ours, words);
	return words != NULL;
}

/* Takes the files away as it reads them. */
static gboolean add_folder(const LwPublishing *publishing, const char *folder, GString *ours,
			   GError **error)
{
	g_autoptr(GDir) entries = g_dir_open(folder, 0, error);
	const char *entry;
	gboolean done = entries != NULL;

	while (done && (entry = g_dir_read_name(entries))) {
		g_autofree char *path = g_build_filename(folder, entry, NULL);

		done = add_file(publishing, path, ours, error);
		(void)g_unlink(path);
	}
	(void)g_rmdir(folder);
	return done;
}

/* Passages that people left readable are told as what is readable now. */
static void add_disclosed(const LwPublishing *publishing, GString *ours)
{
	for (gsize i = 0; publishing->disclosed && i < lw_json_length(publishing->disclosed); i++) {
		const char *text = lw_json_string_of(lw_json_at(publishing->disclosed, i), "text");

		g_string_append_printf(ours, "%s\x1e", text ? text : "");
	}
}

/* Yours; NULL with error. */
static char *words_of_ours(const LwPublishing *publishing, GError **error)
{
	g_autofree char *folder = g_build_filename(publishing->internal_draft, "ours", NULL);
	g_autoptr(GPtrArray) runs = g_ptr_array_new();
	g_autoptr(LwJson) notices = lw_json_array_new(), files = lw_json_object_new();
	g_autofree char *log = NULL;
	LwPublishing other = *publishing;
	GString *ours;
	gboolean done;

	for (guint i = 0; i < publishing->items->len; i++)
		g_ptr_array_add(runs, publishing->items->pdata[i]);
	log = lw_log_words(runs);
	ours = g_string_new(log);
	neutral_publication(&publishing->publication, &other.publication);
	other.draft = folder;
	other.notices = notices;
	other.files = files;
	other.disclosed = NULL;
	done = lw_publish_reports(&other, error) && add_folder(publishing, folder, ours, error);
	g_ptr_array_unref(other.publication.documents);
	add_disclosed(publishing, ours);
	return g_string_free(ours, !done);
}

gboolean lw_publish_check(const LwPublishing *publishing, GError **error)
{
	const LwRunOptions *options = &publishing->dossier->lakwerk->options;
	g_autoptr(GHashTable) documents = g_hash_table_new(g_str_hash, g_str_equal);
	g_autofree char *ours = words_of_ours(publishing, error);
	g_autoptr(LwOutgoing) outgoing =
		ours ? lw_outgoing_new(options, publishing->secrets, ours) : NULL;

	for (guint i = 0; i < publishing->items->len; i++) {
		const LwPublishedItem *item = publishing->items->pdata[i];

		if (item->goes)
			g_hash_table_add(documents, (gpointer)item->published.file);
	}
	return outgoing && lw_outgoing_check_folder(outgoing, publishing->draft, documents, error);
}
