/* person-edge.h - a name that was found in part is taken whole. */
#pragma once

#include "engine/detect/lexicon.h"
#include "engine/model/entity.h"

/* Lets every person of a sorted list without overlaps go on over what hangs on to the name. The
 * caller sorts it again and lets guesses give way. */
void lw_person_take_whole(const LwLexicon *lexicon, const LwDocument *document, LwEntities *found);
