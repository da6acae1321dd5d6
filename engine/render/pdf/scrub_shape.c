/* scrub_shape.c - applies white lists to objects, and the small laws that all parts of the scrubber
 * share.
 *
 * Nothing here recurses through references: objects wait in a queue, and each indirect one is
 * cleaned once. */
#include "engine/render/pdf/scrub_shape.h"

#include <stdlib.h>
#include <string.h>

#include "engine/base/limits.h"
#include "engine/pdf/names.h"

typedef struct {
	LwPdfObject *object;
	const LwShape *shape;
} Waiting;

struct LwCleaner {
	LwScrub *scrub;
	GHashTable *seen; /* indirect objects */
	GArray *queue;	  /* Waiting */
};

GHashTable *lw_scrub_set_new(void)
{
	return g_hash_table_new(g_direct_hash, g_direct_equal);
}

LwPdfObject *lw_scrub_dictionary(LwPdfObject *object)
{
	if (!object)
		return NULL;
	if (object->type == LW_PDF_STREAM)
		return object->stream.dictionary;
	return object->type == LW_PDF_DICTIONARY ? object : NULL;
}

gboolean lw_scrub_tells(LwScrub *scrub, const LwPdfObject *object)
{
	if (!object || lw_secrets_is_empty(scrub->secrets))
		return FALSE;
	if (object->type != LW_PDF_STRING && object->type != LW_PDF_NAME)
		return FALSE;
	if (object->type == LW_PDF_NAME && lw_pdf_name_is_standard(object->string.bytes))
		return FALSE;
	g_autofree char *text = lw_pdf_text(object);
	/* As the verifier reads it: of what is no letter of Latin-1 it sees the bytes too. */
	gboolean tells = text && lw_secrets_in_bytes(scrub->secrets, text, strlen(text)) >= 0;
	if (!tells)
		tells = lw_secrets_in_bytes(scrub->secrets, object->string.bytes,
					    object->string.length) >= 0;
	if (tells)
		scrub->receipt->strings_removed++;
	return tells;
}

static gboolean tells_at(LwScrub *scrub, LwPdfObject *object, guint depth)
{
	if (!object)
		return FALSE;
	if (depth > LW_LIMIT_NESTING)
		return TRUE;
	if (object->type == LW_PDF_ARRAY) {
		for (guint i = 0; i < object->array.count; i++)
			if (tells_at(scrub, object->array.items[i], depth + 1))
				return TRUE;
		return FALSE;
	}
	if (object->type != LW_PDF_DICTIONARY)
		return lw_scrub_tells(scrub, object);
	for (guint i = 0; i < object->dictionary.count; i++) {
		const LwPdfEntry *entry = &object->dictionary.entries[i];
		if ((!lw_pdf_name_is_standard(entry->key) &&
		     lw_secrets_in_bytes(scrub->secrets, entry->key, strlen(entry->key)) >= 0) ||
		    tells_at(scrub, entry->value, depth + 1))
			return TRUE;
	}
	return FALSE;
}

gboolean lw_scrub_tells_deep(LwScrub *scrub, LwPdfObject *object)
{
	return tells_at(scrub, object, 0);
}

/* RFC 5646 without private use: what a person could write into "x-…" is no language. */
gboolean lw_scrub_is_language(const LwPdfObject *string)
{
	if (!string || string->type != LW_PDF_STRING)
		return FALSE;
	g_autofree char *tag = lw_pdf_text(string);
	if (!tag || strlen(tag) > 24)
		return FALSE;
	g_auto(GStrv) parts = g_strsplit(tag, "-", -1);
	gsize primary = parts[0] ? strlen(parts[0]) : 0;
	if (primary < 2 || primary > 3 || g_strv_length(parts) > 4)
		return FALSE;
	for (guint i = 0; parts[i]; i++) {
		gsize length = strlen(parts[i]);
		if (length < 2 || length > (i == 0 ? 3 : 8))
			return FALSE;
		for (gsize j = 0; j < length; j++)
			if (!g_ascii_isalnum(parts[i][j]) ||
			    (i == 0 && !g_ascii_isalpha(parts[i][j])))
				return FALSE;
	}
	return TRUE;
}

gboolean lw_scrub_is_page(LwPdf *pdf, LwPdfObject *object)
{
	return object && object->number && object->type == LW_PDF_DICTIONARY &&
	       lw_pdf_is_name(lw_pdf_find(pdf, object, "Type"), "Page");
}

LwPdfObject *lw_scrub_neutral(const LwScrub *scrub)
{
	return lw_pdf_new_text(scrub->pdf, lw_scrub_say(scrub, "[gelakt]", "[redacted]"));
}

const char *lw_scrub_say(const LwScrub *scrub, const char *dutch, const char *english)
{
	return scrub->plan->style.lang == LW_LANG_EN ? english : dutch;
}

/* What we write is PDF 1.7: its text is PDFDocEncoding, or UTF-16 with the high byte first. */
LwPdfObject *lw_scrub_text(const LwScrub *scrub, LwPdfObject *string)
{
	const char *bytes = string->string.bytes;
	gsize length = string->string.length;
	if (!(length >= 3 && !memcmp(bytes, "\xEF\xBB\xBF", 3)) &&
	    !(length >= 2 && !memcmp(bytes, "\xFF\xFE", 2)))
		return string;
	g_autofree char *text = lw_pdf_text(string);
	return lw_pdf_new_text(scrub->pdf, text);
}

/* Deeper than one level an array has to be direct: shared arrays could multiply without end. */
static gboolean is_data(LwScrub *scrub, LwPdfObject *value, LwForm form, guint depth)
{
	LwPdfObject *object = lw_pdf_resolve(scrub->pdf, value);
	if (!object || object->type <= LW_PDF_REAL)
		return TRUE;
	if (object->type == LW_PDF_NAME)
		return form == LW_FORM_GLYPHS || !lw_scrub_tells(scrub, object);
	if (object->type != LW_PDF_ARRAY || depth > 8 || (depth > 1 && value != object))
		return FALSE;
	for (guint i = 0; i < object->array.count; i++)
		if (!is_data(scrub, object->array.items[i], form, depth + 1))
			return FALSE;
	return TRUE;
}

static LwPdfObject *blanked(LwPdf *pdf, const LwPdfObject *string)
{
	g_autofree char *zeros = g_malloc0(string->string.length + 1);
	return lw_pdf_new_string(pdf, zeros, string->string.length);
}

/* A value of a CHILD key as it may stay; its dictionaries are queued. */
#define WORD_OF_CHANCE 6 /* bytes; shorter words stand in many a colour table */

static gboolean spells(LwScrub *scrub, const LwPdfObject *table)
{
	int secret = lw_secrets_in_bytes(scrub->secrets, table->string.bytes, table->string.length);
	return secret >= 0 && strlen(scrub->plan->secrets->pdata[secret]) >= WORD_OF_CHANCE;
}

static LwPdfObject *numbered(LwPdf *pdf, guint number)
{
	g_autofree char *name = g_strdup_printf("Neutral%u", number);
	return lw_pdf_new_name(pdf, name);
}

static LwPdfObject *child_value(LwScrub *scrub, LwCleaner *cleaner, LwPdfObject *value,
				const LwShape *shape, guint depth)
{
	LwPdfObject *object = lw_pdf_resolve(scrub->pdf, value);
	if (!object || depth > LW_LIMIT_NESTING)
		return NULL;
	switch ((LwPdfType)object->type) {
	case LW_PDF_NAME:
		if (!lw_scrub_tells(scrub, object))
			return value;
		return depth ? lw_pdf_new_name(scrub->pdf, "Neutral") : NULL;
	case LW_PDF_STRING: /* a colour table: its length is part of the format; a short word is
			       chance */
		return spells(scrub, object) ? blanked(scrub->pdf, object) : value;
	case LW_PDF_ARRAY:
		if (object->number && !g_hash_table_add(cleaner->seen, object))
			return value;
		for (guint i = 0; i < object->array.count; i++) {
			LwPdfObject *item = child_value(scrub, cleaner, object->array.items[i],
							shape, depth + 1);
			if (item && lw_pdf_is_name(item, "Neutral")) /* inks have different names */
				item = numbered(scrub->pdf, i);
			object->array.items[i] = item ? item : lw_pdf_new_null(scrub->pdf);
		}
		return value;
	case LW_PDF_DICTIONARY:
	case LW_PDF_STREAM:
		lw_cleaner_add(cleaner, object, shape);
		return value;
	case LW_PDF_BOOLEAN:
	case LW_PDF_INTEGER:
	case LW_PDF_REAL:
		return value;
	default:
		return NULL;
	}
}

/* What is said of an ink by its name; resources that are used have other names by now. */
static gboolean ink_tells(LwScrub *scrub, const char *map, const char *name)
{
	static const char *const maps[] = {"Colorants", "Solidities", "DotGain", NULL};
	return g_strv_contains(maps, map) &&
	       lw_scrub_tells(scrub, lw_pdf_new_name(scrub->pdf, name));
}

static LwPdfObject *map_value(LwScrub *scrub, LwCleaner *cleaner, LwPdfObject *value,
			      const LwShapeKey *key)
{
	const LwShape *shape = key->child;
	LwPdfObject *map = lw_pdf_resolve(scrub->pdf, value);
	if (!map || map->type != LW_PDF_DICTIONARY)
		return child_value(scrub, cleaner, value, shape, 0);
	if (map->number && !g_hash_table_add(cleaner->seen, map))
		return value;
	guint kept = 0;
	for (guint i = 0; i < map->dictionary.count; i++) {
		LwPdfEntry entry = map->dictionary.entries[i];
		entry.value = child_value(scrub, cleaner, entry.value, shape, 0);
		if (entry.value && !ink_tells(scrub, key->key, entry.key))
			map->dictionary.entries[kept++] = entry;
	}
	map->dictionary.count = kept;
	return value;
}

/* In the name of a font only the family can be a person's. */
static gboolean name_tells(LwScrub *scrub, const char *key, const LwPdfObject *name)
{
	if (!g_str_equal(key, "BaseFont") && !g_str_equal(key, "FontName"))
		return lw_scrub_tells(scrub, name);
	g_autofree char *family = lw_pdf_font_family(name->string.bytes);
	return lw_scrub_tells(scrub, lw_pdf_new_name(scrub->pdf, family));
}

static LwPdfObject *kept_value(LwScrub *scrub, LwCleaner *cleaner, LwPdfObject *value,
			       const LwShapeKey *key)
{
	LwPdfObject *object = lw_pdf_resolve(scrub->pdf, value);
	gboolean keep = FALSE;
	if (!object)
		return NULL;
	switch (key->form) {
	case LW_FORM_NAME:
		keep = object->type == LW_PDF_NAME && !name_tells(scrub, key->key, object);
		break;
	case LW_FORM_NUMBER:
		keep = lw_pdf_is_number(object);
		break;
	case LW_FORM_BOOLEAN:
		keep = object->type == LW_PDF_BOOLEAN;
		break;
	case LW_FORM_TEXT:
	case LW_FORM_SPOKEN:
		if (object->type != LW_PDF_STRING)
			return NULL;
		if (!lw_scrub_tells(scrub, object))
			return lw_scrub_text(scrub, object);
		return key->form == LW_FORM_SPOKEN ? lw_scrub_neutral(scrub) : NULL;
	case LW_FORM_LANG:
		keep = lw_scrub_is_language(object) && !lw_scrub_tells(scrub, object);
		break;
	case LW_FORM_DATA:
	case LW_FORM_GLYPHS:
		keep = is_data(scrub, object, key->form, 0);
		break;
	case LW_FORM_CHILD:
		return cleaner ? child_value(scrub, cleaner, value, key->child, 0) : value;
	case LW_FORM_MAP:
		return cleaner ? map_value(scrub, cleaner, value, key) : value;
	case LW_FORM_OURS:
		return value;
	}
	return keep ? value : NULL;
}

static const LwShape plain_stream = {.keys = (const LwShapeKey[]){{NULL, 0, NULL}}};
static const LwShape decode_parameters = {.keys = (const LwShapeKey[]){
						  {"Predictor", LW_FORM_NUMBER, NULL},
						  {"Colors", LW_FORM_NUMBER, NULL},
						  {"BitsPerComponent", LW_FORM_NUMBER, NULL},
						  {"Columns", LW_FORM_NUMBER, NULL},
						  {"EarlyChange", LW_FORM_NUMBER, NULL},
						  {"K", LW_FORM_NUMBER, NULL},
						  {"EndOfLine", LW_FORM_BOOLEAN, NULL},
						  {"EncodedByteAlign", LW_FORM_BOOLEAN, NULL},
						  {"Rows", LW_FORM_NUMBER, NULL},
						  {"EndOfBlock", LW_FORM_BOOLEAN, NULL},
						  {"BlackIs1", LW_FORM_BOOLEAN, NULL},
						  {"DamagedRowsBeforeError", LW_FORM_NUMBER, NULL},
						  {"ColorTransform", LW_FORM_NUMBER, NULL},
						  {"JBIG2Globals", LW_FORM_CHILD, &plain_stream},
						  {NULL, 0, NULL},
					  }};

/* What every stream keeps beside the keys of its shape. */
static const LwShapeKey stream_keys[] = {
	{"Length", LW_FORM_NUMBER, NULL},
	{"Filter", LW_FORM_DATA, NULL},
	{"DecodeParms", LW_FORM_CHILD, &decode_parameters},
	{NULL, 0, NULL},
};

static const LwShapeKey *find_key(const LwShapeKey *keys, const char *name)
{
	for (; keys->key; keys++)
		if (g_str_equal(keys->key, name))
			return keys;
	return NULL;
}

static void apply(LwScrub *scrub, LwCleaner *cleaner, LwPdfObject *object, const LwShape *shape)
{
	const LwShape *chosen = shape->choose ? shape->choose(scrub->pdf, object) : NULL;
	LwPdfObject *dictionary = lw_scrub_dictionary(object);
	if (!dictionary)
		return;
	if (chosen)
		shape = chosen;
	guint kept = 0;
	for (guint i = 0; i < dictionary->dictionary.count; i++) {
		LwPdfEntry entry = dictionary->dictionary.entries[i];
		const LwShapeKey *key = find_key(shape->keys, entry.key);
		if (!key && object->type == LW_PDF_STREAM)
			key = find_key(stream_keys, entry.key);
		if (key)
			entry.value = kept_value(scrub, cleaner, entry.value, key);
		if (key && entry.value)
			dictionary->dictionary.entries[kept++] = entry;
	}
	dictionary->dictionary.count = kept;
	if (shape->finish)
		shape->finish(scrub, object);
}

void lw_shape_apply(LwScrub *scrub, LwPdfObject *object, const LwShape *shape)
{
	apply(scrub, NULL, object, shape);
}

LwCleaner *lw_cleaner_new(LwScrub *scrub)
{
	LwCleaner *cleaner = g_new0(LwCleaner, 1);
	cleaner->scrub = scrub;
	cleaner->seen = lw_scrub_set_new();
	cleaner->queue = g_array_new(FALSE, FALSE, sizeof(Waiting));
	return cleaner;
}

void lw_cleaner_free(LwCleaner *cleaner)
{
	if (!cleaner)
		return;
	g_hash_table_unref(cleaner->seen);
	g_array_unref(cleaner->queue);
	g_free(cleaner);
}

void lw_cleaner_add(LwCleaner *cleaner, LwPdfObject *object, const LwShape *shape)
{
	Waiting waiting = {object, shape};
	if (!object || !shape || (object->number && !g_hash_table_add(cleaner->seen, object)))
		return;
	g_array_append_val(cleaner->queue, waiting);
}

void lw_cleaner_run(LwCleaner *cleaner)
{
	while (cleaner->queue->len) {
		Waiting next = g_array_index(cleaner->queue, Waiting, cleaner->queue->len - 1);
		g_array_set_size(cleaner->queue, cleaner->queue->len - 1);
		apply(cleaner->scrub, cleaner, next.object, next.shape);
	}
}

static LwPdfObject *explicit_destination(LwScrub *scrub, LwPdfObject *array)
{
	LwPdfObject *page = lw_pdf_item(scrub->pdf, array, 0);
	if (!lw_scrub_is_page(scrub->pdf, page))
		return NULL;
	LwPdfObject *fresh = lw_pdf_new_array(scrub->pdf);
	lw_pdf_append(scrub->pdf, fresh, lw_pdf_reference(scrub->pdf, page));
	guint length = MIN(lw_pdf_length(array), 6);
	for (guint i = 1; i < length; i++) {
		LwPdfObject *item = lw_pdf_item(scrub->pdf, array, i);
		gboolean plain = i == 1 ? item && item->type == LW_PDF_NAME
					: !item || lw_pdf_is_number(item);
		if (!plain || lw_scrub_tells(scrub, item))
			return NULL;
		lw_pdf_append(scrub->pdf, fresh, item ? item : lw_pdf_new_null(scrub->pdf));
	}
	return fresh;
}

LwPdfObject *lw_scrub_destination(LwScrub *scrub, LwPdfObject *destination)
{
	destination = lw_pdf_resolve(scrub->pdf, destination);
	if (destination && destination->type == LW_PDF_DICTIONARY)
		destination = lw_pdf_find(scrub->pdf, destination, "D");
	if (!destination)
		return NULL;
	if (destination->type == LW_PDF_ARRAY)
		return explicit_destination(scrub, destination);
	if (destination->type != LW_PDF_NAME && destination->type != LW_PDF_STRING)
		return NULL;
	return lw_scrub_tells(scrub, destination) ? NULL : destination;
}

static gboolean address_tells(LwScrub *scrub, const LwPdfObject *address)
{
	if (lw_scrub_tells(scrub, address))
		return TRUE;
	g_autofree char *text = lw_pdf_text(address);
	GString *plain = g_string_new(NULL);
	for (const char *at = text; at && *at; at++) {
		gboolean escaped =
			at[0] == '%' && g_ascii_isxdigit(at[1]) && g_ascii_isxdigit(at[2]);
		int byte = escaped ? g_ascii_xdigit_value(at[1]) * 16 + g_ascii_xdigit_value(at[2])
				   : *at;
		g_string_append_c(plain, (char)byte);
		at += escaped ? 2 : 0;
	}
	gboolean tells = lw_secrets_in_bytes(scrub->secrets, plain->str, plain->len) >= 0;
	g_string_free(plain, TRUE);
	if (tells)
		scrub->receipt->strings_removed++;
	return tells;
}

LwPdfObject *lw_scrub_action(LwScrub *scrub, LwPdfObject *action)
{
	LwPdf *pdf = scrub->pdf;
	action = lw_pdf_resolve(pdf, action);
	const char *type = lw_pdf_name(lw_pdf_find(pdf, action, "S"));
	const char *key = NULL;
	LwPdfObject *value = NULL;
	if (g_strcmp0(type, "GoTo") == 0) {
		key = "D";
		value = lw_scrub_destination(scrub, lw_pdf_find(pdf, action, key));
	} else if (g_strcmp0(type, "URI") == 0) {
		key = "URI";
		value = lw_pdf_find(pdf, action, key);
		if (value && (value->type != LW_PDF_STRING || address_tells(scrub, value)))
			value = NULL;
	}
	if (!value)
		return NULL;
	LwPdfObject *fresh = lw_pdf_new_dictionary(pdf);
	lw_pdf_set(pdf, fresh, "S", lw_pdf_new_name(pdf, type));
	lw_pdf_set(pdf, fresh, key, value);
	return fresh;
}

GArray *lw_scrub_tree_entries(LwPdf *pdf, LwPdfObject *root, const char *leaf_key)
{
	GArray *entries = g_array_new(FALSE, FALSE, sizeof(LwTreeEntry));
	g_autoptr(GHashTable) seen = lw_scrub_set_new();
	g_autoptr(GPtrArray) stack = g_ptr_array_new();
	guint8 type = g_str_equal(leaf_key, "Nums") ? LW_PDF_INTEGER : LW_PDF_STRING;
	if (root && g_hash_table_add(seen, root))
		g_ptr_array_add(stack, root);
	while (stack->len) {
		LwPdfObject *node = g_ptr_array_steal_index(stack, stack->len - 1);
		LwPdfObject *leaf = lw_pdf_find(pdf, node, leaf_key);
		for (guint i = 0; i + 1 < lw_pdf_length(leaf); i += 2) {
			LwTreeEntry entry = {lw_pdf_item(pdf, leaf, i), leaf->array.items[i + 1]};
			if (entry.key && entry.key->type == type)
				g_array_append_val(entries, entry);
		}
		LwPdfObject *kids = lw_pdf_find(pdf, node, "Kids");
		for (guint i = lw_pdf_length(kids); i > 0; i--) {
			LwPdfObject *kid = lw_pdf_item(pdf, kids, i - 1);
			if (kid && kid->type == LW_PDF_DICTIONARY && g_hash_table_add(seen, kid))
				g_ptr_array_add(stack, kid);
		}
	}
	return entries;
}

static int compare_keys(gconstpointer a, gconstpointer b)
{
	const LwPdfObject *left = ((const LwTreeEntry *)a)->key;
	const LwPdfObject *right = ((const LwTreeEntry *)b)->key;
	if (left->type != right->type)
		return (int)left->type - (int)right->type;
	if (left->type == LW_PDF_INTEGER)
		return (left->integer > right->integer) - (left->integer < right->integer);
	gsize shorter = MIN(left->string.length, right->string.length);
	int order = memcmp(left->string.bytes, right->string.bytes, shorter);
	if (order)
		return order;
	return (left->string.length > right->string.length) -
	       (left->string.length < right->string.length);
}

static LwPdfObject *tree_leaf(LwPdf *pdf, GArray *entries, guint start, guint end, const char *key)
{
	LwPdfObject *leaf = lw_pdf_new_dictionary(pdf), *items = lw_pdf_new_array(pdf);
	for (guint i = start; i < end; i++) {
		lw_pdf_append(pdf, items, g_array_index(entries, LwTreeEntry, i).key);
		lw_pdf_append(pdf, items, g_array_index(entries, LwTreeEntry, i).value);
	}
	lw_pdf_set(pdf, leaf, key, items);
	return leaf;
}

/* Leaves of at most this many entries under one root. */
#define LEAF_ENTRIES 128

LwPdfObject *lw_scrub_tree_build(LwPdf *pdf, GArray *entries, const char *leaf_key)
{
	guint kept = 0;
	g_array_sort(entries, compare_keys);
	for (guint i = 0; i < entries->len; i++) {
		LwTreeEntry *all = (LwTreeEntry *)(void *)entries->data;
		if (kept == 0 || compare_keys(&all[kept - 1], &all[i]) != 0)
			all[kept++] = all[i];
	}
	g_array_set_size(entries, kept);
	if (kept <= LEAF_ENTRIES)
		return lw_pdf_reference(pdf, tree_leaf(pdf, entries, 0, kept, leaf_key));
	LwPdfObject *root = lw_pdf_new_dictionary(pdf), *kids = lw_pdf_new_array(pdf);
	for (guint start = 0; start < kept; start += LEAF_ENTRIES) {
		guint end = MIN(start + LEAF_ENTRIES, kept);
		LwPdfObject *leaf = tree_leaf(pdf, entries, start, end, leaf_key);
		LwPdfObject *limits = lw_pdf_new_array(pdf);
		lw_pdf_append(pdf, limits, g_array_index(entries, LwTreeEntry, start).key);
		lw_pdf_append(pdf, limits, g_array_index(entries, LwTreeEntry, end - 1).key);
		lw_pdf_set(pdf, leaf, "Limits", limits);
		lw_pdf_append(pdf, kids, lw_pdf_reference(pdf, leaf));
	}
	lw_pdf_set(pdf, root, "Kids", kids);
	return lw_pdf_reference(pdf, root);
}
