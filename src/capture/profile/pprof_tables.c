/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pprof_tables.c - the first walk over a profile.proto, and its function and location tables.
 *
 * Validity follows google/pprof (formats.md 1.4): ids are non-zero and unique, every line names a
 * function that exists, string_table[0] is empty. A location without lines gets a made-up function
 * named after its mapping and offset, so that unsymbolized code of one binary stays comparable.
 */
#include "pprof_tables.h"

#include <inttypes.h>

/* Room for what is usual in a content of that size: to grow from little was 1 % of an ingest. */
static size_t first_capacity(const struct ll_pprof *profile)
{
	enum {
		USUAL = 96, /* bytes of the content for each item of its longest list */
		LEAST = 64,
		MOST = 65536,
	};
	const size_t usual = profile->content.size / USUAL + LEAST;

	return usual < MOST ? usual : MOST;
}

static void push(const struct ll_pprof *profile, struct ll_spans *spans, struct ll_span span)
{
	if (spans->count == spans->capacity) {
		spans->capacity =
			spans->capacity > 0 ? spans->capacity * 2 : first_capacity(profile);
		spans->items = ll_realloc(spans->items, spans->capacity, sizeof *spans->items);
	}
	spans->items[spans->count++] = span;
}

static void free_ids(struct ll_ids *ids)
{
	free(ids->by_id);
	ll_map_done(&ids->sparse);
}

void ll_pprof_done(struct ll_pprof *profile)
{
	free(profile->types.items);
	free(profile->samples.items);
	free(profile->mappings.items);
	free(profile->locations.items);
	free(profile->functions.items);
	free(profile->strings.items);
	free(profile->function_table);
	free(profile->line_table);
	free(profile->first_line);
	free(profile->mapping_table);
	free_ids(&profile->mapping_ids);
	free_ids(&profile->function_ids);
	free_ids(&profile->location_ids);
	ll_arena_done(&profile->arena);
	memset(profile, 0, sizeof *profile);
}

struct ll_wire ll_pprof_wire(const struct ll_pprof *profile, struct ll_span span)
{
	const uint8_t *const at = (const uint8_t *)profile->content.data + span.from;

	return (struct ll_wire){.at = at, .end = at + span.size};
}

bool ll_pprof_string(const struct ll_pprof *profile, uint64_t index, struct ll_str *ret_text)
{
	*ret_text = ll_str_n(NULL, 0);
	if (index >= profile->strings.count)
		return false;
	*ret_text = ll_str_n(profile->content.data + profile->strings.items[index].from,
	                     profile->strings.items[index].size);
	return true;
}

static size_t position(const struct ll_pprof *profile, const struct ll_wire *wire)
{
	return (size_t)(wire->at - (const uint8_t *)profile->content.data);
}

static struct ll_span span_of(const struct ll_pprof *profile, const struct ll_wire *bytes)
{
	return (struct ll_span){.from = (uint32_t)position(profile, bytes),
	                        .size = (uint32_t)(bytes->end - bytes->at)};
}

/*
 * Sub-messages of fields 1 to 6 of up to 16 KiB, which is nearly all of a profile, go to their
 * lists; stops at the first thing that is none of them. Which of them comes next nobody can guess:
 * the field's number is the only thing that depends on it.
 */
static void take_messages(struct ll_pprof *profile, struct ll_wire *wire)
{
	struct ll_wire bytes, rest = *wire;

	while (rest.at < rest.end && (*rest.at & 0x87) == 2) {
		const unsigned list = (*rest.at >> 3) - 1U;

		if (list >= LL_PPROF_LISTS || !ll_wire_take_bytes(&rest, *rest.at, &bytes))
			break;
		push(profile, &profile->lists[list], span_of(profile, &bytes));
	}
	*wire = rest;
}

/* A sub-message of any size. Returns false when the field is not one of them. */
static bool take_message(struct ll_pprof *profile, const struct ll_wire_field *field)
{
	if (field->number < 1 || field->number > LL_PPROF_LISTS || field->type != 2)
		return false;
	push(profile, &profile->lists[field->number - 1], span_of(profile, &field->bytes));
	return true;
}

static int take_scalar(struct ll_pprof *profile, const struct ll_wire_field *field,
                       struct ll_error *err)
{
	switch (field->number) {
	case 9:
		if (profile->time_ns != 0 && field->value != 0)
			return ll_fail(err, LL_E_FORMAT, "two profiles concatenated in one member");
		profile->time_ns = (int64_t)field->value;
		break;
	case 10: profile->duration_ns = (int64_t)field->value; break;
	case 12: profile->period = (int64_t)field->value; break;
	case 14: profile->default_type = field->value; break;
	case 13: profile->comments++; break;
	default: break; /* unknown fields are skipped, as protobuf asks */
	}
	return LL_OK;
}

int ll_pprof_scan(struct ll_pprof *profile, struct ll_str content, struct ll_error *err)
{
	struct ll_wire wire;
	struct ll_wire_field field;
	int state;

	if (content.size > UINT32_MAX)
		return ll_fail(err, LL_E_LIMIT, "profile is larger than 4 GiB");
	profile->content = content;
	wire = ll_pprof_wire(profile, (struct ll_span){.from = 0, .size = (uint32_t)content.size});
	for (;;) {
		take_messages(profile, &wire);
		state = ll_wire_next(&wire, &field);
		if (state <= 0)
			break;
		if (take_message(profile, &field))
			continue;
		if (field.number >= 1 && field.number <= 6)
			return ll_fail(err, LL_E_FORMAT,
			               "byte %zu: field %" PRIu32 " is not a message",
			               position(profile, &wire), field.number);
		if (field.number == 11 && field.type == 2)
			profile->period_type = span_of(profile, &field.bytes);
		else if (take_scalar(profile, &field, err) < 0)
			return LL_E_FORMAT;
	}
	if (state < 0)
		return ll_fail(err, LL_E_FORMAT, "byte %zu: malformed protobuf",
		               position(profile, &wire));
	if (profile->strings.count > 0 && profile->strings.items[0].size > 0)
		return ll_fail(err, LL_E_FORMAT, "the first string is not empty");
	return LL_OK;
}

/* Numbers of a sub-message by field number, up to 15; absent ones stay 0. */
static bool read_numbers(struct ll_wire wire, uint64_t numbers[16])
{
	struct ll_wire_field field;
	int state;

	memset(numbers, 0, 16 * sizeof *numbers);
	while ((state = ll_wire_next(&wire, &field)) > 0) {
		if (field.number < 16 && field.type != 2)
			numbers[field.number] = field.value;
	}
	return state == 0;
}

static int build_value_types(struct ll_pprof *profile, struct ll_error *err)
{
	uint64_t numbers[16];

	if (profile->types.count > LL_VALUE_TYPES_MAX)
		return ll_fail(err, LL_E_LIMIT, "more than %d sample types", LL_VALUE_TYPES_MAX);
	for (size_t i = 0; i < profile->types.count; i++) {
		struct ll_value_type *const type = &profile->value_types[i];

		if (!read_numbers(ll_pprof_wire(profile, profile->types.items[i]), numbers) ||
		    !ll_pprof_string(profile, numbers[1], &type->type) ||
		    !ll_pprof_string(profile, numbers[2], &type->unit))
			return ll_fail(err, LL_E_FORMAT, "sample type %zu is malformed", i + 1);
	}
	return LL_OK;
}

/*
 * The first id out of order: a table that is not much larger than the count of all serves ids that
 * are dense but come in another order; what lies beyond goes to a map.
 */
static void open_table(struct ll_ids *ids, size_t count)
{
	ids->dense = count * 2 + 64;
	ids->by_id = ll_realloc(NULL, ids->dense, sizeof *ids->by_id);
	memset(ids->by_id, 0xff, ids->dense * sizeof *ids->by_id);
	for (uint32_t i = 0; i < ids->in_order; i++)
		ids->by_id[i + 1] = i;
}

/* Is it the id of thing `index` of a file that counts 1, 2, 3 ... so far? */
static bool is_in_order(const struct ll_ids *ids, uint64_t id, size_t index)
{
	return !ids->by_id && ids->in_order == index && id == (uint64_t)index + 1;
}

/* Adds the id of thing `index`, of `count` things; false when it is 0 or used twice. */
static bool add_id(struct ll_ids *ids, uint64_t id, uint32_t index, size_t count)
{
	const struct ll_hash key = {.low = id * 0x9e3779b97f4a7c15U, .high = id};

	if (is_in_order(ids, id, index)) {
		ids->in_order++;
		return true;
	}
	if (!ids->by_id)
		open_table(ids, count);
	if (id == 0 || ll_ids_find(ids, id) != UINT32_MAX)
		return false;
	if (id < ids->dense)
		ids->by_id[id] = index;
	else
		(void)ll_map_put(&ids->sparse, key, index);
	return true;
}

/* The numbers of a function: as Go writes them, or in any order. */
static bool read_function(struct ll_wire wire, uint64_t numbers[16])
{
	struct ll_wire usual = wire;

	numbers[5] = 0;
	if (ll_wire_take_number(&usual, 1 << 3, &numbers[1]) &&
	    ll_wire_take_number(&usual, 2 << 3, &numbers[2]) &&
	    ll_wire_take_number(&usual, 3 << 3, &numbers[3]) &&
	    ll_wire_take_number(&usual, 4 << 3, &numbers[4])) {
		(void)ll_wire_take_number(&usual, 5 << 3, &numbers[5]);
		if (usual.at == usual.end)
			return true;
	}
	return read_numbers(wire, numbers);
}

static int build_functions(struct ll_pprof *profile, struct ll_error *err)
{
	const size_t count = profile->functions.count;
	uint64_t numbers[16];

	profile->function_table = ll_realloc(NULL, count + 1, sizeof *profile->function_table);
	for (size_t i = 0; i < count; i++) {
		struct ll_function *const function = &profile->function_table[i];
		struct ll_str system_name;

		if (!read_function(ll_pprof_wire(profile, profile->functions.items[i]), numbers) ||
		    !ll_pprof_string(profile, numbers[2], &function->name) ||
		    !ll_pprof_string(profile, numbers[3], &system_name) ||
		    !ll_pprof_string(profile, numbers[4], &function->file))
			return ll_fail(err, LL_E_FORMAT, "function %zu is malformed", i + 1);
		if (!add_id(&profile->function_ids, numbers[1], (uint32_t)i, count))
			return ll_fail(err, LL_E_FORMAT,
			               "function id %" PRIu64 " is zero or used twice", numbers[1]);
		if (function->name.size == 0)
			function->name = system_name;
		function->start_line = (int64_t)numbers[5];
		if (!profile->has_go_code)
			profile->has_go_code = ll_str_ends(function->file, ".go") ||
			                       ll_str_starts(function->name, "runtime.");
	}
	return LL_OK;
}

/* Adds a line to the location that is being built, the last one. */
static void push_line(struct ll_pprof *profile, struct ll_line line)
{
	uint32_t *const end = &profile->first_line[profile->symbols.location_count];

	if (*end == profile->line_capacity) {
		profile->line_capacity = profile->line_capacity * 2 + profile->locations.count + 64;
		profile->line_table = ll_realloc(profile->line_table, profile->line_capacity,
		                                 sizeof *profile->line_table);
	}
	profile->line_table[(*end)++] = line;
}

/* Mappings only lend names; a malformed one, or one whose id is taken, is passed over. */
static void build_mappings(struct ll_pprof *profile)
{
	uint64_t numbers[16];

	profile->mapping_table =
		ll_calloc(profile->mappings.count + 1, sizeof *profile->mapping_table);
	for (size_t i = 0; i < profile->mappings.count; i++) {
		struct ll_mapping *const mapping = &profile->mapping_table[i];

		if (!read_numbers(ll_pprof_wire(profile, profile->mappings.items[i]), numbers))
			continue;
		mapping->base = numbers[2] - numbers[4];
		(void)ll_pprof_string(profile, numbers[5], &mapping->file);
		(void)ll_pprof_string(profile, numbers[6], &mapping->build_id);
		(void)add_id(&profile->mapping_ids, numbers[1], (uint32_t)i,
		             profile->mappings.count);
	}
}

/* "0x4a3f2 in app": the same code of the same binary has the same name wherever it was loaded. */
static struct ll_str unsymbolized_name(struct ll_pprof *profile, uint64_t mapping_id,
                                       uint64_t address)
{
	const uint32_t index = ll_ids_find(&profile->mapping_ids, mapping_id);
	const struct ll_mapping *mapping;
	size_t slash;

	if (mapping_id == 0 || index == UINT32_MAX)
		return ll_str(ll_arena_printf(&profile->arena, "0x%" PRIx64, address));
	mapping = &profile->mapping_table[index];
	slash = ll_str_rindex(mapping->file, '/');
	return ll_str(ll_arena_printf(
		&profile->arena, "0x%" PRIx64 " in %.*s", address - mapping->base,
		LL_STR_ARG(ll_str_first(
			ll_str_from(mapping->file, slash == SIZE_MAX ? 0 : slash + 1), 200))));
}

/* A location without lines: one made-up function, interned by its name. */
static void add_unsymbolized(struct ll_pprof *profile, struct ll_map *made_up, uint64_t mapping_id,
                             uint64_t address)
{
	const struct ll_str name = unsymbolized_name(profile, mapping_id, address);
	const size_t next = profile->symbols.function_count;
	const uint32_t index =
		ll_map_put(made_up, ll_hash_bytes(name.data, name.size), (uint32_t)next);

	if (index == next) {
		const size_t made = next - profile->functions.count;

		/* Room doubles: at each power of two there is place for as many again. */
		if ((made & (made - 1)) == 0)
			profile->function_table =
				ll_realloc(profile->function_table, next + made + 2,
			                   sizeof *profile->function_table);
		profile->function_table[next] = (struct ll_function){.name = name};
		profile->symbols.function_count++;
	}
	push_line(profile, (struct ll_line){.function = index, .line = 0});
}

static int add_line(struct ll_pprof *profile, uint64_t function_id, uint64_t line, size_t location,
                    struct ll_error *err)
{
	const uint32_t function = ll_ids_find(&profile->function_ids, function_id);

	if (function_id == 0 || function == UINT32_MAX)
		return ll_fail(err, LL_E_FORMAT,
		               "location %zu names function %" PRIu64 ", which does not exist",
		               location + 1, function_id);
	push_line(profile, (struct ll_line){.function = function, .line = (int64_t)line});
	return LL_OK;
}

static int add_line_message(struct ll_pprof *profile, struct ll_wire wire, size_t location,
                            struct ll_error *err)
{
	uint64_t numbers[16];

	if (!read_numbers(wire, numbers))
		return ll_fail(err, LL_E_FORMAT, "location %zu has a malformed line", location + 1);
	return add_line(profile, numbers[1], numbers[2], location, err);
}

struct location {
	uint64_t id, mapping_id, address;
};

static int take_location_field(struct ll_pprof *profile, const struct ll_wire_field *field,
                               size_t index, struct location *location, struct ll_error *err)
{
	if (field->number == 4 && field->type == 2)
		return add_line_message(profile, field->bytes, index, err);
	if (field->type != 0)
		return LL_OK;
	switch (field->number) {
	case 1: location->id = field->value; break;
	case 2: location->mapping_id = field->value; break;
	case 3: location->address = field->value; break;
	default: break;
	}
	return LL_OK;
}

/* Any location. */
static int add_location(struct ll_pprof *profile, size_t index, struct ll_map *made_up,
                        struct ll_error *err)
{
	struct ll_wire wire = ll_pprof_wire(profile, profile->locations.items[index]);
	const uint32_t before = profile->first_line[index];
	struct location location = {0};
	struct ll_wire_field field;
	int rc = LL_OK, state = 1;

	profile->first_line[index + 1] = before;
	while (rc == LL_OK && (state = ll_wire_next(&wire, &field)) > 0)
		rc = take_location_field(profile, &field, index, &location, err);
	if (rc < 0)
		return rc;
	if (state < 0)
		return ll_fail(err, LL_E_FORMAT, "location %zu is malformed", index + 1);
	if (!add_id(&profile->location_ids, location.id, (uint32_t)index, profile->locations.count))
		return ll_fail(err, LL_E_FORMAT, "location id %" PRIu64 " is zero or used twice",
		               location.id);
	if (profile->first_line[index + 1] == before)
		add_unsymbolized(profile, made_up, location.mapping_id, location.address);
	return LL_OK;
}

/*
 * A location as Go writes it, and nothing else: an id in order, its mapping before or behind the
 * lines, an address, and at least one line. False, with nothing taken, when it looks otherwise.
 */
static bool add_usual_location(struct ll_pprof *profile, size_t index)
{
	struct ll_wire wire = ll_pprof_wire(profile, profile->locations.items[index]), line;
	uint32_t *const end = &profile->first_line[index + 1];
	uint64_t id, function, number;

	*end = profile->first_line[index];
	if (!ll_wire_take_number(&wire, 1 << 3, &id) ||
	    !is_in_order(&profile->location_ids, id, index))
		return false;
	(void)ll_wire_pass_number(&wire, 2 << 3);
	(void)ll_wire_pass_number(&wire, 3 << 3);
	while (ll_wire_take_bytes(&wire, 4 << 3 | 2, &line)) {
		uint32_t place;

		if (!ll_wire_take_number(&line, 1 << 3, &function) ||
		    !ll_wire_take_number(&line, 2 << 3, &number) || line.at != line.end)
			return false;
		place = ll_ids_find(&profile->function_ids, function);
		if (place == UINT32_MAX)
			return false;
		push_line(profile, (struct ll_line){.function = place, .line = (int64_t)number});
	}
	(void)ll_wire_pass_number(&wire, 2 << 3);
	if (wire.at != wire.end || *end == profile->first_line[index])
		return false;
	profile->location_ids.in_order++;
	return true;
}

static int build_locations(struct ll_pprof *profile, struct ll_error *err)
{
	const size_t count = profile->locations.count;
	struct ll_map made_up = LL_MAP_INIT;
	int rc = LL_OK;

	profile->first_line = ll_calloc(count + 2, sizeof *profile->first_line);
	profile->symbols.function_count = profile->functions.count;
	for (size_t i = 0; rc == LL_OK && i < count; i++) {
		profile->symbols.location_count = i + 1;
		if (!add_usual_location(profile, i))
			rc = add_location(profile, i, &made_up, err);
	}
	ll_map_done(&made_up);
	profile->symbols.functions = profile->function_table;
	profile->symbols.lines = profile->line_table;
	profile->symbols.first_line = profile->first_line;
	return rc;
}

int ll_pprof_build(struct ll_pprof *profile, struct ll_error *err)
{
	int rc = build_value_types(profile, err);

	if (rc == LL_OK)
		rc = build_functions(profile, err);
	build_mappings(profile);
	if (rc == LL_OK)
		rc = build_locations(profile, err);
	return rc;
}
