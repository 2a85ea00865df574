/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_json.h - the lines that a test printed, out of the events of `go test -json`.
 *
 *     {"Time":"...","Action":"output","Package":"p","Test":"BenchmarkX","Output":"BenchmarkX-8\t"}
 *     {"Time":"...","Action":"output","Package":"p","Test":"BenchmarkX","Output":"200\t5 ns/op\n"}
 *
 * One line comes as several events, and those of several packages are mixed: what has no line feed
 * yet is kept by package and test.
 */
#ifndef LL_CAPTURE_TEST_JSON_H
#define LL_CAPTURE_TEST_JSON_H

#include <leakledger/capture.h>

enum {
	LL_TEST_OPEN_MAX = 64, /* lines that may be open at once; more make the oldest one end */
};

struct ll_test_event {
	int64_t time_ns; /* or LL_TIME_NONE */
	struct ll_str package, test;
};

struct ll_test_open {
	struct ll_buf package, test, text;
	int64_t time_ns;
};

struct ll_test_json {
	struct ll_test_open open[LL_TEST_OPEN_MAX];
	size_t oldest;
	struct ll_buf package, test, output; /* of the event that is being read */
};

typedef int (*ll_test_line)(void *self, const struct ll_test_event *event, struct ll_str line,
                            struct ll_error *err);

void ll_test_json_init(struct ll_test_json *json);
void ll_test_json_done(struct ll_test_json *json);
/**
 * Reads one event and hands on the lines that it completes. Returns 1, 0 when the text is no such
 * event, or what `take` returned.
 */
int ll_test_json_line(struct ll_test_json *json, struct ll_str text, ll_test_line take, void *self,
                      struct ll_error *err);
/** Hands on the lines that never ended. */
int ll_test_json_finish(struct ll_test_json *json, ll_test_line take, void *self,
                        struct ll_error *err);

#endif
