/* SPDX-License-Identifier: Apache-2.0 */
/*
 * goroutine_header.h - "goroutine 18 gp=0xc000 m=nil [chan receive (leaked), 5 minutes] {k: v}:",
 * the line that starts a goroutine in a dump (formats.md 3.1).
 */
#ifndef LL_CAPTURE_GOROUTINE_HEADER_H
#define LL_CAPTURE_GOROUTINE_HEADER_H

#include <leakledger/capture.h>

struct ll_goroutine_header {
	uint64_t id;
	struct ll_str state;  /* without flags */
	struct ll_str labels; /* raw, with their braces; or empty */
	int64_t minutes;
	bool is_leaked;
};

/** Views into the line. False when it is not entirely a header. */
bool ll_goroutine_header_parse(struct ll_str line, struct ll_goroutine_header *ret_header);
/**
 * "[Goroutine 21 in state select, 3 minutes, with main.run on top of the stack:", as a test that
 * looks for goroutines that did not end (goleak) writes it.
 */
bool ll_goroutine_report_parse(struct ll_str line, struct ll_goroutine_header *ret_header);
/** Appends raw labels as a JSON object with sorted keys. */
void ll_goroutine_header_put_labels(struct ll_buf *out, struct ll_str raw);

#endif
