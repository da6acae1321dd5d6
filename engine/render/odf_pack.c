/* odf_pack.c - the new file: a media type, a manifest, the scrubbed parts, new metadata, settings
 * that only lay out, and the pictures and objects that are still shown; or all of it in one flat
 * file.
 *
 * Nothing is copied because it was there; everything is there because a reader needs it. */
#include "engine/render/odf_work.h"

#include <string.h>

#include "engine/odf/names.h"
#include "engine/odf/raster.h"

#define XML_HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"

typedef struct {
	LwOdfWork *work;
	LwZipWriter *writer;
	GString *manifest;
	GHashTable *members; /* name of a picture in the input, to its name in the output; "" when
				it is gone */
	GHashTable *objects; /* LwPart to the name of its folder in the output; "" when flat */
	const char *version;
	guint pictures;
} Pack;

static const char *version_of(LwXml *content)
{
	static const char *const versions[] = {"1.0", "1.1", "1.2", "1.3", "1.4"};
	LwNode *root = lw_xml_root(content);
	for (guint i = 0; i < G_N_ELEMENTS(versions); i++) {
		if (lw_node_attribute_is(root, ODF_OFFICE, "version", versions[i]))
			return versions[i];
	}
	lw_node_set_attribute(root, ODF_OFFICE, "office", "version", "1.2");
	return "1.2";
}

static void list(Pack *pack, const char *name, const char *type)
{
	g_autofree char *path = g_markup_escape_text(name, -1);
	g_string_append_printf(pack->manifest,
			       " <manifest:file-entry manifest:full-path=\"%s\""
			       " manifest:media-type=\"%s\"/>\n",
			       path, type);
}

static void add(Pack *pack, const char *name, const char *type, GBytes *bytes)
{
	list(pack, name, type);
	lw_zip_writer_add(pack->writer, name, bytes, LW_ZIP_DEFLATED);
}

static void add_text(Pack *pack, const char *name, const char *text)
{
	g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
	add(pack, name, "text/xml", bytes);
}

#define DAY "1980-01-01T00:00:00" /* no document was written then */

static const char *title_of(const Pack *pack)
{
	const gboolean dutch = pack->work->plan->style.lang == LW_LANG_NL;
	const char *title = dutch ? "Gelakt document" : "Redacted document";
	/* Even a neutral word may have been removed somewhere. */
	return lw_odf_is_secret(pack->work, title) ? "" : title;
}

static void add_meta(Pack *pack)
{
	g_autofree char *meta = g_strdup_printf(
		XML_HEAD "<office:document-meta xmlns:office=\"" ODF_OFFICE
			 "\" xmlns:meta=\"" ODF_META "\" xmlns:dc=\"" ODF_DC
			 "\" office:version=\"%s\"><office:meta>"
			 "<meta:generator>lakwerk</meta:generator><dc:title>%s</dc:title>"
			 "<dc:date>" DAY "</dc:date></office:meta></office:document-meta>\n",
		pack->version, title_of(pack));
	add_text(pack, "meta.xml", meta);
}

/* A switch of the layout: a boolean with a plain name. */
static gboolean is_layout_switch(LwOdfWork *work, const char *name, const char *value)
{
	static const char *const dead[] = {"Rsid", "Print", "Redline", "Password", "Database",
					   "Load", "Save",  "Changes", "Macro",	   "Embed"};
	if (strcmp(value, "true") != 0 && strcmp(value, "false") != 0)
		return FALSE;
	for (const char *c = name; *c; c++) {
		if (!g_ascii_isalnum(*c))
			return FALSE;
	}
	for (guint i = 0; i < G_N_ELEMENTS(dead); i++) {
		if (strstr(name, dead[i]))
			return FALSE;
	}
	return *name && strlen(name) < 64 && !lw_odf_is_secret(work, name);
}

static void copy_settings(Pack *pack, LwXml *from, GString *to)
{
	LwNode *root = lw_xml_root(from);
	for (LwNode *node = root; node; node = lw_node_following(node, root)) {
		const LwNode *set = lw_node_parent(node);
		if (!lw_node_is(node, ODF_CONFIG, "config-item") || !set ||
		    !lw_node_attribute_is(set, ODF_CONFIG, "name", "ooo:configuration-settings") ||
		    !lw_node_attribute_is(node, ODF_CONFIG, "type", "boolean"))
			continue;
		const LwNode *text = lw_node_first(node);
		g_autofree char *name = lw_node_dup_attribute(node, ODF_CONFIG, "name");
		if (name && text && is_layout_switch(pack->work, name, lw_node_text(text)))
			g_string_append_printf(to,
					       "<config:config-item config:name=\"%s\""
					       " config:type=\"boolean\">%s</config:config-item>",
					       name, lw_node_text(text));
	}
}

static void add_settings(Pack *pack)
{
	g_autoptr(GBytes) bytes = lw_package_load(pack->work->package, "settings.xml", NULL);
	g_autoptr(LwXml) xml = bytes ? lw_xml_load(bytes, NULL) : NULL;
	if (!xml)
		return;
	g_autoptr(GString) text = g_string_new(NULL);
	g_string_printf(text,
			XML_HEAD
			"<office:document-settings xmlns:office=\"" ODF_OFFICE
			"\" xmlns:config=\"" ODF_CONFIG "\" xmlns:ooo=\"" ODF_OOO
			"\" office:version=\"%s\"><office:settings>"
			"<config:config-item-set config:name=\"ooo:configuration-settings\">",
			pack->version);
	copy_settings(pack, xml, text);
	g_string_append(text, "</config:config-item-set></office:settings>"
			      "</office:document-settings>\n");
	add_text(pack, "settings.xml", text->str);
}

static const char *media_type_of(GBytes *picture)
{
	static const char *const types[] = {NULL, "image/png", "image/jpeg", "image/gif"};
	gsize length;
	const guint8 *bytes = g_bytes_get_data(picture, &length);
	const LwRasterType type = lw_raster_type(bytes, length);
	if (type != LW_RASTER_UNKNOWN)
		return types[type];
	return lw_package_is_xml(picture) ? "image/svg+xml" : "";
}

/* A name in a drawing may be in pieces: "Jan" and "sen". */
static gboolean drawing_is_secret(Pack *pack, GBytes *picture)
{
	if (!lw_package_is_xml(picture) || lw_secrets_is_empty(pack->work->secrets))
		return FALSE;
	g_autoptr(LwXml) xml = lw_xml_load(picture, NULL);
	if (!xml)
		return TRUE; /* nobody can say */
	g_autoptr(GString) text = g_string_new(NULL);
	const LwNode *root = lw_xml_root(xml);
	for (const LwNode *node = root; node; node = lw_node_following(node, root)) {
		for (const LwNode *child = lw_node_first(node); child; child = lw_node_next(child))
			g_string_append(text, lw_node_text(child));
	}
	return lw_odf_is_secret(pack->work, text->str);
}

/* The picture as it may be published, or NULL. */
static GBytes *publishable(Pack *pack, GBytes *picture)
{
	gsize length;
	GBytes *stripped = lw_odf_strip_picture(picture);
	if (stripped)
		return stripped;
	const char *bytes = g_bytes_get_data(picture, &length);
	if (lw_raster_type((const guint8 *)bytes, length) != LW_RASTER_UNKNOWN) {
		lw_receipt_notice(pack->work->receipt, "picture-removed", -1,
				  "a damaged picture was removed");
		return NULL;
	}
	if (length && lw_secrets_in_bytes(pack->work->secrets, bytes, length) < 0 &&
	    !drawing_is_secret(pack, picture)) {
		lw_receipt_notice(pack->work->receipt, "picture-kept", -1,
				  "a picture that is no JPEG, PNG or GIF was kept as it is");
		return g_bytes_ref(picture);
	}
	lw_receipt_notice(pack->work->receipt, "picture-removed", -1,
			  "a picture with a removed string in its bytes was removed");
	return NULL;
}

static char *dup_picture_name(Pack *pack, const char *member)
{
	const char *dot = strrchr(member, '.');
	pack->pictures++;
	if (g_str_has_prefix(member, "Pictures/") && strchr(member + 9, '/') == NULL &&
	    !lw_odf_is_secret(pack->work, member))
		return g_strdup(member);
	const gboolean plain = dot && strlen(dot) <= 5 && !lw_odf_is_secret(pack->work, dot);
	return g_strdup_printf("Pictures/lakwerk%u%s", pack->pictures, plain ? dot : "");
}

/* Puts a picture into the package when it is first needed; its name there, or "". */
static const char *add_picture(Pack *pack, const char *member)
{
	char *name = g_hash_table_lookup(pack->members, member);
	if (name)
		return name;
	GBytes *made = g_hash_table_lookup(pack->work->fresh, member);
	g_autoptr(GBytes) bytes =
		made ? g_bytes_ref(made) : lw_package_load(pack->work->package, member, NULL);
	g_autoptr(GBytes) out = bytes ? publishable(pack, bytes) : NULL;
	name = out ? dup_picture_name(pack, member) : g_strdup("");
	g_hash_table_insert(pack->members, g_strdup(member), name);
	if (!out) {
		pack->work->receipt->images_changed++;
		return name;
	}
	if (!g_bytes_equal(out, bytes))
		pack->work->receipt->images_changed++;
	if (pack->work->package->zip)
		add(pack, name, media_type_of(out), out);
	else
		g_hash_table_replace(pack->work->fresh, g_strdup(name), g_bytes_ref(out));
	return name;
}

static gboolean may_show_picture(const LwNode *node)
{
	return lw_node_is(node, ODF_DRAW, "image") || lw_node_is(node, ODF_DRAW, "fill-image") ||
	       lw_node_is(node, ODF_STYLE, "background-image") ||
	       lw_node_is(node, ODF_TEXT, "list-level-style-image");
}

static void add_part(Pack *pack, LwPart *part, const char *folder);

/* Puts an object into the package when it is first needed. */
static void add_object(Pack *pack, LwNode *node)
{
	LwPart *part = lw_package_object(pack->work->package, node);
	LwAttribute *link = lw_node_attribute(node, ODF_XLINK, "href");
	char *name = part ? g_hash_table_lookup(pack->objects, part) : NULL;
	if (!part || !part->shown) {
		lw_attribute_drop(link);
		return;
	}
	if (!pack->work->package->zip) {
		if (g_hash_table_insert(pack->objects, part, g_strdup("")))
			add_part(pack, part, "");
		return;
	}
	if (!name) {
		name = g_strdup_printf("Object %u", g_hash_table_size(pack->objects) + 1);
		g_hash_table_insert(pack->objects, part, name);
		g_autofree char *folder = g_strconcat(name, "/", NULL);
		add_part(pack, part, folder);
	}
	g_autofree char *href = g_strconcat("./", name, NULL);
	lw_attribute_set_value(link, href);
}

/* The member that a node shows; NULL when it leads nowhere. Yours. */
static char *dup_shown(const Pack *pack, const LwNode *node, const char *href)
{
	if (g_hash_table_contains(pack->work->fresh, href))
		return g_strdup(href);
	return lw_package_dup_member(pack->work->package, node, href);
}

/* Adds the pictures that a part shows; links that lead nowhere go with their element. */
static void add_pictures(Pack *pack, LwXml *part)
{
	LwNode *root = lw_xml_root(part);
	g_autoptr(GPtrArray) gone = g_ptr_array_new();
	for (LwNode *node = root; node; node = lw_node_following(node, root)) {
		LwAttribute *link = lw_node_attribute(node, ODF_XLINK, "href");
		if (!link || lw_node_is(node, ODF_TEXT, "a") || lw_node_is(node, ODF_DRAW, "a"))
			continue;
		if (lw_node_is(node, ODF_DRAW, "object")) {
			add_object(pack, node);
			continue;
		}
		g_autofree char *href = lw_attribute_dup_value(link);
		g_autofree char *member = dup_shown(pack, node, href);
		const gboolean shown = member && may_show_picture(node);
		const char *name = shown ? add_picture(pack, member) : "";
		if (*name)
			lw_attribute_set_value(link, name);
		else if (may_show_picture(node))
			g_ptr_array_add(gone, node);
		else
			lw_attribute_drop(link);
	}
	for (guint i = 0; i < gone->len; i++)
		lw_node_drop(g_ptr_array_index(gone, i));
}

static void add_tree(Pack *pack, const char *folder, const char *name, LwXml *tree)
{
	g_autofree char *path = g_strconcat(folder, name, NULL);
	add_pictures(pack, tree);
	g_autoptr(GBytes) bytes = lw_xml_dump(tree);
	add(pack, path, "text/xml", bytes);
}

static void add_part(Pack *pack, LwPart *part, const char *folder)
{
	if (!pack->work->package->zip) {
		add_pictures(pack, part->content);
		return;
	}
	if (*folder)
		list(pack, folder, part->media_type);
	add_tree(pack, folder, "content.xml", part->content);
	if (part->styles)
		add_tree(pack, folder, "styles.xml", part->styles);
}

static GBytes *pack_zip(Pack *pack, LwPart *part, GError **error)
{
	g_autoptr(GBytes) media = g_bytes_new(part->media_type, strlen(part->media_type));
	lw_zip_writer_add(pack->writer, "mimetype", media, LW_ZIP_STORED);
	g_string_printf(pack->manifest,
			XML_HEAD "<manifest:manifest xmlns:manifest=\"" ODF_MANIFEST
				 "\" manifest:version=\"%s\">\n"
				 " <manifest:file-entry manifest:full-path=\"/\""
				 " manifest:version=\"%s\" manifest:media-type=\"%s\"/>\n",
			pack->version, pack->version, part->media_type);
	add_part(pack, part, "");
	add_meta(pack);
	add_settings(pack);
	g_string_append(pack->manifest, "</manifest:manifest>\n");
	g_autoptr(GBytes) manifest = g_bytes_new(pack->manifest->str, pack->manifest->len);
	lw_zip_writer_add(pack->writer, "META-INF/manifest.xml", manifest, LW_ZIP_DEFLATED);
	return lw_zip_writer_close(pack->writer, error);
}

/* --- flat files --- */

static void put_picture_back(const Pack *pack, LwNode *node, LwAttribute *link)
{
	g_autofree char *name = lw_attribute_dup_value(link);
	GBytes *picture = g_hash_table_lookup(pack->work->fresh, name);
	gsize length;
	const guchar *bytes = picture ? g_bytes_get_data(picture, &length) : NULL;
	lw_attribute_drop(link);
	if (!bytes)
		return;
	g_autofree char *text = g_base64_encode(bytes, length);
	LwNode *data = lw_node_add(node, ODF_OFFICE, "office", "binary-data");
	lw_node_add_text(data, text, strlen(text));
}

static void put_back(const Pack *pack, LwXml *tree);

static void put_object_back(const Pack *pack, LwNode *node, LwAttribute *link)
{
	LwPart *part = lw_package_object(pack->work->package, node);
	lw_attribute_drop(link);
	if (!part || !part->shown)
		return;
	part->shown = FALSE; /* once */
	put_back(pack, part->content);
	lw_node_graft(node, part->content);
}

static void put_back(const Pack *pack, LwXml *tree)
{
	LwNode *root = lw_xml_root(tree);
	g_autoptr(GPtrArray) nodes = g_ptr_array_new();
	for (LwNode *node = root; node; node = lw_node_following(node, root)) {
		if (may_show_picture(node) || lw_node_is(node, ODF_DRAW, "object"))
			g_ptr_array_add(nodes, node);
	}
	for (guint i = 0; i < nodes->len; i++) {
		LwNode *node = nodes->pdata[i];
		LwAttribute *link = lw_node_attribute(node, ODF_XLINK, "href");
		if (link && lw_node_is(node, ODF_DRAW, "object"))
			put_object_back(pack, node, link);
		else if (link)
			put_picture_back(pack, node, link);
	}
}

static void add_word(LwNode *meta, const char *space, const char *prefix, const char *name,
		     const char *text)
{
	LwNode *node = lw_node_add(meta, space, prefix, name);
	lw_node_add_text(node, text, strlen(text));
}

/* Metadata stand first; what else was there of them is gone. */
static void replace_meta(const Pack *pack, LwXml *tree)
{
	LwNode *root = lw_xml_root(tree), *old;
	while ((old = lw_node_child(root, ODF_OFFICE, "meta")))
		lw_node_drop(old);
	LwNode *first = lw_node_first(root);
	LwNode *meta = first ? lw_node_insert_before(first, ODF_OFFICE, "office", "meta")
			     : lw_node_add(root, ODF_OFFICE, "office", "meta");
	add_word(meta, ODF_META, "meta", "generator", "lakwerk");
	add_word(meta, ODF_DC, "dc", "title", title_of(pack));
	add_word(meta, ODF_DC, "dc", "date", DAY);
}

static GBytes *pack_flat(Pack *pack, LwPart *part)
{
	add_part(pack, part, "");
	put_back(pack, part->content);
	replace_meta(pack, part->content);
	return lw_xml_dump(part->content);
}

GBytes *lw_odf_pack(LwOdfWork *work, GError **error)
{
	g_autoptr(LwZipWriter) writer = lw_zip_writer_new();
	g_autoptr(GString) manifest = g_string_new(NULL);
	g_autoptr(GHashTable) members =
		g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	g_autoptr(GHashTable) objects = g_hash_table_new_full(NULL, NULL, NULL, g_free);
	LwPart *part = lw_package_main(work->package);
	Pack pack = {.work = work,
		     .writer = writer,
		     .manifest = manifest,
		     .members = members,
		     .objects = objects,
		     .version = version_of(part->content)};
	return work->package->zip ? pack_zip(&pack, part, error) : pack_flat(&pack, part);
}
