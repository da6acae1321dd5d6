/* rate.h - rates over documents, such as recall, and how far they can be trusted.
 *
 * A rate is a sum over documents divided by another sum over documents; its 95 % interval is the
 * bootstrap over documents (percentiles of resamples drawn with a fixed seed), since mentions in
 * one document are not independent. */
#pragma once

#include <glib.h>

typedef struct {
	const char *group, *name; /* "kind" and "bsn"; borrowed */
	guint measure, view;	  /* what is counted, and of what: the caller's own numbers */
	GArray *entries;	  /* private */
	guint64 part, whole;
	double low, high;
} LwRate;

typedef struct LwRates LwRates;

LwRates *lw_rates_new(void);
void lw_rates_free(LwRates *rates);
/* part of whole in one document (numbered from 0, ascending); a whole of 0 says nothing. */
void lw_rates_add(LwRates *rates, const char *group, const char *name, guint measure, guint view,
		  guint document, guint64 part, guint64 whole);
/* After all are added: the intervals. */
void lw_rates_close(LwRates *rates, guint documents);
/* NULL when nothing was added. */
const LwRate *lw_rates_find(const LwRates *rates, const char *group, const char *name,
			    guint measure, guint view);
/* The names of a group in order of the alphabet; yours, the strings borrowed. */
GPtrArray *lw_rates_names(const LwRates *rates, const char *group);
/* part / whole; 0 of nothing is 0. */
double lw_rate_value(const LwRate *rate);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(LwRates, lw_rates_free)
