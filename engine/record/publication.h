/* publication.h - what is published of a dossier, as plain data, and the lists and reports that are
 * made from it.
 *
 * Whoever fills it has decided everything: no title, remark or name in it may hold what was
 * removed. Strings are borrowed; dates are YYYY-MM-DD or NULL. Each report gives bytes (yours), or
 * NULL with LW_ERROR_USAGE that names the document by its id and the rule that it breaks. */
#pragma once

#include "engine/base/error.h"
#include "engine/base/json.h"
#include "engine/model/vocabulary.h"

typedef enum {
	LW_JUDGEMENT_PUBLIC,  /* Openbaar */
	LW_JUDGEMENT_PARTLY,  /* Deels openbaar */
	LW_JUDGEMENT_CLOSED,  /* Niet openbaar */
	LW_JUDGEMENT_ALREADY, /* Reeds openbaar */
} LwJudgement;

/* As the importer of OpenVWS spells it, and the lists (woo.md 3.2). */
const char *lw_judgement_name(LwJudgement judgement);

/* How much was removed under one ground. */
typedef struct {
	const char *ground; /* id of grounds.def */
	guint32 marks;
	double share; /* of the text that the documents had, 0 to 1 */
} LwGroundShare;

typedef struct {
	const char *id; /* letters, digits, dot and hyphen: the name of its file without suffix */
	const char *title;
	const char *date;	   /* of a mail when it was sent */
	const char *document_type; /* "brief", "e-mail"; or NULL */
	const char *source_type;   /* pdf, doc, email, …: what it was (woo.md 3.2) */
	guint32 family, thread;	   /* 0: none */
	LwJudgement judgement;
	gboolean suspended;
	const char *remark; /* or NULL */
	const char *link;   /* where it is public already; several with '|' between; or NULL */
	const char *duplicate_of; /* id of a document; or NULL */
	const char *file;	  /* its name in the publication; NULL: only listed */
	const char *media_type;
	guint32 pages, pages_seen; /* by a person */
	guint32 marks;
	GArray *grounds; /* LwGroundShare, in the order of the law; may be NULL */
	double share;	 /* of its text that was removed, 0 to 1 */
} LwPublishedDocument;

typedef struct {
	const char *title, *description;
	const char *organisation; /* name */
	const char *tooi;	  /* code, such as "gm0363" */
	const char *matter;	  /* number of the case, for ids: letters, digits, - . _ ~ */
	const char *prefix;	  /* of document numbers */
	const char *requested, *decided;
	const char *date;     /* of the publication */
	const char *url;      /* where the files will stand; ends in '/'; or NULL */
	const char *category; /* TOOI information category; NULL: Woo-verzoeken en -besluiten */
	GPtrArray *documents; /* LwPublishedDocument */
	GArray *grounds;      /* LwGroundShare of all */
	double share;
	guint32 pages, pages_seen, pages_sampled, missed;
	double bound; /* share of unmarked pages with something missed, at most, at 95 %; < 0: no
			 sample */
	gboolean reviewed;	      /* a person decided every mark */
	gboolean second;	      /* another person signed */
	gboolean one_person;	      /* the same person did, as the policy allows */
	const char *version, *policy; /* of lakwerk; digest */
} LwPublication;

typedef enum {
	LW_GROUNDS_LAW,	     /* 5.1.2.e */
	LW_GROUNDS_IMPORTER, /* 5.1.2e, as OpenVWS wants it */
} LwGroundSpelling;

/* The grounds of a document with ';' between; yours. */
char *lw_published_grounds(const LwPublishedDocument *document, LwGroundSpelling spelling);

/* The rules of the OpenVWS importer (woo.md 3.2) for ids, titles, remarks, links and numbers.
 * FALSE with error at the first one broken. */
gboolean lw_publication_check(const LwPublication *publication, GError **error);

/* Inventarislijst, for people (3.1, 3.3). */
GBytes *lw_inventory_csv(const LwPublication *publication, LwLang lang);
GBytes *lw_inventory_ods(const LwPublication *publication, LwLang lang, GError **error);
GBytes *lw_inventory_xlsx(const LwPublication *publication, LwLang lang, GError **error);
/* The report that OpenVWS imports (3.2). */
GBytes *lw_production_report(const LwPublication *publication, GError **error);
/* DiWoo metadata as a sitemap (3.6); the url must be https. */
GBytes *lw_diwoo(const LwPublication *publication, GError **error);
/* Woogle dossier JSON 2.0 (3.5). */
GBytes *lw_woogle(const LwPublication *publication, GError **error);
/* What can be read now and could not in an earlier publication, for people: {"document","what","page","text"}. */
GBytes *lw_disclosed_csv(const LwJson *disclosed, LwLang lang);
/* What was removed under which ground, per document and in all, and how that was decided: for
 * programs, and for people as a tagged PDF. */
GBytes *lw_account_json(const LwPublication *publication);
GBytes *lw_account_pdf(const LwPublication *publication, LwLang lang, GError **error);
