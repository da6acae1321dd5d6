/* scan.h - the walk over a normalised text that finds identifiers: what its parts share. Private to
 * the detectors of woo.md 6.
 *
 * Positions are bytes of the normalised text. Every finder gets a position and returns where the
 * text it consumed ends, or 0 when it found nothing there; what it consumed is not looked at again.
 */
#pragma once

#include "engine/detect/detect.h"

typedef enum {
	TOPIC_NONE,
	TOPIC_BSN,
	TOPIC_RSIN,
	TOPIC_EDUCATION,
	TOPIC_A_NUMBER,
	TOPIC_V_NUMBER,
	TOPIC_VAT,
	TOPIC_COMPANY,
	TOPIC_ACCOUNT,
	TOPIC_CARD,
	TOPIC_PAYMENT,
	TOPIC_PHONE,
	TOPIC_LICENCE,
	TOPIC_ID_DOCUMENT,
	TOPIC_BIG,
	TOPIC_AGB,
	TOPIC_CLIENT,
	TOPIC_CRIMINAL,
	TOPIC_PLATE,
	TOPIC_BAG,
	TOPIC_WOZ,
	TOPIC_DEVICE,
	TOPIC_IP,
	TOPIC_LIVESTOCK,
	TOPIC_USER,
	TOPIC_MEETING,
	TOPIC_COORDINATES,
	TOPIC_PARCEL,
	TOPIC_CASE, /* numbers of things: they speak against a person */
	TOPIC_COUNT
} ScanTopic;

typedef enum {
#define LW_RULE(ID, name, kind, both, check, context, form) RULE_##ID,
#include "engine/detect/identifiers.def"
	RULE_COUNT
} ScanRule;

typedef enum { EVIDENCE_BOTH, EVIDENCE_CHECK, EVIDENCE_CONTEXT, EVIDENCE_FORM } ScanEvidence;

typedef struct {
	gsize from, to;
} ScanRange;

/* The words near a number: how far away the nearest one of each topic stands (bytes, from 1; 0:
 * none). */
typedef struct {
	guint16 distance[TOPIC_COUNT];
	const char *word[TOPIC_COUNT];
} ScanNear;

typedef struct {
	const char *text;
	gsize length;
	const LwDetectContext *context;
	LwEntities *found;
	GArray *taken; /* ScanRange: links and mail addresses, that numbers must leave alone */
	ScanNear near;
	gsize near_at;			/* the position that `near` is about; G_MAXSIZE: none yet */
	gsize block, block_seen, asked; /* start of the paragraph or table, and how far its headings
				    were read */
	gsize listed; /* where the last number known by its name ended, how it was printed: another
			 may follow it (client.c) */
	ScanRule listed_rule;
	guint listed_digits;
	gboolean listed_letters;
	guint64 headings; /* topics named by digit-free lines of it that look like a table's heading
			   */
} Scan;

/* Topics around a candidate [from, to): up to 60 characters before it, and right behind it in
 * brackets. */
const ScanNear *scan_near(Scan *scan, gsize from, gsize to);
/* TRUE when the topic stands near and no number of a thing stands nearer; also for a table whose
 * heading names it. */
gboolean scan_has(Scan *scan, gsize from, gsize to, ScanTopic topic);
/* TRUE when a stands nearer than b, or b is absent. */
gboolean scan_nearer(const ScanNear *near, ScanTopic a, ScanTopic b);
/* Is there another topic nearer than this one? */
ScanTopic scan_nearest(const ScanNear *near);
/* Adds an entity when the rule gives this evidence a score. */
LwEntity *scan_emit(Scan *scan, ScanRule rule, gsize from, gsize to, ScanEvidence evidence,
		    ScanTopic topic);
/* The topic that a heading names: "Pers.nr.", "klant nummer"; TOPIC_NONE. */
ScanTopic scan_topic_of(const char *text, gsize length);
/* One of several lower-case words within [from, to), "a|b|c", as whole words; case ignored. */
gboolean scan_words(const Scan *scan, gsize from, gsize to, const char *words);
/* A part of three letters between its signs: "b.vtol", and not "m.b.t". */
gboolean scan_has_word(const Scan *scan, gsize at, gsize end);
/* A login: found, and taken. Its end. */
gsize scan_take_user(Scan *scan, gsize from, gsize end);
gsize scan_line_start(const Scan *scan, gsize at);
gsize scan_line_end(const Scan *scan, gsize at);

static inline gboolean scan_is_word(guint8 c)
{
	return g_ascii_isalnum((char)c) || c >= 0x80;
}

static inline gboolean scan_digit(const Scan *scan, gsize at)
{
	return at < scan->length && g_ascii_isdigit(scan->text[at]);
}

/* Groups of digits with what stands between them: "123 456 782" is 3, 3, 3. */
#define NUMBER_GROUPS 10
#define NUMBER_DIGITS 40
typedef struct {
	char digits[NUMBER_DIGITS + 1]; /* of all groups */
	guint8 lengths[NUMBER_GROUPS];
	char separators[NUMBER_GROUPS]; /* behind each group: ' ', '.', '-', '/' or '\n'; 0 at the
					   end */
	gsize ends[NUMBER_GROUPS];	/* where each group ends in the text */
	guint groups;
} Number;

void number_read(const Scan *scan, gsize at, Number *number);
/* Does the number begin with this shape ("4.2.3", "9"; a blank stands for any white space) and end
 * there? Gives the end. */
gsize number_shape(const Scan *scan, const Number *number, const char *shape);
/* The end of the first groups that together have this many digits, whatever stands between; 0:
 * none. */
gsize number_total(const Scan *scan, const Number *number, guint total);

gsize scan_number(Scan *scan, gsize at); /* number.c: digits */
gsize scan_long_number(Scan *scan, gsize at,
		       const Number *number); /* longnumber.c: ten digits and more */
gsize scan_code(Scan *scan, gsize at);	      /* code.c: letters and digits */
gsize scan_plate(Scan *scan, gsize at);	      /* plate.c */
gsize scan_phone(Scan *scan, gsize at);	      /* phone.c */
gsize scan_client(Scan *scan, gsize at);      /* client.c: free forms behind their name */
gsize scan_labelled(Scan *scan, gsize at);    /* labelled.c: the label stands further off */
/* belonging.c: passes, devices, numbers of those in service */
gsize scan_belonging(Scan *scan, gsize at);
gsize scan_place(Scan *scan, gsize at); /* place.c: coordinates */
void scan_online(Scan *scan);		/* online.c: mail addresses, links, handles */
void scan_logins(Scan *scan);		/* login.c: logins that only a word leads to */
void scan_network(Scan *scan);		/* network.c: IP, MAC */
void scan_mrz(Scan *scan);		/* mrz.c */
