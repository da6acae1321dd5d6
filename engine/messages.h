/* messages.h - what the library tells people, in their language.
 *
 * Inside, in JSON and in logs messages are English; they are turned where they leave for people. */
#pragma once

#include "engine/model/vocabulary.h"

/* An English message in lang, with its names and numbers; one that the table does not know stays as
 * it is, NULL too. Yours. */
char *lw_message_in(LwLang lang, const char *english);
