/* initials-read.h - letters that may stand for a person, as they are written. Private to the
 * grammar of names (name.h). */
#pragma once

#include "engine/detect/name.h"

#define LW_LETTERS_MAX 5

/* Letters at one place. */
typedef struct {
	char text[LW_LETTERS_MAX * 4 + 1]; /* folded */
	guint first, last, letters;
	gboolean points;       /* "F.K." */
	gboolean abbreviation; /* on a list of them */
} LwLetters;

/* The letters that begin at a token; FALSE: none. */
gboolean lw_letters_read(const LwTokens *tokens, guint at, LwLetters *code);
/* "N. de R.": points, and a particle among them; the token behind, or `at`. */
guint lw_letters_parted(const LwTokens *tokens, guint at, LwLetters *code);
