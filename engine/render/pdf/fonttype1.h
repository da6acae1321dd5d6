/* fonttype1.h - a Type 1 program with some of its glyphs only (Adobe Type 1 Font Format).
 *
 * Glyphs that go leave neither name nor outline; what stays is copied byte for byte. */
#pragma once

#include <glib.h>

typedef struct {
	GBytes *data;
	gsize lengths[3]; /* clear text, encrypted part, trailer */
} LwType1;

typedef struct LwType1Program LwType1Program;

/* How a program is put in order. */
typedef struct {
	const GArray *order; /* guint16: glyphs behind ".notdef"; those not in it follow by name */
	const GPtrArray *names; /* by place in `order`: what each is called from now on */
	const guint16 *codes;	/* 256: by code its place in `order` + 1; 0: none */
} LwType1Order;

/* Names of all glyphs; NULL when the program is not understood. Yours. */
GHashTable *lw_type1_names(GBytes *program, gint64 length1, gint64 length2);
/* With the wanted glyphs, and those that they are made of. FALSE when it cannot be done; data is
 * yours. */
gboolean lw_type1_subset(GBytes *program, gint64 length1, gint64 length2, GHashTable *wanted,
			 LwType1 *result);
/* NULL when it is not understood; yours. */
LwType1Program *lw_type1_load(GBytes *program, gint64 length1, gint64 length2);
void lw_type1_free(LwType1Program *program);
guint lw_type1_glyph_count(const LwType1Program *program);
const char *lw_type1_glyph_name(const LwType1Program *program, guint glyph);
/* By their outlines. */
int lw_type1_compare_glyphs(const LwType1Program *program, guint a, guint b);
/* The box around all outlines, in units of the program; FALSE when there are none. */
gboolean lw_type1_extents(const LwType1Program *program, double box[4]);
/* FALSE when it cannot be done; data is yours. */
gboolean lw_type1_write(const LwType1Program *program, const LwType1Order *order, LwType1 *result);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(LwType1Program, lw_type1_free)
