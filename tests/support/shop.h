/* SPDX-License-Identifier: Apache-2.0 */
/*
 * shop.h - a small fleet and a terminal: captures of made-up services in a scratch directory, and
 * the program itself run on them.
 */
#ifndef LL_TEST_SHOP_H
#define LL_TEST_SHOP_H

#include "support.h"

struct shop {
	char *directory;   /* scratch; commands run in it, captures are in its "in" */
	struct ll_buf out; /* stdout of the last command */
	struct ll_buf err; /* its stderr */
};

/** Lines of a case (case_file.h): a service that leaks 4 KiB objects, and one that does not. */
extern const char shop_leak[], shop_healthy[];

void shop_open(struct shop *shop);
void shop_done(struct shop *shop);
/** For cmocka: a shop as the test's state. */
int shop_set_up(void **state);
int shop_tear_down(void **state);

/** Adds the captures of a case below "in". */
void shop_stock(struct shop *shop, const char *case_text);
/** Runs "leakledger ARGUMENTS" through a shell in the scratch directory; its exit code. */
int shop_run(struct shop *shop, const char *arguments);
/** Runs a shell command in the scratch directory; fails the test unless it exits with 0. */
void shop_do(struct shop *shop, const char *command);

/** Debian's packages are for Debian's Python, whatever else is called python3. */
#define SHOP_PYTHON "PATH=/usr/bin:$PATH python3"
/** Skips the test, saying what is not installed, unless the shell command exits with 0. */
void shop_need(const char *probe, const char *what);

/** Fail the test, showing the text, unless it has the words, or has them not. */
#define assert_has(buf, words)     shop_assert_has(&(buf), (words), true, __FILE__, __LINE__)
#define assert_has_not(buf, words) shop_assert_has(&(buf), (words), false, __FILE__, __LINE__)
void shop_assert_has(const struct ll_buf *buf, const char *words, bool has, const char *file,
                     int line);
/** Fails the test, showing what the program said, unless it exited with `expected`. */
#define assert_exit(shop, arguments, expected)                                                     \
	shop_assert_exit((shop), (arguments), (expected), __FILE__, __LINE__)
void shop_assert_exit(struct shop *shop, const char *arguments, int expected, const char *file,
                      int line);

#endif
