/* mark.h - the noun that travels: an entity, a term or an area that is to be removed, with its
 * ground and decision. */
#pragma once

#include "engine/base/json.h"
#include "engine/model/entity.h"

#define LW_MARK_ID_LENGTH 16

typedef struct {
	char id[LW_MARK_ID_LENGTH + 1]; /* stable: of document hash, place, kind; hex */
	LwKind kind;
	LwRole role;
	LwAction action;
	LwDecision decision;
	const char *ground; /* id(s) of grounds.def, several joined by ';' */
	float score;
	const char *rule;
	LwReason reason;
	const char *evidence;
	LwSpan span;	    /* length 0: an area */
	GArray *boxes;	    /* LwBox; for an area what was drawn, for text one per line */
	GArray *glyphs;	    /* guint32, glyphs of the span; NULL for an area */
	const char *figure; /* ODF: the member to drop; else NULL */
	/* Not for the pipe. */
	guint32 person;	     /* of the entity: its card in this run; 0: none */
	const char *text;    /* what an accepted mark of a plan takes away */
	const char *decider; /* reviewers, several with ";" between; NULL: no person */
	const char *decided; /* the day, YYYY-MM-DD; NULL: that of the run */
} LwMark;

typedef enum {
	LW_CODE_DOTTED, /* 5.1.2.e */
	LW_CODE_SHORT,	/* 5.1.2e */
	LW_CODE_LONG,	/* 5.1 lid 2 sub e */
} LwCodeStyle;

typedef struct {
	guint8 fill[3], text[3]; /* RGB */
	LwCodeStyle code;
	LwWidth width;
	LwLang lang; /* of alternate texts and titles */
} LwStyle;

/* Text that nobody sees: off the page, white on white, covered, too small. */
typedef enum {
	LW_HIDDEN_GOES,
	LW_HIDDEN_STAYS, /* of a page, unless a secret stands in it: then all of it goes */
} LwHidden;

/* What is to be done to one document. Only accepted marks are in it. */
typedef struct {
	LwArena *arena;	    /* owns marks and strings */
	GPtrArray *marks;   /* LwMark, by position */
	GPtrArray *secrets; /* const char *: removed strings of the whole run; gone from every
			       hidden place */
	LwHidden hidden;
	LwStyle style;
	const char *stamp; /* in the margin of every page; NULL: none */
	struct LwPlanIndex *index; /* removal.c makes it of marks that no longer change */
} LwPlan;

#define LW_FITS_UNKNOWN G_MAXUINT32 /* holds no name that could be measured */

/* What was done. Never document text. */
typedef struct {
	LwArena *arena;
	GArray *notices;    /* LwNotice */
	GPtrArray *painted; /* by mark of the plan: GArray of LwBox, what was painted; owned */
	GArray *fits;	    /* guint32 by mark: surnames that still fit in its gap, as the verifier
			       measured; empty: it did not */
	guint glyphs_removed, images_changed, paths_removed, annotations_removed, strings_removed;
} LwReceipt;

LwPlan *lw_plan_new(void);
void lw_plan_free(LwPlan *plan);
LwMark *lw_plan_add(LwPlan *plan); /* zeroed, with empty boxes */
/* The same place of the same document has the same id in every run. */
void lw_mark_identify(LwMark *mark, const char *sha256);
/* LwBox as logs, scans and dossiers tell it: [{"page" (from 1),"x0","y0","x1","y1"}]; yours. */
LwJson *lw_boxes_json(const GArray *boxes);
GVariant *lw_plan_save(const LwPlan *plan);
LwPlan *lw_plan_load(GVariant *saved); /* NULL when anything is off */

LwReceipt *lw_receipt_new(const LwPlan *plan);
void lw_receipt_free(LwReceipt *receipt);
/* fits: as many as the plan has marks; else nothing is kept. */
void lw_receipt_set_fits(LwReceipt *receipt, const GArray *fits);
void lw_receipt_notice(LwReceipt *receipt, const char *code, gint32 page, const char *message);
GVariant *lw_receipt_save(const LwReceipt *receipt);
LwReceipt *lw_receipt_load(GVariant *saved);

/* What stands in the box: "5.1.2.e", several joined by " / ", in the style's spelling; yours. */
char *lw_mark_code(const LwMark *mark, const LwStyle *style);
/* What a reader hears or copies: "[gelakt: 5.1.2.e]" or "[redacted: 5.1.2.e]"; yours. */
char *lw_mark_label(const LwMark *mark, const LwStyle *style);

/* The law of an area: is this glyph under this box? Its ink band (its box without a tenth of the
 * width left and right and 12 % of the height above and below) meets the box; a touch counts.
 * Renderer and verifier both ask here. */
gboolean lw_box_covers(const LwBox *box, const LwGlyph *glyph);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(LwPlan, lw_plan_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LwReceipt, lw_receipt_free)
