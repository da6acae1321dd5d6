/* torn.h - words that a reader of scans tore: "Roelof Hui zing", "een ontstekin g". Private to
 * detect and its trainer. */
#pragma once

#include "engine/detect/token.h"

/* Tokens of the text of a context; torn words are joined in its normalised text first. Yours. */
LwTokens *lw_torn_tokens(const LwDetectContext *context, LwNormal *normal);
/* The normalised name that stands there, its torn parts joined. Yours. */
LwNormal *lw_torn_name(const LwLexicon *lexicon, const LwDocument *document, LwSpan span);
