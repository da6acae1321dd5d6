/* verify.c - the one table of attacks, and who undergoes which. */
#include "engine/attack.h"

#include <string.h>

enum { FITS_FEW = 10000 }; /* surnames of a list that a class of widths leaves at least */

enum {
	NEEDS_PLAN = 1 << 0,	 /* what was removed */
	NEEDS_ORIGINAL = 1 << 1, /* with pages: every glyph of it */
	NEEDS_PAGES = 1 << 2,
	NEEDS_NO_PAGES = 1 << 3,
	NEEDS_TIME = 1 << 4, /* too dear for every document that we write */
};

/* In this order: what was opened for reading is searched before anything else is opened. */
static const struct {
	LwAttackFunc run;
	guint needs;
} attacks[] = {
	{lw_attack_places, 0},
	{lw_attack_text, 0},
	{lw_attack_count, NEEDS_PLAN | NEEDS_ORIGINAL | NEEDS_NO_PAGES},
	{lw_attack_glyphs, NEEDS_PLAN | NEEDS_ORIGINAL | NEEDS_PAGES},
	{lw_attack_areas, NEEDS_PLAN | NEEDS_PAGES},
	{lw_attack_pages, NEEDS_PAGES | NEEDS_TIME},
	{lw_attack_past, NEEDS_TIME},
};

void lw_attack_tell(LwAttack *attack, LwFinding finding)
{
	for (guint i = 0; i < attack->findings->len; i++) {
		const LwFinding *old = &g_array_index(attack->findings, LwFinding, i);
		if (old->page == finding.page && !strcmp(old->code, finding.code) &&
		    !strcmp(old->channel, finding.channel) &&
		    !strcmp(old->message, finding.message))
			return;
	}
	finding.channel = g_intern_string(finding.channel);
	g_array_append_val(attack->findings, finding);
}

void lw_attack_leak(LwAttack *attack, const char *channel, gint32 page, gint32 mark)
{
	lw_attack_tell(attack, (LwFinding){channel, "removed-text",
					   "something that was removed is still there", page, mark,
					   LW_WEIGHT_LEAK});
}

static gboolean can_run(const LwAttack *attack, guint needs)
{
	guint missing = 0;
	if (!attack->plan)
		missing |= NEEDS_PLAN;
	if (!attack->before)
		missing |= NEEDS_ORIGINAL;
	missing |= attack->format->pages ? NEEDS_NO_PAGES : NEEDS_PAGES;
	if (attack->maker == LW_MAKER_US)
		missing |= NEEDS_TIME;
	return !(needs & missing);
}

/* What is clearly a leak needs no further doubt. */
static gboolean run(LwAttack *attack, GError **error)
{
	for (guint i = 0; i < G_N_ELEMENTS(attacks); i++)
		if (can_run(attack, attacks[i].needs) && !attacks[i].run(attack, error))
			return FALSE;
	return TRUE;
}

/* Our own outputs have the number in their receipts. */
static void tell_widths(LwAttack *attack, const GArray *fits)
{
	for (guint i = 0; i < fits->len && attack->maker == LW_MAKER_ANYONE; i++)
		if (g_array_index(fits, guint32, i) < FITS_FEW)
			lw_attack_tell(attack, (LwFinding){"width", "width-tells",
							   "a gap is as wide as what was removed",
							   -1, -1, LW_WEIGHT_TRACE});
}

static void start_guessing(LwAttack *attack, GArray *fits)
{
	const guint32 unknown = LW_FITS_UNKNOWN;
	attack->widths = lw_widths_new();
	for (guint i = 0; i < attack->plan->marks->len; i++)
		g_array_append_val(fits, unknown);
}

gboolean lw_verify(const LwJudged *judged, GArray *findings, GArray *fits, GError **error)
{
	const LwFormat *format = judged->format;
	gboolean glyphs_only = format->pages && judged->maker == LW_MAKER_US;
	LwReadFlags flags = format->pages ? LW_READ_GLYPHS : LW_READ_ALL;
	g_autoptr(LwDocument) before = NULL, after = NULL;
	g_autoptr(GPtrArray) strings = g_ptr_array_new();
	if (judged->original && !(before = format->read(judged->original, flags, error)))
		return FALSE;
	after = format->read(judged->file, glyphs_only ? LW_READ_GLYPHS : LW_READ_ALL, error);
	if (!after)
		return FALSE;
	LwAttack attack = {.format = format,
			   .file = judged->file,
			   .plan = judged->plan,
			   .before = before,
			   .after = after,
			   .maker = judged->maker,
			   .strings = strings,
			   .findings = findings};
	gboolean guesses = fits && judged->plan && judged->lexicon;
	if (guesses)
		start_guessing(&attack, fits);
	lw_attack_set_secrets(&attack);
	gboolean done = run(&attack, error);
	if (done && guesses) {
		lw_widths_count(attack.widths, judged->lexicon, judged->plan->style.width, fits);
		tell_widths(&attack, fits);
	}
	g_clear_pointer(&attack.widths, lw_widths_free);
	g_clear_pointer(&attack.secrets, lw_secrets_free);
	return done;
}
