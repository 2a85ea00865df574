/* SPDX-License-Identifier: Apache-2.0 */
/* What the program has is in its documents, and what the documents show works. */
#include "tree.h"

#include <leakledger/analyze.h>

#include <ctype.h>
#include <unistd.h>

static char *scratch;
static struct ll_buf manual, formats_page, ledger_page, analyzers_page;

static int open_pages(void **state)
{
	(void)state;
	scratch = ll_test_scratch();
	ll_test_read("docs/leakledger.1", &manual);
	ll_test_read("docs/formats.md", &formats_page);
	ll_test_read("docs/ledger.md", &ledger_page);
	ll_test_read("docs/analyzers.md", &analyzers_page);
	return 0;
}

static int close_pages(void **state)
{
	(void)state;
	ll_buf_done(&analyzers_page);
	ll_buf_done(&ledger_page);
	ll_buf_done(&formats_page);
	ll_buf_done(&manual);
	ll_test_scratch_done(scratch);
	return 0;
}

/* The word that `text` begins with: letters, digits, '_' and '-'. */
static struct ll_str word_at(struct ll_str text)
{
	size_t size = 0;

	while (size < text.size && (isalnum((unsigned char)text.data[size]) ||
	                            text.data[size] == '_' || text.data[size] == '-'))
		size++;
	return ll_str_first(text, size);
}

/*
 * Takes every word behind `mark` in the files of a directory, puts it into `format` (which has one
 * "%.*s"), and fails unless that stands in the page. Returns how many words there were.
 */
static size_t check_words(const char *directory, const char *suffix, const char *mark,
                          const char *before, const struct ll_buf *page)
{
	struct ll_test_tree tree = {0};
	const struct ll_test_file *files;
	size_t found = 0;

	ll_test_tree_add(&tree, directory, suffix);
	files = tree.files.items;
	for (size_t i = 0; i < tree.files.count; i++) {
		struct ll_str rest = files[i].text;

		for (size_t at = ll_str_find(rest, mark); at != SIZE_MAX;
		     at = ll_str_find(rest, mark)) {
			char wanted[256];

			rest = ll_str_from(rest, at + strlen(mark));
			(void)snprintf(wanted, sizeof wanted, "%s%.*s", before,
			               LL_STR_ARG(word_at(rest)));
			if (!strstr(page->data, wanted))
				fail_msg("%s: '%s' is not documented", files[i].path, wanted);
			found++;
		}
	}
	ll_test_tree_done(&tree);
	return found;
}

static void the_manual_has_every_command_option_and_variable(void **state)
{
	(void)state;

	assert_true(check_words("src/cli", "main.c", "\tX(", ".It Cm ", &manual) >= 6);
	assert_true(check_words("src/cli", "opt.c", ".name = \"", " -", &manual) >= 15);
	assert_true(check_words("src/cli", ".c", "getenv(\"", ".It Ev ", &manual) >= 3);
}

/* An option of the table that no command takes can be documented, but never given. */
static void every_option_is_taken_by_a_command(void **state)
{
	struct ll_test_tree tree = {0};
	const struct ll_test_file *files;
	struct ll_buf commands;

	(void)state;
	ll_buf_init(&commands, LL_BUF_PAGE);
	ll_test_tree_add(&tree, "src/cli", ".c");
	files = tree.files.items;
	for (size_t i = 0; i < tree.files.count; i++) {
		if (ll_str_starts(ll_str(files[i].path), "src/cli/cmd_"))
			ll_buf_put_str(&commands, files[i].text);
	}

	assert_true(check_words("src/cli", "opt.c", "\t[LL_OPTION_", "LL_OPTION_", &commands) >=
	            15);

	ll_test_tree_done(&tree);
	ll_buf_done(&commands);
}

static void the_manual_and_the_readme_have_every_exit_code(void **state)
{
	struct ll_buf header, readme;
	struct ll_str rest;
	size_t codes = 0;

	(void)state;
	ll_test_read("src/cli/cli.h", &header);
	ll_test_read("README.md", &readme);
	rest = ll_buf_str(&header);
	while (rest.size > 0) {
		struct ll_str line = ll_str_trim(ll_str_split(&rest, '\n'));
		const size_t equals = ll_str_find(line, " = ");
		char wanted[64];

		if (!ll_str_starts(line, "LL_EXIT_") || equals == SIZE_MAX)
			continue;
		line = word_at(ll_str_from(line, equals + 3));
		(void)snprintf(wanted, sizeof wanted, "\n.It %.*s\n", LL_STR_ARG(line));
		assert_non_null(strstr(manual.data, wanted));
		(void)snprintf(wanted, sizeof wanted, "\n| %.*s | ", LL_STR_ARG(line));
		assert_non_null(strstr(readme.data, wanted));
		codes++;
	}
	assert_true(codes >= 8);

	ll_buf_done(&readme);
	ll_buf_done(&header);
}

static void the_manual_is_clean(void **state)
{
	struct ll_buf output;
	char command[1200];

	(void)state;
	if (ll_test_run("command -v mandoc", NULL) != 0)
		skip();
	ll_buf_init(&output, LL_BUF_MESSAGE);
	(void)snprintf(command, sizeof command, "mandoc -Tlint -Wstyle '%s'",
	               ll_test_source("docs/leakledger.1"));

	if (ll_test_run(command, &output) != 0)
		print_error("%s\n", output.data);
	/* Whether other pages are installed is not ours. */
	assert_null(strstr(output.data, "ERROR"));
	assert_null(strstr(output.data, "WARNING"));
	assert_null(strstr(output.data, "STYLE: input"));

	ll_buf_done(&output);
}

static void every_format_has_a_paragraph(void **state)
{
	size_t count;
	const struct ll_format *const *const formats = ll_formats(&count);

	(void)state;
	for (size_t i = 0; i < count; i++) {
		char wanted[64];

		(void)snprintf(wanted, sizeof wanted, "`%s`", formats[i]->id);
		if (!strstr(formats_page.data, wanted))
			fail_msg("docs/formats.md says nothing of %s", wanted);
	}
}

static void every_function_view_and_table_is_told(void **state)
{
	size_t count;
	const struct ll_sqlfn *const functions = ll_sqlfn_all(&count);

	(void)state;
	for (size_t i = 0; i < count; i++) {
		char wanted[64];

		(void)snprintf(wanted, sizeof wanted, "`%s`", functions[i].name);
		if (!strstr(analyzers_page.data, wanted))
			fail_msg("docs/analyzers.md says nothing of %s", wanted);
	}
	assert_true(check_words("sql/schema", ".sql", "CREATE TABLE ", "`", &ledger_page) > 20);
	assert_true(check_words("sql/views", "v_capture.sql", "CREATE VIEW ", "`", &ledger_page) >=
	            1);
	assert_true(check_words("sql/views", "v_finding.sql", "CREATE VIEW ", "`", &ledger_page) >=
	            5);
	assert_true(check_words("sql/views", "sample.sql", "CREATE VIEW ", "`", &ledger_page) >= 3);
	assert_true(check_words("sql/views", "v_growth.sql", "CREATE VIEW ", "`",
	                        &analyzers_page) >= 10);
}

/* -------------------------------------------------------------- what they show */

static int run(struct ll_buf *output, const char *format, ...) LL_PRINTF(2, 3);
static int run(struct ll_buf *output, const char *format, ...)
{
	char command[4096];
	va_list args;

	va_start(args, format);
	(void)vsnprintf(command, sizeof command, format, args);
	va_end(args);
	ll_buf_clear(output);
	return ll_test_run(command, output);
}

/* A ledger with one goroutine dump in it. */
static void make_ledger(struct ll_buf *output)
{
	static const char dump[] = "goroutine 1 [chan receive, 5 minutes]:\n"
				   "main.main()\n\t/src/main.go:10 +0x20\n";

	free(ll_test_write(scratch, "in/cart/pod-1/dump.txt", ll_str(dump)));
	assert_int_equal(run(output, "cd '%s' && \"$LEAKLEDGER\" ingest in -q", scratch), 0);
}

/* Lines of ledger.md: sqlite3 -readonly leakledger.db "SELECT ..." */
static void the_queries_of_the_ledgers_page_run(void **state)
{
	static const char mark[] = "sqlite3 -readonly leakledger.db \"";
	struct ll_error err = LL_ERROR_INIT;
	struct ll_resources *resources = NULL;
	struct ll_ledger *ledger = NULL;
	struct ll_str rest = ll_buf_str(&ledger_page);
	struct ll_buf output;
	char path[1200];
	size_t queries = 0;

	(void)state;
	ll_buf_init(&output, LL_BUF_MESSAGE);
	make_ledger(&output);
	(void)snprintf(path, sizeof path, "%s/leakledger.db", scratch);
	assert_ok(ll_resources_open(NULL, &resources, &err), &err);
	assert_ok(ll_ledger_open(path, LL_LEDGER_READ, resources, &ledger, &err), &err);

	while (rest.size > 0) {
		struct ll_str line = ll_str_split(&rest, '\n');
		struct ll_stmt *stmt = NULL;

		if (!ll_str_skip(&line, mark))
			continue;
		assert_ok(ll_stmt_prepare(ledger, ll_str_split(&line, '"'), &stmt, &err), &err);
		assert_ok(ll_stmt_step(stmt, &err), &err);
		ll_stmt_free(stmt);
		queries++;
	}
	assert_true(queries >= 3);

	ll_ledger_close(ledger);
	ll_resources_close(resources);
	ll_buf_done(&output);
}

/* The last block of SQL in analyzers.md, as a file of the user's. */
static void the_example_of_the_analyzers_page_runs(void **state)
{
	const char *const text = strstr(analyzers_page.data, "-- id:         heap.doubled");
	struct ll_buf output;

	(void)state;
	assert_non_null(text);
	ll_buf_init(&output, LL_BUF_MESSAGE);
	make_ledger(&output);
	free(ll_test_write(scratch, "mine/sql/analyzers/heap/doubled.sql",
	                   ll_str_n(text, (size_t)(strstr(text, "```") - text))));

	assert_int_equal(run(&output,
	                     "cd '%s' && \"$LEAKLEDGER\" analyze --rule heap.doubled "
	                     "--resources mine",
	                     scratch),
	                 0);
	assert_int_equal(
		run(&output, "cd '%s' && \"$LEAKLEDGER\" list analyzers --resources mine", scratch),
		0);
	assert_non_null(strstr(output.data, "heap.doubled"));

	ll_buf_done(&output);
}

static void check_links(const struct ll_test_file *file, struct ll_offences *offences)
{
	struct ll_str rest = file->text;

	for (size_t at = ll_str_find(rest, "]("); at != SIZE_MAX; at = ll_str_find(rest, "](")) {
		char path[2048];
		struct ll_str target;

		rest = ll_str_from(rest, at + 2);
		target = ll_str_first(rest, ll_str_index(rest, ')'));
		/* Pictures are made from a report and looked at by people. */
		if (ll_str_starts(target, "https://") || ll_str_starts(target, "#") ||
		    ll_str_ends(target, ".png"))
			continue;
		(void)snprintf(path, sizeof path, "%s/%s%.*s", LL_SOURCE_DIR,
		               ll_str_starts(ll_str(file->path), "docs/") ? "docs/" : "",
		               LL_STR_ARG(target));
		if (access(path, R_OK) != 0)
			ll_offend(offences, file->path, 0, "links to '%.*s', which is not there",
			          LL_STR_ARG(target));
	}
}

static void links_between_documents_lead_somewhere(void **state)
{
	struct ll_test_tree tree = {0};
	struct ll_buf readme;

	(void)state;
	ll_test_read("README.md", &readme);
	ll_test_tree_add(&tree, "docs", ".md");
	*(struct ll_test_file *)ll_vec_push(&tree.files, sizeof(struct ll_test_file)) =
		(struct ll_test_file){.path = "README.md", .text = ll_buf_str(&readme)};

	ll_test_tree_assert(&tree, check_links);
	assert_int_equal(ll_test_rule_count(check_links, "docs/x.md", "[a](nowhere.md)"), 1);

	ll_buf_done(&readme);
	ll_test_tree_done(&tree);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_manual_has_every_command_option_and_variable),
		cmocka_unit_test(every_option_is_taken_by_a_command),
		cmocka_unit_test(the_manual_and_the_readme_have_every_exit_code),
		cmocka_unit_test(the_manual_is_clean),
		cmocka_unit_test(every_format_has_a_paragraph),
		cmocka_unit_test(every_function_view_and_table_is_told),
		cmocka_unit_test(the_queries_of_the_ledgers_page_run),
		cmocka_unit_test(the_example_of_the_analyzers_page_runs),
		cmocka_unit_test(links_between_documents_lead_somewhere),
	};

	return cmocka_run_group_tests_name("house.docs", tests, open_pages, close_pages);
}
