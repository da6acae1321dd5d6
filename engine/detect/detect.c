/* detect.c - all detectors over one document, in the order of detect.h: later ones may look at what
 * earlier ones found. Tables of pages are read by rows (rows.h); ink is looked for on the page. */
#include "engine/detect/detect.h"

#include "engine/detect/rows.h"
#include "engine/detect/token.h"

static void find_in_text(const LwDocument *document, const LwLexicon *lexicon, LwEntities *found)
{
	static void (*const detectors[])(const LwDetectContext *, LwEntities *) = {
		lw_detect_identifiers, lw_detect_addresses, lw_detect_dates,	   lw_detect_names,
		lw_detect_special,     lw_detect_roles,	    lw_detect_same_person, lw_detect_denied,
	};
	g_autoptr(LwNormal) normal =
		lw_normal_new(document->text ? document->text : "", document->length);
	LwDetectContext context = {.base = {.document = document, .normal = normal},
				   .lexicon = lexicon};
	g_autoptr(LwTokens) tokens = lw_tokens_new(&context);
	context.tokens = tokens;
	for (gsize i = 0; i < G_N_ELEMENTS(detectors); i++) {
		detectors[i](&context, found);
		lw_entities_sort(found);
	}
}

static void find_ink(const LwDocument *document, const LwLexicon *lexicon, LwEntities *found)
{
	if (!document->figures || !document->figures->len)
		return;
	g_autoptr(LwNormal) normal =
		lw_normal_new(document->text ? document->text : "", document->length);
	LwDetectContext context = {.base = {.document = document, .normal = normal},
				   .lexicon = lexicon};
	lw_detect_ink(&context, found);
	lw_entities_sort(found);
}

LwEntities *lw_detect(const LwDocument *document, const LwLexicon *lexicon)
{
	g_autoptr(LwRows) rows = lw_rows_new(document);
	LwEntities *found = lw_entities_new();

	find_in_text(rows ? lw_rows_document(rows) : document, lexicon, found);
	if (rows)
		lw_rows_return(rows, found);
	find_ink(document, lexicon, found);
	lw_detect_merge(document, found);
	return found;
}
