/* SPDX-License-Identifier: Apache-2.0 */
/*
 * bench.h - two sets of benchmark results, compared.
 *
 * Results of one benchmark, unit and number of processors are a sample. Samples of the older and
 * the newer side are compared by Mann and Whitney's test, because times and sizes of benchmarks are
 * not normal; a change that is certain but smaller than its unit's least effect is none that
 * anybody should be stopped by.
 *
 *     ll_bench_new
 *       ll_bench_add_file     any number, for either side; results of a file are added to its side
 *       ll_bench_compare      rows, sorted; what is said holds until the next call
 *     ll_bench_free
 */
#ifndef LEAKLEDGER_BENCH_H
#define LEAKLEDGER_BENCH_H

#include <leakledger/capture.h>

enum ll_bench_side {
	LL_BENCH_OLDER,
	LL_BENCH_NEWER,
};

/** What can be said of one benchmark and unit: identifier, word for machines. */
#define LL_BENCH_VERDICTS(X)                                                                       \
	X(WORSE, "worse")                                                                          \
	X(BETTER, "better")                                                                        \
	X(SAME, "same")       /* nothing certain, or too little to matter */                       \
	X(TOO_FEW, "too-few") /* no test of so few results can be certain: 4 of each side could */ \
	X(GONE, "gone")       /* only the older side has it */                                     \
	X(NEW, "new")         /* only the newer side has it */

enum ll_bench_verdict {
#define LL_BENCH_VERDICT_ENUM(id, name) LL_BENCH_##id,
	LL_BENCH_VERDICTS(LL_BENCH_VERDICT_ENUM)
#undef LL_BENCH_VERDICT_ENUM
};

/** "worse", "better" ... */
const char *ll_bench_verdict_name(enum ll_bench_verdict verdict);

/** The results of one side. Numbers are 0 where there are none. */
struct ll_bench_sample {
	size_t count;
	double median;
	bool has_interval; /* of the median, 95 %; needs six results */
	double low, high;
};

struct ll_bench_row {
	struct ll_str package, name; /* the name without "Benchmark" and the processors */
	int64_t procs;               /* 0 when not known */
	struct ll_str unit;          /* as written: "B/op" */
	bool is_more_better;         /* of rates, "MB/s" */
	struct ll_bench_sample older, newer;
	bool has_change;
	double change; /* newer median over the older one, less 1; without one the older is 0 */
	bool has_p;
	double p;            /* chance that sides that do not differ look like this */
	double least_effect; /* change below which nothing is worse or better */
	enum ll_bench_verdict verdict;
};

struct ll_bench_options {
	double alpha;        /* 0: 0.05 */
	double least_effect; /* a fraction for all units; negative: the unit's own */
};

struct ll_bench;

struct ll_bench *ll_bench_new(void);
void ll_bench_free(struct ll_bench *bench);
void ll_bench_freep(struct ll_bench **bench);

/**
 * Reads a file of results, compressed or not, also an archive of such. LL_E_FORMAT when it holds no
 * result of a benchmark; other captures in it are passed over.
 */
int ll_bench_add_file(struct ll_bench *bench, enum ll_bench_side side, const char *path,
                      struct ll_error *err);

/** The sets that the results of a side were in: of other commits, or before and after a change. */
size_t ll_bench_sets(const struct ll_bench *bench, enum ll_bench_side side);

/**
 * Compares what was added. Rows are sorted by package, name, processors and unit; they belong to
 * the bench.
 */
const struct ll_bench_row *
ll_bench_compare(struct ll_bench *bench, const struct ll_bench_options *options, size_t *ret_count);

/** Change below which a change of that unit is none: 0.08 of allocs/op, 0.12 of B/op, else 0.05. */
double ll_bench_least_effect(struct ll_str unit);

#endif
