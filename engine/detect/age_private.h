/* age_private.h - what the ages that are said and those that are noted share. */
#pragma once

#include "engine/detect/token.h"

typedef struct {
	const LwTokens *tokens;
	LwEntities *found;
	guint8 *persons; /* by token */
} Ages;

/* The number that a token is; 0: none that an age could be. */
guint age_years_at(const Ages *self, guint at);
gboolean age_ends_clause(const LwTokens *tokens, guint at);
/* "moeder", "zij", "bewoonster" */
gboolean age_is_person_word(const LwToken *token);
/* Is a person spoken of on the way back from here, in this sentence? */
gboolean age_has_person(const Ages *self, guint at, guint reach);
/* age-noted.c: "vrouw 58, astma", "Noor en Sam (8 en 10)"; `next` is behind the number and its
 * unit */
gboolean age_is_noted(const Ages *self, guint at, guint next, guint years, gboolean counted);
