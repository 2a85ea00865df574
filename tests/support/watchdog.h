/* SPDX-License-Identifier: Apache-2.0 */
/*
 * watchdog.h - ends a test program whose reader does not end, and says on what.
 *
 * The limit is for a sanitizer on a busy machine; how fast readers are is the benchmarks' business.
 */
#ifndef LL_TEST_WATCHDOG_H
#define LL_TEST_WATCHDOG_H

#include <leakledger/str.h>

/** From now on there are 20 s of wall time for what `name` says. */
void ll_watchdog_start(struct ll_str name);
void ll_watchdog_stop(void);

#endif
