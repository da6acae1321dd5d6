/* scrub_annots.c - pages' annotations and the field tree.
 *
 * An annotation that meets a box becomes null wherever it is referred to; one that stays keeps only
 * what draws it. A field stays when a widget of it stays on a page, and keeps its value unless a
 * secret stands in it or a widget of it met a box. Its name says nothing. Nothing is left for a
 * viewer to draw (engine/pdf/fields.h). */
#include "engine/render/pdf/scrub_shape.h"

#include <string.h>

#include "engine/pdf/interpret.h"

#define FIELD_DEPTH 64
#define NO_FIELD    G_MAXUINT32
#define IS_COMBO    (1 << 17) /* table 230 */

typedef struct {
	LwPdfObject *object;
	guint32 parent; /* index, or NO_FIELD */
	gboolean alive, listed;
	gboolean tells; /* its value does: what it shows may, in a way that we cannot read */
} Field;

typedef struct {
	LwScrub *scrub;
	LwDrawn *drawn;
	GHashTable *kept;   /* annotations that stay */
	GHashTable *struck; /* fields of which a widget met a box */
	GHashTable *told;   /* widgets whose appearance had to go */
	GPtrArray *widgets; /* those that stay, in page order */
	GArray *fields;	    /* Field, parents before their kids */
	gboolean signed_before;
	gboolean emptied; /* what a field showed that no mark met */
} Pass;

/* Nothing but geometry and looks. */
#define COMMON_KEYS                                                                                \
	{"Type", LW_FORM_NAME, NULL}, {"Subtype", LW_FORM_NAME, NULL},                             \
		{"Rect", LW_FORM_DATA, NULL}, {"F", LW_FORM_NUMBER, NULL},                         \
		{"AP", LW_FORM_OURS, NULL}, {"AS", LW_FORM_NAME, NULL},                            \
		{"Border", LW_FORM_DATA, NULL}, {"C", LW_FORM_DATA, NULL},                         \
		{"StructParent", LW_FORM_NUMBER, NULL}, {"OC", LW_FORM_OURS, NULL},                \
		{"BS", LW_FORM_OURS, NULL}, {"CA", LW_FORM_NUMBER, NULL},                          \
		{"ca", LW_FORM_NUMBER, NULL}, {"BM", LW_FORM_NAME, NULL},                          \
	{                                                                                          \
		"Lang", LW_FORM_LANG, NULL                                                         \
	}

static const LwShape markup_shape = {.keys = (const LwShapeKey[]){
					     COMMON_KEYS,
					     {"QuadPoints", LW_FORM_DATA, NULL},
					     {"L", LW_FORM_DATA, NULL},
					     {"LE", LW_FORM_DATA, NULL},
					     {"LL", LW_FORM_NUMBER, NULL},
					     {"LLE", LW_FORM_NUMBER, NULL},
					     {"LLO", LW_FORM_NUMBER, NULL},
					     {"IC", LW_FORM_DATA, NULL},
					     {"RD", LW_FORM_DATA, NULL},
					     {"BE", LW_FORM_OURS, NULL},
					     {"CL", LW_FORM_DATA, NULL},
					     {"CO", LW_FORM_DATA, NULL},
					     {"Vertices", LW_FORM_DATA, NULL},
					     {"InkList", LW_FORM_DATA, NULL},
					     {"Name", LW_FORM_NAME, NULL},
					     {"Sy", LW_FORM_NAME, NULL},
					     {"DA", LW_FORM_TEXT, NULL},
					     {"Q", LW_FORM_NUMBER, NULL},
					     {"Contents", LW_FORM_TEXT, NULL},
					     {NULL, 0, NULL},
				     }};

static const LwShape link_shape = {.keys = (const LwShapeKey[]){
					   COMMON_KEYS,
					   {"QuadPoints", LW_FORM_DATA, NULL},
					   {"H", LW_FORM_NAME, NULL},
					   {"Contents", LW_FORM_SPOKEN, NULL},
					   {"A", LW_FORM_OURS, NULL},
					   {"Dest", LW_FORM_OURS, NULL},
					   {NULL, 0, NULL},
				   }};

#define FIELD_KEYS                                                                                 \
	{"FT", LW_FORM_NAME, NULL}, {"Parent", LW_FORM_OURS, NULL}, {"Kids", LW_FORM_OURS, NULL},  \
		{"T", LW_FORM_OURS, NULL}, {"TU", LW_FORM_SPOKEN, NULL},                           \
		{"Ff", LW_FORM_NUMBER, NULL}, {"V", LW_FORM_OURS, NULL},                           \
		{"DV", LW_FORM_OURS, NULL}, {"DA", LW_FORM_TEXT, NULL},                            \
		{"Q", LW_FORM_NUMBER, NULL}, {"Opt", LW_FORM_OURS, NULL},                          \
		{"MaxLen", LW_FORM_NUMBER, NULL}, {"TI", LW_FORM_NUMBER, NULL},                    \
	{                                                                                          \
		"I", LW_FORM_DATA, NULL                                                            \
	}

static const LwShape widget_shape = {.keys = (const LwShapeKey[]){
					     COMMON_KEYS,
					     FIELD_KEYS,
					     {"H", LW_FORM_NAME, NULL},
					     {"MK", LW_FORM_OURS, NULL},
					     {NULL, 0, NULL},
				     }};

static const LwShape field_shape = {.keys = (const LwShapeKey[]){FIELD_KEYS, {NULL, 0, NULL}}};

static const LwShape border_shape = {.keys = (const LwShapeKey[]){
					     {"Type", LW_FORM_NAME, NULL},
					     {"W", LW_FORM_NUMBER, NULL},
					     {"S", LW_FORM_NAME, NULL},
					     {"D", LW_FORM_DATA, NULL},
					     {"I", LW_FORM_NUMBER, NULL},
					     {NULL, 0, NULL},
				     }};

/* The files, sounds and films that these hold go; the picture that stands for them stays. */
static gboolean is_carrier(LwPdf *pdf, LwPdfObject *annotation)
{
	static const char *const carriers[] = {"FileAttachment", "Sound",      "Movie",
					       "Screen",	 "3D",	       "RichMedia",
					       "TrapNet",	 "Projection", NULL};
	const char *subtype = lw_pdf_name(lw_pdf_find(pdf, annotation, "Subtype"));
	LwPdfObject *look = lw_pdf_find(pdf, lw_pdf_find(pdf, annotation, "AP"), "N");
	return subtype && g_strv_contains(carriers, subtype) && look &&
	       (look->type == LW_PDF_STREAM || look->type == LW_PDF_DICTIONARY);
}

static const LwShape *shape_of(LwPdf *pdf, LwPdfObject *annotation)
{
	static const char *const drawings[] = {"FreeText", "Line",	"Square",      "Circle",
					       "Polygon",  "PolyLine",	"Highlight",   "Underline",
					       "Squiggly", "StrikeOut", "Stamp",       "Caret",
					       "Ink",	   "Watermark", "PrinterMark", NULL};
	const char *subtype = lw_pdf_name(lw_pdf_find(pdf, annotation, "Subtype"));
	if (!subtype || annotation->type != LW_PDF_DICTIONARY)
		return NULL;
	if (g_str_equal(subtype, "Link"))
		return &link_shape;
	if (g_str_equal(subtype, "Widget"))
		return &widget_shape;
	/* A reply is nothing but its words. */
	if (g_str_equal(subtype, "Text") && !lw_pdf_find(pdf, annotation, "IRT"))
		return &markup_shape;
	return g_strv_contains(drawings, subtype) || is_carrier(pdf, annotation) ? &markup_shape
										 : NULL;
}

static gboolean quad_meets(const GArray *boxes, LwMatrix matrix, const double corners[8])
{
	double x0 = G_MAXDOUBLE, y0 = G_MAXDOUBLE, x1 = -G_MAXDOUBLE, y1 = -G_MAXDOUBLE;
	for (guint i = 0; i < 8; i += 2) {
		double x, y;
		lw_matrix_apply(matrix, corners[i], corners[i + 1], &x, &y);
		x0 = MIN(x0, x);
		y0 = MIN(y0, y);
		x1 = MAX(x1, x);
		y1 = MAX(y1, y);
	}
	for (guint i = 0; i < boxes->len; i++) {
		const LwRect *rect = &g_array_index(boxes, LwBox, i).rect;
		/* Written so that what is no number meets. */
		if (!(x0 >= rect->x1 || x1 <= rect->x0 || y0 >= rect->y1 || y1 <= rect->y0))
			return TRUE;
	}
	return FALSE;
}

static gboolean meets_box(LwScrub *scrub, guint page, LwMatrix matrix, LwPdfObject *annotation)
{
	LwPdf *pdf = scrub->pdf;
	const GArray *boxes = scrub->boxes_by_page && page < scrub->boxes_by_page->len
				      ? g_ptr_array_index(scrub->boxes_by_page, page)
				      : NULL;
	if (!boxes || boxes->len == 0)
		return FALSE;
	double r[4];
	if (!lw_pdf_rectangle(pdf, lw_pdf_find(pdf, annotation, "Rect"), r))
		return TRUE;
	const double corners[8] = {r[0], r[1], r[2], r[1], r[0], r[3], r[2], r[3]};
	if (quad_meets(boxes, matrix, corners))
		return TRUE;
	LwPdfObject *quads = lw_pdf_find(pdf, annotation, "QuadPoints");
	for (guint i = 0; i + 8 <= lw_pdf_length(quads); i += 8) {
		double quad[8];
		for (guint j = 0; j < 8; j++)
			quad[j] = lw_pdf_number(pdf, lw_pdf_item(pdf, quads, i + j), 0);
		if (quad_meets(boxes, matrix, quad))
			return TRUE;
	}
	return FALSE;
}

static void strike_fields(Pass *pass, LwPdfObject *widget)
{
	LwPdfObject *field = widget;
	for (guint depth = 0; field && depth < FIELD_DEPTH; depth++) {
		g_hash_table_add(pass->struck, field);
		field = lw_pdf_find(pass->scrub->pdf, field, "Parent");
	}
}

static void finish_annotation(Pass *pass, LwPdfObject *page, LwPdfObject *annotation)
{
	LwScrub *scrub = pass->scrub;
	LwPdf *pdf = scrub->pdf;
	static const char *const dictionaries[] = {"AP", "OC", "BS", "BE", "MK"};
	for (guint i = 0; i < G_N_ELEMENTS(dictionaries); i++) {
		LwPdfObject *value = lw_pdf_find(pdf, annotation, dictionaries[i]);
		if (value && value->type != LW_PDF_DICTIONARY)
			lw_pdf_remove(annotation, dictionaries[i]);
		else if (value && dictionaries[i][0] == 'B')
			lw_shape_apply(scrub, value, &border_shape);
	}
	LwPdfObject *action = lw_pdf_find(pdf, annotation, "A");
	LwPdfObject *destination = lw_pdf_find(pdf, annotation, "Dest");
	if (action)
		lw_pdf_set(pdf, annotation, "A", lw_scrub_action(scrub, action));
	if (destination)
		lw_pdf_set(pdf, annotation, "Dest", lw_scrub_destination(scrub, destination));
	/* Words that a picture does not show: kept where they are all there is, and where a link
	 * needs them. */
	gboolean link = lw_pdf_is_name(lw_pdf_find(pdf, annotation, "Subtype"), "Link");
	gboolean text = lw_pdf_is_name(lw_pdf_find(pdf, annotation, "Subtype"), "FreeText");
	if (!link && (!text || lw_pdf_find(pdf, annotation, "AP")))
		lw_pdf_remove(annotation, "Contents");
	lw_pdf_set(pdf, annotation, "P", lw_pdf_reference(pdf, page));
}

static LwPdfObject *inherited(LwPdf *pdf, LwPdfObject *field, const char *key)
{
	LwPdfObject *value = NULL;
	for (guint depth = 0; field && !value && depth < FIELD_DEPTH; depth++) {
		value = lw_pdf_find(pdf, field, key);
		field = lw_pdf_find(pdf, field, "Parent");
	}
	return value;
}

static gboolean is_text(LwPdf *pdf, LwPdfObject *field)
{
	LwPdfObject *type = inherited(pdf, field, "FT");
	gint64 flags = lw_pdf_integer(pdf, inherited(pdf, field, "Ff"), 0);
	return lw_pdf_is_name(type, "Tx") || (lw_pdf_is_name(type, "Ch") && (flags & IS_COMBO));
}

/* Its appearance does not hold any more what it cut off: no more does its value. */
static void cut_value(const LwScrub *scrub, LwPdfObject *widget)
{
	LwMatrix matrix;
	LwPdf *pdf = scrub->pdf;
	LwPdfObject *form = lw_pdf_appearance(pdf, widget, &matrix), *field = widget;
	if (!form || !scrub->overflown || !g_hash_table_contains(scrub->overflown, form) ||
	    !is_text(pdf, widget))
		return;
	for (guint depth = 0; field && depth < FIELD_DEPTH; depth++) {
		lw_pdf_remove(field, "V");
		lw_pdf_remove(field, "DV");
		field = lw_pdf_find(pdf, field, "Parent");
	}
}

/* A field without any size: its value is read by programs only. */
static void hide_value(Pass *pass, guint page, LwPdfObject *widget)
{
	LwScrub *scrub = pass->scrub;
	double r[4];
	gboolean sized = lw_pdf_rectangle(scrub->pdf, lw_pdf_find(scrub->pdf, widget, "Rect"), r) &&
			 r[2] > r[0] && r[3] > r[1];
	if (sized || scrub->plan->hidden != LW_HIDDEN_GOES || !lw_pdf_find(scrub->pdf, widget, "V"))
		return;
	g_hash_table_add(pass->struck, widget);
	lw_receipt_notice(scrub->receipt, "hidden-field", (gint32)page,
			  "the value of a field that nobody sees was removed");
}

/* FALSE when it must go. */
static gboolean keep_annotation(Pass *pass, guint index, LwMatrix matrix, LwPdfObject *annotation)
{
	LwPdf *pdf = pass->scrub->pdf;
	const LwShape *shape = shape_of(pdf, annotation);
	gboolean widget = shape == &widget_shape;
	if (!shape)
		return FALSE;
	if (meets_box(pass->scrub, index, matrix, annotation)) {
		if (widget)
			strike_fields(pass, annotation);
		return FALSE;
	}
	if (lw_drawn_tells(pass->drawn, lw_pdf_find(pdf, annotation, "AP"))) {
		if (!widget)
			return FALSE;
		strike_fields(pass, annotation);
		g_hash_table_add(pass->told, annotation);
	}
	const LwPdfObject *said = lw_pdf_find(pdf, annotation, "Contents");
	if (is_carrier(pdf, annotation))
		lw_pdf_set(pdf, annotation, "Subtype", lw_pdf_new_name(pdf, "Stamp"));
	lw_shape_apply(pass->scrub, annotation, shape);
	finish_annotation(pass, lw_pdf_page(pdf, index), annotation);
	/* Who cannot see a note of a tagged page hears that there was one. */
	if (said && !lw_pdf_find(pdf, annotation, "Contents") &&
	    lw_pdf_find(pdf, lw_pdf_catalog(pdf), "StructTreeRoot"))
		lw_pdf_set(pdf, annotation, "Contents", lw_scrub_neutral(pass->scrub));
	if (widget) {
		cut_value(pass->scrub, annotation);
		hide_value(pass, index, annotation);
		g_ptr_array_add(pass->widgets, annotation);
	}
	return TRUE;
}

static void clean_page(Pass *pass, guint index)
{
	LwScrub *scrub = pass->scrub;
	LwPdf *pdf = scrub->pdf;
	LwPdfObject *page = lw_pdf_page(pdf, index);
	LwPdfObject *old = lw_pdf_find(pdf, page, "Annots"), *fresh = lw_pdf_new_array(pdf);
	double width, height;
	lw_shape_apply(scrub, page, &lw_shape_page);
	LwMatrix matrix = lw_pdf_page_matrix(pdf, index, &width, &height);
	for (guint i = 0; i < lw_pdf_length(old); i++) {
		LwPdfObject *annotation = lw_pdf_item(pdf, old, i);
		if (!annotation || g_hash_table_contains(pass->kept, annotation))
			continue;
		LwPdfObject *type = lw_pdf_find(pdf, annotation, "Type");
		if (annotation == lw_pdf_catalog(pdf) || lw_pdf_is_name(type, "Page") ||
		    lw_pdf_is_name(type, "Pages") || lw_pdf_is_name(type, "Catalog"))
			continue;
		if (keep_annotation(pass, index, matrix, annotation)) {
			g_hash_table_add(pass->kept, annotation);
			lw_pdf_append(pdf, fresh, lw_pdf_reference(pdf, annotation));
			continue;
		}
		scrub->receipt->annotations_removed++;
		if (annotation->number)
			lw_pdf_drop(pdf, annotation);
	}
	lw_pdf_set(pdf, page, "Annots", lw_pdf_length(fresh) ? fresh : NULL);
}

/* Fields have no type, or are widgets too; anything else is misuse. */
static gboolean is_field(LwPdf *pdf, LwPdfObject *object)
{
	LwPdfObject *type = lw_pdf_find(pdf, object, "Type");
	return object && object->type == LW_PDF_DICTIONARY &&
	       (!type || lw_pdf_is_name(type, "Annot"));
}

typedef struct {
	LwPdfObject *object;
	guint32 parent;
} Pending;

static void collect_fields(Pass *pass, GHashTable *seen, LwPdfObject *root, gboolean listed)
{
	LwPdf *pdf = pass->scrub->pdf;
	g_autoptr(GArray) stack = g_array_new(FALSE, FALSE, sizeof(Pending));
	Pending first = {root, NO_FIELD};
	if (is_field(pdf, root) && g_hash_table_add(seen, root))
		g_array_append_val(stack, first);
	while (stack->len) {
		Pending at = g_array_index(stack, Pending, stack->len - 1);
		g_array_set_size(stack, stack->len - 1);
		Field field = {.object = at.object, .parent = at.parent, .listed = listed};
		guint32 index = pass->fields->len;
		g_array_append_val(pass->fields, field);
		LwPdfObject *kids = lw_pdf_find(pdf, at.object, "Kids");
		for (guint i = lw_pdf_length(kids); i > 0; i--) {
			Pending kid = {lw_pdf_item(pdf, kids, i - 1), index};
			if (is_field(pdf, kid.object) && g_hash_table_add(seen, kid.object))
				g_array_append_val(stack, kid);
		}
	}
}

static void collect_all_fields(Pass *pass, LwPdfObject *form)
{
	LwPdf *pdf = pass->scrub->pdf;
	g_autoptr(GHashTable) seen = lw_scrub_set_new();
	LwPdfObject *roots = lw_pdf_find(pdf, form, "Fields");
	for (guint i = 0; i < lw_pdf_length(roots); i++)
		collect_fields(pass, seen, lw_pdf_item(pdf, roots, i), TRUE);
	/* Widgets that no field lists, with what stands above them. */
	for (guint i = 0; i < pass->widgets->len; i++) {
		LwPdfObject *widget = g_ptr_array_index(pass->widgets, i), *top = widget;
		if (g_hash_table_contains(seen, widget))
			continue;
		for (guint depth = 0; depth < FIELD_DEPTH; depth++) {
			LwPdfObject *parent = lw_pdf_find(pdf, top, "Parent");
			if (!is_field(pdf, parent) || g_hash_table_contains(seen, parent))
				break;
			top = parent;
		}
		collect_fields(pass, seen, top, FALSE);
		collect_fields(pass, seen, widget, FALSE);
	}
}

static gboolean is_signature(LwPdf *pdf, const Field *field)
{
	return lw_pdf_is_name(inherited(pdf, field->object, "FT"), "Sig");
}

/* Strings, names, and arrays of them: made direct, or NULL when there is anything else. */
static LwPdfObject *plain_value(const LwScrub *scrub, LwPdfObject *value, guint depth)
{
	LwPdf *pdf = scrub->pdf;
	value = lw_pdf_resolve(pdf, value);
	if (!value || value->type == LW_PDF_NAME)
		return value;
	if (value->type == LW_PDF_STRING)
		return lw_scrub_text(scrub, value);
	if (value->type != LW_PDF_ARRAY || depth > 1)
		return NULL;
	LwPdfObject *fresh = lw_pdf_new_array(pdf);
	for (guint i = 0; i < value->array.count; i++) {
		LwPdfObject *item = plain_value(scrub, value->array.items[i], depth + 1);
		if (item)
			lw_pdf_append(pdf, fresh, item);
	}
	return fresh;
}

/* Did a secret stand in it? */
static gboolean clean_value(Pass *pass, const Field *field, const char *key, gboolean keep)
{
	LwPdf *pdf = pass->scrub->pdf;
	if (!lw_pdf_find_raw(field->object, key))
		return FALSE;
	LwPdfObject *value = plain_value(pass->scrub, lw_pdf_find_raw(field->object, key), 0);
	gboolean tells = value && lw_scrub_tells_deep(pass->scrub, value);
	lw_pdf_set(pdf, field->object, key, keep && !tells ? value : NULL);
	return tells;
}

/* A secret in one of these texts, be it inside a word: no page shows them. */
static gboolean hides(Pass *pass, const LwPdfObject *value)
{
	if (!value || lw_secrets_is_empty(pass->scrub->secrets))
		return FALSE;
	if (value->type == LW_PDF_STRING) {
		g_autofree char *text = lw_pdf_text(value);
		return text && lw_secrets_within(pass->scrub->secrets, text, strlen(text)) >= 0;
	}
	for (guint i = 0; value->type == LW_PDF_ARRAY && i < value->array.count; i++)
		if (hides(pass, value->array.items[i]))
			return TRUE;
	return FALSE;
}

/* Choices and what a field starts with; what is left is plain. */
static gboolean clean_hidden(Pass *pass, const Field *field, const char *key)
{
	if (!hides(pass, lw_pdf_find_raw(field->object, key)))
		return FALSE;
	pass->scrub->receipt->strings_removed++;
	lw_pdf_remove(field->object, key);
	return TRUE;
}

static void clean_field(Pass *pass, Field *field)
{
	LwScrub *scrub = pass->scrub;
	LwPdf *pdf = scrub->pdf;
	gboolean signature = is_signature(pdf, field);
	gboolean struck = g_hash_table_contains(pass->struck, field->object);
	if (!g_hash_table_contains(pass->kept, field->object))
		lw_shape_apply(scrub, field->object, &field_shape);
	pass->signed_before |= signature && lw_pdf_find_raw(field->object, "V");
	field->tells |= clean_value(pass, field, "V", !signature && !struck);
	field->tells |= clean_value(pass, field, "DV", !signature && !struck);
	gboolean choices = clean_value(pass, field, "Opt", !signature && !struck);
	choices |= clean_hidden(pass, field, "Opt");
	clean_hidden(pass, field, "DV");
	if (field->tells || choices || struck) {
		lw_pdf_remove(field->object, "I");
		lw_pdf_remove(field->object, "TI");
	}
}

/* Names are free text, and what used them (scripts, actions) is gone: f1, f2, … in the order of the
 * tree. */
static void rename_fields(Pass *pass)
{
	LwPdf *pdf = pass->scrub->pdf;
	guint named = 0;
	for (guint i = 0; i < pass->fields->len; i++) {
		const Field *field = &g_array_index(pass->fields, Field, i);
		if (!lw_pdf_find_raw(field->object, "T"))
			continue;
		lw_pdf_remove(field->object, "T");
		if (!field->alive)
			continue;
		g_autofree char *name = g_strdup_printf("f%u", ++named);
		lw_pdf_set(pdf, field->object, "T", lw_pdf_new_text(pdf, name));
	}
}

/* Kids that stay, under the parent that lists them. */
static void link_fields(Pass *pass)
{
	LwPdf *pdf = pass->scrub->pdf;
	for (guint i = 0; i < pass->fields->len; i++) {
		Field *field = &g_array_index(pass->fields, Field, i);
		lw_pdf_remove(field->object, "Kids");
		lw_pdf_remove(field->object, "Parent");
	}
	for (guint i = 0; i < pass->fields->len; i++) {
		Field *field = &g_array_index(pass->fields, Field, i);
		if (!field->alive || field->parent == NO_FIELD)
			continue;
		LwPdfObject *parent = g_array_index(pass->fields, Field, field->parent).object;
		LwPdfObject *kids = lw_pdf_find(pdf, parent, "Kids");
		if (!kids) {
			kids = lw_pdf_new_array(pdf);
			lw_pdf_set(pdf, parent, "Kids", kids);
		}
		lw_pdf_append(pdf, kids, lw_pdf_reference(pdf, field->object));
		lw_pdf_set(pdf, field->object, "Parent", lw_pdf_reference(pdf, parent));
	}
}

/* What a signature showed outlives it as a stamp: some viewers draw a field that is not signed in
 * their own way. */
static gboolean retire_signature(Pass *pass, const Field *field)
{
	LwPdf *pdf = pass->scrub->pdf;
	LwPdfObject *look = lw_pdf_find(pdf, lw_pdf_find(pdf, field->object, "AP"), "N");
	if (!g_hash_table_contains(pass->kept, field->object) || !is_signature(pdf, field) ||
	    !look || look->type != LW_PDF_STREAM || lw_pdf_find(pdf, field->object, "Kids"))
		return FALSE;
	LwPdfObject *object = field->object;
	for (guint depth = 0; object && !lw_pdf_find(pdf, object, "V"); depth++)
		object = depth < FIELD_DEPTH ? lw_pdf_find(pdf, object, "Parent") : NULL;
	if (!object)
		return FALSE;
	lw_shape_apply(pass->scrub, field->object, &markup_shape);
	lw_pdf_set(pdf, field->object, "Subtype", lw_pdf_new_name(pdf, "Stamp"));
	lw_pdf_set(pdf, field->object, "Contents", lw_scrub_neutral(pass->scrub));
	pass->signed_before = TRUE;
	return TRUE;
}

static void judge_fields(Pass *pass)
{
	for (guint i = pass->fields->len; i > 0; i--) {
		Field *field = &g_array_index(pass->fields, Field, i - 1);
		gboolean stamp = retire_signature(pass, field);
		clean_field(pass, field);
		field->alive |= !stamp && g_hash_table_contains(pass->kept, field->object);
		if (field->alive && field->parent != NO_FIELD)
			g_array_index(pass->fields, Field, field->parent).alive = TRUE;
	}
}

static void clean_looks(Pass *pass)
{
	for (guint i = 0; i < pass->fields->len; i++) {
		Field *field = &g_array_index(pass->fields, Field, i);
		const Field *parent = field->parent == NO_FIELD
					      ? NULL
					      : &g_array_index(pass->fields, Field, field->parent);
		field->tells |= parent && parent->tells;
		gboolean told = g_hash_table_contains(pass->told, field->object);
		if (field->tells || told) {
			pass->emptied |=
				field->alive &&
				(told || !g_hash_table_contains(pass->struck, field->object));
			lw_pdf_remove(field->object, "AP");
			lw_pdf_remove(field->object, "AS");
		}
	}
}

static void rebuild_form(Pass *pass, LwPdfObject *catalog, LwPdfObject *old)
{
	LwScrub *scrub = pass->scrub;
	LwPdf *pdf = scrub->pdf;
	LwPdfObject *form = lw_pdf_new_dictionary(pdf), *roots = lw_pdf_new_array(pdf);
	LwPdfObject *resources = lw_pdf_find(pdf, old, "DR");
	LwPdfObject *look = lw_pdf_find(pdf, old, "DA");
	LwPdfObject *quadding = lw_pdf_find(pdf, old, "Q");
	for (guint i = 0; i < pass->fields->len; i++) {
		const Field *field = &g_array_index(pass->fields, Field, i);
		if (field->alive && field->listed && field->parent == NO_FIELD)
			lw_pdf_append(pdf, roots, lw_pdf_reference(pdf, field->object));
	}
	lw_pdf_remove(catalog, "AcroForm");
	if (lw_pdf_length(roots) == 0)
		return;
	lw_pdf_set(pdf, form, "Fields", roots);
	if (resources && resources->type == LW_PDF_DICTIONARY)
		lw_pdf_set(pdf, form, "DR", lw_pdf_reference(pdf, resources));
	if (look && look->type == LW_PDF_STRING && !lw_scrub_tells(scrub, look))
		lw_pdf_set(pdf, form, "DA", look);
	if (quadding && quadding->type == LW_PDF_INTEGER)
		lw_pdf_set(pdf, form, "Q", quadding);
	lw_pdf_set(pdf, catalog, "AcroForm", lw_pdf_reference(pdf, form));
}

static void pass_clear(Pass *pass)
{
	lw_drawn_free(pass->drawn);
	g_hash_table_unref(pass->kept);
	g_hash_table_unref(pass->struck);
	g_hash_table_unref(pass->told);
	g_ptr_array_unref(pass->widgets);
	g_array_unref(pass->fields);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Pass, pass_clear)

void lw_scrub_pages(LwScrub *scrub)
{
	LwPdf *pdf = scrub->pdf;
	LwPdfObject *catalog = lw_pdf_catalog(pdf);
	LwPdfObject *form = lw_pdf_find(pdf, catalog, "AcroForm");
	g_auto(Pass) pass = {
		.scrub = scrub,
		.drawn = lw_drawn_new(scrub),
		.kept = lw_scrub_set_new(),
		.struck = lw_scrub_set_new(),
		.told = lw_scrub_set_new(),
		.widgets = g_ptr_array_new(),
		.fields = g_array_new(FALSE, TRUE, sizeof(Field)),
	};
	lw_scrub_states(scrub);
	lw_scrub_looks(scrub);
	for (guint i = 0; i < lw_pdf_page_count(pdf); i++)
		clean_page(&pass, i);
	collect_all_fields(&pass, form);
	judge_fields(&pass);
	rename_fields(&pass);
	link_fields(&pass);
	clean_looks(&pass);
	rebuild_form(&pass, catalog, form);
	if (pass.emptied)
		lw_receipt_notice(scrub->receipt, "field-emptied", -1,
				  "a field was emptied: something removed stands in its value");
	if (pass.signed_before)
		lw_receipt_notice(scrub->receipt, "signatures-removed", -1,
				  "digital signatures were removed");
}
