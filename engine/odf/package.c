/* package.c - opens OpenDocument text packages.
 *
 * The media type is read from the member `mimetype`, never from a file name. The manifest is not
 * trusted: only asked whether it speaks of encryption. */
#include "engine/odf/package.h"

#include <string.h>

#include "engine/base/error.h"
#include "engine/odf/names.h"

#define TEMPLATE     LW_ODF_MEDIA_TYPE "-template"
#define LOCAL_HEADER 30

static gboolean is_text_type(const char *type, gsize length)
{
	while (length && g_ascii_isspace(type[length - 1]))
		length--;
	return (length == strlen(LW_ODF_MEDIA_TYPE) &&
		memcmp(type, LW_ODF_MEDIA_TYPE, length) == 0) ||
	       (length == strlen(TEMPLATE) && memcmp(type, TEMPLATE, length) == 0);
}

int lw_package_bid(const guint8 *bytes, gsize length)
{
	if (length < LOCAL_HEADER || memcmp(bytes, "PK\3\4", 4) != 0)
		return 0;
	const gsize name = bytes[26] | bytes[27] << 8;
	const gsize start = LOCAL_HEADER + name + (bytes[28] | bytes[29] << 8);
	const gsize size = strlen(LW_ODF_MEDIA_TYPE);
	if (name == 8 && start + size < length &&
	    memcmp(bytes + LOCAL_HEADER, "mimetype", 8) == 0 && bytes[8] == 0) {
		const char *type = (const char *)bytes + start;
		if (memcmp(type, LW_ODF_MEDIA_TYPE, size) != 0)
			return 0;
		const char *rest = type + size;
		const gsize left = length - start - size;
		/* "-master", "-web" and other text types are formats of their own. */
		if (*rest == '-')
			return left >= 9 && memcmp(rest, "-template", 9) == 0 ? 100 : 0;
		return 100;
	}
	/* Some producers put other members first, or compress this one. */
	g_autoptr(GBytes) whole = g_bytes_new_static(bytes, length);
	g_autoptr(LwZip) zip = lw_zip_open(whole, NULL);
	const int member = zip ? lw_zip_find(zip, "mimetype") : -1;
	g_autoptr(GBytes) type = member >= 0 ? lw_zip_load(zip, member, NULL) : NULL;
	if (!type)
		return 0;
	return is_text_type(g_bytes_get_data(type, NULL), g_bytes_get_size(type)) ? 90 : 0;
}

static gboolean refuse(GError **error, const char *why)
{
	g_set_error(error, LW_ERROR, LW_ERROR_UNREADABLE, "the ODF package %s", why);
	return FALSE;
}

static LwXml *load_xml(LwPackage *package, const char *name, GError **error)
{
	const int member = lw_zip_find(package->zip, name);
	if (member < 0) {
		refuse(error, "has no content");
		return NULL;
	}
	g_autoptr(GBytes) bytes = lw_zip_load(package->zip, member, error);
	return bytes ? lw_xml_load(bytes, error) : NULL;
}

static gboolean check_type(LwPackage *package, GError **error)
{
	const int member = lw_zip_find(package->zip, "mimetype");
	g_autoptr(GBytes) type = member >= 0 ? lw_zip_load(package->zip, member, error) : NULL;
	if (!type)
		return member < 0 ? refuse(error, "has no media type") : FALSE;
	gsize length;
	const char *text = g_bytes_get_data(type, &length);
	if (!is_text_type(text, length))
		return refuse(error, "is no text document");
	package->template = length >= strlen(TEMPLATE);
	return TRUE;
}

static gboolean check_encryption(LwPackage *package, GError **error)
{
	const int member = lw_zip_find(package->zip, "META-INF/manifest.xml");
	if (lw_zip_find(package->zip, "encrypted-package") >= 0)
		return refuse(error, "is protected with a password");
	if (member < 0)
		return TRUE;
	g_autoptr(GBytes) manifest = lw_zip_load(package->zip, member, error);
	if (!manifest)
		return FALSE;
	const char *text = g_bytes_get_data(manifest, NULL);
	if (text && g_strstr_len(text, g_bytes_get_size(manifest), "encryption-data"))
		return refuse(error, "is protected with a password");
	return TRUE;
}

LwPackage *lw_package_open(GBytes *input, GError **error)
{
	g_autoptr(LwPackage) package = g_new0(LwPackage, 1);
	package->zip = lw_zip_open(input, error);
	if (!package->zip || !check_type(package, error) || !check_encryption(package, error))
		return NULL;
	package->content = load_xml(package, "content.xml", error);
	if (!package->content)
		return NULL;
	if (lw_zip_find(package->zip, "styles.xml") >= 0) {
		package->styles = load_xml(package, "styles.xml", error);
		if (!package->styles)
			return NULL;
	}
	if (!lw_package_body(package)) {
		refuse(error, "holds no text");
		return NULL;
	}
	return g_steal_pointer(&package);
}

void lw_package_free(LwPackage *package)
{
	if (!package)
		return;
	lw_xml_free(package->content);
	lw_xml_free(package->styles);
	lw_zip_free(package->zip);
	g_free(package);
}

LwNode *lw_package_body(const LwPackage *package)
{
	LwNode *root = lw_xml_root(package->content);
	if (!lw_node_is(root, ODF_OFFICE, "document-content"))
		return NULL;
	LwNode *body = lw_node_child(root, ODF_OFFICE, "body");
	return body ? lw_node_child(body, ODF_OFFICE, "text") : NULL;
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

char *lw_package_dup_member(const char *href)
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
