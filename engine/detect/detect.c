/* detect.c - all detectors over one document, in the order of detect.h: later ones may look at what
 * earlier ones found. */
#include "engine/detect/detect.h"

#include "engine/detect/token.h"

LwEntities *lw_detect(const LwDocument *document, const LwLexicon *lexicon)
{
	static void (*const detectors[])(const LwDetectContext *, LwEntities *) = {
		lw_detect_identifiers, lw_detect_addresses,   lw_detect_dates,
		lw_detect_names,       lw_detect_special,     lw_detect_ink,
		lw_detect_roles,       lw_detect_same_person, lw_detect_denied,
	};
	g_autoptr(LwNormal) normal =
		lw_normal_new(document->text ? document->text : "", document->length);
	LwDetectContext context = {.base = {.document = document, .normal = normal},
				   .lexicon = lexicon};
	g_autoptr(LwTokens) tokens = lw_tokens_new(&context);
	context.tokens = tokens;
	LwEntities *found = lw_entities_new();
	for (gsize i = 0; i < G_N_ELEMENTS(detectors); i++) {
		detectors[i](&context, found);
		lw_entities_sort(found);
	}
	lw_detect_merge(document, found);
	return found;
}
