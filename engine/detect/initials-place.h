/* initials-place.h - places where letters stand for a person. Private to the grammar of names
 * (name.h). */
#pragma once

#include "engine/detect/initials-read.h"

/* Nothing goes on behind them: a mark, a line end, another cell. */
gboolean lw_letters_end_at(const LwToken *next);
/* "FE FF 00 1B": bytes of a file. */
gboolean lw_letters_in_dump(const LwTokens *tokens, const LwLetters *code);
/* "(jw)", "(08-06-2022 08:02, THA)" */
gboolean lw_letters_in_brackets(const LwTokens *tokens, const LwLetters *code);
/* "Notulist: A.S.", "opgesteld door jw", "@pdv" */
gboolean lw_letters_announced(const LwTokens *tokens, const LwLetters *code);
/* In a cell or on a line of their own. */
gboolean lw_letters_apart(const LwTokens *tokens, const LwLetters *code);
/* "Controle: DR", "Hoi GJ,": somebody's, if the document names one who has them. */
gboolean lw_letters_answerable(const LwTokens *tokens, const LwLetters *code);
/* "bijgewerkt door mvk": of somebody whom the document need not name. */
gboolean lw_letters_sign(const LwTokens *tokens, const LwLetters *code);
/* "rapp. brk", "opm tm:", "akkoord mk": behind a short word for who notes, does or signs. */
gboolean lw_letters_marked(const LwTokens *tokens, const LwLetters *code);
/* "Sorry GJ", "EJ ga jij": somebody is spoken to. */
gboolean lw_letters_addressed(const LwTokens *tokens, const LwLetters *code);
/* "AW zegt": two letters that nobody explains do what a person does. */
gboolean lw_letters_may_act(const LwTokens *tokens, const LwLetters *code);
/* "de RA", "in het BO": of a body or a paper. */
gboolean lw_letters_behind_article(const LwTokens *tokens, const LwLetters *code);
/* "CL rekent uit": capitals, and behind them a verb by its ending. */
gboolean lw_letters_do(const LwTokens *tokens, const LwLetters *code);
/* "jk 16/3" */
gboolean lw_letters_dated(const LwTokens *tokens, const LwLetters *code);
/* "HS 28/2: doorgezet", "(HS, 28/2)", "door HS op 31/1" */
gboolean lw_letters_note(const LwTokens *tokens, const LwLetters *code);
