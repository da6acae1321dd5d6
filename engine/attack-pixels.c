/* attack-pixels.c - what lies under boxes: they are taken away, and what shows then is looked at.
 *
 * Areas of our own plan are looked under where a picture or a path passes; pages of any file are
 * drawn as they are and without their boxes. */
#include "engine/attack.h"

#include <math.h>

#define LOOK_RESOLUTION 72.0
#define CLOSER		3    /* times that, where thin strokes may have been missed */
#define AREA_INSET	3    /* pixels at the edge of a box that blend with what is outside */
#define BOX_INSET	2    /* the same for a box that somebody drew */
#define BOX_LEAST	4.0f /* points: smaller ones cover no word */
#define UNIFORM		24   /* grey levels, for what JPEG leaves in a uniform block */
#define STRAY_SHARE	50   /* one pixel in so many may differ: noise of compressed pictures */
#define DARK		64
#define DARK_LEAST	2   /* glyphs: one alone may be a dot on a dark ground */
#define DIM		112 /* the same for paint that lets some of the page through */

/* The part of a picture inside a rectangle in points, without its edge; x0 > x1: nothing. */
typedef struct {
	int x0, y0, x1, y1;
} Part;

static Part part_of(const LwPicture *picture, LwRect rect, int inset)
{
	return (Part){MAX((int)floorf(rect.x0) + inset, 0), MAX((int)floorf(rect.y0) + inset, 0),
		      MIN((int)ceilf(rect.x1) - inset, (int)picture->width) - 1,
		      MIN((int)ceilf(rect.y1) - inset, (int)picture->height) - 1};
}

static const guint8 *pixel_at(const LwPicture *picture, int x, int y)
{
	const guint8 *pixels = g_bytes_get_data(picture->pixels, NULL);
	return pixels + ((gsize)y * picture->width + (gsize)x) * picture->channels;
}

static guint grey_at(const LwPicture *picture, int x, int y)
{
	const guint8 *at = pixel_at(picture, x, y);
	return picture->channels == 1 ? at[0] : (at[0] + at[1] + at[2]) / 3u;
}

/* --- areas of the plan --- */

/* The part of an area over pictures has to be of one colour, to the last pixel. */
static gboolean is_even(const LwPicture *picture, LwRect rect)
{
	Part part = part_of(picture, rect, AREA_INSET);
	guint8 least[3] = {255, 255, 255}, most[3] = {0, 0, 0};
	for (int y = part.y0; y <= part.y1; y++)
		for (int x = part.x0; x <= part.x1; x++)
			for (guint c = 0; c < picture->channels; c++) {
				guint8 value = pixel_at(picture, x, y)[c];
				least[c] = MIN(least[c], value);
				most[c] = MAX(most[c], value);
			}
	for (guint c = 0; c < picture->channels; c++)
		if (most[c] > least[c] + UNIFORM)
			return FALSE;
	return TRUE;
}

static gboolean meets(const LwBox *a, const LwBox *b)
{
	return a->page == b->page && a->rect.x0 < b->rect.x1 && a->rect.x1 > b->rect.x0 &&
	       a->rect.y0 < b->rect.y1 && a->rect.y1 > b->rect.y0;
}

static gboolean holds(const LwRect *box, const LwRect *rect)
{
	return rect->x0 >= box->x0 && rect->x1 <= box->x1 && rect->y0 >= box->y0 &&
	       rect->y1 <= box->y1;
}

/* Only where a picture of the output passes under an area: that is where pixels could stay. */
static gboolean look_under_area(LwAttack *attack, GBytes **bare, gint32 mark, const LwBox *box,
				GError **error)
{
	LwPicture picture = {0};
	gboolean done = TRUE;
	for (guint i = 0; i < attack->after->figures->len && done; i++) {
		const LwFigure *figure = &g_array_index(attack->after->figures, LwFigure, i);
		if (!meets(&figure->box, box))
			continue;
		if (figure->type == LW_FIGURE_PATH) {
			if (holds(&box->rect, &figure->box.rect))
				lw_attack_leak(attack, "path", (gint32)box->page, mark);
			continue;
		}
		if (!*bare)
			*bare = attack->format->bare(attack->file, NULL, error);
		if (!picture.pixels)
			done = *bare && attack->format->picture(*bare, box->page, LOOK_RESOLUTION,
								&picture, error);
		if (done && !is_even(&picture, lw_rect_intersect(figure->box.rect, box->rect)))
			lw_attack_leak(attack, "pixel", (gint32)box->page, mark);
	}
	lw_picture_clear(&picture);
	return done;
}

gboolean lw_attack_areas(LwAttack *attack, GError **error)
{
	g_autoptr(GBytes) bare = NULL;
	for (guint m = 0; m < attack->plan->marks->len; m++) {
		const LwMark *mark = attack->plan->marks->pdata[m];
		for (guint k = 0; k < mark->boxes->len && !mark->glyphs; k++)
			if (!look_under_area(attack, &bare, (gint32)m,
					     &g_array_index(mark->boxes, LwBox, k), error))
				return FALSE;
	}
	return TRUE;
}

/* --- pages of any file --- */

static gboolean is_uniform(const LwPicture *picture, LwRect rect)
{
	Part part = part_of(picture, rect, BOX_INSET);
	guint count[256] = {0}, all = 0, best = 0, near = 0;
	for (int y = part.y0; y <= part.y1; y++)
		for (int x = part.x0; x <= part.x1; x++, all++)
			count[grey_at(picture, x, y)]++;
	for (guint i = 0; i < 256; i++)
		best = count[i] > count[best] ? i : best;
	for (guint i = 0; i < 256; i++)
		near += i + UNIFORM >= best && i <= best + UNIFORM ? count[i] : 0;
	return (all - near) * STRAY_SHARE <= all;
}

/* The brightest of its colours: full red is no dark ground. */
static guint light_at(const LwPicture *picture, int x, int y)
{
	const guint8 *at = pixel_at(picture, x, y);
	return picture->channels == 1 ? at[0] : MAX(MAX(at[0], at[1]), at[2]);
}

/* As dark as this, to the last stroke: black paint; or black letters that shine through it. */
static gboolean is_dark(const LwPicture *picture, guint scale, LwRect box, guint least)
{
	guint dark = 0, all = 0;
	box = (LwRect){box.x0 * (float)scale, box.y0 * (float)scale, box.x1 * (float)scale,
		       box.y1 * (float)scale};
	for (int y = MAX((int)box.y0, 0); y <= (int)box.y1 && y < (int)picture->height; y++)
		for (int x = MAX((int)box.x0, 0); x <= (int)box.x1 && x < (int)picture->width;
		     x++, all++)
			dark += light_at(picture, x, y) < least;
	return all >= 6 && dark * 100 >= all * 97;
}

/* Blanks and points carry nothing, and of points nearly nothing shows; labels are ours; annotations
 * are judged by place. */
static gboolean counts(const LwGlyph *glyph)
{
	return !(glyph->flags & (LW_GLYPH_LABEL | LW_GLYPH_ANNOTATION | LW_GLYPH_OFF_PAGE)) &&
	       glyph->unicode != 0xA0 && !g_unichar_isspace(glyph->unicode) &&
	       !g_unichar_ispunct(glyph->unicode);
}

/* Letters whose whole box is as dark as paint: text of any kind under paint of any kind. */
static guint count_dark_glyphs(const LwAttack *attack, guint32 number, const LwPicture *picture,
			       guint scale)
{
	const LwPage *page = &attack->after->pages[number];
	guint covered = 0;
	for (guint32 i = 0; i < page->glyph_count; i++) {
		const LwGlyph *glyph = &attack->after->glyphs[page->first_glyph + i];
		guint least = glyph->flags & LW_GLYPH_INVISIBLE ? DARK : DIM;
		covered += counts(glyph) && is_dark(picture, scale, glyph->box, least);
	}
	return covered;
}

/* Thin bright strokes on a dark ground show only when one looks closer. */
static void look_for_dark_glyphs(LwAttack *attack, guint32 number, const LwPicture *picture)
{
	guint covered = count_dark_glyphs(attack, number, picture, 1);
	LwPicture closer = {0};
	if (covered >= DARK_LEAST &&
	    attack->format->picture(attack->file, number, LOOK_RESOLUTION * CLOSER, &closer, NULL))
		covered = count_dark_glyphs(attack, number, &closer, CLOSER);
	lw_picture_clear(&closer);
	if (covered >= DARK_LEAST)
		lw_attack_tell(attack, (LwFinding){"glyph", "covered-text",
						   "text can be copied from under a box",
						   (gint32)number, -1, LW_WEIGHT_LEAK});
}

/* A box looks even; what shows when it is taken away should be even too. */
static gboolean look_under_boxes(LwAttack *attack, GBytes *bare, guint32 number,
				 const LwPicture *shown, const GArray *boxes, GError **error)
{
	LwPicture under = {0};
	gboolean done = TRUE;
	for (guint i = 0; i < boxes->len && done; i++) {
		const LwBox *box = &g_array_index(boxes, LwBox, i);
		if (box->page != number || box->rect.x1 - box->rect.x0 < BOX_LEAST ||
		    box->rect.y1 - box->rect.y0 < BOX_LEAST || !is_uniform(shown, box->rect))
			continue;
		if (!under.pixels)
			done = attack->format->picture(bare, number, LOOK_RESOLUTION, &under,
						       error);
		if (done && !is_uniform(&under, box->rect))
			lw_attack_tell(attack,
				       (LwFinding){"pixel", "covered-picture",
						   "something shows when a box is taken away",
						   (gint32)number, -1, LW_WEIGHT_LEAK});
	}
	lw_picture_clear(&under);
	return done;
}

static gboolean has_box(const GArray *boxes, guint32 page)
{
	for (guint i = 0; i < boxes->len; i++)
		if (g_array_index(boxes, LwBox, i).page == page)
			return TRUE;
	return FALSE;
}

gboolean lw_attack_pages(LwAttack *attack, GError **error)
{
	g_autoptr(GArray) boxes = g_array_new(FALSE, FALSE, sizeof(LwBox));
	g_autoptr(GBytes) bare = attack->format->bare(attack->file, boxes, error);
	gboolean done = bare != NULL;
	for (guint32 p = 0; done && p < attack->after->page_count; p++) {
		LwPicture shown = {0};
		if (!attack->after->pages[p].glyph_count && !has_box(boxes, p))
			continue;
		done = attack->format->picture(attack->file, p, LOOK_RESOLUTION, &shown, error);
		if (done)
			look_for_dark_glyphs(attack, p, &shown);
		done = done && look_under_boxes(attack, bare, p, &shown, boxes, error);
		lw_picture_clear(&shown);
	}
	return done;
}
