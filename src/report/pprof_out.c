/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pprof_out.c - a profile as pprof reads it: profile.proto, gzip.
 *
 * Every frame is a location of its own, because captures of the ledger no longer know which were
 * inlined. Of a difference the older samples are negative and carry the label "pprof::base", as
 * `pprof -diff_base` itself writes it. Goroutines' wait reasons are the label "state".
 */
#include "profile.pb-c.h"
#include "stack_filter.h"

#include <leakledger/json.h>

#include <zlib.h>

struct writing {
	struct ll_arena arena;
	struct ll_map strings;        /* text -> index */
	struct ll_map functions;      /* name and file -> index */
	struct ll_map locations;      /* function and line -> index */
	struct ll_vec string_table;   /* char * */
	struct ll_vec function_table; /* Leakledger__Function * */
	struct ll_vec location_table; /* Leakledger__Location * */
	struct ll_vec sample_table;   /* Leakledger__Sample * */
	struct ll_vec frames;         /* uint64_t: ids of a stack */
	struct ll_vec labels;         /* Leakledger__Label * of a sample */
};

static void writing_done(struct writing *writing)
{
	ll_map_done(&writing->strings);
	ll_map_done(&writing->functions);
	ll_map_done(&writing->locations);
	ll_vec_done(&writing->string_table);
	ll_vec_done(&writing->function_table);
	ll_vec_done(&writing->location_table);
	ll_vec_done(&writing->sample_table);
	ll_vec_done(&writing->frames);
	ll_vec_done(&writing->labels);
	ll_arena_done(&writing->arena);
}

/* The format wants UTF-8 without NUL; what is not becomes U+FFFD. */
static struct ll_str clean(struct writing *writing, struct ll_str text)
{
	struct ll_buf out;
	struct ll_str kept;

	if (ll_utf8_is_valid(text) && ll_str_index(text, '\0') == SIZE_MAX)
		return ll_arena_str(&writing->arena, text);
	ll_buf_init(&out, LL_BUF_PAGE);
	for (size_t i = 0; i < text.size;) {
		uint32_t code;
		char bytes[4];

		i += ll_utf8_next(text, i, &code);
		ll_buf_put(&out, bytes, ll_utf8_put(code == 0 ? 0xfffd : code, bytes));
	}
	kept = ll_arena_str(&writing->arena, ll_buf_str(&out));
	ll_buf_done(&out);
	return kept;
}

static int64_t put_string(struct writing *writing, struct ll_str text)
{
	const uint32_t fresh = (uint32_t)writing->string_table.count;
	const uint32_t known =
		ll_map_put(&writing->strings, ll_hash_bytes(text.data, text.size), fresh);
	union {
		const char *from;
		char *to;
	} kept; /* generated code does not know const */

	if (known == fresh) {
		kept.from = clean(writing, text).data;
		*(char **)ll_vec_push(&writing->string_table, sizeof(char *)) = kept.to;
	}
	return known;
}

static uint64_t put_function(struct writing *writing, const struct ll_profile_function *from)
{
	const struct ll_str texts[] = {from->name, from->file};
	const struct ll_hash key = ll_profile_hash(texts, 2, NULL, 0);
	const uint32_t fresh = (uint32_t)writing->function_table.count;
	const uint32_t known = ll_map_put(&writing->functions, key, fresh);
	Leakledger__Function *function;

	if (known != fresh)
		return known + 1;
	function = ll_arena_alloc(&writing->arena, sizeof *function);
	leakledger__function__init(function);
	function->id = (uint64_t)known + 1;
	function->name = put_string(writing, from->name);
	function->system_name = function->name;
	function->filename = put_string(writing, from->file);
	function->start_line = from->start_line;
	*(Leakledger__Function **)ll_vec_push(&writing->function_table, sizeof function) = function;
	return function->id;
}

static uint64_t put_location(struct writing *writing, uint64_t function, int64_t number)
{
	const int64_t numbers[] = {(int64_t)function, number};
	const uint32_t fresh = (uint32_t)writing->location_table.count;
	const uint32_t known =
		ll_map_put(&writing->locations, ll_hash_bytes(numbers, sizeof numbers), fresh);
	Leakledger__Location *location;
	Leakledger__Line *line;

	if (known != fresh)
		return known + 1;
	location = ll_arena_alloc(&writing->arena, sizeof *location);
	line = ll_arena_alloc(&writing->arena, sizeof *line);
	leakledger__location__init(location);
	leakledger__line__init(line);
	line->function_id = function;
	line->line = number;
	location->id = (uint64_t)known + 1;
	location->mapping_id = 1;
	location->n_line = 1;
	location->line = ll_arena_alloc(&writing->arena, sizeof *location->line);
	location->line[0] = line;
	*(Leakledger__Location **)ll_vec_push(&writing->location_table, sizeof location) = location;
	return location->id;
}

/* ----------------------------------------------------------------------- samples */

static Leakledger__Label *new_label(struct writing *writing, struct ll_str key)
{
	Leakledger__Label *const label = ll_arena_alloc(&writing->arena, sizeof *label);

	leakledger__label__init(label);
	label->key = put_string(writing, key);
	*(Leakledger__Label **)ll_vec_push(&writing->labels, sizeof label) = label;
	return label;
}

static void put_text_label(struct writing *writing, struct ll_str key, struct ll_str text)
{
	new_label(writing, key)->str = put_string(writing, text);
}

/* A JSON object of texts and numbers. */
static void put_labels(struct writing *writing, struct ll_str labels)
{
	struct ll_json json;
	struct ll_json_token token;
	struct ll_buf key, text;

	ll_buf_init(&key, LL_BUF_PAGE);
	ll_buf_init(&text, LL_BUF_PAGE);
	ll_json_init(&json, labels);
	while ((token = ll_json_next(&json)).kind != LL_JSON_END && token.kind != LL_JSON_BAD) {
		if (token.kind == LL_JSON_KEY) {
			ll_buf_clear(&key);
			ll_json_unescape(token.text, &key);
		} else if (token.kind == LL_JSON_STRING) {
			ll_buf_clear(&text);
			ll_json_unescape(token.text, &text);
			put_text_label(writing, ll_buf_str(&key), ll_buf_str(&text));
		} else if (token.kind == LL_JSON_NUMBER) {
			(void)ll_str_to_i64(token.text, &new_label(writing, ll_buf_str(&key))->num);
		}
	}
	ll_buf_done(&text);
	ll_buf_done(&key);
}

static void *keep_items(struct writing *writing, const struct ll_vec *vec, size_t item_size)
{
	void *const kept = ll_arena_calloc(&writing->arena, vec->count + 1, item_size);

	if (vec->count > 0)
		memcpy(kept, vec->items, vec->count * item_size);
	return kept;
}

static void put_stack(struct writing *writing, const struct ll_stack_filter *filter,
                      const struct ll_profile_sample *from)
{
	const struct ll_profile *const profile = filter->profile;
	const uint32_t *const stack = (const uint32_t *)profile->stacks.items + from->first;
	const struct ll_profile_frame *const frames = profile->frames.items;
	const struct ll_profile_function *const functions = profile->functions.items;

	writing->frames.count = 0;
	for (size_t i = 0; i < from->count; i++) {
		const struct ll_profile_frame *const frame = &frames[stack[i]];
		uint64_t function;

		if (ll_stack_filter_hides(filter, frame->function))
			continue;
		function = put_function(writing, &functions[frame->function]);
		*(uint64_t *)ll_vec_push(&writing->frames, sizeof(uint64_t)) =
			put_location(writing, function, frame->line);
	}
}

static void put_sample(struct writing *writing, const struct ll_stack_filter *filter,
                       const struct ll_profile_sample *from, const int64_t *values, bool is_older)
{
	const size_t type_count = filter->profile->type_count;
	Leakledger__Sample *const sample = ll_arena_alloc(&writing->arena, sizeof *sample);

	leakledger__sample__init(sample);
	put_stack(writing, filter, from);
	writing->labels.count = 0;
	put_labels(writing, from->labels);
	if (from->state.size > 0)
		put_text_label(writing, ll_str("state"), from->state);
	if (from->block_size > 0)
		new_label(writing, ll_str("bytes"))->num = from->block_size;
	if (is_older)
		put_text_label(writing, ll_str("pprof::base"), ll_str("true"));
	sample->n_location_id = writing->frames.count;
	sample->location_id = keep_items(writing, &writing->frames, sizeof(uint64_t));
	sample->n_label = writing->labels.count;
	sample->label = keep_items(writing, &writing->labels, sizeof(Leakledger__Label *));
	sample->n_value = type_count;
	sample->value = ll_arena_calloc(&writing->arena, type_count + 1, sizeof *sample->value);
	for (size_t i = 0; i < type_count; i++)
		sample->value[i] = is_older ? (int64_t)(0 - (uint64_t)values[i]) : values[i];
	*(Leakledger__Sample **)ll_vec_push(&writing->sample_table, sizeof sample) = sample;
}

static void put_samples(struct writing *writing, const struct ll_profile *profile,
                        const struct ll_tree_options *options, bool is_older)
{
	const struct ll_profile_sample *const samples = profile->samples.items;
	const int64_t *const values = profile->values.items;
	struct ll_stack_filter filter;

	ll_stack_filter_init(&filter, profile, options);
	for (size_t i = 0; i < profile->samples.count; i++) {
		if (ll_stack_filter_wants(&filter, &samples[i]))
			put_sample(writing, &filter, &samples[i], values + i * profile->type_count,
			           is_older);
	}
	ll_stack_filter_done(&filter);
}

/* ------------------------------------------------------------------------- whole */

static Leakledger__ValueType *new_type(struct writing *writing, struct ll_str type,
                                       struct ll_str unit)
{
	Leakledger__ValueType *const kept = ll_arena_alloc(&writing->arena, sizeof *kept);

	leakledger__value_type__init(kept);
	kept->type = put_string(writing, type);
	kept->unit = put_string(writing, unit);
	return kept;
}

static Leakledger__ValueType *new_period_type(struct writing *writing,
                                              const struct ll_profile *profile)
{
	switch (profile->kind) {
	case LL_KIND_HEAP: return new_type(writing, ll_str("space"), ll_str("bytes"));
	case LL_KIND_CPU: return new_type(writing, ll_str("cpu"), ll_str("nanoseconds"));
	default: break;
	}
	return new_type(writing, profile->types[0].type, profile->types[0].unit);
}

/* pprof asks for a mapping that has functions; without one it goes looking for a binary. */
static Leakledger__Mapping *new_mapping(struct writing *writing)
{
	Leakledger__Mapping *const mapping = ll_arena_alloc(&writing->arena, sizeof *mapping);

	leakledger__mapping__init(mapping);
	mapping->id = 1;
	mapping->has_functions = mapping->has_filenames = mapping->has_line_numbers = 1;
	return mapping;
}

static void fill(struct writing *writing, const struct ll_profile *newer,
                 const struct ll_profile *older, const struct ll_tree_options *options,
                 Leakledger__Profile *whole)
{
	Leakledger__ValueType **const types = ll_arena_calloc(
		&writing->arena, newer->type_count + 1, sizeof(Leakledger__ValueType *));
	Leakledger__Mapping **const mappings =
		ll_arena_calloc(&writing->arena, 1, sizeof(Leakledger__Mapping *));

	(void)put_string(writing, ll_str(""));
	for (size_t i = 0; i < newer->type_count; i++)
		types[i] = new_type(writing, newer->types[i].type, newer->types[i].unit);
	put_samples(writing, newer, options, false);
	if (older)
		put_samples(writing, older, options, true);
	mappings[0] = new_mapping(writing);
	whole->period_type = new_period_type(writing, newer);
	if (options->sample_type)
		whole->default_sample_type = put_string(writing, ll_str(options->sample_type));
	whole->n_sample_type = newer->type_count;
	whole->sample_type = types;
	whole->n_mapping = 1;
	whole->mapping = mappings;
	whole->time_nanos = newer->time_ns == LL_TIME_NONE ? 0 : newer->time_ns;
	whole->duration_nanos = newer->duration_ns;
	whole->period = newer->period;
	whole->n_sample = writing->sample_table.count;
	whole->sample = writing->sample_table.items;
	whole->n_location = writing->location_table.count;
	whole->location = writing->location_table.items;
	whole->n_function = writing->function_table.count;
	whole->function = writing->function_table.items;
	whole->n_string_table = writing->string_table.count;
	whole->string_table = writing->string_table.items;
}

/* gzip without name and time, so that the same profile is the same file. */
static int put_gzip(struct ll_buf *out, uint8_t *bytes, size_t size, struct ll_error *err)
{
	z_stream stream = {.next_in = bytes, .avail_in = (uInt)size};
	uLong bound;
	char *room;
	int state;

	if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 15 + 16, 8,
	                 Z_DEFAULT_STRATEGY) != Z_OK)
		return ll_fail(err, LL_E_INTERNAL, "zlib cannot begin");
	bound = deflateBound(&stream, (uLong)size);
	room = ll_buf_reserve(out, bound);
	if (!room) {
		(void)deflateEnd(&stream);
		return ll_fail(err, LL_E_LIMIT, "the profile is larger than %zu bytes",
		               out->ceiling);
	}
	stream.next_out = (Bytef *)room;
	stream.avail_out = (uInt)bound;
	state = deflate(&stream, Z_FINISH);
	ll_buf_commit(out, stream.total_out);
	(void)deflateEnd(&stream);
	return state == Z_STREAM_END ? LL_OK : ll_fail(err, LL_E_INTERNAL, "zlib did not end");
}

int ll_write_pprof(const struct ll_profile *newer, const struct ll_profile *older,
                   const struct ll_tree_options *options, struct ll_buf *out, struct ll_error *err)
{
	struct writing writing LL_CLEANUP(writing_done) = {.arena = LL_ARENA_INIT};
	Leakledger__Profile whole;
	uint8_t *bytes;
	size_t size;
	int rc;

	leakledger__profile__init(&whole);
	fill(&writing, newer, older, options, &whole);
	size = leakledger__profile__get_packed_size(&whole);
	if (size > INT32_MAX)
		return ll_fail(err, LL_E_LIMIT, "the profile is larger than 2 GiB");
	bytes = ll_malloc(size + 1);
	(void)leakledger__profile__pack(&whole, bytes);
	rc = put_gzip(out, bytes, size, err);
	free(bytes);
	return rc;
}
