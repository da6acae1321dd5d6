/* text.h - the text of an OpenDocument file, and for each of its bytes the node that holds it.
 *
 * One walk in one fixed order serves reading and writing: first what a reader sees (body, then
 * every master page), then, from `visible` on, what nobody sees on paper (comments, deletions,
 * hidden text, notes of slides, alternate texts, link targets). A paragraph is one line, however
 * many spans it has; notes, frames, ruby texts and embedded objects follow theirs; the cells of a
 * row are parted by as many tabs as there are columns between them. */
#pragma once

#include "engine/odf/package.h"
#include "engine/odf/style.h"

typedef enum {
	LW_ODF_FLOW, /* its children are read in place: spans, fields, lists, sections */
	LW_ODF_PARAGRAPH,
	LW_ODF_SPACE,
	LW_ODF_TAB,
	LW_ODF_BREAK,
	LW_ODF_ROW,
	LW_ODF_CELL,
	LW_ODF_ASIDE,	  /* seen, but no part of the paragraph it is anchored in */
	LW_ODF_ALTERNATE, /* read last; stays when written */
	LW_ODF_HIDDEN,	  /* read last; goes when written */
	LW_ODF_OBJECT,	  /* leads to another part, read like an aside */
	LW_ODF_SILENT,	  /* not read */
} LwOdfRole;

/* What an element of a body, header or footer is to a reader. */
LwOdfRole lw_odf_role(const LwNode *element, const LwStyles *styles);
gboolean lw_odf_is_paragraph(const LwNode *node);
/* Words of the format itself, which say nothing about a document even when somebody is called like
 * that. */
gboolean lw_odf_is_vocabulary(const char *space);
gboolean lw_odf_is_keyword(const LwAttribute *attribute, const char *value);

typedef enum {
	LW_PIECE_TEXT,	    /* bytes [offset, offset + count) of a text node */
	LW_PIECE_ELEMENT,   /* text:s, text:tab, text:line-break */
	LW_PIECE_ATTRIBUTE, /* bytes of the attribute's value */
} LwPieceType;

typedef struct {
	LwPieceType type;
	guint32 start, length; /* of the map's text */
	guint32 offset, count; /* in the node; count is not length where white space collapsed */
	guint32 line;	       /* pieces with the same number are one line */
	LwNode *node;
	LwAttribute *attribute;
} LwPiece;

typedef struct {
	LwNode *node; /* draw:image */
	char *name;   /* member */
	guint32 offset;
} LwMapFigure;

typedef struct {
	GString *text;
	gsize visible;
	GArray *pieces;	 /* LwPiece, ascending, without overlap; line ends have none */
	GArray *figures; /* LwMapFigure */
} LwTextMap;

/* LW_ERROR_UNREADABLE past the limits. Yours; its nodes are the package's. Notes which parts are
 * shown. */
LwTextMap *lw_text_map_new(LwPackage *package, GError **error);
void lw_text_map_free(LwTextMap *map);
/* Number of the first piece that ends after this byte. */
guint lw_text_map_find(const LwTextMap *map, gsize offset);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(LwTextMap, lw_text_map_free)
