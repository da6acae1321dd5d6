/* odf.c - reads OpenDocument files, and names every hidden place of them.
 *
 * Inspecting trusts nothing: a member that is no XML, or broken XML, is reported as raw bytes. */
#include "extractors/odf.h"

#include <string.h>

#include "engine/base/limits.h"
#include "engine/odf/names.h"
#include "engine/odf/package.h"
#include "engine/odf/raster.h"
#include "engine/odf/text.h"
#include "engine/pdf/filter.h"

int lw_odt_bid(const guint8 *bytes, gsize length)
{
	return lw_package_bid("odt", bytes, length);
}

int lw_ods_bid(const guint8 *bytes, gsize length)
{
	return lw_package_bid("ods", bytes, length);
}

int lw_odp_bid(const guint8 *bytes, gsize length)
{
	return lw_package_bid("odp", bytes, length);
}

int lw_odg_bid(const guint8 *bytes, gsize length)
{
	return lw_package_bid("odg", bytes, length);
}

static void copy_figures(LwDocument *document, const LwTextMap *map)
{
	for (guint i = 0; i < map->figures->len; i++) {
		const LwMapFigure *from = &g_array_index(map->figures, LwMapFigure, i);
		LwFigure figure = {.type = LW_FIGURE_IMAGE, .offset = from->offset};
		figure.name = lw_arena_strndup(document->arena, from->name, strlen(from->name));
		g_array_append_val(document->figures, figure);
	}
}

/* What people should know of: code, the elements that show it, and the words. */
static const struct {
	const char *code, *elements[3], *message;
} doubts[] = {
	{"tracked-changes", {"tracked-changes", NULL}, "the document holds tracked changes"},
	{"comments", {"annotation", NULL}, "the document holds comments"},
	{"embedded-object",
	 {"object-ole", "plugin", NULL},
	 "the text of an embedded object was not read"},
};

static gboolean is_unread_object(const LwPackage *package, const LwNode *node)
{
	if (!lw_node_is(node, ODF_DRAW, "object"))
		return FALSE;
	const LwPart *part = lw_package_object(package, node);
	return !part || !part->shown;
}

static void note_doubts(LwDocument *document, const LwPackage *package, const LwTextMap *map)
{
	gboolean found[G_N_ELEMENTS(doubts)] = {FALSE};
	g_autoptr(GPtrArray) trees = lw_package_trees(package);
	for (guint t = 0; t < trees->len; t++) {
		const LwNode *root = lw_xml_root(trees->pdata[t]);
		for (const LwNode *node = root; node; node = lw_node_following(node, root)) {
			const char *name = lw_node_name(node);
			const gboolean odf = strcmp(lw_node_space(node), ODF_MATH) != 0;
			for (guint i = 0; i < G_N_ELEMENTS(doubts) && odf; i++)
				found[i] |= g_strv_contains(doubts[i].elements, name);
			found[2] |= is_unread_object(package, node);
		}
	}
	for (guint i = 0; i < G_N_ELEMENTS(doubts); i++) {
		if (found[i])
			lw_document_notice(document, doubts[i].code, -1, doubts[i].message);
	}
	if (map->visible < map->text->len)
		lw_document_notice(document, "hidden-text", -1,
				   "the document holds text that a reader does not see");
}

LwDocument *lw_odf_read(GBytes *input, LwReadFlags flags, GError **error)
{
	(void)flags;
	g_autoptr(LwPackage) package = lw_package_open(input, error);
	g_autoptr(LwTextMap) map = package ? lw_text_map_new(package, error) : NULL;
	if (!map)
		return NULL;
	LwDocument *document = lw_document_new(package->format);
	document->text = lw_arena_strndup(document->arena, map->text->str, map->text->len);
	document->length = map->text->len;
	copy_figures(document, map);
	note_doubts(document, package, map);
	return document;
}

typedef struct {
	LwInspectFunc found;
	void *self;
	gboolean stopped;
} Report;

static void tell(Report *report, const char *channel, const char *bytes, gsize length)
{
	if (!report->stopped && length)
		report->stopped = !report->found(report->self, channel, bytes, length);
}

static void tell_namespaces(Report *report, const char *channel, const LwNode *node)
{
	const char *prefix, *address;
	for (guint i = 0; lw_node_namespace(node, i, &prefix, &address); i++) {
		if (lw_odf_is_vocabulary(address))
			continue;
		tell(report, channel, prefix, strlen(prefix));
		tell(report, channel, address, strlen(address));
	}
}

/* How much of a value somebody chose: of "P12", "MT3" and what follows the dot of "Table1.A1"
 * nothing, producers number styles so. */
static gsize chosen_length(const LwAttribute *attribute, const char *value)
{
	const char *name = lw_attribute_name(attribute), *dot = strrchr(value, '.');
	const char *tail = dot ? dot + 1 : value;
	gsize letters = strspn(tail, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
	gsize digits = strspn(tail + letters, "0123456789");
	gboolean style = g_str_has_suffix(name, "style-name") ||
			 ((!strcmp(name, "name") || !strcmp(name, "display-name")) &&
			  !strcmp(lw_attribute_space(attribute), ODF_STYLE));
	gboolean numbered = letters <= 2 && digits && !tail[letters + digits];
	return style && numbered ? (gsize)(dot ? dot - value : 0) : strlen(value);
}

/* Names of members that say no more than that they are there: "Object 1/content.xml". */
static gboolean is_standard_name(const char *name)
{
	static const char *const last[] = {"", "/", "/content.xml", "/styles.xml", NULL};
	name += g_str_has_prefix(name, "./") ? 2 : 0;
	if (!g_str_has_prefix(name, "Object "))
		return FALSE;
	return g_strv_contains(last, name + 7 + strspn(name + 7, "0123456789"));
}

static void tell_attributes(Report *report, const char *channel, const LwNode *node)
{
	for (const LwAttribute *each = lw_attribute_first(node); each;
	     each = lw_attribute_next(each)) {
		g_autofree char *value = lw_attribute_dup_value(each);
		if (lw_odf_is_keyword(each, value) || is_standard_name(value))
			continue;
		value[chosen_length(each, value)] = '\0';
		tell(report, channel, value, strlen(value));
		g_autofree char *plain = g_uri_unescape_string(value, NULL);
		if (plain && strcmp(plain, value) != 0)
			tell(report, channel, plain, strlen(plain));
	}
}

/* A switch of the layout says nothing about anybody called True. */
static gboolean is_switch(const LwNode *node, const char *text)
{
	return lw_node_is(node, ODF_CONFIG, "config-item") &&
	       lw_node_attribute_is(node, ODF_CONFIG, "type", "boolean") &&
	       (strcmp(text, "true") == 0 || strcmp(text, "false") == 0);
}

/* Strings of an element that are not in the set of text nodes already told. */
static void tell_tree(Report *report, const char *channel, const LwNode *root, GHashTable *told)
{
	for (const LwNode *node = root; node && !report->stopped;
	     node = lw_node_following(node, root)) {
		if (!lw_odf_is_vocabulary(lw_node_space(node)))
			tell(report, channel, lw_node_name(node), strlen(lw_node_name(node)));
		tell_namespaces(report, channel, node);
		tell_attributes(report, channel, node);
		for (const LwNode *child = lw_node_first(node); child;
		     child = lw_node_next(child)) {
			const char *text = lw_node_text(child);
			if (*text && !(told && g_hash_table_contains(told, child)) &&
			    !is_switch(node, text))
				tell(report, channel, text, strlen(text));
		}
	}
}

/* What a reader sees, and the set of text nodes that are wholly in it. */
static GHashTable *tell_visible(Report *report, const LwTextMap *map)
{
	GHashTable *told = g_hash_table_new(NULL, NULL);
	for (guint i = 0; i < map->pieces->len; i++) {
		const LwPiece *piece = &g_array_index(map->pieces, LwPiece, i);
		if (piece->type == LW_PIECE_TEXT && piece->start < map->visible)
			g_hash_table_add(told, piece->node);
	}
	tell(report, "odf/text", map->text->str, map->visible);
	/* Hidden lines whole: a name in two spans is one name. */
	tell(report, "odf/hidden", map->text->str + map->visible, map->text->len - map->visible);
	return told;
}

/* "Pictures/a.png" is "odf/Pictures", "meta.xml" is "odf/meta". */
static char *dup_channel(const char *name)
{
	const char *slash = strchr(name, '/');
	if (slash)
		return g_strdup_printf("odf/%.*s", (int)(slash - name), name);
	const char *dot = strrchr(name, '.');
	return g_strdup_printf("odf/%.*s", (int)(dot ? dot - name : (int)strlen(name)), name);
}

static void tell_directory(Report *report, const LwZip *zip)
{
	static const char *const standard[] = {"mimetype", "content.xml",  "styles.xml",
					       "meta.xml", "settings.xml", "META-INF/manifest.xml",
					       NULL};
	gsize length;
	const char *comment = lw_zip_comment(zip, -1, &length);
	tell(report, "odf/zip", comment, length);
	g_autoptr(GBytes) gaps = lw_zip_load_gaps(zip);
	const char *bytes = g_bytes_get_data(gaps, &length);
	tell(report, "odf/zip", bytes, length);
	for (guint i = 0; i < lw_zip_count(zip); i++) {
		const char *name = lw_zip_name(zip, i);
		if (!g_strv_contains(standard, name) && !is_standard_name(name))
			tell(report, "odf/zip", name, strlen(name));
		comment = lw_zip_comment(zip, (int)i, &length);
		tell(report, "odf/zip", comment, length);
		const guint8 *extra;
		for (guint n = 0; (extra = lw_zip_extra(zip, i, n, &length)); n++)
			tell(report, "odf/zip", (const char *)extra, length);
	}
}

/* Where the compressed text of a PNG chunk begins (zTXt, iCCP, compressed iTXt), or 0. */
static gsize compressed_at(const guint8 *chunk, gsize length)
{
	const gboolean international = memcmp(chunk + 4, "iTXt", 4) == 0;
	if (!international && memcmp(chunk + 4, "zTXt", 4) != 0 &&
	    memcmp(chunk + 4, "iCCP", 4) != 0)
		return 0;
	const guint8 *end = chunk + length;
	const guint8 *at = memchr(chunk + 8, 0, length - 8);
	if (!international)
		return at && at + 2 < end ? (gsize)(at + 2 - chunk) : 0;
	if (!at || at + 3 >= end || !at[1])
		return 0;
	at = memchr(at + 3, 0, (gsize)(end - at - 3)); /* behind the language */
	at = at && at + 1 < end ? memchr(at + 1, 0, (gsize)(end - at - 1)) : NULL;
	return at && at + 1 < end ? (gsize)(at + 1 - chunk) : 0;
}

typedef struct {
	Report *report;
	const char *channel;
	LwRasterType type;
} Picture;

/* Samples are never searched: three letters stand in them by chance. */
static void tell_part(void *self, LwRasterPart part, const guint8 *bytes, gsize length)
{
	const Picture *picture = self;
	if (part == LW_RASTER_DRAWN)
		return;
	tell(picture->report, picture->channel, (const char *)bytes, length);
	const gsize at =
		picture->type == LW_RASTER_PNG && length > 12 ? compressed_at(bytes, length) : 0;
	if (!at)
		return;
	g_autoptr(GByteArray) plain = g_byte_array_new();
	lw_pdf_filter_decode("FlateDecode", NULL, bytes + at, length - at, LW_LIMIT_STREAM_BYTES,
			     plain, NULL);
	tell(picture->report, picture->channel, (const char *)plain->data, plain->len);
}

static gboolean tell_raster(Report *report, const char *channel, GBytes *member)
{
	gsize length;
	const guint8 *bytes = g_bytes_get_data(member, &length);
	Picture picture = {report, channel, lw_raster_type(bytes, length)};
	if (picture.type == LW_RASTER_UNKNOWN)
		return FALSE;
	lw_raster_walk(bytes, length, tell_part, &picture);
	return TRUE;
}

static void tell_bytes(Report *report, const char *channel, GBytes *bytes)
{
	if (tell_raster(report, channel, bytes))
		return;
	g_autoptr(LwXml) xml = lw_package_is_xml(bytes) ? lw_xml_load(bytes, NULL) : NULL;
	if (xml)
		tell_tree(report, channel, lw_xml_root(xml), NULL);
	/* Comments and instructions are in no node that we walk: those of XML are searched raw as
	 * well. */
	gsize length;
	const char *raw = g_bytes_get_data(bytes, &length);
	if (!xml || g_strstr_len(raw, (gssize)length, "<!--") ||
	    g_strstr_len(raw + 2, length > 2 ? (gssize)length - 2 : 0, "<?"))
		tell(report, channel, raw, length);
}

/* Members whose trees were told already: the parts that are read. */
static gboolean is_part(const LwPackage *package, const char *name)
{
	const char *slash = strrchr(name, '/');
	const char *last = slash ? slash + 1 : name;
	for (guint i = 0; i < package->parts->len; i++) {
		const LwPart *part = package->parts->pdata[i];
		const gsize folder = strlen(part->folder);
		if (part->shown && strncmp(name, part->folder, folder) == 0 &&
		    last == name + folder &&
		    (strcmp(last, "content.xml") == 0 ||
		     (part->styles && strcmp(last, "styles.xml") == 0)))
			return TRUE;
	}
	return FALSE;
}

static gboolean tell_members(Report *report, const LwPackage *package, GError **error)
{
	for (guint i = 0; i < lw_zip_count(package->zip) && !report->stopped; i++) {
		const char *name = lw_zip_name(package->zip, i);
		/* The media type was checked when the package opened. */
		if (is_part(package, name) || strcmp(name, "mimetype") == 0 ||
		    g_str_has_suffix(name, "/"))
			continue;
		g_autoptr(GBytes) bytes = lw_zip_load(package->zip, i, error);
		if (!bytes)
			return FALSE;
		g_autofree char *channel = dup_channel(name);
		tell_bytes(report, channel, bytes);
	}
	return TRUE;
}

static void tell_pictures(Report *report, const LwPackage *package)
{
	GHashTableIter all;
	gpointer name, picture;
	g_hash_table_iter_init(&all, package->pictures);
	while (g_hash_table_iter_next(&all, &name, &picture))
		tell_bytes(report, "odf/Pictures", picture);
}

static void tell_comments(Report *report, GBytes *file)
{
	gsize length;
	const char *raw = g_bytes_get_data(file, &length);
	if (g_strstr_len(raw, (gssize)length, "<!--") ||
	    g_strstr_len(raw + 2, length > 2 ? (gssize)length - 2 : 0, "<?"))
		tell(report, "odf/content", raw, length);
}

gboolean lw_odf_inspect(GBytes *file, LwInspectFunc found, void *self, GError **error)
{
	Report report = {found, self, FALSE};
	g_autoptr(LwPackage) package = lw_package_open(file, error);
	g_autoptr(LwTextMap) map = package ? lw_text_map_new(package, error) : NULL;
	if (!map)
		return FALSE;
	g_autoptr(GHashTable) told = tell_visible(&report, map);
	for (guint i = 0; i < package->parts->len; i++) {
		const LwPart *part = package->parts->pdata[i];
		tell_tree(&report, "odf/content", lw_xml_root(part->content), told);
		if (part->styles && part->styles != part->content)
			tell_tree(&report, "odf/styles", lw_xml_root(part->styles), told);
	}
	if (package->zip) {
		tell_directory(&report, package->zip);
		return tell_members(&report, package, error);
	}
	tell_pictures(&report, package);
	tell_comments(&report, file);
	return TRUE;
}
