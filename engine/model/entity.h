/* entity.h - what a detector found: where, what, how sure, which rule and why. */
#pragma once

#include "engine/model/document.h"

typedef struct {
	LwSpan span;		/* bytes of the raw text; length 0 for a figure */
	guint32 figure;		/* index in the document's figures when length is 0 */
	LwKind kind;
	LwRole role;		/* PERSON, EMAIL, PHONE, SIGNATURE: in which role; else LW_ROLE_UNKNOWN */
	float score;		/* 0..1 */
	const char *rule;	/* static: "pattern/bsn", "name/title" */
	LwReason reason;
	const char *evidence;	/* a word of our lexicons, static or of the list's arena; or NULL */
	guint32 person;		/* card number given by link; 0: none */
} LwEntity;

/* An owner of entities, in order of position; evidence strings may live in its arena. */
typedef struct {
	LwArena *arena;
	GArray *items; /* LwEntity */
} LwEntities;

LwEntities *lw_entities_new(void);
void lw_entities_free(LwEntities *entities);
LwEntity *lw_entities_add(LwEntities *entities, LwSpan span, LwKind kind, float score, const char *rule);
void lw_entities_sort(LwEntities *entities); /* by start, then longer first, then higher score */

GVariant *lw_entities_save(const LwEntities *entities);
/* NULL when anything is off; rules are interned. */
LwEntities *lw_entities_load(GVariant *saved, const LwDocument *document);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(LwEntities, lw_entities_free)
