/* switchboard.c - numbers of a house as a whole: fixed lines that end in two noughts, with nobody
 * named beside them (woo.md 2.2).
 *
 * Needs the persons found. A number of somebody's own home may end so too: where a person stands on
 * its line or the one above it goes. */
#include "engine/detect/detect.h"

#include "engine/base/text.h"

#include <string.h>

#define REACH 160 /* bytes before it */

/* The last nine figures; FALSE: fewer. */
static gboolean read_nine(const char *text, gsize length, char nine[9])
{
	gsize left = 9;

	for (gsize i = length; i > 0 && left; i--)
		if (g_ascii_isdigit(text[i - 1]))
			nine[--left] = text[i - 1];
	return !left;
}

/* The beginning of the line above. */
static gsize line_above(const char *text, gsize at)
{
	guint lines = 0;
	gsize from = at;

	while (from > 0 && at - from < REACH) {
		if (strchr("\n\f", text[from - 1]) && ++lines > 1)
			break;
		from--;
	}
	return from;
}

static gboolean is_somebodys(const LwDetectContext *context, const LwEntities *found, guint index)
{
	static const char *const own[] = {"mijn",    "ons",    "thuis",	 "prive",     "privenummer",
					  "bewoner", "melder", "klager", "aanvrager", "client"};
	const char *text = context->base.document->text;
	gsize at = g_array_index(found->items, LwEntity, index).span.start;
	gsize from = line_above(text, at);

	for (guint i = index; i > 0; i--) {
		const LwEntity *entity = &g_array_index(found->items, LwEntity, i - 1);

		if (entity->span.start < from)
			break;
		if (entity->kind == LW_KIND_PERSON && entity->role != LW_ROLE_FUNCTIONAL)
			return TRUE;
	}
	while ((text[from] & 0xc0) == 0x80)
		from++;
	g_autofree char *before = lw_text_fold(text + from, (gssize)(at - from));
	g_auto(GStrv) words = g_strsplit_set(before, " \t\n:,.()-/|", -1);
	for (gsize i = 0; i < G_N_ELEMENTS(own); i++)
		if (g_strv_contains((const char *const *)words, own[i]))
			return TRUE;
	return FALSE;
}

void lw_detect_switchboards(const LwDetectContext *context, LwEntities *found)
{
	const char *text = context->base.document->text;

	for (guint i = 0; i < found->items->len; i++) {
		LwEntity *entity = &g_array_index(found->items, LwEntity, i);
		char nine[9];

		if (entity->kind != LW_KIND_PHONE || entity->role != LW_ROLE_UNKNOWN ||
		    !read_nine(text + entity->span.start, entity->span.length, nine) ||
		    nine[0] == '6' || memcmp(nine + 7, "00", 2) || is_somebodys(context, found, i))
			continue;
		entity->role = LW_ROLE_FUNCTIONAL;
		entity->reason = LW_REASON_FUNCTIONAL;
	}
}
