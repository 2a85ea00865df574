/* SPDX-License-Identifier: Apache-2.0 */
/* test_model.c - rows to XML, with texts that XML cannot hold. */
#include "model.h"
#include "queries.h"

#include <libxml/parser.h>

/* The page as text, without the XML declaration. */
static void assert_page(const struct ll_model *model, const char *expected)
{
	xmlBufferPtr const out = xmlBufferCreate();

	assert_true(xmlNodeDump(out, model->doc, model->page, 0, 0) > 0);
	assert_string_equal((const char *)xmlBufferContent(out), expected);
	xmlBufferFree(out);
}

static struct ll_model make(void)
{
	struct ll_error err = LL_ERROR_INIT;
	struct ll_model model;

	assert_ok(ll_model_init(&model, "index", &err), &err);
	return model;
}

/* The rows of `sql` as elements "row". */
static void assert_rows(void *state, const char *sql, size_t most, size_t rows,
                        const char *expected)
{
	struct ll_stmt *const stmt = queries_prepare(state, sql);
	struct ll_error err = LL_ERROR_INIT;
	struct ll_model model = make();
	size_t counted = 99;

	assert_ok(ll_model_rows(model.page, "row", stmt, most, &counted, &err), &err);

	assert_int_equal(counted, rows);
	assert_page(&model, expected);
	ll_model_done(&model);
	ll_stmt_free(stmt);
}

static void a_new_model_is_a_page_of_its_kind(void **state)
{
	struct ll_model model = make();
	(void)state;

	assert_page(&model, "<page kind=\"index\"/>");
	ll_model_done(&model);
}

static void columns_become_attributes_for_machines_and_people(void **state)
{
	assert_rows(
		*state,
		"SELECT 39845888 AS \"growth:bytes\", 1234 AS \"n:count\", 'x' AS name, "
		"1 AS \"is_good:bool\", 2.5 AS \"r:real\", 720000000000 AS \"age:duration\"",
		0, 1,
		"<page kind=\"index\"><row growth=\"39845888\" growth-text=\"38 MiB\" n=\"1234\""
		" n-text=\"1,234\" name=\"x\" is_good=\"yes\" r=\"2.5\" r-text=\"2.5\" "
		"age=\"720000000000\" age-text=\"12 min\"/></page>");
}

static void a_time_is_exact_and_readable(void **state)
{
	assert_rows(*state, "SELECT 1795223187000000000 AS \"at:time\"", 0, 1,
	            "<page kind=\"index\"><row at=\"2026-11-21T01:06:27Z\" "
	            "at-text=\"2026-11-21 01:06\"/></page>");
}

static void lines_become_paragraphs_and_lists_become_items(void **state)
{
	assert_rows(*state,
	            "SELECT 'one' || char(10) || 'two <b>' AS \"why:lines\", "
	            "'[\"a\",\"b & c\",7,null]' AS \"names:json\"",
	            0, 1,
	            "<page kind=\"index\"><row><why><p>one</p><p>two &lt;b&gt;</p></why>"
	            "<names><item>a</item><item>b &amp; c</item></names></row></page>");
}

static void null_has_no_attribute_and_no_element(void **state)
{
	assert_rows(
		*state,
		"SELECT NULL AS a, NULL AS \"b:bytes\", NULL AS \"c:time\", NULL AS \"d:lines\", "
		"NULL AS \"e:json\"",
		0, 1, "<page kind=\"index\"><row/></page>");
}

static void all_rows_are_counted_and_only_some_are_put(void **state)
{
	assert_rows(*state, "SELECT value AS v FROM json_each('[1,2,3,4]')", 2, 4,
	            "<page kind=\"index\"><row v=\"1\"/><row v=\"2\"/></page>");
}

static void json_that_is_broken_gives_the_items_before_the_damage(void **state)
{
	assert_rows(*state, "SELECT '[\"a\", \"b\" oops' AS \"names:json\"", 0, 1,
	            "<page kind=\"index\"><row><names><item>a</item><item>b</item></names></row>"
	            "</page>");
}

/* Puts `text` as attribute and as child, and reads the document back as a stranger would. */
static void assert_survives(struct ll_str text, const char *expected)
{
	struct ll_model model = make();
	xmlChar *xml = NULL;
	xmlChar *found;
	xmlDocPtr again;
	int size = 0;

	ll_model_text(model.page, "name", text);
	(void)ll_model_child(model.page, "child", text);
	xmlDocDumpMemoryEnc(model.doc, &xml, &size, "UTF-8");
	again = xmlReadMemory((const char *)xml, size, "again", NULL,
	                      XML_PARSE_NONET | XML_PARSE_NOERROR);

	assert_non_null(again);
	found = xmlGetProp(xmlDocGetRootElement(again), ll_xml("name"));
	assert_string_equal((const char *)found, expected);
	xmlFree(found);
	found = xmlNodeGetContent(xmlDocGetRootElement(again)->children);
	assert_string_equal((const char *)found, expected);
	xmlFree(found);
	xmlFreeDoc(again);
	xmlFree(xml);
	ll_model_done(&model);
}

static void markup_is_text(void **state)
{
	static const char text[] = "<script>alert(\"x\")</script> & ]]> 'y' &amp; &#65; <!--";
	(void)state;

	assert_survives(ll_str(text), text);
}

static void control_characters_are_replaced_visibly(void **state)
{
	(void)state;

	for (unsigned byte = 0; byte < 0x20; byte++) {
		const char text[3] = {'a', (char)byte, 'b'};
		char kept[] = "a?b";

		if (byte == '\t' || byte == '\n') {
			kept[1] = (char)byte;
			assert_survives(ll_str_n(text, 3), kept);
		} else {
			assert_survives(ll_str_n(text, 3), "a\xef\xbf\xbd"
			                                   "b");
		}
	}
	assert_survives(ll_str("a\x7f"
	                       "b"),
	                "a\xef\xbf\xbd"
	                "b");
}

static void what_unicode_hides_is_replaced_visibly(void **state)
{
	static const char *const texts[] = {
		"\xc2\x9b",     /* C1: a terminal's CSI */
		"\xe2\x80\xae", /* U+202E, right to left from here */
		"\xe2\x81\xa6", /* U+2066, isolate */
		"\xef\xbf\xbe", /* U+FFFE */
		"\xef\xbf\xbf", /* U+FFFF */
	};
	(void)state;

	for (size_t i = 0; i < LL_COUNT(texts); i++)
		assert_survives(ll_str(texts[i]), "\xef\xbf\xbd");
}

static void broken_utf8_is_replaced_byte_by_byte(void **state)
{
	(void)state;

	assert_survives(ll_str("a\xff"
	                       "b"),
	                "a\xef\xbf\xbd"
	                "b");
	assert_survives(ll_str("\xc0\xaf"), "\xef\xbf\xbd\xef\xbf\xbd");
	assert_survives(ll_str("\xed\xa0\x80"), "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
	assert_survives(ll_str("x\xe2\x82"), "x\xef\xbf\xbd\xef\xbf\xbd");
	assert_survives(ll_str("gr\xc3\xbc\xc3\x9f \xf0\x9f\x92\xa7"),
	                "gr\xc3\xbc\xc3\x9f \xf0\x9f\x92\xa7");
}

static void a_picture_becomes_part_of_the_model(void **state)
{
	struct ll_model model = make();
	struct ll_error err = LL_ERROR_INIT;
	(void)state;

	assert_ok(ll_model_fragment(model.page, ll_str("<svg><title>a &lt; b</title></svg>"), &err),
	          &err);

	assert_page(&model, "<page kind=\"index\"><svg><title>a &lt; b</title></svg></page>");
	ll_model_done(&model);
}

static void a_picture_that_is_not_well_formed_is_our_bug(void **state)
{
	static const char *const pictures[] = {"", "<svg>", "<svg></g></svg>", "<a/><b/>",
	                                       "<svg>&nothing;</svg>"};
	struct ll_model model = make();
	(void)state;

	for (size_t i = 0; i < LL_COUNT(pictures); i++) {
		struct ll_error err = LL_ERROR_INIT;

		assert_int_equal(ll_model_fragment(model.page, ll_str(pictures[i]), &err),
		                 LL_E_INTERNAL);
		assert_string_equal(err.text, "a picture is not well-formed");
	}
	assert_page(&model, "<page kind=\"index\"/>");
	ll_model_done(&model);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_new_model_is_a_page_of_its_kind),
		cmocka_unit_test(columns_become_attributes_for_machines_and_people),
		cmocka_unit_test(a_time_is_exact_and_readable),
		cmocka_unit_test(lines_become_paragraphs_and_lists_become_items),
		cmocka_unit_test(null_has_no_attribute_and_no_element),
		cmocka_unit_test(all_rows_are_counted_and_only_some_are_put),
		cmocka_unit_test(json_that_is_broken_gives_the_items_before_the_damage),
		cmocka_unit_test(markup_is_text),
		cmocka_unit_test(control_characters_are_replaced_visibly),
		cmocka_unit_test(what_unicode_hides_is_replaced_visibly),
		cmocka_unit_test(broken_utf8_is_replaced_byte_by_byte),
		cmocka_unit_test(a_picture_becomes_part_of_the_model),
		cmocka_unit_test(a_picture_that_is_not_well_formed_is_our_bug),
	};

	return cmocka_run_group_tests(tests, queries_set_up, queries_tear_down);
}
