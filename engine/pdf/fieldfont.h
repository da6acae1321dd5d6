/* fieldfont.h - fonts turned round: which code draws a character. For the field files only. */
#pragma once

#include "engine/pdf/font.h"

typedef struct {
	gunichar character; /* '\n' ends a line and draws nothing */
	guint16 code;
	double width; /* em */
} LwFieldGlyph;

typedef struct {
	LwPdfObject *value; /* for a dictionary of fonts */
	GHashTable *glyphs; /* LwFieldGlyph by character */
	guint bytes;	    /* of a code */
} LwFieldFont;

/* value: a font dictionary or a reference to one. NULL when it is none. Yours. */
LwFieldFont *lw_field_font_load(LwPdf *pdf, LwPdfObject *value);
/* Helvetica in WinAnsiEncoding, or with an encoding made for this text when it has other
 * characters. Yours. */
LwFieldFont *lw_field_font_new(LwPdf *pdf, const char *text);
void lw_field_font_free(LwFieldFont *font);
/* The text as glyphs, appended; how many characters the font does not have. */
guint lw_field_font_encode(const LwFieldFont *font, const char *text, GArray *glyphs);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(LwFieldFont, lw_field_font_free)
