/* secret.c - all secrets as one automaton over folded letters and digits; bytes are read as several
 * encodings, one pass each.
 *
 * What a character contributes (nothing, a word boundary, or symbols of the automaton) is looked up
 * once per code point and kept; symbol 0 stands for every letter that no secret has, and always
 * leads back to the root. White space and punctuation may stand inside a secret; any other boundary
 * may not, or the letters that lie scattered in binary data would spell names. */
#include "engine/model/secret.h"

#include "engine/base/text.h"

#include <string.h>

#define SUBSTRING_MIN 6 /* from here on a secret need not be a whole word */
#define WITHIN_MIN    4 /* the same in places where one lost by chance costs nothing */
#define SECRET_MAX_SYMBOLS                                                                         \
	1024		  /* more of one secret says nothing more: its beginning is searched */
#define DENSE_STATES 8192 /* states near the root have a full row; deeper ones a list of edges */
#define PLANES                                                                                     \
	0x20000 /* the code points whose class is remembered; those above are rare and fold to     \
		   themselves */
#define UNITS_MAX 20 /* symbols that one code point folds to, at most */

/* What a code point is: below FIRST_SYMBOL one of these, up to FIRST_MANY a symbol, then an index
 * in many. */
enum { UNKNOWN, BREAK, SEPARATOR, NOTHING, FIRST_SYMBOL, FIRST_MANY = 0x8000 };

typedef struct {
	guint16 count;
	guint16 symbols[UNITS_MAX];
} Many;

typedef struct {
	guint32 next, symbol, target; /* next: index of the next edge of the state, 0 none */
} Edge;

typedef struct {
	guint32 edges;	/* first edge while building and, for deep states, while searching */
	guint32 fail;	/* longest proper suffix that is a state */
	guint32 output; /* nearest state on the fail chain, itself included, where a secret ends; 0
			   none */
	gint32 secret;	/* that ends here, or -1 */
	guint32 depth;
} State;

struct LwSecrets {
	GHashTable *symbol_of; /* code point -> symbol */
	GArray *states;	       /* State; 0 is the root */
	GArray *edges;	       /* Edge; 0 is unused */
	guint32 *dense;	       /* rows of symbol_count targets */
	guint32 dense_count, symbol_count, longest;
	gboolean beyond_latin; /* a secret without any character of Latin-1 */
	guint16 *class_of;     /* of a code point of the first plane; filled when first met */
	GArray *many;	       /* Many */
};

/* The folded letters and digits of one character; empty when it has none. Yours. */
static char *fold_character(gunichar c)
{
	char utf8[8];
	int length = g_unichar_to_utf8(c, utf8);
	g_autofree char *compatible = g_utf8_normalize(utf8, length, G_NORMALIZE_ALL_COMPOSE);
	g_autofree char *folded = compatible ? lw_text_fold(compatible, -1) : NULL;
	return folded ? lw_text_skeleton(folded, -1) : g_strdup("");
}

/* Marks belong to the letter before them; formatting characters are not there at all. */
static gboolean is_nothing(gunichar c)
{
	return lw_text_is_mark(c) || c == 0xad || (c >= 0x200b && c <= 0x200f) || c == 0x2060 ||
	       c == 0xfeff;
}

static gboolean is_separator(gunichar c)
{
	return g_unichar_isspace(c) || g_unichar_ispunct(c);
}

static guint16 classify_other(gunichar c)
{
	if (is_nothing(c))
		return NOTHING;
	return is_separator(c) ? SEPARATOR : BREAK;
}

static guint32 symbol_of(const LwSecrets *secrets, gunichar c)
{
	return GPOINTER_TO_UINT(g_hash_table_lookup(secrets->symbol_of, GUINT_TO_POINTER(c)));
}

static guint16 classify(const LwSecrets *secrets, gunichar c)
{
	g_autofree char *folded = fold_character(c);
	Many many = {0};
	if (!*folded)
		return classify_other(c);
	for (const char *f = folded; *f && many.count < UNITS_MAX; f = g_utf8_next_char(f))
		many.symbols[many.count++] = (guint16)symbol_of(secrets, g_utf8_get_char(f));
	if (many.count == 1)
		return FIRST_SYMBOL + many.symbols[0];
	if (secrets->many->len >= G_MAXUINT16 - FIRST_MANY)
		return FIRST_SYMBOL;
	g_array_append_val(secrets->many, many);
	return (guint16)(FIRST_MANY + secrets->many->len - 1);
}

static guint16 class_of(const LwSecrets *secrets, gunichar c)
{
	if (c >= PLANES)
		return FIRST_SYMBOL + (guint16)symbol_of(secrets, g_unichar_tolower(c));
	if (G_UNLIKELY(secrets->class_of[c] == UNKNOWN))
		secrets->class_of[c] = classify(secrets, c);
	return secrets->class_of[c];
}

static guint32 find_edge(const LwSecrets *secrets, guint32 state, guint32 symbol)
{
	guint32 edge = g_array_index(secrets->states, State, state).edges;
	for (; edge; edge = g_array_index(secrets->edges, Edge, edge).next)
		if (g_array_index(secrets->edges, Edge, edge).symbol == symbol)
			return g_array_index(secrets->edges, Edge, edge).target;
	return 0;
}

static guint32 add_state(LwSecrets *secrets, guint32 parent, guint32 symbol)
{
	State *from = &g_array_index(secrets->states, State, parent);
	State state = {.secret = -1, .depth = from->depth + 1};
	Edge edge = {.next = from->edges, .symbol = symbol, .target = secrets->states->len};
	from->edges = secrets->edges->len;
	g_array_append_val(secrets->edges, edge);
	g_array_append_val(secrets->states, state);
	return edge.target;
}

static guint32 symbol_new(LwSecrets *secrets, gunichar c)
{
	guint32 symbol = symbol_of(secrets, c);
	if (symbol || secrets->symbol_count >= FIRST_MANY - FIRST_SYMBOL - 1)
		return symbol;
	symbol = secrets->symbol_count++;
	g_hash_table_insert(secrets->symbol_of, GUINT_TO_POINTER(c), GUINT_TO_POINTER(symbol));
	return symbol;
}

/* The symbols of a secret; too short ones give fewer than two. Notes whether it can be written in
 * Latin-1 at all. */
static GArray *secret_symbols(LwSecrets *secrets, const char *text)
{
	GArray *symbols = g_array_new(FALSE, FALSE, sizeof(guint32));
	gboolean latin = FALSE;
	for (const char *t = text; *t && symbols->len < SECRET_MAX_SYMBOLS;
	     t = g_utf8_next_char(t)) {
		g_autofree char *folded = fold_character(g_utf8_get_char(t));
		latin |= *folded && g_utf8_get_char(t) < 0x100;
		for (const char *f = folded; *f; f = g_utf8_next_char(f)) {
			guint32 symbol = symbol_new(secrets, g_utf8_get_char(f));
			g_array_append_val(symbols, symbol);
		}
	}
	if (symbols->len > 1 && !latin)
		secrets->beyond_latin = TRUE;
	return symbols;
}

static void add_secret(LwSecrets *secrets, const char *text, guint index)
{
	if (!g_utf8_validate(text, -1, NULL))
		return;
	g_autoptr(GArray) symbols = secret_symbols(secrets, text);
	guint32 state = 0;
	if (symbols->len < 2)
		return;
	for (guint i = 0; i < symbols->len; i++) {
		guint32 symbol = g_array_index(symbols, guint32, i);
		guint32 next = find_edge(secrets, state, symbol);
		state = next ? next : add_state(secrets, state, symbol);
	}
	State *end = &g_array_index(secrets->states, State, state);
	if (end->secret < 0)
		end->secret = (gint32)index;
	secrets->longest = MAX(secrets->longest, symbols->len);
}

/* Where a symbol leads, by fail links; the root takes what nobody takes. */
static guint32 step(const LwSecrets *secrets, guint32 state, guint32 symbol)
{
	if (!symbol)
		return 0;
	for (;;) {
		if (state < secrets->dense_count)
			return secrets->dense[(gsize)state * secrets->symbol_count + symbol];
		guint32 next = find_edge(secrets, state, symbol);
		if (next)
			return next;
		state = g_array_index(secrets->states, State, state).fail;
	}
}

static void link_state(LwSecrets *secrets, guint32 parent, const Edge *edge)
{
	State *state = &g_array_index(secrets->states, State, edge->target);
	const State *from = &g_array_index(secrets->states, State, parent);
	state->fail = parent ? step(secrets, from->fail, edge->symbol) : 0;
	const State *fail = &g_array_index(secrets->states, State, state->fail);
	state->output = state->secret >= 0 ? edge->target : fail->output;
}

/* The full row of a state: its own edges over the row of its fail state, which is nearer to the
 * root and so has one. */
static void fill_row(LwSecrets *secrets, guint32 state)
{
	const State *from = &g_array_index(secrets->states, State, state);
	guint32 *row = &secrets->dense[(gsize)state * secrets->symbol_count];
	if (state)
		memcpy(row, &secrets->dense[(gsize)from->fail * secrets->symbol_count],
		       secrets->symbol_count * sizeof(*row));
	for (guint32 e = from->edges; e; e = g_array_index(secrets->edges, Edge, e).next) {
		const Edge *edge = &g_array_index(secrets->edges, Edge, e);
		row[edge->symbol] = edge->target;
	}
}

/* Numbers the states breadth first, so that a fail link always leads to a smaller number. */
static void renumber(LwSecrets *secrets)
{
	guint count = secrets->states->len;
	g_autofree guint32 *order = g_new(guint32, count), *number = g_new(guint32, count);
	GArray *states = g_array_sized_new(FALSE, TRUE, sizeof(State), count);
	guint tail = 0;
	order[tail++] = 0;
	for (guint head = 0; head < tail; head++) {
		const State *state = &g_array_index(secrets->states, State, order[head]);
		number[order[head]] = head;
		for (guint32 e = state->edges; e; e = g_array_index(secrets->edges, Edge, e).next)
			order[tail++] = g_array_index(secrets->edges, Edge, e).target;
		g_array_append_val(states, *state);
	}
	for (guint i = 1; i < secrets->edges->len; i++) {
		Edge *edge = &g_array_index(secrets->edges, Edge, i);
		edge->target = number[edge->target];
	}
	g_array_unref(secrets->states);
	secrets->states = states;
}

static void compile(LwSecrets *secrets)
{
	renumber(secrets);
	guint32 rows = MIN(secrets->states->len, DENSE_STATES);
	secrets->dense = g_new0(guint32, (gsize)rows * secrets->symbol_count);
	for (guint32 s = 0; s < secrets->states->len; s++) {
		if (s < rows) {
			fill_row(secrets, s);
			secrets->dense_count = s + 1;
		}
		guint32 e = g_array_index(secrets->states, State, s).edges;
		for (; e; e = g_array_index(secrets->edges, Edge, e).next)
			link_state(secrets, s, &g_array_index(secrets->edges, Edge, e));
	}
}

LwSecrets *lw_secrets_new(const GPtrArray *strings)
{
	LwSecrets *secrets = g_new0(LwSecrets, 1);
	State root = {.secret = -1};
	Edge unused = {0};
	secrets->symbol_of = g_hash_table_new(NULL, NULL);
	secrets->states = g_array_new(FALSE, TRUE, sizeof(State));
	secrets->edges = g_array_new(FALSE, TRUE, sizeof(Edge));
	secrets->many = g_array_new(FALSE, TRUE, sizeof(Many));
	secrets->class_of = g_new0(guint16, PLANES);
	secrets->symbol_count = 1;
	g_array_append_val(secrets->states, root);
	g_array_append_val(secrets->edges, unused);
	for (guint i = 0; i < strings->len; i++)
		add_secret(secrets, g_ptr_array_index(strings, i), i);
	compile(secrets);
	return secrets;
}

/* States and edges spell the secrets out, so they are wiped. */
void lw_secrets_free(LwSecrets *secrets)
{
	if (!secrets)
		return;
	explicit_bzero(secrets->states->data, (gsize)secrets->states->len * sizeof(State));
	explicit_bzero(secrets->edges->data, (gsize)secrets->edges->len * sizeof(Edge));
	g_hash_table_unref(secrets->symbol_of);
	g_array_unref(secrets->states);
	g_array_unref(secrets->edges);
	g_array_unref(secrets->many);
	g_free(secrets->dense);
	g_free(secrets->class_of);
	g_free(secrets);
}

gboolean lw_secrets_is_empty(const LwSecrets *secrets)
{
	return secrets->states->len == 1;
}

/* One pass: where the automaton stands, where words began, and a short secret that waits for the
 * end of its word. */
typedef struct {
	const LwSecrets *secrets;
	guint8 *starts; /* ring by symbol number: did a word begin here? */
	guint32 mask, count, state, inside;
	gboolean fresh;	    /* the next symbol begins a word */
	gboolean only_long; /* a whole word is no proof here: digits spell short ones by chance */
	int waiting, found;
} Scan;

static void scan_start(Scan *scan)
{
	scan->state = 0;
	scan->count = 0;
	scan->fresh = TRUE;
	scan->waiting = -1;
}

static void scan_outputs(Scan *scan)
{
	const LwSecrets *secrets = scan->secrets;
	guint32 output = g_array_index(secrets->states, State, scan->state).output;
	while (output) {
		const State *state = &g_array_index(secrets->states, State, output);
		if (state->depth >= scan->inside) {
			scan->found = state->secret;
			return;
		}
		if (!scan->only_long && scan->starts[(scan->count - state->depth) & scan->mask])
			scan->waiting = state->secret;
		output = g_array_index(secrets->states, State, state->fail).output;
	}
}

static inline void scan_symbol(Scan *scan, guint32 symbol)
{
	scan->waiting = -1;
	scan->starts[scan->count++ & scan->mask] = (guint8)scan->fresh;
	scan->fresh = FALSE;
	scan->state = step(scan->secrets, scan->state, symbol);
	if (scan->state)
		scan_outputs(scan);
}

static inline void scan_boundary(Scan *scan)
{
	if (scan->waiting >= 0)
		scan->found = scan->waiting;
	scan->fresh = TRUE;
}

static inline void scan_break(Scan *scan)
{
	scan_boundary(scan);
	scan->state = 0;
}

static inline void scan_character(Scan *scan, gunichar c)
{
	guint16 class = class_of(scan->secrets, c);
	if (class == BREAK) {
		scan_break(scan);
	} else if (class == SEPARATOR) {
		scan_boundary(scan);
	} else if (class >= FIRST_MANY) {
		Many many = g_array_index(scan->secrets->many, Many, class - FIRST_MANY);
		for (guint i = 0; i < many.count && scan->found < 0; i++)
			scan_symbol(scan, many.symbols[i]);
	} else if (class >= FIRST_SYMBOL) {
		scan_symbol(scan, class - FIRST_SYMBOL);
	}
}

static void scan_utf8(Scan *scan, const guint8 *bytes, gsize length)
{
	scan_start(scan);
	for (gsize i = 0; i < length && scan->found < 0;) {
		if (bytes[i] < 0x80) {
			scan_character(scan, bytes[i++]);
			continue;
		}
		if (bytes[i] < 0xc2 || bytes[i] > 0xf4) { /* begins no character */
			scan_break(scan);
			i++;
			continue;
		}
		gsize left = MIN(length - i, 4);
		gunichar c = g_utf8_get_char_validated((const char *)bytes + i, (gssize)left);
		if (c < 0x110000) {
			scan_character(scan, c);
			i += g_unichar_to_utf8(c, NULL);
		} else {
			scan_break(scan);
			i++;
		}
	}
	scan_boundary(scan);
}

/* Latin-1, with the letters that Windows puts where it has control characters. */
static void scan_latin(Scan *scan, const guint8 *bytes, gsize length)
{
	static const gunichar windows[32] = {
		[0x03] = 0x0192, [0x0a] = 0x0160, [0x0c] = 0x0152, [0x0e] = 0x017d,
		[0x1a] = 0x0161, [0x1c] = 0x0153, [0x1e] = 0x017e, [0x1f] = 0x0178,
	};
	scan_start(scan);
	for (gsize i = 0; i < length && scan->found < 0; i++) {
		gunichar c = bytes[i];
		if (c >= 0x80 && c < 0xa0 && windows[c - 0x80])
			c = windows[c - 0x80];
		scan_character(scan, c);
	}
	scan_boundary(scan);
}

static void scan_utf16(Scan *scan, const guint8 *bytes, gsize length, int order)
{
	guint high = order == G_BIG_ENDIAN ? 0 : 1;
	gunichar lead = 0;
	scan_start(scan);
	for (gsize i = 0; i + 1 < length && scan->found < 0; i += 2) {
		gunichar c = (gunichar)bytes[i + high] << 8 | bytes[i + 1 - high];
		if (c >= 0xd800 && c < 0xdc00) {
			lead = c;
			continue;
		}
		if (c >= 0xdc00 && c < 0xe000)
			c = lead ? 0x10000 + ((lead - 0xd800) << 10) + (c - 0xdc00) : 0xfffd;
		lead = 0;
		scan_character(scan, c);
	}
	if (length % 2 && scan->found < 0) /* half a character goes on with the word */
		scan_character(scan, bytes[length - 1]);
	scan_boundary(scan);
}

static void scan_encodings(Scan *scan, const guint8 *bytes, gsize length)
{
	gboolean high = FALSE, zero = scan->secrets->beyond_latin;
	for (gsize i = 0; i < length; i++) {
		high |= bytes[i] >= 0x80;
		zero |= bytes[i] == 0;
	}
	scan_utf8(scan, bytes, length);
	if (high && scan->found < 0)
		scan_latin(scan, bytes, length);
	for (guint shift = 0; shift < 2 && zero && shift < length && scan->found < 0; shift++) {
		scan_utf16(scan, bytes + shift, length - shift, G_BIG_ENDIAN);
		if (scan->found < 0)
			scan_utf16(scan, bytes + shift, length - shift, G_LITTLE_ENDIAN);
	}
}

/* A run of hexadecimal digits as the bytes it stands for, in both alignments. "1416946" in the name
 * of a bookmark is a number; short words count only in a string between angle brackets. */
static void scan_digits(Scan *scan, const GByteArray *digits, gboolean is_string)
{
	g_autoptr(GByteArray) bytes = g_byte_array_sized_new(digits->len / 2 + 1);
	for (guint shift = 0; shift < 2 && scan->found < 0; shift++) {
		g_byte_array_set_size(bytes, 0);
		scan->only_long = shift || !is_string;
		for (guint i = shift; i + 1 < digits->len; i += 2) {
			guint8 byte = (guint8)(digits->data[i] << 4 | digits->data[i + 1]);
			g_byte_array_append(bytes, &byte, 1);
		}
		scan_encodings(scan, bytes->data, bytes->len);
	}
}

static void scan_hexadecimal(Scan *scan, const guint8 *bytes, gsize length)
{
	g_autoptr(GByteArray) digits = g_byte_array_new();
	char before = 0; /* what stands before the run, white space aside */
	for (gsize i = 0; i <= length && scan->found < 0; i++) {
		int value = i < length ? g_ascii_xdigit_value((char)bytes[i]) : -1;
		guint8 digit = (guint8)value;
		if (value >= 0)
			g_byte_array_append(digits, &digit, 1);
		else if (digits->len && i < length && g_ascii_isspace((char)bytes[i]))
			continue; /* white space may stand inside a hexadecimal string */
		else if (digits->len) {
			if (digits->len >= 4)
				scan_digits(scan, digits, before == '<');
			g_byte_array_set_size(digits, 0);
		}
		if (value < 0 && i < length && !g_ascii_isspace((char)bytes[i]))
			before = (char)bytes[i];
	}
}

static void scan_open(Scan *scan, const LwSecrets *secrets)
{
	guint32 size = 16;
	while (size <= secrets->longest)
		size *= 2;
	*scan = (Scan){.secrets = secrets, .mask = size - 1, .inside = SUBSTRING_MIN, .found = -1};
	scan->starts = g_malloc0(size);
	scan_start(scan);
}

int lw_secrets_in_text(const LwSecrets *secrets, const char *text, gsize length)
{
	Scan scan;
	if (lw_secrets_is_empty(secrets))
		return -1;
	scan_open(&scan, secrets);
	scan_utf8(&scan, (const guint8 *)text, length);
	g_free(scan.starts);
	return scan.found;
}

int lw_secrets_within(const LwSecrets *secrets, const char *text, gsize length)
{
	Scan scan;
	if (lw_secrets_is_empty(secrets))
		return -1;
	scan_open(&scan, secrets);
	scan.inside = WITHIN_MIN;
	scan_utf8(&scan, (const guint8 *)text, length);
	g_free(scan.starts);
	return scan.found;
}

int lw_secrets_in_bytes(const LwSecrets *secrets, const char *bytes, gsize length)
{
	Scan scan;
	if (lw_secrets_is_empty(secrets))
		return -1;
	scan_open(&scan, secrets);
	scan_encodings(&scan, (const guint8 *)bytes, length);
	if (scan.found < 0)
		scan_hexadecimal(&scan, (const guint8 *)bytes, length);
	g_free(scan.starts);
	return scan.found;
}
