/* state.h - what an earlier run left behind: which input gave which output, so that what is done is
 * not done again.
 *
 * It lies in the internal folder and is only ever a hint: whoever uses an entry compares the hashes
 * of both files. */
#pragma once

#include "engine/model/mark.h"

typedef struct LwState LwState;

typedef struct {
	const char *input; /* absolute path, or "-" */
	const char *input_sha256, *plan_digest, *output, *output_sha256;
	GVariant *receipt; /* of lw_receipt_save */
} LwStateEntry;

/* Empty when there is none. Of another policy or version it only tells which files are ours: no
 * plan fits. Yours. */
LwState *lw_state_load(const char *folder, const char *policy_digest, const char *version);
LwState *lw_state_new(const char *policy_digest, const char *version);
void lw_state_free(LwState *state);
/* By the path in the output; NULL when there is no entry. */
const LwStateEntry *lw_state_find(const LwState *state, const char *output);
/* Paths in the output, sorted; borrowed, the array is yours. */
GPtrArray *lw_state_outputs(const LwState *state);
void lw_state_add(LwState *state, const LwStateEntry *entry);
gboolean lw_state_save(const LwState *state, const char *folder, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(LwState, lw_state_free)
