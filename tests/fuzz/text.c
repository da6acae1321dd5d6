/* text.c - fuzz target: any bytes as the text of a document, whole and cut to pieces, through
 * detection and the registry.
 *
 * Rules look at words before and behind; at both ends of a text there are none. Whatever is found
 * lies inside the text, on whole characters, in order, and no person twice. */
#include "engine/detect/link.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#define PIECES	   8
#define MOST_PIECE 160 /* bytes */
#define MOST_TEXT  4000
#define SURE	   0.5f

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const LwLexicon *lexicon(void)
{
	static LwLexicon *opened;

	if (!opened) {
		const char *root = g_getenv("LW_BUILD_ROOT");
		g_autofree char *path =
			g_build_filename(root ? root : ".", "dictionaries", "lexicon.bin", NULL);

		opened = lw_lexicon_open(path, NULL);
		g_assert(opened);
	}
	return opened;
}

/* Passages are about persons, and may hold what else is found. */
static gboolean is_person(const LwEntity *entity)
{
	return entity->kind == LW_KIND_PERSON && entity->span.length;
}

static void check(const LwDocument *document, const LwEntities *found)
{
	guint32 at = 0, end = 0;
	gboolean sure = FALSE;

	for (guint i = 0; i < found->items->len; i++) {
		const LwEntity *entity = &g_array_index(found->items, LwEntity, i);

		g_assert(entity->span.start >= at && entity->span.length <= document->length &&
			 entity->span.start <= document->length - entity->span.length);
		g_assert(g_utf8_validate(document->text + entity->span.start,
					 (gssize)entity->span.length, NULL));
		g_assert(entity->score >= 0 && entity->score <= 1 && entity->rule);
		at = entity->span.start;
		if (!is_person(entity))
			continue;
		/* one person is found once at a place */
		g_assert(at >= end || sure != (entity->score >= SURE) || entity->role);
		sure = entity->score >= SURE;
		end = at + entity->span.length;
	}
}

static void detect(const char *text, gsize length)
{
	g_autoptr(LwDocument) document = lw_document_new("plain");
	g_autoptr(LwRegistry) registry = lw_registry_new(lexicon());
	g_autoptr(LwEntities) found = NULL;

	/* its own size, so that a read past the end is seen */
	document->text = lw_arena_strndup(document->arena, text, length);
	document->length = length;
	found = lw_detect(document, lexicon());
	lw_registry_learn(registry, document, found);
	lw_registry_close(registry);
	lw_registry_find(registry, document, found);
	check(document, found);
}

/* The start of a character at or before the byte. */
static gsize whole(const char *text, gsize at)
{
	while (at && ((guint8)text[at] & 0xC0) == 0x80)
		at--;
	return at;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autofree char *text =
		g_utf8_make_valid((const char *)data, (gssize)MIN(size, (size_t)MOST_TEXT));
	gsize length = strlen(text);
	guint32 state = (guint32)size * 2654435761u + (size ? data[size / 2] : 0);

	detect(text, length);
	for (guint i = 0; i < PIECES && length; i++) {
		gsize from, to;

		state = state * 1664525 + 1013904223;
		from = whole(text, (state >> 8) % length);
		state = state * 1664525 + 1013904223;
		to = whole(text, MIN(length, from + 1 + (state >> 8) % MOST_PIECE));
		if (to > from)
			detect(text + from, to - from);
	}
	return 0;
}
