/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One file, one line: what is defined in a fmt_*.c, cmd_*.c or fn_*.c stands in its table,
 * analyzers have their whole header, and the binary holds every file of sql/ and templates/ as it
 * is.
 *
 * A row without a definition does not link, so only the other direction needs a test.
 */
#include "tree.h"

#include <leakledger/analyze.h>
#include <leakledger/resource.h>

#include <ctype.h>

/* -------------------------------------------------------------- tables in C */

static const struct table {
	const char *folder;     /* of the files, also its rooms */
	const char *start;      /* of their names */
	const char *definition; /* what stands before a name */
	const char *file;       /* that has the rows */
	const char *apart;      /* files of such names that define no row */
} tables[] = {
	{"src/capture/", "fmt_", "const struct ll_format ll_fmt_", "src/capture/formats.c", ""},
	{"src/capture/", "fmt_", "const struct ll_line_format ll_line_",
         "src/capture/log/log_origins.c", ""},
	{"src/report/", "out_", "const struct ll_output_format ll_out_", "src/report/outputs.c",
         ""},
	{"src/cli/", "cmd_", "const struct ll_command ll_command_", "src/cli/main.c", ""},
	{"src/analyze/", "fn_", "const struct ll_sqlfn_body ll_fn_", "src/analyze/sqlfn.c",
         "fn_args.c"},
};

static struct ll_str word_at(const char *text)
{
	size_t size = 0;

	while (isalnum((unsigned char)text[size]) || text[size] == '_')
		size++;
	return ll_str_n(text, size);
}

/* True when the file's macro has a row "X(name)" or "X(name, ...". */
static bool has_row(const char *file, struct ll_str name)
{
	struct ll_buf text;
	struct ll_str rest;
	bool found = false;

	ll_test_read(file, &text);
	rest = ll_buf_str(&text);
	while (rest.size > 0) {
		struct ll_str line = ll_str_trim(ll_str_split(&rest, '\n'));

		found |= ll_str_skip(&line, "X(") && ll_str_equal(word_at(line.data), name);
	}
	ll_buf_done(&text);
	return found;
}

/* Counts the definitions of the table's kind; one without a row is an offence. */
static size_t check_definitions(const struct table *table, const struct ll_test_file *file,
                                struct ll_offences *offences)
{
	struct ll_str rest = file->text;
	size_t line_number = 0, found = 0;

	while (rest.size > 0) {
		struct ll_str line = ll_str_split(&rest, '\n');

		line_number++;
		if (!ll_str_skip(&line, table->definition) || ll_str_index(line, '=') == SIZE_MAX)
			continue;
		found++;
		line = word_at(line.data);
		if (!has_row(table->file, line))
			ll_offend(offences, file->path, line_number, "no X(%.*s) in %s",
			          LL_STR_ARG(line), table->file);
	}
	return found;
}

static void check_tables(const struct ll_test_file *file, struct ll_offences *offences)
{
	size_t tables_of_file = 0, found = 0;

	for (size_t i = 0; i < LL_COUNT(tables); i++) {
		const struct ll_str name = ll_str(ll_test_base_name(file->path));

		if (!ll_str_starts(ll_str(file->path), tables[i].folder) ||
		    !ll_str_starts(name, tables[i].start) ||
		    ll_test_has_word(ll_str(tables[i].apart), name))
			continue;
		tables_of_file++;
		found += check_definitions(&tables[i], file, offences);
	}
	if (tables_of_file > 0 && found == 0)
		ll_offend(offences, file->path, 0, "its name promises a row, but it defines none");
}

static void what_a_file_defines_is_in_its_table(void **state)
{
	struct ll_test_tree tree = {0};

	(void)state;
	ll_test_tree_add(&tree, "src", ".c");

	ll_test_tree_assert(&tree, check_tables);

	ll_test_tree_done(&tree);
}

static void a_command_without_a_line_in_the_table_is_found_out(void **state)
{
	(void)state;

	assert_int_equal(ll_test_rule_count(check_tables, "src/cli/cmd_x.c",
	                                    "const struct ll_command ll_command_nowhere = {\n"),
	                 1);
	assert_int_equal(ll_test_rule_count(check_tables, "src/capture/fmt_x.c", "int x;\n"), 1);
	assert_int_equal(ll_test_rule_count(check_tables, "src/cli/cmd_x.c",
	                                    "const struct ll_command ll_command_version = {\n"),
	                 0);
}

/* Rows between two "clang-format" marks rise by name, so that two people add to different lines. */
static void check_order(const struct ll_test_file *file, struct ll_offences *offences)
{
	struct ll_str rest = file->text, last = {0};
	size_t line_number = 0;

	while (rest.size > 0) {
		struct ll_str line = ll_str_trim(ll_str_split(&rest, '\n'));

		line_number++;
		if (ll_str_starts(line, "/*"))
			last = ll_str_n(NULL, 0); /* a new group, or a new table */
		if (!ll_str_skip(&line, "X("))
			continue;
		line = word_at(line.data);
		if (last.size > 0 && ll_str_compare(last, line) >= 0)
			ll_offend(offences, file->path, line_number, "'%.*s' belongs before '%.*s'",
			          LL_STR_ARG(line), LL_STR_ARG(last));
		last = line;
	}
}

static void rows_of_formats_commands_and_functions_are_in_order(void **state)
{
	struct ll_test_tree tree = {0};

	(void)state;
	ll_test_tree_add(&tree, "src", "formats.c main.c sqlfn.c");

	ll_test_tree_assert(&tree, check_order);

	ll_test_tree_done(&tree);
}

static void a_row_out_of_order_is_found_out(void **state)
{
	(void)state;

	assert_int_equal(ll_test_rule_count(check_order, "x.c", "\tX(b) \\\n\tX(a)\n"), 1);
	assert_int_equal(ll_test_rule_count(check_order, "x.c", "\tX(a) \\\n\tX(b)\n"), 0);
}

/* ---------------------------------------------------------------- analyzers */

static void check_analyzer(const struct ll_test_file *file, struct ll_offences *offences)
{
	static const char *const keys[] = {
		"\n-- title:",    "\n-- layer:",           "\n-- term:",       "\n-- needs:",
		"\n--\n-- Why: ", "\n--\n-- Blind spot: ", "\n--\n-- Source: "};
	char id[256];
	size_t size;

	(void)snprintf(id, sizeof id, "-- id:         %s", file->path + strlen("sql/analyzers/"));
	size = strlen(id) - strlen(".sql");
	id[size] = '\0';
	*strrchr(id, '/') = '.';
	if (!ll_str_starts(file->text, id) || file->text.data[size] != '\n')
		ll_offend(offences, file->path, 1, "begins with '%s'", id);
	for (size_t i = 0; i < LL_COUNT(keys); i++) {
		if (ll_str_find(file->text, keys[i]) == SIZE_MAX)
			ll_offend(offences, file->path, 0, "the header has no '%s'",
			          keys[i] + strspn(keys[i], "\n- "));
	}
}

static void every_analyzer_says_why_and_where_it_is_blind(void **state)
{
	struct ll_test_tree tree = {0};

	(void)state;
	ll_test_tree_add(&tree, "sql/analyzers", ".sql");

	ll_test_tree_assert(&tree, check_analyzer);

	ll_test_tree_done(&tree);
}

static void an_analyzer_without_a_blind_spot_is_found_out(void **state)
{
	static const char text[] =
		"-- id:         heap.x\n-- title:      T\n-- layer:      L2\n"
		"-- term:       growth\n-- needs:      v\n--\n-- Why: because.\n--\n"
		"-- Source: here.\nSELECT 1\n";

	(void)state;
	assert_int_equal(ll_test_rule_count(check_analyzer, "sql/analyzers/heap/x.sql", text), 1);
	assert_int_equal(ll_test_rule_count(check_analyzer, "sql/analyzers/heap/y.sql", text), 2);
}

static void the_catalog_accepts_every_analyzer(void **state)
{
	struct ll_error err = LL_ERROR_INIT;
	struct ll_resources *resources = NULL;
	struct ll_catalog *catalog = NULL;
	struct ll_test_tree tree = {0};
	size_t count = 0;

	(void)state;
	ll_test_tree_add(&tree, "sql/analyzers", ".sql");
	assert_ok(ll_resources_open(NULL, &resources, &err), &err);

	assert_ok(ll_catalog_open(resources, &catalog, &err), &err);
	(void)ll_catalog_all(catalog, &count);

	assert_int_equal(count, tree.files.count);

	ll_catalog_close(catalog);
	ll_resources_close(resources);
	ll_test_tree_done(&tree);
}

/* ---------------------------------------------------------------- resources */

static struct ll_resources *embedded;

static void check_embedded(const struct ll_test_file *file, struct ll_offences *offences)
{
	const struct ll_resource *const resource = ll_resource_find(embedded, file->path);

	if (!resource)
		ll_offend(offences, file->path, 0, "is not in the binary");
	else if (!ll_str_equal(resource->bytes, file->text))
		ll_offend(offences, file->path, 0, "is another text in the binary");
}

static void the_binary_holds_every_file_of_sql_and_templates_as_it_is(void **state)
{
	struct ll_error err = LL_ERROR_INIT;
	struct ll_test_tree tree = {0};
	size_t count;

	(void)state;
	ll_test_tree_add(&tree, "sql", "");
	ll_test_tree_add(&tree, "templates", "");
	ll_test_tree_add(&tree, "docs/schema", ".json");
	assert_ok(ll_resources_open(NULL, &embedded, &err), &err);
	(void)ll_resource_all(embedded, &count);

	ll_test_tree_assert(&tree, check_embedded);
	assert_int_equal(ll_test_rule_count(check_embedded, "sql/none.sql", ""), 1);
	assert_int_equal(ll_test_rule_count(check_embedded, "sql/views/v_finding.sql", "x"), 1);
	assert_int_equal(count, tree.files.count);

	ll_resources_close(embedded);
	ll_test_tree_done(&tree);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_a_file_defines_is_in_its_table),
		cmocka_unit_test(a_command_without_a_line_in_the_table_is_found_out),
		cmocka_unit_test(rows_of_formats_commands_and_functions_are_in_order),
		cmocka_unit_test(a_row_out_of_order_is_found_out),
		cmocka_unit_test(every_analyzer_says_why_and_where_it_is_blind),
		cmocka_unit_test(an_analyzer_without_a_blind_spot_is_found_out),
		cmocka_unit_test(the_catalog_accepts_every_analyzer),
		cmocka_unit_test(the_binary_holds_every_file_of_sql_and_templates_as_it_is),
	};

	return cmocka_run_group_tests_name("house.tables", tests, NULL, NULL);
}
