/* SPDX-License-Identifier: Apache-2.0 */
/* check.h - do the fast answers agree with the generator's, and with the peer's? */
#ifndef LL_BENCH_CHECK_H
#define LL_BENCH_CHECK_H

#include "steps.h"

/** After the first round: compares everybody's sums. Sets bench->voided when they differ. */
int bench_check(struct bench *bench, struct ll_error *err);

#endif
