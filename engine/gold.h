/* gold.h - documents that a person has labelled: brat standoff, and the caret cases of tests/cases.
 *
 * What is labelled is data of a test, not a document to publish: it is read as text, checked line
 * by line, and refused as a whole when anything in it does not fit. */
#pragma once

#include "engine/base/arena.h"
#include "engine/base/error.h"
#include "engine/model/document.h"

typedef enum {
	LW_GOLD_MUST,	  /* has to go */
	LW_GOLD_KEEP,	  /* has to stay readable */
	LW_GOLD_OPTIONAL, /* officers differ: not counted */
} LwGoldDemand;

typedef struct {
	LwGoldDemand demand;
	const char *kind;   /* as labelled, in lower case: "person", "birth-date" */
	const char *detail; /* cases: what follows the kind, a ground or a role; or NULL */
	const char *origin; /* of a name: "turkish"; or NULL */
	char sign;	    /* cases: '^', '!' or '~'; else NUL */
	guint line;	    /* of the labels, from 1 */
	guint32 person;	    /* mentions of one person share a number; 0: stands alone */
	GArray *parts;	    /* LwSpan, bytes of the text, ascending */
} LwGoldSpan;

typedef struct {
	const char *name;  /* of the file that holds the labels */
	const char *genre; /* or NULL */
	const char *text;
	gsize length;
	gboolean whole; /* what carries no label has to stay too; FALSE: it is not judged */
	GArray *spans;	/* LwGoldSpan, in the order of the labels */
} LwGoldDocument;

typedef struct {
	LwArena *arena;
	GPtrArray *documents; /* LwGoldDocument */
} LwGold;

LwGold *lw_gold_new(void);
void lw_gold_free(LwGold *gold);
/* Adds one document: its text and the standoff labels of name. LW_ERROR_USAGE names the line. */
gboolean lw_gold_add_brat(LwGold *gold, const char *name, const char *text, gsize length,
			  const char *labels, GError **error);
/* Adds every case of a file that has marks; LW_ERROR_USAGE when it has none. */
gboolean lw_gold_add_cases(LwGold *gold, const char *name, const char *content, GError **error);
/* What paths name: pairs of .txt and .ann, files of cases, folders of both (not followed through
 * links). Yours. */
LwGold *lw_gold_open(const char *const *paths, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(LwGold, lw_gold_free)
