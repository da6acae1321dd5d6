/* name.h - the grammar of Dutch person names, shared by the detectors that know where names stand.
 * Private to detect. */
#pragma once

#include "engine/detect/token.h"

/* How sure the surroundings make us that a name stands here. */
typedef enum {
	LW_NAME_PROSE,	  /* nothing says so: lists must know a part of it */
	LW_NAME_TITLED,	  /* a title stands before it: the surname may be unknown */
	LW_NAME_EXPECTED, /* a field, a header, a list: several unknown words and all capitals are
			     fine */
	LW_NAME_LOWER,	  /* expected, and its writer may shun capitals */
} LwNameMode;

typedef struct {
	guint first, last; /* tokens, both inside */
	guint initials;	   /* number of initials */
	guint given;	   /* number of first names */
	guint particles;   /* tokens of tussenvoegsels */
	guint surnames;	   /* number of surname words */
	guint surname; /* token of the first surname word; of the first name when there is none */
	guint32 given_lists, surname_lists;
	gboolean inverted; /* "Vries, J. de" */
	gboolean lower;	   /* written without capitals */
} LwName;

/* Why we think so; what goes into the entity. */
typedef struct {
	float score;
	const char *rule;
	LwReason reason;
	const char *evidence;
} LwNameWhy;

typedef struct {
	LwNameWhy why;
	LwName name;
	gboolean dropped;
} LwCandidate;

/* No name begins here: it may be a place, is part of a street, firm or law, or is what a thing is
 * called. */
typedef enum { LW_CLOSED_NOT, LW_CLOSED_PLACE, LW_CLOSED, LW_CLOSED_THING } LwClosed;

/* All names of one document; no two live candidates share a token. */
typedef struct {
	const LwTokens *tokens;
	GArray *candidates; /* LwCandidate */
	guint32 *owner;	    /* by token: candidate + 1, 0 free */
	guint8 *closed;	    /* LwClosed by token */
	GHashTable *places; /* folded words that this document says are places */
	GHashTable *called; /* folded words by which people are called here (called.c) */
	gboolean is_chat;   /* with lines of who writes */
	LwLanguage language;
} LwNameFinder;

/* The longest name that begins at a token. FALSE: none. */
gboolean lw_name_parse(const LwTokens *tokens, guint at, LwNameMode mode, LwName *name);
gboolean lw_name_is_particle(const LwToken *token);
/* eponym.c: does it belong to a firm, street, school, law or motion? */
gboolean lw_name_is_body(const LwTokens *tokens, const LwName *name);
/* thing.c: "gemaal Dirk Rebel", "de hond (Bobbie)", "de kamers heten Roos en Iris" */
gboolean lw_name_is_of_thing(const LwTokens *tokens, const LwName *name);
/* "Anton de Kom": known to everybody, but others may have the name too. */
gboolean lw_name_is_famous(const LwTokens *tokens, const LwName *name);
/* "in het park Jan", "op de brug Mohammed": where something happens, and then who. */
gboolean lw_name_follows_where(const LwTokens *tokens, guint place);
/* Gives the tokens in the columns of tables that are headed by a thing this value. */
void lw_name_mark_things(const LwTokens *tokens, guint8 *marks, guint8 value);
/* brand.c: gives the tokens of what institutions, firms, makes and programs are called this value.
 */
void lw_name_mark_brands(const LwTokens *tokens, guint8 *marks, guint8 value);
/* law.c: gives the tokens of what laws are called for short this value. */
void lw_name_mark_laws(const LwTokens *tokens, guint8 *marks, guint8 value);
/* Does only its ending or a list say so, and no house number behind it? */
gboolean lw_name_is_mere_place(const LwTokens *tokens, const LwName *name);
/* Skips "de heer", "prof. mr. dr."; the token after, and the last title in `title` when one was
 * there. */
guint lw_name_skip_titles(const LwTokens *tokens, guint at, const char **title);
/* Adds a name, or not when a better one has its tokens. */
void lw_name_add(LwNameFinder *finder, const LwName *name, LwNameWhy why);
/* A name at a place where one is expected, titles before it skipped, "(Voornaam)" behind it taken
 * as well. The token after it; `at` when no name stands there or it would run past `limit`. */
guint lw_name_take(LwNameFinder *finder, guint at, guint limit, LwNameMode mode, LwNameWhy why);
/* Several of them, split by ';', ',', '/', 'en' and line ends up to `limit`. */
void lw_name_take_list(LwNameFinder *finder, guint at, guint limit, LwNameMode mode, LwNameWhy why);
/* "JdV", "MR": may it stand for a person? */
gboolean lw_name_is_code(const LwToken *token);
/* "J.P." alone, behind "Voorletters". */
void lw_name_take_initials(LwNameFinder *finder, guint at, guint limit, LwNameWhy why);
/* "jdv" of "J. de Vries"; yours. */
char *lw_name_code(const LwTokens *tokens, const LwName *name);
/* The part of a role that may stand before a name: "wethouder", "officier van justitie"; NULL when
 * none ends at `at`. */
const char *lw_name_role_before(const LwTokens *tokens, guint at);

/* Has the document the headers of a mail? */
gboolean lw_name_in_mail(const LwTokens *tokens);

/* capital.c: is it no wonder that the word has a capital? chance: of a person, by the model. */
gboolean lw_name_is_explained(const LwTokens *tokens, guint at, float chance);
/* "Parkeerbalans", "Arubaanse": made of other words, or of the name of a place. */
gboolean lw_name_is_made(const LwTokens *tokens, guint at);
/* "akbuluut": without a capital, on no list and not made of words. */
gboolean lw_name_is_unknown_lower(const LwTokens *tokens, guint at);
/* "merk Willibald", "kamer Spinoza", "Woonstichting De Linde": a thing that is called so. */
gboolean lw_name_follows_thing(const LwTokens *tokens, guint at);
/* "Kieswet", "Kuipersweg": its ending makes it a paper, a house, a street or a day. */
gboolean lw_name_is_paper(const char *word);
/* Whatever the model says: a word of another language, a day of one, a word cut short, a title in
 * capitals. */
gboolean lw_name_is_stranger(const LwTokens *tokens, guint first, guint last);
/* "Sent", "Mein Zeichen": a label, and never anybody's name. */
gboolean lw_name_is_label(const LwTokens *tokens, guint first, guint last);
/* "kapelaan", "schoolarts", "bovenbuurman": what somebody is, and no field of an office goes by. */
gboolean lw_name_is_trade(const char *word);
/* Of a folded word: what bears the name of who found it, "wet", "leer". */
gboolean lw_name_is_finding(const char *word);
/* Is the text around the token in Dutch, or too short to tell? */
gboolean lw_name_is_dutch_here(const LwTokens *tokens, guint at);

void lw_names_in_headers(LwNameFinder *finder); /* header.c */
void lw_names_in_blocks(LwNameFinder *finder);	/* block.c: salutation, closing, signature */
void lw_names_in_rosters(LwNameFinder *finder); /* roster.c: attendance, fields */
void lw_names_in_tables(LwNameFinder *finder);	/* table.c */
void lw_names_in_shifts(LwNameFinder *finder);	/* shift.c: "08-11 Bakkum" */
void lw_names_on_cards(LwNameFinder *finder);	/* card-name.c: copies of passports */
void lw_names_in_speech(LwNameFinder *finder);	/* speech.c: minutes, initials codes */
void lw_names_in_chats(LwNameFinder *finder);	/* chat.c */
void lw_names_inverted(LwNameFinder *finder);	/* inverted.c: "Bloem, Hetty" in its cell */
/* called.c: words of who writes a line of a chat, and nicknames, are looked for in all of it */
void lw_name_learn_called(LwNameFinder *finder, guint first, guint end);
void lw_names_called(LwNameFinder *finder);
void lw_names_in_prose(LwNameFinder *finder); /* prose.c */
void lw_names_by_shape(LwNameFinder *finder); /* shape.c: what stands around them alone */
/* short-particle.c: "v.d. Meulen", "vdMeulen" */
void lw_names_by_short_particle(LwNameFinder *finder);
void lw_names_cut(LwNameFinder *finder);      /* cut-surname.c: "Sietse P." */
void lw_names_told(LwNameFinder *finder);     /* told.c: "heet", "alias", "iets met" */
void lw_names_of_doers(LwNameFinder *finder); /* doer.c: "Boud pakt", "meester Van Dongen" */
/* beside.c: who is named in one breath with a person found; after all others */
void lw_names_beside(LwNameFinder *finder);
void lw_names_by_initials(LwNameFinder *finder); /* initials.c: letters of whom all others found */
/* defined-code.c: "Dirk Smeets (verder: DS)" */
void lw_names_by_definition(LwNameFinder *finder);
void lw_names_in_columns(LwNameFinder *finder); /* table.c: among cells that others found */
/* tagged.c: what the trained model makes of it, and what is left to propose; found: of the
 * detectors before. */
void lw_names_by_model(LwNameFinder *finder, const struct LwTags *tags, const LwEntities *found);
