/* SPDX-License-Identifier: Apache-2.0 */
/* internal.h - what the files of src/ledger share about a connection. */
#ifndef LL_LEDGER_INTERNAL_H
#define LL_LEDGER_INTERNAL_H

#include <leakledger/file.h>
#include <leakledger/ledger.h>
#include <leakledger/sqlite.h>
#include <leakledger/vec.h>

/** A new ledger that no file holds: with all tables and the views of the file, and nothing else. */
int ll_ledger_open_memory(const struct ll_resources *resources, struct ll_ledger **ret_ledger,
                          struct ll_error *err);
/** Opens a second, read-only connection to the same file. */
int ll_ledger_open_reader(const struct ll_ledger *ledger, sqlite3 **ret_db, struct ll_error *err);

/** Begins a transaction unless one is open. */
int ll_ledger_begin_once(struct ll_ledger *ledger, struct ll_error *err);

enum {
	LL_LEDGER_FILES = 4,
};
/** The files that make up the ledger and are there now; returns how many. */
size_t ll_ledger_files(const struct ll_ledger *ledger, struct ll_file_id ids[LL_LEDGER_FILES]);

/** Makes it a redacted copy, which takes its directory with it when it is closed. */
void ll_ledger_set_redaction(struct ll_ledger *ledger, const struct ll_redactor *redactor,
                             char *directory);

/** Statements of resources that nobody uses at the moment, ready for the next who asks (stmt.c). */
struct ll_vec *ll_ledger_idle(struct ll_ledger *ledger);
/** Finalizes them. */
void ll_stmts_forget(struct ll_vec *idle);

/** Registers the table-valued functions that unpack blobs: series_points, stack_frames, gc_ring. */
int ll_table_functions_register(sqlite3 *db, struct ll_error *err);
/** Registers sum() and abs() that do not fail where SQLite's own do (overflow.c). */
int ll_overflow_register(sqlite3 *db, struct ll_error *err);
/** Registers ll_rows, through which batches are inserted. */
int ll_rows_register(sqlite3 *db, struct ll_error *err);

#endif
