/* date.h - what dates of birth look like. Private to date.c and date-behind.c (woo.md 6.14). */
#pragma once

#include "engine/detect/detect.h"
#include "engine/detect/pattern.h"

#define CHILD_YEARS 5  /* that a birth lies before the document, at the least */
#define GROWN_YEARS 12 /* the same where nothing but its place says that it is one */

#define DAY   "(?:0?[1-9]|[12][0-9]|3[01])"
#define MONTH "(?:0?[1-9]|1[0-2])"
/* Dutch, English and German. */
#define NAMED                                                                                      \
	"(?:jan(?:uari|uary|uar)?|feb(?:ruari|ruary|ruar)?|mrt|maart|mar(?:ch)?|m\303\244rz|"      \
	"apr(?:il)?|mei|may|mai|juni?|june|juli?|july|aug(?:ustus|ust)?|sept?(?:ember)?|"          \
	"o[kc]t(?:ober)?|nov(?:ember)?|de[cz](?:ember)?|" MISSPELT ")\\.?"
/* "desimber", "febuari", "apri1": of another tongue, or as somebody wrote it. */
#define MISSPELT                                                                                   \
	"(?:jann|jana|janu|febr|febu|febe|fevr|maaie|apr[ie]|agus|augu|sept|sebt|setp|okto|octo|"  \
	"novi|nove|dese|desi|dece)[\\p{L}01]{1,7}"
/* A date may be broken over a line at its separators. */
#define BREAK "[ ]?\\n?[ ]{0,4}"
#define YEAR  "(?:19|20)\\n?[0-9]{2}"
#define ROMAN "(?-i:X(?:II?)?|IX|IV|VI{0,3}|I{1,3})"
/* "2 5 | 0 4 | 1 9 7 4": a form with a box for each digit. */
#define BOX "[ |_]{1,3}"
#define BOXED                                                                                      \
	"[0-3]" BOX "[0-9](?:" BOX "|[ ]?[-/.][ ]?)[01]" BOX "[0-9](?:" BOX "|[ ]?[-/.][ ]?)"      \
	"(?:1" BOX "9|2" BOX "0)" BOX "[0-9]" BOX "[0-9]"
/* Where the search begins, and nowhere else. */
#define HERE "\\G"
#define DATE                                                                                       \
	"(?:" DAY "[-. ]{1,2}" ROMAN "[-. ]{1,2}" YEAR "|" DAY BREAK "([-/.|])" BREAK MONTH BREAK  \
	"[-/.|]" BREAK "(?:" YEAR "|'?[0-9]{2})|" BOXED "|" DAY "[ ]" MONTH "[ ]" YEAR "|"         \
	"(?:19|20)[0-9]{2}" BREAK "[-/.]" BREAK MONTH BREAK "[-/.]" BREAK DAY "|" DAY              \
	"(?:e|en|de|st|nd|rd|th|\\.)?[ \\n-]{1,2}" NAMED "(?:/" NAMED ")?[ \\n-]{1,2}(?:" YEAR     \
	"|'?[0-9]{2})|" NAMED "[ ]" DAY "(?:st|nd|rd|th)?,?[ ](?:19|20)[0-9]{2}|"                  \
	"(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])|"                            \
	"(?:0[1-9]|[12][0-9]|3[01])(?:0[1-9]|1[0-2])(?:19|20)[0-9]{2})(?![0-9])"
#define PLACE                                                                                      \
	"((?:'s[- ])?'?[\\p{Lu}][\\p{L}'-]+"                                                       \
	"(?:[ ](?:aan|den|de|der|het|op|bij|van|over|zoom|'?[\\p{Lu}][\\p{L}'-]+)){0,4})"

typedef struct {
	const LwDetectContext *context;
	const char *text;
	gsize length;
	LwEntities *found;
	int year; /* of the document; 0: unknown */
} Dates;

/* Nothing is added for a group that was not taken. cue: static. */
void date_emit(const Dates *self, LwPatternGroup range, LwKind kind, float score, const char *rule,
	       const char *cue);
/* A place's name ends before "op 12 maart" and at the longest name that the list knows. */
LwPatternGroup date_trim_place(const Dates *self, LwPatternGroup place);
/* How many years before the document; two digits that may be of either century are read only when
 * it has a date. -1: it cannot be told. */
int date_years_ago(const Dates *self, LwPatternGroup date);
/* A year before this one; two digits of a year say nothing. */
gboolean date_is_long_ago(const Dates *self, LwPatternGroup date);
