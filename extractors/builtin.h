/* builtin.h - the composition root: the only list of formats. */
#pragma once

#include "engine/model/format.h"

/* NULL-terminated, static. */
const LwFormat *const *lw_formats(void);
/* The format that bids highest on the bytes, or NULL. */
const LwFormat *lw_format_bid(GBytes *input);
const LwFormat *lw_format_named(const char *name);
