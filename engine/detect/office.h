/* office.h - the offices and roles of office.def where they stand in a text. Private to detect. */
#pragma once

#include "engine/detect/token.h"

#define MAX_PHRASE 5 /* words of a role */
#define MAX_FIELD  7 /* and of what it is about */

typedef struct {
	LwRole role;
	const char *phrase; /* static */
} Office;

/* The office that these tokens are, all of them; NULL: none. */
const Office *office_in(const LwTokens *tokens, guint first, guint last);
/* The longest one that ends at a token; not one that is over. */
const Office *office_ending(const LwTokens *tokens, guint last);
/* "staatssecretaris a.i.", "dijkgraaf (wnd.)": the last token of the office; `last`: no such end.
 */
guint office_before_interim(const LwTokens *tokens, guint last);
/* "DG Wonen", "minister van Justitie en Veiligheid": the last token of the office before its field;
 * `last`: it has none. */
guint office_before_field(const LwTokens *tokens, guint last);
/* The one that a name behind a colon is of; NULL: none, or he only speaks for it. */
const Office *office_before_colon(const LwTokens *tokens, guint last);
/* The one that a line is addressed to, and nobody by name; NULL: none. */
const Office *office_written_to(const LwTokens *tokens, guint first, guint end);
/* The longest one that begins at a token, and the token behind it. */
const Office *office_starting(const LwTokens *tokens, guint first, guint *next);
/* Is a folded word the short name of a party? */
gboolean office_is_party(const char *word);
/* "(VVD)", "(Lijst Vos)" at a token: who is named before it sits there for it; NULL: no party. */
const Office *office_of_party(const LwTokens *tokens, guint at);
