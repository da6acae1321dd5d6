/* link-value.h - numbers and addresses that are found again anywhere in the run (woo.md 8.3). */
#pragma once

#include "engine/detect/detect.h"

typedef struct LwLinkValues LwLinkValues;

LwLinkValues *lw_link_values_new(void);
void lw_link_values_free(LwLinkValues *values);
void lw_link_values_learn(LwLinkValues *values, const LwDocument *document, const LwEntity *entity);
/* Adds what overlaps no other find; found is in order of position. text: the document's,
 * normalised.
 */
void lw_link_values_find(const LwLinkValues *values, const LwDocument *document,
			 const LwNormal *text, LwEntities *found);
