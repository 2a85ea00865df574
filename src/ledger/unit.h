/* SPDX-License-Identifier: Apache-2.0 */
/*
 * unit.h - a worker's work: files in, batches out.
 *
 * The unit is the sink that readers push into. It interns symbols and stacks, gathers series, and
 * keeps everything else as rows of the batch. One unit serves one thread; its scratch memory is
 * reused.
 */
#ifndef LL_LEDGER_UNIT_H
#define LL_LEDGER_UNIT_H

#include "batch.h"
#include "dictionary.h"
#include "lookup.h"

/** A file to read. */
struct ll_unit_file {
	uint64_t place;           /* in the order of the run, from 1: lower ones claim contents */
	struct ll_str root, path; /* as stored */
	const char *open_path;
	const char *fallback_service; /* when neither path nor content tell one */
	int64_t size, modified_ns;
	int64_t changed_ns; /* LL_TIME_NONE where it does not prove anything */
	bool is_settled;    /* as it was when it was read: there is nothing to do */
	const char *reason; /* not NULL: it is only to be recorded */
};

struct ll_unit_shared {
	struct ll_dictionary *dictionary;
	struct ll_lookup *lookup;
	const struct ll_ingest_options *options;
};

struct ll_unit;

struct ll_unit *ll_unit_new(const struct ll_unit_shared *shared);
void ll_unit_free(struct ll_unit *unit);
/** Where batches go. False: no more are wanted. The batch is taken in any case. */
struct ll_unit_out {
	void *self;
	bool (*put)(void *self, struct ll_batch *batch);
};
/**
 * Reads the files into batches: one, or, when there are archives, several. Damage in files is
 * recorded in them; only a failure of the ledger is a failure (batch->failure) and ends the unit.
 */
void ll_unit_read(struct ll_unit *unit, const struct ll_unit_file *files, size_t count,
                  const struct ll_unit_out *out);

#endif
