/* evidence.h - all that is known of a find, as numbers: what the rule says, what the trained model
 * says of its words and of those beside it, what stands around it (evidence.def). Calibration
 * (calibration.h) makes one chance of it. */
#pragma once

#include "engine/detect/detect.h"

#define LW_EVIDENCE_VERSION 5

typedef enum {
#define LW_EVIDENCE(ID, sort, clue) LW_EVIDENCE_##ID,
#include "engine/detect/evidence.def"
#undef LW_EVIDENCE
	LW_EVIDENCE_COUNT
} LwEvidenceId;

typedef struct {
	guint32 values[LW_EVIDENCE_COUNT]; /* BYTE: 0..255; WORD: a hash */
} LwEvidence;

gboolean lw_evidence_is_word(LwEvidenceId id);
LwClue lw_evidence_clue(LwEvidenceId id);

/* See below; self is the first argument of func. */
typedef void (*LwEvidenceFunc)(gpointer self, LwEntity *entity, const LwEvidence *evidence);

typedef struct LwEvidenceWatch {
	LwEvidenceFunc func;
	gpointer self;
} LwEvidenceWatch;

/* Calls func for each find in the text that may be weighed, which it may change but for its span
 * and place in the list; opinions, passages and what the user gave are not. The evidence is that
 * before any change. */
void lw_evidence_each(const LwDetectContext *context, LwEntities *found, LwEvidenceFunc func,
		      gpointer self);
