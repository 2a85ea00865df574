/* SPDX-License-Identifier: Apache-2.0 */
/*
 * measure.h - running a program and learning what it cost.
 *
 * CPU time is that of the process and of all it waited for (wait4), so that it means the same for C
 * and for Go, for one thread and for many.
 */
#ifndef LL_BENCH_MEASURE_H
#define LL_BENCH_MEASURE_H

#include <leakledger/buf.h>
#include <leakledger/error.h>

enum {
	BENCH_WORDS_MAX = 16, /* of a command line */
};

struct bench_cost {
	double cpu_s, wall_s;
	int64_t rss_bytes; /* peak */
	int status;        /* exit status; 128 + signal */
};

/**
 * Runs words[0] with its arguments, standard output into `output` (emptied first; NULL: discarded).
 * Fails when it cannot be started; what it returns is in *ret_cost.
 */
int bench_run(const char *const *words, const char *output, struct bench_cost *ret_cost,
              struct ll_error *err);

/** How many processors two busy threads get, by comparison with one: 1.0 to 2.0. */
double bench_cores_delivered(void);

/** The number behind `name` in "name number" lines, or -1. */
int64_t bench_number(struct ll_str lines, const char *name);
/** The same from a file; -1 when it cannot be read. */
int64_t bench_number_in(const char *path, const char *name);

#endif
