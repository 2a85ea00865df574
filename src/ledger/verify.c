/* SPDX-License-Identifier: Apache-2.0 */
/*
 * verify.c - is the ledger what it should be?
 *
 * sql/verify/X.sql is one check: each row of it is a problem, in words. A check of one's own drops
 * into that folder below the directory of overrides.
 */
#include "internal.h"

#include <leakledger/file.h>

#include <sys/stat.h>

enum {
	TOLD_MAX = 20, /* problems of one check that are told one by one */
};

struct verify {
	struct ll_ledger *ledger;
	const struct ll_verify_options *options;
	struct ll_verify_result *result;
	size_t told; /* of the present check */
};

static void tell(struct verify *verify, const char *check, struct ll_str text)
{
	verify->result->problems++;
	if (++verify->told <= TOLD_MAX)
		verify->options->problem(verify->options->self, check, text);
}

static void end_check(struct verify *verify, const char *check)
{
	char text[64];

	verify->result->checks++;
	if (verify->told > TOLD_MAX) {
		(void)snprintf(text, sizeof text, "and %zu more", verify->told - TOLD_MAX);
		verify->options->problem(verify->options->self, check, ll_str(text));
	}
	verify->told = 0;
}

/* Each row of the statement is a problem; its columns are put together. */
static int check_rows(struct verify *verify, const char *check, struct ll_stmt *stmt,
                      struct ll_error *err)
{
	struct ll_buf text;
	int rc;

	ll_buf_init(&text, LL_BUF_MESSAGE);
	while ((rc = ll_stmt_step(stmt, err)) > 0) {
		ll_buf_clear(&text);
		for (int i = 0; i < ll_stmt_columns(stmt); i++)
			ll_buf_printf(&text, "%s%.*s", i > 0 ? " " : "",
			              LL_STR_ARG(ll_stmt_text(stmt, i)));
		if (!ll_str_equal(ll_buf_str(&text), ll_str("ok")))
			tell(verify, check, ll_buf_str(&text));
	}
	ll_buf_done(&text);
	end_check(verify, check);
	return rc;
}

static int check_sql(struct verify *verify, const char *check, const char *sql,
                     struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	const int rc = ll_stmt_prepare(verify->ledger, ll_str(sql), &stmt, err);

	return rc < 0 ? rc : check_rows(verify, check, stmt, err);
}

/* ------------------------------------------------------------- rules and views */

static int check_resource(struct verify *verify, const char *name, struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	struct ll_str check = ll_str(name);
	char text[64];
	int rc = ll_stmt_resource(verify->ledger, name, &stmt, err);

	if (rc < 0)
		return rc;
	(void)ll_str_skip(&check, "sql/verify/");
	(void)snprintf(text, sizeof text, "%.*s", LL_STR_ARG(ll_str_first(check, check.size - 4)));
	rc = check_rows(verify, text, stmt, err);
	return rc < 0 ? ll_within(err, "'%s'", name) : rc;
}

static int check_rules(struct verify *verify, struct ll_error *err)
{
	size_t count;
	const struct ll_resource *const all =
		ll_resource_all(ll_ledger_resources(verify->ledger), &count);
	int rc = LL_OK;

	for (size_t i = 0; rc >= 0 && i < count; i++) {
		const struct ll_str name = ll_str(all[i].name);

		if (ll_str_starts(name, "sql/verify/") && ll_str_ends(name, ".sql"))
			rc = check_resource(verify, all[i].name, err);
	}
	return rc;
}

/*
 * A view that names what is no longer there fails when it is read, not before. Views of a scope
 * have no tables while nothing is judged; those in the file are for everybody.
 */
static void check_view(struct verify *verify, struct ll_str name)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	struct ll_error err = LL_ERROR_INIT;
	struct ll_buf text;
	int rc;

	ll_buf_init(&text, LL_BUF_MESSAGE);
	ll_buf_printf(&text, "SELECT 1 FROM \"%.*s\" LIMIT 1", LL_STR_ARG(name));
	rc = ll_stmt_prepare(verify->ledger, ll_buf_str(&text), &stmt, &err);
	if (rc >= 0)
		rc = ll_stmt_step(stmt, &err);
	if (rc < 0) {
		ll_buf_clear(&text);
		ll_buf_printf(&text, "%.*s cannot be read: %s", LL_STR_ARG(name), err.text);
		tell(verify, "views", ll_buf_str(&text));
	}
	ll_buf_done(&text);
}

static int check_views(struct verify *verify, struct ll_error *err)
{
	static const char sql[] =
		"SELECT name FROM main.sqlite_schema WHERE type = 'view' ORDER BY name";
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	int rc = ll_stmt_prepare(verify->ledger, ll_str(sql), &stmt, err);

	while (rc >= 0 && (rc = ll_stmt_step(stmt, err)) > 0)
		check_view(verify, ll_stmt_text(stmt, 0));
	end_check(verify, "views");
	return rc;
}

/* ----------------------------------------------------------------------- files */

/* Is the file there, as large and as old as it was when it was read? */
static bool is_as_it_was(const char *path, int64_t size, int64_t modified_ns)
{
	struct stat info;

	return stat(path, &info) == 0 && S_ISREG(info.st_mode) && info.st_size == size &&
	       ll_time_from_timespec(info.st_mtim) == modified_ns;
}

/* What was given is a directory, or the file itself. */
static void put_path(struct ll_buf *to, struct ll_str root, struct ll_str path)
{
	ll_buf_put_str(to, root);
	if (ll_file_is_directory(to->data))
		ll_buf_printf(to, "/%.*s", LL_STR_ARG(path));
}

static void check_file(struct verify *verify, struct ll_unpacker *unpacker,
                       const struct ll_stmt *stmt)
{
	struct ll_error err = LL_ERROR_INIT;
	struct ll_hash hash;
	struct ll_buf path;
	char hex[33];
	int64_t size;

	ll_buf_init(&path, LL_BUF_MESSAGE);
	put_path(&path, ll_stmt_text(stmt, 4), ll_stmt_text(stmt, 0));
	if (!is_as_it_was(path.data, ll_stmt_i64(stmt, 1), ll_stmt_i64(stmt, 2)) ||
	    ll_unpacker_open(unpacker, path.data, &hash, &size, &err) < 0) {
		verify->result->files_gone++;
	} else {
		verify->result->files++;
		if (!ll_str_equal(ll_str(ll_hash_to_hex(hash, hex)), ll_stmt_text(stmt, 3))) {
			ll_buf_puts(&path,
			            " has other bytes than were read, though not its size or time");
			tell(verify, "files", ll_buf_str(&path));
		}
	}
	ll_buf_done(&path);
}

static int check_files(struct verify *verify, struct ll_error *err)
{
	static const char sql[] =
		"SELECT f.path, f.size, f.modified_ns, lower(hex(f.stored)), f.root FROM file AS f WHERE f.stored IS NOT NULL AND "
		"f.modified_ns IS NOT NULL ORDER BY f.file_id";
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	LL_CLEANUP(ll_unpacker_freep)
	struct ll_unpacker *unpacker = ll_unpacker_new(&ll_limits_default);
	int rc = ll_stmt_prepare(verify->ledger, ll_str(sql), &stmt, err);

	while (rc >= 0 && (rc = ll_stmt_step(stmt, err)) > 0)
		check_file(verify, unpacker, stmt);
	end_check(verify, "files");
	return rc;
}

int ll_ledger_verify(struct ll_ledger *ledger, const struct ll_verify_options *options,
                     struct ll_verify_result *ret_result, struct ll_error *err)
{
	struct verify verify = {.ledger = ledger, .options = options, .result = ret_result};
	int rc;

	*ret_result = (struct ll_verify_result){.checks = 0};
	rc = check_sql(&verify, "structure", "PRAGMA main.integrity_check(100)", err);
	if (rc >= 0)
		rc = check_sql(&verify, "foreign-keys", "PRAGMA main.foreign_key_check", err);
	/* What is torn apart cannot be asked further. */
	if (rc < 0 || ret_result->problems > 0)
		return rc < 0 ? rc : LL_OK;
	rc = check_rules(&verify, err);
	if (rc >= 0)
		rc = check_views(&verify, err);
	if (rc >= 0 && options->with_files)
		rc = check_files(&verify, err);
	return rc < 0 ? rc : LL_OK;
}
