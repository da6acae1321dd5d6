/* person-guess.h - persons that were only guessed at. Private to detect. */
#pragma once

#include "engine/model/entity.h"

/* What no rule has and nothing explains. */
gboolean lw_person_is_rest(const LwEntity *entity);
/* Does a card that fits know better? */
gboolean lw_person_is_guess(const LwEntity *entity);
/* Where a find overlaps a guess the guess goes; leaves the list sorted. */
void lw_person_drop_guesses(LwEntities *found);
