/* fontcff.h - the glyphs of a CFF program by name or number (Adobe Technical Note 5176).
 *
 * Read only; what lies outside the data reads as 0. */
#pragma once

#include <glib.h>

typedef struct {
	const guint8 *data;
	gsize length;
} LwCffSpan;

/* A dictionary is read operator by operator. */
typedef struct {
	guint operator; /* 0x0c00 and the second byte for those of two bytes */
	LwCffSpan span; /* with its operands */
	guint32 operands[4];
	guint count; /* of the operands, at most 4 of which are given */
} LwCffEntry;

typedef struct {
	guint count; /* of glyphs, at least 1 */
	gboolean by_cid;
	const char **names; /* by glyph, when not by_cid; NULL: unknown */
	guint16 *cids;	    /* by glyph, when by_cid */
	GStringChunk *texts;
	LwCffSpan top;	     /* its dictionary; spans lie in the data that was read */
	LwCffSpan *outlines; /* by glyph: its charstring */
	guint subroutines;   /* that all fonts of it share */
	GPtrArray *strings;  /* texts of its own */
} LwCff;

LwCff *lw_cff_read(const guint8 *data, gsize length); /* NULL when it is not understood; yours */
void lw_cff_free(LwCff *cff);
/* The next operator of a dictionary; FALSE at its end. *at: 0 to begin with. */
gboolean lw_cff_next(LwCffSpan dictionary, gsize *at, LwCffEntry *entry);
/* Items of the index at an offset (LwCffSpan); NULL when it is broken. Yours. */
GArray *lw_cff_index(const guint8 *data, gsize length, gsize at);
/* How many glyphs have a code by the program's own encoding; 0 by a standard one. */
guint lw_cff_encoded(const LwCff *cff, const guint8 *data, gsize length);
/* The number of a text in every program; -1: in none but its own. */
gint lw_cff_standard_string(const char *text);
const char *lw_cff_string(const LwCff *cff, guint32 number); /* NULL when it has none */

G_DEFINE_AUTOPTR_CLEANUP_FUNC(LwCff, lw_cff_free)
