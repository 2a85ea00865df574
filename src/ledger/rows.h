/* SPDX-License-Identifier: Apache-2.0 */
/*
 * rows.h - rows in memory as a table that SQLite can read.
 *
 * INSERT ... SELECT from a virtual table costs a half to a third of a prepared INSERT per row,
 * because the statement is entered once and not once per row.
 */
#ifndef LL_LEDGER_ROWS_H
#define LL_LEDGER_ROWS_H

#include "internal.h"

#include <leakledger/vec.h>

enum {
	LL_ROWS_COLUMNS = 24, /* c0 ... c23 */
};

struct ll_rows {
	const void *self;
	size_t count;
	/** Sets the result for one cell. Texts and blobs must live until the insert is done. */
	void (*cell)(const void *self, size_t row, int column, sqlite3_context *result);
};

/** Statements that insert rows, kept for the next: to prepare one takes as long as forty rows. */
struct ll_inserts {
	sqlite3 *db;
	struct ll_vec kept;
};

void ll_inserts_init(struct ll_inserts *inserts, sqlite3 *db);
/** Before the connection is closed. */
void ll_inserts_done(struct ll_inserts *inserts);

/**
 * Inserts all rows into `into` (a name of ours that lives as long as `inserts`, with its conflict
 * clause: "OR IGNORE INTO word"), taking c0 to c<columns - 1>.
 */
int ll_rows_insert(struct ll_inserts *inserts, const char *into, int columns,
                   const struct ll_rows *rows, struct ll_error *err);

#endif
