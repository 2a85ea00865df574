/* SPDX-License-Identifier: Apache-2.0 */
/*
 * log_nearby.h - when it was where a line without a time stands: the last time above it.
 *
 * Most lines of a log are passed over without looking at their time. The beginning of the last one
 * is kept, and looked at when a line comes that matters.
 */
#ifndef LL_CAPTURE_LOG_NEARBY_H
#define LL_CAPTURE_LOG_NEARBY_H

#include "prefix.h"

enum {
	LL_LOG_NEARBY_BYTES = 1024,
};

struct ll_log_nearby {
	int64_t time_ns; /* of the last line that had one, or LL_TIME_NONE */
	size_t size;     /* of the line that was passed over; 0 when its time has been looked at */
	char passed[LL_LOG_NEARBY_BYTES];
};

/** Nobody wants the line; its time may be wanted. */
void ll_log_nearby_pass(struct ll_log_nearby *nearby, struct ll_str line);
/** Looks at the time of the line that was passed over last. */
void ll_log_nearby_look(struct ll_log_nearby *nearby, struct ll_prefix *prefix);

#endif
