/* sandbox.c - rlimits, no-new-privileges, Landlock and seccomp around one worker. The door to
 * libseccomp.
 *
 * Calls that only an attack makes kill the process; any other call that is not on the list fails
 * with EPERM, so that a library that tries its cache or asks for a detail goes on without. */
#include "engine/sandbox.h"

#include "engine/base/limits.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <seccomp.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

enum { OPEN_FILES = 64 };

/* Rights that newer kernels know and older headers do not. */
#define ACCESS_FS_REFER	    (1ull << 13)
#define ACCESS_FS_TRUNCATE  (1ull << 14)
#define ACCESS_FS_IOCTL_DEV (1ull << 15)
#define ACCESS_NET_ALL	    (3ull << 0)
#define SCOPE_ALL	    (3ull << 0)

/* The kernel takes a longer structure than it knows as long as the tail is zero. */
struct ruleset {
	guint64 fs, net, scoped;
};

static const char *const readable[] = {
	"/usr/share/fonts",	     "/usr/local/share/fonts",
	"/usr/share/poppler",	     "/etc/fonts",
	"/var/cache/fontconfig",     "/usr/share/fontconfig",
	"/usr/share/ghostscript",    "/usr/share/texmf/fonts",
	"/usr/share/xml/fontconfig",
};

/* What reading, deciding and writing in memory needs. */
static const int allowed[] = {
	SCMP_SYS(read),
	SCMP_SYS(pread64),
	SCMP_SYS(readv),
	SCMP_SYS(write),
	SCMP_SYS(writev),
	SCMP_SYS(lseek),
	SCMP_SYS(_llseek),
	SCMP_SYS(close),
	SCMP_SYS(close_range),
	SCMP_SYS(dup),
	SCMP_SYS(fstat),
	SCMP_SYS(fstat64),
	SCMP_SYS(newfstatat),
	SCMP_SYS(fstatat64),
	SCMP_SYS(stat),
	SCMP_SYS(stat64),
	SCMP_SYS(lstat),
	SCMP_SYS(lstat64),
	SCMP_SYS(statx),
	SCMP_SYS(statfs),
	SCMP_SYS(statfs64),
	SCMP_SYS(fstatfs),
	SCMP_SYS(fstatfs64),
	SCMP_SYS(access),
	SCMP_SYS(faccessat),
	SCMP_SYS(faccessat2),
	SCMP_SYS(readlink),
	SCMP_SYS(readlinkat),
	SCMP_SYS(getdents),
	SCMP_SYS(getdents64),
	SCMP_SYS(getcwd),
	SCMP_SYS(fadvise64),
	SCMP_SYS(fadvise64_64),
	SCMP_SYS(mmap),
	SCMP_SYS(mmap2),
	SCMP_SYS(munmap),
	SCMP_SYS(mremap),
	SCMP_SYS(mprotect),
	SCMP_SYS(madvise),
	SCMP_SYS(brk),
	SCMP_SYS(futex),
	SCMP_SYS(futex_time64),
	SCMP_SYS(set_robust_list),
	SCMP_SYS(rseq),
	SCMP_SYS(membarrier),
	SCMP_SYS(sched_yield),
	SCMP_SYS(sched_getaffinity),
	SCMP_SYS(getrandom),
	SCMP_SYS(clock_gettime),
	SCMP_SYS(clock_gettime64),
	SCMP_SYS(clock_getres),
	SCMP_SYS(clock_nanosleep),
	SCMP_SYS(nanosleep),
	SCMP_SYS(gettimeofday),
	SCMP_SYS(time),
	SCMP_SYS(times),
	SCMP_SYS(getrusage),
	SCMP_SYS(sysinfo),
	SCMP_SYS(uname),
	SCMP_SYS(getpid),
	SCMP_SYS(getppid),
	SCMP_SYS(gettid),
	SCMP_SYS(getuid),
	SCMP_SYS(geteuid),
	SCMP_SYS(getgid),
	SCMP_SYS(getegid),
	SCMP_SYS(getrlimit),
	SCMP_SYS(ugetrlimit),
	SCMP_SYS(rt_sigaction),
	SCMP_SYS(rt_sigprocmask),
	SCMP_SYS(rt_sigreturn),
	SCMP_SYS(sigreturn),
	SCMP_SYS(sigaltstack),
	SCMP_SYS(restart_syscall),
	SCMP_SYS(poll),
	SCMP_SYS(ppoll),
	SCMP_SYS(exit),
	SCMP_SYS(exit_group),
};

/* Nothing that reads a document makes these. */
static const int deadly[] = {
	SCMP_SYS(execve),
	SCMP_SYS(execveat),
	SCMP_SYS(ptrace),
	SCMP_SYS(process_vm_readv),
	SCMP_SYS(process_vm_writev),
	SCMP_SYS(pidfd_getfd),
	SCMP_SYS(socket),
	SCMP_SYS(socketpair),
	SCMP_SYS(socketcall),
	SCMP_SYS(connect),
	SCMP_SYS(bind),
	SCMP_SYS(listen),
	SCMP_SYS(accept),
	SCMP_SYS(accept4),
	SCMP_SYS(sendto),
	SCMP_SYS(sendmsg),
	SCMP_SYS(sendmmsg),
	SCMP_SYS(fork),
	SCMP_SYS(vfork),
	SCMP_SYS(bpf),
	SCMP_SYS(io_uring_setup),
	SCMP_SYS(userfaultfd),
	SCMP_SYS(perf_event_open),
	SCMP_SYS(mount),
	SCMP_SYS(umount2),
	SCMP_SYS(pivot_root),
	SCMP_SYS(chroot),
	SCMP_SYS(unshare),
	SCMP_SYS(setns),
	SCMP_SYS(init_module),
	SCMP_SYS(finit_module),
	SCMP_SYS(kexec_load),
	SCMP_SYS(keyctl),
	SCMP_SYS(add_key),
	SCMP_SYS(request_key),
};

static void limit(int resource, rlim_t value)
{
	struct rlimit now;

	if (getrlimit(resource, &now))
		return;
	now.rlim_cur = MIN(value, now.rlim_max);
	now.rlim_max = now.rlim_cur;
	/* Lowering one's own limit can't fail; a limit that is not there does no harm to the rest.
	 */
	(void)setrlimit(resource, &now);
}

guint lw_sandbox_seconds(int input)
{
	struct stat status;
	guint64 bytes = fstat(input, &status) || status.st_size < 0 ? 0 : (guint64)status.st_size;
	guint64 seconds = LW_LIMIT_SECONDS_FLOOR + bytes * LW_LIMIT_SECONDS_PER_MIB / (1024 * 1024);
	return (guint)MIN(SANITIZED ? seconds * 8 : seconds, LW_LIMIT_WORKER_SECONDS);
}

static void limit_all(guint seconds)
{
	limit(RLIMIT_CORE, 0);
	limit(RLIMIT_FSIZE, 0);
	limit(RLIMIT_CPU, seconds);
	if (SANITIZED)
		return; /* it reserves terabytes of address space and opens /proc */
	limit(RLIMIT_AS, LW_LIMIT_WORKER_MEMORY);
	limit(RLIMIT_NOFILE, OPEN_FILES);
	limit(RLIMIT_NPROC, 0);
}

/* 0 when the kernel has no Landlock. */
static int landlock_version(void)
{
	long version =
		syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);

	return version > 0 ? (int)version : 0;
}

static struct ruleset landlock_rules(int version)
{
	struct ruleset rules = {.fs = LANDLOCK_ACCESS_FS_MAKE_SYM * 2 - 1};

	if (version >= 2)
		rules.fs |= ACCESS_FS_REFER;
	if (version >= 3)
		rules.fs |= ACCESS_FS_TRUNCATE;
	if (version >= 4)
		rules.net = ACCESS_NET_ALL;
	if (version >= 5)
		rules.fs |= ACCESS_FS_IOCTL_DEV;
	if (version >= 6)
		rules.scoped = SCOPE_ALL;
	return rules;
}

static void landlock_allow(int ruleset, const char *path)
{
	struct landlock_path_beneath_attr beneath = {
		.allowed_access = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR,
		.parent_fd = open(path, O_PATH | O_CLOEXEC),
	};

	if (beneath.parent_fd < 0)
		return;
	(void)syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &beneath, 0);
	close(beneath.parent_fd);
}

/* Best effort: seccomp alone already stops writes, exec and the network. */
static void landlock_close(void)
{
	int version = landlock_version();
	struct ruleset rules = landlock_rules(version);
	/* The first version knew file rights only. */
	gsize size = version >= 6   ? sizeof(rules)
		     : version >= 4 ? 2 * sizeof(guint64)
				    : sizeof(guint64);
	int ruleset;

	if (!version)
		return;
	ruleset = (int)syscall(SYS_landlock_create_ruleset, &rules, size, 0);
	if (ruleset < 0)
		return;
	for (guint i = 0; i < G_N_ELEMENTS(readable); i++)
		landlock_allow(ruleset, readable[i]);
	(void)syscall(SYS_landlock_restrict_self, ruleset, 0);
	close(ruleset);
}

/* A call that this processor does not have is no failure. */
static gboolean add_rules(scmp_filter_ctx filter, const int *calls, gsize count, guint32 action)
{
	for (gsize i = 0; i < count; i++) {
		int result = seccomp_rule_add(filter, action, calls[i], 0);

		if (result && result != -EDOM && result != -EACCES)
			return FALSE;
	}
	return TRUE;
}

/* Opening for reading only; aborting, but signalling nobody else. */
static gboolean add_special_rules(scmp_filter_ctx filter)
{
	const guint64 writes = O_ACCMODE | O_CREAT | O_TRUNC | O_APPEND;
	const guint64 self = (guint64)getpid();

	return !seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(openat), 1,
				 SCMP_A2(SCMP_CMP_MASKED_EQ, writes, O_RDONLY)) &&
	       !seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1,
				 SCMP_A0(SCMP_CMP_EQ, self, 0)) &&
	       !seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(fcntl), 1,
				 SCMP_A1(SCMP_CMP_EQ, F_GETFL, 0)) &&
	       !seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(fcntl), 1,
				 SCMP_A1(SCMP_CMP_EQ, F_GETFD, 0)) &&
	       !seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(fcntl), 1,
				 SCMP_A1(SCMP_CMP_EQ, F_SETFD, 0));
}

static gboolean seccomp_close(void)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
	gboolean done;

	if (!filter)
		return FALSE;
	done = add_rules(filter, allowed, G_N_ELEMENTS(allowed), SCMP_ACT_ALLOW) &&
	       add_rules(filter, deadly, G_N_ELEMENTS(deadly), SCMP_ACT_KILL_PROCESS) &&
	       add_special_rules(filter) &&
	       !seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0) &&
	       !seccomp_load(filter);
	seccomp_release(filter);
	return done;
}

gboolean lw_sandbox_close(guint seconds, GError **error)
{
	limit_all(seconds);
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)) {
		g_set_error_literal(error, LW_ERROR, LW_ERROR_FATAL, "cannot give up privileges");
		return FALSE;
	}
	(void)prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
	if (SANITIZED)
		return TRUE;
	landlock_close();
	if (!seccomp_close()) {
		g_set_error_literal(error, LW_ERROR, LW_ERROR_FATAL, "cannot close the sandbox");
		return FALSE;
	}
	return TRUE;
}

static gboolean has_seccomp(void)
{
	const guint32 action = SECCOMP_RET_KILL_PROCESS;

	return !SANITIZED && syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) == 0;
}

char *lw_sandbox_describe(void)
{
	GString *text = g_string_new(has_seccomp() ? "seccomp, " : "");
	int version = SANITIZED ? 0 : landlock_version();

	if (version)
		g_string_append_printf(text, "landlock %d, ", version);
	g_string_append(text, "rlimits");
	return g_string_free(text, FALSE);
}
