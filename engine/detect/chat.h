/* chat.h - what the lines of a chat have in common. Private to detect. */
#pragma once

#include "engine/detect/name.h"

/* A date, a time, or both, in either order: the token behind it; `at` when no time is among them.
 */
guint lw_chat_skip_stamp(const LwTokens *tokens, guint at);
/* The token where who writes begins behind the stamp of a line, which may stand in brackets; 0: no
 * such line. */
guint lw_chat_sender(const LwTokens *tokens, guint at, gboolean *bracket);
/* "di", "gisteren" */
gboolean lw_chat_is_day(const LwToken *token);
/* chat-lines.c: chats that their lines together make one */
void lw_names_in_chat_lines(LwNameFinder *finder);
