/* address-park.c - who lives on a camp site, in a park, a harbour or a camp: "Recreatiepark De
 * Kievit, huisje 44", "camping 't Zand, staanplaats 7".
 *
 * Runs after the names: below a name, behind a label or behind "woont" it is an address, elsewhere
 * a proposal. */
#include "engine/detect/detect.h"
#include "engine/detect/token.h"

#include <string.h>

#define SURE	   0.85f
#define DOUBT	   0.45f
#define LIKELY	   0.5f /* a person */
#define NAME_WORDS 6	/* of a park */
#define REACH	   14	/* tokens back to "woont" */
#define DIGITS	   5

typedef struct {
	const LwTokens *tokens;
	LwEntities *found;
	guint8 *persons; /* by token */
} Parks;

static gboolean is_park(const LwToken *token)
{
	return lw_token_in(token->word,
			   "recreatiepark vakantiepark bungalowpark chaletpark caravanpark camping "
			   "minicamping kampeerterrein kamp woonoord woonwagencentrum "
			   "woonwagenkamp jachthaven woonschepenhaven recreatieoord villapark "
			   "recreatiecentrum campus");
}

static gboolean is_lot(const LwToken *token)
{
	return lw_token_in(token->word,
			   "huisje chalet bungalow barak staanplaats standplaats plek plaats kavel "
			   "caravan stacaravan unit ligplaats lodge steiger vakantiewoning kamer");
}

/* "44", "12b", "C14" */
static gboolean is_number(const LwToken *token)
{
	return token->flags & LW_TOKEN_DIGIT && token->letters <= DIGITS &&
	       strcspn(token->word, "0123456789") <= 1;
}

/* The word of the park before ", huisje 44"; `at` when none is there. */
static guint park_before(const LwTokens *tokens, guint at)
{
	guint from = at;

	for (guint words = 0; from > 0 && words <= NAME_WORDS; words++) {
		const LwToken *token = lw_token_at(tokens, from);

		if (token->gap >= LW_GAP_WIDE)
			break;
		token = lw_token_at(tokens, --from);
		if (is_park(token))
			return from;
		if (from + 1 == at && token->mark == ',')
			continue;
		if (!(token->flags & LW_TOKEN_CAPITAL || token->cues & LW_CUE_PARTICLE ||
		      token->mark == '\'' || token->mark == '"' ||
		      lw_token_in(token->word, "de het 't aan op bij en")))
			break;
	}
	return at;
}

/* Does what stands before the park tell that somebody lives there? */
static gboolean is_home(const Parks *self, guint park)
{
	const LwTokens *tokens = self->tokens;
	guint line = lw_token_line_start(tokens, park);

	/* below a name that has the line for itself */
	if (park == line && line > 0 && self->persons[line - 1])
		return TRUE;
	for (guint i = park, back = 0; i > 0 && back < REACH; back++) {
		const LwToken *token = lw_token_at(tokens, --i);

		if (lw_token_in(token->word,
				"woont woon wonen woonde wonend wonende woonachtig verblijft "
				"verblijf verblijvend verblijvende huurt ingeschreven adres "
				"woonadres verblijfadres verblijfsadres huisadres postadres "
				"correspondentieadres thuisadres wnd"))
			return TRUE;
		if (lw_token_at(tokens, i + 1)->gap >= LW_GAP_LINE ||
		    (token->mark == '.' && lw_token_at(tokens, i + 1)->flags & LW_TOKEN_CAPITAL))
			return FALSE;
	}
	return FALSE;
}

void lw_detect_parks(const LwDetectContext *context, LwEntities *found)
{
	Parks self = {.tokens = context->tokens, .found = found};
	const LwTokens *tokens = context->tokens;

	if (!tokens)
		return;
	for (guint i = 2; i < tokens->count; i++) {
		guint park;
		LwEntity *entity;

		if (!(lw_token_at(tokens, i)->flags & LW_TOKEN_DIGIT) ||
		    !is_lot(lw_token_at(tokens, i - 1)) || !is_number(lw_token_at(tokens, i)) ||
		    (park = park_before(tokens, i - 1)) == i - 1)
			continue;
		if (!self.persons)
			self.persons = lw_token_persons(tokens, found, LIKELY);
		entity = lw_entities_add(found, lw_token_span(tokens, park, i), LW_KIND_ADDRESS,
					 is_home(&self, park) ? SURE : DOUBT, "address/park");
		entity->reason = LW_REASON_CONTEXT;
		entity->evidence = "adres";
	}
	g_free(self.persons);
}
