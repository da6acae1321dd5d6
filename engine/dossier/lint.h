/* lint.h - what the law says of a mark, a document and a dossier (woo.md 1.6): it warns where a
 * person weighs, and blocks where the law leaves no choice. */
#pragma once

#include "engine/dossier/mark.h"

typedef struct LwLint LwLint;

/* Knows the settings and the data of all documents. Yours. */
LwLint *lw_lint_new(LwCall *call);
void lw_lint_free(LwLint *lint);
void lw_lint_mark(const LwLint *lint, const LwMarkRow *mark, LwWarnFunc warn, void *self);
/* Everything of a document (0: all), its marks included. */
typedef void (*LwLintFunc)(void *self, gint64 document, const char *mark, const char *code,
			   LwSeverity severity, const char *message);
void lw_lint_all(LwCall *call, gint64 document, LwLintFunc each, void *self);

gboolean lw_warnings_answer(LwCall *call); /* query warnings */

G_DEFINE_AUTOPTR_CLEANUP_FUNC(LwLint, lw_lint_free)
