/* SPDX-License-Identifier: Apache-2.0 */
/* outlook.c - forecasts from and into the ledger. */
#include "forecast.h"

#include <math.h>

static double f64_or(const struct ll_stmt *stmt, int column, double otherwise)
{
	return ll_stmt_is_null(stmt, column) ? otherwise : ll_stmt_f64(stmt, column);
}

int ll_outlook_load(struct ll_ledger *ledger, int64_t service_id, struct ll_arena *arena,
                    struct ll_outlook *ret_outlook, struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	int rc = ll_stmt_resource(ledger, "sql/judge/outlook.sql", &stmt, err);

	if (rc < 0)
		return rc;
	ll_stmt_bind_i64(stmt, ":service_id", service_id);
	rc = ll_stmt_step(stmt, err);
	if (rc < 0)
		return rc;
	*ret_outlook = (struct ll_outlook){
		.taken_bytes = f64_or(stmt, 0, -1),
		.kept_bytes = f64_or(stmt, 1, -1),
		.outside_bytes = f64_or(stmt, 2, 0),
		.age_ns = ll_stmt_i64(stmt, 3),
		.limit_bytes = ll_stmt_i64(stmt, 4),
		.source = ll_arena_str(arena, ll_stmt_text(stmt, 5)),
		.soft_bytes = ll_stmt_i64(stmt, 6),
		.gogc = f64_or(stmt, 7, (double)NAN),
		.ended = ll_stmt_i64(stmt, 8),
		.median_life_ns = ll_stmt_i64(stmt, 9),
		.kills = ll_stmt_i64(stmt, 10),
	};
	return LL_OK;
}

static int load_fit(struct ll_ledger *ledger, struct ll_str id, struct ll_growing *growing,
                    struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	int rc = ll_stmt_resource(ledger, "sql/judge/fit.sql", &stmt, err);

	if (rc < 0)
		return rc;
	ll_stmt_bind_text(stmt, ":finding_id", id);
	ll_stmt_bind_i64(stmt, ":least", LL_FORECAST_CAPTURES);
	rc = ll_stmt_step(stmt, err);
	if (rc < 0)
		return rc;
	growing->fit = f64_or(stmt, 0, (double)NAN);
	growing->captures = ll_stmt_i64(stmt, 1);
	growing->most_captures = ll_stmt_i64(stmt, 2);
	return LL_OK;
}

static bool is_of_go(const struct ll_place *place)
{
	static const char *const outside[] = {"service:rss", "service:outside_go",
	                                      "service:threads", "service:open_fds"};

	for (size_t i = 0; i < LL_COUNT(outside); i++) {
		if (place->kind == LL_SUBJECT_SERVICE &&
		    ll_str_equal(place->topic, ll_str(outside[i])))
			return false;
	}
	return true;
}

static void bind_times(struct ll_stmt *stmt, const struct ll_forecast *forecast,
                       const struct ll_outlook *outlook)
{
	if (forecast->is_known) {
		ll_stmt_bind_i64(stmt, ":time_to_limit_ns", forecast->value_ns);
		ll_stmt_bind_i64(stmt, ":time_to_limit_low_ns", forecast->low_ns);
		ll_stmt_bind_i64(stmt, ":time_to_limit_high_ns", forecast->high_ns);
		ll_stmt_bind_i64(stmt, ":life_to_limit_ns", forecast->life_ns);
	}
	if (forecast->has_lives)
		ll_stmt_bind_i64(stmt, ":median_life_ns", outlook->median_life_ns);
	if (outlook->limit_bytes > 0) {
		ll_stmt_bind_i64(stmt, ":limit_bytes", outlook->limit_bytes);
		ll_stmt_bind_text(stmt, ":limit_source", outlook->source);
	}
}

int ll_outlook_put(struct ll_ledger *ledger, const struct ll_outlook *outlook,
                   const struct ll_candidate *candidate, struct ll_str id, struct ll_error *err)
{
	const struct ll_place *const place = candidate->places.items;
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	struct ll_growing growing = {
		.bytes = ll_candidate_bytes(candidate),
		.is_collected = place->kind != LL_SUBJECT_SERVICE,
		.is_go = is_of_go(place),
		.is_over = place->is_over,
	};
	struct ll_forecast forecast;
	struct ll_buf words;
	int rc = load_fit(ledger, id, &growing, err);

	if (rc == LL_OK)
		rc = ll_stmt_resource(ledger, "sql/judge/put_forecast.sql", &stmt, err);
	if (rc < 0)
		return rc;
	forecast = ll_forecast_limit(&growing, outlook);
	ll_buf_init(&words, LL_BUF_MESSAGE);
	ll_forecast_words(&words, &growing, outlook, &forecast);
	ll_stmt_bind_text(stmt, ":finding_id", id);
	bind_times(stmt, &forecast, outlook);
	ll_stmt_bind_text(stmt, ":reason", ll_str(forecast.reason));
	ll_stmt_bind_text(stmt, ":refused", ll_str(forecast.word));
	ll_stmt_bind_i64(stmt, ":is_hidden", forecast.is_hidden);
	ll_stmt_bind_text(stmt, ":outlook", ll_buf_str(&words));
	rc = ll_stmt_step(stmt, err);
	ll_buf_done(&words);
	return rc < 0 ? rc : LL_OK;
}
