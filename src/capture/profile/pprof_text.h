/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pprof_text.h - the rooms of fmt_pprof_text.c: titles, records with their frames, the trailer of
 * MemStats.
 */
#ifndef LL_CAPTURE_PPROF_TEXT_H
#define LL_CAPTURE_PPROF_TEXT_H

#include "metrics/memstats.h"
#include "symbol_table.h"

enum {
	LL_TEXT_PCS_MAX = 2048, /* addresses of one record; a longer list is cut */
	LL_TEXT_ENTRIES_MAX = 32,
};

struct ll_text_title {
	enum ll_kind kind;
	const char *variant;
	double rate; /* of a heap profile; 0: values are exact */
	int64_t period;
	uint64_t total;
	bool has_total, is_single; /* one pair of heap values */
	bool has_heap_totals;
	int64_t heap_totals[4]; /* objects and bytes in use, then allocated, as sampled */
	bool is_missing;        /* nobody has seen it */
	double ns_per_cycle;    /* 0: not known, and so are the delays */
	bool has_lost_delays;   /* "cycles/second=0" and the like */
	struct ll_str custom;   /* name of a profile made with pprof.NewProfile */
};

struct ll_text_record {
	int64_t values[4]; /* in the order of the capture's types */
	int64_t block_size;
	uint32_t first_location, location_count;
	uint32_t hidden;   /* leading PCs without a frame line; LL_TEXT_PCS_MAX: unknown */
	uint64_t entry_pc; /* the last of them */
	uint64_t park_pc;  /* the one before it; 0: there is none */
	uint64_t first_pc; /* the innermost of all; 0: no frame line tells which are hidden */
	struct ll_str labels;
};

/** Where the runtime functions lie in which the goroutines of a profile wait. */
struct ll_text_parks {
	uint64_t wrappers[3]; /* return addresses, rising */
	size_t count;
	uint64_t first_receive; /* wrappers from here on receive; 0: not known */
	uint64_t gopark;        /* return address in it, where all that wait begin; 0: not known */
	bool is_mixed;          /* there are more of them than one binary has */
	bool is_amd64;          /* some address is no multiple of four */
};

struct ll_text_entry {
	uint64_t address;
	const char *name;
};

/** Records of one capture with their frames, and the record that is being read. */
struct ll_text_records {
	struct ll_arena arena; /* texts */
	struct ll_symbol_table symbols;
	struct ll_text_record *items;
	size_t count, capacity;
	uint32_t *locations;
	size_t location_count, location_capacity;
	uint64_t pcs[LL_TEXT_PCS_MAX];
	size_t pc_count;
	bool is_open, has_frames, is_elided;
	struct ll_text_entry entries[LL_TEXT_ENTRIES_MAX]; /* allocation functions seen by name */
	size_t entry_count;
	size_t skipped;       /* records that did not parse */
	size_t elided;        /* records of which a writer left out all but the first addresses */
	int64_t heap_sums[4]; /* of the numbers as they stand in the records */
	int64_t go_minor;     /* 19 of Go 1.19, when a path of the toolchain tells it; else 0 */
};

/** "heap profile: ...", "goroutine profile: total 5", "--- mutex:" ... */
bool ll_text_title(struct ll_str line, struct ll_text_title *title);
/** The same behind what a logger put before it: "[2026-11-21 01:06:27] heap profile: ...". */
bool ll_text_title_behind(struct ll_str line, struct ll_text_title *title);
/** "426 @ 0x4416ea 0x450c79": a record of goroutines, which may have lost its title. */
bool ll_text_is_headless(struct ll_str line);
/** Nothing, or "(40 of them wait)": what people write behind a title or record. */
bool ll_text_is_remark(struct ll_str text);
bool ll_text_is_contention(const struct ll_text_title *title);
/** The types of its values. Returns their number. */
size_t ll_text_types(const struct ll_text_title *title, struct ll_value_type types[4]);

/** "<number>" or `word` after optional blanks; *text moves behind it. */
bool ll_text_i64(struct ll_str *text, int64_t *ret_value);
bool ll_text_word(struct ll_str *text, const char *word);
/** "4003: 1665248 [4003: 1665248] @": the four numbers of a heap title or record. */
bool ll_text_heap_values(struct ll_str *text, int64_t values[4]);

void ll_text_records_done(struct ll_text_records *records);
/** Forgets the capture, keeps the memory. */
void ll_text_records_clear(struct ll_text_records *records);
/** Begins a record; a line whose numbers do not parse or do not fit is counted as skipped. */
void ll_text_records_add(struct ll_text_records *records, const struct ll_text_title *title,
                         struct ll_str line);
/** A frame line of the open record. False when the line is none. */
bool ll_text_records_frame(struct ll_text_records *records, struct ll_str line);
/** The labels of the open record: {"job":"ingest", "tenant":"acme corp"}. */
void ll_text_records_labels(struct ll_text_records *records, struct ll_str text);
/** The open record has ended. */
void ll_text_records_close(struct ll_text_records *records);
/** Which allocation function the last hidden frame of a heap record lies in: a name or "#n". */
struct ll_str ll_text_records_entry(struct ll_text_records *records,
                                    const struct ll_text_record *record);

/** Finds gopark and the channel operations among the hidden addresses of all records. */
void ll_text_parks_learn(const struct ll_text_records *records, struct ll_text_parks *parks);
/**
 * What the hidden addresses of one record tell of its wait: "select", "chan send", "chan receive
 * (nil chan)" ...; "channel" where the direction cannot be told, "running" or "runnable" where it
 * does not wait, "unknown" where nothing can be told.
 */
const char *ll_text_parks_state(const struct ll_text_parks *parks,
                                const struct ll_text_record *record);

/** Raw counts of a heap sample to estimates, each truncated (formats.md 1.8); rate in bytes. */
void ll_heap_unsample(int64_t *objects, int64_t *bytes, double rate);
/** value * factor; INT64_MAX when it does not fit. */
int64_t ll_text_scaled(int64_t value, double factor);

/** A line of the trailer: "# Name = value". */
void ll_text_trailer(struct ll_memstats *stats, struct ll_str line);

#endif
