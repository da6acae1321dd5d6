/* calibration.c - opens the trained trees and adds them up. */
#include "engine/detect/calibration.h"

#include <string.h>

#include "engine/base/error.h"
#include "engine/detect/calibration-file.h"

#define CLUES 2	   /* named at most */
#define TREES 4096 /* at most: the sums of their steps fit an int */
#define WORDS (1u << 16)
#define STEPS (1 << 23) /* of the base, and of what is usual */

struct LwCalibration {
	GBytes *trained;
	LwCalibrationHeader header;
	const LwCalibrationWord *words;
	const LwCalibrationTree *trees;
};

static gboolean refuse(GError **error, const char *why)
{
	g_set_error(error, LW_ERROR, LW_ERROR_FATAL, "the calibration is damaged: %s", why);
	return FALSE;
}

static gboolean is_small(gint32 steps)
{
	return steps >= -STEPS && steps <= STEPS;
}

static gboolean check_trees(const LwCalibration *self, GError **error)
{
	for (guint32 i = 0; i < self->header.trees; i++)
		for (guint j = 0; j < LW_CALIBRATION_DEPTH; j++)
			if (self->trees[i].ids[j] >= LW_EVIDENCE_COUNT)
				return refuse(error, "a wrong tree");
	return TRUE;
}

static gboolean read_trained(LwCalibration *self, GError **error)
{
	gsize size = 0;
	const guint8 *bytes = g_bytes_get_data(self->trained, &size);
	LwCalibrationHeader *header = &self->header;

	if (size < sizeof(*header))
		return refuse(error, "too short");
	if ((guintptr)bytes % sizeof(guint32) != 0)
		return refuse(error, "not aligned");
	memcpy(header, bytes, sizeof(*header));
	header->words = GUINT32_FROM_LE(header->words);
	header->trees = GUINT32_FROM_LE(header->trees);
	header->unknown = GUINT32_FROM_LE(header->unknown);
	header->base = GINT32_FROM_LE(header->base);
	if (memcmp(header->magic, LW_CALIBRATION_MAGIC, sizeof(header->magic)) != 0 ||
	    GUINT32_FROM_LE(header->version) != LW_EVIDENCE_VERSION)
		return refuse(error, "not of this version");
	if (header->words > WORDS || header->trees > TREES || !is_small(header->base))
		return refuse(error, "wrong header");
	for (guint id = 0; id < LW_EVIDENCE_COUNT; id++) {
		header->usual[id] = GINT32_FROM_LE(header->usual[id]);
		if (!is_small(header->usual[id]))
			return refuse(error, "wrong header");
	}
	if (size != sizeof(*header) + header->words * sizeof(LwCalibrationWord) +
			    header->trees * sizeof(LwCalibrationTree))
		return refuse(error, "wrong length");
	self->words = (const LwCalibrationWord *)(const void *)(bytes + sizeof(*header));
	self->trees = (const LwCalibrationTree *)(const void *)(self->words + header->words);
	return check_trees(self, error);
}

LwCalibration *lw_calibration_new(GBytes *trained, GError **error)
{
	g_autoptr(LwCalibration) self = g_new0(LwCalibration, 1);

	self->trained = g_bytes_ref(trained);
	return read_trained(self, error) ? g_steal_pointer(&self) : NULL;
}

LwCalibration *lw_calibration_open(const char *path, GError **error)
{
	g_autoptr(GMappedFile) file = g_mapped_file_new(path, FALSE, NULL);
	g_autoptr(GBytes) bytes = file ? g_mapped_file_get_bytes(file) : NULL;

	if (!bytes) {
		g_set_error(error, LW_ERROR, LW_ERROR_FATAL, "cannot open the calibration '%s'",
			    path);
		return NULL;
	}
	return lw_calibration_new(bytes, error);
}

void lw_calibration_free(LwCalibration *self)
{
	if (!self)
		return;
	g_bytes_unref(self->trained);
	g_free(self);
}

static guint8 value_of_word(const LwCalibration *self, LwEvidenceId id, guint32 hash)
{
	guint32 key = LW_CALIBRATION_KEY(id, hash), low = 0, high = self->header.words;

	while (low < high) {
		guint32 middle = low + (high - low) / 2;

		if (GUINT32_FROM_LE(self->words[middle].key) < key)
			low = middle + 1;
		else
			high = middle;
	}
	if (low < self->header.words && GUINT32_FROM_LE(self->words[low].key) == key)
		return (guint8)GUINT32_FROM_LE(self->words[low].value);
	return (guint8)self->header.unknown;
}

/* The logistic function, in steps of a quarter nat. */
static float chance_of(int steps)
{
	static const float chances[] = {
		0.0003f, 0.0004f, 0.0006f, 0.0007f, 0.0009f, 0.0012f, 0.0015f, 0.0019f, 0.0025f,
		0.0032f, 0.0041f, 0.0052f, 0.0067f, 0.0086f, 0.0110f, 0.0141f, 0.0180f, 0.0230f,
		0.0293f, 0.0373f, 0.0474f, 0.0601f, 0.0759f, 0.0953f, 0.1192f, 0.1480f, 0.1824f,
		0.2227f, 0.2689f, 0.3208f, 0.3775f, 0.4378f, 0.5f};
	const int quarter = LW_CALIBRATION_SCALE / 4, most = (int)G_N_ELEMENTS(chances) - 1;
	int below = -ABS(steps), at = MAX(below / quarter + most, 0), part = below % quarter;
	float chance = chances[at];

	if (at > 0 && part)
		chance += (chances[at] - chances[at - 1]) * (float)part / (float)quarter;
	return steps > 0 ? 1 - chance : chance;
}

static void read_values(const LwCalibration *self, const LwEvidence *evidence, guint8 *values)
{
	for (guint id = 0; id < LW_EVIDENCE_COUNT; id++)
		values[id] = lw_evidence_is_word(id) ? value_of_word(self, id, evidence->values[id])
						     : (guint8)MIN(evidence->values[id], 255);
}

static float chance_by(const LwCalibration *self, const guint8 *values)
{
	int steps = self->header.base;

	for (guint32 i = 0; i < self->header.trees; i++)
		steps += lw_calibration_steps(&self->trees[i], values);
	return chance_of(steps);
}

float lw_calibration_chance(const LwCalibration *self, const LwEvidence *evidence)
{
	guint8 values[LW_EVIDENCE_COUNT];

	read_values(self, evidence, values);
	return chance_by(self, values);
}

char *lw_calibration_clues(const LwCalibration *self, const LwEvidence *evidence, gboolean against)
{
	guint8 values[LW_EVIDENCE_COUNT];
	int worth[LW_CLUE_COUNT] = {0};
	g_autoptr(GString) text = g_string_new(NULL);

	read_values(self, evidence, values);
	for (guint id = 0; id < LW_EVIDENCE_COUNT; id++)
		worth[lw_evidence_clue(id)] -= self->header.usual[id];
	for (guint32 i = 0; i < self->header.trees; i++)
		for (guint j = 0; j < LW_CALIBRATION_DEPTH; j++)
			worth[lw_evidence_clue(self->trees[i].ids[j])] +=
				lw_calibration_worth(&self->trees[i], values, j);
	g_string_printf(text, "%d", (int)(chance_by(self, values) * 100 + 0.5f));
	for (guint named = 0; named < CLUES; named++) {
		guint best = 0;

		for (guint clue = 1; clue < LW_CLUE_COUNT; clue++)
			if (against ? worth[clue] < worth[best] : worth[clue] > worth[best])
				best = clue;
		if (against ? worth[best] >= 0 : worth[best] <= 0)
			break;
		g_string_append_printf(text, " %s", lw_clue_name((LwClue)best));
		worth[best] = 0;
	}
	return g_string_free(g_steal_pointer(&text), FALSE);
}
