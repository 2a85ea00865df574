/* SPDX-License-Identifier: Apache-2.0 */
/* figure_titles.c - the conclusion of each figure in one sentence, made of the numbers in it. */
#include "figure_making.h"

#include <math.h>

enum ll_axis ll_making_axis(const struct ll_making *making)
{
	return making->of->is_count ? LL_AXIS_COUNT : making->spec->axis;
}

const char *ll_making_amount(const struct ll_making *making, double value, char out[LL_UNIT_TEXT])
{
	switch (ll_making_axis(making)) {
	case LL_AXIS_BYTES: return ll_format_bytes(llround(value), out);
	case LL_AXIS_COUNT: return ll_format_count(llround(value), out);
	case LL_AXIS_PERCENT: break;
	}
	/* Little is not nothing. */
	if (value > 0 && value < 0.005) {
		(void)snprintf(out, LL_UNIT_TEXT, "less than 0.01 %%");
		return out;
	}
	(void)ll_format_real(value, fabs(value) < 10 ? 2 : 1, out);
	(void)snprintf(out + strlen(out), LL_UNIT_TEXT - strlen(out), " %%");
	return out;
}

static double span_ns(const struct ll_making *making)
{
	return (double)(making->courses.to_ns - making->courses.from_ns);
}

const char *ll_making_rate(struct ll_making *making, double per_ns)
{
	const bool is_hourly = span_ns(making) < (double)LL_NS_PER_DAY;
	char text[LL_UNIT_TEXT];

	(void)ll_making_amount(
		making, per_ns * (is_hourly ? (double)LL_NS_PER_HOUR : (double)LL_NS_PER_DAY),
		text);
	return ll_arena_printf(ll_making_arena(making), "%s %s", text,
	                       is_hourly ? "an hour" : "a day");
}

struct ll_str ll_title_heap(struct ll_making *making)
{
	char first[LL_UNIT_TEXT], last[LL_UNIT_TEXT];
	const size_t goal = making->courses.items.count - 1;
	double from, to;

	if (making->courses.items.count == 0 ||
	    !ll_course_ends(ll_making_course(making, goal), &from, &to))
		return ll_str("The heap");
	return ll_str(ll_arena_printf(ll_making_arena(making), "%.*s went from %s to %s",
	                              LL_STR_ARG(ll_making_course(making, goal)->label),
	                              ll_making_amount(making, from, first),
	                              ll_making_amount(making, to, last)));
}

struct ll_str ll_title_floor(struct ll_making *making)
{
	if (!making->has_trend)
		return ll_str("The live heap: too few captures of the newest process for a trend");
	if (making->slope_low <= 0)
		return ll_str("The live heap does not rise beyond what chance explains");
	return ll_str(ll_arena_printf(
		ll_making_arena(making), "The live heap rises by %s (95 %% interval %s to %s)",
		ll_making_rate(making, making->slope), ll_making_rate(making, making->slope_low),
		ll_making_rate(making, making->slope_high)));
}

struct ll_str ll_title_sites(struct ll_making *making)
{
	const struct ll_course *const top = ll_making_course(making, 0);
	char first[LL_UNIT_TEXT], last[LL_UNIT_TEXT];
	double from, to;

	if (making->courses.items.count == 0 || !ll_course_ends(top, &from, &to))
		return ll_str("Memory in use by place");
	if (to <= from)
		return ll_str("No place in the code holds more memory than at first");
	return ll_str(ll_arena_printf(ll_making_arena(making),
	                              "%.*s gained most: from %s to %s in use",
	                              LL_STR_ARG(top->label), ll_making_amount(making, from, first),
	                              ll_making_amount(making, to, last)));
}

/* Where the courses of a chart end. */
struct ends {
	double total, top;
	struct ll_str label; /* of the highest; empty when none is above 0 */
};

static struct ends ends_of(const struct ll_making *making)
{
	struct ends ends = {.label = ll_str("")};
	double from, to;

	for (size_t i = 0; i < making->courses.items.count; i++) {
		if (!ll_course_ends(ll_making_course(making, i), &from, &to))
			continue;
		ends.total += to;
		if (to > ends.top) {
			ends.top = to;
			ends.label = ll_making_course(making, i)->label;
		}
	}
	return ends;
}

struct ll_str ll_title_goroutines(struct ll_making *making)
{
	const struct ends ends = ends_of(making);
	char count[LL_UNIT_TEXT], most[LL_UNIT_TEXT];

	if (ends.total <= 0)
		return ll_str("Goroutines by what they wait for");
	return ll_str(ll_arena_printf(
		ll_making_arena(making), "%s goroutines at the end, %s of them in %.*s",
		ll_format_count(llround(ends.total), count),
		ll_format_count(llround(ends.top), most), LL_STR_ARG(ends.label)));
}

struct ll_str ll_title_place(struct ll_making *making)
{
	if (!making->has_trend)
		return making->of->what;
	return ll_str(ll_arena_printf(ll_making_arena(making),
	                              "%.*s: %s%s in the newest life shown",
	                              LL_STR_ARG(making->of->what), making->slope > 0 ? "+" : "",
	                              ll_making_rate(making, making->slope)));
}

struct ll_str ll_title_ledger(struct ll_making *making)
{
	const struct ends ends = ends_of(making);
	char total[LL_UNIT_TEXT], top[LL_UNIT_TEXT];

	if (ends.total <= 0)
		return ll_str("Where the memory is");
	return ll_str(ll_arena_printf(ll_making_arena(making),
	                              "Of %s at the end, %s are %.*s (%.0f %%)",
	                              ll_making_amount(making, ends.total, total),
	                              ll_making_amount(making, ends.top, top),
	                              LL_STR_ARG(ends.label), 100 * ends.top / ends.total));
}

struct ll_str ll_title_ends(struct ll_making *making)
{
	char last[LL_UNIT_TEXT], most[LL_UNIT_TEXT];
	double from, to, highest = 0;

	if (making->courses.items.count == 0 ||
	    !ll_course_ends(ll_making_course(making, 0), &from, &to))
		return ll_str(making->spec->what);
	for (size_t i = 0; i < ll_making_course(making, 0)->points.count; i++) {
		const struct ll_chart_point *const points =
			ll_making_course(making, 0)->points.items;

		if (points[i].value > highest)
			highest = points[i].value;
	}
	return ll_str(ll_arena_printf(ll_making_arena(making), "%s: %s at the end, %s at most",
	                              making->spec->what, ll_making_amount(making, to, last),
	                              ll_making_amount(making, highest, most)));
}

struct ll_str ll_title_change(struct ll_making *making)
{
	char first[LL_UNIT_TEXT], last[LL_UNIT_TEXT];
	double from, to;

	if (making->courses.items.count == 0 ||
	    !ll_course_ends(ll_making_course(making, 0), &from, &to))
		return ll_str(making->spec->what);
	if (making->courses.from_ns == making->courses.to_ns)
		return ll_str(ll_arena_printf(ll_making_arena(making), "%.*s: %s",
		                              LL_STR_ARG(ll_making_course(making, 0)->label),
		                              ll_making_amount(making, to, last)));
	return ll_str(ll_arena_printf(ll_making_arena(making), "%.*s: from %s to %s",
	                              LL_STR_ARG(ll_making_course(making, 0)->label),
	                              ll_making_amount(making, from, first),
	                              ll_making_amount(making, to, last)));
}
