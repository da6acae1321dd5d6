/* inventory.c - inventarislijst.csv: one line per document, with a judgement that is a proposal
 * (woo.md 3.1).
 *
 * A document without output is listed by number: its name was not cleaned, and may hold what nobody
 * may read. */
#include "engine/record/record-data.h"

#include <string.h>

void lw_inventory_heading(GString *out)
{
	g_string_append(out, "Nr;Document;Bestandsnaam;Pagina's;Beoordeling (voorstel);Gronden;"
			     "Toelichting\r\n");
}

static const char *judgement(const LwRecordDocument *document)
{
	if (!lw_outcome_is_delivered(document->outcome))
		return "Niet openbaar";
	return document->plan && document->plan->marks->len ? "Deels openbaar" : "Openbaar";
}

const char *lw_inventory_remark(LwOutcome outcome, LwLang lang)
{
	static const char *const remarks[RECORD_OUTCOMES][2] = {
		{NULL, NULL},
		{NULL, NULL},
		{"niet gelezen: een pagina is alleen een beeld of heeft letters die niets zeggen; "
		 "nog te beoordelen door een mens",
		 "not read: a page is only a picture or has letters that say nothing; a person has "
		 "to judge it"},
		{"niet gelezen: dit bestand kan niet worden verwerkt; nog te beoordelen door een "
		 "mens",
		 "not read: this file cannot be processed; a person has to judge it"},
		{"niet gelezen: de verwerking is mislukt; nog te beoordelen door een mens",
		 "not read: processing failed; a person has to judge it"},
		{"achtergehouden: de controle na het lakken slaagde niet",
		 "withheld: the check after redaction did not pass"},
	};
	return remarks[outcome][lang];
}

static void append_grounds(GString *out, const LwRecordDocument *document)
{
	g_autoptr(GString) grounds = g_string_new(NULL);
	g_autoptr(LwJson) counts = lw_record_grounds(document->plan ? document->plan->marks : NULL);
	for (guint i = 0; lw_ground_at(i); i++) {
		gint64 count;
		if (!lw_json_integer_of(counts, lw_ground_at(i)->id, &count))
			continue;
		g_string_append_printf(grounds, "%s%s", grounds->len ? ";" : "",
				       lw_ground_at(i)->id);
	}
	lw_csv_field(out, grounds->str);
}

static void append_names(GString *out, guint number, const char *output)
{
	g_autofree char *valid = output ? g_utf8_make_valid(output, -1) : NULL;
	g_autofree char *title =
		valid ? g_path_get_basename(valid) : g_strdup_printf("document-%04u", number);
	char *dot = valid ? strrchr(title, '.') : NULL;
	if (dot && dot > title)
		*dot = '\0';
	lw_csv_field(out, title);
	g_string_append_c(out, ';');
	lw_csv_field(out, valid);
}

void lw_inventory_line(GString *out, guint number, const LwRecordDocument *document, LwLang lang)
{
	static const char *const open_words[2][2] = {{"voorstel open", "voorstellen open"},
						     {"proposal open", "proposals open"}};
	gboolean delivered = lw_outcome_is_delivered(document->outcome);
	g_autoptr(GString) notes = g_string_new(lw_inventory_remark(document->outcome, lang));
	if (document->open && document->open->len)
		g_string_append_printf(notes, "%s%u %s", notes->len ? "; " : "",
				       document->open->len,
				       open_words[lang][document->open->len > 1]);
	g_string_append_printf(out, "%u;", number);
	append_names(out, number, delivered ? document->output : NULL);
	g_string_append_printf(out, ";%u;%s;", document->pages, judgement(document));
	append_grounds(out, document);
	g_string_append_c(out, ';');
	lw_csv_field(out, notes->str);
	g_string_append(out, "\r\n");
}
