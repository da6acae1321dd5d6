/* dossier-status.c - how a dossier stands, as a few lines for people. */
#include "engine/dossier-session.h"

#include "engine/dossier/act.h"

#include <string.h>

enum { NAMES_MOST = 5 };

static gint64 number_of(const LwJson *json, const char *object, const char *key)
{
	gint64 number = 0;

	lw_json_integer_of(object ? lw_json_member(json, object) : json, key, &number);
	return number;
}

static void say(GString *out, LwLang lang, const char *dutch, const char *english)
{
	g_string_append(out, lang == LW_LANG_NL ? dutch : english);
}

#define N(object, key) ((int)number_of(json, object, key))

static void tell_counts(GString *out, LwLang lang, const LwJson *json)
{
	const char *title = lw_json_string_of(json, "title");

	if (title)
		g_string_append_printf(out, "%s\n", title);
	g_string_append_printf(out,
			       lang == LW_LANG_NL
				       ? "%d documenten, %d bladzijden, waarvan %d gezien\n"
				       : "%d documents, %d pages, %d of them seen\n",
			       N("documents", "read"), N("pages", "total"), N("pages", "seen"));
	g_string_append_printf(out,
			       lang == LW_LANG_NL
				       ? "%d voorstellen open, %d aangenomen, %d afgewezen\n"
				       : "%d proposals open, %d accepted, %d rejected\n",
			       N("marks", "open"), N("marks", "accepted"), N("marks", "rejected"));
	if (N("marks", "delta"))
		g_string_append_printf(
			out,
			lang == LW_LANG_NL
				? "%d anders dan bij de vorige scan, op bladzijden die al "
				  "zijn gezien\n"
				: "%d other than in the scan before, on pages already "
				  "seen\n",
			N("marks", "delta"));
	if (N("documents", "refused"))
		g_string_append_printf(out,
				       lang == LW_LANG_NL
					       ? "%d documenten konden niet worden gelezen\n"
					       : "%d documents could not be read\n",
				       N("documents", "refused"));
}

static void tell_stale(GString *out, LwLang lang, const LwJson *json)
{
	gboolean engine = FALSE;

	if (lw_json_type(lw_json_member(json, "stale")) != LW_JSON_OBJECT)
		return;
	lw_json_boolean_of(lw_json_member(json, "stale"), "engine", &engine);
	g_string_append_printf(
		out,
		lang == LW_LANG_NL
			? "niet bij: %d nieuw, %d veranderd, %d verdwenen%s (lakwerk dossier "
			  "scan)\n"
			: "not up to date: %d new, %d changed, %d gone%s (lakwerk dossier "
			  "scan)\n",
		N("stale", "new"), N("stale", "changed"), N("stale", "removed"),
		!engine		     ? ""
		: lang == LW_LANG_NL ? ", ander beleid of andere versie"
				     : ", another policy or version");
}

static void tell_deadline(GString *out, LwLang lang, const LwJson *json)
{
	const LwJson *deadline = lw_json_member(json, "deadline");

	if (lw_json_type(deadline) != LW_JSON_OBJECT)
		return;
	g_string_append_printf(out,
			       lang == LW_LANG_NL ? "besluit uiterlijk %s (nog %d dagen)\n"
						  : "decision by %s at the latest (%d days left)\n",
			       lw_json_string_of(deadline, "date"), N("deadline", "days_left"));
}

static void tell_obstacles(GString *out, LwLang lang, const LwJson *json)
{
	const LwJson *list = lw_json_member(json, "obstacles");

	if (!lw_json_length(list)) {
		say(out, lang, "klaar om te publiceren\n", "ready to publish\n");
		return;
	}
	say(out, lang, "publiceren kan nog niet:\n", "publishing has to wait:\n");
	for (gsize i = 0; i < lw_json_length(list); i++) {
		const LwJson *item = lw_json_at(list, i);
		const LwJson *documents = lw_json_member(item, "documents");
		gint64 number;

		g_string_append_printf(out, "  %d  %s", (int)number_of(item, NULL, "count"),
				       lw_json_string_of(item, "message"));
		for (gsize k = 0; k < lw_json_length(documents) && k < NAMES_MOST; k++)
			if (lw_json_integer(lw_json_at(documents, k), &number))
				g_string_append_printf(out, "%s%d", k ? ", " : " (", (int)number);
		if (lw_json_length(documents))
			g_string_append(out,
					lw_json_length(documents) > NAMES_MOST ? ", ...)" : ")");
		g_string_append_c(out, '\n');
	}
}

/* The answer to one query, or NULL. */
static LwJson *answer_of(LwCall *call, const char *what)
{
	LwCall inner = {.dossier = call->dossier,
			.given = call->given,
			.lang = call->lang,
			.answer = lw_json_object_new()};
	LwJson *answer;

	lw_query(&inner, what);
	answer = g_steal_pointer(&inner.answer);
	lw_call_clear(&inner);
	return answer;
}

char *lw_dossier_status(LakwerkDossier *dossier, LwCall *call)
{
	g_autoptr(LwJson) state = answer_of(call, "dossier");
	g_autoptr(LwJson) obstacles = answer_of(call, "obstacles");
	GString *out = g_string_new(NULL);

	lw_dossier_set_stale(dossier, state);
	tell_counts(out, call->lang, state);
	tell_stale(out, call->lang, state);
	tell_deadline(out, call->lang, state);
	tell_obstacles(out, call->lang, obstacles);
	return g_string_free(out, FALSE);
}
