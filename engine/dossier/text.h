/* text.h - the texts of a dossier: shown, laid out on the page, and searched. */
#pragma once

#include "engine/dossier/reading.h"

gboolean lw_text_answer(LwCall *call);	 /* query text */
gboolean lw_layer_answer(LwCall *call);	 /* query layer */
gboolean lw_search_answer(LwCall *call); /* query search */

/* Each place that the "term" or "regex" of a call finds, in its "document" or in all. */
typedef void (*LwHitFunc)(void *self, const LwText *text, LwSpan span);
gboolean lw_text_search(LwCall *call, LwHitFunc hit, void *self);

/* "offset" and "length" of a call as bytes of a document's text; FALSE when refused. */
gboolean lw_call_span(LwCall *call, gint64 document, LwSpan *span);
/* Where an area stands among the text of its page: the byte of the first line that is not above it. */
guint32 lw_area_anchor(const LwDocument *document, const LwBox *box);
/* Boxes (LwBox) as JSON, yours; NULL when there are none. */
char *lw_boxes_text(const GArray *boxes);
