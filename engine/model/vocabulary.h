/* vocabulary.h - the tables of the house as types: kinds, grounds, roles, reasons, actions. Names are those of the
 * policy file, the JSON and the logs. Strings returned are static. */
#pragma once

#include <glib.h>

typedef enum { LW_LANG_NL, LW_LANG_EN } LwLang;

typedef enum { LW_ACTION_KEEP, LW_ACTION_SUGGEST, LW_ACTION_REMOVE } LwAction;
typedef enum { LW_DECISION_OPEN, LW_DECISION_ACCEPTED, LW_DECISION_REJECTED } LwDecision;
typedef enum { LW_WIDTH_EXACT, LW_WIDTH_QUANTISED, LW_WIDTH_STRICT } LwWidth;

typedef enum {
#define LW_KIND(ID, name, action, ground, nl, en) LW_KIND_##ID,
#include "engine/model/kinds.def"
#undef LW_KIND
	LW_KIND_COUNT
} LwKind;

typedef enum {
#define LW_ROLE(ID, name, action, nl, en) LW_ROLE_##ID,
#include "engine/model/roles.def"
#undef LW_ROLE
	LW_ROLE_COUNT
} LwRole;

typedef enum {
#define LW_REASON(ID, nl, en) LW_REASON_##ID,
#include "engine/model/reasons.def"
#undef LW_REASON
	LW_REASON_COUNT
} LwReason;

typedef enum {
#define LW_CLUE(ID, name, nl, en) LW_CLUE_##ID,
#include "engine/model/clues.def"
#undef LW_CLUE
	LW_CLUE_COUNT
} LwClue;

/* What a list says of a word. */
typedef enum {
	LW_WORD_FIRST_NAME = 1 << 0,
	LW_WORD_SURNAME = 1 << 1,
	LW_WORD_PARTICLE = 1 << 2,	/* tussenvoegsel, a single word of it */
	LW_WORD_STREET = 1 << 3,
	LW_WORD_PLACE = 1 << 4,		/* place or municipality */
	LW_WORD_COMMON = 1 << 5,	/* also an ordinary Dutch word in lower case */
	LW_WORD_ORGANISATION = 1 << 6,
	LW_WORD_TITLE = 1 << 7,		/* dhr, mevrouw, drs, ing */
	LW_WORD_ROLE = 1 << 8,		/* burgemeester, wethouder: woo.md 2.3 */
	LW_WORD_ABBREVIATION = 1 << 9,	/* statutes, bodies: never a name */
	LW_WORD_FREQUENT = 1 << 10,	/* a frequent first name or surname */
	LW_WORD_ALLOW = 1 << 11,	/* user: stays readable */
	LW_WORD_DENY = 1 << 12,		/* user: always goes */
	LW_WORD_MEDICINE = 1 << 13,
	LW_WORD_ILLNESS = 1 << 14,	/* and complaints, treatments, aids */
	LW_WORD_BRAND = 1 << 15,	/* an institution, firm, make or program, and nobody */
	LW_WORD_PUBLIC = 1 << 16,	/* the full name of somebody whom all know */
	LW_WORD_OPENS = 1 << 17,	/* a longer one of these two, or organisation, begins so */
} LwWordFlags;

/* What an ordinary word is about. */
typedef enum {
	LW_SENSE_NONE,
#define LW_SENSE(ID, letter) LW_SENSE_##ID,
#include "engine/model/senses.def"
#undef LW_SENSE
	LW_SENSE_COUNT,
	LW_SENSE_LAST_PRIVATE = LW_SENSE_FAMILY
} LwSense;

typedef enum {
	LW_GROUND_ABSOLUTE,	/* article 5.1 paragraph 1 */
	LW_GROUND_RELATIVE,	/* article 5.1 paragraph 2: weighed, with a motivation */
	LW_GROUND_RESIDUAL,	/* article 5.1 paragraph 5: never together with 1 or 2 */
	LW_GROUND_OPINION,	/* article 5.2: only a person decides */
	LW_GROUND_SCOPE,	/* outside chapter 5.1 and 5.2 */
} LwGroundRelation;

typedef struct {
	const char *id;		/* "5.1.2.e" */
	const char *code;	/* "5.1.2e", as the OpenVWS importer wants it */
	LwGroundRelation relation;
	const char *label[2];	/* by LwLang */
} LwGround;

const char *lw_kind_name(LwKind kind);
const char *lw_kind_label(LwKind kind, LwLang lang);
LwAction lw_kind_default_action(LwKind kind);
const char *lw_kind_default_ground(LwKind kind);
/* FALSE when no such kind. */
gboolean lw_kind_parse(const char *name, LwKind *kind);
/* TRUE for what only a person may decide: opinions (article 5.2), passages, pictures. */
gboolean lw_kind_needs_person(LwKind kind);

const char *lw_role_name(LwRole role);
const char *lw_role_label(LwRole role, LwLang lang);
LwAction lw_role_default_action(LwRole role);
gboolean lw_role_parse(const char *name, LwRole *role);

const char *lw_clue_name(LwClue clue);
/* The reason as a sentence; evidence may be NULL; of MODEL it is names of clues, split by blanks. Yours. */
char *lw_reason_text(LwReason reason, const char *evidence, LwLang lang);
const char *lw_reason_name(LwReason reason); /* "CHECKSUM" */

/* Any spelling of woo.md 1.3 ("5.1 lid 2 sub e", "art. 5.1, tweede lid, aanhef en onder e, van de Woo", legacy "10.2.e"
 * through the table of 1.2); NULL when it is no ground that can be chosen. */
const LwGround *lw_ground_parse(const char *text);
const LwGround *lw_ground_at(guint index); /* in the order of the law; NULL past the end */

const char *lw_action_name(LwAction action);	/* "remove" */
gboolean lw_action_parse(const char *name, LwAction *action);
const char *lw_decision_name(LwDecision decision);
gboolean lw_decision_parse(const char *name, LwDecision *decision);
const char *lw_width_name(LwWidth width);
gboolean lw_width_parse(const char *name, LwWidth *width);
