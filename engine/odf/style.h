/* style.h - which styles of an OpenDocument text hide what they are put on (text:display="none",
 * fo:clip).
 *
 * Automatic styles of one part go before common styles; a style that says nothing asks its parent.
 */
#pragma once

#include "engine/odf/package.h"

typedef struct LwStyles LwStyles;

/* The styles as seen from content.xml or, as the second choice, from styles.xml itself. Yours. */
LwStyles *lw_styles_new(const LwPackage *package, LwXml *part);
void lw_styles_free(LwStyles *styles);
/* Does this element (text:p, text:h, text:span, text:section, table:table-row) hide its text?
 * Without styles: by its own attributes only. */
gboolean lw_styles_hide(const LwStyles *styles, const LwNode *element);

/* Does the style of this frame cut off a part of its picture? */
gboolean lw_styles_crop(const LwStyles *styles, const LwNode *frame);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(LwStyles, lw_styles_free)
