/* SPDX-License-Identifier: Apache-2.0 */
/*
 * support.h - what tests share: reading files of the tree, scratch directories, golden files, the
 * corpus.
 *
 * A test reads as arrange, act, assert with blank lines between; its name is a sentence.
 */
#ifndef LL_TEST_SUPPORT_H
#define LL_TEST_SUPPORT_H

#include <leakledger/buf.h>
#include <leakledger/error.h>
#include <leakledger/str.h>

/* cmocka.h uses these and does not include them. */
/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

/** Fails the test with the error's text unless rc is 0 or more. */
#define assert_ok(rc, err) ll_test_assert_ok((rc), (err), __FILE__, __LINE__)
void ll_test_assert_ok(int rc, const struct ll_error *err, const char *file, int line);

/** The whole of a file of the source tree; the caller frees the buffer with ll_buf_done. */
void ll_test_read(const char *path_below_source, struct ll_buf *buf);
/** An absolute path below the source tree, in a static ring of four. */
const char *ll_test_source(const char *path_below_source);

/** A new empty directory that ll_test_scratch_done removes with everything in it. */
char *ll_test_scratch(void);
void ll_test_scratch_done(char *directory);
/**
 * Writes a file below a directory, making directories on the way. Returns its path (to be freed).
 */
char *ll_test_write(const char *directory, const char *name, struct ll_str bytes);

/**
 * Compares with a golden file below tests/golden. With LEAKLEDGER_GOLDEN=renew in the environment
 * the file is written instead, and the diff is for a person to read.
 */
void ll_test_golden(const char *name, struct ll_str actual);

/** Directory of real captures, or NULL when there is none: then skip(). */
const char *ll_test_corpus(void);

/**
 * Runs a shell command; its output (stdout and stderr) goes to `output` when not NULL. Exit code.
 */
int ll_test_run(const char *command, struct ll_buf *output);

#endif
