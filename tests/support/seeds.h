/* SPDX-License-Identifier: Apache-2.0 */
/*
 * seeds.h - tests/fuzz/corpus: small captures of ours, whole and damaged, one directory for each
 * format, from which a fuzzer starts and which tests change in many ways.
 */
#ifndef LL_TEST_SEEDS_H
#define LL_TEST_SEEDS_H

#include "facts.h"
#include "tree.h"

/** All seeds, in a tree that ll_test_tree_done frees. */
void ll_seeds_open(struct ll_test_tree *ret_tree);
/** The format that a seed's directory names. */
struct ll_str ll_seed_format(const struct ll_test_file *seed);
/** Is it broken on purpose ("damaged" in its name)? */
bool ll_seed_is_damaged(const struct ll_test_file *seed);

/** The same numbers on every machine (splitmix64). */
uint64_t ll_seed_random(uint64_t *state);

/**
 * Reads bytes as a run would, into `facts`. Returns what the reader returned, and fails the test
 * when a failure has no single line of reason, or a code that no reader may return.
 */
int ll_seed_read(struct ll_facts *facts, struct ll_str bytes, const char *name);

#endif
