/* SPDX-License-Identifier: Apache-2.0 */
/* pprof_writer.c - see pprof_writer.h; field numbers are those of profile.proto. */
#include "pprof_writer.h"

enum {
	PROFILE_SAMPLE_TYPE = 1,
	PROFILE_SAMPLE = 2,
	PROFILE_MAPPING = 3,
	PROFILE_LOCATION = 4,
	PROFILE_FUNCTION = 5,
	PROFILE_STRING = 6,
	PROFILE_TIME = 9,
	PROFILE_DURATION = 10,
	PROFILE_PERIOD_TYPE = 11,
	PROFILE_PERIOD = 12,
	PROFILE_DEFAULT_TYPE = 14,
};

static void put_number(struct ll_buf *to, uint32_t field, uint64_t value)
{
	ll_buf_put_varint(to, (uint64_t)field << 3);
	ll_buf_put_varint(to, value);
}

static void put_bytes(struct ll_buf *to, uint32_t field, struct ll_str bytes)
{
	ll_buf_put_varint(to, (uint64_t)field << 3 | 2);
	ll_buf_put_varint(to, bytes.size);
	ll_buf_put_str(to, bytes);
}

/* The sub-message goes into the profile. */
static void put_message(struct ll_pprof_writer *writer, uint32_t field)
{
	put_bytes(&writer->body, field, ll_buf_str(&writer->message));
	ll_buf_clear(&writer->message);
}

/* Index of a string; a new one is written at once. */
static uint64_t string_of(struct ll_pprof_writer *writer, struct ll_str text)
{
	const struct ll_hash key = ll_hash_bytes(text.data, text.size);
	const uint32_t index = ll_map_put(&writer->strings, key, writer->string_count);

	if (index == writer->string_count) {
		put_bytes(&writer->body, PROFILE_STRING, text);
		writer->string_count++;
	}
	return index;
}

static uint64_t function_of(struct ll_pprof_writer *writer, struct ll_str name, struct ll_str file)
{
	const uint64_t name_index = string_of(writer, name), file_index = string_of(writer, file);
	const struct ll_hash key = {.low = name_index * 0x9e3779b97f4a7c15U ^ file_index,
	                            .high = name_index << 32 | file_index};
	const uint32_t id = ll_map_put(&writer->functions, key, writer->function_count + 1);
	struct ll_buf message;

	if (id <= writer->function_count)
		return id;
	writer->function_count++;
	ll_buf_init(&message, LL_BUF_MESSAGE);
	put_number(&message, 1, id);
	put_number(&message, 2, name_index);
	put_number(&message, 3, name_index);
	put_number(&message, 4, file_index);
	put_bytes(&writer->body, PROFILE_FUNCTION, ll_buf_str(&message));
	ll_buf_done(&message);
	return id;
}

void ll_pprof_writer_init(struct ll_pprof_writer *writer)
{
	memset(writer, 0, sizeof *writer);
	ll_buf_init(&writer->body, LL_BUF_PAGE);
	ll_buf_init(&writer->message, LL_BUF_PAGE);
	(void)string_of(writer, ll_str(""));
}

void ll_pprof_writer_done(struct ll_pprof_writer *writer)
{
	ll_buf_done(&writer->body);
	ll_buf_done(&writer->message);
	ll_map_done(&writer->strings);
	ll_map_done(&writer->functions);
	ll_map_done(&writer->addresses);
}

static void put_value_type(struct ll_pprof_writer *writer, uint32_t field, struct ll_str type,
                           struct ll_str unit)
{
	const uint64_t type_index = string_of(writer, type), unit_index = string_of(writer, unit);

	put_number(&writer->message, 1, type_index);
	put_number(&writer->message, 2, unit_index);
	put_message(writer, field);
}

void ll_pprof_put_type(struct ll_pprof_writer *writer, struct ll_str type, struct ll_str unit)
{
	put_value_type(writer, PROFILE_SAMPLE_TYPE, type, unit);
}

void ll_pprof_put_default_type(struct ll_pprof_writer *writer, struct ll_str type)
{
	const uint64_t index = string_of(writer, type);

	put_number(&writer->body, PROFILE_DEFAULT_TYPE, index);
}

void ll_pprof_put_period(struct ll_pprof_writer *writer, struct ll_str type, struct ll_str unit,
                         int64_t period)
{
	put_value_type(writer, PROFILE_PERIOD_TYPE, type, unit);
	put_number(&writer->body, PROFILE_PERIOD, (uint64_t)period);
}

void ll_pprof_put_times(struct ll_pprof_writer *writer, int64_t time_ns, int64_t duration_ns)
{
	if (time_ns > 0)
		put_number(&writer->body, PROFILE_TIME, (uint64_t)time_ns);
	if (duration_ns > 0)
		put_number(&writer->body, PROFILE_DURATION, (uint64_t)duration_ns);
}

void ll_pprof_put_mapping(struct ll_pprof_writer *writer, uint64_t id, const uint64_t range[3],
                          struct ll_str file, struct ll_str build_id)
{
	const uint64_t file_index = string_of(writer, file);
	const uint64_t build_index = string_of(writer, build_id);

	put_number(&writer->message, 1, id);
	for (uint32_t i = 0; i < 3; i++)
		put_number(&writer->message, 2 + i, range[i]);
	put_number(&writer->message, 5, file_index);
	put_number(&writer->message, 6, build_index);
	put_message(writer, PROFILE_MAPPING);
}

void ll_pprof_put_location(struct ll_pprof_writer *writer, uint64_t id, uint64_t mapping,
                           uint64_t address, const struct ll_frame *lines, size_t line_count)
{
	put_number(&writer->message, 1, id);
	put_number(&writer->message, 2, mapping);
	put_number(&writer->message, 3, address);
	for (size_t i = 0; i < line_count; i++) {
		const uint64_t function = function_of(writer, lines[i].function, lines[i].file);
		struct ll_buf line;

		ll_buf_init(&line, LL_BUF_MESSAGE);
		put_number(&line, 1, function);
		put_number(&line, 2, (uint64_t)lines[i].line);
		put_bytes(&writer->message, 4, ll_buf_str(&line));
		ll_buf_done(&line);
	}
	put_message(writer, PROFILE_LOCATION);
}

static void put_label(struct ll_pprof_writer *writer, const struct ll_pprof_label *label)
{
	const uint64_t key = string_of(writer, label->key);
	struct ll_buf message;

	ll_buf_init(&message, LL_BUF_MESSAGE);
	put_number(&message, 1, key);
	if (label->text.size > 0)
		put_number(&message, 2, string_of(writer, label->text));
	else
		put_number(&message, 3, (uint64_t)label->number);
	put_bytes(&writer->message, 3, ll_buf_str(&message));
	ll_buf_done(&message);
}

void ll_pprof_put_sample(struct ll_pprof_writer *writer, const struct ll_pprof_sample *sample)
{
	for (size_t i = 0; i < sample->location_count; i++)
		put_number(&writer->message, 1, sample->locations[i]);
	for (size_t i = 0; i < sample->value_count; i++)
		put_number(&writer->message, 2, (uint64_t)sample->values[i]);
	for (size_t i = 0; i < sample->label_count; i++)
		put_label(writer, &sample->labels[i]);
	put_message(writer, PROFILE_SAMPLE);
}

uint64_t ll_pprof_address(struct ll_pprof_writer *writer, uint64_t address,
                          const struct ll_frame *symbol)
{
	const struct ll_hash key = {.low = address * 0x9e3779b97f4a7c15U, .high = address};
	const uint32_t id = ll_map_put(&writer->addresses, key, writer->address_count + 1);

	if (id > writer->address_count) {
		writer->address_count++;
		ll_pprof_put_location(writer, id, 0, address, symbol, symbol != NULL);
	}
	return id;
}

int ll_pprof_writer_read(struct ll_pprof_writer *writer, struct ll_str name, const char *variant,
                         const struct ll_sink *out, struct ll_error *err)
{
	int rc = ll_buf_check(&writer->body, "the profile", err);

	if (rc == LL_OK)
		rc = ll_buf_check(&writer->message, "a sample of the profile", err);
	return rc < 0 ? rc : ll_pprof_read(ll_buf_str(&writer->body), name, variant, out, err);
}
