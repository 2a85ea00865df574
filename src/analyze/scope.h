/* SPDX-License-Identifier: Apache-2.0 */
/* scope.h - parts of the scope: symbols to sites, series to points. */
#ifndef LL_ANALYZE_SCOPE_H
#define LL_ANALYZE_SCOPE_H

#include <leakledger/analyze.h>
#include <leakledger/sqlite.h>

/** Fills site, stack_site and stack_path for the services in scope_service. */
int ll_scope_sites(struct ll_ledger *ledger, struct ll_error *err);
/** Fills heap_point for the captures in heap_capture. */
int ll_scope_heap(struct ll_ledger *ledger, struct ll_error *err);
/** Joins sites that are one place on different lines of several builds: <leakledger/moves.h>. */
int ll_scope_moves(struct ll_ledger *ledger, struct ll_error *err);

#endif
