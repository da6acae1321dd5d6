/* profile.c - a profile is a header, a table of tags and their data; only tags of colour stay.
 *
 * Nothing moves: what goes becomes zeros, or the shortest text where the standard wants one. */
#include "engine/pdf/profile.h"

#include <string.h>

enum { HEADER = 128, ENTRY = 12, TAGS_LARGEST = 200 };

static guint32 read32(const guint8 *at)
{
	return (guint32)at[0] << 24 | (guint32)at[1] << 16 | (guint32)at[2] << 8 | at[3];
}

static void write32(guint8 *at, guint32 value)
{
	for (int i = 0; i < 4; i++)
		at[i] = (guint8)(value >> (24 - 8 * i));
}

static gboolean is_type(const guint8 *data, const char *types)
{
	for (; *types; types += 4)
		if (!memcmp(data, types, 4))
			return TRUE;
	return FALSE;
}

/* The texts of one tag; its type stays, so that readers that want it find it. */
static void blank(guint8 *tag, gsize size)
{
	if (is_type(tag, "desc")) {
		memset(tag + 8, 0, size - 8);
		if (size > 12)
			write32(tag + 8, 1); /* a text of one byte: its end */
	} else if (is_type(tag, "mluc")) {
		memset(tag + 8, 0, size - 8);
		if (size >= 16)
			write32(tag + 12, 12); /* no records of 12 bytes */
	} else {
		memset(tag + 8, 0, size - 8);
	}
}

/* Curves, matrices, tables, measures: numbers. */
static gboolean is_colour(const guint8 *tag)
{
	return is_type(tag, "curvparaXYZ mft1mft2mAB mBA sf32uf32chrmmeasviewmpetclro"
			    "clrtui08ui16ui32sig ");
}

/* The header names who made it, with what and when. */
static void clean_header(guint8 *data)
{
	static const guint8 when[12] = {0x07, 0xD0, 0, 1, 0, 1}; /* the first of January 2000 */
	memset(data + 4, 0, 4);					 /* preferred module */
	memcpy(data + 24, when, sizeof when);
	memset(data + 48, 0, 8);  /* device maker and model */
	memset(data + 80, 0, 48); /* creator, digest, reserved */
}

/* The tag at an entry of the table, or NULL where it does not lie in the profile. */
static const guint8 *tag_at(const guint8 *profile, gsize length, guint32 entry, gsize *size)
{
	const guint8 *at = profile + HEADER + 4 + (gsize)entry * ENTRY;
	gsize offset = read32(at + 4);
	*size = read32(at + 8);
	gboolean inside =
		offset >= HEADER + 4 && *size >= 8 && offset <= length && *size <= length - offset;
	return inside ? profile + offset : NULL;
}

/* How many tags it has, and where the first may begin; 0: it is no profile. */
static guint32 count_tags(const guint8 *profile, gsize length, gsize *table)
{
	if (length < HEADER + 4 || memcmp(profile + 36, "acsp", 4))
		return 0;
	guint32 count = MIN(read32(profile + HEADER), TAGS_LARGEST);
	*table = HEADER + 4 + (gsize)count * ENTRY;
	return *table > length ? 0 : count;
}

GBytes *lw_profile_clean(GBytes *profile)
{
	gsize length, table, size;
	const guint8 *from = g_bytes_get_data(profile, &length);
	guint32 count = count_tags(from, length, &table);
	if (!count)
		return g_bytes_ref(profile);
	guint8 *to = g_malloc0(length); /* what no tag holds is not copied */
	memcpy(to, from, table);
	clean_header(to);
	for (guint32 i = 0; i < count; i++) {
		const guint8 *tag = tag_at(from, length, i, &size);
		gsize offset = tag ? (gsize)(tag - from) : 0;
		if (offset < table)
			continue;
		memcpy(to + offset, tag, size);
		if (!is_colour(tag))
			blank(to + offset, size);
	}
	return g_bytes_new_take(to, length);
}

GBytes *lw_profile_texts(const guint8 *profile, gsize length)
{
	gsize table, size;
	guint32 count = count_tags(profile, length, &table);
	guint8 *rest = g_memdup2(profile, length);
	static const guint8 fields[] = {12, 16, 20, 36}; /* class, spaces, "acsp" */
	for (gsize i = 0; count && i < G_N_ELEMENTS(fields); i++)
		memset(rest + fields[i], 0, 4);
	for (guint32 i = 0; i < count; i++) {
		const guint8 *tag = tag_at(profile, length, i, &size);
		memset(rest + HEADER + 4 + (gsize)i * ENTRY, 0, 4); /* its name */
		if (tag)
			memset(rest + (tag - profile), 0, is_colour(tag) ? size : 4);
	}
	return g_bytes_new_take(rest, length);
}
