/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_outputs.c - every way to write findings down: golden files of a made-up fleet, and names of
 * strangers, which must be inert in each.
 */
#include "ledgers.h"
#include "outputs.h"

#include <leakledger/json.h>
#include <leakledger/sqlite.h>

#include <libxml/parser.h>
#include <libxml/relaxng.h>

static int set_up(void **state)
{
	struct test_ledger *const t = ll_calloc(1, sizeof *t);
	struct ll_error err = LL_ERROR_INIT;
	struct ll_buf sql;

	test_ledger_open(t, NULL);
	ll_test_read("tests/report/data/fleet.sql", &sql);
	assert_ok(ll_sqlite_exec(ll_ledger_handle(t->ledger), sql.data, &err), &err);
	ll_buf_done(&sql);
	*state = t;
	return 0;
}

static int tear_down(void **state)
{
	test_ledger_done(*state);
	free(*state);
	return 0;
}

static struct ll_findings_of everything(const struct test_ledger *t)
{
	return (struct ll_findings_of){
		.ledger = t->ledger,
		.choice = {.suppressed = -1},
		.version = "0.0.0",
		.now_ns = INT64_C(1795230000000000000),
		.since_ns = LL_TIME_NONE,
		.until_ns = LL_TIME_NONE,
	};
}

static void write_as(const char *id, const struct ll_findings_of *of, struct ll_buf *to)
{
	const struct ll_output_format *const format = ll_output_format_find(id);
	const struct ll_output out = ll_output_to_buf(to);
	struct ll_error err = LL_ERROR_INIT;

	assert_non_null(format);
	ll_buf_init(to, LL_BUF_PAGE);
	assert_ok(format->write(of, &out, &err), &err);
}

/* -------------------------------------------------------------------- as they are */

static void each_form_is_as_it_was(void **state)
{
	const struct ll_findings_of of = everything(*state);
	size_t count;
	const struct ll_output_format *const *const formats = ll_output_formats(&count);

	for (size_t i = 0; i < count; i++) {
		char name[64];
		struct ll_buf text;

		/* Pages have golden files of their own; these findings have no captures to draw. */
		if (strcmp(formats[i]->id, "xml") == 0)
			continue;
		write_as(formats[i]->id, &of, &text);
		(void)snprintf(name, sizeof name, "outputs/findings.%s.%s", formats[i]->id,
		               formats[i]->suffix);
		ll_test_golden(name, ll_buf_str(&text));
		ll_buf_done(&text);
	}
}

static void the_same_ledger_gives_the_same_bytes(void **state)
{
	const struct ll_findings_of of = everything(*state);
	size_t count;
	const struct ll_output_format *const *const formats = ll_output_formats(&count);

	for (size_t i = 0; i < count; i++) {
		struct ll_buf first, second;

		write_as(formats[i]->id, &of, &first);
		write_as(formats[i]->id, &of, &second);
		test_assert_same_text(ll_buf_str(&first), ll_buf_str(&second));
		ll_buf_done(&first);
		ll_buf_done(&second);
	}
}

static void people_are_shown_what_they_must_look_at(void **state)
{
	struct ll_findings_of of = everything(*state);
	struct ll_buf text;

	of.choice.suppressed = 0;
	write_as("text", &of, &text);

	assert_non_null(strstr(text.data, "cart: the map"));
	assert_null(strstr(text.data, "hub: goroutines"));
	ll_buf_done(&text);
}

static void a_finding_has_a_keyword_for_each_that_is_asked_for(void **state)
{
	static const char *const wanted[] = {"wait:*", "class:g*"};
	static const char *const quoted[] = {"\"], \"class:*"};
	struct ll_findings_of of = everything(*state);
	struct ll_buf text;

	of.choice.keywords = wanted;
	of.choice.keyword_count = LL_COUNT(wanted);
	write_as("jsonl", &of, &text);
	assert_non_null(
		strstr(text.data, "\"keywords\":[\"class:goroutine\",\"wait:chan-receive\"]"));
	assert_null(strstr(text.data, "class:map"));
	ll_buf_done(&text);

	of.choice.keywords = quoted;
	of.choice.keyword_count = LL_COUNT(quoted);
	write_as("jsonl", &of, &text);
	assert_int_equal(text.size, 0);
	ll_buf_done(&text);
}

static void sarif_has_no_result_without_a_line_and_none_that_is_fixed(void **state)
{
	const struct ll_findings_of of = everything(*state);
	struct ll_buf text;
	const char *results, *rest;

	write_as("sarif", &of, &text);

	results = strstr(text.data, "\"results\":[");
	rest = strstr(text.data, "\"toolExecutionNotifications\":[");
	assert_non_null(results);
	assert_non_null(rest);
	assert_non_null(strstr(results, "0123456789ab"));
	assert_null(strstr(text.data, "2123456789ab"));
	/* What has no line is told all the same. */
	assert_non_null(strstr(rest, "the memory limit leaves no room"));
	assert_non_null(strstr(results, "\"suppressions\":[{\"kind\":\"external\""));
	ll_buf_done(&text);
}

static void sarif_names_files_as_the_repository_does_when_told_how(void **state)
{
	static const char *const strips[] = {"example.org/", "example.com/shop"};
	struct ll_findings_of of = everything(*state);
	struct ll_buf text;

	of.strips = strips;
	of.strip_count = LL_COUNT(strips);
	write_as("sarif", &of, &text);

	assert_non_null(strstr(text.data, "\"uri\":\"cart/store.go\",\"uriBaseId\":\"%SRCROOT%\""));
	ll_buf_done(&text);
}

static void junit_fails_what_is_open_and_skips_what_is_put_aside(void **state)
{
	const struct ll_findings_of of = everything(*state);
	struct ll_buf text;

	write_as("junit", &of, &text);

	assert_non_null(
		strstr(text.data, "<testsuites name=\"leakledger\" tests=\"5\" failures=\"2\">"));
	assert_non_null(strstr(text.data, "<skipped>mended in the next release</skipped>"));
	assert_non_null(strstr(text.data, "<skipped>fewer than five heap profiles</skipped>"));
	ll_buf_done(&text);
}

static void a_summary_for_ci_keeps_to_its_budget(void **state)
{
	struct test_ledger *const t = *state;
	const struct ll_findings_of of = everything(t);
	struct ll_error err = LL_ERROR_INIT;
	struct ll_buf text;

	assert_ok(
		ll_sqlite_exec(
			ll_ledger_handle(t->ledger),
			"WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n "
			"WHERE i < 2000) INSERT INTO finding (finding_id, service_id, kind, "
			"class, function, file, line, severity, score, uncapped_score, "
			"cap_reason, time_to_limit_reason, state, first_seen_ns, last_seen_ns, "
			"watched_ns, captures, lives, first_bad_build, summary, explanation, "
			"remedy, input) SELECT printf('%012x', i), 3, 'heap', 'map', 'f', 'f.go', "
			"i, 'error', 90, 90, '', '', 'new', 1, 2, 1, 1, 1, '', "
			"printf('%.*c', 900, 'x'), printf('%.*c', 900, 'y'), 'z', x'00' FROM n",
			&err),
		&err);

	write_as("md", &of, &text);

	assert_true(text.size < 60 * 1000);
	assert_non_null(strstr(text.data, " more: `leakledger findings` lists them all."));
	ll_buf_done(&text);
}

static void no_findings_are_a_whole_document_in_every_form(void **state)
{
	struct ll_findings_of of = everything(*state);
	size_t count;
	const struct ll_output_format *const *const formats = ll_output_formats(&count);

	of.choice.service = "nowhere";
	for (size_t i = 0; i < count; i++) {
		struct ll_buf text;

		write_as(formats[i]->id, &of, &text);
		assert_true(text.size > 0 || strcmp(formats[i]->id, "jsonl") == 0);
		ll_buf_done(&text);
	}
}

/* ------------------------------------------------------------------ names of strangers */

/* Markup, control characters, marks that turn text around, quotes, broken UTF-8, formulas. */
static const struct hostile {
	const char *bytes;
	size_t size;
} hostiles[] = {
#define HOSTILE(text)                                                                              \
	{                                                                                          \
		(text), sizeof(text) - 1                                                           \
	}
	HOSTILE("<script>alert(1)</script><img src=x onerror=alert(1)>]]>"),
	HOSTILE("\x1b]0;owned\x07\x1b[2J\x9b"
                "31m\r\nSet: x\n\nleakledger_up 1\n# HELP"),
	HOSTILE("\xe2\x80\xae"
                "abc\xe2\x81\xa6\xe2\x80\x8f\xef\xbb\xbf\xe2\x80\xa8line"),
	HOSTILE("a\"b'c\\d/e|f`g*h_i[j](http://evil.example/)@team www.evil.example"),
	HOSTILE("\xff\xfe\xc3(\xed\xa0\x80\xf5 broken"),
	HOSTILE("=cmd|'/C calc'!A0"),
	HOSTILE("+1+1"),
	HOSTILE("-2-3"),
	HOSTILE("@SUM(A1)"),
	HOSTILE("../../etc/passwd?a=b#c%00 &amp;"),
	HOSTILE("\",\"state\":\"fixed\"}"),
#undef HOSTILE
};

/* Puts the text into every field of the ledger that strangers fill. */
static void rename_all(struct test_ledger *t, struct ll_str hostile)
{
	static const char *const updates[] = {
		"UPDATE service SET name = :x || CASE service_id WHEN 1 THEN '' ELSE service_id END",
		"UPDATE instance SET name = :x || instance_id",
		"UPDATE file SET path = :x || file_id, root = :x",
		"UPDATE capture SET build = :x",
		"UPDATE finding SET function = :x, file = CASE file WHEN '' THEN '' ELSE :x END, summary = :x, "
		"explanation = :x, remedy = :x, first_bad_build = :x, cap_reason = :x, wait_reason = :x, "
		"limit_source = :x, outlook = :x",
		"UPDATE finding_place SET function = :x, file = :x",
		"UPDATE finding_paragraph SET text = :x",
		"UPDATE evidence SET detail = :x, class = :x",
		"UPDATE suppression SET name = :x, reason = :x, owner = :x",
		"UPDATE stage SET reason = :x",
	};
	struct ll_error err = LL_ERROR_INIT;

	for (size_t i = 0; i < LL_COUNT(updates); i++) {
		struct ll_stmt *stmt = NULL;

		assert_ok(ll_stmt_prepare(t->ledger, ll_str(updates[i]), &stmt, &err), &err);
		ll_stmt_bind_text(stmt, ":x", hostile);
		assert_ok(ll_stmt_step(stmt, &err), &err);
		ll_stmt_free(stmt);
	}
}

static bool is_steering(uint32_t code)
{
	return (code < 0x20 && code != '\n' && code != '\r' && code != '\t') ||
	       (code >= 0x7f && code < 0xa0) || (code >= 0x202a && code <= 0x202e) ||
	       (code >= 0x2066 && code <= 0x2069) || code == 0x200f || code == 0xfeff;
}

static void assert_steers_nothing(const char *id, const struct ll_buf *text)
{
	assert_true(ll_utf8_is_valid(ll_buf_str(text)));
	for (size_t i = 0; i < text->size;) {
		uint32_t code;

		i += ll_utf8_next(ll_buf_str(text), i, &code);
		if (is_steering(code))
			fail_msg("%s lets U+%04X through", id, code);
	}
}

static void assert_json(struct ll_str text)
{
	struct ll_json json;
	struct ll_json_token token;

	ll_json_init(&json, text);
	do
		token = ll_json_next(&json);
	while (token.kind != LL_JSON_END && token.kind != LL_JSON_BAD);
	assert_int_equal(token.kind, LL_JSON_END);
}

static void assert_xml(const char *id, const struct ll_buf *text)
{
	const int options =
		XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_HUGE;
	const xmlDocPtr doc = xmlReadMemory(text->data, (int)text->size, id, NULL, options);

	assert_non_null(doc);
	assert_null(strstr(text->data, "<script"));
	xmlFreeDoc(doc);
}

/* Cells of RFC 4180: none begins as a formula does. */
static void assert_csv(const struct ll_buf *text)
{
	bool is_quoted = false, is_start = true;

	for (size_t i = 0; i < text->size; i++) {
		const char byte = text->data[i];
		double number;

		if (is_start && byte != '"' && strchr("=+-@", byte)) {
			const struct ll_str rest = ll_str_from(ll_buf_str(text), i);
			size_t size = 0;

			while (size < rest.size && !strchr(",\r\n", rest.data[size]))
				size++;
			assert_true(ll_str_to_f64(ll_str_first(rest, size), &number));
		}
		if (is_start && byte == '"' && i + 1 < text->size)
			assert_null(strchr("=+-@", text->data[i + 1]));
		is_start = !is_quoted && (byte == ',' || byte == '\n');
		if (byte == '"')
			is_quoted = !is_quoted;
	}
	assert_false(is_quoted);
}

/* A line is a comment, or a name with labels and a number; no two lines have the same series. */
static void assert_prom(const struct ll_buf *text)
{
	struct ll_str rest = ll_buf_str(text);

	while (rest.size > 0) {
		const struct ll_str line = ll_str_split(&rest, '\n');
		const size_t blank = ll_str_rindex(line, ' ');
		struct ll_str others = rest;
		double number;

		assert_true(ll_str_starts(line, "# HELP leakledger_") ||
		            ll_str_starts(line, "# TYPE leakledger_") ||
		            ll_str_starts(line, "leakledger_"));
		if (line.data[0] == '#')
			continue;
		assert_true(ll_str_to_f64(ll_str_from(line, blank + 1), &number));
		while (others.size > 0) {
			const struct ll_str other = ll_str_split(&others, '\n');

			assert_false(ll_str_equal(ll_str_first(line, blank),
			                          ll_str_first(other, ll_str_rindex(other, ' '))));
		}
	}
}

static void assert_markdown(const struct ll_buf *text)
{
	assert_null(strchr(text->data, '<'));
	assert_null(strstr(text->data, "http://"));
	assert_null(strstr(text->data, "@team"));
	assert_null(strstr(text->data, "www.evil"));
}

static void assert_inert(const char *id, const struct ll_buf *text)
{
	struct ll_str rest = ll_buf_str(text);

	assert_steers_nothing(id, text);
	if (strcmp(id, "json") == 0 || strcmp(id, "sarif") == 0)
		assert_json(ll_buf_str(text));
	else if (strcmp(id, "junit") == 0 || strcmp(id, "xml") == 0)
		assert_xml(id, text);
	else if (strcmp(id, "csv") == 0)
		assert_csv(text);
	else if (strcmp(id, "prom") == 0)
		assert_prom(text);
	else if (strcmp(id, "md") == 0)
		assert_markdown(text);
	while (strcmp(id, "jsonl") == 0 && rest.size > 0)
		assert_json(ll_str_split(&rest, '\n'));
}

static void assert_all_inert(struct test_ledger *t)
{
	const struct ll_findings_of of = everything(t);
	size_t count;
	const struct ll_output_format *const *const formats = ll_output_formats(&count);

	for (size_t i = 0; i < count; i++) {
		struct ll_buf text;

		write_as(formats[i]->id, &of, &text);
		assert_inert(formats[i]->id, &text);
		ll_buf_done(&text);
	}
}

static void names_of_strangers_are_inert_in_every_form(void **state)
{
	struct test_ledger *const t = *state;

	for (size_t i = 0; i < LL_COUNT(hostiles); i++) {
		rename_all(t, ll_str_n(hostiles[i].bytes, hostiles[i].size));
		assert_all_inert(t);
	}
}

static void names_of_ten_kilobytes_are_inert_in_every_form(void **state)
{
	struct ll_buf name;

	ll_buf_init(&name, LL_BUF_MESSAGE);
	for (int i = 0; i < 1000; i++)
		ll_buf_puts(&name, "<b>\"',\xc3\xa4\n");
	rename_all(*state, ll_buf_str(&name));

	assert_all_inert(*state);
	ll_buf_done(&name);
}

static void names_that_mend_to_the_same_text_stay_two_series(void **state)
{
	struct test_ledger *const t = *state;
	const struct ll_findings_of of = everything(t);
	struct ll_error err = LL_ERROR_INIT;
	struct ll_buf text;

	assert_ok(ll_sqlite_exec(ll_ledger_handle(t->ledger),
	                         "UPDATE service SET name = CAST(x'61ff' AS TEXT) WHERE "
	                         "service_id = 1; UPDATE service SET name = CAST(x'61fe' AS "
	                         "TEXT) WHERE service_id = 2",
	                         &err),
	          &err);

	write_as("prom", &of, &text);

	assert_prom(&text);
	ll_buf_done(&text);
}

static void what_is_wanted_is_valid_by_the_model(void **state)
{
	const struct ll_findings_of of = everything(*state);
	struct ll_buf text, schema;
	xmlRelaxNGPtr grammar;
	xmlRelaxNGValidCtxtPtr context;
	xmlRelaxNGParserCtxtPtr parser;
	xmlDocPtr doc;

	write_as("xml", &of, &text);
	ll_test_read("templates/model.rng", &schema);
	parser = xmlRelaxNGNewMemParserCtxt(schema.data, (int)schema.size);
	grammar = xmlRelaxNGParse(parser);
	doc = xmlReadMemory(text.data, (int)text.size, "findings", NULL, XML_PARSE_NONET);
	context = xmlRelaxNGNewValidCtxt(grammar);

	assert_int_equal(xmlRelaxNGValidateDoc(context, doc), 0);

	xmlRelaxNGFreeValidCtxt(context);
	xmlRelaxNGFreeParserCtxt(parser);
	xmlRelaxNGFree(grammar);
	xmlFreeDoc(doc);
	ll_buf_done(&schema);
	ll_buf_done(&text);
}

static int refuse(void *self, struct ll_str text, struct ll_error *err)
{
	(void)self, (void)text;
	return ll_fail(err, LL_E_IO, "no more");
}

static void an_output_that_refuses_stops_each_form(void **state)
{
	const struct ll_findings_of of = everything(*state);
	const struct ll_output out = {.put = refuse};
	size_t count;
	const struct ll_output_format *const *const formats = ll_output_formats(&count);

	for (size_t i = 0; i < count; i++) {
		struct ll_error err = LL_ERROR_INIT;

		assert_int_equal(formats[i]->write(&of, &out, &err), LL_E_IO);
		assert_non_null(strstr(err.text, "no more"));
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(each_form_is_as_it_was),
		TEST(the_same_ledger_gives_the_same_bytes),
		TEST(people_are_shown_what_they_must_look_at),
		TEST(a_finding_has_a_keyword_for_each_that_is_asked_for),
		TEST(sarif_has_no_result_without_a_line_and_none_that_is_fixed),
		TEST(sarif_names_files_as_the_repository_does_when_told_how),
		TEST(junit_fails_what_is_open_and_skips_what_is_put_aside),
		TEST(a_summary_for_ci_keeps_to_its_budget),
		TEST(no_findings_are_a_whole_document_in_every_form),
		TEST(names_of_strangers_are_inert_in_every_form),
		TEST(names_of_ten_kilobytes_are_inert_in_every_form),
		TEST(names_that_mend_to_the_same_text_stay_two_series),
		TEST(what_is_wanted_is_valid_by_the_model),
		TEST(an_output_that_refuses_stops_each_form),
	};

	return cmocka_run_group_tests_name("report.outputs", tests, NULL, NULL);
}
