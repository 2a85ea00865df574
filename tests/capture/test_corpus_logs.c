/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Real logs: what each kind of text in the corpus gives, and what the ones without a capture are
 * called. (Goroutine and GC totals against the oracle: test_corpus_pprof.c.)
 */
#include "corpus.h"
#include "facts.h"

#include <time.h>

enum {
	SECONDS_PER_FILE = 2, /* of processor time, whatever the build */
};

struct logs {
	const char *path;
	struct ll_facts facts;
	struct ll_buf bytes;
	struct ll_error err;
};

static int set_up(void **state)
{
	struct logs *const logs = ll_calloc(1, sizeof *logs);

	logs->path = ll_test_corpus();
	ll_facts_init(&logs->facts);
	ll_buf_init(&logs->bytes, (size_t)1 << 30);
	*state = logs;
	return 0;
}

static int tear_down(void **state)
{
	struct logs *const logs = *state;

	ll_facts_done(&logs->facts);
	ll_buf_done(&logs->bytes);
	free(logs);
	return 0;
}

static int read_file(struct logs *logs, struct ll_str path)
{
	const clock_t before = clock();
	int rc;

	ll_facts_clear(&logs->facts);
	ll_error_clear(&logs->err);
	ll_corpus_read(logs->path, path, &logs->bytes);
	rc = ll_facts_read(&logs->facts, ll_buf_str(&logs->bytes), "x.log", &logs->err);
	assert_true(clock() - before < (clock_t)SECONDS_PER_FILE * CLOCKS_PER_SEC);
	return rc;
}

static bool is_kind(const struct ll_table *table, const char *kind)
{
	return ll_str_equal(ll_table_cell(table, "kind"), ll_str(kind));
}

static size_t count_of(struct ll_str text, const char *words)
{
	size_t count = 0;

	for (;;) {
		const size_t at = ll_str_find(text, words);

		if (at == SIZE_MAX)
			return count;
		count++;
		text = ll_str_from(text, at + 1);
	}
}

/*
 * The oracle counts lines with "Kill process" or "Killed process"; kernels before 5.1 write both
 * for one kill. One log has an invocation and no kill.
 */
static void every_kill_of_every_kernel_is_one_event(void **state)
{
	struct logs *const logs = *state;
	struct ll_table oracle;
	size_t seen = 0;

	if (!logs->path)
		skip();
	ll_table_open(&oracle, logs->path, "ORACLE_TEXT.tsv");
	while (ll_table_next(&oracle)) {
		const struct ll_str json = ll_table_cell(&oracle, "counts_json");
		int64_t kills = 0, lines;

		if (!is_kind(&oracle, "oom-kernel-log"))
			continue;
		seen++;
		assert_ok(read_file(logs, ll_table_cell(&oracle, "path")), &logs->err);
		for (size_t i = 0; i < logs->facts.count; i++) {
			assert_int_equal(logs->facts.captures[i].kind, LL_KIND_KILL);
			kills += (int64_t)logs->facts.captures[i].kills;
		}
		lines = kills + (int64_t)count_of(ll_buf_str(&logs->bytes), " or sacrifice child");
		assert_int_equal(lines, ll_corpus_json_number(json, "killed"));
		assert_int_equal(logs->facts.count, ll_corpus_json_number(json, "invoked"));
	}
	ll_table_done(&oracle);

	assert_int_equal(seen, 6);
}

static void every_row_of_a_table_of_tasks_is_kept(void **state)
{
	static const struct {
		const char *path;
		size_t tasks;
		const char *fact;
	} rows[] = {
		{"google__cadvisor/@c806d603/utils/oomparser/systemOomExampleLog.txt", 28,
	         "task badsysprogram adj=0 pid=1532 uid=1020 total_vm=1680781312 rss=1633525760 "
	         "page_tables=3227648 swap=0"},
		{"google__cadvisor/@c806d603/utils/oomparser/containerOomExampleLog.txt", 1,
	         "task memorymonster adj=0 pid=13536 uid=275858 total_vm=34364059648 rss=1404928 "
	         "page_tables=66629632 swap=34096439296"},
		{"CarstenGrohmann__OOMAnalyser/OOMAnalyser.py.extracted-3.log", 23,
	         "task unattended-upgr adj=0 pid=651 uid=0 total_vm=110612480 rss=21430272 "
	         "page_tables=106496 swap=0"},
	};
	struct logs *const logs = *state;

	if (!logs->path)
		skip();
	for (size_t i = 0; i < LL_COUNT(rows); i++) {
		assert_ok(read_file(logs, ll_str(rows[i].path)), &logs->err);
		assert_int_equal(logs->facts.captures[0].tasks, rows[i].tasks);
		assert_fact(&logs->facts, rows[i].fact);
	}
}

static void logs_without_a_capture_are_called_what_they_are(void **state)
{
	struct logs *const logs = *state;
	struct ll_table manifest;
	size_t crashes = 0, builds = 0;

	if (!logs->path)
		skip();
	ll_table_open(&manifest, logs->path, "MANIFEST.tsv");
	while (ll_table_next(&manifest)) {
		const bool is_crash = is_kind(&manifest, "crash-report-no-goroutines");
		const bool is_build = is_kind(&manifest, "build-log-no-goroutines");

		if (!is_crash && !is_build)
			continue;
		crashes += is_crash;
		builds += is_build;
		assert_int_equal(read_file(logs, ll_table_cell(&manifest, "local_path")),
		                 LL_E_FORMAT);
		if (is_build)
			assert_string_equal(logs->err.text,
			                    "a build or test log: no goroutine dump, GC trace or "
			                    "kill in it");
		else
			assert_true(strstr(logs->err.text, "crash") ||
			            strstr(logs->err.text, "race detector"));
	}
	ll_table_done(&manifest);

	assert_true(crashes == 11 && builds == 4);
}

/* A plug-in's crash in another program's log: behind that program's prefix, known as a panic. */
static void crashes_of_plug_ins_are_panics_with_their_time(void **state)
{
	struct logs *const logs = *state;

	if (!logs->path)
		skip();
	assert_ok(read_file(logs, ll_str("peertransfer__terraform-provider-dkron/@e1d5fd6b/"
	                                 "terraform/crash.log.from-panic.txt")),
	          &logs->err);
	assert_int_equal(logs->facts.count, 1);
	assert_true(ll_str_equal(logs->facts.captures[0].variant, ll_str("panic")));
	assert_int_equal(logs->facts.captures[0].time_ns, INT64_C(1552032626808000000));
	assert_ok(read_file(logs, ll_str("evanwieren__APM_aws2015_hackathon/@0cbd497f/terraform/"
	                                 "crash.log.from-panic.txt")),
	          &logs->err);
	assert_int_equal(logs->facts.count, 1);
	assert_true(ll_str_equal(logs->facts.captures[0].variant, ll_str("panic")));
	assert_int_equal(logs->facts.captures[0].time_ns, INT64_C(1444136152000000000));
}

#define test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(every_kill_of_every_kernel_is_one_event),
		test(every_row_of_a_table_of_tasks_is_kept),
		test(logs_without_a_capture_are_called_what_they_are),
		test(crashes_of_plug_ins_are_panics_with_their_time),
	};

	return cmocka_run_group_tests_name("capture.corpus_logs", tests, NULL, NULL);
}
