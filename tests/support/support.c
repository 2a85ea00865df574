/* SPDX-License-Identifier: Apache-2.0 */
/* support.c - see support.h. */
#include "support.h"

#include <leakledger/file.h>

#include <errno.h>
#include <sys/wait.h>
#include <unistd.h>

void ll_test_assert_ok(int rc, const struct ll_error *err, const char *file, int line)
{
	if (rc < 0)
		print_error("%s:%d: failed: %s\n", file, line, err->text);
	_assert_true(rc >= 0, "rc >= 0", file, line);
}

const char *ll_test_source(const char *path_below_source)
{
	static char paths[4][1024];
	static size_t next;
	char *const path = paths[next++ % 4];

	(void)snprintf(path, sizeof paths[0], "%s/%s", LL_SOURCE_DIR, path_below_source);
	return path;
}

void ll_test_read(const char *path_below_source, struct ll_buf *buf)
{
	struct ll_error err = LL_ERROR_INIT;

	ll_buf_init(buf, LL_BUF_PAGE);
	assert_ok(ll_file_read(ll_test_source(path_below_source), buf, &err), &err);
}

char *ll_test_scratch(void)
{
	const char *const base = getenv("TMPDIR");
	char path[1024];

	(void)snprintf(path, sizeof path, "%s/leakledger-test-XXXXXX", base ? base : "/tmp");
	assert_non_null(mkdtemp(path));
	return ll_strdup(path);
}

void ll_test_scratch_done(char *directory)
{
	char command[1200];

	(void)snprintf(command, sizeof command, "chmod -R u+rwx '%s' && rm -rf '%s'", directory,
	               directory);
	assert_int_equal(system(command), 0);
	free(directory);
}

char *ll_test_write(const char *directory, const char *name, struct ll_str bytes)
{
	struct ll_error err = LL_ERROR_INIT;
	char *const path = ll_malloc(strlen(directory) + strlen(name) + 2);
	FILE *file;
	char *slash;

	(void)snprintf(path, strlen(directory) + strlen(name) + 2, "%s/%s", directory, name);
	slash = strrchr(path, '/');
	*slash = '\0';
	assert_ok(ll_file_mkdirs(path, &err), &err);
	*slash = '/';
	/* ll_file_write would wait for the disk, for which no test needs to. */
	file = fopen(path, "wb");
	assert_non_null(file);
	assert_int_equal(fwrite(bytes.data ? bytes.data : "", 1, bytes.size, file), bytes.size);
	assert_int_equal(fclose(file), 0);
	return path;
}

void ll_test_golden(const char *name, struct ll_str actual)
{
	const char *const renew = getenv("LEAKLEDGER_GOLDEN");
	struct ll_error err = LL_ERROR_INIT;
	struct ll_buf golden;
	char path[1024];
	size_t line = 1;

	(void)snprintf(path, sizeof path, "tests/golden/%s", name);
	if (renew && strcmp(renew, "renew") == 0) {
		char *const written = ll_test_write(LL_SOURCE_DIR, path, actual);

		free(written);
		return;
	}
	ll_buf_init(&golden, LL_BUF_PAGE);
	if (ll_file_read(ll_test_source(path), &golden, &err) < 0)
		fail_msg("no golden file %s; LEAKLEDGER_GOLDEN=renew writes it", path);
	for (size_t i = 0; i < golden.size && i < actual.size; i++) {
		if (golden.data[i] != actual.data[i])
			fail_msg("%s differs in line %zu; LEAKLEDGER_GOLDEN=renew writes it anew",
			         path, line);
		line += golden.data[i] == '\n';
	}
	if (golden.size != actual.size)
		fail_msg("%s has %zu bytes, the output %zu; LEAKLEDGER_GOLDEN=renew writes it anew",
		         path, golden.size, actual.size);
	ll_buf_done(&golden);
}

const char *ll_test_corpus(void)
{
	const char *const named = getenv("LEAKLEDGER_CORPUS");
	const char *const corpus = named ? named : ll_test_source("../shared/corpus");

	if (ll_file_is_directory(corpus))
		return corpus;
	print_message("no corpus of real captures at %s: skipped\n", corpus);
	return NULL;
}

int ll_test_run(const char *command, struct ll_buf *output)
{
	char full[4096];
	FILE *pipe;
	int state;

	(void)snprintf(full, sizeof full, "( %s ) 2>&1", command);
	pipe = popen(full, "r");
	assert_non_null(pipe);
	for (int byte = fgetc(pipe); byte != EOF; byte = fgetc(pipe)) {
		if (output)
			ll_buf_putc(output, (char)byte);
	}
	state = pclose(pipe);
	return WIFEXITED(state) ? WEXITSTATUS(state) : 128;
}
