/* detector.h - what a detector is: a function from a document's normalised text to entities. */
#pragma once

#include "engine/base/text.h"
#include "engine/model/entity.h"

/* What every detector may look at. Spans that it adds are raw (lw_normal_range). */
typedef struct {
	const LwDocument *document;
	const LwNormal *normal;
} LwDetection;

typedef struct {
	const char *name;
	void (*find)(const LwDetection *detection, LwEntities *found);
} LwDetector;
