/* SPDX-License-Identifier: Apache-2.0 */
/* mailer.c - see mailer.h. */
#include "mailer.h"

#include <leakledger/buf.h>

#include <errno.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static void put_unix_lines(struct ll_buf *out, struct ll_str message)
{
	for (size_t i = 0; i < message.size; i++) {
		if (message.data[i] != '\r' || i + 1 == message.size || message.data[i + 1] != '\n')
			ll_buf_putc(out, message.data[i]);
	}
}

/* 0, or errno. */
static int write_all(int descriptor, struct ll_str bytes)
{
	while (bytes.size > 0) {
		const ssize_t written = write(descriptor, bytes.data, bytes.size);

		if (written < 0 && errno == EINTR)
			continue;
		if (written < 0)
			return errno;
		bytes = ll_str_from(bytes, (size_t)written);
	}
	return 0;
}

/* The reading end becomes the child's standard input; the writing end stays here alone. */
static int start(const char *program, const int pipe_ends[2], pid_t *ret_child)
{
	char *const arguments[] = {(char *)(uintptr_t)program, (char[]){"-t"}, (char[]){"-i"},
	                           NULL};
	posix_spawn_file_actions_t actions;
	int problem = posix_spawn_file_actions_init(&actions);

	if (problem != 0)
		return problem;
	problem = posix_spawn_file_actions_adddup2(&actions, pipe_ends[0], STDIN_FILENO);
	if (problem == 0)
		problem = posix_spawn_file_actions_addclose(&actions, pipe_ends[0]);
	if (problem == 0)
		problem = posix_spawn_file_actions_addclose(&actions, pipe_ends[1]);
	if (problem == 0)
		problem = posix_spawn(ret_child, program, &actions, NULL, arguments, environ);
	(void)posix_spawn_file_actions_destroy(&actions);
	return problem;
}

static int wait_for(pid_t child, const char *program, int problem, struct ll_error *err)
{
	int status = 0;

	while (waitpid(child, &status, 0) < 0 && errno == EINTR)
		continue;
	if (WIFSIGNALED(status))
		return ll_fail(err, LL_E_IO, "'%s' was ended by signal %d", program,
		               WTERMSIG(status));
	if (WEXITSTATUS(status) != 0)
		return ll_fail(err, LL_E_IO, "'%s' ended with status %d: the mail was not taken",
		               program, WEXITSTATUS(status));
	if (problem != 0)
		return ll_fail(err, LL_E_IO, "'%s' did not read the whole mail: %s", program,
		               strerror(problem));
	return LL_OK;
}

int ll_mailer_run(const char *program, struct ll_str message, struct ll_error *err)
{
	struct ll_buf lines;
	int pipe_ends[2], problem;
	pid_t child = 0;

	if (pipe(pipe_ends) != 0)
		return ll_fail(err, LL_E_IO, "cannot make a pipe: %s", strerror(errno));
	problem = start(program, pipe_ends, &child);
	(void)close(pipe_ends[0]);
	if (problem != 0) {
		(void)close(pipe_ends[1]);
		return ll_fail(err, LL_E_IO, "cannot run '%s': %s", program, strerror(problem));
	}
	ll_buf_init(&lines, LL_BUF_PAGE);
	put_unix_lines(&lines, message);
	problem = write_all(pipe_ends[1], ll_buf_str(&lines));
	ll_buf_done(&lines);
	(void)close(pipe_ends[1]);
	return wait_for(child, program, problem, err);
}
