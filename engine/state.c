/* state.c - state.json in the internal folder. */
#include "engine/state.h"

#include "engine/base/digest.h"
#include "engine/base/json.h"
#include "engine/base/limits.h"
#include "engine/output.h"

#include <string.h>

struct LwState {
	char *policy_digest, *version;
	GHashTable *entries; /* output -> Entry */
};

typedef struct {
	LwStateEntry entry;
	char *input, *input_sha256, *plan_digest, *output, *output_sha256;
} Entry;

static void entry_free(gpointer self)
{
	Entry *entry = self;

	g_free(entry->input);
	g_free(entry->input_sha256);
	g_free(entry->plan_digest);
	g_free(entry->output);
	g_free(entry->output_sha256);
	g_clear_pointer(&entry->entry.receipt, g_variant_unref);
	g_free(entry);
}

LwState *lw_state_new(const char *policy_digest, const char *version)
{
	LwState *state = g_new0(LwState, 1);

	state->policy_digest = g_strdup(policy_digest);
	state->version = g_strdup(version);
	state->entries = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, entry_free);
	return state;
}

void lw_state_free(LwState *state)
{
	if (!state)
		return;
	g_hash_table_unref(state->entries);
	g_free(state->policy_digest);
	g_free(state->version);
	g_free(state);
}

void lw_state_add(LwState *state, const LwStateEntry *from)
{
	Entry *entry = g_new0(Entry, 1);

	entry->input = g_strdup(from->input);
	entry->input_sha256 = g_strdup(from->input_sha256);
	entry->plan_digest = g_strdup(from->plan_digest);
	entry->output = g_strdup(from->output);
	entry->output_sha256 = g_strdup(from->output_sha256);
	entry->entry = (LwStateEntry){
		.input = entry->input,
		.input_sha256 = entry->input_sha256,
		.plan_digest = entry->plan_digest,
		.output = entry->output,
		.output_sha256 = entry->output_sha256,
		.receipt = g_variant_ref_sink(from->receipt),
	};
	g_hash_table_replace(state->entries, g_strdup(entry->output), entry);
}

const LwStateEntry *lw_state_find(const LwState *state, const char *output)
{
	const Entry *entry = g_hash_table_lookup(state->entries, output);

	return entry ? &entry->entry : NULL;
}

static int compare_outputs(gconstpointer a, gconstpointer b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

GPtrArray *lw_state_outputs(const LwState *state)
{
	GPtrArray *outputs = g_ptr_array_new();
	GHashTableIter iter;
	gpointer output;

	g_hash_table_iter_init(&iter, state->entries);
	while (g_hash_table_iter_next(&iter, &output, NULL))
		g_ptr_array_add(outputs, output);
	g_ptr_array_sort(outputs, compare_outputs);
	return outputs;
}

/* The type of a saved receipt, which is the model's own affair. */
static GVariantType *receipt_type(void)
{
	g_autoptr(LwPlan) plan = lw_plan_new();
	g_autoptr(LwReceipt) receipt = lw_receipt_new(plan);
	g_autoptr(GVariant) saved = lw_receipt_save(receipt);

	return g_variant_type_copy(g_variant_get_type(saved));
}

/* Files are removed by these paths: none may lead out of the folder. */
static gboolean is_inside(const char *output)
{
	g_auto(GStrv) parts = g_strsplit(output, "/", -1);

	return *output && *output != '/' && !g_strv_contains((const char *const *)parts, "..");
}

static void read_entry(LwState *state, const LwJson *json, const GVariantType *type, gboolean same)
{
	const char *receipt = lw_json_string_of(json, "receipt");
	LwStateEntry entry = {
		.input = lw_json_string_of(json, "input"),
		.input_sha256 = lw_json_string_of(json, "input_sha256"),
		.plan_digest = same ? lw_json_string_of(json, "plan") : "",
		.output = lw_json_string_of(json, "output"),
		.output_sha256 = lw_json_string_of(json, "output_sha256"),
	};
	gsize length = 0;
	guchar *bytes;

	if (!receipt || !entry.input || !entry.input_sha256 || !entry.plan_digest ||
	    !entry.output || !is_inside(entry.output) || !entry.output_sha256 ||
	    !lw_digest_is_hex(entry.output_sha256))
		return;
	bytes = g_base64_decode(receipt, &length);
	entry.receipt = g_variant_new_from_data(type, bytes, length, FALSE, g_free, bytes);
	lw_state_add(state, &entry);
}

static char *state_path(const char *folder)
{
	return g_build_filename(folder, "state.json", NULL);
}

LwState *lw_state_load(const char *folder, const char *policy_digest, const char *version)
{
	LwState *state = lw_state_new(policy_digest, version);
	g_autofree char *path = state_path(folder);
	g_autoptr(GMappedFile) file = g_mapped_file_new(path, FALSE, NULL);
	g_autoptr(GVariantType) type = receipt_type();
	g_autoptr(LwJson) json = NULL;
	const LwJson *list;
	gboolean same;

	if (!file || !g_mapped_file_get_length(file) ||
	    g_mapped_file_get_length(file) > LW_LIMIT_TEXT_BYTES)
		return state;
	json = lw_json_parse(g_mapped_file_get_contents(file), g_mapped_file_get_length(file), path,
			     NULL);
	if (!json)
		return state;
	same = !g_strcmp0(lw_json_string_of(json, "policy"), policy_digest) &&
	       !g_strcmp0(lw_json_string_of(json, "version"), version);
	list = lw_json_member(json, "documents");
	for (gsize i = 0; list && i < lw_json_length(list); i++)
		read_entry(state, lw_json_at(list, i), type, same);
	return state;
}

static LwJson *entry_json(const LwStateEntry *entry)
{
	g_autofree char *receipt = g_base64_encode(g_variant_get_data(entry->receipt),
						   g_variant_get_size(entry->receipt));
	LwJson *json = lw_json_object_new();

	lw_json_set_string(json, "input", entry->input);
	lw_json_set_string(json, "input_sha256", entry->input_sha256);
	lw_json_set_string(json, "plan", entry->plan_digest);
	lw_json_set_string(json, "output", entry->output);
	lw_json_set_string(json, "output_sha256", entry->output_sha256);
	lw_json_set_string(json, "receipt", receipt);
	return json;
}

gboolean lw_state_save(const LwState *state, const char *folder, GError **error)
{
	g_autoptr(LwJson) json = lw_json_object_new();
	g_autoptr(GPtrArray) outputs = lw_state_outputs(state);
	g_autofree char *path = state_path(folder), *printed = NULL;
	LwJson *list = lw_json_array_new();

	lw_json_set_string(json, "policy", state->policy_digest);
	lw_json_set_string(json, "version", state->version);
	for (guint i = 0; i < outputs->len; i++)
		lw_json_append(list, entry_json(lw_state_find(state, outputs->pdata[i])));
	lw_json_set(json, "documents", list);
	printed = lw_json_print(json);
	return lw_output_write(path, printed, strlen(printed), LW_OUTPUT_REPLACE, error);
}
