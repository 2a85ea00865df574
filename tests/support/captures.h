/* SPDX-License-Identifier: Apache-2.0 */
/*
 * captures.h - captures as tests need them: a few stacks with numbers in, the bytes of a file out.
 *
 * Sampled counts are given, not estimates: the writers compute what Go's runtime would have printed
 * for them, at one sample every TEST_PERIOD bytes.
 */
#ifndef LL_TEST_CAPTURES_H
#define LL_TEST_CAPTURES_H

#include <leakledger/buf.h>

enum {
	TEST_PERIOD = 524288, /* bytes between two heap samples, Go's default */
	TEST_FRAMES_MAX = 16,
};

struct test_frame {
	const char *function, *file;
	int64_t line;
};

struct test_stack {
	struct test_frame frames[TEST_FRAMES_MAX]; /* leaf first */
	size_t count;
};

/**
 * Parses "shop.put@/src/shop.go:31 < main.main@/src/main.go:9", leaf first, in place: the stack
 * points into `text`, which is cut up. False when a frame has no "@file:line".
 */
bool test_stack_parse(char *text, struct test_stack *ret_stack);

/** Objects of one size at one stack. */
struct test_heap_sample {
	const struct test_stack *stack;
	int64_t size;       /* bytes of one object */
	int64_t live, born; /* sampled objects in use, and ever allocated */
	const char *entry;  /* runtime function that allocated; used by the text form, or NULL */
};

struct test_heap {
	int64_t time_ns;
	const char *build; /* id of the main binary, or NULL */
	const struct test_heap_sample *samples;
	size_t count;
};

/** The protobuf form, not compressed. */
void test_put_heap(struct ll_buf *to, const struct test_heap *heap);
/** The form of ?debug=1, without the trailer of MemStats. It has neither time nor build. */
void test_put_heap_text(struct ll_buf *to, const struct test_heap *heap);

/** Waiting at one lock since the process started, or processor time of one stack. */
struct test_lock {
	const struct test_stack *stack;
	int64_t count, delay_ns;
};

/** A CPU profile of half a minute, with a sample for each 10 ms. */
void test_put_cpu(struct ll_buf *to, int64_t time_ns, const struct test_lock *used, size_t count);

/** A mutex profile. */
void test_put_locks(struct ll_buf *to, int64_t time_ns, const struct test_lock *locks,
                    size_t count);
/** A line of GODEBUG=gctrace=1, without the line feed's neighbours. */
void test_put_trace(struct ll_buf *to, int64_t number, double at_s, double assist_ms,
                    int64_t goal_mib, int64_t live_mib);

/** Goroutines that stand alike. */
struct test_goroutines {
	const struct test_stack *stack;
	const char *state;
	int64_t count, minutes;           /* minutes 0: not printed */
	const struct test_frame *creator; /* NULL: started by the runtime */
	int64_t of_ended; /* so many were started by each of some that have ended; 0: by main */
	int64_t gone;     /* so many at this place have ended, the oldest first */
};

/** The form of ?debug=2. */
void test_put_dump(struct ll_buf *to, const struct test_goroutines *groups, size_t count);

struct test_memstats {
	int64_t live;        /* bytes marked alive by the last collection; the goal is twice that */
	int64_t total_alloc; /* bytes ever allocated */
	int64_t num_gc;
	int64_t last_gc_ns;
	/* What the others do not say: 0 is what a small program has. */
	int64_t next_gc;    /* the goal; twice what is alive */
	int64_t stacks;     /* of goroutines */
	int64_t idle;       /* of the heap, kept */
	int64_t holes;      /* of its pages in use, beside a twentieth */
	int64_t returned;   /* to the system */
	int64_t num_forced; /* collections; negative: not told */
	int64_t rate;       /* of them in a second: writes the ring of pauses */
};

void test_put_memstats(struct ll_buf *to, const struct test_memstats *stats);

/**
 * A heap profile of one line, shop/cart/store.go:31, that holds `live` sampled objects of 1 KiB.
 */
void test_put_one_heap(struct ll_buf *to, int64_t time_ns, const char *build, int64_t live);
/** A dump of `count` goroutines that wait at shop/hub/hub.go:75 for three minutes. */
void test_put_one_dump(struct ll_buf *to, int64_t count);

/** Compresses `bytes` as gzip does. */
void test_put_gzip(struct ll_buf *to, struct ll_str bytes);

#endif
