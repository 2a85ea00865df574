/* SPDX-License-Identifier: Apache-2.0 */
/* firing.c - see firing.h. */
#include "firing.h"

#include <leakledger/units.h>

#include <math.h>

/* Runs a bound statement; its bindings stay. */
static int run(struct ll_stmt *stmt, struct ll_error *err)
{
	const int rc = ll_stmt_step(stmt, err);

	ll_stmt_reset(stmt);
	return rc < 0 ? rc : LL_OK;
}

static void bind_number(struct ll_stmt *stmt, const char *name, double value)
{
	if (isnan(value))
		ll_stmt_bind_null(stmt, name);
	else
		ll_stmt_bind_f64(stmt, name, value);
}

/* Writes the alarm down when it is over: until then its end is not known. */
static int end_alarm(struct ll_firings *firings, struct ll_error *err)
{
	if (!firings->is_alarm)
		return LL_OK;
	firings->is_alarm = false;
	ll_stmt_bind_i64(firings->put_alarm, ":until_ns", firings->alarm_until_ns);
	ll_stmt_bind_i64(firings->put_alarm, ":firings", (int64_t)firings->alarm_firings);
	return run(firings->put_alarm, err);
}

/* What the alarm says is what the rule says at its first row. */
static void begin_alarm(struct ll_firings *firings, const struct ll_firing_row *row)
{
	struct ll_stmt *const stmt = firings->put_alarm;

	firings->is_alarm = true;
	firings->alarm_ns = row->t_ns;
	firings->alarm_firings = 0;
	ll_stmt_bind_i64(stmt, ":rule_id", firings->rule_id);
	ll_stmt_bind_i64(stmt, ":service_id", firings->service_id);
	ll_stmt_bind_i64(stmt, ":t_ns", row->t_ns);
	ll_stmt_bind_i64(stmt, ":ordinal", (int64_t)++firings->alarms);
	ll_stmt_bind_i64(stmt, ":instance_id", row->instance_id);
	bind_number(stmt, ":value", row->value);
	bind_number(stmt, ":threshold", row->threshold);
	ll_stmt_bind_text(stmt, ":detail", row->detail);
	ll_stmt_bind_text(stmt, ":captures", row->captures);
}

static int put_night(struct ll_firings *firings, int64_t t_ns, struct ll_error *err)
{
	const int64_t night = t_ns / LL_NS_PER_DAY;

	if (firings->fired > 1 && night == firings->night)
		return LL_OK;
	firings->night = night;
	ll_stmt_bind_i64(firings->put_night, ":rule_id", firings->rule_id);
	ll_stmt_bind_i64(firings->put_night, ":service_id", firings->service_id);
	ll_stmt_bind_i64(firings->put_night, ":day", night);
	return run(firings->put_night, err);
}

static int fire(struct ll_firings *firings, const struct ll_firing_row *row, struct ll_error *err)
{
	const int64_t cooldown_ns = firings->rule->cooldown_ns;

	if (firings->has_fired && row->t_ns - firings->fired_ns < cooldown_ns) {
		firings->held_back++;
		firings->alarm_until_ns = row->t_ns;
		return LL_OK;
	}
	if (!firings->is_alarm)
		begin_alarm(firings, row);
	firings->alarm_firings++;
	firings->alarm_until_ns = row->t_ns;
	firings->has_fired = true;
	firings->fired_ns = row->t_ns;
	firings->fired++;
	if (firings->fired == 1 || row->t_ns < firings->first_ns)
		firings->first_ns = row->t_ns;
	if (firings->fired == 1 || row->t_ns > firings->last_ns)
		firings->last_ns = row->t_ns;
	return put_night(firings, row->t_ns, err);
}

static void look(struct ll_firings *firings, const struct ll_firing_row *row)
{
	if (firings->looked == 0 || row->t_ns < firings->from_ns)
		firings->from_ns = row->t_ns;
	if (firings->looked == 0 || row->t_ns > firings->until_row_ns)
		firings->until_row_ns = row->t_ns;
	firings->looked++;
}

/* Another instance: a rule cools down, and its alarm goes on, within one. */
static int enter(struct ll_firings *firings, const struct ll_firing_row *row, struct ll_error *err)
{
	if (firings->has_instance && firings->instance_id == row->instance_id &&
	    row->t_ns >= firings->row_ns) {
		firings->row_ns = row->t_ns;
		return LL_OK;
	}
	if (firings->has_instance && firings->instance_id >= row->instance_id)
		return ll_fail(err, LL_E_USAGE,
		               "rule '%.*s' must order its rows by instance_id and t_ns",
		               LL_STR_ARG(firings->rule->id));
	firings->has_instance = true;
	firings->has_fired = false;
	firings->instance_id = row->instance_id;
	firings->row_ns = row->t_ns;
	return end_alarm(firings, err);
}

int ll_firings_add(struct ll_firings *firings, const struct ll_firing_row *row,
                   struct ll_error *err)
{
	const int rc = enter(firings, row, err);

	if (rc < 0)
		return rc;
	if ((firings->since_ns != LL_TIME_NONE && row->t_ns < firings->since_ns) ||
	    (firings->until_ns != LL_TIME_NONE && row->t_ns >= firings->until_ns))
		return LL_OK;
	look(firings, row);
	return row->is_fired ? fire(firings, row, err) : end_alarm(firings, err);
}

int ll_firings_end(struct ll_firings *firings, struct ll_error *err)
{
	return end_alarm(firings, err);
}
