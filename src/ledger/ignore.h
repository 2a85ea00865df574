/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ignore.h - what the configuration leaves out: captures of its instances are kept and are no
 * observations.
 */
#ifndef LL_LEDGER_IGNORE_H
#define LL_LEDGER_IGNORE_H

#include "internal.h"

/**
 * Marks captures as the rules that are stored say, and makes services dirty of which more or less
 * is ignored than before. Pods must have been adopted. In a transaction.
 */
int ll_ignore_apply(struct ll_ledger *ledger, struct ll_error *err);

#endif
