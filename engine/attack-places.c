/* attack-places.c - every string, name and stream of a file, and of what lies beside the document.
 *
 * What was removed may stand in none of them; some hold what no redacted file should, whatever it
 * says. */
#include "engine/attack.h"

#include "engine/base/text.h"
#include "engine/pdf/encoding.h"

#include <string.h>

enum { LETTERS_OF_A_NAME = 4 }; /* shorter ones are words of any language: "No", "Off", "Li" */

/* Where three letters stand by chance: names, and what is neither text nor understood. */
static gboolean is_crowded(const char *channel)
{
	return !strcmp(channel, "pdf/name") || !strcmp(channel, "pdf/stream");
}

/* Words that our own renderers write into every file. */
static gboolean is_neutral(const char *bytes, gsize length)
{
	static const char *const neutral[] = {"lakwerk", "Gelakt document", "Redacted document",
					      "[gelakt]", "[redacted]"};
	for (guint i = 0; i < G_N_ELEMENTS(neutral); i++)
		if (length == strlen(neutral[i]) && !memcmp(bytes, neutral[i], length))
			return TRUE;
	return FALSE;
}

/* And what is no word: numbers, dates, namespaces. */
static gboolean says_nothing(const char *bytes, gsize length)
{
	if (length < 8 || g_strstr_len(bytes, (gssize)length, "urn:") == bytes ||
	    g_strstr_len(bytes, (gssize)length, "http://") == bytes)
		return TRUE;
	for (gsize i = 0; i < length; i++)
		if (g_ascii_isalpha(bytes[i]) && bytes[i] != 'T' && bytes[i] != 'Z')
			return FALSE;
	return TRUE;
}

static const struct {
	const char *channel, *code, *message;
	LwWeight weight;
} kinds[] = {
	{"pdf/info", "metadata", "document information names people", LW_WEIGHT_LEAK},
	{"pdf/program", "metadata", "document information names programs", LW_WEIGHT_TRACE},
	{"pdf/xmp", "metadata", "the metadata holds text", LW_WEIGHT_TRACE},
	{"pdf/script", "script", "the file holds a script", LW_WEIGHT_LEAK},
	{"pdf/font", "font-letters", "a font spells letters that no text shows", LW_WEIGHT_LEAK},
	{"pdf/annotation", "annotation", "an annotation holds text", LW_WEIGHT_LEAK},
	{"pdf/redaction", "redaction-not-applied", "a redaction was drawn but never applied",
	 LW_WEIGHT_LEAK},
	{"pdf/image-metadata", "image-metadata", "a picture holds metadata", LW_WEIGHT_LEAK},
	{"odf/meta", "metadata", "the metadata holds text", LW_WEIGHT_LEAK},
	{"pdf/image-alternates", "image-alternates", "a picture has other versions",
	 LW_WEIGHT_LEAK},
	{"pdf/thumbnail", "thumbnail", "a page has a thumbnail", LW_WEIGHT_LEAK},
	{"pdf/revision", "revision", "the file holds an earlier revision", LW_WEIGHT_LEAK},
	{"pdf/orphan", "orphan", "the file holds objects that nothing refers to", LW_WEIGHT_TRACE},
};

static void tell_kind(LwAttack *attack, const char *channel, const char *bytes, gsize length)
{
	for (guint i = 0; i < G_N_ELEMENTS(kinds); i++) {
		if (strcmp(kinds[i].channel, channel))
			continue;
		/* Our writer leaves what a note says where nothing was removed from it. */
		if (attack->maker == LW_MAKER_US && !strcmp(channel, "pdf/annotation"))
			return;
		gboolean metadata = !strcmp(kinds[i].code, "metadata");
		if (!metadata || !says_nothing(bytes, length))
			lw_attack_tell(attack, (LwFinding){channel, kinds[i].code, kinds[i].message,
							   -1, -1, kinds[i].weight});
		return;
	}
}

/* Letters that are still shown need their names: those of the lists say nothing. Any other may not
 * be what was removed, nor hold it between its signs. */
static gboolean names_a_glyph(const char *bytes, gsize length, const char *secret)
{
	gunichar unicode[LW_PDF_GLYPH_CHARACTERS];
	g_autofree char *given = g_strndup(bytes, length);
	g_autofree char *whole = lw_text_skeleton(given, -1);
	g_autofree char *gone = lw_text_skeleton(secret, -1);
	g_auto(GStrv) parts = g_strsplit_set(given, "._-0123456789", -1);
	gboolean tells = !strcmp(whole, gone);
	for (guint i = 0; parts[i] && !tells; i++) {
		g_autofree char *part = lw_text_skeleton(parts[i], -1);
		tells = !strcmp(part, gone);
	}
	return !tells || lw_pdf_glyph_unicode(given, unicode);
}

static gboolean on_inspected(void *self, const char *channel, const char *bytes, gsize length)
{
	LwAttack *attack = self;
	if (!length || is_neutral(bytes, length))
		return TRUE;
	tell_kind(attack, channel, bytes, length);
	/* Visible text of a package is judged by counting. */
	if (!attack->secrets || !strcmp(channel, "odf/text") || !strcmp(channel, "plain/text"))
		return TRUE;
	int found = lw_secrets_in_bytes(attack->secrets, bytes, length);
	const char *secret = found < 0 ? NULL : attack->strings->pdata[found];
	if (!secret || (!strcmp(channel, "pdf/glyph-name") && names_a_glyph(bytes, length, secret)))
		return TRUE;
	if (!is_crowded(channel) || strlen(secret) >= LETTERS_OF_A_NAME)
		lw_attack_leak(attack, channel, -1,
			       lw_findings_leak(attack->findings)
				       ? -1
				       : lw_attack_mark_of(attack, secret));
	return TRUE;
}

gboolean lw_attack_places(LwAttack *attack, GError **error)
{
	return attack->format->inspect(attack->file, on_inspected, attack, error);
}

gboolean lw_attack_past(LwAttack *attack, GError **error)
{
	return !attack->format->dig ||
	       attack->format->dig(attack->file, on_inspected, attack, error);
}
