/* fieldvalue.c - looks up what a form field says, in the field and above it (ISO 32000-1
 * section 12.7.3 and 12.7.4).
 *
 * Every loop over what the file says is bounded. */
#include "engine/pdf/fieldvalue.h"

#include "engine/pdf/encoding.h"

#include <string.h>

#define DEPTH_MOST	64
#define CHARACTERS_MOST (32u * 1024 * 1024) /* of all fields together */
#define OPTIONS_MOST	100000u
#define OPTION_PRICE	8    /* characters: looking at one costs time */
#define ESCAPE		0x1b /* begins and ends a language code (7.9.2.2) */

LwPdfObject *lw_field_parent(const LwFields *fields, LwPdfObject *field)
{
	LwPdfObject *parent = lw_pdf_find(fields->pdf, field, "Parent");
	return parent ? parent : g_hash_table_lookup(fields->parents, field);
}

LwPdfObject *lw_field_find(const LwFields *fields, LwPdfObject *field, const char *key)
{
	for (guint depth = 0; field && depth < DEPTH_MOST; depth++) {
		LwPdfObject *value = lw_pdf_find(fields->pdf, field, key);
		if (value)
			return value;
		field = lw_field_parent(fields, field);
	}
	return NULL;
}

LwFieldType lw_field_type(const LwFields *fields, LwPdfObject *field, gint64 *flags)
{
	const char *type = lw_pdf_name(lw_field_find(fields, field, "FT"));
	*flags = lw_pdf_integer(fields->pdf, lw_field_find(fields, field, "Ff"), 0);
	if (!type)
		return LW_FIELD_NONE;
	if (!strcmp(type, "Tx"))
		return LW_FIELD_TEXT;
	if (!strcmp(type, "Ch"))
		return *flags & LW_FIELD_IS_COMBO ? LW_FIELD_COMBO : LW_FIELD_OPTIONS;
	if (!strcmp(type, "Sig"))
		return LW_FIELD_SIGNATURE;
	if (strcmp(type, "Btn") != 0)
		return LW_FIELD_NONE;
	if (*flags & LW_FIELD_IS_PUSH)
		return LW_FIELD_PUSH;
	return *flags & LW_FIELD_IS_RADIO ? LW_FIELD_RADIO : LW_FIELD_CHECK;
}

void lw_field_forget(const LwFields *fields, LwPdfObject *field)
{
	for (guint depth = 0; field && depth < DEPTH_MOST; depth++) {
		lw_pdf_remove(field, "V");
		lw_pdf_remove(field, "DV");
		lw_pdf_remove(field, "RV");
		field = lw_field_parent(fields, field);
	}
}

/* A string, a name, or a text stream as UTF-8; NULL for anything else. Yours. */
static char *dup_string(LwPdf *pdf, LwPdfObject *value)
{
	if (value && value->type == LW_PDF_NAME)
		return g_utf8_make_valid(value->string.bytes, (gssize)value->string.length);
	if (!value || value->type != LW_PDF_STREAM)
		return lw_pdf_text(value);
	g_autoptr(GBytes) data = lw_pdf_decode(pdf, value, NULL, NULL);
	gsize length = 0;
	const char *bytes = data ? g_bytes_get_data(data, &length) : NULL;
	if (!bytes || length > CHARACTERS_MOST)
		return NULL;
	return lw_pdf_text(lw_pdf_new_string(pdf, bytes, length));
}

/* Control characters go; line ends become \n, or spaces where there is one line only. FALSE past
 * the bound. */
static gboolean append_clean(LwFields *fields, GString *out, const char *text, char line_end)
{
	gboolean language = FALSE;
	for (const char *p = text; *p; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);
		if (++fields->characters > CHARACTERS_MOST)
			return FALSE;
		if (c == ESCAPE)
			language = !language;
		if (language && c < 0x80)
			continue;
		language = FALSE;
		if (c == '\r' && p[1] == '\n')
			continue;
		if (c == '\r' || c == '\n' || c == 0x2028 || c == 0x2029)
			g_string_append_c(out, line_end);
		else if (c == '\t')
			g_string_append_c(out, ' ');
		else if (lw_pdf_is_character(c))
			g_string_append_unichar(out, c);
	}
	return TRUE;
}

/* Option number index: what it exports and what it shows, in `shown` the latter. Yours. */
static char *dup_option(LwPdf *pdf, LwPdfObject *options, guint index, char **shown)
{
	LwPdfObject *option = lw_pdf_item(pdf, options, index);
	gboolean pair = lw_pdf_length(option) >= 2;
	char *exported = dup_string(pdf, pair ? lw_pdf_item(pdf, option, 0) : option);
	*shown = pair ? dup_string(pdf, lw_pdf_item(pdf, option, 1)) : g_strdup(exported);
	return exported;
}

static char *dup_combo(LwFields *fields, LwPdfObject *value, LwPdfObject *options)
{
	LwPdf *pdf = fields->pdf;
	g_autofree char *text = dup_string(pdf, value);
	guint count = MIN(lw_pdf_length(options), OPTIONS_MOST);
	for (guint i = 0; text && i < count && fields->characters <= CHARACTERS_MOST; i++) {
		fields->characters += OPTION_PRICE;
		g_autofree char *shown = NULL;
		g_autofree char *exported = dup_option(pdf, options, i, &shown);
		if (shown && !g_strcmp0(exported, text))
			return g_steal_pointer(&shown);
	}
	return g_steal_pointer(&text);
}

/* The strings of a list box's value; NULL when it names its options by /I. Yours. */
static GHashTable *chosen_strings(LwPdf *pdf, LwPdfObject *value)
{
	if (!value)
		return NULL;
	GHashTable *strings = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	guint count = value->type == LW_PDF_ARRAY ? MIN(lw_pdf_length(value), OPTIONS_MOST) : 1;
	for (guint i = 0; i < count; i++) {
		gboolean many = value->type == LW_PDF_ARRAY;
		char *text = dup_string(pdf, many ? lw_pdf_item(pdf, value, i) : value);
		if (text)
			g_hash_table_add(strings, text);
	}
	return strings;
}

static gboolean append_options(LwFields *fields, GString *out, LwPdfObject *field,
			       GHashTable *chosen)
{
	LwPdf *pdf = fields->pdf;
	LwPdfObject *options = lw_field_find(fields, field, "Opt");
	LwPdfObject *indexes = lw_field_find(fields, field, "I");
	gint64 top = lw_pdf_integer(pdf, lw_field_find(fields, field, "TI"), 0);
	guint count = MIN(lw_pdf_length(options), OPTIONS_MOST);
	guint first = top > 0 && top < count ? (guint)top : 0;
	g_autoptr(GHashTable) strings = chosen_strings(pdf, lw_field_find(fields, field, "V"));
	for (guint i = first; i < count; i++) {
		g_autofree char *shown = NULL;
		g_autofree char *exported = dup_option(pdf, options, i, &shown);
		fields->characters += OPTION_PRICE;
		if (i > first)
			g_string_append_c(out, '\n');
		if (shown && !append_clean(fields, out, shown, ' '))
			return FALSE;
		if (strings && ((exported && g_hash_table_contains(strings, exported)) ||
				(shown && g_hash_table_contains(strings, shown))))
			g_hash_table_add(chosen, GUINT_TO_POINTER(i - first));
	}
	for (guint i = 0; !strings && i < MIN(lw_pdf_length(indexes), OPTIONS_MOST); i++) {
		gint64 index = lw_pdf_integer(pdf, lw_pdf_item(pdf, indexes, i), -1);
		if (index >= first && index < count)
			g_hash_table_add(chosen, GUINT_TO_POINTER((guint)index - first));
	}
	return TRUE;
}

char *lw_field_dup_text(LwFields *fields, LwPdfObject *field, LwFieldType type, gint64 flags,
			GHashTable *chosen)
{
	LwPdf *pdf = fields->pdf;
	g_autoptr(GString) out = g_string_new(NULL);
	g_autofree char *text = NULL;
	char line_end = ' ';
	if (type == LW_FIELD_OPTIONS) {
		if (!append_options(fields, out, field, chosen))
			return NULL;
	} else if (type == LW_FIELD_TEXT) {
		text = dup_string(pdf, lw_field_find(fields, field, "V"));
		line_end = flags & LW_FIELD_IS_MULTILINE ? '\n' : ' ';
	} else if (type == LW_FIELD_COMBO) {
		text = dup_combo(fields, lw_field_find(fields, field, "V"),
				 lw_field_find(fields, field, "Opt"));
	} else if (type == LW_FIELD_PUSH) {
		text = dup_string(pdf, lw_pdf_find(pdf, lw_pdf_find(pdf, field, "MK"), "CA"));
	}
	if (text && !append_clean(fields, out, text, line_end))
		return NULL;
	return g_string_free(g_steal_pointer(&out), FALSE);
}
