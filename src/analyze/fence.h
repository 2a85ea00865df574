/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fence.h - how a statement runs that may come from the user, or from somebody he trusted too much.
 *
 * It is exactly one SELECT, on a connection whose authorizer allows reading only, cannot load
 * extensions, and is stopped by a progress handler when its processor time is over.
 */
#ifndef LL_ANALYZE_FENCE_H
#define LL_ANALYZE_FENCE_H

#include <leakledger/sqlite.h>

struct ll_fence {
	sqlite3 *db;
	const char *kind; /* "analyzer", "rule": for messages */
	struct ll_str id;
	int64_t deadline_ns; /* of processor time; 0: no limit */
};

/**
 * Lets statements be prepared that read, and no others, until ll_fence_close. What was prepared so
 * stays allowed to do what it does; the time it may take is for ll_fence_watch.
 */
void ll_fence_open(struct ll_fence *fence);
void ll_fence_close(struct ll_fence *fence);
/** From now on statements may take so much processor time, 0 for any; until ll_fence_unwatch. */
void ll_fence_watch(struct ll_fence *fence, int64_t time_limit_ns);
void ll_fence_unwatch(struct ll_fence *fence);

/** Prepares the statement; LL_E_USAGE, with the id, when it is not exactly one SELECT. */
int ll_fence_prepare(const struct ll_fence *fence, struct ll_str sql, sqlite3_stmt **ret_stmt,
                     struct ll_error *err);
/** Finds the columns by their names; LL_E_USAGE when one is not there. */
int ll_fence_columns(const struct ll_fence *fence, sqlite3_stmt *stmt, const char *const *names,
                     size_t count, int *ret_columns, struct ll_error *err);
/** Binds ":name" for every "name=value". */
void ll_fence_bind(sqlite3_stmt *stmt, struct ll_str params);
/** The failure of a step that returned neither a row nor the end. */
int ll_fence_fail(const struct ll_fence *fence, int state, struct ll_error *err);

#endif
