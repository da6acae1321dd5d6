/* thread.h - where the messages begin in a text that holds e-mails, quoted ones too. */
#pragma once

#include "engine/model/document.h"

/* The bodies of the messages (LwSpan), in order; yours; empty when there is no mail header. */
GArray *lw_messages_find(const char *text, gsize length);
