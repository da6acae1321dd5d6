/* guard.c - who may ask. Invariant: nothing but the way in is answered before Host, Origin and user
 * are known to be right.
 *
 * A page elsewhere can make a browser send requests here. It cannot set Host to ours when it makes
 * its own name point at us (rebinding), cannot hide its Origin, cannot send JSON without asking
 * first, and does not have the cookie, which the browser keeps to this site. */
#include "review/server.h"

#include <string.h>
#include <sys/random.h>

enum { KEY_BYTES = 32, KEY_LETTERS = 2 * KEY_BYTES + 1, SECRET_LEAST = 16 };

struct Guard {
	const ReviewSettings *settings;
	char *host;	   /* as browsers must name us */
	char *cookie_name; /* cookies do not know ports, so it has the port in it */
	char *secret;	   /* of the proxy; NULL: none is asked */
	GMutex lock;
	char ticket[KEY_LETTERS], key[KEY_LETTERS]; /* ticket "": used */
};

static void make_key(char *key)
{
	unsigned char bytes[KEY_BYTES];
	gsize filled = 0;

	while (filled < sizeof(bytes)) {
		ssize_t got = getrandom(bytes + filled, sizeof(bytes) - filled, 0);

		filled += got > 0 ? (gsize)got : 0;
	}
	for (gsize i = 0; i < sizeof(bytes); i++)
		g_snprintf(key + 2 * i, 3, "%02x", bytes[i]);
}

/* Takes as long whatever is in it. */
static gboolean same_secret(const char *given, const char *right)
{
	gsize length = strlen(right);
	unsigned char different = 0;

	if (!*right || strlen(given) != length)
		return FALSE;
	for (gsize i = 0; i < length; i++)
		different |= (unsigned char)(given[i] ^ right[i]);
	return !different;
}

Guard *guard_new(const ReviewSettings *settings, const char *host)
{
	Guard *guard = g_new0(Guard, 1);
	const char *colon = strrchr(host, ':');

	guard->settings = settings;
	guard->host = g_strdup(host);
	guard->cookie_name = g_strconcat("lakwerk-", colon ? colon + 1 : "0", NULL);
	g_mutex_init(&guard->lock);
	make_key(guard->ticket);
	make_key(guard->key);
	if (!settings->secret)
		return guard;
	if (g_file_get_contents(settings->secret, &guard->secret, NULL, NULL) &&
	    strlen(g_strstrip(guard->secret)) >= SECRET_LEAST)
		return guard;
	settings->complain(settings->self, settings->secret,
			   strcmp(settings->lang, "nl")
				   ? "cannot be read, or is shorter than 16 letters"
				   : "kan niet worden gelezen, of is korter dan 16 letters");
	guard_free(guard);
	return NULL;
}

void guard_free(Guard *guard)
{
	if (!guard)
		return;
	g_mutex_clear(&guard->lock);
	g_free(guard->host);
	g_free(guard->cookie_name);
	g_free(guard->secret);
	g_free(guard);
}

const char *guard_ticket(const Guard *guard)
{
	return guard->settings->mode == REVIEW_ALONE ? guard->ticket : "";
}

static const char *header(Request *request, const char *name)
{
	return MHD_lookup_connection_value(request->connection, MHD_HEADER_KIND, name);
}

/* A header that stands there twice may be read as another one by what is before us. */
typedef struct {
	const char *name;
	unsigned seen;
} Count;

static enum MHD_Result count_header(void *self, enum MHD_ValueKind kind, const char *key,
				    const char *value)
{
	Count *count = self;

	(void)kind;
	(void)value;
	count->seen += !g_ascii_strcasecmp(key, count->name);
	return MHD_YES;
}

static const char *single_header(Request *request, const char *name)
{
	Count count = {.name = name};

	MHD_get_connection_values(request->connection, MHD_HEADER_KIND, count_header, &count);
	return count.seen == 1 ? header(request, name) : NULL;
}

static gboolean right_host(Guard *guard, Request *request)
{
	const char *host = single_header(request, MHD_HTTP_HEADER_HOST);

	return host && !g_ascii_strcasecmp(host, guard->host);
}

/* Browsers send Origin with everything that changes something; programs need not. */
static gboolean right_origin(Guard *guard, Request *request)
{
	const char *origin = header(request, MHD_HTTP_HEADER_ORIGIN);
	const char *site = header(request, "Sec-Fetch-Site");
	const char *name = origin ? strstr(origin, "://") : NULL;

	if (site && strcmp(site, "same-origin") && strcmp(site, "none"))
		return FALSE;
	if (!origin)
		return TRUE;
	return name && !g_ascii_strcasecmp(name + 3, guard->host) &&
	       (g_str_has_prefix(origin, "http://") || g_str_has_prefix(origin, "https://"));
}

static gboolean changes(const Request *request)
{
	return !strcmp(request->method, MHD_HTTP_METHOD_POST);
}

static gboolean is_json(Request *request)
{
	const char *type = header(request, MHD_HTTP_HEADER_CONTENT_TYPE);

	return type && !g_ascii_strncasecmp(type, "application/json", 16) &&
	       (!type[16] || type[16] == ';' || type[16] == ' ');
}

/* The ticket is worth one cookie. */
static enum MHD_Result come_in(Guard *guard, Request *request)
{
	const char *given =
		MHD_lookup_connection_value(request->connection, MHD_GET_ARGUMENT_KIND, "token");
	g_autofree char *cookie = NULL;
	struct MHD_Response *response;
	enum MHD_Result result;
	gboolean right;

	g_mutex_lock(&guard->lock);
	right = given && same_secret(given, guard->ticket);
	if (right)
		guard->ticket[0] = '\0';
	g_mutex_unlock(&guard->lock);
	if (!right)
		return reply_refuse(
			request->connection, MHD_HTTP_FORBIDDEN, "token",
			"this address works once; start lakwerk review again / dit adres "
			"werkt één keer; start lakwerk review opnieuw");
	response = MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT);
	cookie = g_strdup_printf("%s=%s; Path=/; HttpOnly; SameSite=Strict", guard->cookie_name,
				 guard->key);
	reply_protect(response);
	MHD_add_response_header(response, "Set-Cookie", cookie);
	MHD_add_response_header(response, "Location", "/");
	result = MHD_queue_response(request->connection, MHD_HTTP_SEE_OTHER, response);
	MHD_destroy_response(response);
	return result;
}

static char *user_alone(Guard *guard, Request *request)
{
	const char *key = MHD_lookup_connection_value(request->connection, MHD_COOKIE_KIND,
						      guard->cookie_name);

	return key && same_secret(key, guard->key) ? g_strdup(g_get_user_name()) : NULL;
}

/* Only what comes from the proxy gets here: the socket is its own, or it shows the secret. */
static char *user_of_office(Guard *guard, Request *request)
{
	const char *user = single_header(request, "X-Remote-User");
	const char *secret = header(request, "X-Lakwerk-Secret");

	if (guard->secret && (!secret || !same_secret(secret, guard->secret)))
		return NULL;
	if (!user || !*user || strlen(user) > REVIEW_USER_MOST || !g_utf8_validate(user, -1, NULL))
		return NULL;
	for (const char *c = user; *c; c++)
		if ((unsigned char)*c < 0x20 || *c == 0x7f)
			return NULL;
	return g_strdup(user);
}

gboolean guard_admits(Guard *guard, Request *request, enum MHD_Result *result)
{
	struct MHD_Connection *connection = request->connection;
	gboolean alone = guard->settings->mode == REVIEW_ALONE;

	if (!right_host(guard, request)) {
		*result = reply_refuse(connection, MHD_HTTP_MISDIRECTED_REQUEST, "host",
				       "no such host here");
		return FALSE;
	}
	if (alone && !strcmp(request->path, "/open") &&
	    !strcmp(request->method, MHD_HTTP_METHOD_GET)) {
		*result = come_in(guard, request);
		return FALSE;
	}
	if (changes(request) && (!right_origin(guard, request) || !is_json(request))) {
		*result = reply_refuse(connection, MHD_HTTP_FORBIDDEN, "origin",
				       "comes from another page or is no JSON");
		return FALSE;
	}
	request->user = alone ? user_alone(guard, request) : user_of_office(guard, request);
	if (!request->user)
		*result =
			reply_refuse(connection, alone ? MHD_HTTP_UNAUTHORIZED : MHD_HTTP_FORBIDDEN,
				     "user", "unknown user");
	return request->user != NULL;
}
