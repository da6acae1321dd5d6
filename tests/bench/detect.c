/* detect.c - what finding costs: words per second and core of all detectors and the registry over a
 * plain text, and the start of it all.
 *
 * Prints one line of JSON: seconds of CPU for opening the dictionaries, the first document and the
 * whole text, the number of finds and the peak of memory. words.py asks `wc -w` for the
 * words and judges. */
#include "engine/detect/link.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#define DOCUMENT_BYTES 60000 /* a long letter or a short report */

static double cpu_seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static LwDocument *document_of(const char *text, gsize length)
{
	LwDocument *document = lw_document_new("plain");

	document->text = lw_arena_strndup(document->arena, text, length);
	document->length = length;
	return document;
}

/* Up to DOCUMENT_BYTES, ended at a line. */
static gsize piece(const char *text, gsize length)
{
	gsize end = MIN(length, DOCUMENT_BYTES);

	while (end < length && text[end] != '\n')
		end++;
	return end;
}

int main(int argc, char **argv)
{
	double begun = cpu_seconds(), opened, first = 0, done;
	g_autoptr(GError) error = NULL;
	g_autoptr(LwLexicon) lexicon = argc == 3 ? lw_lexicon_open(argv[1], &error) : NULL;
	g_autofree char *text = NULL;
	gsize length = 0, at = 0;
	guint finds = 0;

	opened = cpu_seconds();
	if (!lexicon || !g_file_get_contents(argv[2], &text, &length, &error)) {
		fprintf(stderr, "%s\n", error ? error->message : "usage: detect LEXICON TEXT");
		return 2;
	}
	g_autoptr(LwRegistry) registry = lw_registry_new(lexicon);
	g_autoptr(GPtrArray) documents = g_ptr_array_new();
	g_autoptr(GPtrArray) lists = g_ptr_array_new();
	double started = cpu_seconds();

	while (at < length) {
		gsize size = piece(text + at, length - at);
		LwDocument *document = document_of(text + at, size);
		LwEntities *found = lw_detect(document, lexicon);

		lw_registry_learn(registry, document, found);
		g_ptr_array_add(documents, document);
		g_ptr_array_add(lists, found);
		first = first ? first : cpu_seconds() - started;
		at += size;
	}
	double detected = cpu_seconds();
	lw_registry_close(registry);
	for (guint i = 0; i < documents->len; i++) {
		LwEntities *found = g_ptr_array_index(lists, i);

		lw_registry_find(registry, g_ptr_array_index(documents, i), found);
		finds += found->items->len;
	}
	done = cpu_seconds();
	struct rusage usage;
	getrusage(RUSAGE_SELF, &usage);
	printf("{\"open\": %.6f, \"first\": %.6f, \"detect\": %.6f, \"link\": %.6f, \"finds\": %u, "
	       "\"persons\": %u, \"memory\": %.1f}\n",
	       opened - begun, first, detected - started, done - detected, finds,
	       lw_registry_count(registry), (double)usage.ru_maxrss / 1024);
	for (guint i = 0; i < documents->len; i++) {
		lw_entities_free(g_ptr_array_index(lists, i));
		lw_document_free(g_ptr_array_index(documents, i));
	}
	return EXIT_SUCCESS;
}
