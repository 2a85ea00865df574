/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ledgers.h - a ledger in a scratch directory, filled and asked in one line each.
 */
#ifndef LL_TEST_LEDGERS_H
#define LL_TEST_LEDGERS_H

#include "support.h"

#include <leakledger/analyze.h>

struct test_ledger {
	char *directory; /* scratch; captures go to directory/in */
	char *root;      /* "<directory>/in" */
	char *path;      /* "<directory>/ledger.db" */
	struct ll_resources *resources;
	struct ll_ledger *ledger; /* open for writing, or NULL */
};

/**
 * A new scratch directory, resources (those of `overrides` before the embedded ones) and a ledger.
 */
void test_ledger_open(struct test_ledger *t, const char *overrides);
void test_ledger_done(struct test_ledger *t);
/** One ledger for each test, as its state: for cmocka. */
int test_ledger_set_up(void **state);
int test_ledger_tear_down(void **state);
/** Closes the ledger and opens it again. */
void test_ledger_reopen(struct test_ledger *t, enum ll_ledger_mode mode);

/** Writes a capture below the root. */
void test_ledger_write(struct test_ledger *t, const char *name, struct ll_str bytes);
/** Reads what is below the root; fails the test when that fails. */
struct ll_ingest_result test_ledger_ingest(struct test_ledger *t, size_t jobs);
/** The same for other roots. */
struct ll_ingest_result test_ledger_ingest_root(struct test_ledger *t, const char *root,
                                                size_t jobs);
/** Judges; fails the test when that fails. */
struct ll_analyze_result test_ledger_analyze(struct test_ledger *t);

/** Number that a statement's first row has in its first column; fails the test without a row. */
int64_t test_ledger_i64(struct test_ledger *t, const char *sql);
/** All rows: columns with '|' between, rows with '\n' behind. The caller frees the buffer. */
void test_ledger_rows(struct test_ledger *t, const char *sql, struct ll_buf *to);
/** Fails the test with both texts unless the rows are exactly `expected`. */
#define assert_rows(t, sql, expected)                                                              \
	test_ledger_assert_rows((t), (sql), (expected), __FILE__, __LINE__)
void test_ledger_assert_rows(struct test_ledger *t, const char *sql, const char *expected,
                             const char *file, int line);

/**
 * Everything that the ledger knows, without its numbers: captures, totals, samples by the text of
 * their stacks, goroutines, MemStats, collections, remarks, lives and audit. Equal exports are
 * equal content.
 */
void test_ledger_export(struct test_ledger *t, struct ll_buf *to);
/** The same without where it was found: contents by their hash, whose they are, all facts. */
void test_ledger_export_content(struct test_ledger *t, struct ll_buf *to);
/** What analysis made of it: findings, places, evidence, points and stages. */
void test_ledger_export_findings(struct test_ledger *t, struct ll_buf *to);
/** Fails the test at the first line in which two exports differ. */
void test_assert_same_text(struct ll_str expected, struct ll_str actual);

#endif
