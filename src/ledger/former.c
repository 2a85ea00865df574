/* SPDX-License-Identifier: Apache-2.0 */
/* former.c - see former.h. */
#include "former.h"

/* In the order in which they run. */
enum {
	FORGET_CONTENTS, /* of an older row with the same mark, that is: with the same bytes */
	FORGET_MEMBERS,
	FORGET_FILE,
	MARK,
	SET_ASIDE_COUNT,
	KEEP_CONTENTS = SET_ASIDE_COUNT,
	KEEP_MEMBERS,
	FORGET_EMPTY,
	KEEP_FILE,
	KEEP_COUNT,
	WITH_CONTENT = KEEP_COUNT,
	STATEMENTS,
};

struct ll_former {
	sqlite3 *db;
	sqlite3_stmt *statements[STATEMENTS];
	struct ll_vec ids; /* int64_t; rows that were set aside, or may be needed no more */
	/*
	 * Contents that were asked for: an archive of thousands of equal members, failed captures
	 * say, has one content in as many places, and each question looks at all of them.
	 */
	struct ll_map asked;
};

int ll_former_open(struct ll_ledger *ledger, struct ll_former **ret_former, struct ll_error *err)
{
	static const char *const names[STATEMENTS] = {
		[FORGET_CONTENTS] = "sql/ingest/former/forget_contents.sql",
		[FORGET_MEMBERS] = "sql/ingest/former/forget_members.sql",
		[FORGET_FILE] = "sql/ingest/former/forget_file.sql",
		[MARK] = "sql/ingest/former/mark.sql",
		[KEEP_CONTENTS] = "sql/ingest/former/keep_contents.sql",
		[KEEP_MEMBERS] = "sql/ingest/former/keep_members.sql",
		[FORGET_EMPTY] = "sql/ingest/former/forget_empty.sql",
		[KEEP_FILE] = "sql/ingest/former/keep_file.sql",
		[WITH_CONTENT] = "sql/ingest/former/with_content.sql",
	};
	struct ll_former *const former = ll_calloc(1, sizeof *former);
	int rc = LL_OK;

	former->db = ll_ledger_handle(ledger);
	for (size_t i = 0; rc == LL_OK && i < STATEMENTS; i++)
		rc = ll_sqlite_resource(ledger, former->db, names[i], &former->statements[i], err);
	if (rc == LL_OK)
		*ret_former = former;
	else
		ll_former_close(former);
	return rc;
}

void ll_former_close(struct ll_former *former)
{
	if (!former)
		return;
	for (size_t i = 0; i < STATEMENTS; i++)
		(void)sqlite3_finalize(former->statements[i]);
	ll_vec_done(&former->ids);
	ll_map_done(&former->asked);
	free(former);
}

/* Runs some of the statements for one row. */
static int run(struct ll_former *former, size_t from, size_t to, int64_t file_id,
               struct ll_error *err)
{
	int rc = LL_OK;

	for (size_t i = from; rc == LL_OK && i < to; i++) {
		(void)sqlite3_bind_int64(former->statements[i], 1, file_id);
		rc = ll_sqlite_run(former->db, former->statements[i], err);
	}
	return rc;
}

int ll_former_set_aside(struct ll_former *former, int64_t file_id, struct ll_error *err)
{
	*(int64_t *)ll_vec_push(&former->ids, sizeof file_id) = file_id;
	return run(former, FORGET_CONTENTS, SET_ASIDE_COUNT, file_id, err);
}

int ll_former_note_content(struct ll_former *former, int64_t content_id, struct ll_error *err)
{
	const struct ll_hash key = {.low = (uint64_t)content_id * 0x9e3779b97f4a7c15U, .high = 1};
	sqlite3_stmt *const stmt = former->statements[WITH_CONTENT];
	int state, rc = LL_OK;

	/* Rows of earlier runs do not become more; those of this run are among the ids. */
	if (ll_map_find(&former->asked, key) != LL_MAP_NONE)
		return LL_OK;
	ll_map_set(&former->asked, key, 0);
	(void)sqlite3_bind_int64(stmt, 1, content_id);
	while ((state = sqlite3_step(stmt)) == SQLITE_ROW)
		*(int64_t *)ll_vec_push(&former->ids, sizeof(int64_t)) =
			sqlite3_column_int64(stmt, 0);
	if (state != SQLITE_DONE)
		rc = ll_sqlite_fail(former->db, err, "ledger");
	(void)sqlite3_reset(stmt);
	return rc;
}

int ll_former_finish(struct ll_former *former, struct ll_error *err)
{
	const int64_t *const ids = former->ids.items;
	int rc = LL_OK;

	for (size_t i = 0; rc == LL_OK && i < former->ids.count; i++)
		rc = run(former, KEEP_CONTENTS, KEEP_COUNT, ids[i], err);
	former->ids.count = 0;
	return rc;
}
