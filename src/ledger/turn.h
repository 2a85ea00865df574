/* SPDX-License-Identifier: Apache-2.0 */
/*
 * turn.h - units are read by many workers at once and written one after the other, in their order.
 *
 * Why in order: the same bytes in two places are one capture, and the lowest place says whose it
 * is. When a unit is written, all places before it were seen, so its claims (lookup.h) are final,
 * whatever the number of workers and whoever was first; and when a run is killed, what it wrote is
 * what comes first in the order, so that the next run decides as this one would have.
 *
 * A worker begins a unit only when it is at most `window` units ahead of the writer, so that as
 * many units wait at most; a unit of several batches hands them over only when it is its turn, but
 * for the last one.
 */
#ifndef LL_LEDGER_TURN_H
#define LL_LEDGER_TURN_H

#include "batch.h"

struct ll_turn;

struct ll_turn *ll_turn_new(size_t window);
void ll_turn_free(struct ll_turn *turn);

/** The next unit to read, or SIZE_MAX when all `units` were given out or the run was stopped. */
size_t ll_turn_begin(struct ll_turn *turn, size_t units);
/** Hands over a batch (its unit, is_last). False when the run was stopped; it is freed. */
bool ll_turn_put(struct ll_turn *turn, struct ll_batch *batch);
/** A worker ends: when the last one has, ll_turn_get gives NULL at the end. */
void ll_turn_leave(struct ll_turn *turn);

/** How many workers will leave. */
void ll_turn_expect(struct ll_turn *turn, size_t workers);
/** The next batch in the order of units, or NULL when there is none left. */
struct ll_batch *ll_turn_get(struct ll_turn *turn);
/** The run has failed: nothing is begun or taken any more. */
void ll_turn_stop(struct ll_turn *turn);

#endif
