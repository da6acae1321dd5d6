/* width_turn.c - turns glyphs, pictures and points by the angle of a line. */
#include "engine/render/pdf/width_turn.h"

#include <math.h>

#define SAME	    0.002 /* radians: of one line */
#define ANGLES_MOST 32

static const LwPdfPageGlyph *glyph_at(const LwPdfPageContent *content, guint32 i)
{
	return &g_array_index(content->glyphs, LwPdfPageGlyph, i);
}

static gboolean is_at(const LwPdfPageGlyph *glyph, double angle)
{
	return glyph->leans && fabs(glyph->angle - angle) < SAME;
}

GArray *lw_width_angles(const LwPdfPageContent *content, const guint32 *by)
{
	GArray *angles = g_array_new(FALSE, FALSE, sizeof(double));
	for (guint32 i = 0; i < content->glyphs->len && angles->len < ANGLES_MOST; i++) {
		const LwPdfPageGlyph *glyph = glyph_at(content, i);
		gboolean known = !glyph->leans || !by[i] || by[i] == G_MAXUINT32;
		for (guint k = 0; k < angles->len && !known; k++)
			known = is_at(glyph, g_array_index(angles, double, k));
		if (!known)
			g_array_append_val(angles, glyph->angle);
	}
	return angles;
}

static void turn(double angle, double *x, double *y)
{
	double c = cos(angle), s = sin(angle), from = *x;
	*x = c * from + s * *y;
	*y = c * *y - s * from;
}

void lw_width_turn_back(double angle, double at[2])
{
	turn(-angle, &at[0], &at[1]);
}

LwRect lw_width_turned_rect(double angle, const LwRect *rect)
{
	LwRect box = {G_MAXFLOAT, G_MAXFLOAT, -G_MAXFLOAT, -G_MAXFLOAT};
	for (guint k = 0; k < 4; k++) {
		double x = (double)(k & 1 ? rect->x1 : rect->x0);
		double y = (double)(k & 2 ? rect->y1 : rect->y0);
		turn(angle, &x, &y);
		box = (LwRect){MIN(box.x0, (float)x), MIN(box.y0, (float)y), MAX(box.x1, (float)x),
			       MAX(box.y1, (float)y)};
	}
	return box;
}

static void level(LwPdfPageGlyph *glyph, double angle)
{
	turn(angle, &glyph->at[0], &glyph->at[1]);
	float x = (float)glyph->at[0], y = (float)glyph->at[1];
	LwRect box = glyph->level;
	glyph->glyph.box = (LwRect){box.x0 + x, box.y0 + y, box.x1 + x, box.y1 + y};
	glyph->direction = LW_PDF_RIGHT;
	glyph->upright = FALSE;
}

LwPdfPageContent *lw_width_turned(const LwPdfPageContent *content, double angle)
{
	LwPdfPageContent *view = g_new0(LwPdfPageContent, 1);
	view->glyphs =
		g_array_sized_new(FALSE, FALSE, sizeof(LwPdfPageGlyph), content->glyphs->len);
	view->figures = g_array_new(FALSE, FALSE, sizeof(LwFigure));
	view->rules = g_array_new(FALSE, FALSE, sizeof(LwRect));
	view->covers = g_array_new(FALSE, FALSE, sizeof(LwRect));
	view->marked_parent = g_array_new(FALSE, FALSE, sizeof(guint32));
	view->width = content->width;
	view->height = content->height;
	for (guint32 i = 0; i < content->glyphs->len; i++) {
		LwPdfPageGlyph glyph = *glyph_at(content, i);
		if (is_at(&glyph, angle)) {
			level(&glyph, angle);
		} else {
			glyph.direction = LW_PDF_ASTRAY;
			glyph.glyph.box = lw_width_turned_rect(angle, &glyph.glyph.box);
		}
		g_array_append_val(view->glyphs, glyph);
	}
	for (guint i = 0; i < content->figures->len; i++) {
		LwFigure figure = g_array_index(content->figures, LwFigure, i);
		figure.box.rect = lw_width_turned_rect(angle, &figure.box.rect);
		g_array_append_val(view->figures, figure);
	}
	return view;
}

/* One side of the page cuts a line at u + t * d, which lies in [0, end]. */
static void cut(double u, double d, double end, double s[2])
{
	if (fabs(d) < 1e-9)
		return;
	double a = -u / d, b = (end - u) / d;
	s[0] = MAX(s[0], MIN(a, b));
	s[1] = MIN(s[1], MAX(a, b));
}

void lw_width_turned_sheet(const LwPdfPageContent *content, double angle, double v, double s[2])
{
	double c = cos(angle), sine = sin(angle);
	s[0] = -G_MAXFLOAT;
	s[1] = G_MAXFLOAT;
	cut(-sine * v, c, content->width, s);
	cut(c * v, sine, content->height, s);
	s[0] = ceil(s[0]);
	s[1] = floor(s[1]);
}
