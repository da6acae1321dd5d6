/* verify.c - the attacker of the house. Everything it cannot judge counts as a leak.
 *
 * Visible text is judged by accounting: the glyphs of the output are the glyphs of the original
 * without the removed ones. Hidden places are judged by search. What lies under a box is judged by
 * taking the box away and looking. */
#include "engine/verify.h"

#include "engine/account.h"
#include "engine/model/removal.h"
#include "engine/model/secret.h"

#include <math.h>
#include <string.h>

#define LOOK_RESOLUTION 72.0
#define LOOK_INSET	3  /* pixels at the edge of a box that blend with what is outside */
#define LOOK_TOLERANCE	24 /* grey levels, for what JPEG leaves in a uniform block */

typedef struct {
	const LwFormat *format;
	const LwPlan *plan;
	const LwDocument *before, *after;
	LwVerdict *verdict;
} Attack;

static gboolean leaks(Attack *attack, const char *channel, gint32 page, int mark)
{
	if (attack->verdict->clean)
		*attack->verdict =
			(LwVerdict){.clean = FALSE, .channel = channel, .page = page, .mark = mark};
	return TRUE;
}

static gboolean refuse(GError **error, const char *message)
{
	g_set_error_literal(error, LW_ERROR, LW_ERROR_UNREADABLE, message);
	return FALSE;
}

/* --- accounting --- */

/* Was this glyph of the output one that had to go? */
static int removed_as(const Attack *attack, const LwPage *page, const guint32 *by,
		      const LwGlyph *glyph)
{
	for (guint32 i = 0; i < page->glyph_count; i++)
		if (by[i] && lw_account_is_same(&attack->before->glyphs[page->first_glyph + i],
						glyph, page->width))
			return by[i] == LW_REMOVED_HIDDEN ? 0 : (int)by[i];
	return -1;
}

static gboolean account_page(Attack *attack, guint32 number, GError **error)
{
	const LwPage *in = &attack->before->pages[number], *out = &attack->after->pages[number];
	const LwGlyph *want = attack->before->glyphs + in->first_glyph;
	const LwGlyph *got = attack->after->glyphs + out->first_glyph;
	g_autofree guint32 *by = g_new0(guint32, in->glyph_count + 1);
	lw_plan_removed(attack->plan, want, in->glyph_count, in->first_glyph, number, by);
	LwAccount page = {.want = want,
			  .got = got,
			  .want_count = in->glyph_count,
			  .got_count = out->glyph_count,
			  .by = by,
			  .width = in->width,
			  .level = attack->plan->style.width};
	gint64 stray;
	const char *wrong = lw_account_page(&page, &stray);
	int mark = stray >= 0 ? removed_as(attack, in, by, &got[stray]) : -1;
	if (mark >= 0)
		return leaks(attack, "glyph", (gint32)number, mark - 1);
	return !wrong || refuse(error, wrong);
}

/* Whatever its origin, no glyph may stand under a box but its label; annotations included. Where
 * lines were set anew other words may come to stand there: they are accounted for. */
static void look_for_glyphs_under_areas(Attack *attack)
{
	for (guint m = 0; m < attack->plan->marks->len; m++) {
		const LwMark *mark = attack->plan->marks->pdata[m];
		for (guint k = 0; !mark->glyphs && k < mark->boxes->len; k++) {
			const LwBox *box = &g_array_index(mark->boxes, LwBox, k);
			if (box->page >= attack->after->page_count)
				continue;
			const LwPage *page = &attack->after->pages[box->page];
			for (guint32 i = 0; i < page->glyph_count; i++) {
				const LwGlyph *glyph =
					&attack->after->glyphs[page->first_glyph + i];
				if (attack->plan->style.width != LW_WIDTH_EXACT &&
				    lw_account_counts(glyph))
					continue;
				if (!(glyph->flags & LW_GLYPH_LABEL) &&
				    !g_unichar_isspace(glyph->unicode) && lw_box_covers(box, glyph))
					leaks(attack, "glyph", (gint32)box->page, (int)m);
			}
		}
	}
}

static gboolean account(Attack *attack, GError **error)
{
	if (attack->before->page_count != attack->after->page_count)
		return refuse(error, "the number of pages changed");
	for (guint32 p = 0; p < attack->before->page_count; p++) {
		const LwPage *in = &attack->before->pages[p], *out = &attack->after->pages[p];
		if (fabsf(in->width - out->width) > 0.01f ||
		    fabsf(in->height - out->height) > 0.01f)
			return refuse(error, "the size of a page changed");
		if (!account_page(attack, p, error))
			return FALSE;
		if (!attack->verdict->clean)
			return TRUE;
	}
	look_for_glyphs_under_areas(attack);
	return TRUE;
}

/* --- text of formats without pages --- */

static guint count_in(const char *text, gsize length, const char *needle, gsize size)
{
	guint count = 0;
	const char *at = text, *end = text + length;
	for (; (at = memmem(at, (gsize)(end - at), needle, size)); at += size)
		count++;
	return count;
}

/* A label for each line of a mark: that is the most that stands there now. */
static void append_labels(GString *kept, const Attack *attack, const LwMark *mark)
{
	const char *text = attack->before->text + mark->span.start;
	g_autofree char *label = lw_mark_label(mark, &attack->plan->style);
	for (gsize i = 0; i < mark->span.length; i++)
		if (!i || text[i] == '\n')
			g_string_append_printf(kept, "\n%s\n", label);
}

/* The original's text with labels for marks; yours. */
static GString *kept_text(const Attack *attack)
{
	GString *kept = g_string_sized_new(attack->before->length);
	gsize at = 0;
	for (guint m = 0; m < attack->plan->marks->len; m++) {
		const LwMark *mark = attack->plan->marks->pdata[m];
		LwSpan span = mark->span;
		if (span.start > at)
			g_string_append_len(kept, attack->before->text + at,
					    (gssize)(span.start - at));
		append_labels(kept, attack, mark);
		at = MAX(at, (gsize)span.start + span.length);
	}
	if (at < attack->before->length)
		g_string_append_len(kept, attack->before->text + at,
				    (gssize)(attack->before->length - at));
	return kept;
}

/* A removed string may stand in the output as often as it stands outside the marks, and no more.
 * Each is counted once, however many marks it has. */
static void compare_text(Attack *attack)
{
	GString *kept = kept_text(attack);
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	for (guint m = 0; m < attack->plan->marks->len; m++) {
		LwSpan span = ((const LwMark *)attack->plan->marks->pdata[m])->span;
		char *removed = g_strndup(attack->before->text + span.start, span.length);
		if (!g_hash_table_add(seen, removed) || span.length < 2)
			continue;
		guint stays = count_in(kept->str, kept->len, removed, span.length);
		if (count_in(attack->after->text, attack->after->length, removed, span.length) >
		    stays)
			leaks(attack, "text", -1, (int)m);
	}
	g_string_free(kept, TRUE);
}

/* --- hidden places --- */

/* Words that our own renderers write into every file. */
static gboolean is_neutral(const char *bytes, gsize length)
{
	static const char *const neutral[] = {"lakwerk", "Gelakt document", "Redacted document"};
	for (guint i = 0; i < G_N_ELEMENTS(neutral); i++)
		if (length == strlen(neutral[i]) && !memcmp(bytes, neutral[i], length))
			return TRUE;
	return FALSE;
}

/* What a mark took from this document, as it was drawn; yours. */
static char *removed_text(const Attack *attack, const LwMark *mark)
{
	g_autoptr(GString) text = g_string_new(NULL);
	for (guint i = 0; mark->glyphs && i < mark->glyphs->len; i++) {
		guint32 glyph = g_array_index(mark->glyphs, guint32, i);
		if (glyph < attack->before->glyph_count)
			g_string_append_unichar(text, attack->before->glyphs[glyph].unicode);
	}
	if (!attack->before->page_count && mark->span.start < attack->before->length)
		g_string_append_len(
			text, attack->before->text + mark->span.start,
			MIN(mark->span.length, attack->before->length - mark->span.start));
	return g_string_free(g_steal_pointer(&text), FALSE);
}

/* The first mark that took this string from here; -1: it is of another document. */
static int mark_of(const Attack *attack, char *secret)
{
	g_autoptr(GPtrArray) one = g_ptr_array_new();
	g_ptr_array_add(one, secret);
	g_autoptr(LwSecrets) secrets = lw_secrets_new(one);
	for (guint m = 0; m < attack->plan->marks->len; m++) {
		g_autofree char *text = removed_text(attack, attack->plan->marks->pdata[m]);
		if (lw_secrets_in_text(secrets, text, strlen(text)) >= 0)
			return (int)m;
	}
	return -1;
}

typedef struct {
	Attack *attack;
	LwSecrets *secrets;
} Search;

static gboolean on_found(void *self, const char *channel, const char *bytes, gsize length)
{
	Search *search = self;
	/* Visible text of a package is judged by counting. */
	if (!strcmp(channel, "odf/text") || !strcmp(channel, "plain/text"))
		return TRUE;
	/* Letters that nothing shows were those of what went, in whatever order. */
	if (!strcmp(channel, "pdf/font")) {
		leaks(search->attack, "pdf/font", -1, -1);
		return FALSE;
	}
	int secret = is_neutral(bytes, length)
			     ? -1
			     : lw_secrets_in_bytes(search->secrets, bytes, length);
	if (secret < 0)
		return TRUE;
	/* Names of resources and states are short words of any language: "No", "Off", "Li". */
	if (!strcmp(channel, "pdf/name") &&
	    strlen(search->attack->plan->secrets->pdata[secret]) < 4)
		return TRUE;
	leaks(search->attack, g_intern_string(channel), -1,
	      mark_of(search->attack, search->attack->plan->secrets->pdata[secret]));
	return FALSE;
}

static gboolean search_hidden(Attack *attack, GBytes *output, GError **error)
{
	g_autoptr(LwSecrets) secrets = lw_secrets_new(attack->plan->secrets);
	Search search = {attack, secrets};
	if (lw_secrets_is_empty(secrets))
		return TRUE;
	return attack->format->inspect(output, on_found, &search, error);
}

/* Visible text as it is drawn, words apart; yours. */
static char *visible_text(const LwDocument *document)
{
	if (document->text && document->length)
		return g_strndup(document->text, document->length);
	g_autoptr(GString) text = g_string_new(NULL);
	const LwGlyph *last = NULL;
	for (guint32 i = 0; i < document->glyph_count; i++) {
		const LwGlyph *glyph = &document->glyphs[i];
		if (glyph->flags & LW_GLYPH_LABEL)
			continue;
		float size = MAX(glyph->size, 1);
		if (last && (last->page != glyph->page ||
			     fabsf(last->box.y1 - glyph->box.y1) > 0.5f * size ||
			     fabsf(glyph->box.x0 - last->box.x1) > 0.18f * size))
			g_string_append_c(text, ' ');
		g_string_append_unichar(text, glyph->unicode);
		last = glyph;
	}
	return g_string_free(g_steal_pointer(&text), FALSE);
}

#define REPEAT_LEAST 4 /* letters: shorter words recur by themselves */

/* What was removed here and can still be read here: the policy keeps it there, or a detector missed
 * it. A person should look. */
static void look_for_repeats(Attack *attack)
{
	g_autoptr(GPtrArray) removed = g_ptr_array_new_with_free_func(g_free);
	for (guint m = 0; m < attack->plan->marks->len; m++) {
		char *text = removed_text(attack, attack->plan->marks->pdata[m]);
		if (g_utf8_strlen(text, -1) >= REPEAT_LEAST)
			g_ptr_array_add(removed, text);
		else
			g_free(text);
	}
	g_autoptr(LwSecrets) secrets = lw_secrets_new(removed);
	if (lw_secrets_is_empty(secrets))
		return;
	g_autofree char *text = visible_text(attack->after);
	attack->verdict->readable = lw_secrets_in_text(secrets, text, strlen(text)) >= 0;
}

/* --- what lies under the boxes --- */

static gboolean meets(const LwRect *a, const LwRect *b)
{
	return a->x0 < b->x1 && a->x1 > b->x0 && a->y0 < b->y1 && a->y1 > b->y0;
}

/* The part of a box over pictures has to be of one colour. */
static gboolean is_uniform(const LwPicture *picture, LwRect part)
{
	gsize size;
	const guint8 *pixels = g_bytes_get_data(picture->pixels, &size);
	double scale = LOOK_RESOLUTION / 72;
	int x0 = (int)(part.x0 * scale) + LOOK_INSET, x1 = (int)(part.x1 * scale) - LOOK_INSET;
	int y0 = (int)(part.y0 * scale) + LOOK_INSET, y1 = (int)(part.y1 * scale) - LOOK_INSET;
	x0 = MAX(x0, 0);
	y0 = MAX(y0, 0);
	x1 = MIN(x1, (int)picture->width);
	y1 = MIN(y1, (int)picture->height);
	guint8 least[3] = {255, 255, 255}, most[3] = {0, 0, 0};
	for (int y = y0; y < y1; y++)
		for (int x = x0; x < x1; x++)
			for (guint c = 0; c < picture->channels; c++) {
				guint8 value = pixels[((gsize)y * picture->width + (gsize)x) *
							      picture->channels +
						      c];
				least[c] = MIN(least[c], value);
				most[c] = MAX(most[c], value);
			}
	for (guint c = 0; c < picture->channels; c++)
		if (most[c] > least[c] && most[c] - least[c] > LOOK_TOLERANCE)
			return FALSE;
	return TRUE;
}

/* Only where a picture of the output passes under an area: that is where pixels could stay. */
static gboolean look_under(Attack *attack, GBytes *bare, guint m, const LwBox *box, GError **error)
{
	LwPicture picture = {0};
	gboolean done = TRUE;
	for (guint i = 0; i < attack->after->figures->len && done && attack->verdict->clean; i++) {
		const LwFigure *figure = &g_array_index(attack->after->figures, LwFigure, i);
		if (figure->box.page != box->page || !meets(&figure->box.rect, &box->rect))
			continue;
		LwRect part = lw_rect_intersect(figure->box.rect, box->rect);
		if (figure->type == LW_FIGURE_PATH) {
			if (figure->box.rect.x0 >= box->rect.x0 &&
			    figure->box.rect.x1 <= box->rect.x1 &&
			    figure->box.rect.y0 >= box->rect.y0 &&
			    figure->box.rect.y1 <= box->rect.y1)
				leaks(attack, "path", (gint32)box->page, (int)m);
			continue;
		}
		if (!picture.pixels)
			done = attack->format->picture(bare, box->page, LOOK_RESOLUTION, &picture,
						       error);
		if (done && !is_uniform(&picture, part))
			leaks(attack, "pixel", (gint32)box->page, (int)m);
	}
	lw_picture_clear(&picture);
	return done;
}

static gboolean has_figure_under(const Attack *attack, const LwBox *box)
{
	for (guint i = 0; i < attack->after->figures->len; i++) {
		const LwFigure *figure = &g_array_index(attack->after->figures, LwFigure, i);
		if (figure->box.page == box->page && meets(&figure->box.rect, &box->rect))
			return TRUE;
	}
	return FALSE;
}

static gboolean look_under_boxes(Attack *attack, GBytes *output, GError **error)
{
	g_autoptr(GBytes) bare = NULL;
	for (guint m = 0; m < attack->plan->marks->len; m++) {
		const LwMark *mark = attack->plan->marks->pdata[m];
		for (guint k = 0; k < mark->boxes->len && !mark->glyphs; k++) {
			const LwBox *box = &g_array_index(mark->boxes, LwBox, k);
			if (!has_figure_under(attack, box))
				continue;
			if (!bare && !(bare = attack->format->bare(output, NULL, error)))
				return FALSE;
			if (!look_under(attack, bare, m, box, error))
				return FALSE;
			if (!attack->verdict->clean)
				return TRUE;
		}
	}
	return TRUE;
}

gboolean lw_verify(const LwFormat *format, GBytes *original, GBytes *output, const LwPlan *plan,
		   LwVerdict *verdict, GError **error)
{
	*verdict = (LwVerdict){.clean = TRUE, .page = -1, .mark = -1};
	LwReadFlags flags = format->pages ? LW_READ_GLYPHS : LW_READ_ALL;
	Attack attack = {.format = format, .plan = plan, .verdict = verdict};
	g_autoptr(LwDocument) before = format->read(original, flags, error);
	g_autoptr(LwDocument) after = before ? format->read(output, flags, error) : NULL;
	attack.before = before;
	attack.after = after;
	if (!after || !search_hidden(&attack, output, error)) /* as opened for reading */
		return FALSE;
	if (!format->pages)
		compare_text(&attack);
	else if (!account(&attack, error) || !look_under_boxes(&attack, output, error))
		return FALSE;
	look_for_repeats(&attack);
	return TRUE;
}
