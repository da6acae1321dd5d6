/* inspect.c - names every string, name and stream of a file to the verifier, but what is format.
 *
 * What shows as glyphs is judged by accounting; colours, fonts and tables say nothing. Everything
 * else is reported. */
#include "engine/pdf/inspect_private.h"

#include "engine/base/limits.h"
#include "engine/pdf/encoding.h"
#include "engine/pdf/interpret.h"
#include "engine/pdf/lexer.h"
#include "engine/pdf/names.h"

#include <string.h>

#define SCRATCH_BYTES (32 * 1024) /* of tokens, near the processor */

static const char *channel_of(const char *key)
{
	static const struct {
		const char *key, *channel;
	} channels[] = {
		{"Title", "pdf/title"},	       {"ActualText", "pdf/actual-text"},
		{"Alt", "pdf/alternate-text"}, {"E", "pdf/expansion"},
		{"T", "pdf/field-name"},       {"V", "pdf/field-value"},
		{"DV", "pdf/field-value"},     {"TU", "pdf/field-name"},
		{"TM", "pdf/field-name"},      {"Contents", "pdf/annotation"},
		{"URI", "pdf/link"},	       {"P", "pdf/page-label"},
		{"JS", "pdf/script"},	       {"Author", "pdf/info"},
		{"Subject", "pdf/info"},       {"Keywords", "pdf/info"},
		{"Creator", "pdf/program"},    {"Producer", "pdf/program"},
		{"Opt", "pdf/field-value"},    {"Names", "pdf/names"},
		{"Name", "pdf/name"},
	};
	for (guint i = 0; key && i < G_N_ELEMENTS(channels); i++)
		if (!strcmp(channels[i].key, key))
			return channels[i].channel;
	return "pdf/string";
}

void lw_pdf_inspector_report(LwPdfInspector *s, const char *channel, const char *bytes,
			     gsize length)
{
	if (s->go && length)
		s->go = s->found(s->self, channel, bytes, length);
}

/* Names that the standard defines stand in every file, and those of the glyph list name letters. */
static void report_name(LwPdfInspector *s, const char *channel, const char *name, gsize length)
{
	gunichar letters[LW_PDF_GLYPH_CHARACTERS];
	if (!lw_pdf_name_is_standard(name) && !lw_pdf_glyph_unicode(name, letters))
		lw_pdf_inspector_report(s, channel, name, length);
}

static gboolean is_condition(const LwPdfObject *string, const char *key)
{
	static const char *const keys[] = {"Info", "OutputCondition", "OutputConditionIdentifier",
					   "RegistryName", NULL};
	g_autofree char *text = lw_pdf_text(string);
	return key && g_strv_contains(keys, key) && lw_pdf_is_condition(text);
}

/* "Adobe" and "Identity" of a character collection, and the colours of a table: format, not text.
 */
static gboolean is_format(const char *key)
{
	return key && (!strcmp(key, "Registry") || !strcmp(key, "Ordering"));
}

/* A file identifier that is a digest, as ours is: 16 bytes of chance. */
static gboolean is_digest(const LwPdfObject *string, const char *key)
{
	gboolean binary = FALSE;
	for (gsize i = 0; i < string->string.length; i++)
		binary |= !g_ascii_isprint(string->string.bytes[i]);
	return binary && string->string.length == 16 && key && !strcmp(key, "ID");
}

static gboolean is_font_name(const char *key)
{
	return key && (!strcmp(key, "BaseFont") || !strcmp(key, "FontName"));
}

static void inspect_value(LwPdfInspector *s, const LwPdfObject *object, const char *key,
			  guint depth)
{
	if (!object || depth > LW_LIMIT_NESTING || !s->go)
		return;
	if (object->type == LW_PDF_STRING &&
	    (is_format(key) || is_digest(object, key) || is_condition(object, key)))
		return;
	if (object->type == LW_PDF_STRING) {
		g_autofree char *text = lw_pdf_text(object);
		lw_pdf_inspector_report(s, channel_of(key), text, strlen(text));
		lw_pdf_inspector_report(s, channel_of(key), object->string.bytes,
					object->string.length);
	} else if (object->type == LW_PDF_NAME && is_font_name(key)) {
		g_autofree char *family = lw_pdf_font_family(object->string.bytes);
		report_name(s, "pdf/name", family, strlen(family));
	} else if (object->type == LW_PDF_NAME) {
		report_name(s, !g_strcmp0(key, "Differences") ? "pdf/glyph-name" : "pdf/name",
			    object->string.bytes, object->string.length);
	} else if (object->type == LW_PDF_ARRAY) {
		gboolean table = object->array.count == 4 &&
				 lw_pdf_is_name(object->array.items[0], "Indexed");
		for (guint i = 0; i < object->array.count - table; i++)
			inspect_value(s, object->array.items[i], key, depth + 1);
	}
	const LwPdfObject *dictionary = lw_pdf_dictionary_of(object);
	for (guint i = 0; dictionary && i < dictionary->dictionary.count; i++) {
		const LwPdfEntry *entry = &dictionary->dictionary.entries[i];
		report_name(s, "pdf/name", entry->key, strlen(entry->key));
		inspect_value(s, entry->value, entry->key, depth + 1);
	}
}

/* Fonts, colour profiles and samples of pictures are no text; page content is judged by its glyphs.
 */
static gboolean is_searched(LwPdfInspector *s, LwPdfObject *stream)
{
	if (g_hash_table_contains(s->glyph_streams, stream) ||
	    g_hash_table_contains(s->binary, stream))
		return FALSE;
	return !lw_pdf_is_name(lw_pdf_find(s->pdf, stream, "Subtype"), "Image") &&
	       !lw_pdf_is_name(lw_pdf_find(s->pdf, stream, "Type"), "CMap") &&
	       !lw_pdf_find_raw(stream, "Length1") && !lw_pdf_find_raw(stream, "N") &&
	       !lw_pdf_find_raw(stream, "FunctionType") && !lw_pdf_find_raw(stream, "ShadingType");
}

static void note_content(LwPdfInspector *s, LwPdfObject *contents)
{
	for (guint i = 0; i < lw_pdf_length(contents); i++)
		g_hash_table_add(s->glyph_streams, lw_pdf_item(s->pdf, contents, i));
	if (contents)
		g_hash_table_add(s->glyph_streams, contents);
}

static gboolean shows_text(const char *name)
{
	return lw_pdf_is(name, "Tj") || lw_pdf_is(name, "TJ") || lw_pdf_is(name, "'") ||
	       lw_pdf_is(name, "\"");
}

/* The lexer passes over comments. */
static void inspect_comments(LwPdfInspector *s, const LwPdfLexer *lexer)
{
	const char *at = lexer->at;
	while (at < lexer->end && (g_ascii_isspace(*at) || *at == '%')) {
		const char *from = at++;
		while (*from == '%' && at < lexer->end && *at != '\n' && *at != '\r')
			at++;
		if (*from == '%')
			lw_pdf_inspector_report(s, "pdf/comment", from, (gsize)(at - from));
	}
}

static void inspect_inline(LwPdfInspector *s, LwPdfLexer *lexer)
{
	const char *image;
	gsize length;
	LwPdfObject *dictionary = lw_pdf_lex_inline_image(lexer, &image, &length);
	inspect_value(s, dictionary, NULL, 0);
	lw_pdf_inspect_inline_image(s, dictionary, image, length);
}

#define LETTERS_OF_A_MAP 5 /* of one code: more is a word */

/* A character map: its comments, and codes that stand for whole words. */
static void inspect_map(LwPdfInspector *s, GBytes *data)
{
	g_autoptr(LwArena) scratch = lw_arena_new();
	gsize length;
	const char *bytes = g_bytes_get_data(data, &length);
	LwPdfLexer lexer;
	lw_pdf_lexer_init(&lexer, s->pdf, scratch, bytes ? bytes : "", length);
	while (s->go) {
		gboolean head = lexer.at == lexer.start;
		if (!head) /* the first lines say what kind of file it is */
			inspect_comments(s, &lexer);
		LwPdfObject *token = lw_pdf_lex(&lexer);
		if (!token)
			return;
		if (token->type == LW_PDF_STRING && token->string.length >= 2 * LETTERS_OF_A_MAP)
			lw_pdf_inspector_report(s, "pdf/font-map", token->string.bytes,
						token->string.length);
	}
}

/* What content says without showing it: strings and names of every operator but those whose glyphs
 * are accounted for. */
static void inspect_content(LwPdfInspector *s, GBytes *data, gboolean accounted)
{
	g_autoptr(LwArena) scratch = lw_arena_new();
	gsize length;
	const char *bytes = g_bytes_get_data(data, &length);
	g_autoptr(GPtrArray) operands = g_ptr_array_new();
	LwPdfLexer lexer;
	lw_pdf_lexer_init(&lexer, s->pdf, scratch, bytes ? bytes : "", length);
	while (s->go) {
		inspect_comments(s, &lexer);
		LwPdfObject *token = lw_pdf_lex(&lexer);
		if (!token)
			return;
		if (token->type != LW_PDF_OPERATOR && operands->len < LW_PDF_OPERANDS) {
			g_ptr_array_add(operands, token);
			continue;
		}
		gboolean shows = accounted && token->type == LW_PDF_OPERATOR &&
				 shows_text(token->string.bytes);
		for (guint i = 0; i < operands->len && !shows; i++)
			inspect_value(s, operands->pdata[i], NULL, 0);
		if (token->type == LW_PDF_OPERATOR && lw_pdf_is(token->string.bytes, "BI"))
			inspect_inline(s, &lexer);
		g_ptr_array_set_size(operands, 0);
		if (lw_arena_used(scratch) > SCRATCH_BYTES)
			lw_arena_clear(scratch);
	}
}

/* Of a page, a form or a pattern; not a ToUnicode map. */
static gboolean is_content(LwPdfInspector *s, const LwPdfObject *stream)
{
	return g_hash_table_contains(s->glyph_streams, stream) &&
	       !g_hash_table_contains(s->maps, stream);
}

/* What a packet of properties says: text between tags, and values of attributes that are no part of
 * the format. */
static void inspect_xmp(LwPdfInspector *s, const char *bytes, gsize length)
{
	static const char *const format[] = {"xmlns", "xml:lang", "rdf:about", "rdf:parseType",
					     "begin", "end",	  "id",	       "x:xmptk"};
	const char *at = bytes, *end = bytes + length;
	while (at < end) {
		const char *tag = memchr(at, '<', (gsize)(end - at));
		lw_pdf_inspector_report(s, "pdf/xmp", at, (gsize)((tag ? tag : end) - at));
		const char *close = tag ? memchr(tag, '>', (gsize)(end - tag)) : NULL;
		if (!close)
			return;
		for (const char *p = tag; (p = memchr(p, '=', (gsize)(close - p)));) {
			const char *name = p++;
			char quote = p < close ? *p : 0;
			const char *stop = quote == '"' || quote == '\''
						   ? memchr(p + 1, quote, (gsize)(close - p - 1))
						   : NULL;
			if (!stop)
				break;
			while (name > tag && !g_ascii_isspace(name[-1]))
				name--;
			gboolean known = FALSE;
			for (guint i = 0; i < G_N_ELEMENTS(format); i++)
				known |= g_str_has_prefix(name, format[i]);
			if (!known)
				lw_pdf_inspector_report(s, "pdf/xmp", p + 1, (gsize)(stop - p - 1));
			p = stop;
		}
		at = close + 1;
	}
}

/* Comments and whatever else is neither number nor operator. */
static void inspect_function(LwPdfInspector *s, const char *bytes, gsize length)
{
	g_autofree char *text = g_strndup(bytes, length);
	g_auto(GStrv) words = g_strsplit_set(text, " \t\r\n\f{}", -1);
	g_autoptr(GString) rest = g_string_new(NULL);
	for (guint i = 0; words[i]; i++)
		if (*words[i] && !lw_pdf_is_calculation(words[i]))
			g_string_append_printf(rest, "%s ", words[i]);
	lw_pdf_inspector_report(s, "pdf/function", rest->str, rest->len);
	if (strlen(text) < length) /* a zero hides what follows */
		lw_pdf_inspector_report(s, "pdf/function", bytes, length);
}

/* Streams that are no text but can hold some: maps, calculations, colour profiles. */
static void inspect_aside(LwPdfInspector *s, LwPdfObject *object)
{
	gboolean map = g_hash_table_contains(s->maps, object) ||
		       lw_pdf_is_name(lw_pdf_find(s->pdf, object, "Type"), "CMap");
	gboolean calculation =
		lw_pdf_integer(s->pdf, lw_pdf_find_raw(object, "FunctionType"), -1) == 4;
	gboolean profile = !calculation && lw_pdf_find_raw(object, "N") &&
			   !lw_pdf_find_raw(object, "FunctionType");
	if (!map && !calculation && !profile)
		return;
	g_autoptr(GBytes) data = lw_pdf_decode(s->pdf, object, NULL, NULL);
	gsize length = 0;
	const char *bytes = data ? g_bytes_get_data(data, &length) : NULL;
	if (bytes && map)
		inspect_map(s, data);
	else if (bytes && calculation)
		inspect_function(s, bytes, length);
	else if (bytes)
		lw_pdf_inspect_profile(s, (const guint8 *)bytes, length);
}

static void inspect_object(LwPdfInspector *s, guint32 number)
{
	LwPdfObject *object = lw_pdf_object(s->pdf, number);
	if (!object)
		return;
	if (lw_pdf_find_raw(object, "Thumb"))
		lw_pdf_inspector_report(s, "pdf/thumbnail", "Thumb", 5);
	if (lw_pdf_is_name(lw_pdf_find(s->pdf, object, "Subtype"), "Redact"))
		lw_pdf_inspector_report(s, "pdf/redaction", "Redact", 6);
	inspect_value(s, object, NULL, 0);
	if (object->type != LW_PDF_STREAM)
		return;
	if (lw_pdf_is_name(lw_pdf_find(s->pdf, object, "Subtype"), "Image"))
		lw_pdf_inspect_image(s, object);
	inspect_aside(s, object);
	gboolean content = is_content(s, object);
	if (!content && !is_searched(s, object))
		return;
	g_autoptr(GBytes) data = lw_pdf_decode(s->pdf, object, NULL, NULL);
	if (content) {
		if (data)
			inspect_content(s, data, !g_hash_table_contains(s->procs, object));
		return;
	}
	gsize length = 0;
	const char *bytes = data ? g_bytes_get_data(data, &length) : NULL;
	if (lw_pdf_is_name(lw_pdf_find(s->pdf, object, "Type"), "Metadata"))
		inspect_xmp(s, bytes, length);
	else
		lw_pdf_inspector_report(s, "pdf/stream", bytes, length);
}

/* The table of an indexed colour space. */
static void note_colours(LwPdfInspector *s, const LwPdfObject *space)
{
	LwPdfObject *table = lw_pdf_is_name(lw_pdf_item(s->pdf, space, 0), "Indexed")
				     ? lw_pdf_item(s->pdf, space, 3)
				     : NULL;
	if (table)
		g_hash_table_add(s->binary, table);
}

/* Glyphs of Type 3 fonts are content. */
static void note_glyphs(LwPdfInspector *s, const LwPdfObject *procedures)
{
	const LwPdfObject *all = lw_pdf_dictionary_of(procedures);
	for (guint i = 0; all && i < all->dictionary.count; i++) {
		LwPdfObject *stream = lw_pdf_resolve(s->pdf, all->dictionary.entries[i].value);
		if (stream && stream->type == LW_PDF_STREAM)
			g_hash_table_add(s->glyph_streams, stream);
		g_hash_table_add(s->procs, stream);
	}
}

static gboolean is_one_of(const char *key, const char *const *keys)
{
	for (; *keys; keys++)
		if (*key == **keys && !strcmp(key, *keys))
			return TRUE;
	return FALSE;
}

static void note_map(LwPdfInspector *s, LwPdfObject *map)
{
	if (!map || map->type != LW_PDF_STREAM)
		return;
	g_hash_table_add(s->glyph_streams, map);
	g_hash_table_add(s->maps, map);
}

/* What a stream is shows in whoever refers to it: font programs and tables, maps of a font (they
 * list characters, never words), glyphs; form content is glyph codes as page content is. */
static void note_entry(LwPdfInspector *s, LwPdfObject *object, const LwPdfEntry *entry)
{
	static const char *const binary[] = {"FontFile",    "FontFile2", "FontFile3",
					     "CIDToGIDMap", "CIDSet",	 NULL};
	static const char *const maps[] = {"ToUnicode", "Encoding", NULL};
	const char *key = entry->key;
	if (is_one_of(key, binary)) {
		g_hash_table_add(s->binary, lw_pdf_resolve(s->pdf, entry->value));
	} else if (is_one_of(key, maps)) {
		note_map(s, lw_pdf_resolve(s->pdf, entry->value));
	} else if (!strcmp(key, "ColorSpace")) {
		note_colours(s, lw_pdf_resolve(s->pdf, entry->value));
	} else if (!strcmp(key, "CharProcs")) {
		note_glyphs(s, lw_pdf_resolve(s->pdf, entry->value));
	} else if (object->type == LW_PDF_STREAM &&
		   (!strcmp(key, "PatternType") ||
		    (!strcmp(key, "Subtype") &&
		     lw_pdf_is_name(lw_pdf_resolve(s->pdf, entry->value), "Form")))) {
		g_hash_table_add(s->glyph_streams, object);
	}
}

static void note_streams(LwPdfInspector *s, LwPdfObject *object, guint depth)
{
	const LwPdfObject *dictionary = lw_pdf_dictionary_of(object);
	if (object && object->type == LW_PDF_ARRAY)
		note_colours(s, object);
	for (guint i = 0; dictionary && i < dictionary->dictionary.count; i++) {
		const LwPdfEntry *entry = &dictionary->dictionary.entries[i];
		note_entry(s, object, entry);
		/* A font may stand in the resources themselves. */
		if (lw_pdf_dictionary_of(entry->value) && depth < LW_LIMIT_NESTING)
			note_streams(s, entry->value, depth + 1);
	}
}

static void note_glyph_streams(LwPdfInspector *s)
{
	LwPdf *pdf = s->pdf;
	for (guint i = 0; i < lw_pdf_page_count(pdf); i++)
		note_content(s, lw_pdf_find(pdf, lw_pdf_page(pdf, i), "Contents"));
	for (guint32 n = 1; n < lw_pdf_object_count(pdf); n++)
		note_streams(s, lw_pdf_object(pdf, n), 0);
}

void lw_pdf_inspect_tree(LwPdf *pdf, LwInspectFunc found, void *self)
{
	g_autoptr(GHashTable) glyph_streams = g_hash_table_new(NULL, NULL);
	g_autoptr(GHashTable) procs = g_hash_table_new(NULL, NULL);
	g_autoptr(GHashTable) maps = g_hash_table_new(NULL, NULL);
	g_autoptr(GHashTable) binary = g_hash_table_new(NULL, NULL);
	LwPdfInspector s = {.pdf = pdf,
			    .found = found,
			    .self = self,
			    .glyph_streams = glyph_streams,
			    .procs = procs,
			    .maps = maps,
			    .binary = binary,
			    .go = TRUE};
	note_glyph_streams(&s);
	inspect_value(&s, lw_pdf_trailer(pdf), NULL, 0);
	for (guint32 n = 1; n < lw_pdf_object_count(pdf) && s.go; n++)
		inspect_object(&s, n);
}
