/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_replay.c - replay counts alarms, nights, kills that were told before and alarms that were
 * false; rules of the user are found and fenced; a rule that cannot run costs nobody else anything.
 */
#include "case_ledger.h"

#define BEGIN_NS (INT64_C(1772323200) * LL_NS_PER_S) /* 2026-03-01T00:00:00Z */

static const char header[] = "-- id:         mine\n"
			     "-- title:      A rule of our own\n"
			     "-- unit:       captures\n"
			     "-- state:      on\n"
			     "-- asks:       memstats\n"
			     "-- params:     from=3\n"
			     "--\n"
			     "-- Why: because.\n"
			     "--\n"
			     "-- Blind spot: many.\n";

/* From the third capture of a service on. */
static const char statement[] =
	"SELECT m.service_id, m.instance_id, m.t_ns, m.heap_alloc > 0 AND "
	"row_number() OVER (ORDER BY m.instance_id, m.t_ns) >= :from AS fired, 1.5 AS value, "
	":from AS threshold, 'said' AS detail, json_array(m.capture_id) AS captures "
	"FROM v_moment AS m ORDER BY m.instance_id, m.t_ns";

static const char shop[] = "service shop\nprocess pod-1 captures=10 every=12h\n"
			   "memstats live=64M+8M\n";

struct own {
	char *directory; /* of overrides */
	struct test_ledger t;
};

static void open_with(struct own *own, const char *text, const char *case_text)
{
	struct test_case test_case;
	struct ll_error err = LL_ERROR_INIT;

	own->directory = ll_test_scratch();
	if (text)
		free(ll_test_write(own->directory, "sql/catalog/rules/mine.sql", ll_str(text)));
	test_ledger_open(&own->t, own->directory);
	assert_ok(test_case_parse(ll_str(case_text), &test_case, &err), &err);
	test_case_store(&test_case, &own->t);
	test_case_done(&test_case);
}

/* The user's rule with that statement, over one service. */
static void open_rule(struct own *own, const char *sql)
{
	char text[4096];

	(void)snprintf(text, sizeof text, "%s%s", header, sql);
	open_with(own, text, shop);
}

static void done(struct own *own)
{
	test_ledger_done(&own->t);
	ll_test_scratch_done(own->directory);
}

static int replay(struct own *own, struct ll_replay_options options,
                  struct ll_replay_result *result, struct ll_error *err)
{
	if (options.since_ns == 0)
		options.since_ns = LL_TIME_NONE;
	if (options.until_ns == 0)
		options.until_ns = LL_TIME_NONE;
	if (options.time_limit_ns == 0)
		options.time_limit_ns = 60 * LL_NS_PER_S;
	return ll_replay(own->t.ledger, &options, result, err);
}

static void replay_ok(struct own *own, struct ll_replay_options options)
{
	struct ll_replay_result result;
	struct ll_error err = LL_ERROR_INIT;

	assert_ok(replay(own, options, &result, &err), &err);
	if (result.failed > 0)
		fail_msg("%s", result.failure.text);
}

static void assert_refused(const char *sql, const char *words)
{
	struct own own;
	struct ll_replay_result result;
	struct ll_error err = LL_ERROR_INIT;

	open_rule(&own, sql);
	assert_int_equal(replay(&own, (struct ll_replay_options){.rule = NULL}, &result, &err),
	                 LL_E_USAGE);
	if (!strstr(err.text, "mine") || !strstr(err.text, words))
		fail_msg("'%s' does not say '%s'", err.text, words);
	done(&own);
}

/* ------------------------------------------------------------------- own rules */

static void a_rule_of_the_users_directory_is_found_and_counted(void **state)
{
	struct own own;

	(void)state;
	open_rule(&own, statement);

	replay_ok(&own, (struct ll_replay_options){.rule = "mine"});

	assert_rows(&own.t,
	            "SELECT id, CAST(looked AS INTEGER), CAST(fired AS INTEGER), nights,"
	            " CAST(alarms AS INTEGER), remark FROM replay_by_rule",
	            "mine|10|8|4|1|\n");
	assert_rows(&own.t, "SELECT firings, value, threshold, detail FROM replay_alarm",
	            "8|1.5|3.0|said\n");
	assert_rows(&own.t, "SELECT json_array_length(captures) FROM replay_alarm", "1\n");
	done(&own);
}

static void a_parameter_can_have_another_number(void **state)
{
	static const char *const overrides[] = {"from=9"};
	struct own own;

	(void)state;
	open_rule(&own, statement);

	replay_ok(&own, (struct ll_replay_options){
				.rule = "mine", .overrides = overrides, .override_count = 1});

	assert_rows(&own.t, "SELECT CAST(fired AS INTEGER) FROM replay_by_rule", "2\n");
	done(&own);
}

static void a_parameter_that_no_rule_has_is_refused(void **state)
{
	static const char *const overrides[][1] = {{"frm=9"}, {"from"}, {"from=nine"}, {"a=1,b=2"}};
	struct own own;

	(void)state;
	open_rule(&own, statement);
	for (size_t i = 0; i < LL_COUNT(overrides); i++) {
		struct ll_replay_result result;
		struct ll_error err = LL_ERROR_INIT;

		assert_int_equal(replay(&own,
		                        (struct ll_replay_options){.rule = "mine",
		                                                   .overrides = overrides[i],
		                                                   .override_count = 1},
		                        &result, &err),
		                 LL_E_USAGE);
		assert_non_null(strstr(err.text, "parameter"));
	}
	done(&own);
}

static void only_firings_of_the_asked_time_count(void **state)
{
	struct own own;

	(void)state;
	open_rule(&own, statement);

	replay_ok(&own, (struct ll_replay_options){.rule = "mine",
	                                           .since_ns = BEGIN_NS + 2 * LL_NS_PER_DAY,
	                                           .until_ns = BEGIN_NS + 3 * LL_NS_PER_DAY});

	assert_rows(&own.t,
	            "SELECT CAST(looked AS INTEGER), CAST(fired AS INTEGER), nights"
	            " FROM replay_by_rule",
	            "2|2|1\n");
	done(&own);
}

static void a_rule_like_another_one_has_its_statement_and_own_numbers(void **state)
{
	static const char text[] = "-- id:         mine\n-- title:      Gentler\n"
				   "-- unit:       bytes\n-- state:      on\n"
				   "-- asks:       memstats\n-- like:       seed_l1\n"
				   "-- params:     min_mib=9, min_objects=1000, k=1, n=1\n"
				   "--\n-- Why: because.\n--\n-- Blind spot: many.\n";
	struct own own;

	(void)state;
	open_with(&own, text, shop);

	replay_ok(&own, (struct ll_replay_options){.rule = "mine"});

	/* 10 MiB each time, as HeapAlloc is 1.25 times what is alive */
	assert_rows(&own.t,
	            "SELECT CAST(fired AS INTEGER), CAST(looked AS INTEGER) FROM replay_by_rule",
	            "9|9\n");
	done(&own);
}

/* ---------------------------------------------------------------- broken rules */

static void a_rule_that_would_write_is_refused(void **state)
{
	(void)state;
	assert_refused("DELETE FROM capture", "not authorized");
	assert_refused("SELECT 1; SELECT 2", "exactly one SELECT");
	assert_refused("SELECT load_extension('x')", "");
	assert_refused("SELECT * FROM pragma_optimize", "");
}

static void a_rule_without_the_columns_or_with_bad_sql_is_refused(void **state)
{
	(void)state;
	assert_refused("SELECT 1 AS service_id", "no column 'instance_id'");
	assert_refused("SELECT * FROM nothing_of_the_kind", "no such table");
}

static void a_header_that_lacks_something_is_refused_with_the_files_name(void **state)
{
	static const struct {
		const char *line, *words;
	} lines[] = {
		{"-- id:", "its id must be 'mine'"},
		{"-- title:", "no title"},
		{"-- unit:", "no unit"},
		{"-- state:", "no state"},
		{"-- asks:", "no asks"},
		{"-- Why:", "'Why:'"},
		{"-- Blind spot:", "'Blind spot:'"},
	};

	(void)state;
	for (size_t i = 0; i < LL_COUNT(lines); i++) {
		struct ll_resources *resources = NULL;
		struct ll_rules *rules = NULL;
		struct ll_error err = LL_ERROR_INIT;
		char *const directory = ll_test_scratch();
		char text[sizeof header];

		memcpy(text, header, sizeof text);
		memset(strstr(text, lines[i].line) + 3, 'x', 2);
		free(ll_test_write(directory, "sql/catalog/rules/mine.sql", ll_str(text)));
		assert_ok(ll_resources_open(directory, &resources, &err), &err);

		assert_int_equal(ll_rules_open(resources, &rules, &err), LL_E_USAGE);

		assert_non_null(strstr(err.text, "sql/catalog/rules/mine.sql"));
		if (!strstr(err.text, lines[i].words))
			fail_msg("'%s' does not say '%s'", err.text, lines[i].words);
		ll_resources_close(resources);
		ll_test_scratch_done(directory);
	}
}

static void an_input_that_does_not_exist_is_refused(void **state)
{
	struct own own;
	struct ll_replay_result result;
	struct ll_error err = LL_ERROR_INIT;
	char text[4096];

	(void)state;
	(void)snprintf(text, sizeof text, "%s%s", header, statement);
	memcpy(strstr(text, "memstats"), "memstuff", 8);
	open_with(&own, text, shop);

	assert_int_equal(replay(&own, (struct ll_replay_options){.rule = "mine"}, &result, &err),
	                 LL_E_USAGE);

	assert_non_null(strstr(err.text, "'memstuff', which is no input"));
	done(&own);
}

static void rows_out_of_order_and_times_that_are_none_fail_that_rule_alone(void **state)
{
	static const struct {
		const char *order, *words;
	} rules[] = {
		{"SELECT 1 AS service_id, 1 AS instance_id, 9 - value AS t_ns, 1 AS fired,"
	         " 1 AS value, 1 AS threshold, '' AS detail, '[]' AS captures"
	         " FROM json_each('[1, 2]')",
	         "must order its rows"},
		{"SELECT 1 AS service_id, 1 AS instance_id, 'now' AS t_ns, 1 AS fired,"
	         " 1 AS value, 1 AS threshold, '' AS detail, '[]' AS captures",
	         "no time in nanoseconds"},
		{"WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n)"
	         " SELECT 1 AS service_id, 1 AS instance_id, max(i) AS t_ns, 1 AS fired,"
	         " 1 AS value, 1 AS threshold, '' AS detail, '[]' AS captures FROM n",
	         "took too long"},
	};

	(void)state;
	for (size_t i = 0; i < LL_COUNT(rules); i++) {
		struct own own;
		struct ll_replay_result result;
		struct ll_error err = LL_ERROR_INIT;

		open_rule(&own, rules[i].order);
		assert_ok(replay(&own, (struct ll_replay_options){.time_limit_ns = LL_NS_PER_S / 5},
		                 &result, &err),
		          &err);
		assert_int_equal(result.failed, 1);
		assert_non_null(strstr(result.failure.text, rules[i].words));
		assert_rows(&own.t, "SELECT remark <> '' FROM replay_by_rule WHERE id = 'mine'",
		            "1\n");
		assert_rows(&own.t,
		            "SELECT CAST(fired AS INTEGER) FROM replay_by_rule"
		            " WHERE id = 'seed_l1'",
		            "8\n");
		done(&own);
	}
}

static void a_rule_may_take_json_apart(void **state)
{
	struct own own;

	(void)state;
	open_rule(&own, "SELECT 1 AS service_id, 1 AS instance_id, j.value AS t_ns, 1 AS fired,"
	                " 1 AS value, 1 AS threshold, '' AS detail, '[]' AS captures"
	                " FROM json_each('[1, 2, 3]') AS j ORDER BY j.value");

	replay_ok(&own, (struct ll_replay_options){.rule = "mine"});

	assert_rows(&own.t, "SELECT firings FROM replay_alarm", "3\n");
	done(&own);
}

static void captures_that_are_no_json_are_none(void **state)
{
	struct own own;

	(void)state;
	open_rule(&own, "SELECT 1 AS service_id, NULL AS instance_id, 1 AS t_ns, 1 AS fired,"
	                " NULL AS value, 1 AS threshold, NULL AS detail, '[1' AS captures");

	replay_ok(&own, (struct ll_replay_options){.rule = "mine"});

	assert_rows(&own.t,
	            "SELECT captures, value IS NULL, detail, instance_id IS NULL FROM replay_alarm",
	            "[]|1||1\n");
	done(&own);
}

/* ------------------------------------------------------------ what came of it */

static void put_kill(struct own *own, const char *source, const char *process, const char *pod,
                     int64_t time_ns)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	struct ll_error err = LL_ERROR_INIT;

	assert_ok(ll_stmt_prepare(
			  own->t.ledger,
			  ll_str("INSERT INTO kill (capture_id, ordinal, time_ns, source, scope,"
	                         " process, host, cgroup, limiting, pod, container, text)"
	                         " SELECT 1, count(*), :time_ns, :source, '', :process, '', '', '',"
	                         " :pod, '', 'Killed process' FROM kill"),
			  &stmt, &err),
	          &err);
	ll_stmt_bind_i64(stmt, ":time_ns", time_ns);
	ll_stmt_bind_text(stmt, ":source", ll_str(source));
	ll_stmt_bind_text(stmt, ":process", ll_str(process));
	ll_stmt_bind_text(stmt, ":pod", ll_str(pod));
	assert_ok(ll_stmt_step(stmt, &err), &err);
}

/* A second service, so that kills which name it do not befall the first. */
static const char two_services[] = "service menu\nprocess menu-1 captures=10 every=12h\n"
				   "memstats live=60M\n"
				   "service shop\nprocess pod-1 captures=10 every=12h\n"
				   "memstats live=64M+8M\n";

static void an_alarm_before_a_kill_has_a_lead(void **state)
{
	struct own own;

	(void)state;
	open_with(&own, NULL, two_services);
	put_kill(&own, "kernel", "shop", "", BEGIN_NS + 4 * LL_NS_PER_DAY);
	put_kill(&own, "kubernetes", "", "pod-1", BEGIN_NS + 4 * LL_NS_PER_DAY + 90 * LL_NS_PER_S);
	assert_rows(&own.t, "SELECT count(*) FROM v_incident WHERE service = 'shop'", "1\n");

	replay_ok(&own, (struct ll_replay_options){.rule = "seed_l1", .service = "shop"});

	/* It fires from the third capture on: a day after the first. */
	assert_rows(&own.t,
	            "SELECT incidents, announced, lead_ns / 3600000000000,"
	            " CAST(quiet_services AS INTEGER) FROM replay_by_rule",
	            "1|1|72|0\n");
	done(&own);
}

static void a_kill_without_an_alarm_before_it_is_missed(void **state)
{
	struct own own;

	(void)state;
	open_with(&own, NULL, two_services);
	put_kill(&own, "kernel", "shop", "", BEGIN_NS + 13 * LL_NS_PER_HOUR);

	replay_ok(&own, (struct ll_replay_options){.rule = "seed_water_sys", .service = "shop"});

	assert_rows(&own.t, "SELECT incidents, announced, lead_ns IS NULL FROM replay_by_rule",
	            "1|0|1\n");
	done(&own);
}

static void alarms_on_quiet_services_are_false_and_none_has_an_upper_bound(void **state)
{
	struct own own;

	(void)state;
	open_with(&own, NULL, two_services);

	replay_ok(&own, (struct ll_replay_options){.rule = "seed_l1"});
	/* One alarm; two services of 4.5 days. */
	assert_rows(&own.t,
	            "SELECT CAST(quiet_services AS INTEGER), CAST(false_alarms AS INTEGER),"
	            " round(false_a_week, 4), false_most IS NULL FROM replay_by_rule",
	            "2|1|0.7778|1\n");
	replay_ok(&own, (struct ll_replay_options){.rule = "seed_l1", .service = "menu"});
	assert_rows(&own.t,
	            "SELECT CAST(false_alarms AS INTEGER), false_a_week, round(false_most, 4)"
	            " FROM replay_by_rule",
	            "0|0.0|4.6667\n");
	done(&own);
}

static void open_findings_are_known_problems(void **state)
{
	static const char leak[] =
		"service shop\nprocess pod-1 captures=24\n"
		"heap shop.put@/src/shop/shop.go:31 < main.main@/src/shop/main.go:9"
		" | size=65536; live=100+20\nmemstats live=64M+8M\n";
	struct own own;

	(void)state;
	open_with(&own, NULL, leak);
	assert_int_equal(test_ledger_analyze(&own.t).findings, 1);

	replay_ok(&own, (struct ll_replay_options){.rule = "seed_l1"});
	assert_rows(&own.t,
	            "SELECT problems, noticed, CAST(quiet_services AS INTEGER) FROM replay_by_rule",
	            "1|1|0\n");
	replay_ok(&own, (struct ll_replay_options){.rule = "seed_trend"});
	assert_rows(&own.t, "SELECT problems, noticed, delay_ns IS NULL FROM replay_by_rule",
	            "1|0|1\n");
	done(&own);
}

/* Replays all rules over the service and appends what they said. */
static void save(struct own *own, struct ll_replay *replay, int64_t service_id, const char *name,
                 struct ll_buf *said)
{
	struct ll_replay_result result = {.rules = 0};
	struct ll_error err = LL_ERROR_INIT;

	assert_ok(ll_scope_open(own->t.ledger, service_id, false, &err), &err);
	assert_ok(ll_replay_service(replay, service_id, name, &result, &err), &err);
	ll_buf_init(said, LL_BUF_PAGE);
	assert_ok(ll_replay_save(replay, service_id, said, &err), &err);
}

static void what_was_saved_of_services_adds_up_as_if_they_were_replayed_together(void **state)
{
	const struct ll_replay_options options = {.since_ns = LL_TIME_NONE,
	                                          .until_ns = LL_TIME_NONE,
	                                          .time_limit_ns = 60 * LL_NS_PER_S};
	struct ll_buf together, apart, said[2];
	struct ll_replay *replay = NULL;
	struct ll_error err = LL_ERROR_INIT;
	struct own own;

	(void)state;
	open_with(&own, NULL, two_services);
	put_kill(&own, "kernel", "shop", "", BEGIN_NS + 4 * LL_NS_PER_DAY);
	ll_buf_init(&together, LL_BUF_PAGE);
	ll_buf_init(&apart, LL_BUF_PAGE);
	replay_ok(&own, (struct ll_replay_options){.rule = NULL});
	test_ledger_rows(&own.t, "SELECT * FROM replay_by_rule ORDER BY id", &together);

	assert_ok(ll_replay_open(own.t.ledger, &options, &replay, &err), &err);
	save(&own, replay, 1, "shop", &said[0]);
	save(&own, replay, 2, "menu", &said[1]);
	assert_ok(ll_replay_clear(replay, &err), &err);
	for (size_t i = 0; i < LL_COUNT(said); i++)
		assert_ok(ll_replay_load(replay, ll_buf_str(&said[i]), &err), &err);
	test_ledger_rows(&own.t, "SELECT * FROM replay_by_rule ORDER BY id", &apart);

	assert_true(together.size > 1000);
	test_assert_same_text(ll_buf_str(&together), ll_buf_str(&apart));
	ll_replay_close(replay);
	ll_buf_done(&together);
	ll_buf_done(&apart);
	ll_buf_done(&said[0]);
	ll_buf_done(&said[1]);
	done(&own);
}

static void of_a_damaged_text_nothing_is_added(void **state)
{
	static const char *const damaged[] = {
		"",
		"{",
		"[]",
		"{\"rules\": 7}",
		"{\"service_id\": 1, \"rules\": [{\"id\": \"seed_l1\"}]}",
		"{\"service_id\": 1, \"rules\": [null, 3, {\"id\": [\"seed_l1\"]}]}",
	};
	const struct ll_replay_options options = {.since_ns = LL_TIME_NONE,
	                                          .until_ns = LL_TIME_NONE};
	struct ll_replay *replay = NULL;
	struct ll_error err = LL_ERROR_INIT;
	struct own own;

	(void)state;
	open_with(&own, NULL, two_services);
	assert_ok(ll_scope_open(own.t.ledger, LL_SCOPE_NOTHING, false, &err), &err);
	assert_ok(ll_replay_open(own.t.ledger, &options, &replay, &err), &err);
	assert_ok(ll_replay_clear(replay, &err), &err);

	for (size_t i = 0; i < LL_COUNT(damaged); i++)
		assert_ok(ll_replay_load(replay, ll_str(damaged[i]), &err), &err);

	assert_rows(&own.t, "SELECT count(*) FROM replay_said", "0\n");
	ll_replay_close(replay);
	done(&own);
}

static void two_replays_of_one_ledger_say_the_same(void **state)
{
	struct own own;
	struct ll_buf first, second;

	(void)state;
	open_with(&own, NULL, two_services);
	ll_buf_init(&first, LL_BUF_PAGE);
	ll_buf_init(&second, LL_BUF_PAGE);
	replay_ok(&own, (struct ll_replay_options){.rule = NULL});
	test_ledger_rows(&own.t, "SELECT * FROM replay_by_rule", &first);
	test_ledger_rows(&own.t, "SELECT * FROM replay_alarm", &first);
	replay_ok(&own, (struct ll_replay_options){.rule = NULL});
	test_ledger_rows(&own.t, "SELECT * FROM replay_by_rule", &second);
	test_ledger_rows(&own.t, "SELECT * FROM replay_alarm", &second);

	assert_true(first.size > 1000);
	test_assert_same_text(ll_buf_str(&first), ll_buf_str(&second));
	ll_buf_done(&first);
	ll_buf_done(&second);
	done(&own);
}

static void a_replay_stores_nothing(void **state)
{
	struct own own;

	(void)state;
	open_with(&own, NULL, shop);

	replay_ok(&own, (struct ll_replay_options){.rule = NULL});

	assert_rows(&own.t, "SELECT count(*) FROM main.sqlite_schema WHERE name LIKE 'replay%'",
	            "0\n");
	assert_rows(&own.t, "SELECT count(*) FROM finding", "0\n");
	done(&own);
}

/* Rules are prepared once for all services, and the fence is around that. */
static void a_rule_that_would_write_is_refused_over_each_service(void **state)
{
	const struct ll_replay_options options = {.since_ns = LL_TIME_NONE,
	                                          .until_ns = LL_TIME_NONE,
	                                          .time_limit_ns = 60 * LL_NS_PER_S};
	struct ll_replay *replay = NULL;
	struct ll_error err = LL_ERROR_INIT;
	struct own own;
	char text[4096];

	(void)state;
	(void)snprintf(text, sizeof text, "%sDELETE FROM capture", header);
	open_with(&own, text, two_services);
	assert_ok(ll_replay_open(own.t.ledger, &options, &replay, &err), &err);
	for (int64_t service_id = 1; service_id <= 2; service_id++) {
		struct ll_replay_result result = {.rules = 0};

		assert_ok(ll_scope_open(own.t.ledger, service_id, false, &err), &err);
		assert_ok(ll_replay_service(replay, service_id, "one of two", &result, &err), &err);
		assert_int_equal(result.failed, 1);
		assert_non_null(strstr(result.failure.text, "'mine'"));
		assert_non_null(strstr(result.failure.text, "not authorized"));
		assert_rows(&own.t,
		            "SELECT service_id > 0, looked > 0 FROM replay_service"
		            " JOIN replay_rule USING (rule_id) WHERE id = 'seed_l1'",
		            "1|1\n");
	}
	assert_true(test_ledger_i64(&own.t, "SELECT count(*) FROM capture") > 0);
	ll_replay_close(replay);
	done(&own);
}

/* ------------------------------------------------------------------ benchmarks */

static void write_bench(struct own *own, const char *name, const char *line)
{
	char text[256];

	(void)snprintf(text, sizeof text, "goos: linux\npkg: example.com/shop\n%s\nPASS\n", line);
	test_ledger_write(&own->t, name, ll_str(text));
}

static void a_benchmark_that_allocates_more_than_its_median_fires(void **state)
{
	struct own own;

	(void)state;
	open_with(&own, NULL, shop);
	write_bench(&own, "shop/bench-1772400000.txt",
	            "BenchmarkPut-8 200 5000 ns/op 100 B/op 100 allocs/op");
	write_bench(&own, "shop/bench-1772410000.txt",
	            "BenchmarkPut-8 201 5200 ns/op 112 B/op 108 allocs/op");
	write_bench(&own, "shop/bench-1772420000.txt",
	            "BenchmarkPut-8 202 5000 ns/op 100 B/op 113 allocs/op");
	(void)test_ledger_ingest(&own.t, 1);

	replay_ok(&own, (struct ll_replay_options){.rule = "seed_bench", .service = "shop"});

	/* 108 is 8 % above 100 and no more; 113 is 8.7 % above the median of both. */
	assert_rows(&own.t,
	            "SELECT CAST(looked AS INTEGER), CAST(fired AS INTEGER), remark"
	            " FROM replay_by_rule",
	            "2|1|\n");
	assert_rows(&own.t, "SELECT detail FROM replay_alarm", "Put: 113 allocs/op, before 104\n");
	done(&own);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_rule_of_the_users_directory_is_found_and_counted),
		cmocka_unit_test(a_parameter_can_have_another_number),
		cmocka_unit_test(a_parameter_that_no_rule_has_is_refused),
		cmocka_unit_test(only_firings_of_the_asked_time_count),
		cmocka_unit_test(a_rule_like_another_one_has_its_statement_and_own_numbers),
		cmocka_unit_test(a_rule_that_would_write_is_refused),
		cmocka_unit_test(a_rule_without_the_columns_or_with_bad_sql_is_refused),
		cmocka_unit_test(a_header_that_lacks_something_is_refused_with_the_files_name),
		cmocka_unit_test(an_input_that_does_not_exist_is_refused),
		cmocka_unit_test(rows_out_of_order_and_times_that_are_none_fail_that_rule_alone),
		cmocka_unit_test(a_rule_may_take_json_apart),
		cmocka_unit_test(captures_that_are_no_json_are_none),
		cmocka_unit_test(an_alarm_before_a_kill_has_a_lead),
		cmocka_unit_test(a_kill_without_an_alarm_before_it_is_missed),
		cmocka_unit_test(alarms_on_quiet_services_are_false_and_none_has_an_upper_bound),
		cmocka_unit_test(open_findings_are_known_problems),
		cmocka_unit_test(
			what_was_saved_of_services_adds_up_as_if_they_were_replayed_together),
		cmocka_unit_test(of_a_damaged_text_nothing_is_added),
		cmocka_unit_test(two_replays_of_one_ledger_say_the_same),
		cmocka_unit_test(a_replay_stores_nothing),
		cmocka_unit_test(a_rule_that_would_write_is_refused_over_each_service),
		cmocka_unit_test(a_benchmark_that_allocates_more_than_its_median_fires),
	};

	return cmocka_run_group_tests_name("replay", tests, NULL, NULL);
}
