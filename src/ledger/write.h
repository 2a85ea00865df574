/* SPDX-License-Identifier: Apache-2.0 */
/* write.h - batches into the file, on the one thread that writes. */
#ifndef LL_LEDGER_WRITE_H
#define LL_LEDGER_WRITE_H

#include "batch.h"
#include "dictionary.h"

struct ll_writer;
struct ll_inserts;

/** Numbers given to the rows of the batch being stored, by index in the batch. */
struct ll_batch_numbers {
	int64_t *files, *contents, *captures, *segments;
};

int ll_writer_open(struct ll_ledger *ledger, struct ll_dictionary *dictionary, const char *version,
                   struct ll_writer **ret_writer, struct ll_error *err);
void ll_writer_close(struct ll_writer *writer);
/** Stores a batch inside the current transaction. */
int ll_writer_put(struct ll_writer *writer, struct ll_batch *batch, struct ll_error *err);
/** At the end of a run, in a transaction: see former.h. */
int ll_writer_finish(struct ll_writer *writer, struct ll_error *err);
/** The part of it that fills the tables with many rows (write_rows.c). */
int ll_write_rows(struct ll_inserts *inserts, const struct ll_batch *batch,
                  const struct ll_batch_numbers *numbers, struct ll_error *err);

#endif
