/* SPDX-License-Identifier: Apache-2.0 */
/*
 * bench_line.h - one line of what `go test -bench` prints (formats.md 8.1).
 */
#ifndef LL_CAPTURE_BENCH_LINE_H
#define LL_CAPTURE_BENCH_LINE_H

#include <leakledger/str.h>

enum {
	LL_BENCH_PAIRS_MAX = 64, /* values of one result */
	LL_BENCH_NAME_MAX = 1024,
};

struct ll_bench_pair {
	struct ll_str unit;
	double value;
};

/**
 * Takes "BenchmarkPut-8" from *text; the name is given without "Benchmark". Go wants an upper-case
 * letter after the word; scripts do not.
 */
bool ll_bench_name(struct ll_str *text, struct ll_str *ret_name);
/** "200  5000 ns/op  64 B/op". Returns the number of pairs; 0: no numbers of a result. */
size_t ll_bench_numbers(struct ll_str text, int64_t *ret_iterations,
                        struct ll_bench_pair pairs[LL_BENCH_PAIRS_MAX]);
/** Both on one line. */
bool ll_bench_is_result(struct ll_str line);
/** "pkg: example.com/shop": the key has no upper case and no blanks. */
bool ll_bench_config(struct ll_str line, struct ll_str *ret_key, struct ll_str *ret_value);
/** Cuts "2026-11-21T01:06:27.1234567Z ", which CI services put before each line. */
bool ll_bench_cut_time(struct ll_str *line, int64_t *ret_time_ns);

#endif
