/* scrub.h - takes out of a PDF everything that is not the visible page: pdf-channels.md 2.4 to 2.6.
 *
 * White lists: catalog, page, annotation, field, structure and outline dictionaries keep only the
 * keys that are named here; what is not understood goes. Changes the file in place; counts in the
 * receipt. To be called after burning and in this order, as each relies on the ones before it:
 * document, pages, navigation, structure, resources. */
#pragma once

#include "engine/model/mark.h"
#include "engine/model/secret.h"
#include "engine/pdf/object.h"

typedef struct {
	LwPdf *pdf;
	const LwPlan *plan;
	LwReceipt *receipt;
	const LwSecrets *secrets;
	/* By page, the boxes of all marks (LwBox, page space as shown); the accepted marks' only.
	 */
	GPtrArray *boxes_by_page; /* GArray of LwBox */
	/* MCIDs whose content was burned: by page a GHashTable of GUINT_TO_POINTER(mcid + 1), or
	 * NULL. */
	GPtrArray *burned_mcids;
	GHashTable *printed;   /* streams that the rewriter printed anew; or NULL */
	GHashTable *overflown; /* appearances that showed less than their text, and do not hold the
				  rest any more; or NULL */
} LwScrub;

/* FALSE with error for what must be refused (dynamic XFA). Before burning: checks only. */
gboolean lw_scrub_admit(LwPdf *pdf, GError **error);
/* Info, XMP (rebuilt, neutral title), PieceInfo, Thumb, JavaScript, attachments, XFA, signatures,
 * names, threads, OpenAction, OCProperties (hidden layers were cut by the burner),
 * ViewerPreferences rebuilt. */
void lw_scrub_document(LwScrub *scrub);
/* Page dictionaries to their white list; annotations that meet a box gone, all others cleaned; form
 * fields that meet a box gone from the field tree, others keep their value only when no secret
 * stands in it. */
void lw_scrub_pages(LwScrub *scrub);
/* Outlines, destinations, page labels: kept only where no secret stands in them. */
void lw_scrub_navigation(LwScrub *scrub);
/* Structure tree: ActualText, Alt, E, T, ID, Lang of elements whose content was burned and of all
 * their ancestors gone; elsewhere kept unless a secret stands in it; attributes, ClassMap, RoleMap
 * to white lists; OBJR of dropped annotations gone; ParentTree kept in step. Tags stay. */
void lw_scrub_structure(LwScrub *scrub);
/* After the others: what pages, annotations and fields draw with (resources, forms, images, fonts,
 * colours) to white lists; metadata in images gone. */
void lw_scrub_resources(LwScrub *scrub);
