/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sqlite.h - small words over the SQLite API, for the two folders behind the fence: ledger and
 * analyze.
 */
#ifndef LEAKLEDGER_SQLITE_H
#define LEAKLEDGER_SQLITE_H

#include <leakledger/ledger.h>

#include <sqlite3.h>

/** Sets `err` from the connection's last error: a full or busy disk is "try again". */
int ll_sqlite_fail(sqlite3 *db, struct ll_error *err, const char *what);
/** Runs statements that return nothing. */
int ll_sqlite_exec(sqlite3 *db, const char *sql, struct ll_error *err);
/** Runs all statements of the resource of that name; they take no values and return nothing. */
int ll_sqlite_script(struct ll_ledger *ledger, const char *name, struct ll_error *err);
/** Prepares one statement that lives long. */
int ll_sqlite_prepare(sqlite3 *db, const char *sql, sqlite3_stmt **ret_stmt, struct ll_error *err);
/** Prepares the statement that is the resource of that name, on one of the ledger's connections. */
int ll_sqlite_resource(const struct ll_ledger *ledger, sqlite3 *db, const char *name,
                       sqlite3_stmt **ret_stmt, struct ll_error *err);
/** The integer that a statement of one row and one column returns. */
int ll_sqlite_i64(sqlite3 *db, const char *sql, int64_t *ret_value, struct ll_error *err);
/**
 * The greatest number of a table whose rows are numbered one after the other and never deleted; 0
 * when it is empty. Room is made by it, so a file that numbers its rows otherwise (below 1, or far
 * beyond their count) is refused: LL_E_DATABASE. Table and column are names of ours.
 */
int ll_sqlite_last_id(sqlite3 *db, const char *table, const char *column, int64_t *ret_last,
                      struct ll_error *err);
/** Runs a bound statement to its end and resets it. */
int ll_sqlite_run(sqlite3 *db, sqlite3_stmt *stmt, struct ll_error *err);
/** finalize for LL_CLEANUP. */
void ll_sqlite_finalizep(sqlite3_stmt **stmt);

#endif
