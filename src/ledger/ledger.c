/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ledger.c - opening and closing the file: lock, pragmas, migrations, views.
 *
 * Opening for writing, in order:
 *   0. Links are followed to the file: whatever name it is reached by, it has one lock and one log.
 *   1. The directory must not lie on a network file system: WAL needs shared memory between
 *      processes.
 *   2. flock on "<path>.lock"; another holder means "try again" (exit 75), never waiting.
 *   3. A new file becomes a copy of a blank ledger (blank.h) before anything else.
 *   4. Schema files with a number above user_version run and views of the file are refreshed, all
 *      in one transaction: most runs find nothing to do and write nothing.
 *   5. Views: made TEMP for this connection, unless it only stores facts; those that need no
 *      function of ours also in the file.
 *
 * Opening for reading: SQLite's readers of a write-ahead log share memory with the writer in
 * "<path>-shm", which they make when it is not there. Who may write neither the file nor its
 * directory cannot, and does not need to when nobody writes: then the log is empty, everything is
 * in the file, and it is opened as one that does not change ("immutable"). So that it does not, the
 * reader shares the flock on "<path>.lock" until it closes: a run that comes meanwhile is told to
 * try again. Where the lock file is missing, the ledger is a copy that nobody writes.
 */
#include "blank.h"
#include "connection.h"
#include "growth.h"
#include "ledger_files.h"
#include "views.h"

#include <unistd.h>

/* --------------------------------------------------------------------- opening */

/* "file:<path>?immutable=1", where the path stands for itself whatever is in it. */
static int open_immutable(struct ll_ledger *ledger, int flags)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
				    "/-._~";
	struct ll_buf uri;
	int rc;

	ll_buf_init(&uri, LL_BUF_PAGE);
	/* With an empty authority: a path may begin with two slashes. */
	ll_buf_puts(&uri, ledger->file[0] == '/' ? "file://" : "file:");
	for (const char *at = ledger->file; *at; at++) {
		if (strchr(plain, *at))
			ll_buf_putc(&uri, *at);
		else
			ll_buf_printf(&uri, "%%%02X", (unsigned)(unsigned char)*at);
	}
	ll_buf_puts(&uri, "?immutable=1");
	rc = sqlite3_open_v2(uri.data, &ledger->db, flags | SQLITE_OPEN_URI, NULL);
	ll_buf_done(&uri);
	return rc;
}

static int open_file(struct ll_ledger *ledger, enum ll_ledger_mode mode, struct ll_error *err)
{
	const int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
	const int mode_flags = mode == LL_LEDGER_READ ? SQLITE_OPEN_READONLY
	                                              : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
	int state;

	/*
	 * Who asks how much memory SQLite has? Counting it takes a lock for each allocation. Only
	 * before SQLite is first used; later it is refused, and nothing depends on it.
	 */
	(void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	if (mode == LL_LEDGER_READ && access(ledger->file, F_OK) != 0)
		return ll_fail(err, LL_E_NOTFOUND, "no ledger at '%s'", ledger->path);
	/* The lock first: who holds it sees a log that nobody adds to. */
	if (mode == LL_LEDGER_READ && !ll_ledger_may_write(ledger->file) &&
	    ll_lock_share(ledger->file, &ledger->lock) && !ll_ledger_has_log(ledger->file)) {
		state = open_immutable(ledger, flags | mode_flags);
	} else {
		if (mode == LL_LEDGER_READ)
			ll_lock_drop(&ledger->lock);
		state = sqlite3_open_v2(ledger->file, &ledger->db, flags | mode_flags, NULL);
	}
	return state == SQLITE_OK ? LL_OK : ll_sqlite_fail(ledger->db, err, ledger->path);
}

/* Is there a log, and no right to make the shared memory by which it is read? */
static bool is_refused_log(sqlite3 *db)
{
	const int code = sqlite3_errcode(db) & 0xff;

	return code == SQLITE_READONLY || code == SQLITE_CANTOPEN;
}

/* Is this our file, or an empty one that may become it? *ret_version is its schema's number. */
static int identify(struct ll_ledger *ledger, int64_t *ret_version, struct ll_error *err)
{
	int64_t id = 0, objects = 0;
	int rc = ll_sqlite_i64(ledger->db, "PRAGMA application_id", &id, err);

	if (rc == LL_OK && id != LL_LEDGER_APPLICATION_ID)
		rc = ll_sqlite_i64(ledger->db, "SELECT count(*) FROM sqlite_schema", &objects, err);
	if (rc == LL_OK)
		rc = ll_sqlite_i64(ledger->db, "PRAGMA user_version", ret_version, err);
	if (rc < 0 && (sqlite3_errcode(ledger->db) & 0xff) == SQLITE_NOTADB)
		return ll_fail(err, LL_E_USAGE, "'%s' is no ledger", ledger->path);
	if (rc < 0 && !ledger->lock.is_writer && is_refused_log(ledger->db))
		return ll_fail(err, LL_E_BUSY,
		               "'%s' cannot be read by who may not write it: a run goes on or was "
		               "interrupted; the next one completes it",
		               ledger->path);
	if (rc < 0)
		return ll_within(err, "'%s'", ledger->path);
	if (id != LL_LEDGER_APPLICATION_ID && (id != 0 || objects != 0))
		return ll_fail(err, LL_E_USAGE, "'%s' is a SQLite file, but no ledger",
		               ledger->path);
	return LL_OK;
}

static int set_up_new(struct ll_ledger *ledger, int64_t *ret_version, struct ll_error *err)
{
	/* Nothing is lost with a file that has nothing yet; `writing` below turns it on again. */
	static const char first[] = "PRAGMA page_size = 4096; PRAGMA synchronous = OFF";
	char sql[64];
	int rc = ll_sqlite_exec(ledger->db, first, err);

	if (rc == LL_OK)
		rc = ll_blank_copy(ledger->db, ledger->resources, err);
	if (rc == LL_OK)
		rc = ll_sqlite_i64(ledger->db, "PRAGMA user_version", ret_version, err);
	(void)snprintf(sql, sizeof sql, "PRAGMA application_id = %d", LL_LEDGER_APPLICATION_ID);
	if (rc == LL_OK && *ret_version == 0)
		rc = ll_sqlite_exec(ledger->db, sql, err);
	return rc;
}

static int configure(struct ll_ledger *ledger, enum ll_ledger_mode mode, struct ll_error *err)
{
	/*
	 * No mmap: pages of a map are not kept, so each use of one would check all of its cells
	 * again, and an error of the disk would be a signal.
	 */
	static const char common[] = "PRAGMA temp_store = MEMORY;"
				     "PRAGMA trusted_schema = OFF;"
				     "PRAGMA cell_size_check = ON;"
				     "PRAGMA mmap_size = 0;"
				     "PRAGMA cache_size = -32768;";
	static const char writing[] = "PRAGMA journal_mode = WAL;"
				      "PRAGMA synchronous = NORMAL;"
				      "PRAGMA secure_delete = OFF;"
				      "PRAGMA foreign_keys = ON;"
				      "PRAGMA wal_autocheckpoint = 16384;";
	int rc;

	(void)sqlite3_busy_timeout(ledger->db, 5000);
	(void)sqlite3_db_config(ledger->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	(void)sqlite3_db_config(ledger->db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
	rc = ll_sqlite_exec(ledger->db, common, err);
	if (rc == LL_OK && mode != LL_LEDGER_READ)
		rc = ll_sqlite_exec(ledger->db, writing, err);
	if (rc == LL_OK)
		rc = ll_table_functions_register(ledger->db, err);
	if (rc == LL_OK)
		rc = ll_overflow_register(ledger->db, err);
	if (rc == LL_OK)
		rc = ll_growth_register(ledger->db, err);
	if (rc == LL_OK && mode != LL_LEDGER_READ)
		rc = ll_rows_register(ledger->db, err);
	return rc;
}

/* ------------------------------------------------------------------ migrations */

/* "sql/schema/0001_ledger.sql" -> 1; 0 for other names. */
static int64_t schema_number(const char *name)
{
	struct ll_str text = ll_str(name);
	uint64_t number;

	if (!ll_str_skip(&text, "sql/schema/") || ll_str_lead_u64(text, &number) != 4)
		return 0;
	return (int64_t)number;
}

static int run_schema(struct ll_ledger *ledger, const struct ll_resource *file, int64_t number,
                      struct ll_error *err)
{
	LL_CLEANUP(ll_freep) char *sql = ll_malloc(file->bytes.size + 1);
	char version[64];
	int rc;

	memcpy(sql, file->bytes.data, file->bytes.size);
	sql[file->bytes.size] = '\0';
	(void)snprintf(version, sizeof version, "PRAGMA user_version = %lld", (long long)number);
	rc = ll_sqlite_exec(ledger->db, sql, err);
	if (rc == LL_OK)
		rc = ll_sqlite_exec(ledger->db, version, err);
	return rc < 0 ? ll_within(err, "schema '%s'", file->name) : rc;
}

/* Runs what is missing; a reader only checks that nothing is. */
static int migrate(struct ll_ledger *ledger, enum ll_ledger_mode mode, int64_t version,
                   struct ll_error *err)
{
	size_t count;
	const struct ll_resource *const all = ll_resource_all(ledger->resources, &count);
	int64_t newest = 0;

	for (size_t i = 0; i < count; i++) {
		const int64_t number = schema_number(all[i].name);

		newest = number > newest ? number : newest;
		if (number <= version || mode == LL_LEDGER_READ)
			continue;
		if (ll_ledger_begin_once(ledger, err) < 0 ||
		    run_schema(ledger, &all[i], number, err) < 0)
			return err->code;
	}
	if (version > newest)
		return ll_fail(err, LL_E_USAGE,
		               "'%s' was written by a newer leakledger (schema %lld)", ledger->path,
		               (long long)version);
	if (mode == LL_LEDGER_READ && version < newest)
		return ll_fail(
			err, LL_E_USAGE,
			"'%s' has an older schema (%lld): run 'leakledger analyze' once to bring it "
			"up to date",
			ledger->path, (long long)version);
	return LL_OK;
}

/* Rule 4. */
static int bring_up_to_date(struct ll_ledger *ledger, enum ll_ledger_mode mode, int64_t version,
                            struct ll_error *err)
{
	int rc = migrate(ledger, mode, version, err);

	if (rc == LL_OK && mode != LL_LEDGER_READ)
		rc = ll_views_refresh(ledger, err);
	if (!ledger->in_transaction)
		return rc;
	if (rc == LL_OK)
		return ll_ledger_commit(ledger, err);
	ll_ledger_rollback(ledger);
	return rc;
}

/* ------------------------------------------------------------------ life cycle */

int ll_ledger_open(const char *path, enum ll_ledger_mode mode, const struct ll_resources *resources,
                   struct ll_ledger **ret_ledger, struct ll_error *err)
{
	LL_CLEANUP(ll_ledger_closep) struct ll_ledger *ledger = ll_calloc(1, sizeof *ledger);
	int64_t version = 0;
	int rc = LL_OK;

	ledger->lock.descriptor = -1;
	ledger->path = ll_strdup(path);
	ledger->resources = resources;
	/* SQLite would only say that it cannot open it, and a lock would be left beside it. */
	if (ll_file_is_directory(path))
		rc = ll_fail(err, LL_E_USAGE, "'%s' is a directory, not a ledger", path);
	else
		rc = ll_ledger_resolve(path, &ledger->file, err);
	if (rc == LL_OK && mode != LL_LEDGER_READ)
		rc = ll_lock_take(ledger->file, path, &ledger->lock, err);
	if (rc == LL_OK)
		rc = open_file(ledger, mode, err);
	if (rc == LL_OK)
		rc = identify(ledger, &version, err);
	if (rc == LL_OK && mode != LL_LEDGER_READ && version == 0)
		rc = set_up_new(ledger, &version, err);
	if (rc == LL_OK)
		rc = configure(ledger, mode, err);
	if (rc == LL_OK)
		rc = bring_up_to_date(ledger, mode, version, err);
	if (rc == LL_OK && mode != LL_LEDGER_STORE)
		rc = ll_views_make(ledger, err);
	if (rc < 0)
		return rc;
	ledger->is_open = true;
	*ret_ledger = ll_take(&ledger);
	return LL_OK;
}

int ll_ledger_open_memory(const struct ll_resources *resources, struct ll_ledger **ret_ledger,
                          struct ll_error *err)
{
	LL_CLEANUP(ll_ledger_closep) struct ll_ledger *ledger = ll_calloc(1, sizeof *ledger);
	int64_t version = 0;
	int rc = LL_OK;

	ledger->lock.descriptor = -1;
	ledger->path = ll_strdup(":memory:");
	ledger->resources = resources;
	if (sqlite3_open(ledger->path, &ledger->db) != SQLITE_OK)
		rc = ll_sqlite_fail(ledger->db, err, ledger->path);
	if (rc == LL_OK)
		rc = set_up_new(ledger, &version, err);
	if (rc == LL_OK)
		rc = bring_up_to_date(ledger, LL_LEDGER_STORE, version, err);
	if (rc == LL_OK)
		*ret_ledger = ll_take(&ledger);
	return rc;
}

void ll_ledger_close(struct ll_ledger *ledger)
{
	if (!ledger)
		return;
	if (ledger->in_transaction)
		ll_ledger_rollback(ledger);
	ll_stmts_forget(&ledger->idle);
	/*
	 * The last connection to close empties the log and removes it. Where readers stay it is
	 * emptied here, without waiting for them.
	 */
	if (ledger->lock.is_writer && ledger->is_open) {
		(void)sqlite3_busy_timeout(ledger->db, 0);
		(void)sqlite3_wal_checkpoint_v2(ledger->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL,
		                                NULL);
	}
	(void)sqlite3_close_v2(ledger->db);
	/* The lock goes last: nobody may open the file while SQLite still tidies up. */
	ll_lock_drop(&ledger->lock);
	if (ledger->directory)
		ll_ledger_remove(ledger->directory);
	free(ledger->directory);
	free(ledger->path);
	free(ledger->file);
	free(ledger);
}

int ll_ledger_open_again(const struct ll_ledger *ledger, struct ll_ledger **ret_ledger,
                         struct ll_error *err)
{
	const int rc =
		ll_ledger_open(ledger->path, LL_LEDGER_READ, ledger->resources, ret_ledger, err);

	if (rc == LL_OK)
		(*ret_ledger)->redactor = ledger->redactor;
	return rc;
}

void ll_ledger_closep(struct ll_ledger **ledger)
{
	ll_ledger_close(ll_take(ledger));
}
