/* SPDX-License-Identifier: Apache-2.0 */
/* test_rows.c - SELECTs as tables, JSON lines, CSV and Markdown, with hostile cells. */
#include "queries.h"

#include <leakledger/report.h>

static void assert_rows(void *state, const char *sql, enum ll_rows_format format, size_t rows,
                        const char *expected)
{
	struct ll_stmt *const stmt = queries_prepare(state, sql);
	struct ll_error err = LL_ERROR_INIT;
	struct ll_output output;
	struct ll_buf out;
	size_t written = 99;

	ll_buf_init(&out, LL_BUF_PAGE);
	output = ll_output_to_buf(&out);
	assert_ok(ll_rows_write(stmt, format, &output, &written, &err), &err);

	assert_string_equal(out.data, expected);
	assert_int_equal(written, rows);
	ll_stmt_free(stmt);
	ll_buf_done(&out);
}

static void a_table_is_aligned_with_numbers_at_the_right(void **state)
{
	assert_rows(*state,
	            "SELECT 'cart' AS service, 5 AS \"grown:count\", 'x' AS note"
	            " UNION ALL SELECT 'checkout', 12345, NULL",
	            LL_ROWS_TABLE, 2,
	            "service    grown  note\n"
	            "cart           5  x\n"
	            "checkout  12,345  \n");
}

static void a_table_counts_characters_and_not_bytes(void **state)
{
	assert_rows(*state, "SELECT 'gr\xc3\xbc\xc3\x9f' AS a, 1 AS b UNION ALL SELECT 'abcde', 2",
	            LL_ROWS_TABLE, 2,
	            "a      b\n"
	            "gr\xc3\xbc\xc3\x9f   1\n"
	            "abcde  2\n");
}

static void a_terminal_never_gets_control_characters(void **state)
{
	assert_rows(
		*state,
		"SELECT 'a' || char(27) || '[31mred' || char(10) || 'b' || char(8238) || 'c' || "
		"char(155) || CAST(x'ff' AS TEXT) AS name",
		LL_ROWS_TABLE, 1,
		"name\n"
		"a\xef\xbf\xbd[31mred b\xef\xbf\xbd"
		"c\xef\xbf\xbd\xef\xbf\xbd\n");
}

static void a_long_cell_of_a_table_is_cut_with_an_ellipsis(void **state)
{
	assert_rows(*state, "SELECT printf('%.*c', 100, 'x') AS n", LL_ROWS_TABLE, 1,
	            "n\n"
	            "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
	            "\xe2\x80\xa6\n");
}

static void json_lines_keep_types_and_escape(void **state)
{
	assert_rows(
		*state,
		"SELECT 1 AS \"n:count\", 2.5 AS r, NULL AS missing, 1 AS \"is:bool\", "
		"'[\"a\"]' AS \"list:json\", 1795223187000000000 AS \"at:time\", "
		"'q\"' || char(10) || char(1) || '</script>' AS text",
		LL_ROWS_JSONL, 1,
		"{\"n\":1,\"r\":2.5,\"missing\":null,\"is\":true,\"list\":[\"a\"],"
		"\"at\":\"2026-11-21T01:06:27Z\",\"text\":\"q\\\"\\n\\u0001\\u003c/script\\u003e\"}\n");
}

static void a_text_column_of_digits_stays_a_text_in_json(void **state)
{
	assert_rows(*state, "SELECT 17 AS \"build:text\", '0x1' AS own", LL_ROWS_JSONL, 1,
	            "{\"build\":\"17\",\"own\":\"0x1\"}\n");
}

static void csv_quotes_and_defuses_formulas(void **state)
{
	assert_rows(*state,
	            "SELECT 'a,b' AS x, 'say \"hi\"' AS y, '=1+1' AS z UNION ALL "
	            "SELECT '@cmd', '+x', '-5' UNION ALL SELECT '-cmd', 'l1' || char(10) || 'l2', "
	            "NULL",
	            LL_ROWS_CSV, 3,
	            "x,y,z\r\n"
	            "\"a,b\",\"say \"\"hi\"\"\",\"'=1+1\"\r\n"
	            "\"'@cmd\",\"'+x\",-5\r\n"
	            "\"'-cmd\",\"l1\nl2\",\r\n");
}

static void csv_mends_bytes_and_steers_nothing(void **state)
{
	assert_rows(
		*state,
		"SELECT CAST(x'61ff' AS TEXT) AS a, 'b' || char(27) || '[2J' || char(8238) AS b, "
		"char(10) || '=1' AS c",
		LL_ROWS_CSV, 1,
		"a,b,c\r\na\xef\xbf\xbd,b\xef\xbf\xbd[2J\xef\xbf\xbd,\"'\n=1\"\r\n");
}

static void json_is_one_array(void **state)
{
	assert_rows(*state, "SELECT 1 AS n UNION ALL SELECT 2", LL_ROWS_JSON, 2,
	            "[\n{\"n\":1},\n{\"n\":2}\n]\n");
	assert_rows(*state, "SELECT 1 AS n WHERE 0", LL_ROWS_JSON, 0, "[\n]\n");
}

static void markdown_breaks_links_and_mentions(void **state)
{
	assert_rows(*state, "SELECT 'see http://x.y www.z @you ~a~' AS n", LL_ROWS_MARKDOWN, 1,
	            "| n |\n| --- |\n| see http&#58;//x.y www&#46;z @\xe2\x81\xa0you \\~a\\~ |\n");
}

static void csv_has_machine_readable_numbers(void **state)
{
	assert_rows(*state, "SELECT 1234567 AS \"n:bytes\", 1795223187000000000 AS \"t:time\"",
	            LL_ROWS_CSV, 1, "n,t\r\n1234567,2026-11-21T01:06:27Z\r\n");
}

static void markdown_escapes_markup(void **state)
{
	assert_rows(*state,
	            "SELECT '<img src=x>' AS \"a_b\", 'x|y' AS y, 1234 AS \"n:count\", "
	            "'[l](u) `c` *b* &' || char(10) || 'next' AS z",
	            LL_ROWS_MARKDOWN, 1,
	            "| a\\_b | y | n | z |\n"
	            "| --- | --- | ---: | --- |\n"
	            "| &lt;img src=x> | x\\|y | 1,234 | \\[l\\](u) \\`c\\` \\*b\\* &amp; next |\n");
}

static void no_rows_still_have_a_header(void **state)
{
	static const char sql[] = "SELECT 1 AS a, 2 AS b WHERE 0";

	assert_rows(*state, sql, LL_ROWS_TABLE, 0, "a  b\n");
	assert_rows(*state, sql, LL_ROWS_CSV, 0, "a,b\r\n");
	assert_rows(*state, sql, LL_ROWS_MARKDOWN, 0, "| a | b |\n| --- | --- |\n");
	assert_rows(*state, sql, LL_ROWS_JSONL, 0, "");
}

static void formats_are_found_by_name(void **state)
{
	enum ll_rows_format format = LL_ROWS_TABLE;
	(void)state;

	assert_true(ll_rows_format_find("jsonl", &format));
	assert_int_equal(format, LL_ROWS_JSONL);
	assert_true(ll_rows_format_find("md", &format));
	assert_int_equal(format, LL_ROWS_MARKDOWN);
	assert_false(ll_rows_format_find("xml", &format));
	assert_false(ll_rows_format_find("", &format));
}

static int refuse(void *self, struct ll_str text, struct ll_error *err)
{
	(void)self;
	(void)text;
	return ll_fail(err, LL_E_IO, "the pipe is closed");
}

static void an_output_that_refuses_ends_the_writing(void **state)
{
	const struct ll_output output = {.self = NULL, .put = refuse};

	for (int format = LL_ROWS_TABLE; format <= LL_ROWS_MARKDOWN; format++) {
		struct ll_stmt *const stmt = queries_prepare(*state, "SELECT 1 AS a");
		struct ll_error err = LL_ERROR_INIT;

		assert_int_equal(
			ll_rows_write(stmt, (enum ll_rows_format)format, &output, NULL, &err),
			LL_E_IO);
		assert_string_equal(err.text, "the pipe is closed");
		ll_stmt_free(stmt);
	}
}

static void a_failing_query_is_an_error_in_every_format(void **state)
{
	/* What is no JSON is found out while stepping. */
	static const char sql[] = "SELECT 1 AS a UNION ALL SELECT json('{')";

	for (int format = LL_ROWS_TABLE; format <= LL_ROWS_MARKDOWN; format++) {
		struct ll_stmt *const stmt = queries_prepare(*state, sql);
		struct ll_error err = LL_ERROR_INIT;
		struct ll_output output;
		struct ll_buf out;

		ll_buf_init(&out, LL_BUF_PAGE);
		output = ll_output_to_buf(&out);
		assert_int_equal(
			ll_rows_write(stmt, (enum ll_rows_format)format, &output, NULL, &err),
			LL_E_DATABASE);
		assert_non_null(strstr(err.text, "malformed JSON"));
		ll_stmt_free(stmt);
		ll_buf_done(&out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_table_is_aligned_with_numbers_at_the_right),
		cmocka_unit_test(a_table_counts_characters_and_not_bytes),
		cmocka_unit_test(a_terminal_never_gets_control_characters),
		cmocka_unit_test(a_long_cell_of_a_table_is_cut_with_an_ellipsis),
		cmocka_unit_test(json_lines_keep_types_and_escape),
		cmocka_unit_test(a_text_column_of_digits_stays_a_text_in_json),
		cmocka_unit_test(csv_quotes_and_defuses_formulas),
		cmocka_unit_test(csv_mends_bytes_and_steers_nothing),
		cmocka_unit_test(json_is_one_array),
		cmocka_unit_test(markdown_breaks_links_and_mentions),
		cmocka_unit_test(csv_has_machine_readable_numbers),
		cmocka_unit_test(markdown_escapes_markup),
		cmocka_unit_test(no_rows_still_have_a_header),
		cmocka_unit_test(formats_are_found_by_name),
		cmocka_unit_test(an_output_that_refuses_ends_the_writing),
		cmocka_unit_test(a_failing_query_is_an_error_in_every_format),
	};

	return cmocka_run_group_tests(tests, queries_set_up, queries_tear_down);
}
