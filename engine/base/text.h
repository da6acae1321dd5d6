/* text.h - Unicode: what a character is, and the normalised view that detectors read. The door to
 * ICU.
 *
 * All texts are valid UTF-8; offsets are bytes unless a name says code points. */
#pragma once

#include <glib.h>

/* The normalised view of a raw text (woo.md section 0): NFKC per character, every space but \n, \t
 * and \f becomes ' ', soft hyphen and zero-width characters vanish, U+2010..2015 and U+2212 become
 * '-', curly quotes become ' and ", a word broken by a hyphen at a line end is joined ("Jan-\nsen"
 * gives "Jansen"; "Jansen-\nde Vries" and "A-\nB" keep the hyphen and lose the newline), and so is one that is
 * letterspaced ("J a n s e n"). Everything else, \n and \f included, stays. */
typedef struct {
	char *utf8;
	gsize length;
	guint32 *raw; /* raw[i]: offset in the raw text of the character that byte i came from;
			 raw[length] is its end */
} LwNormal;

LwNormal *lw_normal_new(const char *raw, gsize length);
void lw_normal_free(LwNormal *normal);
/* The raw range [*start, *end) that the normalised bytes [from, to) came from; a joined hyphen
 * inside is included. */
void lw_normal_range(const LwNormal *normal, gsize from, gsize to, gsize *start, gsize *end);
/* Offset in the view of the first character at or after a raw offset. */
gsize lw_normal_find(const LwNormal *normal, gsize raw);

/* Case-folded, without diacritics ("É" e, "ß" ss, "ı" i, "ø" o, "ł" l, "ĳ"/"ÿ" ij); yours. length
 * -1: NUL-terminated. */
char *lw_text_fold(const char *text, gssize length);
/* Lower-cased, letters and digits only, of any script; for comparing a secret with bytes of a file;
 * yours. */
char *lw_text_skeleton(const char *text, gssize length);
gboolean lw_text_is_letter(gunichar c);
gboolean lw_text_is_upper(gunichar c);
gboolean lw_text_is_lower(gunichar c);
gboolean lw_text_is_digit(gunichar c);
gboolean lw_text_is_mark(gunichar c);
/* Number of code points in [0, bytes). */
gsize lw_text_code_points(const char *text, gsize bytes);
/* Byte offset of code point number index, or the text's length when it has fewer. */
gsize lw_text_offset(const char *text, gsize length, gsize index);
/* Bytes of unknown encoding as UTF-8 (UTF-8, else UTF-16 by its mark, else Windows-1252); NUL and
 * invalid become U+FFFD; yours. */
char *lw_text_decode(const void *bytes, gsize length, gsize *out_length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(LwNormal, lw_normal_free)
