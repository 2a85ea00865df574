/* SPDX-License-Identifier: Apache-2.0 */
/* gone.h - rejected files that were deleted since. */
#ifndef LL_LEDGER_GONE_H
#define LL_LEDGER_GONE_H

#include "internal.h"

/** Is the file of that path below the root no longer there? Asked of files that were rejected. */
bool ll_is_gone(const char *root, struct ll_str path);
/**
 * Forgets files of which nothing could be used and which are no longer there, by their numbers:
 * whoever has taken the rubbish away need not hear of it again. Files that gave captures are kept,
 * because collectors delete what was read. In a transaction.
 */
int ll_gone_forget(struct ll_ledger *ledger, const int64_t *ids, size_t count,
                   struct ll_error *err);

#endif
