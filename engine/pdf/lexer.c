/* lexer.c - PDF tokens from hostile bytes: never reads past the end, never fails, always moves on.
 */
#include "engine/pdf/lexer.h"

#include "engine/base/limits.h"

#include <string.h>

enum { REGULAR, SPACE, DELIMITER };

/* Tables 1 and 2 of ISO 32000-1. */
static const guint8 classes[256] = {
	[0] = SPACE,	   ['\t'] = SPACE,    ['\n'] = SPACE,	 ['\f'] = SPACE,
	['\r'] = SPACE,	   [' '] = SPACE,     ['('] = DELIMITER, [')'] = DELIMITER,
	['<'] = DELIMITER, ['>'] = DELIMITER, ['['] = DELIMITER, [']'] = DELIMITER,
	['{'] = DELIMITER, ['}'] = DELIMITER, ['/'] = DELIMITER, ['%'] = DELIMITER,
};

static inline int class_of(guchar c)
{
	return classes[c];
}

void lw_pdf_lexer_init(LwPdfLexer *lexer, LwPdf *pdf, LwArena *arena, const char *bytes,
		       gsize length)
{
	*lexer = (LwPdfLexer){
		.start = bytes, .at = bytes, .end = bytes + length, .pdf = pdf, .arena = arena};
}

static void skip_space(LwPdfLexer *lexer)
{
	const char *at = lexer->at, *const end = lexer->end;
	for (; at < end; at++) {
		if (*at == '%') {
			while (at < end && *at != '\n' && *at != '\r')
				at++;
			if (at == end)
				break;
		} else if (class_of((guchar)*at) != SPACE) {
			break;
		}
	}
	lexer->at = at;
}

static inline LwPdfObject *new_object(LwPdfLexer *lexer, LwPdfType type)
{
	LwPdfObject *object = lw_arena_new0(lexer->arena, LwPdfObject, 1);
	object->type = (guint8)type;
	return object;
}

/* An object with room for its bytes, and a NUL, behind it. */
static inline LwPdfObject *new_room(LwPdfLexer *lexer, LwPdfType type, gsize room)
{
	LwPdfObject *object = lw_arena_alloc(lexer->arena, sizeof *object + room + 1);
	object->type = (guint8)type;
	object->string.bytes = (char *)(object + 1);
	return object;
}

static LwPdfObject *new_bytes(LwPdfLexer *lexer, LwPdfType type, const char *bytes, gsize length)
{
	LwPdfObject *object = new_room(lexer, type, length);
	memcpy(object + 1, bytes, length);
	object->string.length = length;
	return object;
}

static int hex_value(char c)
{
	static const gint8 values[256] = {
		['0'] = 1,  ['1'] = 2,	['2'] = 3,  ['3'] = 4,	['4'] = 5,  ['5'] = 6,
		['6'] = 7,  ['7'] = 8,	['8'] = 9,  ['9'] = 10, ['a'] = 11, ['b'] = 12,
		['c'] = 13, ['d'] = 14, ['e'] = 15, ['f'] = 16, ['A'] = 11, ['B'] = 12,
		['C'] = 13, ['D'] = 14, ['E'] = 15, ['F'] = 16,
	};
	return values[(guchar)c] - 1;
}

static LwPdfObject *lex_name(LwPdfLexer *lexer)
{
	const char *from = ++lexer->at;
	gboolean escaped = FALSE;
	while (lexer->at < lexer->end && class_of((guchar)*lexer->at) == REGULAR)
		escaped |= *lexer->at++ == '#';
	LwPdfObject *name = new_bytes(lexer, LW_PDF_NAME, from, (gsize)(lexer->at - from));
	if (!escaped)
		return name;
	char *out = (char *)name->string.bytes;
	gsize length = 0;
	for (const char *p = from; p < lexer->at; p++) {
		if (*p == '#' && lexer->at - p > 2 && hex_value(p[1]) >= 0 &&
		    hex_value(p[2]) >= 0 && (hex_value(p[1]) | hex_value(p[2]))) {
			out[length++] = (char)(hex_value(p[1]) << 4 | hex_value(p[2]));
			p += 2;
		} else {
			out[length++] = *p;
		}
	}
	out[length] = 0;
	name->string.length = length;
	return name;
}

static gsize lex_octal(LwPdfLexer *lexer, char *out)
{
	guint value = 0;
	for (int i = 0; i < 3 && lexer->at < lexer->end && *lexer->at >= '0' && *lexer->at <= '7';
	     i++)
		value = value * 8 + (guint)(*lexer->at++ - '0');
	*out = (char)value;
	return 1;
}

/* The character after a backslash; returns how many bytes it stands for. */
static gsize lex_escape(LwPdfLexer *lexer, char *out)
{
	static const char from[] = "nrtbf", to[] = "\n\r\t\b\f";
	if (lexer->at >= lexer->end)
		return 0;
	char c = *lexer->at;
	if (c >= '0' && c <= '7')
		return lex_octal(lexer, out);
	lexer->at++;
	if (c == '\r') {
		if (lexer->at < lexer->end && *lexer->at == '\n')
			lexer->at++;
		return 0;
	}
	if (c == '\n')
		return 0;
	const char *found = c ? strchr(from, c) : NULL;
	*out = found ? to[found - from] : c;
	return 1;
}

static LwPdfObject *lex_string(LwPdfLexer *lexer)
{
	const char *from = ++lexer->at;
	int depth = 1;
	gboolean plain = TRUE;
	const char *p = from;
	for (; p < lexer->end; p++) {
		if (*p == '\\') {
			plain = FALSE;
			p++;
		} else if (*p == '\r') {
			plain = FALSE;
		} else if (*p == '(') {
			depth++;
		} else if (*p == ')' && --depth == 0) {
			break;
		}
	}
	const char *close = MIN(p, lexer->end);
	LwPdfObject *string = new_bytes(lexer, LW_PDF_STRING, from, (gsize)(close - from));
	if (plain) {
		lexer->at = close < lexer->end ? close + 1 : close;
		return string;
	}
	char *out = (char *)string->string.bytes;
	gsize length = 0;
	while (lexer->at < close) {
		char c = *lexer->at++;
		if (c == '\\') {
			length += lex_escape(lexer, out + length);
		} else if (c == '\r') { /* an end of line in a string reads as \n (7.3.4.2) */
			if (lexer->at < close && *lexer->at == '\n')
				lexer->at++;
			out[length++] = '\n';
		} else {
			out[length++] = c;
		}
	}
	out[length] = 0;
	string->string.length = length;
	lexer->at = close < lexer->end ? close + 1 : close;
	return string;
}

static LwPdfObject *lex_hex_string(LwPdfLexer *lexer)
{
	const char *from = ++lexer->at;
	const char *close = memchr(from, '>', (gsize)(lexer->end - from));
	if (!close)
		close = lexer->end;
	LwPdfObject *string = new_room(lexer, LW_PDF_STRING, (gsize)(close - from) / 2 + 1);
	char *out = (char *)(string + 1);
	gsize digits = 0;
	for (const char *p = from; p < close; p++) {
		int value = hex_value(*p);
		if (value < 0)
			continue;
		out[digits / 2] |= (char)(digits % 2 ? value : value << 4);
		digits++;
	}
	string->string.length = (digits + 1) / 2;
	string->hex = 1;
	lexer->at = close < lexer->end ? close + 1 : close;
	return string;
}

static gboolean is_number_start(char c)
{
	return (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
}

/* As readers do: "--5" is -5, "1.2.3" is 1.2, "4-5" is 4, "." is 0. FALSE when it is no number at
 * all. */
static gboolean read_number(const char *bytes, gsize length, LwPdfObject *out)
{
	gsize i = 0;
	gboolean negative = FALSE, real = FALSE, digits = FALSE;
	for (; i < length && (bytes[i] == '+' || bytes[i] == '-'); i++)
		negative |= bytes[i] == '-';
	double value = 0, unit = 1;
	for (; i < length; i++) {
		if (bytes[i] >= '0' && bytes[i] <= '9') {
			digits = TRUE;
			if (real)
				value += (bytes[i] - '0') * (unit /= 10);
			else
				value = value * 10 + (bytes[i] - '0');
		} else if (bytes[i] == '.' && !real) {
			real = TRUE;
		} else if (bytes[i] == '.' || bytes[i] == '-') {
			break;
		} else {
			return FALSE;
		}
	}
	if (!digits && !real)
		return FALSE;
	if (negative)
		value = -value;
	if (!real && value > -9e15 && value < 9e15) {
		out->type = LW_PDF_INTEGER;
		out->integer = (gint64)value;
	} else {
		out->type = LW_PDF_REAL;
		out->real = CLAMP(value, -1e30, 1e30);
	}
	return TRUE;
}

/* What most words are: a number of at most 15 digits, which one division makes exact; keeps 0.1 +
 * printing stable. NULL, and nothing read, when the word is anything else. */
static LwPdfObject *lex_decimal(LwPdfLexer *lexer)
{
	static const double powers[] = {1,   1e1, 1e2,	1e3,  1e4,  1e5,  1e6,	1e7,
					1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
	const char *at = lexer->at, *const end = lexer->end;
	guint64 mantissa = 0;
	guint digits = 0, places = 0, point = 0;
	gboolean negative = *at == '-';
	for (at += *at == '-' || *at == '+'; at < end; at++) {
		guint digit = (guint)(guchar)*at - '0';
		if (digit <= 9) {
			mantissa = mantissa * 10 + digit;
			digits++;
			places += point;
		} else if (*at == '.' && !point) {
			point = 1;
		} else {
			break;
		}
	}
	if (!digits || digits > 15 || (at < end && class_of((guchar)*at) == REGULAR))
		return NULL;
	gint64 value = negative ? -(gint64)mantissa : (gint64)mantissa;
	LwPdfObject *object = new_object(lexer, point ? LW_PDF_REAL : LW_PDF_INTEGER);
	if (point)
		object->real = (double)value / powers[places];
	else
		object->integer = value;
	lexer->at = at;
	return object;
}

static LwPdfObject *lex_word(LwPdfLexer *lexer)
{
	const char *from = lexer->at;
	LwPdfObject *decimal = is_number_start(*from) ? lex_decimal(lexer) : NULL;
	if (decimal)
		return decimal;
	while (lexer->at < lexer->end && class_of((guchar)*lexer->at) == REGULAR)
		lexer->at++;
	gsize length = (gsize)(lexer->at - from);
	LwPdfObject number = {0};
	if (is_number_start(*from) && read_number(from, length, &number)) {
		LwPdfObject *object = new_object(lexer, number.type);
		*object = number;
		return object;
	}
	if (length == 4 && !memcmp(from, "true", 4)) {
		LwPdfObject *object = new_object(lexer, LW_PDF_BOOLEAN);
		object->boolean = TRUE;
		return object;
	}
	if (length == 5 && !memcmp(from, "false", 5))
		return new_object(lexer, LW_PDF_BOOLEAN);
	if (length == 4 && !memcmp(from, "null", 4))
		return new_object(lexer, LW_PDF_NULL);
	return new_bytes(lexer, LW_PDF_OPERATOR, from, length);
}

typedef LwPdfObject *(*LexFunc)(LwPdfLexer *lexer);

static void push(LwPdfLexer *lexer, LwPdfObject *array, LwPdfObject *item)
{
	if (array->array.count == array->array.capacity) {
		guint capacity = MAX(16, array->array.capacity * 2);
		LwPdfObject **items = lw_arena_new0(lexer->arena, LwPdfObject *, capacity);
		if (array->array.count)
			memcpy(items, array->array.items, array->array.count * sizeof *items);
		array->array.items = items;
		array->array.capacity = capacity;
	}
	array->array.items[array->array.count++] = item;
}

/* "n g R": the last two integers and the operator R become one reference. */
static gboolean fold_reference(LwPdfLexer *lexer, LwPdfObject *array)
{
	guint n = array->array.count;
	if (n < 2 || array->array.items[n - 1]->type != LW_PDF_INTEGER ||
	    array->array.items[n - 2]->type != LW_PDF_INTEGER)
		return FALSE;
	gint64 number = array->array.items[n - 2]->integer;
	LwPdfObject *reference = new_object(lexer, LW_PDF_REFERENCE);
	reference->reference = number > 0 && number <= LW_LIMIT_OBJECTS ? (guint32)number : 0;
	array->array.items[n - 2] = reference;
	array->array.count--;
	return TRUE;
}

static gboolean is_operator(const LwPdfObject *object, const char *name)
{
	return object->type == LW_PDF_OPERATOR && lw_pdf_is(object->string.bytes, name);
}

/* Items up to the closing bracket, ] or >>; operators inside are rubbish, but for R in a file. */
static LwPdfObject *lex_items(LwPdfLexer *lexer, char close, LexFunc lex)
{
	LwPdfObject *array = new_object(lexer, LW_PDF_ARRAY);
	const gssize size = close == '>' ? 2 : 1;
	lexer->depth++;
	for (;;) {
		skip_space(lexer);
		if (lexer->at == lexer->end)
			break;
		if (*lexer->at == close && lexer->end - lexer->at >= size &&
		    lexer->at[size - 1] == close) {
			lexer->at += size;
			break;
		}
		if (*lexer->at == ']' || *lexer->at == '>' || *lexer->at == '}' ||
		    *lexer->at == ')') {
			lexer->at++; /* a bracket of another kind: pass over */
			continue;
		}
		LwPdfObject *item = lex(lexer);
		if (!item)
			break;
		if (item->type != LW_PDF_OPERATOR)
			push(lexer, array, item);
		else if (is_operator(item, "R"))
			fold_reference(lexer, array);
		else if (is_operator(item, "endobj") || is_operator(item, "endstream"))
			break;
	}
	lexer->depth--;
	return array;
}

static LwPdfObject *to_dictionary(LwPdfLexer *lexer, LwPdfObject *items)
{
	LwPdfObject *dictionary = new_object(lexer, LW_PDF_DICTIONARY);
	guint count = items->array.count;
	dictionary->dictionary.entries = lw_arena_new0(lexer->arena, LwPdfEntry, count / 2 + 1);
	dictionary->dictionary.capacity = count / 2 + 1;
	for (guint i = 0; i + 1 < count;) {
		LwPdfObject *key = items->array.items[i];
		if (key->type != LW_PDF_NAME) {
			i++;
			continue;
		}
		LwPdfEntry *entry = NULL;
		/* Past 256 keys only rubbish repeats one; the look-up takes the first. */
		for (guint k = 0; k < MIN(dictionary->dictionary.count, 256) && !entry; k++)
			if (!strcmp(dictionary->dictionary.entries[k].key, key->string.bytes))
				entry = &dictionary->dictionary.entries[k];
		if (!entry)
			entry = &dictionary->dictionary.entries[dictionary->dictionary.count++];
		entry->key = key->string.bytes;
		entry->value = items->array.items[i + 1];
		i += 2;
	}
	return dictionary;
}

static LwPdfObject *lex_any(LwPdfLexer *lexer, LexFunc lex)
{
	for (;;) {
		skip_space(lexer);
		if (lexer->at >= lexer->end)
			return NULL;
		char c = *lexer->at;
		gboolean twice = lexer->end - lexer->at > 1 && lexer->at[1] == c;
		if (c == '/')
			return lex_name(lexer);
		if (c == '(')
			return lex_string(lexer);
		if (lexer->depth < LW_LIMIT_NESTING && (c == '[' || (c == '<' && twice))) {
			lexer->at += c == '[' ? 1 : 2;
			LwPdfObject *items = lex_items(lexer, c == '[' ? ']' : '>', lex);
			return c == '[' ? items : to_dictionary(lexer, items);
		}
		if (c == '<' && !twice)
			return lex_hex_string(lexer);
		if (class_of((guchar)c) == REGULAR)
			return lex_word(lexer);
		lexer->at++; /* a stray bracket */
	}
}

LwPdfObject *lw_pdf_lex(LwPdfLexer *lexer)
{
	return lex_any(lexer, lw_pdf_lex);
}

LwPdfObject *lw_pdf_lex_file(LwPdfLexer *lexer)
{
	LwPdfObject *object = lex_any(lexer, lw_pdf_lex_file);
	if (!object || object->type != LW_PDF_INTEGER || lexer->depth)
		return object;
	const char *after = lexer->at;
	LwPdfObject *generation = lex_any(lexer, lw_pdf_lex_file);
	if (generation && generation->type == LW_PDF_INTEGER) {
		LwPdfObject *letter = lex_any(lexer, lw_pdf_lex_file);
		if (letter && is_operator(letter, "R")) {
			LwPdfObject *reference = new_object(lexer, LW_PDF_REFERENCE);
			reference->reference =
				object->integer > 0 && object->integer <= LW_LIMIT_OBJECTS
					? (guint32)object->integer
					: 0;
			return reference;
		}
	}
	lexer->at = after;
	return object;
}

/* Tables 93 and 94. */
static const char *const spelled_keys[][2] = {
	{"BPC", "BitsPerComponent"},
	{"CS", "ColorSpace"},
	{"D", "Decode"},
	{"DP", "DecodeParms"},
	{"F", "Filter"},
	{"H", "Height"},
	{"IM", "ImageMask"},
	{"I", "Interpolate"},
	{"W", "Width"},
	{"L", "Length"},
};
static const char *const spelled_names[][2] = {
	{"G", "DeviceGray"},	   {"RGB", "DeviceRGB"},      {"CMYK", "DeviceCMYK"},
	{"I", "Indexed"},	   {"AHx", "ASCIIHexDecode"}, {"A85", "ASCII85Decode"},
	{"LZW", "LZWDecode"},	   {"Fl", "FlateDecode"},     {"RL", "RunLengthDecode"},
	{"CCF", "CCITTFaxDecode"}, {"DCT", "DCTDecode"},
};

static const char *spell(const char *word, const char *const (*table)[2], gsize rows)
{
	for (gsize i = 0; i < rows; i++)
		if (!strcmp(word, table[i][0]))
			return table[i][1];
	return word;
}

static void spell_value(LwPdfObject *value)
{
	if (value->type == LW_PDF_NAME) {
		value->string.bytes =
			spell(value->string.bytes, spelled_names, G_N_ELEMENTS(spelled_names));
		value->string.length = strlen(value->string.bytes);
	} else if (value->type == LW_PDF_ARRAY) {
		for (guint i = 0; i < value->array.count; i++)
			if (value->array.items[i]->type == LW_PDF_NAME)
				spell_value(value->array.items[i]);
	}
}

static gint64 entry_integer(const LwPdfObject *dictionary, const char *key, gint64 otherwise)
{
	const LwPdfObject *value = lw_pdf_find_raw(dictionary, key);
	if (!value)
		return otherwise;
	return value->type == LW_PDF_INTEGER ? value->integer : otherwise;
}

/* Bytes of an image without filter in a device colour space; 0 when that cannot be told. */
static gsize unfiltered_length(const LwPdfObject *dictionary)
{
	if (lw_pdf_find_raw(dictionary, "Filter"))
		return 0;
	gint64 width = entry_integer(dictionary, "Width", 0),
	       height = entry_integer(dictionary, "Height", 0);
	gint64 bits = entry_integer(dictionary, "BitsPerComponent", 8), components = 0;
	const LwPdfObject *mask = lw_pdf_find_raw(dictionary, "ImageMask");
	const LwPdfObject *space = lw_pdf_find_raw(dictionary, "ColorSpace");
	if (mask && mask->type == LW_PDF_BOOLEAN && mask->boolean)
		bits = components = 1;
	else if (lw_pdf_is_name(space, "DeviceGray") || (space && space->type == LW_PDF_ARRAY))
		components = 1;
	else if (lw_pdf_is_name(space, "DeviceRGB"))
		components = 3;
	else if (lw_pdf_is_name(space, "DeviceCMYK"))
		components = 4;
	if (width <= 0 || height <= 0 || width > 1 << 20 || height > 1 << 20 || bits <= 0 ||
	    bits > 16)
		return 0;
	return (gsize)((width * bits * components + 7) / 8 * height);
}

/* EI stands between white space and is followed by text, not by more samples. */
static gboolean ends_here(const char *at, const char *end)
{
	if (end - at < 2 || at[0] != 'E' || at[1] != 'I')
		return FALSE;
	if (end - at > 2 && class_of((guchar)at[2]) == REGULAR)
		return FALSE;
	for (const char *p = at + 2; p < end && p < at + 18; p++)
		if ((guchar)*p > 126 || ((guchar)*p < 32 && class_of((guchar)*p) != SPACE))
			return FALSE;
	return TRUE;
}

LwPdfObject *lw_pdf_lex_inline_image(LwPdfLexer *lexer, const char **data, gsize *length)
{
	LwPdfObject *items = new_object(lexer, LW_PDF_ARRAY);
	for (;;) {
		LwPdfObject *object = lw_pdf_lex(lexer);
		if (!object || is_operator(object, "ID"))
			break;
		if (is_operator(object, "EI")) { /* no data at all */
			*data = lexer->at;
			*length = 0;
			return to_dictionary(lexer, items);
		}
		push(lexer, items, object);
	}
	LwPdfObject *dictionary = to_dictionary(lexer, items);
	for (guint i = 0; i < dictionary->dictionary.count; i++) {
		LwPdfEntry *entry = &dictionary->dictionary.entries[i];
		entry->key = spell(entry->key, spelled_keys, G_N_ELEMENTS(spelled_keys));
		spell_value(entry->value);
	}
	if (lexer->at < lexer->end && class_of((guchar)*lexer->at) == SPACE)
		lexer->at++;
	*data = lexer->at;
	gsize left = (gsize)(lexer->end - lexer->at), known = unfiltered_length(dictionary);
	const char *at = lexer->at;
	if (known && known < left) {
		at += known;
		while (at < lexer->end && class_of((guchar)*at) == SPACE)
			at++;
		if (lexer->end - at >= 2 && at[0] == 'E' && at[1] == 'I') {
			*length = known;
			lexer->at = at + 2;
			return dictionary;
		}
		at = lexer->at;
	}
	for (; at < lexer->end; at++)
		if ((at == *data || class_of((guchar)at[-1]) == SPACE) && ends_here(at, lexer->end))
			break;
	*length = (gsize)(at - *data);
	if (*length && class_of((guchar)at[-1]) == SPACE)
		(*length)--;
	lexer->at = MIN(at + 2, lexer->end);
	return dictionary;
}
