/* SPDX-License-Identifier: Apache-2.0 */
/*
 * settled.h - which files of a plan need not be read, and what is to be said of files that were.
 */
#ifndef LL_LEDGER_SETTLED_H
#define LL_LEDGER_SETTLED_H

#include "plan.h"

/**
 * Marks the files of the plan, which are in order, that are as they were when their bytes became
 * known, and takes the tally. In a transaction: to begin one for each question costs more than the
 * answer.
 */
int ll_settled_find(struct ll_plan *plan, struct ll_ledger *ledger,
                    const struct ll_ingest_options *options, struct ll_error *err);
/** Takes the tally anew, when something was stored since. */
int ll_settled_count(struct ll_plan *plan, struct ll_ledger *ledger, const char *version,
                     struct ll_error *err);

#endif
