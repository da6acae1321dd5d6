/* reply.c - what goes back to the browser. Invariant: no answer leaves without the headers that
 * protect the page. */
#include "review/server.h"

/* The page needs itself, and pictures that it was given; nothing else, from nowhere else. */
static const char policy[] = "default-src 'none'; script-src 'self'; style-src 'self'; "
			     "img-src 'self' blob:; connect-src 'self'; base-uri 'none'; "
			     "form-action 'none'; frame-ancestors 'none'; "
			     "require-trusted-types-for 'script'; trusted-types 'none'";

void reply_protect(struct MHD_Response *response)
{
	static const char *const headers[][2] = {
		{"Content-Security-Policy", policy},
		{"Cache-Control", "no-store"},
		{"X-Content-Type-Options", "nosniff"},
		{"X-Frame-Options", "DENY"},
		{"Referrer-Policy", "no-referrer"},
		{"Cross-Origin-Opener-Policy", "same-origin"},
		{"Cross-Origin-Resource-Policy", "same-origin"},
		{"Permissions-Policy", "camera=(), geolocation=(), microphone=(), usb=()"},
	};

	for (gsize i = 0; i < G_N_ELEMENTS(headers); i++)
		MHD_add_response_header(response, headers[i][0], headers[i][1]);
}

enum MHD_Result reply_send(struct MHD_Connection *connection, Reply reply)
{
	gsize length = reply.body ? reply.body->len : 0;
	char *bytes = reply.body ? g_string_free(reply.body, FALSE) : g_strdup("");
	struct MHD_Response *response =
		MHD_create_response_from_buffer_with_free_callback(length, bytes, g_free);
	enum MHD_Result result;

	reply_protect(response);
	if (reply.type)
		MHD_add_response_header(response, "Content-Type", reply.type);
	if (reply.name)
		MHD_add_response_header(response, reply.name, reply.value);
	result = MHD_queue_response(connection, reply.status, response);
	MHD_destroy_response(response);
	return result;
}

enum MHD_Result reply_dossier(const Request *request, LakwerkReply reply, GString *body,
			      const char *type)
{
	static const unsigned statuses[] = {
		[LAKWERK_REPLY_DONE] = MHD_HTTP_OK,
		[LAKWERK_REPLY_USAGE] = MHD_HTTP_BAD_REQUEST,
		[LAKWERK_REPLY_UNKNOWN] = MHD_HTTP_NOT_FOUND,
		[LAKWERK_REPLY_FORBIDDEN] = MHD_HTTP_FORBIDDEN,
		[LAKWERK_REPLY_CONFLICT] = MHD_HTTP_CONFLICT,
		[LAKWERK_REPLY_REFUSED] = MHD_HTTP_UNPROCESSABLE_CONTENT,
		[LAKWERK_REPLY_BUSY] = MHD_HTTP_SERVICE_UNAVAILABLE,
		[LAKWERK_REPLY_FAILED] = MHD_HTTP_INTERNAL_SERVER_ERROR,
	};

	return reply_send(request->connection,
			  (Reply){.status = statuses[reply],
				  .type = reply == LAKWERK_REPLY_DONE ? type : "application/json",
				  .body = body});
}

enum MHD_Result reply_refuse(struct MHD_Connection *connection, unsigned status, const char *code,
			     const char *message)
{
	GString *body = g_string_new("{\"error\":");

	reply_string(body, code);
	g_string_append(body, ",\"message\":");
	reply_string(body, message);
	g_string_append(body, "}\n");
	return reply_send(connection,
			  (Reply){.status = status, .type = "application/json", .body = body});
}

void reply_string(GString *json, const char *text)
{
	g_autofree char *valid = g_utf8_make_valid(text, -1);

	g_string_append_c(json, '"');
	for (const char *c = valid; *c; c++) {
		if (*c == '"' || *c == '\\')
			g_string_append_printf(json, "\\%c", *c);
		else if ((unsigned char)*c < 0x20 || *c == 0x7f)
			g_string_append_printf(json, "\\u%04x", (unsigned)*c);
		else
			g_string_append_c(json, *c);
	}
	g_string_append_c(json, '"');
}
