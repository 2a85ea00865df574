/* SPDX-License-Identifier: Apache-2.0 */
/*
 * new_rows.h - what the dictionary has numbered and nobody has stored yet.
 *
 * Names of one kind refer to others: a stack to frames, a frame to its function. Stacks have a
 * queue of their own, because they have a lock of their own.
 */
#ifndef LL_LEDGER_NEW_ROWS_H
#define LL_LEDGER_NEW_ROWS_H

#include "rows.h"

struct ll_new_word {
	uint32_t id;
	struct ll_str text;
};

struct ll_new_function {
	uint32_t id;
	struct ll_str name, file;
};

struct ll_new_pair { /* a frame (function, line) or a function's start (function, line) */
	uint32_t id, function;
	int64_t line;
};

struct ll_new_stack {
	int64_t service_id;
	uint32_t id, depth;
	struct ll_str frames;
};

struct ll_new_instance {
	int64_t service_id, instance_id;
	struct ll_str service,
		instance;             /* of what is about no service in particular, both are "" */
	bool is_service, is_instance; /* which of the two is new */
};

/** Vectors of the structs above; frames and starts are pairs. The arena has their texts. */
struct ll_new_names {
	struct ll_vec words, functions, frames, starts, instances;
	struct ll_arena arena;
};

struct ll_new_stacks {
	struct ll_vec stacks;
	struct ll_arena arena;
};

/** Empty, but with room for as much again. */
void ll_new_names_clear(struct ll_new_names *names);
void ll_new_stacks_clear(struct ll_new_stacks *stacks);
void ll_new_names_done(struct ll_new_names *names);
void ll_new_stacks_done(struct ll_new_stacks *stacks);

/** Stores all of them inside the current transaction; both stay as they are. */
int ll_new_rows_store(const struct ll_new_names *names, const struct ll_new_stacks *stacks,
                      struct ll_inserts *inserts, struct ll_error *err);

#endif
