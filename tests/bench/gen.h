/* SPDX-License-Identifier: Apache-2.0 */
/*
 * gen.h - the corpus of the benchmark: seeded, so that two machines measure the same bytes.
 *
 * A *set* is a directory of captures of one kind, a list of their paths and what they add up to.
 * The sums are what the benchmark holds the ledger and the peers against: a fast wrong answer is
 * void.
 */
#ifndef LL_BENCH_GEN_H
#define LL_BENCH_GEN_H

#include <leakledger/buf.h>
#include <leakledger/error.h>
#include <leakledger/vec.h>

/** A random sequence (splitmix64); the same seed and stream give the same numbers everywhere. */
struct gen_random {
	uint64_t state;
};

struct gen_random gen_random_new(uint64_t seed, uint64_t stream);
uint64_t gen_next(struct gen_random *random);
/** 0 .. n - 1; n must not be 0. */
uint32_t gen_below(struct gen_random *random, uint32_t n);
/** True in `percent` of 100 cases. */
bool gen_chance(struct gen_random *random, uint32_t percent);

enum {
	GEN_VALUES = 4,
};

/** A set being written, and what it adds up to so far. */
struct gen_set {
	const char *root; /* the corpus */
	const char *name; /* "heap", "goroutine", "memstats", "few", "many", "real" */
	uint64_t seed;
	size_t files, samples, stacks;
	int64_t stored_bytes, content_bytes;
	int64_t values[GEN_VALUES];
	struct ll_buf list; /* one path a line */
	struct ll_buf gzip; /* scratch */
};

void gen_set_init(struct gen_set *set, const char *root, const char *name, uint64_t seed);
/** Writes the list and the line of sums and frees what the set holds. */
int gen_set_done(struct gen_set *set, struct ll_error *err);
/** Writes one capture to <root>/<set>/<relative> and lists it; `is_gzip` packs it at level 1. */
int gen_set_put(struct gen_set *set, const char *relative, struct ll_str content, bool is_gzip,
                struct ll_error *err);

/** How much of a kind there is; what a generator has no use for is 0. */
struct gen_shape {
	size_t files;
	uint32_t captures;   /* of one process */
	uint32_t interval_s; /* between two of them */
	uint32_t instances;  /* of one service */
	uint32_t stacks_min, stacks_max;
	size_t goroutines;
	bool is_fleet; /* services have the same names whatever the kind, and files are packed */
};

/** Heap profiles with `stacks_min` to `stacks_max` stacks a service. */
int gen_heap(struct gen_set *set, const struct gen_shape *shape, struct ll_error *err);
/** debug=2 dumps of `goroutines` each. */
int gen_goroutines(struct gen_set *set, const struct gen_shape *shape, struct ll_error *err);
/** MemStats JSON with full pause rings, every other one inside expvar's /debug/vars. */
int gen_memstats(struct gen_set *set, const struct gen_shape *shape, struct ll_error *err);
/**
 * Every heap profile of a corpus of real captures that has the four usual values, each `copies`
 * times with a different comment, so that no two have the same bytes.
 */
int gen_real(struct gen_set *set, const char *corpus, size_t copies, struct ll_error *err);

#endif
