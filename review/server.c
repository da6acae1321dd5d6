/* server.c - listens, reads requests within bounds, and hands them on. Invariant: it can be reached
 * from this machine only. */
#include "review/server.h"
#include "review/shelf.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <arpa/inet.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static void free_request(Request *request)
{
	if (!request)
		return;
	g_free(request->user);
	if (request->body)
		g_string_free(request->body, TRUE);
	g_free(request);
}

static void on_completed(void *self, struct MHD_Connection *connection, void **state,
			 enum MHD_RequestTerminationCode why)
{
	(void)self;
	(void)connection;
	(void)why;
	free_request(*state);
	*state = NULL;
}

static gboolean body_is_bounded(struct MHD_Connection *connection)
{
	const char *length = MHD_lookup_connection_value(connection, MHD_HEADER_KIND,
							 MHD_HTTP_HEADER_CONTENT_LENGTH);

	return !length || g_ascii_strtoull(length, NULL, 10) <= REVIEW_BODY_MOST;
}

/* Before the body is read. */
static enum MHD_Result look_at(Request *request)
{
	enum MHD_Result result;

	request->looked_at = TRUE;
	if (!body_is_bounded(request->connection))
		return reply_refuse(request->connection, MHD_HTTP_CONTENT_TOO_LARGE, "size",
				    "too large");
	if (!guard_admits(request->server->guard, request, &result))
		return result;
	return MHD_YES;
}

static enum MHD_Result on_request(void *self, struct MHD_Connection *connection, const char *path,
				  const char *method, const char *version, const char *data,
				  size_t *length, void **state)
{
	Request *request = *state;

	(void)version;
	if (!request) {
		request = g_new0(Request, 1);
		*request = (Request){.server = self,
				     .connection = connection,
				     .method = method,
				     .path = path,
				     .body = g_string_new(NULL)};
		*state = request;
		return look_at(request);
	}
	if (*length) {
		if (request->body->len + *length > REVIEW_BODY_MOST)
			return MHD_NO;
		g_string_append_len(request->body, data, (gssize)*length);
		*length = 0;
		return MHD_YES;
	}
	if (strlen(request->body->str) != request->body->len)
		return reply_refuse(connection, MHD_HTTP_BAD_REQUEST, "json", "a byte is zero");
	return route(request);
}

/* A folder's own user and group may connect; who else can reach the folder does not matter. */
static int listen_at_path(const char *path)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	struct stat there;
	mode_t mask;
	int fd, failed;

	if (strlen(path) >= sizeof(address.sun_path)) {
		errno = ENAMETOOLONG;
		return -1;
	}
	if (!lstat(path, &there) && S_ISSOCK(there.st_mode) && there.st_uid == geteuid())
		unlink(path);
	strcpy(address.sun_path, path);
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return -1;
	mask = umask(0117);
	failed = bind(fd, (struct sockaddr *)&address, sizeof(address)) || listen(fd, SOMAXCONN);
	umask(mask);
	if (!failed)
		return fd;
	close(fd);
	return -1;
}

static int listen_at_port(int port)
{
	struct sockaddr_in address = {.sin_family = AF_INET,
				      .sin_port = htons((uint16_t)port),
				      .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), on = 1;

	if (fd < 0)
		return -1;
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	if (!bind(fd, (struct sockaddr *)&address, sizeof(address)) && !listen(fd, SOMAXCONN))
		return fd;
	close(fd);
	return -1;
}

static int port_of(int fd)
{
	struct sockaddr_in address = {0};
	socklen_t size = sizeof(address);

	return getsockname(fd, (struct sockaddr *)&address, &size) ? 0 : ntohs(address.sin_port);
}

static struct MHD_Daemon *start(Server *server, int fd)
{
	return MHD_start_daemon(MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_THREAD_PER_CONNECTION |
					MHD_USE_POLL | MHD_USE_ITC,
				0, NULL, NULL, on_request, server, MHD_OPTION_LISTEN_SOCKET, fd,
				MHD_OPTION_NOTIFY_COMPLETED, on_completed, NULL,
				MHD_OPTION_CONNECTION_LIMIT, (unsigned)REVIEW_CONNECTIONS,
				MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)REVIEW_IDLE_SECONDS,
				MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)64 * 1024,
				MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_END);
}

static void say_ready(const Server *server, const char *host)
{
	const ReviewSettings *settings = server->settings;
	const char *ticket = guard_ticket(server->guard);
	g_autofree char *url = *ticket ? g_strdup_printf("http://%s/open?token=%s", host, ticket)
				       : g_strdup_printf("https://%s/", host);

	settings->ready(settings->self, url);
}

/* Between the first thread and the end, signals are waited for, not handled. */
static LakwerkStatus serve(Server *server, int fd, const char *host)
{
	sigset_t ends, before;
	struct MHD_Daemon *daemon;
	int number;

	sigemptyset(&ends);
	sigaddset(&ends, SIGINT);
	sigaddset(&ends, SIGTERM);
	sigaddset(&ends, SIGHUP);
	pthread_sigmask(SIG_BLOCK, &ends, &before);
	signal(SIGPIPE, SIG_IGN);
	daemon = start(server, fd);
	if (daemon) {
		say_ready(server, host);
		sigwait(&ends, &number);
		shelf_stop(server->shelf);
		MHD_stop_daemon(daemon);
	} else {
		close(fd);
	}
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return daemon ? LAKWERK_OK : LAKWERK_FATAL;
}

LakwerkStatus review_serve(Lakwerk *lakwerk, const ReviewSettings *settings)
{
	Server server = {.settings = settings};
	g_autofree char *host = NULL;
	LakwerkStatus status = LAKWERK_FATAL;
	int fd;

	server.shelf = shelf_open(lakwerk, settings, &status);
	if (!server.shelf)
		return status;
	fd = settings->socket ? listen_at_path(settings->socket) : listen_at_port(settings->port);
	if (fd < 0) {
		settings->complain(settings->self, settings->socket, g_strerror(errno));
		shelf_free(server.shelf);
		return LAKWERK_FATAL;
	}
	host = settings->host ? g_strdup(settings->host)
			      : g_strdup_printf("127.0.0.1:%d", port_of(fd));
	server.guard = guard_new(settings, host);
	if (server.guard)
		status = serve(&server, fd, host);
	else
		close(fd);
	if (settings->socket)
		unlink(settings->socket);
	guard_free(server.guard);
	shelf_free(server.shelf);
	return status;
}
