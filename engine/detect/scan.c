/* scan.c - keywords around a number, headings of tables, and what an identifier is worth.
 *
 * A keyword counts up to 60 characters back on the same page; every heading line is read once. */
#include "engine/detect/scan.h"

#include <string.h>

#define REACH_BEFORE   60
#define REACH_BEHIND   30
#define HEADING_LENGTH 200
#define HEADING_LINES  200
#define LINE_MAX_BYTES 4096 /* a longer line is read in pieces: nothing may cost its square */

typedef struct {
	const char *name;
	LwKind kind;
	guint8 scores[4]; /* by ScanEvidence */
} Rule;

static const Rule rules[RULE_COUNT] = {
#define LW_RULE(ID, name, kind, both, check, context, form)                                        \
	[RULE_##ID] = {name, LW_KIND_##kind, {both, check, context, form}},
#include "engine/detect/identifiers.def"
};

typedef struct {
	const char *word; /* '#' stands for nummer, nr, code */
	ScanTopic topic;
	const char *shown;
} Keyword;

static Keyword keywords[] = {
#define LW_KEYWORD(word, topic) {word, TOPIC_##topic, NULL},
#include "engine/detect/identifiers.def"
};

static GHashTable *keyword_table(void)
{
	static GHashTable *table;
	static gsize ready;
	if (g_once_init_enter(&ready)) {
		table = g_hash_table_new(g_str_hash, g_str_equal);
		for (gsize i = 0; i < G_N_ELEMENTS(keywords); i++) {
			char **parts = g_strsplit(keywords[i].word, "#", 2);
			char *shown = parts[1] ? g_strconcat(parts[0], "nummer", NULL)
					       : g_strdup(parts[0]);
			keywords[i].shown = g_intern_string(shown);
			g_hash_table_insert(table, (gpointer)keywords[i].word, &keywords[i]);
			g_free(shown);
			g_strfreev(parts);
		}
		g_once_init_leave(&ready, 1);
	}
	return table;
}

/* A word in the spelling of the keyword table: lower case, no dots, hyphens or diacritics. FALSE
 * when too long. */
static gboolean spell(const char *text, gsize length, char out[48])
{
	gsize to = 0;
	g_autofree char *folded = NULL;
	for (gsize i = 0; i < length && !folded; i++)
		if ((guint8)text[i] >= 0x80)
			folded = lw_text_fold(text, (gssize)length);
	const char *from = folded ? folded : text;
	gsize size = folded ? strlen(folded) : length;
	for (gsize i = 0; i < size; i++) {
		if (from[i] == '.' || from[i] == '-')
			continue;
		if (to >= 46)
			return FALSE;
		out[to++] = g_ascii_tolower(from[i]);
	}
	out[to] = '\0';
	return to > 0;
}

static gsize suffix_length(const char *word)
{
	static const char *const suffixes[] = {"nummers", "nummer", "numbers", "number",
					       "nrs",	  "nr",	    "code",    "no"};
	gsize length = strlen(word);
	for (gsize i = 0; i < G_N_ELEMENTS(suffixes); i++)
		if (g_str_has_suffix(word, suffixes[i]) && length >= strlen(suffixes[i]))
			return strlen(suffixes[i]);
	return 0;
}

/* "toezichthouder", "kaarthouders", "pleegkind": the number of whoever is called so is a
 * person's. */
static gboolean names_person(const char *stem)
{
	static const char *const endings[] = {
		"houder",  "houders",	"nemer",       "nemers",      "medewerker", "medewerkers",
		"client",  "clienten",	"patient",     "patienten",   "leerling",   "leerlingen",
		"bewoner", "bewoners",	"huurder",     "huurders",    "gebruikers", "debiteuren",
		"klant",   "klanten",	"inspecteur",  "inspecteurs", "ambtenaar",  "ambtenaren",
		"student", "studenten", "cursisten",   "kind",	      "kinderen",   "jeugdige",
		"burger",  "inwoner",	"inwoners",    "abonnee",     "donateur",   "gasten",
		"tolk",	   "agent",	"agenten",     "lener",	      "leners",	    "ouder",
		"lid",	   "leden",	"verzekerden", "aanvrager",   "deelnemers"};

	for (gsize i = 0; i < G_N_ELEMENTS(endings); i++)
		if (g_str_has_suffix(stem, endings[i]) && strlen(stem) > strlen(endings[i]) + 2)
			return TRUE;
	return FALSE;
}

/* previous: the word before it, for "klant nummer"; may be empty. */
static const Keyword *find_keyword(const char *word, const char *previous);

/* "burgerservicenurnmer": a reader of scans takes m for rn. */
static const Keyword *find_misread(const char *word)
{
	char mended[48];
	gsize to = 0;
	if (!strstr(word, "rn"))
		return NULL;
	for (const char *at = word; *at; at++) {
		gboolean pair = at[0] == 'r' && at[1] == 'n';
		mended[to++] = pair ? 'm' : *at;
		at += pair;
	}
	mended[to] = '\0';
	return find_keyword(mended, "");
}

static const Keyword *find_keyword(const char *word, const char *previous)
{
	GHashTable *table = keyword_table();
	const Keyword *keyword = g_hash_table_lookup(table, word);
	gsize suffix = keyword ? 0 : suffix_length(word);
	char stem[100];

	/* "subject_id" */
	if (!strcmp(word, "id") && *previous) {
		g_snprintf(stem, sizeof stem, "%sid", previous);
		const Keyword *whole = g_hash_table_lookup(table, stem);
		keyword = whole ? whole : keyword;
	}
	if (!suffix)
		return keyword ? keyword : find_misread(word);
	gsize length = strlen(word) - suffix;
	const char *before = length ? word : previous;
	gsize size = MIN(length ? length : strlen(previous), sizeof stem - 2);

	memcpy(stem, before, size);
	memcpy(stem + size, "#", 2);
	keyword = g_hash_table_lookup(table, stem);
	if (keyword)
		return keyword;
	stem[size] = '\0';
	keyword = length ? g_hash_table_lookup(table, stem) : NULL;
	if (!keyword && names_person(stem))
		keyword = g_hash_table_lookup(table, "client#");
	return keyword ? keyword : find_misread(word);
}

static gboolean is_inner(const Scan *scan, gsize at, gsize low, gsize high)
{
	guint8 c = (guint8)scan->text[at];
	if (g_ascii_isalpha((char)c) || c >= 0x80)
		return TRUE;
	if ((c != '.' && c != '-') || at <= low || at + 1 >= high)
		return FALSE;
	guint8 before = (guint8)scan->text[at - 1], behind = (guint8)scan->text[at + 1];
	return (g_ascii_isalpha((char)before) || before >= 0x80) &&
	       (g_ascii_isalpha((char)behind) || behind >= 0x80);
}

/* The last word that ends at or before *at and not before low; *at becomes its start. */
static gboolean word_before(const Scan *scan, gsize low, gsize *at, char word[48], gsize *end)
{
	gsize stop = *at;
	while (stop > low && !is_inner(scan, stop - 1, low, stop))
		stop--;
	gsize start = stop;
	while (start > low && is_inner(scan, start - 1, low, stop))
		start--;
	if (start == stop)
		return FALSE;
	*at = start;
	*end = stop;
	if (!spell(scan->text + start, stop - start, word))
		word[0] = '\0';
	return TRUE;
}

static void note(ScanNear *near, const Keyword *keyword, gsize distance)
{
	if (near->distance[keyword->topic])
		return;
	near->distance[keyword->topic] = (guint16)(distance + 1);
	near->word[keyword->topic] = keyword->shown;
}

/* "123456782 (BSN)" */
static void look_behind_number(const Scan *scan, gsize to, ScanNear *near)
{
	gsize at = to, limit = MIN(scan->length, to + REACH_BEHIND);
	while (at < limit && (scan->text[at] == ' ' || scan->text[at] == '('))
		at++;
	if (at == to || at >= limit || scan->text[at - 1] != '(')
		return;
	gsize end = at;
	while (end < limit && is_inner(scan, end, at, limit))
		end++;
	char word[48];
	if (!spell(scan->text + at, end - at, word))
		return;
	const Keyword *keyword = find_keyword(word, "");
	if (keyword && !near->distance[keyword->topic])
		note(near, keyword, 1);
}

const ScanNear *scan_near(Scan *scan, gsize from, gsize to)
{
	if (scan->near_at == from)
		return &scan->near;
	memset(&scan->near, 0, sizeof scan->near);
	scan->near_at = from;
	gsize low = from > REACH_BEFORE ? from - REACH_BEFORE : 0;
	for (gsize i = from; i > low; i--)
		if (scan->text[i - 1] == '\f')
			low = i;
	char word[48], previous[48];
	gsize at = from, end, previous_end;
	/* A label that the reach would cut is no word. */
	while (low > 0 && low < from && scan_is_word((guint8)scan->text[low - 1]) &&
	       scan_is_word((guint8)scan->text[low]))
		low++;
	gboolean more = word_before(scan, low, &at, word, &end);
	while (more) {
		gsize next = at;
		more = word_before(scan, low, &next, previous, &previous_end);
		const Keyword *keyword =
			find_keyword(word, more && at - previous_end <= 2 ? previous : "");
		/* "T 0592-..." but not "T. Bakker  0592-..." */
		if (keyword && (word[1] || from - end <= 3))
			note(&scan->near, keyword, from - end);
		at = next;
		end = previous_end;
		memcpy(word, previous, sizeof word);
	}
	look_behind_number(scan, to, &scan->near);
	return &scan->near;
}

ScanTopic scan_topic_of(const char *text, gsize length)
{
	char word[48], joined[48];
	gsize used = 0;
	if (!spell(text, length, word))
		return TOPIC_NONE;
	for (const char *at = word; *at; at++)
		if (*at != ' ')
			joined[used++] = *at;
	joined[used] = '\0';
	const Keyword *keyword = find_keyword(joined, "");
	return keyword ? keyword->topic : TOPIC_NONE;
}

gsize scan_line_start(const Scan *scan, gsize at)
{
	gsize low = at > LINE_MAX_BYTES ? at - LINE_MAX_BYTES : 0;
	while (at > low && scan->text[at - 1] != '\n' && scan->text[at - 1] != '\f')
		at--;
	return at;
}

gsize scan_line_end(const Scan *scan, gsize at)
{
	gsize high = MIN(scan->length, at + LINE_MAX_BYTES);
	while (at < high && scan->text[at] != '\n' && scan->text[at] != '\f')
		at++;
	return at;
}

static guint64 line_topics(const Scan *scan, gsize from, gsize to)
{
	guint64 topics = 0;
	gboolean columns = FALSE;
	if (to - from > HEADING_LENGTH)
		return 0;
	for (gsize i = from; i < to; i++) {
		if (g_ascii_isdigit(scan->text[i]))
			return 0;
		columns |= scan->text[i] == '\t' || scan->text[i] == '|' ||
			   (scan->text[i] == ' ' && i + 1 < to && scan->text[i + 1] == ' ');
	}
	char word[48];
	guint words = 0, count = 0;
	for (gsize at = to, end; word_before(scan, from, &at, word, &end); words++) {
		const Keyword *keyword = find_keyword(word, "");
		if (!keyword || keyword->topic == TOPIC_CASE)
			continue;
		topics |= 1ull << keyword->topic;
		count++;
	}
	/* A heading has columns or few words; a sentence has neither. */
	return columns || count > 1 || words <= 6 ? topics : 0;
}

/* The paragraph or table around a position is left at an empty line or a page's end. */
static void read_headings(Scan *scan, gsize at)
{
	/* On the line that was asked about last nothing is new. */
	gboolean same = scan->asked && at >= scan->asked &&
			!memchr(scan->text + scan->asked, '\n', at - scan->asked) &&
			!memchr(scan->text + scan->asked, '\f', at - scan->asked);
	scan->asked = at;
	if (same)
		return;
	gsize line = scan_line_start(scan, at), start = line;
	if (scan->block_seen > line)
		return;
	gsize low = MAX(scan->block_seen, scan->block);
	for (int lines = 0; start > low && lines < HEADING_LINES; lines++) {
		gsize previous = scan_line_start(scan, start - 1);
		if (scan->text[start - 1] == '\f' || start - 1 - previous == 0)
			break;
		start = previous;
	}
	if (start > low || start > scan->block_seen) {
		scan->block = start;
		scan->headings = 0;
	}
	for (gsize from = start; from < line;) {
		gsize to = scan_line_end(scan, from);
		scan->headings |= line_topics(scan, from, to);
		from = to + 1;
	}
	scan->block_seen = line;
}

gboolean scan_nearer(const ScanNear *near, ScanTopic a, ScanTopic b)
{
	return near->distance[a] && (!near->distance[b] || near->distance[a] < near->distance[b]);
}

ScanTopic scan_nearest(const ScanNear *near)
{
	ScanTopic best = TOPIC_NONE;
	for (guint i = 1; i < TOPIC_COUNT; i++)
		if (near->distance[i] && (!best || near->distance[i] < near->distance[best]))
			best = (ScanTopic)i;
	return best;
}

gboolean scan_has(Scan *scan, gsize from, gsize to, ScanTopic topic)
{
	const ScanNear *near = scan_near(scan, from, to);
	if (near->distance[topic])
		return scan_nearer(near, topic, TOPIC_CASE);
	if (near->distance[TOPIC_CASE])
		return FALSE;
	read_headings(scan, from);
	return (scan->headings >> topic) & 1;
}

LwEntity *scan_emit(Scan *scan, ScanRule rule, gsize from, gsize to, ScanEvidence evidence,
		    ScanTopic topic)
{
	static const LwReason reasons[] = {LW_REASON_CHECKSUM_CONTEXT, LW_REASON_CHECKSUM,
					   LW_REASON_CONTEXT, LW_REASON_FORM};
	const Rule *row = &rules[rule];
	if (!row->scores[evidence] || from >= to)
		return NULL;
	gsize start, end;
	lw_normal_range(scan->context->base.normal, from, to, &start, &end);
	LwSpan span = {(guint32)start, (guint32)(end - start)};
	LwEntity *entity = lw_entities_add(scan->found, span, row->kind,
					   row->scores[evidence] / 100.0f, row->name);
	entity->reason = reasons[evidence];
	gboolean near = scan->near_at == from && scan->near.distance[topic];
	if (evidence == EVIDENCE_BOTH || evidence == EVIDENCE_CONTEXT)
		entity->evidence = near ? scan->near.word[topic] : lw_kind_name(row->kind);
	if (evidence == EVIDENCE_CONTEXT && row->scores[EVIDENCE_BOTH])
		entity->reason = LW_REASON_CONTEXT_BAD_CHECKSUM;
	return entity;
}

gboolean scan_words(const Scan *scan, gsize from, gsize to, const char *words)
{
	for (const char *word = words; *word;) {
		gsize size = (gsize)(strchrnul(word, '|') - word);
		char first = g_ascii_tolower(*word);
		for (gsize at = from; at + size <= to; at++) {
			if (g_ascii_tolower(scan->text[at]) != first ||
			    g_ascii_strncasecmp(scan->text + at, word, size))
				continue;
			gboolean left = !at || !scan_is_word((guint8)scan->text[at - 1]);
			gboolean right = at + size >= scan->length ||
					 !scan_is_word((guint8)scan->text[at + size]);
			if (left && right)
				return TRUE;
		}
		word += size + (word[size] == '|');
	}
	return FALSE;
}
