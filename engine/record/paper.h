/* paper.h - what is drawn for people: the account as PDF, tables as workbooks. In a module of its
 * own, opened by who publishes: forty libraries that nobody else has to load. */
#pragma once

#include "engine/record/publication.h"
#include "engine/record/table.h"

#define LW_PAPER_SYMBOL "lw_paper"

typedef struct {
	/* Both: yours, or NULL with error. */
	GBytes *(*account)(const LwPublication *publication, LwLang lang, GError **error);
	GBytes *(*book)(const LwTable *table, const LwTable *lookups, GError **error);
} LwPaper;

/* The second half of it. */
GBytes *lw_paper_book(const LwTable *table, const LwTable *lookups, GError **error);
/* What the module gives, under LW_PAPER_SYMBOL. */
extern const LwPaper lw_paper;
