/* SPDX-License-Identifier: Apache-2.0 */
/*
 * reading.h - handing on one number under a name (struct ll_reading), for readers that have the
 * name in parts: "cgroup." "memory.stat" "." "anon".
 */
#ifndef LL_CAPTURE_READING_H
#define LL_CAPTURE_READING_H

#include <leakledger/capture.h>

enum {
	LL_READING_NAME_MAX = 160, /* longer names are cut */
};

/** Hands on a value at the time of the capture. `labels` is a JSON object or empty. */
int ll_reading_put(const struct ll_sink *out, struct ll_str name, struct ll_str labels,
                   double value, struct ll_error *err);
/** The same for "no limit". */
int ll_reading_put_none(const struct ll_sink *out, struct ll_str name, struct ll_error *err);
/** Writes a name from parts into `room` and views it. */
struct ll_str ll_reading_name(char room[LL_READING_NAME_MAX], const char *format, ...)
	LL_PRINTF(2, 3);

#endif
