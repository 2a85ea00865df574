/* SPDX-License-Identifier: Apache-2.0 */
/* ledger_files.h - the files that lie beside a ledger, by their names. */
#ifndef LL_LEDGER_FILES_H
#define LL_LEDGER_FILES_H

#include <leakledger/error.h>

/**
 * The file that a path leads to, without links, so that its lock and its log have one name each,
 * and absolute, so that no name means something else to SQLite (":memory:", "file:x?mode=memory").
 * Where it is not there yet it is the name that it will have; where nor its directory is, the path.
 * The caller frees it.
 */
int ll_ledger_resolve(const char *path, char **ret_file, struct ll_error *err);
/** The name of a file beside the ledger: its path and a suffix. The caller frees it. */
char *ll_ledger_beside(const char *path, const char *suffix);
/** The directory that a path lies in, "." when it names none. The caller frees it. */
char *ll_ledger_directory(const char *path);
/** May this process write the ledger, and make files beside it? */
bool ll_ledger_may_write(const char *path);
/** Is there a write-ahead log with something in it? */
bool ll_ledger_has_log(const char *path);

#endif
