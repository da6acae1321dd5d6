/* fontrecode.h - what font dictionaries say about codes, when the codes become others. */
#pragma once

#include "engine/render/pdf/fontprogram.h"

/* By old code the new one + 1; codes that are not in it stay as they are. NULL: all do. */
typedef GHashTable LwFontTable;

guint32 lw_fontrecode_code(LwFontTable *table, guint32 code);
void lw_fontrecode_meanings(LwPdf *pdf, const LwFontUse *use, LwFontTable *table);
void lw_fontrecode_widths(LwPdf *pdf, const LwFontUse *use, LwFontTable *table);
/* names: by new code what its glyph is called; they make up the whole encoding. */
void lw_fontrecode_encoding(LwPdf *pdf, const LwFontUse *use, const char *const names[256]);
/* Type 3: its glyphs under those names. */
void lw_fontrecode_char_procs(LwPdf *pdf, const LwFontUse *use, LwFontTable *table,
			      const char *const names[256]);
/* Widths of a descendant, for all fonts that share it: one list without gaps. Its numbers are the
 * codes. */
void lw_fontrecode_descendant(LwPdf *pdf, LwPdfObject *descendant, const LwFontProgram *program,
			      LwFontTable *table);
/* A Type 0 font whose codes are the numbers of its descendant. */
void lw_fontrecode_map(LwPdf *pdf, const LwFontUse *use, LwFontTable *table);
/* A code as the font reads it. */
LwPdfCode lw_fontrecode_read(const LwFontUse *use, guint32 code);
