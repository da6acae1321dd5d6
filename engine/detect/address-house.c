/* address-house.c - what belongs to a house number behind it: the room, the floor, the box.
 *
 * Nothing here goes over the end of a line. */
#include "engine/detect/address.h"

#include <string.h>

/* Does one of the words begin here and end there too? Its end; 0: none. */
static gsize word_end(const Addresses *self, gsize at, const char *const *words)
{
	for (; *words; words++) {
		gsize end = at + strlen(*words);

		if (end <= self->length &&
		    !g_ascii_strncasecmp(self->text + at, *words, end - at) &&
		    (end == self->length || !address_is_word((guint8)self->text[end])))
			return end;
	}
	return 0;
}

/* "44 zwart", "71 sous", "200 bus 4", "240, 11 hoog", "2, 2e verd.": where in the house. */
static gsize floor_end(const Addresses *self, gsize end)
{
	static const char *const parts[] = {"zwart",   "rood", "kelder",     "sous", "souterrain",
					    "achter",  "voor", "boven",	     "hs",   "huis",
					    "beneden", "bis",  "achterhuis", NULL};
	static const char *const floors[] = {"hoog",	 "verd.",   "verd",	    "verdieping",
					     "verdiep.", "etage",   "et.",	    "e verd.",
					     "e verd",	 "e etage", "e verdieping", NULL};

	for (guint i = 0; i < 3; i++) {
		gsize at = end, next, digits;

		while (at < self->length && at - end < 2 && strchr(" ,", self->text[at]))
			at++;
		next = at > end && self->text[at - 1] == ' ' ? word_end(self, at, parts) : 0;
		if (self->text[end] == ',' && next)
			next = 0;
		if (!next && self->length - at > 4 && !memcmp(self->text + at, "bus ", 4))
			for (next = at + 4;
			     next < self->length && g_ascii_isalnum(self->text[next]);)
				next++;
		for (digits = at; digits < self->length && g_ascii_isdigit(self->text[digits]);)
			digits++;
		if (!next && at > end && digits > at && digits - at <= 2) {
			digits += digits < self->length && self->text[digits] == ' ';
			next = word_end(self, digits, floors);
		}
		if (!next)
			break;
		end = next;
	}
	return end;
}

/* "3 / k. 208", "12, kamer 4", "7 unit 3": the end of a room behind the house. */
static gsize room_end(const Addresses *self, gsize end)
{
	static const char *const rooms[] = {"k.",   "kamer", "kmr",  "app.", "appartement",
					    "unit", "etage", "flat", "whg",  "woning"};
	gsize at = end;

	while (at < self->length && at - end < 3 && strchr(" ,/", self->text[at]))
		at++;
	/* "140 k 3" */
	if (at == end + 1 && self->length - at > 2 && strchr("kKwW", self->text[at]) &&
	    self->text[at + 1] == ' ' && g_ascii_isdigit(self->text[at + 2])) {
		gsize next = at + 2;

		while (next < self->length && g_ascii_isdigit(self->text[next]))
			next++;
		if (next - at <= 5 &&
		    !(next < self->length && address_is_word((guint8)self->text[next])))
			return next;
	}
	for (gsize i = 0; at > end && i < G_N_ELEMENTS(rooms); i++) {
		gsize next = at + strlen(rooms[i]);

		if (self->length <= next + 1 ||
		    g_ascii_strncasecmp(self->text + at, rooms[i], strlen(rooms[i])))
			continue;
		next += self->text[next] == ' ';
		if (!g_ascii_isdigit(self->text[next]))
			return end;
		while (next < self->length && g_ascii_isalnum(self->text[next]))
			next++;
		return next;
	}
	return end;
}

gsize address_house_end(const Addresses *self, gsize end)
{
	return floor_end(self, room_end(self, end));
}
