/* SPDX-License-Identifier: Apache-2.0 */
/*
 * corpus_case.h - what a test needs to read the corpus file by file: one set of facts that is
 * reused, a count of failures so that one file does not hide the others, and a guard against a
 * reader that does not end.
 */
#ifndef LL_TEST_CORPUS_CASE_H
#define LL_TEST_CORPUS_CASE_H

#include "corpus.h"
#include "facts.h"

struct ll_corpus_case {
	const char *path; /* NULL: there is no corpus; then skip() */
	struct ll_buf bytes;
	struct ll_facts facts;
	struct ll_error err;
	size_t failures;
};

/** For cmocka_unit_test_setup_teardown: *state becomes a struct ll_corpus_case. */
int ll_corpus_set_up(void **state);
int ll_corpus_tear_down(void **state);

/**
 * Reads a file of the corpus as a run would; what was said is in test->facts, why it failed in
 * test->err. A file that takes longer than 20 s ends the program with its name.
 */
int ll_corpus_capture(struct ll_corpus_case *test, struct ll_str path);
/** Prints what should be and what is, and counts a failure. */
void ll_corpus_complain(struct ll_corpus_case *test, struct ll_str path, const char *what,
                        int64_t expected, int64_t seen);
/** The same when the number in `cell` is not `seen`; a cell that is no number says nothing. */
void ll_corpus_expect(struct ll_corpus_case *test, struct ll_str path, const char *what,
                      struct ll_str cell, int64_t seen);
/** The same for a number of a cell of JSON; a name that is not there says nothing. */
void ll_corpus_expect_number(struct ll_corpus_case *test, struct ll_str path, struct ll_str json,
                             const char *name, int64_t seen);

#endif
