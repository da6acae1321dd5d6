/* rate.c - sums by document, and resamples of documents. */
#include "engine/rate.h"

#include <stdlib.h>
#include <string.h>

enum { RESAMPLES = 1000, LOW = 25, HIGH = 975 }; /* of 1,000: 2.5 % and 97.5 % */

#define SEED G_GUINT64_CONSTANT(0x6c616b7765726b21)

typedef struct {
	guint32 document;
	guint64 part, whole;
} Entry;

struct LwRates {
	GHashTable *by_key; /* LwRate, owned */
};

static guint rate_hash(gconstpointer self)
{
	const LwRate *rate = self;

	return g_str_hash(rate->group) ^ (g_str_hash(rate->name) * 31) ^
	       (rate->measure * 131 + rate->view);
}

static gboolean rate_equal(gconstpointer a, gconstpointer b)
{
	const LwRate *one = a, *two = b;

	return one->measure == two->measure && one->view == two->view &&
	       !strcmp(one->name, two->name) && !strcmp(one->group, two->group);
}

static void rate_free(gpointer self)
{
	LwRate *rate = self;

	g_array_unref(rate->entries);
	g_free(rate);
}

LwRates *lw_rates_new(void)
{
	LwRates *rates = g_new0(LwRates, 1);

	rates->by_key = g_hash_table_new_full(rate_hash, rate_equal, rate_free, NULL);
	return rates;
}

void lw_rates_free(LwRates *rates)
{
	if (!rates)
		return;
	g_hash_table_unref(rates->by_key);
	g_free(rates);
}

const LwRate *lw_rates_find(const LwRates *rates, const char *group, const char *name,
			    guint measure, guint view)
{
	const LwRate key = {.group = group, .name = name, .measure = measure, .view = view};

	return g_hash_table_lookup(rates->by_key, &key);
}

void lw_rates_add(LwRates *rates, const char *group, const char *name, guint measure, guint view,
		  guint document, guint64 part, guint64 whole)
{
	const LwRate key = {.group = group, .name = name, .measure = measure, .view = view};
	LwRate *rate = g_hash_table_lookup(rates->by_key, &key);
	Entry entry = {document, part, whole}, *last;

	if (!part && !whole)
		return;
	if (!rate) {
		rate = g_memdup2(&key, sizeof(key));
		rate->entries = g_array_new(FALSE, FALSE, sizeof(Entry));
		g_hash_table_add(rates->by_key, rate);
	}
	rate->part += part;
	rate->whole += whole;
	last = rate->entries->len ? &g_array_index(rate->entries, Entry, rate->entries->len - 1)
				  : NULL;
	if (last && last->document == document) {
		last->part += part;
		last->whole += whole;
	} else {
		g_array_append_val(rate->entries, entry);
	}
}

/* splitmix64: the same on every machine. */
static guint64 next_random(guint64 *state)
{
	guint64 z = *state += G_GUINT64_CONSTANT(0x9e3779b97f4a7c15);

	z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

static int compare_doubles(const void *a, const void *b)
{
	double one = *(const double *)a, two = *(const double *)b;

	return (one > two) - (one < two);
}

/* By resample and document: how often it was drawn. */
static guint16 *draw(guint documents)
{
	guint16 *drawn = g_new0(guint16, (gsize)RESAMPLES * documents);
	guint64 state = SEED;

	for (guint i = 0; i < RESAMPLES; i++)
		for (guint d = 0; d < documents; d++) {
			guint16 *times =
				&drawn[(gsize)i * documents + next_random(&state) % documents];
			*times += *times < G_MAXUINT16;
		}
	return drawn;
}

static void rate_close(LwRate *rate, const guint16 *drawn, guint documents)
{
	double values[RESAMPLES];
	guint count = 0;

	for (guint i = 0; i < RESAMPLES; i++) {
		guint64 part = 0, whole = 0;

		for (guint e = 0; e < rate->entries->len; e++) {
			const Entry *entry = &g_array_index(rate->entries, Entry, e);
			guint times = drawn[(gsize)i * documents + entry->document];

			part += times * entry->part;
			whole += times * entry->whole;
		}
		if (whole)
			values[count++] = (double)part / (double)whole;
	}
	qsort(values, count, sizeof(values[0]), compare_doubles);
	rate->low = count ? values[LOW * count / RESAMPLES] : 0;
	rate->high = count ? values[MIN(HIGH * count / RESAMPLES, count - 1)] : 0;
}

void lw_rates_close(LwRates *rates, guint documents)
{
	g_autofree guint16 *drawn = documents ? draw(documents) : NULL;
	GHashTableIter iter;
	gpointer rate;

	g_hash_table_iter_init(&iter, rates->by_key);
	while (drawn && g_hash_table_iter_next(&iter, &rate, NULL))
		rate_close(rate, drawn, documents);
}

static int compare_names(gconstpointer a, gconstpointer b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

GPtrArray *lw_rates_names(const LwRates *rates, const char *group)
{
	g_autoptr(GHashTable) names = g_hash_table_new(g_str_hash, g_str_equal);
	GPtrArray *sorted = g_ptr_array_new();
	GHashTableIter iter;
	gpointer key;

	g_hash_table_iter_init(&iter, rates->by_key);
	while (g_hash_table_iter_next(&iter, &key, NULL)) {
		const LwRate *rate = key;

		if (!strcmp(rate->group, group) && g_hash_table_add(names, (gpointer)rate->name))
			g_ptr_array_add(sorted, (gpointer)rate->name);
	}
	g_ptr_array_sort(sorted, compare_names);
	return sorted;
}

double lw_rate_value(const LwRate *rate)
{
	return rate && rate->whole ? (double)rate->part / (double)rate->whole : 0;
}
