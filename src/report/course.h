/* SPDX-License-Identifier: Apache-2.0 */
/*
 * course.h - series out of SQL: columns series, life, t_ns, value in any order, sorted by series
 * and time. A column is_event that is 1 says that the series has a point when something happened
 * and not when somebody looked: between its points there is no gap.
 */
#ifndef LL_REPORT_COURSE_H
#define LL_REPORT_COURSE_H

#include <leakledger/arena.h>
#include <leakledger/chart.h>
#include <leakledger/ledger.h>
#include <leakledger/vec.h>

/** One series; between two lives of a process it has a gap. */
struct ll_course {
	struct ll_str label;
	struct ll_vec points; /* struct ll_chart_point */
	bool is_event;
	int64_t most_apart_ns; /* points further apart have a gap between them; 0: never */
};

struct ll_courses {
	struct ll_arena arena;
	struct ll_vec items;    /* struct ll_course */
	int64_t most_apart_ns;  /* the largest of them, for moments that all series share */
	int64_t from_ns, to_ns; /* of all points */
	size_t points;          /* without gaps */
};

/** Times that are shown: from `since_ns` to before `until_ns`; LL_TIME_NONE is no bound. */
struct ll_window {
	int64_t since_ns, until_ns;
};

/** Runs a bound statement to its end; points outside the window are left out. */
int ll_courses_load(struct ll_stmt *stmt, struct ll_window window, struct ll_courses *ret_courses,
                    struct ll_error *err);
void ll_courses_done(struct ll_courses *courses);
/** First and last value of a series that is no gap; false when there is none. */
bool ll_course_ends(const struct ll_course *course, double *ret_first, double *ret_last);

/**
 * The courses on one axis of time, for a stack: values[series][moment]; a moment between lives is a
 * gap.
 */
struct ll_moments {
	int64_t *times_ns;
	size_t count;
	double **values;
};
/** Cut from the courses' arena. What a series lacks at a moment of the others is 0. */
struct ll_moments ll_courses_align(struct ll_courses *courses);

#endif
