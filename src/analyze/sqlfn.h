/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sqlfn.h - our SQL functions: how they are registered and what their bodies have in common.
 *
 * A function is a body (fn_*.c) and a row in the table (sqlfn.c). To add one, write its rules as a
 * numbered comment, the callbacks below it, `const struct ll_sqlfn_body ll_fn_<name>`, and the row.
 *
 * Every function is SQLITE_DETERMINISTIC and SQLITE_INNOCUOUS: no clock, no chance, no side effect,
 * and the same answer whatever the order of rows.
 *
 * Rules common to all (rules of one function are numbered T1, P1 ... above its code):
 *
 *   C1  A number is INTEGER or REAL. TEXT and BLOB in its place are an error, also when they look
 *       like numbers: "theil_sen: argument 2 must be a number, not text".
 *   C2  NULL: an aggregate passes over a row in which any argument is NULL; a scalar of NULL is
 *       NULL.
 *   C3  An aggregate over no rows (or only passed-over ones) is NULL.
 *   C4  Infinity is an error in an aggregate's argument ("... must be finite"). NaN cannot come in,
 *       since SQLite stores it as NULL, and does not go out.
 *   C5  A result that is larger than a double can be is an error: "... result is too large".
 *   C6  A scalar whose argument is a number, but not one that it is defined for, is NULL, as
 *       SQLite's own sqrt(-1).
 *   C7  An aggregate takes at most LL_STATS_MAX (1,000,000) rows; more are an error.
 *   C8  A stratum is an INTEGER; a REAL is an error.
 *   C9  An INTEGER y beyond 2^53 is rounded to the nearest double. An INTEGER x is not: see P2.
 *   C10 A whole number may be given as a REAL: as the argument of a text it is rounded, half away
 *       from zero, and beyond 2^63 it is C6; as a count it must be whole, or it is C6.
 *   C11 A result of -0.0 is 0.0.
 */
#ifndef LL_ANALYZE_SQLFN_H
#define LL_ANALYZE_SQLFN_H

#include "stats.h"

#include <leakledger/analyze.h>

#include <sqlite3.h>

/** Callbacks of a function: `call` for scalars, the other two for aggregates. */
struct ll_sqlfn_body {
	void (*call)(sqlite3_context *context, int argc, sqlite3_value **argv);
	void (*step)(sqlite3_context *context, int argc, sqlite3_value **argv);
	void (*finish)(sqlite3_context *context);
};

/** Makes every function of the table known to the connection. */
int ll_sqlfn_register(sqlite3 *db, struct ll_error *err);

/* ----------------------------------------------------- what bodies use (fn_args.c) */

/** Where an argument of a scalar stands. */
enum ll_arg {
	LL_ARG_READY,
	LL_ARG_NULL,  /* C2 or C6: the result stays NULL */
	LL_ARG_WRONG, /* C1: the error is set */
};

/** Sets the error "<function>: <text>". */
void ll_sqlfn_fail(sqlite3_context *context, const char *format, ...) LL_PRINTF(2, 3);
/** C5, C11 */
void ll_sqlfn_result(sqlite3_context *context, double value);

/** Reads argument number `at` (from 0); infinity is a number here. */
enum ll_arg ll_sqlfn_real(sqlite3_context *context, sqlite3_value **argv, int at,
                          double *ret_value);
/** C10, for texts. */
enum ll_arg ll_sqlfn_rounded(sqlite3_context *context, sqlite3_value **argv, int at,
                             int64_t *ret_value);
/** C10, for counts. */
enum ll_arg ll_sqlfn_count(sqlite3_context *context, sqlite3_value **argv, int at,
                           int64_t *ret_value);
/** A TEXT; a number or BLOB is an error. Valid as long as the argument. */
enum ll_arg ll_sqlfn_text(sqlite3_context *context, sqlite3_value **argv, int at,
                          struct ll_str *ret_text);

/** True when one of an aggregate's arguments is NULL (C2). */
bool ll_sqlfn_has_null(int argc, sqlite3_value **argv);
/** An aggregate's number (C1, C4). False when the error is set. */
bool ll_sqlfn_finite(sqlite3_context *context, sqlite3_value **argv, int at, double *ret_value);
/** An aggregate's stratum (C8). False when the error is set. */
bool ll_sqlfn_stratum(sqlite3_context *context, sqlite3_value **argv, int at, int64_t *ret_value);
/** False, with the error set, when `count` rows are as many as there may be (C7). */
bool ll_sqlfn_has_room(sqlite3_context *context, size_t count);
/** Adds a point; an x that is INTEGER stays whole (P2 of fn_trend.c). */
void ll_sqlfn_add_point(struct ll_points *points, sqlite3_value *x, double y, int64_t stratum);
/** Takes the row x, y [, stratum] of an aggregate; sets the error where it is none. */
void ll_sqlfn_take_point(sqlite3_context *context, int argc, sqlite3_value **argv,
                         struct ll_points *points);

#endif
