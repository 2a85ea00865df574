/* SPDX-License-Identifier: Apache-2.0 */
/*
 * steps.h - the things that are measured, one command each, and the ratios between them.
 */
#ifndef LL_BENCH_STEPS_H
#define LL_BENCH_STEPS_H

#include "measure.h"

enum {
	BENCH_ROUNDS_MAX = 25,
};

enum bench_step {
	STEP_LIMIT_HEAP,
	STEP_INGEST,
	STEP_AGAIN,
	STEP_REREAD,
	STEP_GUNZIP,
	STEP_PARSE,
	STEP_PARSE_GOGC,
	STEP_PPROF,
	STEP_INGEST_TWO,
	STEP_COLD_LIMIT,
	STEP_COLD,
	STEP_REAL_LIMIT,
	STEP_REAL,
	STEP_LINES,
	STEP_TEXT,
	STEP_PANICPARSE,
	STEP_GO_MEMSTATS,
	STEP_MEMSTATS,
	STEP_PREPARED_ROWS,
	STEP_TABLE_ROWS,
	STEP_PLAIN,
	STEP_SCAN,
	STEP_SLOPE,
	STEP_EVENING,
	STEP_ANALYZE_HEAP,
	STEP_NIGHT,
	STEP_ANALYZE_NIGHT,
	STEP_ALL,
	STEP_ALL_AGAIN,
	STEP_ANALYZE,
	STEP_JUDGE_PARTS,
	STEP_REPORT,
	STEP_FOLD,
	STEP_FLAMEGRAPH,
	STEP_FLAME,
	STEP_FEW,
	STEP_ANALYZE_FEW,
	STEP_REPORT_FEW,
	STEP_MANY,
	STEP_ANALYZE_MANY,
	STEP_REPORT_MANY,
	STEP_COUNT
};

/** Service of the heap set that gets captures in the night, and no other. */
#define BENCH_NIGHT_SERVICE "cart-00"

/** What the words in braces stand for, and what there is. */
struct bench_places {
	const char *bin;        /* our limit programs and readers */
	const char *peers;      /* Go programs, or NULL */
	const char *leakledger; /* the program */
	const char *corpus;     /* made by generate */
	const char *work;       /* scratch */
	const char *flamegraph; /* flamegraph.pl, or NULL */
	bool has_report, has_real, has_panicparse;
};

/** One step's costs, round by round. */
struct bench_record {
	const char *skipped; /* why it was not measured; NULL when it was */
	size_t rounds;
	struct bench_cost costs[BENCH_ROUNDS_MAX];
	int64_t work_bytes; /* stored bytes of what it read; 0 when it reads none */
	size_t files;
	int64_t worst[BENCH_ROUNDS_MAX]; /* number called "worst" that it printed, or -1 */
};

struct bench {
	struct bench_places places;
	size_t rounds;
	struct bench_record records[STEP_COUNT];
	double cores; /* fewest that were delivered around the steps that need two */
	int64_t ledger_bytes;
	int64_t samples, night_samples; /* of the heap set; of the service with new captures */
	const char *voided;             /* what did not add up, or NULL */
	char voided_text[256];
};

/** Short name, for the table of costs. */
const char *bench_step_name(enum bench_step step);
/** Finds out which steps can be measured, and makes the lists that they need. */
int bench_prepare(struct bench *bench, struct ll_error *err);
/** Runs every step once. */
int bench_round(struct bench *bench, struct ll_error *err);
/** <work or corpus>/NAME into `path`. */
void bench_path(char path[1024], const char *directory, const char *name);

#endif
