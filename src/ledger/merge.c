/* SPDX-License-Identifier: Apache-2.0 */
/*
 * merge.c - several ledgers into one.
 *
 * A new file is filled beside the old one and takes its place at the end, so that a merge that is
 * killed has changed nothing. Every input is attached twice: once to gather what there is
 * (sql/merge/gather.sql), once, after it was chosen what counts (choose.sql), to copy rows with
 * their numbers mapped (map.sql, stacks.sql, and the table below). Lives and the audit are made
 * anew from the captures, as ingest does.
 *
 * Rows of fact tables are copied by statements that are put together from the table below and the
 * columns that the schema has, so that a column which a later step adds is copied, too.
 */
#include "internal.h"
#include "ledger_files.h"
#include "lifetime.h"

#include <leakledger/file.h>
#include <leakledger/vec.h>

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/**
 * A table whose rows are copied. `maps` names the columns whose numbers become others, and the map
 * of each (merge_m_X): rows of which every map knows the number are copied; behind '?' one that it
 * does not know becomes NULL.
 */
static const struct copied {
	const char *table, *maps;
	bool may_be_there; /* the same row may come from several ledgers */
} copies[] = {
	{"segment", "segment_id segment,service_id service,instance_id instance", false},
	{"capture",
         "capture_id capture,content_id content,service_id service,instance_id instance,"
         "segment_id ?segment",
         false},
	{"series", "segment_id segment,stack_id stack,label_id word", false},
	{"unsample", "", true},
	{"note", "capture_id capture", false},
	{"total", "capture_id capture", false},
	{"memstats", "capture_id capture", false},
	{"gc_cycle", "capture_id capture", false},
	{"kill", "capture_id capture", false},
	{"task", "capture_id capture", false},
	{"declared", "capture_id capture", false},
	{"goroutine_group",
         "capture_id capture,stack_id stack,state_id word,label_id word,creator_id ?frame", false},
	{"build_fact", "capture_id capture,file_id word,message_id word,package_id word", false},
	{"reading", "capture_id capture,name_id word,label_id word", false},
	{"benchmark", "capture_id capture,package_id word,name_id word,unit_id word", false},
	{"alloc_entry", "service_id service,stack_id stack,entry_id word", true},
	{"stage", "service_id judged", false},
	{"finding", "service_id judged", false},
	{"finding_instance", "finding_id finding,instance_id instance", false},
	{"finding_place", "finding_id finding", false},
	{"finding_paragraph", "finding_id finding", false},
	{"finding_line", "finding_id finding", false},
	{"finding_source", "finding_id finding", false},
	{"finding_keyword", "finding_id finding", false},
	{"finding_point", "finding_id finding,instance_id instance", false},
	{"finding_history", "service_id judged", false},
	{"evidence", "finding_id finding", false},
	{"evidence_capture", "finding_id finding,capture_id seen", false},
};

/* Those that sql/merge fills, that are made anew, and those of one run: the next analysis writes
 * the configuration's suppressions, owners and what it ignores, and no work is unfinished. */
static const char *const others[] = {"word",
                                     "function",
                                     "function_start",
                                     "frame",
                                     "stack",
                                     "service",
                                     "instance",
                                     "file",
                                     "file_content",
                                     "file_member",
                                     "content",
                                     "lifetime",
                                     "lifetime_capture",
                                     "audit",
                                     "suppression",
                                     "suppressed",
                                     "configured_owner",
                                     "configured_ignore",
                                     "run",
                                     "unfinished"};

bool ll_merge_knows(const char *table)
{
	for (size_t i = 0; i < LL_COUNT(copies); i++) {
		if (strcmp(table, copies[i].table) == 0)
			return true;
	}
	for (size_t i = 0; i < LL_COUNT(others); i++) {
		if (strcmp(table, others[i]) == 0)
			return true;
	}
	return false;
}

/* ---------------------------------------------------------------------- frames */

struct frame_map {
	int64_t *to; /* by old number; 0: none */
	size_t count;
};

static bool map_frames(const struct frame_map *map, struct ll_str from, struct ll_buf *to)
{
	size_t offset = 0;
	uint64_t id;

	while (offset < from.size) {
		if (!ll_varint_get(from, &offset, &id) || id >= map->count || map->to[id] == 0)
			return false;
		ll_buf_put_varint(to, (uint64_t)map->to[id]);
	}
	return true;
}

/* merge_frames(frames): the same stack in numbers of the merged ledger. */
static void merge_frames(sqlite3_context *context, int argc, sqlite3_value **argv)
{
	const struct frame_map *const map = sqlite3_user_data(context);
	const struct ll_str from =
		ll_str_n(sqlite3_value_blob(argv[0]), (size_t)sqlite3_value_bytes(argv[0]));
	struct ll_buf to;

	(void)argc;
	ll_buf_init(&to, LL_BUF_PAGE);
	if (map_frames(map, from, &to))
		sqlite3_result_blob(context, to.data, (int)to.size, SQLITE_TRANSIENT);
	else
		sqlite3_result_error(context, "a stack of it is damaged", -1);
	ll_buf_done(&to);
}

static int load_frames(sqlite3 *db, struct frame_map *map, struct ll_error *err)
{
	LL_CLEANUP(ll_sqlite_finalizep) sqlite3_stmt *stmt = NULL;
	int64_t last = 0;
	int state, rc = ll_sqlite_last_id(db, "src.frame", "frame_id", &last, err);

	if (rc == LL_OK)
		rc = ll_sqlite_prepare(db, "SELECT old_id, new_id FROM merge_m_frame", &stmt, err);
	if (rc < 0)
		return rc;
	free(map->to);
	map->count = (size_t)last + 1;
	map->to = ll_calloc(map->count, sizeof *map->to);
	while ((state = sqlite3_step(stmt)) == SQLITE_ROW)
		map->to[sqlite3_column_int64(stmt, 0)] = sqlite3_column_int64(stmt, 1);
	return state == SQLITE_DONE ? LL_OK : ll_sqlite_fail(db, err, "frames");
}

/* --------------------------------------------------------------------- copying */

struct mapped {
	struct ll_str column, kind;
	bool is_optional;
};

/* Takes the next map off the front of a row's list. */
static bool next_map(struct ll_str *maps, struct mapped *ret_map)
{
	struct ll_str one;

	if (maps->size == 0)
		return false;
	one = ll_str_split(maps, ',');
	ret_map->column = ll_str_split(&one, ' ');
	ret_map->is_optional = ll_str_skip(&one, "?");
	ret_map->kind = one;
	return true;
}

static bool is_mapped(const struct copied *copy, struct ll_str column)
{
	struct ll_str maps = ll_str(copy->maps);
	struct mapped map;

	while (next_map(&maps, &map)) {
		if (ll_str_equal(column, map.column))
			return true;
	}
	return false;
}

/* "t.x", or the number that it becomes: m_x.new_id. */
static void put_column(const struct copied *copy, struct ll_str column, struct ll_buf *columns,
                       struct ll_buf *values)
{
	const char *const comma = columns->size > 0 ? ", " : "";

	ll_buf_printf(columns, "%s\"%.*s\"", comma, LL_STR_ARG(column));
	if (is_mapped(copy, column))
		ll_buf_printf(values, "%sm_%.*s.new_id", comma, LL_STR_ARG(column));
	else
		ll_buf_printf(values, "%st.\"%.*s\"", comma, LL_STR_ARG(column));
}

static void put_joins(const struct copied *copy, struct ll_buf *sql)
{
	struct ll_str maps = ll_str(copy->maps);
	struct mapped map;

	while (next_map(&maps, &map))
		ll_buf_printf(sql, " %sJOIN merge_m_%.*s AS m_%.*s ON m_%.*s.old_id = t.%.*s",
		              map.is_optional ? "LEFT " : "", LL_STR_ARG(map.kind),
		              LL_STR_ARG(map.column), LL_STR_ARG(map.column),
		              LL_STR_ARG(map.column));
}

static int put_statement(sqlite3 *db, const struct copied *copy, struct ll_buf *sql,
                         struct ll_error *err)
{
	static const char ask[] = "SELECT name FROM pragma_table_info(?1, 'main') ORDER BY cid";
	LL_CLEANUP(ll_sqlite_finalizep) sqlite3_stmt *stmt = NULL;
	struct ll_buf columns, values;
	const int rc = ll_sqlite_prepare(db, ask, &stmt, err);

	if (rc < 0)
		return rc;
	ll_buf_init(&columns, LL_BUF_SQL);
	ll_buf_init(&values, LL_BUF_SQL);
	(void)sqlite3_bind_text(stmt, 1, copy->table, -1, SQLITE_STATIC);
	while (sqlite3_step(stmt) == SQLITE_ROW)
		put_column(copy, ll_str((const char *)sqlite3_column_text(stmt, 0)), &columns,
		           &values);
	ll_buf_printf(sql, "INSERT %sINTO main.%s (%s) SELECT %s FROM src.%s AS t",
	              copy->may_be_there ? "OR IGNORE " : "", copy->table, columns.data,
	              values.data, copy->table);
	put_joins(copy, sql);
	ll_buf_done(&values);
	ll_buf_done(&columns);
	return ll_buf_check(sql, "the statement", err);
}

static int copy_tables(sqlite3 *db, struct ll_error *err)
{
	struct ll_buf sql;
	int rc = LL_OK;

	ll_buf_init(&sql, LL_BUF_SQL);
	for (size_t i = 0; rc == LL_OK && i < LL_COUNT(copies); i++) {
		ll_buf_clear(&sql);
		rc = put_statement(db, &copies[i], &sql, err);
		if (rc == LL_OK)
			rc = ll_sqlite_exec(db, sql.data, err);
		if (rc < 0)
			(void)ll_within(err, "table '%s'", copies[i].table);
	}
	ll_buf_done(&sql);
	return rc;
}

/* ---------------------------------------------------------------------- inputs */

struct merge {
	struct ll_ledger *into;
	sqlite3 *db;
	struct ll_vec inputs; /* const char * */
	struct frame_map frames;
	struct ll_merge_result *result;
};

typedef int look_fn(struct merge *merge, struct ll_error *err);

static int gather(struct merge *merge, struct ll_error *err)
{
	return ll_sqlite_script(merge->into, "sql/merge/gather.sql", err);
}

static int copy(struct merge *merge, struct ll_error *err)
{
	int rc = ll_sqlite_script(merge->into, "sql/merge/map.sql", err);

	if (rc == LL_OK)
		rc = load_frames(merge->db, &merge->frames, err);
	if (rc == LL_OK)
		rc = ll_sqlite_script(merge->into, "sql/merge/stacks.sql", err);
	return rc == LL_OK ? copy_tables(merge->db, err) : rc;
}

static int attach(sqlite3 *db, const char *path, struct ll_error *err)
{
	LL_CLEANUP(ll_sqlite_finalizep) sqlite3_stmt *stmt = NULL;
	LL_CLEANUP(ll_freep) char *file = NULL;
	int rc = ll_ledger_resolve(path, &file, err);

	if (rc == LL_OK)
		rc = ll_sqlite_prepare(db, "ATTACH ?1 AS src", &stmt, err);
	if (rc < 0)
		return rc;
	(void)sqlite3_bind_text(stmt, 1, file, -1, SQLITE_STATIC);
	return ll_sqlite_run(db, stmt, err);
}

static int look_attached(struct merge *merge, size_t number, look_fn *look, struct ll_error *err)
{
	char sql[96];
	int rc = ll_ledger_begin(merge->into, err);

	if (rc < 0)
		return rc;
	(void)snprintf(sql, sizeof sql,
	               "DELETE FROM merge_input; INSERT INTO merge_input (input) VALUES (%zu)",
	               number);
	rc = ll_sqlite_exec(merge->db, sql, err);
	if (rc == LL_OK)
		rc = look(merge, err);
	if (rc == LL_OK)
		return ll_ledger_commit(merge->into, err);
	ll_ledger_rollback(merge->into);
	return rc;
}

static int look_at_all(struct merge *merge, look_fn *look, struct ll_error *err)
{
	const char *const *const inputs = merge->inputs.items;
	int rc = LL_OK;

	for (size_t i = 0; rc == LL_OK && i < merge->inputs.count; i++) {
		struct ll_error ignored;

		rc = attach(merge->db, inputs[i], err);
		if (rc == LL_OK)
			rc = look_attached(merge, i, look, err);
		(void)ll_sqlite_exec(merge->db, "DETACH src", rc == LL_OK ? err : &ignored);
		if (rc < 0)
			(void)ll_within(err, "'%s'", inputs[i]);
	}
	return rc;
}

static int in_transaction(struct merge *merge, look_fn *look, struct ll_error *err)
{
	int rc = ll_ledger_begin(merge->into, err);

	if (rc == LL_OK)
		rc = look(merge, err);
	if (rc == LL_OK)
		return ll_ledger_commit(merge->into, err);
	ll_ledger_rollback(merge->into);
	return rc;
}

static int choose(struct merge *merge, struct ll_error *err)
{
	return ll_sqlite_script(merge->into, "sql/merge/choose.sql", err);
}

/* Every service is dirty here, so all lives are grouped; then each has the state that it had. */
static int finish(struct merge *merge, struct ll_error *err)
{
	LL_CLEANUP(ll_lifetimes_closep) struct ll_lifetimes *lifetimes = NULL;
	int rc = ll_lifetimes_open(merge->into, &lifetimes, err);

	if (rc == LL_OK)
		rc = ll_lifetimes_rebuild(lifetimes, err);
	return rc < 0 ? rc : ll_sqlite_script(merge->into, "sql/merge/end.sql", err);
}

static int count(struct merge *merge, struct ll_error *err)
{
	const struct {
		const char *sql;
		size_t *to;
	} numbers[] = {
		{"SELECT count(*) FROM capture", &merge->result->captures},
		{"SELECT count(*) FROM service", &merge->result->services},
		{"SELECT count(*) FROM service WHERE is_dirty = 1", &merge->result->to_judge},
		{"SELECT (SELECT count(*) FROM merge_content) - (SELECT count(*) FROM merge_winner)",
	         &merge->result->shared},
	};
	int rc = LL_OK;

	for (size_t i = 0; rc == LL_OK && i < LL_COUNT(numbers); i++) {
		int64_t number = 0;

		rc = ll_sqlite_i64(merge->db, numbers[i].sql, &number, err);
		*numbers[i].to = (size_t)number;
	}
	return rc;
}

static int fill(struct merge *merge, struct ll_error *err)
{
	int rc = sqlite3_create_function_v2(merge->db, "merge_frames", 1,
	                                    SQLITE_UTF8 | SQLITE_DETERMINISTIC, &merge->frames,
	                                    merge_frames, NULL, NULL, NULL) == SQLITE_OK
	                 ? LL_OK
	                 : ll_sqlite_fail(merge->db, err, "merge_frames");

	if (rc == LL_OK)
		rc = ll_sqlite_script(merge->into, "sql/merge/begin.sql", err);
	if (rc == LL_OK)
		rc = look_at_all(merge, gather, err);
	if (rc == LL_OK)
		rc = in_transaction(merge, choose, err);
	if (rc == LL_OK)
		rc = look_at_all(merge, copy, err);
	if (rc == LL_OK)
		rc = in_transaction(merge, finish, err);
	return rc == LL_OK ? count(merge, err) : rc;
}

/* ----------------------------------------------------------------------- files */

static void remove_beside(const char *path)
{
	static const char *const suffixes[] = {"", "-wal", "-shm", ".lock"};

	for (size_t i = 0; i < LL_COUNT(suffixes); i++) {
		struct ll_buf name;

		ll_buf_init(&name, LL_BUF_MESSAGE);
		ll_buf_printf(&name, "%s%s", path, suffixes[i]);
		(void)unlink(name.data);
		ll_buf_done(&name);
	}
}

/* Is it a ledger that can be read? A reader of it says what is wrong. */
static int check_input(const char *path, const struct ll_resources *resources, struct ll_error *err)
{
	LL_CLEANUP(ll_ledger_closep) struct ll_ledger *ledger = NULL;

	return ll_ledger_open(path, LL_LEDGER_READ, resources, &ledger, err);
}

static int add_inputs(struct merge *merge, const char *path, bool has_old,
                      const char *const *inputs, size_t input_count,
                      const struct ll_resources *resources, struct ll_error *err)
{
	if (has_old)
		*(const char **)ll_vec_push(&merge->inputs, sizeof path) = path;
	for (size_t i = 0; i < input_count; i++) {
		const int rc = check_input(inputs[i], resources, err);

		if (rc < 0)
			return rc;
		*(const char **)ll_vec_push(&merge->inputs, sizeof path) = inputs[i];
	}
	merge->result->ledgers = merge->inputs.count;
	return LL_OK;
}

/* The new file, empty. Who may read the old one may read it, and nobody else. */
static int make_file(const char *path, const char *old, struct ll_error *err)
{
	LL_CLEANUP(ll_file_closep)
	int made = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	struct stat info;

	if (made < 0 || stat(old, &info) != 0)
		return ll_fail_errno(err, LL_E_CREATE, errno, "cannot create '%s'", path);
	/* Only root may give a file away; for others the mode is what can be kept. */
	(void)!fchown(made, info.st_uid, info.st_gid);
	if (fchmod(made, info.st_mode & 0777) != 0)
		return ll_fail_errno(err, LL_E_CREATE, errno, "cannot create '%s'", path);
	return LL_OK;
}

/* `old` is the file that it will replace, or NULL. */
static int fill_file(struct merge *merge, const char *path, const char *old,
                     const struct ll_resources *resources, struct ll_error *err)
{
	int rc = LL_OK;

	remove_beside(path);
	if (old)
		rc = make_file(path, old, err);
	if (rc == LL_OK)
		rc = ll_ledger_open(path, LL_LEDGER_WRITE, resources, &merge->into, err);
	if (rc < 0)
		return rc;
	merge->db = ll_ledger_handle(merge->into);
	rc = fill(merge, err);
	/* Closing empties the log into the file. */
	ll_ledger_close(merge->into);
	free(merge->frames.to);
	return rc;
}

static int replace(const char *path, const char *made, struct ll_error *err)
{
	if (rename(made, path) == 0)
		return LL_OK;
	return ll_fail_errno(err, LL_E_CREATE, errno, "cannot replace '%s'", path);
}

int ll_ledger_merge(const char *path, const char *const *inputs, size_t input_count,
                    const struct ll_resources *resources, struct ll_merge_result *ret_result,
                    struct ll_error *err)
{
	/* Its lock keeps writers away until its file is another. */
	LL_CLEANUP(ll_ledger_closep) struct ll_ledger *old = NULL;
	LL_CLEANUP(ll_buf_done) struct ll_buf made;
	LL_CLEANUP(ll_freep) char *file = NULL;
	struct merge merge = {.result = ret_result};
	const bool has_old = access(path, F_OK) == 0;
	int rc = ll_ledger_resolve(path, &file, err);

	*ret_result = (struct ll_merge_result){.ledgers = 0};
	ll_buf_init(&made, LL_BUF_MESSAGE);
	if (rc < 0)
		return rc;
	ll_buf_printf(&made, "%s.merge-%ld", file, (long)getpid());
	if (has_old)
		rc = ll_ledger_open(path, LL_LEDGER_WRITE, resources, &old, err);
	if (rc == LL_OK)
		rc = add_inputs(&merge, path, has_old, inputs, input_count, resources, err);
	if (rc == LL_OK)
		rc = fill_file(&merge, made.data, has_old ? file : NULL, resources, err);
	if (rc == LL_OK && old)
		rc = ll_sqlite_exec(ll_ledger_handle(old), "PRAGMA wal_checkpoint(TRUNCATE)", err);
	if (rc == LL_OK)
		rc = replace(file, made.data, err);
	remove_beside(made.data);
	ll_vec_done(&merge.inputs);
	return rc;
}
