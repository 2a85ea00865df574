/* SPDX-License-Identifier: Apache-2.0 */
/*
 * compare.c - versions of a profile, place by place.
 *
 * Error of sampling. Go samples an object of size s with probability p = 1 - exp(-s / period) and
 * writes n / p for n samples. Of such an estimate the variance is n (1 - p) / p^2 objects, which
 * are s bytes each. A CPU profile counts n moments of one period; n is Poisson's, so its variance
 * is n. Block and mutex profiles do not keep what one would need.
 */
#include "compare_moves.h"
#include "stack_filter.h"

#include <leakledger/series.h>

#include <math.h>

struct making {
	struct ll_compare *compare;
	const struct ll_tree_options *options;
	struct ll_map functions, lines;
	size_t version; /* the one that is being added */
	const struct ll_profile *profile;
	struct ll_stack_filter filter;
	size_t type, count_type; /* SIZE_MAX: no column counts samples or objects */
	struct ll_vec seen;      /* struct ll_compare_seen, of heaps and goroutines */
	struct ll_arena names;   /* of one sample */
};

/* ------------------------------------------------------------------------ places */

static const struct ll_profile_frame *frame_at(const struct ll_profile *profile,
                                               const struct ll_profile_sample *sample, size_t i)
{
	const uint32_t *const stack = (const uint32_t *)profile->stacks.items + sample->first;

	return (const struct ll_profile_frame *)profile->frames.items + stack[i];
}

static const struct ll_profile_function *function_of(const struct ll_profile *profile,
                                                     const struct ll_profile_frame *frame)
{
	return (const struct ll_profile_function *)profile->functions.items + frame->function;
}

/* The nearest own frame that is not hidden, or the innermost that is not; NULL without any. */
static const struct ll_profile_frame *find_place(const struct making *making,
                                                 const struct ll_profile_sample *sample)
{
	const struct ll_profile_frame *innermost = NULL;

	for (size_t i = 0; i < sample->count; i++) {
		const struct ll_profile_frame *const frame = frame_at(making->profile, sample, i);

		if (ll_stack_filter_hides(&making->filter, frame->function))
			continue;
		if (function_of(making->profile, frame)->owner == LL_OWNER_OWN)
			return frame;
		if (!innermost)
			innermost = frame;
	}
	return innermost;
}

/* -------------------------------------------------------------------------- rows */

static struct ll_compare_row *put_row(struct making *making, struct ll_map *map,
                                      struct ll_vec *rows, const struct ll_compare_row *place)
{
	struct ll_compare *const compare = making->compare;
	const struct ll_str texts[] = {place->function, place->file, place->state};
	const struct ll_hash key = ll_profile_hash(texts, 3, &place->line, 1);
	const uint32_t fresh = (uint32_t)rows->count;
	const uint32_t known = ll_map_put(map, key, fresh);
	struct ll_compare_row *row;

	if (known != fresh)
		return (struct ll_compare_row *)rows->items + known;
	row = ll_vec_push(rows, sizeof *row);
	*row = *place;
	row->function = ll_arena_str(&compare->arena, place->function);
	row->file = ll_arena_str(&compare->arena, place->file);
	row->state = ll_arena_str(&compare->arena, place->state);
	row->values = ll_arena_calloc(&compare->arena, compare->version_count, sizeof *row->values);
	row->variances =
		ll_arena_calloc(&compare->arena, compare->version_count, sizeof *row->variances);
	return row;
}

static double variance_of(const struct making *making, const struct ll_profile_sample *sample,
                          int64_t value, int64_t count)
{
	const struct ll_profile *const profile = making->profile;
	double factor, size;

	if (making->count_type == SIZE_MAX)
		return profile->kind == LL_KIND_GOROUTINE || profile->kind == LL_KIND_GOROUTINELEAK
		               ? 0
		               : -1;
	if (profile->kind == LL_KIND_CPU)
		return count > 0 ? pow((double)value / (double)count, 2) * (double)count : 0;
	if (sample->block_size <= 0)
		return -1;
	factor = ll_unsample_factor(profile->period, sample->block_size);
	size = making->type == making->count_type ? 1 : (double)sample->block_size;
	return (double)ll_series_count_behind(count, factor) * factor * (factor - 1) * size * size;
}

static int add_to(struct making *making, struct ll_compare_row *row, int64_t value, double variance,
                  struct ll_error *err)
{
	double *const sum = &row->variances[making->version];

	if (!ll_i64_add(&row->values[making->version], value))
		return ll_fail(err, LL_E_LIMIT, "a total does not fit 63 bits");
	*sum = variance < 0 || *sum < 0 ? -1 : *sum + variance;
	return LL_OK;
}

/* Hash of the family of the nearest own function that calls the frame's; 0: none does. */
static uint64_t caller_of(struct making *making, const struct ll_profile_sample *sample,
                          const struct ll_profile_frame *frame)
{
	const struct ll_profile_function *const own = function_of(making->profile, frame);
	bool is_behind = false;

	for (size_t i = 0; i < sample->count; i++) {
		const struct ll_profile_frame *const next = frame_at(making->profile, sample, i);
		const struct ll_profile_function *const function =
			function_of(making->profile, next);
		struct ll_str family;

		is_behind |= next == frame;
		if (!is_behind || function->owner != LL_OWNER_OWN ||
		    ll_str_equal(function->normalized, own->normalized))
			continue;
		family = ll_frame_family(function->normalized, &making->names);
		return ll_hash_bytes(family.data, family.size).low;
	}
	return 0;
}

static void note_seen(struct making *making, const struct ll_profile_sample *sample,
                      const struct ll_profile_frame *frame, const struct ll_compare_row *row,
                      int64_t count)
{
	const bool is_heap = making->profile->kind == LL_KIND_HEAP;

	if (!frame || (!is_heap && making->profile->kind != LL_KIND_GOROUTINE))
		return;
	*(struct ll_compare_seen *)ll_vec_push(
		&making->seen, sizeof(struct ll_compare_seen)) = (struct ll_compare_seen){
		.row = (uint32_t)(row - (struct ll_compare_row *)making->compare->lines.items),
		.version = (uint32_t)making->version,
		.mark = is_heap ? sample->block_size : 1,
		.caller = caller_of(making, sample, frame),
		/* Goroutines are all there; of a heap without sizes nothing is known. */
		.samples = is_heap && sample->block_size > 0
	                           ? ll_series_count_behind(
					     count, ll_unsample_factor(making->profile->period,
	                                                               sample->block_size))
	                           : INT32_MAX,
	};
	ll_arena_clear(&making->names);
}

static int add_sample(struct making *making, const struct ll_profile_sample *sample,
                      const int64_t *values, struct ll_error *err)
{
	struct ll_compare *const compare = making->compare;
	const int64_t value = values[making->type];
	const int64_t count = making->count_type == SIZE_MAX ? 0 : values[making->count_type];
	const double variance = variance_of(making, sample, value, count);
	const struct ll_profile_frame *const frame = find_place(making, sample);
	struct ll_compare_row place = {.function = ll_str("(no code)"), .owner = LL_OWNER_UNKNOWN};
	struct ll_compare_row *row;
	int rc;

	if (value == 0)
		return LL_OK;
	if (frame) {
		const struct ll_profile_function *const function =
			function_of(making->profile, frame);

		place.function = function->normalized.size > 0 ? function->normalized
		                                               : ll_str("(no symbol)");
		place.owner = function->owner;
	}
	rc = add_to(making, put_row(making, &making->functions, &compare->functions, &place), value,
	            variance, err);
	if (rc < 0)
		return rc;
	if (frame) {
		const struct ll_profile_function *const function =
			function_of(making->profile, frame);

		place.file = ll_frame_file(function->file, function->name);
		place.line = frame->line;
	}
	place.state = sample->state;
	if (!ll_i64_add(&compare->versions[making->version].total, value))
		return ll_fail(err, LL_E_LIMIT, "a total does not fit 63 bits");
	row = put_row(making, &making->lines, &compare->lines, &place);
	note_seen(making, sample, frame, row, count);
	return add_to(making, row, value, variance, err);
}

/* ---------------------------------------------------------------------- versions */

/* "inuse_space" has its objects in "inuse_objects"; CPU time has its samples. */
static size_t find_count(const struct ll_profile *profile, size_t type)
{
	const struct ll_str name = profile->types[type].type;
	const size_t under = ll_str_rindex(name, '_');
	struct ll_error none = LL_ERROR_INIT;
	char wanted[64];
	size_t found = SIZE_MAX;

	if (profile->kind == LL_KIND_CPU)
		(void)snprintf(wanted, sizeof wanted, "samples");
	else
		(void)snprintf(wanted, sizeof wanted, "%.*s_objects",
		               LL_STR_ARG(ll_str_first(name, under == SIZE_MAX ? 0 : under)));
	if (profile->kind != LL_KIND_CPU && profile->kind != LL_KIND_HEAP)
		return SIZE_MAX;
	return ll_profile_type(profile, wanted, &found, &none) == LL_OK ? found : SIZE_MAX;
}

static void describe(struct making *making)
{
	const struct ll_profile *const profile = making->profile;
	const struct ll_profile_source *const sources = profile->sources.items;
	struct ll_compare_version *const version = &making->compare->versions[making->version];

	version->captures = profile->sources.count;
	version->time_ns = profile->time_ns;
	if (profile->sources.count == 0)
		return;
	version->name = ll_arena_str(&making->compare->arena, sources[0].name);
	version->whose = ll_arena_str(&making->compare->arena, sources[0].whose);
}

static int add_version(struct making *making, const struct ll_profile *profile,
                       struct ll_error *err)
{
	const struct ll_profile_sample *const samples = profile->samples.items;
	const int64_t *const values = profile->values.items;
	int rc = ll_profile_type(profile, making->compare->type.type.data, &making->type, err);

	if (rc == LL_OK && profile->kind != making->compare->kind)
		rc = ll_fail(err, LL_E_USAGE, "a %s has no difference to a %s",
		             ll_kind_title(profile->kind), ll_kind_title(making->compare->kind));
	if (rc < 0)
		return rc;
	making->profile = profile;
	making->count_type = find_count(profile, making->type);
	describe(making);
	ll_stack_filter_init(&making->filter, profile, making->options);
	for (size_t i = 0; rc == LL_OK && i < profile->samples.count; i++) {
		if (ll_stack_filter_wants(&making->filter, &samples[i]))
			rc = add_sample(making, &samples[i], values + i * profile->type_count, err);
	}
	ll_stack_filter_done(&making->filter);
	return rc;
}

/* ------------------------------------------------------------------------- order */

/* qsort has no context, so rows carry what they are sorted by. */
struct ranked {
	struct ll_compare_row row;
	int64_t change, last;
};

static int by_change(const void *a, const void *b)
{
	const struct ranked *const left = a;
	const struct ranked *const right = b;
	int order;

	if (left->change != right->change)
		return left->change > right->change ? -1 : 1;
	if (left->last != right->last)
		return left->last > right->last ? -1 : 1;
	order = ll_str_compare(left->row.function, right->row.function);
	if (order == 0)
		order = ll_str_compare(left->row.file, right->row.file);
	if (order == 0)
		order = left->row.line < right->row.line ? -1 : left->row.line > right->row.line;
	return order != 0 ? order : ll_str_compare(left->row.state, right->row.state);
}

static void sort(const struct ll_compare *compare, struct ll_vec *rows)
{
	struct ll_compare_row *const items = rows->items;
	struct ranked *const ranked = ll_calloc(rows->count + 1, sizeof *ranked);

	for (size_t i = 0; i < rows->count; i++) {
		const int64_t change = ll_compare_change(compare, &items[i]);

		ranked[i] = (struct ranked){items[i], change < 0 ? -change : change,
		                            items[i].values[compare->version_count - 1]};
	}
	qsort(ranked, rows->count, sizeof *ranked, by_change);
	for (size_t i = 0; i < rows->count; i++)
		items[i] = ranked[i].row;
	free(ranked);
}

/* ------------------------------------------------------------------------ public */

static int fill(struct making *making, const struct ll_profile *const *versions,
                struct ll_error *err)
{
	struct ll_compare *const compare = making->compare;
	const struct ll_profile *const first = versions[0];
	size_t type;
	int rc = ll_profile_type(first, making->options->sample_type, &type, err);

	if (rc < 0)
		return rc;
	compare->kind = first->kind;
	compare->type = (struct ll_value_type){
		.type = ll_arena_str(&compare->arena, first->types[type].type),
		.unit = ll_arena_str(&compare->arena, first->types[type].unit),
	};
	compare->versions =
		ll_arena_calloc(&compare->arena, compare->version_count, sizeof *compare->versions);
	for (size_t i = 0; rc == LL_OK && i < compare->version_count; i++) {
		making->version = i;
		rc = add_version(making, versions[i], err);
	}
	return rc;
}

int ll_compare_make(const struct ll_profile *const *versions, size_t count,
                    const struct ll_tree_options *options, struct ll_compare **ret_compare,
                    struct ll_error *err)
{
	LL_CLEANUP(ll_compare_freep) struct ll_compare *compare = ll_calloc(1, sizeof *compare);
	struct making making = {.compare = compare, .options = options};
	int rc;

	compare->version_count = count;
	rc = fill(&making, versions, err);
	if (rc == LL_OK)
		ll_compare_join(compare, &making.seen);
	ll_vec_done(&making.seen);
	ll_arena_done(&making.names);
	ll_map_done(&making.functions);
	ll_map_done(&making.lines);
	if (rc < 0)
		return rc;
	sort(compare, &compare->functions);
	sort(compare, &compare->lines);
	*ret_compare = ll_take(&compare);
	return LL_OK;
}

void ll_compare_free(struct ll_compare *compare)
{
	if (!compare)
		return;
	ll_vec_done(&compare->functions);
	ll_vec_done(&compare->lines);
	ll_arena_done(&compare->arena);
	free(compare);
}

void ll_compare_freep(struct ll_compare **compare)
{
	ll_compare_free(ll_take(compare));
}

int64_t ll_compare_change(const struct ll_compare *compare, const struct ll_compare_row *row)
{
	int64_t change = row->values[compare->version_count - 1];

	/* Far apart with different signs: only in damaged deltas; any large number will do. */
	if (row->values[0] == INT64_MIN || !ll_i64_add(&change, -row->values[0]))
		return change < 0 ? -INT64_MAX : INT64_MAX;
	return change;
}

double ll_compare_error(const struct ll_compare *compare, const struct ll_compare_row *row)
{
	const double first = row->variances[0];
	const double last = row->variances[compare->version_count - 1];

	return first < 0 || last < 0 ? -1 : 1.96 * sqrt(first + last);
}
