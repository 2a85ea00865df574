/* SPDX-License-Identifier: Apache-2.0 */
/* threads.c - a ring buffer with a mutex and two conditions, and groups of threads. */
#define _GNU_SOURCE /* sched_getaffinity: containers often allow fewer processors than there are  \
                      */
#include <leakledger/threads.h>

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>

struct ll_queue {
	pthread_mutex_t lock;
	pthread_cond_t has_room, has_item;
	void **items;
	size_t length, first, count;
	bool is_closed;
};

struct ll_queue *ll_queue_new(size_t length)
{
	struct ll_queue *const queue = ll_calloc(1, sizeof *queue);

	queue->items = ll_calloc(length, sizeof *queue->items);
	queue->length = length;
	(void)pthread_mutex_init(&queue->lock, NULL);
	(void)pthread_cond_init(&queue->has_room, NULL);
	(void)pthread_cond_init(&queue->has_item, NULL);
	return queue;
}

void ll_queue_free(struct ll_queue *queue)
{
	if (!queue)
		return;
	(void)pthread_cond_destroy(&queue->has_item);
	(void)pthread_cond_destroy(&queue->has_room);
	(void)pthread_mutex_destroy(&queue->lock);
	free(queue->items);
	free(queue);
}

bool ll_queue_put(struct ll_queue *queue, void *item)
{
	bool is_taken = false;

	(void)pthread_mutex_lock(&queue->lock);
	while (queue->count == queue->length && !queue->is_closed)
		(void)pthread_cond_wait(&queue->has_room, &queue->lock);
	if (!queue->is_closed) {
		queue->items[(queue->first + queue->count) % queue->length] = item;
		queue->count++;
		is_taken = true;
		(void)pthread_cond_signal(&queue->has_item);
	}
	(void)pthread_mutex_unlock(&queue->lock);
	return is_taken;
}

void *ll_queue_get(struct ll_queue *queue)
{
	void *item = NULL;

	(void)pthread_mutex_lock(&queue->lock);
	while (queue->count == 0 && !queue->is_closed)
		(void)pthread_cond_wait(&queue->has_item, &queue->lock);
	if (queue->count > 0) {
		item = queue->items[queue->first];
		queue->first = (queue->first + 1) % queue->length;
		queue->count--;
		(void)pthread_cond_signal(&queue->has_room);
	}
	(void)pthread_mutex_unlock(&queue->lock);
	return item;
}

void ll_queue_close(struct ll_queue *queue)
{
	(void)pthread_mutex_lock(&queue->lock);
	queue->is_closed = true;
	(void)pthread_cond_broadcast(&queue->has_item);
	(void)pthread_cond_broadcast(&queue->has_room);
	(void)pthread_mutex_unlock(&queue->lock);
}

struct worker {
	pthread_t thread;
	struct ll_workers *group;
	size_t index;
};

struct ll_workers {
	void (*work)(void *self, size_t index);
	void *self;
	size_t count;
	struct worker workers[];
};

static void *run_worker(void *argument)
{
	struct worker *const worker = argument;

	worker->group->work(worker->group->self, worker->index);
	return NULL;
}

int ll_workers_start(size_t count, void (*work)(void *self, size_t index), void *self,
                     struct ll_workers **ret_workers, size_t *ret_started, struct ll_error *err)
{
	struct ll_workers *group;

	/* The number comes from outside; the size below is small for as many as these. */
	count = count < LL_WORKERS_MAX ? count : LL_WORKERS_MAX;
	group = ll_calloc(1, sizeof *group + count * sizeof group->workers[0]);
	group->work = work;
	group->self = self;
	for (size_t i = 0; i < count; i++) {
		int problem;

		group->workers[i] = (struct worker){.group = group, .index = i};
		problem = pthread_create(&group->workers[i].thread, NULL, run_worker,
		                         &group->workers[i]);
		if (problem != 0 && i == 0) {
			free(group);
			return ll_fail_errno(err, LL_E_BUSY, problem, "cannot start a thread");
		}
		/* Fewer threads than wanted still do all the work. */
		if (problem != 0)
			break;
		group->count = i + 1;
	}
	*ret_workers = group;
	*ret_started = group->count;
	return LL_OK;
}

void ll_workers_join(struct ll_workers *workers)
{
	if (!workers)
		return;
	for (size_t i = 0; i < workers->count; i++)
		(void)pthread_join(workers->workers[i].thread, NULL);
	free(workers);
}

size_t ll_workers_available(void)
{
	cpu_set_t set;
	int count = 0;

	if (sched_getaffinity(0, sizeof set, &set) == 0)
		count = CPU_COUNT(&set);
	return count > 0 ? (size_t)count : 1;
}

struct ll_ticket {
	atomic_size_t next;
};

struct ll_ticket *ll_ticket_new(void)
{
	struct ll_ticket *const ticket = ll_malloc(sizeof *ticket);

	atomic_init(&ticket->next, 0);
	return ticket;
}

void ll_ticket_free(struct ll_ticket *ticket)
{
	free(ticket);
}

size_t ll_ticket_next(struct ll_ticket *ticket)
{
	return atomic_fetch_add(&ticket->next, 1);
}
