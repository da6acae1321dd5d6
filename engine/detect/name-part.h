/* name-part.h - the small parts of a name: initials, particles, and whether a word goes on with
 * what stands before it. Private to the grammar of names (name.h). */
#pragma once

#include "engine/detect/name.h"

#define LW_NAME_PARTICLES 4

/* Particles that are prepositions: after a first name they need a surname that the list knows. */
#define LW_NAME_PREPOSITIONS "in op over uit aan bij voor onder te af am im o a l al of"

/* May the word at `at` go on with the name before it? must: the name cannot end here (after "J." or
 * "van"). */
gboolean lw_name_joins(const LwTokens *tokens, guint at, LwNameMode mode, gboolean must);
/* "J", "Th": may it be an initial? */
gboolean lw_name_is_initial(const LwToken *token, LwNameMode mode);
/* Does a point touch the word? */
gboolean lw_name_is_dotted(const LwTokens *tokens, guint at);
/* The token behind the particles, shorthand included; `at` when there are none. */
guint lw_name_skip_particles(const LwTokens *tokens, guint at, LwNameMode mode);
/* The token behind the initials; `at` when there are none. */
guint lw_name_skip_initials(const LwTokens *tokens, guint at, LwNameMode mode, guint *count);
/* Between wide blanks or line ends, one at least of the former. */
gboolean lw_name_fills_cell(const LwTokens *tokens, const LwName *name);
/* A name without capitals behind a title, and how sure that is; see lower-name.c. */
gboolean lw_name_parse_lower(const LwTokens *tokens, guint at, const char *title, LwName *name,
			     float *score);
/* A letter and a word alone on their line, as the letter before or after it has; see heading.c. */
gboolean lw_name_is_heading(const LwTokens *tokens, const LwName *name);
