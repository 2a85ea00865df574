/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pprof_tables.h - what is taken out of a profile.proto message before its samples are decoded.
 *
 * Field order differs between writers, and names come last in Go's own files, so a profile is
 * walked twice: the first walk notes where the sub-messages lie, then the tables are built, then
 * the samples are decoded against them.
 */
#ifndef LL_CAPTURE_PPROF_TABLES_H
#define LL_CAPTURE_PPROF_TABLES_H

#include "wire.h"

#include <leakledger/capture.h>

/** A part of the content; contents are at most 256 MiB, so 32 bits are enough. */
struct ll_span {
	uint32_t from, size;
};

struct ll_spans {
	struct ll_span *items;
	size_t count, capacity;
};

/**
 * Sparse ids of the file to dense indexes of our tables. Files that Go writes count 1, 2, 3 ...:
 * as long as they do, there is no table.
 */
struct ll_ids {
	uint32_t in_order; /* without a table: how many there are, id 1 being index 0 */
	uint32_t *by_id;   /* with one: index of id, or UINT32_MAX; else NULL */
	size_t dense;      /* ids below this are looked up in by_id */
	struct ll_map sparse;
};

struct ll_mapping {
	uint64_t base; /* address at which offset 0 of the file would lie */
	struct ll_str file, build_id;
};

enum {
	LL_PPROF_LISTS = 6,
};

struct ll_pprof {
	struct ll_str content;
	union { /* sub-messages of the fields 1 to 6, in that order */
		struct {
			struct ll_spans types, samples, mappings, locations, functions, strings;
		};
		struct ll_spans lists[LL_PPROF_LISTS];
	};
	struct ll_span period_type;
	int64_t time_ns, duration_ns, period;
	uint64_t default_type;
	size_t comments;

	struct ll_value_type value_types[LL_VALUE_TYPES_MAX];
	struct ll_ids mapping_ids, function_ids, location_ids;
	struct ll_mapping *mapping_table; /* [0] is the main binary; there is always one row */
	struct ll_symbols symbols;
	struct ll_function *function_table;
	struct ll_line *line_table;
	uint32_t *first_line;
	size_t line_capacity;
	struct ll_arena arena; /* names that are made up: unsymbolized locations */
	bool has_go_code;
};

void ll_pprof_done(struct ll_pprof *profile);
/** Walks the top level. 0 or LL_E_FORMAT with the byte position. */
int ll_pprof_scan(struct ll_pprof *profile, struct ll_str content, struct ll_error *err);
/** Builds value types, functions, locations. 0 or LL_E_FORMAT. */
int ll_pprof_build(struct ll_pprof *profile, struct ll_error *err);
/** The string of that index; empty (size 0) and false when it is outside the table. */
bool ll_pprof_string(const struct ll_pprof *profile, uint64_t index, struct ll_str *ret_text);

struct ll_wire ll_pprof_wire(const struct ll_pprof *profile, struct ll_span span);

static inline uint32_t ll_ids_find(const struct ll_ids *ids, uint64_t id)
{
	if (!ids->by_id)
		return id - 1 < ids->in_order ? (uint32_t)(id - 1) : UINT32_MAX;
	if (id < ids->dense)
		return ids->by_id[id];
	return ll_map_find(&ids->sparse,
	                   (struct ll_hash){.low = id * 0x9e3779b97f4a7c15U, .high = id});
}

#endif
