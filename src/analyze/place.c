/* SPDX-License-Identifier: Apache-2.0 */
/* place.c - a subject's facts out of the scope. */
#include "judge.h"

#include <math.h>

/* Columns of sql/judge/heap_place.sql, goroutines_place.sql and service_place.sql. */
enum column {
	FUNCTION,
	FILE_NAME,
	LINE,
	OWNER,
	COHORT,
	IS_OVER,
	LIVES,
	INSTANCES,
	CAPTURES,
	LONGEST_CAPTURES,
	SPAN_NS,
	FIRST_NS,
	LAST_NS,
	FIRST_LEVEL,
	LAST_LEVEL,
	LAST_COUNT,
	SLOPE,
	SLOPE_LOW,
	SLOPE_HIGH,
	OBJECTS_SLOPE,
	OBJECTS_LOW,
	OBJECTS_HIGH,
	GROWTH,
	DRAWDOWN,
	P_TREND,
	ALLOC_PER_S,
	DEPTH,
	GC_PERIOD_S,
	INSTANCES_BESIDE,
	TITLE, /* of services only */
};

static double real_or_nan(const struct ll_stmt *stmt, int column)
{
	return ll_stmt_is_null(stmt, column) ? (double)NAN : ll_stmt_f64(stmt, column);
}

/* Slopes are per ns; a finding speaks of days. */
static double per_day(const struct ll_stmt *stmt, int column)
{
	return real_or_nan(stmt, column) * (double)LL_NS_PER_DAY;
}

static void read_measured(const struct ll_stmt *stmt, struct ll_place *place)
{
	place->is_measured = true;
	place->is_over = ll_stmt_i64(stmt, IS_OVER) != 0;
	place->lives = ll_stmt_i64(stmt, LIVES);
	place->instances = ll_stmt_i64(stmt, INSTANCES);
	place->captures = ll_stmt_i64(stmt, CAPTURES);
	place->longest_captures = ll_stmt_i64(stmt, LONGEST_CAPTURES);
	place->span_ns = ll_stmt_i64(stmt, SPAN_NS);
	place->first_ns = ll_stmt_i64(stmt, FIRST_NS);
	place->last_ns = ll_stmt_i64(stmt, LAST_NS);
	place->first_level = ll_stmt_f64(stmt, FIRST_LEVEL);
	place->last_level = ll_stmt_f64(stmt, LAST_LEVEL);
	place->last_count = real_or_nan(stmt, LAST_COUNT);
	place->bytes = (struct ll_estimate){per_day(stmt, SLOPE), per_day(stmt, SLOPE_LOW),
	                                    per_day(stmt, SLOPE_HIGH)};
	place->objects =
		(struct ll_estimate){per_day(stmt, OBJECTS_SLOPE), per_day(stmt, OBJECTS_LOW),
	                             per_day(stmt, OBJECTS_HIGH)};
	place->growth = real_or_nan(stmt, GROWTH);
	place->drawdown = ll_stmt_f64(stmt, DRAWDOWN);
	place->p_trend = real_or_nan(stmt, P_TREND);
	place->alloc_per_s = real_or_nan(stmt, ALLOC_PER_S);
	place->depth = real_or_nan(stmt, DEPTH);
	place->gc_period_s = real_or_nan(stmt, GC_PERIOD_S);
	place->lone_of = ll_stmt_i64(stmt, INSTANCES_BESIDE);
}

static void read_name(const struct ll_stmt *stmt, struct ll_arena *arena, struct ll_place *place)
{
	place->function = ll_arena_str(arena, ll_stmt_text(stmt, FUNCTION));
	place->file = ll_arena_str(arena, ll_stmt_text(stmt, FILE_NAME));
	place->line = ll_stmt_i64(stmt, LINE);
}

/* What can be said of a subject that has no trend: its name, and when the service was watched. */
static int load_bare(struct ll_ledger *ledger, int64_t service_id, struct ll_arena *arena,
                     struct ll_place *place, struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	int rc = ll_stmt_resource(ledger, "sql/judge/bare_place.sql", &stmt, err);

	if (rc < 0)
		return rc;
	ll_stmt_bind_i64(stmt, ":site_id", place->site_id);
	ll_stmt_bind_i64(stmt, ":service_id", service_id);
	rc = ll_stmt_step(stmt, err);
	if (rc <= 0)
		return rc;
	read_name(stmt, arena, place);
	place->lives = ll_stmt_i64(stmt, 3);
	place->captures = ll_stmt_i64(stmt, 4);
	place->first_ns = ll_stmt_i64(stmt, 5);
	place->last_ns = ll_stmt_i64(stmt, 6);
	place->span_ns = ll_stmt_i64(stmt, 7);
	place->longest_captures = ll_stmt_i64(stmt, 8);
	return LL_OK;
}

int ll_place_load(struct ll_ledger *ledger, const struct ll_subject *subject, int64_t service_id,
                  struct ll_arena *arena, struct ll_place *ret_place, struct ll_error *err)
{
	static const char *const resources[] = {
		[LL_SUBJECT_HEAP] = "sql/judge/heap_place.sql",
		[LL_SUBJECT_GOROUTINES] = "sql/judge/goroutines_place.sql",
		[LL_SUBJECT_SERVICE] = "sql/judge/service_place.sql",
	};
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	const double none = (double)NAN;
	const struct ll_estimate unknown = {none, none, none};
	int rc;

	*ret_place = (struct ll_place){
		.kind = subject->kind,
		.site_id = subject->site_id,
		.topic = subject->topic,
		.bytes = unknown,
		.objects = unknown,
		.last_level = none,
		.last_count = none,
		.growth = none,
		.p_trend = none,
		.alloc_per_s = none,
		.depth = none,
		.gc_period_s = none,
	};
	rc = ll_stmt_resource(ledger, resources[subject->kind], &stmt, err);
	if (rc < 0)
		return rc;
	ll_stmt_bind_i64(stmt, ":site_id", subject->site_id);
	if (subject->kind == LL_SUBJECT_SERVICE) {
		ll_stmt_bind_i64(stmt, ":service_id", service_id);
		ll_stmt_bind_text(stmt, ":topic", subject->topic);
	}
	rc = ll_stmt_step(stmt, err);
	if (rc < 0)
		return rc;
	if (rc == 0)
		return load_bare(ledger, service_id, arena, ret_place, err);
	read_name(stmt, arena, ret_place);
	read_measured(stmt, ret_place);
	if (subject->kind == LL_SUBJECT_SERVICE)
		ret_place->title = ll_arena_str(arena, ll_stmt_text(stmt, TITLE));
	return LL_OK;
}
