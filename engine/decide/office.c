/* office.c - the register of who held which office, and when (woo.md 2.3).
 *
 * A name of the register is in office only in a document of that period, and only as itself: with
 * first name or initials, or by surname alone once the document has named it in full. Where anybody
 * of that surname stands as a private person, none is in office. Without a date nobody is. */
#include "engine/decide/policy-data.h"

#include "engine/base/text.h"

#include <stdlib.h>
#include <string.h>

enum { BEFORE_BYTES = 60, BEHIND_BYTES = 160, FIELDS = 5, EVER = 99999999 };

/* Folded; a part that is not there is "". */
typedef struct {
	char *surname; /* its last word: "vries", "sloof-huizer" */
	char *first, *initial;
} Name;

/* A mention in a document. */
typedef struct {
	LwEntity *entity;
	Name name;
	const PolicyOffice *office; /* of the register: the same name */
	gboolean full;		    /* more than a surname */
} Mention;

typedef struct {
	const LwPolicy *policy;
	const LwDocument *document;
	guint32 date;
	LwEntities *found;
	GArray *mentions;
	GHashTable *named;   /* surnames that the document names in full, in office */
	GHashTable *private; /* surnames of somebody private */
} Binder;

static void name_clear(Name *name)
{
	g_free(name->surname);
	g_free(name->first);
	g_free(name->initial);
}

static gboolean is_initials(const char *word)
{
	return strchr(word, '.') || g_utf8_strlen(word, -1) == 1;
}

/* "De", "El": of a surname, whether or not a name stands before it. */
static gboolean is_particle(const char *word)
{
	static const char *const particles[] = {"de",  "den", "der", "van", "von", "vd",   "ter",
						"ten", "te",  "el",  "al",  "la",  "da",   "dos",
						"di",  "op",  "in",  "aan", "del", "v.d.", NULL};
	g_autofree char *folded = lw_text_fold(word, -1);

	return lw_text_is_lower(g_utf8_get_char(word)) || *word == '\'' ||
	       g_strv_contains(particles, folded);
}

static void set_folded(char **to, const char *word)
{
	g_free(*to);
	*to = lw_text_fold(word, -1);
}

/* A word of what stands before the surname, or behind it and a comma. */
static void take_given(Name *name, const char *word)
{
	char **to = is_initials(word) ? &name->initial : &name->first;

	if (!**to)
		set_folded(to, word);
}

/* "J.P. (Jan) de Vries", "Vries, J.P. de (Jan)", "De Vries". */
static Name name_of(const char *text)
{
	Name name = {g_strdup(""), g_strdup(""), g_strdup("")};
	const char *comma = strchr(text, ',');
	g_auto(GStrv) words = g_strsplit_set(text, " \t\r\n,", -1);
	const char *last = NULL;
	gsize at = 0;

	for (guint i = 0; words[i]; at += strlen(words[i++]) + 1) {
		char *word = words[i];
		gboolean behind = comma && at > (gsize)(comma - text);

		if (*word == '(') {
			g_strdelimit(word, "()", ' ');
			set_folded(&name.first, g_strstrip(word));
			continue;
		}
		if (!*word || is_particle(word) || word[strlen(word) - 1] == ')')
			continue;
		if (behind || is_initials(word)) {
			take_given(&name, word);
			continue;
		}
		if (last && !comma)
			take_given(&name, last);
		last = word;
	}
	if (last)
		set_folded(&name.surname, last);
	return name;
}

/* ---- the register ---- */

/* "2019-03-11" as 20190311; fallback when empty; FALSE when it is no date. */
static gboolean parse_date(const char *text, guint32 fallback, guint32 *date)
{
	g_auto(GStrv) parts = g_strsplit(text, "-", -1);
	guint64 year, month, day;

	*date = fallback;
	if (!*text)
		return TRUE;
	if (g_strv_length(parts) != 3 || strlen(parts[0]) != 4 ||
	    !g_ascii_string_to_unsigned(parts[0], 10, 1, 9999, &year, NULL) ||
	    !g_ascii_string_to_unsigned(parts[1], 10, 1, 12, &month, NULL) ||
	    !g_ascii_string_to_unsigned(parts[2], 10, 1, 31, &day, NULL) ||
	    !g_date_valid_dmy((GDateDay)day, (GDateMonth)month, (GDateYear)year))
		return FALSE;
	*date = (guint32)(year * 10000 + month * 100 + day);
	return TRUE;
}

static const char *keep(LwPolicy *policy, const char *text)
{
	return lw_arena_strndup(policy->arena, text, strlen(text));
}

static void index_office(LwPolicy *policy, PolicyOffice *office, const char *surname)
{
	GPtrArray *same = g_hash_table_lookup(policy->offices, surname);

	if (!same) {
		same = g_ptr_array_new();
		g_hash_table_insert(policy->offices, g_strdup(surname), same);
	}
	g_ptr_array_add(same, office);
}

/* Whoever is called Sloof-Huizer is called Sloof too. */
static void index_surnames(LwPolicy *policy, PolicyOffice *office)
{
	const char *hyphen = strchr(office->surname, '-');
	g_autofree char *own =
		hyphen ? g_strndup(office->surname, (gsize)(hyphen - office->surname)) : NULL;

	index_office(policy, office, office->surname);
	if (own && *own)
		index_office(policy, office, own);
}

char *lw_office_add(LwPolicy *policy, const char *line)
{
	g_auto(GStrv) fields = g_strsplit(line, ";", -1);
	guint count = g_strv_length(fields);
	PolicyOffice *office = lw_arena_new0(policy->arena, PolicyOffice, 1);
	g_autofree char *label = NULL;
	Name name;

	for (guint i = 0; i < count; i++)
		g_strstrip(fields[i]);
	if (count < 2 || count > FIELDS || !*fields[0] || !*fields[1])
		return g_strdup("an office is name; function; from; until; role");
	if (!parse_date(count > 2 ? fields[2] : "", 0, &office->from) ||
	    !parse_date(count > 3 ? fields[3] : "", EVER, &office->until) ||
	    office->from > office->until)
		return g_strdup("an office is from and until a day as 2019-03-11");
	office->role = LW_ROLE_OFFICE_HOLDER;
	if (count > 4 && *fields[4] && !lw_role_parse(fields[4], &office->role))
		return g_strdup("an office has a role that does not exist");
	name = name_of(fields[0]);
	office->surname = keep(policy, name.surname);
	office->first = keep(policy, name.first);
	office->initial = keep(policy, name.initial);
	label = g_strdup_printf("%s, %s - %s", fields[1], count > 2 ? fields[2] : "",
				count > 3 ? fields[3] : "");
	office->label = keep(policy, g_strchomp(label));
	if (*name.surname && (*name.first || *name.initial))
		index_surnames(policy, office);
	name_clear(&name);
	return *office->surname && (*office->first || *office->initial)
		       ? NULL
		       : g_strdup("an office needs a first name or initials, and a surname");
}

/* ---- a document ---- */

static gboolean same_letter(const char *a, const char *b)
{
	return g_utf8_get_char(a) == g_utf8_get_char(b);
}

/* Whether a mention can be of the one in the register. */
static gboolean is_same(const PolicyOffice *office, const Name *name)
{
	const char *letter = *office->initial ? office->initial : office->first;

	if (*name->first && *office->first && strcmp(name->first, office->first) != 0)
		return FALSE;
	if (*name->first && !*office->first && !same_letter(name->first, letter))
		return FALSE;
	return !*name->initial || same_letter(name->initial, letter);
}

/* The office that one of this name held at the date, else any that one of this name held. */
static const PolicyOffice *office_of(const Binder *binder, const Name *name)
{
	const GPtrArray *same = g_hash_table_lookup(binder->policy->offices, name->surname);
	const PolicyOffice *any = NULL;

	for (guint i = 0; same && i < same->len; i++) {
		const PolicyOffice *office = same->pdata[i];

		if (!is_same(office, name))
			continue;
		if (binder->date >= office->from && binder->date <= office->until)
			return office;
		any = office;
	}
	return any;
}

static gboolean in_office(const Binder *binder, const PolicyOffice *office)
{
	return binder->date && binder->date >= office->from && binder->date <= office->until;
}

/* What only stands beside a private person. */
static gboolean is_private(const LwEntity *entity)
{
	switch (entity->kind) {
	case LW_KIND_BSN:
	case LW_KIND_ADDRESS:
	case LW_KIND_POSTCODE:
	case LW_KIND_BIRTH_DATE:
	case LW_KIND_BIRTH_PLACE:
	case LW_KIND_AGE:
	case LW_KIND_IBAN:
	case LW_KIND_CLIENT_NUMBER:
	case LW_KIND_CRIMINAL_CASE:
	case LW_KIND_SPECIAL:
		return entity->span.length && entity->role != LW_ROLE_FUNCTIONAL;
	default:
		return FALSE;
	}
}

static gboolean has_private_near(const Binder *binder, LwSpan span)
{
	gsize end = (gsize)span.start + span.length;

	for (guint i = 0; i < binder->found->items->len; i++) {
		const LwEntity *entity = &g_array_index(binder->found->items, LwEntity, i);
		gsize start = entity->span.start, stop = start + entity->span.length;

		if (start > end + BEHIND_BYTES)
			break;
		if (is_private(entity) && (start >= end || stop + BEFORE_BYTES >= span.start))
			return TRUE;
	}
	return FALSE;
}

static gboolean is_other_role(LwRole role)
{
	return role != LW_ROLE_UNKNOWN && lw_role_default_action(role) != LW_ACTION_KEEP;
}

static void add_mention(Binder *binder, LwEntity *entity)
{
	g_autofree char *text =
		g_strndup(binder->document->text + entity->span.start, entity->span.length);
	Mention mention = {.entity = entity, .name = name_of(text)};

	mention.office = office_of(binder, &mention.name);
	mention.full = *mention.name.first || *mention.name.initial;
	if (!g_hash_table_contains(binder->policy->offices, mention.name.surname)) {
		name_clear(&mention.name);
		return;
	}
	/* Another of this surname, or the same one at home: then a surname tells nothing. */
	if (!mention.office || is_other_role(entity->role) ||
	    has_private_near(binder, entity->span))
		g_hash_table_add(binder->private, mention.name.surname);
	g_array_append_val(binder->mentions, mention);
}

static gboolean is_known(const Binder *binder, const Mention *mention)
{
	return mention->office && mention->entity->role == LW_ROLE_UNKNOWN &&
	       !g_hash_table_contains(binder->private, mention->name.surname);
}

static void bind(const Binder *binder, const Mention *mention)
{
	LwEntity *entity = mention->entity;

	entity->evidence = mention->office->label;
	if (in_office(binder, mention->office)) {
		entity->role = mention->office->role;
		entity->reason = LW_REASON_OFFICE;
	} else {
		entity->reason = binder->date ? LW_REASON_NO_OFFICE : LW_REASON_NO_DATE;
	}
}

static void bind_all(Binder *binder)
{
	for (guint i = 0; i < binder->mentions->len; i++) {
		const Mention *mention = &g_array_index(binder->mentions, Mention, i);

		if (mention->full && is_known(binder, mention))
			g_hash_table_add(binder->named, mention->name.surname);
	}
	for (guint i = 0; i < binder->mentions->len; i++) {
		const Mention *mention = &g_array_index(binder->mentions, Mention, i);

		if (is_known(binder, mention) &&
		    g_hash_table_contains(binder->named, mention->name.surname))
			bind(binder, mention);
	}
}

void lw_policy_bind_offices(const LwPolicy *policy, const LwDocument *document, guint32 date,
			    LwEntities *found)
{
	Binder binder = {.policy = policy, .document = document, .date = date, .found = found};

	if (!g_hash_table_size(policy->offices))
		return;
	binder.mentions = g_array_new(FALSE, FALSE, sizeof(Mention));
	binder.named = g_hash_table_new(g_str_hash, g_str_equal);
	binder.private = g_hash_table_new(g_str_hash, g_str_equal);
	for (guint i = 0; i < found->items->len; i++) {
		LwEntity *entity = &g_array_index(found->items, LwEntity, i);

		if (entity->kind == LW_KIND_PERSON && entity->span.length)
			add_mention(&binder, entity);
	}
	bind_all(&binder);
	g_hash_table_unref(binder.named);
	g_hash_table_unref(binder.private);
	for (guint i = 0; i < binder.mentions->len; i++)
		name_clear(&g_array_index(binder.mentions, Mention, i).name);
	g_array_unref(binder.mentions);
}
