/* install.h - where the parts of lakwerk are on this machine: in a build tree, beside the program,
 * or installed. */
#pragma once

#include <glib.h>

#ifndef LW_VERSION
#define LW_VERSION "0.1.0"
#endif

/* The program that parses; LAKWERK_WORKER names another. Yours, or NULL when there is none. */
char *lw_install_worker(void);
/* The module that draws (engine/record/paper.h). Yours, or NULL. */
char *lw_install_paper(void);
/* The module with the server of the page (review/review.h). Yours, or NULL. */
char *lw_install_review(void);
/* The compiled dictionaries; LAKWERK_LEXICON names others. Yours, or NULL when there are none. */
char *lw_install_lexicon(void);
/* The trained model and the calibration, beside them; and what was measured on all three. Yours, or
 * NULL. */
char *lw_install_model(void);
char *lw_install_calibration(void);
char *lw_install_figures(void);
