/* sight.c - keeps what a page paints as boxes in order, and judges its glyphs by them at the end.
 *
 * Only glyphs and paint of the page and its forms count: patterns repeat, masks say where others
 * show, and annotations lie above and can be moved; what their own box cuts off is cut wherever
 * they are. */
#include "engine/pdf/sight.h"

#include "engine/model/document.h"
#include "engine/pdf/collect.h"

#include <math.h>
#include <string.h>

#define SMALLEST      1.0   /* points from descent to ascent: less cannot be read */
#define PAINT_LARGEST 60000 /* boxes kept of one page */
#define CHUNK	      64    /* glyphs that are looked at together */
#define INSET	      0.12  /* of its height, that may stick out from under a box */

typedef enum {
	PAINT_ANY,
	PAINT_WHITE,
	PAINT_PICTURE,
} Paint;

typedef struct {
	LwExtent extent;
	guint32 after; /* glyphs that were drawn before */
	guint8 paint, opaque;
} Painted;

typedef enum {
	GLYPH_PLAIN,
	GLYPH_EXEMPT, /* judged elsewhere, or not at all */
	GLYPH_ABOVE,  /* of an annotation: judged by what cuts it off alone */
	GLYPH_SHUT,   /* of one that no viewer shows */
	GLYPH_WHITE,
	GLYPH_TINY,
	GLYPH_CLIPPED,
	GLYPH_TRANSPARENT,
	GLYPH_INVISIBLE,
	GLYPH_CLIP,
} GlyphSort;

typedef struct {
	LwExtent ink;
	guint8 sort;
} Seen;

typedef struct {
	LwExtent all;
	Seen seen[CHUNK];
} Chunk;

struct LwPdfSight {
	LwPdf *pdf;
	GArray *painted; /* Painted */
	GArray *chunks;	 /* Chunk; all but the last are full */
	Chunk *last;
	guint32 glyphs;
	guint8 *unseen;
	guint64 showing; /* of the glyph before, as its font: */
	GlyphSort sort;	 /* of what is not too small and within its clip */
	const LwPdfObject *font;
	gboolean font_is_label;
};

LwPdfSight *lw_pdf_sight_new(LwPdf *pdf)
{
	LwPdfSight *sight = g_new0(LwPdfSight, 1);
	sight->pdf = pdf;
	sight->painted = g_array_new(FALSE, FALSE, sizeof(Painted));
	sight->chunks = g_array_new(FALSE, FALSE, sizeof(Chunk));
	return sight;
}

void lw_pdf_sight_free(LwPdfSight *sight)
{
	if (!sight)
		return;
	g_array_unref(sight->painted);
	g_array_unref(sight->chunks);
	g_free(sight->unseen);
	g_free(sight);
}

static gboolean counts(const LwPdfStreamRun *run)
{
	if (lw_pdf_run_is_off(run))
		return FALSE;
	for (; run; run = run->parent)
		if (run->type != LW_STREAM_PAGE && run->type != LW_STREAM_FORM)
			return FALSE;
	return TRUE;
}

static gboolean is_above(const LwPdfStreamRun *run)
{
	while (run->type == LW_STREAM_FORM)
		run = run->parent;
	return run->type == LW_STREAM_APPEARANCE;
}

static gboolean meets(LwExtent a, LwExtent b)
{
	return a.x0 <= b.x1 && a.x1 >= b.x0 && a.y0 <= b.y1 && a.y1 >= b.y0;
}

static gboolean holds(LwExtent outer, LwExtent inner)
{
	return inner.x0 >= outer.x0 && inner.x1 <= outer.x1 && inner.y0 >= outer.y0 &&
	       inner.y1 <= outer.y1;
}

/* --- told --- */

static gboolean is_label(LwPdfSight *sight, const LwPdfState *state)
{
	if (state->font_dictionary != sight->font) {
		sight->font = state->font_dictionary;
		sight->font_is_label = lw_pdf_is_name(
			lw_pdf_find(sight->pdf, sight->font, "BaseFont"), LW_PDF_LABEL_FONT);
	}
	return sight->font_is_label;
}

static gboolean is_blank(const LwPdfGlyph *glyph)
{
	gunichar c = glyph->code.unicode[0];
	return c == 0xAD || lw_is_blank(c);
}

/* What the state and the stream say of all glyphs that are shown together. */
static GlyphSort sort_shown(LwPdfSight *sight, const LwPdfStreamRun *run, const LwPdfState *state)
{
	if (lw_pdf_run_is_off(run) || is_label(sight, state))
		return GLYPH_EXEMPT;
	if (!counts(run))
		return is_above(run) ? GLYPH_ABOVE : GLYPH_EXEMPT;
	if (state->render_mode == 3)
		return GLYPH_INVISIBLE;
	if (state->render_mode == 7)
		return GLYPH_CLIP;
	if (state->render_mode != 0 || lw_pdf_font_is_type3(state->font))
		return GLYPH_PLAIN; /* stroked too, or in colours of its own */
	if (state->fill_alpha <= 0)
		return GLYPH_TRANSPARENT;
	return state->fill_white && !state->blends ? GLYPH_WHITE : GLYPH_PLAIN;
}

static GlyphSort sort_of(const LwPdfSight *sight, const LwPdfState *state, const LwPdfGlyph *glyph)
{
	if (sight->sort == GLYPH_EXEMPT || is_blank(glyph) ||
	    glyph->flags & (LW_GLYPH_OFF_PAGE | LW_GLYPH_LAYER_OFF))
		return GLYPH_EXEMPT;
	if (glyph->flags & LW_GLYPH_UNSEEN)
		return GLYPH_SHUT;
	if (sight->sort == GLYPH_ABOVE)
		return meets(glyph->extent, state->clip) ? GLYPH_ABOVE : GLYPH_CLIPPED;
	if (glyph->height < SMALLEST && glyph->width < SMALLEST)
		return GLYPH_TINY;
	return glyph->flags & LW_GLYPH_HIDDEN ? GLYPH_CLIPPED : sight->sort;
}

static Chunk *chunk_at(const LwPdfSight *sight, guint number)
{
	return &g_array_index(sight->chunks, Chunk, number);
}

static const Seen *seen_at(const LwPdfSight *sight, guint32 index)
{
	return &chunk_at(sight, index / CHUNK)->seen[index % CHUNK];
}

void lw_pdf_sight_glyph(LwPdfSight *sight, const LwPdfStreamRun *run, const LwPdfState *state,
			const LwPdfGlyph *glyph)
{
	LwExtent ink = glyph->extent;
	double inset = INSET * MIN(ink.x1 - ink.x0, ink.y1 - ink.y0);
	ink = (LwExtent){ink.x0 + inset, ink.y0 + inset, ink.x1 - inset, ink.y1 - inset};
	if (sight->showing != glyph->showing) {
		sight->showing = glyph->showing;
		sight->sort = sort_shown(sight, run, state);
	}
	guint place = sight->glyphs++ % CHUNK;
	if (place == 0) {
		g_array_set_size(sight->chunks, sight->chunks->len + 1);
		sight->last = chunk_at(sight, sight->chunks->len - 1);
		sight->last->all = ink;
	}
	LwExtent *all = &sight->last->all;
	*all = (LwExtent){MIN(all->x0, ink.x0), MIN(all->y0, ink.y0), MAX(all->x1, ink.x1),
			  MAX(all->y1, ink.y1)};
	sight->last->seen[place] = (Seen){ink, (guint8)sort_of(sight, state, glyph)};
}

static void paint(LwPdfSight *sight, LwExtent extent, LwExtent clip, Paint what, gboolean opaque)
{
	Painted painted = {.after = sight->glyphs, .paint = (guint8)what};
	painted.extent = (LwExtent){MAX(extent.x0, clip.x0), MAX(extent.y0, clip.y0),
				    MIN(extent.x1, clip.x1), MIN(extent.y1, clip.y1)};
	painted.opaque = opaque;
	if (painted.extent.x0 <= painted.extent.x1 && painted.extent.y0 <= painted.extent.y1 &&
	    sight->painted->len < PAINT_LARGEST)
		g_array_append_val(sight->painted, painted);
}

void lw_pdf_sight_path(LwPdfSight *sight, const LwPdfStreamRun *run, const LwPdfState *state,
		       const char *name, const LwPdfPath *path)
{
	gboolean strokes = strchr("bBsS", name[0]) != NULL, fills = strchr("bBfF", name[0]) != NULL;
	if ((!strokes && !fills) || !counts(run))
		return;
	gboolean opaque = fills && path->box && state->fill_alpha >= 1 && !state->soft_mask &&
			  !state->blends && !state->clip_rough && !state->fill_pattern;
	gboolean white = fills && !strokes && state->fill_white;
	paint(sight, path->extent, state->clip, white ? PAINT_WHITE : PAINT_ANY, opaque);
}

void lw_pdf_sight_image(LwPdfSight *sight, const LwPdfStreamRun *run, const LwPdfState *state)
{
	LwExtent extent = {1e30, 1e30, -1e30, -1e30};
	for (int k = 0; k < 4; k++) {
		double x, y;
		lw_matrix_apply(state->ctm, k & 1, k >> 1, &x, &y);
		extent = (LwExtent){MIN(extent.x0, x), MIN(extent.y0, y), MAX(extent.x1, x),
				    MAX(extent.y1, y)};
	}
	if (counts(run))
		paint(sight, extent, state->clip, PAINT_PICTURE, FALSE);
}

void lw_pdf_sight_operator(LwPdfSight *sight, const LwPdfStreamRun *run, const LwPdfState *state,
			   const char *name)
{
	if (lw_pdf_is(name, "sh") && counts(run))
		paint(sight, state->clip, state->clip, PAINT_ANY, FALSE);
}

GArray *lw_pdf_sight_boxes(const LwPdfSight *sight)
{
	GArray *boxes = g_array_new(FALSE, FALSE, sizeof(LwExtent));
	for (guint i = 0; i < sight->painted->len; i++) {
		const Painted *painted = &g_array_index(sight->painted, Painted, i);
		if (painted->opaque)
			g_array_append_val(boxes, painted->extent);
	}
	return boxes;
}

/* --- judged --- */

/* Is something but white painted over this place, by one of these? */
static gboolean is_painted(const LwPdfSight *sight, LwExtent ink, guint32 from, guint32 to)
{
	for (guint i = 0; i < sight->painted->len; i++) {
		const Painted *painted = &g_array_index(sight->painted, Painted, i);
		if (painted->after >= from && painted->after <= to &&
		    painted->paint != PAINT_WHITE && meets(painted->extent, ink))
			return TRUE;
	}
	return FALSE;
}

/* Letters can be a background too. */
static gboolean is_drawn_on(const LwPdfSight *sight, guint32 index)
{
	LwExtent ink = seen_at(sight, index)->ink;
	for (guint c = 0; c * CHUNK < index; c++) {
		if (!meets(chunk_at(sight, c)->all, ink))
			continue;
		for (guint i = c * CHUNK; i < MIN((c + 1) * CHUNK, index); i++) {
			const Seen *seen = seen_at(sight, i);
			if (seen->sort == GLYPH_PLAIN && meets(seen->ink, ink))
				return TRUE;
		}
	}
	return FALSE;
}

static guint8 judge_one(const LwPdfSight *sight, guint32 index)
{
	const Seen *seen = seen_at(sight, index);
	switch ((GlyphSort)seen->sort) {
	case GLYPH_SHUT:
		return LW_UNSEEN_SHUT;
	case GLYPH_TINY:
		return LW_UNSEEN_TINY;
	case GLYPH_CLIPPED:
		return LW_UNSEEN_CLIPPED;
	case GLYPH_TRANSPARENT:
		return LW_UNSEEN_CLEAR;
	case GLYPH_INVISIBLE:
		return is_painted(sight, seen->ink, 0, G_MAXUINT32) ? 0 : LW_UNSEEN_CLEAR;
	case GLYPH_CLIP:
		return is_painted(sight, seen->ink, index + 1, G_MAXUINT32) ? 0 : LW_UNSEEN_CLEAR;
	case GLYPH_WHITE:
		return is_painted(sight, seen->ink, 0, index) || is_drawn_on(sight, index)
			       ? 0
			       : LW_UNSEEN_WHITE;
	case GLYPH_PLAIN:
	case GLYPH_EXEMPT:
	case GLYPH_ABOVE:
		break;
	}
	return 0;
}

/* Where a picture comes after the box, the text is what was recognised in it. */
static gboolean is_pictured_since(const LwPdfSight *sight, LwExtent ink, guint from)
{
	for (guint i = from; i < sight->painted->len; i++) {
		const Painted *painted = &g_array_index(sight->painted, Painted, i);
		if (painted->paint == PAINT_PICTURE && meets(painted->extent, ink))
			return TRUE;
	}
	return FALSE;
}

static void judge_under(LwPdfSight *sight, guint number)
{
	const Painted *box = &g_array_index(sight->painted, Painted, number);
	for (guint c = 0; c * CHUNK < box->after; c++) {
		if (!meets(chunk_at(sight, c)->all, box->extent))
			continue;
		for (guint i = c * CHUNK; i < MIN((c + 1) * CHUNK, box->after); i++) {
			const Seen *seen = seen_at(sight, i);
			if (sight->unseen[i] ||
			    (seen->sort != GLYPH_PLAIN && seen->sort != GLYPH_WHITE) ||
			    !holds(box->extent, seen->ink))
				continue;
			if (!is_pictured_since(sight, seen->ink, number + 1))
				sight->unseen[i] = LW_UNSEEN_COVERED;
		}
	}
}

const guint8 *lw_pdf_sight_judge(LwPdfSight *sight)
{
	g_free(sight->unseen);
	sight->unseen = g_malloc0(sight->glyphs + 1);
	for (guint32 i = 0; i < sight->glyphs; i++)
		sight->unseen[i] = judge_one(sight, i);
	for (guint i = 0; i < sight->painted->len; i++)
		if (g_array_index(sight->painted, Painted, i).opaque)
			judge_under(sight, i);
	return sight->unseen;
}
