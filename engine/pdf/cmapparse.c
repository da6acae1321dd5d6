/* cmapparse.c - character maps: what their text says.
 *
 * Every section ends at the first token that does not belong in it; all that is kept is bounded. */
#include <string.h>

#include "engine/pdf/cmap_private.h"
#include "engine/pdf/cmapread.h"

#define MAXIMUM_BYTES	   (16u << 20) /* of one map's text */
#define MAXIMUM_SPACES	   256
#define MAXIMUM_STRINGS	   (1u << 16) /* meanings of several characters */
#define TOO_MANY	   G_MAXUINT
#define MAXIMUM_STRING_RUN 256 /* of them in one range: only the last byte counts on */

static void add_space(LwPdfCMap *cmap, guint bytes, const guint8 *low, const guint8 *high)
{
	LwCMapSpace space = {.bytes = bytes};

	if (bytes < 1 || bytes > 4 || cmap->spaces->len >= MAXIMUM_SPACES) {
		cmap->doubtful = TRUE;
		return;
	}
	memcpy(space.low, low, bytes);
	memcpy(space.high, high, bytes);
	g_array_append_val(cmap->spaces, space);
}

void lw_cmap_add_space(LwPdfCMap *cmap, guint bytes, guint8 low, guint8 high)
{
	const guint8 from[4] = {low, 0, 0, 0}, to[4] = {high, 0xff, 0xff, 0xff};

	add_space(cmap, bytes, from, to);
}

/* Without code space: as long as the codes that it maps, else two bytes. */
static void guess_spaces(LwPdfCMap *cmap)
{
	for (guint i = 0; i < 4; i++)
		if (cmap->cids[i])
			lw_cmap_add_space(cmap, i + 1, 0, 0xff);
	if (cmap->spaces->len == 0)
		lw_cmap_add_space(cmap, 2, 0, 0xff);
	cmap->doubtful = TRUE;
}

static guint length_by_first(const LwPdfCMap *cmap, guint8 first)
{
	guint length = 0;

	for (guint i = 0; i < cmap->spaces->len; i++) {
		const LwCMapSpace *space = &g_array_index(cmap->spaces, LwCMapSpace, i);

		if (first < space->low[0] || first > space->high[0])
			continue;
		if (length && length != space->bytes)
			return 0;
		length = space->bytes;
	}
	return length ? length : cmap->shortest;
}

void lw_cmap_seal(LwPdfCMap *cmap)
{
	if (cmap->spaces->len == 0)
		guess_spaces(cmap);
	cmap->shortest = 4;
	for (guint i = 0; i < cmap->spaces->len; i++)
		cmap->shortest =
			MIN(cmap->shortest, g_array_index(cmap->spaces, LwCMapSpace, i).bytes);
	for (guint i = 0; i < 256; i++)
		cmap->lengths[i] = (guint8)length_by_first(cmap, (guint8)i);
}

typedef struct {
	LwPdfCMap *cmap;
	LwCMapReader reader;
	LwCMapToken token, low, high;
	guint depth;
} Parser;

static LwCMapTokenType next(Parser *parser)
{
	return lw_cmap_read(&parser->reader, &parser->token);
}

static gboolean next_is_string(Parser *parser, LwCMapToken *into)
{
	if (next(parser) != LW_CMAP_STRING)
		return FALSE;
	if (into)
		*into = parser->token;
	return TRUE;
}

static void parse_spaces(Parser *parser)
{
	while (next_is_string(parser, &parser->low) && next_is_string(parser, &parser->high))
		add_space(parser->cmap,
			  parser->low.length == parser->high.length ? parser->low.length : 0,
			  parser->low.bytes, parser->high.bytes);
}

typedef enum {
	SECTION_CHARS,
	SECTION_RANGES,
} Section;

/* The codes that open a line of a section: low and high. */
static gboolean parse_codes(Parser *parser, Section section)
{
	if (!next_is_string(parser, &parser->low))
		return FALSE;
	parser->high = parser->low;
	return section == SECTION_CHARS || next_is_string(parser, &parser->high);
}

static void parse_cids(Parser *parser, Section section, LwPdfCodeStep step)
{
	while (parse_codes(parser, section) && next(parser) == LW_CMAP_INTEGER) {
		guint bytes = parser->low.length;
		LwPdfCodeTable **table;

		if (bytes < 1 || bytes > 4 || parser->high.length != bytes ||
		    parser->token.value > 0xffff) {
			parser->cmap->doubtful = TRUE;
			continue;
		}
		table = &parser->cmap->cids[bytes - 1];
		if (!*table)
			*table = lw_pdf_code_table_new();
		lw_pdf_code_table_set(*table, parser->low.value, parser->high.value,
				      parser->token.value + 1, step);
	}
}

/* UTF-16BE, or one byte; how many characters: 0 when it says nothing, TOO_MANY when more than fits.
 */
static guint read_meaning(const LwCMapToken *token, LwCMapMeaning *meaning)
{
	guint count = 0;

	memset(meaning, 0, sizeof(*meaning));
	if (token->length == 1) {
		meaning->text[0] = token->bytes[0];
		return 1;
	}
	if (token->length > LW_CMAP_STRING_BYTES)
		return TOO_MANY;
	for (guint at = 0; at + 1 < token->length; at += 2) {
		gunichar unit = (gunichar)token->bytes[at] << 8 | token->bytes[at + 1];
		gboolean pair = count && (unit & 0xfc00) == 0xdc00 &&
				(meaning->text[count - 1] & 0xfffffc00) == 0xd800;

		if (pair)
			unit += 0x10000 + ((meaning->text[--count] & 0x3ff) << 10) - 0xdc00;
		else if (count >= LW_PDF_GLYPH_CHARACTERS)
			return TOO_MANY;
		meaning->text[count++] = unit;
	}
	return count;
}

static void set_strings(LwPdfCMap *cmap, guint32 first, guint32 last, LwCMapMeaning meaning,
			guint count)
{
	last = MIN(last, first + MAXIMUM_STRING_RUN - 1);
	for (guint32 code = first; code <= last && code >= first; code++) {
		guint32 value = LW_CMAP_STRINGS | cmap->strings->len;

		if (cmap->strings->len >= MAXIMUM_STRINGS) {
			cmap->doubtful = TRUE;
			return;
		}
		g_array_append_val(cmap->strings, meaning);
		lw_pdf_code_table_set(cmap->unicodes, code, code, value, LW_PDF_CODES_SAME);
		meaning.text[count - 1]++;
	}
}

static void set_meaning(LwPdfCMap *cmap, guint32 first, guint32 last, const LwCMapMeaning *meaning,
			guint count)
{
	if (last < first)
		return;
	if (count == 1 && !meaning->text[0]) { /* the rest counts on from it */
		lw_pdf_code_table_set(cmap->unicodes, first,
				      MIN(last - first, LW_CMAP_LAST) + first, 0,
				      LW_PDF_CODES_COUNTING);
		lw_pdf_code_table_set(cmap->unicodes, first, first, LW_CMAP_NULL,
				      LW_PDF_CODES_SAME);
	} else if (count == 0 || count == TOO_MANY)
		lw_pdf_code_table_set(cmap->unicodes, first, last, count ? LW_CMAP_UNKNOWN : 0,
				      LW_PDF_CODES_SAME);
	else if (count == 1 && meaning->text[0] <= LW_CMAP_LAST)
		/* No character comes after the last: that would count on into the strings. */
		lw_pdf_code_table_set(cmap->unicodes, first,
				      MIN(last - first, LW_CMAP_LAST - meaning->text[0]) + first,
				      meaning->text[0], LW_PDF_CODES_COUNTING);
	else if (count == 1)
		lw_pdf_code_table_set(cmap->unicodes, first, last, LW_CMAP_UNKNOWN,
				      LW_PDF_CODES_SAME);
	else
		set_strings(cmap, first, last, *meaning, count);
}

/* What the token says: a string, or a glyph's name. */
static guint token_meaning(const LwCMapToken *token, LwCMapMeaning *meaning)
{
	guint count = 0;

	if (token->type == LW_CMAP_STRING)
		return read_meaning(token, meaning);
	if (token->type != LW_CMAP_NAME || !lw_pdf_glyph_unicode(token->word, meaning->text))
		return 0;
	while (count < LW_PDF_GLYPH_CHARACTERS && meaning->text[count])
		count++;
	return count;
}

static void parse_meanings(Parser *parser)
{
	guint32 code = parser->low.value;
	gboolean inside = TRUE; /* of the range */

	for (LwCMapTokenType type = next(parser); type == LW_CMAP_STRING || type == LW_CMAP_NAME;
	     type = next(parser)) {
		LwCMapMeaning meaning;
		guint count = token_meaning(&parser->token, &meaning);

		inside = inside && code <= parser->high.value;
		if (inside)
			set_meaning(parser->cmap, code, code, &meaning, count);
		inside = inside && code++ < G_MAXUINT32;
	}
}

static void parse_unicodes(Parser *parser, Section section)
{
	while (parse_codes(parser, section)) {
		LwCMapMeaning meaning;
		guint count;

		next(parser);
		if (parser->token.type == LW_CMAP_OPEN) {
			parse_meanings(parser);
			if (parser->token.type != LW_CMAP_CLOSE)
				return;
			continue;
		}
		if (parser->token.type != LW_CMAP_STRING && parser->token.type != LW_CMAP_NAME)
			return;
		if (parser->low.length > 4 || parser->high.length > 4)
			continue;
		count = token_meaning(&parser->token, &meaning);
		set_meaning(parser->cmap, parser->low.value, parser->high.value, &meaning, count);
	}
}

void lw_cmap_use(LwPdfCMap *cmap, LwPdfCMap *used)
{
	if (cmap->used) { /* only the first counts */
		lw_pdf_cmap_free(used);
		return;
	}
	cmap->used = used;
	cmap->doubtful |= used->doubtful;
	cmap->vertical |= used->vertical;
	g_array_append_vals(cmap->spaces, used->spaces->data, used->spaces->len);
	g_array_set_size(cmap->spaces, MIN(cmap->spaces->len, MAXIMUM_SPACES));
}

static void run_operator(Parser *parser, const char *name, const char *last_name)
{
	if (!strcmp(name, "begincodespacerange"))
		parse_spaces(parser);
	else if (!strcmp(name, "begincidrange"))
		parse_cids(parser, SECTION_RANGES, LW_PDF_CODES_COUNTING);
	else if (!strcmp(name, "begincidchar"))
		parse_cids(parser, SECTION_CHARS, LW_PDF_CODES_SAME);
	else if (!strcmp(name, "beginnotdefrange"))
		parse_cids(parser, SECTION_RANGES, LW_PDF_CODES_SAME);
	else if (!strcmp(name, "beginbfrange"))
		parse_unicodes(parser, SECTION_RANGES);
	else if (!strcmp(name, "beginbfchar"))
		parse_unicodes(parser, SECTION_CHARS);
	else if (!strcmp(name, "usecmap") && !parser->cmap->used)
		lw_cmap_use(parser->cmap, lw_cmap_load_named(last_name, parser->depth));
}

void lw_cmap_parse(LwPdfCMap *cmap, const char *text, gsize length, guint depth)
{
	Parser parser = {.cmap = cmap, .depth = depth};
	char name[sizeof(parser.token.word)] = "";

	cmap->doubtful |= length > MAXIMUM_BYTES;
	parser.reader.at = text;
	parser.reader.end = text + MIN(length, MAXIMUM_BYTES);
	while (next(&parser) != LW_CMAP_END) {
		const LwCMapToken *token = &parser.token;

		if (token->type == LW_CMAP_NAME)
			memcpy(name, token->word, sizeof(name));
		else if (token->type == LW_CMAP_INTEGER && !strcmp(name, "WMode"))
			cmap->vertical = token->value == 1;
		else if (token->type == LW_CMAP_OPERATOR && !strcmp(token->word, "def"))
			name[0] = '\0';
		else if (token->type == LW_CMAP_OPERATOR)
			run_operator(&parser, token->word, name);
	}
	cmap->doubtful |= lw_pdf_code_table_full(cmap->unicodes);
	for (guint i = 0; i < 4; i++)
		cmap->doubtful |= cmap->cids[i] && lw_pdf_code_table_full(cmap->cids[i]);
}
