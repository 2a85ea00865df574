/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_views.c - the documented vocabulary: every view says which columns it has, and has them.
 *
 * A head comment of sql/views describes one view or several:
 *
 *     -- v_x: what a row is
 *     --   column, other      what they mean
 *     --   third   may need "of a, comma"
 *
 * A line of a description begins three blanks after "--" with the names of columns, separated by
 * commas and ending at two blanks, " (" or the end of the line; deeper lines continue one.
 */
#include "internal.h"
#include "ledgers.h"

enum {
	NAMES_MAX = 64,
};

struct names {
	struct ll_str items[NAMES_MAX];
	size_t count;
};

static bool has_name(const struct names *names, struct ll_str name)
{
	for (size_t i = 0; i < names->count; i++) {
		if (ll_str_equal(names->items[i], name))
			return true;
	}
	return false;
}

static void add_name(struct names *names, struct ll_str name)
{
	if (name.size == 0 || has_name(names, name))
		return;
	assert_true(names->count < NAMES_MAX);
	names->items[names->count++] = name;
}

static bool is_name(struct ll_str text)
{
	for (size_t i = 0; i < text.size; i++) {
		if (!memchr("abcdefghijklmnopqrstuvwxyz0123456789_", text.data[i], 37))
			return false;
	}
	return text.size > 0;
}

/* "v0 ... v3": all four. The names live as long as the program: there are few. */
static void add_range(struct names *names, struct ll_str from, struct ll_str to)
{
	static char expanded[16][8];
	static size_t used;

	for (char digit = from.data[from.size - 1]; digit <= to.data[to.size - 1]; digit++) {
		char *const name = expanded[used++ % LL_COUNT(expanded)];

		(void)snprintf(name, sizeof expanded[0], "%.*s%c", (int)from.size - 1, from.data,
		               digit);
		add_name(names, ll_str(name));
	}
}

/* "a, b, c   what they mean": the names in front. */
static void add_line(struct names *names, struct ll_str line)
{
	struct ll_str list = ll_str_first(line, ll_str_find(line, "  "));

	while (list.size > 0) {
		const struct ll_str item = ll_str_trim(ll_str_split(&list, ','));
		const size_t dots = ll_str_find(item, " ... ");
		const struct ll_str word = ll_str_first(item, ll_str_index(item, ' '));

		if (dots != SIZE_MAX)
			add_range(names, word, item);
		else if (is_name(word))
			add_name(names, word);
	}
}

/*
 * The columns that a view's description names; "as v_x" are those of that view.
 * False when the file has no description of it.
 */
static bool read_description(struct ll_str text, struct ll_str view, struct names *ret_names)
{
	const struct ll_str whole = text;
	char title[64];
	bool is_inside = false, was_there = false;

	(void)snprintf(title, sizeof title, "-- %.*s:", LL_STR_ARG(view));
	ret_names->count = 0;
	while (text.size > 0) {
		struct ll_str line = ll_str_split(&text, '\n');

		if (!ll_str_starts(line, "--"))
			break;
		if (ll_str_starts(line, "-- v_") || ll_str_starts(line, title) ||
		    (ll_str_starts(line, "-- ") && !ll_str_starts(line, "--  ")))
			is_inside = ll_str_starts(line, title) ||
			            (is_inside && !ll_str_starts(line, "-- v_") &&
			             ll_str_index(line, ':') == SIZE_MAX);
		was_there |= is_inside;
		if (is_inside && ll_str_skip(&line, "--   as "))
			return !ll_str_equal(line, view) &&
			       read_description(whole, line, ret_names);
		if (is_inside && ll_str_skip(&line, "--   ") && !ll_str_starts(line, " "))
			add_line(ret_names, line);
	}
	return was_there;
}

static void read_columns(struct test_ledger *t, const char *view, struct ll_arena *arena,
                         struct names *ret_names)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	struct ll_error err = LL_ERROR_INIT;
	char sql[128];

	(void)snprintf(sql, sizeof sql, "SELECT * FROM %s", view);
	assert_ok(ll_stmt_prepare(t->ledger, ll_str(sql), &stmt, &err), &err);
	ret_names->count = 0;
	for (int i = 0; i < ll_stmt_columns(stmt); i++)
		add_name(ret_names, ll_arena_str(arena, ll_str(ll_stmt_column_name(stmt, i))));
}

static size_t report_missing(const char *view, const struct names *in, const struct names *from,
                             const char *words)
{
	size_t count = 0;

	for (size_t i = 0; i < in->count; i++) {
		if (has_name(from, in->items[i]))
			continue;
		print_error("%s: %.*s %s\n", view, LL_STR_ARG(in->items[i]), words);
		count++;
	}
	return count;
}

/* Checks every "CREATE VIEW x" of one file. Returns how many columns were wrong. */
static size_t check_file(struct test_ledger *t, const struct ll_resource *file, size_t *views)
{
	struct ll_arena arena = LL_ARENA_INIT;
	struct ll_str rest = file->bytes;
	size_t wrong = 0, at;

	while ((at = ll_str_find(rest, "\nCREATE VIEW ")) != SIZE_MAX) {
		struct names documented, columns;
		struct ll_str name;

		rest = ll_str_from(rest, at + strlen("\nCREATE VIEW "));
		name = ll_arena_str(&arena, ll_str_first(rest, ll_str_index(rest, ' ')));
		if (!read_description(file->bytes, name, &documented)) {
			print_error("%s: nothing describes view %s\n", file->name, name.data);
			wrong++;
			continue;
		}
		read_columns(t, name.data, &arena, &columns);
		wrong += report_missing(name.data, &columns, &documented, "is not described");
		wrong += report_missing(name.data, &documented, &columns,
		                        "is described, but is no column");
		++*views;
	}
	ll_arena_done(&arena);
	return wrong;
}

static void every_column_of_every_view_is_described_and_nothing_else_is(void **state)
{
	struct test_ledger t;
	struct ll_error err = LL_ERROR_INIT;
	size_t count, wrong = 0, views = 0;
	const struct ll_resource *all;

	(void)state;
	test_ledger_open(&t, NULL);
	assert_ok(ll_scope_open(t.ledger, LL_SCOPE_NOTHING, false, &err), &err);
	all = ll_resource_all(t.resources, &count);
	for (size_t i = 0; i < count; i++) {
		if (ll_str_starts(ll_str(all[i].name), "sql/views/"))
			wrong += check_file(&t, &all[i], &views);
	}

	assert_true(views > 15);
	assert_int_equal(wrong, 0);
	test_ledger_done(&t);
}

static void views_without_our_functions_are_in_the_file_for_other_programs(void **state)
{
	struct test_ledger t;
	sqlite3 *db;
	struct ll_error err = LL_ERROR_INIT;

	(void)state;
	test_ledger_open(&t, NULL);
	ll_ledger_close(t.ledger);
	t.ledger = NULL;

	assert_int_equal(sqlite3_open(t.path, &db), SQLITE_OK);
	assert_ok(ll_sqlite_exec(db,
	                         "SELECT * FROM v_capture; SELECT * FROM v_finding;"
	                         "SELECT * FROM v_evidence; SELECT * FROM v_stage;"
	                         "SELECT * FROM wait_reason; SELECT * FROM keyword;",
	                         &err),
	          &err);

	assert_int_equal(sqlite3_close(db), SQLITE_OK);
	test_ledger_done(&t);
}

static void a_view_that_changed_is_made_anew_in_the_file(void **state)
{
	struct test_ledger t;
	sqlite3 *db;
	struct ll_error err = LL_ERROR_INIT;

	(void)state;
	test_ledger_open(&t, NULL);
	ll_ledger_close(t.ledger);
	t.ledger = NULL;
	assert_int_equal(sqlite3_open(t.path, &db), SQLITE_OK);
	assert_ok(ll_sqlite_exec(db, "DROP VIEW keyword; CREATE VIEW keyword AS SELECT 1 AS old;",
	                         &err),
	          &err);
	assert_int_equal(sqlite3_close(db), SQLITE_OK);

	test_ledger_reopen(&t, LL_LEDGER_WRITE);

	assert_rows(&t, "SELECT count(*) > 10 FROM main.keyword WHERE fact <> ''", "1\n");
	test_ledger_done(&t);
}

/* Versions before had all catalogs in the file; what others made there is not ours to take away. */
static void catalogs_that_only_judgments_read_are_taken_out_of_the_file(void **state)
{
	struct test_ledger t;
	struct ll_error err = LL_ERROR_INIT;

	(void)state;
	test_ledger_open(&t, NULL);
	assert_ok(ll_sqlite_exec(ll_ledger_handle(t.ledger),
	                         "CREATE VIEW main.weights AS SELECT 1 AS old;"
	                         "CREATE VIEW main.remedy AS SELECT 1 AS old;"
	                         "CREATE VIEW main.mine AS SELECT 1 AS own;",
	                         &err),
	          &err);

	test_ledger_reopen(&t, LL_LEDGER_STORE);

	assert_rows(&t,
	            "SELECT name FROM main.sqlite_schema WHERE type = 'view'"
	            " AND name NOT LIKE 'v@_%' ESCAPE '@' ORDER BY 1",
	            "keyword\nmine\nsidecar\nwait_reason\n");
	test_ledger_done(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_column_of_every_view_is_described_and_nothing_else_is),
		cmocka_unit_test(views_without_our_functions_are_in_the_file_for_other_programs),
		cmocka_unit_test(a_view_that_changed_is_made_anew_in_the_file),
		cmocka_unit_test(catalogs_that_only_judgments_read_are_taken_out_of_the_file),
	};

	return cmocka_run_group_tests_name("ledger views", tests, NULL, NULL);
}
