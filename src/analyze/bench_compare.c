/* SPDX-License-Identifier: Apache-2.0 */
/* bench_compare.c - see bench.h. */
#include "stats.h"

#include <leakledger/bench.h>

#include <math.h>

enum {
	FEWEST = 4, /* results of each side: the two most different orders of 4 and 4 are 2 of 70 */
};

/** Most results of both sides. */
#define RESULTS_MAX ((size_t)4 * 1000 * 1000)

static const double default_alpha = 0.05;

struct result {
	struct ll_str package, name, unit;
	int64_t procs;
	enum ll_bench_side side;
	double value;
};

struct ll_bench {
	struct ll_arena arena;
	struct ll_vec results; /* struct result */
	struct ll_vec rows;    /* struct ll_bench_row */
	struct ll_vec scratch; /* double */
	size_t sets[2];        /* of each side */
};

struct ll_bench *ll_bench_new(void)
{
	return ll_calloc(1, sizeof(struct ll_bench));
}

void ll_bench_free(struct ll_bench *bench)
{
	if (!bench)
		return;
	ll_vec_done(&bench->results);
	ll_vec_done(&bench->rows);
	ll_vec_done(&bench->scratch);
	ll_arena_done(&bench->arena);
	free(bench);
}

void ll_bench_freep(struct ll_bench **bench)
{
	ll_bench_free(*bench);
}

const char *ll_bench_verdict_name(enum ll_bench_verdict verdict)
{
	static const char *const names[] = {
#define LL_BENCH_VERDICT_NAME(id, name) [LL_BENCH_##id] = (name),
		LL_BENCH_VERDICTS(LL_BENCH_VERDICT_NAME)
#undef LL_BENCH_VERDICT_NAME
	};

	return names[verdict];
}

/* --------------------------------------------------------------------- reading */

struct reader {
	struct ll_bench *bench;
	enum ll_bench_side side;
	size_t results;
};

/* Texts come again and again: the last result's are reused where they are the same. */
static struct ll_str kept(struct ll_bench *bench, struct ll_str text, struct ll_str last)
{
	return ll_str_equal(text, last) ? last : ll_arena_str(&bench->arena, text);
}

static int take_set(void *self, const struct ll_origin *origin, struct ll_error *err)
{
	struct reader *const reader = self;

	(void)err;
	reader->bench->sets[reader->side] += origin->kind == LL_KIND_BENCHMARK;
	return LL_OK;
}

static int take_result(void *self, const struct ll_benchmark *from, struct ll_error *err)
{
	struct reader *const reader = self;
	struct ll_bench *const bench = reader->bench;
	struct result last = {.procs = 0};
	struct result *result;

	if (!isfinite(from->value))
		return LL_OK;
	if (bench->results.count == RESULTS_MAX)
		return ll_fail(err, LL_E_LIMIT, "more than %zu results", RESULTS_MAX);
	if (bench->results.count > 0)
		last = ((const struct result *)bench->results.items)[bench->results.count - 1];
	result = ll_vec_push(&bench->results, sizeof *result);
	*result = (struct result){
		.package = kept(bench, from->package, last.package),
		.name = kept(bench, from->name, last.name),
		.unit = kept(bench, from->unit, last.unit),
		.procs = from->procs,
		.side = reader->side,
		.value = from->value,
	};
	reader->results++;
	return LL_OK;
}

static int read_members(struct ll_unpacker *unpacker, struct ll_str name,
                        const struct ll_sink *sink, struct ll_error *err)
{
	struct ll_stream *stream;
	struct ll_error first = LL_ERROR_INIT;
	struct ll_error *report = &first; /* what is wrong with the first member is told */
	int state;

	while ((state = ll_unpacker_next(unpacker, &stream, report)) != 0) {
		if (state > 0)
			state = ll_capture_read(stream, name, sink, NULL, report);
		if (state == LL_E_LIMIT)
			break;
		if (first.code != LL_OK)
			report = NULL;
	}
	if (first.code != LL_OK)
		*err = first;
	return first.code;
}

size_t ll_bench_sets(const struct ll_bench *bench, enum ll_bench_side side)
{
	return bench->sets[side];
}

int ll_bench_add_file(struct ll_bench *bench, enum ll_bench_side side, const char *path,
                      struct ll_error *err)
{
	LL_CLEANUP(ll_unpacker_freep)
	struct ll_unpacker *unpacker = ll_unpacker_new(&ll_limits_default);
	struct reader reader = {.bench = bench, .side = side};
	struct ll_sink sink = ll_sink_ignore;
	struct ll_error why = LL_ERROR_INIT;
	struct ll_hash stored;
	const char *const slash = strrchr(path, '/');
	int64_t size;
	int rc = ll_unpacker_open(unpacker, path, &stored, &size, err);

	if (rc < 0)
		return ll_within(err, "reading '%s'", path);
	sink.self = &reader;
	sink.begin = take_set;
	sink.benchmark = take_result;
	rc = read_members(unpacker, ll_str(slash ? slash + 1 : path), &sink, &why);
	if (rc == LL_E_LIMIT || (rc < 0 && reader.results == 0)) {
		(void)ll_fail(err, (enum ll_code)rc, "%s", why.text);
		return ll_within(err, "reading '%s'", path);
	}
	if (reader.results == 0)
		return ll_fail(err, LL_E_FORMAT, "'%s' holds no result of a benchmark", path);
	return LL_OK;
}

/* ------------------------------------------------------------------- comparing */

double ll_bench_least_effect(struct ll_str unit)
{
	static const struct {
		const char *unit;
		double effect;
	} effects[] = {{"allocs/op", 0.08}, {"B/op", 0.12}};

	for (size_t i = 0; i < LL_COUNT(effects); i++) {
		if (ll_str_equal(unit, ll_str(effects[i].unit)))
			return effects[i].effect;
	}
	return 0.05;
}

/* Order of rows; results of one row differ in side only. */
static int compare_keys(const struct result *a, const struct result *b)
{
	int order = ll_str_compare(a->package, b->package);

	if (order == 0)
		order = ll_str_compare(a->name, b->name);
	if (order == 0)
		order = (a->procs > b->procs) - (a->procs < b->procs);
	return order != 0 ? order : ll_str_compare(a->unit, b->unit);
}

static int compare_results(const void *left, const void *right)
{
	const struct result *const a = left, *const b = right;
	const int order = compare_keys(a, b);

	if (order != 0)
		return order;
	if (a->side != b->side)
		return a->side < b->side ? -1 : 1;
	return (b->value < a->value) - (a->value < b->value);
}

static struct ll_bench_sample measure(double *values, size_t count)
{
	struct ll_bench_sample sample = {.count = count};

	(void)ll_stats_median(values, count, &sample.median);
	sample.has_interval = ll_stats_median_interval(values, count, &sample.low, &sample.high);
	return sample;
}

static bool is_zero(double value)
{
	return !(value < 0) && !(value > 0);
}

static enum ll_bench_verdict judge(const struct ll_bench_row *row, double alpha)
{
	const double moved = row->newer.median - row->older.median;
	const bool is_up = moved > 0;

	if (row->newer.count == 0)
		return LL_BENCH_GONE;
	if (row->older.count == 0)
		return LL_BENCH_NEW;
	if (row->older.count < FEWEST || row->newer.count < FEWEST)
		return LL_BENCH_TOO_FEW;
	if (!row->has_p || row->p >= alpha || is_zero(moved))
		return LL_BENCH_SAME;
	/* From nothing to something is any size of change. */
	if (row->has_change && fabs(row->change) < row->least_effect)
		return LL_BENCH_SAME;
	return is_up == row->is_more_better ? LL_BENCH_BETTER : LL_BENCH_WORSE;
}

/* The row of results[0..count), `split` of them of the older side. */
static void add_row(struct ll_bench *bench, const struct result *results, size_t split,
                    size_t count, const struct ll_bench_options *options)
{
	struct ll_bench_row *const row = ll_vec_push(&bench->rows, sizeof *row);
	double *values;

	bench->scratch.count = 0;
	ll_vec_reserve(&bench->scratch, count, sizeof *values);
	values = bench->scratch.items;
	for (size_t i = 0; i < count; i++)
		values[i] = results[i].value;
	*row = (struct ll_bench_row){
		.package = results->package,
		.name = results->name,
		.procs = results->procs,
		.unit = results->unit,
		.is_more_better = ll_str_ends(results->unit, "/s"),
		.older = measure(values, split),
		.newer = measure(values + split, count - split),
		.least_effect = options->least_effect >= 0 ? options->least_effect
	                                                   : ll_bench_least_effect(results->unit),
	};
	row->has_p = ll_stats_mann_whitney(values, split, values + split, count - split, &row->p);
	row->has_change = split > 0 && split < count && !is_zero(row->older.median);
	if (row->has_change)
		row->change = row->newer.median / row->older.median - 1;
	row->verdict = judge(row, options->alpha > 0 ? options->alpha : default_alpha);
}

const struct ll_bench_row *
ll_bench_compare(struct ll_bench *bench, const struct ll_bench_options *options, size_t *ret_count)
{
	struct result *const results = bench->results.items;
	const size_t count = bench->results.count;
	size_t end;

	bench->rows.count = 0;
	if (count > 0)
		qsort(results, count, sizeof *results, compare_results);
	for (size_t from = 0; from < count; from = end) {
		size_t split = 0;

		for (end = from; end < count && compare_keys(&results[from], &results[end]) == 0;
		     end++)
			split += results[end].side == LL_BENCH_OLDER;
		add_row(bench, results + from, split, end - from, options);
	}
	*ret_count = bench->rows.count;
	return bench->rows.items;
}
