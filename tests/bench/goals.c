/* SPDX-License-Identifier: Apache-2.0 */
/*
 * goals.c - the table of goals.
 *
 * gate: missing it is a regression. target: what a release may claim. stretch: what the design may
 * reach. A ratio of times is taken within each round, then the median of the rounds; when two steps
 * read different amounts, each time is first divided by the stored bytes that were read.
 */
#include "goals.h"

enum kind {
	CPU,           /* CPU of `over` / CPU of `under` */
	WALL,          /* the same with wall time, where two processors are there */
	PEAK,          /* MiB of memory of `over` */
	SAMPLE_BYTES,  /* bytes of ledger for each sample */
	CAPTURE_BYTES, /* ... for each capture */
	STORED_BYTES,  /* ... for each byte of gzip */
	PER_SAMPLE,    /* CPU of `over` a sample of the night's service / `under` a sample of all */
	PER_FILE,      /* CPU of `over` a file of its list / `under` a file of its own */
	WORST,         /* what `over` printed, in hundredths */
	ABSENT,        /* there is nothing to measure, and why */
};

struct goal {
	const char *id, *title;
	enum kind kind;
	enum bench_step over, under;
	bool is_at_most;
	double gate, target, stretch; /* 0: none */
	/**
	 * Of ABSENT: why. Else: the gate is known to be missed, and docs/performance.md says why;
	 * it fails nothing until it is met once, and then this must go.
	 */
	const char *reason;
};

/* clang-format off */
static const struct goal goals[] = {
	{"1", "ingest CPU: read + inflate only / all", CPU, STEP_LIMIT_HEAP, STEP_INGEST, false, 0.30, 0.40, 0.50, NULL},
	{"1c", "the same, one process only (names are new)", CPU, STEP_COLD_LIMIT, STEP_COLD, false, 0, 0, 0, NULL},
	{"1r", "the same, real profiles", CPU, STEP_REAL_LIMIT, STEP_REAL, false, 0.22, 0.30, 0.38, NULL},
	{"2", "CPU: Go profile.Parse / ingest", CPU, STEP_PARSE, STEP_INGEST, false, 7, 10, 13, NULL},
	{"2b", "CPU: the same with GOGC=400 / ingest", CPU, STEP_PARSE_GOGC, STEP_INGEST, false, 5, 7, 9, NULL},
	{"3", "CPU: go tool pprof -top / ingest", CPU, STEP_PPROF, STEP_INGEST, false, 50, 70, 100, NULL},
	{"4", "CPU: ingest / Go gunzip only", CPU, STEP_INGEST, STEP_GUNZIP, true, 0.85, 0.65, 0.50, NULL},
	{"5", "wall: one thread / two workers and a writer", WALL, STEP_INGEST, STEP_INGEST_TWO, false, 1.5, 1.75, 1.9, NULL},
	{"6", "ledger bytes / sample", SAMPLE_BYTES, STEP_INGEST, STEP_INGEST, true, 9, 7, 5.5, NULL},
	{"6a", "ledger bytes / capture", CAPTURE_BYTES, STEP_INGEST, STEP_INGEST, true, 0, 0, 0, NULL},
	{"6b", "ledger bytes / gzip bytes", STORED_BYTES, STEP_INGEST, STEP_INGEST, true, 0.20, 0.15, 0.10, NULL},
	{"7", "CPU: slopes of live series / scan of rows", CPU, STEP_SLOPE, STEP_SCAN, true, 0.30, 0.12, 0.05, NULL},
	{"7b", "CPU: slowest analyzer / scan of its tables", WORST, STEP_JUDGE_PARTS, STEP_JUDGE_PARTS, true, 4, 2.5, 2, NULL},
	{"8", "CPU a sample: analyze one service / all", PER_SAMPLE, STEP_ANALYZE_NIGHT, STEP_ANALYZE_HEAP, true, 1.3, 1.1, 0, NULL},
	{"8b", "CPU: ingest again, nothing new / first", CPU, STEP_ALL_AGAIN, STEP_ALL, true, 0.05, 0.02, 0, NULL},
	{"8h", "the same, heap profiles only", CPU, STEP_AGAIN, STEP_INGEST, true, 0, 0, 0, NULL},
	{"8r", "CPU: all read again, nothing new / first", CPU, STEP_REREAD, STEP_INGEST, true, 0, 0, 0, NULL},
	{"9", "goroutine text: line ends only / all (CPU)", CPU, STEP_LINES, STEP_TEXT, false, 0.20, 0.30, 0.45, NULL},
	{"9b", "CPU: panicparse / our goroutine text", CPU, STEP_PANICPARSE, STEP_TEXT, false, 80, 150, 0, NULL},
	{"10", "CPU: Go encoding/json / our MemStats", CPU, STEP_GO_MEMSTATS, STEP_MEMSTATS, false, 8, 15, 40, NULL},
	{"11", "2,000-row page: libxslt / our writer", ABSENT, STEP_REPORT, STEP_REPORT, false, 15, 25, 0,
	 "pages are made by libxslt and nothing else"},
	{"11b", "CPU: flamegraph.pl / our flame graph", CPU, STEP_FLAMEGRAPH, STEP_FLAME, false, 50, 85, 0, NULL},
	{"12", "peak memory, two threads, MiB", PEAK, STEP_INGEST_TWO, STEP_INGEST_TWO, true, 400, 250, 150, NULL},
	{"13", "CPU: rows prepared / rows as ours", CPU, STEP_PREPARED_ROWS, STEP_TABLE_ROWS, false, 2, 2.5, 15, NULL},
	{"14", "CPU a service: analyze many / a quarter of them", PER_FILE, STEP_ANALYZE_MANY, STEP_ANALYZE_FEW, true, 1.3, 1.1, 0, NULL},
	{"14b", "CPU a service: report many / a quarter of them", PER_FILE, STEP_REPORT_MANY, STEP_REPORT_FEW, true, 1.3, 1.1, 0, NULL},
};
/* clang-format on */

static int by_value(const void *a, const void *b)
{
	const double left = *(const double *)a;
	const double right = *(const double *)b;

	return left < right ? -1 : left > right;
}

struct spread {
	double min, median, max;
};

static struct spread spread_of(double *values, size_t count)
{
	qsort(values, count, sizeof *values, by_value);
	return (struct spread){
		.min = values[0],
		.median = (values[(count - 1) / 2] + values[count / 2]) / 2,
		.max = values[count - 1],
	};
}

static double per_byte(const struct bench_record *record, double value)
{
	return record->work_bytes > 0 ? value / (double)record->work_bytes : value;
}

/* One value of a goal for each round. */
static double value_of(const struct bench *bench, const struct goal *goal, size_t round)
{
	const struct bench_record *const over = &bench->records[goal->over];
	const struct bench_record *const under = &bench->records[goal->under];

	switch (goal->kind) {
	case CPU:
		return per_byte(over, over->costs[round].cpu_s) /
		       per_byte(under, under->costs[round].cpu_s);
	case WALL: return over->costs[round].wall_s / under->costs[round].wall_s;
	case PEAK: return (double)over->costs[round].rss_bytes / 1048576;
	case STORED_BYTES: return (double)bench->ledger_bytes / (double)over->work_bytes;
	case CAPTURE_BYTES: return (double)bench->ledger_bytes / (double)over->files;
	case SAMPLE_BYTES: return (double)bench->ledger_bytes / (double)bench->samples;
	case PER_SAMPLE:
		return over->costs[round].cpu_s / (double)bench->night_samples /
		       (under->costs[round].cpu_s / (double)bench->samples);
	case PER_FILE:
		return over->costs[round].cpu_s / (double)over->files /
		       (under->costs[round].cpu_s / (double)under->files);
	case WORST: return (double)over->worst[round] / 100;
	case ABSENT: break;
	}
	return 0;
}

static const char *skip_reason(const struct bench *bench, const struct goal *goal)
{
	const char *const reason =
		goal->kind == ABSENT ? goal->reason : bench->records[goal->over].skipped;

	if (reason)
		return reason;
	if (bench->records[goal->under].skipped)
		return bench->records[goal->under].skipped;
	if (goal->kind == WALL && bench->cores < 1.8)
		return "two processors were not delivered";
	return NULL;
}

static bool meets(const struct goal *goal, double value, double limit)
{
	return goal->is_at_most ? value <= limit : value >= limit;
}

static const char *verdict_of(const struct goal *goal, double value)
{
	if (goal->gate <= 0)
		return "-";
	if (goal->stretch > 0 && meets(goal, value, goal->stretch))
		return "stretch";
	if (meets(goal, value, goal->target))
		return "target";
	if (meets(goal, value, goal->gate))
		return goal->reason ? "gate (known as missed until now)" : "gate";
	return goal->reason ? "MISSED, as is known" : "MISSED";
}

static void print_limit(const struct goal *goal, double limit)
{
	char text[32] = "-";

	if (limit > 0)
		(void)snprintf(text, sizeof text, "%s %g", goal->is_at_most ? "<=" : ">=", limit);
	(void)printf(" %9s", text);
}

/* Returns false when the gate is missed and nobody knew. */
static bool print_goal(const struct bench *bench, const struct goal *goal)
{
	const char *const skipped = skip_reason(bench, goal);
	double values[BENCH_ROUNDS_MAX];
	struct spread spread;

	(void)printf("%-3s %-44s", goal->id, goal->title);
	if (skipped) {
		(void)printf(" skipped: %s\n", skipped);
		return true;
	}
	for (size_t i = 0; i < bench->rounds; i++)
		values[i] = value_of(bench, goal, i);
	spread = spread_of(values, bench->rounds);
	(void)printf(" %8.4g %8.4g %8.4g", spread.min, spread.median, spread.max);
	print_limit(goal, goal->gate);
	print_limit(goal, goal->target);
	print_limit(goal, goal->stretch);
	(void)printf("  %s\n", verdict_of(goal, spread.median));
	return goal->gate <= 0 || goal->reason || meets(goal, spread.median, goal->gate);
}

void bench_print_costs(const struct bench *bench)
{
	(void)printf("\n%-34s %6s %9s %9s %9s %9s %8s\n", "what", "files", "CPU s", "wall s",
	             "ms/file", "MB/s", "MiB");
	for (size_t i = 0; i < STEP_COUNT; i++) {
		const struct bench_record *const record = &bench->records[i];
		double cpu[BENCH_ROUNDS_MAX], wall[BENCH_ROUNDS_MAX];
		double cpu_s;

		(void)printf("%-34s", bench_step_name((enum bench_step)i));
		if (record->skipped) {
			(void)printf(" skipped: %s\n", record->skipped);
			continue;
		}
		for (size_t k = 0; k < record->rounds; k++) {
			cpu[k] = record->costs[k].cpu_s;
			wall[k] = record->costs[k].wall_s;
		}
		cpu_s = spread_of(cpu, record->rounds).median;
		(void)printf(" %6zu %9.3f %9.3f", record->files, cpu_s,
		             spread_of(wall, record->rounds).median);
		if (record->files > 0)
			(void)printf(" %9.3f %9.1f", cpu_s * 1e3 / (double)record->files,
			             (double)record->work_bytes / 1e6 / cpu_s);
		else
			(void)printf(" %9s %9s", "", "");
		(void)printf(" %8.1f\n", (double)record->costs[0].rss_bytes / 1048576);
	}
	(void)printf(
		"CPU and wall: median of %zu rounds; MB/s: stored bytes by CPU time; MiB: peak\n",
		bench->rounds);
}

/* The limit does the same work every round; when its time changes, the machine did. */
static bool is_noisy(const struct bench *bench)
{
	const struct bench_record *const limit = &bench->records[STEP_LIMIT_HEAP];
	double cpu[BENCH_ROUNDS_MAX];
	struct spread spread;

	for (size_t i = 0; i < bench->rounds; i++)
		cpu[i] = limit->costs[i].cpu_s;
	spread = spread_of(cpu, bench->rounds);
	(void)printf(
		"noise: the slowest round of '%s' took %.2f of the fastest; processors: %.2f\n",
		bench_step_name(STEP_LIMIT_HEAP), spread.max / spread.min, bench->cores);
	return spread.max / spread.min > 1.5;
}

enum bench_verdict bench_print_goals(const struct bench *bench)
{
	size_t missed = 0;

	(void)printf("\n%-3s %-44s %8s %8s %8s %9s %9s %9s  %s\n", "#", "ratio", "min", "median",
	             "max", "gate", "target", "stretch", "meets");
	for (size_t i = 0; i < LL_COUNT(goals); i++)
		missed += !print_goal(bench, &goals[i]);
	if (is_noisy(bench)) {
		(void)printf("noisy: no judgment\n");
		return BENCH_NOISY;
	}
	if (bench->voided) {
		(void)printf("void: %s\n", bench->voided);
		return BENCH_VOID;
	}
	if (missed > 0)
		(void)printf("%zu missed\n", missed);
	return missed > 0 ? BENCH_MISSED : BENCH_MET;
}
