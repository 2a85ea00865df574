/* SPDX-License-Identifier: Apache-2.0 */
/*
 * profile.c - the samples of a profile: kept once, added up. See profile.h; where they come from is
 * in profile_file.c and profile_ledger.c.
 */
#include "profile.h"

enum {
	STACKS_MAX = 256 * 1024 * 1024, /* frame numbers of all samples */
};

struct ll_profile *ll_profile_new(void)
{
	struct ll_profile *const profile = ll_calloc(1, sizeof *profile);

	profile->kind = LL_KIND_COUNT;
	profile->time_ns = LL_TIME_NONE;
	return profile;
}

void ll_profile_free(struct ll_profile *profile)
{
	if (!profile)
		return;
	ll_vec_done(&profile->functions);
	ll_vec_done(&profile->frames);
	ll_vec_done(&profile->stacks);
	ll_vec_done(&profile->samples);
	ll_vec_done(&profile->values);
	ll_vec_done(&profile->sources);
	ll_map_done(&profile->function_map);
	ll_map_done(&profile->frame_map);
	ll_map_done(&profile->sample_map);
	ll_arena_done(&profile->arena);
	free(profile);
}

void ll_profile_freep(struct ll_profile **profile)
{
	ll_profile_free(ll_take(profile));
}

struct ll_hash ll_profile_hash(const struct ll_str *texts, size_t text_count,
                               const int64_t *numbers, size_t number_count)
{
	LL_CLEANUP(ll_hasher_freep) struct ll_hasher *hasher = ll_hasher_new();

	for (size_t i = 0; i < text_count; i++) {
		ll_hasher_put(hasher, &texts[i].size, sizeof texts[i].size);
		ll_hasher_put(hasher, texts[i].data, texts[i].size);
	}
	ll_hasher_put(hasher, numbers, number_count * sizeof *numbers);
	return ll_hasher_get(hasher);
}

uint32_t ll_profile_function_put(struct ll_profile *profile, struct ll_str name, struct ll_str file,
                                 int64_t start_line)
{
	const struct ll_str texts[] = {name, file};
	const struct ll_hash key = ll_profile_hash(texts, 2, NULL, 0);
	const uint32_t fresh = (uint32_t)profile->functions.count;
	const uint32_t known = ll_map_put(&profile->function_map, key, fresh);
	struct ll_profile_function *function;

	if (known != fresh)
		return known;
	function = ll_vec_push(&profile->functions, sizeof *function);
	function->name = ll_arena_str(&profile->arena, name);
	function->file = ll_arena_str(&profile->arena, file);
	function->normalized = ll_frame_normalize(function->name, &profile->arena);
	function->start_line = start_line;
	function->owner = ll_frame_owner(function->name, function->file);
	return known;
}

uint32_t ll_profile_frame_put(struct ll_profile *profile, uint32_t function, int64_t line)
{
	const int64_t numbers[] = {function, line};
	const struct ll_hash key = ll_hash_bytes(numbers, sizeof numbers);
	const uint32_t fresh = (uint32_t)profile->frames.count;
	const uint32_t known = ll_map_put(&profile->frame_map, key, fresh);

	if (known == fresh)
		*(struct ll_profile_frame *)ll_vec_push(&profile->frames,
		                                        sizeof(struct ll_profile_frame)) =
			(struct ll_profile_frame){.function = function, .line = line};
	return known;
}

static uint32_t new_sample(struct ll_profile *profile, const struct ll_profile_sample *sample,
                           const uint32_t *frames)
{
	struct ll_profile_sample *const kept = ll_vec_push(&profile->samples, sizeof *kept);

	*kept = (struct ll_profile_sample){
		.first = profile->stacks.count,
		.count = sample->count,
		.state = ll_arena_str(&profile->arena, sample->state),
		.labels = ll_arena_str(&profile->arena, sample->labels),
		.block_size = sample->block_size,
	};
	ll_vec_reserve(&profile->stacks, profile->stacks.count + sample->count, sizeof *frames);
	for (size_t i = 0; i < sample->count; i++)
		*(uint32_t *)ll_vec_push(&profile->stacks, sizeof *frames) = frames[i];
	for (size_t i = 0; i < profile->type_count; i++)
		(void)ll_vec_push(&profile->values, sizeof(int64_t));
	return (uint32_t)profile->samples.count - 1;
}

int ll_profile_sample_put(struct ll_profile *profile, const struct ll_profile_sample *sample,
                          const uint32_t *frames, const int64_t *values, struct ll_error *err)
{
	const struct ll_str texts[] = {
		ll_str_n((const char *)frames, sample->count * sizeof *frames), sample->state,
		sample->labels};
	const struct ll_hash key = ll_profile_hash(texts, 3, &sample->block_size, 1);
	uint32_t number = ll_map_find(&profile->sample_map, key);
	int64_t *sums;

	if (number == LL_MAP_NONE) {
		if (profile->stacks.count + sample->count > STACKS_MAX)
			return ll_fail(err, LL_E_LIMIT, "more than %d frames of samples",
			               STACKS_MAX);
		number = new_sample(profile, sample, frames);
		ll_map_set(&profile->sample_map, key, number);
	}
	sums = (int64_t *)profile->values.items + number * profile->type_count;
	for (size_t i = 0; i < profile->type_count; i++) {
		if (!ll_i64_add(&sums[i], values[i]))
			return ll_fail(err, LL_E_LIMIT, "a total does not fit 63 bits");
	}
	return LL_OK;
}

/* ----------------------------------------------------------------- value types */

/* Where the wanted columns of a profile are among those of a capture that is added to it. */
static int map_types(const struct ll_profile *profile, const struct ll_value_type *types,
                     size_t count, size_t *ret_columns, struct ll_error *err)
{
	for (size_t i = 0; i < profile->type_count; i++) {
		size_t column = 0;

		while (column < count && !ll_str_equal(types[column].type, profile->types[i].type))
			column++;
		if (column == count)
			return ll_fail(err, LL_E_FORMAT,
			               "has no '%.*s', which the captures before it have",
			               LL_STR_ARG(profile->types[i].type));
		ret_columns[i] = column;
	}
	return LL_OK;
}

int ll_profile_begin(struct ll_profile *profile, enum ll_kind kind,
                     const struct ll_value_type *types, size_t count,
                     size_t ret_columns[LL_VALUE_TYPES_MAX], struct ll_error *err)
{
	if (profile->kind == LL_KIND_COUNT) {
		profile->kind = kind;
		profile->type_count = count < LL_VALUE_TYPES_MAX ? count : LL_VALUE_TYPES_MAX;
		for (size_t i = 0; i < profile->type_count; i++)
			profile->types[i] = (struct ll_value_type){
				.type = ll_arena_str(&profile->arena, types[i].type),
				.unit = ll_arena_str(&profile->arena, types[i].unit)};
	}
	return map_types(profile, types, count, ret_columns, err);
}

static size_t find_type(const struct ll_profile *profile, const char *name)
{
	for (size_t i = 0; i < profile->type_count; i++) {
		if (ll_str_equal(profile->types[i].type, ll_str(name)))
			return i;
	}
	return SIZE_MAX;
}

/* The last of them, as pprof has it, unless one of these is there. */
static size_t usual_type(const struct ll_profile *profile)
{
	const bool is_allocs = ll_str_equal(profile->variant, ll_str("allocs"));
	const char *const wanted[] = {is_allocs ? "alloc_space" : "inuse_space", "inuse_space",
	                              "space", "delay", "cpu"};

	for (size_t i = 0; i < LL_COUNT(wanted); i++) {
		const size_t type = find_type(profile, wanted[i]);

		if (type != SIZE_MAX)
			return type;
	}
	return profile->type_count - 1;
}

int ll_profile_type(const struct ll_profile *profile, const char *name, size_t *ret_type,
                    struct ll_error *err)
{
	struct ll_buf has;
	size_t type;

	if (profile->type_count == 0)
		return ll_fail(err, LL_E_FORMAT, "the profile has no values");
	type = name ? find_type(profile, name) : usual_type(profile);
	if (type != SIZE_MAX) {
		*ret_type = type;
		return LL_OK;
	}
	ll_buf_init(&has, LL_BUF_MESSAGE);
	for (size_t i = 0; i < profile->type_count; i++)
		ll_buf_printf(&has, "%s%.*s", i > 0 ? ", " : "",
		              LL_STR_ARG(profile->types[i].type));
	(void)ll_fail(err, LL_E_USAGE, "the profile has no '%s', but %.200s", name, has.data);
	ll_buf_done(&has);
	return LL_E_USAGE;
}
