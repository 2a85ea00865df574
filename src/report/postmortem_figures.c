/* SPDX-License-Identifier: Apache-2.0 */
/* postmortem_figures.c - the two pictures of a post-mortem; see postmortem.h. */
#include "course.h"
#include "postmortem.h"

#include <leakledger/chart.h>
#include <leakledger/units.h>
#include <leakledger/vec.h>

enum {
	LANES = 4,
	EVENT_ROWS_MAX = 8,
	LIMITS_MAX = 2,
};

/* ------------------------------------------------------------------------ pictures */

/* Draws both fits into the figure. */
static int put_pictures(xmlNodePtr figure, void *self,
                        int (*draw)(void *self, enum ll_chart_fit fit, struct ll_buf *out,
                                    struct ll_error *err),
                        struct ll_error *err)
{
	static const enum ll_chart_fit fits[] = {LL_FIT_WIDE, LL_FIT_NARROW};
	int rc = LL_OK;

	for (size_t i = 0; rc == LL_OK && i < LL_COUNT(fits); i++) {
		struct ll_buf svg;

		ll_buf_init(&svg, LL_BUF_CHART);
		rc = draw(self, fits[i], &svg, err);
		if (rc == LL_OK)
			rc = ll_model_fragment(figure, ll_buf_str(&svg), err);
		ll_buf_done(&svg);
	}
	return rc;
}

static xmlNodePtr add_figure(xmlNodePtr parent, const char *id, struct ll_str title,
                             struct ll_str note)
{
	const xmlNodePtr figure = ll_model_element(parent, "figure");

	ll_model_text(figure, "id", ll_str(id));
	ll_model_text(figure, "title", title);
	ll_model_text(figure, "note", note);
	return figure;
}

/* --------------------------------------------------------------------------- lanes */

static const struct lane_spec {
	const char *id, *name;
	enum ll_axis axis;
	double least_high;
} lane_specs[LANES] = {
	{"memory", "Memory of the process", LL_AXIS_BYTES, 0},
	{"heap", "Go heap", LL_AXIS_BYTES, 0},
	{"collector", "Collector, % of the processor", LL_AXIS_COUNT, 10},
	{"goroutines", "Goroutines", LL_AXIS_COUNT, 0},
};

struct event_row {
	struct ll_str name;
	bool is_ticks;
	struct ll_vec marks; /* struct ll_chart_mark */
};

struct lanes {
	struct ll_ledger *ledger;
	struct ll_arena arena;
	struct ll_courses courses[LANES];
	size_t loaded;
	struct event_row events[EVENT_ROWS_MAX];
	size_t event_count;
	struct ll_chart_limit limits[LIMITS_MAX];
	size_t limit_count;
	int64_t time_ns, last_ns;
	struct ll_str title, note, end_label;
};

static void lanes_done(struct lanes *lanes)
{
	for (size_t i = 0; i < lanes->loaded; i++)
		ll_courses_done(&lanes->courses[i]);
	for (size_t i = 0; i < lanes->event_count; i++)
		ll_vec_done(&lanes->events[i].marks);
	ll_arena_done(&lanes->arena);
}

static int load_courses(struct lanes *lanes, struct ll_error *err)
{
	const struct ll_window all = {.since_ns = LL_TIME_NONE, .until_ns = LL_TIME_NONE};
	int rc = LL_OK;

	for (size_t i = 0; rc == LL_OK && i < LANES; i++) {
		LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;

		rc = ll_stmt_resource(lanes->ledger, "sql/reports/postmortem/lanes.sql", &stmt,
		                      err);
		if (rc < 0)
			return rc;
		ll_stmt_bind_text(stmt, ":lane", ll_str(lane_specs[i].id));
		rc = ll_courses_load(stmt, all, &lanes->courses[i], err);
		lanes->loaded += rc == LL_OK;
	}
	return rc;
}

static struct event_row *find_row(struct lanes *lanes, struct ll_str name, bool is_ticks)
{
	struct event_row *row =
		lanes->event_count > 0 ? &lanes->events[lanes->event_count - 1] : NULL;

	if (row && ll_str_equal(row->name, name))
		return row;
	if (lanes->event_count == EVENT_ROWS_MAX)
		return NULL;
	row = &lanes->events[lanes->event_count++];
	*row = (struct event_row){.name = ll_arena_str(&lanes->arena, name), .is_ticks = is_ticks};
	return row;
}

static enum ll_mark_kind mark_kind(struct ll_str kind)
{
	if (ll_str_equal(kind, ll_str("deploy")))
		return LL_MARK_DEPLOY;
	if (ll_str_equal(kind, ll_str("restart")))
		return LL_MARK_RESTART;
	return ll_str_equal(kind, ll_str("kill")) ? LL_MARK_OOM : LL_MARK_NOTE;
}

static int load_events(struct lanes *lanes, struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	int rc = ll_stmt_resource(lanes->ledger, "sql/reports/postmortem/events.sql", &stmt, err);

	while (rc >= 0 && (rc = ll_stmt_step(stmt, err)) > 0) {
		const enum ll_mark_kind kind = mark_kind(ll_stmt_text(stmt, 1));
		struct event_row *const row =
			find_row(lanes, ll_stmt_text(stmt, 0), kind == LL_MARK_NOTE);
		struct ll_chart_mark *mark;

		if (!row)
			continue;
		mark = ll_vec_push(&row->marks, sizeof *mark);
		*mark = (struct ll_chart_mark){
			.time_ns = ll_stmt_i64(stmt, 2),
			.kind = kind,
			.label = ll_arena_str(&lanes->arena, ll_stmt_text(stmt, 3)),
		};
	}
	return rc;
}

static void add_limit(struct lanes *lanes, const struct ll_stmt *stmt, int column,
                      const char *label)
{
	if (ll_stmt_is_null(stmt, column) || lanes->limit_count == LIMITS_MAX)
		return;
	lanes->limits[lanes->limit_count++] = (struct ll_chart_limit){
		.label = ll_str(label),
		.value = ll_stmt_f64(stmt, column),
	};
}

static int load_frame(struct lanes *lanes, struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	int rc = ll_stmt_resource(lanes->ledger, "sql/reports/postmortem/frame.sql", &stmt, err);

	if (rc == LL_OK)
		rc = ll_stmt_step(stmt, err);
	if (rc <= 0)
		return rc;
	lanes->time_ns = ll_stmt_i64(stmt, 0);
	lanes->last_ns = ll_stmt_is_null(stmt, 1) ? LL_TIME_NONE : ll_stmt_i64(stmt, 1);
	lanes->title = ll_arena_str(&lanes->arena, ll_stmt_text(stmt, 2));
	lanes->note = ll_arena_str(&lanes->arena, ll_stmt_text(stmt, 3));
	lanes->end_label = ll_arena_str(&lanes->arena, ll_stmt_text(stmt, 4));
	add_limit(lanes, stmt, 5, "limit");
	add_limit(lanes, stmt, 6, "GOMEMLIMIT");
	return LL_OK;
}

static int draw_lanes(void *self, enum ll_chart_fit fit, struct ll_buf *out, struct ll_error *err)
{
	struct lanes *const lanes = self;
	struct ll_lane lane[LANES];
	struct ll_lane_events events[EVENT_ROWS_MAX];
	struct ll_lanes_chart chart = {
		.chart = {.id = "lanes",
	                  .title = lanes->title,
	                  .description = lanes->note,
	                  .fit = fit},
		.end_ns = lanes->time_ns,
		.unseen_ns = lanes->last_ns,
		.end_label = lanes->end_label,
		.lanes = lane,
		.events = events,
		.event_count = lanes->event_count,
	};

	for (size_t i = 0; i < LANES; i++) {
		const struct ll_courses *const courses = &lanes->courses[i];
		const struct ll_course *const items = courses->items.items;
		struct ll_chart_series *const series =
			ll_arena_calloc(&lanes->arena, courses->items.count + 1, sizeof *series);

		if (courses->points == 0)
			continue;
		for (size_t k = 0; k < courses->items.count; k++)
			series[k] = (struct ll_chart_series){
				.label = items[k].label,
				.role = ll_role_of(k),
				.draw = LL_DRAW_LINE,
				.points = items[k].points.items,
				.count = items[k].points.count,
				.most_apart_ns = courses->most_apart_ns,
			};
		lane[chart.lane_count++] = (struct ll_lane){
			.name = ll_str(lane_specs[i].name),
			.axis = lane_specs[i].axis,
			.least_high = lane_specs[i].least_high,
			.series = series,
			.series_count = courses->items.count,
			.limits = i == 0 ? lanes->limits : NULL,
			.limit_count = i == 0 ? lanes->limit_count : 0,
		};
	}
	for (size_t i = 0; i < lanes->event_count; i++)
		events[i] = (struct ll_lane_events){
			.name = lanes->events[i].name,
			.is_ticks = lanes->events[i].is_ticks,
			.marks = lanes->events[i].marks.items,
			.count = lanes->events[i].marks.count,
		};
	return ll_chart_lanes(&chart, out, err);
}

int ll_postmortem_lanes(struct ll_ledger *ledger, xmlNodePtr parent, struct ll_error *err)
{
	struct lanes lanes LL_CLEANUP(lanes_done) = {.ledger = ledger, .arena = LL_ARENA_INIT};
	int rc = load_frame(&lanes, err);

	if (rc == LL_OK)
		rc = load_courses(&lanes, err);
	if (rc == LL_OK)
		rc = load_events(&lanes, err);
	if (rc < 0)
		return ll_within(err, "lanes");
	return put_pictures(add_figure(parent, "lanes", lanes.title, lanes.note), &lanes,
	                    draw_lanes, err);
}

/* ----------------------------------------------------------------------------- bar */

struct bar {
	struct ll_arena arena;
	struct ll_vec parts; /* struct ll_bar_part */
	bool has_limit;
	double limit;
	struct ll_str title, note;
};

static void bar_done(struct bar *bar)
{
	ll_vec_done(&bar->parts);
	ll_arena_done(&bar->arena);
}

static int load_bar(struct ll_ledger *ledger, struct bar *bar, struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	int rc = ll_stmt_resource(ledger, "sql/reports/postmortem/bar.sql", &stmt, err);

	while (rc >= 0 && (rc = ll_stmt_step(stmt, err)) > 0) {
		struct ll_bar_part *part;

		if (bar->parts.count == 0) {
			bar->title = ll_arena_str(&bar->arena, ll_stmt_text(stmt, 2));
			bar->note = ll_arena_str(&bar->arena, ll_stmt_text(stmt, 3));
			bar->has_limit = !ll_stmt_is_null(stmt, 4);
			bar->limit = ll_stmt_f64(stmt, 4);
		}
		part = ll_vec_push(&bar->parts, sizeof *part);
		*part = (struct ll_bar_part){
			.label = ll_arena_str(&bar->arena, ll_stmt_text(stmt, 0)),
			.value = ll_stmt_f64(stmt, 1),
			.role = ll_stmt_i64(stmt, 5) != 0 ? LL_ROLE_OTHER
		                                          : ll_role_of(bar->parts.count - 1),
		};
	}
	return rc;
}

static int draw_bar(void *self, enum ll_chart_fit fit, struct ll_buf *out, struct ll_error *err)
{
	const struct bar *const bar = self;
	const struct ll_bar_chart chart = {
		.chart = {.id = "parts", .title = bar->title, .description = bar->note, .fit = fit},
		.axis = LL_AXIS_BYTES,
		.parts = bar->parts.items,
		.count = bar->parts.count,
		.has_limit = bar->has_limit,
		.limit = bar->limit,
	};

	return ll_chart_bar(&chart, out, err);
}

int ll_postmortem_bar(struct ll_ledger *ledger, xmlNodePtr parent, struct ll_error *err)
{
	struct bar bar LL_CLEANUP(bar_done) = {.arena = LL_ARENA_INIT};
	const int rc = load_bar(ledger, &bar, err);

	if (rc < 0)
		return ll_within(err, "bar");
	if (bar.parts.count == 0)
		return LL_OK;
	return put_pictures(add_figure(parent, "parts", bar.title, bar.note), &bar, draw_bar, err);
}
