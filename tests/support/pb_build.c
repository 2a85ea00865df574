/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pb_build.c - see pb_build.h. Field numbers are those of src/capture/profile/profile.proto.
 */
#include "pb_build.h"

enum wire {
	VARINT = 0,
	BYTES = 2,
};

static void put_tag(struct ll_buf *to, unsigned field, enum wire wire)
{
	ll_buf_put_varint(to, (uint64_t)field << 3 | wire);
}

/* Zero is the default of every field and is not written. */
static void put_number(struct ll_buf *to, unsigned field, int64_t value)
{
	if (value == 0)
		return;
	put_tag(to, field, VARINT);
	ll_buf_put_varint(to, (uint64_t)value);
}

static void put_bytes(struct ll_buf *to, unsigned field, struct ll_str bytes)
{
	put_tag(to, field, BYTES);
	ll_buf_put_varint(to, bytes.size);
	ll_buf_put_str(to, bytes);
}

/* Writes the message that was gathered in `message`, and ends it. */
static void put_message(struct ll_buf *to, unsigned field, struct ll_buf *message)
{
	put_bytes(to, field, ll_buf_str(message));
	ll_buf_done(message);
}

void ll_pb_init(struct ll_pb *pb)
{
	memset(pb, 0, sizeof *pb);
	ll_buf_init(&pb->body, LL_BUF_PAGE);
	ll_buf_init(&pb->whole, LL_BUF_PAGE);
	(void)ll_pb_string(pb, "");
}

void ll_pb_done(struct ll_pb *pb)
{
	char **const strings = pb->strings.items;

	for (size_t i = 0; i < pb->strings.count; i++)
		free(strings[i]);
	ll_vec_done(&pb->strings);
	ll_buf_done(&pb->body);
	ll_buf_done(&pb->whole);
}

uint64_t ll_pb_string(struct ll_pb *pb, const char *text)
{
	char **const strings = pb->strings.items;

	for (size_t i = 0; i < pb->strings.count; i++) {
		if (strcmp(strings[i], text) == 0)
			return i;
	}
	*(char **)ll_vec_push(&pb->strings, sizeof(char *)) = ll_strdup(text);
	return pb->strings.count - 1;
}

static void put_type(struct ll_pb *pb, unsigned field, const char *type, const char *unit)
{
	struct ll_buf message;

	ll_buf_init(&message, LL_BUF_MESSAGE);
	put_number(&message, 1, (int64_t)ll_pb_string(pb, type));
	put_number(&message, 2, (int64_t)ll_pb_string(pb, unit));
	put_message(&pb->body, field, &message);
}

void ll_pb_type(struct ll_pb *pb, const char *type, const char *unit)
{
	put_type(pb, 1, type, unit);
}

void ll_pb_period(struct ll_pb *pb, const char *type, const char *unit, int64_t period)
{
	put_type(pb, 11, type, unit);
	put_number(&pb->body, 12, period);
}

void ll_pb_time(struct ll_pb *pb, int64_t time_ns, int64_t duration_ns)
{
	put_number(&pb->body, 9, time_ns);
	put_number(&pb->body, 10, duration_ns);
}

void ll_pb_comment(struct ll_pb *pb, const char *text)
{
	put_number(&pb->body, 13, (int64_t)ll_pb_string(pb, text));
}

void ll_pb_default_type(struct ll_pb *pb, const char *type)
{
	put_number(&pb->body, 14, (int64_t)ll_pb_string(pb, type));
}

uint64_t ll_pb_mapping(struct ll_pb *pb, const char *file, const char *build_id)
{
	struct ll_buf message;

	ll_buf_init(&message, LL_BUF_MESSAGE);
	put_number(&message, 1, (int64_t)++pb->mappings);
	put_number(&message, 2, 0x400000);
	put_number(&message, 3, 0x900000);
	put_number(&message, 5, (int64_t)ll_pb_string(pb, file));
	put_number(&message, 6, (int64_t)ll_pb_string(pb, build_id));
	put_number(&message, 7, 1);
	put_message(&pb->body, 3, &message);
	return pb->mappings;
}

uint64_t ll_pb_function(struct ll_pb *pb, const char *name, const char *file, int64_t start_line)
{
	struct ll_buf message;

	ll_buf_init(&message, LL_BUF_MESSAGE);
	put_number(&message, 1, (int64_t)++pb->functions);
	put_number(&message, 2, (int64_t)ll_pb_string(pb, name));
	put_number(&message, 3, (int64_t)ll_pb_string(pb, name));
	put_number(&message, 4, (int64_t)ll_pb_string(pb, file));
	put_number(&message, 5, start_line);
	put_message(&pb->body, 5, &message);
	return pb->functions;
}

uint64_t ll_pb_location(struct ll_pb *pb, uint64_t mapping, uint64_t address,
                        const struct ll_pb_line *lines, size_t count)
{
	struct ll_buf message;

	ll_buf_init(&message, LL_BUF_MESSAGE);
	put_number(&message, 1, (int64_t)++pb->locations);
	put_number(&message, 2, (int64_t)mapping);
	put_number(&message, 3, (int64_t)address);
	for (size_t i = 0; i < count; i++) {
		struct ll_buf line;

		ll_buf_init(&line, LL_BUF_MESSAGE);
		put_number(&line, 1, (int64_t)lines[i].function);
		put_number(&line, 2, lines[i].line);
		put_message(&message, 4, &line);
	}
	put_message(&pb->body, 4, &message);
	return pb->locations;
}

static void put_label(struct ll_pb *pb, struct ll_buf *to, const struct ll_pb_label *label)
{
	struct ll_buf message;

	ll_buf_init(&message, LL_BUF_MESSAGE);
	put_number(&message, 1, (int64_t)ll_pb_string(pb, label->key));
	if (label->text)
		put_number(&message, 2, (int64_t)ll_pb_string(pb, label->text));
	else
		put_number(&message, 3, label->number);
	put_message(to, 3, &message);
}

void ll_pb_sample(struct ll_pb *pb, const struct ll_pb_sample *sample)
{
	struct ll_buf message, packed;

	ll_buf_init(&message, LL_BUF_MESSAGE);
	ll_buf_init(&packed, LL_BUF_MESSAGE);
	for (size_t i = 0; i < sample->location_count; i++)
		ll_buf_put_varint(&packed, sample->locations[i]);
	put_message(&message, 1, &packed);
	ll_buf_init(&packed, LL_BUF_MESSAGE);
	for (size_t i = 0; i < sample->value_count; i++)
		ll_buf_put_varint(&packed, (uint64_t)sample->values[i]);
	put_message(&message, 2, &packed);
	for (size_t i = 0; i < sample->label_count; i++)
		put_label(pb, &message, &sample->labels[i]);
	put_message(&pb->body, 2, &message);
}

void ll_pb_raw(struct ll_pb *pb, struct ll_str bytes)
{
	ll_buf_put_str(&pb->body, bytes);
}

struct ll_str ll_pb_finish(struct ll_pb *pb)
{
	char **const strings = pb->strings.items;

	ll_buf_clear(&pb->whole);
	ll_buf_put_str(&pb->whole, ll_buf_str(&pb->body));
	for (size_t i = 0; i < pb->strings.count; i++)
		put_bytes(&pb->whole, 6, ll_str(strings[i]));
	return ll_buf_str(&pb->whole);
}
