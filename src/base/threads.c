/* SPDX-License-Identifier: Apache-2.0 */
/* threads.c - groups of threads. */
#define _GNU_SOURCE /* sched_getaffinity: containers often allow fewer processors than there are */
#include <leakledger/threads.h>

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <unistd.h>

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
	long count;

	/* More than 1024 processors do not fit the set, and the system says so. */
	if (sched_getaffinity(0, sizeof set, &set) == 0)
		count = CPU_COUNT(&set);
	else
		count = sysconf(_SC_NPROCESSORS_ONLN);
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
