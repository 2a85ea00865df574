/* SPDX-License-Identifier: Apache-2.0 */
/*
 * profile_ledger.c - captures of the ledger into a profile.
 *
 * The ledger keeps four values of a sample and forgets which frames were inlined; everything else
 * comes back as it was in the file.
 */
#include "profile.h"

enum {
	STORED_VALUES = 4,
};

/* The frames of a stack, as numbers of the profile's. */
struct known_stack {
	size_t first, count;
};

struct loader {
	struct ll_profile *profile;
	struct ll_ledger *ledger;
	struct ll_stmt *types, *samples, *goroutines, *stack;
	struct ll_map stack_map; /* stack -> index of known_stack */
	struct ll_vec stacks;    /* struct known_stack */
	struct ll_vec frames;    /* uint32_t */
	size_t columns[LL_VALUE_TYPES_MAX];
	int64_t capture_id, service_id;
};

static void loader_done(struct loader *loader)
{
	ll_stmt_free(loader->types);
	ll_stmt_free(loader->samples);
	ll_stmt_free(loader->goroutines);
	ll_stmt_free(loader->stack);
	ll_map_done(&loader->stack_map);
	ll_vec_done(&loader->stacks);
	ll_vec_done(&loader->frames);
}

static int prepare(struct loader *loader, struct ll_error *err)
{
	int rc = ll_stmt_resource(loader->ledger, "sql/profile/types.sql", &loader->types, err);

	if (rc == LL_OK)
		rc = ll_stmt_resource(loader->ledger, "sql/profile/samples.sql", &loader->samples,
		                      err);
	if (rc == LL_OK)
		rc = ll_stmt_resource(loader->ledger, "sql/profile/goroutines.sql",
		                      &loader->goroutines, err);
	if (rc == LL_OK)
		rc = ll_stmt_resource(loader->ledger, "sql/profile/stack.sql", &loader->stack, err);
	return rc;
}

/* ------------------------------------------------------------------------ stacks */

static int load_stack(struct loader *loader, int64_t stack_id, struct ll_error *err)
{
	struct known_stack *const stack = ll_vec_push(&loader->stacks, sizeof *stack);
	const size_t first = loader->frames.count;
	int rc;

	*stack = (struct known_stack){.first = first};
	ll_stmt_reset(loader->stack);
	ll_stmt_bind_i64(loader->stack, ":service_id", loader->service_id);
	ll_stmt_bind_i64(loader->stack, ":stack_id", stack_id);
	while ((rc = ll_stmt_step(loader->stack, err)) > 0) {
		const uint32_t function =
			ll_profile_function_put(loader->profile, ll_stmt_text(loader->stack, 0),
		                                ll_stmt_text(loader->stack, 1), 0);

		*(uint32_t *)ll_vec_push(&loader->frames, sizeof(uint32_t)) = ll_profile_frame_put(
			loader->profile, function, ll_stmt_i64(loader->stack, 2));
	}
	stack->count = loader->frames.count - first;
	return rc;
}

static int find_stack(struct loader *loader, int64_t stack_id, const struct known_stack **ret_stack,
                      struct ll_error *err)
{
	const struct ll_hash key = ll_hash_bytes(&stack_id, sizeof stack_id);
	const uint32_t fresh = (uint32_t)loader->stacks.count;
	const uint32_t known = ll_map_put(&loader->stack_map, key, fresh);
	const int rc = known == fresh ? load_stack(loader, stack_id, err) : LL_OK;

	*ret_stack = (const struct known_stack *)loader->stacks.items + known;
	return rc;
}

static int put(struct loader *loader, int64_t stack_id, struct ll_profile_sample *sample,
               const int64_t *values, struct ll_error *err)
{
	const struct known_stack *stack;
	const int rc = find_stack(loader, stack_id, &stack, err);

	if (rc < 0)
		return rc;
	sample->count = stack->count;
	return ll_profile_sample_put(loader->profile, sample,
	                             (const uint32_t *)loader->frames.items + stack->first, values,
	                             err);
}

/* ---------------------------------------------------------------------- captures */

static int load_goroutines(struct loader *loader, struct ll_error *err)
{
	struct ll_stmt *const stmt = loader->goroutines;
	int rc;

	ll_stmt_reset(stmt);
	ll_stmt_bind_i64(stmt, ":capture_id", loader->capture_id);
	while ((rc = ll_stmt_step(stmt, err)) > 0) {
		const int64_t values[LL_VALUE_TYPES_MAX] = {ll_stmt_i64(stmt, 3)};
		struct ll_profile_sample sample = {.labels = ll_stmt_text(stmt, 1),
		                                   .state = ll_stmt_text(stmt, 2)};

		rc = put(loader, ll_stmt_i64(stmt, 0), &sample, values, err);
		if (rc < 0)
			return rc;
	}
	return rc;
}

static int load_samples(struct loader *loader, struct ll_error *err)
{
	struct ll_stmt *const stmt = loader->samples;
	int rc;

	ll_stmt_reset(stmt);
	ll_stmt_bind_i64(stmt, ":capture_id", loader->capture_id);
	while ((rc = ll_stmt_step(stmt, err)) > 0) {
		struct ll_profile_sample sample = {.block_size = ll_stmt_i64(stmt, 1),
		                                   .labels = ll_stmt_text(stmt, 2)};
		int64_t values[LL_VALUE_TYPES_MAX];

		for (size_t i = 0; i < loader->profile->type_count; i++)
			values[i] = ll_stmt_i64(stmt, 3 + (int)loader->columns[i]);
		rc = put(loader, ll_stmt_i64(stmt, 0), &sample, values, err);
		if (rc < 0)
			return rc;
	}
	return rc;
}

/* A goroutine profile with one value is kept as groups of goroutines, without a segment. */
static int load_types(struct loader *loader, enum ll_kind kind, bool *ret_has_samples,
                      struct ll_error *err)
{
	LL_CLEANUP(ll_arena_done) struct ll_arena arena = LL_ARENA_INIT;
	static const struct ll_value_type goroutine = {{"goroutine", 9}, {"count", 5}};
	struct ll_value_type types[STORED_VALUES];
	size_t count = 0;
	int rc;

	ll_stmt_reset(loader->types);
	ll_stmt_bind_i64(loader->types, ":capture_id", loader->capture_id);
	while ((rc = ll_stmt_step(loader->types, err)) > 0 && count < STORED_VALUES)
		types[count++] = (struct ll_value_type){
			.type = ll_arena_str(&arena, ll_stmt_text(loader->types, 0)),
			.unit = ll_arena_str(&arena, ll_stmt_text(loader->types, 1))};
	if (rc < 0)
		return rc;
	*ret_has_samples = count > 0;
	if (count == 0)
		types[count++] = goroutine;
	return ll_profile_begin(loader->profile, kind, types, count, loader->columns, err);
}

static int load_capture(struct loader *loader, enum ll_kind kind, struct ll_error *err)
{
	bool has_samples;
	int rc = load_types(loader, kind, &has_samples, err);

	if (rc == LL_OK)
		rc = has_samples ? load_samples(loader, err) : load_goroutines(loader, err);
	return rc;
}

static void put_source(struct ll_profile *profile, const struct ll_stmt *stmt)
{
	struct ll_profile_source *const source = ll_vec_push(&profile->sources, sizeof *source);

	*source = (struct ll_profile_source){
		.name = ll_arena_str(&profile->arena, ll_stmt_text(stmt, 7)),
		.whose = ll_arena_str(&profile->arena, ll_stmt_text(stmt, 8)),
		.time_ns = ll_stmt_is_null(stmt, 4) ? LL_TIME_NONE : ll_stmt_i64(stmt, 4),
		.notes = (size_t)ll_stmt_i64(stmt, 9),
		.remark = ll_arena_str(&profile->arena, ll_stmt_text(stmt, 10)),
	};
	if (profile->variant.size == 0)
		profile->variant = ll_arena_str(&profile->arena, ll_stmt_text(stmt, 3));
	if (source->time_ns > profile->time_ns)
		profile->time_ns = source->time_ns;
	if (!ll_i64_add(&profile->duration_ns, ll_stmt_i64(stmt, 5)))
		profile->duration_ns = 0;
	profile->period = ll_stmt_i64(stmt, 6);
}

static enum ll_kind kind_of(struct ll_str name)
{
	for (int kind = 0; kind < LL_KIND_COUNT; kind++) {
		if (ll_str_equal(name, ll_str(ll_kind_name((enum ll_kind)kind))))
			return (enum ll_kind)kind;
	}
	return LL_KIND_COUNT;
}

/* ------------------------------------------------------------------------ choice */

static void bind_text(struct ll_stmt *stmt, const char *name, const char *text)
{
	if (text)
		ll_stmt_bind_text(stmt, name, ll_str(text));
}

static void bind_time(struct ll_stmt *stmt, const char *name, int64_t time_ns)
{
	if (time_ns != LL_TIME_NONE)
		ll_stmt_bind_i64(stmt, name, time_ns);
}

static void bind(struct ll_stmt *stmt, const struct ll_profile_choice *choice)
{
	const bool is_named = choice->capture != NULL;

	bind_text(stmt, ":capture", choice->capture);
	bind_text(stmt, ":service", choice->service);
	bind_text(stmt, ":instance", choice->instance);
	if (choice->kind != LL_KIND_COUNT)
		bind_text(stmt, ":kind", ll_kind_name(choice->kind));
	else if (!is_named)
		bind_text(stmt, ":kind", ll_kind_name(LL_KIND_HEAP));
	bind_time(stmt, ":since", choice->since_ns);
	bind_time(stmt, ":until", choice->until_ns);
	bind_time(stmt, ":at", choice->at_ns);
	if (choice->instance_id != 0)
		ll_stmt_bind_i64(stmt, ":instance_id", choice->instance_id);
	if (choice->capture_id != 0)
		ll_stmt_bind_i64(stmt, ":capture_id", choice->capture_id);
}

static int not_found(const struct ll_profile_choice *choice, struct ll_error *err)
{
	if (choice->capture)
		return ll_fail(err, LL_E_NOTFOUND,
		               "no file '%s', and no capture of that path or hash in the ledger",
		               choice->capture);
	return ll_fail(err, LL_E_NOTFOUND, "the ledger has no %s of that choice",
	               ll_kind_title(choice->kind == LL_KIND_COUNT ? LL_KIND_HEAP : choice->kind));
}

static int load(struct loader *loader, struct ll_stmt *stmt, size_t *ret_captures,
                struct ll_error *err)
{
	int rc;

	while ((rc = ll_stmt_step(stmt, err)) > 0) {
		const enum ll_kind kind = kind_of(ll_stmt_text(stmt, 2));

		if (loader->profile->kind != LL_KIND_COUNT && loader->profile->kind != kind) {
			loader->profile->passed_over++;
			continue;
		}
		loader->capture_id = ll_stmt_i64(stmt, 0);
		loader->service_id = ll_stmt_i64(stmt, 1);
		put_source(loader->profile, stmt);
		rc = load_capture(loader, kind, err);
		if (rc < 0)
			return ll_within(err, "capture '%.*s'", LL_STR_ARG(ll_stmt_text(stmt, 7)));
		(*ret_captures)++;
	}
	return rc;
}

int ll_profile_add_ledger(struct ll_profile *profile, struct ll_ledger *ledger,
                          const struct ll_profile_choice *choice, struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	struct loader loader LL_CLEANUP(loader_done) = {.profile = profile, .ledger = ledger};
	size_t captures = 0;
	int rc = prepare(&loader, err);

	if (rc == LL_OK)
		rc = ll_stmt_resource(ledger, "sql/profile/captures.sql", &stmt, err);
	if (rc < 0)
		return rc;
	bind(stmt, choice);
	rc = load(&loader, stmt, &captures, err);
	if (rc < 0)
		return rc;
	return captures > 0 ? LL_OK : not_found(choice, err);
}
