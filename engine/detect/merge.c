/* merge.c - which of overlapping finds stays (woo.md 6.16).
 *
 * Sure ones before unsure ones, then by kind, then the longer. What the user gave always wins. What
 * is left of a loser is dropped, except for persons, addresses, terms and passages: the rest of
 * those is still personal. */
#include "engine/detect/detect.h"

#include <string.h>

static const guint8 ranks[LW_KIND_COUNT] = {
	[LW_KIND_TERM] = 1,
	[LW_KIND_MRZ] = 2,
	[LW_KIND_IBAN] = 3,
	[LW_KIND_TAX_NUMBER] = 4,
	[LW_KIND_VAT_NUMBER] = 4,
	[LW_KIND_BAG_ID] = 5,
	[LW_KIND_CARD] = 6,
	[LW_KIND_PAYMENT_REFERENCE] = 7,
	[LW_KIND_BSN] = 8,
	[LW_KIND_EDUCATION_NUMBER] = 8,
	[LW_KIND_A_NUMBER] = 8,
	[LW_KIND_V_NUMBER] = 8,
	[LW_KIND_RSIN] = 9,
	[LW_KIND_ACCOUNT] = 9,
	[LW_KIND_ID_DOCUMENT] = 9,
	[LW_KIND_DRIVING_LICENCE] = 9,
	[LW_KIND_BIG_NUMBER] = 9,
	[LW_KIND_AGB_CODE] = 9,
	[LW_KIND_CRIMINAL_CASE] = 9,
	[LW_KIND_DEVICE] = 9,
	[LW_KIND_EMAIL] = 10,
	[LW_KIND_MEETING_LINK] = 10,
	[LW_KIND_PHONE] = 11,
	[LW_KIND_PLATE] = 11,
	[LW_KIND_IP_ADDRESS] = 11,
	[LW_KIND_CLIENT_NUMBER] = 12,
	[LW_KIND_COMPANY_NUMBER] = 12,
	[LW_KIND_TRADER_NUMBER] = 12,
	[LW_KIND_LIVESTOCK_NUMBER] = 12,
	[LW_KIND_ADDRESS] = 13,
	[LW_KIND_CADASTRE] = 13,
	[LW_KIND_BIRTH_DATE] = 13,
	[LW_KIND_POSTCODE] = 14,
	[LW_KIND_COORDINATES] = 14,
	[LW_KIND_PERSON] = 15,
	[LW_KIND_HANDLE] = 15,
	[LW_KIND_BIRTH_PLACE] = 14,
	[LW_KIND_AGE] = 17,
	[LW_KIND_SALARY] = 17,
	[LW_KIND_SIGNATURE] = 17,
	[LW_KIND_SPECIAL] = 18,
	[LW_KIND_OPINION] = 19,
	[LW_KIND_PASSAGE] = 19,
	[LW_KIND_PICTURE] = 20,
};

#define SURE 0.5f

static gsize end_of(const LwEntity *entity)
{
	return (gsize)entity->span.start + entity->span.length;
}

static gint compare_strength(gconstpointer a, gconstpointer b)
{
	const LwEntity *left = a, *right = b;
	if ((left->score >= SURE) != (right->score >= SURE))
		return left->score >= SURE ? -1 : 1;
	if ((left->score > 0) != (right->score > 0)) /* a note (stays.c) takes nothing */
		return left->score > 0 ? -1 : 1;
	if (ranks[left->kind] != ranks[right->kind])
		return ranks[left->kind] < ranks[right->kind] ? -1 : 1;
	if (left->span.length != right->span.length)
		return left->span.length > right->span.length ? -1 : 1;
	if (left->score != right->score)
		return left->score > right->score ? -1 : 1;
	return left->span.start < right->span.start ? -1 : left->span.start > right->span.start;
}

static gboolean splits(LwKind kind)
{
	return kind == LW_KIND_PERSON || kind == LW_KIND_ADDRESS || kind == LW_KIND_TERM ||
	       kind == LW_KIND_SPECIAL || kind == LW_KIND_PASSAGE || kind == LW_KIND_OPINION;
}

/* Index of the first accepted entity that ends behind `start`. */
static guint first_behind(const GArray *accepted, gsize start)
{
	guint low = 0, high = accepted->len;
	while (low < high) {
		guint middle = low + (high - low) / 2;
		if (end_of(&g_array_index(accepted, LwEntity, middle)) <= start)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* A rest is worth keeping when two letters or digits stand in it; blanks and signs around them go.
 */
static gboolean trim_rest(const LwDocument *document, gsize *from, gsize *to)
{
	const char *text = document->text;
	while (*from < *to && !g_ascii_isalnum(text[*from]) && (guint8)text[*from] < 0x80)
		(*from)++;
	while (*to > *from && !g_ascii_isalnum(text[*to - 1]) && (guint8)text[*to - 1] < 0x80)
		(*to)--;
	return *to - *from >= 2;
}

static void add_rests(const LwDocument *document, GArray *accepted, const LwEntity *entity,
		      guint index)
{
	gsize at = entity->span.start, stop = end_of(entity);
	while (at < stop) {
		const LwEntity *next =
			index < accepted->len ? &g_array_index(accepted, LwEntity, index) : NULL;
		gsize to = next ? MIN(stop, (gsize)next->span.start) : stop;
		gsize behind = next ? MAX(end_of(next), at) : stop;
		if (to > at && trim_rest(document, &at, &to)) {
			LwEntity rest = *entity;
			rest.span = (LwSpan){(guint32)at, (guint32)(to - at)};
			g_array_insert_val(accepted, index, rest);
			index++;
		}
		at = behind;
		index++;
	}
}

/* The entities [from, to) hang together by overlaps. */
static void settle(const LwDocument *document, GArray *items, guint from, guint to, GArray *out)
{
	g_autoptr(GArray) accepted = g_array_new(FALSE, FALSE, sizeof(LwEntity));
	qsort(&g_array_index(items, LwEntity, from), to - from, sizeof(LwEntity), compare_strength);
	for (guint i = from; i < to; i++) {
		LwEntity entity = g_array_index(items, LwEntity, i);
		guint index = first_behind(accepted, entity.span.start);
		gboolean free =
			index >= accepted->len ||
			g_array_index(accepted, LwEntity, index).span.start >= end_of(&entity);
		if (free)
			g_array_insert_val(accepted, index, entity);
		else if (splits(entity.kind))
			add_rests(document, accepted, &entity, index);
	}
	g_array_append_vals(out, accepted->data, accepted->len);
}

void lw_detect_merge(const LwDocument *document, LwEntities *found)
{
	lw_entities_sort(found);
	GArray *items = found->items,
	       *out = g_array_sized_new(FALSE, FALSE, sizeof(LwEntity), items->len);
	for (guint i = 0; i < items->len;) {
		LwEntity first = g_array_index(items, LwEntity, i);
		guint last = i + 1;
		gsize end = end_of(&first);
		if (!first.span.length) {
			/* A figure overlaps nothing. */
			g_array_append_val(out, first);
			i++;
			continue;
		}
		while (last < items->len && g_array_index(items, LwEntity, last).span.start < end &&
		       g_array_index(items, LwEntity, last).span.length) {
			end = MAX(end, end_of(&g_array_index(items, LwEntity, last)));
			last++;
		}
		if (last - i == 1)
			g_array_append_val(out, first);
		else
			settle(document, items, i, last, out);
		i = last;
	}
	g_array_set_size(items, 0);
	if (out->len)
		g_array_append_vals(items, out->data, out->len);
	g_array_free(out, TRUE);
	lw_entities_sort(found);
}
