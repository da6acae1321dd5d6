/* calibration-file.h - how calibration.bin lies on disk. Little-endian.
 *
 *     header | words, ascending by key | trees */
#pragma once

#include "engine/detect/evidence.h"

#define LW_CALIBRATION_MAGIC "LWCALIB2"
#define LW_CALIBRATION_SCALE 1024 /* steps of one nat */
#define LW_CALIBRATION_DEPTH 6

typedef struct {
	char magic[8];
	guint32 version; /* of the evidence */
	guint32 words, trees;
	guint32 unknown;		 /* value of a word that is not among them */
	gint32 base;			 /* steps of every find */
	gint32 usual[LW_EVIDENCE_COUNT]; /* steps that an answer about it is worth in the mean */
} LwCalibrationHeader;

/* How often finds with this word had to go, of 255. */
typedef struct {
	guint32 key; /* LW_CALIBRATION_KEY */
	guint32 value;
} LwCalibrationWord;

#define LW_CALIBRATION_KEY(id, hash) ((hash) ^ ((guint32)((id) + 1) * 2654435769u))

/* Asks the same questions of every find, whatever the answers before: which values are above these
 * bounds? */
typedef struct {
	guint8 ids[LW_CALIBRATION_DEPTH]; /* LwEvidenceId */
	guint8 bounds[LW_CALIBRATION_DEPTH];
	gint16 steps[1 << LW_CALIBRATION_DEPTH]; /* by the answers, the first in the lowest bit */
} LwCalibrationTree;

static inline guint lw_calibration_leaf(const LwCalibrationTree *tree, const guint8 *values)
{
	guint leaf = 0;

	for (guint i = 0; i < LW_CALIBRATION_DEPTH; i++)
		leaf |= (guint)(values[tree->ids[i]] > tree->bounds[i]) << i;
	return leaf;
}

/* The steps that the opposite answer to one question would cost. */
static inline int lw_calibration_worth(const LwCalibrationTree *tree, const guint8 *values,
				       guint question)
{
	guint leaf = lw_calibration_leaf(tree, values);

	return GINT16_FROM_LE(tree->steps[leaf]) -
	       GINT16_FROM_LE(tree->steps[leaf ^ 1u << question]);
}

static inline int lw_calibration_steps(const LwCalibrationTree *tree, const guint8 *values)
{
	return GINT16_FROM_LE(tree->steps[lw_calibration_leaf(tree, values)]);
}
