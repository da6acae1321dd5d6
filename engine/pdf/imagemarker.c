/* imagemarker.c - segments of JPEG data (ITU-T T.81 annex B): what a decoder needs is copied, the
 * rest is left behind.
 *
 * No entropy-coded byte is changed, and nothing is copied that was not recognised. */
#include "engine/pdf/image_private.h"

#include "engine/pdf/profile.h"

#include <string.h>

enum {
	TEM = 0x01,
	SOF0 = 0xC0,
	JPG = 0xC8,
	RST0 = 0xD0,
	SOI = 0xD8,
	EOI,
	SOS,
	DQT,
	DNL,
	DRI,
	APP0 = 0xE0,
	APP2 = 0xE2,
	APP14 = 0xEE
};

#define JFIF_BYTES  14 /* without thumbnail, without its length */
#define ADOBE_BYTES 12

typedef struct {
	const guint8 *at, *end;
	guint8 marker;
	const guint8 *body; /* behind the length */
	gsize size;
} Walk;

/* To the first start of an image: readers skip what stands before it. */
static gboolean walk_start(Walk *walk, GBytes *jpeg)
{
	gsize length;
	const guint8 *data = g_bytes_get_data(jpeg, &length);
	for (gsize i = 0; i + 1 < length; i++)
		if (data[i] == 0xFF && data[i + 1] == SOI) {
			*walk = (Walk){.at = data + i + 2, .end = data + length};
			return TRUE;
		}
	return FALSE;
}

static gboolean is_lone(guint8 marker)
{
	return marker == 0 || marker == TEM || (marker >= RST0 && marker <= SOI);
}

/* The next segment; FALSE at the end of the image or of the data. */
static gboolean walk_next(Walk *walk)
{
	for (;;) {
		while (walk->at < walk->end && *walk->at != 0xFF)
			walk->at++;
		while (walk->at < walk->end && *walk->at == 0xFF)
			walk->at++;
		if (walk->at >= walk->end || *walk->at == EOI)
			return FALSE;
		walk->marker = *walk->at++;
		if (is_lone(walk->marker))
			continue;
		if (walk->end - walk->at < 2)
			return FALSE;
		gsize length = (gsize)walk->at[0] << 8 | walk->at[1];
		if (length < 2 || length > (gsize)(walk->end - walk->at))
			return FALSE;
		walk->body = walk->at + 2;
		walk->size = length - 2;
		walk->at += length;
		return TRUE;
	}
}

static void append_segment(GByteArray *out, guint8 marker, const guint8 *body, gsize size)
{
	guint8 head[4] = {0xFF, marker, (guint8)((size + 2) >> 8), (guint8)(size + 2)};
	g_byte_array_append(out, head, sizeof head);
	g_byte_array_append(out, body, (guint)size);
}

static gboolean starts(const Walk *walk, const char *text, gsize length)
{
	return walk->size >= length && !memcmp(walk->body, text, length);
}

#define ICC_HEAD  14	 /* name, number of the part, number of parts */
#define ICC_LARGE 65519u /* of one part */

static gboolean is_profile(const Walk *walk)
{
	return walk->marker == APP2 && walk->size > ICC_HEAD && starts(walk, "ICC_PROFILE", 12);
}

/* All parts of the profile as one, cleaned, where the first of them stood. */
static void append_profile(GByteArray *out, const Walk *first)
{
	g_autoptr(GByteArray) all = g_byte_array_new();
	for (Walk walk = *first;;) {
		if (is_profile(&walk))
			g_byte_array_append(all, walk.body + ICC_HEAD,
					    (guint)(walk.size - ICC_HEAD));
		if (walk.marker == SOS || !walk_next(&walk))
			break;
	}
	g_autoptr(GBytes) told = g_byte_array_free_to_bytes(g_steal_pointer(&all));
	g_autoptr(GBytes) clean = lw_profile_clean(told);
	gsize length;
	const guint8 *bytes = g_bytes_get_data(clean, &length);
	guint parts = (guint)((length + ICC_LARGE - 1) / ICC_LARGE);
	for (guint i = 0; i < parts && parts < 256; i++) {
		gsize size = MIN(length - (gsize)i * ICC_LARGE, ICC_LARGE);
		g_autoptr(GByteArray) part = g_byte_array_new();
		const guint8 numbers[2] = {(guint8)(i + 1), (guint8)parts};
		g_byte_array_append(part, (const guint8 *)"ICC_PROFILE", 12);
		g_byte_array_append(part, numbers, 2);
		g_byte_array_append(part, bytes + (gsize)i * ICC_LARGE, (guint)size);
		append_segment(out, APP2, part->data, part->len);
	}
}

static void append_application(GByteArray *out, const Walk *walk)
{
	if (walk->marker == APP0 && walk->size >= JFIF_BYTES && starts(walk, "JFIF", 5)) {
		guint8 plain[JFIF_BYTES];
		memcpy(plain, walk->body, JFIF_BYTES);
		plain[12] = plain[13] = 0; /* no thumbnail: it would show the picture as it was */
		append_segment(out, APP0, plain, JFIF_BYTES);
	} else if (is_profile(walk) && walk->body[12] == 1) {
		append_profile(out, walk);
	} else if (walk->marker == APP14 && walk->size >= ADOBE_BYTES && starts(walk, "Adobe", 5)) {
		append_segment(out, APP14, walk->body, ADOBE_BYTES);
	}
}

/* Tables and frame and scan headers. */
static gboolean is_needed(guint8 marker)
{
	return (marker >= SOF0 && marker < RST0 && marker != JPG) ||
	       (marker >= SOS && marker <= DRI);
}

static void append_scan(GByteArray *out, Walk *walk)
{
	const guint8 *from = walk->at;
	while (walk->at < walk->end) {
		if (walk->at[0] == 0xFF && walk->end - walk->at >= 2 && walk->at[1] != 0 &&
		    (walk->at[1] < RST0 || walk->at[1] >= SOI))
			break;
		walk->at++;
	}
	g_byte_array_append(out, from, (guint)(walk->at - from));
}

GBytes *lw_jpeg_strip(GBytes *jpeg)
{
	static const guint8 start[] = {0xFF, SOI}, end[] = {0xFF, EOI};
	g_autoptr(GByteArray) out = g_byte_array_new();
	gboolean scanned = FALSE;
	Walk walk;
	if (!walk_start(&walk, jpeg))
		return g_bytes_new_static("", 0);
	g_byte_array_append(out, start, sizeof start);
	while (walk_next(&walk)) {
		if (is_needed(walk.marker))
			append_segment(out, walk.marker, walk.body, walk.size);
		else if (!scanned)
			append_application(out, &walk);
		if (walk.marker == SOS) {
			append_scan(out, &walk);
			scanned = TRUE;
		}
	}
	g_byte_array_append(out, end, sizeof end);
	return g_byte_array_free_to_bytes(g_steal_pointer(&out));
}

void lw_jpeg_append_kept(GByteArray *out, GBytes *stripped)
{
	Walk walk;
	if (!walk_start(&walk, stripped))
		return;
	while (walk_next(&walk) && walk.marker != SOS)
		append_application(out, &walk);
}
