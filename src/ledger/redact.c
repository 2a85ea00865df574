/* SPDX-License-Identifier: Apache-2.0 */
/*
 * redact.c - a copy of a ledger in which nothing is left that may not be shown.
 *
 * Rejected: to redact what reports write, or what statements return. There are two hundred
 * statements, and each new one could forget it; names are also cut, joined, hashed and made into
 * file names before they leave. A copy has nothing to forget, and everything that is made of it
 * fits together.
 *
 *   1. The ledger is copied (VACUUM INTO: no free pages, in which old bytes would stay).
 *   2. sql/redact replaces what the columns hold. The functions below are for these statements.
 *   3. tests/ledger/test_redact.c writes a mark into every column of text that the schema has, and
 *      looks for it in the copy: a new column without a line in sql/redact fails.
 */
#include "redact.h"

#include "internal.h"

#include <errno.h>
#include <unistd.h>

typedef struct ll_str redact_one(struct ll_redactor *redactor, struct ll_str text);
typedef struct ll_str redact_two(struct ll_redactor *redactor, struct ll_str first,
                                 struct ll_str second);

struct function {
	const char *name;
	redact_one *one; /* of one argument, or ... */
	redact_two *two; /* ... of two */
};

/* Call by name through a table: a function pointer is no void pointer. */
static const struct function functions[] = {
	{.name = "redact_build", .one = ll_redact_build},
	{.name = "redact_host", .one = ll_redact_host},
	{.name = "redact_id", .one = ll_redact_id},
	{.name = "redact_json", .one = ll_redact_json},
	{.name = "redact_labels", .one = ll_redact_labels},
	{.name = "redact_name", .one = ll_redact_name},
	{.name = "redact_path", .one = ll_redact_path},
	{.name = "redact_reason", .one = ll_redact_reason},
	{.name = "redact_service", .one = ll_redact_service},
	{.name = "redact_state", .one = ll_redact_state},
	{.name = "redact_text", .one = ll_redact_text},
	{.name = "redact_types", .one = ll_redact_types},
	{.name = "redact_file", .two = ll_redact_file},
	{.name = "redact_function", .two = ll_redact_function},
};

struct call {
	const struct function *function;
	struct ll_redactor *redactor;
};

static struct ll_str text_of(sqlite3_value *value)
{
	const unsigned char *const text = sqlite3_value_text(value);

	return ll_str_n((const char *)text, (size_t)sqlite3_value_bytes(value));
}

/* NULL stays NULL. */
static void call_function(sqlite3_context *context, int argc, sqlite3_value **argv)
{
	const struct call *const call = sqlite3_user_data(context);
	const struct function *const function = call->function;
	struct ll_str result;

	if (sqlite3_value_type(argv[0]) == SQLITE_NULL)
		return;
	result = argc == 1 ? function->one(call->redactor, text_of(argv[0]))
	                   : function->two(call->redactor, text_of(argv[0]), text_of(argv[1]));
	sqlite3_result_text64(context, result.data ? result.data : "", result.size,
	                      SQLITE_TRANSIENT, SQLITE_UTF8);
}

static int register_functions(sqlite3 *db, struct ll_redactor *redactor, struct ll_error *err)
{
	for (size_t i = 0; i < LL_COUNT(functions); i++) {
		struct call *const call = ll_arena_calloc(&redactor->arena, 1, sizeof *call);

		*call = (struct call){.function = &functions[i], .redactor = redactor};
		if (sqlite3_create_function_v2(db, functions[i].name, functions[i].two ? 2 : 1,
		                               SQLITE_UTF8 | SQLITE_DIRECTONLY, call, call_function,
		                               NULL, NULL, NULL) != SQLITE_OK)
			return ll_sqlite_fail(db, err, functions[i].name);
	}
	return LL_OK;
}

/*
 * "pattern GLOB name" for who asks by the names that he knows: true also when the name that a
 * pseudonym stands for matches. (Named glob, it replaces SQLite's.)
 */
static void call_glob(sqlite3_context *context, int argc, sqlite3_value **argv)
{
	const struct ll_redactor *const redactor = sqlite3_user_data(context);
	const char *const pattern = (const char *)sqlite3_value_text(argv[0]);
	const char *const text = (const char *)sqlite3_value_text(argv[1]);
	const char *name;

	(void)argc;
	if (!pattern || !text)
		return;
	name = ll_redact_original(redactor, ll_str(text)).data;
	sqlite3_result_int(context, sqlite3_strglob(pattern, text) == 0 ||
	                                    sqlite3_strglob(pattern, name) == 0);
}

/* ------------------------------------------------------------------------- copy */

static int redact_rows(struct ll_ledger *copy, struct ll_redactor *redactor, struct ll_error *err)
{
	sqlite3 *const db = ll_ledger_handle(copy);
	int rc = ll_sqlite_exec(db, "PRAGMA foreign_keys = OFF; PRAGMA synchronous = OFF", err);

	if (rc == LL_OK)
		rc = register_functions(db, redactor, err);
	if (rc == LL_OK)
		rc = ll_ledger_begin(copy, err);
	if (rc == LL_OK)
		rc = ll_sqlite_script(copy,
		                      redactor->level >= LL_REDACT_NAMES ? "sql/redact/names.sql"
		                                                         : "sql/redact/paths.sql",
		                      err);
	if (rc == LL_OK)
		rc = ll_sqlite_script(copy, "sql/redact/prose.sql", err);
	return rc == LL_OK ? ll_ledger_commit(copy, err) : rc;
}

static int make_copy(const char *path, const char *copy, struct ll_redactor *redactor,
                     const struct ll_resources *resources, struct ll_error *err)
{
	LL_CLEANUP(ll_ledger_closep) struct ll_ledger *original = NULL;
	LL_CLEANUP(ll_ledger_closep) struct ll_ledger *written = NULL;
	int rc = ll_ledger_open(path, LL_LEDGER_READ, resources, &original, err);

	if (rc == LL_OK)
		rc = ll_ledger_copy(original, copy, err);
	if (rc == LL_OK)
		rc = ll_ledger_open(copy, LL_LEDGER_WRITE, resources, &written, err);
	return rc == LL_OK ? redact_rows(written, redactor, err) : rc;
}

static int open_copy(const char *path, const char *copy, struct ll_redactor *redactor,
                     const struct ll_resources *resources, struct ll_ledger **ret_ledger,
                     struct ll_error *err)
{
	LL_CLEANUP(ll_ledger_closep) struct ll_ledger *ledger = NULL;
	int rc = make_copy(path, copy, redactor, resources, err);

	if (rc == LL_OK)
		rc = ll_ledger_open(copy, LL_LEDGER_READ, resources, &ledger, err);
	if (rc == LL_OK && sqlite3_create_function_v2(ll_ledger_handle(ledger), "glob", 2,
	                                              SQLITE_UTF8 | SQLITE_INNOCUOUS, redactor,
	                                              call_glob, NULL, NULL, NULL) != SQLITE_OK)
		rc = ll_sqlite_fail(ll_ledger_handle(ledger), err, "glob");
	if (rc == LL_OK)
		*ret_ledger = ll_take(&ledger);
	return rc;
}

int ll_ledger_open_redacted(const char *path, const char *temporary, struct ll_redactor *redactor,
                            const struct ll_resources *resources, struct ll_ledger **ret_ledger,
                            struct ll_error *err)
{
	const size_t room = strlen(temporary) + sizeof "/leakledger-XXXXXX/ledger.db";
	LL_CLEANUP(ll_freep) char *directory = ll_malloc(room);
	LL_CLEANUP(ll_freep) char *copy = ll_malloc(room);
	int rc;

	(void)snprintf(directory, room, "%s/leakledger-XXXXXX", temporary);
	if (!mkdtemp(directory))
		return ll_fail_errno(err, LL_E_CREATE, errno, "cannot create '%s'", directory);
	(void)snprintf(copy, room, "%s/ledger.db", directory);
	rc = open_copy(path, copy, redactor, resources, ret_ledger, err);
	if (rc == LL_OK)
		ll_ledger_set_redaction(*ret_ledger, redactor, ll_take(&directory));
	else
		ll_ledger_remove(directory);
	return rc;
}
