/* watch.c - progress, notices and problems on stderr; progress on a terminal only. */
#include "cli/options.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static struct {
	bool terminal, drawn;
	LakwerkEventType half;
	double started; /* seconds; of the half that runs */
} progress;

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void erase(void)
{
	if (progress.drawn)
		fputs("\r\033[K", stderr);
	progress.drawn = false;
}

static void draw(const Options *options, const LakwerkEvent *event)
{
	double gone, left;

	if (event->type != progress.half || !progress.started) {
		progress.half = event->type;
		progress.started = now();
	}
	if (!progress.terminal || event->total < 2)
		return;
	gone = now() - progress.started;
	left = event->done ? gone / event->done * (event->total - event->done) : 0;
	erase();
	fprintf(stderr, "%s %u/%u",
		event->type == LAKWERK_EVENT_READ
			? say(options, TEXT("lezen", "reading"))
			: say(options, TEXT("lakken en controleren", "redacting and verifying")),
		event->done, event->total);
	if (gone > 2 && event->done < event->total)
		fprintf(stderr, say(options, TEXT(", nog %d:%02d", ", %d:%02d left")),
			(int)left / 60, (int)left % 60);
	fflush(stderr);
	progress.drawn = true;
}

static void show_notice(Options *options, const LakwerkEvent *event)
{
	char message[512];
	bool shown =
		event->code && (!strcmp(event->code, "renamed") || !strcmp(event->code, "stale"));

	if (options->quiet || (!options->verbose && !shown)) {
		options->notices++;
		return;
	}
	if (event->page)
		snprintf(message, sizeof(message), "%s %d: %s",
			 say(options, TEXT("bladzijde", "page")), event->page,
			 event->message ? event->message : event->code);
	else
		snprintf(message, sizeof(message), "%s",
			 event->message ? event->message : event->code);
	erase();
	complain(options, event->path, message);
}

static void on_event(void *self, const LakwerkEvent *event)
{
	Options *options = self;

	switch (event->type) {
	case LAKWERK_EVENT_READ:
	case LAKWERK_EVENT_WRITTEN:
		draw(options, event);
		break;
	case LAKWERK_EVENT_NOTICE:
		show_notice(options, event);
		break;
	case LAKWERK_EVENT_RESULT:
		puts(event->message);
		break;
	case LAKWERK_EVENT_PROBLEM:
		erase();
		complain(options, event->path, event->message);
		break;
	}
}

void watch(Options *options)
{
	progress.terminal = !options->quiet && isatty(STDERR_FILENO);
	progress.started = 0;
	lakwerk_on_event(options->lakwerk, on_event, options);
}

void watch_end(Options *options)
{
	(void)options;
	erase();
	fflush(stderr);
}
