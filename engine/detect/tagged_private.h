/* tagged_private.h - what the parts of the model's second opinion share. */
#pragma once

#include "engine/detect/name.h"
#include "engine/detect/tagger.h"

/* Chance from which what stands around a name is more than what a list says of it. */
#define CONTEXT 0.6f

/* Something here speaks against a person, whatever stands around it; it is only proposed. */
gboolean tagged_is_doubtful(const LwTokens *tokens, const LwName *name, float chance, float score);
/* A date, a body, letters or words of another language: no name at all. */
gboolean tagged_is_no_name(const LwTokens *tokens, const LwTagSpan *span);
/* "Bos en Duin is een bedrijf" */
gboolean tagged_is_of_pair(const LwTokens *tokens, guint first, guint last);
/* "Kaptein en matrozen" */
gboolean tagged_is_of_sort(const LwTokens *tokens, guint first);
/* "BRE 20/7741 PW", "CEST" */
gboolean tagged_is_sign(const LwTokens *tokens, guint first, guint last);
