/* public-text.h - texts that are written for everybody: press releases, policy, letters to a
 * council. Private to detect. */
#pragma once

#include "engine/detect/token.h"

/* The token behind the part that is for everybody; 0: it is no such text, or a mail about one. */
guint lw_public_text_end(const LwTokens *tokens);
