/* entity.c - lists of finds, their order, and their way through the pipe. */
#include "engine/model/entity.h"

#include "engine/base/limits.h"
#include "engine/model/saved.h"

#define SAVED_TYPE   "(asasay)"
#define RECORD_BYTES 36
#define NO_STRING    G_MAXUINT32
#define RULES_MAX                                                                                  \
	256 /* rules are interned for good, so a hostile worker may not make them up without end   \
	     */
#define EVIDENCE_MAX_BYTES 400

LwEntities *lw_entities_new(void)
{
	LwArena *arena = lw_arena_new();
	LwEntities *entities = lw_arena_new0(arena, LwEntities, 1);
	entities->arena = arena;
	entities->items = g_array_new(FALSE, TRUE, sizeof(LwEntity));
	return entities;
}

void lw_entities_free(LwEntities *entities)
{
	if (!entities)
		return;
	g_array_unref(entities->items);
	lw_arena_free(entities->arena);
}

LwEntity *lw_entities_add(LwEntities *entities, LwSpan span, LwKind kind, float score,
			  const char *rule)
{
	guint index = entities->items->len;
	g_array_set_size(entities->items, index + 1);
	LwEntity *entity = &g_array_index(entities->items, LwEntity, index);
	entity->span = span;
	entity->kind = kind;
	entity->score = score;
	entity->rule = rule;
	return entity;
}

/* By start, longer first, higher score first; the rest only makes the order total. */
static int compare_entities(const void *a, const void *b)
{
	const LwEntity *x = a, *y = b;
	if (x->span.start != y->span.start)
		return x->span.start < y->span.start ? -1 : 1;
	if (x->span.length != y->span.length)
		return x->span.length > y->span.length ? -1 : 1;
	if (x->score < y->score || x->score > y->score)
		return x->score > y->score ? -1 : 1;
	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	return (x->figure > y->figure) - (x->figure < y->figure);
}

static gboolean is_sorted(const GArray *items)
{
	for (guint i = 1; i < items->len; i++)
		if (compare_entities(&g_array_index(items, LwEntity, i - 1),
				     &g_array_index(items, LwEntity, i)) > 0)
			return FALSE;
	return TRUE;
}

/* Most detectors add little or nothing to a list that was sorted before. */
void lw_entities_sort(LwEntities *entities)
{
	if (!is_sorted(entities->items))
		g_array_sort(entities->items, compare_entities);
}

/* Strings of a list, each once. */
typedef struct {
	GHashTable *index;
	GVariantBuilder list;
} Strings;

static guint32 number_of(Strings *strings, const char *string)
{
	void *found;
	if (!string)
		return NO_STRING;
	if (g_hash_table_lookup_extended(strings->index, string, NULL, &found))
		return GPOINTER_TO_UINT(found);
	guint32 number = g_hash_table_size(strings->index);
	g_hash_table_insert(strings->index, (void *)string, GUINT_TO_POINTER(number));
	g_variant_builder_add(&strings->list, "s", string);
	return number;
}

static void start_strings(Strings *strings)
{
	strings->index = g_hash_table_new(g_str_hash, g_str_equal);
	g_variant_builder_init(&strings->list, G_VARIANT_TYPE_STRING_ARRAY);
}

static GVariant *end_strings(Strings *strings)
{
	g_hash_table_unref(strings->index);
	return g_variant_builder_end(&strings->list);
}

GVariant *lw_entities_save(const LwEntities *entities)
{
	Strings rules, evidence;
	gsize size = (gsize)entities->items->len * RECORD_BYTES;
	guint8 *bytes = g_malloc(size), *to = bytes;
	start_strings(&rules);
	start_strings(&evidence);
	for (guint i = 0; i < entities->items->len; i++) {
		const LwEntity *entity = &g_array_index(entities->items, LwEntity, i);
		saved_u32(&to, entity->span.start);
		saved_u32(&to, entity->span.length);
		saved_u32(&to, entity->figure);
		saved_u16(&to, (guint16)entity->kind);
		saved_u16(&to, (guint16)entity->role);
		saved_float(&to, entity->score);
		saved_u32(&to, number_of(&rules, entity->rule));
		saved_u32(&to, entity->reason);
		saved_u32(&to, number_of(&evidence, entity->evidence));
		saved_u32(&to, entity->person);
	}
	GVariant *parts[3] = {end_strings(&rules), end_strings(&evidence),
			      lw_saved_take(bytes, size)};
	return g_variant_ref_sink(g_variant_new_tuple(parts, 3));
}

/* The rules, interned; NULL when one is no name. Free with g_free. */
static const char **load_rules(GVariant *list)
{
	gsize count = g_variant_n_children(list);
	if (count > RULES_MAX)
		return NULL;
	g_autofree const char **rules = g_new0(const char *, count + 1);
	for (gsize i = 0; i < count; i++) {
		const char *rule;
		g_variant_get_child(list, i, "&s", &rule);
		if (!lw_saved_is_name(rule))
			return NULL;
		rules[i] = g_intern_string(rule);
	}
	return g_steal_pointer(&rules);
}

static const char **load_evidence(GVariant *list, LwArena *arena)
{
	gsize count;
	g_autofree const char **strings = g_variant_get_strv(list, &count);
	if (count > LW_LIMIT_ENTITIES)
		return NULL;
	for (gsize i = 0; i < count; i++) {
		if (!lw_saved_is_line(strings[i], EVIDENCE_MAX_BYTES))
			return NULL;
		strings[i] = lw_arena_strndup(arena, strings[i], strlen(strings[i]));
	}
	return g_steal_pointer(&strings);
}

/* What the record's string numbers refer to. */
typedef struct {
	const char **rules, **evidence;
	gsize rule_count, evidence_count;
} Tables;

static gboolean load_record(LwEntity *entity, const guint8 **from, const Tables *tables)
{
	entity->span.start = saved_read_u32(from);
	entity->span.length = saved_read_u32(from);
	entity->figure = saved_read_u32(from);
	entity->kind = saved_read_u16(from);
	entity->role = saved_read_u16(from);
	entity->score = saved_read_float(from);
	guint32 rule = saved_read_u32(from);
	entity->reason = saved_read_u32(from);
	guint32 evidence = saved_read_u32(from);
	entity->person = saved_read_u32(from);
	if (rule >= tables->rule_count ||
	    (evidence != NO_STRING && evidence >= tables->evidence_count))
		return FALSE;
	entity->rule = tables->rules[rule];
	entity->evidence = evidence == NO_STRING ? NULL : tables->evidence[evidence];
	return (guint)entity->kind < LW_KIND_COUNT && (guint)entity->role < LW_ROLE_COUNT &&
	       (guint)entity->reason < LW_REASON_COUNT && entity->score >= 0 && entity->score <= 1;
}

static gboolean fits_document(const LwEntity *entity, const LwDocument *document)
{
	if (!lw_saved_is_span(document, entity->span))
		return FALSE;
	return entity->span.length || entity->figure < document->figures->len;
}

LwEntities *lw_entities_load(GVariant *saved, const LwDocument *document)
{
	if (!g_variant_is_of_type(saved, G_VARIANT_TYPE(SAVED_TYPE)) ||
	    !g_variant_is_normal_form(saved))
		return NULL;
	g_autoptr(LwEntities) entities = lw_entities_new();
	g_autoptr(GVariant) rule_list = g_variant_get_child_value(saved, 0);
	g_autoptr(GVariant) evidence_list = g_variant_get_child_value(saved, 1);
	g_autoptr(GVariant) block = g_variant_get_child_value(saved, 2);
	g_autofree const char **rules = load_rules(rule_list);
	g_autofree const char **evidence = load_evidence(evidence_list, entities->arena);
	const guint8 *from;
	gsize count;
	if (!rules || !evidence ||
	    !lw_saved_open(block, RECORD_BYTES, LW_LIMIT_ENTITIES, &from, &count))
		return NULL;
	Tables tables = {rules, evidence, g_variant_n_children(rule_list),
			 g_variant_n_children(evidence_list)};
	for (gsize i = 0; i < count; i++) {
		LwEntity entity = {0};
		if (!load_record(&entity, &from, &tables) || !fits_document(&entity, document))
			return NULL;
		g_array_append_val(entities->items, entity);
	}
	return g_steal_pointer(&entities);
}
