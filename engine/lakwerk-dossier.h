/* lakwerk-dossier.h - the public header of dossiers: documents that people decide on together.
 *
 * SPDX-License-Identifier: EUPL-1.2 OR GPL-3.0-or-later
 *
 * How to use it
 *
 *	LakwerkDossier *dossier = NULL;
 *
 *	if (lakwerk_dossier_open(lakwerk, "dossier/", LAKWERK_DOSSIER_CREATE, &dossier) == LAKWERK_OK) {
 *		lakwerk_dossier_scan(dossier);
 *		lakwerk_dossier_query(dossier, "marks", "{\"decision\":\"open\"}", write, self);
 *		lakwerk_dossier_act(dossier, "anna", "{\"act\":\"accept\",\"marks\":{\"card\":3}}", write, self);
 *	}
 *	lakwerk_dossier_close(dossier);
 *
 * What it promises
 *
 *	Originals are never changed. What a person does is an event, and events are only ever added: undo is an
 *	event too, of any earlier one, however late; one action, on one mark or on thousands, is one event. When
 *	lakwerk_dossier_act() has returned, its event survives a killed process and a cut cable. Proposals come
 *	from a scan, decisions only from people: a new scan replaces the first and keeps the second.
 *
 * Rules of the house
 *
 *	Asking is a query, doing is an act; both take and give one JSON object, and a page, a script and a server
 *	all use the same two. A dossier may be used by several threads: calls wait for each other, a scan, a
 *	picture and a publication only for moments. Its Lakwerk must outlive it and do nothing else meanwhile.
 *	One process at a time has it open for writing; any number may read. Answers hold text of documents.
 */
#ifndef LAKWERK_DOSSIER_H
#define LAKWERK_DOSSIER_H

#include "lakwerk.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Open ---------------------------------------------------------------------------------------------------- */

typedef struct LakwerkDossier LakwerkDossier;

typedef enum {
	LAKWERK_DOSSIER_READ,  /* only queries; others may write */
	LAKWERK_DOSSIER_WRITE,
	LAKWERK_DOSSIER_CREATE /* WRITE, and makes it when there is none */
} LakwerkDossierMode;

/* The state lies in folder/.lakwerk, or in LAKWERK_STATE. LAKWERK_POLICY replaces the policy that the dossier keeps;
 * LAKWERK_LANG, LAKWERK_JOBS and lakwerk_on_event() are as always. Compares the folder with what is known, reads no
 * document. LAKWERK_REVIEW when another process has it open for writing; lakwerk_message() of the session tells. */
LakwerkStatus lakwerk_dossier_open(Lakwerk *lakwerk, const char *folder, LakwerkDossierMode mode,
				   LakwerkDossier **dossier);
void lakwerk_dossier_close(LakwerkDossier *dossier);

/* Reads new and changed documents, links persons over all of them, renews the proposals. Progress goes to
 * lakwerk_on_event(), in this thread. Decisions stay; what differs on pages that somebody saw is the delta. Needed when
 * query "dossier" says stale; harmless otherwise. LAKWERK_INCOMPLETE when a document could not be read. */
LakwerkStatus lakwerk_dossier_scan(LakwerkDossier *dossier);

/* A consistent copy of the state as one file, while others work. LAKWERK_USAGE when the file exists. The message of the
 * last call that failed is lakwerk_dossier_message(), "" when it did not, valid until the next one: for who uses the
 * dossier alone. */
LakwerkStatus lakwerk_dossier_backup(LakwerkDossier *dossier, const char *file);
const char *lakwerk_dossier_message(const LakwerkDossier *dossier);

/* ---- Ask ----------------------------------------------------------------------------------------------------- */

/* How a query or an act ended. When it is not DONE, what was written is {"error":NAME,"message":"one line"}, NAME being
 * the last word of these in lower case and the message in the language asked for. */
typedef enum {
	LAKWERK_REPLY_DONE,
	LAKWERK_REPLY_USAGE,	 /* the JSON is wrong */
	LAKWERK_REPLY_UNKNOWN,	 /* no such query, act, document, page, mark, ... */
	LAKWERK_REPLY_FORBIDDEN, /* not in this role */
	LAKWERK_REPLY_CONFLICT,	 /* somebody else was first */
	LAKWERK_REPLY_REFUSED,	 /* by the law, or the state of the dossier */
	LAKWERK_REPLY_BUSY,	 /* a scan is going on */
	LAKWERK_REPLY_FAILED	 /* disk, memory, a document that cannot be shown */
} LakwerkReply;

/* The number of the last event: changes with everything that any query answers differently for. Never waits. */
unsigned long long lakwerk_dossier_event(const LakwerkDossier *dossier);

/* what: a name below. parameters: a JSON object, or NULL. Writes one JSON object.
 *
 * Any query takes "lang" ("nl", "en"). Documents are numbered from 1 and keep their number; pages count from 1 (what
 * has no pages is one); offset and length count code points of the document's text; boxes are {"page","x0","y0",
 * "x1","y1"} in points from the top-left of the page as shown. Times are UTC, dates YYYY-MM-DD. ? marks what may be
 * left out.
 *
 *   dossier     {}  settings (as act "settings"), "event" (the last), "documents" {"total","read","refused","removed"},
 *               "pages" {"total","seen"}, "marks" {"open","accepted","rejected","delta"}, "deadline" {"date",
 *               "days_left"}, "stale" {"new","changed","removed","engine"}, "scanned", "signed" {"by","time","valid"},
 *               "policy" {"name","digest","one_person"}, "version", "scanning"; with "reviewer": "me" as in reviewers
 *   documents   {"document"?}  "documents": [{"document","name","sha256","format","pages","state" (read, refused,
 *               removed),"message","title","date","type","family","thread","url","remark","environment","emissions",
 *               "suspended","duplicate_of","judgement","derived" (judgement that follows from the marks),"motivation",
 *               "open","accepted","rejected","delta","seen" (pages),"comments","group"}]
 *   document    {"document"}  one of these, with "notices", "related" [{"document","relation" (same, near, message),
 *               "share"}] and "page" [{"page","width","height","offset","length","unread","open","accepted",
 *               "rejected","seen" [reviewers]}]
 *   marks       SELECTOR, "limit"?, "skip"?  "count", "event", "marks": [MARK] in order of place
 *   mark        {"id"}  MARK with "history" [EVENT]
 *   text        {"document","page"?}  "text", "offset" of its start
 *   preview     {"document"}  "text" as it would be published now
 *   layer       {"document","page"}  "width", "height", "words": [{"offset","length","text","x0","y0","x1","y1","turn"
 *               (0, 90, 180 or 270: how far the page is to be turned to the left to read it)}] in reading order
 *   search      {"term" or "regex","document"?,"limit"?}  "count", "hits": [{"document","page","offset","length",
 *               "before","text","after","boxes","mark" (id or null)}]
 *   cards       {"card"?}  persons: [{"card","name","spellings" [{"text","kind","count"}],"documents","open",
 *               "accepted","rejected"}]
 *   groups      {}  "groups": [{"group","type" (same, near, message),"members" [{"document","page","offset",
 *               "length"}]}]
 *   difference  {"document","other"}  "share", "differences": [{"offset","length","text","other_offset",
 *               "other_length","other_text"}]
 *   consistency {}  "items": [{"text","removed","readable" [{"document","page","offset","length","before","after"}],
 *               "decided","motivation"}]: removed in one place, readable in another
 *   warnings    {"document"?,"marks"? (false: without those of marks)}  "warnings": [{"code","blocks","document",
 *               "mark","message"}]
 *   obstacles   {}  "ready", "obstacles": [{"code","count","documents","mark" (the first),"message"}]: why it
 *               cannot be published
 *   events      {"since"?,"limit"?,"document"?}  "event", "events": [EVENT]
 *   reviewers   {}  "reviewers": [{"reviewer","name","role","decisions","seen"}]
 *   comments    {"document"?}  "comments": [{"event","by","time","document","page","mark","text"}]
 *   sample      {}  "pages": [{"document","page","stratum","counts","result" (null, clean, missed),"missed"}],
 *               "unmarked", "checked", "missed", "bound" (share of unmarked pages with a missed item, at most, 95 %),
 *               "complete"
 *   precision   {}  "rules": [{"rule","kind","accepted","rejected","precision","low","high" (95 %)}]
 *   publications {} "publications": [{"event","time","by","folder"}]
 *   rules       {}  "rules": [{"rule","never","kind","by","time","marks"}]
 *   blocks      {}  "blocks": [{"block","title","text","ground"}]: motivations to use again
 *   vocabulary  {}  "kinds", "grounds", "judgements", "types": [{"id","label",...}]
 *   status      {}  not JSON but a few lines for people
 *   export      {}  not one object but lines: as lakwerk_scan(), decisions in them; then one of each event
 *
 * SELECTOR, all that is given must hold:
 *	"ids", "document", "page", "kind", "ground", "rule", "card", "origin", "decision" (open, accepted, rejected),
 *	"by", "text", "delta" (true, or new, gone, different), "score_from", "score_to", "warning" (its code),
 *	"decided" (true), "revised" (true: another decided otherwise before, or the same again),
 *	"like" (id) and "in" (document, dossier): same kind and text; "copies" (id): the same place of its copies
 * MARK:
 *	{"id","document","page","origin" (found, added),"kind","role","action","score","rule","why","offset","length",
 *	 "before","text","after","boxes","figure","grounds" [],"motivation","decision","by","time","event" (the last
 *	 that changed it),"first" {"by","decision"} (when another decided before),"card","copies","same" {"document",
 *	 "dossier"} (how many have its kind and text),"inherited","delta","warnings" [{"code","blocks","message"}],
 *	 "comments"}      fields that say nothing are null
 * EVENT:
 *	{"event","time","by","act","count","note","cause","undone"}  by: null for what a scan did; cause: the event that
 *	it follows from; undone: the event that undid it */
LakwerkReply lakwerk_dossier_query(LakwerkDossier *dossier, const char *what, const char *parameters,
				   LakwerkWriteFunc write, void *self);

/* ---- Do ------------------------------------------------------------------------------------------------------ */

/* reviewer: who acts; the caller has made sure who that is. The first one to act becomes officer. action: a JSON object
 * with "act" and what is below. Writes {"event","count","skipped","marks" (at most 200, as they now are)}. Any takes
 *	"note"     a remark for the record
 *	"base"     the last event that the person has seen: conflict when another has since changed the same thing
 *	"preview"  true: says what would change ("event" is null), and changes nothing
 *	"expect"   the count of a preview: conflict when it is another by now
 *
 * On marks; "marks" is a SELECTOR with at least one condition. A decision also goes to the copies of a mark in other
 * documents. When it selects by more than "ids", marks that a person decided otherwise are exceptions and stay
 * ("skipped") unless "overwrite".
 *   accept       {"marks","grounds"?,"motivation"?,"overwrite"?}      refused without a ground
 *   reject       {"marks","motivation"?,"overwrite"?}
 *   reopen       {"marks"}
 *   ground       {"marks","grounds" []}                               refused when the grounds cannot stand together
 *   motivate     {"marks","motivation"}
 *   extent       {"id", "offset" and "length", or "boxes"}            text stays text, an area an area
 *   add          {"document", PLACE,"kind"?,"grounds"?,"motivation"?,"open"?}  a mark, accepted unless open; PLACE:
 *                "offset" and "length"; or "boxes"; or "page" (all of it); with "boxes" of one page also "pages": the
 *                same area on these (list of numbers, or "all")
 *   search       {"term" or "regex","document"?,"except"? [[document, offset]],"kind"?,"grounds"?,"motivation"?,
 *                "open"?}                                             a mark for every hit
 *   withdraw     {"marks"}                                            added ones only
 *   card         {"marks","card" (number, or null for a new one)}     who it is
 *   acknowledge  {"marks"}                                            the delta was seen
 *   leave        {"text","motivation"}                                readable here, removed there: so be it
 * On documents; "document" is a number or a list:
 *   document     {"document","title"?,"date"?,"type"?,"family"?,"thread"?,"url"?,"remark"?,"environment"?,
 *                "emissions"?,"suspended"?,"duplicate_of"?}           null takes a value away
 *   judge        {"document","judgement","motivation"}                null: what follows from the marks
 *   seen         {"document","pages" [] or "all","seen"? (false: not)}
 *   comment      {"document"?,"page"?,"mark"?,"text"}
 * On the dossier:
 *   settings     {"title"?,"organisation"?,"tooi"?,"matter"?,"requested"?,"decided"?,"extended"? (14 days more),
 *                "suspended_days"?,"url"?,"prefix"?,"description"?,"category"?}      officer
 *   reviewer     {"reviewer","name"?,"role" (officer, reviewer, approver; null: none)}          officer
 *   block        {"block"?,"title","text","ground"?}                  "text" null: away
 *   rule         {"never" (a text),"kind"?}                           never again: rejects it, now and in later scans
 *   sample       {"pages" (how many),"risky"? (how many),"extra"? [[document, page]]}     officer or approver; what was
 *                checked stays; risky pages (pictures, all let stand) and extra ones don't count for the bound
 *   result       {"document","page","missed" (a number)}              approver
 *   sign, unsign {}                                                   approver; see below
 *   import       {"documents": [lines of lakwerk_scan(), edited]}     decisions and marks made elsewhere
 *   publish      {"folder","since"?}                                  officer or approver; the record that it was
 *                published, with "preview" whether it may be: refused while query "obstacles" tells something
 *   undo         {"event"}                                            of one's own; the officer any
 *
 * The second reader: sign is refused to who decided on marks of this dossier (unless the policy has one-person = yes,
 * which the record states), while a mark is open, and while the sample is not complete. A decision after it takes the
 * signature away. */
LakwerkReply lakwerk_dossier_act(LakwerkDossier *dossier, const char *reviewer, const char *action,
				 LakwerkWriteFunc write, void *self);

/* ---- Show ---------------------------------------------------------------------------------------------------- */

typedef enum {
	LAKWERK_PICTURE_ORIGINAL,
	LAKWERK_PICTURE_PUBLISHED /* as it would be published now: accepted marks are gone */
} LakwerkPicture;

/* A page as PNG, at pixels per inch (18 to 300). Waits for a worker, not for other calls. */
LakwerkReply lakwerk_dossier_picture(LakwerkDossier *dossier, unsigned document, unsigned page, double resolution,
				     LakwerkPicture picture, LakwerkWriteFunc write, void *self);

/* ---- Publish ------------------------------------------------------------------------------------------------- */

/* Writes what was decided to a new folder, all or nothing: the documents, verified, named by number ("0007.pdf");
 * log, inventory, account of the grounds, and the reports that the settings allow (matter: production report; tooi and
 * url: DiWoo, Woogle). Nothing for Niet openbaar. since: an earlier publication, or NULL; then only documents that
 * changed are written, lists are complete, and nieuw-openbaar.json tells what was disclosed anew. LAKWERK_REVIEW while
 * something stands in the way. With LAKWERK_JSON it writes the answer of query "obstacles", or {"documents","written",
 * "unchanged","marks","pages","disclosed","notices" [{"document","page","code","message"}],"last_link"}, or {"error",
 * "message"}; without it lines for people. Progress goes to lakwerk_on_event(). */
LakwerkStatus lakwerk_dossier_publish(LakwerkDossier *dossier, const char *out, const char *since,
				      LakwerkWriteFunc write, void *self);

#ifdef __cplusplus
}
#endif

#endif
