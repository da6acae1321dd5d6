/* mailbox.h - is a mailbox a person's or a function's? */
#pragma once

#include "engine/detect/lexicon.h"

/* The part before the @: "info", "woo-verzoeken", "secretariaat.dir". A part that is a name makes
 * it a person's. */
gboolean mailbox_is_functional(const char *local, gsize length, const LwLexicon *lexicon);
/* "openbareruimte@", "commissiebezwaar@": made of words, at a house that is no provider of mail. */
gboolean mailbox_is_of_house(const char *local, gsize length, const char *domain, gsize size,
			     const LwLexicon *lexicon);
/* "@GemDuinrand", "@politie_duinrand": the house speaks. */
gboolean mailbox_is_handle_of_body(const char *handle, gsize length);
