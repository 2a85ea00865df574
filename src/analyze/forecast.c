/* SPDX-License-Identifier: Apache-2.0 */
/* forecast.c - which limit holds for a service, and when it is reached. */
#include "judge.h"

#include <leakledger/sqlite.h>

#include <math.h>

enum {
	BYTES_PER_LIVE_BYTE = 2, /* GOGC 100: the heap may double before it is collected */
};

static int64_t days_to_ns(double days)
{
	const double ns = days * (double)LL_NS_PER_DAY;

	return ns < 9e18 ? (int64_t)ns : INT64_MAX;
}

/* Later sections of the configuration go before earlier ones. */
int64_t ll_service_limit_of(const struct ll_service_limit *limits, size_t count,
                            const char *service)
{
	int64_t limit_bytes = 0;

	for (size_t i = 0; i < count; i++) {
		if (sqlite3_strglob(limits[i].service, service) == 0)
			limit_bytes = limits[i].limit_bytes;
	}
	return limit_bytes;
}

static struct ll_forecast unknown(const char *reason)
{
	return (struct ll_forecast){.is_known = false, .reason = reason};
}

struct ll_forecast ll_forecast_limit(struct ll_estimate bytes_per_day, bool is_collected,
                                     double footprint_bytes, int64_t limit_bytes, bool is_over)
{
	const double taken = is_collected ? BYTES_PER_LIVE_BYTE : 1;
	double room;

	if (is_over)
		return unknown("it does not grow any more");
	if (limit_bytes <= 0)
		return unknown("no memory limit is known; set one in the configuration");
	if (isnan(bytes_per_day.value))
		return unknown("its growth in bytes is not known");
	if (bytes_per_day.low <= 0)
		return unknown("its growth in bytes may be nothing: the interval reaches zero");
	if (footprint_bytes < 0)
		return unknown("no MemStats tell how much the process takes now");
	room = (double)limit_bytes - footprint_bytes;
	if (room < 0)
		room = 0;
	return (struct ll_forecast){
		.is_known = true,
		.value_ns = days_to_ns(room / (taken * bytes_per_day.value)),
		.low_ns = days_to_ns(room / (taken * bytes_per_day.high)),
		.high_ns = days_to_ns(room / (taken * bytes_per_day.low)),
		.reason = "",
	};
}
