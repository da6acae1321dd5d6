/* reprint.c - content without interpretation: what is known is printed, the rest is not copied. */
#include "engine/render/pdf/reprint.h"

#include "engine/pdf/image.h"
#include "engine/pdf/lexer.h"
#include "engine/pdf/names.h"

#include <string.h>

#define OPERANDS 64

/* Annex A without compatibility sections, marked points and marked content. */
static const char *const known[] = {
	"b",  "B",   "b*", "B*", "BT", "c",  "cm", "CS", "cs", "d",  "d0",  "d1", "Do",
	"ET", "f",   "F",  "f*", "G",  "g",  "gs", "h",	 "i",  "j",  "J",   "K",  "k",
	"l",  "m",   "M",  "n",	 "q",  "Q",  "re", "RG", "rg", "ri", "s",   "S",  "SC",
	"sc", "sh",  "Tc", "Td", "TD", "Tf", "Tj", "TJ", "TL", "Tm", "Tr",  "Ts", "Tw",
	"Tz", "SCN", "v",  "w",	 "W",  "W*", "y",  "T*", "'",  "\"", "scn", NULL};

static void print_operator(GString *out, LwPdfObject *const *operands, guint count,
			   const char *name)
{
	for (guint i = 0; i < count; i++) {
		lw_pdf_print(out, operands[i]);
		g_string_append_c(out, ' ');
	}
	g_string_append_printf(out, "%s\n", name);
}

/* Which sequences of marked content were printed: layers only. */
static void marked(GString *out, GArray *open, LwPdfObject *const *operands, guint count,
		   const char *name)
{
	gboolean layer =
		count == 2 && lw_pdf_is_name(operands[0], "OC") && lw_pdf_name(operands[1]);
	if (lw_pdf_is(name, "EMC")) {
		if (open->len && g_array_index(open, gboolean, open->len - 1))
			g_string_append(out, "EMC\n");
		if (open->len)
			g_array_set_size(open, open->len - 1);
		return;
	}
	if (layer)
		print_operator(out, operands, count, "BDC");
	g_array_append_val(open, layer);
}

void lw_reprint_inline_image(LwPdf *pdf, GString *out, LwPdfObject *dictionary, const char *data,
			     gsize length)
{
	static const char *const kept[] = {"BitsPerComponent", "ColorSpace",  "Decode",
					   "DecodeParms",      "Filter",      "Height",
					   "ImageMask",	       "Interpolate", "Width"};
	g_autoptr(GBytes) clean = lw_pdf_inline_image_clean(pdf, dictionary, data, length);
	data = g_bytes_get_data(clean, &length);
	g_string_append(out, "BI\n");
	for (guint i = 0; i < G_N_ELEMENTS(kept); i++) {
		LwPdfObject *value = lw_pdf_find_raw(dictionary, kept[i]);
		if (!value)
			continue;
		g_string_append_printf(out, "/%s ", kept[i]);
		lw_pdf_print(out, value);
		g_string_append_c(out, '\n');
	}
	g_string_append(out, "ID ");
	g_string_append_len(out, data, (gssize)length);
	g_string_append(out, "\nEI\n");
}

/* Does it show text that holds a secret, in one string or over several? */
static gboolean shows_secret(const LwSecrets *secrets, const char *name, const LwPdfObject *shown)
{
	static const char *const shows[] = {"Tj", "TJ", "'", "\"", NULL};
	if (!shown || !g_strv_contains(shows, name))
		return FALSE;
	g_autoptr(GString) text = g_string_new(NULL);
	for (guint i = 0; i < MAX(lw_pdf_length(shown), 1); i++) {
		const LwPdfObject *item = lw_pdf_length(shown) ? shown->array.items[i] : shown;
		if (item->type == LW_PDF_STRING)
			g_string_append_len(text, item->string.bytes, (gssize)item->string.length);
	}
	return lw_secrets_in_bytes(secrets, text->str, text->len) >= 0;
}

GBytes *lw_reprint_content(LwPdf *pdf, GBytes *data, const LwSecrets *secrets)
{
	g_autoptr(LwArena) scratch = lw_arena_new();
	g_autoptr(GArray) open = g_array_new(FALSE, FALSE, sizeof(gboolean));
	GString *out = g_string_new(NULL);
	gsize length, size;
	const char *bytes = g_bytes_get_data(data, &length), *image;
	LwPdfObject *operands[OPERANDS], *token;
	guint count = 0;
	LwPdfLexer lexer;
	lw_pdf_lexer_init(&lexer, pdf, scratch, bytes ? bytes : "", length);
	while ((token = lw_pdf_lex(&lexer))) {
		if (token->type != LW_PDF_OPERATOR) {
			if (count == OPERANDS) /* rubbish: keep the newest */
				memmove(operands, operands + 1, --count * sizeof *operands);
			operands[count++] = token;
			continue;
		}
		const char *name = token->string.bytes;
		if (lw_pdf_is(name, "BI")) {
			LwPdfObject *dictionary = lw_pdf_lex_inline_image(&lexer, &image, &size);
			lw_reprint_inline_image(pdf, out, dictionary, image, size);
		} else if (lw_pdf_is(name, "BDC") || lw_pdf_is(name, "BMC") ||
			   lw_pdf_is(name, "EMC")) {
			marked(out, open, operands, count, name);
		} else if (g_strv_contains(known, name) &&
			   !shows_secret(secrets, name, count ? operands[count - 1] : NULL)) {
			print_operator(out, operands, count, name);
		}
		count = 0;
	}
	return g_string_free_to_bytes(out);
}

/* --- functions --- */

GBytes *lw_reprint_function(GBytes *data)
{
	gsize length;
	const char *at = g_bytes_get_data(data, &length), *end = at + length;
	GString *out = g_string_new(NULL);
	while (at && at < end) {
		const char *from = at++;
		if (*from == '%') {
			while (at < end && *at != '\n' && *at != '\r')
				at++;
		} else if (*from == '{' || *from == '}') {
			g_string_append_c(out, *from);
		} else if (*from && !g_ascii_isspace(*from)) {
			while (at < end && *at && !g_ascii_isspace(*at) && !strchr("{}%", *at))
				at++;
			g_autofree char *word = g_strndup(from, (gsize)(at - from));
			if (lw_pdf_is_calculation(word))
				g_string_append_printf(out, " %s ", word);
		}
	}
	return g_string_free_to_bytes(out);
}
