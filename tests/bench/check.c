/* SPDX-License-Identifier: Apache-2.0 */
/*
 * check.c - a fast wrong answer is void.
 *
 * The ledger is asked twice: for the exact totals that it stores beside each capture, and for the
 * sums over its decoded series, which go through the whole encoding. Both must equal what the
 * generator wrote, and so must what the Go peer found in the same files.
 */
#include "check.h"

#include <leakledger/ledger.h>

#include <inttypes.h>
#include <sys/stat.h>

enum {
	VALUES = 4,
};

static void void_it(struct bench *bench, const char *who, const char *what, int64_t found,
                    int64_t expected)
{
	if (found == expected || bench->voided)
		return;
	(void)snprintf(bench->voided_text, sizeof bench->voided_text,
	               "%s: %s is %" PRId64 ", expected %" PRId64, who, what, found, expected);
	bench->voided = bench->voided_text;
}

/* A number of a step's output. */
static int64_t number_of(const struct bench *bench, enum bench_step step, const char *name)
{
	char output[1024], file[64];

	(void)snprintf(file, sizeof file, "step-%d.out", (int)step);
	bench_path(output, bench->places.work, file);
	return bench_number_in(output, name);
}

/* Compares `name` of a step's output with that of a file of sums. */
static void compare(struct bench *bench, enum bench_step step, const char *name, const char *sums,
                    const char *sums_name)
{
	if (!bench->records[step].skipped)
		void_it(bench, bench_step_name(step), name, number_of(bench, step, name),
		        bench_number_in(sums, sums_name));
}

/* Runs our reader on the peer's list, so that the two can be compared whatever part it is. */
static int read_sample(const struct bench *bench, const char *output, struct ll_error *err)
{
	char program[1024], list[1024];
	const char *const words[] = {program, list, NULL};
	struct bench_cost cost;
	int rc;

	bench_path(program, bench->places.bin, "bench_read_captures");
	bench_path(list, bench->places.work, "parse.list");
	rc = bench_run(words, output, &cost, err);
	return rc == LL_OK && cost.status != 0 ? ll_fail(err, LL_E_INTERNAL, "reader failed") : rc;
}

static int check_peers(struct bench *bench, struct ll_error *err)
{
	static const char *const names[] = {"files", "samples", "v0", "v1", "v2", "v3"};
	char ours[1024], goroutines[1024], memstats[1024];
	const int rc =
		(bench_path(ours, bench->places.work, "parse.sums"), read_sample(bench, ours, err));

	if (rc < 0)
		return rc;
	for (size_t i = 0; i < LL_COUNT(names); i++) {
		compare(bench, STEP_PARSE, names[i], ours, names[i]);
		compare(bench, STEP_PARSE_GOGC, names[i], ours, names[i]);
	}
	bench_path(goroutines, bench->places.corpus, "goroutine.sums");
	compare(bench, STEP_TEXT, "goroutines", goroutines, "samples");
	compare(bench, STEP_LINES, "content", goroutines, "content");
	if (!bench->records[STEP_PANICPARSE].skipped)
		void_it(bench, bench_step_name(STEP_PANICPARSE), "goroutines",
		        number_of(bench, STEP_PANICPARSE, "goroutines"),
		        (int64_t)bench->records[STEP_PANICPARSE].files *
		                bench_number_in(goroutines, "samples") /
		                bench_number_in(goroutines, "files"));
	bench_path(memstats, bench->places.corpus, "memstats.sums");
	compare(bench, STEP_MEMSTATS, "heap_alloc", memstats, "v0");
	compare(bench, STEP_GO_MEMSTATS, "heap_alloc", memstats, "v0");
	return LL_OK;
}

/* Numbers of the first row, compared with the named sums. */
static int ask(struct bench *bench, struct ll_ledger *ledger, const char *who, const char *sql,
               const char *sums, const char *const *names, size_t count, struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	int rc = ll_stmt_prepare(ledger, ll_str(sql), &stmt, err);

	if (rc == LL_OK)
		rc = ll_stmt_step(stmt, err);
	if (rc < 0)
		return rc;
	for (size_t i = 0; i < count; i++)
		void_it(bench, who, names[i], ll_stmt_i64(stmt, (int)i),
		        bench_number_in(sums, names[i]));
	return LL_OK;
}

static int open_ledger(const struct bench *bench, const char *name,
                       struct ll_resources **ret_resources, struct ll_ledger **ret_ledger,
                       struct ll_error *err)
{
	char path[1024], file[64];
	const int rc = ll_resources_open(NULL, ret_resources, err);

	(void)snprintf(file, sizeof file, "%s.db", name);
	bench_path(path, bench->places.work, file);
	return rc < 0 ? rc : ll_ledger_open(path, LL_LEDGER_READ, *ret_resources, ret_ledger, err);
}

/* Small services: all their captures are there, and each service was judged. */
static int check_small(struct bench *bench, const char *name, struct ll_error *err)
{
	static const char *const sums_names[] = {"files", "v0"};
	LL_CLEANUP(ll_resources_closep) struct ll_resources *resources = NULL;
	LL_CLEANUP(ll_ledger_closep) struct ll_ledger *ledger = NULL;
	char sums[1024], file[64];
	const int rc = open_ledger(bench, name, &resources, &ledger, err);

	(void)snprintf(file, sizeof file, "%s.sums", name);
	bench_path(sums, bench->places.corpus, file);
	return rc < 0 ? rc
	              : ask(bench, ledger, name,
	                    "SELECT count(*) FILTER (WHERE s.is_dirty = 0), sum(m.heap_alloc)"
	                    " FROM capture AS c JOIN memstats AS m USING (capture_id)"
	                    " JOIN service AS s USING (service_id)",
	                    sums, sums_names, LL_COUNT(sums_names), err);
}

static int check_ledger(struct bench *bench, const char *name, bool has_stacks,
                        struct ll_error *err)
{
	static const char *const captures[] = {"files", "samples", "stacks"};
	static const char *const values[] = {"v0", "v1", "v2", "v3"};
	static const char totals_sql[] =
		"SELECT sum(value) FILTER (WHERE type = 'alloc_objects'),"
		"       sum(value) FILTER (WHERE type = 'alloc_space'),"
		"       sum(value) FILTER (WHERE type = 'inuse_objects'),"
		"       sum(value) FILTER (WHERE type = 'inuse_space') FROM total";
	LL_CLEANUP(ll_resources_closep) struct ll_resources *resources = NULL;
	LL_CLEANUP(ll_ledger_closep) struct ll_ledger *ledger = NULL;
	char sums[1024], file[64];
	int rc = open_ledger(bench, name, &resources, &ledger, err);

	(void)snprintf(file, sizeof file, "%s.sums", name);
	bench_path(sums, bench->places.corpus, file);
	if (rc == LL_OK)
		rc = ask(bench, ledger, "ledger",
		         "SELECT count(*), sum(samples), (SELECT count(*) FROM stack) FROM capture",
		         sums, captures, has_stacks ? 3 : 2, err);
	if (rc == LL_OK)
		rc = ask(bench, ledger, "ledger's totals", totals_sql, sums, values, VALUES, err);
	if (rc == LL_OK)
		rc = ask(bench, ledger, "ledger's series",
		         "SELECT sum(v0), sum(v1), sum(v2), sum(v3) FROM sample", sums, values,
		         VALUES, err);
	return rc;
}

/* How many samples the whole set has, and the service that gets captures in the night. */
static int count_samples(struct bench *bench, struct ll_error *err)
{
	static const char sql[] =
		"SELECT sum(c.samples) FILTER (WHERE s.name = '" BENCH_NIGHT_SERVICE
		"'), sum(c.samples) FROM capture AS c"
		" JOIN service AS s USING (service_id)";
	LL_CLEANUP(ll_resources_closep) struct ll_resources *resources = NULL;
	LL_CLEANUP(ll_ledger_closep) struct ll_ledger *ledger = NULL;
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	int rc = open_ledger(bench, "night", &resources, &ledger, err);

	if (rc == LL_OK)
		rc = ll_stmt_prepare(ledger, ll_str(sql), &stmt, err);
	if (rc == LL_OK)
		rc = ll_stmt_step(stmt, err);
	if (rc < 0)
		return rc;
	bench->night_samples = ll_stmt_i64(stmt, 0);
	bench->samples = ll_stmt_i64(stmt, 1);
	return LL_OK;
}

int bench_check(struct bench *bench, struct ll_error *err)
{
	char path[1024];
	struct stat info;
	int rc = check_peers(bench, err);

	void_it(bench, "rows", "sum", number_of(bench, STEP_TABLE_ROWS, "sum"),
	        number_of(bench, STEP_PREPARED_ROWS, "sum"));
	if (rc == LL_OK)
		rc = count_samples(bench, err);

	if (rc == LL_OK)
		rc = check_ledger(bench, "heap", true, err);
	if (rc == LL_OK && !bench->records[STEP_REAL].skipped)
		rc = check_ledger(bench, "real", false, err);
	if (rc == LL_OK)
		rc = check_small(bench, "few", err);
	if (rc == LL_OK)
		rc = check_small(bench, "many", err);
	bench_path(path, bench->places.work, "heap.db");
	if (rc == LL_OK && stat(path, &info) == 0)
		bench->ledger_bytes = info.st_size;
	return rc;
}
