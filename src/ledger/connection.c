/* SPDX-License-Identifier: Apache-2.0 */
/* connection.c - what can be asked of an open ledger, and its transactions. */
#include "connection.h"

#include "ledger_files.h"

struct ll_vec *ll_ledger_idle(struct ll_ledger *ledger)
{
	return &ledger->idle;
}

void ll_ledger_set_redaction(struct ll_ledger *ledger, const struct ll_redactor *redactor,
                             char *directory)
{
	ledger->redactor = redactor;
	ledger->directory = directory;
}

const struct ll_redactor *ll_ledger_redactor(const struct ll_ledger *ledger)
{
	return ledger->redactor;
}

struct sqlite3 *ll_ledger_handle(struct ll_ledger *ledger)
{
	return ledger->db;
}

const struct ll_resources *ll_ledger_resources(const struct ll_ledger *ledger)
{
	return ledger->resources;
}

size_t ll_ledger_files(const struct ll_ledger *ledger, struct ll_file_id ids[LL_LEDGER_FILES])
{
	static const char *const suffixes[LL_LEDGER_FILES] = {"", "-wal", "-shm", ".lock"};
	size_t count = 0;

	for (size_t i = 0; i < LL_COUNT(suffixes); i++) {
		LL_CLEANUP(ll_freep) char *name = ll_ledger_beside(ledger->file, suffixes[i]);

		count += ll_file_identify(name, &ids[count]);
	}
	return count;
}

int ll_ledger_open_reader(const struct ll_ledger *ledger, sqlite3 **ret_db, struct ll_error *err)
{
	sqlite3 *db = NULL;

	if (sqlite3_open_v2(ledger->file, &db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL) !=
	    SQLITE_OK) {
		const int rc = ll_sqlite_fail(db, err, ledger->path);

		(void)sqlite3_close_v2(db);
		return rc;
	}
	(void)sqlite3_busy_timeout(db, 5000);
	*ret_db = db;
	return LL_OK;
}

int ll_ledger_begin(struct ll_ledger *ledger, struct ll_error *err)
{
	const int rc = ll_sqlite_exec(ledger->db, "BEGIN IMMEDIATE", err);

	ledger->in_transaction |= rc == LL_OK;
	return rc;
}

int ll_ledger_begin_once(struct ll_ledger *ledger, struct ll_error *err)
{
	return ledger->in_transaction ? LL_OK : ll_ledger_begin(ledger, err);
}

int ll_ledger_begin_read(struct ll_ledger *ledger, struct ll_error *err)
{
	const int rc = ll_sqlite_exec(ledger->db, "BEGIN", err);

	ledger->in_transaction |= rc == LL_OK;
	return rc;
}

int ll_ledger_commit(struct ll_ledger *ledger, struct ll_error *err)
{
	const int rc = ll_sqlite_exec(ledger->db, "COMMIT", err);

	if (rc == LL_OK)
		ledger->in_transaction = false;
	return rc;
}

void ll_ledger_rollback(struct ll_ledger *ledger)
{
	if (ledger->in_transaction)
		(void)sqlite3_exec(ledger->db, "ROLLBACK", NULL, NULL, NULL);
	ledger->in_transaction = false;
}
