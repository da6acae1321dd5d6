/* thread.c - finds mail headers in Dutch and English, plain or quoted, and the bodies below them.
 */
#include "engine/dossier/thread.h"

#include <string.h>

enum { HEADER_LINES = 10, MESSAGES_MOST = 100000, NAME_MOST = 24 };

typedef struct {
	const char *start, *end; /* without quote marks and blanks around */
	gsize next;		 /* offset of the line after */
} Line;

static Line line_at(const char *text, gsize length, gsize from)
{
	const char *newline = memchr(text + from, '\n', length - from);
	const char *end = newline ? newline : text + length;
	Line line = {text + from, end, (gsize)(end - text) + (newline != NULL)};

	while (line.start < end && strchr(" \t>|\f\r", *line.start))
		line.start++;
	while (line.end > line.start && strchr(" \t\r\f", line.end[-1]))
		line.end--;
	return line;
}

/* Does it begin with one of these words and a colon? */
static gboolean is_field(const Line *line, const char *const *names)
{
	gsize length = (gsize)(line->end - line->start);

	for (; *names; names++) {
		gsize name = strlen(*names);

		if (length > name && !g_ascii_strncasecmp(line->start, *names, name) &&
		    line->start[name + strspn(line->start + name, "* ")] == ':')
			return TRUE;
	}
	return FALSE;
}

static const char *const senders[] = {"Van", "From", "*Van", "*From", NULL};
static const char *const dates[] = {"Verzonden",  "Verstuurd", "Sent",	 "Datum", "Date",
				    "*Verzonden", "*Sent",     "*Datum", "*Date", NULL};
static const char *const others[] = {
	"Aan",	      "To",	    "CC",	   "Cc",      "BCC",	  "Bcc",
	"Kopie",      "Onderwerp",  "Subject",	   "Bijlage", "Bijlagen", "Attachments",
	"Prioriteit", "Importance", "Categorieën", "Namens",  "*Aan",	  "*To",
	"*Onderwerp", "*Subject",   "*CC",	   NULL};

/* The end of a header block that begins here; 0 when none does. */
static gsize header_end(const char *text, gsize length, gsize from)
{
	Line line = line_at(text, length, from);
	gboolean dated = FALSE, addressed = FALSE;
	gsize end = 0;

	if (!is_field(&line, senders))
		return 0;
	for (guint i = 0; i < HEADER_LINES && line.next < length; i++) {
		line = line_at(text, length, line.next);
		if (is_field(&line, dates))
			dated = TRUE;
		else if (is_field(&line, others))
			addressed = TRUE;
		else if (line.start == line.end || is_field(&line, senders))
			break;
		else
			continue; /* a long list of recipients goes on */
		end = line.next;
	}
	return dated && addressed ? end : 0;
}

static gboolean ends_in(const Line *line, const char *suffix)
{
	gsize length = strlen(suffix);

	return (gsize)(line->end - line->start) >= length &&
	       !memcmp(line->end - length, suffix, length);
}

static gboolean begins(const Line *line, const char *prefix)
{
	return (gsize)(line->end - line->start) >= strlen(prefix) &&
	       !g_ascii_strncasecmp(line->start, prefix, strlen(prefix));
}

/* "Op 3 mei schreef Jan:", "On ... wrote:". */
static gboolean is_attribution(const Line *line)
{
	return (begins(line, "Op ") && ends_in(line, ":") &&
		g_strstr_len(line->start, line->end - line->start, " schreef")) ||
	       (begins(line, "On ") && ends_in(line, "wrote:"));
}

/* "-----Oorspronkelijk bericht-----", "Begin doorgestuurd bericht:". */
static gboolean is_separator(const Line *line)
{
	return (begins(line, "-----") && ends_in(line, "-----")) ||
	       begins(line, "________________________________") ||
	       begins(line, "Begin doorgestuurd bericht") ||
	       begins(line, "Begin forwarded message");
}

GArray *lw_messages_find(const char *text, gsize length)
{
	GArray *messages = g_array_new(FALSE, FALSE, sizeof(LwSpan));
	gsize body = G_MAXSIZE;

	for (gsize at = 0; at < length && messages->len < MESSAGES_MOST;) {
		Line line = line_at(text, length, at);
		gsize end = is_attribution(&line) ? line.next : header_end(text, length, at);

		if ((end || is_separator(&line)) && body != G_MAXSIZE && at > body) {
			LwSpan span = {(guint32)body, (guint32)(at - body)};

			g_array_append_val(messages, span);
		}
		if (end || is_separator(&line))
			body = end ? end : G_MAXSIZE;
		at = end ? end : line.next;
	}
	if (body != G_MAXSIZE && body < length) {
		LwSpan span = {(guint32)body, (guint32)(length - body)};

		g_array_append_val(messages, span);
	}
	return messages;
}
