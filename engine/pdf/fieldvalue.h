/* fieldvalue.h - what a form field says: its inherited entries, and its value as text to draw. For
 * the field files only. */
#pragma once

#include "engine/pdf/object.h"

typedef enum {
	LW_FIELD_NONE, /* nothing that we draw */
	LW_FIELD_TEXT,
	LW_FIELD_COMBO,
	LW_FIELD_OPTIONS, /* list box */
	LW_FIELD_PUSH,
	LW_FIELD_CHECK,
	LW_FIELD_RADIO,
	LW_FIELD_SIGNATURE,
} LwFieldType;

/* Bits of /Ff (tables 226, 228 and 230). */
#define LW_FIELD_IS_MULTILINE (1 << 12)
#define LW_FIELD_IS_PASSWORD  (1 << 13)
#define LW_FIELD_IS_RADIO     (1 << 15)
#define LW_FIELD_IS_PUSH      (1 << 16)
#define LW_FIELD_IS_COMBO     (1 << 17)
#define LW_FIELD_IS_FILE      (1 << 20)
#define LW_FIELD_IS_COMB      (1 << 24)

typedef struct {
	LwPdf *pdf;
	LwPdfObject *form;   /* the AcroForm, or NULL */
	GHashTable *parents; /* a kid without /Parent -> the field that lists it */
	gsize characters;    /* taken so far: values may be shared */
} LwFields;

/* The field above, or NULL. */
LwPdfObject *lw_field_parent(const LwFields *fields, LwPdfObject *field);
/* The entry of the field or the nearest field above it. */
LwPdfObject *lw_field_find(const LwFields *fields, LwPdfObject *field, const char *key);
LwFieldType lw_field_type(const LwFields *fields, LwPdfObject *field, gint64 *flags);
/* The value goes, here and wherever it is inherited from. */
void lw_field_forget(const LwFields *fields, LwPdfObject *field);
/* What the field shows: lines end with \n, and only if it is a multi-line text or a list box. NULL:
 * too much for all fields together. chosen gets the numbers of a list box's chosen lines. Yours. */
char *lw_field_dup_text(LwFields *fields, LwPdfObject *field, LwFieldType type, gint64 flags,
			GHashTable *chosen);
