/* SPDX-License-Identifier: Apache-2.0 */
/* log_nearby.c - see log_nearby.h. */
#include "log_nearby.h"

enum {
	PREFIX_BYTES = 64, /* in which the time of a line is, unless it is JSON */
};

void ll_log_nearby_pass(struct ll_log_nearby *nearby, struct ll_str line)
{
	/* Structured loggers sort their keys: the time may be the last one. */
	const size_t most = ll_str_starts(line, "{") ? LL_LOG_NEARBY_BYTES : PREFIX_BYTES;

	nearby->size = line.size < most ? line.size : most;
	if (nearby->size > 0)
		memcpy(nearby->passed, line.data, nearby->size);
}

void ll_log_nearby_look(struct ll_log_nearby *nearby, struct ll_prefix *prefix)
{
	const struct ll_str line = ll_str_n(nearby->passed, nearby->size);
	struct ll_record record = {.text = line, .time_ns = LL_TIME_NONE, .uptime_ns = -1};

	if (nearby->size == 0)
		return;
	nearby->size = 0;
	if (ll_prefix_cut_any(&record))
		ll_prefix_date(prefix, &record);
	else
		record.time_ns = ll_prefix_quoted_time(line);
	if (record.time_ns != LL_TIME_NONE)
		nearby->time_ns = record.time_ns;
}
