/* text.c - what a character is, folding, decoding and the normalised view that detectors read. The
 * door to ICU.
 *
 * ASCII never reaches ICU. Offsets in raw[] never fall, so a range of the view always maps to one
 * range of the text. */
#include "engine/base/text.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

#define REPLACEMENT   0xfffd
#define SOFT_HYPHEN   0x00ad
#define SEGMENT_MARKS 30 /* combining marks taken into one character */
#define SEGMENT_UNITS 256

typedef struct {
	char *utf8;
	guint32 *raw;
	gsize length, capacity;
} View;

static const UNormalizer2 *composer(void)
{
	UErrorCode status = U_ZERO_ERROR;
	const UNormalizer2 *normalizer = unorm2_getNFKCInstance(&status);
	g_assert(U_SUCCESS(status));
	return normalizer;
}

static const UNormalizer2 *decomposer(void)
{
	UErrorCode status = U_ZERO_ERROR;
	const UNormalizer2 *normalizer = unorm2_getNFKDInstance(&status);
	g_assert(U_SUCCESS(status));
	return normalizer;
}

/* The code point at *at, which moves behind it; U+FFFD for bytes that are no UTF-8. */
static gunichar next_char(const char *text, gsize *at, gsize length)
{
	guint8 first = (guint8)text[*at];
	if (first < 0x80) {
		(*at)++;
		return first;
	}
	int32_t i = 0;
	int32_t size = (int32_t)MIN(length - *at, 8);
	UChar32 c;
	const guint8 *bytes = (const guint8 *)text + *at;
	U8_NEXT_OR_FFFD(bytes, i, size, c);
	*at += (gsize)i;
	return (gunichar)c;
}

gboolean lw_text_is_letter(gunichar c)
{
	return c < 0x80 ? g_ascii_isalpha((char)c) : u_isalpha((UChar32)c);
}

gboolean lw_text_is_upper(gunichar c)
{
	return c < 0x80 ? g_ascii_isupper((char)c)
			: u_isUUppercase((UChar32)c) || u_istitle((UChar32)c);
}

gboolean lw_text_is_lower(gunichar c)
{
	return c < 0x80 ? g_ascii_islower((char)c) : u_isULowercase((UChar32)c);
}

gboolean lw_text_is_digit(gunichar c)
{
	return c < 0x80 ? g_ascii_isdigit((char)c) : u_isdigit((UChar32)c);
}

gboolean lw_text_is_mark(gunichar c)
{
	return c >= 0x300 && (U_GET_GC_MASK((UChar32)c) & U_GC_M_MASK) != 0;
}

static gboolean is_vanishing(gunichar c)
{
	return c == SOFT_HYPHEN || (c >= 0x200b && c <= 0x200f) || (c >= 0x202a && c <= 0x202e) ||
	       (c >= 0x2060 && c <= 0x2064) || (c >= 0x2066 && c <= 0x206f) || c == 0xfeff ||
	       c == 0x034f || c == 0x061c || (c >= 0xfe00 && c <= 0xfe0f);
}

/* What a character becomes without NFKC: ' ', '-', a straight quote; 0 when it has no such rule. */
static char simple_form(gunichar c)
{
	if (c < 0x80)
		return c == '\r' || c == '\v' ? ' ' : (char)c;
	if (c == 0x85 || c == 0xa0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200a) || c == 0x2028 ||
	    c == 0x2029 || c == 0x202f || c == 0x205f || c == 0x3000)
		return ' ';
	if ((c >= 0x2010 && c <= 0x2015) || c == 0x2212)
		return '-';
	if ((c >= 0x2018 && c <= 0x201b) || c == 0x00b4 || c == 0x02bc || c == 0x2032)
		return '\'';
	if ((c >= 0x201c && c <= 0x201f) || c == 0x2033)
		return '"';
	return 0;
}

static void view_reserve(View *view, gsize size)
{
	if (view->length + size + 1 <= view->capacity)
		return;
	view->capacity = (view->length + size + 1) * 2;
	view->utf8 = g_realloc(view->utf8, view->capacity);
	view->raw = g_renew(guint32, view->raw, view->capacity);
}

static void view_emit(View *view, const char *bytes, gsize size, gsize raw)
{
	view_reserve(view, size);
	for (gsize i = 0; i < size; i++) {
		view->utf8[view->length] = bytes[i];
		view->raw[view->length++] = (guint32)raw;
	}
}

static void view_emit_units(View *view, const UChar *units, int32_t count, gsize raw)
{
	for (int32_t i = 0; i < count;) {
		UChar32 c;
		U16_NEXT(units, i, count, c);
		char bytes[6];
		gsize size = (gsize)g_unichar_to_utf8(U_IS_SURROGATE(c) ? REPLACEMENT : (gunichar)c,
						      bytes);
		view_emit(view, bytes, size, raw);
	}
}

/* One character with its marks, through NFKC. */
static void emit_segment(View *view, const gunichar *chars, gsize count, gsize raw)
{
	UChar source[2 * (SEGMENT_MARKS + 1)], target[SEGMENT_UNITS];
	int32_t length = 0;
	for (gsize i = 0; i < count; i++)
		U16_APPEND_UNSAFE(source, length, chars[i]);
	UErrorCode status = U_ZERO_ERROR;
	int32_t size = unorm2_normalize(composer(), source, length, target, SEGMENT_UNITS, &status);
	/* A spacing accent would turn into a space and a mark: that is no separator. */
	if (U_FAILURE(status) || (size > 0 && target[0] == ' '))
		view_emit_units(view, source, length, raw);
	else
		view_emit_units(view, target, size, raw);
}

static gboolean is_particle(const char *word, gsize length)
{
	static const char *const particles[] = {"de",  "den", "der", "van", "von", "ten", "ter",
						"het", "du",  "la",  "le",  "da",  "di",  "el",
						"al",  "op",  "in",  "aan", "vd"};
	for (gsize i = 0; i < G_N_ELEMENTS(particles); i++)
		if (strlen(particles[i]) == length && !memcmp(particles[i], word, length))
			return TRUE;
	return FALSE;
}

/* "Jansen-" then "de Vries": a particle with a capital behind it, perhaps after more particles. */
static gboolean starts_with_particle(const char *text, gsize at, gsize length)
{
	for (int words = 0; words < 4; words++) {
		gsize end = at;
		while (end < length && end - at < 5 && g_ascii_islower(text[end]))
			end++;
		if (!is_particle(text + at, end - at) || end + 1 >= length || text[end] != ' ')
			return FALSE;
		gsize next = end + 1;
		gunichar c = next_char(text, &next, length);
		if (lw_text_is_upper(c))
			return TRUE;
		at = end + 1;
	}
	return FALSE;
}

#define SPACED_LETTERS 4 /* fewer are an enumeration */

typedef enum { BREAK_NONE, BREAK_JOINED, BREAK_HYPHENATED } Break;

/* A hyphen that ends at `after`: does it break a word over a line end? *resume is where the word
 * goes on. */
static Break word_break(const char *raw, gsize after, gsize length, gsize hyphen, gboolean soft,
			gsize *resume)
{
	gsize at = after;
	while (at < length && at - after < 8 && (raw[at] == ' ' || raw[at] == '\r'))
		at++;
	if (at >= length || raw[at] != '\n' || !hyphen)
		return BREAK_NONE;
	at++;
	for (int blanks = 0; at < length && blanks < 64 && (raw[at] == ' ' || raw[at] == '\t');
	     blanks++)
		at++;
	if (at >= length)
		return BREAK_NONE;
	const char *before = g_utf8_find_prev_char(raw, raw + hyphen);
	gsize previous = before ? (gsize)(before - raw) : 0, next = at;
	gunichar last = next_char(raw, &previous, length);
	gunichar first = next_char(raw, &next, length);
	if (!(lw_text_is_letter(last) || lw_text_is_mark(last)) || !lw_text_is_letter(first))
		return BREAK_NONE;
	*resume = at;
	if (soft)
		return BREAK_JOINED;
	if (lw_text_is_upper(first) || lw_text_is_upper(last) ||
	    starts_with_particle(raw, at, length))
		return BREAK_HYPHENATED;
	return BREAK_JOINED;
}

static gboolean is_stable(gunichar c)
{
	return (c >= 0xc0 && c <= 0x131) || (c >= 0x134 && c <= 0x13e) ||
	       (c >= 0x141 && c <= 0x148) || (c >= 0x14a && c <= 0x17e);
}

/* A character that is no plain ASCII, or has marks behind it. Returns where the next one starts. */
static gsize emit_other(View *view, const char *raw, gsize at, gsize length)
{
	gunichar chars[SEGMENT_MARKS + 1];
	gsize count = 0, next = at;
	chars[count++] = next_char(raw, &next, length);
	for (gsize ahead = next;
	     ahead < length && (guint8)raw[ahead] >= 0x80 && count <= SEGMENT_MARKS;) {
		gunichar mark = next_char(raw, &ahead, length);
		if (!lw_text_is_mark(mark) || is_vanishing(mark))
			break;
		chars[count++] = mark;
		next = ahead;
	}
	char simple = simple_form(chars[0]);
	if (count == 1 && simple)
		view_emit(view, &simple, 1, at);
	else if (count == 1 && (is_stable(chars[0]) || chars[0] == REPLACEMENT))
		view_emit_units(view, (UChar[]){(UChar)chars[0]}, 1, at);
	else
		emit_segment(view, chars, count, at);
	return next;
}

static gboolean is_hyphen(gunichar c)
{
	return c == '-' || c == 0x2010 || c == 0x2011 || c == SOFT_HYPHEN;
}

/* Hyphens and characters that vanish. Returns where the next character starts, or `at` when it is
 * none of them. */
static gsize skip_special(View *view, const char *raw, gsize at, gsize length)
{
	gsize next = at, resume;
	gunichar c = next_char(raw, &next, length);
	if (is_hyphen(c)) {
		Break found = word_break(raw, next, length, at, c == SOFT_HYPHEN, &resume);
		if (found == BREAK_HYPHENATED)
			view_emit(view, "-", 1, at);
		if (found != BREAK_NONE)
			return resume;
	}
	if (c == '\r' && next < length && raw[next] == '\n')
		return next;
	return is_vanishing(c) ? next : at;
}

/* A letter of ASCII with no other letter or digit on either side. */
static gboolean is_lone_letter(const char *raw, gsize at, gsize length)
{
	if (at >= length || !g_ascii_isalpha(raw[at]))
		return FALSE;
	return (at == 0 || !(g_ascii_isalnum(raw[at - 1]) || (guint8)raw[at - 1] >= 0x80)) &&
	       (at + 1 >= length || !(g_ascii_isalnum(raw[at + 1]) || (guint8)raw[at + 1] >= 0x80));
}

/* The blank inside "J a n s e n": four lone letters or more with one blank between each. */
static gboolean is_spacing(const char *raw, gsize blank, gsize length)
{
	gsize first = blank, last = blank;
	guint letters = 0;

	if (blank == 0 || !is_lone_letter(raw, blank - 1, length) ||
	    !is_lone_letter(raw, blank + 1, length))
		return FALSE;
	while (first > 0 && raw[first] == ' ' && is_lone_letter(raw, first - 1, length) &&
	       letters < SPACED_LETTERS) {
		letters++;
		first = first > 1 ? first - 2 : 0;
	}
	while (last < length && raw[last] == ' ' && is_lone_letter(raw, last + 1, length) &&
	       letters < SPACED_LETTERS) {
		letters++;
		last += 2;
	}
	return letters >= SPACED_LETTERS;
}

/* ASCII that stands for itself. */
static gboolean is_plain(const char *raw, gsize at, gsize length)
{
	guint8 byte = (guint8)raw[at];

	if (byte >= 0x80 || byte == '-' || byte == '\r' || byte == '\v' ||
	    (at + 1 < length && (guint8)raw[at + 1] >= 0x80))
		return FALSE;
	return byte != ' ' || (at + 2 < length && g_ascii_isalnum(raw[at + 2])) ||
	       !is_spacing(raw, at, length);
}

/* Plain characters from here on. Returns where they end. */
static gsize emit_plain(View *view, const char *raw, gsize at, gsize length)
{
	gsize end = at;

	while (end < length && is_plain(raw, end, length))
		end++;
	view_reserve(view, end - at);
	memcpy(view->utf8 + view->length, raw + at, end - at);
	for (; at < end; at++)
		view->raw[view->length++] = (guint32)at;
	return end;
}

LwNormal *lw_normal_new(const char *raw, gsize length)
{
	g_assert(length < G_MAXUINT32);
	View view = {.capacity = length + length / 16 + 64};
	view.utf8 = g_malloc(view.capacity);
	view.raw = g_new(guint32, view.capacity);
	for (gsize at = emit_plain(&view, raw, 0, length); at < length;
	     at = emit_plain(&view, raw, at, length)) {
		if (raw[at] == ' ' && is_spacing(raw, at, length)) {
			at++;
			continue;
		}
		gsize next = skip_special(&view, raw, at, length);
		at = next > at ? next : emit_other(&view, raw, at, length);
	}
	view_emit(&view, "", 1, length);
	LwNormal *normal = g_new0(LwNormal, 1);
	normal->utf8 = view.utf8;
	normal->raw = view.raw;
	normal->length = view.length - 1;
	return normal;
}

void lw_normal_free(LwNormal *normal)
{
	if (!normal)
		return;
	explicit_bzero(normal->utf8, normal->length);
	g_free(normal->utf8);
	g_free(normal->raw);
	g_free(normal);
}

void lw_normal_range(const LwNormal *normal, gsize from, gsize to, gsize *start, gsize *end)
{
	g_assert(from <= to && to <= normal->length);
	*start = normal->raw[from];
	/* Half a ligature is the whole of it. */
	while (to > from && to < normal->length && normal->raw[to] == normal->raw[to - 1])
		to++;
	*end = normal->raw[to];
}

gsize lw_normal_find(const LwNormal *normal, gsize raw)
{
	gsize low = 0, high = normal->length, step = 1;
	gsize at = MIN(raw, high);

	/* Folding takes away and adds little: the place is near the same number. */
	if (at < high && normal->raw[at] < raw) {
		for (low = at + 1; low + step < high && normal->raw[low + step] < raw; step *= 2)
			low += step + 1;
		high = MIN(high, low + step);
	} else if (at < high) {
		for (high = at; high > step && normal->raw[high - step] >= raw; step *= 2)
			high -= step;
		low = high > step ? high - step + 1 : 0;
	}
	while (low < high) {
		gsize middle = low + (high - low) / 2;
		if (normal->raw[middle] < raw)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Letters that NFKD does not take apart. */
static const char *plain_letters(gunichar c)
{
	switch (c) {
	case 0x00df:
	case 0x1e9e:
		return "ss";
	case 0x0131:
		return "i";
	case 0x00d8:
	case 0x00f8:
		return "o";
	case 0x0141:
	case 0x0142:
		return "l";
	case 0x0110:
	case 0x0111:
	case 0x00d0:
	case 0x00f0:
		return "d";
	case 0x00de:
	case 0x00fe:
		return "th";
	case 0x00c6:
	case 0x00e6:
		return "ae";
	case 0x0152:
	case 0x0153:
		return "oe";
	case 0x0126:
	case 0x0127:
		return "h";
	case 0x00ff:
	case 0x0178:
	case 0x0132:
	case 0x0133:
		return "ij";
	default:
		return NULL;
	}
}

static void fold_other(GString *out, gunichar c)
{
	const char *letters = plain_letters(c);
	char simple = simple_form(c);
	if (letters || simple) {
		if (letters)
			g_string_append(out, letters);
		else
			g_string_append_c(out, simple);
		return;
	}
	if (lw_text_is_mark(c) || is_vanishing(c))
		return;
	UChar parts[64];
	UErrorCode status = U_ZERO_ERROR;
	int32_t count = unorm2_getDecomposition(decomposer(), (UChar32)c, parts,
						G_N_ELEMENTS(parts), &status);
	if (U_FAILURE(status) || count < 0) {
		g_string_append_unichar(out, (gunichar)u_foldCase((UChar32)c, U_FOLD_CASE_DEFAULT));
		return;
	}
	for (int32_t i = 0; i < count;) {
		UChar32 part;
		U16_NEXT(parts, i, count, part);
		if (lw_text_is_mark((gunichar)part))
			continue;
		letters = plain_letters((gunichar)part);
		if (letters)
			g_string_append(out, letters);
		else
			g_string_append_unichar(out,
						(gunichar)u_foldCase(part, U_FOLD_CASE_DEFAULT));
	}
}

char *lw_text_fold(const char *text, gssize length)
{
	gsize size = length < 0 ? strlen(text) : (gsize)length;
	GString *out = g_string_sized_new(size + 8);
	for (gsize at = 0; at < size;) {
		gunichar c = next_char(text, &at, size);
		if (c < 0x80)
			g_string_append_c(out, g_ascii_tolower((char)c));
		else
			fold_other(out, c);
	}
	return g_string_free(out, FALSE);
}

char *lw_text_skeleton(const char *text, gssize length)
{
	char *folded = lw_text_fold(text, length);
	gsize size = strlen(folded), to = 0;
	for (gsize at = 0; at < size;) {
		gsize start = at;
		gunichar c = next_char(folded, &at, size);
		if (!lw_text_is_letter(c) && !lw_text_is_digit(c))
			continue;
		memmove(folded + to, folded + start, at - start);
		to += at - start;
	}
	folded[to] = '\0';
	return folded;
}

gsize lw_text_code_points(const char *text, gsize bytes)
{
	gsize count = 0;
	for (gsize i = 0; i < bytes; i++)
		count += ((guint8)text[i] & 0xc0) != 0x80;
	return count;
}

gsize lw_text_offset(const char *text, gsize length, gsize index)
{
	for (gsize i = 0; i < length; i++) {
		if (((guint8)text[i] & 0xc0) == 0x80)
			continue;
		if (!index)
			return i;
		index--;
	}
	return length;
}

static void append_decoded(GString *out, gunichar c)
{
	g_string_append_unichar(out, c && g_unichar_validate(c) ? c : REPLACEMENT);
}

static void decode_utf8(GString *out, const char *bytes, gsize length)
{
	for (gsize at = 0; at < length;)
		append_decoded(out, next_char(bytes, &at, length));
}

static void decode_utf16(GString *out, const guint8 *bytes, gsize length, gsize low)
{
	gsize units = length / 2;
	for (gsize i = 0; i < units; i++) {
		gunichar c = (gunichar)(bytes[2 * i + low] | bytes[2 * i + 1 - low] << 8);
		if (U16_IS_LEAD(c) && i + 1 < units) {
			gunichar trail =
				(gunichar)(bytes[2 * i + 2 + low] | bytes[2 * i + 3 - low] << 8);
			if (U16_IS_TRAIL(trail)) {
				c = (gunichar)U16_GET_SUPPLEMENTARY(c, trail);
				i++;
			}
		}
		append_decoded(out, c);
	}
	if (length % 2)
		append_decoded(out, REPLACEMENT);
}

static void decode_windows(GString *out, const guint8 *bytes, gsize length)
{
	static const guint16 high[32] = {0x20ac, 0,	 0x201a, 0x0192, 0x201e, 0x2026, 0x2020,
					 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0,
					 0x017d, 0,	 0,	 0x2018, 0x2019, 0x201c, 0x201d,
					 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a,
					 0x0153, 0,	 0x017e, 0x0178};
	for (gsize i = 0; i < length; i++)
		append_decoded(out, bytes[i] >= 0x80 && bytes[i] < 0xa0 ? high[bytes[i] - 0x80]
									: bytes[i]);
}

char *lw_text_decode(const void *bytes, gsize length, gsize *out_length)
{
	const guint8 *data = bytes;
	GString *out = g_string_sized_new(length + 8);
	gboolean valid = TRUE;
	for (gsize at = 0; valid && at < length;) {
		gsize start = at;
		valid = next_char(bytes, &at, length) != REPLACEMENT ||
			(at - start == 3 && !memcmp(data + start, "\xef\xbf\xbd", 3));
	}
	if (length >= 3 && !memcmp(data, "\xef\xbb\xbf", 3))
		decode_utf8(out, (const char *)data + 3, length - 3);
	else if (length >= 2 && data[0] == 0xff && data[1] == 0xfe)
		decode_utf16(out, data + 2, length - 2, 0);
	else if (length >= 2 && data[0] == 0xfe && data[1] == 0xff)
		decode_utf16(out, data + 2, length - 2, 1);
	else if (valid)
		decode_utf8(out, bytes, length);
	else
		decode_windows(out, data, length);
	if (out_length)
		*out_length = out->len;
	return g_string_free(out, FALSE);
}
