/* calibration.h - the chance that a find has to go, learnt from labelled documents: boosted trees
 * over the evidence.
 *
 * All arithmetic is in integers, so every machine and compiler gives the same chances. */
#pragma once

#include "engine/detect/evidence.h"

typedef struct LwCalibration LwCalibration;

/* Maps the trained file; checks its header, length and trees. Yours. */
LwCalibration *lw_calibration_open(const char *path, GError **error);
/* Over bytes already in memory (kept by reference). */
LwCalibration *lw_calibration_new(GBytes *trained, GError **error);
void lw_calibration_free(LwCalibration *calibration);

/* 0..1 */
float lw_calibration_chance(const LwCalibration *calibration, const LwEvidence *evidence);
/* The chance in hundredths, and what spoke more for it, or against it, than it usually does: "42
 * before column", names of clues.def; yours. */
char *lw_calibration_clues(const LwCalibration *calibration, const LwEvidence *evidence,
			   gboolean against);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(LwCalibration, lw_calibration_free)
