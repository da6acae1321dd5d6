/* package.c - opens OpenDocument packages and flat files.
 *
 * The media type is read from the member `mimetype` or the root element, never from a file name.
 * The manifest is not trusted: only asked whether it speaks of encryption. */
#include "engine/odf/package.h"

#include <string.h>

#include "engine/base/error.h"
#include "engine/odf/names.h"

#define VND	     "application/vnd.oasis.opendocument."
#define LOCAL_HEADER 30
#define FLAT_HEAD    8192 /* bytes in which a flat file says what it is */

typedef struct {
	const char *type; /* after VND */
	const char *body; /* child of office:body */
	const char *format;
} Type;

/* What is embedded has no format of its own. */
static const Type types[] = {
	{"text", "text", "odt"},
	{"text-template", "text", "odt"},
	{"text-web", "text", "odt"},
	{"text-master", "text", "odt"},
	{"text-master-template", "text", "odt"},
	{"spreadsheet", "spreadsheet", "ods"},
	{"spreadsheet-template", "spreadsheet", "ods"},
	{"presentation", "presentation", "odp"},
	{"presentation-template", "presentation", "odp"},
	{"graphics", "drawing", "odg"},
	{"graphics-template", "drawing", "odg"},
	{"chart", "chart", NULL},
	{"formula", NULL, NULL},
};
static const char *const media_types[] = {
	VND "text",
	VND "text-template",
	VND "text-web",
	VND "text-master",
	VND "text-master-template",
	VND "spreadsheet",
	VND "spreadsheet-template",
	VND "presentation",
	VND "presentation-template",
	VND "graphics",
	VND "graphics-template",
	VND "chart",
	VND "formula",
};
G_STATIC_ASSERT(G_N_ELEMENTS(types) == G_N_ELEMENTS(media_types));

/* The type with this media type, or -1. */
static int type_of(const char *media, gsize length)
{
	while (length && g_ascii_isspace(media[length - 1]))
		length--;
	for (guint i = 0; i < G_N_ELEMENTS(types); i++) {
		if (strlen(media_types[i]) == length && memcmp(media, media_types[i], length) == 0)
			return (int)i;
	}
	return -1;
}

static gboolean is_format(int type, const char *format)
{
	return type >= 0 && types[type].format && strcmp(types[type].format, format) == 0;
}

/* The media type that a flat file seems to give its root element, or -1. */
static int flat_type(const char *text, gsize length)
{
	static const char name[] = ":mimetype=";
	const gsize head = MIN(length, FLAT_HEAD);
	const char *at = memmem(text, head, name, sizeof name - 1);
	if (!at || !memmem(text, head, ODF_OFFICE, strlen(ODF_OFFICE)))
		return -1;
	at += sizeof name - 1;
	const char *end = text + head;
	const char *stop = at + 1 < end ? memchr(at + 1, *at, (gsize)(end - at - 1)) : NULL;
	return stop && strchr("'\"", *at) ? type_of(at + 1, (gsize)(stop - at - 1)) : -1;
}

/* The type by the member that has to stand first, not compressed; -1 when it does not. */
static int first_member_type(const guint8 *bytes, gsize length)
{
	const gsize name = bytes[26] | bytes[27] << 8;
	const gsize start = LOCAL_HEADER + name + (bytes[28] | bytes[29] << 8);
	const gsize size = bytes[22] | bytes[23] << 8;
	if (name != 8 || start + size > length || bytes[8] != 0 ||
	    memcmp(bytes + LOCAL_HEADER, "mimetype", 8) != 0)
		return -1;
	return type_of((const char *)bytes + start, size);
}

int lw_package_bid(const char *format, const guint8 *bytes, gsize length)
{
	g_autoptr(GBytes) whole = g_bytes_new_static(bytes, length);
	if (length && lw_package_is_xml(whole))
		return is_format(flat_type((const char *)bytes, length), format) ? 95 : 0;
	if (length < LOCAL_HEADER + 8 || memcmp(bytes, "PK\3\4", 4) != 0)
		return 0;
	const int first = first_member_type(bytes, length);
	if (first >= 0)
		return is_format(first, format) ? 100 : 0;
	/* Some producers put other members first, or compress this one. */
	g_autoptr(LwZip) zip = lw_zip_open(whole, NULL);
	const int member = zip ? lw_zip_find(zip, "mimetype") : -1;
	g_autoptr(GBytes) media = member >= 0 ? lw_zip_load(zip, (guint)member, NULL) : NULL;
	if (!media)
		return 0;
	gsize size;
	const char *text = g_bytes_get_data(media, &size);
	return is_format(type_of(text, size), format) ? 90 : 0;
}

static gboolean refuse(GError **error, const char *why)
{
	g_set_error(error, LW_ERROR, LW_ERROR_UNREADABLE, "the ODF package %s", why);
	return FALSE;
}

static void part_free(void *data)
{
	LwPart *part = data;
	if (part->styles != part->content)
		lw_xml_free(part->styles);
	lw_xml_free(part->content);
	g_free(part->folder);
	g_free(part);
}

/* What holds the text of a part: a child of office:body with a known name, or a whole formula. */
static LwNode *body_of(LwXml *content, int *type)
{
	LwNode *root = lw_xml_root(content);
	*type = G_N_ELEMENTS(types) - 1;
	if (lw_node_is(root, ODF_MATH, "math"))
		return root;
	if (!lw_node_is(root, ODF_OFFICE, "document-content") &&
	    !lw_node_is(root, ODF_OFFICE, "document"))
		return NULL;
	LwNode *body = lw_node_child(root, ODF_OFFICE, "body");
	for (guint i = 0; body && i < G_N_ELEMENTS(types); i++) {
		LwNode *found =
			types[i].body ? lw_node_child(body, ODF_OFFICE, types[i].body) : NULL;
		*type = (int)i;
		if (found)
			return found;
	}
	return NULL;
}

/* Takes content and styles. FALSE when it is no part that we read; then both are gone. */
static gboolean add_part(LwPackage *package, const char *folder, LwXml *content, LwXml *styles)
{
	int type;
	LwPart *part = g_new0(LwPart, 1);
	part->folder = g_strdup(folder);
	part->content = content;
	part->styles = styles;
	part->body = body_of(content, &type);
	if (!part->body) {
		part_free(part);
		return FALSE;
	}
	part->media_type = media_types[type];
	g_ptr_array_add(package->parts, part);
	return TRUE;
}

/* --- packages --- */

static LwXml *load_xml(LwPackage *package, const char *name, GError **error)
{
	g_autoptr(GBytes) bytes = lw_package_load(package, name, error);
	return bytes ? lw_xml_load(bytes, error) : NULL;
}

static gboolean load_part(LwPackage *package, const char *folder, GError **error)
{
	g_autofree char *name = g_strconcat(folder, "content.xml", NULL);
	g_autofree char *beside = g_strconcat(folder, "styles.xml", NULL);
	LwXml *content = load_xml(package, name, error);
	LwXml *styles = NULL;
	if (!content)
		return FALSE;
	if (lw_zip_find(package->zip, beside) >= 0) {
		styles = load_xml(package, beside, error);
		if (!styles) {
			lw_xml_free(content);
			return FALSE;
		}
	}
	return add_part(package, folder, content, styles) || refuse(error, "holds no text");
}

/* What cannot be read of what is embedded is no part: it goes as a whole when it is written. */
static void load_objects(LwPackage *package)
{
	for (guint i = 0; i < lw_zip_count(package->zip); i++) {
		const char *name = lw_zip_name(package->zip, i);
		if (!g_str_has_suffix(name, "/content.xml"))
			continue;
		g_autofree char *folder = g_strndup(name, strlen(name) - strlen("content.xml"));
		load_part(package, folder, NULL);
	}
}

static gboolean check_encryption(LwPackage *package, GError **error)
{
	const int member = lw_zip_find(package->zip, "META-INF/manifest.xml");
	if (lw_zip_find(package->zip, "encrypted-package") >= 0)
		return refuse(error, "is protected with a password");
	if (member < 0)
		return TRUE;
	g_autoptr(GBytes) manifest = lw_zip_load(package->zip, (guint)member, error);
	if (!manifest)
		return FALSE;
	const char *text = g_bytes_get_data(manifest, NULL);
	if (text && g_strstr_len(text, (gssize)g_bytes_get_size(manifest), "encryption-data"))
		return refuse(error, "is protected with a password");
	return TRUE;
}

/* The type that the package claims, or -1 with error. */
static int claimed_type(LwPackage *package, GError **error)
{
	const int member = lw_zip_find(package->zip, "mimetype");
	g_autoptr(GBytes) media =
		member >= 0 ? lw_zip_load(package->zip, (guint)member, error) : NULL;
	gsize length;
	if (!media) {
		if (member < 0)
			refuse(error, "has no media type");
		return -1;
	}
	const char *text = g_bytes_get_data(media, &length);
	const int type = type_of(text, length);
	if (type >= 0 && types[type].format)
		return type;
	refuse(error, "is no document");
	return -1;
}

static gboolean open_zip(LwPackage *package, GBytes *input, int *type, GError **error)
{
	package->zip = lw_zip_open(input, error);
	*type = package->zip ? claimed_type(package, error) : -1;
	if (*type < 0 || !check_encryption(package, error))
		return FALSE;
	if (lw_zip_find(package->zip, "content.xml") < 0)
		return refuse(error, "has no content");
	if (!load_part(package, "", error))
		return FALSE;
	load_objects(package);
	return TRUE;
}

/* --- flat files --- */

static void move_picture(LwPackage *package, LwNode *data)
{
	LwNode *holder = lw_node_parent(data);
	g_autoptr(GString) text = g_string_new(NULL);
	for (const LwNode *child = lw_node_first(data); child; child = lw_node_next(child))
		g_string_append(text, lw_node_text(child));
	gsize length = 0;
	guchar *bytes = g_base64_decode(text->str, &length);
	char *name = g_strdup_printf("Pictures/%u", g_hash_table_size(package->pictures) + 1);
	lw_node_set_attribute(holder, ODF_XLINK, "xlink", "href", name);
	g_hash_table_insert(package->pictures, name, g_bytes_new_take(bytes, length));
	lw_node_drop(data);
}

/* Binary data, and documents inside draw:object, of which what is below moves with them. */
static void find_foreign(LwNode *parent, GPtrArray *pictures, GPtrArray *objects)
{
	for (LwNode *child = lw_node_first(parent); child; child = lw_node_next(child)) {
		if (lw_node_type(child) != LW_NODE_ELEMENT)
			continue;
		if (lw_node_is(parent, ODF_DRAW, "object"))
			g_ptr_array_add(objects, child);
		else if (lw_node_is(child, ODF_OFFICE, "binary-data"))
			g_ptr_array_add(pictures, child);
		else
			find_foreign(child, pictures, objects);
	}
}

static void move_out(LwPackage *package, LwXml *tree);

static void move_object(LwPackage *package, LwNode *embedded)
{
	LwNode *holder = lw_node_parent(embedded);
	g_autofree char *name = g_strdup_printf("Object %u", package->parts->len);
	g_autofree char *folder = g_strconcat(name, "/", NULL);
	LwXml *content = lw_xml_copy(embedded);
	lw_node_drop(embedded);
	LwXml *styles = lw_node_is(lw_xml_root(content), ODF_MATH, "math") ? NULL : content;
	if (!add_part(package, folder, content, styles))
		return;
	lw_node_set_attribute(holder, ODF_XLINK, "xlink", "href", name);
	move_out(package, content);
}

static void move_out(LwPackage *package, LwXml *tree)
{
	g_autoptr(GPtrArray) pictures = g_ptr_array_new(), objects = g_ptr_array_new();
	find_foreign(lw_xml_root(tree), pictures, objects);
	for (guint i = 0; i < pictures->len; i++)
		move_picture(package, pictures->pdata[i]);
	for (guint i = 0; i < objects->len; i++)
		move_object(package, objects->pdata[i]);
}

static gboolean open_flat(LwPackage *package, GBytes *input, int *type, GError **error)
{
	LwXml *tree = lw_xml_load(input, error);
	*type = -1;
	if (!tree)
		return FALSE;
	if (!add_part(package, "", tree, tree))
		return refuse(error, "holds no text");
	/* That of an embedded document says nothing about this one. */
	g_autofree char *media = lw_node_dup_attribute(lw_xml_root(tree), ODF_OFFICE, "mimetype");
	*type = media ? type_of(media, strlen(media)) : -1;
	if (*type < 0 || !types[*type].format)
		return refuse(error, "is no document");
	move_out(package, tree);
	return TRUE;
}

LwPackage *lw_package_open(GBytes *input, GError **error)
{
	g_autoptr(LwPackage) package = g_new0(LwPackage, 1);
	package->parts = g_ptr_array_new_with_free_func(part_free);
	package->pictures = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
						  (GDestroyNotify)g_bytes_unref);
	int type;
	const gboolean opened = g_bytes_get_size(input) && lw_package_is_xml(input)
					? open_flat(package, input, &type, error)
					: open_zip(package, input, &type, error);
	if (!opened)
		return NULL;
	LwPart *part = lw_package_main(package);
	if (!types[type].body || !lw_node_is(part->body, ODF_OFFICE, types[type].body)) {
		refuse(error, "is not what it claims to be");
		return NULL;
	}
	part->media_type = media_types[type];
	part->shown = TRUE;
	package->format = types[type].format;
	return g_steal_pointer(&package);
}

void lw_package_free(LwPackage *package)
{
	if (!package)
		return;
	g_ptr_array_unref(package->parts);
	g_hash_table_unref(package->pictures);
	lw_zip_free(package->zip);
	g_free(package);
}

/* --- parts and members --- */

LwPart *lw_package_main(const LwPackage *package)
{
	return package->parts->pdata[0];
}

LwPart *lw_package_part_of(const LwPackage *package, const LwXml *tree)
{
	for (guint i = 0; i < package->parts->len; i++) {
		LwPart *part = package->parts->pdata[i];
		if (part->content == tree || part->styles == tree)
			return part;
	}
	return NULL;
}

GPtrArray *lw_package_trees(const LwPackage *package)
{
	GPtrArray *trees = g_ptr_array_new();
	for (guint i = 0; i < package->parts->len; i++) {
		const LwPart *part = package->parts->pdata[i];
		if (!part->shown)
			continue;
		g_ptr_array_add(trees, part->content);
		if (part->styles && part->styles != part->content)
			g_ptr_array_add(trees, part->styles);
	}
	return trees;
}

/* A link as a name inside the package; NULL when it leads out. */
static char *dup_inside(const char *href)
{
	if (strchr(href, ':') || *href == '/' || *href == '#' || !*href)
		return NULL;
	while (g_str_has_prefix(href, "./"))
		href += 2;
	if (strstr(href, "../"))
		return NULL;
	char *plain = g_uri_unescape_string(href, NULL);
	return plain ? plain : g_strdup(href);
}

static const char *folder_of(const LwPackage *package, const LwNode *from)
{
	const LwPart *part = lw_package_part_of(package, lw_node_document(from));
	return part ? part->folder : "";
}

LwPart *lw_package_object(const LwPackage *package, const LwNode *element)
{
	g_autofree char *href = lw_node_dup_attribute(element, ODF_XLINK, "href");
	g_autofree char *name = href ? dup_inside(href) : NULL;
	if (!name)
		return NULL;
	/* Some count from the part, others from the package. */
	const char *slash = g_str_has_suffix(name, "/") ? "" : "/";
	g_autofree char *near = g_strconcat(folder_of(package, element), name, slash, NULL);
	g_autofree char *far = g_strconcat(name, slash, NULL);
	for (guint i = 1; i < package->parts->len; i++) {
		LwPart *part = package->parts->pdata[i];
		if (strcmp(part->folder, near) == 0 || strcmp(part->folder, far) == 0)
			return part;
	}
	return NULL;
}

static gboolean has_member(const LwPackage *package, const char *name)
{
	return package->zip ? lw_zip_find(package->zip, name) >= 0
			    : g_hash_table_contains(package->pictures, name);
}

char *lw_package_dup_member(const LwPackage *package, const LwNode *from, const char *href)
{
	g_autofree char *name = dup_inside(href);
	if (!name)
		return NULL;
	g_autofree char *near = g_strconcat(folder_of(package, from), name, NULL);
	if (has_member(package, near))
		return g_steal_pointer(&near);
	return has_member(package, name) ? g_steal_pointer(&name) : NULL;
}

GBytes *lw_package_load(const LwPackage *package, const char *member, GError **error)
{
	const int number = package->zip ? lw_zip_find(package->zip, member) : -1;
	if (number >= 0)
		return lw_zip_load(package->zip, (guint)number, error);
	GBytes *picture = g_hash_table_lookup(package->pictures, member);
	if (!picture)
		refuse(error, "lacks a member");
	return picture ? g_bytes_ref(picture) : NULL;
}

gboolean lw_package_is_xml(GBytes *member)
{
	gsize length, at = 0;
	const guint8 *bytes = g_bytes_get_data(member, &length);
	if (length >= 4 &&
	    (memcmp(bytes, "\xff\xfe<\0", 4) == 0 || memcmp(bytes, "\xfe\xff\0<", 4) == 0))
		return TRUE;
	if (length >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0)
		at = 3;
	while (at < length && g_ascii_isspace(bytes[at]))
		at++;
	return at + 1 < length && bytes[at] == '<' &&
	       (bytes[at + 1] == '?' || bytes[at + 1] == '!' || g_ascii_isalpha(bytes[at + 1]));
}
