/* SPDX-License-Identifier: Apache-2.0 */
#include "case_ledger.h"

/* The numbers stand in the first capture of their time, whatever that would hold otherwise. */
static void put_readings(struct test_ledger *t, const struct test_process *process)
{
	static const char *const sql =
		"INSERT INTO reading (capture_id, name_id, ordinal, label_id, value)"
		" SELECT min(c.capture_id), w.word_id, 0, 0, :value"
		" FROM word AS w JOIN capture AS c JOIN service AS s USING (service_id)"
		" JOIN instance AS i ON i.instance_id = c.instance_id"
		" WHERE w.value = :name AND s.name = :service AND i.name = :instance"
		" AND c.time_ns = :time_ns GROUP BY w.word_id";
	const struct test_case_reading *const readings = process->readings.items;
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *word = NULL, *stmt = NULL;
	struct ll_error err = LL_ERROR_INIT;

	assert_ok(ll_stmt_prepare(t->ledger,
	                          ll_str("INSERT INTO word (value) SELECT :name WHERE NOT EXISTS"
	                                 " (SELECT 1 FROM word WHERE value = :name)"),
	                          &word, &err),
	          &err);
	assert_ok(ll_stmt_prepare(t->ledger, ll_str(sql), &stmt, &err), &err);
	for (size_t i = 0; i < process->readings.count; i++) {
		ll_stmt_reset(word);
		ll_stmt_bind_text(word, ":name", ll_str(readings[i].name));
		assert_ok(ll_stmt_step(word, &err), &err);
		for (int64_t index = 0; index < process->captures; index++) {
			ll_stmt_reset(stmt);
			ll_stmt_bind_text(stmt, ":name", ll_str(readings[i].name));
			ll_stmt_bind_text(stmt, ":service", ll_str(process->service));
			ll_stmt_bind_text(stmt, ":instance", ll_str(process->name));
			ll_stmt_bind_i64(stmt, ":time_ns", test_process_time(process, index));
			ll_stmt_bind_f64(stmt, ":value",
			                 (double)test_course_at(&readings[i].course, index));
			assert_ok(ll_stmt_step(stmt, &err), &err);
		}
	}
}

void test_case_store(const struct test_case *test_case, struct test_ledger *t)
{
	const struct test_process *const processes = test_case->processes.items;

	test_case_write(test_case, t->root);
	assert_int_equal(test_ledger_ingest(t, 1).rejected, 0);
	for (size_t i = 0; i < test_case->processes.count; i++)
		put_readings(t, &processes[i]);
}

void test_case_judge(struct test_ledger *t, const char *text)
{
	struct test_case test_case;
	struct ll_error err = LL_ERROR_INIT;

	assert_ok(test_case_parse(ll_str(text), &test_case, &err), &err);
	test_case_store(&test_case, t);
	test_case_done(&test_case);
	(void)test_ledger_analyze(t);
}
