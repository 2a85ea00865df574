/* SPDX-License-Identifier: Apache-2.0 */
/*
 * threads.h - groups of workers, and the counter that tells each what is next.
 *
 * How what they make reaches who stores it, in which order and in bounded memory, is for those who
 * start them to say (src/ledger/turn.h).
 */
#ifndef LEAKLEDGER_THREADS_H
#define LEAKLEDGER_THREADS_H

#include <leakledger/error.h>

struct ll_workers;

enum {
	LL_WORKERS_MAX = 1024, /* threads of one group */
};

/**
 * Starts `count` threads that each run work(self, index) once; more than LL_WORKERS_MAX are never
 * started. When the system gives fewer, that is no failure: *ret_started tells how many there are.
 * None at all is LL_E_BUSY.
 */
int ll_workers_start(size_t count, void (*work)(void *self, size_t index), void *self,
                     struct ll_workers **ret_workers, size_t *ret_started, struct ll_error *err);
/** Waits for all of them and frees the group. Accepts NULL. */
void ll_workers_join(struct ll_workers *workers);
/** Processors this process may run on, at least 1. */
size_t ll_workers_available(void);

/** A counter that several threads draw from: 0, 1, 2 ... */
struct ll_ticket;
struct ll_ticket *ll_ticket_new(void);
void ll_ticket_free(struct ll_ticket *ticket);
size_t ll_ticket_next(struct ll_ticket *ticket);

#endif
