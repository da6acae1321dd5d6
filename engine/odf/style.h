/* style.h - what of an OpenDocument part nobody sees: hidden by a style (text:display="none", a
 * hidden sheet or slide), by a column or by a layer; and what frames cut off (fo:clip).
 *
 * Automatic styles of one part go before common styles; a style that says nothing asks its parent.
 */
#pragma once

#include "engine/odf/package.h"

typedef struct LwStyles LwStyles;

/* The styles as seen from content.xml or, as the second choice, from styles.xml itself. Yours. */
LwStyles *lw_styles_new(const LwPart *part, LwXml *tree);
void lw_styles_free(LwStyles *styles);
/* Is this element (a paragraph, span, section, row, cell, sheet, slide or shape) hidden? Without
 * styles: by its own attributes only. */
gboolean lw_styles_hide(const LwStyles *styles, const LwNode *element);

/* What the style of this frame cuts off from its picture ("rect(0.5cm, 0cm, 0cm, 0cm)"); NULL when
 * nothing. */
const char *lw_styles_clip(const LwStyles *styles, const LwNode *frame);

/* Is this one of the styles that office programs come with, by its name? */
gboolean lw_styles_is_common(const LwNode *style);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(LwStyles, lw_styles_free)
