/* mailbox.h - is a mailbox a person's or a function's? */
#pragma once

#include "engine/detect/lexicon.h"

/* The part before the @: "info", "woo-verzoeken", "secretariaat.dir". A part that is a name makes
 * it a person's. */
gboolean mailbox_is_functional(const char *local, gsize length, const LwLexicon *lexicon);
/* "@GemDuinrand", "@politie_duinrand": the house speaks. */
gboolean mailbox_is_handle_of_body(const char *handle, gsize length);
