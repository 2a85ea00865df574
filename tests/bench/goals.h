/* SPDX-License-Identifier: Apache-2.0 */
/* goals.h - ratios, what they should be, and the tables that are printed. */
#ifndef LL_BENCH_GOALS_H
#define LL_BENCH_GOALS_H

#include "steps.h"

enum bench_verdict {
	BENCH_MET = 0,    /* every gate that could be judged */
	BENCH_MISSED = 1, /* at least one was not */
	BENCH_VOID = 70,  /* results do not add up */
	BENCH_NOISY = 75, /* the machine was too busy to tell: try again */
};

/** Prints what each step cost. */
void bench_print_costs(const struct bench *bench);
/** Prints the ratios with their goals and says how it went. */
enum bench_verdict bench_print_goals(const struct bench *bench);

#endif
