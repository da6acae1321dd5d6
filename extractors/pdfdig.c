/* pdfdig.c - looks at the file as it lies on disk, where all others look at what qpdf made of it.
 *
 * What cannot be opened here is no part of the document that anybody shows, and is searched as
 * bytes. */
#include "extractors/pdfdig.h"

#include "engine/base/limits.h"
#include "engine/pdf/inspect.h"
#include "engine/pdf/object.h"
#include "extractors/pdf.h"

#include <string.h>

#define REVISIONS 32 /* the newest */

typedef struct {
	LwInspectFunc found;
	void *self;
	const char *channel;
	gboolean go;
} Digger;

static gboolean pass_on(void *self, const char *channel, const char *bytes, gsize length)
{
	Digger *digger = self;
	(void)channel;
	if (digger->go && length)
		digger->go = digger->found(digger->self, digger->channel, bytes, length);
	return digger->go;
}

static void report(Digger *digger, const char *bytes, gsize length)
{
	pass_on(digger, NULL, bytes, length);
}

/* --- earlier revisions --- */

static void dig_revision(Digger *digger, GBytes *revision)
{
	g_autoptr(LwDocument) document = lw_pdf_read(revision, LW_READ_ALL, NULL);
	g_autoptr(GBytes) plain = lw_pdf_normalise(revision, NULL, NULL, NULL);
	g_autoptr(LwPdf) pdf = plain ? lw_pdf_open(plain, NULL) : NULL;
	if (document)
		report(digger, document->text, document->length);
	if (pdf)
		lw_pdf_inspect_tree(pdf, pass_on, digger);
}

static const char *next(const char *at, const char *end, const char *word)
{
	return at < end ? memmem(at, (gsize)(end - at), word, strlen(word)) : NULL;
}

static void dig_revisions(Digger *digger, GBytes *file)
{
	gsize length;
	const char *bytes = g_bytes_get_data(file, &length), *end = bytes + length;
	g_autoptr(GArray) ends = g_array_new(FALSE, FALSE, sizeof(gsize));
	const char *linear = next(bytes, bytes + MIN(length, 1024), "/Linearized");
	for (const char *at = bytes; (at = next(at, end, "%%EOF")); at += 5) {
		gsize stop = (gsize)(at - bytes) + 5;
		g_array_append_val(ends, stop);
	}
	digger->channel = "pdf/revision";
	/* A linearized file has the end of its first page first. */
	for (guint i = ends->len; i > (linear ? 2u : 1u) && ends->len - i < REVISIONS; i--) {
		gsize stop = g_array_index(ends, gsize, i - 2);
		g_autoptr(GBytes) revision = g_bytes_new_from_bytes(file, 0, stop);
		if (next(bytes + stop, end, "startxref"))
			dig_revision(digger, revision);
	}
}

/* --- objects that nothing refers to --- */

static void reach(LwPdf *pdf, GPtrArray *stack, GHashTable *reached, LwPdfObject *value)
{
	LwPdfObject *object = lw_pdf_resolve(pdf, value);
	if (object && object->type >= LW_PDF_ARRAY && g_hash_table_add(reached, object))
		g_ptr_array_add(stack, object);
	else if (object && object->number)
		g_hash_table_add(reached, object);
}

/* Everything that can be reached from an object. */
static GHashTable *reached_from(LwPdf *pdf, LwPdfObject *start)
{
	GHashTable *reached = g_hash_table_new(NULL, NULL);
	g_autoptr(GPtrArray) stack = g_ptr_array_new();
	reach(pdf, stack, reached, start);
	while (stack->len) {
		LwPdfObject *object = g_ptr_array_steal_index(stack, stack->len - 1);
		const LwPdfObject *dictionary = lw_pdf_dictionary_of(object);
		for (guint i = 0; i < lw_pdf_length(object); i++)
			reach(pdf, stack, reached, object->array.items[i]);
		for (guint i = 0; dictionary && i < dictionary->dictionary.count; i++)
			reach(pdf, stack, reached, dictionary->dictionary.entries[i].value);
	}
	return reached;
}

static void report_value(Digger *digger, const LwPdfObject *object, guint depth)
{
	if (!object || depth > LW_LIMIT_NESTING)
		return;
	if (object->type == LW_PDF_STRING) {
		g_autofree char *text = lw_pdf_text(object);
		report(digger, text, strlen(text));
		report(digger, object->string.bytes, object->string.length);
	} else if (object->type == LW_PDF_NAME) {
		report(digger, object->string.bytes, object->string.length);
	}
	for (guint i = 0; i < lw_pdf_length(object); i++)
		report_value(digger, object->array.items[i], depth + 1);
	const LwPdfObject *dictionary = lw_pdf_dictionary_of(object);
	for (guint i = 0; dictionary && i < dictionary->dictionary.count; i++)
		report_value(digger, dictionary->dictionary.entries[i].value, depth + 1);
}

/* Part of how a file is written, not of what it says. */
static gboolean is_plumbing(LwPdf *pdf, const LwPdfObject *object)
{
	LwPdfObject *type = lw_pdf_find(pdf, object, "Type");
	return lw_pdf_is_name(type, "ObjStm") || lw_pdf_is_name(type, "XRef") ||
	       lw_pdf_find_raw(object, "Linearized") || object->type < LW_PDF_STRING;
}

static gboolean dig_orphans(Digger *digger, GBytes *file, GError **error)
{
	g_autoptr(GBytes) all = lw_pdf_normalise_all(file, error);
	g_autoptr(LwPdf) pdf = all ? lw_pdf_open(all, error) : NULL;
	if (!pdf)
		return FALSE;
	LwPdfObject *catalog = lw_pdf_catalog(pdf);
	LwPdfObject *every = lw_pdf_find(pdf, catalog, LW_PDF_EVERY_OBJECT);
	lw_pdf_remove(catalog, LW_PDF_EVERY_OBJECT);
	g_autoptr(GHashTable) reached = reached_from(pdf, lw_pdf_trailer(pdf));
	digger->channel = "pdf/orphan";
	for (guint i = 0; i < lw_pdf_length(every) && digger->go; i++) {
		LwPdfObject *object = lw_pdf_item(pdf, every, i);
		if (!object || g_hash_table_contains(reached, object) || is_plumbing(pdf, object))
			continue;
		report_value(digger, object, 0);
		g_autoptr(GBytes) data = object->type == LW_PDF_STREAM
						 ? lw_pdf_decode(pdf, object, NULL, NULL)
						 : NULL;
		gsize length = 0;
		const char *bytes = data ? g_bytes_get_data(data, &length) : NULL;
		report(digger, bytes, length);
	}
	return TRUE;
}

/* --- bytes outside objects --- */

static void dig_outside(Digger *digger, GBytes *file)
{
	gsize length;
	const char *bytes = g_bytes_get_data(file, &length), *end = bytes + length;
	const char *from = bytes;
	digger->channel = "pdf/outside";
	while (from && digger->go) {
		const char *object = next(from, end, " obj");
		const char *stop = object ? object : end;
		report(digger, from, (gsize)(stop - from));
		from = object ? next(object, end, "endobj") : NULL;
		if (from)
			from += strlen("endobj");
	}
}

gboolean lw_pdf_dig(GBytes *file, LwInspectFunc found, void *self, GError **error)
{
	Digger digger = {.found = found, .self = self, .go = TRUE};
	dig_revisions(&digger, file);
	dig_outside(&digger, file);
	return dig_orphans(&digger, file, error);
}
