/* attack.c - several ways to get out of a file what somebody meant to take out.
 *
 * With the removed strings every place is searched for them; what can still be read openly where
 * the original showed it too was kept. Without them, what no redacted file should hold is found. */
#include "engine/attack.h"

#include "engine/model/secret.h"

#include <math.h>
#include <string.h>

#define LOOK_RESOLUTION 72.0
#define BOX_LEAST	4.0f /* points: smaller ones cover no word */
#define BOX_INSET	2    /* pixels at the edge that blend with what is outside */
#define UNIFORM		24   /* grey levels */
#define STRAY_SHARE	50   /* one pixel in so many may differ: noise of compressed pictures */

typedef struct {
	const LwFormat *format;
	const LwDocument *document;
	GArray *findings;
	LwSecrets *secrets; /* NULL: not known */
} Attack;

static void tell(Attack *attack, LwWeight weight, const char *channel, const char *code,
		 gint32 page, const char *message)
{
	for (guint i = 0; i < attack->findings->len; i++) {
		const LwFinding *old = &g_array_index(attack->findings, LwFinding, i);
		if (old->page == page && !strcmp(old->code, code) &&
		    !strcmp(old->channel, channel) && !strcmp(old->message, message))
			return;
	}
	LwFinding finding = {g_intern_string(channel), code, message, page, weight};
	g_array_append_val(attack->findings, finding);
}

/* --- text --- */

typedef enum {
	TEXT_OPEN,
	TEXT_HIDDEN,
} TextSort;

static gboolean begins_word(const LwGlyph *last, const LwGlyph *next)
{
	float size = MAX(next->size, 1), gap = next->box.x0 - last->box.x1;
	return last->page != next->page || fabsf(next->box.y1 - last->box.y1) > 0.5f * size ||
	       gap > 0.18f * size || gap < -size;
}

/* In content order, words apart; yours. */
static GString *drawn_text(const LwDocument *document, TextSort sort)
{
	GString *text = g_string_new(NULL);
	const LwGlyph *last = NULL;
	for (guint32 i = 0; i < document->glyph_count; i++) {
		const LwGlyph *glyph = &document->glyphs[i];
		gboolean hidden = (glyph->flags & (LW_GLYPH_GOES | LW_GLYPH_HIDDEN)) != 0;
		if (glyph->flags & LW_GLYPH_LABEL || hidden != (sort == TEXT_HIDDEN))
			continue;
		if (last && begins_word(last, glyph))
			g_string_append_c(text, ' ');
		g_string_append_unichar(text, glyph->unicode);
		last = glyph;
	}
	return text;
}

/* Which removed strings can be read openly: they were kept there, or a second place was missed.
 * The others are what no place may hold; yours. */
static GPtrArray *unreadable_secrets(Attack *attack, const LwPlan *plan)
{
	GPtrArray *left = g_ptr_array_new();
	GString *drawn = drawn_text(attack->document, TEXT_OPEN);
	for (guint i = 0; i < plan->secrets->len; i++) {
		g_autoptr(GPtrArray) one = g_ptr_array_new();
		g_ptr_array_add(one, plan->secrets->pdata[i]);
		g_autoptr(LwSecrets) secret = lw_secrets_new(one);
		if (lw_secrets_in_text(secret, drawn->str, drawn->len) >= 0 ||
		    (!attack->document->page_count &&
		     lw_secrets_in_text(secret, attack->document->text, attack->document->length) >=
			     0))
			tell(attack, LW_WEIGHT_TRACE, "text", "readable-elsewhere", -1,
			     "something that was removed can be read elsewhere");
		else
			g_ptr_array_add(left, plan->secrets->pdata[i]);
	}
	g_string_free(drawn, TRUE);
	return left;
}

static gboolean has_secret(const Attack *attack, const char *text, gsize length)
{
	return attack->secrets && lw_secrets_in_text(attack->secrets, text, length) >= 0;
}

static void look_at_text(Attack *attack)
{
	const LwDocument *document = attack->document;
	GString *hidden = drawn_text(document, TEXT_HIDDEN);
	if (has_secret(attack, hidden->str, hidden->len))
		tell(attack, LW_WEIGHT_LEAK, "glyph", "removed-text", -1,
		     "something that was removed stands in text that nobody sees");
	else if (has_secret(attack, document->text, document->length))
		tell(attack, LW_WEIGHT_LEAK, "text", "removed-text", -1,
		     "something that was removed can be read");
	g_string_free(hidden, TRUE);
}

/* What the reader noticed. A box over text and a layer that is off hide what can be copied. */
static void look_at_notices(Attack *attack)
{
	static const char *const codes[] = {"hidden-layer", "off-page", "hidden-text"};
	for (guint i = 0; i < attack->document->notices->len; i++) {
		const LwNotice *notice = &g_array_index(attack->document->notices, LwNotice, i);
		gboolean covered = !strcmp(notice->message, "text under an opaque box");
		if (covered)
			tell(attack, LW_WEIGHT_LEAK, "glyph", "covered-text", notice->page,
			     "text can be copied from under a box");
		for (guint k = 0; k < G_N_ELEMENTS(codes) && !covered; k++)
			if (!strcmp(notice->code, codes[k]))
				tell(attack, k ? LW_WEIGHT_TRACE : LW_WEIGHT_LEAK, "glyph",
				     codes[k], notice->page, g_intern_string(notice->message));
	}
}

/* --- strings and streams --- */

/* Words that our own renderers write. */
static gboolean is_neutral(const char *bytes, gsize length)
{
	static const char *const neutral[] = {"lakwerk", "Gelakt document", "Redacted document",
					      "[gelakt]", "[redacted]"};
	for (guint i = 0; i < G_N_ELEMENTS(neutral); i++)
		if (length == strlen(neutral[i]) && !memcmp(bytes, neutral[i], length))
			return TRUE;
	return FALSE;
}

/* And what is no word: numbers, dates, namespaces. */
static gboolean says_nothing(const char *bytes, gsize length)
{
	if (is_neutral(bytes, length))
		return TRUE;
	if (length < 8 || g_strstr_len(bytes, (gssize)length, "urn:") == bytes ||
	    g_strstr_len(bytes, (gssize)length, "http://") == bytes)
		return TRUE;
	for (gsize i = 0; i < length; i++)
		if (g_ascii_isalpha(bytes[i]) && bytes[i] != 'T' && bytes[i] != 'Z')
			return FALSE;
	return TRUE;
}

static const struct {
	const char *channel, *code, *message;
	LwWeight weight;
} kinds[] = {
	{"pdf/info", "metadata", "document information names people", LW_WEIGHT_LEAK},
	{"pdf/program", "metadata", "document information names programs", LW_WEIGHT_TRACE},
	{"pdf/xmp", "metadata", "the metadata holds text", LW_WEIGHT_TRACE},
	{"pdf/script", "script", "the file holds a script", LW_WEIGHT_LEAK},
	{"pdf/font", "font-letters", "a font spells letters that no text shows", LW_WEIGHT_LEAK},
	{"pdf/annotation", "annotation", "an annotation holds text", LW_WEIGHT_LEAK},
	{"pdf/redaction", "redaction-not-applied", "a redaction was drawn but never applied",
	 LW_WEIGHT_LEAK},
	{"pdf/image-metadata", "image-metadata", "a picture holds metadata", LW_WEIGHT_LEAK},
	{"odf/meta", "metadata", "the metadata holds text", LW_WEIGHT_LEAK},
	{"pdf/image-alternates", "image-alternates", "a picture has other versions",
	 LW_WEIGHT_LEAK},
	{"pdf/thumbnail", "thumbnail", "a page has a thumbnail", LW_WEIGHT_LEAK},
	{"pdf/revision", "revision", "the file holds an earlier revision", LW_WEIGHT_LEAK},
	{"pdf/orphan", "orphan", "the file holds objects that nothing refers to", LW_WEIGHT_TRACE},
};

static void tell_kind(Attack *attack, const char *channel, const char *bytes, gsize length)
{
	for (guint i = 0; i < G_N_ELEMENTS(kinds) && length; i++) {
		if (strcmp(kinds[i].channel, channel))
			continue;
		gboolean metadata = !strcmp(kinds[i].code, "metadata");
		if (!is_neutral(bytes, length) && !(metadata && says_nothing(bytes, length)))
			tell(attack, kinds[i].weight, channel, kinds[i].code, -1, kinds[i].message);
	}
}

static gboolean on_inspected(void *self, const char *channel, const char *bytes, gsize length)
{
	Attack *attack = self;
	gboolean open = !strcmp(channel, "odf/text") || !strcmp(channel, "plain/text");
	tell_kind(attack, channel, bytes, length);
	if (!open && attack->secrets && !is_neutral(bytes, length) &&
	    lw_secrets_in_bytes(attack->secrets, bytes, length) >= 0)
		tell(attack, LW_WEIGHT_LEAK, channel, "removed-text", -1,
		     "something that was removed is still there");
	return TRUE;
}

/* --- what lies under boxes --- */

/* The part of a picture inside a rectangle in points, without its edge; x0 > x1: nothing. */
typedef struct {
	int x0, y0, x1, y1;
} Part;

static Part part_of(const LwPicture *picture, LwRect rect)
{
	return (Part){MAX((int)floorf(rect.x0) + BOX_INSET, 0),
		      MAX((int)floorf(rect.y0) + BOX_INSET, 0),
		      MIN((int)ceilf(rect.x1) - BOX_INSET, (int)picture->width) - 1,
		      MIN((int)ceilf(rect.y1) - BOX_INSET, (int)picture->height) - 1};
}

static guint grey_at(const LwPicture *picture, int x, int y)
{
	const guint8 *pixels = g_bytes_get_data(picture->pixels, NULL);
	const guint8 *at = pixels + ((gsize)y * picture->width + (gsize)x) * picture->channels;
	return picture->channels == 1 ? at[0] : (at[0] + at[1] + at[2]) / 3u;
}

static gboolean is_uniform(const LwPicture *picture, LwRect rect)
{
	Part part = part_of(picture, rect);
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

static gboolean is_dark(const LwPicture *picture, LwRect box)
{
	guint dark = 0, all = 0;
	for (int y = MAX((int)box.y0, 0); y <= (int)box.y1 && y < (int)picture->height; y++)
		for (int x = MAX((int)box.x0, 0); x <= (int)box.x1 && x < (int)picture->width;
		     x++, all++)
			dark += grey_at(picture, x, y) < 64;
	return all >= 6 && dark * 100 >= all * 97;
}

/* Blanks carry nothing; labels are ours; annotations are judged by place. */
static gboolean counts(const LwGlyph *glyph)
{
	return !(glyph->flags & (LW_GLYPH_LABEL | LW_GLYPH_ANNOTATION | LW_GLYPH_OFF_PAGE)) &&
	       glyph->unicode != 0xA0 && !g_unichar_isspace(glyph->unicode);
}

/* Letters whose whole box is as dark as paint: text of any kind under paint of any kind. */
static void look_for_dark_glyphs(Attack *attack, guint32 number, const LwPicture *picture)
{
	const LwPage *page = &attack->document->pages[number];
	guint covered = 0;
	for (guint32 i = 0; i < page->glyph_count; i++) {
		const LwGlyph *glyph = &attack->document->glyphs[page->first_glyph + i];
		covered += counts(glyph) && is_dark(picture, glyph->box);
	}
	if (covered >= 2)
		tell(attack, LW_WEIGHT_LEAK, "glyph", "covered-text", (gint32)number,
		     "text can be copied from under a box");
}

/* A box looks even; what shows when it is taken away should be even too. */
static gboolean look_under(Attack *attack, GBytes *bare, guint32 number, const LwPicture *shown,
			   const GArray *boxes, GError **error)
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
			tell(attack, LW_WEIGHT_LEAK, "pixel", "covered-picture", (gint32)number,
			     "something shows when a box is taken away");
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

static gboolean look_at_pages(Attack *attack, GBytes *file, GError **error)
{
	g_autoptr(GArray) boxes = g_array_new(FALSE, FALSE, sizeof(LwBox));
	g_autoptr(GBytes) bare = attack->format->bare(file, boxes, error);
	gboolean done = bare != NULL;
	for (guint32 p = 0; done && p < attack->document->page_count; p++) {
		LwPicture shown = {0};
		if (!attack->document->pages[p].glyph_count && !has_box(boxes, p))
			continue;
		done = attack->format->picture(file, p, LOOK_RESOLUTION, &shown, error);
		if (done)
			look_for_dark_glyphs(attack, p, &shown);
		done = done && look_under(attack, bare, p, &shown, boxes, error);
		lw_picture_clear(&shown);
	}
	return done;
}

gboolean lw_attack(const LwFormat *format, GBytes *file, const LwPlan *plan, GArray *findings,
		   GError **error)
{
	g_autoptr(LwDocument) document = format->read(file, LW_READ_ALL, error);
	if (!document)
		return FALSE;
	Attack attack = {.format = format, .document = document, .findings = findings};
	g_autoptr(GPtrArray) left = plan ? unreadable_secrets(&attack, plan) : NULL;
	g_autoptr(LwSecrets) secrets = left && left->len ? lw_secrets_new(left) : NULL;
	attack.secrets = secrets;
	look_at_text(&attack);
	look_at_notices(&attack);
	if (document->page_count && !look_at_pages(&attack, file, error))
		return FALSE;
	if (!format->inspect(file, on_inspected, &attack, error))
		return FALSE;
	return !format->dig || format->dig(file, on_inspected, &attack, error);
}
