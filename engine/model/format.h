/* format.h - what a file format must be able to do. One static const table per format; extractors/builtin.c lists them.
 *
 * Every function gets hostile bytes, bounds them, and either succeeds whole or sets a GError of the house. */
#pragma once

#include "engine/base/error.h"
#include "engine/model/mark.h"

typedef enum {
	LW_READ_ALL = 0,
	LW_READ_GLYPHS = 1 << 0,	/* glyphs and pages only: no reading order, no text */
} LwReadFlags;

/* A picture: 8-bit samples, rows top-down without padding. */
typedef struct {
	guint32 width, height, channels; /* 1 grey or 3 RGB */
	GBytes *pixels;
} LwPicture;

/* One string or stream that a file holds outside the visible text: channel names the place ("pdf/info", "odf/meta",
 * "pdf/stream"), bytes are as decoded as they get. Return FALSE to stop. */
typedef gboolean (*LwInspectFunc)(void *self, const char *channel, const char *bytes, gsize length);

typedef struct LwFormat LwFormat;
struct LwFormat {
	const char *name;	/* "pdf" */
	const char *media_type;
	const char *suffix;	/* ".pdf" */
	gboolean pages;		/* has pages: areas can be drawn, pictures shown */

	/* How sure this format is that the bytes are its own: 0 no, 100 certain. Content only, never the name. */
	int (*bid)(const guint8 *bytes, gsize length);
	/* NULL with error; LW_ERROR_UNREADABLE for a malformed or locked file. Yours. */
	LwDocument *(*read)(GBytes *input, LwReadFlags flags, GError **error);
	/* The document without what the plan marks and without anything hidden; fills the receipt. Yours. */
	GBytes *(*write)(GBytes *input, const LwPlan *plan, LwReceipt *receipt, GError **error);
	/* Names every hidden place of a file to the verifier. FALSE with error when the file cannot be opened. */
	gboolean (*inspect)(GBytes *file, LwInspectFunc found, void *self, GError **error);
	/* The same for what lies in a file beside the document: earlier revisions, objects that nothing refers
	 * to; may be NULL. */
	gboolean (*dig)(GBytes *file, LwInspectFunc found, void *self, GError **error);
	/* The file without the boxes and labels of our own redactions, so that what lies under them shows; with
	 * `boxes` (gets LwBox; or NULL) also without those of others. NULL without pages. Yours; NULL with error. */
	GBytes *(*bare)(GBytes *file, GArray *boxes, GError **error);
	/* Page (from 0) as a picture at a resolution in pixels per inch; NULL without pages. FALSE with error. */
	gboolean (*picture)(GBytes *file, guint32 page, double resolution, LwPicture *picture, GError **error);
};

void lw_picture_clear(LwPicture *picture);
