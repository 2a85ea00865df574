/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dictionary.h - small integers for texts, functions, frames and stacks, shared by all workers.
 *
 * Everything is known by a hash of its content. The ledger's own rows are loaded when they are
 * first needed; new ones get the next number and wait in a list until the writer stores them. The
 * writer drains that list before every batch, so nothing that is stored ever refers to a row that
 * is not.
 *
 * Locks: one for texts, functions and frames, one for each service's stacks, one for stacks that
 * are new. None is held while something is stored.
 */
#ifndef LL_LEDGER_DICTIONARY_H
#define LL_LEDGER_DICTIONARY_H

#include "internal.h"
#include "stack_hash.h"

struct ll_dictionary;
struct ll_inserts;
struct ll_stack_table; /* of one service */

/**
 * `ledger` must outlive it; nothing is read before something is asked for, and nothing at all
 * unless it `has_rows`.
 */
struct ll_dictionary *ll_dictionary_new(const struct ll_ledger *ledger, bool has_rows);
void ll_dictionary_free(struct ll_dictionary *dictionary);

/** Number of a text; 0 is the empty one and stands for "none". */
int ll_dictionary_word(struct ll_dictionary *dictionary, struct ll_str text, uint32_t *ret_id,
                       struct ll_error *err);

struct ll_frame_request {
	struct ll_hash function_hash, frame_hash;
	struct ll_str function, file;
	int64_t line, start_line;
	uint32_t *ret_id;
};

/** Numbers of many frames, under one lock. */
int ll_dictionary_frames(struct ll_dictionary *dictionary, const struct ll_frame_request *requests,
                         size_t count, struct ll_error *err);

/** The stack table of a service, loaded at first use. */
int ll_dictionary_stacks(struct ll_dictionary *dictionary, int64_t service_id,
                         struct ll_stack_table **ret_table, struct ll_error *err);
/** Number of the stack with that hash; UINT32_MAX when it is not known. */
uint32_t ll_stack_find(struct ll_stack_table *table, struct ll_hash hash);
/**
 * Adds a stack of `depth` frame numbers, leaf first, unless it is there by now; returns its number.
 */
uint32_t ll_stack_add(struct ll_dictionary *dictionary, struct ll_stack_table *table,
                      struct ll_hash hash, const uint32_t *frames, uint32_t depth);
/** Hash of a stored stack, for segments that are continued. False when it is not known. */
bool ll_stack_hash_of(struct ll_stack_table *table, uint32_t stack_id, struct ll_hash *ret_hash);

/** Service and instance numbers; made when they are new. */
int ll_dictionary_instance(struct ll_dictionary *dictionary, struct ll_str service,
                           struct ll_str instance, int64_t *ret_service_id,
                           int64_t *ret_instance_id, struct ll_error *err);

/**
 * Stores everything that is new, on the writer's connection, inside its transaction. Workers go on
 * meanwhile. After a failure the transaction is not to be committed.
 */
int ll_dictionary_write(struct ll_dictionary *dictionary, struct ll_inserts *inserts,
                        struct ll_error *err);

#endif
