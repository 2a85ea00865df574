/* SPDX-License-Identifier: Apache-2.0 */
/* What clang-format does not see: sizes, licence lines, comments, and how SQL lies on the page. */
#include "tree.h"

#include <ctype.h>

enum {
	FUNCTION_LINES = 100,
	FILE_LINES = 800,
	COMMENT_COLUMNS = 100,
};

/* ------------------------------------------------------------------------ C */

/* A function's body lies between a '{' and a '}' in the first column. */
static void check_sizes(const struct ll_test_file *file, struct ll_offences *offences)
{
	struct ll_str rest = file->text;
	size_t line_number = 0, start = 0;

	while (rest.size > 0) {
		const struct ll_str line = ll_str_split(&rest, '\n');

		line_number++;
		if (ll_str_equal(line, ll_str("{")))
			start = line_number;
		if (ll_str_equal(line, ll_str("}")) && start > 0) {
			if (line_number - start > FUNCTION_LINES)
				ll_offend(offences, file->path, start, "a function of %zu lines",
				          line_number - start);
			start = 0;
		}
	}
	if (line_number > FILE_LINES)
		ll_offend(offences, file->path, 0, "%zu lines", line_number);
}

static size_t columns_of(struct ll_str line)
{
	size_t columns = 0;

	for (size_t i = 0; i < line.size; i++) {
		if (line.data[i] == '\t')
			columns = (columns / 8 + 1) * 8;
		else if (((unsigned char)line.data[i] & 0xc0) != 0x80)
			columns++;
	}
	return columns;
}

/* Code is clang-format's business; the tables that it must not touch may be wide. */
static void check_comments(const struct ll_test_file *file, struct ll_offences *offences)
{
	struct ll_str rest = file->text;
	size_t line_number = 0;

	while (rest.size > 0) {
		const struct ll_str line = ll_str_split(&rest, '\n');
		const struct ll_str text = ll_str_trim(line);
		const bool is_comment = ll_str_starts(text, "/*") || ll_str_starts(text, "* ");

		line_number++;
		if (is_comment && columns_of(line) > COMMENT_COLUMNS)
			ll_offend(offences, file->path, line_number, "a comment of %zu columns",
			          columns_of(line));
		if (ll_str_starts(text, "//"))
			ll_offend(offences, file->path, line_number, "a comment of C++");
	}
}

static void functions_have_at_most_100_lines_and_files_800(void **state)
{
	struct ll_test_tree tree = {0};

	(void)state;
	ll_test_tree_add(&tree, "src", ".c .h");
	ll_test_tree_add(&tree, "include", ".h");
	ll_test_tree_add(&tree, "tests", ".c .h");

	ll_test_tree_assert(&tree, check_sizes);
	ll_test_tree_assert(&tree, check_comments);

	ll_test_tree_done(&tree);
}

static void a_function_of_101_lines_is_found_out(void **state)
{
	struct ll_buf text;

	(void)state;
	ll_buf_init(&text, LL_BUF_MESSAGE);
	ll_buf_puts(&text, "int f(void)\n{\n");
	for (int i = 0; i < FUNCTION_LINES - 1; i++)
		ll_buf_puts(&text, "\tg();\n");
	assert_int_equal(ll_test_rule_count(check_sizes, "x.c", text.data), 0);

	ll_buf_puts(&text, "\tg();\n}\n");
	assert_int_equal(ll_test_rule_count(check_sizes, "x.c", text.data), 1);
	assert_int_equal(ll_test_rule_count(check_comments, "x.c", "\t// no\n"), 1);

	ll_buf_done(&text);
}

/* ------------------------------------------------------------------ licence */

/*
 * In the first line, or in the second one behind "#!". SQL and styles have none: they are printed
 * by `list` and `help`, and sent with every page.
 */
static void check_licence(const struct ll_test_file *file, struct ll_offences *offences)
{
	static const char mark[] = "SPDX-License-Identifier: Apache-2.0";
	struct ll_str rest = file->text;
	struct ll_str line = ll_str_split(&rest, '\n');

	if (ll_str_starts(line, "#!") || ll_str_starts(line, "<?xml"))
		line = ll_str_split(&rest, '\n');
	if (ll_str_find(line, mark) == SIZE_MAX)
		ll_offend(offences, file->path, 1, "no '%s'", mark);
}

static void every_source_begins_with_its_licence(void **state)
{
	struct ll_test_tree tree = {0};

	(void)state;
	ll_test_tree_add(&tree, "src", "");
	ll_test_tree_add(&tree, "include", "");
	ll_test_tree_add(&tree, "scripts", "");
	ll_test_tree_add(&tree, "cmake", "");
	ll_test_tree_add(&tree, "templates", ".xsl .rng");
	ll_test_tree_add(&tree, "tests", ".c .h .sh CMakeLists.txt");
	ll_test_tree_add(&tree, "samples/src", ".go");

	ll_test_tree_assert(&tree, check_licence);
	assert_int_equal(ll_test_rule_count(check_licence, "x.c", "int x;\n"), 1);

	ll_test_tree_done(&tree);
}

/* ---------------------------------------------------------------------- SQL */

static void check_blanks(const struct ll_test_file *file, struct ll_offences *offences)
{
	struct ll_str rest = file->text;
	size_t line_number = 0;

	while (rest.size > 0) {
		const struct ll_str line = ll_str_split(&rest, '\n');

		line_number++;
		if (ll_str_index(line, '\t') != SIZE_MAX)
			ll_offend(offences, file->path, line_number, "a tab");
		if (line.size > 0 && isspace((unsigned char)line.data[line.size - 1]))
			ll_offend(offences, file->path, line_number, "blanks at the end");
	}
	if (file->text.size == 0 || file->text.data[file->text.size - 1] != '\n')
		ll_offend(offences, file->path, line_number, "no line feed at the end");
}

static void sql_and_templates_have_no_tabs_and_no_trailing_blanks(void **state)
{
	struct ll_test_tree tree = {0};

	(void)state;
	ll_test_tree_add(&tree, "sql", "");
	ll_test_tree_add(&tree, "templates", "");

	ll_test_tree_assert(&tree, check_blanks);
	assert_int_equal(ll_test_rule_count(check_blanks, "x.sql", "SELECT\t1 \n"), 2);

	ll_test_tree_done(&tree);
}

/* A statement that starts its own text: comments say what the file is for. */
static void check_sql_comment(const struct ll_test_file *file, struct ll_offences *offences)
{
	if (!ll_str_starts(file->text, "-- "))
		ll_offend(offences, file->path, 1, "begins with no comment");
	if (ll_str_find(file->text, "SELECT *") != SIZE_MAX)
		ll_offend(offences, file->path, 0, "says SELECT *");
}

static void every_sql_file_says_what_it_is_for(void **state)
{
	struct ll_test_tree tree = {0};

	(void)state;
	ll_test_tree_add(&tree, "sql", ".sql");

	ll_test_tree_assert(&tree, check_sql_comment);
	assert_int_equal(ll_test_rule_count(check_sql_comment, "x.sql", "SELECT * FROM t\n"), 2);

	ll_test_tree_done(&tree);
}

/* percentile() counts in percent: 0.9 asks for very nearly the smallest of all, and looks right. */
static void check_percent(const struct ll_test_file *file, struct ll_offences *offences)
{
	struct ll_str rest = file->text;
	size_t line_number = 0;

	while (rest.size > 0) {
		const struct ll_str line = ll_str_split(&rest, '\n');

		line_number++;
		if (ll_str_find(line, "percentile(") != SIZE_MAX &&
		    ll_str_find(line, ", 0.") != SIZE_MAX)
			ll_offend(offences, file->path, line_number,
			          "a percentile that is a fraction");
	}
}

static void percentiles_are_asked_for_in_percent(void **state)
{
	struct ll_test_tree tree = {0};

	(void)state;
	ll_test_tree_add(&tree, "sql", ".sql");

	ll_test_tree_assert(&tree, check_percent);
	assert_int_equal(ll_test_rule_count(check_percent, "x.sql", "percentile(y, 0.9)\n"), 1);
	assert_int_equal(ll_test_rule_count(check_percent, "x.sql", "percentile(y, 90)\n"), 0);

	ll_test_tree_done(&tree);
}

/* --------------------------------------------------------------- docstrings */

/*
 * A contract's function has a comment right above it, or stands in a run of declarations without an
 * empty line that begins with one (ll_x_init, ll_x_done). Life cycles (_init, _done, _new, _free,
 * _open, _close and their LL_CLEANUP forms) are explained once, by house.
 */
static bool is_life_cycle(struct ll_str name)
{
	static const char *const ends[] = {"_init",  "_done",  "_new",    "_free",  "_freep",
	                                   "_donep", "_close", "_closep", "_clear", "_reset"};

	for (size_t i = 0; i < LL_COUNT(ends); i++) {
		if (ll_str_ends(name, ends[i]))
			return true;
	}
	return false;
}

/*
 * The name before the first '(' of a declaration that starts in column one; empty for other lines.
 */
static struct ll_str declared_name(struct ll_str line)
{
	const size_t open = ll_str_index(line, '(');
	size_t from;

	if (open == SIZE_MAX || line.size == 0 || !isalpha((unsigned char)line.data[0]) ||
	    ll_str_starts(line, "typedef") || ll_str_starts(line, "return"))
		return ll_str_n(NULL, 0);
	for (from = open; from > 0 && (isalnum((unsigned char)line.data[from - 1]) ||
	                               line.data[from - 1] == '_');)
		from--;
	line = ll_str_n(line.data + from, open - from);
	return ll_str_starts(line, "ll_") ? line : ll_str_n(NULL, 0);
}

static void check_docstrings(const struct ll_test_file *file, struct ll_offences *offences)
{
	struct ll_str rest = file->text;
	size_t line_number = 0;
	bool is_told = false;

	while (rest.size > 0) {
		const struct ll_str line = ll_str_split(&rest, '\n');
		const struct ll_str name = declared_name(line);

		line_number++;
		if (line.size == 0)
			is_told = false;
		else if (ll_str_ends(ll_str_trim(line), "*/"))
			is_told = true;
		if (name.size > 0 && !is_told && !is_life_cycle(name))
			ll_offend(offences, file->path, line_number, "%.*s has no docstring",
			          LL_STR_ARG(name));
	}
}

static void every_function_of_a_contract_has_a_docstring(void **state)
{
	struct ll_test_tree tree = {0};

	(void)state;
	ll_test_tree_add(&tree, "include/leakledger", ".h");

	ll_test_tree_assert(&tree, check_docstrings);

	ll_test_tree_done(&tree);
}

static void a_function_without_a_docstring_is_found_out(void **state)
{
	(void)state;

	assert_int_equal(
		ll_test_rule_count(check_docstrings, "x.h", "/** Says. */\nint ll_f(int a);\n"), 0);
	assert_int_equal(
		ll_test_rule_count(check_docstrings, "x.h", "/** Says. */\n\nint ll_f(int a);\n"),
		1);
}

/* ------------------------------------------------------------- header guards */

static void check_guard(const struct ll_test_file *file, struct ll_offences *offences)
{
	struct ll_str rest = file->text;

	while (rest.size > 0) {
		struct ll_str line = ll_str_split(&rest, '\n');

		if (!ll_str_skip(&line, "#ifndef "))
			continue;
		if (!ll_str_starts(line, "LL_") && !ll_str_starts(line, "LEAKLEDGER_"))
			ll_offend(offences, file->path, 0, "guard '%.*s'", LL_STR_ARG(line));
		return;
	}
	ll_offend(offences, file->path, 0, "no guard");
}

static void every_header_is_guarded(void **state)
{
	struct ll_test_tree tree = {0};

	(void)state;
	ll_test_tree_add(&tree, "include", ".h");
	ll_test_tree_add(&tree, "src", ".h");
	ll_test_tree_add(&tree, "tests", ".h");

	ll_test_tree_assert(&tree, check_guard);
	assert_int_equal(ll_test_rule_count(check_guard, "x.h", "int x;\n"), 1);

	ll_test_tree_done(&tree);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(functions_have_at_most_100_lines_and_files_800),
		cmocka_unit_test(a_function_of_101_lines_is_found_out),
		cmocka_unit_test(every_source_begins_with_its_licence),
		cmocka_unit_test(sql_and_templates_have_no_tabs_and_no_trailing_blanks),
		cmocka_unit_test(every_sql_file_says_what_it_is_for),
		cmocka_unit_test(percentiles_are_asked_for_in_percent),
		cmocka_unit_test(every_function_of_a_contract_has_a_docstring),
		cmocka_unit_test(a_function_without_a_docstring_is_found_out),
		cmocka_unit_test(every_header_is_guarded),
	};

	return cmocka_run_group_tests_name("house.style", tests, NULL, NULL);
}
