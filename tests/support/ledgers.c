/* SPDX-License-Identifier: Apache-2.0 */
/* ledgers.c - see ledgers.h. */
#include "ledgers.h"

#include <leakledger/file.h>

/* --------------------------------------------------------------------- opening */

static char *below(const char *directory, const char *name)
{
	const size_t size = strlen(directory) + strlen(name) + 2;
	char *const path = ll_malloc(size);

	(void)snprintf(path, size, "%s/%s", directory, name);
	return path;
}

void test_ledger_open(struct test_ledger *t, const char *overrides)
{
	struct ll_error err = LL_ERROR_INIT;

	memset(t, 0, sizeof *t);
	t->directory = ll_test_scratch();
	t->root = below(t->directory, "in");
	t->path = below(t->directory, "ledger.db");
	assert_ok(ll_file_mkdirs(t->root, &err), &err);
	assert_ok(ll_resources_open(overrides, &t->resources, &err), &err);
	test_ledger_reopen(t, LL_LEDGER_WRITE);
}

void test_ledger_done(struct test_ledger *t)
{
	ll_ledger_close(t->ledger);
	ll_resources_close(t->resources);
	free(t->root);
	free(t->path);
	ll_test_scratch_done(t->directory);
}

void test_ledger_reopen(struct test_ledger *t, enum ll_ledger_mode mode)
{
	struct ll_error err = LL_ERROR_INIT;

	ll_ledger_close(t->ledger);
	t->ledger = NULL;
	assert_ok(ll_ledger_open(t->path, mode, t->resources, &t->ledger, &err), &err);
}

/* --------------------------------------------------------------------- filling */

void test_ledger_write(struct test_ledger *t, const char *name, struct ll_str bytes)
{
	free(ll_test_write(t->root, name, bytes));
}

struct ll_ingest_result test_ledger_ingest_root(struct test_ledger *t, const char *root,
                                                size_t jobs)
{
	const struct ll_ingest_options options = {
		.roots = &root,
		.root_count = 1,
		.jobs = jobs,
		.limits = ll_limits_default,
		.version = "test",
	};
	struct ll_ingest_result result;
	struct ll_error err = LL_ERROR_INIT;

	assert_ok(ll_ingest(t->ledger, &options, &result, &err), &err);
	return result;
}

struct ll_ingest_result test_ledger_ingest(struct test_ledger *t, size_t jobs)
{
	return test_ledger_ingest_root(t, t->root, jobs);
}

struct ll_analyze_result test_ledger_analyze(struct test_ledger *t)
{
	const struct ll_analyze_options options = {.time_limit_ns = 60 * LL_NS_PER_S};
	struct ll_analyze_result result;
	struct ll_error err = LL_ERROR_INIT;

	assert_ok(ll_analyze(t->ledger, &options, &result, &err), &err);
	return result;
}

/* ---------------------------------------------------------------------- asking */

int64_t test_ledger_i64(struct test_ledger *t, const char *sql)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	struct ll_error err = LL_ERROR_INIT;

	assert_ok(ll_stmt_prepare(t->ledger, ll_str(sql), &stmt, &err), &err);
	assert_int_equal(ll_stmt_step(stmt, &err), 1);
	return ll_stmt_i64(stmt, 0);
}

void test_ledger_rows(struct test_ledger *t, const char *sql, struct ll_buf *to)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	struct ll_error err = LL_ERROR_INIT;
	int rc;

	assert_ok(ll_stmt_prepare(t->ledger, ll_str(sql), &stmt, &err), &err);
	while ((rc = ll_stmt_step(stmt, &err)) > 0) {
		for (int i = 0; i < ll_stmt_columns(stmt); i++) {
			ll_buf_puts(to, i > 0 ? "|" : "");
			ll_buf_put_str(to, ll_stmt_text(stmt, i));
		}
		ll_buf_putc(to, '\n');
	}
	assert_ok(rc, &err);
}

void test_ledger_assert_rows(struct test_ledger *t, const char *sql, const char *expected,
                             const char *file, int line)
{
	struct ll_buf rows;

	ll_buf_init(&rows, LL_BUF_PAGE);
	test_ledger_rows(t, sql, &rows);
	if (!ll_str_equal(ll_buf_str(&rows), ll_str(expected)))
		print_error("%s:%d: %s\nis:\n%snot:\n%s", file, line, sql, rows.data, expected);
	_assert_true(ll_str_equal(ll_buf_str(&rows), ll_str(expected)), "rows", file, line);
	ll_buf_done(&rows);
}

/* --------------------------------------------------------------------- exports */

/* Of a stack, the text of its frames; of a capture, the hash of its bytes and its part. */
#define STACK_TEXT(alias)                                                                          \
	"(SELECT group_concat(t.place, ' < ') FROM (SELECT sf.function || '@' || sf.file || ':'"   \
	" || sf.line AS place FROM stack_frame AS sf WHERE sf.service_id = " alias                 \
	".service_id AND sf.stack_id = " alias ".stack_id ORDER BY sf.position) AS t)"
#define CAPTURE_NAME "lower(hex(ct.hash)) || '/' || c.part"
#define FROM_CAPTURE " JOIN capture AS c USING (capture_id) JOIN content AS ct USING (content_id)"

static const char *const fact_queries[] = {
	"SELECT path, member, part, hash, size, kind, format, variant, service, instance, build,"
	" time_ns, time_source, lifetime, status, reason, identity_rule, totals"
	" FROM v_capture ORDER BY path, member, part",

	"SELECT " CAPTURE_NAME ", " STACK_TEXT(
		"x") ", x.block_size, w.value, x.v0, x.v1, x.v2, x.v3,"
		     " x.alloc_count, x.inuse_count FROM sample AS x" FROM_CAPTURE
		     " LEFT JOIN word AS w ON w.word_id = x.label_id ORDER BY 1, 2, 3, 4, 5, 6, 7, 8",

	"SELECT " CAPTURE_NAME ", x.ordinal, " STACK_TEXT(
		"x") ", s.value, w.value, x.count,"
		     " x.min_minutes, x.max_minutes, x.is_leaked, x.is_system, x.is_cut"
		     " FROM (SELECT g.*, gc.service_id FROM goroutine_group AS g"
		     " JOIN capture AS gc USING (capture_id)) AS x" FROM_CAPTURE
		     " JOIN word AS s ON s.word_id = x.state_id"
		     " LEFT JOIN word AS w ON w.word_id = x.label_id ORDER BY 1, 2",

	"SELECT " CAPTURE_NAME ", alloc, total_alloc, sys, mallocs, frees, heap_alloc, next_gc,"
	" last_gc, num_gc, ring_first, ring_first_ns, ring_last_ns, hex(ring) FROM memstats" FROM_CAPTURE
	" ORDER BY 1",

	"SELECT " CAPTURE_NAME ", x.number, x.end_ns, x.pause_ns, x.heap_live, x.is_forced,"
	" x.sweep_stop_ns, x.mark_ns, x.mark_stop_ns, x.stop_cpu_ns, x.worker_cpu_ns, x.idle_cpu_ns"
	" FROM gc_cycle AS x" FROM_CAPTURE " ORDER BY 1, 2",

	"SELECT " CAPTURE_NAME
	", f.value, x.line, x.\"column\", x.what, m.value FROM build_fact AS x" FROM_CAPTURE
	" JOIN word AS f ON f.word_id = x.file_id"
	" JOIN word AS m ON m.word_id = x.message_id ORDER BY 1, 2, 3, 4, 5, 6",

	"SELECT DISTINCT " STACK_TEXT(
		"x") ", x.block_size, w.value FROM alloc_entry AS x"
		     " JOIN word AS w ON w.word_id = x.entry_id ORDER BY 1, 2, 3",

	"SELECT s.name, i.name, l.ordinal, l.start_ns, l.first_ns, l.last_ns, l.build, l.begun_by"
	" FROM lifetime AS l JOIN service AS s USING (service_id)"
	" JOIN instance AS i USING (instance_id) ORDER BY 1, 2, 3",

	"SELECT " CAPTURE_NAME ", x.reason, x.detail, x.is_left_out FROM audit AS x" FROM_CAPTURE
	" ORDER BY 1, 2",

	"SELECT " CAPTURE_NAME ", x.position, x.text FROM note AS x" FROM_CAPTURE
	" ORDER BY 1, x.ordinal",

	"SELECT " CAPTURE_NAME
	", r.name, r.labels, r.value, r.time_ns FROM v_reading AS r" FROM_CAPTURE
	" ORDER BY 1, 2, 3, 4, 5",

	"SELECT " CAPTURE_NAME ", b.package, b.name, b.procs, b.iterations, b.unit, b.value"
	" FROM v_benchmark AS b" FROM_CAPTURE " ORDER BY 1, 2, 3, 4, 5, 6, 7",

	"SELECT " CAPTURE_NAME ", x.ordinal, x.time_ns, x.source, x.scope, x.process, x.host,"
	" x.cgroup, x.pod, x.container, x.text, x.pid, x.anon_rss, x.usage, x.limit_bytes"
	" FROM kill AS x" FROM_CAPTURE " ORDER BY 1, 2",

	"SELECT " CAPTURE_NAME ", x.ordinal, x.name, x.pid, x.rss FROM task AS x" FROM_CAPTURE
	" ORDER BY 1, 2",

	"SELECT " CAPTURE_NAME ", x.ordinal, x.what, x.service, x.instance, x.time_ns, x.name,"
	" x.value, x.note, x.number FROM declared AS x" FROM_CAPTURE " ORDER BY 1, 2",
};

static const char *const finding_queries[] = {
	"SELECT id, class, service, state, severity, score, kind, instances, function, file, line,"
	" wait_reason, uncapped_score, cap_reason, growth_bytes_per_day, growth_bytes_low,"
	" growth_bytes_high, growth_per_day, growth_low, growth_high, last_bytes, last_count,"
	" time_to_limit_ns, time_to_limit_reason, first_seen_ns, last_seen_ns, watched_ns, captures,"
	" lives, first_bad_build, summary, explanation, remedy, classic_score, evidence"
	" FROM v_finding ORDER BY id",

	"SELECT id, ordinal, kind, class, function, file, line, growth_bytes_per_day, growth_per_day"
	" FROM v_finding_place ORDER BY id, ordinal",

	"SELECT id, ordinal, place, analyzer, term, strength, weight, is_counted, class, detail, data"
	" FROM v_evidence ORDER BY id, ordinal",

	"SELECT id, ordinal, path, time_ns FROM v_evidence_capture ORDER BY id, ordinal, time_ns, path",

	"SELECT id, instance, lifetime, t_ns, value, is_judged FROM v_finding_series"
	" ORDER BY id, instance, lifetime, t_ns",

	"SELECT service, layer, status, reason, row_count, input, output FROM v_stage"
	" ORDER BY service, layer",
};

static void run_all(struct test_ledger *t, const char *const *queries, size_t count,
                    struct ll_buf *to)
{
	for (size_t i = 0; i < count; i++) {
		ll_buf_printf(to, "-- %zu\n", i);
		test_ledger_rows(t, queries[i], to);
	}
}

void test_ledger_export(struct test_ledger *t, struct ll_buf *to)
{
	run_all(t, fact_queries, LL_COUNT(fact_queries), to);
}

void test_ledger_export_content(struct test_ledger *t, struct ll_buf *to)
{
	static const char *const what[] = {
		"SELECT DISTINCT hash, part, kind, format, variant, service, instance, build, time_ns,"
		" time_source, time_zone_assumed, lifetime, identity_rule, build_source, totals,"
		" CASE WHEN capture_id IS NULL THEN reason END FROM v_capture WHERE hash IS NOT NULL"
		" ORDER BY hash, part",

		"SELECT s.name, i.name FROM service AS s LEFT JOIN instance AS i USING (service_id)"
		" ORDER BY 1, 2",
	};

	run_all(t, what, LL_COUNT(what), to);
	run_all(t, fact_queries + 1, LL_COUNT(fact_queries) - 1, to);
}

void test_ledger_export_findings(struct test_ledger *t, struct ll_buf *to)
{
	run_all(t, finding_queries, LL_COUNT(finding_queries), to);
}

void test_assert_same_text(struct ll_str expected, struct ll_str actual)
{
	for (size_t line = 1; expected.size > 0 || actual.size > 0; line++) {
		const struct ll_str left = ll_str_split(&expected, '\n');
		const struct ll_str right = ll_str_split(&actual, '\n');

		if (!ll_str_equal(left, right))
			fail_msg("line %zu is\n  %.*s\nnot\n  %.*s", line,
			         LL_STR_ARG(ll_str_first(right, 1500)),
			         LL_STR_ARG(ll_str_first(left, 1500)));
	}
}

int test_ledger_set_up(void **state)
{
	struct test_ledger *const t = ll_calloc(1, sizeof *t);

	test_ledger_open(t, NULL);
	*state = t;
	return 0;
}

int test_ledger_tear_down(void **state)
{
	test_ledger_done(*state);
	free(*state);
	return 0;
}
