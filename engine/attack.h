/* attack.h - what the attacks of the verifier share. Private to engine/attack*.c and verify.c. */
#pragma once

#include "engine/account.h"
#include "engine/model/secret.h"
#include "engine/verify.h"

/* What the guesser measures: gaps of removed names, widths of letters. */
typedef struct LwWidths LwWidths;

typedef struct {
	const LwFormat *format;
	GBytes *file;
	const LwPlan *plan;	  /* or NULL */
	const LwDocument *before; /* or NULL */
	const LwDocument *after;
	LwMaker maker;
	GPtrArray *strings; /* const char *: what no hidden place may hold; empty: not known */
	LwSecrets *secrets; /* the same, compiled; NULL: not known */
	LwWidths *widths;   /* or NULL: nobody guesses */
	GArray *findings;
} LwAttack;

/* FALSE with error: no verdict is possible. What they find they tell. */
typedef gboolean (*LwAttackFunc)(LwAttack *attack, GError **error);

/* Strings, names and streams, letters of fonts. */
gboolean lw_attack_places(LwAttack *attack, GError **error);
/* Earlier revisions, objects that nothing refers to, bytes outside objects. */
gboolean lw_attack_past(LwAttack *attack, GError **error);
/* Text that nobody sees, text in reading order, what the reader noticed. */
gboolean lw_attack_text(LwAttack *attack, GError **error);
/* Formats without pages: how often a removed string still stands there. */
gboolean lw_attack_count(LwAttack *attack, GError **error);
/* Glyphs of the file against those of the original; none under an area. */
gboolean lw_attack_glyphs(LwAttack *attack, GError **error);
/* What lies under the areas of the plan. */
gboolean lw_attack_areas(LwAttack *attack, GError **error);
/* Pages as they look: letters as dark as their box, boxes that are not even underneath. */
gboolean lw_attack_pages(LwAttack *attack, GError **error);

LwWidths *lw_widths_new(void); /* yours */
void lw_widths_free(LwWidths *widths);
/* A page that is accounted for. */
void lw_widths_add_page(LwWidths *widths, const LwAccount *page);
/* fits: guint32 by mark; gets how many surnames fit, where a name was measured. */
void lw_widths_count(LwWidths *widths, const LwLexicon *lexicon, LwWidth level, GArray *fits);

void lw_attack_tell(LwAttack *attack, LwFinding finding);
/* "Something that was removed is still there", of mark or -1. */
void lw_attack_leak(LwAttack *attack, const char *channel, gint32 page, gint32 mark);
/* Decides which strings of the plan may stand nowhere, and tells of those that can be read. */
void lw_attack_set_secrets(LwAttack *attack);
/* The mark that took this string from here; -1: it is of another document. */
gint32 lw_attack_mark_of(const LwAttack *attack, const char *secret);
