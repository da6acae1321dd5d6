/* route.c - which address means what: one table for what is read, and a few that are not JSON in
 * and out. */
#include "review/server.h"
#include "review/shelf.h"
#include "review/feed.h"
#include "review/job.h"

#include <stdlib.h>
#include <string.h>

enum { SEGMENTS_MOST = 12, ARGUMENTS_MOST = 16 };

/* Addresses below /api/v1/dossiers/{dossier}, and the question that each is; {name} becomes a
 * member of it. */
static const struct {
	const char *path, *query;
} readings[] = {
	{"", "dossier"},
	{"blocks", "blocks"},
	{"cards", "cards"},
	{"comments", "comments"},
	{"consistency", "consistency"},
	{"documents", "documents"},
	{"documents/{document}", "document"},
	{"documents/{document}/difference", "difference"},
	{"documents/{document}/pages/{page}/layer", "layer"},
	{"documents/{document}/preview", "preview"},
	{"documents/{document}/text", "text"},
	{"events", "events"},
	{"export", "export"},
	{"groups", "groups"},
	{"marks", "marks"},
	{"marks/{id}", "mark"},
	{"obstacles", "obstacles"},
	{"precision", "precision"},
	{"publications", "publications"},
	{"reviewers", "reviewers"},
	{"rules", "rules"},
	{"sample", "sample"},
	{"vocabulary", "vocabulary"},
	{"warnings", "warnings"},
};

typedef enum { OF_TEXT, OF_NUMBER, OF_FLAG /* true or false, else a text */ } Sort;

/* What may stand behind the question mark; the dossier says which of them a question takes. */
static const struct {
	const char *name;
	Sort sort;
} arguments[] = {
	{"by", OF_TEXT},       {"card", OF_NUMBER},	  {"copies", OF_TEXT},
	{"decision", OF_TEXT}, {"decided", OF_FLAG},	  {"revised", OF_FLAG},
	{"delta", OF_FLAG},    {"marks", OF_FLAG},	  {"document", OF_NUMBER},
	{"ground", OF_TEXT},   {"in", OF_TEXT},		  {"kind", OF_TEXT},
	{"lang", OF_TEXT},     {"like", OF_TEXT},	  {"limit", OF_NUMBER},
	{"origin", OF_TEXT},   {"other", OF_NUMBER},	  {"page", OF_NUMBER},
	{"rule", OF_TEXT},     {"score_from", OF_NUMBER}, {"score_to", OF_NUMBER},
	{"since", OF_NUMBER},  {"skip", OF_NUMBER},	  {"warning", OF_TEXT},
};

/* An address in its parts, decoded by the library that reads HTTP. */
typedef struct {
	Request *request;
	char **segments; /* below /api/v1/dossiers/{dossier} */
	Volume *volume;
	GString *json;	 /* the question, while it is made */
	const char *bad; /* an argument that cannot be */
} Question;

static gboolean is_number(const char *text)
{
	gsize digits = strspn(text, "0123456789");

	if (!digits || digits > 9)
		return FALSE;
	if (text[digits] == '.' && strspn(text + digits + 1, "0123456789") > 0)
		digits += 1 + strspn(text + digits + 1, "0123456789");
	return !text[digits] && digits < 20 && (text[0] != '0' || digits == 1 || text[1] == '.');
}

static void add_member(Question *question, const char *name, const char *value, Sort sort)
{
	if (sort == OF_NUMBER && !is_number(value)) {
		question->bad = name;
		return;
	}
	if (question->json->len > 1)
		g_string_append_c(question->json, ',');
	reply_string(question->json, name);
	g_string_append_c(question->json, ':');
	if (sort == OF_NUMBER ||
	    (sort == OF_FLAG && (!strcmp(value, "true") || !strcmp(value, "false"))))
		g_string_append(question->json, value);
	else
		reply_string(question->json, value);
}

static enum MHD_Result add_argument(void *self, enum MHD_ValueKind kind, const char *key,
				    const char *value)
{
	Question *question = self;

	(void)kind;
	for (gsize i = 0; i < G_N_ELEMENTS(arguments); i++) {
		if (strcmp(key, arguments[i].name))
			continue;
		add_member(question, arguments[i].name, value ? value : "", arguments[i].sort);
		return MHD_YES;
	}
	question->bad = "an argument";
	return MHD_NO;
}

/* Whether an address fits a row; then its members are in the question. */
static gboolean fits(Question *question, const char *pattern)
{
	g_auto(GStrv) parts = g_strsplit(pattern, "/", SEGMENTS_MOST);
	guint count = g_strv_length(parts);

	if (count != g_strv_length(question->segments))
		return FALSE;
	for (guint i = 0; i < count; i++)
		if (parts[i][0] != '{' && strcmp(parts[i], question->segments[i]))
			return FALSE;
	for (guint i = 0; i < count; i++) {
		if (parts[i][0] != '{')
			continue;
		parts[i][strlen(parts[i]) - 1] = '\0';
		add_member(question, parts[i] + 1, question->segments[i],
			   strcmp(parts[i] + 1, "id") ? OF_NUMBER : OF_TEXT);
	}
	return TRUE;
}

/* For LakwerkWriteFunc. */
static void append(void *self, const char *bytes, size_t length)
{
	g_string_append_len(self, bytes, (gssize)length);
}

static enum MHD_Result no_such_place(Request *request)
{
	return reply_refuse(request->connection, MHD_HTTP_NOT_FOUND, "unknown", "no such address");
}

/* Puts what stands behind the question mark in; FALSE when the request has been answered. */
static gboolean take_arguments(Question *question, enum MHD_Result *result)
{
	Request *request = question->request;

	MHD_get_connection_values(request->connection, MHD_GET_ARGUMENT_KIND, add_argument,
				  question);
	g_string_append_c(question->json, '}');
	if (question->bad)
		*result = reply_refuse(request->connection, MHD_HTTP_BAD_REQUEST, "usage",
				       question->bad);
	return !question->bad;
}

static enum MHD_Result query(Question *question, const char *what, const char *parameters)
{
	GString *out = g_string_new(NULL);
	LakwerkReply reply = lakwerk_dossier_query(volume_dossier(question->volume), what,
						   parameters, append, out);

	return reply_dossier(question->request, reply, out,
			     strcmp(what, "export") ? "application/json" : "application/jsonl");
}

static double argument_number(Request *request, const char *name, double otherwise)
{
	const char *value =
		MHD_lookup_connection_value(request->connection, MHD_GET_ARGUMENT_KIND, name);

	return value && is_number(value) ? g_ascii_strtod(value, NULL) : otherwise;
}

static enum MHD_Result picture(Question *question)
{
	Request *request = question->request;
	char **segments = question->segments;
	const char *look =
		MHD_lookup_connection_value(request->connection, MHD_GET_ARGUMENT_KIND, "look");
	gboolean published = look && !strcmp(look, "published");
	GString *out;
	LakwerkReply reply;

	if (!is_number(segments[1]) || !is_number(segments[3]))
		return no_such_place(request);
	out = g_string_new(NULL);
	reply = lakwerk_dossier_picture(
		volume_dossier(question->volume), (unsigned)strtoul(segments[1], NULL, 10),
		(unsigned)strtoul(segments[3], NULL, 10),
		argument_number(request, "resolution", 96),
		published ? LAKWERK_PICTURE_PUBLISHED : LAKWERK_PICTURE_ORIGINAL, append, out);
	return reply_dossier(request, reply, out, "image/png");
}

static enum MHD_Result read_something(Question *question)
{
	enum MHD_Result result;

	if (fits(question, "feed"))
		return feed_start(question->request, question->volume);
	if (fits(question, "job"))
		return job_tell(volume_job(question->volume), question->request);
	if (fits(question, "documents/{document}/pages/{page}/picture"))
		return picture(question);
	for (gsize i = 0; i < G_N_ELEMENTS(readings); i++) {
		if (!fits(question, readings[i].path))
			continue;
		if (!*readings[i].path)
			add_member(question, "reviewer", question->request->user, OF_TEXT);
		return take_arguments(question, &result)
			       ? query(question, readings[i].query, question->json->str)
			       : result;
	}
	return no_such_place(question->request);
}

static enum MHD_Result act(Question *question)
{
	Request *request = question->request;
	GString *out = g_string_new(NULL);
	LakwerkReply reply = lakwerk_dossier_act(volume_dossier(question->volume), request->user,
						 request->body->str, append, out);

	volume_changed(question->volume);
	return reply_dossier(request, reply, out, "application/json");
}

/* What to look for is somebody's name: it travels in the body, not in the address that others write
 * in their logs. */
static enum MHD_Result change_something(Question *question)
{
	if (fits(question, "acts"))
		return act(question);
	if (fits(question, "publishing"))
		return job_publish(volume_job(question->volume), question->request);
	if (fits(question, "scanning"))
		return job_scan(volume_job(question->volume), question->request);
	if (fits(question, "search"))
		return query(question, "search", question->request->body->str);
	return no_such_place(question->request);
}

static enum MHD_Result in_dossier(Request *request, const char *rest)
{
	g_auto(GStrv) segments = g_strsplit(rest, "/", SEGMENTS_MOST);
	Question question = {.request = request, .segments = segments + 1};
	gboolean changes = !strcmp(request->method, MHD_HTTP_METHOD_POST);
	enum MHD_Result result;

	question.volume = shelf_find(request->server->shelf, segments[0]);
	if (!question.volume)
		return no_such_place(request);
	question.json = g_string_new("{");
	result = changes ? change_something(&question) : read_something(&question);
	g_string_free(question.json, TRUE);
	return result;
}

static enum MHD_Result say_session(Request *request)
{
	const ReviewSettings *settings = request->server->settings;
	GString *json = g_string_new("{\"user\":");

	reply_string(json, request->user);
	g_string_append(json, ",\"language\":");
	reply_string(json, settings->lang);
	g_string_append(json, ",\"version\":");
	reply_string(json, lakwerk_version());
	g_string_append_printf(json, ",\"office\":%s,\"dossiers\":",
			       settings->mode == REVIEW_OFFICE ? "true" : "false");
	shelf_list(request->server->shelf, json);
	g_string_append(json, "}\n");
	return reply_send(request->connection,
			  (Reply){.status = MHD_HTTP_OK, .type = "application/json", .body = json});
}

static enum MHD_Result send_asset(Request *request, const char *path)
{
	const char *type;
	g_autoptr(GBytes) bytes = asset_load(path, &type);
	GString *body;

	if (!bytes)
		return no_such_place(request);
	body = g_string_new_len(g_bytes_get_data(bytes, NULL), (gssize)g_bytes_get_size(bytes));
	return reply_send(request->connection,
			  (Reply){.status = MHD_HTTP_OK, .type = type, .body = body});
}

enum MHD_Result route(Request *request)
{
	static const char api[] = "/api/v1/", dossiers[] = "dossiers/";
	gboolean reads = !strcmp(request->method, MHD_HTTP_METHOD_GET);
	const char *path = request->path;

	if (!reads && strcmp(request->method, MHD_HTTP_METHOD_POST))
		return reply_refuse(request->connection, MHD_HTTP_METHOD_NOT_ALLOWED, "method",
				    "GET or POST");
	if (!g_utf8_validate(path, -1, NULL))
		return no_such_place(request);
	if (g_str_has_prefix(path, api)) {
		path += sizeof(api) - 1;
		if (g_str_has_prefix(path, dossiers))
			return in_dossier(request, path + sizeof(dossiers) - 1);
		if (reads && !strcmp(path, "session"))
			return say_session(request);
		return reads && !strcmp(path, "openapi.json") ? send_asset(request, "/openapi.json")
							      : no_such_place(request);
	}
	if (!reads)
		return no_such_place(request);
	return send_asset(request, strcmp(path, "/") ? path : "/index.html");
}
