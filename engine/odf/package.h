/* package.h - what an OpenDocument file is: parts of XML, and members that they refer to.
 *
 * Texts, spreadsheets, presentations and drawings, their templates, and what is embedded in them. A
 * flat file is a package in another spelling: when it is opened, pictures and embedded documents
 * move out of it under names of their own. A package that opened is no encrypted one. */
#pragma once

#include "engine/base/xml.h"
#include "engine/base/zip.h"

#define LW_ODF_MEDIA_TYPE "application/vnd.oasis.opendocument.text"

/* A document, or one that is embedded in another. */
typedef struct {
	char *folder;	/* "" for the document itself, "Object 1/" for what is embedded */
	LwXml *content; /* ours */
	LwXml *styles;	/* content when flat; NULL when there is none */
	LwNode *body;	/* what holds its text */
	const char *media_type;
	gboolean shown; /* somebody reads it: see engine/odf/text */
} LwPart;

typedef struct {
	LwZip *zip;	      /* NULL: flat */
	GPtrArray *parts;     /* LwPart; the first is the document itself */
	GHashTable *pictures; /* flat: name to GBytes */
	const char *format;   /* "odt" */
} LwPackage;

/* How sure the bytes are of this format ("odt", "ods", "odp", "odg"), package or flat: 0 to 100. */
int lw_package_bid(const char *format, const guint8 *bytes, gsize length);
LwPackage *lw_package_open(GBytes *input, GError **error);
void lw_package_free(LwPackage *package);

LwPart *lw_package_main(const LwPackage *package);
/* The part that a tree belongs to. */
LwPart *lw_package_part_of(const LwPackage *package, const LwXml *tree);
/* The part that an element (draw:object) refers to; NULL when it is none that we read. */
LwPart *lw_package_object(const LwPackage *package, const LwNode *element);
/* All trees of parts that are shown, each once (LwXml). Yours. */
GPtrArray *lw_package_trees(const LwPackage *package);

/* Is this member an XML part, by its first bytes? */
gboolean lw_package_is_xml(GBytes *member);
/* The member that a link of this element leads to ("./Pictures/a.png" is "Pictures/a.png"); NULL
 * when it leads out or nowhere. Yours. */
char *lw_package_dup_member(const LwPackage *package, const LwNode *from, const char *href);
/* NULL with error; also when there is no such member. Yours. */
GBytes *lw_package_load(const LwPackage *package, const char *member, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(LwPackage, lw_package_free)
