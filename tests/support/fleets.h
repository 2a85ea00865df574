/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fleets.h - fleets of services that are alike, and what each statement costs over them, in steps
 * of SQLite's machine: those are the same on every computer.
 */
#ifndef LL_TEST_FLEETS_H
#define LL_TEST_FLEETS_H

#include "ledgers.h"

#include <leakledger/vec.h>

enum {
	FLEET_FEW = 10,
	FLEET_TIMES = 4, /* as large the other fleet is */
};

/** Fills a ledger: of each service heap profiles, dumps, MemStats, and a kill in a node's log. */
void test_fleet_store(struct test_ledger *t, size_t services);

/** From here on adds what each statement takes to `costs`, those of one text together. */
void test_fleet_count(struct test_ledger *t, struct ll_vec *costs);
/** No longer. */
void test_fleet_count_no_more(struct test_ledger *t);
/**
 * Fails the test at a statement that took more than in proportion in a fleet FLEET_TIMES as large,
 * and frees both. A statement with the words of `known` in it is let pass; NULL: none.
 */
void test_fleet_assert_proportion(struct ll_vec *few, struct ll_vec *many, const char *known);

#endif
