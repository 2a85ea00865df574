/* SPDX-License-Identifier: Apache-2.0 */
/*
 * figure.c - THE TABLE of figures, and how one is made: statement to courses, courses to two
 * pictures (a wide one and one for phones), a title that says the conclusion, and a table of some
 * of the numbers.
 */
#include "figure_making.h"

#include <math.h>

enum {
	TABLE_ROWS = 13,   /* moments in the table beside a picture */
	WIDE_WIDTH = 960,  /* of a page */
	SMALL_WIDTH = 560, /* of a quarter of a page */
	SMALL_HEIGHT = 240,
	SHORT_HEIGHT = 150,
	AHEAD_PARTS = 4, /* a trend is drawn on by a quarter of what was watched */
	LAYERS_MAX = 8,
};

/* clang-format off */
static const struct ll_figure_spec specs[] = {
	[LL_FIGURE_HEAP] = {
		.id = "heap", .shape = SHAPE_LINE, .sql = "sql/reports/service/heap.sql",
		.what = "Heap", .absence = "No MemStats were captured", .draw = LL_DRAW_FINE,
		.has_limits = true, .has_marks = true, .title = ll_title_heap},
	[LL_FIGURE_FLOOR] = {
		.id = "floor", .shape = SHAPE_LINE, .sql = "sql/reports/service/floor.sql",
		.trend_sql = "sql/reports/service/floor_trend.sql", .what = "Live heap",
		.absence = "Neither MemStats nor heap profiles were captured", .draw = LL_DRAW_POINTS,
		.has_limits = true, .has_marks = true, .title = ll_title_floor},
	[LL_FIGURE_LEDGER] = {
		.id = "ledger", .shape = SHAPE_AREA, .sql = "sql/reports/service/ledger.sql",
		.what = "Memory of the process", .absence = "No MemStats were captured, so nothing tells where the memory is",
		.has_limits = true, .has_marks = true, .title = ll_title_ledger},
	[LL_FIGURE_SITES] = {
		.id = "sites", .shape = SHAPE_AREA, .sql = "sql/reports/service/sites.sql",
		.what = "In use", .absence = "No heap profiles were captured", .has_marks = true,
		.title = ll_title_sites},
	[LL_FIGURE_GOROUTINES] = {
		.id = "goroutines", .shape = SHAPE_AREA, .sql = "sql/reports/service/goroutines.sql",
		.what = "Goroutines", .absence = "No goroutines were captured", .axis = LL_AXIS_COUNT,
		.has_marks = true, .title = ll_title_goroutines},
	[LL_FIGURE_PLACE] = {
		.id = "place", .shape = SHAPE_LINE, .sql = "sql/reports/finding/series.sql",
		.trend_sql = "sql/reports/finding/trend.sql", .what = "In use",
		.absence = "There is no course of this finding", .draw = LL_DRAW_POINTS,
		.by_instance = true, .title = ll_title_place},
	[LL_FIGURE_GC_CPU] = {
		.id = "gc-cpu", .shape = SHAPE_LINE, .sql = "sql/reports/service/gc_cpu.sql",
		.what = "Processor time of the collector", .axis = LL_AXIS_PERCENT, .is_small = true,
		.absence = "Processor time of the collector: not enough MemStats with GCCPUFraction",
		.title = ll_title_ends},
	[LL_FIGURE_COUNT] = {
		.id = "count", .shape = SHAPE_LINE, .sql = "sql/reports/service/goroutine_count.sql",
		.what = "Goroutines", .axis = LL_AXIS_COUNT, .is_small = true, .is_short = true,
		.absence = "Goroutines: nothing captured counts them", .title = ll_title_change},
	[LL_FIGURE_OBJECTS] = {
		.id = "objects", .shape = SHAPE_LINE, .sql = "sql/reports/service/heap_objects.sql",
		.what = "Objects in the heap", .axis = LL_AXIS_COUNT, .is_small = true, .is_short = true,
		.absence = "Objects in the heap: no MemStats were captured", .title = ll_title_change},
	[LL_FIGURE_RSS] = {
		.id = "rss", .shape = SHAPE_LINE, .sql = "sql/reports/service/rss.sql",
		.what = "Memory", .is_small = true, .has_limits = true,
		.absence = "Resident memory: nothing captured tells it",
		.title = ll_title_change},
};
/* clang-format on */

/* A finding says what its numbers are. */
static struct ll_str axis_name(const struct ll_making *making)
{
	return making->of->axis.size > 0 ? making->of->axis : ll_str(making->spec->what);
}

/* ----------------------------------------------------------------------- loading */

void ll_figure_bind(struct ll_stmt *stmt, const struct ll_figure_of *of)
{
	ll_stmt_bind_i64(stmt, ":service_id", of->service_id);
	ll_stmt_bind_i64(stmt, ":instance_id", of->instance_id);
	ll_stmt_bind_i64(stmt, ":limit_bytes", of->limit_bytes);
	if (of->since_ns != LL_TIME_NONE)
		ll_stmt_bind_i64(stmt, ":since_ns", of->since_ns);
	if (of->until_ns != LL_TIME_NONE)
		ll_stmt_bind_i64(stmt, ":until_ns", of->until_ns);
	ll_stmt_bind_i64(stmt, ":most_rows", of->most_rows > 0 ? of->most_rows : LL_HEAT_ROWS);
	if (of->finding_id)
		ll_stmt_bind_text(stmt, ":finding_id", ll_str(of->finding_id));
	ll_stmt_bind_i64(stmt, ":week_ns", of->week_ns);
	if (of->team)
		ll_stmt_bind_text(stmt, ":team", ll_str(of->team));
}

static int load_courses(const char *sql, const struct ll_figure_of *of,
                        struct ll_courses *ret_courses, struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	const int rc = ll_stmt_resource(of->ledger, sql, &stmt, err);

	if (rc < 0)
		return rc;
	ll_figure_bind(stmt, of);
	return ll_courses_load(
		stmt, (struct ll_window){.since_ns = of->since_ns, .until_ns = of->until_ns},
		ret_courses, err);
}

/*
 * A line through the middle of the points, drawn on into the future; the fan turns around the
 * middle.
 */
static int load_trend(struct ll_making *making, struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	int64_t times[3];
	double middle;
	int rc;

	if (!making->spec->trend_sql)
		return LL_OK;
	rc = ll_stmt_resource(making->of->ledger, making->spec->trend_sql, &stmt, err);
	if (rc < 0)
		return rc;
	ll_figure_bind(stmt, making->of);
	rc = ll_stmt_step(stmt, err);
	if (rc <= 0 || ll_stmt_is_null(stmt, 0) || ll_stmt_is_null(stmt, 1))
		return rc < 0 ? rc : LL_OK;
	making->slope = ll_stmt_f64(stmt, 0);
	making->slope_low = ll_stmt_f64(stmt, 1);
	making->slope_high = ll_stmt_f64(stmt, 2);
	times[0] = ll_stmt_i64(stmt, 6);
	times[1] = ll_stmt_i64(stmt, 8);
	times[2] = ll_stmt_i64(stmt, 7);
	times[2] += (times[2] - times[0]) / AHEAD_PARTS;
	middle = ll_stmt_f64(stmt, 9);
	for (size_t i = 0; i < LL_COUNT(times); i++) {
		const double distance = (double)(times[i] - times[1]);
		const double a = fmax(0, middle + making->slope_low * distance);
		const double b = fmax(0, middle + making->slope_high * distance);

		making->places[i] = (struct ll_chart_band){
			.time_ns = times[i],
			.low = fmin(a, b),
			.middle = fmax(0, middle + making->slope * distance),
			.high = fmax(a, b),
		};
	}
	making->has_trend = true;
	making->trend_label = ll_str(ll_arena_printf(ll_making_arena(making), "%s%s",
	                                             making->slope > 0 ? "+" : "",
	                                             ll_making_rate(making, making->slope)));
	return LL_OK;
}

static enum ll_mark_kind mark_kind(struct ll_str word)
{
	if (ll_str_equal(word, ll_str("deploy")))
		return LL_MARK_DEPLOY;
	return ll_str_equal(word, ll_str("kill")) ? LL_MARK_OOM : LL_MARK_RESTART;
}

static int load_marks(struct ll_making *making, struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	int rc;

	if (!making->spec->has_marks)
		return LL_OK;
	rc = ll_stmt_resource(making->of->ledger, "sql/reports/service/marks.sql", &stmt, err);
	if (rc < 0)
		return rc;
	ll_figure_bind(stmt, making->of);
	while ((rc = ll_stmt_step(stmt, err)) > 0) {
		struct ll_chart_mark *const mark = ll_vec_push(&making->marks, sizeof *mark);

		mark->time_ns = ll_stmt_i64(stmt, 0);
		mark->kind = mark_kind(ll_stmt_text(stmt, 1));
		mark->label = ll_arena_str(ll_making_arena(making), ll_stmt_text(stmt, 2));
	}
	return rc;
}

/* The limit to go by, and GOMEMLIMIT: different lines, because only one of them kills. */
static int load_limits(struct ll_making *making, struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	int rc;

	if (!making->spec->has_limits)
		return LL_OK;
	rc = ll_stmt_resource(making->of->ledger, "sql/reports/service/limits.sql", &stmt, err);
	if (rc < 0)
		return rc;
	ll_figure_bind(stmt, making->of);
	while ((rc = ll_stmt_step(stmt, err)) > 0) {
		struct ll_chart_limit *const limit = ll_vec_push(&making->limits, sizeof *limit);

		limit->label = ll_arena_str(ll_making_arena(making), ll_stmt_text(stmt, 0));
		limit->value = ll_stmt_f64(stmt, 1);
	}
	return rc;
}

/* ----------------------------------------------------------------------- drawing */

static struct ll_chart chart_of(const struct ll_making *making, enum ll_chart_fit fit)
{
	const bool is_small = making->spec->is_small && fit == LL_FIT_WIDE;

	return (struct ll_chart){
		.id = making->spec->id,
		.width = fit != LL_FIT_WIDE ? 0
	                 : is_small         ? SMALL_WIDTH
	                                    : WIDE_WIDTH,
		.height = making->spec->is_short ? SHORT_HEIGHT
	                  : is_small             ? SMALL_HEIGHT
	                                         : 0,
		.title = making->title,
		.description = making->description,
		.absence = ll_str(making->spec->absence),
		.fit = fit,
	};
}

static struct ll_chart_plane plane_of(const struct ll_making *making)
{
	return (struct ll_chart_plane){
		.axis = ll_making_axis(making),
		.name = axis_name(making),
		.limits = making->limits.items,
		.limit_count = making->limits.count,
		.marks = making->marks.items,
		.mark_count = making->marks.count,
	};
}

static int draw_line(struct ll_making *making, enum ll_chart_fit fit, struct ll_buf *out,
                     struct ll_error *err)
{
	const size_t count = making->courses.items.count;
	struct ll_chart_series *const series =
		ll_arena_calloc(ll_making_arena(making), count + 1, sizeof *series);
	const struct ll_chart_trend trend = {
		.label = making->trend_label,
		.role = LL_ROLE_1,
		.places = making->places,
		.count = LL_COUNT(making->places),
	};
	const struct ll_line_chart line = {
		.chart = chart_of(making, fit),
		.plane = plane_of(making),
		.series = series,
		.series_count = count,
		.trend = making->has_trend ? &trend : NULL,
	};

	for (size_t i = 0; i < count; i++)
		series[i] = (struct ll_chart_series){
			.label = ll_making_course(making, i)->label,
			.role = ll_role_of(i),
			.draw = i == 0 ? making->spec->draw : LL_DRAW_LINE,
			.points = ll_making_course(making, i)->points.items,
			.count = ll_making_course(making, i)->points.count,
			.most_apart_ns = ll_making_course(making, i)->most_apart_ns,
		};
	return ll_chart_line(&line, out, err);
}

static int draw_area(struct ll_making *making, enum ll_chart_fit fit, struct ll_buf *out,
                     struct ll_error *err)
{
	const struct ll_moments moments = ll_courses_align(&making->courses);
	const size_t count = making->courses.items.count;
	struct ll_area_layer *const layers =
		ll_arena_calloc(ll_making_arena(making), count + 1, sizeof *layers);
	const struct ll_area_chart area = {
		.chart = chart_of(making, fit),
		.plane = plane_of(making),
		.times_ns = moments.times_ns,
		.count = moments.count,
		.most_apart_ns = making->courses.most_apart_ns,
		.layers = layers,
		.layer_count = count,
	};

	for (size_t i = 0; i < count; i++)
		layers[i] = (struct ll_area_layer){
			.label = ll_making_course(making, i)->label,
			.role = i + 1 < LAYERS_MAX ? ll_role_of(i) : LL_ROLE_OTHER,
			.values = moments.values[i],
		};
	return ll_chart_area(&area, out, err);
}

static int put_picture(struct ll_making *making, enum ll_chart_fit fit, xmlNodePtr figure,
                       struct ll_error *err)
{
	struct ll_buf svg;
	int rc;

	ll_buf_init(&svg, LL_BUF_CHART);
	rc = making->spec->shape == SHAPE_LINE ? draw_line(making, fit, &svg, err)
	                                       : draw_area(making, fit, &svg, err);
	if (rc == LL_OK)
		rc = ll_model_fragment(figure, ll_buf_str(&svg), err);
	ll_buf_done(&svg);
	return rc;
}

/* ------------------------------------------------------------------------- table */

static bool value_at(const struct ll_course *course, int64_t time_ns, bool is_first,
                     double *ret_value)
{
	const struct ll_chart_point *const points = course->points.items;
	bool is_found = false;

	/*
	 * The last point up to the moment, unless a gap lies between. Of several captures at the
	 * first moment the first: the picture and its title begin with it.
	 */
	for (size_t i = 0; i < course->points.count && points[i].time_ns <= time_ns; i++) {
		if (is_first && i > 0)
			break;
		is_found = !isnan(points[i].value);
		*ret_value = points[i].value;
	}
	return is_found;
}

static void put_table(struct ll_making *making, xmlNodePtr figure)
{
	const xmlNodePtr table = ll_model_element(figure, "numbers");
	const size_t count = making->courses.items.count;
	const int64_t from = making->courses.from_ns, to = making->courses.to_ns;
	const int rows = to > from ? TABLE_ROWS : 1;

	ll_model_text(table, "of", ll_str("time, UTC"));
	for (size_t i = 0; i < count; i++)
		(void)ll_model_child(table, "series", ll_making_course(making, i)->label);
	for (int row = 0; row < rows; row++) {
		const int64_t time_ns =
			row == rows - 1 ? to : from + (to - from) / (TABLE_ROWS - 1) * row;
		const xmlNodePtr moment = ll_model_element(table, "moment");
		char text[LL_UNIT_TEXT], shown[LL_UNIT_TEXT];

		(void)ll_format_time(time_ns, text);
		(void)snprintf(shown, sizeof shown, "%.10s %.5s", text, text + 11);
		ll_model_text(moment, "time", ll_str(shown));
		for (size_t i = 0; i < count; i++) {
			double value = 0;

			(void)ll_model_child(moment, "value",
			                     value_at(ll_making_course(making, i), time_ns,
			                              row == 0 && rows > 1, &value)
			                             ? ll_str(ll_making_amount(making, value, text))
			                             : ll_str(""));
		}
	}
}

/* Whose the lines are: of one instance all of them, or each of another. */
static struct ll_str whose(struct ll_making *making)
{
	const size_t count = making->courses.items.count;

	if (making->spec->by_instance && count > 1)
		return ll_str(ll_arena_printf(ll_making_arena(making), "%zu instances", count));
	return ll_str(making->of->instance ? making->of->instance : "");
}

/* "Live heap of pod-1, 2026-11-21 16:11 to 16:52 UTC": the second date only where it is another. */
static void describe(struct ll_making *making)
{
	const struct ll_str who = whose(making);
	char from[LL_UNIT_TEXT], to[LL_UNIT_TEXT];
	bool is_one_day;

	if (making->courses.points == 0)
		return;
	(void)ll_format_time(making->courses.from_ns, from);
	(void)ll_format_time(making->courses.to_ns, to);
	is_one_day = strncmp(from, to, 10) == 0;
	making->description = ll_str(ll_arena_printf(
		ll_making_arena(making), "%.*s%s%.*s, %.10s %.5s to %.*s%s%.5s UTC",
		LL_STR_ARG(axis_name(making)), who.size > 0 ? " of " : "", LL_STR_ARG(who), from,
		from + 11, is_one_day ? 0 : 10, to, is_one_day ? "" : " ", to + 11));
}

static int make(struct ll_making *making, xmlNodePtr parent, struct ll_error *err)
{
	xmlNodePtr figure;
	int rc = load_trend(making, err);

	if (rc == LL_OK)
		rc = load_marks(making, err);
	if (rc == LL_OK)
		rc = load_limits(making, err);
	if (rc < 0)
		return rc;
	making->title = making->courses.points > 0 ? making->spec->title(making)
	                                           : ll_str(making->spec->absence);
	describe(making);
	figure = ll_model_element(parent, "figure");
	ll_model_text(figure, "id", ll_str(making->spec->id));
	ll_model_text(figure, "title", making->title);
	ll_model_text(figure, "note", making->description);
	if (making->courses.points == 0)
		return LL_OK;
	/* An area over one moment is none; its numbers stand in the table. */
	if (making->spec->shape == SHAPE_AREA && making->courses.from_ns == making->courses.to_ns) {
		put_table(making, figure);
		return LL_OK;
	}
	rc = put_picture(making, LL_FIT_WIDE, figure, err);
	if (rc == LL_OK)
		rc = put_picture(making, LL_FIT_NARROW, figure, err);
	if (rc == LL_OK)
		put_table(making, figure);
	return rc;
}

int ll_figure_put(enum ll_figure figure, const struct ll_figure_of *of, xmlNodePtr parent,
                  struct ll_error *err)
{
	struct ll_making making = {.spec = &specs[figure], .of = of};
	int rc = load_courses(making.spec->sql, of, &making.courses, err);

	if (rc == LL_OK) {
		rc = make(&making, parent, err);
		ll_courses_done(&making.courses);
	}
	ll_vec_done(&making.marks);
	ll_vec_done(&making.limits);
	return rc < 0 ? ll_within(err, "figure '%s'", specs[figure].id) : LL_OK;
}

int ll_figure_spark(const struct ll_spark_of *small, const struct ll_figure_of *of,
                    xmlNodePtr parent, struct ll_error *err)
{
	struct ll_courses courses;
	struct ll_spark_chart spark = {
		.chart = {.id = small->id},
		.axis = small->is_count ? LL_AXIS_COUNT : LL_AXIS_BYTES,
		.from_ns = small->from_ns,
		.to_ns = small->to_ns,
		.high = small->high,
		.has_end_text = small->has_end_text,
	};
	struct ll_buf svg;
	int rc = load_courses(small->sql, of, &courses, err);

	if (rc < 0)
		return rc;
	if (courses.points > 1) {
		const struct ll_course *const course = courses.items.items;

		spark.chart.title = course->label;
		spark.points = course->points.items;
		spark.count = course->points.count;
		spark.most_apart_ns = course->most_apart_ns;
		ll_buf_init(&svg, LL_BUF_CHART);
		rc = ll_chart_spark(&spark, &svg, err);
		if (rc == LL_OK)
			rc = ll_model_fragment(ll_model_element(parent, "spark"), ll_buf_str(&svg),
			                       err);
		ll_buf_done(&svg);
	}
	ll_courses_done(&courses);
	return rc;
}
