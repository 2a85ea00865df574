/* SPDX-License-Identifier: Apache-2.0 */
/*
 * analyze.c - judges services: scope, layers in order, findings.
 *
 * One service at a time, in one transaction each: memory is bounded by the largest service, and a
 * run that is killed leaves every service judged wholly or not at all.
 *
 * Each layer of a service is a row of the table stage: a hash of what it consumed (the service's
 * facts, the analyzers and their settings, and what the layer before produced) and of what it
 * produced. A layer runs only when those before it ran on the same. One that fails stops those
 * behind it; the findings of before then stay as they were. A layer with too little to look at is
 * not a failure: it is done, says what is missing and what to capture, and the next goes on.
 */
#include "judge.h"
#include "layers.h"
#include "scope.h"
#include "source.h"

struct service {
	int64_t id;
	const char *name;
	bool is_observed; /* not only tables, logs of builds and benchmarks */
};

struct run {
	struct ll_ledger *ledger;
	const struct ll_analyze_options *options;
	struct ll_catalog *catalog;
	struct ll_analyzers *analyzers;
	struct ll_weights weights;
	struct ll_sources *sources; /* NULL without --source */
	struct ll_hash version;     /* of everything that a judgment depends on beside facts */
	struct ll_arena arena;
	struct ll_vec services; /* struct service */
};

static void run_done(struct run *run)
{
	ll_analyzers_close(run->analyzers);
	ll_sources_close(run->sources);
	ll_catalog_close(run->catalog);
	ll_vec_done(&run->weights.items);
	ll_vec_done(&run->services);
	ll_arena_done(&run->arena);
}

/* ---------------------------------------------------------------------- set-up */

/* Every resource that takes part in judging, and the limits of the configuration. */
static void compute_version(struct run *run)
{
	static const char *const folders[] = {"sql/analyzers/", "sql/catalog/", "sql/judge/",
	                                      "sql/scope/", "sql/views/"};
	size_t count;
	const struct ll_resource *const all =
		ll_resource_all(ll_ledger_resources(run->ledger), &count);
	struct ll_hasher *const hasher = ll_hasher_new();

	for (size_t i = 0; i < count; i++) {
		for (size_t k = 0; k < LL_COUNT(folders); k++) {
			/* What other rules would have said changes no judgment. */
			if (!ll_str_starts(ll_str(all[i].name), folders[k]) ||
			    ll_str_starts(ll_str(all[i].name), "sql/catalog/rules/"))
				continue;
			ll_hasher_put(hasher, all[i].name, strlen(all[i].name) + 1);
			ll_hasher_put(hasher, all[i].bytes.data, all[i].bytes.size);
		}
	}
	for (size_t i = 0; i < run->options->limit_count; i++) {
		const struct ll_service_limit *const limit = &run->options->limits[i];

		ll_hasher_put(hasher, limit->service, strlen(limit->service) + 1);
		ll_hasher_put(hasher, &limit->limit_bytes, sizeof limit->limit_bytes);
	}
	for (size_t i = 0; i < run->options->source_count; i++)
		ll_hasher_put(hasher, run->options->sources[i],
		              strlen(run->options->sources[i]) + 1);
	run->version = ll_hasher_get(hasher);
	ll_hasher_free(hasher);
}

/* Each analyzer's term must be a row of the weights table, and its statement one that can run. */
static int check_catalog(struct run *run, struct ll_error *err)
{
	size_t count;
	const struct ll_analyzer *const all = ll_catalog_all(run->catalog, &count);

	for (size_t i = 0; i < count; i++) {
		const double weight = ll_weight_find(&run->weights, all[i].term);

		if (!(weight >= 0 && weight <= 1))
			return ll_fail(err, LL_E_USAGE,
			               "analyzer '%.*s': no term '%.*s' in the weights table",
			               LL_STR_ARG(all[i].id), LL_STR_ARG(all[i].term));
	}
	if (run->options->rule && !ll_catalog_find(run->catalog, run->options->rule))
		return ll_fail(err, LL_E_USAGE,
		               "no analyzer '%s'; 'leakledger list analyzers' "
		               "names them",
		               run->options->rule);
	return ll_analyzers_open(run->ledger, run->catalog, &run->analyzers, err);
}

static int find_services(struct run *run, struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	uint8_t version[16];
	int rc = ll_stmt_resource(run->ledger, "sql/judge/services.sql", &stmt, err);

	if (rc < 0)
		return rc;
	ll_hash_to_bytes(run->version, version);
	ll_stmt_bind_blob(stmt, ":version", version, sizeof version);
	ll_stmt_bind_i64(stmt, ":all_services", run->options->all_services || run->options->rule);
	while ((rc = ll_stmt_step(stmt, err)) > 0) {
		struct service *const service = ll_vec_push(&run->services, sizeof *service);

		service->id = ll_stmt_i64(stmt, 0);
		service->name = ll_arena_str(&run->arena, ll_stmt_text(stmt, 1)).data;
		service->is_observed = ll_stmt_i64(stmt, 2) != 0;
	}
	return rc;
}

static int run_resource(struct run *run, const char *name, struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	int rc = ll_stmt_resource(run->ledger, name, &stmt, err);

	if (rc == LL_OK)
		rc = ll_stmt_step(stmt, err);
	return rc < 0 ? rc : LL_OK;
}

static int set_up(struct run *run, struct ll_error *err)
{
	int rc = ll_catalog_open(ll_ledger_resources(run->ledger), &run->catalog, err);

	if (rc == LL_OK)
		rc = ll_weights_load(run->ledger, &run->arena, &run->weights, err);
	/* Analyzers read tables of the scope; an empty one makes their statements checkable. */
	if (rc == LL_OK)
		rc = ll_scope_open(run->ledger, LL_SCOPE_NOTHING, false, err);
	if (rc == LL_OK)
		rc = run_resource(run, "sql/judge/connect.sql", err);
	if (rc == LL_OK)
		rc = check_catalog(run, err);
	if (rc == LL_OK && run->options->source_count > 0)
		rc = ll_sources_open(run->options->sources, run->options->source_count,
		                     &run->sources, err);
	compute_version(run);
	if (rc == LL_OK)
		rc = find_services(run, err);
	return rc;
}

/* ------------------------------------------------------------------ one service */

/*
 * A service that could not be judged belongs to no version: the next run tries again and says so.
 */
static int mark_judged(struct run *run, const struct service *service, bool has_failed,
                       struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	uint8_t version[16];
	int rc = ll_stmt_resource(run->ledger, "sql/judge/mark_judged.sql", &stmt, err);

	if (rc < 0)
		return rc;
	ll_hash_to_bytes(run->version, version);
	if (has_failed)
		ll_stmt_bind_null(stmt, ":version");
	else
		ll_stmt_bind_blob(stmt, ":version", version, sizeof version);
	ll_stmt_bind_i64(stmt, ":service_id", service->id);
	rc = ll_stmt_step(stmt, err);
	return rc < 0 ? rc : LL_OK;
}

static void explain(const struct run *run, const struct service *service,
                    const struct ll_rows_found *found)
{
	const struct ll_row *const rows = found->rows.items;

	for (size_t i = 0; run->options->explain && i < found->rows.count; i++)
		run->options->explain(run->options->explain_self, rows[i].analyzer,
		                      ll_str(service->name), rows[i].subject, rows[i].class_name,
		                      rows[i].strength, rows[i].detail);
}

static int judge_scope(struct run *run, const struct service *service, struct ll_rows_found *found,
                       struct ll_analyze_result *result, struct ll_error *err)
{
	struct ll_layers layers = {
		.ledger = run->ledger,
		.catalog = run->catalog,
		.analyzers = run->analyzers,
		.rule = run->options->rule,
		.version = run->version,
		.service_id = service->id,
		.time_limit_ns = run->options->time_limit_ns,
	};
	struct ll_error failure = LL_ERROR_INIT;
	int rc = ll_layers_run(&layers, found, &failure);

	explain(run, service, found);
	if (run->options->rule)
		return rc < 0 ? ll_fail(err, failure.code, "%s", failure.text) : LL_OK;
	if (rc < 0) {
		/* One service's trouble is not the others'; its findings stay as they were. */
		result->failed++;
		if (result->failed == 1)
			result->failure = failure;
		return ll_layers_store(&layers, err);
	}
	rc = ll_layers_store(&layers, err);
	if (rc == LL_OK)
		rc = ll_findings_store(
			&(struct ll_judgment){
				.ledger = run->ledger,
				.options = run->options,
				.weights = &run->weights,
				.service_id = service->id,
				.service = service->name,
				.input = layers.last_input,
				.sources = run->sources,
			},
			found, result, err);
	return rc;
}

/* Analyzers see the configuration's limit beside those that captures tell. */
static int put_limit(struct run *run, const struct service *service, struct ll_error *err)
{
	const int64_t limit_bytes =
		ll_service_limit_of(run->options->limits, run->options->limit_count, service->name);
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	int rc;

	if (limit_bytes <= 0)
		return LL_OK;
	rc = ll_stmt_resource(run->ledger, "sql/judge/put_limit.sql", &stmt, err);
	if (rc < 0)
		return rc;
	ll_stmt_bind_i64(stmt, ":service_id", service->id);
	ll_stmt_bind_i64(stmt, ":limit_bytes", limit_bytes);
	rc = ll_stmt_step(stmt, err);
	return rc < 0 ? rc : LL_OK;
}

static int judge_service(struct run *run, const struct service *service,
                         struct ll_analyze_result *result, struct ll_error *err)
{
	struct ll_rows_found found = {.arena = LL_ARENA_INIT};
	const size_t failed_before = result->failed;
	int rc = ll_ledger_begin(run->ledger, err);

	if (rc < 0)
		return rc;
	rc = ll_scope_open(run->ledger, service->id, false, err);
	if (rc == LL_OK)
		rc = put_limit(run, service, err);
	if (rc == LL_OK && run->sources)
		rc = ll_sources_fill(run->sources, run->ledger, err);
	if (rc == LL_OK)
		rc = judge_scope(run, service, &found, result, err);
	if (rc == LL_OK && !run->options->rule)
		rc = mark_judged(run, service, result->failed > failed_before, err);
	ll_rows_found_done(&found);
	if (rc == LL_OK)
		return ll_ledger_commit(run->ledger, err);
	ll_ledger_rollback(run->ledger);
	return ll_within(err, "service '%s'", service->name);
}

/* ------------------------------------------------------------------ suppressions */

static int put_suppressions(struct run *run, struct ll_error *err)
{
	const struct ll_suppression *const all = run->options->suppressions;
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	int rc = ll_stmt_resource(run->ledger, "sql/judge/put_suppression.sql", &stmt, err);

	for (size_t i = 0; rc >= 0 && i < run->options->suppression_count; i++) {
		ll_stmt_reset(stmt);
		ll_stmt_bind_i64(stmt, ":ordinal", (int64_t)i + 1);
		ll_stmt_bind_text(stmt, ":name", ll_str(all[i].name));
		ll_stmt_bind_text(stmt, ":finding_id", ll_str(all[i].finding_id));
		ll_stmt_bind_text(stmt, ":service", ll_str(all[i].service));
		ll_stmt_bind_text(stmt, ":class", ll_str(all[i].class_name));
		ll_stmt_bind_text(stmt, ":function", ll_str(all[i].function));
		ll_stmt_bind_text(stmt, ":reason", ll_str(all[i].reason));
		ll_stmt_bind_text(stmt, ":owner", ll_str(all[i].owner));
		ll_stmt_bind_i64(stmt, ":until_ns", all[i].until_ns);
		ll_stmt_bind_i64(stmt, ":now_ns", run->options->now_ns);
		rc = ll_stmt_step(stmt, err);
	}
	return rc < 0 ? rc : LL_OK;
}

static int put_owners(struct run *run, struct ll_error *err)
{
	const struct ll_service_limit *const all = run->options->limits;
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	int rc = run_resource(run, "sql/judge/clear_owners.sql", err);

	if (rc == LL_OK)
		rc = ll_stmt_resource(run->ledger, "sql/judge/put_owner.sql", &stmt, err);
	for (size_t i = 0; rc >= 0 && i < run->options->limit_count; i++) {
		if (!all[i].team || !all[i].team[0])
			continue;
		ll_stmt_reset(stmt);
		ll_stmt_bind_i64(stmt, ":ordinal", (int64_t)i + 1);
		ll_stmt_bind_text(stmt, ":service", ll_str(all[i].service));
		ll_stmt_bind_text(stmt, ":team", ll_str(all[i].team));
		rc = ll_stmt_step(stmt, err);
	}
	return rc < 0 ? rc : LL_OK;
}

/* Of all services, also of those that were not judged now: the configuration is about all. */
static int suppress(struct run *run, struct ll_error *err)
{
	int rc = ll_ledger_begin(run->ledger, err);

	if (rc < 0)
		return rc;
	rc = run_resource(run, "sql/judge/clear_suppressions.sql", err);
	if (rc == LL_OK)
		rc = put_suppressions(run, err);
	if (rc == LL_OK)
		rc = run_resource(run, "sql/judge/suppress.sql", err);
	if (rc == LL_OK)
		rc = put_owners(run, err);
	if (rc == LL_OK)
		return ll_ledger_commit(run->ledger, err);
	ll_ledger_rollback(run->ledger);
	return ll_within(err, "suppressions");
}

static int count_open(struct run *run, struct ll_analyze_result *result, struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	int rc = ll_stmt_resource(run->ledger, "sql/judge/open_findings.sql", &stmt, err);

	if (rc == LL_OK)
		rc = ll_stmt_step(stmt, err);
	if (rc < 0)
		return rc;
	result->findings = (size_t)ll_stmt_i64(stmt, 0);
	result->suppressed = (size_t)ll_stmt_i64(stmt, 1);
	return LL_OK;
}

int ll_analyze(struct ll_ledger *ledger, const struct ll_analyze_options *options,
               struct ll_analyze_result *ret_result, struct ll_error *err)
{
	struct run run = {.ledger = ledger, .options = options};
	const struct service *services;
	int rc;

	*ret_result = (struct ll_analyze_result){.services = 0};
	rc = set_up(&run, err);
	services = run.services.items;
	for (size_t i = 0; rc == LL_OK && i < run.services.count; i++) {
		rc = judge_service(&run, &services[i], ret_result, err);
		ret_result->services += rc == LL_OK && services[i].is_observed;
	}
	if (rc == LL_OK && !options->rule)
		rc = suppress(&run, err);
	if (rc == LL_OK)
		rc = count_open(&run, ret_result, err);
	run_done(&run);
	return rc;
}
