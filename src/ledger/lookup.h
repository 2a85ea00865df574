/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lookup.h - what the ledger already has, asked by workers.
 *
 * One read-only connection behind a lock, opened when there is something to ask: SQLite parses the
 * whole schema for each, 2 ms. It does not see the run's own uncommitted work, so
 * contents of this run are also kept in a map: the same bytes in two places are one capture, and
 * the lowest place gives it its identity, whichever worker comes first.
 */
#ifndef LL_LEDGER_LOOKUP_H
#define LL_LEDGER_LOOKUP_H

#include "batch.h"
#include "internal.h"

struct ll_lookup;

/** `ledger` and `version` must outlive it. `has_rows`: the ledger holds something. */
struct ll_lookup *ll_lookup_new(const struct ll_ledger *ledger, const char *version, bool has_rows);
void ll_lookup_free(struct ll_lookup *lookup);
/** Something was committed, so that there is something to ask from now on. */
void ll_lookup_note_rows(struct ll_lookup *lookup);

/**
 * Are these stored bytes known, so that the file need not be taken apart? Not when something in it
 * was rejected by another version of the program.
 */
int ll_lookup_stored(struct ll_lookup *lookup, struct ll_hash stored, bool *ret_is_known,
                     struct ll_error *err);
/**
 * Claims a content for a place: true when the ledger does not have it and nobody before that place
 * has claimed it. A claim can be lost to a lower place until the content is written; see turn.h.
 */
int ll_lookup_claim_content(struct ll_lookup *lookup, struct ll_hash content, uint64_t place,
                            bool *ret_is_new, struct ll_error *err);
/** Does the claim of this place still stand? */
bool ll_lookup_has_claim(struct ll_lookup *lookup, struct ll_hash content, uint64_t place);
/**
 * Finds a stored segment of that kind with few captures, to be continued, and restores it. Each is
 * given to one worker only. segment->segment_id stays 0 when there is none. `stacks` is the
 * service's.
 */
struct ll_stack_table;
int ll_lookup_continue(struct ll_lookup *lookup, struct ll_batch_segment *segment,
                       struct ll_stack_table *stacks, struct ll_error *err);

#endif
