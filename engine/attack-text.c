/* attack-text.c - the text of a file, several ways: as drawn, as read, what nobody sees, and how
 * often. */
#include "engine/attack.h"

#include <math.h>
#include <string.h>

#define REPEAT_LEAST	4 /* letters: shorter words recur by themselves */
#define SUBSTRING_LEAST 6 /* the same as of secrets */
#define WHOLE_DIGITS	6 /* from here a number is one of a person, not a quantity */

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

/* --- what is searched for --- */

/* What a mark took from this document, as it was drawn; yours. */
static char *removed_text(const LwAttack *attack, const LwMark *mark)
{
	const LwDocument *before = attack->before;
	g_autoptr(GString) text = g_string_new(NULL);
	for (guint i = 0; mark->glyphs && i < mark->glyphs->len; i++) {
		guint32 glyph = g_array_index(mark->glyphs, guint32, i);
		if (glyph < before->glyph_count)
			g_string_append_unichar(text, before->glyphs[glyph].unicode);
	}
	if (!before->page_count && mark->span.start < before->length)
		g_string_append_len(text, before->text + mark->span.start,
				    MIN(mark->span.length, before->length - mark->span.start));
	return g_string_free(g_steal_pointer(&text), FALSE);
}

gint32 lw_attack_mark_of(const LwAttack *attack, const char *secret)
{
	g_autoptr(GPtrArray) one = g_ptr_array_new();
	g_ptr_array_add(one, (gpointer)secret);
	g_autoptr(LwSecrets) secrets = lw_secrets_new(one);
	for (guint m = 0; attack->before && m < attack->plan->marks->len; m++) {
		g_autofree char *text = removed_text(attack, attack->plan->marks->pdata[m]);
		if (lw_secrets_in_text(secrets, text, strlen(text)) >= 0)
			return (gint32)m;
	}
	return -1;
}

static gboolean stands_in(const GString *text, const char *secret)
{
	g_autoptr(GPtrArray) one = g_ptr_array_new();
	g_ptr_array_add(one, (gpointer)secret);
	g_autoptr(LwSecrets) secrets = lw_secrets_new(one);
	return lw_secrets_in_text(secrets, text->str, text->len) >= 0;
}

/* Visible text; yours. */
static GString *open_text(const LwDocument *document)
{
	return document->page_count ? drawn_text(document, TEXT_OPEN)
				    : g_string_new_len(document->text, (gssize)document->length);
}

/* What was removed here and can still be read here: the policy keeps it there, or a detector missed
 * it. A person should look. */
static void tell_readable(LwAttack *attack)
{
	lw_attack_tell(attack, (LwFinding){"text", "readable-elsewhere",
					   "something that was removed can be read elsewhere", -1,
					   -1, LW_WEIGHT_TRACE});
}

/* Strings that a guessed plan holds and that can be read openly were kept there, or a second place
 * was missed. The others are what no place may hold. */
static void leave_readable_out(LwAttack *attack, const GString *text)
{
	const GPtrArray *all = attack->plan->secrets;
	g_autoptr(LwSecrets) every = lw_secrets_new(all);
	gboolean any = lw_secrets_in_text(every, text->str, text->len) >= 0;
	for (guint i = 0; i < all->len; i++)
		if (any && stands_in(text, all->pdata[i]))
			tell_readable(attack);
		else
			g_ptr_array_add(attack->strings, all->pdata[i]);
}

/* A whole name, an address or a number; a word alone stands in many documents by right. */
static gboolean is_whole(const char *secret)
{
	guint digits = 0, blanks = 0;
	for (const char *c = secret; *c; c++) {
		digits += g_ascii_isdigit(*c);
		blanks += *c == ' ';
	}
	return blanks || digits >= WHOLE_DIGITS || strchr(secret, '@');
}

/* What another document of the run lost can be read here: the policy says so, or two people did not
 * agree. */
static void look_for_others(LwAttack *attack, const GString *text)
{
	g_autoptr(GPtrArray) whole = g_ptr_array_new();
	for (guint i = 0; i < attack->plan->secrets->len; i++)
		if (is_whole(attack->plan->secrets->pdata[i]))
			g_ptr_array_add(whole, attack->plan->secrets->pdata[i]);
	g_autoptr(LwSecrets) secrets = lw_secrets_new(whole);
	if (lw_secrets_in_text(secrets, text->str, text->len) >= 0)
		lw_attack_tell(attack, (LwFinding){"text", "removed-elsewhere",
						   "something that was removed from another "
						   "document can be read in this one",
						   -1, -1, LW_WEIGHT_TRACE});
}

/* Our own output may hold none of them in a hidden place, readable elsewhere or not. */
static void look_for_repeats(LwAttack *attack, const GString *text)
{
	g_autoptr(GPtrArray) removed = g_ptr_array_new_with_free_func(g_free);
	for (guint m = 0; attack->before && m < attack->plan->marks->len; m++) {
		g_autofree char *one = removed_text(attack, attack->plan->marks->pdata[m]);
		if (g_utf8_strlen(one, -1) >= REPEAT_LEAST)
			g_ptr_array_add(removed, g_steal_pointer(&one));
	}
	g_autoptr(LwSecrets) secrets = lw_secrets_new(removed);
	if (lw_secrets_in_text(secrets, text->str, text->len) >= 0)
		tell_readable(attack);
	else
		look_for_others(attack, text);
}

void lw_attack_set_secrets(LwAttack *attack)
{
	if (!attack->plan)
		return;
	GString *text = open_text(attack->after);
	if (attack->maker == LW_MAKER_ANYONE) {
		leave_readable_out(attack, text);
	} else {
		look_for_repeats(attack, text);
		for (guint i = 0; i < attack->plan->secrets->len; i++)
			g_ptr_array_add(attack->strings, attack->plan->secrets->pdata[i]);
	}
	g_string_free(text, TRUE);
	g_autoptr(LwSecrets) secrets = lw_secrets_new(attack->strings);
	if (!lw_secrets_is_empty(secrets))
		attack->secrets = g_steal_pointer(&secrets);
}

/* --- text --- */

static gboolean has_secret(const LwAttack *attack, const char *text, gsize length)
{
	return attack->secrets && lw_secrets_in_text(attack->secrets, text, length) >= 0;
}

/* What the reader noticed. A box over text and a layer that is off hide what can be copied. Of our
 * own file the accounting knows better: a word that was set anew may have come to lie so. */
static void look_at_notices(LwAttack *attack)
{
	static const char *const codes[] = {"hidden-layer", "off-page", "hidden-text"};
	for (guint i = 0; i < attack->after->notices->len; i++) {
		const LwNotice *notice = &g_array_index(attack->after->notices, LwNotice, i);
		gboolean covered = !strcmp(notice->message, "text under an opaque box");
		if (covered)
			lw_attack_tell(attack, (LwFinding){"glyph", "covered-text",
							   "text can be copied from under a box",
							   notice->page, -1, LW_WEIGHT_LEAK});
		for (guint k = 0; k < G_N_ELEMENTS(codes) && !covered; k++)
			if (!strcmp(notice->code, codes[k]))
				lw_attack_tell(attack,
					       (LwFinding){"glyph", codes[k],
							   g_intern_string(notice->message),
							   notice->page, -1,
							   k ? LW_WEIGHT_TRACE : LW_WEIGHT_LEAK});
	}
}

static void tell_removed(LwAttack *attack, const char *channel, const char *message)
{
	lw_attack_tell(attack,
		       (LwFinding){channel, "removed-text", message, -1, -1, LW_WEIGHT_LEAK});
}

gboolean lw_attack_text(LwAttack *attack, GError **error)
{
	const LwDocument *document = attack->after;
	GString *hidden = drawn_text(document, TEXT_HIDDEN);
	(void)error;
	if (has_secret(attack, hidden->str, hidden->len))
		tell_removed(attack, "glyph",
			     "something that was removed stands in text that nobody sees");
	/* What our writer leaves open it was told to leave. */
	else if (attack->maker == LW_MAKER_ANYONE &&
		 has_secret(attack, document->text, document->length))
		tell_removed(attack, "text", "something that was removed can be read");
	g_string_free(hidden, TRUE);
	if (attack->maker == LW_MAKER_ANYONE)
		look_at_notices(attack);
	return TRUE;
}

/* --- formats without pages --- */

/* Does no letter or digit touch it? */
static gboolean is_word(const char *text, gsize length, gsize start, gsize size)
{
	const char *end = text + start + size;
	const char *last = start ? g_utf8_prev_char(text + start) : NULL;
	return (!last || !g_unichar_isalnum(g_utf8_get_char(last))) &&
	       (start + size >= length || !g_unichar_isalnum(g_utf8_get_char(end)));
}

/* whole: only as a word of its own. */
static guint count_in(const char *text, gsize length, const char *needle, gsize size,
		      gboolean whole)
{
	guint count = 0;
	const char *at = text, *end = text + length;
	for (; (at = memmem(at, (gsize)(end - at), needle, size)); at += size)
		count += !whole || is_word(text, length, (gsize)(at - text), size);
	return count;
}

/* A label for each line of a mark: that is the most that stands there now. */
static void append_labels(GString *kept, const LwAttack *attack, const LwMark *mark)
{
	const char *text = attack->before->text + mark->span.start;
	g_autofree char *label = lw_mark_label(mark, &attack->plan->style);
	for (gsize i = 0; i < mark->span.length; i++)
		if (!i || text[i] == '\n')
			g_string_append_printf(kept, "\n%s\n", label);
}

/* The original's text with labels for marks; yours. */
static GString *kept_text(const LwAttack *attack)
{
	const LwDocument *before = attack->before;
	GString *kept = g_string_sized_new(before->length);
	gsize at = 0;
	for (guint m = 0; m < attack->plan->marks->len; m++) {
		const LwMark *mark = attack->plan->marks->pdata[m];
		LwSpan span = mark->span;
		if (span.start > at)
			g_string_append_len(kept, before->text + at, (gssize)(span.start - at));
		append_labels(kept, attack, mark);
		at = MAX(at, (gsize)span.start + span.length);
	}
	if (at < before->length)
		g_string_append_len(kept, before->text + at, (gssize)(before->length - at));
	return kept;
}

/* A removed string may stand in the output as often as it stands outside the marks, and no more.
 * Each is counted once, however many marks it has. What was a short word is counted as a word:
 * "280" stands in the names that we give too. */
gboolean lw_attack_count(LwAttack *attack, GError **error)
{
	GString *kept = kept_text(attack);
	const LwDocument *after = attack->after;
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	(void)error;
	for (guint m = 0; m < attack->plan->marks->len; m++) {
		LwSpan span = ((const LwMark *)attack->plan->marks->pdata[m])->span;
		char *removed = g_strndup(attack->before->text + span.start, span.length);
		if (!g_hash_table_add(seen, removed) || span.length < 2)
			continue;
		gboolean whole = g_utf8_strlen(removed, span.length) < SUBSTRING_LEAST &&
				 is_word(attack->before->text, attack->before->length, span.start,
					 span.length);
		guint stays = count_in(kept->str, kept->len, removed, span.length, whole);
		if (count_in(after->text, after->length, removed, span.length, whole) > stays)
			lw_attack_leak(attack, "text", -1, (gint32)m);
	}
	g_string_free(kept, TRUE);
	return TRUE;
}
