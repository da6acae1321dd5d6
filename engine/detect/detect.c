/* detect.c - all detectors over one document, in the order of detect.h: later ones may look at what
 * earlier ones found. Tables of pages are read by rows (rows.h), those
 * with one cell to a line too (stacked.h); ink is looked for on the page. */
#include "engine/detect/detect.h"

#include "engine/detect/evidence.h"
#include "engine/detect/misread.h"
#include "engine/detect/public-text.h"
#include "engine/detect/rows.h"
#include "engine/detect/stacked.h"
#include "engine/detect/tagger.h"
#include "engine/detect/torn.h"

#include <string.h>

#define BIRTH_REACH 24 /* bytes from the date to the place */

/* Is its name near, or is it an address, a date of birth or printed as only telephone numbers are?
 * Form alone proves nothing else here. */
static gboolean is_named(const LwDetectContext *text, const LwEntity *entity)
{
	const char *number = text->base.document->text + entity->span.start;

	if (entity->kind == LW_KIND_PHONE && memchr(number, ' ', entity->span.length))
		return TRUE;
	return entity->reason == LW_REASON_CONTEXT ||
	       entity->reason == LW_REASON_CHECKSUM_CONTEXT ||
	       entity->kind == LW_KIND_CRIMINAL_CASE ||
	       ((entity->kind == LW_KIND_ADDRESS || entity->kind == LW_KIND_POSTCODE) &&
		entity->score >= 0.9f);
}

/* Once more over what a reader of scans may have misread; only what that changes counts. */
static void find_misread(const LwDetectContext *text, LwEntities *found)
{
	g_autoptr(LwMisread) misread = lw_misread_new(text->base.normal);
	g_autoptr(LwEntities) more = NULL;
	LwDetectContext context = *text;

	if (!misread)
		return;
	context.base.normal = &misread->view;
	more = lw_entities_new();
	lw_detect_identifiers(&context, more);
	lw_detect_addresses(&context, more);
	lw_detect_dates(&context, more);
	lw_detect_ages(&context, more);
	for (guint i = 0; i < more->items->len; i++) {
		LwEntity entity = g_array_index(more->items, LwEntity, i);
		gsize from = lw_normal_find(text->base.normal, entity.span.start);
		gsize to = lw_normal_find(text->base.normal,
					  (gsize)entity.span.start + entity.span.length);

		/* evidence is static, so it outlives its list */
		/* the place is right where the date was misread, a number where its name was */
		if (entity.kind == LW_KIND_BIRTH_PLACE || entity.kind == LW_KIND_CLIENT_NUMBER ||
		    entity.kind == LW_KIND_BIRTH_DATE)
			from -= MIN(from, BIRTH_REACH);
		if (is_named(text, &entity) && lw_misread_between(misread, from, to))
			g_array_append_val(found->items, entity);
	}
}

static void find_in_text(const LwDocument *document, const LwLexicon *lexicon,
			 const LwEvidenceWatch *watch, LwEntities *found)
{
	static void (*const detectors[])(const LwDetectContext *, LwEntities *) = {
		lw_detect_identifiers,	   lw_detect_columns,
		lw_detect_spoken_phones,   lw_detect_addresses,
		lw_detect_dates,	   lw_detect_ages,
		lw_detect_names,	   lw_detect_dates_of_persons,
		lw_detect_beside_persons,  lw_detect_births_in_tables,
		lw_detect_ages_of_persons, lw_detect_ages_said,
		lw_detect_births_said,	   lw_detect_lived_streets,
		lw_detect_made_logins,	   lw_detect_houses_alone,
		lw_detect_parks,	   lw_detect_beside_brackets,
		lw_detect_again,	   lw_detect_special,
		lw_detect_opinions,	   lw_detect_signatures,
		lw_detect_citations,	   lw_detect_roles,
		lw_detect_public_persons,  lw_detect_makers,
		lw_detect_signatories,	   lw_detect_switchboards,
		lw_detect_contacts,	   lw_detect_public_contacts,
		lw_detect_site_columns,	   lw_detect_same_person,
		lw_detect_examples,	   lw_detect_made_up,
		lw_detect_unexplained,	   lw_detect_stays,
		lw_detect_calibrate,	   lw_detect_denied,
	};
	g_autoptr(LwNormal) normal =
		lw_normal_new(document->text ? document->text : "", document->length);
	LwDetectContext context = {.base = {.document = document, .normal = normal},
				   .lexicon = lexicon,
				   .watch = watch,
				   .date = lw_document_date(document),
				   .language = lw_language_of(document)};
	g_autoptr(LwTokens) tokens = lw_torn_tokens(&context, normal);
	g_autoptr(LwTags) tags = NULL;
	context.tokens = tokens;
	if (lw_lexicon_tagger(lexicon))
		context.tags = tags = lw_tagger_tag(lw_lexicon_tagger(lexicon), tokens);
	context.calibrated = lw_calibrates(&context);
	context.year = lw_document_year(&context);
	context.public_end = lw_public_text_end(tokens);
	find_misread(&context, found);
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
	g_autoptr(LwDocument) stacked = rows ? NULL : lw_stacked_document(document);
	LwEntities *found = lw_entities_new();

	find_in_text(rows      ? lw_rows_document(rows)
		     : stacked ? stacked
			       : document,
		     lexicon, NULL, found);
	if (rows)
		lw_rows_return(rows, found);
	find_ink(document, lexicon, found);
	lw_detect_merge(document, found);
	return found;
}

void lw_detect_watched(const LwDocument *document, const LwLexicon *lexicon,
		       const LwEvidenceWatch *watch)
{
	g_autoptr(LwDocument) stacked = lw_stacked_document(document);
	g_autoptr(LwEntities) found = lw_entities_new();

	find_in_text(stacked ? stacked : document, lexicon, watch, found);
}
