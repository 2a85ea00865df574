/* SPDX-License-Identifier: Apache-2.0 */
/*
 * blank.h - the ledger that holds nothing, of which every new one is a copy.
 *
 * All schema files one after the other and the views of the file take 13 ms: each ALTER TABLE and
 * each view has SQLite parse what is there. The copy takes 1. The build makes it with this folder's
 * code (src/tools/blank.c), from the same files.
 */
#ifndef LL_LEDGER_BLANK_H
#define LL_LEDGER_BLANK_H

#include <leakledger/resource.h>
#include <leakledger/sqlite.h>

/** A SQLite file; without bytes in the program that makes it. */
extern const unsigned char ll_blank_bytes[];
extern const size_t ll_blank_size;

/**
 * Makes an empty database a copy of it, in one transaction. Does nothing when there is no blank
 * ledger, or when a schema file of `resources` is not the one that it was made of.
 */
int ll_blank_copy(sqlite3 *db, const struct ll_resources *resources, struct ll_error *err);

#endif
