/* person-mail.c - persons in addresses, in names of users and in names of files. */
#include "engine/detect/person-search_private.h"

#include <string.h>

#define MAX_PARTICLE 8 /* bytes */

static gboolean is_mail_char(char c)
{
	return g_ascii_isalnum(c) || c == '.' || c == '_' || c == '-' || c == '+';
}

static gsize run_end(const LwSearchText *text, gsize at)
{
	while (at < text->length && is_mail_char(text->text[at]))
		at++;
	return at;
}

static gboolean has_capital(const LwPersonSearch *search, gsize from, gsize to)
{
	for (; from < to; from++)
		if (lw_search_text_is_capital(search->text, from))
			return TRUE;
	return FALSE;
}

/* The card of this document with a surname whose core stands there, and this sign of a particle. */
static guint32 card_of(const LwPersonSearch *search, const char *core, gsize length,
		       const char *sign)
{
	const LwPersonSurname *way = lw_person_cards_surname(search->cards, core, length);

	for (; way; way = lw_person_cards_next(search->cards, way))
		if (way->length == length && search->present[way->card] &&
		    (!*sign || g_str_equal(way->particle, sign)))
			return way->card;
	return 0;
}

/* "zonnebloem", "dewildt": a surname, its particle without blanks; 0: none. */
static guint32 joined_surname(const LwPersonSearch *search, gsize from, gsize to)
{
	static const char *const particles[] = {"de",	   "van", "van de", "van der",
						"van den", "den", "der",    "ter",
						"ten",	   "te",  "el",	    "von"};
	const char *word = search->text->text + from;
	guint32 card = card_of(search, word, to - from, "");

	for (guint i = 0; !card && i < G_N_ELEMENTS(particles); i++) {
		char joined[MAX_PARTICLE] = "", sign[MAX_PARTICLE];

		for (const char *c = particles[i]; *c; c++)
			if (*c != ' ')
				joined[strlen(joined)] = *c;
		if (to - from < strlen(joined) + 3 || memcmp(word, joined, strlen(joined)))
			continue;
		lw_person_particle_sign(particles[i], strlen(particles[i]), sign, sizeof(sign));
		card = card_of(search, word + strlen(joined), to - from - strlen(joined), sign);
	}
	return card;
}

/* The card of this document with that first name; 0: none. */
static guint32 first_here(const LwPersonSearch *search, gsize from, gsize to)
{
	const GArray *list =
		lw_person_cards_first(search->cards, search->text->text + from, to - from);

	for (guint i = 0; list && i < list->len; i++)
		if (search->present[g_array_index(list, guint32, i)])
			return g_array_index(list, guint32, i);
	return 0;
}

static gboolean has_extension(const char *text, gsize start, gsize end)
{
	static const char *const extensions[] = {
		".pdf", ".docx", ".doc", ".xlsx", ".jpg", ".jpeg", ".png",  ".odt", ".msg", ".eml",
		".mp4", ".zip",	 ".xls", ".txt",  ".mp3", ".mov",  ".heic", ".wav", ".m4a", ".csv"};

	for (gsize i = 0; i < G_N_ELEMENTS(extensions); i++) {
		gsize size = strlen(extensions[i]);

		if (end - start > size && memcmp(text + end - size, extensions[i], size) == 0)
			return TRUE;
	}
	return FALSE;
}

/* "verslag_zonnebloem_def.docx", "cam3_dewildt_0112.mp4", "sterk1.jpg": a surname between the signs
 * of the name of a file. */
static void try_file_name(LwPersonSearch *search, gsize start, gsize end)
{
	const char *text = search->text->text;

	if (!memchr(text + start, '_', end - start) &&
	    !(memchr(text + start, '.', end - start) && has_extension(text, start, end)))
		return;
	for (gsize at = start, from = start; at < end; at++) {
		gsize stop, least;
		gboolean parts;
		guint32 card;

		if (!strchr("_-.", text[at]))
			continue;
		stop = at;
		while (stop > from && g_ascii_isdigit(text[stop - 1]))
			stop--;
		/* "scherm_xu_1907.png", but "ex" is short */
		least = from > start && text[from - 1] == '_' && text[at] == '_' ? 2 : 4;
		card = stop >= from + least ? joined_surname(search, from, stop) : 0;
		if (card && lw_person_is_free(search, from, stop)) {
			lw_person_add(search, from, stop, "link/mail", LIKELY, &card, 1);
			from = at + 1;
			continue;
		}
		/* "wkrawczyk_protocol" */
		if (!card && at - from > 4) {
			card = lw_person_cards_local_part(search->cards, text + from, at - from,
							  &parts);
			card = search->present[card] ? card : 0;
		}
		if (!card && at - from > 2)
			card = first_here(search, from, at);
		/* "abdelk" */
		if (!card && at - from > 4)
			card = first_here(search, from, at - 1);
		if (card && lw_person_is_free(search, from, at))
			lw_person_add(search, from, at, "link/mail", LIKELY, &card, 1);
		from = at + 1;
	}
}

/* A local part that fits a card, in an address that no detector took or standing alone as a user
 * name. The end of what was read; `word.start` when it is nothing of the kind. */
gsize lw_person_try_mail(LwPersonSearch *search, LwSearchWord word)
{
	const LwSearchText *text = search->text;
	gsize start = word.start, end;
	gboolean address, parts;
	guint32 card;

	if (start > 0 && is_mail_char(text->text[start - 1]))
		return start; /* inside a run that was judged at its start */
	end = run_end(text, start);
	if (start > 0 && text->text[start - 1] == '@')
		return MAX(end, word.end);
	address = end < text->length && text->text[end] == '@';
	while (end > start && !g_ascii_isalnum(text->text[end - 1]))
		end--;
	if (end - start < 4)
		return start;
	card = lw_person_cards_local_part(search->cards, search->text->text + start, end - start,
					  &parts);
	if (!card && !address) {
		guint before = search->found->items->len;

		try_file_name(search, start, end);
		if (search->found->items->len > before)
			return end;
	}
	if (!card || !lw_person_is_free(search, start, end))
		return start;
	if (!address && has_capital(search, start, end))
		return start;
	if (!address && !parts &&
	    lw_lexicon_find(search->context.lexicon, text->text + start, end - start))
		return start;
	lw_person_add(search, start, end, "link/mail", address || parts ? SURE : LIKELY, &card, 1);
	if (search->found->items->len > 0)
		g_array_index(search->found->items, LwEntity, search->found->items->len - 1)
			.reason = LW_REASON_LINKED_MAIL;
	return end;
}
