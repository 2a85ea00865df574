/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lock.h - one writer for a ledger: a flock on "<path>.lock", which waits for nobody.
 *
 * A reader that needs a ledger that does not change shares it (ledger.c).
 */
#ifndef LL_LEDGER_LOCK_H
#define LL_LEDGER_LOCK_H

#include <leakledger/error.h>

/** A descriptor, or -1 for none. */
struct ll_lock {
	int descriptor;
	bool is_writer; /* has it for itself */
};

/**
 * Takes the lock of the ledger `file`, which messages call `path`, for a writer. LL_E_BUSY names
 * who holds it, LL_E_USAGE a network file system, where SQLite's write-ahead log is not safe.
 */
int ll_lock_take(const char *file, const char *path, struct ll_lock *ret_lock,
                 struct ll_error *err);
/**
 * Keeps writers away until the lock is dropped; false when there is one. A lock file that is not
 * there, or not readable, has nothing to share: true, and only the absence of a log protects.
 */
bool ll_lock_share(const char *file, struct ll_lock *ret_lock);
/** Gives it back; nothing happens when there is none. */
void ll_lock_drop(struct ll_lock *lock);

#endif
