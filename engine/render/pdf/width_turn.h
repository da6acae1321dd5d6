/* width_turn.h - a page as it looks when lines at one angle are level.
 *
 * Whatever sets level lines anew then sets those: glyphs keep their numbers. */
#pragma once

#include "engine/pdf/collect.h"

/* Angles (double) of lines from which something goes, in content order; yours. */
GArray *lw_width_angles(const LwPdfPageContent *content, const guint32 *by);
/* The page turned back around its corner: glyphs at this angle run to the right, all others are
 * astray, in boxes around their boxes. Yours. */
LwPdfPageContent *lw_width_turned(const LwPdfPageContent *content, double angle);
/* The box around a rectangle of the page, turned back. */
LwRect lw_width_turned_rect(double angle, const LwRect *rect);
/* A point of the turned page on the page. */
void lw_width_turn_back(double angle, double at[2]);
/* From where to where a level line at height v of the turned page lies on the page, whole points.
 */
void lw_width_turned_sheet(const LwPdfPageContent *content, double angle, double v, double s[2]);
