/* carry.h - a document was changed: what people decided goes to the same places of its new text. */
#pragma once

#include "engine/dossier/event.h"

typedef struct LwCarry LwCarry;

/* Remembers the document as it is; NULL when it was never read, or what lies aside is the same.
 * Yours. */
LwCarry *lw_carry_new(LwDossier *dossier, gint64 document);
/* After the new reading took its place. */
void lw_carry_over(LwCarry *carry, LwDeed *deed);
void lw_carry_free(LwCarry *carry);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(LwCarry, lw_carry_free)
