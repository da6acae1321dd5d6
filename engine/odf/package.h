/* package.h - what an OpenDocument text package is: a zip with a media type, and XML members with
 * fixed names.
 *
 * A package that opened is no encrypted one, and has a content.xml whose body is a text. */
#pragma once

#include "engine/base/xml.h"
#include "engine/base/zip.h"

#define LW_ODF_MEDIA_TYPE "application/vnd.oasis.opendocument.text"

typedef struct {
	LwZip *zip;
	LwXml *content, *styles; /* styles: NULL when the package has none */
	gboolean template;
} LwPackage;

/* How sure the bytes are a text package: 0 to 100. */
int lw_package_bid(const guint8 *bytes, gsize length);
LwPackage *lw_package_open(GBytes *input, GError **error);
void lw_package_free(LwPackage *package);
/* office:text of content.xml. */
LwNode *lw_package_body(const LwPackage *package);
/* Is this member an XML part, by its first bytes? */
gboolean lw_package_is_xml(GBytes *member);
/* A link as the name of a member ("./Pictures/a.png" is "Pictures/a.png"); NULL when it leads out.
 * Yours. */
char *lw_package_dup_member(const char *href);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(LwPackage, lw_package_free)
