/* mark.h - the marks of a dossier: choosing them, and telling what they are. */
#pragma once

#include "engine/dossier/dossier.h"

/* SQL: the id that a mark has when another document has the same file. */
#define LW_MARK_ID_OWN(id, document) "(substr(" id ", 1, 10) || printf('%06x', " document "))"

/* A condition on marks as SQL (beginning with "WHERE") and its values. */
typedef struct {
	GString *where;
	GPtrArray *values;
	guint conditions;
	gboolean only_ids; /* chosen one by one */
} LwSelector;

/* FALSE when refused. */
gboolean lw_selector_init(LwCall *call, LwSelector *selector, const LwJson *given);
void lw_selector_clear(LwSelector *selector);

typedef enum { LW_SEVERITY_WARNS, LW_SEVERITY_BLOCKS } LwSeverity;

/* What a warning is about. code and message are static. */
typedef void (*LwWarnFunc)(void *self, const char *code, LwSeverity severity, const char *message);

/* One mark as it is now. Strings live until the next. */
typedef struct {
	const char *id, *origin, *kind, *role, *action, *ground, *rule, *reason, *evidence, *text,
		*fold, *boxes, *figure, *copy, *delta, *decision, *motivation, *inherited, *decider;
	gint64 document, page, start, length, offset, points, card, event, decided;
	double score;
	gboolean present;
} LwMarkRow;

/* The marks of a selector in order of place; then lw_mark_row() for each. Yours. */
LwCursor *lw_marks_ask(LwCall *call, const LwSelector *selector, gint64 limit, gint64 skip);
void lw_mark_row(const LwCursor *rows, LwMarkRow *row);
gint64 lw_marks_count(LwCall *call, const LwSelector *selector);
/* The marks of a selector, at most limit, as MARKs. */
LwJson *lw_marks_list(LwCall *call, const LwSelector *selector, gint64 limit, gint64 skip);

gboolean lw_marks_answer(LwCall *call); /* query marks */
gboolean lw_mark_answer(LwCall *call);	/* query mark */
