/* SPDX-License-Identifier: Apache-2.0 */
/* test_course.c - series out of SQL: gaps between lives, windows, one axis for a stack. */
#include "course.h"
#include "queries.h"

#include <leakledger/units.h>

#include <math.h>

static const struct ll_window everything = {.since_ns = LL_TIME_NONE, .until_ns = LL_TIME_NONE};

/* Rows (series, life, t_ns, value) as SQL's VALUES. */
static struct ll_courses load(void *state, const char *values, struct ll_window window)
{
	struct ll_error err = LL_ERROR_INIT;
	struct ll_courses courses;
	struct ll_stmt *stmt;
	char sql[2048];

	(void)snprintf(sql, sizeof sql,
	               "SELECT column1 AS series, column2 AS life, column3 AS t_ns, "
	               "column4 AS value FROM (VALUES %s)",
	               values);
	stmt = queries_prepare(state, sql);
	assert_ok(ll_courses_load(stmt, window, &courses, &err), &err);
	ll_stmt_free(stmt);
	return courses;
}

static const struct ll_course *course_at(const struct ll_courses *courses, size_t index)
{
	assert_true(index < courses->items.count);
	return (const struct ll_course *)courses->items.items + index;
}

/* "10:1 15:- 20:2": time and value of every point, "-" for a gap. */
static void assert_points(const struct ll_course *course, const char *expected)
{
	const struct ll_chart_point *const points = course->points.items;
	struct ll_buf found;

	ll_buf_init(&found, LL_BUF_MESSAGE);
	for (size_t i = 0; i < course->points.count; i++) {
		ll_buf_printf(&found, "%s%lld:", i > 0 ? " " : "", (long long)points[i].time_ns);
		if (isnan(points[i].value))
			ll_buf_puts(&found, "-");
		else
			ll_buf_printf(&found, "%g", points[i].value);
	}
	assert_string_equal(found.data, expected);
	ll_buf_done(&found);
}

/* What happened has no gaps between its points, however far apart; what was looked at has. */
static void gaps_are_reckoned_for_each_series(void **state)
{
	struct ll_error err = LL_ERROR_INIT;
	struct ll_courses courses;
	struct ll_stmt *const stmt = queries_prepare(
		*state,
		"SELECT column1 AS series, 1 AS life, column2 AS t_ns, 1 AS value, "
		"column1 = 'event' AS is_event FROM (VALUES ('event', 1), ('event', 2), "
		"('event', 100), ('event', 101), ('event', 200), ('event', 201), ('look', 0), "
		"('look', 50), ('look', 100), ('look', 150), ('look', 200))");

	assert_ok(ll_courses_load(stmt, everything, &courses, &err), &err);
	ll_stmt_free(stmt);

	assert_int_equal(course_at(&courses, 0)->most_apart_ns, 0);
	assert_int_equal(course_at(&courses, 1)->most_apart_ns, 250);
	assert_int_equal(courses.most_apart_ns, 250);
	ll_courses_done(&courses);
}

static void rows_become_one_course_for_each_series(void **state)
{
	struct ll_courses courses =
		load(*state, "('a', 1, 10, 1), ('a', 1, 20, 2), ('b', 1, 5, 3)", everything);

	assert_int_equal(courses.items.count, 2);
	assert_true(ll_str_equal(course_at(&courses, 1)->label, ll_str("b")));
	assert_points(course_at(&courses, 0), "10:1 20:2");
	assert_points(course_at(&courses, 1), "5:3");
	assert_int_equal(courses.points, 3);
	assert_int_equal(courses.from_ns, 5);
	assert_int_equal(courses.to_ns, 20);
	ll_courses_done(&courses);
}

static void between_two_lives_there_is_a_gap(void **state)
{
	struct ll_courses courses =
		load(*state, "('a', 1, 10, 1), ('a', 2, 20, 2), ('a', 2, 30, 3)", everything);

	assert_points(course_at(&courses, 0), "10:1 15:- 20:2 30:3");
	assert_int_equal(courses.points, 3);
	ll_courses_done(&courses);
}

static void another_series_in_another_life_begins_without_a_gap(void **state)
{
	struct ll_courses courses = load(*state, "('a', 1, 10, 1), ('b', 2, 20, 2)", everything);

	assert_points(course_at(&courses, 0), "10:1");
	assert_points(course_at(&courses, 1), "20:2");
	ll_courses_done(&courses);
}

static void null_is_a_gap_and_not_zero(void **state)
{
	struct ll_courses courses =
		load(*state, "('a', 1, 10, 1), ('a', 1, 20, NULL), ('a', 1, 30, 0)", everything);

	assert_points(course_at(&courses, 0), "10:1 20:- 30:0");
	ll_courses_done(&courses);
}

static void a_gap_does_not_widen_the_time_shown(void **state)
{
	struct ll_courses courses =
		load(*state, "('a', 1, 10, NULL), ('a', 1, 20, 1), ('a', 1, 30, NULL)", everything);

	assert_int_equal(courses.from_ns, 20);
	assert_int_equal(courses.to_ns, 20);
	assert_int_equal(courses.points, 1);
	ll_courses_done(&courses);
}

static void what_lies_outside_the_window_is_left_out(void **state)
{
	static const char rows[] = "('a', 1, 10, 1), ('a', 1, 20, 2), ('a', 1, 30, 3)";
	struct ll_courses both = load(*state, rows, (struct ll_window){20, 30});
	struct ll_courses since = load(*state, rows, (struct ll_window){20, LL_TIME_NONE});
	struct ll_courses until = load(*state, rows, (struct ll_window){LL_TIME_NONE, 30});

	assert_points(course_at(&both, 0), "20:2");
	assert_points(course_at(&since, 0), "20:2 30:3");
	assert_points(course_at(&until, 0), "10:1 20:2");
	ll_courses_done(&both);
	ll_courses_done(&since);
	ll_courses_done(&until);
}

static void no_rows_are_no_courses(void **state)
{
	struct ll_courses courses =
		load(*state, "('a', 1, 10, 1)", (struct ll_window){20, LL_TIME_NONE});
	double first;
	double last;

	assert_int_equal(courses.items.count, 0);
	assert_int_equal(courses.points, 0);
	assert_int_equal(courses.most_apart_ns, 0);
	assert_int_equal(ll_courses_align(&courses).count, 0);
	assert_false(ll_course_ends(&(struct ll_course){.points = LL_VEC_INIT}, &first, &last));
	ll_courses_done(&courses);
}

static void points_are_apart_beyond_five_usual_intervals(void **state)
{
	struct ll_courses usual = load(*state,
	                               "('a', 1, 10, 1), ('a', 1, 20, 1), ('a', 1, 30, 1), "
	                               "('a', 1, 40, 1), ('a', 1, 500, 1)",
	                               everything);
	struct ll_courses few = load(*state, "('a', 1, 10, 1), ('a', 1, 20, 1)", everything);

	assert_int_equal(usual.most_apart_ns, 50);
	assert_int_equal(few.most_apart_ns, 0);
	ll_courses_done(&usual);
	ll_courses_done(&few);
}

/* MemStats and a text profile each minute, a second apart: a minute is no gap, ten of them are. */
static void captures_of_one_round_do_not_make_gaps_between_rounds(void **state)
{
	struct ll_courses courses = load(*state,
	                                 "('a', 1, 0, 1), ('a', 1, 1, 1), ('a', 1, 60, 1), "
	                                 "('a', 1, 61, 1), ('a', 1, 62, 1), ('a', 1, 120, 1), "
	                                 "('a', 1, 121, 1), ('a', 1, 180, 1), ('a', 1, 181, 1)",
	                                 everything);

	assert_int_equal(courses.most_apart_ns, 5 * 59);
	ll_courses_done(&courses);
}

static void one_long_pause_does_not_hide_gaps(void **state)
{
	struct ll_courses courses = load(*state,
	                                 "('a', 1, 0, 1), ('a', 1, 10, 1), ('a', 1, 20, 1), "
	                                 "('a', 1, 30, 1), ('a', 1, 40, 1), ('a', 1, 5000, 1)",
	                                 everything);

	assert_int_equal(courses.most_apart_ns, 50);
	ll_courses_done(&courses);
}

static void ends_are_the_first_and_last_value_that_is_none_of_the_gaps(void **state)
{
	struct ll_courses courses = load(
		*state,
		"('a', 1, 10, NULL), ('a', 1, 20, 2), ('a', 1, 30, 9), ('a', 1, 40, 5), ('a', 1, 50, NULL)",
		everything);
	double first = 0;
	double last = 0;

	assert_true(ll_course_ends(course_at(&courses, 0), &first, &last));

	assert_true(fabs(first - 2) < 1e-9);
	assert_true(fabs(last - 5) < 1e-9);
	ll_courses_done(&courses);
}

static void a_stack_has_zero_where_a_series_lacks_a_moment_and_gaps_stay_gaps(void **state)
{
	struct ll_courses courses = load(*state,
	                                 "('a', 1, 10, 1), ('a', 2, 30, 3), ('b', 1, 10, 5), "
	                                 "('b', 1, 40, 6)",
	                                 everything);
	const struct ll_moments moments = ll_courses_align(&courses);

	assert_int_equal(moments.count, 4);
	assert_int_equal(moments.times_ns[1], 20);
	assert_true(fabs(moments.values[0][0] - 1) < 1e-9);
	assert_true(isnan(moments.values[0][1]));
	assert_true(fabs(moments.values[0][3]) < 1e-9);
	assert_true(fabs(moments.values[1][0] - 5) < 1e-9);
	assert_true(fabs(moments.values[1][2]) < 1e-9);
	assert_true(fabs(moments.values[1][3] - 6) < 1e-9);
	ll_courses_done(&courses);
}

static void a_query_without_the_columns_is_a_clear_error(void **state)
{
	struct ll_stmt *const stmt = queries_prepare(*state, "SELECT 'a' AS series, 1 AS life");
	struct ll_error err = LL_ERROR_INIT;
	struct ll_courses courses;

	assert_int_equal(ll_courses_load(stmt, everything, &courses, &err), LL_E_USAGE);

	assert_string_equal(err.text, "the query of a picture has no column 't_ns'");
	ll_stmt_free(stmt);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(gaps_are_reckoned_for_each_series),
		cmocka_unit_test(rows_become_one_course_for_each_series),
		cmocka_unit_test(between_two_lives_there_is_a_gap),
		cmocka_unit_test(another_series_in_another_life_begins_without_a_gap),
		cmocka_unit_test(null_is_a_gap_and_not_zero),
		cmocka_unit_test(a_gap_does_not_widen_the_time_shown),
		cmocka_unit_test(what_lies_outside_the_window_is_left_out),
		cmocka_unit_test(no_rows_are_no_courses),
		cmocka_unit_test(points_are_apart_beyond_five_usual_intervals),
		cmocka_unit_test(captures_of_one_round_do_not_make_gaps_between_rounds),
		cmocka_unit_test(one_long_pause_does_not_hide_gaps),
		cmocka_unit_test(ends_are_the_first_and_last_value_that_is_none_of_the_gaps),
		cmocka_unit_test(a_stack_has_zero_where_a_series_lacks_a_moment_and_gaps_stay_gaps),
		cmocka_unit_test(a_query_without_the_columns_is_a_clear_error),
	};

	return cmocka_run_group_tests(tests, queries_set_up, queries_tear_down);
}
