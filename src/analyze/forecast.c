/* SPDX-License-Identifier: Apache-2.0 */
/*
 * forecast.c - when a process reaches its limit, and when nothing is said of it.
 *
 * A wrong date costs more trust than none. The refusals, in this order, with the word that the
 * finding has:
 *
 *     over          it does not grow any more
 *     no-limit      no limit is known
 *     no-bytes      its growth in bytes is not known
 *     no-level      nothing tells how much the process takes now
 *     gc-off        the collector is off and nothing else bounds the heap
 *     few-captures  fewer than 8 were judged
 *     restarts      8 or more, but not of one process: a line must not run across restarts
 *     may-be-flat   the interval of the growth reaches zero
 *     scatter       a straight line explains less than half of the variance
 *
 * What grows in the heap takes (1 + GOGC/100) times itself of the limit, because the heap may grow
 * by that before it is collected. Stacks and what lies outside the heap take but themselves. So
 * does everything where GOMEMLIMIT is lower than the limit: the collector then holds the garbage
 * down, until what is alive reaches GOMEMLIMIT and it runs all the time.
 */
#include "forecast.h"

#include <leakledger/sqlite.h>

#include <math.h>

#define LEAST_FIT 0.5
#define GOGC_OFF  1e6 /* runtime/metrics say 2^64-1 */

enum {
	LEAST_CAPTURES = LL_FORECAST_CAPTURES,
	LEAST_LIVES = 2, /* that ended, to know how old processes become */
	GOGC_DEFAULT = 100,
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

/* ------------------------------------------------------------------------ refusing */

static struct ll_forecast refuse(const char *word, const char *reason)
{
	return (struct ll_forecast){.is_known = false, .word = word, .reason = reason};
}

static double gogc_of(const struct ll_outlook *outlook)
{
	return isnan(outlook->gogc) ? GOGC_DEFAULT : outlook->gogc;
}

/* The limit is GOMEMLIMIT itself: the runtime's own memory counts, and nothing is killed. */
static bool is_soft(const struct ll_outlook *outlook)
{
	return ll_str_equal(outlook->source, ll_str("Go"));
}

/* GOMEMLIMIT holds garbage down before the limit is reached. */
static bool is_held(const struct ll_outlook *outlook)
{
	return outlook->soft_bytes > 0 && outlook->kept_bytes >= 0 &&
	       (is_soft(outlook) || outlook->soft_bytes < outlook->limit_bytes);
}

static bool is_off(const struct ll_growing *growing, const struct ll_outlook *outlook)
{
	return growing->is_collected && gogc_of(outlook) >= GOGC_OFF && !is_held(outlook);
}

static struct ll_forecast check(const struct ll_growing *growing, const struct ll_outlook *outlook)
{
	if (growing->is_over)
		return refuse("over", "it does not grow any more");
	if (outlook->limit_bytes <= 0)
		return refuse("no-limit", "no memory limit is known; set one in the configuration");
	if (is_soft(outlook) && !growing->is_go)
		return refuse("no-limit", "no memory limit is known but GOMEMLIMIT, which does not "
		                          "count what lies outside the Go runtime");
	if (isnan(growing->bytes.value))
		return refuse("no-bytes", "its growth in bytes is not known");
	if (outlook->taken_bytes < 0 || (is_soft(outlook) && outlook->kept_bytes < 0))
		return refuse("no-level", "no MemStats tell how much the process takes now");
	if (is_off(growing, outlook))
		return refuse("gc-off", "the collector is switched off: the heap grows by all that "
		                        "is allocated, not by what leaks");
	if (growing->captures < LEAST_CAPTURES)
		return refuse("few-captures", "a forecast needs 8 captures after the warm-up");
	if (growing->most_captures < LEAST_CAPTURES)
		return refuse("restarts",
		              "restarts part the captures: no process was watched for 8 "
		              "of them after its warm-up");
	if (growing->bytes.low <= 0)
		return refuse("may-be-flat",
		              "its growth in bytes may be nothing: the interval reaches zero");
	if (!(growing->fit >= LEAST_FIT))
		return refuse("scatter", "its captures scatter too far about a straight line");
	return (struct ll_forecast){.is_known = true, .word = "", .reason = ""};
}

/* ---------------------------------------------------------------------- forecasting */

/* Days until a level is at a limit, with what each byte takes of it. */
static struct ll_estimate days_until(struct ll_estimate bytes, double room, double taken)
{
	if (room < 0)
		room = 0;
	return (struct ll_estimate){
		.value = room / (taken * bytes.value),
		.low = room / (taken * bytes.high),
		.high = room / (taken * bytes.low),
	};
}

static struct ll_estimate days_to_limit(const struct ll_growing *growing,
                                        const struct ll_outlook *outlook)
{
	const double limit = (double)outlook->limit_bytes;

	if (is_soft(outlook))
		return days_until(growing->bytes, limit - outlook->kept_bytes, 1);
	if (is_held(outlook))
		return days_until(growing->bytes,
		                  limit - outlook->kept_bytes - outlook->outside_bytes, 1);
	return days_until(growing->bytes, limit - outlook->taken_bytes,
	                  growing->is_collected ? 1 + gogc_of(outlook) / 100 : 1);
}

struct ll_forecast ll_forecast_limit(const struct ll_growing *growing,
                                     const struct ll_outlook *outlook)
{
	struct ll_forecast forecast = check(growing, outlook);
	struct ll_estimate days;

	if (!forecast.is_known)
		return forecast;
	days = days_to_limit(growing, outlook);
	forecast.value_ns = days_to_ns(days.value);
	forecast.low_ns = days_to_ns(days.low);
	forecast.high_ns = days_to_ns(days.high);
	forecast.life_ns = forecast.value_ns < INT64_MAX - outlook->age_ns
	                           ? outlook->age_ns + forecast.value_ns
	                           : INT64_MAX;
	forecast.has_lives = outlook->ended >= LEAST_LIVES;
	/* Who was killed at the limit did not end before it. */
	forecast.is_hidden = forecast.has_lives && outlook->kills == 0 && forecast.value_ns > 0 &&
	                     outlook->median_life_ns < forecast.life_ns;
	return forecast;
}

/* ---------------------------------------------------------------------------- words */

static const char *words_of_source(struct ll_str source)
{
	static const char *const words[][2] = {
		{"configured", "as configured"},           {"declared", "as declared"},
		{"limit.memory", "of its container"},      {"cgroup.memory.max", "of its cgroup"},
		{"kill", "at which it was killed before"},
	};

	for (size_t i = 0; i < LL_COUNT(words); i++) {
		if (ll_str_equal(source, ll_str(words[i][0])))
			return words[i][1];
	}
	return "as captured";
}

static void put_soft(struct ll_buf *out, const struct ll_growing *growing,
                     const struct ll_outlook *outlook)
{
	const struct ll_estimate days =
		days_until(growing->bytes, (double)outlook->soft_bytes - outlook->kept_bytes, 1);
	char bytes[LL_UNIT_TEXT], time[LL_UNIT_TEXT];

	ll_buf_printf(out, "GOMEMLIMIT, %s, is a soft limit: nothing is killed at it, but ",
	              ll_format_bytes(outlook->soft_bytes, bytes));
	if (days.value > 0)
		ll_buf_printf(
			out,
			"what is alive reaches it in about %s, and from then on the collector "
			"runs all the time.",
			ll_format_duration(days_to_ns(days.value), time));
	else
		ll_buf_puts(out, "what is alive is over it, and the collector runs all the time.");
}

static void put_hard(struct ll_buf *out, const struct ll_growing *growing,
                     const struct ll_outlook *outlook, const struct ll_forecast *forecast)
{
	char bytes[LL_UNIT_TEXT], value[LL_UNIT_TEXT], low[LL_UNIT_TEXT], high[LL_UNIT_TEXT];

	if (forecast->value_ns <= 0) {
		ll_buf_printf(out, "A process has reached its limit of %s (%s).",
		              ll_format_bytes(outlook->limit_bytes, bytes),
		              words_of_source(outlook->source));
	} else {
		ll_buf_printf(out,
		              "If it goes on like that, a process reaches its limit of %s (%s) %s "
		              "after the last capture, %s to %s.",
		              ll_format_bytes(outlook->limit_bytes, bytes),
		              words_of_source(outlook->source),
		              ll_format_duration(forecast->value_ns, value),
		              ll_format_duration(forecast->low_ns, low),
		              ll_format_duration(forecast->high_ns, high));
	}
	if (is_held(outlook)) {
		ll_buf_putc(out, ' ');
		put_soft(out, growing, outlook);
	} else if (growing->is_collected) {
		ll_buf_printf(out,
		              " The heap may grow to %s times what is alive before it is collected "
		              "(GOGC=%.0f%s).",
		              ll_format_real(1 + gogc_of(outlook) / 100, 1, value),
		              gogc_of(outlook), isnan(outlook->gogc) ? ", assumed" : "");
	}
}

void ll_forecast_words(struct ll_buf *out, const struct ll_growing *growing,
                       const struct ll_outlook *outlook, const struct ll_forecast *forecast)
{
	char life[LL_UNIT_TEXT], needed[LL_UNIT_TEXT];

	if (!forecast->is_known)
		return;
	if (is_soft(outlook))
		put_soft(out, growing, outlook);
	else
		put_hard(out, growing, outlook, forecast);
	if (forecast->is_hidden)
		ll_buf_printf(out,
		              " Restarts hide it: a process lives about %s (median of %lld that "
		              "ended), and would have to live %s to reach the limit.",
		              ll_format_duration(outlook->median_life_ns, life),
		              (long long)outlook->ended,
		              ll_format_duration(forecast->life_ns, needed));
}
