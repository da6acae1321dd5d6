/* language.h - which language a text is in, as far as the grammar of names needs to know. */
#pragma once

#include "engine/model/document.h"

typedef enum {
	LW_LANGUAGE_UNKNOWN, /* too few words to tell */
	LW_LANGUAGE_DUTCH,
	LW_LANGUAGE_ENGLISH,
	LW_LANGUAGE_GERMAN,
	LW_LANGUAGE_ROMANCE, /* has small words of Dutch, by which the model is misled */
	LW_LANGUAGE_OTHER,   /* or a table; names are found by their form and the lists only */
} LwLanguage;

/* That of most of the text. */
LwLanguage lw_language_of(const LwDocument *document);
