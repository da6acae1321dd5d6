/* card.h - one person, one card: all spellings of a person in the dossier. */
#pragma once

#include "engine/dossier/event.h"

/* Gives the persons of a scan the numbers that they had before. */
void lw_cards_match(LwDossier *dossier);
gboolean lw_cards_answer(LwCall *call);
