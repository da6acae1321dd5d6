/* fontsfnt.h - the tables of a TrueType or OpenType program (ISO 14496-22).
 *
 * Every read is checked against the end of the data; what lies outside reads as 0. */
#pragma once

#include <glib.h>

#define LW_SFNT_TAG(a, b, c, d)                                                                    \
	((guint32)(a) << 24 | (guint32)(b) << 16 | (guint32)(c) << 8 | (guint32)(d))

typedef struct {
	const guint8 *data;
	gsize length;
} LwSfntTable;

typedef struct {
	guint32 tag;
	GBytes *data;
} LwSfntPart;

/* Where characters find their glyphs: one entry of one map. */
typedef struct {
	guint16 platform, encoding, glyph;
	guint32 code;
} LwSfntCode;

gboolean lw_sfnt_is(const guint8 *data, gsize length);
/* The table; no data when it is not there. */
LwSfntTable lw_sfnt_find(GBytes *sfnt, guint32 tag);
guint lw_sfnt_glyph_count(GBytes *sfnt);
/* A file of these parts (LwSfntPart). Yours. */
GBytes *lw_sfnt_write(guint32 version, const GArray *parts);
/* A new file of those tables of a list (ended by 0) that are there; yours. */
GBytes *lw_sfnt_select(GBytes *sfnt, const guint32 *tags, LwSfntPart more);

/* A bare CFF program with so many glyphs as an OpenType file: HarfBuzz reads no other. Yours. */
GBytes *lw_sfnt_wrap(GBytes *cff, guint glyphs);

/* LwSfntCode of all maps; NULL when there is a map that is not understood. Yours. */
GArray *lw_sfnt_codes(GBytes *sfnt);
/* A cmap of these. Yours. */
GBytes *lw_sfnt_cmap(const GArray *codes);
/* The glyph that post names, or -1. */
gint lw_sfnt_named_glyph(GBytes *sfnt, const char *name);
/* Has the outline of a glyph (glyf) any byte? */
gboolean lw_sfnt_has_outline(GBytes *sfnt, guint glyph);
