/* address-lived.c - where somebody lives, whatever the street is called and however it is written:
 * the words that lead from "woont" to the number.
 *
 * Nothing here goes over the end of a line. */
#include "engine/detect/address.h"
#include "engine/detect/street.h"

#include <string.h>

#define LED_WORDS  4
#define HOME	   7  /* bytes of "ons huis", at least */
#define HOME_REACH 18 /* "haar appartement" */

/* Words of letters, up to four, from here to the number. */
gboolean address_are_words(const Addresses *self, gsize from, gsize at)
{
	guint words = 0;

	if (at <= from + 3 || self->text[at - 1] != ' ')
		return FALSE;
	for (gsize i = from; i < at; i++) {
		guint8 c = (guint8)self->text[i];

		/* letters of Latin, no euro sign */
		if (g_ascii_isdigit((char)c) || c >= 0xe0 ||
		    (!address_is_word(c) && !strchr(" '-.", (char)c)))
			return FALSE;
		words += c == ' ';
	}
	from = at - 1;
	while (from > 0 && address_is_word((guint8)self->text[from - 1]))
		from--;
	return words <= LED_WORDS && !street_is_counted(self->text + from, at - 1 - from);
}

/* "woont nog aan " ends here; 0: nowhere. */
gsize address_lived_at(const Addresses *self, gsize low, gsize at)
{
	static const char *const leads[] = {" aan ", " op ", " at "};
	static const char *const lives[] = {"woont",	    "wonend",	 "wonende",  "woonachtig",
					    "woonde",	    "verblijft", "verhuist", "verhuisd",
					    "ingeschreven", "gewoond",	 "live",     "lives",
					    "huurt",	    "wonen",	 NULL};

	for (gsize from = at; from > low + 6; from--)
		for (gsize i = 0; i < G_N_ELEMENTS(leads); i++) {
			gsize size = strlen(leads[i]);

			if (from >= size && memcmp(self->text + from - size, leads[i], size) == 0 &&
			    address_are_words(self, from, at) &&
			    address_has_words(self, low, from, lives))
				return from;
		}
	return 0;
}

/* "ik woon nog steeds kouwenhovenseweg 204": only small words between, and a street's ending. */
gsize address_lived_on(const Addresses *self, gsize low, gsize at)
{
	static const char *const lives[] = {"woon",	  "woont",  "wonen",   "woonde",
					    "woonachtig", "wonend", "wonende", "verblijf",
					    "verblijft",  "huur",   "huurt",   NULL};
	static const char *const small[] = {
		"nog", "steeds", "nu", "al",	"altijd", "gewoon",    "zelf", "weer", "in",
		"de",  "aan",	 "op", "thans", "ook",	  "momenteel", "daar", NULL};
	static const char *const endings[] = {"straat", "laan",	  "weg",   "plein", "gracht",
					      "kade",	"singel", "dijk",  "dreef", "steeg",
					      "hof",	"pad",	  "buurt", "flat"};
	gsize from = at - 1, end;
	gboolean street = FALSE;

	if (at < low + 8 || self->text[at - 1] != ' ')
		return 0;
	while (from > low && address_is_word((guint8)self->text[from - 1]))
		from--;
	for (gsize i = 0; i < G_N_ELEMENTS(endings); i++) {
		gsize size = strlen(endings[i]);

		street |= at - 1 - from > size + 2 &&
			  !g_ascii_strncasecmp(self->text + at - 1 - size, endings[i], size);
	}
	for (end = from; street && end > low + 1 && self->text[end - 1] == ' ';) {
		gsize word = --end;

		while (word > low && address_is_word((guint8)self->text[word - 1]))
			word--;
		if (word < end && address_has_words(self, word, end, lives))
			return from;
		if (word == end || !address_has_words(self, word, end, small))
			return 0;
		end = word;
	}
	return 0;
}

gboolean address_is_home_of(const Addresses *self, gsize low, gsize from)
{
	static const char *const leads[] = {" aan de ", " aan het ", " aan ", " op de ", " in de "};
	static const char *const homes[] = {"mijn huis",	"zijn huis",
					    "haar huis",	"hun huis",
					    "ons huis",		"uw huis",
					    "jullie huis",	"mijn woning",
					    "zijn woning",	"haar woning",
					    "hun woning",	"onze woning",
					    "uw woning",	"mijn flat",
					    "zijn flat",	"haar flat",
					    "mijn kamer",	"zijn kamer",
					    "haar kamer",	"m'n huis",
					    "z'n huis",		"mijn appartement",
					    "zijn appartement", "haar appartement",
					    "ouderlijk huis",	NULL};

	for (gsize i = 0; i < G_N_ELEMENTS(leads); i++) {
		gsize size = strlen(leads[i]), end = from - size, home;

		if (from < low + size + HOME || memcmp(self->text + end, leads[i], size))
			continue;
		home = MAX(low, end > HOME_REACH ? end - HOME_REACH : 0);
		while ((self->text[home] & 0xc0) == 0x80)
			home++;
		return address_has_words(self, home, end, homes);
	}
	return FALSE;
}
