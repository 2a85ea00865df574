/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fmt_pprof.c - profile.proto, the format of nearly every Go profile (formats.md section 1).
 *
 * Two things decide the shape of this file:
 *   - It is the hot path. Samples are decoded in batches into flat arrays, eight bytes of varints
 *     at a time (wire.h); nothing is allocated per sample.
 *   - Content decides what a profile is. heap and allocs are the same data; block and mutex have
 *     the same header and differ only in their leaf functions; a snapshot kind with a duration is a
 *     difference of two snapshots.
 *
 * Goroutine profiles are handed on as groups of goroutines, in the same shape as the text dumps.
 */
#include "pprof_tables.h"
#include "pprof_writer.h"

#include <leakledger/json.h>

#include <inttypes.h>

enum {
	BATCH_SAMPLES = 512,
	BATCH_LOCATIONS = 4 * 1024,
	SAMPLE_LOCATIONS_MAX = 1 << 20,
	LABELS_MAX = 256, /* labels of one sample */
};

struct label {
	struct ll_str key, text;
	int64_t number;
	bool is_text;
};

/* One sample being decoded, and the batch it goes into. */
struct batch {
	struct ll_pprof *profile;
	const struct ll_sink *out;
	const uint8_t *content_end;
	uint64_t bytes_key; /* string index of "bytes", or 0 */
	bool has_labels;
	struct ll_samples view;
	uint32_t *locations;
	size_t location_count, location_capacity;
	size_t first_location; /* of the sample being decoded */
	size_t first_index;    /* of the batch's first sample */
	struct ll_arena arena; /* label texts of the batch */
	/* A goroutine profile goes on as groups; these are the frames of one. */
	bool is_goroutines;
	struct ll_frame *frames;
	size_t frame_capacity;
	/* From here on nothing has to be cleared: it would be 100 KB for each profile. */
	uint32_t first[BATCH_SAMPLES + 1];
	int64_t values[BATCH_SAMPLES * LL_VALUE_TYPES_MAX];
	int64_t block_size[BATCH_SAMPLES];
	struct ll_str labels[BATCH_SAMPLES];
	struct label sample_labels[LABELS_MAX]; /* of the sample being decoded */
	struct ll_wire_cuts cuts;
};

static int fail_sample(size_t index, struct ll_error *err, const char *problem)
{
	return ll_fail(err, LL_E_FORMAT, "sample %zu %s", index + 1, problem);
}

/*
 * Makes room for `more` location indexes, and for eight that are decoded together; a list may come
 * in any number of pieces.
 */
static bool reserve_locations(struct batch *batch, size_t more)
{
	const size_t taken = batch->location_count - batch->first_location;

	if (more > SAMPLE_LOCATIONS_MAX - taken)
		return false;
	if (batch->location_count + more + 8 > batch->location_capacity) {
		batch->location_capacity = batch->location_count + more + 8 + BATCH_LOCATIONS;
		batch->locations = ll_realloc(batch->locations, batch->location_capacity,
		                              sizeof *batch->locations);
	}
	return true;
}

/*
 * Turns ids into indexes of the location table; false when one of them is in none. Those that count
 * up from 1, as Go gives them, are done four at a time: the sign says whether one is too large.
 */
static bool resolve(const struct ll_ids *ids, uint32_t *locations, size_t count)
{
	const uint32_t last = ids->in_order - 1;
	uint32_t unknown = 0;

	if (ids->by_id || ids->in_order == 0 || ids->in_order > INT32_MAX) {
		for (size_t i = 0; i < count; i++) {
			locations[i] = ll_ids_find(ids, locations[i]);
			unknown |= locations[i] == UINT32_MAX;
		}
		return unknown == 0;
	}
	for (size_t i = 0; i < count; i++) {
		locations[i]--;
		unknown |= locations[i] | (last - locations[i]);
	}
	return unknown >> 31 == 0;
}

/* All samples of the batch at once. */
static int resolve_locations(struct batch *batch, struct ll_error *err)
{
	const struct ll_ids *const ids = &batch->profile->location_ids;
	const size_t known = batch->profile->symbols.location_count;

	size_t slot = 0, i = 0;

	if (resolve(ids, batch->locations, batch->location_count))
		return LL_OK;
	while (i + 1 < batch->location_count && batch->locations[i] < known)
		i++;
	while (batch->first[slot + 1] <= i)
		slot++;
	return fail_sample(batch->first_index + slot, err,
	                   "refers to a location that does not exist");
}

static bool take_locations(struct batch *batch, const struct ll_wire_field *field)
{
	size_t count;

	if (field->type == 0) {
		if (field->value > UINT32_MAX || !reserve_locations(batch, 1))
			return false;
		batch->locations[batch->location_count++] = (uint32_t)field->value;
		return true;
	}
	/* Every number has at least one byte. */
	if (field->type != 2 ||
	    !reserve_locations(batch, (size_t)(field->bytes.end - field->bytes.at)))
		return false;
	count = ll_wire_packed_u32(&batch->cuts, field->bytes, batch->content_end,
	                           batch->locations + batch->location_count,
	                           batch->location_capacity - batch->location_count);
	if (count == SIZE_MAX)
		return false;
	batch->location_count += count;
	return true;
}

static bool take_values(const struct ll_wire_field *field, int64_t *values, size_t room,
                        size_t *count)
{
	struct ll_wire bytes = field->bytes;

	if (field->type == 0) {
		if (*count == room)
			return false;
		values[(*count)++] = (int64_t)field->value;
		return true;
	}
	if (field->type != 2)
		return false;
	while (bytes.at < bytes.end) {
		uint64_t value;

		if (*count == room || !ll_wire_varint(&bytes, &value))
			return false;
		values[(*count)++] = (int64_t)value;
	}
	return true;
}

static bool read_label(const struct ll_pprof *profile, struct ll_wire wire, struct label *ret_label,
                       uint64_t *ret_key)
{
	uint64_t key = 0, text = 0;
	struct ll_wire_field field;
	int state;

	ret_label->number = 0;
	while ((state = ll_wire_next(&wire, &field)) > 0) {
		if (field.type != 0)
			continue;
		key = field.number == 1 ? field.value : key;
		text = field.number == 2 ? field.value : text;
		ret_label->number = field.number == 3 ? (int64_t)field.value : ret_label->number;
	}
	ret_label->is_text = text != 0;
	*ret_key = key;
	return state == 0 && ll_pprof_string(profile, key, &ret_label->key) &&
	       ll_pprof_string(profile, text, &ret_label->text);
}

static int by_key(const void *a, const void *b)
{
	const struct label *const left = a;
	const struct label *const right = b;
	const int order = ll_str_compare(left->key, right->key);

	return order != 0 ? order : ll_str_compare(left->text, right->text);
}

/* The labels as a JSON object with sorted keys, so that equal sets are equal texts. */
static struct ll_str labels_text(struct batch *batch, struct label *labels, size_t count)
{
	struct ll_buf text;
	struct ll_str kept;

	if (count == 0)
		return ll_str_n(NULL, 0);
	qsort(labels, count, sizeof *labels, by_key);
	ll_buf_init(&text, LL_BUF_MESSAGE);
	for (size_t i = 0; i < count; i++) {
		ll_buf_putc(&text, i == 0 ? '{' : ',');
		ll_json_put_string(&text, labels[i].key);
		ll_buf_putc(&text, ':');
		if (labels[i].is_text)
			ll_json_put_string(&text, labels[i].text);
		else
			ll_buf_printf(&text, "%" PRId64, labels[i].number);
	}
	ll_buf_putc(&text, '}');
	/* Labels past the ceiling would be half a JSON object; such a set is left out. */
	kept = text.is_full ? ll_str_n(NULL, 0) : ll_arena_str(&batch->arena, ll_buf_str(&text));
	ll_buf_done(&text);
	return kept;
}

static int flush(struct batch *batch, struct ll_error *err);

/*
 * The label "bytes" is the block size of sample `slot`; others are kept, but for numbers that are
 * 0, which is what a label without a value looks like.
 */
static bool take_label(struct batch *batch, size_t slot, struct ll_wire bytes, struct label *label,
                       size_t *label_count)
{
	uint64_t key;

	if (!read_label(batch->profile, bytes, label, &key))
		return false;
	if (key == batch->bytes_key && key != 0 && !label->is_text)
		batch->block_size[slot] = label->number;
	else if (label->is_text || label->number != 0)
		(*label_count)++;
	return true;
}

/* The size of a heap profile's objects, and nothing else. */
static bool decode_size(const struct batch *batch, struct ll_wire label, uint64_t *ret_size)
{
	uint64_t key;

	return ll_wire_take_number(&label, 1 << 3, &key) && key == batch->bytes_key &&
	       ll_wire_take_number(&label, 3 << 3, ret_size) && label.at == label.end;
}

/* Exactly `count` packed values. */
static bool decode_values(const struct batch *batch, struct ll_wire numbers, int64_t *values,
                          size_t count)
{
	uint64_t value;

	for (size_t i = 0; i < count; i++) {
		if (!ll_wire_varint_before(&numbers, batch->content_end, &value))
			return false;
		values[i] = (int64_t)value;
	}
	return numbers.at == numbers.end;
}

/* The same as one field each, as writers do that know no packed fields. */
static bool take_single_values(struct ll_wire *wire, int64_t *values, size_t count)
{
	uint64_t value;

	for (size_t i = 0; i < count; i++) {
		if (!ll_wire_take_number(wire, 2 << 3, &value))
			return false;
		values[i] = (int64_t)value;
	}
	return true;
}

/*
 * A sample as Go and most others write it: its values, its locations, and for heap profiles the
 * size of its objects, each once. False, with nothing taken, when it looks otherwise.
 */
static bool decode_usual(struct batch *batch, struct ll_wire wire, size_t slot)
{
	const size_t types = batch->profile->types.count;
	int64_t *const values = &batch->values[slot * types];
	struct ll_wire ids, numbers, label;
	uint64_t size = 0;
	size_t count;
	bool is_packed = ll_wire_take_bytes(&wire, 2 << 3 | 2, &numbers);

	if (!ll_wire_take_bytes(&wire, 1 << 3 | 2, &ids))
		return false;
	if (!is_packed) {
		is_packed = ll_wire_take_bytes(&wire, 2 << 3 | 2, &numbers);
		if (!is_packed && !take_single_values(&wire, values, types))
			return false;
	}
	if (wire.at != wire.end && (!ll_wire_take_bytes(&wire, 3 << 3 | 2, &label) ||
	                            wire.at != wire.end || !decode_size(batch, label, &size)))
		return false;
	if ((is_packed && !decode_values(batch, numbers, values, types)) ||
	    !reserve_locations(batch, (size_t)(ids.end - ids.at)))
		return false;
	count = ll_wire_packed_u32(&batch->cuts, ids, batch->content_end,
	                           batch->locations + batch->location_count,
	                           batch->location_capacity - batch->location_count);
	if (count == SIZE_MAX)
		return false;
	batch->location_count += count;
	batch->block_size[slot] = (int64_t)size;
	batch->labels[slot] = ll_str_n(NULL, 0);
	return true;
}

/* Any sample. */
static int decode_any(struct batch *batch, struct ll_wire wire, size_t slot, size_t index,
                      struct ll_error *err)
{
	const size_t types = batch->profile->types.count;
	struct label *const labels = batch->sample_labels;
	size_t value_count = 0, label_count = 0;
	struct ll_wire_field field;
	int state;

	batch->block_size[slot] = 0;
	while ((state = ll_wire_next(&wire, &field)) > 0) {
		if (field.number == 1) {
			if (!take_locations(batch, &field))
				return fail_sample(index, err, "has a malformed location list");
		} else if (field.number == 2) {
			if (!take_values(&field, &batch->values[slot * types], types, &value_count))
				return fail_sample(index, err, "has more values than sample types");
		} else if (field.number == 3 && field.type == 2 && label_count < LABELS_MAX) {
			if (!take_label(batch, slot, field.bytes, &labels[label_count],
			                &label_count))
				return fail_sample(index, err, "has a malformed label");
		}
	}
	if (state < 0)
		return fail_sample(index, err, "is malformed");
	if (value_count != types)
		return fail_sample(index, err, "has fewer values than sample types");
	batch->labels[slot] = labels_text(batch, labels, label_count);
	batch->has_labels |= label_count > 0;
	return LL_OK;
}

/* Decodes sample `index` of the file into slot `view.count` of the batch. */
static int decode(struct batch *batch, size_t index, struct ll_error *err)
{
	const struct ll_pprof *const profile = batch->profile;
	const struct ll_wire wire = ll_pprof_wire(profile, profile->samples.items[index]);
	const size_t slot = batch->view.count;

	batch->first_location = batch->location_count;
	if (!decode_usual(batch, wire, slot)) {
		const int rc = decode_any(batch, wire, slot, index, err);

		if (rc < 0)
			return rc;
	}
	batch->first[slot + 1] = (uint32_t)batch->location_count;
	batch->view.count = slot + 1;
	if (batch->view.count == BATCH_SAMPLES || batch->location_count >= BATCH_LOCATIONS)
		return flush(batch, err);
	return LL_OK;
}

static void put_frame(struct batch *batch, size_t count, const struct ll_line *line)
{
	const struct ll_function *const function =
		&batch->profile->symbols.functions[line->function];

	if (count == batch->frame_capacity) {
		batch->frame_capacity = batch->frame_capacity * 2 + 256;
		batch->frames =
			ll_realloc(batch->frames, batch->frame_capacity, sizeof *batch->frames);
	}
	batch->frames[count] = (struct ll_frame){
		.function = function->name, .file = function->file, .line = line->line};
}

/* Expands the locations of sample `slot` to frames. */
static size_t expand(struct batch *batch, size_t slot)
{
	const struct ll_symbols *const symbols = &batch->profile->symbols;
	size_t count = 0;

	for (size_t i = batch->first[slot]; i < batch->first[slot + 1]; i++) {
		const uint32_t location = batch->locations[i];

		for (uint32_t k = symbols->first_line[location];
		     k < symbols->first_line[location + 1]; k++)
			put_frame(batch, count++, &symbols->lines[k]);
	}
	return count;
}

static int put_goroutines(struct batch *batch, size_t slot, bool is_leak_profile,
                          struct ll_error *err)
{
	const size_t count = expand(batch, slot);
	const int64_t number = batch->values[slot * batch->profile->types.count];
	size_t skip;
	const char *const state = ll_goroutine_state(batch->frames, count, &skip);
	const struct ll_goroutines group = {
		.count = number > 0 ? (uint64_t)number : 0,
		.state = ll_str(state),
		.frames = batch->frames + skip,
		.frame_count = count - skip,
		.min_minutes = LL_MINUTES_UNKNOWN,
		.max_minutes = LL_MINUTES_UNKNOWN,
		.labels = batch->labels[slot],
		.is_leaked = is_leak_profile,
		.is_system = ll_goroutine_is_system(ll_str(state), batch->frames, count,
	                                            ll_str_n(NULL, 0)),
	};

	return batch->out->goroutines(batch->out->self, &group, err);
}

static int flush(struct batch *batch, struct ll_error *err)
{
	int rc = resolve_locations(batch, err);

	batch->view.first = batch->first;
	batch->view.locations = batch->locations;
	batch->view.values = batch->values;
	batch->view.block_size = batch->block_size;
	batch->view.labels = batch->has_labels ? batch->labels : NULL;
	if (rc == LL_OK && !batch->is_goroutines && batch->view.count > 0)
		rc = batch->out->samples(batch->out->self, &batch->view, err);
	for (size_t i = 0; batch->is_goroutines && rc == LL_OK && i < batch->view.count; i++)
		rc = put_goroutines(batch, i, batch->profile->value_types[0].type.size > 9, err);
	batch->first_index += batch->view.count;
	batch->view.count = 0;
	batch->location_count = 0;
	batch->has_labels = false;
	ll_arena_clear(&batch->arena);
	return rc;
}

static int decode_samples(struct ll_pprof *profile, bool is_goroutines, const struct ll_sink *out,
                          struct ll_error *err)
{
	LL_CLEANUP(ll_freep) struct batch *batch = ll_malloc(sizeof *batch);
	int rc = LL_OK;

	memset(batch, 0, offsetof(struct batch, first));
	ll_wire_cuts_init(&batch->cuts);
	batch->first[0] = 0;
	batch->profile = profile;
	batch->out = out;
	batch->content_end = (const uint8_t *)profile->content.data + profile->content.size;
	batch->is_goroutines = is_goroutines;
	for (size_t i = 1; i < profile->strings.count && batch->bytes_key == 0; i++) {
		const struct ll_span span = profile->strings.items[i];

		if (span.size == 5 && memcmp(profile->content.data + span.from, "bytes", 5) == 0)
			batch->bytes_key = i;
	}
	(void)reserve_locations(batch, BATCH_LOCATIONS);
	for (size_t i = 0; rc == LL_OK && i < profile->samples.count; i++)
		rc = decode(batch, i, err);
	if (rc == LL_OK)
		rc = flush(batch, err);
	free(batch->locations);
	free(batch->frames);
	ll_arena_done(&batch->arena);
	return rc;
}

static bool has_type(const struct ll_pprof *profile, const char *name)
{
	for (size_t i = 0; i < profile->types.count; i++) {
		if (ll_str_equal(profile->value_types[i].type, ll_str(name)))
			return true;
	}
	return false;
}

/* Function of the leaf of sample `index`, or empty. */
static struct ll_str leaf_of(const struct ll_pprof *profile, size_t index)
{
	struct ll_wire wire = ll_pprof_wire(profile, profile->samples.items[index]);
	struct ll_wire_field field;
	uint64_t id = 0;
	uint32_t location;

	while (ll_wire_next(&wire, &field) > 0) {
		if (field.number != 1)
			continue;
		id = field.value;
		if (field.type == 2 && !ll_wire_varint(&field.bytes, &id))
			return ll_str_n(NULL, 0);
		break;
	}
	location = ll_ids_find(&profile->location_ids, id);
	if (id == 0 || location == UINT32_MAX)
		return ll_str_n(NULL, 0);
	return profile->symbols
	        .functions[profile->symbols.lines[profile->symbols.first_line[location]].function]
	        .name;
}

/* A mutex profile's leaf is whoever unlocks; a block profile's leaf is whoever waits. */
static enum ll_kind contention_kind(const struct ll_pprof *profile, struct ll_str name)
{
	static const char *const unlockers[] = {
		"sync.(*Mutex).Unlock",
		"sync.(*RWMutex).Unlock",
		"sync.(*RWMutex).RUnlock",
		"runtime.unlock",
		"runtime.unlock2",
		"runtime._LostContendedRuntimeLock",
		"internal/sync.(*Mutex).Unlock",
		"sync.(*Mutex).unlockSlow",
	};
	size_t looked_at = 0;

	for (size_t i = 0; i < profile->samples.count && looked_at < 16; i++) {
		const struct ll_str leaf = leaf_of(profile, i);

		if (leaf.size == 0)
			continue;
		looked_at++;
		for (size_t k = 0; k < LL_COUNT(unlockers); k++) {
			if (ll_str_equal(leaf, ll_str(unlockers[k])))
				return LL_KIND_MUTEX;
		}
	}
	if (looked_at == 0 && ll_str_find(name, "mutex") != SIZE_MAX)
		return LL_KIND_MUTEX;
	return LL_KIND_BLOCK;
}

static enum ll_kind kind_of(const struct ll_pprof *profile, struct ll_str name)
{
	static const struct {
		const char *type;
		enum ll_kind kind;
	} kinds[] = {
		{"inuse_space", LL_KIND_HEAP},
		{"inuse_objects", LL_KIND_HEAP},
		{"alloc_space", LL_KIND_HEAP},
		{"space", LL_KIND_HEAP},
		{"goroutineleak", LL_KIND_GOROUTINELEAK},
		{"goroutine", LL_KIND_GOROUTINE},
		{"threadcreate", LL_KIND_THREADCREATE},
		{"cpu", LL_KIND_CPU},
	};

	for (size_t i = 0; i < LL_COUNT(kinds); i++) {
		if (has_type(profile, kinds[i].type))
			return kinds[i].kind;
	}
	if (has_type(profile, "contentions") && has_type(profile, "delay"))
		return contention_kind(profile, name);
	return LL_KIND_PROFILE;
}

static bool is_snapshot_kind(enum ll_kind kind)
{
	return kind != LL_KIND_CPU && kind != LL_KIND_PROFILE;
}

static const char *variant_of(const struct ll_pprof *profile, bool is_delta)
{
	struct ll_str default_type;

	if (is_delta)
		return "delta";
	if (profile->default_type != 0 &&
	    ll_pprof_string(profile, profile->default_type, &default_type) &&
	    ll_str_equal(default_type, ll_str("alloc_space")))
		return "allocs";
	return NULL;
}

/* A Go toolchain's own directory often carries its version: ".../go1.22.3/src/runtime/...". */
static struct ll_str go_version(const struct ll_pprof *profile)
{
	for (size_t i = 0; i < profile->functions.count; i++) {
		const struct ll_function *const function = &profile->function_table[i];
		size_t at, end;

		if (!ll_str_starts(function->name, "runtime."))
			continue;
		at = ll_str_find(function->file, "go1.");
		if (at == SIZE_MAX)
			return ll_str_n(NULL, 0);
		end = at + 4;
		while (end < function->file.size &&
		       memchr("0123456789.", function->file.data[end], 11))
			end++;
		if (function->file.data[end - 1] == '.')
			end--;
		return ll_str_n(function->file.data + at, end - at);
	}
	return ll_str_n(NULL, 0);
}

/* `variant`: another form that the profile was made from, or NULL. */
static int emit(struct ll_pprof *profile, struct ll_str name, const char *variant,
                const struct ll_sink *out, struct ll_error *err)
{
	const enum ll_kind kind = kind_of(profile, name);
	const bool is_delta = is_snapshot_kind(kind) && profile->duration_ns > 0;
	/* With further values (a wait time, say) it is a table of samples like any other. */
	const bool is_goroutines = (kind == LL_KIND_GOROUTINE || kind == LL_KIND_GOROUTINELEAK) &&
	                           profile->types.count == 1;
	const struct ll_origin origin = {
		.kind = kind,
		.variant = variant && !is_delta ? variant : variant_of(profile, is_delta),
		.is_delta = is_delta,
		.is_foreign = profile->samples.count > 0 && !profile->has_go_code,
		.time_ns = profile->time_ns > 0 ? profile->time_ns : LL_TIME_NONE,
		.not_before_ns = LL_TIME_NONE,
		.duration_ns = profile->duration_ns,
		.period = profile->period,
		.program = profile->mapping_table[0].file,
		.build_id = profile->mapping_table[0].build_id,
		.go_version = go_version(profile),
		.types = profile->value_types,
		.type_count = profile->types.count,
	};
	int rc = out->begin(out->self, &origin, err);

	if (rc == LL_OK && !is_goroutines)
		rc = out->symbols(out->self, &profile->symbols, err);
	if (rc == LL_OK)
		rc = decode_samples(profile, is_goroutines, out, err);
	return rc;
}

int ll_pprof_read(struct ll_str content, struct ll_str name, const char *variant,
                  const struct ll_sink *out, struct ll_error *err)
{
	struct ll_pprof profile = {0};
	int rc = ll_pprof_scan(&profile, content, err);

	if (rc == LL_OK && profile.types.count == 0)
		rc = ll_fail(err, LL_E_FORMAT, "profile without sample types");
	if (rc == LL_OK)
		rc = ll_pprof_build(&profile, err);
	if (rc == LL_OK)
		rc = emit(&profile, name, variant, out, err);
	ll_pprof_done(&profile);
	return rc;
}

static int read_pprof(struct ll_stream *in, const struct ll_peek *peek, const struct ll_sink *out,
                      struct ll_error *err)
{
	struct ll_str content;
	const int rc = ll_stream_all(in, &content, err);

	return rc < 0 ? rc : ll_pprof_read(content, peek->name, NULL, out, err);
}

/* The wire type that each field of Profile has; 0xff where both 0 and 2 are possible. */
static bool is_profile_field(const struct ll_wire_field *field)
{
	static const uint8_t types[] = {0xff, 2, 2, 2, 2, 2, 2, 0, 0, 0, 0, 2, 0, 0xff, 0, 0};

	if (field->number >= LL_COUNT(types))
		return false;
	return types[field->number] == 0xff || types[field->number] == field->type;
}

/* A ValueType is two small numbers and nothing else; converters also write empty ones. */
static bool is_value_type(struct ll_wire wire)
{
	struct ll_wire_field field;
	int state;

	while ((state = ll_wire_next(&wire, &field)) > 0) {
		if (field.type != 0 || field.number < 1 || field.number > 2)
			return false;
	}
	return state == 0;
}

static enum ll_bid bid_pprof(const struct ll_peek *peek)
{
	const uint8_t *const head = (const uint8_t *)peek->head.data;
	struct ll_wire wire = {.at = head, .end = head + peek->head.size};
	struct ll_wire_field field;
	size_t types = 0, fields = 0;
	int state;

	while ((state = ll_wire_next(&wire, &field)) > 0) {
		if (!is_profile_field(&field))
			return LL_BID_NO;
		if (field.number == 1 && !is_value_type(field.bytes))
			return LL_BID_NO;
		types += field.number == 1;
		fields++;
	}
	/*
	 * The head may end inside a field of a longer content; a whole content must end cleanly.
	 * Files that a runtime writes begin with their types or with sample-free fields, so a long
	 * head without any type is no profile.
	 */
	if (types == 0 || fields < 2 || (state < 0 && peek->is_whole && fields < 8))
		return LL_BID_NO;
	return LL_BID_SHAPE;
}

const struct ll_format ll_fmt_pprof = {
	.id = "pprof",
	.title = "pprof protocol buffer",
	.bid = bid_pprof,
	.read = read_pprof,
};
