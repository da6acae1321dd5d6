/* decide.h - acts on marks: what people decide, one mark or thousands at a time. */
#pragma once

#include "engine/dossier/event.h"
#include "engine/dossier/mark.h"
#include "engine/dossier/unit.h"

gboolean lw_decide_act(LwCall *call, LwDeed *deed); /* accept, reject, reopen, ground, motivate,
						       withdraw, card, acknowledge */
gboolean lw_extent_act(LwCall *call, LwDeed *deed);
gboolean lw_add_act(LwCall *call, LwDeed *deed);
gboolean lw_search_act(LwCall *call, LwDeed *deed);
gboolean lw_import_act(LwCall *call, LwDeed *deed);

/* What is the same in a mark that people make. */
typedef struct {
	LwKind kind;
	const char *decision, *motivation, *rule;
	const char *grounds; /* NULL: those of the policy */
} LwGiven;

/* The decision of a deed for one mark. */
void lw_decide_mark(LwDeed *deed, const char *id, const char *decision, const char *grounds,
		    const char *motivation);
/* Adds a mark for a span of the text, also where it is already proposed; its id, yours, NULL when
 * refused. */
char *lw_add_span(LwDeed *deed, gint64 document, LwSpan span, const LwGiven *given);
/* The same without its copies. */
char *lw_add_span_here(LwDeed *deed, gint64 document, LwSpan span, const LwGiven *given);
char *lw_add_area(LwDeed *deed, gint64 document, const GArray *boxes, const LwGiven *given);
/* Boxes from the JSON of lw_boxes_text(); yours, NULL when there are none. */
GArray *lw_boxes_parse(const char *text);
/* Where a mark is, as the columns of its row: JSON; yours. NULL when it shows no glyph. */
char *lw_place_of_span(LwDossier *dossier, gint64 document, LwSpan span);
