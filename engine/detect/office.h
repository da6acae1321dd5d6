/* office.h - the offices and roles of office.def where they stand in a text. Private to detect. */
#pragma once

#include "engine/detect/token.h"

#define MAX_PHRASE 5 /* words of a role */

typedef struct {
	LwRole role;
	const char *phrase; /* static */
} Office;

/* The office that these tokens are, all of them; NULL: none. */
const Office *office_in(const LwTokens *tokens, guint first, guint last);
/* The longest one that ends at a token; not one that is over. */
const Office *office_ending(const LwTokens *tokens, guint last);
/* The longest one that begins at a token, and the token behind it. */
const Office *office_starting(const LwTokens *tokens, guint first, guint *next);
/* "(VVD)", "(Lijst Vos)" at a token: who is named before it sits there for it; NULL: no party. */
const Office *office_of_party(const LwTokens *tokens, guint at);
