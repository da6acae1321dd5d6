/* object.h - a PDF file as a tree of objects in memory (ISO 32000-1 section 7.3). The door to qpdf.
 *
 * We parse only plain files, in which nothing can mean two things (xref.h), so that Poppler and we
 * see the same objects. Any other file qpdf first writes anew: it decrypts with the empty user
 * password, repairs, and drops revisions and orphans. All objects belong to the
 * LwPdf and die with it. Functions take NULL objects and give NULL back, so look-ups chain; a
 * look-up follows references. */
#pragma once

#include "engine/base/arena.h"
#include "engine/base/error.h"

#include <string.h>

typedef enum {
	LW_PDF_NULL,
	LW_PDF_BOOLEAN,
	LW_PDF_INTEGER,
	LW_PDF_REAL,
	LW_PDF_NAME, /* bytes after the slash, #xx undone */
	LW_PDF_STRING,
	LW_PDF_ARRAY,
	LW_PDF_DICTIONARY,
	LW_PDF_STREAM,
	LW_PDF_REFERENCE,
	LW_PDF_OPERATOR, /* content streams only */
} LwPdfType;

typedef struct LwPdf LwPdf;
typedef struct LwPdfObject LwPdfObject;

typedef struct {
	const char *key;    /* without slash; NUL-terminated */
	LwPdfObject *value; /* not resolved */
} LwPdfEntry;

struct LwPdfObject {
	guint8 type;	/* LwPdfType */
	guint8 hex;	/* STRING: was written in hexadecimal */
	guint32 number; /* object number when this is an indirect object; else 0 */
	union {
		gboolean boolean;
		gint64 integer;
		double real;
		guint32 reference;
		struct {
			const char *bytes;
			gsize length;
		} string; /* NAME, STRING, OPERATOR; NUL follows the bytes */
		struct {
			LwPdfObject **items;
			guint count, capacity;
		} array;
		struct {
			LwPdfEntry *entries;
			guint count, capacity;
		} dictionary;
		struct {
			LwPdfObject *dictionary;
			GBytes *raw; /* as filtered by /Filter */
		} stream;
	};
};

/* Operators and keys differ in their first letter, most of them. */
static inline gboolean lw_pdf_is(const char *name, const char *other)
{
	return *name == *other && !strcmp(name, other);
}

/* Any PDF in its plain form, which may be the input itself; `encrypted`, `repaired` say what qpdf
 * had to do (may be NULL). Yours. */
GBytes *lw_pdf_normalise(GBytes *input, gboolean *encrypted, gboolean *repaired, GError **error);
/* The same without structure tree, outlines, names and metadata, for whoever only looks at pages.
 * Yours. */
GBytes *lw_pdf_normalise_pages(GBytes *input, gboolean *encrypted, gboolean *repaired,
			       GError **error);
/* The same with an array of all objects in the catalog, also of those that nothing refers to.
 * Yours. */
GBytes *lw_pdf_normalise_all(GBytes *input, GError **error);
#define LW_PDF_EVERY_OBJECT "LwEveryObject"
/* Parses bytes of lw_pdf_normalise or lw_pdf_write (keeps a reference). */
LwPdf *lw_pdf_open(GBytes *normalised, GError **error);
/* An empty file for building one. */
LwPdf *lw_pdf_new(void);
void lw_pdf_free(LwPdf *pdf);
LwArena *lw_pdf_arena(LwPdf *pdf);

LwPdfObject *lw_pdf_trailer(LwPdf *pdf);
LwPdfObject *lw_pdf_catalog(LwPdf *pdf);
guint32 lw_pdf_object_count(const LwPdf *pdf);		/* highest number + 1 */
LwPdfObject *lw_pdf_object(LwPdf *pdf, guint32 number); /* NULL when there is none */
guint lw_pdf_page_count(const LwPdf *pdf);
LwPdfObject *lw_pdf_page(LwPdf *pdf, guint index); /* dictionary */
/* Resources, MediaBox, CropBox, Rotate: looked for in the parents too. */
LwPdfObject *lw_pdf_page_inherited(LwPdf *pdf, guint index, const char *key);

/* One page tree node with all pages below it; what they inherited becomes their own. */
void lw_pdf_flatten_pages(LwPdf *pdf);

/* Follows references; NULL for null and for a dangling or cyclic reference. */
LwPdfObject *lw_pdf_resolve(LwPdf *pdf, LwPdfObject *object);
/* Value of a key in a dictionary or a stream's dictionary, resolved. */
LwPdfObject *lw_pdf_find(LwPdf *pdf, const LwPdfObject *object, const char *key);
LwPdfObject *lw_pdf_find_raw(const LwPdfObject *object, const char *key);    /* not resolved */
LwPdfObject *lw_pdf_item(LwPdf *pdf, const LwPdfObject *array, guint index); /* resolved */
guint lw_pdf_length(const LwPdfObject *array); /* 0 when it is no array */
const LwPdfObject *
lw_pdf_dictionary_of(const LwPdfObject *object); /* of a stream or itself; else NULL */
double lw_pdf_number(LwPdf *pdf, LwPdfObject *object, double otherwise); /* resolves */
gint64 lw_pdf_integer(LwPdf *pdf, LwPdfObject *object, gint64 otherwise);
gboolean lw_pdf_is_number(const LwPdfObject *object);
gboolean lw_pdf_is_name(const LwPdfObject *object, const char *name);
const char *lw_pdf_name(const LwPdfObject *object); /* NULL when it is no name */
gboolean lw_pdf_rectangle(LwPdf *pdf, LwPdfObject *array,
			  double rectangle[4]); /* normalised: x0<=x1 */
/* A text string (7.9.2.2) as UTF-8; yours; NULL when it is no string. */
char *lw_pdf_text(const LwPdfObject *string);

LwPdfObject *lw_pdf_new_null(LwPdf *pdf);
LwPdfObject *lw_pdf_new_boolean(LwPdf *pdf, gboolean value);
LwPdfObject *lw_pdf_new_integer(LwPdf *pdf, gint64 value);
LwPdfObject *lw_pdf_new_real(LwPdf *pdf, double value);
LwPdfObject *lw_pdf_new_name(LwPdf *pdf, const char *name);
LwPdfObject *lw_pdf_new_string(LwPdf *pdf, const char *bytes, gsize length);
LwPdfObject *
lw_pdf_new_text(LwPdf *pdf,
		const char *utf8); /* a text string: PDFDocEncoding if ASCII, else UTF-16BE */
LwPdfObject *lw_pdf_new_array(LwPdf *pdf);
LwPdfObject *lw_pdf_new_dictionary(LwPdf *pdf);
/* An indirect stream without filter; the writer compresses it. Takes its own reference to data. */
LwPdfObject *lw_pdf_new_stream(LwPdf *pdf, LwPdfObject *dictionary, GBytes *data);
/* Makes an object indirect (once) and returns a reference to it, for use as a value. */
LwPdfObject *lw_pdf_reference(LwPdf *pdf, LwPdfObject *object);
LwPdfObject *
lw_pdf_copy(LwPdf *pdf,
	    const LwPdfObject *object); /* shallow, direct; entries and items are shared */

void lw_pdf_set(LwPdf *pdf, LwPdfObject *dictionary, const char *key,
		LwPdfObject *value); /* replaces; NULL removes */
void lw_pdf_remove(LwPdfObject *dictionary, const char *key);
void lw_pdf_append(LwPdf *pdf, LwPdfObject *array, LwPdfObject *value);
void lw_pdf_array_remove(LwPdfObject *array, guint index);
/* The indirect object becomes null wherever it is referred to. */
void lw_pdf_drop(LwPdf *pdf, LwPdfObject *object);

/* All Flate filters undone, predictors too (LZW, ASCII and RunLength as well); *rest gets the
 * filter that remains (a static name such as "DCTDecode") or NULL. NULL with error past a limit;
 * damaged data gives what could be decoded. Yours. */
GBytes *lw_pdf_decode(LwPdf *pdf, LwPdfObject *stream, const char **rest, GError **error);
/* Replaces data and drops Filter and DecodeParms. */
void lw_pdf_set_data(LwPdf *pdf, LwPdfObject *stream, GBytes *data);
/* Replaces data, with these filter and parameters (NULL: none). */
void lw_pdf_set_filtered(LwPdf *pdf, LwPdfObject *stream, GBytes *data, const char *filter,
			 LwPdfObject *parameters);

/* Canonical syntax of a direct object, to content streams and files; references as "n 0 R". */
void lw_pdf_print(GString *out, const LwPdfObject *object);
void lw_pdf_print_number(GString *out, double value);

/* From now on it is written as PDF 1.4 has it, which PDF/A-1 asks for: no object streams, and
 * metadata that is not compressed. */
void lw_pdf_write_old(LwPdf *pdf);
/* Writes what the catalog reaches, renumbered in order of reach, version 1.7, compressed, with a
 * fixed /ID of the content: same tree, same bytes. Yours. */
GBytes *lw_pdf_write(LwPdf *pdf, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(LwPdf, lw_pdf_free)
