/* person-name.c - takes a name apart into titles, initials, first names, particle and surname.
 *
 * Orders known: "A.B. (Anna) de Vries-Jansen", "Vries, A.B. de (Anna)", "Vries, de, Anna", "Vries
 * de A.B.". Bounded: a text of more than MAX_BYTES or MAX_TOKENS is no name. */
#include "engine/detect/person-name.h"

#include <string.h>

#include "engine/base/text.h"

#define MAX_BYTES  200
#define MAX_TOKENS 14
#define SIGN_BYTES 8

typedef struct {
	const char *text, *folded; /* of the arena */
	guint32 flags;
	gboolean after_comma, in_brackets, is_initials;
} Token;

typedef struct {
	LwArena *arena;
	const LwLexicon *lexicon;
	Token tokens[MAX_TOKENS];
	guint count;
	gboolean mixed; /* not all in capitals */
	gboolean titled;
} Parse;

static gboolean is_one_of(const char *word, const char *const *list)
{
	return g_strv_contains(list, word);
}

static const char *const suffixes[] = {"jr", "jr.", "sr",   "sr.", "bsc",  "msc",  "ma",
				       "ba", "llm", "llb",  "mba", "phd",  "ra",   "rc",
				       "aa", "mpa", "cisa", "bc.", "bsc.", "msc.", NULL};
static const char *const joints[] = {"e/v",  "e.v.",	"geb",	 "geb.",   "geboren", "wed",
				     "gen.", "genaamd", "alias", "gehuwd", "-",	      NULL};

static gboolean has_lower(const char *text)
{
	for (; *text; text = g_utf8_next_char(text)) {
		if (lw_text_is_lower(g_utf8_get_char(text)))
			return TRUE;
	}
	return FALSE;
}

static gboolean is_capital(const char *text)
{
	while (*text == '\'' || *text == '-')
		text++;
	return lw_text_is_upper(g_utf8_get_char(text));
}

/* "A.", "A.B.", "Th.", "J.H", "Chr.J."; without dots up to four capitals beside a name in mixed
 * case. */
static gboolean looks_like_initials(const Parse *parse, const char *text)
{
	guint capitals = 0, lower = 0, dots = 0;
	glong letters = g_utf8_strlen(text, -1);

	for (; *text; text = g_utf8_next_char(text)) {
		gunichar c = g_utf8_get_char(text);

		if (c == '.' || (c == '-' && dots)) {
			if (c == '.' && capitals == 0)
				return FALSE;
			dots += c == '.';
			lower = 0;
		} else if (lw_text_is_upper(c)) {
			capitals++;
			lower = 0;
		} else if (!lw_text_is_lower(c) || capitals == 0 || ++lower > 2) {
			return FALSE;
		}
	}
	if (dots > 0)
		return capitals <= dots + 1 && (lower == 0 || capitals < dots + 1);
	return lower == 0 && capitals == letters &&
	       (letters == 1 || (letters <= 4 && parse->mixed));
}

static void add_token(Parse *parse, const char *text, gsize length, gboolean comma,
		      gboolean brackets)
{
	Token *token;
	gsize dot;

	if (length == 0 || parse->count >= MAX_TOKENS) {
		parse->count = length ? MAX_TOKENS : parse->count;
		return;
	}
	/* "A.B.Jansen", "v.d.Berg": what comes after the last dot stands alone */
	for (dot = length; dot > 0 && text[dot - 1] != '.'; dot--)
		;
	if (dot > 0 && dot < length && g_utf8_strlen(text + dot, (gssize)(length - dot)) > 1) {
		add_token(parse, text, dot, comma, brackets);
		add_token(parse, text + dot, length - dot, FALSE, brackets);
		return;
	}
	token = &parse->tokens[parse->count++];
	token->text = lw_arena_strndup(parse->arena, text, length);
	{
		g_autofree char *folded = lw_text_fold(text, (gssize)length);

		token->folded = lw_arena_strndup(parse->arena, folded, strlen(folded));
	}
	token->flags = lw_lexicon_find(parse->lexicon, token->folded, strlen(token->folded));
	token->after_comma = comma;
	token->in_brackets = brackets;
}

static void split(Parse *parse, const char *text, gsize length)
{
	gboolean comma = FALSE, brackets = FALSE;
	gsize start = 0;

	for (gsize i = 0; i <= length; i++) {
		char c = i < length ? text[i] : ' ';

		if (!strchr(" \n\t\f,;()\"", c) || c == '\0')
			continue;
		add_token(parse, text + start, i - start, comma, brackets);
		if (i > start)
			comma = FALSE;
		comma |= c == ',';
		brackets = c == '(' || (brackets && c != ')');
		start = i + 1;
	}
}

static void remove_tokens(Parse *parse, guint from, guint count)
{
	if (from + count < parse->count && parse->tokens[from].after_comma)
		parse->tokens[from + count].after_comma = TRUE;
	memmove(parse->tokens + from, parse->tokens + from + count,
		(parse->count - from - count) * sizeof(Token));
	parse->count -= count;
}

static gboolean is_title(const Token *token)
{
	gsize length = strlen(token->text);

	if (!(token->flags & LW_WORD_TITLE))
		return FALSE;
	return token->text[length - 1] == '.' || !is_capital(token->text) ||
	       !(token->flags & LW_WORD_FIRST_NAME);
}

static void drop_titles(Parse *parse)
{
	while (parse->count > 1) {
		Token *tokens = parse->tokens;

		if (g_str_equal(tokens[0].folded, "de") && tokens[1].flags & LW_WORD_TITLE &&
		    g_str_equal(tokens[1].folded, "heer") && parse->count > 2)
			remove_tokens(parse, 0, 2);
		else if (is_title(&tokens[0]) && !tokens[1].after_comma)
			remove_tokens(parse, 0, 1);
		else
			break;
		parse->titled = TRUE;
	}
	while (parse->count > 1) {
		const Token *last = &parse->tokens[parse->count - 1];

		if (!is_one_of(last->folded, suffixes) || last->in_brackets)
			break;
		parse->count--;
	}
	for (guint i = 1; i < parse->count;) {
		if (parse->tokens[i].after_comma && is_title(&parse->tokens[i]))
			remove_tokens(parse, i, 1);
		else
			i++;
	}
}

static void mark_initials(Parse *parse)
{
	for (guint i = 0; i < parse->count; i++) {
		Token *token = &parse->tokens[i];
		gboolean dotted = strchr(token->text, '.') != NULL;

		if (!dotted && (token->flags & LW_WORD_PARTICLE) && !parse->mixed)
			continue;
		token->is_initials = looks_like_initials(parse, token->text);
	}
}

static gboolean is_particle(const Token *token)
{
	return (token->flags & LW_WORD_PARTICLE) && !token->is_initials && !token->in_brackets;
}

void lw_person_particle_sign(const char *folded, gsize length, char *sign, gsize size)
{
	gsize used = 0;
	gboolean inside = FALSE;

	for (gsize i = 0; i < length && used + 1 < size; i++) {
		gboolean letter = g_ascii_islower(folded[i]) || ((guint8)folded[i] & 0x80);

		if (letter && !inside)
			sign[used++] = folded[i];
		inside = letter;
	}
	if (used == 1 && length > 1 && size > 2 && folded[0] == 'v' &&
	    (folded[1] == 'd' || (length > 4 && strncmp(folded, "vand", 4) == 0)))
		sign[used++] = 'd';
	sign[used] = '\0';
}

static void add_initials(LwPersonName *name, Parse *parse, const Token *token)
{
	g_autoptr(GString) letters = g_string_new(name->initials);
	gboolean dotted = strchr(token->text, '.') != NULL, open = TRUE;

	for (const char *at = token->folded; *at; at++) {
		if (*at == '.') {
			open = TRUE;
		} else if (g_ascii_islower(*at) && open) {
			g_string_append_c(letters, *at);
			open = !dotted;
		}
	}
	if (letters->len <= 12)
		name->initials = lw_arena_strndup(parse->arena, letters->str, letters->len);
}

static void add_first(LwPersonName *name, const Token *token)
{
	if (name->first_count < LW_NAME_FIRSTS && strlen(token->folded) > 1 &&
	    (is_capital(token->text) || token->flags & LW_WORD_FIRST_NAME) &&
	    !strchr(token->folded, '.'))
		name->firsts[name->first_count++] = token->folded;
}

static void add_part(LwPersonName *name, Parse *parse, const char *particle, const char *core,
		     gsize length)
{
	char sign[SIGN_BYTES];

	while (length > 0 && strchr(" '-", *core)) {
		core++;
		length--;
	}
	while (length > 0 && strchr(" '-.", core[length - 1]))
		length--;
	if (name->part_count >= LW_NAME_PARTS || g_utf8_strlen(core, (gssize)length) < 2)
		return;
	lw_person_particle_sign(particle, strlen(particle), sign, sizeof(sign));
	name->parts[name->part_count].particle = lw_arena_strndup(parse->arena, sign, strlen(sign));
	name->parts[name->part_count++].core = lw_arena_strndup(parse->arena, core, length);
}

/* Particles at the start of a half move to *particle; gives where the rest begins. */
static const char *skip_particles(const Parse *parse, const char *half, GString *particle)
{
	for (;;) {
		gsize word = strcspn(half, " ");

		if (half[word] != ' ' ||
		    !(lw_lexicon_find(parse->lexicon, half, word) & LW_WORD_PARTICLE))
			return half;
		g_string_append_printf(particle, " %.*s", (int)word, half);
		half += word + 1;
	}
}

/* The halves of "vries-jansen", "visser-de jong"; "el-ouazzani" has one: its particle stands before
 * the hyphen. */
static void add_halves(LwPersonName *name, Parse *parse, const char *particle, const char *whole)
{
	g_auto(GStrv) halves = g_strsplit(whole, "-", LW_NAME_PARTS);
	g_autoptr(GString) before = g_string_new(particle);

	if (!halves[0] || !halves[1])
		return;
	for (char **half = halves; *half; half++) {
		const char *core;

		g_strstrip(*half);
		if (lw_lexicon_find(parse->lexicon, *half, strlen(*half)) & LW_WORD_PARTICLE) {
			g_string_append_printf(before, " %s", *half);
			continue;
		}
		core = skip_particles(parse, *half, before);
		add_part(name, parse, before->str, core, strlen(core));
		g_string_truncate(before, 0);
	}
}

/* The surname of tokens [from, to), with the particles inside and before it. */
static void add_surname(LwPersonName *name, Parse *parse, guint from, guint to, const char *after)
{
	g_autoptr(GString) particle = g_string_new(after);
	g_autoptr(GString) core = g_string_new(NULL);
	gboolean joined = FALSE;

	while (from + 1 < to && is_particle(&parse->tokens[from])) {
		g_string_append_printf(particle, "%s%s", particle->len ? " " : "",
				       parse->tokens[from].folded);
		from++;
	}
	for (guint i = from; i < to; i++) {
		const Token *token = &parse->tokens[i];

		if (token->in_brackets || (token->is_initials && strchr(token->text, '.')))
			continue;
		if (is_one_of(token->folded, joints)) {
			joined = TRUE;
			continue;
		}
		if (core->len > 0)
			g_string_append_c(core, joined ? '-' : ' ');
		g_string_append(core, token->folded);
		joined = FALSE;
	}
	if (core->len > 2 && g_str_has_suffix(core->str, "'s"))
		g_string_truncate(core, core->len - 2);
	add_part(name, parse, particle->str, core->str, core->len);
	if (name->part_count > 0)
		add_halves(name, parse, particle->str, core->str);
}

/* "Vries, A.B. de (Anna)" and "de Vries, Anna": what stands before the comma is the surname. */
static void read_surname_first(LwPersonName *name, Parse *parse, guint comma)
{
	g_autoptr(GString) particle = g_string_new(NULL);

	for (guint i = comma; i < parse->count; i++) {
		const Token *token = &parse->tokens[i];

		if (token->is_initials && !token->in_brackets)
			add_initials(name, parse, token);
		else if (is_particle(token) && !is_capital(token->text))
			g_string_append_printf(particle, "%s%s", particle->len ? " " : "",
					       token->folded);
		else if (!token->in_brackets || has_lower(token->text))
			add_first(name, token);
	}
	add_surname(name, parse, 0, comma, particle->str);
}

/* Number of the first token of the surname, when first names stand before it. */
static guint surname_start(const Parse *parse, guint from)
{
	guint i = from;

	for (; i + 1 < parse->count; i++) {
		const Token *token = &parse->tokens[i];
		const char *hyphen = strrchr(token->folded, '-');
		gboolean first = token->flags & LW_WORD_FIRST_NAME;
		gboolean usual = first && token->flags & LW_WORD_FREQUENT; /* "Ben Bakker" */

		if (is_particle(token) && (i > from || !is_capital(token->text) || !usual))
			return i;
		if (hyphen && lw_lexicon_find(parse->lexicon, hyphen + 1, strlen(hyphen + 1)) &
				      LW_WORD_PARTICLE)
			return i;
		if (is_one_of(parse->tokens[i + 1].folded, joints))
			return i;
		if ((i > from || from > 0) && !first && !token->in_brackets && !token->is_initials)
			return i;
	}
	return i;
}

static void read_in_order(LwPersonName *name, Parse *parse)
{
	guint i = 0, start;

	for (; i + 1 < parse->count && parse->tokens[i].is_initials; i++)
		add_initials(name, parse, &parse->tokens[i]);
	for (start = i; i + 1 < parse->count && parse->tokens[i].in_brackets; i++)
		add_first(name, &parse->tokens[i]);
	start = surname_start(parse, i);
	for (; i < start; i++) {
		if (parse->tokens[i].is_initials)
			add_initials(name, parse, &parse->tokens[i]);
		else
			add_first(name, &parse->tokens[i]);
	}
	for (guint k = start + 1; k < parse->count; k++) {
		if (parse->tokens[k].in_brackets)
			add_first(name, &parse->tokens[k]);
	}
	add_surname(name, parse, start, parse->count, "");
}

/* "Vries de A.B.": the order of pay rolls. */
static void read_pay_roll(LwPersonName *name, Parse *parse)
{
	guint last = parse->count - 1, end = last;
	g_autoptr(GString) particle = g_string_new(NULL);

	add_initials(name, parse, &parse->tokens[last]);
	while (end > 1 && is_particle(&parse->tokens[end - 1]))
		end--;
	for (guint i = end; i < last; i++)
		g_string_append_printf(particle, "%s%s", i > end ? " " : "",
				       parse->tokens[i].folded);
	add_surname(name, parse, 0, end, particle->str);
}

/* "Jan P." is no pay roll: a first name with a surname that somebody shortened. */
static gboolean is_pay_roll(const Parse *parse)
{
	const Token *first = &parse->tokens[0], *last = &parse->tokens[parse->count - 1];

	if (!last->is_initials || !strchr(last->text, '.') || first->is_initials ||
	    is_particle(first) || strlen(first->text) < 2)
		return FALSE;
	if (parse->count > 2)
		return is_particle(last - 1);
	return !(first->flags & LW_WORD_FIRST_NAME) ||
	       strchr(last->text, '.') != strrchr(last->text, '.');
}

/* "JdV", "MR": letters that stand for a name. */
static gboolean is_code(const char *text, gboolean surname)
{
	gunichar last = ' ';
	glong letters = g_utf8_strlen(text, -1);

	if (letters < 2 || (letters <= 3 && !surname && !has_lower(text)))
		return TRUE;
	for (; letters <= 5 && *text; text = g_utf8_next_char(text)) {
		gunichar c = g_utf8_get_char(text);

		if (lw_text_is_lower(last) && lw_text_is_upper(c))
			return TRUE;
		last = c;
	}
	return FALSE;
}

static gboolean read_single(LwPersonName *name, Parse *parse, LwNameManner manner)
{
	const Token *token = &parse->tokens[0];
	gboolean first = token->flags & LW_WORD_FIRST_NAME;
	gboolean surname = token->flags & LW_WORD_SURNAME;

	if (token->is_initials || strchr(token->text, '.') || is_particle(token) ||
	    is_code(token->text, surname))
		return FALSE;
	if (!parse->titled && manner != LW_NAME_TITLED && first &&
	    (!surname || manner == LW_NAME_FAMILIAR)) {
		add_first(name, token);
		return name->first_count > 0;
	}
	add_surname(name, parse, 0, 1, "");
	name->maybe_first = first && !parse->titled && manner != LW_NAME_TITLED;
	return name->part_count > 0;
}

gboolean lw_person_name_parse(LwPersonName *name, LwArena *arena, const LwLexicon *lexicon,
			      const char *text, gsize length, LwNameManner manner)
{
	Parse parse = {.arena = arena, .lexicon = lexicon};
	guint comma = 1;

	*name = (LwPersonName){.initials = ""};
	if (length == 0 || length > MAX_BYTES)
		return FALSE;
	split(&parse, text, length);
	if (parse.count == 0 || parse.count >= MAX_TOKENS)
		return FALSE;
	for (guint i = 0; i < parse.count; i++)
		parse.mixed |= has_lower(parse.tokens[i].text);
	drop_titles(&parse);
	mark_initials(&parse);
	if (parse.count == 1)
		return read_single(name, &parse, manner);
	while (comma < parse.count && !parse.tokens[comma].after_comma)
		comma++;
	if (comma < parse.count && parse.tokens[0].is_initials)
		parse.count = comma;
	if (comma < parse.count)
		read_surname_first(name, &parse, comma);
	else if (is_pay_roll(&parse))
		read_pay_roll(name, &parse);
	else
		read_in_order(name, &parse);
	return name->part_count > 0;
}

static gboolean initials_fit(const char *a, const char *b)
{
	gsize length = MIN(strlen(a), strlen(b));

	return strncmp(a, b, length) == 0;
}

static gboolean firsts_meet(const LwPersonName *a, const LwPersonName *b)
{
	for (guint i = 0; i < a->first_count; i++) {
		for (guint k = 0; k < b->first_count; k++) {
			if (g_str_equal(a->firsts[i], b->firsts[k]))
				return TRUE;
		}
	}
	return FALSE;
}

gboolean lw_person_givens_fit(const LwPersonName *a, const LwPersonName *b)
{
	if (!initials_fit(a->initials, b->initials))
		return FALSE;
	if (a->first_count > 0 && b->first_count > 0)
		return firsts_meet(a, b);
	if (a->first_count > 0 && *b->initials && !*a->initials)
		return a->firsts[0][0] == b->initials[0];
	if (b->first_count > 0 && *a->initials && !*b->initials)
		return b->firsts[0][0] == a->initials[0];
	return TRUE;
}

const char *lw_person_name_key(const LwPersonName *name, LwArena *arena)
{
	g_autoptr(GString) key = g_string_new(name->initials);

	for (guint i = 0; i < name->first_count; i++)
		g_string_append_printf(key, "|%s", name->firsts[i]);
	g_string_append(key, name->maybe_first ? "?" : "!");
	for (guint i = 0; i < name->part_count; i++)
		g_string_append_printf(key, "|%s+%s", name->parts[i].particle, name->parts[i].core);
	return lw_arena_strndup(arena, key->str, key->len);
}
