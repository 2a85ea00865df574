/* SPDX-License-Identifier: Apache-2.0 */
/* turn.c - see turn.h. */
#include "turn.h"

#include <pthread.h>

struct ll_turn {
	pthread_mutex_t lock;
	pthread_cond_t changed;
	size_t window;
	size_t begun; /* units given out */
	size_t now;   /* the unit that is being written */
	size_t workers;
	bool is_stopped;
	/*
	 * Of the unit that has its turn one batch can wait, of each of the others its last one: the
	 * unit's number modulo the window tells where.
	 */
	struct ll_batch **waiting;
};

struct ll_turn *ll_turn_new(size_t window)
{
	struct ll_turn *const turn = ll_calloc(1, sizeof *turn);

	(void)pthread_mutex_init(&turn->lock, NULL);
	(void)pthread_cond_init(&turn->changed, NULL);
	turn->window = window;
	turn->waiting = ll_calloc(window, sizeof *turn->waiting);
	return turn;
}

void ll_turn_free(struct ll_turn *turn)
{
	if (!turn)
		return;
	for (size_t i = 0; i < turn->window; i++)
		ll_batch_free(turn->waiting[i]);
	(void)pthread_cond_destroy(&turn->changed);
	(void)pthread_mutex_destroy(&turn->lock);
	free(turn->waiting);
	free(turn);
}

void ll_turn_expect(struct ll_turn *turn, size_t workers)
{
	(void)pthread_mutex_lock(&turn->lock);
	turn->workers = workers;
	(void)pthread_cond_broadcast(&turn->changed);
	(void)pthread_mutex_unlock(&turn->lock);
}

void ll_turn_leave(struct ll_turn *turn)
{
	(void)pthread_mutex_lock(&turn->lock);
	turn->workers--;
	(void)pthread_cond_broadcast(&turn->changed);
	(void)pthread_mutex_unlock(&turn->lock);
}

void ll_turn_stop(struct ll_turn *turn)
{
	(void)pthread_mutex_lock(&turn->lock);
	turn->is_stopped = true;
	(void)pthread_cond_broadcast(&turn->changed);
	(void)pthread_mutex_unlock(&turn->lock);
}

size_t ll_turn_begin(struct ll_turn *turn, size_t units)
{
	size_t unit = SIZE_MAX;

	(void)pthread_mutex_lock(&turn->lock);
	while (!turn->is_stopped && turn->begun < units && turn->begun >= turn->now + turn->window)
		(void)pthread_cond_wait(&turn->changed, &turn->lock);
	if (!turn->is_stopped && turn->begun < units)
		unit = turn->begun++;
	(void)pthread_mutex_unlock(&turn->lock);
	return unit;
}

bool ll_turn_put(struct ll_turn *turn, struct ll_batch *batch)
{
	struct ll_batch **const place = &turn->waiting[batch->unit % turn->window];
	bool is_taken;

	(void)pthread_mutex_lock(&turn->lock);
	while (!turn->is_stopped && (*place || (!batch->is_last && batch->unit != turn->now)))
		(void)pthread_cond_wait(&turn->changed, &turn->lock);
	is_taken = !turn->is_stopped;
	if (is_taken)
		*place = batch;
	(void)pthread_cond_broadcast(&turn->changed);
	(void)pthread_mutex_unlock(&turn->lock);
	if (!is_taken)
		ll_batch_free(batch);
	return is_taken;
}

struct ll_batch *ll_turn_get(struct ll_turn *turn)
{
	struct ll_batch *batch = NULL;

	(void)pthread_mutex_lock(&turn->lock);
	for (;;) {
		struct ll_batch **const place = &turn->waiting[turn->now % turn->window];

		if (*place) {
			batch = ll_take(place);
			turn->now += batch->is_last;
			break;
		}
		if (turn->workers == 0)
			break;
		(void)pthread_cond_wait(&turn->changed, &turn->lock);
	}
	(void)pthread_cond_broadcast(&turn->changed);
	(void)pthread_mutex_unlock(&turn->lock);
	return batch;
}
