/* json.h - small JSON: lines of scans and logs, files of marks. The door to jansson.
 *
 * A value is owned by the object or array that it was put into; only the outermost is freed. Keys
 * keep their order. What is read is bounded in size and depth, and has no doubled keys. Errors name
 * the file and the line, never the text. */
#pragma once

#include "engine/base/error.h"

typedef struct LwJson LwJson;

typedef enum {
	LW_JSON_NULL,
	LW_JSON_BOOLEAN,
	LW_JSON_INTEGER,
	LW_JSON_NUMBER,
	LW_JSON_STRING,
	LW_JSON_ARRAY,
	LW_JSON_OBJECT,
} LwJsonType;

LwJson *lw_json_object_new(void);
LwJson *lw_json_array_new(void);
void lw_json_free(LwJson *json);

/* Into an object; an earlier value of the key goes. A NULL string becomes null, bytes that are no
 * UTF-8 become U+FFFD; a number is rounded to four decimals, one that is not finite becomes null.
 */
void lw_json_set_string(LwJson *object, const char *key, const char *value);
void lw_json_set_integer(LwJson *object, const char *key, gint64 value);
void lw_json_set_number(LwJson *object, const char *key, double value);
void lw_json_set_boolean(LwJson *object, const char *key, gboolean value);
void lw_json_set(LwJson *object, const char *key,
		 LwJson *value); /* takes value; NULL becomes null */
/* At the end of an array. */
void lw_json_append(LwJson *array, LwJson *value); /* takes value */
void lw_json_append_string(LwJson *array, const char *value);
void lw_json_append_integer(LwJson *array, gint64 value);

/* One line without white space, keys in their order, UTF-8 as it is; yours. The same value gives
 * the same bytes. */
char *lw_json_print(const LwJson *json);
/* An object or array and nothing after it; name stands in errors, LW_ERROR_USAGE. Yours. */
LwJson *lw_json_parse(const char *data, gsize length, const char *name, GError **error);

LwJsonType lw_json_type(const LwJson *json);
gsize lw_json_length(const LwJson *json);		    /* of an array or object; else 0 */
const LwJson *lw_json_at(const LwJson *array, gsize index); /* NULL past the end */
const char *lw_json_key(const LwJson *object, gsize index); /* NULL past the end */
const LwJson *lw_json_member(const LwJson *object, const char *key); /* NULL when absent */
const char *lw_json_string(const LwJson *json);			     /* NULL when it is none */
gboolean lw_json_integer(const LwJson *json, gint64 *value);		     /* FALSE when it is none */
/* Members of an object by type; NULL or FALSE when absent or of another type. A number may be
 * written as an integer. */
const char *lw_json_string_of(const LwJson *object, const char *key);
gboolean lw_json_integer_of(const LwJson *object, const char *key, gint64 *value);
gboolean lw_json_number_of(const LwJson *object, const char *key, double *value);
gboolean lw_json_boolean_of(const LwJson *object, const char *key, gboolean *value);
/* The first key of an object that is not in the NULL-terminated list; NULL when all are. */
const char *lw_json_unknown(const LwJson *object, const char *const *known);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(LwJson, lw_json_free)
