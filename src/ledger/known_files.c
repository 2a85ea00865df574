/* SPDX-License-Identifier: Apache-2.0 */
/* known_files.c - see known_files.h. */
#include "known_files.h"

/* Bits of the states that the statements give. */
enum {
	USABLE = 1,
	REJECTED = 2,
	STALE = 4,
};

struct ll_known_files {
	struct ll_stmt *files, *members; /* members: NULL when no archive is known */
	bool has_file, has_member;       /* a row of it waits */
	struct ll_buf path;
};

int ll_known_files_new(struct ll_ledger *ledger, const char *version,
                       struct ll_known_files **ret_known, struct ll_error *err)
{
	LL_CLEANUP(ll_known_files_freep)
	struct ll_known_files *known = ll_calloc(1, sizeof *known);
	int64_t archives = 0;
	int rc = ll_stmt_resource(ledger, "sql/ingest/known_files.sql", &known->files, err);

	ll_buf_init(&known->path, LL_BUF_PAGE);
	if (rc >= 0)
		rc = ll_sqlite_i64(ll_ledger_handle(ledger),
		                   "SELECT EXISTS (SELECT 1 FROM file_member)", &archives, err);
	if (rc >= 0 && archives > 0)
		rc = ll_stmt_resource(ledger, "sql/ingest/known_members.sql", &known->members, err);
	if (rc < 0)
		return rc;
	ll_stmt_bind_text(known->files, ":reader", ll_str(version));
	if (known->members)
		ll_stmt_bind_text(known->members, ":reader", ll_str(version));
	*ret_known = ll_take(&known);
	return LL_OK;
}

void ll_known_files_free(struct ll_known_files *known)
{
	if (!known)
		return;
	ll_stmt_free(known->files);
	ll_stmt_free(known->members);
	ll_buf_done(&known->path);
	free(known);
}

void ll_known_files_freep(struct ll_known_files **known)
{
	ll_known_files_free(ll_take(known));
}

/* All paths: every text sorts before every blob. */
static int begin(struct ll_stmt *stmt, struct ll_str root, const struct ll_str *path,
                 bool *ret_has_row, struct ll_error *err)
{
	int rc;

	ll_stmt_reset(stmt);
	ll_stmt_bind_text(stmt, ":root", root);
	ll_stmt_bind_text(stmt, ":first", path ? *path : ll_str(""));
	if (path)
		ll_stmt_bind_text(stmt, ":last", *path);
	else
		ll_stmt_bind_blob(stmt, ":last", "", 0);
	rc = ll_stmt_step(stmt, err);
	*ret_has_row = rc > 0;
	return rc < 0 ? rc : LL_OK;
}

int ll_known_files_ask(struct ll_known_files *known, struct ll_str root, const struct ll_str *path,
                       struct ll_error *err)
{
	const int rc = begin(known->files, root, path, &known->has_file, err);

	if (rc < 0 || !known->members)
		return rc;
	return begin(known->members, root, path, &known->has_member, err);
}

static int64_t time_of(const struct ll_stmt *stmt, int column)
{
	return ll_stmt_is_null(stmt, column) ? LL_TIME_NONE : ll_stmt_i64(stmt, column);
}

static int next_row(struct ll_stmt *stmt, bool *ret_has_row, struct ll_error *err)
{
	const int rc = ll_stmt_step(stmt, err);

	*ret_has_row = rc > 0;
	return rc;
}

/* Both statements are in the order of paths, and one file has one row of the second. */
static int add_members(struct ll_known_files *known, int64_t file_id, int64_t *states,
                       struct ll_error *err)
{
	if (!known->has_member || ll_stmt_i64(known->members, 0) != file_id)
		return LL_OK;
	*states |= ll_stmt_i64(known->members, 1);
	return next_row(known->members, &known->has_member, err);
}

int ll_known_files_next(struct ll_known_files *known, struct ll_known_file *ret_file,
                        struct ll_error *err)
{
	struct ll_stmt *const stmt = known->files;
	int64_t states;
	int rc;

	if (!known->has_file)
		return 0;
	ll_buf_clear(&known->path);
	ll_buf_put_str(&known->path, ll_stmt_text(stmt, 1));
	*ret_file = (struct ll_known_file){
		.file_id = ll_stmt_i64(stmt, 0),
		.size = ll_stmt_i64(stmt, 2),
		.modified_ns = time_of(stmt, 3),
		.changed_ns = time_of(stmt, 4),
		.is_stored = ll_stmt_i64(stmt, 5) != 0,
	};
	states = ll_stmt_i64(stmt, 6);
	do {
		states |= ll_stmt_i64(stmt, 7);
		rc = next_row(stmt, &known->has_file, err);
	} while (rc > 0 && ll_stmt_i64(stmt, 0) == ret_file->file_id);
	if (rc >= 0)
		rc = add_members(known, ret_file->file_id, &states, err);
	if (rc < 0)
		return rc;
	ret_file->path = ll_buf_str(&known->path);
	ret_file->is_usable = (states & USABLE) != 0;
	ret_file->is_rejected = (states & REJECTED) != 0;
	ret_file->is_stale = (states & STALE) != 0;
	return 1;
}
