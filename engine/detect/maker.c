/* maker.c - who made what a text for everybody speaks of: "naar ontwerp van ...", "cabaret van
 * ...", "schrijver ...".
 *
 * Only in texts for everybody, and never behind "mevrouw" or in a note to the press. Elsewhere an
 * architect or a singer is a citizen like others. */
#include "engine/detect/public-text.h"

#include <string.h>

#define REACH 3 /* words between the work and "van" */

/* "schrijfster ...", ", hoogleraar" */
static const char callings[] =
	"schrijver schrijfster auteur dichter dichteres stadsdichter kunstenaar kunstenares "
	"beeldhouwer "
	"beeldhouwster schilder kunstschilder fotograaf fotografe componist componiste regisseur "
	"regisseuse architect landschapsarchitect stedenbouwer ontwerper ontwerpster illustrator "
	"illustratrice cabaretier cabaretiere zanger zangeres rapper acteur actrice dirigent "
	"dirigente "
	"pianist pianiste violist violiste organist historicus hoogleraar lector filosoof "
	"socioloog "
	"presentator presentatrice dj columnist columniste artiest choreograaf filmmaker verteller "
	"wetenschapper onderzoeksjournalist sopraan tenor bariton dagvoorzitter artist architects";
/* "een voorstelling van ..." */
static const char works[] =
	"voorstelling film documentaire boek boeken roman romans bundel dichtbundel gedicht "
	"gedichten "
	"toneelstuk concert optreden optredens cabaret muziek lied liederen liedjes schilderij "
	"schilderijen beeld beelden kunstwerk kunstwerken tentoonstelling expositie "
	"muurschildering "
	"ontwerp lezing column musical opera podcast compositie composities tekst teksten regie "
	"choreografie illustraties tekeningen aanpak methode theorie onderzoek proefschrift oratie "
	"artwork mural novel performance poem";
/* "ontworpen door ..." */
static const char made[] =
	"ontworpen geschreven geschilderd geregisseerd gecomponeerd geillustreerd gemaakt "
	"vervaardigd "
	"vormgegeven vertolkt gezongen gespeeld gepresenteerd gedirigeerd designed written painted "
	"composed made";

static gboolean follows_calling(const LwTokens *tokens, guint first)
{
	return first && lw_token_at(tokens, first)->gap == LW_GAP_SPACE &&
	       lw_token_in(lw_token_at(tokens, first - 1)->word, callings);
}

/* "Nadia Bos, hoogleraar" */
static gboolean has_calling(const LwTokens *tokens, guint last)
{
	return lw_token_at(tokens, last + 1)->mark == ',' &&
	       lw_token_in(lw_token_at(tokens, last + 2)->word, callings);
}

static gboolean follows_work(const LwTokens *tokens, guint first)
{
	const char *joint = lw_token_at(tokens, first - 1)->word;

	if (first < 2 || lw_token_at(tokens, first)->gap > LW_GAP_LINE)
		return FALSE;
	if (lw_token_in(joint, "door by"))
		return lw_token_in(lw_token_at(tokens, first - 2)->word, made) ||
		       lw_token_in(lw_token_at(tokens, first - 2)->word, works);
	if (!lw_token_in(joint, "van of"))
		return FALSE;
	for (guint back = 2; back <= 1 + REACH && back <= first; back++) {
		const LwToken *token = lw_token_at(tokens, first - back);

		if (lw_token_in(token->word, works))
			return TRUE;
		/* "De Roos van Jericho": the title of the work */
		if (!*token->word || !(token->flags & LW_TOKEN_CAPITAL))
			return FALSE;
	}
	return FALSE;
}

/* "in 1931 ontworpen door Bos-leerling Vos" aside: with a full name, and no letter of a club. */
static gboolean is_full(const LwTokens *tokens, guint first, guint last)
{
	return last > first && lw_token_at(tokens, last)->flags & LW_TOKEN_CAPITAL;
}

void lw_detect_makers(const LwDetectContext *context, LwEntities *found)
{
	const LwTokens *tokens = context->tokens;
	guint end = context->public_end;

	for (guint i = 0; end && i < found->items->len; i++) {
		LwEntity *entity = &g_array_index(found->items, LwEntity, i);
		guint first, last;

		if (entity->kind != LW_KIND_PERSON || !entity->span.length ||
		    entity->role != LW_ROLE_UNKNOWN || entity->reason == LW_REASON_FIELD)
			continue;
		first = lw_token_find(tokens, lw_normal_find(tokens->normal, entity->span.start));
		last = lw_token_find(tokens,
				     lw_normal_find(tokens->normal,
						    entity->span.start + entity->span.length - 1));
		if (first >= end || !is_full(tokens, first, last) ||
		    !(follows_calling(tokens, first) || has_calling(tokens, last) ||
		      follows_work(tokens, first)))
			continue;
		entity->role = LW_ROLE_AUTHOR;
		entity->reason = LW_REASON_ROLE;
		entity->evidence = "maker";
	}
}
