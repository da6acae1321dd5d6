/* plan.h - from what was found to what is removed: judgement, stable ids, phrases, secrets. Floor
 * 4; names no format.
 *
 * Proposals are an LwPlan too: every find as a mark, whatever was decided of it. A plan holds only
 * accepted marks. */
#pragma once

#include "engine/decide/policy.h"
#include "engine/detect/lexicon.h"
#include "engine/model/mark.h"

typedef enum {
	LW_ACCEPT_SURE = 1 << 0,      /* proposals that the policy calls sure */
	LW_ACCEPT_LIKELY = 1 << 1,    /* or likely */
	LW_ACCEPT_SUGGESTED = 1 << 2, /* all of them */
	LW_ACCEPT_UNREAD = 1 << 3,    /* a page that nobody could read may go out */
} LwAccept;

typedef struct {
	const LwPolicy *policy;
	const LwLexicon *lexicon; /* to leave particles out of the secrets; may be NULL */
	guint accept;		  /* LwAccept */
	const GArray *areas;	  /* LwBox drawn by a person; may be NULL */
	const char *ground;	  /* of terms and areas; NULL: that of the policy */
	LwWidth width;
	LwHidden hidden;
} LwPlanOptions;

/* Every find and area as a mark, bound to its glyphs; those in office get their role on the way.
 * LW_ERROR_USAGE for an area that no page holds. Yours. */
LwPlan *lw_proposals_new(const LwDocument *document, const char *sha256, LwEntities *found,
			 const LwPlanOptions *options, GError **error);
/* Adds what was found and the areas to proposals that came from elsewhere. */
gboolean lw_proposals_add_found(LwPlan *proposals, const LwDocument *document, const char *sha256,
				LwEntities *found, const LwPlanOptions *options,
				GError **error);
/* Adds one mark for a span; LW_ERROR_UNREADABLE when it shows no glyph. Borrowed. */
LwMark *lw_proposals_add_span(LwPlan *proposals, const LwDocument *document, const char *sha256,
			      LwSpan span, LwKind kind, GError **error);
/* Adds one mark for a rectangle; LW_ERROR_USAGE when no page holds it. Borrowed. */
LwMark *lw_proposals_add_area(LwPlan *proposals, const LwDocument *document, const char *sha256,
			      LwBox box, LwKind kind, GError **error);
/* Adds one mark for a member of a package: a picture. Borrowed. */
LwMark *lw_proposals_add_member(LwPlan *proposals, const char *sha256, const char *member,
				guint32 offset, LwKind kind);
void lw_proposals_sort(LwPlan *proposals);

gboolean lw_mark_is_accepted(const LwMark *mark, const LwPlanOptions *options);
/* To be decided by a person: neither accepted, rejected nor kept. */
gboolean lw_mark_is_open(const LwMark *mark, const LwPlanOptions *options);

/* The accepted proposals; neighbours on one line with one ground become one phrase. Of secrets only
 * those of its own. Yours. */
LwPlan *lw_plan_decide(const LwPlan *proposals, const LwDocument *document,
		       const LwPlanOptions *options);
/* Rule of marks for what somebody else took out. */
#define LW_RULE_DIFFERENCE "verify/difference"

/* The removed strings of one document, into a set of strings that owns them. */
void lw_plan_collect_secrets(const LwPlan *proposals, const LwDocument *document,
			     const LwPlanOptions *options, GHashTable *secrets);
/* What a mark takes away, as it reads; yours. */
char *lw_mark_text(const LwMark *mark, const LwDocument *document);
/* Gives the plan secrets, those of the whole run; they stand in a fixed order. */
void lw_plan_add_secrets(LwPlan *plan, GHashTable *secrets);
/* Those that tell something in this document only: no other has to be free of them. */
void lw_plan_own_secrets(LwPlan *plan, const LwPlan *proposals, const LwDocument *document,
			 const LwPlanOptions *options);
/* SHA-256 of everything that is to be done, from what lw_plan_save() made of it; yours. */
char *lw_plan_digest(GVariant *saved);
