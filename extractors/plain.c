/* plain.c - plain text files.
 *
 * A text that is really another format (mail, markup, a broken PDF) is refused: it may hold encoded
 * names that plain reading would miss. */
#include "extractors/plain.h"

#include <string.h>

#include "engine/base/plain.h"

#define BID	10
#define CHARSET 40 /* the longest name of one, and more */

static gboolean has_magic(const char *bytes, gsize length)
{
	static const char *const magics[] = {
		"%PDF-",
		"%!PS",
		"PK\3\4",
		"\x89PNG",
		"\xff\xd8\xff",
		"GIF8",
		"{\\rtf",
		"II*",
		"8BPS",
		"OggS",
		"RIFF",
		"BEGIN:VCARD",
		"<?xml",
		"<!doctype html",
		"<html",
		"BEGIN:VCALENDAR",
		"begin 6",
		"-----BEGIN ",
		"\xd0\xcf\x11\xe0",
		"<!DOCTYPE",
		"<svg",
		"7z\xbc",
		"Rar!",
		"\x1f\x8b",
	};
	for (guint i = 0; i < G_N_ELEMENTS(magics); i++) {
		const gsize size = strlen(magics[i]);
		if (length >= size && g_ascii_strncasecmp(bytes, magics[i], size) == 0)
			return TRUE;
	}
	return FALSE;
}

static gsize line_length(const char *line, gsize left)
{
	const char *end = memchr(line, '\n', left);
	return end ? (gsize)(end - line) : left;
}

static gboolean is_mail_field(const char *line, gsize length)
{
	static const char *const fields[] = {
		"MIME-Version:", "Message-ID:",	  "Received:",	     "Return-Path:",
		"Content-Type:", "Delivered-To:", "DKIM-Signature:", "Content-Transfer-Encoding:",
	};
	for (guint i = 0; i < G_N_ELEMENTS(fields); i++) {
		const gsize size = strlen(fields[i]);
		if (length >= size && g_ascii_strncasecmp(line, fields[i], size) == 0)
			return TRUE;
	}
	return FALSE;
}

/* A mail as it travels: its first block of lines has a field that only machines write. */
static gboolean is_mail(const char *bytes, gsize length)
{
	for (gsize at = 0; at < length;) {
		const gsize size = line_length(bytes + at, length - at);
		if (size == 0 || (size == 1 && bytes[at] == '\r'))
			return FALSE;
		if (is_mail_field(bytes + at, size))
			return TRUE;
		at += size + 1;
	}
	return FALSE;
}

/* "=?utf-8?B?SmFuc2Vu?=" (RFC 2047): a name that nobody can read without decoding it. */
static gboolean has_encoded_word(const char *bytes, gsize length)
{
	const char *end = bytes + length;
	for (const char *at = bytes; (at = memmem(at, (gsize)(end - at), "=?", 2));) {
		at += 2;
		const char *mark = at;
		while (mark < end && mark - at < CHARSET && *mark != '?' && g_ascii_isgraph(*mark))
			mark++;
		if (mark > at && end - mark > 2 && *mark == '?' && mark[2] == '?' &&
		    memchr("BbQq", mark[1], 4))
			return TRUE;
	}
	return FALSE;
}

int lw_plain_bid(const guint8 *bytes, gsize length)
{
	const char *text = (const char *)bytes;
	gsize at = length >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
	if (length == at)
		return 0;
	if (!lw_plain_is_text(bytes, length))
		return 0;
	while (at < length && g_ascii_isspace(text[at]))
		at++;
	if (has_magic(text + at, length - at) || is_mail(text + at, length - at) ||
	    has_encoded_word(text + at, length - at))
		return 0;
	return BID;
}

LwDocument *lw_plain_read(GBytes *input, LwReadFlags flags, GError **error)
{
	(void)flags;
	gsize length;
	g_autofree char *text = lw_plain_dup_text(input, &length, error);
	if (!text)
		return NULL;
	LwDocument *document = lw_document_new("plain");
	document->text = lw_arena_strndup(document->arena, text, length);
	document->length = length;
	return document;
}

gboolean lw_plain_inspect(GBytes *file, LwInspectFunc found, void *self, GError **error)
{
	(void)found, (void)self;
	gsize length;
	g_autofree char *text = lw_plain_dup_text(file, &length, error);
	return text != NULL;
}
