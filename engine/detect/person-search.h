/* person-search.h - finds the persons of the cards in one document, wherever no entity stands yet.
 */
#pragma once

#include "engine/detect/person-card.h"
#include "engine/base/text.h"
#include "engine/model/entity.h"

/* Adds what it finds to the list, which must be sorted; the caller sorts it again. normal: the
 * document's text. stays: what the model takes for something that has to stay readable, sorted. */
void lw_person_search(const LwPersonCards *cards, const LwLexicon *lexicon,
		      const LwDocument *document, const LwNormal *normal, const LwEntities *stays,
		      LwEntities *found);
