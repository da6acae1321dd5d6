/* gold.c - what is common to both ways of labelling, and finding the files.
 *
 * A folder's .txt with an .ann beside it is brat standoff; one without is a file of cases. */
#include "engine/gold-read.h"

#include "engine/base/limits.h"
#include "engine/input.h"

#include <string.h>
#include <unistd.h>

static void span_clear(gpointer self)
{
	LwGoldSpan *span = self;

	g_array_unref(span->parts);
}

static void document_free(gpointer self)
{
	LwGoldDocument *document = self;

	g_array_unref(document->spans);
	g_free(document);
}

LwGold *lw_gold_new(void)
{
	LwGold *gold = g_new0(LwGold, 1);

	gold->arena = lw_arena_new();
	gold->documents = g_ptr_array_new_with_free_func(document_free);
	return gold;
}

void lw_gold_free(LwGold *gold)
{
	if (!gold)
		return;
	g_ptr_array_unref(gold->documents);
	lw_arena_free(gold->arena);
	g_free(gold);
}

LwGoldDocument *lw_gold_document(LwGold *gold, const char *name, const char *text, gsize length)
{
	LwGoldDocument *document = g_new0(LwGoldDocument, 1);

	document->name = lw_arena_strndup(gold->arena, name, strlen(name));
	document->text = lw_arena_strndup(gold->arena, text, length);
	document->length = length;
	document->spans = g_array_new(FALSE, TRUE, sizeof(LwGoldSpan));
	g_array_set_clear_func(document->spans, span_clear);
	g_ptr_array_add(gold->documents, document);
	return document;
}

LwGoldSpan *lw_gold_span(LwGoldDocument *document)
{
	LwGoldSpan *span;

	g_array_set_size(document->spans, document->spans->len + 1);
	span = &g_array_index(document->spans, LwGoldSpan, document->spans->len - 1);
	span->parts = g_array_new(FALSE, FALSE, sizeof(LwSpan));
	return span;
}

gboolean lw_gold_fault(GError **error, const char *name, guint line, const char *what)
{
	g_set_error(error, LW_ERROR, LW_ERROR_USAGE, "'%s':%u: %s", name, line, what);
	return FALSE;
}

/* The whole file as UTF-8 text; NULL with error. */
static char *read_text(LwInput *input, gsize *length, GError **error)
{
	int fd = input->fault ? -1 : lw_input_open(input, error);
	g_autofree char *bytes = NULL;
	gsize done = 0;
	ssize_t got = 1;

	if (input->fault)
		g_set_error(error, LW_ERROR, LW_ERROR_USAGE, "'%s': %s", input->path, input->fault);
	if (fd < 0)
		return NULL;
	*length = (gsize)input->size;
	if (*length <= LW_LIMIT_TEXT_BYTES)
		bytes = g_malloc0(*length + 1);
	while (bytes && done < *length && (got = read(fd, bytes + done, *length - done)) > 0)
		done += (gsize)got;
	close(fd);
	if (!bytes || done < *length || !g_utf8_validate(bytes, (gssize)*length, NULL)) {
		g_set_error(error, LW_ERROR, LW_ERROR_USAGE, "'%s': %s", input->path,
			    "is not text in UTF-8");
		return NULL;
	}
	return g_steal_pointer(&bytes);
}

static gboolean add_text(LwGold *gold, LwInput *input, LwInput *labels, GError **error)
{
	gsize length = 0, labels_length = 0;
	g_autofree char *text = read_text(input, &length, error);
	g_autofree char *standoff =
		text && labels ? read_text(labels, &labels_length, error) : NULL;

	if (!text || (labels && !standoff))
		return FALSE;
	return labels ? lw_gold_add_brat(gold, labels->path, text, length, standoff, error)
		      : lw_gold_add_cases(gold, input->path, text, error);
}

/* "a/b.txt" of "a/b.ann", and the other way round; yours. */
static char *with_suffix(const char *path, const char *suffix)
{
	g_autofree char *stem = g_strndup(path, strlen(path) - 4);

	return g_strconcat(stem, suffix, NULL);
}

/* Every .txt once, with the .ann beside it when there is one; other files of a folder are no gold.
 */
static gboolean add_input(LwGold *gold, LwInput *input, GHashTable *seen, GError **error)
{
	g_autofree char *path = NULL, *standoff = NULL;
	g_autoptr(GPtrArray) pair = NULL;
	gboolean labelled;

	if (!g_str_has_suffix(input->path, ".txt") && !g_str_has_suffix(input->path, ".ann"))
		return TRUE;
	path = with_suffix(input->path, ".txt");
	standoff = with_suffix(input->path, ".ann");
	if (!g_hash_table_add(seen, g_strdup(path)))
		return TRUE;
	labelled = g_file_test(standoff, G_FILE_TEST_EXISTS);
	pair = lw_inputs_new((const char *const[]){path, labelled ? standoff : NULL, NULL}, error);
	return pair && add_text(gold, pair->pdata[0], labelled ? pair->pdata[1] : NULL, error);
}

LwGold *lw_gold_open(const char *const *paths, GError **error)
{
	g_autoptr(GPtrArray) inputs = lw_inputs_new(paths, error);
	g_autoptr(LwGold) gold = lw_gold_new();
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

	for (guint i = 0; inputs && i < inputs->len; i++)
		if (!add_input(gold, inputs->pdata[i], seen, error))
			return NULL;
	if (inputs && !gold->documents->len)
		g_set_error_literal(error, LW_ERROR, LW_ERROR_USAGE,
				    "no labelled documents: .txt with .ann beside it, or cases");
	return inputs && gold->documents->len ? g_steal_pointer(&gold) : NULL;
}
