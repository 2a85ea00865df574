/* SPDX-License-Identifier: Apache-2.0 */
/* measure.c - see measure.h. */
#define _DEFAULT_SOURCE /* wait4 */
#include "measure.h"

#include <leakledger/file.h>
#include <leakledger/threads.h>

#include <errno.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	SPIN_ROUNDS = 60 * 1000 * 1000,
};

static double now_s(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static double seconds(struct timeval time)
{
	return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

LL_NORETURN static void become(const char *const *words, const char *output)
{
	union {
		const char *const *from;
		char *const *to;
	} arguments = {.from = words}; /* execvp's prototype lacks the const it honours */
	const int descriptor =
		open(output ? output : "/dev/null", O_WRONLY | O_CREAT | O_TRUNC, 0666);

	if (descriptor < 0 || dup2(descriptor, STDOUT_FILENO) < 0)
		_exit(127);
	(void)execvp(words[0], arguments.to);
	_exit(127);
}

int bench_run(const char *const *words, const char *output, struct bench_cost *ret_cost,
              struct ll_error *err)
{
	const double started_s = now_s();
	struct rusage usage;
	int state;
	const pid_t child = fork();

	if (child == 0)
		become(words, output);
	if (child < 0)
		return ll_fail_errno(err, LL_E_BUSY, errno, "cannot start '%s'", words[0]);
	while (wait4(child, &state, 0, &usage) < 0) {
		if (errno != EINTR)
			return ll_fail_errno(err, LL_E_IO, errno, "lost '%s'", words[0]);
	}
	*ret_cost = (struct bench_cost){
		.cpu_s = seconds(usage.ru_utime) + seconds(usage.ru_stime),
		.wall_s = now_s() - started_s,
		.rss_bytes = (int64_t)usage.ru_maxrss * 1024,
		.status = WIFEXITED(state) ? WEXITSTATUS(state) : 128 + WTERMSIG(state),
	};
	if (ret_cost->status == 127)
		return ll_fail(err, LL_E_NOTFOUND, "cannot start '%s'", words[0]);
	return LL_OK;
}

static void spin(void *self, size_t index)
{
	volatile uint64_t *const results = self;
	uint64_t value = index + 1;

	for (int i = 0; i < SPIN_ROUNDS; i++)
		value = (value ^ value >> 7) * UINT64_C(0x9e3779b97f4a7c15);
	results[index] = value;
}

static double spin_s(size_t threads)
{
	uint64_t results[2];
	struct ll_workers *workers;
	size_t started;
	const double started_s = now_s();

	if (ll_workers_start(threads, spin, results, &workers, &started, NULL) < 0)
		return 1e9;
	ll_workers_join(workers);
	return started == threads ? now_s() - started_s : 1e9;
}

double bench_cores_delivered(void)
{
	const double one_s = spin_s(1), two_s = spin_s(2);

	return 2 * one_s / two_s;
}

int64_t bench_number(struct ll_str lines, const char *name)
{
	while (lines.size > 0) {
		struct ll_str line = ll_str_split(&lines, '\n');
		uint64_t value;

		if (ll_str_equal(ll_str_split(&line, ' '), ll_str(name)) &&
		    ll_str_to_u64(line, &value) && value <= INT64_MAX)
			return (int64_t)value;
	}
	return -1;
}

int64_t bench_number_in(const char *path, const char *name)
{
	struct ll_buf text;
	int64_t number = -1;

	ll_buf_init(&text, LL_BUF_MESSAGE);
	if (ll_file_read(path, &text, NULL) == LL_OK)
		number = bench_number(ll_buf_str(&text), name);
	ll_buf_done(&text);
	return number;
}
