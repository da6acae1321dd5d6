/* detect.h - all detectors over one document, and the order in which overlapping finds win. */
#pragma once

#include "engine/detect/language.h"
#include "engine/detect/lexicon.h"
#include "engine/model/detector.h"

struct LwEvidenceWatch;

/* Runs every detector, resolves overlaps (woo.md 6.16), returns what is left in order of position.
 * Yours. */
LwEntities *lw_detect(const LwDocument *document, const LwLexicon *lexicon);
/* Only lets it see what calibration would see (evidence.h). */
void lw_detect_watched(const LwDocument *document, const LwLexicon *lexicon,
		       const struct LwEvidenceWatch *watch);

/* One table per file, run in this order. Detectors that need lists keep the lexicon in
 * `lw_detect`'s call. */
typedef struct {
	LwDetection base; /* document and normalised text */
	const LwLexicon *lexicon;
	const struct LwTokens *tokens; /* made once (token.h); NULL: each detector makes its own */
	const struct LwTags *tags;     /* what the model makes of them (tagger.h); NULL: no model */
	guint32 date;		       /* the day it is of: 20240131; 0: unknown */
	LwLanguage language;	       /* of most of its text */
	int year;		       /* that of the day, or the latest one it names; 0: none */
	guint32 public_end;  /* the token behind what is written for everybody (public-text.h) */
	gboolean calibrated; /* what is found is weighed at the end (calibrate.c): more may be
				proposed */
	const struct LwEvidenceWatch
		*watch; /* training: sees the evidence, and nothing is calibrated; or NULL */
} LwDetectContext;

void lw_detect_identifiers(const LwDetectContext *context,
			   LwEntities *found); /* identifiers.c: woo.md 6 but addresses */
void lw_detect_columns(const LwDetectContext *context,
		       LwEntities *found); /* columns.c: by the heading of a table's column */
void lw_detect_spoken_phones(const LwDetectContext *context,
			     LwEntities *found); /* spoken.c: in words */
void lw_detect_addresses(const LwDetectContext *context, LwEntities *found); /* address.c: 6.12 */
void lw_detect_dates(const LwDetectContext *context, LwEntities *found);     /* date.c: 6.14 */
/* date-behind.c: those right behind a name, when the names are found */
void lw_detect_dates_of_persons(const LwDetectContext *context, LwEntities *found);
/* beside-person.c: births and addresses by form alone, beside and below a name */
void lw_detect_beside_persons(const LwDetectContext *context, LwEntities *found);
/* birth-table.c: births and ages in columns and cells, when the names are found */
void lw_detect_births_in_tables(const LwDetectContext *context, LwEntities *found);
void lw_detect_ages(const LwDetectContext *context, LwEntities *found); /* age.c: 6.14 */
void lw_detect_ages_of_persons(const LwDetectContext *context,
			       LwEntities *found); /* age.c: behind a name */
/* age-said.c: without a unit or in words, of who is spoken of; when the names are found */
void lw_detect_ages_said(const LwDetectContext *context, LwEntities *found);
/* Addresses in the columns of firms and sites stay. */
void lw_detect_site_columns(const LwDetectContext *context, LwEntities *found);
/* Years of birth that are told of a person, fields of a driving licence. */
void lw_detect_births_said(const LwDetectContext *context, LwEntities *found);
/* Streets without a number where somebody lives. */
void lw_detect_lived_streets(const LwDetectContext *context, LwEntities *found);
/* Logins that are made of the name of a person found. */
void lw_detect_made_logins(const LwDetectContext *context, LwEntities *found);
/* address-park.c: who lives on a camp site, in a park or a harbour; when the names are found */
void lw_detect_parks(const LwDetectContext *context, LwEntities *found);
/* Extensions and logins in brackets behind a person, traders in tables (beside-bracket.c). */
void lw_detect_beside_brackets(const LwDetectContext *context, LwEntities *found);
/* Numbers of houses whose street is left out, when the names are found (house-alone.c). */
void lw_detect_houses_alone(const LwDetectContext *context, LwEntities *found);
/* Numbers and logins known by their label once, again without it. */
void lw_detect_again(const LwDetectContext *context, LwEntities *found);
void lw_detect_names(const LwDetectContext *context, LwEntities *found); /* name.c: 8.1, 8.2 */
void lw_detect_special(const LwDetectContext *context,
		       LwEntities *found); /* special.c: 7; needs the persons found */
/* opinion.c: article 5.2; needs the mail addresses found */
void lw_detect_opinions(const LwDetectContext *context, LwEntities *found);
void lw_detect_ink(const LwDetectContext *context,
		   LwEntities *found); /* ink.c: signatures, big pictures */
/* signature.c: initials on a line of their own where somebody signs; before the roles */
void lw_detect_signatures(const LwDetectContext *context, LwEntities *found);
/* Gives PERSON, EMAIL, PHONE, SIGNATURE their role from the words around them (woo.md 2). */
void lw_detect_roles(const LwDetectContext *context, LwEntities *found); /* context.c */
/* Gives PERSON the role of an author, where a publication is cited (citation.c); before the roles.
 */
void lw_detect_citations(const LwDetectContext *context, LwEntities *found);
/* Gives PERSON the role of one whom all know (public-person.c); after the roles. */
void lw_detect_public_persons(const LwDetectContext *context, LwEntities *found);
/* Gives PERSON the role of an author who made what a text for everybody speaks of (maker.c). */
void lw_detect_makers(const LwDetectContext *context, LwEntities *found);
/* Contact data in texts for everybody and of those who speak to the press (public-contact.c); after
 * contact.c. */
void lw_detect_public_contacts(const LwDetectContext *context, LwEntities *found);
/* Takes out persons that a text for everybody makes up to show something (made-up.c). */
void lw_detect_made_up(const LwDetectContext *context, LwEntities *found);
/* Gives who signs for a body that role (signatory.c); after the roles. */
void lw_detect_signatories(const LwDetectContext *context, LwEntities *found);
/* Fixed lines of a house as a whole (switchboard.c); after the roles. */
void lw_detect_switchboards(const LwDetectContext *context, LwEntities *found);
/* Contact data beside a body and nobody else (contact.c); after the persons and the fixed lines. */
void lw_detect_contacts(const LwDetectContext *context, LwEntities *found);
/* One in office is so at every mention of this document (woo.md 2.3). */
void lw_detect_same_person(const LwDetectContext *context, LwEntities *found); /* same-person.c */
/* unexplained.c: what nothing explains, near private persons; proposed only */
void lw_detect_unexplained(const LwDetectContext *context, LwEntities *found);
/* Only proposes persons that the model takes for what stays, and leaves a note (reason STAYS, score
 * 0) for the registry where nobody was found (stays.c). */
void lw_detect_stays(const LwDetectContext *context, LwEntities *found);
/* Is there enough text, and a calibration? */
gboolean lw_calibrates(const LwDetectContext *context);
/* Moves finds between what goes, what is proposed and what stays, by the chance that such finds had
 * to go in labelled documents (calibrate.c). */
void lw_detect_calibrate(const LwDetectContext *context, LwEntities *found);
void lw_detect_denied(const LwDetectContext *context,
		      LwEntities *found); /* deny.c: the user's list; last */
/* Takes away what a text shows as the form of a number or address: "06-12345678" (example.c). */
void lw_detect_examples(const LwDetectContext *context, LwEntities *found);
/* The day a document is of, as it says itself: 20190311; 0 when it does not (document-date.c). */
guint32 lw_document_date(const LwDocument *document);
/* The year that a document is of; when it does not say, the latest one that it names; 0: none. */
int lw_document_year(const LwDetectContext *context);
/* The year that a text of nothing but a date or a year is of, in a document of this year; 0: it is
 * something else (birth-table.c). */
int lw_year_of_date(const char *text, gsize length, int year);
/* Overlaps: the winner stays; touching parts of one address stay two entities. */
void lw_detect_merge(const LwDocument *document, LwEntities *found); /* merge.c */

/* Strings and regular expressions given by the user: kind TERM, score 1. A regex that does not
 * compile is LW_ERROR_USAGE. Terms match without case and across line breaks, as whole words. */
typedef struct LwTerms LwTerms;
LwTerms *lw_terms_new(const char *const *terms, const char *const *regexes,
		      GError **error); /* NULL-terminated; yours */
void lw_terms_free(LwTerms *terms);
void lw_terms_find(const LwTerms *terms, const LwDetection *detection, LwEntities *found);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(LwTerms, lw_terms_free)
