/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pb_build.h - writes profile.proto (src/capture/profile/profile.proto), field by field.
 *
 *     ll_pb_init       an empty profile
 *     ll_pb_type ...   in any order; strings are interned, ids count from 1
 *     ll_pb_finish     its bytes, valid until ll_pb_done
 */
#ifndef LL_TEST_PB_BUILD_H
#define LL_TEST_PB_BUILD_H

#include <leakledger/buf.h>
#include <leakledger/vec.h>

struct ll_pb {
	struct ll_buf body;    /* everything but the string table */
	struct ll_vec strings; /* char *, interned; 0 is "" */
	uint64_t mappings, functions, locations;
	struct ll_buf whole;
};

struct ll_pb_line {
	uint64_t function;
	int64_t line;
};

/** A label of a sample: a text, or with `text` NULL a number. */
struct ll_pb_label {
	const char *key, *text;
	int64_t number;
};

struct ll_pb_sample {
	const uint64_t *locations; /* leaf first */
	size_t location_count;
	const int64_t *values;
	size_t value_count;
	const struct ll_pb_label *labels;
	size_t label_count;
};

void ll_pb_init(struct ll_pb *pb);
void ll_pb_done(struct ll_pb *pb);

/** Index of a string in the table. */
uint64_t ll_pb_string(struct ll_pb *pb, const char *text);
void ll_pb_type(struct ll_pb *pb, const char *type, const char *unit);
void ll_pb_period(struct ll_pb *pb, const char *type, const char *unit, int64_t period);
void ll_pb_time(struct ll_pb *pb, int64_t time_ns, int64_t duration_ns);
void ll_pb_comment(struct ll_pb *pb, const char *text);
void ll_pb_default_type(struct ll_pb *pb, const char *type);
/** These three return the id of what they add. */
uint64_t ll_pb_mapping(struct ll_pb *pb, const char *file, const char *build_id);
uint64_t ll_pb_function(struct ll_pb *pb, const char *name, const char *file, int64_t start_line);
uint64_t ll_pb_location(struct ll_pb *pb, uint64_t mapping, uint64_t address,
                        const struct ll_pb_line *lines, size_t count);
void ll_pb_sample(struct ll_pb *pb, const struct ll_pb_sample *sample);
/** Any field of the outermost message, for what the functions above do not write. */
void ll_pb_raw(struct ll_pb *pb, struct ll_str bytes);

struct ll_str ll_pb_finish(struct ll_pb *pb);

#endif
