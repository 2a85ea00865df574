/* SPDX-License-Identifier: Apache-2.0 */
/* case_ledger.h - a made-up fleet (case_file.h) in a ledger. */
#ifndef LL_TEST_CASE_LEDGER_H
#define LL_TEST_CASE_LEDGER_H

#include "case_file.h"
#include "ledgers.h"

/** Writes the captures of a case, reads them, and adds its readings; nothing may be rejected. */
void test_case_store(const struct test_case *test_case, struct test_ledger *t);
/** The case of that text, stored and judged; fails the test when that fails. */
void test_case_judge(struct test_ledger *t, const char *text);

#endif
