/* fonttype1_private.h - a Type 1 program as it was read, for the fonttype1 files only.
 *
 * Entries point into the text. */
#pragma once

#include "engine/render/pdf/fonttype1.h"

typedef struct {
	const char *start, *end; /* of the whole entry in the private text */
	const char *string;	 /* the encrypted charstring */
	gsize length;
	char *name; /* glyph; NULL: subroutine */
	gboolean wanted;
} LwType1Entry;

typedef struct {
	const char *at; /* of the number in text */
	gsize length;
} LwType1Count;

struct LwType1Program {
	GString *clear, *text;	      /* text: decrypted, with its lead */
	GArray *subroutines, *glyphs; /* LwType1Entry; subroutines by number */
	LwType1Count subroutine_count, glyph_count;
	const char *glyphs_end;
	guint lead;  /* lenIV */
	gsize steps; /* past MAXIMUM_STEPS nothing that was found is sure */
};

/* A charstring, decrypted; NULL when there is none. Yours. */
guint8 *lw_type1_dup_code(const LwType1Program *p, const LwType1Entry *entry, gsize *length);
/* Encrypts; both texts are taken. */
void lw_type1_put_together(GString *clear, GString *text, LwType1 *result);
void lw_type1_append_glyph(GString *out, const LwType1Entry *entry, const char *name);
/* Up to the first glyph, with another number of them. */
void lw_type1_append_count(GString *out, const LwType1Program *p, const char *from, guint count);
