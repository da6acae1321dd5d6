/* token.h - the words and marks of the normalised text, made once per document and shared by the
 * grammar detectors.
 *
 * Tokens lie in order and never overlap. A word keeps its inner hyphens and apostrophes ("Smit-de",
 * "'t", "Jansen's"); every other character that is no space is a mark of its own. Borrows the
 * normalised text: free tokens first. */
#pragma once

#include "engine/detect/detect.h"
#include "engine/detect/word-list.h"

/* What our own cue words mean to a grammar (cue.def); bits, a word may have several. */
typedef enum {
	LW_CUE_ADDRESS = 1 << 0,     /* heer, mevrouw, dhr: a person's name follows */
	LW_CUE_ACADEMIC = 1 << 1,    /* drs, mr, ir: a person's name follows when a surname fits */
	LW_CUE_DIGRAPH = 1 << 2,     /* Th, Ph, Chr: an initial of more than one letter */
	LW_CUE_STOP = 1 << 3,	     /* function words, months, days: never a word of a name */
	LW_CUE_BODY_BEFORE = 1 << 4, /* stichting, wet, motie: what follows names no person */
	LW_CUE_BODY_AFTER = 1 << 5, /* museum, groep, advocaten: what goes before names no person */
	LW_CUE_BODY = 1 << 6,	    /* gemeente, ministerie, afdeling: an organisation is meant */
	LW_CUE_NOT_INITIALS = 1 << 7, /* bv, nv, ea: letters with points that are no initials */
	LW_CUE_RELATION = 1 << 8,     /* buurman, collega, getuige: a person's name may follow */
	LW_CUE_PHRASE = 1 << 9,	      /* a phrase of phrase.def may begin here */
	LW_CUE_PARTICLE = 1 << 10,    /* tussenvoegsel */
	LW_CUE_COLUMN = 1 << 11,      /* heading of a table column with other than names */
	LW_CUE_WEEKDAY = 1 << 12,
	LW_CUE_VERB = 1 << 13, /* what persons do in minutes: opent, meldt, vraagt */
	LW_CUE_KIN =
		1 << 14, /* getuige, buurvrouw: a capital behind it is a name, whatever the word */
	LW_CUE_ENUMERATOR = 1 << 15, /* bijlage, part: a single letter behind it numbers a thing */
} LwCue;

/* What a phrase announces (phrase.def). */
typedef enum {
	LW_PHRASE_FIELD = 1 << 0,    /* "Behandeld door": a name follows */
	LW_PHRASE_HEADER = 1 << 1,   /* "Van", "To": with a colon, mail addresses or names follow */
	LW_PHRASE_GREETING = 1 << 2, /* "Beste", "Geachte heer" */
	LW_PHRASE_CLOSING = 1 << 3,  /* "Met vriendelijke groet" */
	LW_PHRASE_ROSTER = 1 << 4,   /* "Aanwezig": a list of names follows */
	LW_PHRASE_MANDATE = 1 << 5,  /* "namens deze": signed for a body */
	LW_PHRASE_SIGN = 1 << 6,     /* "handtekening", "paraaf": ink may stand here */
	LW_PHRASE_OTHER_FIELD = 1 << 7, /* "Onderwerp", "Datum": ends a header or list */
	LW_PHRASE_INLINE =
		1 << 8, /* the field needs no colon and no line of its own: "t.a.v.", "w.g." */
	LW_PHRASE_COLUMN = 1 << 9, /* "Wie": heads a column of names, and is no label elsewhere */
} LwPhraseKind;

typedef enum {
	LW_TOKEN_CAPITAL = 1 << 0,  /* starts with a capital */
	LW_TOKEN_ALL_CAPS = 1 << 1, /* two letters or more, all capitals */
	LW_TOKEN_LOWER = 1 << 2,    /* no capital in it */
	LW_TOKEN_MIXED = 1 << 3,    /* a capital after a lower-case letter: "JdV", "McDonald" */
	LW_TOKEN_HYPHEN = 1 << 4,
	LW_TOKEN_DIGIT = 1 << 5, /* has a digit */
	LW_TOKEN_LINE_START = 1 << 6,
	LW_TOKEN_SENTENCE_START = 1 << 7,
	LW_TOKEN_TAIL_PARTICLE = 1 << 8, /* "Smit-de": the surname goes on */
	LW_TOKEN_COMPOUND = 1 << 9, /* "Woo-verzoek": a part without capital that is no particle */
	LW_TOKEN_OPENS = 1 << 10, /* a longer thing or public person of the lists may begin here */
	LW_TOKEN_ROW = 1 << 11,	  /* first of a line that gaps or signs may cut into cells */
	LW_TOKEN_DUTCH = 1 << 12, /* the, and, that: words of Dutch sentences */
	LW_TOKEN_FOREIGN = 1 << 13, /* the same of other languages */
} LwTokenFlags;

typedef enum {
	LW_GAP_NONE, /* touches the token before */
	LW_GAP_SPACE,
	LW_GAP_WIDE,  /* a tab or three spaces: another column */
	LW_GAP_LINE,  /* one line end */
	LW_GAP_BLANK, /* an empty line or a page end */
} LwGap;

typedef struct {
	guint32 start, end; /* bytes of the normalised text */
	guint32 line;	    /* from 0; counts \n and \f */
	guint32 line_first; /* first token of its line */
	guint32 line_next;  /* first token after its line */
	guint32 lists;	    /* LwWordFlags, for a hyphenated word those of its first part */
	const char *word;   /* folded, without possessive s; "" for a mark */
	gunichar mark;	    /* 0 for a word */
	guint16 flags;	    /* LwTokenFlags */
	guint16 cues;	    /* LwCue */
	guint16 letters;    /* code points of the word */
	guint8 gap;	    /* LwGap, before it */
} LwToken;

typedef struct LwTokens {
	LwArena *arena; /* folded words */
	const LwNormal *normal;
	const LwLexicon *lexicon;
	LwToken *items;
	guint32 count;
} LwTokens;

LwTokens *lw_tokens_new(const LwDetectContext *context);
void lw_tokens_free(LwTokens *tokens);

/* The token, or an empty one (blank gap, no word, no mark) outside the document; never NULL. */
static inline const LwToken *lw_token_at(const LwTokens *tokens, guint index)
{
	static const LwToken none = {.word = "", .gap = LW_GAP_BLANK, .line = G_MAXUINT32};

	return index < tokens->count ? &tokens->items[index] : &none;
}

gboolean lw_token_is(const LwTokens *tokens, guint index, const char *folded);
/* The first token at or after a byte of the normalised text. */
guint lw_token_find(const LwTokens *tokens, gsize offset);
/* First token after the line of this one. */
guint lw_token_line_end(const LwTokens *tokens, guint index);
guint lw_token_line_start(const LwTokens *tokens, guint index);
/* What the lists say of several words, folded and joined by one space. */
guint32 lw_token_lists(const LwTokens *tokens, guint first, guint last);
/* What the lists say of the longest entry of any of these lists that begins here, over "&" and
 * points, and the token behind it; 0: none. */
guint32 lw_token_longest(const LwTokens *tokens, guint at, guint32 lists, guint *end);
/* Raw span of tokens first to last. */
LwSpan lw_token_span(const LwTokens *tokens, guint first, guint last);

/* The tokens of a raw span: the first, and the one behind the last; the same: none. */
void lw_token_range(const LwTokens *tokens, LwSpan span, guint *first, guint *next);
/* By token, one more than there are: 1 where a find is that counts (NULL: each). Yours. */
guint8 *lw_token_found(const LwTokens *tokens, const LwEntities *found,
		       gboolean (*counts)(const LwEntity *entity));
/* By token, one more than there are: 1 where a person was found with at least this score. Yours. */
guint8 *lw_token_persons(const LwTokens *tokens, const LwEntities *found, float least);

/* LwCue bits of a folded word. */
guint lw_token_cues(const char *folded);

/* The longest phrase of these kinds that begins at a token; its next token; NULL when none. Points
 * inside are skipped
 * ("m.v.g." reads as "m v g"). The phrase returned is static. */
const char *lw_phrase_at(const LwTokens *tokens, guint at, guint kinds, guint *next, guint *kind);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(LwTokens, lw_tokens_free)
