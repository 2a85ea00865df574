/* SPDX-License-Identifier: Apache-2.0 */
/*
 * views.h - the views of a connection, which are TEMP, and those of the file, for who opens it with
 * another program.
 */
#ifndef LL_LEDGER_VIEWS_H
#define LL_LEDGER_VIEWS_H

#include <leakledger/ledger.h>

/** Makes the connection's own views. */
int ll_views_make(struct ll_ledger *ledger, struct ll_error *err);
/**
 * Brings the views of the file up to date. Begins a transaction when there is something to write,
 * and leaves it open.
 */
int ll_views_refresh(struct ll_ledger *ledger, struct ll_error *err);

#endif
