/* cmapread.h - tokens of a CMap's text, for cmap.c only.
 *
 * Never fails and never allocates; every call moves on until LW_CMAP_END. */
#pragma once

#include <glib.h>

#define LW_CMAP_STRING_BYTES 64

typedef enum {
	LW_CMAP_END,
	LW_CMAP_STRING, /* hexadecimal */
	LW_CMAP_INTEGER,
	LW_CMAP_NAME,
	LW_CMAP_OPERATOR,
	LW_CMAP_OPEN, /* [ */
	LW_CMAP_CLOSE,
	LW_CMAP_OTHER, /* nothing that matters here */
} LwCMapTokenType;

typedef struct {
	LwCMapTokenType type;
	guint length;			    /* of a string's bytes, also past what fits */
	guint8 bytes[LW_CMAP_STRING_BYTES]; /* of a string */
	guint32 value; /* of an integer; a string's bytes as a number, if at most 4 */
	char word[64]; /* of a name or an operator, cut */
} LwCMapToken;

typedef struct {
	const char *at, *end;
} LwCMapReader;

LwCMapTokenType lw_cmap_read(LwCMapReader *reader, LwCMapToken *token);
