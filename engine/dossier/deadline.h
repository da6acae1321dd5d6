/* deadline.h - until when a decision may take. */
#pragma once

#include <glib.h>

/* The end of a term by law: one that ends on a Saturday, a Sunday or a day off goes on to the next
 * day that is none of these (Algemene termijnenwet, articles 1 and 3). */
void lw_term_end(GDate *date);
