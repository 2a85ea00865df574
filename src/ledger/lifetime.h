/* SPDX-License-Identifier: Apache-2.0 */
/* lifetime.h - captures grouped into lives of one process. */
#ifndef LL_LEDGER_LIFETIME_H
#define LL_LEDGER_LIFETIME_H

#include "internal.h"

struct ll_lifetimes;

/**
 * Has all statements ready, which takes a good millisecond: a writer that waits for its workers can
 * do so meanwhile. To be closed before the ledger.
 */
int ll_lifetimes_open(struct ll_ledger *ledger, struct ll_lifetimes **ret_lifetimes,
                      struct ll_error *err);
/**
 * Regroups the captures of every instance of a dirty service, and audits them. In a transaction.
 */
int ll_lifetimes_rebuild(struct ll_lifetimes *lifetimes, struct ll_error *err);
/** NULL is nothing to close. */
void ll_lifetimes_close(struct ll_lifetimes *lifetimes);
void ll_lifetimes_closep(struct ll_lifetimes **lifetimes);

#endif
