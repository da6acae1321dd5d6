/* rewrite.h - writes the content of a page anew from its tokens, without what the plan takes away.
 *
 * Every stream is printed again, marked or not: comments, unknown operators, inline alternate texts
 * of what was taken away, unused resources and empty saves do not come through. In a text object
 * from which glyphs go, movements go too: each run of glyphs that stays gets its own matrix, so
 * nothing tells how far the removed ones reached. */
#pragma once

#include "engine/model/removal.h"
#include "engine/model/secret.h"
#include "engine/pdf/collect.h"
#include "engine/pdf/image.h"
#include "engine/render/pdf/tags.h"

typedef struct {
	LwPdf *pdf;
	LwPdfInterpreter *interpreter;
	const LwPlan *plan;
	LwReceipt *receipt;
	const LwSecrets *secrets;
	LwPdfImageDecoder decoder;
	LwPdfObject *label_font, *label_gstate; /* made when first needed */
	GHashTable *
		cleaned; /* stream -> its new content (GBytes), put in place by lw_rewrite_finish */
	GHashTable *cleaned_resources; /* stream -> its new resources */
	GHashTable *printed;	       /* set of the streams whose content is ours */
	GHashTable *overflown;	       /* appearances from which went what they cut off */
	GArray *loose_labels;	       /* LwLooseLabel: of tagged pages */
	GPtrArray *burned_mcids;       /* by page: GHashTable of mcid + 1, or NULL */
} LwRewriter;

/* Rewrites page number `page`, whose first glyph is number `first` of the document; *next gets the
 * first of the next page. */
gboolean lw_rewrite_page(LwRewriter *rewriter, guint page, guint32 first, guint32 *next,
			 GError **error);
/* After the last page: forms that no mark met get their clean content. */
void lw_rewrite_finish(LwRewriter *rewriter);
