/* SPDX-License-Identifier: Apache-2.0 */
/*
 * metric_set.h - the numbers of one capture on their way from names to a sink.
 *
 * Whatever page they come from: known ones become scalars or readings under their canonical name,
 * the others readings under their own. Fields of MemStats that the page lacks are added up from
 * runtime/metrics where all parts are there.
 */
#ifndef LL_CAPTURE_METRIC_SET_H
#define LL_CAPTURE_METRIC_SET_H

#include "metric_names.h"

#include <leakledger/vec.h>

struct ll_metric_set {
	int64_t value[LL_METRIC_COUNT];
	bool has[LL_METRIC_COUNT];
	double runtime[LL_RUNTIME_METRICS_MAX];
	bool has_runtime[LL_RUNTIME_METRICS_MAX];
	bool has_any_runtime;
	struct ll_vec readings; /* struct ll_reading; texts are borrowed */
	double start_time;      /* seconds since 1970, or 0 */
};

void ll_metric_set_done(struct ll_metric_set *set);
void ll_metric_set_clear(struct ll_metric_set *set);
/**
 * Adds a number. NaN is none and left out; of two for the same scalar the first counts. `name` and
 * `labels` are borrowed until the set is emitted or cleared.
 */
void ll_metric_set_add(struct ll_metric_set *set, struct ll_str name,
                       const struct ll_metric_name *known, struct ll_str labels, double value);
/** A lower bound of the time at which they were taken, or LL_TIME_NONE. */
int64_t ll_metric_set_not_before(const struct ll_metric_set *set);
bool ll_metric_set_is_empty(const struct ll_metric_set *set);
/** Hands them to the sink, whose capture has begun. */
int ll_metric_set_emit(struct ll_metric_set *set, const struct ll_sink *out, struct ll_error *err);

/** The field of MemStats, from a value in the unit that `known` tells; false: it cannot be. */
bool ll_metric_scalar(const struct ll_metric_name *known, double value, int64_t *ret_scalar);

#endif
