/* scrub_attributes.c - attributes of structure elements (ISO 32000-1 section 14.8.5): standard
 * owners, standard keys.
 *
 * Attribute dictionaries are built anew; who shared one gets a copy. */
#include "engine/render/pdf/scrub_tags.h"

#include <string.h>

struct LwTagNames {
	LwScrub *scrub;
	GHashTable *types, *classes; /* old name to new name */
	GHashTable *wanted;	     /* GBytes */
	GHashTable *ids;	     /* GBytes to new identifier */
	guint count;
};

static const LwShape layout = {.keys = (const LwShapeKey[]){
				       {"O", LW_FORM_NAME, NULL},
				       {"Placement", LW_FORM_NAME, NULL},
				       {"WritingMode", LW_FORM_NAME, NULL},
				       {"BackgroundColor", LW_FORM_DATA, NULL},
				       {"BorderColor", LW_FORM_DATA, NULL},
				       {"BorderStyle", LW_FORM_DATA, NULL},
				       {"BorderThickness", LW_FORM_DATA, NULL},
				       {"Padding", LW_FORM_DATA, NULL},
				       {"Color", LW_FORM_DATA, NULL},
				       {"SpaceBefore", LW_FORM_NUMBER, NULL},
				       {"SpaceAfter", LW_FORM_NUMBER, NULL},
				       {"StartIndent", LW_FORM_NUMBER, NULL},
				       {"EndIndent", LW_FORM_NUMBER, NULL},
				       {"TextIndent", LW_FORM_NUMBER, NULL},
				       {"TextAlign", LW_FORM_NAME, NULL},
				       {"BBox", LW_FORM_DATA, NULL},
				       {"Width", LW_FORM_DATA, NULL},
				       {"Height", LW_FORM_DATA, NULL},
				       {"BlockAlign", LW_FORM_NAME, NULL},
				       {"InlineAlign", LW_FORM_NAME, NULL},
				       {"TBorderStyle", LW_FORM_DATA, NULL},
				       {"TPadding", LW_FORM_DATA, NULL},
				       {"BaselineShift", LW_FORM_NUMBER, NULL},
				       {"LineHeight", LW_FORM_DATA, NULL},
				       {"TextDecorationColor", LW_FORM_DATA, NULL},
				       {"TextDecorationThickness", LW_FORM_NUMBER, NULL},
				       {"TextDecorationType", LW_FORM_NAME, NULL},
				       {"RubyAlign", LW_FORM_NAME, NULL},
				       {"RubyPosition", LW_FORM_NAME, NULL},
				       {"GlyphOrientationVertical", LW_FORM_DATA, NULL},
				       {"ColumnCount", LW_FORM_NUMBER, NULL},
				       {"ColumnGap", LW_FORM_DATA, NULL},
				       {"ColumnWidths", LW_FORM_DATA, NULL},
				       {NULL, 0, NULL},
			       }};

static const LwShape list = {.keys = (const LwShapeKey[]){
				     {"O", LW_FORM_NAME, NULL},
				     {"ListNumbering", LW_FORM_NAME, NULL},
				     {NULL, 0, NULL},
			     }};

static const LwShape print_field = {.keys = (const LwShapeKey[]){
					    {"O", LW_FORM_NAME, NULL},
					    {"Role", LW_FORM_NAME, NULL},
					    {"checked", LW_FORM_NAME, NULL},
					    {"Desc", LW_FORM_TEXT, NULL},
					    {NULL, 0, NULL},
				    }};

static const LwShape table = {.keys = (const LwShapeKey[]){
				      {"O", LW_FORM_NAME, NULL},
				      {"RowSpan", LW_FORM_NUMBER, NULL},
				      {"ColSpan", LW_FORM_NUMBER, NULL},
				      {"Headers", LW_FORM_OURS, NULL},
				      {"Scope", LW_FORM_NAME, NULL},
				      {"Summary", LW_FORM_TEXT, NULL},
				      {NULL, 0, NULL},
			      }};

static const struct {
	const char *owner;
	const LwShape *shape;
} owners[] = {
	{"Layout", &layout}, {"List", &list}, {"PrintField", &print_field}, {"Table", &table}};

LwTagNames *lw_tag_names_new(LwScrub *scrub)
{
	LwTagNames *names = g_new0(LwTagNames, 1);
	names->scrub = scrub;
	names->types = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	names->classes = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	names->wanted = g_hash_table_new_full(g_bytes_hash, g_bytes_equal,
					      (GDestroyNotify)g_bytes_unref, NULL);
	names->ids = g_hash_table_new_full(g_bytes_hash, g_bytes_equal,
					   (GDestroyNotify)g_bytes_unref, g_free);
	return names;
}

void lw_tag_names_free(LwTagNames *names)
{
	if (!names)
		return;
	g_hash_table_unref(names->types);
	g_hash_table_unref(names->classes);
	g_hash_table_unref(names->wanted);
	g_hash_table_unref(names->ids);
	g_free(names);
}

static const char *rename_with(LwTagNames *names, GHashTable *known, const char *name,
			       const char *prefix)
{
	const char *found = g_hash_table_lookup(known, name);
	if (found)
		return found;
	LwPdfObject *object = lw_pdf_new_name(names->scrub->pdf, name);
	gboolean tells = lw_scrub_tells(names->scrub, object);
	char *fresh = tells ? g_strdup_printf("%s%u", prefix, g_hash_table_size(known) + 1)
			    : g_strdup(name);
	g_hash_table_insert(known, g_strdup(name), fresh);
	return fresh;
}

const char *lw_tag_type(LwTagNames *names, const char *type)
{
	return rename_with(names, names->types, type, "Type");
}

const char *lw_tag_class(LwTagNames *names, const char *class_name)
{
	return rename_with(names, names->classes, class_name, "Class");
}

static GBytes *bytes_of(const LwPdfObject *string)
{
	return g_bytes_new(string->string.bytes, string->string.length);
}

/* Dictionary number `index` of one or an array of attribute dictionaries; NULL where there is
 * something else. */
static LwPdfObject *attribute_at(LwPdf *pdf, LwPdfObject *attributes, guint index)
{
	if (attributes && attributes->type == LW_PDF_ARRAY)
		attributes = lw_pdf_item(pdf, attributes, index);
	return attributes && attributes->type == LW_PDF_DICTIONARY ? attributes : NULL;
}

static guint attribute_count(const LwPdfObject *attributes)
{
	return attributes && attributes->type == LW_PDF_ARRAY ? attributes->array.count : 1;
}

void lw_tag_want(LwTagNames *names, LwPdfObject *attributes)
{
	LwPdf *pdf = names->scrub->pdf;
	attributes = lw_pdf_resolve(pdf, attributes);
	for (guint i = 0; i < attribute_count(attributes); i++) {
		LwPdfObject *headers =
			lw_pdf_find(pdf, attribute_at(pdf, attributes, i), "Headers");
		for (guint j = 0; j < lw_pdf_length(headers); j++) {
			const LwPdfObject *id = lw_pdf_item(pdf, headers, j);
			if (id && id->type == LW_PDF_STRING)
				g_hash_table_add(names->wanted, bytes_of(id));
		}
	}
}

LwPdfObject *lw_tag_identify(LwTagNames *names, LwPdfObject *id, LwTagNeed need)
{
	g_autoptr(GBytes) bytes = id && id->type == LW_PDF_STRING ? bytes_of(id) : NULL;
	gboolean wanted = bytes && g_hash_table_contains(names->wanted, bytes) &&
			  !g_hash_table_contains(names->ids, bytes);
	if (!wanted && need == LW_TAG_IF_WANTED)
		return NULL;
	char *fresh = g_strdup_printf("id%07u", ++names->count);
	LwPdfObject *string = lw_pdf_new_string(names->scrub->pdf, fresh, strlen(fresh));
	if (wanted)
		g_hash_table_insert(names->ids, g_bytes_ref(bytes), fresh);
	else
		g_free(fresh);
	return string;
}

static LwPdfObject *new_headers(LwTagNames *names, LwPdfObject *headers)
{
	LwPdf *pdf = names->scrub->pdf;
	LwPdfObject *fresh = lw_pdf_new_array(pdf);
	for (guint i = 0; i < lw_pdf_length(headers); i++) {
		const LwPdfObject *old = lw_pdf_item(pdf, headers, i);
		if (!old || old->type != LW_PDF_STRING)
			continue;
		g_autoptr(GBytes) bytes = bytes_of(old);
		const char *id = g_hash_table_lookup(names->ids, bytes);
		if (id)
			lw_pdf_append(pdf, fresh, lw_pdf_new_string(pdf, id, strlen(id)));
	}
	return lw_pdf_length(fresh) ? fresh : NULL;
}

static LwPdfObject *clean_attribute(LwTagNames *names, const LwPdfObject *old, LwTagState state)
{
	static const char *const telling[] = {"BBox", "Width", "Height", "Summary", "Desc"};
	LwPdf *pdf = names->scrub->pdf;
	const char *owner = lw_pdf_name(lw_pdf_find(pdf, old, "O"));
	const LwShape *shape = NULL;
	for (guint i = 0; owner && i < G_N_ELEMENTS(owners); i++)
		if (g_str_equal(owner, owners[i].owner))
			shape = owners[i].shape;
	if (!shape)
		return NULL;
	LwPdfObject *fresh = lw_pdf_copy(pdf, old);
	lw_shape_apply(names->scrub, fresh, shape);
	for (guint i = 0; state == LW_TAG_BURNED && i < G_N_ELEMENTS(telling); i++)
		lw_pdf_remove(fresh, telling[i]);
	LwPdfObject *headers = lw_pdf_find(pdf, fresh, "Headers");
	if (lw_pdf_find_raw(fresh, "Headers"))
		lw_pdf_set(pdf, fresh, "Headers", new_headers(names, headers));
	return fresh->dictionary.count > 1 ? fresh : NULL;
}

LwPdfObject *lw_tag_attributes(LwTagNames *names, LwPdfObject *attributes, LwTagState state)
{
	LwPdf *pdf = names->scrub->pdf;
	LwPdfObject *fresh = lw_pdf_new_array(pdf);
	attributes = lw_pdf_resolve(pdf, attributes);
	for (guint i = 0; attributes && i < attribute_count(attributes); i++) {
		LwPdfObject *old = attribute_at(pdf, attributes, i);
		LwPdfObject *clean = old ? clean_attribute(names, old, state) : NULL;
		if (clean)
			lw_pdf_append(pdf, fresh, clean);
	}
	guint count = lw_pdf_length(fresh);
	return count > 1 ? fresh : count ? lw_pdf_item(pdf, fresh, 0) : NULL;
}

LwPdfObject *lw_tag_classes(LwTagNames *names, LwPdfObject *classes)
{
	LwPdf *pdf = names->scrub->pdf;
	LwPdfObject *fresh = lw_pdf_new_array(pdf);
	classes = lw_pdf_resolve(pdf, classes);
	const char *single = lw_pdf_name(classes);
	if (single)
		return lw_pdf_new_name(pdf, lw_tag_class(names, single));
	for (guint i = 0; i < lw_pdf_length(classes); i++) {
		const char *name = lw_pdf_name(lw_pdf_item(pdf, classes, i));
		if (name)
			lw_pdf_append(pdf, fresh, lw_pdf_new_name(pdf, lw_tag_class(names, name)));
	}
	return lw_pdf_length(fresh) ? fresh : NULL;
}
