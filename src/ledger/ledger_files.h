/* SPDX-License-Identifier: Apache-2.0 */
/* ledger_files.h - the files that lie beside a ledger, by their names. */
#ifndef LL_LEDGER_FILES_H
#define LL_LEDGER_FILES_H

#include <leakledger/base.h>

/** The name of a file beside the ledger: its path and a suffix. The caller frees it. */
char *ll_ledger_beside(const char *path, const char *suffix);
/** The directory that a path lies in, "." when it names none. The caller frees it. */
char *ll_ledger_directory(const char *path);
/** May this process write the ledger, and make files beside it? */
bool ll_ledger_may_write(const char *path);
/** Is there a write-ahead log with something in it? */
bool ll_ledger_has_log(const char *path);

#endif
