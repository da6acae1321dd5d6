/* object.c - opens PDF files: what is not plain qpdf writes anew; we parse object by object when
 * asked for.
 *
 * Invariant: an object is parsed at most once; a NULL slot with no offset is an object that does
 * not exist. */
#include "engine/pdf/object.h"

#include "engine/base/limits.h"
#include "engine/pdf/file.h"
#include "engine/pdf/filter.h"
#include "engine/pdf/lexer.h"
#include "engine/pdf/xref.h"

#include <qpdf/qpdf-c.h>
#include <stdlib.h>
#include <string.h>

static gboolean refuse(GError **error, const char *message)
{
	g_set_error_literal(error, LW_ERROR, LW_ERROR_UNREADABLE, message);
	return FALSE;
}

static const char *reason_of(qpdf_data q)
{
	if (!qpdf_has_error(q))
		return "the PDF is damaged beyond repair";
	switch (qpdf_get_error_code(q, qpdf_get_error(q))) {
	case qpdf_e_password:
		return "the PDF is encrypted with a password";
	case qpdf_e_unsupported:
		return "the PDF uses an encryption or feature that cannot be read";
	default:
		return "the PDF is damaged beyond repair";
	}
}

/* Whatever the pages do not show: half of a tagged file. */
static void leave_out_the_rest(qpdf_data q)
{
	static const char *const keys[] = {"/StructTreeRoot", "/Outlines", "/Names", "/Metadata",
					   "/Threads"};
	qpdf_oh root = qpdf_get_root(q);
	for (guint i = 0; i < G_N_ELEMENTS(keys) && qpdf_oh_is_dictionary(q, root); i++)
		qpdf_oh_remove_key(q, root, keys[i]);
}

/* Freeing a hundred thousand objects takes longer than reading them, and a worker ends with its
 * document: only what came before the last file is freed. */
static void hold(qpdf_data q)
{
	static qpdf_data held;
	if (held)
		qpdf_cleanup(&held);
	held = q;
}

typedef void (*Prepare)(qpdf_data q);

static void refer_to_all(qpdf_data q)
{
	qpdf_oh all = qpdf_oh_new_array(q), trailer = qpdf_get_trailer(q);
	int size = qpdf_oh_get_int_value_as_int(q, qpdf_oh_get_key(q, trailer, "/Size"));
	for (int i = 1; i < MIN(size, (int)LW_LIMIT_OBJECTS); i++) {
		qpdf_oh object = qpdf_get_object_by_id(q, i, 0);
		if (!qpdf_oh_is_null(q, object))
			qpdf_oh_append_item(q, all, object);
	}
	qpdf_oh_replace_key(q, qpdf_get_root(q), "/" LW_PDF_EVERY_OBJECT, all);
}

static GBytes *normalise(GBytes *input, Prepare prepare, gboolean *encrypted, gboolean *repaired,
			 GError **error)
{
	gsize length;
	const char *bytes = g_bytes_get_data(input, &length);
	if (length > LW_LIMIT_INPUT_BYTES)
		return refuse(error, "the file is too large"), NULL;
	if (prepare != refer_to_all && lw_pdf_is_plain(input)) {
		if (encrypted)
			*encrypted = FALSE;
		if (repaired)
			*repaired = FALSE;
		return g_bytes_ref(input);
	}
	qpdf_data q = qpdf_init();
	qpdf_silence_errors(q);
	qpdf_set_suppress_warnings(q, QPDF_TRUE);
	GBytes *result = NULL;
	int status = qpdf_read_memory(q, "input", bytes ? bytes : "", length, NULL);
	if (!(status & QPDF_ERRORS) && !qpdf_has_error(q)) {
		if (encrypted)
			*encrypted = qpdf_is_encrypted(q);
		if (prepare)
			prepare(q);
		qpdf_init_write_memory(q);
		qpdf_set_object_stream_mode(q, qpdf_o_disable);
		qpdf_set_stream_data_mode(q, qpdf_s_preserve);
		qpdf_set_preserve_encryption(q, QPDF_FALSE);
		qpdf_set_suppress_original_object_IDs(q, QPDF_TRUE);
		qpdf_set_static_ID(q, QPDF_TRUE); /* the /ID is replaced by ours anyway */
		status |= qpdf_write(q);
		if (!(status & QPDF_ERRORS) && !qpdf_has_error(q))
			result = g_bytes_new(qpdf_get_buffer(q), qpdf_get_buffer_length(q));
	}
	if (!result)
		refuse(error, reason_of(q));
	if (repaired)
		*repaired = (status & QPDF_WARNINGS) || qpdf_more_warnings(q);
	hold(q);
	return result;
}

GBytes *lw_pdf_normalise(GBytes *input, gboolean *encrypted, gboolean *repaired, GError **error)
{
	return normalise(input, NULL, encrypted, repaired, error);
}

GBytes *lw_pdf_normalise_pages(GBytes *input, gboolean *encrypted, gboolean *repaired,
			       GError **error)
{
	return normalise(input, leave_out_the_rest, encrypted, repaired, error);
}

GBytes *lw_pdf_normalise_all(GBytes *input, GError **error)
{
	return normalise(input, refer_to_all, NULL, NULL, error);
}

LwPdf *lw_pdf_new(void)
{
	LwPdf *pdf = g_new0(LwPdf, 1);
	pdf->arena = lw_arena_new();
	pdf->objects = g_ptr_array_new();
	pdf->holders = g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)lw_pdf_holder_free);
	pdf->buffers = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
	pdf->pages = g_ptr_array_new();
	g_ptr_array_add(pdf->objects, NULL); /* number 0 is never used */
	pdf->trailer = lw_pdf_new_dictionary(pdf);
	return pdf;
}

void lw_pdf_free(LwPdf *pdf)
{
	if (!pdf)
		return;
	g_ptr_array_unref(pdf->objects);
	g_ptr_array_unref(pdf->buffers);
	g_ptr_array_unref(pdf->pages);
	g_clear_pointer(&pdf->bytes, g_bytes_unref);
	g_hash_table_unref(pdf->holders);
	g_free(pdf->slots);
	lw_arena_free(pdf->arena);
	g_free(pdf);
}

LwArena *lw_pdf_arena(LwPdf *pdf)
{
	return pdf->arena;
}

GBytes *lw_pdf_keep(LwPdf *pdf, GBytes *bytes)
{
	g_ptr_array_add(pdf->buffers, bytes);
	return bytes;
}

static LwPdfObject *parse_stream(LwPdf *pdf, LwPdfObject *dictionary, LwPdfLexer *lexer)
{
	const char *at = lexer->at;
	while (at < lexer->end && (*at == ' ' || *at == '\n' || *at == '\r'))
		at++;
	if (lexer->end - at < 7 || memcmp(at, "stream", 6))
		return dictionary;
	at += 6;
	at += at < lexer->end && *at == '\r';
	at += at < lexer->end && *at == '\n';
	gint64 length = lw_pdf_integer(pdf, lw_pdf_find_raw(dictionary, "Length"), 0);
	if (length < 0 || length > lexer->end - at)
		length = 0;
	LwPdfObject *stream = lw_arena_new0(pdf->arena, LwPdfObject, 1);
	stream->type = LW_PDF_STREAM;
	stream->stream.dictionary = dictionary;
	gsize from = (gsize)(at - lexer->start);
	stream->stream.raw =
		lw_pdf_keep(pdf, g_bytes_new_from_bytes(pdf->bytes, from, (gsize)length));
	return stream;
}

/* "n 0 obj" and what follows. */
static LwPdfObject *parse_at(LwPdf *pdf, gsize offset)
{
	gsize length;
	const char *bytes = g_bytes_get_data(pdf->bytes, &length);
	LwPdfLexer lexer;
	lw_pdf_lexer_init(&lexer, pdf, pdf->arena, bytes, length);
	lexer.at = bytes + offset;
	for (int i = 0; i < 3; i++)
		lw_pdf_lex(&lexer);
	LwPdfObject *object = lw_pdf_lex_file(&lexer);
	if (object && object->type == LW_PDF_DICTIONARY)
		object = parse_stream(pdf, object, &lexer);
	return object;
}

LwPdfObject *lw_pdf_parse_object(LwPdf *pdf, guint32 number)
{
	if (!number || number >= pdf->objects->len)
		return NULL;
	LwPdfObject *known = pdf->objects->pdata[number];
	if (known || number >= pdf->slot_count)
		return known;
	LwPdfSlot slot = pdf->slots[number];
	if (!slot.holder && !slot.at)
		return NULL;
	if (!slot.holder)
		pdf->slots[number].at = 0; /* a /Length that leads back here finds nothing */
	LwPdfObject *object = slot.holder ? lw_pdf_parse_held(pdf, number) : parse_at(pdf, slot.at);
	if (!object || object->type == LW_PDF_OPERATOR)
		return NULL;
	object->number = number;
	pdf->objects->pdata[number] = object;
	return object;
}

/* A page that stands twice in the tree becomes two pages, so that each can be changed. */
static LwPdfObject *own_kid(LwPdf *pdf, LwPdfObject *kids, guint index, GHashTable *leaves)
{
	LwPdfObject *kid = lw_pdf_item(pdf, kids, index);
	if (!kid || kid->type != LW_PDF_DICTIONARY || lw_pdf_find(pdf, kid, "Kids"))
		return kid;
	if (g_hash_table_add(leaves, kid))
		return kid;
	kid = lw_pdf_copy(pdf, kid);
	kids->array.items[index] = lw_pdf_reference(pdf, kid);
	g_hash_table_add(leaves, kid);
	return kid;
}

/* Depth first with an explicit stack, each node once: neither depth nor a cycle can hurt. */
static gboolean collect_pages(LwPdf *pdf, GError **error)
{
	g_autoptr(GPtrArray) stack = g_ptr_array_new();
	g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
	g_autoptr(GHashTable) leaves = g_hash_table_new(NULL, NULL);
	LwPdfObject *root = lw_pdf_find(pdf, lw_pdf_catalog(pdf), "Pages");
	if (root)
		g_ptr_array_add(stack, root);
	while (stack->len) {
		LwPdfObject *node = g_ptr_array_steal_index(stack, stack->len - 1);
		if (!lw_pdf_dictionary_of(node) || !g_hash_table_add(seen, node))
			continue;
		LwPdfObject *kids = lw_pdf_find(pdf, node, "Kids");
		if (!kids || kids->type != LW_PDF_ARRAY) {
			if (node->type == LW_PDF_DICTIONARY)
				g_ptr_array_add(pdf->pages, node);
			if (pdf->pages->len > LW_LIMIT_PAGES)
				return refuse(error, "the PDF has too many pages");
			continue;
		}
		for (guint i = lw_pdf_length(kids); i > 0; i--) {
			LwPdfObject *kid = own_kid(pdf, kids, i - 1, leaves);
			if (kid)
				g_ptr_array_add(stack, kid);
		}
	}
	return pdf->pages->len > 0 || refuse(error, "the PDF has no pages");
}

LwPdf *lw_pdf_open(GBytes *normalised, GError **error)
{
	g_autoptr(LwPdf) pdf = lw_pdf_new();
	pdf->bytes = g_bytes_ref(normalised);
	if (!lw_pdf_read_xref(pdf, error) || !collect_pages(pdf, error))
		return NULL;
	return g_steal_pointer(&pdf);
}

LwPdfObject *lw_pdf_trailer(LwPdf *pdf)
{
	return pdf->trailer;
}

LwPdfObject *lw_pdf_catalog(LwPdf *pdf)
{
	return lw_pdf_find(pdf, pdf->trailer, "Root");
}

guint32 lw_pdf_object_count(const LwPdf *pdf)
{
	return pdf->objects->len;
}

LwPdfObject *lw_pdf_object(LwPdf *pdf, guint32 number)
{
	gboolean holder = g_hash_table_contains(pdf->holders, GUINT_TO_POINTER(number));
	return holder ? NULL : lw_pdf_parse_object(pdf, number);
}

guint lw_pdf_page_count(const LwPdf *pdf)
{
	return pdf->pages->len;
}

LwPdfObject *lw_pdf_page(LwPdf *pdf, guint index)
{
	return index < pdf->pages->len ? pdf->pages->pdata[index] : NULL;
}

LwPdfObject *lw_pdf_page_inherited(LwPdf *pdf, guint index, const char *key)
{
	LwPdfObject *node = lw_pdf_page(pdf, index);
	for (int depth = 0; node && depth < LW_LIMIT_NESTING; depth++) {
		LwPdfObject *value = lw_pdf_find(pdf, node, key);
		if (value)
			return value;
		node = lw_pdf_find(pdf, node, "Parent");
	}
	return NULL;
}

void lw_pdf_flatten_pages(LwPdf *pdf)
{
	static const char *const inherited[] = {"Resources", "MediaBox", "CropBox", "Rotate"};
	LwPdfObject *root = lw_pdf_new_dictionary(pdf), *kids = lw_pdf_new_array(pdf);
	for (guint i = 0; i < pdf->pages->len; i++) {
		LwPdfObject *page = pdf->pages->pdata[i];
		for (guint k = 0; k < G_N_ELEMENTS(inherited); k++) {
			LwPdfObject *value = lw_pdf_find_raw(page, inherited[k])
						     ? NULL
						     : lw_pdf_page_inherited(pdf, i, inherited[k]);
			if (value)
				lw_pdf_set(pdf, page, inherited[k],
					   value->number ? lw_pdf_reference(pdf, value) : value);
		}
		lw_pdf_append(pdf, kids, lw_pdf_reference(pdf, page));
	}
	for (guint i = 0; i < pdf->pages->len;
	     i++) { /* only now: they were looked up through the old ones */
		lw_pdf_set(pdf, pdf->pages->pdata[i], "Type", lw_pdf_new_name(pdf, "Page"));
		lw_pdf_set(pdf, pdf->pages->pdata[i], "Parent", lw_pdf_reference(pdf, root));
	}
	lw_pdf_set(pdf, root, "Type", lw_pdf_new_name(pdf, "Pages"));
	lw_pdf_set(pdf, root, "Kids", kids);
	lw_pdf_set(pdf, root, "Count", lw_pdf_new_integer(pdf, pdf->pages->len));
	lw_pdf_set(pdf, lw_pdf_catalog(pdf), "Pages", lw_pdf_reference(pdf, root));
}

static LwPdfPredictor predictor_of(LwPdf *pdf, LwPdfObject *parameters)
{
	return (LwPdfPredictor){
		.predictor = (int)lw_pdf_integer(pdf, lw_pdf_find(pdf, parameters, "Predictor"), 1),
		.colors = (int)lw_pdf_integer(pdf, lw_pdf_find(pdf, parameters, "Colors"), 1),
		.bits = (int)lw_pdf_integer(pdf, lw_pdf_find(pdf, parameters, "BitsPerComponent"),
					    8),
		.columns = (int)lw_pdf_integer(pdf, lw_pdf_find(pdf, parameters, "Columns"), 1),
		.early_change =
			(int)lw_pdf_integer(pdf, lw_pdf_find(pdf, parameters, "EarlyChange"), 1),
	};
}

static GBytes *decode_once(LwPdf *pdf, GBytes *data, const char *name, LwPdfObject *parameters,
			   GError **error)
{
	g_autoptr(GByteArray) out = g_byte_array_new();
	LwPdfPredictor predictor = predictor_of(pdf, parameters);
	gsize length;
	const guint8 *bytes = g_bytes_get_data(data, &length);
	gsize limit = MIN(LW_LIMIT_STREAM_BYTES, LW_LIMIT_INFLATED_BYTES - pdf->inflated);
	if (!lw_pdf_filter_decode(name, &predictor, bytes, length, limit, out, error))
		return NULL;
	pdf->inflated += out->len;
	return g_byte_array_free_to_bytes(g_steal_pointer(&out));
}

GBytes *lw_pdf_decode(LwPdf *pdf, LwPdfObject *stream, const char **rest, GError **error)
{
	const char *unused;
	rest = rest ? rest : &unused;
	*rest = NULL;
	if (!stream || stream->type != LW_PDF_STREAM)
		return g_bytes_new_static("", 0);
	LwPdfObject *dictionary = stream->stream.dictionary;
	LwPdfObject *filters = lw_pdf_find(pdf, dictionary, "Filter");
	LwPdfObject *parameters = lw_pdf_find(pdf, dictionary, "DecodeParms");
	g_autoptr(GBytes) data = g_bytes_ref(stream->stream.raw);
	guint count = !filters ? 0 : filters->type == LW_PDF_ARRAY ? lw_pdf_length(filters) : 1;
	for (guint i = 0; i < MIN(count, 8); i++) {
		gboolean many = filters->type == LW_PDF_ARRAY;
		const char *name = lw_pdf_name(many ? lw_pdf_item(pdf, filters, i) : filters);
		LwPdfObject *own = parameters && parameters->type == LW_PDF_ARRAY
					   ? lw_pdf_item(pdf, parameters, i)
				   : i ? NULL
				       : parameters;
		if (!name || !strcmp(name, "Crypt"))
			continue;
		g_autoptr(GError) failure = NULL;
		GBytes *decoded = decode_once(pdf, data, name, own, &failure);
		if (failure) {
			g_propagate_error(error, g_steal_pointer(&failure));
			return NULL;
		}
		if (!decoded) { /* a filter of pictures, or an unknown one */
			*rest = name;
			break;
		}
		g_bytes_unref(data);
		data = decoded;
	}
	return g_steal_pointer(&data);
}
