/* SPDX-License-Identifier: Apache-2.0 */
/* fleets.c - see fleets.h. */
#include "fleets.h"

#include <leakledger/buf.h>
#include <leakledger/sqlite.h>

#include <inttypes.h>

#define NOON_S INT64_C(1795000000)

enum {
	CAPTURES = 6,
	HOUR = 3600,
	/* What a statement may cost more than in proportion: pages of indexes, sorts. */
	STEPS_FREE = 6000,
};

/* ------------------------------------------------------------------------ costs */

/* What a statement took, of all that were run with the same text. */
struct cost {
	char *sql;
	int64_t steps;
};

static struct cost *find_cost(struct ll_vec *costs, const char *sql)
{
	struct cost *const items = costs->items;
	struct cost *cost;

	for (size_t i = 0; i < costs->count; i++) {
		if (strcmp(items[i].sql, sql) == 0)
			return &items[i];
	}
	cost = ll_vec_push(costs, sizeof *cost);
	*cost = (struct cost){.sql = ll_strdup(sql)};
	return cost;
}

static int add_cost(unsigned kind, void *self, void *stmt, void *ns)
{
	const char *const sql = sqlite3_sql(stmt);

	(void)kind, (void)ns;
	if (sql)
		find_cost(self, sql)->steps +=
			sqlite3_stmt_status(stmt, SQLITE_STMTSTATUS_VM_STEP, 1);
	return 0;
}

void test_fleet_count(struct test_ledger *t, struct ll_vec *costs)
{
	(void)sqlite3_trace_v2(ll_ledger_handle(t->ledger), SQLITE_TRACE_PROFILE, add_cost, costs);
}

void test_fleet_count_no_more(struct test_ledger *t)
{
	(void)sqlite3_trace_v2(ll_ledger_handle(t->ledger), 0, NULL, NULL);
}

static void free_costs(struct ll_vec *costs)
{
	struct cost *const items = costs->items;

	for (size_t i = 0; i < costs->count; i++)
		free(items[i].sql);
	ll_vec_done(costs);
}

void test_fleet_assert_proportion(struct ll_vec *few, struct ll_vec *many, const char *known)
{
	const struct cost *const items = many->items;

	assert_true(many->count > 100);
	for (size_t i = 0; i < many->count; i++) {
		const int64_t most = FLEET_TIMES * find_cost(few, items[i].sql)->steps * 11 / 10;

		if (items[i].steps > most + STEPS_FREE && !(known && strstr(items[i].sql, known)))
			fail_msg("%" PRId64 " steps where %" PRId64 " are in proportion: %.300s",
			         items[i].steps, most, items[i].sql);
	}
	free_costs(few);
	free_costs(many);
}

/* ------------------------------------------------------------------------ fleet */

static void put_numbers(struct ll_buf *page, size_t service, int64_t hour)
{
	const int64_t heap = 20000000 + (int64_t)service + hour * 1000000;

	ll_buf_printf(page,
	              "{\"HeapAlloc\":%" PRId64 ",\"NextGC\":%" PRId64 ",\"NumGC\":%" PRId64
	              ",\"Sys\":70000000,\"HeapSys\":60000000,\"HeapInuse\":%" PRId64
	              ",\"TotalAlloc\":%" PRId64 ",\"LastGC\":%" PRId64 "}\n",
	              heap, 2 * heap, hour + 10, heap + 5000000, 100000000 * (hour + 1),
	              (NOON_S + hour * HOUR) * 1000000000);
}

static void put_heap(struct ll_buf *page, size_t service, int64_t hour)
{
	const int64_t objects = 1000 + 500 * hour;

	ll_buf_printf(
		page,
		"heap profile: %" PRId64 ": %" PRId64 " [%" PRId64 ": %" PRId64
		"] @ heap/1048576\n%" PRId64 ": %" PRId64 " [%" PRId64 ": %" PRId64
		"] @ 0x400000 0x500000\n#\t0x400000\tmain.(*svc%zu).keep+0x1f\t/src/keep.go:10\n"
		"#\t0x500000\tmain.main+0x1f\t/src/main.go:20\n",
		objects, objects * 4096, objects, objects * 4096, objects, objects * 4096, objects,
		objects * 4096, service);
}

static void put_dump(struct ll_buf *page, size_t service, int64_t hour)
{
	ll_buf_puts(page, "goroutine 1 [IO wait]:\nmain.main()\n\t/src/main.go:20 +0x1f\n");
	for (int64_t i = 0; i < 10 + 20 * hour; i++)
		ll_buf_printf(page,
		              "\ngoroutine %" PRId64 " [chan send, %" PRId64
		              " minutes]:\nmain.(*svc%zu).push(0xc000)\n\t/src/push.go:33 +0x1f\n"
		              "created by main.(*svc%zu).start in goroutine 1\n\t/src/push.go:20 "
		              "+0x1f\n",
		              i + 5, hour * 60 + 5, service, service);
}

static void write_page(struct test_ledger *t, size_t service, const char *name, int64_t hour,
                       void (*put)(struct ll_buf *page, size_t service, int64_t hour))
{
	const time_t time = (time_t)(NOON_S + hour * HOUR);
	struct ll_buf page;
	struct tm parts;
	char path[128], stamp[32];

	(void)strftime(stamp, sizeof stamp, "%Y%m%dT%H%M%SZ", gmtime_r(&time, &parts));
	(void)snprintf(path, sizeof path, "svc-%05zu/pod-1/%s-%s.txt", service, name, stamp);
	ll_buf_init(&page, LL_BUF_PAGE);
	put(&page, service, hour);
	test_ledger_write(t, path, ll_buf_str(&page));
	ll_buf_done(&page);
}

void test_fleet_store(struct test_ledger *t, size_t services)
{
	struct ll_buf log;

	ll_buf_init(&log, LL_BUF_PAGE);
	for (size_t i = 0; i < services; i++) {
		for (int64_t hour = 0; hour < CAPTURES; hour++) {
			write_page(t, i, "memstats", hour, put_numbers);
			write_page(t, i, "heap", hour, put_heap);
			write_page(t, i, "goroutines", hour, put_dump);
		}
		ll_buf_printf(
			&log,
			"Nov 20 05:12:%02zu node-1 kernel: Memory cgroup out of memory: Killed "
			"process %zu (svc-%05zu) total-vm:1000000kB, anon-rss:500000kB, "
			"file-rss:0kB, shmem-rss:0kB, UID:0 pgtables:1000kB "
			"oom_score_adj:0\n",
			i % 60, 1000 + i, i);
	}
	test_ledger_write(t, "kern.log", ll_buf_str(&log));
	ll_buf_done(&log);
	assert_int_equal(test_ledger_ingest(t, 1).rejected, 0);
}
