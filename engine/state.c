/* state.c - state.json in the internal folder. */
#include "engine/state.h"

#include "engine/base/digest.h"
#include "engine/base/json.h"
#include "engine/base/limits.h"
#include "engine/output.h"

#include <string.h>

struct LwState {
	char *policy_digest, *version;
	GHashTable *entries; /* name -> Entry */
};

typedef struct {
	LwStateEntry entry;
	char *input_sha256, *plan_digest, *output, *output_sha256;
} Entry;

static void entry_free(gpointer self)
{
	Entry *entry = self;

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

void lw_state_add(LwState *state, const char *name, const LwStateEntry *from)
{
	Entry *entry = g_new0(Entry, 1);

	entry->input_sha256 = g_strdup(from->input_sha256);
	entry->plan_digest = g_strdup(from->plan_digest);
	entry->output = g_strdup(from->output);
	entry->output_sha256 = g_strdup(from->output_sha256);
	entry->entry = (LwStateEntry){entry->input_sha256, entry->plan_digest, entry->output,
				      entry->output_sha256, g_variant_ref_sink(from->receipt)};
	g_hash_table_replace(state->entries, g_strdup(name), entry);
}

const LwStateEntry *lw_state_find(const LwState *state, const char *name)
{
	const Entry *entry = g_hash_table_lookup(state->entries, name);

	return entry ? &entry->entry : NULL;
}

/* The type of a saved receipt, which is the model's own affair. */
static GVariantType *receipt_type(void)
{
	g_autoptr(LwPlan) plan = lw_plan_new();
	g_autoptr(LwReceipt) receipt = lw_receipt_new(plan);
	g_autoptr(GVariant) saved = lw_receipt_save(receipt);

	return g_variant_type_copy(g_variant_get_type(saved));
}

static void read_entry(LwState *state, const LwJson *json, const GVariantType *type)
{
	const char *name = lw_json_string_of(json, "name");
	const char *receipt = lw_json_string_of(json, "receipt");
	LwStateEntry entry = {lw_json_string_of(json, "input_sha256"),
			      lw_json_string_of(json, "plan"), lw_json_string_of(json, "output"),
			      lw_json_string_of(json, "output_sha256"), NULL};
	gsize length = 0;
	guchar *bytes;

	if (!name || !receipt || !entry.input_sha256 || !entry.plan_digest || !entry.output ||
	    !entry.output_sha256 || !lw_digest_is_hex(entry.output_sha256))
		return;
	bytes = g_base64_decode(receipt, &length);
	entry.receipt = g_variant_new_from_data(type, bytes, length, FALSE, g_free, bytes);
	lw_state_add(state, name, &entry);
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

	if (!file || !g_mapped_file_get_length(file) ||
	    g_mapped_file_get_length(file) > LW_LIMIT_TEXT_BYTES)
		return state;
	json = lw_json_parse(g_mapped_file_get_contents(file), g_mapped_file_get_length(file), path,
			     NULL);
	if (!json || g_strcmp0(lw_json_string_of(json, "policy"), policy_digest) ||
	    g_strcmp0(lw_json_string_of(json, "version"), version))
		return state;
	list = lw_json_member(json, "documents");
	for (gsize i = 0; list && i < lw_json_length(list); i++)
		read_entry(state, lw_json_at(list, i), type);
	return state;
}

static LwJson *entry_json(const char *name, const LwStateEntry *entry)
{
	g_autofree char *receipt = g_base64_encode(g_variant_get_data(entry->receipt),
						   g_variant_get_size(entry->receipt));
	LwJson *json = lw_json_object_new();

	lw_json_set_string(json, "name", name);
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
	g_autoptr(GList) names =
		g_list_sort(g_hash_table_get_keys(state->entries), (GCompareFunc)strcmp);
	g_autofree char *path = state_path(folder), *printed = NULL;
	LwJson *list = lw_json_array_new();

	lw_json_set_string(json, "policy", state->policy_digest);
	lw_json_set_string(json, "version", state->version);
	for (GList *at = names; at; at = at->next)
		lw_json_append(list, entry_json(at->data, lw_state_find(state, at->data)));
	lw_json_set(json, "documents", list);
	printed = lw_json_print(json);
	return lw_output_write(path, printed, strlen(printed), LW_OUTPUT_REPLACE, error);
}
