/* SPDX-License-Identifier: Apache-2.0 */
/* lifetime.h - captures grouped into lives of one process. */
#ifndef LL_LEDGER_LIFETIME_H
#define LL_LEDGER_LIFETIME_H

#include "internal.h"

/**
 * Regroups the captures of every instance of a dirty service, and audits them. In a transaction.
 */
int ll_lifetimes_rebuild(struct ll_ledger *ledger, struct ll_error *err);

#endif
