/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lives.h - what tells one process from another: captures of one instance, and the lives that they
 * are grouped into. Rules are numbered in lifetime.c.
 */
#ifndef LL_LEDGER_LIVES_H
#define LL_LEDGER_LIVES_H

#include "internal.h"

#include <leakledger/vec.h>

/** Captures of one round are taken within that time, and their numbers may be crossed. */
#define LL_SAME_ROUND_NS (5 * LL_NS_PER_S)
/**
 * Captures of two kinds may be of a round that takes that long: a name gives all of them the time
 * at which the round began, a content its own.
 */
#define LL_SLOW_ROUND_NS (60 * LL_NS_PER_S)

/** What never falls while a process lives; -1 where a capture does not have it. */
struct ll_counters {
	int64_t alloc_space, alloc_objects;   /* of heap profiles */
	int64_t num_gc, total_alloc, mallocs; /* of MemStats */
	int64_t cpu_ns;                       /* of the process */
};

/** What metrics tell of a pod's container, from outside. */
struct ll_container_life {
	int64_t start_ns;        /* or LL_TIME_NONE */
	int64_t restarts, kills; /* so far; -1: not told */
};

/** One capture. */
struct ll_life_row {
	int64_t capture_id, time_ns;
	struct ll_str class; /* kind, format and variant: captures of one class compare exactly */
	struct ll_str build; /* as the content tells it */
	struct ll_str label; /* as a name tells it */
	struct ll_str program;
	bool is_apart; /* delta or foreign: no counters to compare */
	struct ll_counters counters;
	int64_t last_gc; /* -1: not there */
	int64_t ring_first, ring_first_ns;
	struct ll_str ring;
	int64_t trace_ns; /* length of a trace that begins with the first collection; else -1 */
	struct ll_str trace_head; /* what the first of these collections were like */
	int64_t start_ns;         /* of the process, as the content tells it; or LL_TIME_NONE */
	int64_t boot_ns;          /* its start since the machine's, as /proc tells it; else -1 */
	int64_t pid;              /* -1: not told */
	struct ll_container_life container;
	int64_t ends; /* how often its container had ended by then; -1: not told, or not asked */
	size_t life;  /* index, or SIZE_MAX while unassigned */
	int64_t clock_ns; /* time of the capture that proves its own time wrong, or LL_TIME_NONE */
};

struct ll_life {
	int64_t start_ns, first_ns, last_ns;
	int64_t evidence_ns; /* time of the last capture with evidence */
	struct ll_str evidence_class;
	struct ll_counters counters;
	int64_t last_gc;
	int64_t boot_ns, pid; /* of the last capture that tells it; else -1 */
	int64_t ends;         /* the same */
	struct ll_str build, label, program;
	const char *begun_by;
	bool is_mixed;
	bool has_told_start; /* a content told start_ns */
	size_t captures;     /* with counters */
	size_t ring_row;     /* the capture whose ring reaches farthest, or SIZE_MAX */
	const struct ll_life_row *rows;
};

/** A life without captures, for the captures in `rows`. */
struct ll_life ll_life_of(const struct ll_life_row *rows, const char *begun_by);
/**
 * Rule 7: what containers tell becomes the evidence of captures of which none tells of the process
 * itself: their starts (start_ns), else their restarts, else their kills (ends).
 */
void ll_life_take_containers(struct ll_life_row *rows, size_t count);
/** Can the capture be compared with others? */
bool ll_life_has_evidence(const struct ll_life_row *row);
/**
 * NULL when the capture can belong to the life; else what speaks against it. With `is_exact` also
 * captures of one round must have counters that do not fall.
 */
const char *ll_life_contradiction(const struct ll_life *life, const struct ll_life_row *row,
                                  bool is_exact);
/** Rules 2 and 3: do they share a collection, or the number and the start of a process? */
bool ll_life_is_proved(const struct ll_life *life, const struct ll_life_row *row);
/**
 * Rule 2 in time: is the capture older than the life's newest, by the numbers of their collections,
 * though its time is later? Then one of the two has a wrong time: the newest when its own last
 * collection is later than itself, else the capture. *ret_wrong is that one's index in the rows,
 * *ret_right the other's.
 */
bool ll_life_is_behind(const struct ll_life *life, const struct ll_life_row *row, size_t *ret_wrong,
                       size_t *ret_right);
void ll_life_join(struct ll_life *life, const struct ll_life_row *row);
/** How far a capture without evidence is from a life, in time; INT64_MAX: it cannot be of it. */
int64_t ll_life_distance(const struct ll_life *life, const struct ll_life_row *row);

/**
 * Rule 6: are these the captures of processes that live at the same time? Then `lives` (struct
 * ll_life) becomes one life for each, and rows with evidence are assigned to them. With `is_proved`
 * rings have shown that they are; else their counters must.
 */
bool ll_replicas_part(struct ll_life_row *rows, size_t count, bool is_proved, struct ll_vec *lives);

#endif
