/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tree.h - the source tree as data, for tests that read the project itself.
 *
 * A rule is a function over one file that reports what it does not like; the same function is shown
 * a bad text of its own first, so that a rule that sees nothing is found out.
 */
#ifndef LL_TEST_TREE_H
#define LL_TEST_TREE_H

#include "support.h"

#include <leakledger/arena.h>
#include <leakledger/vec.h>

struct ll_test_file {
	const char *path; /* below the source tree: "src/chart/svg.c" */
	struct ll_str text;
};

struct ll_test_tree {
	struct ll_arena arena;
	struct ll_vec files; /* struct ll_test_file, sorted by path within each directory */
};

/**
 * Adds the files below a directory whose names end with one of the words of `suffixes` ("" all).
 */
void ll_test_tree_add(struct ll_test_tree *tree, const char *directory, const char *suffixes);
void ll_test_tree_done(struct ll_test_tree *tree);

/** What a rule found: printed one by one, counted. */
struct ll_offences {
	size_t count;
	bool is_quiet; /* counted only: a text that is meant to be bad */
};

/** Reports "path:line: text"; line 0 stands for the whole file. */
void ll_offend(struct ll_offences *offences, const char *path, size_t line, const char *format, ...)
	LL_PRINTF(4, 5);

typedef void ll_test_rule(const struct ll_test_file *file, struct ll_offences *offences);

/**
 * Applies the rule to every file and fails the test when it has offences, or when there are no
 * files.
 */
void ll_test_tree_assert(const struct ll_test_tree *tree, ll_test_rule *rule);
/** Offences of one text under a name, silently. */
size_t ll_test_rule_count(ll_test_rule *rule, const char *path, const char *text);

/** The name of the last path element. */
const char *ll_test_base_name(const char *path);
/** True when one of the words, separated by blanks, equals `text`. */
bool ll_test_has_word(struct ll_str words, struct ll_str text);

#endif
