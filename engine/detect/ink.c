/* ink.c - signatures and initials drawn by hand, and pictures too large to pass unseen.
 *
 * Ink is a picture or a cluster of curves beside or below a closing formula or a signature line; it
 * is marked as a figure (span length 0). In doubt it is marked: a signature is never published. */
#include "engine/detect/token.h"

#include <string.h>

#define MAX_WIDTH     250.0f
#define MAX_HEIGHT    120.0f
#define MIN_SIDE      8.0f   /* points: smaller is a bullet or a rule */
#define MIN_CURVES    5	     /* a box with round corners has four */
#define REACH_BELOW   140.0f /* points from the line of the formula down */
#define REACH_ABOVE   45.0f  /* ink often runs into the line above */
#define REACH_BESIDE  260.0f
#define LINES_BELOW   4	    /* formats without pages */
#define LARGE_SHARE   0.15f /* of the page */
#define MAX_REACH     2000  /* bytes of the same */
#define MAX_TRIES     4096 /* places looked at for one figure; past it the figure is taken for ink */
#define MIN_LEADER    8	   /* dots or underscores that make a line to sign on */
#define INK_SCORE     0.9f
#define PICTURE_SCORE 0.5f

/* A place where somebody signs. */
typedef struct {
	const char *phrase; /* static; NULL for a dotted line */
	LwBox box;
	guint32 offset; /* raw */
	guint32 lines;	/* raw offset where the reach of formats without pages ends */
} Place;

static guint32 reach_end(const LwDocument *document, guint32 offset)
{
	guint lines = 0;
	gsize i = offset, end = MIN(document->length, (gsize)offset + MAX_REACH);

	while (i < end && lines <= LINES_BELOW) {
		/* empty lines between formula and name are the room for the ink */
		if (document->text[i] == '\n' && i + 1 < document->length &&
		    document->text[i + 1] != '\n')
			lines++;
		i++;
	}
	return (guint32)i;
}

static void add_place(GArray *places, const LwDetectContext *context, LwSpan span,
		      const char *phrase)
{
	g_autoptr(GArray) boxes = lw_document_boxes(context->base.document, span);
	Place place = {.phrase = phrase, .offset = span.start};

	place.lines = reach_end(context->base.document, span.start);
	if (boxes->len)
		place.box = g_array_index(boxes, LwBox, boxes->len - 1);
	else if (context->base.document->page_count)
		return;
	g_array_append_val(places, place);
}

/* "......" or "______": the token after it, or `at` when too short. */
static guint skip_leader(const LwTokens *tokens, guint at)
{
	gunichar mark = lw_token_at(tokens, at)->mark;
	guint i = at;

	if (mark != '.' && mark != '_' && mark != 0x2026)
		return at;
	while (lw_token_at(tokens, i)->mark == mark &&
	       (i == at || lw_token_at(tokens, i)->gap <= LW_GAP_SPACE))
		i++;
	return i - at >= (mark == 0x2026 ? MIN_LEADER / 3 : MIN_LEADER) ? i : at;
}

/* A word such as "akkoord" announces ink only as a label: at the start of a line or cell, or with a
 * colon. */
static gboolean is_label(const LwTokens *tokens, guint at, guint next)
{
	const LwToken *after = lw_token_at(tokens, next);

	if (lw_token_at(tokens, at)->gap >= LW_GAP_WIDE ||
	    (lw_token_at(tokens, at)->flags & LW_TOKEN_SENTENCE_START))
		return TRUE;
	return after->mark == ':' || after->gap >= LW_GAP_WIDE ||
	       lw_token_at(tokens, at)->mark == '(';
}

static GArray *places_to_sign(const LwDetectContext *context, const LwTokens *tokens)
{
	GArray *places = g_array_new(FALSE, TRUE, sizeof(Place));
	const guint kinds = LW_PHRASE_CLOSING | LW_PHRASE_SIGN | LW_PHRASE_MANDATE;

	for (guint i = 0; i < tokens->count; i++) {
		guint next, kind, end = skip_leader(tokens, i);
		const char *phrase = lw_phrase_at(tokens, i, kinds, &next, &kind);

		if (phrase && is_label(tokens, i, next)) {
			add_place(places, context, lw_token_span(tokens, i, next - 1), phrase);
		} else if (end > i) {
			add_place(places, context, lw_token_span(tokens, i, end - 1), NULL);
			i = end - 1;
		}
	}
	return places;
}

static float gap_between(float a0, float a1, float b0, float b1)
{
	return MAX(MAX(b0 - a1, a0 - b1), 0);
}

static gboolean stands_at(const LwFigure *figure, const Place *place, gboolean pages)
{
	const LwRect *ink = &figure->box.rect, *line = &place->box.rect;
	float middle = (ink->y0 + ink->y1) / 2;

	if (!pages)
		return figure->offset >= place->offset && figure->offset <= place->lines;
	if (figure->box.page != place->box.page || middle < line->y0 - REACH_ABOVE ||
	    ink->y0 > line->y1 + REACH_BELOW)
		return FALSE;
	return gap_between(ink->x0, ink->x1, line->x0, line->x1) <= REACH_BESIDE;
}

/* Places are in order of page. */
static guint first_place(const GArray *places, guint32 page)
{
	guint low = 0, high = places->len;

	while (low < high) {
		guint middle = low + (high - low) / 2;

		if (g_array_index(places, Place, middle).box.page < page)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static const Place *place_of(const GArray *places, const LwFigure *figure, gboolean pages)
{
	guint first = pages ? first_place(places, figure->box.page) : 0;

	for (guint i = first; i < places->len; i++) {
		const Place *place = &g_array_index(places, Place, i);

		if (pages && place->box.page > figure->box.page)
			break;
		if (stands_at(figure, place, pages) || i - first >= MAX_TRIES)
			return place;
	}
	return NULL;
}

static gboolean may_be_ink(const LwDocument *document, const LwFigure *figure)
{
	float width = figure->box.rect.x1 - figure->box.rect.x0,
	      height = figure->box.rect.y1 - figure->box.rect.y0;

	if (figure->type == LW_FIGURE_PATH && figure->curves < MIN_CURVES)
		return FALSE;
	if (!document->page_count)
		return figure->type == LW_FIGURE_IMAGE;
	if (figure->box.page >= document->page_count || width > MAX_WIDTH || height > MAX_HEIGHT)
		return FALSE;
	return MAX(width, height) >= MIN_SIDE && MIN(width, height) >= 2;
}

static gboolean is_large_picture(const LwDocument *document, const LwFigure *figure)
{
	const LwPage *page;
	LwRect shown;

	if (figure->type != LW_FIGURE_IMAGE || figure->box.page >= document->page_count)
		return FALSE;
	page = &document->pages[figure->box.page];
	shown = lw_rect_intersect(figure->box.rect, (LwRect){0, 0, page->width, page->height});
	if (!page->span.length || page->unread || lw_rect_is_empty(shown))
		return FALSE;
	return (shown.x1 - shown.x0) * (shown.y1 - shown.y0) >
	       LARGE_SHARE * page->width * page->height;
}

static void add_figure(LwEntities *found, const LwFigure *figure, guint32 index, LwKind kind,
		       const Place *place)
{
	LwSpan nowhere = {figure->offset, 0};
	gboolean ink = kind == LW_KIND_SIGNATURE;
	LwEntity *entity = lw_entities_add(found, nowhere, kind, ink ? INK_SCORE : PICTURE_SCORE,
					   ink ? "ink/signature" : "ink/picture");

	entity->figure = index;
	entity->reason = ink ? LW_REASON_INK : LW_REASON_PICTURE;
	entity->evidence = place ? place->phrase : NULL;
}

void lw_detect_ink(const LwDetectContext *context, LwEntities *found)
{
	const LwDocument *document = context->base.document;
	g_autoptr(LwTokens) own = NULL;
	g_autoptr(GArray) places = NULL;
	const LwTokens *tokens = context->tokens;

	if (!document->figures || !document->figures->len)
		return;
	if (!tokens)
		tokens = own = lw_tokens_new(context);
	places = places_to_sign(context, tokens);
	for (guint32 i = 0; i < document->figures->len; i++) {
		const LwFigure *figure = &g_array_index(document->figures, LwFigure, i);
		const Place *place = may_be_ink(document, figure)
					     ? place_of(places, figure, document->page_count > 0)
					     : NULL;

		if (place)
			add_figure(found, figure, i, LW_KIND_SIGNATURE, place);
		else if (is_large_picture(document, figure))
			add_figure(found, figure, i, LW_KIND_PICTURE, NULL);
	}
}
