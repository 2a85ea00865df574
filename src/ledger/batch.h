/* SPDX-License-Identifier: Apache-2.0 */
/*
 * batch.h - what one worker read, ready to be stored.
 *
 * A batch is made by one worker from a handful of files, handed to the writer through the queue,
 * stored in one piece and freed. Captures, contents and files refer to each other by index in the
 * batch; their numbers in the ledger are given by the writer.
 */
#ifndef LL_LEDGER_BATCH_H
#define LL_LEDGER_BATCH_H

#include "segment.h"

#include <leakledger/vec.h>

enum {
	LL_NO_SEGMENT = -1,
};

struct ll_batch_file {
	struct ll_str root, path;
	struct ll_hash stored;
	bool has_stored;    /* it could be opened */
	bool is_known;      /* its bytes were in the ledger: only the row is refreshed */
	bool is_begun;      /* by a batch before this one: its members are added */
	bool is_unfinished; /* a later batch goes on with it; until then it does not count as known */
	uint64_t place;     /* in the order of the run, from 1 */
	int64_t size, modified_ns, changed_ns;
	struct ll_str reason; /* empty when something could be read */
};

/** A member of an archive. */
struct ll_batch_member {
	size_t file, member;
	struct ll_str name;
	int64_t modified_ns;
	struct ll_str
		reason; /* why it could not be read; else empty, and a content has its number */
};

struct ll_batch_content {
	struct ll_hash hash;
	int64_t size;
	struct ll_str format, reason; /* reason: why it was rejected; else empty */
	bool is_read; /* by this batch; else it was known, or another one reads it */
	size_t file;  /* index of the file it was found in */
	size_t member;
	size_t first_entry, entry_count; /* its rows of `entries` */
};

struct ll_batch_capture {
	size_t content, part;
	int64_t service_id, instance_id;
	enum ll_kind kind;
	struct ll_str format, variant, build, program, go_version, rule, layout, build_source,
		namespace;
	int64_t time_ns, not_before_ns, duration_ns, period, sequence, samples;
	enum ll_time_source time_source;
	bool is_delta, is_foreign, is_partial, is_zone_assumed;
	int segment; /* index in segments, or LL_NO_SEGMENT */
	uint32_t segment_index;
	bool has_memstats;
	bool has_metric[LL_METRIC_COUNT];
	int64_t metric[LL_METRIC_COUNT];
	int64_t ring_first, ring_first_ns, ring_last_ns;
	struct ll_str ring; /* encoded; empty without one */
};

struct ll_batch_note {
	size_t capture;
	uint64_t position;
	struct ll_str text;
};

struct ll_batch_total {
	size_t capture, ordinal;
	struct ll_str type, unit;
	int64_t value;
};

struct ll_batch_group {
	size_t capture, ordinal;
	uint32_t stack_id, state_id, creator_id, label_id; /* creator 0: unknown */
	int64_t count, min_minutes, max_minutes;
	int64_t orphans, ended_creators; /* -1: not told */
	struct ll_str ids;               /* empty: not told */
	bool is_leaked, is_system, is_cut;
};

struct ll_batch_gc {
	size_t capture;
	struct ll_gc cycle;
};

struct ll_batch_fact {
	size_t capture;
	uint32_t file_id, message_id, package_id;
	int64_t line, column;
	const char *what;
};

struct ll_batch_entry {
	int64_t service_id;
	uint32_t stack_id, entry_id;
	int64_t block_size;
};

struct ll_batch_reading {
	size_t capture, ordinal;
	uint32_t name_id, label_id;
	double value;
	bool is_none;
	int64_t time_ns;
};

struct ll_batch_benchmark {
	size_t capture, ordinal;
	uint32_t package_id, name_id, unit_id;
	int64_t procs, iterations;
	double value;
};

/** Texts are in the batch's arena. */
struct ll_batch_kill {
	size_t capture, ordinal;
	struct ll_kill kill;
};

struct ll_batch_task {
	size_t capture, ordinal;
	struct ll_task task;
};

struct ll_batch_declared {
	size_t capture, ordinal;
	struct ll_declared fact;
};

struct ll_batch_segment {
	int64_t service_id, instance_id;
	const char *kind;
	struct ll_str types;
	int64_t period;
	int64_t segment_id; /* of the stored segment that is continued; 0 for a new one */
	struct ll_segment segment;
};

struct ll_batch {
	struct ll_arena arena;
	struct ll_vec files, members, contents, captures, notes, totals, groups, gcs, facts,
		entries;
	struct ll_vec readings, benchmarks, kills, tasks, declared;
	struct ll_vec segments;  /* of struct ll_batch_segment * */
	int64_t bytes;           /* stored bytes that were read */
	struct ll_error failure; /* of the ledger itself, not of a capture */
	size_t unit;             /* which it is of, in the order of the run */
	bool is_last;            /* of its unit */
};

struct ll_batch *ll_batch_new(void);
void ll_batch_free(struct ll_batch *batch);
/** The order of claims (lookup.h): first by the file's place, then by the member. */
uint64_t ll_batch_place(const struct ll_batch *batch, const struct ll_batch_content *content);
/** Takes out the captures of the contents that are marked: somebody else reads them. */
void ll_batch_give_up(struct ll_batch *batch, const bool *contents);

#endif
