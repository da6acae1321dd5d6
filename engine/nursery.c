/* nursery.c - both sides: files go over with SCM_RIGHTS, the number of the new process comes back.
 */
#include "engine/nursery.h"

#include "engine/frame.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { FILES = 3, SOCKET = LW_WORKER_REQUEST };

typedef union {
	struct cmsghdr header; /* for its alignment */
	char bytes[CMSG_SPACE(FILES * sizeof(int))];
} Rights;

/* --- the side of whoever wants workers --- */

typedef struct {
	pid_t pid;
	int socket;
} Nursery;

static void nursery_free(gpointer data)
{
	Nursery *nursery = data;

	close(nursery->socket); /* at the end of its input it ends */
	while (waitpid(nursery->pid, NULL, 0) < 0 && errno == EINTR)
		;
	g_free(nursery);
}

static GPrivate own = G_PRIVATE_INIT(nursery_free);

/* Locale and time are fixed, so that the same input gives the same bytes everywhere. */
static char **environment_new(void)
{
	GPtrArray *list = g_ptr_array_new();
	const char *const passed[] = {"ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS"};

	g_ptr_array_add(list, g_strdup("LC_ALL=C.UTF-8"));
	g_ptr_array_add(list, g_strdup("TZ=UTC"));
	g_ptr_array_add(list, g_strdup("HOME=/nonexistent"));
	/* A worker fills tens of megabytes and ends: in huge pages that costs a twentieth less, and
	 * what it frees serves again as it is, never merged. */
	g_ptr_array_add(list,
			g_strdup("GLIBC_TUNABLES=glibc.malloc.hugetlb=1:glibc.malloc.mxfast=0:"
				 "glibc.malloc.tcache_count=60000"));
	for (guint i = 0; i < G_N_ELEMENTS(passed); i++) {
		const char *value = g_getenv(passed[i]);

		if (value)
			g_ptr_array_add(list, g_strdup_printf("%s=%s", passed[i], value));
	}
	g_ptr_array_add(list, NULL);
	return (char **)g_ptr_array_free(list, FALSE);
}

static void prepare_attributes(posix_spawnattr_t *attributes)
{
	sigset_t none, all;

	sigemptyset(&none);
	sigfillset(&all);
	posix_spawnattr_init(attributes);
	posix_spawnattr_setsigmask(attributes, &none);
	posix_spawnattr_setsigdefault(attributes, &all);
	posix_spawnattr_setpgroup(attributes, 0);
	posix_spawnattr_setflags(attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF |
						     POSIX_SPAWN_SETPGROUP);
}

/* The numbers of the worker's files are taken, so that what comes over gets others. */
static void prepare_files(posix_spawn_file_actions_t *actions, int socket)
{
	posix_spawn_file_actions_init(actions);
	posix_spawn_file_actions_adddup2(actions, socket, SOCKET);
	posix_spawn_file_actions_addopen(actions, LW_WORKER_ANSWER, "/dev/null", O_WRONLY, 0);
#ifndef __SANITIZE_ADDRESS__
	/* What libraries print may quote the document. */
	posix_spawn_file_actions_addopen(actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
#endif
	posix_spawn_file_actions_addopen(actions, LW_WORKER_INPUT, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_addclosefrom_np(actions, LW_WORKER_INPUT + 1);
}

static Nursery *nursery_new(const char *program)
{
	g_auto(GStrv) environment = environment_new();
	char name[] = "lakwerk-worker", option[] = LW_NURSERY_OPTION;
	char *arguments[] = {name, option, NULL};
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	int ends[2], failed, high;
	pid_t pid;

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends))
		return NULL;
	/* Above the numbers that the actions give away. */
	high = fcntl(ends[1], F_DUPFD_CLOEXEC, LW_WORKER_INPUT + 1);
	close(ends[1]);
	prepare_attributes(&attributes);
	prepare_files(&actions, high);
	failed = high < 0 ||
		 posix_spawn(&pid, program, &actions, &attributes, arguments, environment);
	posix_spawn_file_actions_destroy(&actions);
	posix_spawnattr_destroy(&attributes);
	if (high >= 0)
		close(high);
	if (failed) {
		close(ends[0]);
		return NULL;
	}
	Nursery *nursery = g_new0(Nursery, 1);
	*nursery = (Nursery){pid, ends[0]};
	return nursery;
}

static gboolean ask(const Nursery *nursery, const int files[FILES], pid_t *pid)
{
	char one = 0;
	struct iovec data = {&one, 1};
	Rights rights = {0};
	struct msghdr message = {.msg_iov = &data,
				 .msg_iovlen = 1,
				 .msg_control = rights.bytes,
				 .msg_controllen = sizeof(rights.bytes)};
	struct cmsghdr *header = CMSG_FIRSTHDR(&message);
	ssize_t got;

	header->cmsg_level = SOL_SOCKET;
	header->cmsg_type = SCM_RIGHTS;
	header->cmsg_len = CMSG_LEN(FILES * sizeof(int));
	memcpy(CMSG_DATA(header), files, FILES * sizeof(int));
	while ((got = sendmsg(nursery->socket, &message, MSG_NOSIGNAL)) < 0 && errno == EINTR)
		;
	if (got != 1)
		return FALSE;
	while ((got = recv(nursery->socket, pid, sizeof(*pid), 0)) < 0 && errno == EINTR)
		;
	return got == sizeof(*pid) && *pid > 0;
}

pid_t lw_nursery_spawn(const char *program, int request, int answer, int input)
{
	const int files[FILES] = {request, answer, input};
	pid_t pid = 0;

	for (int turn = 0; turn < 2; turn++) { /* one may have been killed meanwhile */
		Nursery *nursery = g_private_get(&own);

		if (!nursery) {
			nursery = nursery_new(program);
			g_private_set(&own, nursery);
		}
		if (nursery && ask(nursery, files, &pid)) {
			(void)setpgid(pid, pid); /* whoever is first: it may be ended at once */
			return pid;
		}
		lw_nursery_close();
	}
	return 0;
}

void lw_nursery_close(void)
{
	g_private_replace(&own, NULL);
}

/* --- its own side --- */

static gboolean receive(int files[FILES])
{
	char one;
	struct iovec data = {&one, 1};
	Rights rights;
	struct msghdr message = {.msg_iov = &data,
				 .msg_iovlen = 1,
				 .msg_control = rights.bytes,
				 .msg_controllen = sizeof(rights.bytes)};
	ssize_t got;

	while ((got = recvmsg(SOCKET, &message, MSG_CMSG_CLOEXEC)) < 0 && errno == EINTR)
		;
	struct cmsghdr *header = got == 1 ? CMSG_FIRSTHDR(&message) : NULL;
	if (!header || header->cmsg_type != SCM_RIGHTS ||
	    header->cmsg_len != CMSG_LEN(FILES * sizeof(int)))
		return FALSE;
	memcpy(files, CMSG_DATA(header), FILES * sizeof(int));
	return TRUE;
}

/* A copy whose parent is that of the nursery. */
static pid_t copy_self(void)
{
	return (pid_t)syscall(SYS_clone, CLONE_PARENT | SIGCHLD, NULL, NULL, NULL, NULL);
}

gboolean lw_nursery_serve(void)
{
	static const int places[FILES] = {LW_WORKER_REQUEST, LW_WORKER_ANSWER, LW_WORKER_INPUT};
	int files[FILES];

	while (receive(files)) {
		pid_t pid = copy_self();

		for (int i = 0; i < FILES; i++) {
			if (pid == 0 && dup2(files[i], places[i]) < 0)
				_exit(LW_ERROR_FATAL);
			close(files[i]);
		}
		if (pid == 0) {
			(void)setpgid(0, 0);
			return TRUE;
		}
		if (send(SOCKET, &pid, sizeof(pid), MSG_NOSIGNAL) != sizeof(pid))
			return FALSE;
	}
	return FALSE;
}
