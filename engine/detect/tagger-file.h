/* tagger-file.h - the trained model: what the trainer writes and tagger.c maps.
 *
 * A header, then a row of LW_TAGGER_LANES signed bytes for every row of the table; a feature's row
 * is its number modulo the rows. Weights and transitions are in 1/LW_TAGGER_SCALE nat. The lanes
 * behind those of the labels are log-odds that the token is of a special category, that it stays
 * readable though it is a name or a number, and that it is a number or address of a person; for
 * features that speak of special categories alone there is a table of LW_TAGGER_SPECIAL_ROWS signed
 * bytes. Then the slots of the word classes (word-class.h).
 * Little-endian. */
#pragma once

#include <glib.h>

#define LW_TAGGER_MAGIC	       "LWTAGGR2"
#define LW_TAGGER_TYPES	       3  /* person, place, organisation */
#define LW_TAGGER_LABELS       13 /* outside, and begin, inside, end, single of each type */
#define LW_TAGGER_SPECIAL      13 /* lanes of what is judged apart: of a special category */
#define LW_TAGGER_STAYS	       14 /* of who holds office, a firm, a desk, a building */
#define LW_TAGGER_DATUM	       15 /* a number, account, address of a person */
#define LW_TAGGER_LANES	       16
#define LW_TAGGER_SPECIAL_ROWS (1u << 19)
#define LW_TAGGER_SCALE	       32
#define LW_TAGGER_STEPS	       32 /* of the table that makes chances true */

typedef struct {
	char magic[8];
	guint32 features;					/* LW_FEATURE_VERSION */
	guint32 rows;						/* a power of two */
	gint16 transitions[LW_TAGGER_LABELS][LW_TAGGER_LABELS]; /* from, to */
	guint16 truth[LW_TAGGER_STEPS +
		      1]; /* what a chance of i/LW_TAGGER_STEPS turned out to be, of 65535 */
	guint32 classes;  /* slots, a power of two */
	guint8 reserved[24];
} LwTaggerHeader;

G_STATIC_ASSERT(sizeof(LwTaggerHeader) == 448);
