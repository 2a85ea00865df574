/* SPDX-License-Identifier: Apache-2.0 */
/* copy.c - a copy of a ledger, for who may read it and not write it. */
#include "internal.h"

int ll_ledger_copy(struct ll_ledger *ledger, const char *path, struct ll_error *err)
{
	LL_CLEANUP(ll_sqlite_finalizep) sqlite3_stmt *stmt = NULL;
	sqlite3 *const db = ll_ledger_handle(ledger);
	int rc = ll_sqlite_prepare(db, "VACUUM main INTO :path", &stmt, err);

	if (rc < 0)
		return rc;
	if (sqlite3_bind_text(stmt, 1, path, -1, SQLITE_TRANSIENT) != SQLITE_OK)
		return ll_sqlite_fail(db, err, "copying the ledger");
	rc = ll_sqlite_run(db, stmt, err);
	return rc < 0 ? ll_within(err, "copying the ledger to '%s'", path) : LL_OK;
}
