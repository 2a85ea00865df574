/* SPDX-License-Identifier: Apache-2.0 */
#include "support.h"

#include <leakledger/units.h>

static char text[LL_UNIT_TEXT];

static void bytes_show_three_figures_in_binary_units(void **state)
{
	static const struct {
		int64_t bytes;
		const char *shown;
	} rows[] = {
		{0, "0 B"},
		{-3, "-3 B"},
		{1023, "1023 B"},
		{1024, "1 KiB"},
		{1536, "1.5 KiB"},
		{13002342, "12.4 MiB"},
		{INT64_C(1) << 40, "1 TiB"},
		{1048064, "1 MiB"}, /* 1023.5 KiB does not become "1024 KiB" */
		{INT64_MAX, "8 EiB"},
		{INT64_MIN, "-8 EiB"},
	};

	(void)state;
	for (size_t i = 0; i < LL_COUNT(rows); i++)
		assert_string_equal(ll_format_bytes(rows[i].bytes, text), rows[i].shown);
}

static void counts_have_separators_or_a_letter(void **state)
{
	(void)state;
	assert_string_equal(ll_format_count(0, text), "0");
	assert_string_equal(ll_format_count(999, text), "999");
	assert_string_equal(ll_format_count(1234567, text), "1,234,567");
	assert_string_equal(ll_format_count(-1000, text), "-1,000");
	assert_string_equal(ll_format_count(INT64_MIN, text), "-9,223,372,036,854,775,808");
	assert_string_equal(ll_format_short(950, text), "950");
	assert_string_equal(ll_format_short(12345, text), "12.3k");
	assert_string_equal(ll_format_short(4e6, text), "4M");
	assert_string_equal(ll_format_short(999.6, text), "1k");
	assert_string_equal(ll_format_short(-2500, text), "-2.5k");
	assert_string_equal(ll_format_short(1e21, text), "1000000P");
}

static void reals_lose_zeros_and_the_sign_of_zero(void **state)
{
	(void)state;
	assert_string_equal(ll_format_real(1.50, 2, text), "1.5");
	assert_string_equal(ll_format_real(2.0, 3, text), "2");
	assert_string_equal(ll_format_real(100, 0, text), "100");
	assert_string_equal(ll_format_real(-0.001, 2, text), "0");
	assert_string_equal(ll_format_real(-0.5, 2, text), "-0.5");
}

static void durations_use_the_largest_unit_that_says_something(void **state)
{
	static const struct {
		int64_t duration_ns;
		const char *shown;
	} rows[] = {
		{0, "0 ns"},
		{999, "999 ns"},
		{1500, "1.5 us"},
		{20 * LL_NS_PER_MS, "20 ms"},
		{45 * LL_NS_PER_S, "45 s"},
		{90 * LL_NS_PER_S, "1.5 min"},
		{12 * LL_NS_PER_MINUTE, "12 min"},
		{210 * LL_NS_PER_MINUTE, "3.5 h"},
		{26 * LL_NS_PER_HOUR, "26 h"},
		{9 * LL_NS_PER_DAY, "9 days"},
		{400 * LL_NS_PER_DAY, "400 days"},
		{730 * LL_NS_PER_DAY, "2 years"},
		{-90 * LL_NS_PER_S, "-1.5 min"},
		{INT64_MIN, "-292 years"},
	};

	(void)state;
	for (size_t i = 0; i < LL_COUNT(rows); i++)
		assert_string_equal(ll_format_duration(rows[i].duration_ns, text), rows[i].shown);
}

static void times_are_rfc_3339_in_utc(void **state)
{
	(void)state;
	assert_string_equal(ll_format_time(0, text), "1970-01-01T00:00:00Z");
	assert_string_equal(ll_format_time(INT64_C(1795223187) * LL_NS_PER_S, text),
	                    "2026-11-21T01:06:27Z");
	assert_string_equal(ll_format_time(-1, text), "1969-12-31T23:59:59Z");
	assert_string_equal(ll_format_time(LL_TIME_NONE, text), "");
	assert_string_equal(ll_format_time_exact(LL_TIME_NONE, text), "");
	assert_string_equal(ll_format_time_exact(-1, text), "1969-12-31T23:59:59.999999999Z");
	assert_string_equal(ll_format_time_exact(LL_NS_PER_S, text), "1970-01-01T00:00:01Z");
	assert_string_equal(ll_format_time(INT64_MAX, text), "2262-04-11T23:47:16Z");
	assert_string_equal(ll_format_time(INT64_MIN + 1, text), "1677-09-21T00:12:43Z");
}

static void calendar_moments_are_checked(void **state)
{
	int64_t time_ns = 77;

	(void)state;
	assert_false(ll_time_from_civil(2023, 2, 29, 0, 0, 0, &time_ns));
	assert_false(ll_time_from_civil(2100, 2, 29, 0, 0, 0, &time_ns));
	assert_false(ll_time_from_civil(2024, 13, 1, 0, 0, 0, &time_ns));
	assert_false(ll_time_from_civil(2024, 0, 1, 0, 0, 0, &time_ns));
	assert_false(ll_time_from_civil(2024, 4, 31, 0, 0, 0, &time_ns));
	assert_false(ll_time_from_civil(2024, 1, 1, 24, 0, 0, &time_ns));
	assert_false(ll_time_from_civil(2024, 1, 1, 0, 60, 0, &time_ns));
	assert_false(ll_time_from_civil(3000, 1, 1, 0, 0, 0, &time_ns));
	assert_int_equal(time_ns, 77);
	assert_true(ll_time_from_civil(2000, 2, 29, 12, 0, 0, &time_ns));
	assert_string_equal(ll_format_time(time_ns, text), "2000-02-29T12:00:00Z");
	assert_true(ll_time_from_civil(1700, 3, 1, 0, 0, 0, &time_ns));
	assert_string_equal(ll_format_time(time_ns, text), "1700-03-01T00:00:00Z");
}

static void every_day_of_four_centuries_comes_back(void **state)
{
	(void)state;
	for (int64_t day = -80000; day < 100000; day += 13) {
		bool has_zone;
		int64_t back;

		(void)ll_format_time(day * LL_NS_PER_DAY, text);
		assert_true(ll_parse_time(ll_str(text), &back, &has_zone));
		assert_true(has_zone);
		assert_int_equal(back, day * LL_NS_PER_DAY);
	}
}

static void sizes_are_read_with_binary_and_decimal_units(void **state)
{
	static const struct {
		const char *text;
		int64_t bytes;
	} rows[] = {
		{"512", 512},
		{"512B", 512},
		{"200MiB", 200 << 20},
		{"1.5G", INT64_C(3) << 29},
		{"64k", 65536},
		{"64 Ki", 65536},
		{"1kB", 1000},
		{" 2 TB ", INT64_C(2000000000000)},
		{"0", 0},
	};
	static const char *const bad[] = {"",    "MiB",     "-1",         "1.2.3K",
	                                  "1XB", "1 MiB x", "99999999TiB"};
	int64_t bytes = 77;

	(void)state;
	for (size_t i = 0; i < LL_COUNT(bad); i++)
		assert_false(ll_parse_bytes(ll_str(bad[i]), &bytes));
	assert_int_equal(bytes, 77);
	for (size_t i = 0; i < LL_COUNT(rows); i++) {
		assert_true(ll_parse_bytes(ll_str(rows[i].text), &bytes));
		assert_int_equal(bytes, rows[i].bytes);
	}
}

static void durations_are_read_with_one_unit(void **state)
{
	static const struct {
		const char *text;
		int64_t duration_ns;
	} rows[] = {
		{"90s", 90 * LL_NS_PER_S},
		{"15m", 15 * LL_NS_PER_MINUTE},
		{"15min", 15 * LL_NS_PER_MINUTE},
		{"3h", 3 * LL_NS_PER_HOUR},
		{" 14 d ", 14 * LL_NS_PER_DAY},
		{"2w", 14 * LL_NS_PER_DAY},
		{"7ns", 7},
		{"7us", 7000},
		{"7ms", 7 * LL_NS_PER_MS},
	};
	static const char *const bad[] = {"", "s", "-1s", "1", "1.5h", "1y", "1h30m", "999999999w"};
	int64_t duration_ns = 77;

	(void)state;
	for (size_t i = 0; i < LL_COUNT(bad); i++)
		assert_false(ll_parse_duration(ll_str(bad[i]), &duration_ns));
	assert_int_equal(duration_ns, 77);
	for (size_t i = 0; i < LL_COUNT(rows); i++) {
		assert_true(ll_parse_duration(ll_str(rows[i].text), &duration_ns));
		assert_int_equal(duration_ns, rows[i].duration_ns);
	}
}

static void times_are_read_as_people_and_tools_write_them(void **state)
{
	static const struct {
		const char *text;
		const char *shown;
		bool has_zone;
	} rows[] = {
		{"2026-11-21T01:06:27Z", "2026-11-21T01:06:27Z", true},
		{"2026-11-21t01:06:27z", "2026-11-21T01:06:27Z", true},
		{"2026-11-21 01:06:27", "2026-11-21T01:06:27Z", false},
		{"2026-11-21 01:06:27 UTC", "2026-11-21T01:06:27Z", true},
		{"2026-11-21T01:06", "2026-11-21T01:06:00Z", false},
		{"2026-11-21", "2026-11-21T00:00:00Z", false},
		{"2026-11-21T01:06:27+05:30", "2026-11-20T19:36:27Z", true},
		{"2026-11-21T01:06:27 -0100", "2026-11-21T02:06:27Z", true},
		{"2026-11-21T01:06:27.5Z", "2026-11-21T01:06:27.500000000Z", true},
		{"2026-11-21T01:06:27,123456789123Z", "2026-11-21T01:06:27.123456789Z", true},
		{"@1795223187", "2026-11-21T01:06:27Z", true},
		{" @1795223187.25 ", "2026-11-21T01:06:27.250000000Z", true},
	};

	(void)state;
	for (size_t i = 0; i < LL_COUNT(rows); i++) {
		int64_t time_ns;
		bool has_zone;

		assert_true(ll_parse_time(ll_str(rows[i].text), &time_ns, &has_zone));
		assert_string_equal(ll_format_time_exact(time_ns, text), rows[i].shown);
		assert_int_equal(has_zone, rows[i].has_zone);
	}
}

static void what_is_not_entirely_a_time_is_refused(void **state)
{
	static const char *const bad[] = {
		"",
		"now",
		"2026",
		"2026-11",
		"2026-11-21T",
		"2026-11-21T1:06:27",
		"2026-11-21T01:06:27X",
		"2026-11-21T01:06:27+5",
		"2026-11-21T01:06:27+24:00",
		"2026-11-21T01:06:27+0160",
		"2026-11-21T01:06:27.Z",
		"2026-11-21 01:06:27 CET",
		"2026-02-30",
		"2026-11-21T25:00:00",
		"@",
		"@-1",
		"@12x",
		"@99999999999999999999",
	};

	(void)state;
	for (size_t i = 0; i < LL_COUNT(bad); i++) {
		int64_t time_ns;
		bool has_zone;

		if (ll_parse_time(ll_str(bad[i]), &time_ns, &has_zone))
			fail_msg("'%s' was read as a time", bad[i]);
	}
}

/* ext4 knows times until 2446, others farther still: `touch -d 2400-01-01`. */
static void a_time_that_does_not_fit_is_none(void **state)
{
	(void)state;

	assert_int_equal(ll_time_from_timespec((struct timespec){.tv_sec = 1, .tv_nsec = 5}),
	                 LL_NS_PER_S + 5);
	assert_int_equal(ll_time_from_timespec((struct timespec){.tv_sec = -1, .tv_nsec = 5}),
	                 5 - LL_NS_PER_S);
	assert_true(ll_time_from_timespec((struct timespec){.tv_sec = 13569465600}) ==
	            LL_TIME_NONE);
	assert_true(ll_time_from_timespec((struct timespec){.tv_sec = -13569465600}) ==
	            LL_TIME_NONE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bytes_show_three_figures_in_binary_units),
		cmocka_unit_test(counts_have_separators_or_a_letter),
		cmocka_unit_test(reals_lose_zeros_and_the_sign_of_zero),
		cmocka_unit_test(durations_use_the_largest_unit_that_says_something),
		cmocka_unit_test(times_are_rfc_3339_in_utc),
		cmocka_unit_test(calendar_moments_are_checked),
		cmocka_unit_test(every_day_of_four_centuries_comes_back),
		cmocka_unit_test(sizes_are_read_with_binary_and_decimal_units),
		cmocka_unit_test(durations_are_read_with_one_unit),
		cmocka_unit_test(times_are_read_as_people_and_tools_write_them),
		cmocka_unit_test(what_is_not_entirely_a_time_is_refused),
		cmocka_unit_test(a_time_that_does_not_fit_is_none),
	};

	return cmocka_run_group_tests_name("base.units", tests, NULL, NULL);
}
