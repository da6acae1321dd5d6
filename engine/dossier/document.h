/* document.h - what a dossier knows of its documents and of itself. */
#pragma once

#include "engine/dossier/event.h"

gboolean lw_dossier_answer(LwCall *call);   /* query dossier */
gboolean lw_documents_answer(LwCall *call); /* query documents */
gboolean lw_document_answer(LwCall *call);  /* query document */
gboolean lw_comments_answer(LwCall *call);
gboolean lw_reviewers_answer(LwCall *call);
gboolean lw_blocks_answer(LwCall *call);
gboolean lw_vocabulary_answer(LwCall *call);

gboolean lw_document_act(LwCall *call, LwDeed *deed); /* act document */
gboolean lw_judge_act(LwCall *call, LwDeed *deed);
gboolean lw_seen_act(LwCall *call, LwDeed *deed);
gboolean lw_comment_act(LwCall *call, LwDeed *deed);
gboolean lw_settings_act(LwCall *call, LwDeed *deed);
gboolean lw_reviewer_act(LwCall *call, LwDeed *deed);
gboolean lw_block_act(LwCall *call, LwDeed *deed);

/* "Deels openbaar": what people judged, or what follows from the marks; static or of the table. */
const char *lw_judgement_of(LwDossier *dossier, GHashTable *table, gint64 document);
/* In the order of their names. */
typedef enum {
	LW_OFFICER = 1 << 0,
	LW_REVIEWER = 1 << 1,
	LW_APPROVER = 1 << 2,
	LW_ANYBODY = LW_OFFICER | LW_REVIEWER | LW_APPROVER,
} LwRoles;

/* FALSE when refused. */
gboolean lw_role_check(LwCall *call, LwRoles allowed);
