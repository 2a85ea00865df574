/* SPDX-License-Identifier: Apache-2.0 */
/* gone.h - rejected files that were deleted since. */
#ifndef LL_LEDGER_GONE_H
#define LL_LEDGER_GONE_H

#include "internal.h"

/**
 * Forgets files below a root of which nothing could be used and which are no longer there: whoever
 * has taken the rubbish away need not hear of it again. Files that gave captures are kept, because
 * collectors delete what was read. In a transaction.
 */
int ll_gone_forget(struct ll_ledger *ledger, const char *root, struct ll_error *err);

#endif
