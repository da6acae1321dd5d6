/* address.h - what the parts of the finder of addresses share. Private to address*.c. */
#pragma once

#include "engine/detect/detect.h"

typedef struct {
	const LwDetectContext *context;
	const char *text;
	gsize length;
	LwEntities *found;
	gsize done; /* end of the last address */
} Addresses;

static inline gboolean address_is_word(guint8 c)
{
	return g_ascii_isalnum((char)c) || c >= 0x80;
}

/* One of the folded words, NULL-terminated, within [from, to). */
gboolean address_has_words(const Addresses *self, gsize from, gsize to, const char *const *words);
gsize address_line_start(const Addresses *self, gsize at);
/* Is the address [from, to) an organisation's, or that of a business or a site that the case is
 * about (woo.md 2.2)? Its label or the line above says so and no word speaks of a home. */
gboolean address_is_of_body(const Addresses *self, gsize from, gsize to);
/* Where a house whose number ends here ends with its room or floor: "12, kamer 4", "44 zwart"
 * (address-house.c). */
gsize address_house_end(const Addresses *self, gsize end);
/* Are there words of letters, up to four, from here to the number (address-lived.c)? */
gboolean address_are_words(const Addresses *self, gsize from, gsize at);
/* Where the street of a number begins behind "woont nog aan", and behind "woon nog steeds"; 0:
 * nobody lives there. */
gsize address_lived_at(const Addresses *self, gsize low, gsize at);
/* "moet zijn huis aan de " before the street at `from` on the line that begins at `low`. */
gboolean address_is_home_of(const Addresses *self, gsize low, gsize from);
gsize address_lived_on(const Addresses *self, gsize low, gsize at);
