/* SPDX-License-Identifier: Apache-2.0 */
/*
 * gone.c - see gone.h.
 *
 * Each file is looked for by name: few are rejected, and a list of what is there would have to be
 * of all files. What cannot be looked at (a directory without rights) counts as still there.
 */
#include "gone.h"

#include <errno.h>
#include <sys/stat.h>

/* `path` is the file's base name when the root is the file itself. */
bool ll_is_gone(const char *root, struct ll_str path)
{
	LL_CLEANUP(ll_buf_done) struct ll_buf full;
	struct stat info;

	ll_buf_init(&full, LL_BUF_PAGE);
	if (stat(root, &info) != 0)
		return errno == ENOENT;
	if (!S_ISDIR(info.st_mode))
		return false;
	ll_buf_printf(&full, "%s/%.*s", root, LL_STR_ARG(path));
	return lstat(full.data, &info) != 0 && (errno == ENOENT || errno == ENOTDIR);
}

int ll_gone_forget(struct ll_ledger *ledger, const int64_t *ids, size_t count, struct ll_error *err)
{
	static const char *const statements[] = {
		"DELETE FROM file_content WHERE file_id = ?1",
		"DELETE FROM file_member WHERE file_id = ?1",
		"DELETE FROM file WHERE file_id = ?1",
	};
	sqlite3 *const db = ll_ledger_handle(ledger);
	int rc = LL_OK;

	for (size_t i = 0; rc == LL_OK && count > 0 && i < LL_COUNT(statements); i++) {
		LL_CLEANUP(ll_sqlite_finalizep) sqlite3_stmt *stmt = NULL;

		rc = ll_sqlite_prepare(db, statements[i], &stmt, err);
		for (size_t j = 0; rc == LL_OK && j < count; j++) {
			(void)sqlite3_bind_int64(stmt, 1, ids[j]);
			rc = ll_sqlite_run(db, stmt, err);
		}
	}
	return rc;
}
