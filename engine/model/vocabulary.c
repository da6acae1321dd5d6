/* vocabulary.c - names, labels and parsers of the tables of the house; every table comes from its
 * .def file. */
#include "engine/model/vocabulary.h"

#include <string.h>

typedef struct {
	const char *name;
	LwAction action;
	const char *ground;
	const char *label[2];
} Kind;

typedef struct {
	const char *name;
	LwAction action;
	const char *label[2];
} Role;

typedef struct {
	const char *name;
	const char *text[2];
} Reason;

static const Kind kinds[] = {
#define LW_KIND(ID, name, action, ground, nl, en) {name, LW_ACTION_##action, ground, {nl, en}},
#include "engine/model/kinds.def"
#undef LW_KIND
};

static const Role roles[] = {
#define LW_ROLE(ID, name, action, nl, en) {name, LW_ACTION_##action, {nl, en}},
#include "engine/model/roles.def"
#undef LW_ROLE
};

static const Reason reasons[] = {
#define LW_REASON(ID, nl, en) {#ID, {nl, en}},
#include "engine/model/reasons.def"
#undef LW_REASON
};

static const Reason clues[] = {
#define LW_CLUE(ID, name, nl, en) {name, {nl, en}},
#include "engine/model/clues.def"
#undef LW_CLUE
};

static const LwGround grounds[] = {
#define LW_GROUND(id, code, relation, nl, en) {id, code, LW_GROUND_##relation, {nl, en}},
#include "engine/model/grounds.def"
#undef LW_GROUND
};

static const char *const actions[] = {"keep", "suggest", "remove", NULL};
static const char *const decisions[] = {"open", "accepted", "rejected", NULL};
static const char *const widths[] = {"exact", "quantised", "strict", NULL};

/* Position of a name in a NULL-terminated list, or -1. */
static int find_name(const char *const *names, const char *name)
{
	for (int i = 0; name && names[i]; i++)
		if (strcmp(names[i], name) == 0)
			return i;
	return -1;
}

const char *lw_kind_name(LwKind kind)
{
	g_assert(kind < LW_KIND_COUNT);
	return kinds[kind].name;
}

const char *lw_kind_label(LwKind kind, LwLang lang)
{
	g_assert(kind < LW_KIND_COUNT && lang <= LW_LANG_EN);
	return kinds[kind].label[lang];
}

LwAction lw_kind_default_action(LwKind kind)
{
	g_assert(kind < LW_KIND_COUNT);
	return kinds[kind].action;
}

const char *lw_kind_default_ground(LwKind kind)
{
	g_assert(kind < LW_KIND_COUNT);
	return kinds[kind].ground;
}

gboolean lw_kind_parse(const char *name, LwKind *kind)
{
	for (int i = 0; name && i < LW_KIND_COUNT; i++) {
		if (strcmp(kinds[i].name, name) != 0)
			continue;
		*kind = i;
		return TRUE;
	}
	return FALSE;
}

gboolean lw_kind_needs_person(LwKind kind)
{
	return kind == LW_KIND_OPINION || kind == LW_KIND_PASSAGE || kind == LW_KIND_PICTURE;
}

const char *lw_role_name(LwRole role)
{
	g_assert(role < LW_ROLE_COUNT);
	return roles[role].name;
}

const char *lw_role_label(LwRole role, LwLang lang)
{
	g_assert(role < LW_ROLE_COUNT && lang <= LW_LANG_EN);
	return roles[role].label[lang];
}

LwAction lw_role_default_action(LwRole role)
{
	g_assert(role < LW_ROLE_COUNT);
	return roles[role].action;
}

gboolean lw_role_parse(const char *name, LwRole *role)
{
	for (int i = 0; name && i < LW_ROLE_COUNT; i++) {
		if (strcmp(roles[i].name, name) != 0)
			continue;
		*role = i;
		return TRUE;
	}
	return FALSE;
}

const char *lw_clue_name(LwClue clue)
{
	g_assert(clue < LW_CLUE_COUNT);
	return clues[clue].name;
}

/* "title surname" as words of the language; evidence that names no clue is left out. */
static char *clues_text(const char *evidence, LwLang lang)
{
	g_auto(GStrv) names = g_strsplit(evidence ? evidence : "", " ", -1);
	g_autoptr(GString) text = g_string_new(NULL);

	for (char **name = names; *name; name++) {
		if (g_ascii_isdigit(**name))
			g_string_append_printf(text, lang == LW_LANG_NL ? "%s op 100" : "%s in 100",
					       *name);
		for (guint i = 0; i < LW_CLUE_COUNT; i++)
			if (strcmp(clues[i].name, *name) == 0)
				g_string_append_printf(text, "%s%s", text->len ? "; " : "",
						       clues[i].text[lang]);
	}
	return g_string_free(g_steal_pointer(&text), FALSE);
}

char *lw_reason_text(LwReason reason, const char *evidence, LwLang lang)
{
	g_assert(reason < LW_REASON_COUNT && lang <= LW_LANG_EN);
	const char *form = reasons[reason].text[lang];
	const char *hole = strstr(form, "%s");
	if (!hole)
		return g_strdup(form);
	gboolean has_clues = reason == LW_REASON_MODEL || reason == LW_REASON_STAYS ||
			     reason == LW_REASON_WEIGHED;
	g_autofree char *listed = has_clues ? clues_text(evidence, lang) : NULL;
	g_autoptr(GString) text = g_string_new_len(form, hole - form);
	g_string_append(text, listed ? listed : evidence ? evidence : "…");
	g_string_append(text, hole + 2);
	return g_string_free(g_steal_pointer(&text), FALSE);
}

const char *lw_reason_name(LwReason reason)
{
	g_assert(reason < LW_REASON_COUNT);
	return reasons[reason].name;
}

const char *lw_action_name(LwAction action)
{
	g_assert(action <= LW_ACTION_REMOVE);
	return actions[action];
}

gboolean lw_action_parse(const char *name, LwAction *action)
{
	int found = find_name(actions, name);
	if (found >= 0)
		*action = found;
	return found >= 0;
}

const char *lw_decision_name(LwDecision decision)
{
	g_assert(decision <= LW_DECISION_REJECTED);
	return decisions[decision];
}

gboolean lw_decision_parse(const char *name, LwDecision *decision)
{
	int found = find_name(decisions, name);
	if (found >= 0)
		*decision = found;
	return found >= 0;
}

const char *lw_width_name(LwWidth width)
{
	g_assert(width <= LW_WIDTH_STRICT);
	return widths[width];
}

gboolean lw_width_parse(const char *name, LwWidth *width)
{
	int found = find_name(widths, name);
	if (found >= 0)
		*width = found;
	return found >= 0;
}

const LwGround *lw_ground_at(guint index)
{
	return index < G_N_ELEMENTS(grounds) ? &grounds[index] : NULL;
}

/* woo.md 1.3: a spelling is cut into runs of letters and runs of digits; what stands between must
 * be punctuation of a citation. Words that carry nothing go, ordinals become digits; what is left,
 * joined, is the key ("512e"). */
#define SPELLING_MAX 120
#define TOKENS_MAX   24

typedef struct {
	char text[SPELLING_MAX + 1];
	char *token[TOKENS_MAX];
	guint count;
} Spelling;

/* FALSE when the spelling holds something that no citation has. */
static gboolean cut_spelling(Spelling *spelling, const char *text)
{
	char *to = spelling->text;
	enum { BETWEEN, LETTERS, DIGITS };
	int run = BETWEEN;
	spelling->count = 0;
	if (strlen(text) > SPELLING_MAX / 2)
		return FALSE;
	for (const char *c = text; *c; c++) {
		int now = g_ascii_isalpha(*c) ? LETTERS : g_ascii_isdigit(*c) ? DIGITS : BETWEEN;
		if (now == BETWEEN && strncmp(c, "\u00a0", 2) == 0)
			c++;
		else if (now == BETWEEN && !strchr(" \t\r\n.,;:()", *c))
			return FALSE;
		if (run != BETWEEN && now != run)
			*to++ = '\0';
		if (now != BETWEEN && now != run) {
			if (spelling->count == TOKENS_MAX)
				return FALSE;
			spelling->token[spelling->count++] = to;
		}
		if (now != BETWEEN)
			*to++ = g_ascii_tolower(*c);
		run = now;
	}
	*to = '\0';
	return spelling->count > 0;
}

/* The key of a spelling in key (room for SPELLING_MAX + 1); empty when nothing is left. */
static void join_spelling(const Spelling *spelling, char *key)
{
	static const char *const before[] = {"artikel", "artikelen", "art", "woo", "wob", NULL};
	static const char *const after[] = {"van",  "de",	"woo",		"wob",	   "wet",
					    "open", "overheid", "openbaarheid", "bestuur", NULL};
	static const char *const idle[] = {"lid",    "sub", "onder", "onderdeel",
					   "aanhef", "en",  NULL};
	static const char *const ordinals[] = {"eerste", "tweede", "derde",   "vierde",
					       "vijfde", "zesde",  "zevende", NULL};
	guint from = 0, to = spelling->count;
	while (from < to && find_name(before, spelling->token[from]) >= 0)
		from++;
	while (to > from && find_name(after, spelling->token[to - 1]) >= 0)
		to--;
	key[0] = '\0';
	for (guint i = from; i < to; i++) {
		const char *token = spelling->token[i];
		int ordinal = find_name(ordinals, token);
		char digit[2] = {(char)('1' + ordinal), '\0'};
		if (find_name(idle, token) < 0)
			strcat(key, ordinal < 0 ? token : digit);
	}
}

static gboolean same_key(const char *key, const char *id)
{
	for (; *id; id++) {
		if (*id == '.')
			continue;
		if (*key++ != g_ascii_tolower(*id))
			return FALSE;
	}
	return *key == '\0';
}

static const LwGround *find_ground(const char *key)
{
	for (guint i = 0; i < G_N_ELEMENTS(grounds); i++)
		if (same_key(key, grounds[i].id) || same_key(key, grounds[i].code))
			return &grounds[i];
	return NULL;
}

/* woo.md 1.2: the law before 2022, and the names people give to what has no article. */
static const char *translate_key(const char *key)
{
	static const char *const legacy[][2] = {
		{"101a", "511a"},
		{"101b", "511b"},
		{"101c", "511c"},
		{"101d", "511d"},
		{"102a", "512a"},
		{"102b", "512b"},
		{"102c", "512c"},
		{"102d", "512d"},
		{"102e", "512e"},
		{"102f", "514"},
		{"102g", "515"},
		{"107a", "512g"},
		{"107b", "512h"},
		{"111", "521"},
		{"buitenverzoek", "br"},
		{"buitenreikwijdte", "br"},
		{"buitenreikwijdteverzoek", "br"},
	};
	for (guint i = 0; i < G_N_ELEMENTS(legacy); i++)
		if (strcmp(legacy[i][0], key) == 0)
			return legacy[i][1];
	return key;
}

const LwGround *lw_ground_parse(const char *text)
{
	Spelling spelling;
	char key[SPELLING_MAX + 1];
	if (!text || !cut_spelling(&spelling, text))
		return NULL;
	join_spelling(&spelling, key);
	return key[0] ? find_ground(translate_key(key)) : NULL;
}
