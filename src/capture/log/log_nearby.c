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

/*
 * "Timestamp:2026-11-21 01:06:27 +0000 UTC", one of the lines in which somebody tells an event;
 * "Panic at 2026-11-21T01:06:27Z", what a handler writes above the dump it saves.
 */
static int64_t titled_time(struct ll_str line)
{
	static const char *const titles[] = {"Timestamp:", "Time:", "Date:"};
	const size_t at = ll_str_find(line, " at ");
	int64_t time_ns;

	for (size_t i = 0; i < LL_COUNT(titles); i++) {
		if (!ll_str_skip(&line, titles[i]))
			continue;
		line = ll_str_trim(line);
		return ll_prefix_take_go_time(&line, &time_ns) ? time_ns : LL_TIME_NONE;
	}
	line = ll_str_from(line, at == SIZE_MAX ? SIZE_MAX : at + strlen(" at "));
	if (ll_prefix_take_go_time(&line, &time_ns) && ll_str_trim(line).size == 0)
		return time_ns;
	return LL_TIME_NONE;
}

void ll_log_nearby_look(struct ll_log_nearby *nearby, struct ll_prefix *prefix)
{
	/* A page indents what it shows. */
	const struct ll_str line = ll_str_trim(ll_str_n(nearby->passed, nearby->size));
	struct ll_record record = {.text = line, .time_ns = LL_TIME_NONE, .uptime_ns = -1};

	if (nearby->size == 0)
		return;
	nearby->size = 0;
	if (ll_prefix_cut_any(&record, NULL))
		ll_prefix_date(prefix, &record);
	else
		record.time_ns = ll_prefix_quoted_time(line);
	if (record.time_ns == LL_TIME_NONE)
		record.time_ns = titled_time(line);
	if (record.time_ns != LL_TIME_NONE)
		nearby->time_ns = record.time_ns;
}
