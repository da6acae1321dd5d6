/* test_sandbox.c - what a closed process can still do: read fonts and compute, nothing else. */
#include "engine/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum { FINE = 0, WRONG = 1, NOT_CLOSED = 2 };

/* Runs a deed in a child behind the sandbox; its wait status. */
static int closed(int (*deed)(void))
{
	int status = 0;
	pid_t pid = fork();

	if (pid == 0) {
		if (!lw_sandbox_close(60, NULL))
			_exit(NOT_CLOSED);
		_exit(deed());
	}
	assert_true(pid > 0);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return status;
}

static void assert_fine(int (*deed)(void))
{
	int status = closed(deed);

	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), FINE);
}

static void assert_killed(int (*deed)(void))
{
	int status = closed(deed);

	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGSYS);
}

static gboolean offers(const char *part)
{
	g_autofree char *all = lw_sandbox_describe();

	return strstr(all, part) != NULL;
}

static int deed_compute(void)
{
	g_autofree char *memory = g_malloc(8 << 20);
	/* Compiled expressions need memory that can be executed. */
	void *code = mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC,
			  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	memset(memory, 1, 8 << 20);
	return code == MAP_FAILED ? WRONG : FINE;
}

static int deed_fonts(void)
{
	int fd = open("/usr/share/fonts", O_RDONLY | O_DIRECTORY);

	return fd < 0 && errno != ENOENT ? WRONG : FINE;
}

static int deed_write(void)
{
	return open("/tmp/lakwerk-sandbox-test", O_WRONLY | O_CREAT, 0600) >= 0 ? WRONG : FINE;
}

static int deed_remove(void)
{
	return unlink("/tmp/lakwerk-sandbox-none") == 0 || errno != EPERM ? WRONG : FINE;
}

static int deed_passwords(void)
{
	return open("/etc/passwd", O_RDONLY) >= 0 ? WRONG : FINE;
}

static int deed_others(void)
{
	return kill(getppid(), 0) == 0 || errno != EPERM ? WRONG : FINE;
}

static int deed_socket(void)
{
	return socket(AF_INET, SOCK_STREAM, 0) >= 0 ? WRONG : FINE;
}

static int deed_exec(void)
{
	execl("/bin/true", "true", (char *)NULL);
	return WRONG;
}

static void test_reading_and_computing_go_on(void **state)
{
	(void)state;
	assert_fine(deed_compute);
	assert_fine(deed_fonts);
}

static void test_nothing_is_written_or_signalled(void **state)
{
	(void)state;
	if (!offers("seccomp"))
		skip();
	assert_fine(deed_write);
	assert_fine(deed_remove);
	assert_fine(deed_others);
}

static void test_other_files_are_out_of_reach(void **state)
{
	(void)state;
	if (!offers("landlock"))
		skip();
	assert_fine(deed_passwords);
}

static void test_network_and_programs_kill(void **state)
{
	(void)state;
	if (!offers("seccomp"))
		skip();
	assert_killed(deed_socket);
	assert_killed(deed_exec);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_reading_and_computing_go_on),
		cmocka_unit_test(test_nothing_is_written_or_signalled),
		cmocka_unit_test(test_other_files_are_out_of_reach),
		cmocka_unit_test(test_network_and_programs_kill),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
