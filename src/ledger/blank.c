/* SPDX-License-Identifier: Apache-2.0 */
/* blank.c - see blank.h. */
#include "blank.h"

/* New schema files run after the copy was made; one in the place of ours would never run. */
static bool is_schema_replaced(const struct ll_resources *resources)
{
	size_t count;
	const struct ll_resource *const all = ll_resource_all(resources, &count);

	for (size_t i = 0; i < count; i++) {
		if (all[i].is_override && !all[i].is_new &&
		    ll_str_starts(ll_str(all[i].name), "sql/schema/"))
			return true;
	}
	return false;
}

/* An open database whose pages are those bytes. */
static int open_blank(sqlite3 **ret_db, struct ll_error *err)
{
	union {
		const unsigned char *from;
		unsigned char *to;
	} const bytes = {.from = ll_blank_bytes}; /* SQLite's argument lacks const; see READONLY */
	const sqlite3_int64 size = (sqlite3_int64)ll_blank_size;
	const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;
	int state = sqlite3_open_v2(":memory:", ret_db, flags, NULL);

	if (state == SQLITE_OK)
		state = sqlite3_deserialize(*ret_db, "main", bytes.to, size, size,
		                            SQLITE_DESERIALIZE_READONLY);
	return state == SQLITE_OK ? LL_OK : ll_sqlite_fail(*ret_db, err, "blank ledger");
}

static int copy_pages(sqlite3 *to, sqlite3 *from, struct ll_error *err)
{
	sqlite3_backup *const backup = sqlite3_backup_init(to, "main", from, "main");

	if (backup)
		(void)sqlite3_backup_step(backup, -1);
	if (!backup || sqlite3_backup_finish(backup) != SQLITE_OK)
		return ll_sqlite_fail(to, err, "new ledger");
	return LL_OK;
}

int ll_blank_copy(sqlite3 *db, const struct ll_resources *resources, struct ll_error *err)
{
	sqlite3 *blank = NULL;
	int rc;

	if (ll_blank_size == 0 || is_schema_replaced(resources))
		return LL_OK;
	rc = open_blank(&blank, err);
	if (rc == LL_OK)
		rc = copy_pages(db, blank, err);
	(void)sqlite3_close_v2(blank);
	return rc;
}
