/* json.c - JSON by jansson: an LwJson is a json_t under another name. */
#include "engine/base/json.h"

#include <math.h>
#include <string.h>

#include <jansson.h>

#include "engine/base/limits.h"

#define DECIMALS  1e4
#define EXACT_MAX 1e11 /* beyond this, four decimals are more than a double holds */

static json_t *inner(const LwJson *json)
{
	return (json_t *)json;
}

static LwJson *outer(json_t *json)
{
	return (LwJson *)json;
}

LwJson *lw_json_object_new(void)
{
	return outer(json_object());
}

LwJson *lw_json_array_new(void)
{
	return outer(json_array());
}

void lw_json_free(LwJson *json)
{
	json_decref(inner(json));
}

static json_t *new_string(const char *value)
{
	if (!value)
		return json_null();
	if (g_utf8_validate(value, -1, NULL))
		return json_string_nocheck(value);
	g_autofree char *valid = g_utf8_make_valid(value, -1);
	return json_string(valid);
}

/* Fails only when memory or the caller does. */
static void put(LwJson *object, const char *key, json_t *value)
{
	int failed = json_object_set_new(inner(object), key, value);
	g_assert(!failed);
}

void lw_json_set_string(LwJson *object, const char *key, const char *value)
{
	put(object, key, new_string(value));
}

void lw_json_set_integer(LwJson *object, const char *key, gint64 value)
{
	put(object, key, json_integer(value));
}

void lw_json_set_number(LwJson *object, const char *key, double value)
{
	if (fabs(value) < EXACT_MAX)
		value = round(value * DECIMALS) / DECIMALS + 0.0; /* no minus zero */
	put(object, key, isfinite(value) ? json_real(value) : json_null());
}

void lw_json_set_boolean(LwJson *object, const char *key, gboolean value)
{
	put(object, key, json_boolean(value));
}

void lw_json_set(LwJson *object, const char *key, LwJson *value)
{
	put(object, key, value ? inner(value) : json_null());
}

void lw_json_append(LwJson *array, LwJson *value)
{
	int failed = json_array_append_new(inner(array), inner(value));
	g_assert(!failed);
}

void lw_json_append_string(LwJson *array, const char *value)
{
	lw_json_append(array, outer(new_string(value)));
}

void lw_json_append_integer(LwJson *array, gint64 value)
{
	lw_json_append(array, outer(json_integer(value)));
}

char *lw_json_print(const LwJson *json)
{
	/* Allocated by jansson, which others may have given another allocator. */
	char *text = json_dumps(inner(json), JSON_COMPACT | JSON_REAL_PRECISION(15));
	g_assert(text);
	char *copy = g_strdup(text);
	free(text);
	return copy;
}

/* The depth of nesting, strings skipped; jansson recurses, so it is checked before. */
static gboolean is_shallow(const char *data, gsize length)
{
	gboolean quoted = FALSE;
	guint depth = 0;
	for (gsize i = 0; i < length; i++) {
		char c = data[i];
		if (quoted && c == '\\')
			i++;
		else if (c == '"')
			quoted = !quoted;
		else if (!quoted && (c == '[' || c == '{') && ++depth > LW_LIMIT_JSON_DEPTH)
			return FALSE;
		else if (!quoted && (c == ']' || c == '}') && depth)
			depth--;
	}
	return TRUE;
}

LwJson *lw_json_parse(const char *data, gsize length, const char *name, GError **error)
{
	json_error_t problem = {0};
	if (length > LW_LIMIT_JSON_BYTES || !is_shallow(data, length)) {
		g_set_error(error, LW_ERROR, LW_ERROR_USAGE, "'%s': json too large or too deep",
			    name);
		return NULL;
	}
	json_t *json = json_loadb(data, length, JSON_REJECT_DUPLICATES, &problem);
	if (!json)
		g_set_error(error, LW_ERROR, LW_ERROR_USAGE, "'%s':%d: no valid json", name,
			    MAX(problem.line, 1));
	return outer(json);
}

LwJsonType lw_json_type(const LwJson *json)
{
	switch (json_typeof(inner(json))) {
	case JSON_OBJECT:
		return LW_JSON_OBJECT;
	case JSON_ARRAY:
		return LW_JSON_ARRAY;
	case JSON_STRING:
		return LW_JSON_STRING;
	case JSON_INTEGER:
		return LW_JSON_INTEGER;
	case JSON_REAL:
		return LW_JSON_NUMBER;
	case JSON_TRUE:
	case JSON_FALSE:
		return LW_JSON_BOOLEAN;
	default:
		return LW_JSON_NULL;
	}
}

gsize lw_json_length(const LwJson *json)
{
	return json_is_array(inner(json)) ? json_array_size(inner(json))
					  : json_object_size(inner(json));
}

const LwJson *lw_json_at(const LwJson *array, gsize index)
{
	return outer(json_array_get(inner(array), index));
}

const char *lw_json_key(const LwJson *object, gsize index)
{
	void *at = json_object_iter(inner(object));
	while (at && index--)
		at = json_object_iter_next(inner(object), at);
	return at ? json_object_iter_key(at) : NULL;
}

const LwJson *lw_json_member(const LwJson *object, const char *key)
{
	return outer(json_object_get(inner(object), key));
}

const char *lw_json_string(const LwJson *json)
{
	return json_string_value(inner(json));
}

gboolean lw_json_integer(const LwJson *json, gint64 *value)
{
	if (!json_is_integer(inner(json)))
		return FALSE;
	*value = json_integer_value(inner(json));
	return TRUE;
}

const char *lw_json_string_of(const LwJson *object, const char *key)
{
	return json_string_value(json_object_get(inner(object), key));
}

gboolean lw_json_integer_of(const LwJson *object, const char *key, gint64 *value)
{
	const json_t *member = json_object_get(inner(object), key);
	if (!json_is_integer(member))
		return FALSE;
	*value = json_integer_value(member);
	return TRUE;
}

gboolean lw_json_number_of(const LwJson *object, const char *key, double *value)
{
	const json_t *member = json_object_get(inner(object), key);
	if (!json_is_number(member))
		return FALSE;
	*value = json_number_value(member);
	return TRUE;
}

gboolean lw_json_boolean_of(const LwJson *object, const char *key, gboolean *value)
{
	const json_t *member = json_object_get(inner(object), key);
	if (!json_is_boolean(member))
		return FALSE;
	*value = json_is_true(member);
	return TRUE;
}

const char *lw_json_unknown(const LwJson *object, const char *const *known)
{
	const char *key;
	json_t *value;
	json_object_foreach(inner(object), key, value)
	{
		if (!g_strv_contains(known, key))
			return key;
	}
	return NULL;
}
