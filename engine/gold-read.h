/* gold-read.h - what both readers of labels share. Private to engine/gold*.c. */
#pragma once

#include "engine/gold.h"

LwGoldDocument *lw_gold_document(LwGold *gold, const char *name, const char *text, gsize length);
/* A new span at the end; borrowed until the next one is added. */
LwGoldSpan *lw_gold_span(LwGoldDocument *document);
/* Sets "'name':N: what"; FALSE. */
gboolean lw_gold_fault(GError **error, const char *name, guint line, const char *what);
