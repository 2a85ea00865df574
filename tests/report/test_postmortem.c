/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_postmortem.c - the post-mortem of samples/incident, a service that a kernel really killed:
 * the page answers what is asked after a kill, and stays as it is.
 */
#include "ledgers.h"

#include <leakledger/report.h>

#include <libxml/HTMLparser.h>
#include <libxml/xpath.h>

struct worked {
	struct test_ledger ledger;
	struct ll_buf html, json, text;
};

static void make(struct worked *w, struct ll_postmortem *postmortem,
                 enum ll_postmortem_format format, struct ll_buf *out)
{
	const struct ll_incident_row *rows = NULL;
	struct ll_error err = LL_ERROR_INIT;
	size_t count = 0;

	(void)w;
	assert_ok(ll_postmortem_find(postmortem, "label-printer", &rows, &count, &err), &err);
	assert_int_equal(count, 1);
	assert_string_equal(rows[0].name, "label-printer-20261121T230102Z");
	ll_buf_init(out, LL_BUF_PAGE);
	assert_ok(ll_postmortem_make(postmortem, &rows[0], format, out, &err), &err);
}

static int set_up(void **state)
{
	struct worked *const w = ll_calloc(1, sizeof *w);
	const struct ll_postmortem_options options = {.version = "0.0.0"};
	LL_CLEANUP(ll_postmortem_freep) struct ll_postmortem *postmortem = NULL;
	struct ll_error err = LL_ERROR_INIT;

	test_ledger_open(&w->ledger, NULL);
	(void)test_ledger_ingest_root(&w->ledger, ll_test_source("samples/incident"), 2);
	(void)test_ledger_analyze(&w->ledger);
	test_ledger_reopen(&w->ledger, LL_LEDGER_READ);
	assert_ok(ll_ledger_begin_read(w->ledger.ledger, &err), &err);
	assert_ok(ll_postmortem_new(w->ledger.ledger, &options, &postmortem, &err), &err);
	make(w, postmortem, LL_POSTMORTEM_HTML, &w->html);
	make(w, postmortem, LL_POSTMORTEM_JSON, &w->json);
	make(w, postmortem, LL_POSTMORTEM_TEXT, &w->text);
	*state = w;
	return 0;
}

static int tear_down(void **state)
{
	struct worked *const w = *state;

	ll_buf_done(&w->html);
	ll_buf_done(&w->json);
	ll_buf_done(&w->text);
	test_ledger_done(&w->ledger);
	free(w);
	return 0;
}

/* Nodes that an XPath finds in the page. */
static int count_nodes(const struct worked *w, const char *path)
{
	const htmlDocPtr doc =
		htmlReadMemory(w->html.data, (int)w->html.size, NULL, "UTF-8",
	                       HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET);
	xmlXPathContextPtr const context = xmlXPathNewContext(doc);
	xmlXPathObjectPtr const found = xmlXPathEvalExpression((const xmlChar *)path, context);
	const int count = found && found->nodesetval ? found->nodesetval->nodeNr : 0;

	xmlXPathFreeObject(found);
	xmlXPathFreeContext(context);
	xmlFreeDoc(doc);
	return count;
}

#define SECTION(id) "//section[h2[@id='" id "']]"

static void the_numbers_are_as_they_were(void **state)
{
	const struct worked *const w = *state;

	ll_test_golden("report/postmortem.json", ll_buf_str(&w->json));
}

static void the_summary_is_as_it_was(void **state)
{
	const struct worked *const w = *state;

	ll_test_golden("report/postmortem.txt", ll_buf_str(&w->text));
}

static void what_died_when_and_at_which_limit_comes_first(void **state)
{
	const struct worked *const w = *state;

	assert_int_equal(count_nodes(w, "//h1[.='label-printer was killed at its limit of 96 MiB: "
	                                "slow leak']"),
	                 1);
	assert_int_equal(count_nodes(w, "//dd/time[.='2026-11-21 23:01:02 UTC']"), 1);
	assert_int_equal(count_nodes(w, "//dd[contains(., 'told by the kill itself')]"), 1);
	assert_int_equal(count_nodes(w, "//dd/strong[.='38 s before the kill']"), 1);
}

static void the_bytes_have_a_table_and_a_bar(void **state)
{
	const struct worked *const w = *state;

	assert_int_equal(count_nodes(w, SECTION("bytes") "//tbody/tr"), 10);
	assert_true(count_nodes(w, SECTION("bytes") "//*[local-name()='svg']") == 2);
}

static void all_four_verdicts_show_their_numbers(void **state)
{
	const struct worked *const w = *state;

	assert_int_equal(count_nodes(w, SECTION("verdict") "/article"), 4);
	assert_int_equal(
		count_nodes(w, SECTION("verdict") "/article[h3='slow leak: this one']//tr[@class="
	                                          "'no' or @class='unknown']"),
		0);
	assert_true(count_nodes(w, SECTION("verdict") "//tr[@class='no']") >= 3);
}

static void what_grew_is_compared_with_a_life_that_was_well(void **state)
{
	const struct worked *const w = *state;

	assert_int_equal(count_nodes(w, SECTION("grew") "//p[contains(., 'build 1.3.0') and "
	                                                "contains(., 'it did not grow')]"),
	                 1);
	assert_true(count_nodes(w, SECTION("grew") "//tbody/tr[1]/th/code[contains(., "
	                                           "'labels/api.New')]") == 1);
}

static void the_build_that_brought_it_is_named(void **state)
{
	const struct worked *const w = *state;

	assert_int_equal(count_nodes(w, SECTION("since") "/p[contains(., 'brought build 1.4.0 "
	                                                 "(release 1.4.0)')]"),
	                 1);
}

static void goroutines_gaps_and_leads_are_told(void **state)
{
	const struct worked *const w = *state;

	assert_true(count_nodes(w, SECTION("goroutines") "//tbody/tr") >= 3);
	assert_true(count_nodes(w, SECTION("gaps") "//li") >= 2);
	assert_true(count_nodes(w, SECTION("warned") "//tr[contains(th, 'our finding')]"
	                                             "//strong") >= 1);
	assert_true(count_nodes(w, SECTION("warned") "//tr") >= 5);
}

static void events_and_values_share_one_axis(void **state)
{
	const struct worked *const w = *state;

	assert_int_equal(count_nodes(w, "//figure[@id='lanes']//*[local-name()='svg']"), 2);
	for (const char *const *name =
	             (const char *const[]){"captures", "collections", "starts", "kills", NULL};
	     *name; name++) {
		char path[128];

		(void)snprintf(path, sizeof path,
		               "//figure[@id='lanes']//*[local-name()='text'][.='%s']", *name);
		assert_int_equal(count_nodes(w, path), 2);
	}
}

static void the_page_needs_nothing_else(void **state)
{
	const struct worked *const w = *state;

	assert_int_equal(count_nodes(w, "//script | //link | //img | //iframe"), 0);
	assert_int_equal(count_nodes(w, "//a[not(starts-with(@href, '#'))]"), 0);
	assert_int_equal(count_nodes(w, "//*[@style]"), 0);
	assert_true(w->html.size < (size_t)200 * 1024);
}

static void no_id_is_there_twice(void **state)
{
	const struct worked *const w = *state;

	assert_int_equal(count_nodes(w, "//*[@id][@id = preceding::*/@id]"), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_numbers_are_as_they_were),
		cmocka_unit_test(the_summary_is_as_it_was),
		cmocka_unit_test(what_died_when_and_at_which_limit_comes_first),
		cmocka_unit_test(the_bytes_have_a_table_and_a_bar),
		cmocka_unit_test(all_four_verdicts_show_their_numbers),
		cmocka_unit_test(what_grew_is_compared_with_a_life_that_was_well),
		cmocka_unit_test(the_build_that_brought_it_is_named),
		cmocka_unit_test(goroutines_gaps_and_leads_are_told),
		cmocka_unit_test(events_and_values_share_one_axis),
		cmocka_unit_test(the_page_needs_nothing_else),
		cmocka_unit_test(no_id_is_there_twice),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
