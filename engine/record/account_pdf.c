/* account_pdf.c - the account of a publication as a tagged PDF for people. The door to Pango.
 *
 * Cairo draws and tags; our own writer makes it anew, with what PDF/UA-1 asks beyond that, and
 * without dates. */
#include "engine/record/paper.h"

#include "engine/pdf/lexer.h"
#include "engine/pdf/object.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>
#include <string.h>

#define PAGE_WIDTH   595.276 /* A4, points */
#define PAGE_HEIGHT  841.89
#define MARGIN	     56.0
#define FULL	     (PAGE_WIDTH - 2 * MARGIN)
#define FONT	     "Liberation Sans, DejaVu Sans, Sans"
#define CELL_PADDING 3.0
#define COLUMNS_MAX  6

typedef struct {
	cairo_t *cairo;
	double y;
	LwLang lang;
} Sheet;

static cairo_status_t take(void *self, const unsigned char *data, unsigned int length)
{
	g_byte_array_append(self, data, length);
	return CAIRO_STATUS_SUCCESS;
}

typedef enum { WEIGHT_NORMAL, WEIGHT_BOLD } Weight;

static PangoLayout *layout_of(Sheet *sheet, const char *text, double width, double size,
			      Weight weight)
{
	PangoLayout *layout = pango_cairo_create_layout(sheet->cairo);
	PangoFontDescription *font = pango_font_description_from_string(FONT);
	pango_font_description_set_absolute_size(font, size * PANGO_SCALE);
	if (weight == WEIGHT_BOLD)
		pango_font_description_set_weight(font, PANGO_WEIGHT_BOLD);
	pango_layout_set_font_description(layout, font);
	pango_font_description_free(font);
	pango_layout_set_width(layout, (int)(width * PANGO_SCALE));
	pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
	pango_layout_set_text(layout, text, -1);
	return layout;
}

static double height_of(PangoLayout *layout)
{
	int width, height;
	pango_layout_get_size(layout, &width, &height);
	return (double)height / PANGO_SCALE;
}

static void need(Sheet *sheet, double height)
{
	if (sheet->y + height <= PAGE_HEIGHT - MARGIN)
		return;
	cairo_show_page(sheet->cairo);
	sheet->y = MARGIN;
}

static void add_text(Sheet *sheet, const char *tag, const char *text, double size, Weight weight)
{
	PangoLayout *layout = layout_of(sheet, text, FULL, size, weight);
	double height = height_of(layout);
	need(sheet, height + (weight == WEIGHT_BOLD ? 40 : 0)); /* no heading alone at the foot */
	cairo_tag_begin(sheet->cairo, tag, NULL);
	cairo_move_to(sheet->cairo, MARGIN, sheet->y);
	pango_cairo_show_layout(sheet->cairo, layout);
	cairo_tag_end(sheet->cairo, tag);
	sheet->y += height + size * 0.6;
	g_object_unref(layout);
}

/* widths: shares of the page, as many as cells. */
static void add_row(Sheet *sheet, const char *const *cells, const double *widths, Weight weight)
{
	PangoLayout *layouts[COLUMNS_MAX];
	double tallest = 0, x = MARGIN;
	const char *tag = weight == WEIGHT_BOLD ? "TH" : "TD";
	guint count = 0;
	for (; cells[count]; count++) {
		layouts[count] = layout_of(sheet, cells[count],
					   widths[count] * FULL - 2 * CELL_PADDING, 9, weight);
		tallest = MAX(tallest, height_of(layouts[count]));
	}
	need(sheet, tallest + 2 * CELL_PADDING);
	cairo_tag_begin(sheet->cairo, "TR", NULL);
	for (guint i = 0; i < count; i++) {
		cairo_tag_begin(sheet->cairo, tag, NULL);
		cairo_move_to(sheet->cairo, x + CELL_PADDING, sheet->y + CELL_PADDING);
		pango_cairo_show_layout(sheet->cairo, layouts[i]);
		cairo_tag_end(sheet->cairo, tag);
		x += widths[i] * FULL;
		g_object_unref(layouts[i]);
	}
	cairo_tag_end(sheet->cairo, "TR");
	sheet->y += tallest + 2 * CELL_PADDING;
	cairo_set_line_width(sheet->cairo, 0.4);
	cairo_move_to(sheet->cairo, MARGIN, sheet->y);
	cairo_line_to(sheet->cairo, MARGIN + FULL, sheet->y);
	cairo_stroke(sheet->cairo);
}

static const char *say(const Sheet *sheet, const char *dutch, const char *english)
{
	return sheet->lang == LW_LANG_NL ? dutch : english;
}

/* "12,3 %" */
static char *dup_share(const Sheet *sheet, double share)
{
	char number[G_ASCII_DTOSTR_BUF_SIZE];
	g_ascii_formatd(number, sizeof number, "%.1f", share * 100);
	char *dot = strchr(number, '.');
	if (dot && sheet->lang == LW_LANG_NL)
		*dot = ',';
	return g_strconcat(number, " %", NULL);
}

static void add_grounds(Sheet *sheet, const LwPublication *publication)
{
	static const double widths[] = {0.14, 0.54, 0.16, 0.16};
	const char *heading[] = {say(sheet, "Grond", "Ground"), say(sheet, "Betekenis", "Meaning"),
				 say(sheet, "Passages", "Passages"),
				 say(sheet, "Van de tekst", "Of the text"), NULL};
	cairo_tag_begin(sheet->cairo, "Table", NULL);
	add_row(sheet, heading, widths, WEIGHT_BOLD);
	for (guint i = 0; publication->grounds && i < publication->grounds->len; i++) {
		const LwGroundShare *share = &g_array_index(publication->grounds, LwGroundShare, i);
		const LwGround *ground = lw_ground_parse(share->ground);
		g_autofree char *marks = g_strdup_printf("%u", share->marks);
		g_autofree char *part = dup_share(sheet, share->share);
		const char *cells[] = {share->ground, ground ? ground->label[sheet->lang] : "",
				       marks, part, NULL};
		add_row(sheet, cells, widths, WEIGHT_NORMAL);
	}
	cairo_tag_end(sheet->cairo, "Table");
	sheet->y += 10;
}

/* "5.1.1.e 0,4 %", a line for each. */
static char *dup_grounds(const Sheet *sheet, const GArray *grounds)
{
	GString *lines = g_string_new(NULL);
	for (guint i = 0; grounds && i < grounds->len; i++) {
		const LwGroundShare *share = &g_array_index(grounds, LwGroundShare, i);
		g_autofree char *part = dup_share(sheet, share->share);
		g_string_append_printf(lines, "%s%s  %s", i ? "\n" : "", share->ground, part);
	}
	return g_string_free(lines, FALSE);
}

static void add_documents(Sheet *sheet, const LwPublication *publication)
{
	static const double widths[] = {0.14, 0.36, 0.17, 0.19, 0.14};
	const char *heading[] = {"Document",
				 say(sheet, "Titel", "Title"),
				 say(sheet, "Beoordeling", "Judgement"),
				 say(sheet, "Gronden", "Grounds"),
				 say(sheet, "Gelakt", "Redacted"),
				 NULL};
	cairo_tag_begin(sheet->cairo, "Table", NULL);
	add_row(sheet, heading, widths, WEIGHT_BOLD);
	for (guint i = 0; i < publication->documents->len; i++) {
		const LwPublishedDocument *document = publication->documents->pdata[i];
		g_autofree char *lines = dup_grounds(sheet, document->grounds);
		g_autofree char *part = dup_share(sheet, document->share);
		const char *cells[] = {document->id,
				       document->title,
				       lw_judgement_name(document->judgement),
				       lines,
				       part,
				       NULL};
		add_row(sheet, cells, widths, WEIGHT_NORMAL);
	}
	cairo_tag_end(sheet->cairo, "Table");
	sheet->y += 10;
}

static void add_review(Sheet *sheet, const LwPublication *publication)
{
	g_autofree char *seen = g_strdup_printf(
		say(sheet, "Mensen zagen %u van de %u pagina's.", "People saw %u of the %u pages."),
		publication->pages_seen, publication->pages);
	add_text(sheet, "P",
		 publication->reviewed
			 ? say(sheet, "Over elke gelakte passage heeft een medewerker beslist.",
			       "A member of staff decided on every redacted passage.")
			 : say(sheet,
			       "Passages zijn gelakt volgens het vastgestelde beleid; niet over "
			       "elke "
			       "passage besliste een medewerker.",
			       "Passages were redacted under the policy; not every one was decided "
			       "by a "
			       "member of staff."),
		 10.5, WEIGHT_NORMAL);
	add_text(sheet, "P", seen, 10.5, WEIGHT_NORMAL);
	if (publication->second)
		add_text(sheet, "P",
			 say(sheet, "Een tweede lezer heeft het resultaat goedgekeurd.",
			     "A second reader approved the result."),
			 10.5, WEIGHT_NORMAL);
	else if (publication->one_person)
		add_text(sheet, "P",
			 say(sheet,
			     "Er was geen tweede lezer: het beleid staat dat voor deze organisatie "
			     "toe.",
			     "There was no second reader: the policy allows that for this "
			     "organisation."),
			 10.5, WEIGHT_NORMAL);
	if (!publication->pages_sampled && publication->bound >= 0)
		add_text(sheet, "P",
			 say(sheet,
			     "Er is geen pagina zonder gelakte passage: een steekproef was niet "
			     "nodig.",
			     "There is no page without a redaction: no sample was needed."),
			 10.5, WEIGHT_NORMAL);
	if (!publication->pages_sampled || publication->bound < 0)
		return;
	g_autofree char *most = dup_share(sheet, publication->bound);
	g_autofree char *text =
		g_strdup_printf(say(sheet,
				    "In een steekproef van %u pagina's zonder gelakte passages was "
				    "er op %u iets gemist: "
				    "met 95 %% zekerheid geldt dat voor hoogstens %s van zulke "
				    "pagina's. Wat gemist was, "
				    "is alsnog gelakt.",
				    "In a sample of %u pages without redactions something was "
				    "missed on %u: with 95 %% "
				    "confidence that holds for at most %s of such pages. What was "
				    "missed was redacted."),
				publication->pages_sampled, publication->missed, most);
	add_text(sheet, "P", text, 10.5, WEIGHT_NORMAL);
}

static const char *title_of(LwLang lang)
{
	return lang == LW_LANG_NL ? "Verantwoording van het lakken" : "Account of the redactions";
}

static void draw(Sheet *sheet, const LwPublication *publication)
{
	const char *parts[4] = {NULL};
	guint count = 0;
	if (publication->organisation && *publication->organisation)
		parts[count++] = publication->organisation;
	if (publication->matter)
		parts[count++] = publication->matter;
	if (publication->date)
		parts[count++] = publication->date;
	g_autofree char *line = g_strjoinv(" · ", (char **)parts);
	add_text(sheet, "H1", title_of(sheet->lang), 20, WEIGHT_BOLD);
	if (publication->title && *publication->title)
		add_text(sheet, "P", publication->title, 13, WEIGHT_NORMAL);
	add_text(sheet, "P", line, 10.5, WEIGHT_NORMAL);
	add_text(sheet, "H2", say(sheet, "Hoe er is beslist", "How it was decided"), 14,
		 WEIGHT_BOLD);
	add_review(sheet, publication);
	add_text(sheet, "H2", say(sheet, "Gronden", "Grounds"), 14, WEIGHT_BOLD);
	add_grounds(sheet, publication);
	add_text(sheet, "H2", say(sheet, "Documenten", "Documents"), 14, WEIGHT_BOLD);
	add_documents(sheet, publication);
}

/* ISO 14289-1 7.1: the title stands in the metadata. */
static LwPdfObject *metadata_of(LwPdf *pdf, LwLang lang)
{
	g_autofree char *text = g_strdup_printf(
		"<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
		"<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF "
		"xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description "
		"rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
		"xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\">"
		"<pdfuaid:part>1</pdfuaid:part><dc:title><rdf:Alt>"
		"<rdf:li xml:lang=\"x-default\">%s</rdf:li></rdf:Alt></dc:title></rdf:Description>"
		"</rdf:RDF></x:xmpmeta>\n<?xpacket end=\"w\"?>",
		title_of(lang));
	g_autoptr(GBytes) data = g_bytes_new(text, strlen(text));
	LwPdfObject *dictionary = lw_pdf_new_dictionary(pdf);
	lw_pdf_set(pdf, dictionary, "Type", lw_pdf_new_name(pdf, "Metadata"));
	lw_pdf_set(pdf, dictionary, "Subtype", lw_pdf_new_name(pdf, "XML"));
	return lw_pdf_reference(pdf, lw_pdf_new_stream(pdf, dictionary, data));
}

/* Heads of columns. */
static void add_scopes(LwPdf *pdf)
{
	for (guint32 i = 0; i < lw_pdf_object_count(pdf); i++) {
		LwPdfObject *element = lw_pdf_object(pdf, i);
		if (!element || element->type != LW_PDF_DICTIONARY ||
		    !lw_pdf_is_name(lw_pdf_find(pdf, element, "S"), "TH"))
			continue;
		LwPdfObject *attributes = lw_pdf_new_dictionary(pdf);
		lw_pdf_set(pdf, attributes, "O", lw_pdf_new_name(pdf, "Table"));
		lw_pdf_set(pdf, attributes, "Scope", lw_pdf_new_name(pdf, "Column"));
		lw_pdf_set(pdf, element, "A", attributes);
	}
}

static void print_operands(GString *out, GPtrArray *operands)
{
	for (guint i = 0; i < operands->len; i++) {
		lw_pdf_print(out, operands->pdata[i]);
		g_string_append_c(out, ' ');
	}
	g_ptr_array_set_size(operands, 0);
}

/* The lines between rows stand outside every tag: from the start of a path to its stroke they are
 * an artifact. */
static GBytes *mark_lines(LwPdf *pdf, GBytes *content)
{
	g_autoptr(GPtrArray) operands = g_ptr_array_new();
	GString *out = g_string_new(NULL);
	LwPdfLexer lexer;
	LwPdfObject *token;
	gsize length;
	const char *bytes = g_bytes_get_data(content, &length);
	int depth = 0;
	lw_pdf_lexer_init(&lexer, pdf, lw_pdf_arena(pdf), bytes, length);
	while ((token = lw_pdf_lex(&lexer))) {
		const char *name = token->type == LW_PDF_OPERATOR ? token->string.bytes : NULL;
		if (!name) {
			g_ptr_array_add(operands, token);
			continue;
		}
		depth += (!strcmp(name, "BDC") || !strcmp(name, "BMC")) - !strcmp(name, "EMC");
		if (!depth && !strcmp(name, "m"))
			g_string_append(out, "/Artifact BMC\n");
		print_operands(out, operands);
		g_string_append_printf(out, "%s\n", name);
		if (!depth && !strcmp(name, "S"))
			g_string_append(out, "EMC\n");
	}
	return g_string_free_to_bytes(out);
}

static gboolean mark_pages(LwPdf *pdf, GError **error)
{
	for (guint i = 0; i < lw_pdf_page_count(pdf); i++) {
		LwPdfObject *stream = lw_pdf_find(pdf, lw_pdf_page(pdf, i), "Contents");
		g_autoptr(GBytes) content = lw_pdf_decode(pdf, stream, NULL, error);
		if (!content)
			return FALSE;
		g_autoptr(GBytes) marked = mark_lines(pdf, content);
		lw_pdf_set_data(pdf, stream, marked);
	}
	return TRUE;
}

/* What Cairo leaves out: language, title shown, and no dates. */
static GBytes *finish(GBytes *drawn, LwLang lang, GError **error)
{
	g_autoptr(GBytes) plain = lw_pdf_normalise(drawn, NULL, NULL, error);
	g_autoptr(LwPdf) pdf = plain ? lw_pdf_open(plain, error) : NULL;
	if (!pdf || !mark_pages(pdf, error))
		return NULL;
	add_scopes(pdf);
	LwPdfObject *catalog = lw_pdf_catalog(pdf), *preferences = lw_pdf_new_dictionary(pdf);
	lw_pdf_set(pdf, catalog, "Lang",
		   lw_pdf_new_text(pdf, lang == LW_LANG_NL ? "nl-NL" : "en-GB"));
	LwPdfObject *information = lw_pdf_new_dictionary(pdf);
	lw_pdf_set(pdf, information, "Marked", lw_pdf_new_boolean(pdf, TRUE));
	lw_pdf_set(pdf, catalog, "MarkInfo", information);
	lw_pdf_set(pdf, preferences, "DisplayDocTitle", lw_pdf_new_boolean(pdf, TRUE));
	lw_pdf_set(pdf, catalog, "ViewerPreferences", preferences);
	lw_pdf_set(pdf, catalog, "Metadata", metadata_of(pdf, lang));
	return lw_pdf_write(pdf, error);
}

static GBytes *account(const LwPublication *publication, LwLang lang, GError **error)
{
	g_autoptr(GByteArray) bytes = g_byte_array_new();
	cairo_surface_t *surface =
		cairo_pdf_surface_create_for_stream(take, bytes, PAGE_WIDTH, PAGE_HEIGHT);
	Sheet sheet = {.cairo = cairo_create(surface), .y = MARGIN, .lang = lang};
	cairo_tag_begin(sheet.cairo, "Document", NULL);
	draw(&sheet, publication);
	cairo_tag_end(sheet.cairo, "Document");
	cairo_show_page(sheet.cairo);
	cairo_destroy(sheet.cairo);
	cairo_surface_finish(surface);
	cairo_status_t status = cairo_surface_status(surface);
	cairo_surface_destroy(surface);
	if (status != CAIRO_STATUS_SUCCESS) {
		g_set_error_literal(error, LW_ERROR, LW_ERROR_FATAL, "the account cannot be drawn");
		return NULL;
	}
	g_autoptr(GBytes) drawn = g_byte_array_free_to_bytes(g_steal_pointer(&bytes));
	return finish(drawn, lang, error);
}

const LwPaper lw_paper = {account, lw_paper_book};
