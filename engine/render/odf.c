/* odf.c - writes OpenDocument files.
 *
 * The map that was read is the map that is burned: both come from the same walk over the same
 * bytes. */
#include "engine/render/odf.h"

#include <string.h>

#include "engine/render/odf_work.h"

#define NEW_NAME "lakwerk"

/* "_20_" in the name of a style stands for the character U+0020. */
static char *dup_without_escapes(const char *value)
{
	GString *out = g_string_new(NULL);
	for (const char *at = value; *at;) {
		char *end = NULL;
		const gunichar c = *at == '_' && g_ascii_isxdigit(at[1])
					   ? (gunichar)g_ascii_strtoull(at + 1, &end, 16)
					   : 0;
		if (end && *end == '_' && c && c < 0x110000 && g_unichar_validate(c)) {
			g_string_append_unichar(out, c);
			at = end + 1;
		} else {
			g_string_append_c(out, *at++);
		}
	}
	return g_string_free(out, FALSE);
}

static gboolean stands_in(const LwSecrets *secrets, const char *text)
{
	return text && *text && lw_secrets_in_text(secrets, text, strlen(text)) >= 0;
}

gboolean lw_odf_is_secret(LwOdfWork *work, const char *value)
{
	gpointer answer;
	if (!*value || lw_secrets_is_empty(work->secrets))
		return FALSE;
	if (g_hash_table_lookup_extended(work->known, value, NULL, &answer))
		return GPOINTER_TO_INT(answer);
	gboolean secret = stands_in(work->secrets, value);
	if (!secret && strchr(value, '_')) {
		g_autofree char *plain = dup_without_escapes(value);
		secret = stands_in(work->secrets, plain);
	}
	if (!secret && strchr(value, '%')) {
		g_autofree char *plain = g_uri_unescape_string(value, NULL);
		secret = plain && g_utf8_validate(plain, -1, NULL) &&
			 stands_in(work->secrets, plain);
	}
	g_hash_table_insert(work->known, g_strdup(value), GINT_TO_POINTER(secret));
	return secret;
}

const char *lw_odf_rename(LwOdfWork *work, const char *name)
{
	char *now = g_hash_table_lookup(work->names, name);
	if (now)
		return now;
	now = g_strdup_printf(NEW_NAME "%u", ++work->taken);
	g_hash_table_insert(work->names, g_strdup(name), now);
	return now;
}

/* A file that we wrote before has such names already. */
static void count_names(LwOdfWork *work, LwXml *part)
{
	LwNode *root = lw_xml_root(part);
	for (LwNode *node = root; node; node = lw_node_following(node, root)) {
		for (LwAttribute *each = lw_attribute_first(node); each;
		     each = lw_attribute_next(each)) {
			g_autofree char *value = lw_attribute_dup_value(each);
			if (!g_str_has_prefix(value, NEW_NAME))
				continue;
			const guint64 number = g_ascii_strtoull(value + strlen(NEW_NAME), NULL, 10);
			if (number < G_MAXUINT32 / 2)
				work->taken = MAX(work->taken, (guint)number);
		}
	}
}

/* Which text nodes are read: the rest is seen by nobody, not even by the detectors. */
static gboolean note_seen(LwOdfWork *work, GError **error)
{
	g_autoptr(LwTextMap) map = lw_text_map_new(work->package, error);
	for (guint i = 0; map && i < map->pieces->len; i++) {
		const LwPiece *piece = &g_array_index(map->pieces, LwPiece, i);
		if (piece->type == LW_PIECE_TEXT)
			g_hash_table_add(work->seen, piece->node);
	}
	return map != NULL;
}

static void work_clear(LwOdfWork *work)
{
	lw_text_map_free(work->map);
	lw_package_free(work->package);
	lw_secrets_free(work->secrets);
	g_hash_table_unref(work->seen);
	g_hash_table_unref(work->names);
	g_hash_table_unref(work->known);
	g_hash_table_unref(work->fresh);
	g_hash_table_unref(work->cells);
}

static GBytes *render(LwOdfWork *work, GBytes *input, GError **error)
{
	work->package = lw_package_open(input, error);
	if (!work->package)
		return NULL;
	work->map = lw_text_map_new(work->package, error);
	if (!work->map || !lw_odf_burn(work, error))
		return NULL;
	lw_odf_crop(work);
	if (!note_seen(work, error))
		return NULL;
	g_autoptr(GPtrArray) trees = lw_package_trees(work->package);
	for (guint i = 0; i < trees->len; i++)
		count_names(work, trees->pdata[i]);
	for (guint i = 0; i < trees->len; i++)
		lw_odf_scrub(work, trees->pdata[i]);
	lw_odf_scrub_styles(work);
	return lw_odf_pack(work, error);
}

GBytes *lw_render_odf(GBytes *input, const LwPlan *plan, LwReceipt *receipt, GError **error)
{
	LwOdfWork work = {.plan = plan, .receipt = receipt};
	work.secrets = lw_secrets_new(plan->secrets);
	work.seen = g_hash_table_new(NULL, NULL);
	work.names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	work.known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	work.cells = g_hash_table_new(NULL, NULL);
	work.fresh = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
					   (GDestroyNotify)g_bytes_unref);
	GBytes *output = render(&work, input, error);
	work_clear(&work);
	return output;
}
