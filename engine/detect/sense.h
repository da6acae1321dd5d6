/* sense.h - what a word is about: its own entry in the list of senses, or that of what it is
 * composed with. */
#pragma once

#include "engine/detect/lexicon.h"

/* Of a folded word; "knie-operatie" and "enkelblessure" are about what their last part is about. */
LwSense lw_sense(const LwLexicon *lexicon, const char *folded);
