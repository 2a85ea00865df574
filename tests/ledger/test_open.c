/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_open.c - opening a ledger: new ones, foreign ones, newer ones, locked ones; what readers may
 * not do.
 */
#include "internal.h"
#include "ledger_files.h"
#include "ledgers.h"

#include <leakledger/file.h>
#include <leakledger/sqlite.h>

#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* Opens `path`, which must fail with that code and with those words in the text. */
static void assert_refused(const struct test_ledger *t, const char *path, enum ll_ledger_mode mode,
                           enum ll_code code, const char *words)
{
	struct ll_ledger *ledger = NULL;
	struct ll_error err = LL_ERROR_INIT;

	assert_int_equal(ll_ledger_open(path, mode, t->resources, &ledger, &err), code);
	assert_null(ledger);
	if (!strstr(err.text, words) || !strstr(err.text, path))
		fail_msg("'%s' does not say '%s' of '%s'", err.text, words, path);
}

/* Runs SQL on the file behind the ledger's back. */
static void run_sql(const char *path, const char *sql)
{
	sqlite3 *db;
	struct ll_error err = LL_ERROR_INIT;

	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_ok(ll_sqlite_exec(db, sql, &err), &err);
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

static void a_full_disk_is_told_with_the_name_of_the_ledger(void **state)
{
	struct test_ledger *const t = *state;
	sqlite3 *db;
	struct ll_error err = LL_ERROR_INIT;

	assert_int_equal(sqlite3_open(t->path, &db), SQLITE_OK);
	assert_ok(ll_sqlite_exec(db, "PRAGMA max_page_count = 1", &err), &err);

	assert_int_equal(ll_sqlite_exec(db,
	                                "CREATE TABLE more (row BLOB); INSERT INTO more VALUES "
	                                "(zeroblob(1000000))",
	                                &err),
	                 LL_E_BUSY);

	assert_non_null(strstr(err.text, t->path));
	assert_non_null(strstr(err.text, "disk is full"));
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

/* ------------------------------------------------------------------------ schema */

/* The number of the newest schema file, as this program embeds them: "sql/schema/0002_x.sql". */
static int64_t newest_schema(const struct test_ledger *t)
{
	size_t count;
	const struct ll_resource *const all =
		ll_resource_all(ll_ledger_resources(t->ledger), &count);
	int64_t newest = 0;

	for (size_t i = 0; i < count; i++) {
		struct ll_str name = ll_str(all[i].name);
		uint64_t number;

		if (ll_str_skip(&name, "sql/schema/") && ll_str_lead_u64(name, &number) > 0 &&
		    (int64_t)number > newest)
			newest = (int64_t)number;
	}
	return newest;
}

/* Of two files with one number, a ledger that is at that number would never run the second. */
static void every_step_of_the_schema_has_a_number_of_its_own(void **state)
{
	const struct test_ledger *const t = *state;
	size_t count;
	const struct ll_resource *const all =
		ll_resource_all(ll_ledger_resources(t->ledger), &count);
	int64_t files = 0;

	for (size_t i = 0; i < count; i++)
		files += ll_str_starts(ll_str(all[i].name), "sql/schema/");

	assert_int_equal(files, newest_schema(t));
}

static void a_new_ledger_has_the_newest_schema_and_our_application_id(void **state)
{
	struct test_ledger *const t = *state;

	assert_true(newest_schema(t) >= 2);
	assert_int_equal(test_ledger_i64(t, "PRAGMA user_version"), newest_schema(t));
	assert_int_equal(test_ledger_i64(t, "PRAGMA application_id"), LL_LEDGER_APPLICATION_ID);
	assert_rows(t, "PRAGMA journal_mode", "wal\n");
}

static void every_table_of_the_schema_is_strict(void **state)
{
	assert_rows(*state,
	            "SELECT name FROM pragma_table_list"
	            " WHERE schema = 'main' AND type = 'table' AND strict = 0"
	            " AND name NOT LIKE 'sqlite_%'",
	            "");
}

static void who_only_stores_makes_no_views_of_its_own(void **state)
{
	static const char count_temp[] = "SELECT count(*) > 0 FROM sqlite_temp_schema";
	struct test_ledger *const t = *state;

	assert_rows(t, count_temp, "1\n");
	test_ledger_reopen(t, LL_LEDGER_STORE);

	assert_rows(t, count_temp, "0\n");
}

static void a_migration_runs_once_and_raises_the_version(void **state)
{
	struct test_ledger *const t = *state;
	char *const overrides = ll_test_scratch();
	struct ll_resources *newer = NULL;
	struct ll_ledger *ledger = NULL;
	struct ll_error err = LL_ERROR_INIT;

	free(ll_test_write(overrides, "sql/schema/0900_test.sql",
	                   ll_str("CREATE TABLE later (id INTEGER PRIMARY KEY) STRICT;\n"
	                          "INSERT INTO later (id) VALUES (1);\n")));
	assert_ok(ll_resources_open(overrides, &newer, &err), &err);
	ll_ledger_close(t->ledger);
	t->ledger = NULL;

	for (int run = 0; run < 2; run++) {
		assert_ok(ll_ledger_open(t->path, LL_LEDGER_WRITE, newer, &ledger, &err), &err);
		t->ledger = ledger;
		assert_rows(t, "PRAGMA user_version", "900\n");
		assert_rows(t, "SELECT count(*) FROM later", "1\n");
		ll_ledger_close(ledger);
		t->ledger = NULL;
	}

	assert_refused(t, t->path, LL_LEDGER_WRITE, LL_E_USAGE, "newer leakledger (schema 900)");
	assert_refused(t, t->path, LL_LEDGER_READ, LL_E_USAGE, "newer leakledger (schema 900)");
	ll_resources_close(newer);
	ll_test_scratch_done(overrides);
}

static void a_migration_that_fails_leaves_the_ledger_as_it_was(void **state)
{
	struct test_ledger *const t = *state;
	char *const overrides = ll_test_scratch();
	struct ll_resources *broken = NULL;
	struct ll_ledger *ledger = NULL;
	struct ll_error err = LL_ERROR_INIT;

	free(ll_test_write(overrides, "sql/schema/0900_test.sql",
	                   ll_str("CREATE TABLE later (id INTEGER PRIMARY KEY) STRICT;\n"
	                          "INSERT INTO nowhere (id) VALUES (1);\n")));
	assert_ok(ll_resources_open(overrides, &broken, &err), &err);
	ll_ledger_close(t->ledger);
	t->ledger = NULL;

	assert_true(ll_ledger_open(t->path, LL_LEDGER_WRITE, broken, &ledger, &err) < 0);

	assert_non_null(strstr(err.text, "0900_test.sql"));
	assert_non_null(strstr(err.text, "nowhere"));
	test_ledger_reopen(t, LL_LEDGER_WRITE);
	assert_int_equal(test_ledger_i64(t, "PRAGMA user_version"), newest_schema(t));
	assert_rows(t, "SELECT count(*) FROM sqlite_schema WHERE name = 'later'", "0\n");
	ll_resources_close(broken);
	ll_test_scratch_done(overrides);
}

static void an_older_ledger_is_not_migrated_by_a_reader(void **state)
{
	struct test_ledger *const t = *state;
	char *const overrides = ll_test_scratch();
	struct ll_resources *newer = NULL;
	struct ll_ledger *ledger = NULL;
	struct ll_error err = LL_ERROR_INIT;

	free(ll_test_write(overrides, "sql/schema/0900_test.sql",
	                   ll_str("CREATE TABLE later (id INTEGER PRIMARY KEY) STRICT;\n")));
	assert_ok(ll_resources_open(overrides, &newer, &err), &err);
	ll_ledger_close(t->ledger);
	t->ledger = NULL;

	assert_int_equal(ll_ledger_open(t->path, LL_LEDGER_READ, newer, &ledger, &err), LL_E_USAGE);

	assert_non_null(strstr(err.text, "older schema ("));
	ll_resources_close(newer);
	ll_test_scratch_done(overrides);
}

/* Writes a ledger as the program that had `newest` schema steps made it. */
static void write_old_ledger(const struct test_ledger *t, const char *path, int newest)
{
	size_t count;
	const struct ll_resource *const all = ll_resource_all(t->resources, &count);
	char marks[96];

	for (size_t i = 0; i < count; i++) {
		struct ll_str name = ll_str(all[i].name);
		uint64_t number;
		char *sql;

		if (!ll_str_skip(&name, "sql/schema/") || ll_str_lead_u64(name, &number) != 4 ||
		    number > (uint64_t)newest)
			continue;
		sql = strndup(all[i].bytes.data, all[i].bytes.size);
		run_sql(path, sql);
		free(sql);
	}
	(void)snprintf(marks, sizeof marks, "PRAGMA application_id = %d; PRAGMA user_version = %d",
	               LL_LEDGER_APPLICATION_ID, newest);
	run_sql(path, marks);
}

static void collections_of_an_older_ledger_are_kept_without_their_phases(void **state)
{
	struct test_ledger *const t = *state;

	ll_ledger_close(t->ledger);
	t->ledger = NULL;
	assert_int_equal(unlink(t->path), 0);
	write_old_ledger(t, t->path, 16);
	run_sql(t->path, "PRAGMA foreign_keys = OFF;"
	                 "INSERT INTO gc_cycle VALUES"
	                 " (1, 7, 2510000000, NULL, 9000, 10, 11, 5, 12, 1, 2, 18000000, 7, 2, 0)");

	test_ledger_reopen(t, LL_LEDGER_WRITE);

	assert_int_equal(test_ledger_i64(t, "PRAGMA user_version"), newest_schema(t));
	assert_rows(t,
	            "SELECT number, assist_ns, mark_ns, stop_cpu_ns, worker_cpu_ns FROM gc_cycle",
	            "7|18000000|||\n");
}

/* --------------------------------------------------------------- what is no ledger */

static void a_text_file_is_refused_as_no_ledger(void **state)
{
	struct test_ledger *const t = *state;
	char *const path = ll_test_write(t->directory, "notes.txt",
	                                 ll_str("heap profiles are in the other directory, "
	                                        "this file only says so in many words\n"));

	assert_refused(t, path, LL_LEDGER_READ, LL_E_USAGE, "no ledger");
	assert_refused(t, path, LL_LEDGER_WRITE, LL_E_USAGE, "no ledger");
	free(path);
}

static void a_directory_is_refused_and_gets_no_lock(void **state)
{
	struct test_ledger *const t = *state;
	char path[1024];

	(void)snprintf(path, sizeof path, "%s/spool", t->directory);
	assert_int_equal(mkdir(path, 0777), 0);

	assert_refused(t, path, LL_LEDGER_READ, LL_E_USAGE, "is a directory, not a ledger");
	assert_refused(t, path, LL_LEDGER_WRITE, LL_E_USAGE, "is a directory, not a ledger");
	(void)snprintf(path, sizeof path, "%s/spool.lock", t->directory);
	assert_int_equal(access(path, F_OK), -1);
}

static void another_programs_database_is_refused_and_not_touched(void **state)
{
	struct test_ledger *const t = *state;
	char path[1024];
	struct ll_buf before, after;
	struct ll_error err = LL_ERROR_INIT;

	(void)snprintf(path, sizeof path, "%s/other.db", t->directory);
	run_sql(path, "CREATE TABLE t (x); INSERT INTO t VALUES (1);");
	ll_buf_init(&before, LL_BUF_PAGE);
	ll_buf_init(&after, LL_BUF_PAGE);
	assert_ok(ll_file_read(path, &before, &err), &err);

	assert_refused(t, path, LL_LEDGER_WRITE, LL_E_USAGE, "is a SQLite file, but no ledger");

	assert_ok(ll_file_read(path, &after, &err), &err);
	assert_true(ll_str_equal(ll_buf_str(&before), ll_buf_str(&after)));
	ll_buf_done(&before);
	ll_buf_done(&after);
}

static void a_directory_in_place_of_a_ledger_is_refused(void **state)
{
	struct test_ledger *const t = *state;
	struct ll_ledger *ledger = NULL;
	struct ll_error err = LL_ERROR_INIT;

	assert_true(ll_ledger_open(t->root, LL_LEDGER_READ, t->resources, &ledger, &err) < 0);

	assert_null(ledger);
	assert_non_null(strstr(err.text, t->root));
}

static void reading_a_ledger_that_is_not_there_says_where_it_looked(void **state)
{
	struct test_ledger *const t = *state;

	assert_refused(t, "/nowhere/ledger.db", LL_LEDGER_READ, LL_E_NOTFOUND, "no ledger at");
}

static void a_ledger_in_a_directory_that_does_not_exist_cannot_be_created(void **state)
{
	struct test_ledger *const t = *state;
	char path[1024];

	(void)snprintf(path, sizeof path, "%s/missing/ledger.db", t->directory);
	assert_refused(t, path, LL_LEDGER_WRITE, LL_E_CREATE, "cannot create");
}

static void an_empty_file_becomes_a_ledger(void **state)
{
	struct test_ledger *const t = *state;
	char *const path = ll_test_write(t->directory, "empty.db", ll_str(""));
	struct ll_ledger *ledger = NULL;
	struct ll_error err = LL_ERROR_INIT;

	assert_ok(ll_ledger_open(path, LL_LEDGER_WRITE, t->resources, &ledger, &err), &err);

	ll_ledger_close(ledger);
	free(path);
}

static void a_ledger_that_was_cut_off_is_refused_with_its_name(void **state)
{
	struct test_ledger *const t = *state;
	struct ll_ledger *ledger = NULL;
	struct ll_error err = LL_ERROR_INIT;

	ll_ledger_close(t->ledger);
	t->ledger = NULL;
	assert_int_equal(truncate(t->path, 20000), 0);

	assert_true(ll_ledger_open(t->path, LL_LEDGER_READ, t->resources, &ledger, &err) < 0);

	assert_null(ledger);
	assert_true(strlen(err.text) > 0);
}

/* ------------------------------------------------------------------------- writers */

static void a_second_writer_is_told_which_process_holds_the_lock(void **state)
{
	struct test_ledger *const t = *state;
	char words[64];

	(void)snprintf(words, sizeof words, "process %ld holds the lock of", (long)getpid());
	assert_refused(t, t->path, LL_LEDGER_WRITE, LL_E_BUSY, words);
}

/* Two names of one file with a lock each were two writers of one ledger. */
static void a_link_to_a_ledger_has_the_lock_of_the_ledger(void **state)
{
	struct test_ledger *const t = *state;
	LL_CLEANUP(ll_freep) char *link = ll_ledger_beside(t->path, "-link");
	LL_CLEANUP(ll_freep) char *lock = ll_ledger_beside(t->path, "-link.lock");

	assert_int_equal(symlink(t->path, link), 0);

	assert_refused(t, link, LL_LEDGER_WRITE, LL_E_BUSY, "holds the lock of");
	assert_int_equal(access(lock, F_OK), -1);
}

static void a_link_that_leads_nowhere_is_no_ledger(void **state)
{
	const struct test_ledger *const t = *state;
	LL_CLEANUP(ll_freep) char *link = ll_ledger_beside(t->path, "-link");

	assert_int_equal(symlink("gone/nowhere.db", link), 0);

	assert_refused(t, link, LL_LEDGER_WRITE, LL_E_NOTFOUND, "leads nowhere");
	assert_refused(t, link, LL_LEDGER_READ, LL_E_NOTFOUND, "leads nowhere");
}

/* To SQLite these are a ledger in memory and one without a name: a run would be lost. */
static void names_that_sqlite_knows_are_names_of_files(void **state)
{
	static const char *const names[] = {":memory:", "file:x.db?mode=memory", "file:x.db"};
	struct test_ledger *const t = *state;
	LL_CLEANUP(ll_freep) char *before = realpath(".", NULL);
	struct ll_error err = LL_ERROR_INIT;
	struct ll_ledger *ledger = NULL;

	assert_int_equal(chdir(t->directory), 0);
	for (size_t i = 0; i < LL_COUNT(names); i++) {
		assert_ok(ll_ledger_open(names[i], LL_LEDGER_WRITE, t->resources, &ledger, &err),
		          &err);
		ll_ledger_close(ledger);
		assert_int_equal(access(names[i], F_OK), 0);
	}
	assert_int_equal(chdir(before), 0);
	assert_refused(t, "", LL_LEDGER_WRITE, LL_E_USAGE, "no name");
}

static void the_lock_is_free_once_its_holder_was_killed(void **state)
{
	struct test_ledger *const t = *state;
	int ready[2], status;
	char byte;
	pid_t child;

	ll_ledger_close(t->ledger);
	t->ledger = NULL;
	assert_int_equal(pipe(ready), 0);
	child = fork();
	if (child == 0) {
		struct ll_ledger *ledger = NULL;
		struct ll_error err = LL_ERROR_INIT;

		if (ll_ledger_open(t->path, LL_LEDGER_WRITE, t->resources, &ledger, &err) < 0)
			_exit(1);
		(void)!write(ready[1], "x", 1);
		for (;;)
			(void)pause();
	}
	assert_int_equal(read(ready[0], &byte, 1), 1);
	assert_refused(t, t->path, LL_LEDGER_WRITE, LL_E_BUSY, "holds the lock of");

	assert_int_equal(kill(child, SIGKILL), 0);
	assert_int_equal(waitpid(child, &status, 0), child);

	test_ledger_reopen(t, LL_LEDGER_WRITE);
	(void)close(ready[0]);
	(void)close(ready[1]);
}

static void a_reader_opens_while_a_writer_holds_the_lock(void **state)
{
	struct test_ledger *const t = *state;
	struct ll_ledger *reader = NULL;
	struct ll_error err = LL_ERROR_INIT;

	assert_ok(ll_ledger_begin(t->ledger, &err), &err);
	assert_ok(ll_ledger_open(t->path, LL_LEDGER_READ, t->resources, &reader, &err), &err);

	ll_ledger_close(reader);
	ll_ledger_rollback(t->ledger);
}

/* ---------------------------------------------------- readers that may not write there */

enum {
	NOBODY = 65534,
	IMPOSSIBLE = 100, /* exit code of a child that may not become another user */
};

/* Closes the ledger and leaves it and its directory as nobody but their owner's to write. */
static void protect(struct test_ledger *t)
{
	ll_ledger_close(t->ledger);
	t->ledger = NULL;
	assert_int_equal(chmod(t->path, 0444), 0);
	assert_int_equal(chmod(t->directory, 0555), 0);
}

static void unprotect(const struct test_ledger *t)
{
	assert_int_equal(chmod(t->path, 0644), 0);
	assert_int_equal(chmod(t->directory, 0755), 0);
}

/* Rights do not bind root, so what follows is done by somebody else. Then reads `path`. */
static enum ll_code read_here(const struct test_ledger *t, const char *path, int ready)
{
	LL_CLEANUP(ll_ledger_closep) struct ll_ledger *ledger = NULL;
	struct ll_error err = LL_ERROR_INIT;
	int64_t services = -1;

	if (geteuid() == 0 && (setgid(NOBODY) != 0 || setuid(NOBODY) != 0))
		return (enum ll_code) - IMPOSSIBLE;
	if (ll_ledger_open(path, LL_LEDGER_READ, t->resources, &ledger, &err) < 0)
		return err.code != LL_E_BUSY || strstr(err.text, "was interrupted") ? err.code
		                                                                    : LL_E_INTERNAL;
	if (ll_sqlite_i64(ll_ledger_handle(ledger), "SELECT count(*) FROM service", &services,
	                  &err) < 0)
		return err.code;
	if (ready >= 0) {
		(void)!write(ready, "x", 1);
		(void)pause();
	}
	return services == 1 ? LL_OK : LL_E_INTERNAL;
}

/* Code with which somebody who may not write there ends to read the ledger. */
static enum ll_code read_as_nobody(const struct test_ledger *t, const char *path)
{
	const pid_t child = fork();
	int status;

	assert_true(child >= 0);
	if (child == 0)
		_exit(-(int)read_here(t, path, -1));
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	if (WEXITSTATUS(status) == IMPOSSIBLE) {
		print_message("root here may not become another user: skipped\n");
		skip();
	}
	return (enum ll_code) - WEXITSTATUS(status);
}

static void add_service(const struct test_ledger *t)
{
	struct ll_error err = LL_ERROR_INIT;

	assert_ok(ll_sqlite_exec(ll_ledger_handle(t->ledger),
	                         "INSERT INTO service (name) VALUES ('shop')", &err),
	          &err);
}

static void who_may_only_read_a_ledger_can(void **state)
{
	struct test_ledger *const t = *state;
	char odd[1024], lock[1024];

	add_service(t);
	protect(t);
	assert_int_equal(read_as_nobody(t, t->path), LL_OK);
	unprotect(t);

	/* Neither the signs of a URI nor a missing lock are in the way. */
	(void)snprintf(odd, sizeof odd, "%s/100%%41 a?b#c.db", t->directory);
	(void)snprintf(lock, sizeof lock, "%s.lock", t->path);
	assert_int_equal(rename(t->path, odd), 0);
	assert_int_equal(unlink(lock), 0);
	assert_int_equal(chmod(odd, 0444), 0);
	assert_int_equal(chmod(t->directory, 0555), 0);
	assert_int_equal(read_as_nobody(t, odd), LL_OK);
	assert_int_equal(chmod(t->directory, 0755), 0);
}

static void who_may_only_read_sees_what_a_run_that_goes_on_has_committed(void **state)
{
	struct test_ledger *const t = *state;

	add_service(t);
	assert_int_equal(chmod(t->directory, 0555), 0);
	assert_int_equal(read_as_nobody(t, t->path), LL_OK);
	assert_int_equal(chmod(t->directory, 0755), 0);
}

static void who_may_only_read_is_told_of_an_interrupted_run(void **state)
{
	struct test_ledger *const t = *state;
	char command[4096], copy[1024];

	/* The file and its log without their shared memory, as after a restart of the machine. */
	add_service(t);
	(void)snprintf(copy, sizeof copy, "%s/copy/ledger.db", t->directory);
	(void)snprintf(command, sizeof command,
	               "cd '%s' && mkdir copy && cp ledger.db ledger.db-wal copy/ && "
	               "chmod 444 copy/* && chmod 555 copy . && test -s copy/ledger.db-wal",
	               t->directory);
	assert_int_equal(ll_test_run(command, NULL), 0);

	assert_int_equal(read_as_nobody(t, copy), LL_E_BUSY);
	(void)snprintf(command, sizeof command, "cd '%s' && chmod 755 . copy", t->directory);
	assert_int_equal(ll_test_run(command, NULL), 0);
}

static void nobody_writes_while_a_reader_without_shared_memory_reads(void **state)
{
	struct test_ledger *const t = *state;
	int ready[2], status;
	char byte;
	pid_t child;

	add_service(t);
	protect(t);
	assert_int_equal(pipe(ready), 0);
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		(void)close(ready[0]);
		_exit(-(int)read_here(t, t->path, ready[1]));
	}
	(void)close(ready[1]);
	if (read(ready[0], &byte, 1) == 1) {
		unprotect(t);
		assert_refused(t, t->path, LL_LEDGER_WRITE, LL_E_BUSY, "another process holds");
	}
	(void)close(ready[0]);

	(void)kill(child, SIGKILL);
	assert_int_equal(waitpid(child, &status, 0), child);
	unprotect(t);
	assert_false(WIFEXITED(status) && WEXITSTATUS(status) != IMPOSSIBLE);
	test_ledger_reopen(t, LL_LEDGER_WRITE);
}

static void a_run_leaves_no_log_behind_though_a_reader_is_there(void **state)
{
	struct test_ledger *const t = *state;
	struct ll_ledger *reader = NULL;
	struct ll_error err = LL_ERROR_INIT;
	struct stat info = {0};
	char log[1024];

	add_service(t);
	assert_ok(ll_ledger_open(t->path, LL_LEDGER_READ, t->resources, &reader, &err), &err);
	ll_ledger_close(t->ledger);
	t->ledger = NULL;

	(void)snprintf(log, sizeof log, "%s-wal", t->path);
	assert_true(stat(log, &info) != 0 || info.st_size == 0);
	ll_ledger_close(reader);
}

/* ------------------------------------------------------------------------- readers */

static void a_reader_cannot_change_anything(void **state)
{
	static const char *const statements[] = {
		"INSERT INTO service (name) VALUES ('x')",
		"DELETE FROM capture",
		"DROP TABLE capture",
		"CREATE TABLE t (x)",
		"PRAGMA user_version = 9",
	};
	struct test_ledger *const t = *state;

	test_ledger_reopen(t, LL_LEDGER_READ);
	for (size_t i = 0; i < LL_COUNT(statements); i++) {
		struct ll_error err = LL_ERROR_INIT;

		assert_true(ll_sqlite_exec(ll_ledger_handle(t->ledger), statements[i], &err) < 0);
	}
}

static void a_writer_cannot_refer_to_what_is_not_there(void **state)
{
	struct test_ledger *const t = *state;
	struct ll_error err = LL_ERROR_INIT;

	assert_int_equal(ll_sqlite_exec(ll_ledger_handle(t->ledger),
	                                "INSERT INTO instance (service_id, name) VALUES (7, 'pod')",
	                                &err),
	                 LL_E_DATABASE);
	assert_non_null(strstr(err.text, "FOREIGN KEY"));
}

static void reading_leaves_the_file_as_it_is(void **state)
{
	struct test_ledger *const t = *state;
	struct stat before, after;
	struct ll_buf was, is;
	struct ll_error err = LL_ERROR_INIT;

	ll_ledger_close(t->ledger);
	t->ledger = NULL;
	ll_buf_init(&was, LL_BUF_PAGE);
	ll_buf_init(&is, LL_BUF_PAGE);
	assert_ok(ll_file_read(t->path, &was, &err), &err);
	assert_int_equal(stat(t->path, &before), 0);

	test_ledger_reopen(t, LL_LEDGER_READ);
	assert_rows(t, "SELECT count(*) FROM v_capture", "0\n");
	ll_ledger_close(t->ledger);
	t->ledger = NULL;

	assert_int_equal(stat(t->path, &after), 0);
	assert_true(before.st_mtim.tv_sec == after.st_mtim.tv_sec &&
	            before.st_mtim.tv_nsec == after.st_mtim.tv_nsec);
	assert_ok(ll_file_read(t->path, &is, &err), &err);
	assert_true(ll_str_equal(ll_buf_str(&was), ll_buf_str(&is)));
	ll_buf_done(&was);
	ll_buf_done(&is);
}

/* ---------------------------------------------------------------------- statements */

static void a_statement_with_something_behind_it_is_refused(void **state)
{
	struct test_ledger *const t = *state;
	struct ll_stmt *stmt = NULL;
	struct ll_error err = LL_ERROR_INIT;

	assert_true(ll_stmt_prepare(t->ledger, ll_str("SELECT 1; SELECT 2"), &stmt, &err) < 0);

	assert_null(stmt);
}

static void an_unfinished_transaction_is_gone_after_closing(void **state)
{
	struct test_ledger *const t = *state;
	struct ll_error err = LL_ERROR_INIT;

	assert_ok(ll_ledger_begin(t->ledger, &err), &err);
	assert_ok(ll_sqlite_exec(ll_ledger_handle(t->ledger),
	                         "INSERT INTO service (name) VALUES ('half')", &err),
	          &err);
	test_ledger_reopen(t, LL_LEDGER_WRITE);

	assert_rows(t, "SELECT count(*) FROM service", "0\n");
}

static void a_failure_of_the_disk_is_told_from_one_of_the_database(void **state)
{
	struct test_ledger *const t = *state;
	struct ll_error err = LL_ERROR_INIT;
	struct rlimit before, small;
	int rc;

	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	small = before;
	small.rlim_cur = 65536;
	(void)signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);

	/* SQLite calls this SQLITE_IOERR_WRITE, one of many kinds of SQLITE_IOERR. */
	rc = ll_sqlite_exec(ll_ledger_handle(t->ledger),
	                    "CREATE TABLE filler AS SELECT zeroblob(10000000) AS bytes", &err);

	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	assert_int_equal(rc, LL_E_IO);
	assert_rows(t, "SELECT count(*) FROM service", "0\n");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, test_ledger_set_up, test_ledger_tear_down)
	const struct CMUnitTest tests[] = {
		TEST(a_full_disk_is_told_with_the_name_of_the_ledger),
		TEST(every_step_of_the_schema_has_a_number_of_its_own),
		TEST(a_new_ledger_has_the_newest_schema_and_our_application_id),
		TEST(every_table_of_the_schema_is_strict),
		TEST(who_only_stores_makes_no_views_of_its_own),
		TEST(a_migration_runs_once_and_raises_the_version),
		TEST(a_migration_that_fails_leaves_the_ledger_as_it_was),
		TEST(an_older_ledger_is_not_migrated_by_a_reader),
		TEST(collections_of_an_older_ledger_are_kept_without_their_phases),
		TEST(a_text_file_is_refused_as_no_ledger),
		TEST(a_directory_is_refused_and_gets_no_lock),
		TEST(another_programs_database_is_refused_and_not_touched),
		TEST(a_directory_in_place_of_a_ledger_is_refused),
		TEST(reading_a_ledger_that_is_not_there_says_where_it_looked),
		TEST(a_ledger_in_a_directory_that_does_not_exist_cannot_be_created),
		TEST(an_empty_file_becomes_a_ledger),
		TEST(a_ledger_that_was_cut_off_is_refused_with_its_name),
		TEST(a_second_writer_is_told_which_process_holds_the_lock),
		TEST(a_link_to_a_ledger_has_the_lock_of_the_ledger),
		TEST(a_link_that_leads_nowhere_is_no_ledger),
		TEST(names_that_sqlite_knows_are_names_of_files),
		TEST(the_lock_is_free_once_its_holder_was_killed),
		TEST(a_reader_opens_while_a_writer_holds_the_lock),
		TEST(who_may_only_read_a_ledger_can),
		TEST(who_may_only_read_sees_what_a_run_that_goes_on_has_committed),
		TEST(who_may_only_read_is_told_of_an_interrupted_run),
		TEST(nobody_writes_while_a_reader_without_shared_memory_reads),
		TEST(a_run_leaves_no_log_behind_though_a_reader_is_there),
		TEST(a_reader_cannot_change_anything),
		TEST(a_writer_cannot_refer_to_what_is_not_there),
		TEST(reading_leaves_the_file_as_it_is),
		TEST(a_statement_with_something_behind_it_is_refused),
		TEST(an_unfinished_transaction_is_gone_after_closing),
		TEST(a_failure_of_the_disk_is_told_from_one_of_the_database),
	};

	return cmocka_run_group_tests_name("ledger open", tests, NULL, NULL);
}
