/* SPDX-License-Identifier: Apache-2.0 */
/* metric_set.c - see metric_set.h. */
#include "metric_set.h"

#include <math.h>

#define HUGE_VALUE 4611686018427387904.0 /* 2^62: more means "none" (formats.md 5.1) */

void ll_metric_set_done(struct ll_metric_set *set)
{
	ll_vec_done(&set->readings);
}

void ll_metric_set_clear(struct ll_metric_set *set)
{
	struct ll_vec readings = set->readings;

	readings.count = 0;
	*set = (struct ll_metric_set){.readings = readings};
}

bool ll_metric_scalar(const struct ll_metric_name *known, double value, int64_t *ret_scalar)
{
	if (known->unit == LL_METRIC_FRACTION_AS_PPB && !(value <= 1))
		return false;
	if (known->unit == LL_METRIC_SECONDS_AS_NS || known->unit == LL_METRIC_FRACTION_AS_PPB)
		value *= 1e9;
	if (!(value >= 0))
		return false;
	/* client_golang before 0.9 wrote "LastGC*10 ^ 9", and ^ is the exclusive or. */
	if (known->metric == LL_METRIC_LAST_GC && value > HUGE_VALUE) {
		value /= 1e10;
		if (value > HUGE_VALUE)
			return false;
	}
	*ret_scalar = value > HUGE_VALUE ? INT64_MAX : (int64_t)llround(value);
	return true;
}

static bool is_none(const struct ll_metric_name *known, double value)
{
	if (isinf(value))
		return true;
	switch (known->none) {
	case LL_METRIC_HUGE_IS_NONE: return value > HUGE_VALUE;
	case LL_METRIC_ZERO_IS_NONE: return !(value > 0) || value > HUGE_VALUE;
	case LL_METRIC_ANY: break;
	}
	return false;
}

/* True when it is a repetition: the page has the number under several names. */
static bool note_runtime(struct ll_metric_set *set, const struct ll_metric_name *known,
                         struct ll_str labels, double value)
{
	if (known->runtime == SIZE_MAX || labels.size > 0)
		return false;
	if (set->has_runtime[known->runtime])
		return true;
	set->has_runtime[known->runtime] = true;
	set->has_any_runtime = true;
	set->runtime[known->runtime] = value;
	return false;
}

void ll_metric_set_add(struct ll_metric_set *set, struct ll_str name,
                       const struct ll_metric_name *known, struct ll_str labels, double value)
{
	struct ll_reading *reading;
	int64_t scalar;

	if (isnan(value) || note_runtime(set, known, labels, value))
		return;
	if (known->metric != LL_METRIC_COUNT && ll_metric_scalar(known, value, &scalar)) {
		if (!set->has[known->metric])
			set->value[known->metric] = scalar;
		set->has[known->metric] = true;
		return;
	}
	if (known->reading && strcmp(known->reading, LL_READING_START_TIME) == 0)
		set->start_time = value;
	reading = ll_vec_push(&set->readings, sizeof *reading);
	*reading = (struct ll_reading){
		.name = known->reading ? ll_str(known->reading) : name,
		.labels = labels,
		.is_none = is_none(known, value),
		.time_ns = LL_TIME_NONE,
	};
	reading->value = reading->is_none ? 0 : value;
}

int64_t ll_metric_set_not_before(const struct ll_metric_set *set)
{
	int64_t latest = LL_TIME_NONE;

	if (set->has[LL_METRIC_LAST_GC] && set->value[LL_METRIC_LAST_GC] >= LL_GO_PUBLISHED_NS &&
	    set->value[LL_METRIC_LAST_GC] < INT64_MAX)
		latest = set->value[LL_METRIC_LAST_GC];
	if (set->start_time > 0 && set->start_time < 9e9 &&
	    (int64_t)llround(set->start_time * 1e9) > latest)
		latest = (int64_t)llround(set->start_time * 1e9);
	return latest;
}

bool ll_metric_set_is_empty(const struct ll_metric_set *set)
{
	for (enum ll_metric metric = 0; metric < LL_METRIC_COUNT; metric++) {
		if (set->has[metric])
			return false;
	}
	return set->readings.count == 0;
}

/* A field of MemStats that is a sum of runtime/metrics, when all parts are there. */
static void add_up(struct ll_metric_set *set, enum ll_metric metric)
{
	const struct ll_metric_name as_is = {.unit = LL_METRIC_AS_IS};
	double sum = 0;
	size_t parts = 0, row;

	while ((row = ll_metric_part(metric, parts)) != SIZE_MAX) {
		if (!set->has_runtime[row])
			return;
		sum += set->runtime[row];
		parts++;
	}
	set->has[metric] = parts > 0 && ll_metric_scalar(&as_is, sum, &set->value[metric]);
}

/* Alloc and HeapAlloc are the same number; some publish the one, some the other. */
static void fill_gaps(struct ll_metric_set *set)
{
	for (enum ll_metric metric = 0; set->has_any_runtime && metric < LL_METRIC_COUNT;
	     metric++) {
		if (!set->has[metric])
			add_up(set, metric);
	}
	if (set->has[LL_METRIC_ALLOC] && !set->has[LL_METRIC_HEAP_ALLOC]) {
		set->has[LL_METRIC_HEAP_ALLOC] = true;
		set->value[LL_METRIC_HEAP_ALLOC] = set->value[LL_METRIC_ALLOC];
	}
}

int ll_metric_set_emit(struct ll_metric_set *set, const struct ll_sink *out, struct ll_error *err)
{
	const struct ll_reading *const readings = set->readings.items;
	int rc = LL_OK;

	fill_gaps(set);
	for (enum ll_metric metric = 0; metric < LL_METRIC_COUNT && rc >= 0; metric++) {
		if (set->has[metric])
			rc = out->scalar(out->self, metric, set->value[metric], err);
	}
	for (size_t i = 0; i < set->readings.count && rc >= 0; i++)
		rc = out->reading(out->self, &readings[i], err);
	return rc < 0 ? rc : LL_OK;
}
