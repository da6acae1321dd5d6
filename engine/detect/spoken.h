/* spoken.h - numbers in Dutch words. Private to detect. */
#pragma once

#include <glib.h>

/* "eenennegentig", "elf", "honderd" (folded); 0: another word, or "een". */
guint lw_spoken_number(const char *word);
/* The same, and in English: "zesenzeventig", "nineteen", "forty-two". */
guint lw_spoken_years(const char *word);
