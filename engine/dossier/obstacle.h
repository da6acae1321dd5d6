/* obstacle.h - what stands in the way of publishing, and what was published. */
#pragma once

#include "engine/dossier/event.h"

gboolean lw_obstacles_answer(LwCall *call);
gboolean lw_publications_answer(LwCall *call);
/* The record that it was published; refused while something stands in the way. */
gboolean lw_publish_act(LwCall *call, LwDeed *deed);
