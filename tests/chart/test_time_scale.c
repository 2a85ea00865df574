/* SPDX-License-Identifier: Apache-2.0 */
#include "support.h"
#include "time_scale.h"

static char joined[4096];

static int64_t at(const char *text)
{
	int64_t time_ns = 0;
	bool has_zone;

	assert_true(ll_parse_time(ll_str(text), &time_ns, &has_zone));
	return time_ns;
}

/* Texts of all ticks, dates in brackets, and the context: "[22 Nov]|06:00|Sat 21 Nov 2026, UTC". */
static const char *ticks_between(int64_t first_ns, int64_t last_ns, double width)
{
	struct ll_time_scale scale;
	struct ll_time_ticks ticks;
	struct ll_buf out LL_CLEANUP(ll_buf_done);

	ll_buf_init(&out, sizeof joined - 1);
	ll_time_scale_init(&scale, first_ns, last_ns);
	scale.from = 40;
	scale.to = 40 + width;
	ll_time_scale_ticks(&scale, 12, 40 + width + 10, &ticks);
	for (size_t i = 0; i < ticks.count; i++)
		ll_buf_printf(&out, ticks.items[i].is_date ? "[%s]|" : "%s|", ticks.items[i].text);
	ll_buf_puts(&out, ticks.context);
	memcpy(joined, out.data, out.size + 1);
	return joined;
}

static const char *ticks(const char *first, const char *last, double width)
{
	return ticks_between(at(first), at(last), width);
}

static void hours_are_round_and_the_date_and_zone_stand_once(void **state)
{
	(void)state;
	assert_string_equal(ticks("2026-11-21T10:03:00Z", "2026-11-21T14:02:00Z", 300),
	                    "11:00|12:00|13:00|14:00|Sat 21 Nov 2026, UTC");
}

static void midnight_shows_the_new_date(void **state)
{
	(void)state;
	assert_string_equal(ticks("2026-11-21T20:30:00Z", "2026-11-22T04:00:00Z", 300),
	                    "22:00|[22 Nov]|02:00|04:00|Sat 21 Nov 2026, UTC");
}

static void days_show_the_year_where_it_changes(void **state)
{
	(void)state;
	assert_string_equal(ticks("2026-12-30T00:00:00Z", "2027-01-03T12:00:00Z", 420),
	                    "30 Dec|31 Dec|[1 Jan 2027]|2 Jan|3 Jan|2026, UTC");
}

static void weeks_begin_on_monday(void **state)
{
	(void)state;
	assert_string_equal(ticks("2026-11-01T00:00:00Z", "2026-11-30T00:00:00Z", 360),
	                    "2 Nov|9 Nov|16 Nov|23 Nov|30 Nov|2026, UTC");
}

static void january_of_a_row_of_months_is_the_year(void **state)
{
	(void)state;
	assert_string_equal(ticks("2026-09-15T00:00:00Z", "2027-03-10T00:00:00Z", 420),
	                    "Oct|Nov|Dec|[2027]|Feb|Mar|2026, UTC");
}

static void seconds_and_fractions_have_their_form(void **state)
{
	(void)state;
	assert_string_equal(ticks("2026-11-21T10:00:00Z", "2026-11-21T10:00:20Z", 400),
	                    "10:00:00|10:00:05|10:00:10|10:00:15|10:00:20|Sat 21 Nov 2026, UTC");
	assert_string_equal(ticks("2026-11-21T10:00:00.9Z", "2026-11-21T10:00:02.1Z", 400),
	                    "10:00:01.0|10:00:01.5|10:00:02.0|Sat 21 Nov 2026, UTC");
}

static void times_before_the_epoch_are_ordinary(void **state)
{
	(void)state;
	assert_string_equal(ticks_between(-5 * LL_NS_PER_HOUR, 5 * LL_NS_PER_HOUR, 300),
	                    "20:00|22:00|[1 Jan]|02:00|04:00|Wed 31 Dec 1969, UTC");
}

static void a_single_moment_has_the_hour_around_it(void **state)
{
	(void)state;
	assert_string_equal(ticks("2026-11-21T10:00:00Z", "2026-11-21T10:00:00Z", 300),
	                    "09:30|09:45|10:00|10:15|10:30|Sat 21 Nov 2026, UTC");
}

static void all_of_time_is_drawn_in_centuries(void **state)
{
	(void)state;
	assert_string_equal(ticks_between(INT64_MIN, INT64_MAX, 400),
	                    "1700|1800|1900|2000|2100|2200|UTC");
	assert_string_equal(ticks_between(INT64_MAX - 1, INT64_MAX, 400),
	                    "23:47:16.854775806|23:47:16.854775807|Fri 11 Apr 2262, UTC");
}

static void ticks_of_every_span_stay_apart_and_inside(void **state)
{
	(void)state;
	for (int64_t span = 1; span < INT64_MAX / 3; span = span * 3 + 7) {
		struct ll_time_scale scale;
		struct ll_time_ticks ticks_of_span;
		double right = -1;

		ll_time_scale_init(&scale, at("2026-02-27T22:13:05.123456789Z"), INT64_MAX);
		if (!ll_i64_add(&span, 0) || scale.last_ns - scale.first_ns < span)
			return;
		scale.last_ns = scale.first_ns + span;
		scale.from = 30;
		scale.to = 630;
		ll_time_scale_ticks(&scale, 12, 640, &ticks_of_span);

		assert_in_range(ticks_of_span.count, 0, LL_TIME_TICKS);
		for (size_t i = 0; i < ticks_of_span.count; i++) {
			const struct ll_time_tick *const tick = &ticks_of_span.items[i];

			assert_true(tick->time_ns >= scale.first_ns);
			assert_true(tick->time_ns <= scale.last_ns);
			if (tick->text[0] == '\0')
				continue;
			assert_true(tick->text_at > right);
			assert_true(tick->text_at < 640);
			right = tick->text_at;
		}
	}
}

static void places_are_right_for_the_longest_span(void **state)
{
	struct ll_time_scale scale;

	(void)state;
	ll_time_scale_init(&scale, INT64_MIN, INT64_MAX);
	scale.from = 0;
	scale.to = 100;

	assert_float_equal(ll_time_scale_at(&scale, INT64_MIN), 0, 1e-9);
	assert_float_equal(ll_time_scale_at(&scale, 0), 50, 1e-9);
	assert_float_equal(ll_time_scale_at(&scale, INT64_MAX), 100, 1e-9);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hours_are_round_and_the_date_and_zone_stand_once),
		cmocka_unit_test(midnight_shows_the_new_date),
		cmocka_unit_test(days_show_the_year_where_it_changes),
		cmocka_unit_test(weeks_begin_on_monday),
		cmocka_unit_test(january_of_a_row_of_months_is_the_year),
		cmocka_unit_test(seconds_and_fractions_have_their_form),
		cmocka_unit_test(times_before_the_epoch_are_ordinary),
		cmocka_unit_test(a_single_moment_has_the_hour_around_it),
		cmocka_unit_test(all_of_time_is_drawn_in_centuries),
		cmocka_unit_test(ticks_of_every_span_stay_apart_and_inside),
		cmocka_unit_test(places_are_right_for_the_longest_span),
	};

	return cmocka_run_group_tests_name("chart.time_scale", tests, NULL, NULL);
}
