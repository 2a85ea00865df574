/* SPDX-License-Identifier: Apache-2.0 */
/*
 * units.h - numbers with units, in and out.
 *
 * Bytes are int64_t and shown in IEC units (KiB, MiB ...). Durations are int64_t nanoseconds. Times
 * are int64_t nanoseconds since 1970-01-01T00:00:00Z (good until 2262) and are always shown in UTC.
 */
#ifndef LEAKLEDGER_UNITS_H
#define LEAKLEDGER_UNITS_H

#include <leakledger/str.h>

#include <time.h>

#define LL_NS_PER_US     INT64_C(1000)
#define LL_NS_PER_MS     INT64_C(1000000)
#define LL_NS_PER_S      INT64_C(1000000000)
#define LL_NS_PER_MINUTE (60 * LL_NS_PER_S)
#define LL_NS_PER_HOUR   (3600 * LL_NS_PER_S)
#define LL_NS_PER_DAY    (86400 * LL_NS_PER_S)

/** No time is known. Smaller than every real time. */
#define LL_TIME_NONE INT64_MIN

enum {
	LL_UNIT_TEXT = 48, /* room that every ll_format_* below needs */
};

/** "12.4 MiB", "-3 B", "0 B": three significant figures. Returns `out`. */
const char *ll_format_bytes(int64_t bytes, char out[LL_UNIT_TEXT]);
/** "1,234,567". */
const char *ll_format_count(int64_t count, char out[LL_UNIT_TEXT]);
/** Short count for axes: "950", "12.3k", "4M". */
const char *ll_format_short(double value, char out[LL_UNIT_TEXT]);
/** "45 s", "12 min", "3.5 h", "9 days": at most two significant figures of the largest unit. */
const char *ll_format_duration(int64_t duration_ns, char out[LL_UNIT_TEXT]);
/** RFC 3339 in UTC, seconds, "2026-11-21T01:06:27Z"; LL_TIME_NONE gives "". */
const char *ll_format_time(int64_t time_ns, char out[LL_UNIT_TEXT]);
/** The same with nanoseconds where they are not zero. */
const char *ll_format_time_exact(int64_t time_ns, char out[LL_UNIT_TEXT]);
/**
 * A number without trailing zeros and without exponent for ordinary sizes, independent of locale.
 */
const char *ll_format_real(double value, int decimals, char out[LL_UNIT_TEXT]);

/** "512", "200MiB", "1.5G", "64k": binary with or without "iB", decimal with "kB", "MB". */
bool ll_parse_bytes(struct ll_str text, int64_t *ret_bytes);
/** "90s", "15m", "3h", "14d", "2w". */
bool ll_parse_duration(struct ll_str text, int64_t *ret_duration_ns);
/**
 * Dates as people and tools write them: RFC 3339 with or without zone ("T", "t" or blank between),
 * a date alone, "@1795223187" and "@1795223187.5". *ret_has_zone tells whether a zone was given;
 * without one UTC is assumed. Returns false when the text is not entirely one date.
 */
bool ll_parse_time(struct ll_str text, int64_t *ret_time_ns, bool *ret_has_zone);
/** What a clock or a file system says; LL_TIME_NONE outside of 1678 to 2262. */
int64_t ll_time_from_timespec(struct timespec time);
/** Nanoseconds since the epoch of a UTC calendar moment; false when a field is out of range. */
bool ll_time_from_civil(int64_t year, int month, int day, int hour, int minute, int second,
                        int64_t *ret_time_ns);

#endif
