/* score.h - how what was found compares with what a person labelled, one document at a time.
 *
 * A label is met when every letter and digit of it is covered (of a mail address: those before the
 * @); blanks and points do not count. */
#pragma once

#include "engine/gold.h"
#include "engine/model/mark.h"
#include "engine/rate.h"

typedef enum {
	LW_MEASURE_RECALL,	  /* labels that had to go, covered whole */
	LW_MEASURE_DOCUMENT_LEAK, /* documents in which one of them is left */
	LW_MEASURE_PERSON_LEAK,	  /* persons of whom a mention is left */
	LW_MEASURE_PRECISION,	  /* marks that touch a label that had to go */
	LW_MEASURE_EXCESS,	  /* words taken that had no reason to go */
	LW_MEASURE_KEPT,	  /* words labelled to stay that were touched */
	LW_MEASURE_COUNT
} LwMeasure;

typedef enum {
	LW_FAULT_MISSED,  /* a label that had to go and is not covered whole */
	LW_FAULT_TOUCHED, /* a label that had to stay and was touched */
	LW_FAULT_EXCESS,  /* a mark without a label below it */
} LwFault;

/* Told of each fault; span in bytes of the text. */
typedef void (*LwFaultFunc)(void *self, const LwGoldDocument *document, LwFault fault,
			    const char *kind, LwSpan span);

/* Counts one document under a view: groups "all", "kind", "genre" and "origin". marks: LwMark. func
 * may be NULL. */
void lw_score_document(LwRates *rates, guint view, guint number, const LwGoldDocument *document,
		       const GPtrArray *marks, LwFaultFunc func, void *self);
