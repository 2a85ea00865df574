/* SPDX-License-Identifier: Apache-2.0 */
/* name_time.h - times in file and directory names (formats.md 12.1). */
#ifndef LL_CAPTURE_NAME_TIME_H
#define LL_CAPTURE_NAME_TIME_H

#include <leakledger/capture.h>

struct ll_name_time {
	int64_t time_ns;
	size_t from, size; /* the part of the name that is the time */
	bool has_zone;     /* the name says which zone, or the form has none (epoch) */
	bool is_date_only;
};

/**
 * The time in `name`, which is one path element: of several the last one, but a date alone and a
 * Unix time give way to a date with a time. False when there is none.
 */
bool ll_name_time_find(struct ll_str name, struct ll_name_time *ret_found);
/** Is all of `name` a time of day ("01-06-27", "0106")? For the element below a date's. */
bool ll_name_clock_find(struct ll_str name, int64_t *ret_since_midnight_ns);

#endif
