/* SPDX-License-Identifier: Apache-2.0 */
/*
 * error.h - how a failure travels.
 *
 * A function that can fail returns 0 or a negative enum ll_code and takes `struct ll_error *err`
 * last. The text is set once, where the fact is known (ll_fail), and callers only put their own
 * context in front of it (ll_within), so that the whole reads from the outside in:
 *
 *     reading 'g1.txt': line 7: no goroutine header
 *
 * Texts are one line, lower case, without a full stop, names in 'single quotes'. Library code never
 * prints; only src/cli does. An expected "no" (not found, not mine) is not an error.
 */
#ifndef LEAKLEDGER_ERROR_H
#define LEAKLEDGER_ERROR_H

#include <leakledger/base.h>

#include <stdarg.h>

/** Kinds of failure that a caller may treat differently. 0 is success, all others negative. */
enum ll_code {
	LL_OK = 0,
	LL_E_FORMAT = -1,   /* the bytes are not what the format says */
	LL_E_LIMIT = -2,    /* a ceiling was reached: size, count, ratio, depth, time */
	LL_E_IO = -3,       /* the operating system said no while reading or writing */
	LL_E_NOTFOUND = -4, /* a named thing is not there */
	LL_E_USAGE = -5,    /* the user asked for something that makes no sense */
	LL_E_BUSY = -6,     /* another run holds the lock, or the disk is full: try again */
	LL_E_DATABASE = -7, /* SQLite said no */
	LL_E_INTERNAL = -8, /* a bug of ours, found by a check */
	LL_E_CREATE = -9,   /* an output cannot be created */
};

struct ll_error {
	enum ll_code code;
	char text[512]; /* always terminated; invalid bytes and control characters are escaped */
};

#define LL_ERROR_INIT                                                                              \
	{                                                                                          \
		.code = LL_OK, .text = { 0 }                                                       \
	}

/** Sets `err` (which may be NULL) to the code and text, and returns the code. */
int ll_fail(struct ll_error *err, enum ll_code code, const char *format, ...) LL_PRINTF(3, 4);

/** Puts context and ": " in front of the text that is there; returns err's code (or INTERNAL). */
int ll_within(struct ll_error *err, const char *format, ...) LL_PRINTF(2, 3);

/** Sets `err` from errno: "<what>: <system's text>", with LL_E_BUSY for a full disk. */
int ll_fail_errno(struct ll_error *err, enum ll_code code, int error_number, const char *format,
                  ...) LL_PRINTF(4, 5);

/** Forgets a failure so that the struct can be used again. */
void ll_error_clear(struct ll_error *err);

#endif
