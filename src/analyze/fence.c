/* SPDX-License-Identifier: Apache-2.0 */
/* fence.c - see fence.h. */
#include "fence.h"

#include "header.h"

#include <leakledger/units.h>

#include <time.h>

enum {
	PROGRESS_STEPS = 100000, /* virtual machine steps between two looks at the clock */
};

static int allow_reading(void *self, int action, const char *first, const char *second,
                         const char *database, const char *trigger)
{
	(void)self, (void)first, (void)database, (void)trigger;
	switch (action) {
	case SQLITE_SELECT:
	case SQLITE_READ:
	case SQLITE_RECURSIVE: return SQLITE_OK;
	case SQLITE_FUNCTION:
		return second && strcmp(second, "load_extension") == 0 ? SQLITE_DENY : SQLITE_OK;
	default: return SQLITE_DENY;
	}
}

static int64_t cpu_ns(void)
{
	struct timespec now = {0};

	(void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
	return ll_time_from_timespec(now);
}

/* CPU time and not wall time: a busy machine must not change what is found. */
static int stop_when_late(void *self)
{
	const struct ll_fence *const fence = self;

	return cpu_ns() > fence->deadline_ns;
}

/*
 * SQLite makes a table function known to a connection when it is first used, and asks the
 * authorizer whether a table may be created. Used once before, they only need to be read.
 */
static void connect_table_functions(sqlite3 *db)
{
	static const char sql[] = "SELECT 1 FROM json_each('[]') JOIN json_tree('[]')";
	sqlite3_stmt *stmt = NULL;

	(void)sqlite3_prepare_v2(db, sql, -1, &stmt, NULL);
	(void)sqlite3_finalize(stmt);
}

/* To set an authorizer expires every prepared statement: only for preparing new ones. */
void ll_fence_open(struct ll_fence *fence)
{
	connect_table_functions(fence->db);
	(void)sqlite3_set_authorizer(fence->db, allow_reading, NULL);
}

void ll_fence_close(struct ll_fence *fence)
{
	(void)sqlite3_set_authorizer(fence->db, NULL, NULL);
}

void ll_fence_watch(struct ll_fence *fence, int64_t time_limit_ns)
{
	if (time_limit_ns == 0)
		return;
	fence->deadline_ns = cpu_ns() + time_limit_ns;
	sqlite3_progress_handler(fence->db, PROGRESS_STEPS, stop_when_late, fence);
}

void ll_fence_unwatch(struct ll_fence *fence)
{
	sqlite3_progress_handler(fence->db, 0, NULL, NULL);
}

static bool is_blank(const char *text, const char *end)
{
	for (; text < end; text++) {
		if (!strchr(" \t\r\n;", *text))
			return false;
	}
	return true;
}

int ll_fence_prepare(const struct ll_fence *fence, struct ll_str sql, sqlite3_stmt **ret_stmt,
                     struct ll_error *err)
{
	const char *tail = NULL;

	if (sqlite3_prepare_v2(fence->db, sql.data, (int)sql.size, ret_stmt, &tail) != SQLITE_OK)
		return ll_fail(err, LL_E_USAGE, "%s '%.*s': %s", fence->kind, LL_STR_ARG(fence->id),
		               sqlite3_errmsg(fence->db));
	if (!*ret_stmt || !is_blank(tail, sql.data + sql.size) || !sqlite3_stmt_readonly(*ret_stmt))
		return ll_fail(err, LL_E_USAGE, "%s '%.*s' must be exactly one SELECT", fence->kind,
		               LL_STR_ARG(fence->id));
	return LL_OK;
}

int ll_fence_columns(const struct ll_fence *fence, sqlite3_stmt *stmt, const char *const *names,
                     size_t count, int *ret_columns, struct ll_error *err)
{
	const int there = sqlite3_column_count(stmt);

	for (size_t i = 0; i < count; i++) {
		ret_columns[i] = -1;
		for (int k = 0; k < there; k++) {
			if (strcmp(sqlite3_column_name(stmt, k), names[i]) == 0)
				ret_columns[i] = k;
		}
		if (ret_columns[i] < 0)
			return ll_fail(err, LL_E_USAGE, "%s '%.*s' returns no column '%s'",
			               fence->kind, LL_STR_ARG(fence->id), names[i]);
	}
	return LL_OK;
}

void ll_fence_bind(sqlite3_stmt *stmt, struct ll_str params)
{
	struct ll_str name;
	double number;

	while (ll_header_param(&params, &name, &number)) {
		char parameter[80];

		(void)snprintf(parameter, sizeof parameter, ":%.*s", LL_STR_ARG(name));
		(void)sqlite3_bind_double(stmt, sqlite3_bind_parameter_index(stmt, parameter),
		                          number);
	}
}

int ll_fence_fail(const struct ll_fence *fence, int state, struct ll_error *err)
{
	if (state == SQLITE_INTERRUPT)
		return ll_fail(err, LL_E_LIMIT, "%s '%.*s' took too long", fence->kind,
		               LL_STR_ARG(fence->id));
	return ll_fail(err, LL_E_DATABASE, "%s '%.*s': %s", fence->kind, LL_STR_ARG(fence->id),
	               sqlite3_errmsg(fence->db));
}
