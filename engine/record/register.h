/* register.h - the record of the Dutch algorithm register (Algoritmeregister), publication standard
 * 1.0 (woo.md 4).
 *
 * It says what was measured and what people did, and nothing that is not in here. Strings are
 * borrowed; NULL: not given. */
#pragma once

#include "engine/base/error.h"
#include "engine/base/json.h"

typedef struct {
	const char *organisation, *contact; /* both needed */
	const char *status, *begin, *category, *website, *process_index, *public_code, *provider;
	const char *assessments; /* several with ';' between */
	const char *policy, *policy_digest, *version;
	const char *model, *calibration, *dictionaries; /* SHA-256 */
	const LwJson *figures;		  /* as lakwerk evaluate --json writes it */
	guint dossiers, reviewed;	  /* all, and those in which people decided everything */
	guint second;			  /* of the reviewed: another person signed */
	guint pages, seen, decisions;	  /* of the reviewed */
	double bound; /* share of unmarked pages with something missed, at most; the largest; < 0:
			 none */
} LwRegisterFacts;

/* The record; yours. NULL with LW_ERROR_USAGE that names the field and the rule. */
LwJson *lw_register_record(const LwRegisterFacts *facts, GError **error);
