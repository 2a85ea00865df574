/* SPDX-License-Identifier: Apache-2.0 */
/*
 * firing.h - the rows of a rule over one service, added up as they come.
 *
 * A rule returns one row for each capture, or interval, that it can judge, ordered by instance and
 * time; `fired` says whether it fires there. An alarm is a run of rows of one instance that fire.
 * While a rule cools down it is silent, and its alarm goes on.
 */
#ifndef LL_ANALYZE_FIRING_H
#define LL_ANALYZE_FIRING_H

#include <leakledger/analyze.h>
#include <leakledger/sqlite.h>

/** A row of a rule. Texts are valid until the next one. */
struct ll_firing_row {
	int64_t instance_id; /* 0: of no instance */
	int64_t t_ns;
	bool is_fired;
	double value, threshold; /* not a number: NULL */
	struct ll_str detail, captures;
};

struct ll_firings {
	/* Set before the first row. */
	const struct ll_rule *rule;
	int64_t rule_id, service_id;
	int64_t since_ns, until_ns;
	struct ll_stmt *put_alarm, *put_night;

	size_t looked, fired, held_back;
	int64_t from_ns, until_row_ns; /* that were looked at */
	int64_t first_ns, last_ns;     /* that fired */

	/* The instance whose rows come, and its alarm. */
	bool has_instance, has_fired, is_alarm;
	int64_t instance_id, row_ns, fired_ns;
	int64_t alarm_ns, alarm_until_ns, night;
	size_t alarms, alarm_firings;
};

/** LL_E_USAGE when rows are not in order. */
int ll_firings_add(struct ll_firings *firings, const struct ll_firing_row *row,
                   struct ll_error *err);
/** After the last row. */
int ll_firings_end(struct ll_firings *firings, struct ll_error *err);

#endif
