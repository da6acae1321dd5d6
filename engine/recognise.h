/* recognise.h - reads a picture as a person would: with tesseract, where it is installed. The door
 * to tesseract, a program of its own that gets nothing but pixels. Floor 4. */
#pragma once

#include "engine/model/format.h"

/* Path of the program; yours, NULL when it is not installed. */
char *lw_recognise_program(void);
/* The text that it sees; yours, NULL when it failed. */
char *lw_recognise(const char *program, const LwPicture *picture);
