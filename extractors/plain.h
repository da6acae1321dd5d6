/* plain.h - plain text: what extractors/builtin.c needs to make the format's table. */
#pragma once

#include "engine/model/format.h"

int lw_plain_bid(const guint8 *bytes, gsize length);
LwDocument *lw_plain_read(GBytes *input, LwReadFlags flags, GError **error);
/* Finds nothing: all that a text file holds is visible. */
gboolean lw_plain_inspect(GBytes *file, LwInspectFunc found, void *self, GError **error);
