/* cmapread.c - tokens of a CMap's text.
 *
 * PostScript, of which only hexadecimal strings, integers, names and operators matter. */
#include "engine/pdf/cmapread.h"

#include <string.h>

static gboolean is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f' || c == '\0';
}

static gboolean is_regular(char c)
{
	return !is_blank(c) && !strchr("()<>[]{}/%", c);
}

static void skip_blank(LwCMapReader *reader)
{
	gboolean comment = FALSE;

	for (; reader->at < reader->end; reader->at++) {
		char c = *reader->at;

		if (c == '%')
			comment = TRUE;
		else if (c == '\n' || c == '\r')
			comment = FALSE;
		if (!comment && !is_blank(c))
			return;
	}
}

/* Past a literal string. */
static void skip_literal(LwCMapReader *reader)
{
	guint depth = 0;

	for (; reader->at < reader->end; reader->at++) {
		char c = *reader->at;

		if (c == '\\' && reader->at + 1 < reader->end)
			reader->at++;
		else if (c == '(')
			depth++;
		else if (c == ')' && --depth == 0)
			break;
	}
	if (reader->at < reader->end)
		reader->at++;
}

static void add_digit(LwCMapToken *token, guint *digits, guint digit)
{
	guint at = *digits / 2;

	if (at < LW_CMAP_STRING_BYTES)
		token->bytes[at] = (guint8)(*digits % 2 ? token->bytes[at] | digit : digit << 4);
	if (*digits < G_MAXUINT - 1)
		++*digits;
}

static void read_string(LwCMapReader *reader, LwCMapToken *token)
{
	guint digits = 0;

	for (; reader->at < reader->end && *reader->at != '>'; reader->at++)
		if (g_ascii_isxdigit(*reader->at))
			add_digit(token, &digits, (guint)g_ascii_xdigit_value(*reader->at));
	if (reader->at < reader->end)
		reader->at++;
	token->length = (digits + 1) / 2;
	for (guint i = 0; i < token->length && token->length <= 4; i++)
		token->value = token->value << 8 | token->bytes[i];
	token->type = LW_CMAP_STRING;
}

static void read_word(LwCMapReader *reader, LwCMapToken *token, LwCMapTokenType type)
{
	gsize used = 0;

	for (; reader->at < reader->end && is_regular(*reader->at); reader->at++)
		if (used + 1 < sizeof(token->word))
			token->word[used++] = *reader->at;
	token->word[used] = '\0';
	token->type = type;
	if (type == LW_CMAP_OPERATOR && strspn(token->word, "0123456789") == used) {
		token->type = LW_CMAP_INTEGER;
		token->value = (guint32)MIN(g_ascii_strtoull(token->word, NULL, 10), G_MAXUINT32);
	}
}

static void read_mark(LwCMapReader *reader, LwCMapToken *token)
{
	char c = *reader->at;

	if (c == '<' && reader->at + 1 < reader->end && reader->at[1] == '<') {
		reader->at += 2;
	} else if (c == '<') {
		reader->at++;
		read_string(reader, token);
	} else if (c == '(') {
		skip_literal(reader);
	} else if (c == '/') {
		reader->at++;
		read_word(reader, token, LW_CMAP_NAME);
	} else {
		reader->at++;
		if (c == '[')
			token->type = LW_CMAP_OPEN;
		else if (c == ']')
			token->type = LW_CMAP_CLOSE;
	}
}

LwCMapTokenType lw_cmap_read(LwCMapReader *reader, LwCMapToken *token)
{
	token->type = LW_CMAP_OTHER;
	token->length = 0;
	token->value = 0;
	token->word[0] = '\0';
	skip_blank(reader);
	if (reader->at >= reader->end)
		token->type = LW_CMAP_END;
	else if (is_regular(*reader->at))
		read_word(reader, token, LW_CMAP_OPERATOR);
	else
		read_mark(reader, token);
	return token->type;
}
