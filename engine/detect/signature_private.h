/* signature_private.h - what the places where a hand signs share. */
#pragma once

#include "engine/detect/token.h"

typedef struct {
	const LwTokens *tokens;
	LwEntities *found;
	guint32 *owner; /* by token: entity + 1 */
} LwSigning;

/* The entity that has a token; NULL: none. */
LwEntity *signing_entity(const LwSigning *self, guint at);
/* "JWH", "tk", "S.H.D.", "Haverk.": what a hand leaves, in letters. */
gboolean signing_is_scrawl(const LwSigning *self, guint first, guint end);
/* "namens deze," or a closing in the lines above, "Paraaf" in front. */
gboolean signing_is_signed(const LwSigning *self, guint first);
/* It is a signature, whatever was found there. */
void signing_take(LwSigning *self, guint first, guint end);
/* scrawl.c: the lines and cells that are of a hand as a whole */
void signing_scrawls(LwSigning *self);
/* initialled.c: letters behind a word that asks for them */
void signing_initialled(LwSigning *self);
