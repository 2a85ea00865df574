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

/** The last time in `name`, which is one path element. False when there is none. */
bool ll_name_time_find(struct ll_str name, struct ll_name_time *ret_found);

#endif
