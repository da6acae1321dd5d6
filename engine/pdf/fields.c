/* fields.c - goes through the form fields of a file and gives those that need it an appearance.
 *
 * Invariant: each widget is looked at once, in the order of the pages; a field that is done is as
 * any other annotation. */
#include "engine/pdf/fields.h"

#include "engine/base/limits.h"
#include "engine/pdf/encoding.h"
#include "engine/pdf/fieldlook.h"
#include "engine/pdf/fieldvalue.h"
#include "engine/pdf/lexer.h"

#include <math.h>
#include <string.h>

#define SIDE_LONGEST 20000.0 /* points */
#define SIZE_LARGEST 2000.0
#define CELLS_MOST   10000

typedef struct {
	LwFields fields;
	GHashTable *seen;   /* fields, widgets and arrays of annotations that were looked at */
	GHashTable *listed; /* what the form's tree reaches: NeedAppearances speaks of these */
	GHashTable *fonts;  /* LwFieldFont by font dictionary; NULL: of no use */
	GPtrArray *made;    /* LwFieldFont that are ours */
	const LwFieldFont *plain, *signs; /* of these, made when first needed */
	GPtrArray *widgets;		  /* of the pages */
	gboolean needed;		  /* NeedAppearances */
} Maker;

typedef struct {
	LwPdfObject *object;
	LwFieldType type;
	gint64 flags;
	double width, height;
	int turn; /* degrees */
} Widget;

/* Of a default appearance string. */
typedef struct {
	const char *font; /* NULL: none is named */
	double size;
	GString *colour;
} Style;

/* --- style --- */

static void take_token(Style *style, LwPdfObject *const *operands, guint count, const char *name)
{
	static const char *const colours[] = {"", "g", "", "rg", "k"};
	if (!strcmp(name, "Tf") && count >= 2 && lw_pdf_is_number(operands[count - 1])) {
		const LwPdfObject *size = operands[count - 1];
		double value = size->type == LW_PDF_REAL ? size->real : (double)size->integer;
		style->font = lw_pdf_name(operands[count - 2]);
		style->size = MIN(fabs(value), SIZE_LARGEST);
	}
	if (count < 1 || count > 4 || strcmp(name, colours[count]) != 0)
		return;
	g_string_truncate(style->colour, 0);
	for (guint i = 0; i < count; i++) {
		if (!lw_pdf_is_number(operands[i]))
			return;
		lw_pdf_print(style->colour, operands[i]);
		g_string_append_c(style->colour, ' ');
	}
	g_string_append_printf(style->colour, "%s\n", name);
}

/* Only the font and the fill colour count. */
static void read_style(const Maker *maker, LwPdfObject *widget, Style *style)
{
	const LwFields *fields = &maker->fields;
	LwPdfObject *look = lw_field_find(fields, widget, "DA");
	*style = (Style){.colour = g_string_new(NULL)};
	if (!look)
		look = lw_pdf_find(fields->pdf, fields->form, "DA");
	if (look && look->type == LW_PDF_STRING) {
		LwPdfObject *operands[8], *token;
		LwPdfLexer lexer;
		guint count = 0;
		lw_pdf_lexer_init(&lexer, fields->pdf, lw_pdf_arena(fields->pdf),
				  look->string.bytes, MIN(look->string.length, 4096));
		while ((token = lw_pdf_lex(&lexer))) {
			if (token->type == LW_PDF_OPERATOR) {
				take_token(style, operands, count, token->string.bytes);
				count = 0;
			} else if (count < G_N_ELEMENTS(operands)) {
				operands[count++] = token;
			}
		}
	}
	if (style->colour->len == 0)
		g_string_assign(style->colour, "0 g\n");
}

static char *dup_colour(LwPdf *pdf, LwPdfObject *colour, const char *const names[5])
{
	guint count = lw_pdf_length(colour);
	if (count < 1 || count > 4 || !names[count][0])
		return NULL;
	g_autoptr(GString) out = g_string_new(NULL);
	for (guint i = 0; i < count; i++) {
		lw_pdf_print_number(out, lw_pdf_number(pdf, lw_pdf_item(pdf, colour, i), 0));
		g_string_append_c(out, ' ');
	}
	g_string_append_printf(out, "%s\n", names[count]);
	return g_string_free(g_steal_pointer(&out), FALSE);
}

/* Width of the border; negative when the widget says nothing about it. */
static double border_of(LwPdf *pdf, LwPdfObject *widget, LwFrameStyle *style)
{
	LwPdfObject *own = lw_pdf_find(pdf, widget, "BS"),
		    *plain = lw_pdf_find(pdf, widget, "Border");
	const char *name = lw_pdf_name(lw_pdf_find(pdf, own, "S"));
	char letter = name ? name[0] : 'S';
	double width = -1;
	if (lw_pdf_dictionary_of(own))
		width = lw_pdf_number(pdf, lw_pdf_find(pdf, own, "W"), 1);
	else if (lw_pdf_length(plain) >= 3)
		width = lw_pdf_number(pdf, lw_pdf_item(pdf, plain, 2), 1);
	*style = letter == 'D'	 ? LW_FRAME_DASHED
		 : letter == 'B' ? LW_FRAME_BEVELED
		 : letter == 'I' ? LW_FRAME_INSET
		 : letter == 'U' ? LW_FRAME_UNDERLINE
				 : LW_FRAME_SOLID;
	return MIN(width, SIDE_LONGEST);
}

/* --- fonts --- */

static const LwFieldFont *listed_font(Maker *maker, LwPdfObject *owner, const char *name)
{
	LwPdf *pdf = maker->fields.pdf;
	LwPdfObject *fonts = lw_pdf_find(pdf, owner, "Font");
	LwPdfObject *value = name ? lw_pdf_find_raw(fonts, name) : NULL;
	LwPdfObject *dictionary = lw_pdf_resolve(pdf, value);
	if (!dictionary)
		return NULL;
	if (!g_hash_table_contains(maker->fonts, dictionary))
		g_hash_table_insert(maker->fonts, dictionary, lw_field_font_load(pdf, value));
	return g_hash_table_lookup(maker->fonts, dictionary);
}

static const LwFieldFont *own_font(Maker *maker, const char *text)
{
	LwFieldFont *font = lw_field_font_new(maker->fields.pdf, text);
	g_ptr_array_add(maker->made, font);
	return font;
}

/* Fills glyphs; *whole says whether every character is among them. */
static const LwFieldFont *choose_font(Maker *maker, LwPdfObject *widget, const char *name,
				      const char *text, GArray *glyphs, gboolean *whole)
{
	LwPdf *pdf = maker->fields.pdf;
	LwPdfObject *look = lw_pdf_find(pdf, lw_pdf_find(pdf, widget, "AP"), "N");
	if (!maker->plain)
		maker->plain = own_font(maker, "");
	const LwFieldFont *fonts[] = {
		listed_font(maker, lw_pdf_find(pdf, maker->fields.form, "DR"), name),
		listed_font(maker, lw_field_find(&maker->fields, widget, "DR"), name),
		listed_font(maker, lw_pdf_find(pdf, look, "Resources"), name),
		maker->plain,
	};
	*whole = TRUE;
	for (guint i = 0; i < G_N_ELEMENTS(fonts); i++) {
		g_array_set_size(glyphs, 0);
		if (fonts[i] && !lw_field_font_encode(fonts[i], text, glyphs))
			return fonts[i];
	}
	const LwFieldFont *font = own_font(maker, text);
	g_array_set_size(glyphs, 0);
	*whole = lw_field_font_encode(font, text, glyphs) == 0;
	return font;
}

/* --- appearance --- */

static gboolean measure(LwPdf *pdf, Widget *widget)
{
	double r[4];
	if (!lw_pdf_rectangle(pdf, lw_pdf_find(pdf, widget->object, "Rect"), r))
		return FALSE;
	widget->width = r[2] - r[0];
	widget->height = r[3] - r[1];
	LwPdfObject *looks = lw_pdf_find(pdf, widget->object, "MK");
	gint64 turn = lw_pdf_integer(pdf, lw_pdf_find(pdf, looks, "R"), 0) % 360;
	widget->turn = (int)(turn < 0 ? turn + 360 : turn);
	return widget->width > 0 && widget->height > 0 && widget->width <= SIDE_LONGEST &&
	       widget->height <= SIDE_LONGEST;
}

/* How many characters share a comb; 0: it is none. */
static guint comb_cells(const LwFields *fields, const Widget *widget)
{
	const gint64 others = LW_FIELD_IS_MULTILINE | LW_FIELD_IS_PASSWORD | LW_FIELD_IS_FILE;
	if (widget->type != LW_FIELD_TEXT || !(widget->flags & LW_FIELD_IS_COMB) ||
	    (widget->flags & others))
		return 0;
	gint64 cells =
		lw_pdf_integer(fields->pdf, lw_field_find(fields, widget->object, "MaxLen"), 0);
	return cells > 0 && cells <= CELLS_MOST ? (guint)cells : 0;
}

static void draw_frame(const Maker *maker, const Widget *widget, GString *out)
{
	static const char *const fills[] = {"", "g", "", "rg", "k"};
	static const char *const lines[] = {"", "G", "", "RG", "K"};
	LwPdf *pdf = maker->fields.pdf;
	LwPdfObject *looks = lw_pdf_find(pdf, widget->object, "MK");
	g_autofree char *fill = dup_colour(pdf, lw_pdf_find(pdf, looks, "BG"), fills);
	g_autofree char *line = dup_colour(pdf, lw_pdf_find(pdf, looks, "BC"), lines);
	LwFieldFrame frame = {.width = widget->width,
			      .height = widget->height,
			      .background = fill,
			      .line = line,
			      .round = widget->type == LW_FIELD_RADIO};
	frame.cells = widget->turn == 0 ? comb_cells(&maker->fields, widget) : 0;
	frame.border = border_of(pdf, widget->object, &frame.style);
	if (frame.border < 0) /* table 168: one point */
		frame.border = 1;
	lw_field_draw_frame(out, &frame);
}

static void print_turn(GString *out, const Widget *widget)
{
	g_autoptr(GString) width = g_string_new(NULL);
	g_autoptr(GString) height = g_string_new(NULL);
	lw_pdf_print_number(width, widget->width);
	lw_pdf_print_number(height, widget->height);
	if (widget->turn == 90)
		g_string_append_printf(out, "0 1 -1 0 %s 0 cm\n", width->str);
	else if (widget->turn == 180)
		g_string_append_printf(out, "-1 0 0 -1 %s %s cm\n", width->str, height->str);
	else if (widget->turn == 270)
		g_string_append_printf(out, "0 -1 1 0 0 %s cm\n", height->str);
}

static LwPdfObject *new_form(LwPdf *pdf, const Widget *widget, const GString *content,
			     const LwFieldFont *font)
{
	LwPdfObject *form = lw_pdf_new_dictionary(pdf), *box = lw_pdf_new_array(pdf);
	LwPdfObject *resources = lw_pdf_new_dictionary(pdf), *fonts = lw_pdf_new_dictionary(pdf);
	const double sides[] = {0, 0, widget->width, widget->height};
	for (guint i = 0; i < G_N_ELEMENTS(sides); i++)
		lw_pdf_append(pdf, box, lw_pdf_new_real(pdf, sides[i]));
	if (font) {
		lw_pdf_set(pdf, fonts, LW_FIELD_FONT, font->value);
		lw_pdf_set(pdf, resources, "Font", fonts);
	}
	lw_pdf_set(pdf, form, "Type", lw_pdf_new_name(pdf, "XObject"));
	lw_pdf_set(pdf, form, "Subtype", lw_pdf_new_name(pdf, "Form"));
	lw_pdf_set(pdf, form, "BBox", box);
	lw_pdf_set(pdf, form, "Resources", resources);
	g_autoptr(GBytes) data = g_bytes_new(content->str, content->len);
	return lw_pdf_reference(pdf, lw_pdf_new_stream(pdf, form, data));
}

static void set_look(LwPdf *pdf, LwPdfObject *widget, LwPdfObject *normal)
{
	LwPdfObject *looks = lw_pdf_new_dictionary(pdf);
	lw_pdf_set(pdf, looks, "N", normal);
	lw_pdf_set(pdf, widget, "AP", looks);
}

static void print_text(Maker *maker, const Widget *widget, LwFieldText *text, GString *out)
{
	gboolean sideways = widget->turn == 90 || widget->turn == 270;
	LwFrameStyle unused;
	text->width = sideways ? widget->height : widget->width;
	text->height = sideways ? widget->width : widget->height;
	text->border = MAX(border_of(maker->fields.pdf, widget->object, &unused), 0);
	g_string_append(out, "/Tx BMC\nq\n");
	print_turn(out, widget);
	lw_field_draw_text(out, text);
	g_string_append(out, "Q\nEMC\n");
}

static void lay_out(const Maker *maker, const Widget *widget, LwFieldText *text)
{
	const LwFields *fields = &maker->fields;
	LwPdfObject *quadding = lw_field_find(fields, widget->object, "Q");
	if (!quadding)
		quadding = lw_pdf_find(fields->pdf, fields->form, "Q");
	gint64 side = lw_pdf_integer(fields->pdf, quadding, 0);
	text->quadding = side == 1 ? LW_FIELD_CENTRE : side == 2 ? LW_FIELD_RIGHT : LW_FIELD_LEFT;
	if (widget->type == LW_FIELD_OPTIONS)
		text->layout = LW_FIELD_LIST;
	if (widget->type == LW_FIELD_PUSH)
		text->quadding = LW_FIELD_CENTRE;
	if (widget->type != LW_FIELD_TEXT)
		return;
	text->cells = comb_cells(fields, widget);
	text->layout = widget->flags & LW_FIELD_IS_MULTILINE ? LW_FIELD_LINES
		       : text->cells			     ? LW_FIELD_COMB
							     : LW_FIELD_LINE;
}

static void draw_value(Maker *maker, const Widget *widget)
{
	LwPdf *pdf = maker->fields.pdf;
	g_autoptr(GHashTable) chosen = g_hash_table_new(NULL, NULL);
	g_autoptr(GArray) glyphs = g_array_new(FALSE, FALSE, sizeof(LwFieldGlyph));
	g_autoptr(GString) out = g_string_new(NULL);
	g_autofree char *string = lw_field_dup_text(&maker->fields, widget->object, widget->type,
						    widget->flags, chosen);
	const LwFieldFont *font = NULL;
	gboolean whole = string != NULL;
	draw_frame(maker, widget, out);
	if (string && *string) {
		Style style;
		read_style(maker, widget->object, &style);
		font = choose_font(maker, widget->object, style.font, string, glyphs, &whole);
		LwFieldText text = {.size = style.size,
				    .colour = style.colour->str,
				    .glyphs = glyphs,
				    .chosen = chosen,
				    .bytes = font->bytes};
		lay_out(maker, widget, &text);
		print_text(maker, widget, &text, out);
		g_string_free(style.colour, TRUE);
	}
	if (!whole)
		lw_field_forget(&maker->fields, widget->object);
	set_look(pdf, widget->object, new_form(pdf, widget, out, font));
}

/* --- buttons --- */

/* The sign of a box that is on: a character of ZapfDingbats, by its code. Yours. */
static char *dup_sign(LwPdf *pdf, const Widget *widget)
{
	LwPdfObject *looks = lw_pdf_find(pdf, widget->object, "MK");
	LwPdfObject *caption = lw_pdf_find(pdf, looks, "CA");
	guint8 code = widget->type == LW_FIELD_RADIO ? 'l' : '3';
	gunichar unicode[LW_PDF_GLYPH_CHARACTERS];
	if (caption && caption->type == LW_PDF_STRING && caption->string.length > 0)
		code = (guint8)caption->string.bytes[0];
	const char *name = lw_pdf_encoding_glyph(LW_PDF_ENCODING_DINGBATS, code);
	if (!lw_pdf_dingbat_unicode(name, unicode))
		return NULL;
	return g_ucs4_to_utf8(unicode, 1, NULL, NULL, NULL);
}

static const LwFieldFont *sign_font(Maker *maker)
{
	LwPdf *pdf = maker->fields.pdf;
	if (maker->signs)
		return maker->signs;
	LwPdfObject *dictionary = lw_pdf_new_dictionary(pdf);
	lw_pdf_set(pdf, dictionary, "Type", lw_pdf_new_name(pdf, "Font"));
	lw_pdf_set(pdf, dictionary, "Subtype", lw_pdf_new_name(pdf, "Type1"));
	lw_pdf_set(pdf, dictionary, "BaseFont", lw_pdf_new_name(pdf, "ZapfDingbats"));
	LwFieldFont *font = lw_field_font_load(pdf, lw_pdf_reference(pdf, dictionary));
	g_ptr_array_add(maker->made, font);
	maker->signs = font;
	return font;
}

static const LwFieldFont *draw_sign(Maker *maker, const Widget *widget, GString *out)
{
	g_autofree char *sign = dup_sign(maker->fields.pdf, widget);
	g_autoptr(GArray) glyphs = g_array_new(FALSE, FALSE, sizeof(LwFieldGlyph));
	const LwFieldFont *font = sign_font(maker);
	Style style;
	if (!sign || lw_field_font_encode(font, sign, glyphs))
		return NULL;
	read_style(maker, widget->object, &style);
	LwFieldText text = {.size = style.size,
			    .colour = style.colour->str,
			    .glyphs = glyphs,
			    .quadding = LW_FIELD_CENTRE,
			    .bytes = font->bytes};
	print_text(maker, widget, &text, out);
	g_string_free(style.colour, TRUE);
	return font;
}

/* Its states, of which the file's own stay; only the file knows their names. */
static LwPdfObject *states_of(LwPdf *pdf, LwPdfObject *looks)
{
	return looks && looks->type == LW_PDF_DICTIONARY ? lw_pdf_copy(pdf, looks)
							 : lw_pdf_new_dictionary(pdf);
}

/* A box that has any appearance keeps it, unless the viewer is asked for the sign of one that is
 * on. */
static void draw_box(Maker *maker, const Widget *widget, gboolean needed)
{
	LwPdf *pdf = maker->fields.pdf;
	LwPdfObject *looks = lw_pdf_find(pdf, lw_pdf_find(pdf, widget->object, "AP"), "N");
	LwPdfObject *sign = lw_pdf_find(pdf, lw_pdf_find(pdf, widget->object, "MK"), "CA");
	const char *state = lw_pdf_name(lw_pdf_find(pdf, widget->object, "AS"));
	gboolean none = !looks || (looks->type == LW_PDF_DICTIONARY && !looks->dictionary.count);
	if (!state && widget->type == LW_FIELD_CHECK)
		state = lw_pdf_name(lw_field_find(&maker->fields, widget->object, "V"));
	if (!state)
		state = "Off";
	gboolean on = strcmp(state, "Off") != 0;
	if (!none && !(needed && on && sign))
		return;
	g_autoptr(GString) out = g_string_new(NULL);
	draw_frame(maker, widget, out);
	const LwFieldFont *font = on ? draw_sign(maker, widget, out) : NULL;
	if (on && !font && !none) /* a sign that nobody knows */
		return;
	LwPdfObject *states = states_of(pdf, looks);
	lw_pdf_set(pdf, states, state, new_form(pdf, widget, out, font));
	lw_pdf_set(pdf, widget->object, "AS", lw_pdf_new_name(pdf, state));
	set_look(pdf, widget->object, states);
}

/* --- the fields of a file --- */

static gboolean has_look(LwPdf *pdf, LwPdfObject *widget)
{
	LwPdfObject *look = lw_pdf_find(pdf, lw_pdf_find(pdf, widget, "AP"), "N");
	return look && look->type == LW_PDF_STREAM;
}

/* Only the file knows what a button with an icon, or without a caption, looks like. */
static gboolean has_own_face(LwPdf *pdf, LwPdfObject *widget)
{
	LwPdfObject *looks = lw_pdf_find(pdf, widget, "MK");
	return lw_pdf_integer(pdf, lw_pdf_find(pdf, looks, "TP"), 0) != 0 ||
	       !lw_pdf_find(pdf, looks, "CA");
}

static void make_look(Maker *maker, LwPdfObject *object)
{
	LwPdf *pdf = maker->fields.pdf;
	Widget widget = {.object = object};
	widget.type = lw_field_type(&maker->fields, object, &widget.flags);
	if (widget.type == LW_FIELD_NONE || !measure(pdf, &widget))
		return;
	gboolean secret = widget.type == LW_FIELD_TEXT && (widget.flags & LW_FIELD_IS_PASSWORD);
	gboolean needed = maker->needed && g_hash_table_contains(maker->listed, object) &&
			  !secret && widget.type != LW_FIELD_SIGNATURE &&
			  !(widget.type == LW_FIELD_PUSH && has_own_face(pdf, object));
	if (widget.type == LW_FIELD_CHECK || widget.type == LW_FIELD_RADIO)
		draw_box(maker, &widget, needed);
	else if (needed || !has_look(pdf, object))
		draw_value(maker, &widget);
}

static void collect_widgets(Maker *maker, LwPdfObject *annotations)
{
	LwPdf *pdf = maker->fields.pdf;
	if (!lw_pdf_length(annotations) || !g_hash_table_add(maker->seen, annotations))
		return;
	for (guint i = 0; i < lw_pdf_length(annotations); i++) {
		LwPdfObject *object = lw_pdf_item(pdf, annotations, i);
		if (object && object->type == LW_PDF_DICTIONARY &&
		    lw_pdf_is_name(lw_pdf_find(pdf, object, "Subtype"), "Widget") &&
		    g_hash_table_add(maker->seen, object))
			g_ptr_array_add(maker->widgets, object);
	}
}

/* Whose kid is who: a kid need not say so itself. Widgets on no page are looked at last. */
static void collect_kids(Maker *maker, LwPdfObject *roots)
{
	LwPdf *pdf = maker->fields.pdf;
	g_autoptr(GPtrArray) arrays = g_ptr_array_new();
	g_autoptr(GPtrArray) owners = g_ptr_array_new();
	g_ptr_array_add(arrays, roots);
	g_ptr_array_add(owners, NULL);
	while (arrays->len) {
		LwPdfObject *kids = g_ptr_array_steal_index(arrays, arrays->len - 1);
		LwPdfObject *owner = g_ptr_array_steal_index(owners, owners->len - 1);
		if (!lw_pdf_length(kids) || !g_hash_table_add(maker->seen, kids))
			continue;
		for (guint i = 0; i < lw_pdf_length(kids); i++) {
			LwPdfObject *kid = lw_pdf_item(pdf, kids, i);
			if (!kid || kid->type != LW_PDF_DICTIONARY)
				continue;
			g_hash_table_add(maker->listed, kid);
			if (owner && !g_hash_table_contains(maker->fields.parents, kid))
				g_hash_table_insert(maker->fields.parents, kid, owner);
			if (lw_pdf_is_name(lw_pdf_find(pdf, kid, "Subtype"), "Widget") &&
			    g_hash_table_add(maker->seen, kid))
				g_ptr_array_add(maker->widgets, kid);
			g_ptr_array_add(arrays, lw_pdf_find(pdf, kid, "Kids"));
			g_ptr_array_add(owners, kid);
		}
	}
}

/* Passwords are no text of the document. */
static void forget_passwords(Maker *maker)
{
	for (guint i = 0; i < maker->widgets->len; i++) {
		gint64 flags;
		LwPdfObject *widget = maker->widgets->pdata[i];
		if (lw_field_type(&maker->fields, widget, &flags) == LW_FIELD_TEXT &&
		    (flags & LW_FIELD_IS_PASSWORD))
			lw_field_forget(&maker->fields, widget);
	}
}

static void free_font(gpointer font)
{
	lw_field_font_free(font);
}

void lw_pdf_fields_materialise(LwPdf *pdf)
{
	LwPdfObject *form = lw_pdf_find(pdf, lw_pdf_catalog(pdf), "AcroForm");
	if (form && form->type != LW_PDF_DICTIONARY)
		form = NULL;
	LwPdfObject *needs = lw_pdf_find(pdf, form, "NeedAppearances");
	Maker maker = {
		.fields = {.pdf = pdf, .form = form, .parents = g_hash_table_new(NULL, NULL)},
		.seen = g_hash_table_new(NULL, NULL),
		.listed = g_hash_table_new(NULL, NULL),
		.fonts = g_hash_table_new_full(NULL, NULL, NULL, free_font),
		.made = g_ptr_array_new_with_free_func(free_font),
		.widgets = g_ptr_array_new(),
		.needed = needs && needs->type == LW_PDF_BOOLEAN && needs->boolean,
	};
	for (guint i = 0; i < lw_pdf_page_count(pdf); i++)
		collect_widgets(&maker, lw_pdf_find(pdf, lw_pdf_page(pdf, i), "Annots"));
	collect_kids(&maker, lw_pdf_find(pdf, form, "Fields"));
	forget_passwords(&maker);
	for (guint i = 0; i < maker.widgets->len; i++)
		make_look(&maker, maker.widgets->pdata[i]);
	if (form)
		lw_pdf_remove(form, "NeedAppearances");
	g_hash_table_unref(maker.fields.parents);
	g_hash_table_unref(maker.seen);
	g_hash_table_unref(maker.listed);
	g_hash_table_unref(maker.fonts);
	g_ptr_array_unref(maker.made);
	g_ptr_array_unref(maker.widgets);
}
