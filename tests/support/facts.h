/* SPDX-License-Identifier: Apache-2.0 */
/*
 * facts.h - a sink that writes down what a reader says, one line per fact, and adds up the values.
 *
 *     capture heap (allocs) period=524288 program=/app types=inuse_space/bytes
 *     sample main.put shop.go:31 < main.main main.go:9 | 1 64 1 64 | block 64 | {"k":"v"}
 *     goroutines 3 chan receive, 5-9 min: main.run hub.go:31; by main.newHub hub.go:20; leaked
 *     scalar HeapAlloc 123
 *     gc 7 forced pause=5000 start=... (only what is known)
 *     fact shop cart/store.go:31:12 map make(map[string]int) escapes to heap
 *     reading process.rss 1048576 time=2023-11-14T22:13:20Z
 *     benchmark example.com/shop Put procs=8 n=200 5000 ns/op
 *     kill kernel memcg process=app pid=7 ... | task app adj=0 pid=7 ... | declared owner shop ...
 *     note 4 the log breaks off
 *
 * A test compares whole transcripts or looks for one line of them.
 */
#ifndef LL_TEST_FACTS_H
#define LL_TEST_FACTS_H

#include <leakledger/capture.h>

enum {
	LL_FACTS_MAX = 64, /* captures of one read that are remembered; the rest is only counted */
};

/** What was said of one capture. */
struct ll_capture_facts {
	enum ll_kind kind;
	struct ll_str variant; /* or empty */
	bool is_delta, is_foreign;
	int64_t time_ns, not_before_ns, duration_ns, period;
	struct ll_str service, instance, program, build_id, go_version;
	size_t type_count;
	struct ll_value_type types[LL_VALUE_TYPES_MAX];
	int64_t totals[LL_VALUE_TYPES_MAX]; /* sums over samples, wrapping */
	size_t samples, groups, scalars, cycles, build_facts, notes;
	size_t readings, benchmarks, kills, tasks, declared;
	uint64_t goroutines;
};

struct ll_facts {
	struct ll_arena arena;
	struct ll_buf text;
	bool is_quiet; /* no transcript: for large captures */
	bool has_ids;  /* with the oldest goroutines of each group */
	struct ll_capture_facts captures[LL_FACTS_MAX];
	size_t count; /* captures that began */
	struct ll_symbols symbols;
	bool has_symbols;               /* of the capture that is being read */
	const struct ll_format *format; /* that read the last content */
};

void ll_facts_init(struct ll_facts *facts);
void ll_facts_done(struct ll_facts *facts);
/** Forgets what was said; keeps is_quiet and has_ids. */
void ll_facts_clear(struct ll_facts *facts);
/** The sink that writes into `facts`. */
struct ll_sink ll_facts_sink(struct ll_facts *facts);

/** For cmocka_unit_test_setup_teardown: *state becomes a struct ll_facts. */
int ll_facts_set_up(void **state);
int ll_facts_tear_down(void **state);

/** Forgets, reads a text, and fails the test unless that succeeds and `format` has read it. */
void ll_facts_read_as(struct ll_facts *facts, const char *format, const char *name,
                      const char *text);

/**
 * Reads one content as ll_capture_read does. The bytes are copied to a block of exactly their size.
 */
int ll_facts_read(struct ll_facts *facts, struct ll_str content, const char *name,
                  struct ll_error *err);
/**
 * Takes stored bytes apart and reads every member. Returns LL_OK, or the first failure; members
 * after a damaged one are still tried. *ret_members (may be NULL) counts those that gave a stream.
 */
int ll_facts_unpack(struct ll_facts *facts, struct ll_str stored, const char *name,
                    const struct ll_limits *limits, size_t *ret_members, struct ll_error *err);

/** Fails the test unless the transcript is exactly `expected`. */
#define assert_facts(facts, expected) ll_facts_assert((facts), (expected), __FILE__, __LINE__)
void ll_facts_assert(const struct ll_facts *facts, const char *expected, const char *file,
                     int line);
/** Fails the test, showing the transcript, unless it has this very line. */
#define assert_fact(facts, line) ll_facts_assert_line((facts), (line), __FILE__, __LINE__)
void ll_facts_assert_line(const struct ll_facts *facts, const char *expected, const char *file,
                          int line);

#endif
