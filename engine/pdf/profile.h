/* profile.h - ICC profiles (ICC.1:2010) without what only people read: descriptions, copyright,
 * makers, dates. Colours stay as they are. */
#pragma once

#include <glib.h>

/* A copy with its texts blanked, as long as it was; the same bytes when it is no profile. Yours. */
GBytes *lw_profile_clean(GBytes *profile);
/* The same bytes without its tables of colours: what could be read. Yours. */
GBytes *lw_profile_texts(const guint8 *profile, gsize length);
