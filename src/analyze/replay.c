/* SPDX-License-Identifier: Apache-2.0 */
/*
 * replay.c - runs the rules of others over a service's captures.
 *
 * A rule reads the views of the scope and those of sql/replay/tables.sql, and returns one row for
 * each capture, or interval between two, that it can judge:
 *
 *     service_id   whose
 *     instance_id  whose; NULL: of no instance
 *     t_ns         when; rows are ordered by instance_id and t_ns
 *     fired        0 or 1
 *     value        what it looked at, in the header's unit
 *     threshold    what it compared that with
 *     detail       a few words
 *     captures     JSON array of capture ids
 *
 * Its rows are added up as they come (firing.h): a rule over a year of captures takes no more
 * memory than one over a night, but for its alarms.
 */
#include "fence.h"
#include "firing.h"
#include "header.h"
#include "sqlfn.h"

#include <leakledger/vec.h>

#include <math.h>

enum {
	ROWS_MAX = 5000000, /* of one rule over one service */
};

enum {
	COLUMN_SERVICE,
	COLUMN_INSTANCE,
	COLUMN_TIME,
	COLUMN_FIRED,
	COLUMN_VALUE,
	COLUMN_THRESHOLD,
	COLUMN_DETAIL,
	COLUMN_CAPTURES,
	COLUMN_COUNT,
};

static const char *const column_names[COLUMN_COUNT] = {
	"service_id", "instance_id", "t_ns", "fired", "value", "threshold", "detail", "captures",
};

/* Of sql/replay/inputs.sql. */
struct input {
	struct ll_str name, words;
	bool is_there;
};

/*
 * A rule as a statement. All are prepared at once and kept: to set an authorizer expires every
 * statement of the connection, and to prepare most rules takes longer than to run them over a
 * service.
 */
struct prepared {
	sqlite3_stmt *stmt; /* NULL: not chosen, or `failure` */
	int columns[COLUMN_COUNT];
	int rc;
	struct ll_error failure;
};

struct ll_replay {
	struct ll_arena arena; /* as long as the replay */
	struct ll_ledger *ledger;
	struct ll_replay_options options;
	struct ll_rules *rules;
	struct prepared *prepared; /* for each rule; NULL: none yet */
	struct ll_stmt *put_alarm, *put_night, *put_service, *put_incidents, *put_said;
	struct ll_arena inputs_arena; /* of the service at hand */
	struct ll_vec inputs;         /* struct input */
};

/* ------------------------------------------------------------------- resources */

/* Runs a script of statements that return nothing. */
static int run_statement(struct ll_ledger *ledger, const char *name, struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	int rc = ll_stmt_resource(ledger, name, &stmt, err);

	if (rc == LL_OK)
		rc = ll_stmt_step(stmt, err);
	return rc < 0 ? ll_within(err, "%s", name) : LL_OK;
}

/* ---------------------------------------------------------------------- inputs */

static const struct input *find_input(const struct ll_replay *replay, struct ll_str name)
{
	const struct input *const inputs = replay->inputs.items;

	for (size_t i = 0; i < replay->inputs.count; i++) {
		if (ll_str_equal(inputs[i].name, name))
			return &inputs[i];
	}
	return NULL;
}

static int load_inputs(struct ll_replay *replay, struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	int rc = ll_stmt_resource(replay->ledger, "sql/replay/inputs.sql", &stmt, err);

	ll_arena_done(&replay->inputs_arena);
	replay->inputs.count = 0;
	while (rc >= 0 && (rc = ll_stmt_step(stmt, err)) > 0) {
		struct input *const input = ll_vec_push(&replay->inputs, sizeof *input);

		input->name = ll_arena_str(&replay->inputs_arena, ll_stmt_text(stmt, 0));
		input->words = ll_arena_str(&replay->inputs_arena, ll_stmt_text(stmt, 1));
		input->is_there = ll_stmt_i64(stmt, 2) != 0;
	}
	return rc;
}

/* "needs RSS and a limit", or empty when nothing is missing. */
static void put_missing(const struct ll_replay *replay, const struct ll_rule *rule,
                        struct ll_buf *out)
{
	struct ll_str rest = rule->asks;

	for (struct ll_str word = ll_header_word(&rest); word.size > 0;
	     word = ll_header_word(&rest)) {
		const struct input *const input = find_input(replay, word);

		if (!input || input->is_there)
			continue;
		ll_buf_puts(out, out->size > 0 ? " and " : "needs ");
		ll_buf_put_str(out, input->words);
	}
}

/* ----------------------------------------------------------------------- rules */

static bool is_chosen(const struct ll_replay *replay, const struct ll_rule *rule)
{
	if (replay->options.rule)
		return ll_str_equal(rule->id, ll_str(replay->options.rule));
	return !replay->options.skip_off || !ll_str_equal(rule->state, ll_str("off"));
}

static void bind_params(const struct ll_replay *replay, const struct ll_rule *rule,
                        sqlite3_stmt *stmt)
{
	const int series = sqlite3_bind_parameter_index(stmt, ":series");

	if (series > 0 && rule->series.size > 0)
		(void)sqlite3_bind_text(stmt, series, rule->series.data, (int)rule->series.size,
		                        SQLITE_STATIC);
	ll_fence_bind(stmt, rule->params);
	for (size_t i = 0; i < replay->options.override_count; i++)
		ll_fence_bind(stmt, ll_str(replay->options.overrides[i]));
}

static int take_row(const struct ll_rule *rule, sqlite3_stmt *stmt, const int *columns,
                    struct ll_firing_row *row, struct ll_error *err)
{
	const int detail = columns[COLUMN_DETAIL], captures = columns[COLUMN_CAPTURES];
	const int value = columns[COLUMN_VALUE], threshold = columns[COLUMN_THRESHOLD];

	row->t_ns = sqlite3_column_int64(stmt, columns[COLUMN_TIME]);
	if (sqlite3_column_type(stmt, columns[COLUMN_TIME]) != SQLITE_INTEGER || row->t_ns < 0)
		return ll_fail(err, LL_E_USAGE,
		               "rule '%.*s' returns a t_ns that is no time in nanoseconds",
		               LL_STR_ARG(rule->id));
	row->instance_id = sqlite3_column_int64(stmt, columns[COLUMN_INSTANCE]);
	row->is_fired = sqlite3_column_int(stmt, columns[COLUMN_FIRED]) != 0;
	row->value = sqlite3_column_type(stmt, value) == SQLITE_NULL
	                     ? (double)NAN
	                     : sqlite3_column_double(stmt, value);
	row->threshold = sqlite3_column_type(stmt, threshold) == SQLITE_NULL
	                         ? (double)NAN
	                         : sqlite3_column_double(stmt, threshold);
	row->detail = row->captures = ll_str("");
	if (!row->is_fired)
		return LL_OK;
	if (sqlite3_column_text(stmt, detail))
		row->detail = ll_str((const char *)sqlite3_column_text(stmt, detail));
	if (sqlite3_column_text(stmt, captures))
		row->captures = ll_str((const char *)sqlite3_column_text(stmt, captures));
	return LL_OK;
}

static int prepare(const struct ll_fence *fence, const struct ll_rule *rule,
                   sqlite3_stmt **ret_stmt, int ret_columns[COLUMN_COUNT], struct ll_error *err)
{
	const int rc = ll_fence_prepare(fence, rule->sql, ret_stmt, err);

	return rc < 0 ? rc
	              : ll_fence_columns(fence, *ret_stmt, column_names, COLUMN_COUNT, ret_columns,
	                                 err);
}

/* The fence is around the rule's steps only: between them its alarms are written. */
static int add_rows(struct ll_fence *fence, sqlite3_stmt *stmt, const int *columns,
                    struct ll_firings *firings, struct ll_error *err)
{
	size_t rows = 0;
	int state = SQLITE_DONE, rc = LL_OK;

	while (rc == LL_OK && (state = sqlite3_step(stmt)) == SQLITE_ROW) {
		struct ll_firing_row row;

		if (++rows > ROWS_MAX)
			return ll_fail(err, LL_E_LIMIT, "rule '%.*s' returns more than %d rows",
			               LL_STR_ARG(firings->rule->id), ROWS_MAX);
		rc = take_row(firings->rule, stmt, columns, &row, err);
		if (rc == LL_OK &&
		    sqlite3_column_int64(stmt, columns[COLUMN_SERVICE]) == firings->service_id)
			rc = ll_firings_add(firings, &row, err);
	}
	if (rc < 0)
		return rc;
	return state == SQLITE_DONE ? ll_firings_end(firings, err)
	                            : ll_fence_fail(fence, state, err);
}

/* The tables of the scope and of the replay are there. A rule that fails is told when it is run. */
static void prepare_rules(struct ll_replay *replay)
{
	size_t count;
	const struct ll_rule *const all = ll_rules_all(replay->rules, &count);
	struct ll_fence fence = {.db = ll_ledger_handle(replay->ledger), .kind = "rule"};

	if (replay->prepared)
		return;
	replay->prepared = ll_arena_calloc(&replay->arena, count, sizeof *replay->prepared);
	ll_fence_open(&fence);
	for (size_t i = 0; i < count; i++) {
		struct prepared *const prepared = &replay->prepared[i];

		if (!is_chosen(replay, &all[i]))
			continue;
		fence.id = all[i].id;
		prepared->rc = prepare(&fence, &all[i], &prepared->stmt, prepared->columns,
		                       &prepared->failure);
	}
	ll_fence_close(&fence);
}

static int run_rule(struct ll_replay *replay, const struct prepared *prepared,
                    struct ll_firings *firings, struct ll_error *err)
{
	struct ll_fence fence = {
		.db = ll_ledger_handle(replay->ledger), .kind = "rule", .id = firings->rule->id};
	int rc;

	if (prepared->rc < 0)
		return ll_fail(err, prepared->failure.code, "%s", prepared->failure.text);
	bind_params(replay, firings->rule, prepared->stmt);
	ll_fence_watch(&fence, replay->options.time_limit_ns);
	rc = add_rows(&fence, prepared->stmt, prepared->columns, firings, err);
	ll_fence_unwatch(&fence);
	(void)sqlite3_reset(prepared->stmt);
	return rc;
}

static int put_service(struct ll_replay *replay, const struct ll_firings *firings,
                       struct ll_str reason, bool is_failed, struct ll_error *err)
{
	struct ll_stmt *const stmt = replay->put_service;
	static const char *const when[] = {":from_ns", ":until_ns", ":first_ns", ":last_ns"};
	int rc;

	for (size_t i = 0; i < LL_COUNT(when); i++)
		ll_stmt_bind_null(stmt, when[i]);
	ll_stmt_bind_i64(stmt, ":rule_id", firings->rule_id);
	ll_stmt_bind_i64(stmt, ":service_id", firings->service_id);
	ll_stmt_bind_i64(stmt, ":looked", (int64_t)firings->looked);
	ll_stmt_bind_i64(stmt, ":fired", (int64_t)firings->fired);
	ll_stmt_bind_i64(stmt, ":held_back", (int64_t)firings->held_back);
	ll_stmt_bind_i64(stmt, ":is_failed", is_failed);
	ll_stmt_bind_i64(stmt, ":since_ns", firings->since_ns);
	ll_stmt_bind_i64(stmt, ":before_ns",
	                 firings->until_ns == LL_TIME_NONE ? INT64_MAX : firings->until_ns);
	ll_stmt_bind_text(stmt, ":reason", reason);
	if (firings->looked > 0) {
		ll_stmt_bind_i64(stmt, ":from_ns", firings->from_ns);
		ll_stmt_bind_i64(stmt, ":until_ns", firings->until_row_ns);
	}
	if (firings->fired > 0) {
		ll_stmt_bind_i64(stmt, ":first_ns", firings->first_ns);
		ll_stmt_bind_i64(stmt, ":last_ns", firings->last_ns);
	}
	rc = ll_stmt_step(stmt, err);
	ll_stmt_reset(stmt);
	return rc < 0 ? rc : LL_OK;
}

/* A rule's trouble over one service is not the others'. */
static int replay_rule(struct ll_replay *replay, const struct ll_rule *rule, int64_t rule_id,
                       int64_t service_id, struct ll_replay_result *result, struct ll_error *err)
{
	struct ll_firings firings = {
		.rule = rule,
		.rule_id = rule_id,
		.service_id = service_id,
		.since_ns = replay->options.since_ns,
		.until_ns = replay->options.until_ns,
		.put_alarm = replay->put_alarm,
		.put_night = replay->put_night,
	};
	struct ll_error failure = LL_ERROR_INIT;
	struct ll_buf reason;
	int rc;

	ll_buf_init(&reason, LL_BUF_MESSAGE);
	put_missing(replay, rule, &reason);
	if (reason.size == 0 &&
	    run_rule(replay, &replay->prepared[rule_id - 1], &firings, &failure) < 0) {
		if (result->failed++ == 0)
			result->failure = failure;
		ll_buf_puts(&reason, failure.text);
	} else if (reason.size == 0 && firings.looked == 0) {
		ll_buf_puts(&reason, "needs more captures");
	}
	rc = put_service(replay, &firings, ll_buf_str(&reason), failure.code != LL_OK, err);
	ll_buf_done(&reason);
	return rc;
}

/* ------------------------------------------------------------------ one service */

static int put_limit(struct ll_replay *replay, int64_t service_id, const char *name,
                     struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	const int64_t limit_bytes =
		ll_service_limit_of(replay->options.limits, replay->options.limit_count, name);
	int rc;

	if (limit_bytes <= 0)
		return LL_OK;
	rc = ll_stmt_resource(replay->ledger, "sql/replay/put_limit.sql", &stmt, err);
	if (rc < 0)
		return rc;
	ll_stmt_bind_i64(stmt, ":service_id", service_id);
	ll_stmt_bind_i64(stmt, ":limit_bytes", limit_bytes);
	rc = ll_stmt_step(stmt, err);
	return rc < 0 ? rc : LL_OK;
}

static int open_service(struct ll_replay *replay, int64_t service_id, const char *name,
                        struct ll_error *err)
{
	int rc = ll_sqlite_script(replay->ledger, "sql/replay/tables.sql", err);

	if (rc == LL_OK)
		rc = put_limit(replay, service_id, name, err);
	if (rc == LL_OK)
		rc = run_statement(replay->ledger, "sql/replay/moments.sql", err);
	if (rc == LL_OK)
		rc = run_statement(replay->ledger, "sql/replay/levels.sql", err);
	return rc == LL_OK ? load_inputs(replay, err) : rc;
}

static int run_for_service(struct ll_stmt *stmt, int64_t service_id, struct ll_error *err)
{
	int rc;

	ll_stmt_bind_i64(stmt, ":service_id", service_id);
	rc = ll_stmt_step(stmt, err);
	ll_stmt_reset(stmt);
	return rc < 0 ? rc : LL_OK;
}

static int replay_service(struct ll_replay *replay, int64_t service_id, const char *name,
                          struct ll_replay_result *result, struct ll_error *err)
{
	size_t count;
	const struct ll_rule *const all = ll_rules_all(replay->rules, &count);
	int rc = open_service(replay, service_id, name, err);

	if (rc == LL_OK)
		prepare_rules(replay);
	for (size_t i = 0; rc == LL_OK && i < count; i++) {
		if (is_chosen(replay, &all[i]))
			rc = replay_rule(replay, &all[i], (int64_t)i + 1, service_id, result, err);
	}
	if (rc == LL_OK)
		rc = run_for_service(replay->put_incidents, service_id, err);
	if (rc == LL_OK)
		rc = run_for_service(replay->put_said, service_id, err);
	return rc < 0 ? ll_within(err, "replay of '%s'", name) : LL_OK;
}

/* ---------------------------------------------------------------------- set up */

static int put_rule(struct ll_replay *replay, const struct ll_rule *rule, int64_t rule_id,
                    struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	int rc = ll_stmt_resource(replay->ledger, "sql/replay/put_rule.sql", &stmt, err);

	if (rc < 0)
		return rc;
	ll_stmt_bind_i64(stmt, ":rule_id", rule_id);
	ll_stmt_bind_text(stmt, ":id", rule->id);
	ll_stmt_bind_text(stmt, ":title", rule->title);
	ll_stmt_bind_text(stmt, ":unit", rule->unit);
	ll_stmt_bind_text(stmt, ":state", rule->state);
	rc = ll_stmt_step(stmt, err);
	return rc < 0 ? rc : LL_OK;
}

static int check_asks(const struct ll_replay *replay, const struct ll_rule *rule,
                      struct ll_error *err)
{
	struct ll_str rest = rule->asks;

	for (struct ll_str word = ll_header_word(&rest); word.size > 0;
	     word = ll_header_word(&rest)) {
		if (!find_input(replay, word))
			return ll_fail(err, LL_E_USAGE,
			               "rule '%.*s' asks for '%.*s', which is no input",
			               LL_STR_ARG(rule->id), LL_STR_ARG(word));
	}
	return LL_OK;
}

static bool has_param(const struct ll_rule *rule, struct ll_str wanted)
{
	struct ll_str rest = rule->params, name;
	double value;

	while (ll_header_param(&rest, &name, &value)) {
		if (ll_str_equal(name, wanted))
			return true;
	}
	return false;
}

static int check_override(const struct ll_replay *replay, const char *text, struct ll_error *err)
{
	size_t count;
	const struct ll_rule *const all = ll_rules_all(replay->rules, &count);
	struct ll_str rest = ll_str(text), name;
	double value;

	if (!ll_header_param(&rest, &name, &value) || rest.size > 0)
		return ll_fail(err, LL_E_USAGE, "'%s' is no parameter; try k=3", text);
	for (size_t i = 0; i < count; i++) {
		if (is_chosen(replay, &all[i]) && has_param(&all[i], name))
			return LL_OK;
	}
	return ll_fail(err, LL_E_USAGE, "no rule that is replayed has a parameter '%.*s'",
	               LL_STR_ARG(name));
}

/*
 * Whether they can run at all: checked before hours go into one of them. The scope must be open: an
 * empty one makes statements checkable.
 */
static int check(struct ll_replay *replay, size_t *ret_chosen, struct ll_error *err)
{
	size_t count;
	const struct ll_rule *const all = ll_rules_all(replay->rules, &count);
	int rc = LL_OK;

	*ret_chosen = 0;
	prepare_rules(replay);
	for (size_t i = 0; rc == LL_OK && i < count; i++) {
		const struct prepared *const prepared = &replay->prepared[i];

		if (!is_chosen(replay, &all[i]))
			continue;
		rc = check_asks(replay, &all[i], err);
		if (rc == LL_OK && prepared->rc < 0)
			rc = ll_fail(err, prepared->failure.code, "%s", prepared->failure.text);
		++*ret_chosen;
	}
	if (rc == LL_OK && *ret_chosen == 0 && replay->options.rule)
		return ll_fail(err, LL_E_USAGE,
		               "no rule '%s'; 'leakledger list rules' names them, 'all' means all",
		               replay->options.rule);
	for (size_t i = 0; rc == LL_OK && i < replay->options.override_count; i++)
		rc = check_override(replay, replay->options.overrides[i], err);
	return rc;
}

static void free_statements(struct ll_replay *replay)
{
	ll_stmt_freep(&replay->put_alarm);
	ll_stmt_freep(&replay->put_night);
	ll_stmt_freep(&replay->put_service);
	ll_stmt_freep(&replay->put_incidents);
	ll_stmt_freep(&replay->put_said);
}

static void free_rules(struct ll_replay *replay)
{
	size_t count = 0;

	if (replay->prepared)
		(void)ll_rules_all(replay->rules, &count);
	for (size_t i = 0; i < count; i++)
		(void)sqlite3_finalize(replay->prepared[i].stmt);
	replay->prepared = NULL;
}

static int prepare_statements(struct ll_replay *replay, struct ll_error *err)
{
	const struct {
		const char *name;
		struct ll_stmt **stmt;
	} statements[] = {
		{"sql/replay/put_alarm.sql", &replay->put_alarm},
		{"sql/replay/put_night.sql", &replay->put_night},
		{"sql/replay/put_service.sql", &replay->put_service},
		{"sql/replay/put_incidents.sql", &replay->put_incidents},
		{"sql/replay/put_said.sql", &replay->put_said},
	};
	int rc = LL_OK;

	for (size_t i = 0; rc == LL_OK && i < LL_COUNT(statements) && !*statements[i].stmt; i++)
		rc = ll_stmt_resource(replay->ledger, statements[i].name, statements[i].stmt, err);
	return rc;
}

/* Empty results, with a row for each rule. */
static int make_results(struct ll_replay *replay, struct ll_error *err)
{
	size_t count;
	const struct ll_rule *const all = ll_rules_all(replay->rules, &count);
	int rc;

	rc = ll_sqlite_script(replay->ledger, "sql/replay/results.sql", err);
	for (size_t i = 0; rc == LL_OK && i < count; i++) {
		if (is_chosen(replay, &all[i]))
			rc = put_rule(replay, &all[i], (int64_t)i + 1, err);
	}
	return rc == LL_OK ? prepare_statements(replay, err) : rc;
}

int ll_replay_open(struct ll_ledger *ledger, const struct ll_replay_options *options,
                   struct ll_replay **ret_replay, struct ll_error *err)
{
	LL_CLEANUP(ll_replay_closep) struct ll_replay *replay = ll_calloc(1, sizeof *replay);
	int rc;

	replay->ledger = ledger;
	replay->options = *options;
	rc = ll_sqlfn_register(ll_ledger_handle(ledger), err);
	if (rc == LL_OK)
		rc = ll_rules_open(ll_ledger_resources(ledger), &replay->rules, err);
	if (rc == LL_OK)
		*ret_replay = ll_take(&replay);
	return rc;
}

void ll_replay_close(struct ll_replay *replay)
{
	if (!replay)
		return;
	free_statements(replay);
	free_rules(replay);
	ll_rules_close(replay->rules);
	ll_vec_done(&replay->inputs);
	ll_arena_done(&replay->inputs_arena);
	ll_arena_done(&replay->arena);
	free(replay);
}

void ll_replay_closep(struct ll_replay **replay)
{
	ll_replay_close(ll_take(replay));
}

int ll_replay_service(struct ll_replay *replay, int64_t service_id, const char *name,
                      struct ll_replay_result *result, struct ll_error *err)
{
	const int rc = make_results(replay, err);

	return rc < 0 ? rc : replay_service(replay, service_id, name, result, err);
}

int ll_replay_save(struct ll_replay *replay, int64_t service_id, struct ll_buf *out,
                   struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	int rc = ll_stmt_resource(replay->ledger, "sql/replay/save_said.sql", &stmt, err);

	if (rc < 0)
		return rc;
	ll_stmt_bind_i64(stmt, ":service_id", service_id);
	rc = ll_stmt_step(stmt, err);
	if (rc > 0)
		ll_buf_put_str(out, ll_stmt_text(stmt, 0));
	return rc < 0 ? rc : LL_OK;
}

int ll_replay_clear(struct ll_replay *replay, struct ll_error *err)
{
	return make_results(replay, err);
}

int ll_replay_load(struct ll_replay *replay, struct ll_str saved, struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	int rc = ll_stmt_resource(replay->ledger, "sql/replay/load_said.sql", &stmt, err);

	if (rc < 0)
		return rc;
	ll_stmt_bind_text(stmt, ":said", saved);
	rc = ll_stmt_step(stmt, err);
	return rc < 0 ? rc : LL_OK;
}

/* --------------------------------------------------------------- many services */

struct service {
	int64_t id;
	const char *name;
};

static int find_services(struct ll_replay *replay, struct ll_vec *services, struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	int rc = ll_stmt_resource(replay->ledger, "sql/replay/services.sql", &stmt, err);

	if (rc < 0)
		return rc;
	if (replay->options.service)
		ll_stmt_bind_text(stmt, ":service", ll_str(replay->options.service));
	while ((rc = ll_stmt_step(stmt, err)) > 0) {
		struct service *const service = ll_vec_push(services, sizeof *service);

		service->id = ll_stmt_i64(stmt, 0);
		service->name = ll_arena_str(&replay->arena, ll_stmt_text(stmt, 1)).data;
	}
	return rc;
}

static int replay_services(struct ll_replay *replay, const struct ll_vec *services,
                           struct ll_replay_result *result, struct ll_error *err)
{
	const struct service *const items = services->items;
	int rc = LL_OK;

	for (size_t i = 0; rc == LL_OK && i < services->count; i++) {
		rc = ll_scope_open(replay->ledger, items[i].id, false, err);
		if (rc == LL_OK)
			rc = replay_service(replay, items[i].id, items[i].name, result, err);
		result->services += rc == LL_OK;
	}
	return rc;
}

int ll_replay(struct ll_ledger *ledger, const struct ll_replay_options *options,
              struct ll_replay_result *ret_result, struct ll_error *err)
{
	LL_CLEANUP(ll_replay_closep) struct ll_replay *replay = NULL;
	struct ll_vec services = LL_VEC_INIT;
	int rc;

	*ret_result = (struct ll_replay_result){.rules = 0};
	rc = ll_replay_open(ledger, options, &replay, err);
	if (rc == LL_OK)
		rc = ll_scope_open(ledger, LL_SCOPE_NOTHING, false, err);
	if (rc == LL_OK)
		rc = open_service(replay, 0, "", err);
	if (rc == LL_OK)
		rc = check(replay, &ret_result->rules, err);
	if (rc == LL_OK)
		rc = make_results(replay, err);
	if (rc == LL_OK)
		rc = find_services(replay, &services, err);
	if (rc == LL_OK)
		rc = replay_services(replay, &services, ret_result, err);
	ll_vec_done(&services);
	return rc;
}
