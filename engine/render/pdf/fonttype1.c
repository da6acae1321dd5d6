/* fonttype1.c - takes glyphs out of Type 1 programs: decrypts, cuts entries, encrypts.
 *
 * The program is never run, only read in the form that all producers write; any other form is
 * refused. */
#include "engine/render/pdf/fonttype1.h"

#include "engine/pdf/encoding.h"
#include "engine/render/pdf/fonttype1_private.h"

#include <string.h>

#define KEY_EEXEC	55665
#define KEY_STRING	4330
#define STACK		48
#define DEPTH		12
#define MAXIMUM_ENTRIES 65536
#define MAXIMUM_STEPS	(64u << 20) /* bytes of charstrings read */

typedef LwType1Program Program;
typedef LwType1Entry Entry;

static void decrypt(const guint8 *in, gsize length, guint16 key, char *out)
{
	for (gsize i = 0; i < length; i++) {
		guint8 cipher = in[i];
		out[i] = (char)(cipher ^ key >> 8);
		key = (guint16)((cipher + key) * 52845u + 22719u);
	}
}

static void encrypt(const char *in, gsize length, guint16 key, guint8 *out)
{
	for (gsize i = 0; i < length; i++) {
		out[i] = (guint8)((guint8)in[i] ^ key >> 8);
		key = (guint16)((out[i] + key) * 52845u + 22719u);
	}
}

/* --- the form of the program --- */

static const char *skip_space(const char *at, const char *end)
{
	while (at < end && g_ascii_isspace(*at))
		at++;
	return at;
}

static gboolean read_integer(const char **at, const char *end, guint *value)
{
	const char *p = skip_space(*at, end);
	if (p == end || !g_ascii_isdigit(*p))
		return FALSE;
	for (*value = 0; p < end && g_ascii_isdigit(*p); p++)
		*value = MIN(*value * 10 + (guint)(*p - '0'), 1u << 24);
	*at = p;
	return TRUE;
}

/* "len RD bytes": the charstring, and the place after it. */
static gboolean read_string(const char **at, const char *end, Entry *entry)
{
	guint length;
	if (!read_integer(at, end, &length))
		return FALSE;
	const char *p = skip_space(*at, end);
	while (p < end && !g_ascii_isspace(*p))
		p++;
	if (p == end || length > (gsize)(end - p - 1))
		return FALSE;
	entry->string = p + 1;
	entry->length = length;
	*at = p + 1 + length;
	return TRUE;
}

static gboolean starts(const char *at, const char *end, const char *word)
{
	gsize length = strlen(word);
	return (gsize)(end - at) >= length && !memcmp(at, word, length);
}

/* Past "ND", "|-", "noaccess def" and their like, to where the next entry or the end begins. */
static const char *skip_words(const char *at, const char *end, const char *next)
{
	for (guint words = 0; words < 4; words++) {
		at = skip_space(at, end);
		if (at == end || starts(at, end, next) || starts(at, end, "end"))
			return at;
		while (at < end && !g_ascii_isspace(*at) && *at != '/')
			at++;
	}
	return at;
}

static void read_subroutines(Program *p, const char *end)
{
	const char *text = p->text->str;
	const char *at = memmem(text, (gsize)(end - text), "/Subrs", 6);
	guint count, number;
	if (!at)
		return;
	at = skip_space(at + 6, end);
	p->subroutine_count.at = at;
	if (!read_integer(&at, end, &count) || count > MAXIMUM_ENTRIES)
		return;
	p->subroutine_count.length = (gsize)(at - p->subroutine_count.at);
	g_array_set_size(p->subroutines, count);
	at = skip_words(at, end, "dup");
	while (starts(at, end, "dup")) {
		Entry entry = {.start = at};
		at += 3;
		if (!read_integer(&at, end, &number) || !read_string(&at, end, &entry))
			return;
		at = skip_words(at, end, "dup");
		entry.end = at;
		if (number < count)
			g_array_index(p->subroutines, Entry, number) = entry;
	}
}

static gboolean read_glyphs(Program *p)
{
	const char *text = p->text->str, *end = text + p->text->len;
	const char *at = memmem(text, p->text->len, "/CharStrings", 12);
	guint count;
	if (!at || memmem(at + 12, (gsize)(end - at - 12), "/CharStrings", 12))
		return FALSE;
	read_subroutines(p, at);
	at = skip_space(at + 12, end);
	p->glyph_count.at = at;
	if (!read_integer(&at, end, &count))
		return FALSE;
	p->glyph_count.length = (gsize)(at - p->glyph_count.at);
	at = skip_words(at, end, "/");
	while (at < end && *at == '/' && p->glyphs->len < MAXIMUM_ENTRIES) {
		Entry entry = {.start = at};
		const char *name = ++at;
		while (at < end && !g_ascii_isspace(*at))
			at++;
		gsize length = (gsize)(at - name);
		if (!read_string(&at, end, &entry))
			return FALSE;
		at = skip_words(at, end, "/");
		entry.end = at;
		entry.name = g_strndup(name, length);
		g_array_append_val(p->glyphs, entry);
	}
	p->glyphs_end = at;
	return p->glyphs->len > 0 && starts(at, end, "end");
}

/* As bytes, or as hexadecimal digits when the first four are such (7.2 of the format). Yours. */
static GByteArray *encrypted_bytes(const guint8 *data, gsize length)
{
	gboolean hex = length >= 4;
	guint digits = 0, value = 0;
	for (guint i = 0; hex && i < 4; i++)
		hex = g_ascii_isxdigit((char)data[i]);
	GByteArray *bytes = g_byte_array_sized_new((guint)length);
	if (!hex)
		g_byte_array_append(bytes, data, (guint)length);
	for (gsize i = 0; hex && i < length; i++) {
		int digit = g_ascii_xdigit_value((char)data[i]);
		if (digit < 0)
			continue;
		value = value << 4 | (guint)digit;
		guint8 byte = (guint8)value;
		if (++digits % 2 == 0)
			g_byte_array_append(bytes, &byte, 1);
	}
	return bytes;
}

static gboolean read_private(Program *p, const guint8 *data, gsize size)
{
	g_autoptr(GByteArray) bytes = encrypted_bytes(data, size);
	gsize length = bytes->len;
	if (length < 16)
		return FALSE;
	g_string_set_size(p->text, length);
	decrypt(bytes->data, length, KEY_EEXEC, p->text->str);
	const char *lead = memmem(p->text->str, length, "/lenIV", 6);
	const char *end = p->text->str + length;
	p->lead = 4;
	if (lead) {
		lead += 6;
		if (!read_integer(&lead, end, &p->lead) || p->lead > 16)
			return FALSE;
	}
	return read_glyphs(p);
}

static void clear_entry(gpointer entry)
{
	g_free(((Entry *)entry)->name);
}

void lw_type1_free(Program *p)
{
	if (!p)
		return;
	g_string_free(p->clear, TRUE);
	g_string_free(p->text, TRUE);
	g_array_unref(p->subroutines);
	g_array_unref(p->glyphs);
	g_free(p);
}

Program *lw_type1_load(GBytes *bytes, gint64 length1, gint64 length2)
{
	gsize length;
	const guint8 *data = g_bytes_get_data(bytes, &length);
	if (length < 32 || memcmp(data, "%!", 2) || length1 < 16 || length2 < 16 ||
	    (gsize)length1 > length || (gsize)length2 > length - (gsize)length1 ||
	    !memmem(data + length1 - 8, 8, "eexec", 5))
		return NULL;
	g_autoptr(LwType1Program) p = g_new0(Program, 1);
	p->clear = g_string_new_len((const char *)data, (gssize)length1);
	p->text = g_string_new(NULL);
	p->subroutines = g_array_new(FALSE, TRUE, sizeof(Entry));
	p->glyphs = g_array_new(FALSE, TRUE, sizeof(Entry));
	g_array_set_clear_func(p->glyphs, clear_entry);
	return read_private(p, data + length1, (gsize)length2) ? g_steal_pointer(&p) : NULL;
}

/* --- what a glyph is made of --- */

typedef struct {
	gint64 values[STACK];
	guint count;
} Stack;

static void push(Stack *stack, gint64 value)
{
	if (stack->count < STACK)
		stack->values[stack->count++] = value;
}

static gint64 pop(Stack *stack)
{
	return stack->count ? stack->values[--stack->count] : -1;
}

static void want_string(Program *p, Entry *entry, Stack *stack, guint depth);

static void want_glyph(Program *p, const char *name, guint depth)
{
	for (guint i = 0; name && i < p->glyphs->len; i++) {
		Entry *entry = &g_array_index(p->glyphs, Entry, i);
		Stack stack = {.count = 0};
		if (!strcmp(entry->name, name) && !entry->wanted) {
			entry->wanted = TRUE;
			want_string(p, entry, &stack, depth + 1);
		}
	}
}

static void want_subroutine(Program *p, gint64 number, Stack *stack, guint depth)
{
	if (number < 0 || number >= p->subroutines->len)
		return;
	Entry *entry = &g_array_index(p->subroutines, Entry, number);
	entry->wanted = TRUE;
	want_string(p, entry, stack, depth + 1);
}

/* Numbers that a subroutine may hand to another: too many rather than too few. */
static void want_numbers(Program *p, const Stack *stack)
{
	for (guint i = 0; i < stack->count; i++)
		if (stack->values[i] >= 0 && stack->values[i] < p->subroutines->len) {
			Entry *entry = &g_array_index(p->subroutines, Entry, stack->values[i]);
			Stack none = {.count = 0};
			gboolean fresh = !entry->wanted;
			entry->wanted = TRUE;
			if (fresh)
				want_string(p, entry, &none, DEPTH - 2);
		}
}

static void operate(Program *p, guint op, Stack *stack, guint depth)
{
	if (op == 10) {
		gint64 number = pop(stack);
		want_numbers(p, stack);
		want_subroutine(p, number, stack, depth);
	} else if (op == 0x0c06) { /* seac: an accent upon a letter */
		gint64 accent = pop(stack), letter = pop(stack);
		if (letter >= 0 && letter < 256 && accent >= 0 && accent < 256) {
			want_glyph(p,
				   lw_pdf_encoding_glyph(LW_PDF_ENCODING_STANDARD, (guint8)letter),
				   depth);
			want_glyph(p,
				   lw_pdf_encoding_glyph(LW_PDF_ENCODING_STANDARD, (guint8)accent),
				   depth);
		}
	} else if (op == 0x0c10) {
		want_numbers(p, stack);
	} else if (op == 0x0c11) {
		push(stack, -1);
	} else if (op != 11 && op != 0x0c0c) {
		stack->count = 0;
	}
}

guint8 *lw_type1_dup_code(const Program *p, const Entry *entry, gsize *length)
{
	if (!entry->string || entry->length < p->lead)
		return NULL;
	guint8 *code = g_malloc(entry->length + 1);
	decrypt((const guint8 *)entry->string, entry->length, KEY_STRING, (char *)code);
	*length = entry->length - p->lead;
	memmove(code, code + p->lead, *length);
	return code;
}

static void want_string(Program *p, Entry *entry, Stack *stack, guint depth)
{
	gsize length;
	p->steps += 16 + entry->length;
	if (depth > DEPTH || p->steps > MAXIMUM_STEPS)
		return;
	g_autofree guint8 *code = lw_type1_dup_code(p, entry, &length);
	for (gsize i = 0; code && i < length;) {
		guint first = code[i++];
		guint next = i < length ? code[i] : 0;
		if (first == 255) {
			guint32 value = 0;
			for (guint k = 0; k < 4 && i < length; k++)
				value = value << 8 | code[i++];
			push(stack, (gint32)value);
		} else if (first >= 247) {
			gint64 value = first < 251 ? (gint64)(first - 247) * 256 + next + 108 : -1;
			push(stack, value);
			i++;
		} else if (first >= 32) {
			push(stack, (gint64)first - 139);
		} else if (first == 12) {
			operate(p, 0x0c00 | next, stack, depth);
			i++;
		} else {
			operate(p, first, stack, depth);
		}
	}
}

/* --- writing --- */

/* Past a string in parentheses, which begins here. */
static const char *skip_string(const char *at, const char *end)
{
	guint depth = 0;
	for (; at < end; at++) {
		if (*at == '\\' && at + 1 < end)
			at++;
		else if (*at == '(')
			depth++;
		else if (*at == ')' && --depth == 0)
			return at + 1;
	}
	return end;
}

/* Without comments, and with nothing in its strings: who made the font when says too much. */
static void append_bare(GString *out, const char *at, const char *end)
{
	while (at < end) {
		if (*at == '%') {
			while (at < end && *at != '\n' && *at != '\r')
				at++;
		} else if (*at == '(') {
			at = skip_string(at, end);
			g_string_append(out, "()");
		} else {
			g_string_append_c(out, *at++);
		}
	}
}

/* The first line says of what sort the file is; the name behind it may say more. */
static GString *bare_clear_text(const GString *text)
{
	gsize sort = strcspn(text->str, ":\r\n");
	GString *out = g_string_new_len(text->str, (gssize)MIN(sort, text->len));
	append_bare(out, text->str + strcspn(text->str, "\r\n"), text->str + text->len);
	return out;
}

/* From the start of the private text: four bytes say nothing. */
static void append_private(GString *out, const Program *p, const char *from, const char *to)
{
	const char *text = p->text->str;
	if (from == text && to - from >= 4) {
		g_string_append_len(out, from, 4);
		from += 4;
	}
	append_bare(out, from, to);
}

/* Codes of the built-in encoding that lead to glyphs that go. */
static GString *clear_text(const Program *p, GHashTable *kept)
{
	GString *out = g_string_new(NULL);
	const char *at = p->clear->str, *end = at + p->clear->len;
	const char *encoding = memmem(at, p->clear->len, "/Encoding", 9);
	while (at < end) {
		const char *from = encoding && encoding > at ? encoding : at;
		const char *entry = encoding ? memmem(from, (gsize)(end - from), "dup", 3) : NULL;
		if (!entry)
			break;
		const char *q = entry + 3, *name;
		guint code;
		gboolean is_entry = read_integer(&q, end, &code);
		q = skip_space(q, end);
		is_entry = is_entry && q < end && *q == '/';
		for (name = q += is_entry; q < end && !g_ascii_isspace(*q);)
			q++;
		g_autofree char *glyph = is_entry ? g_strndup(name, (gsize)(q - name)) : NULL;
		q = skip_space(q, end);
		is_entry = is_entry && starts(q, end, "put");
		const char *stop = is_entry ? q + 3 : entry + 3;
		gboolean cut = is_entry && !g_hash_table_contains(kept, glyph);
		g_string_append_len(out, at, (cut ? entry : stop) - at);
		at = cut ? skip_space(stop, end) : stop;
	}
	g_string_append_len(out, at, end - at);
	return out;
}

/* Behind a charstring, up to the next entry or, for the last one, the end of all. */
static GString *words_after(const Entry *entry)
{
	const char *at = entry->string + entry->length;
	GString *words = g_string_new_len(at, entry->end - at);
	g_strstrip(words->str);
	g_string_set_size(words, strlen(words->str));
	return words;
}

/* What reads the charstring: "RD" or "-|". */
static GString *word_before(const Entry *entry)
{
	const char *end = entry->string - 1, *at = end;
	while (at > entry->start && !g_ascii_isspace(at[-1]))
		at--;
	return g_string_new_len(at, end - at);
}

static void append_subroutine(GString *out, const Program *p, const Entry *entry, guint number,
			      const char *before, const char *after)
{
	char plain[17] = {0};
	guint8 cipher[17];
	plain[p->lead] = 11; /* return */
	encrypt(plain, p->lead + 1, KEY_STRING, cipher);
	gboolean stays = entry->wanted && entry->start;
	const char *bytes = stays ? entry->string : (const char *)cipher;
	gsize length = stays ? entry->length : p->lead + 1;
	g_string_append_printf(out, "dup %u %" G_GSIZE_FORMAT " %s ", number, length, before);
	g_string_append_len(out, bytes, (gssize)length);
	g_string_append_printf(out, " %s\n", after);
}

static gint compare_places(gconstpointer a, gconstpointer b)
{
	const Entry *const *x = a, *const *y = b;
	return (*x)->start < (*y)->start ? -1 : (*x)->start > (*y)->start;
}

/* Those that are written in the program, in its order. */
static GPtrArray *written_subroutines(const Program *p)
{
	GPtrArray *found = g_ptr_array_new();
	for (guint i = 0; i < p->subroutines->len; i++) {
		Entry *entry = &g_array_index(p->subroutines, Entry, i);
		if (entry->start)
			g_ptr_array_add(found, entry);
	}
	g_ptr_array_sort(found, compare_places);
	return found;
}

/* Subroutines up to the last one in use, each written alike, whatever the producer left of the
 * others. Returns where the text goes on. */
static const char *append_subroutines(GString *out, const Program *p)
{
	g_autoptr(GPtrArray) written = written_subroutines(p);
	const char *text = p->text->str;
	if (!written->len)
		return text;
	const Entry *first = written->pdata[0], *last = written->pdata[written->len - 1];
	GString *before = word_before(first), *after = words_after(first),
		*rest = words_after(last);
	guint count = MIN(p->subroutines->len, 5);
	for (guint i = 0; i < p->subroutines->len; i++)
		if (g_array_index(p->subroutines, Entry, i).wanted)
			count = MAX(count, i + 1);
	const char *number = p->subroutine_count.at;
	append_private(out, p, text, number);
	g_string_append_printf(out, "%u", count);
	number += p->subroutine_count.length;
	append_private(out, p, number, first->start);
	if (written->len == 1) /* its words and those that end them all can't be told apart */
		g_string_truncate(after, strcspn(after->str, " \r\n\t"));
	for (guint i = 0; i < count; i++)
		append_subroutine(out, p, &g_array_index(p->subroutines, Entry, i), i, before->str,
				  after->str);
	gsize known = g_str_has_prefix(rest->str, after->str) ? after->len : 0;
	g_string_append_printf(out, "%s ", g_strchug(rest->str + known));
	g_string_free(before, TRUE);
	g_string_free(after, TRUE);
	g_string_free(rest, TRUE);
	return last->end;
}

void lw_type1_append_glyph(GString *out, const Entry *entry, const char *name)
{
	const char *at = entry->start + 1 + strlen(entry->name), *end = entry->end;
	while (end > entry->string + entry->length && g_ascii_isspace(end[-1]))
		end--;
	g_string_append_printf(out, "/%s", name);
	g_string_append_len(out, at, end - at);
	g_string_append_c(out, '\n');
}

/* Up to the first glyph, with another number of them. */
void lw_type1_append_count(GString *out, const Program *p, const char *from, guint count)
{
	const char *number = p->glyph_count.at, *after = number + p->glyph_count.length;
	g_string_append_len(out, from, number - from);
	g_string_append_printf(out, "%u", count);
	g_string_append_len(out, after, g_array_index(p->glyphs, Entry, 0).start - after);
}

static GString *private_text(Program *p)
{
	GString *out = g_string_new(NULL);
	guint kept = 0;
	for (guint i = 0; i < p->glyphs->len; i++)
		kept += g_array_index(p->glyphs, Entry, i).wanted;
	const char *number = p->glyph_count.at;
	append_private(out, p, append_subroutines(out, p), number);
	lw_type1_append_count(out, p, number, kept);
	for (guint i = 0; i < p->glyphs->len; i++) {
		const Entry *entry = &g_array_index(p->glyphs, Entry, i);
		if (entry->wanted)
			lw_type1_append_glyph(out, entry, entry->name);
	}
	append_bare(out, p->glyphs_end, p->text->str + p->text->len);
	return out;
}

GHashTable *lw_type1_names(GBytes *program, gint64 length1, gint64 length2)
{
	g_autoptr(LwType1Program) p = lw_type1_load(program, length1, length2);
	if (!p)
		return NULL;
	GHashTable *names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	for (guint i = 0; i < p->glyphs->len; i++)
		g_hash_table_add(names, g_strdup(g_array_index(p->glyphs, Entry, i).name));
	return names;
}

/* Encrypts; both texts are taken. */
void lw_type1_put_together(GString *clear, GString *text, LwType1 *result)
{
	GByteArray *out = g_byte_array_new();
	g_byte_array_append(out, (const guint8 *)clear->str, (guint)clear->len);
	g_byte_array_set_size(out, (guint)(clear->len + text->len));
	encrypt(text->str, text->len, KEY_EEXEC, out->data + clear->len);
	result->lengths[0] = clear->len;
	result->lengths[1] = text->len;
	result->lengths[2] = 0; /* readers add the zeros of the trailer (9.9) */
	result->data = g_byte_array_free_to_bytes(out);
	g_string_free(clear, TRUE);
	g_string_free(text, TRUE);
}

static void write_subset(Program *p, LwType1 *result)
{
	g_autoptr(GHashTable) kept = g_hash_table_new(g_str_hash, g_str_equal);
	for (guint i = 0; i < p->glyphs->len; i++)
		if (g_array_index(p->glyphs, Entry, i).wanted)
			g_hash_table_add(kept, g_array_index(p->glyphs, Entry, i).name);
	GString *clear = clear_text(p, kept), *bare = bare_clear_text(clear);
	g_string_free(clear, TRUE);
	lw_type1_put_together(bare, private_text(p), result);
}

gboolean lw_type1_subset(GBytes *program, gint64 length1, gint64 length2, GHashTable *wanted,
			 LwType1 *result)
{
	g_autoptr(LwType1Program) p = lw_type1_load(program, length1, length2);
	if (!p)
		return FALSE;
	for (guint i = 0; i < p->glyphs->len; i++) {
		Entry *entry = &g_array_index(p->glyphs, Entry, i);
		if (g_hash_table_contains(wanted, entry->name))
			want_glyph(p, entry->name, 0);
	}
	want_glyph(p, ".notdef", 0);
	for (guint i = 0; i < MIN(p->subroutines->len, 5); i++) {
		Stack none = {.count = 0};
		want_subroutine(p, i, &none, DEPTH - 2);
	}
	if (p->steps > MAXIMUM_STEPS)
		return FALSE;
	write_subset(p, result);
	return TRUE;
}
