/* SPDX-License-Identifier: Apache-2.0 */
#include "cluster/document.h"
#include "support.h"

/* "{k:v,...}" and "[...]" of a tree, for comparing. */
static void show(const struct ll_node *node, struct ll_buf *to)
{
	const char *const brackets = node->kind == LL_NODE_OBJECT ? "{}" : "[]";

	if (node->key.data)
		ll_buf_printf(to, "%.*s:", LL_STR_ARG(node->key));
	if (node->kind == LL_NODE_TEXT)
		ll_buf_put_str(to, node->text);
	else if (node->kind == LL_NODE_NULL)
		ll_buf_puts(to, "-");
	if (node->kind == LL_NODE_TEXT || node->kind == LL_NODE_NULL)
		return;
	ll_buf_putc(to, brackets[0]);
	for (const struct ll_node *child = node->first; child; child = child->next) {
		show(child, to);
		ll_buf_puts(to, child->next ? "," : "");
	}
	ll_buf_putc(to, brackets[1]);
}

static void assert_items(const char *text, enum ll_document_form form, bool splits,
                         const char *expected)
{
	/* A block of its own, so that the sanitizer sees the first byte read past the end. */
	char *const copy = ll_malloc(strlen(text));
	struct ll_document *document;
	const struct ll_node *item;
	struct ll_error err = LL_ERROR_INIT;
	struct ll_buf shown;
	int rc;

	memcpy(copy, text, strlen(text));
	document = ll_document_open(ll_str_n(copy, strlen(text)), form, splits);
	ll_buf_init(&shown, LL_BUF_PAGE);
	while ((rc = ll_document_next(document, &item, &err)) > 0) {
		show(item, &shown);
		ll_buf_putc(&shown, '\n');
	}
	if (rc < 0)
		ll_buf_printf(&shown, "! %s\n", err.text);
	assert_string_equal(shown.data, expected);
	ll_buf_done(&shown);
	ll_document_close(document);
	free(copy);
}

static void json_and_yaml_give_the_same_tree(void **state)
{
	static const char tree[] = "{a:1,b:{c:x y,d:[1,true,-,]},e:-}\n";

	(void)state;
	assert_items("{\"a\":1,\"b\":{\"c\":\"x\\u0020y\",\"d\":[1,true,null,\"\"]},\"e\":null}",
	             LL_DOCUMENT_JSON, false, tree);
	assert_items("a: 1\nb:\n  c: x y\n  d:\n  - 1\n  - true\n  - ~\n  - \"\"\ne:\n",
	             LL_DOCUMENT_YAML, false, tree);
	assert_items("{a: 1, b: {c: 'x y', d: [1, true, null, '']}, e: }", LL_DOCUMENT_YAML, false,
	             tree);
}

static void lists_are_split_when_asked_for(void **state)
{
	(void)state;
	assert_items("{\"kind\":\"List\",\"items\":[{\"a\":1},{\"a\":2}],\"x\":3}",
	             LL_DOCUMENT_JSON, true, "{a:1}\n{a:2}\n");
	assert_items("items:\n- a: 1\n- a: 2\nkind: List\n", LL_DOCUMENT_YAML, true,
	             "{a:1}\n{a:2}\n");
	assert_items("[{\"a\":1},2]", LL_DOCUMENT_JSON, true, "{a:1}\n2\n");
	assert_items("{\"kind\":\"Pod\",\"items\":5}", LL_DOCUMENT_JSON, true,
	             "{kind:Pod,items:5}\n");
	assert_items("{\"items\":[]}", LL_DOCUMENT_JSON, true, "");
	assert_items("5", LL_DOCUMENT_JSON, true, "5\n");
}

static void documents_may_stand_one_behind_the_other(void **state)
{
	(void)state;
	assert_items("{\"a\":1}\n{\"a\":2}[3]", LL_DOCUMENT_JSON, false, "{a:1}\n{a:2}\n[3]\n");
	assert_items("---\na: 1\n---\na: 2\n...\n", LL_DOCUMENT_YAML, true, "{a:1}\n{a:2}\n");
	assert_items("", LL_DOCUMENT_JSON, false, "");
	assert_items("# nothing\n", LL_DOCUMENT_YAML, false, "");
}

static void aliases_are_not_followed(void **state)
{
	(void)state;
	assert_items("a: &x [1, 2]\nb: *x\nc: 3\n", LL_DOCUMENT_YAML, false, "{a:[1,2],b:-,c:3}\n");
}

static void what_is_broken_has_its_line(void **state)
{
	(void)state;
	assert_items("{\"a\":1}\n{\"a\":", LL_DOCUMENT_JSON, false,
	             "{a:1}\n! line 2: malformed JSON\n");
	assert_items("{\"items\":[{\"a\":1},\n{\"a\":}]}", LL_DOCUMENT_JSON, true,
	             "{a:1}\n! line 2: malformed JSON\n");
	assert_items("{\"kind\":1,\n,}", LL_DOCUMENT_JSON, true, "! line 2: malformed JSON\n");
	assert_items("? [a]\n: b\n", LL_DOCUMENT_YAML, false, "! line 1: a key that is no text\n");
	assert_items("a: 1\nb: [1\nc: }\n", LL_DOCUMENT_YAML, false,
	             "! line 3: did not find expected ',' or ']'\n");
	assert_items("a: \xff\n", LL_DOCUMENT_YAML, false,
	             "! line 1: invalid leading UTF-8 octet\n");
}

static void depth_and_size_have_their_ceilings(void **state)
{
	LL_CLEANUP(ll_buf_done) struct ll_buf text;

	(void)state;
	ll_buf_init(&text, LL_BUF_PAGE);
	for (int i = 0; i < 100; i++)
		ll_buf_putc(&text, '[');
	assert_items(text.data, LL_DOCUMENT_JSON, false, "! line 1: nested too deep\n");
	assert_items(text.data, LL_DOCUMENT_YAML, false, "! line 1: nested too deep\n");

	ll_buf_clear(&text);
	ll_buf_putc(&text, '[');
	for (int i = 0; i < LL_DOCUMENT_NODES; i++)
		ll_buf_puts(&text, "1,");
	ll_buf_puts(&text, "1]");
	assert_items(text.data, LL_DOCUMENT_JSON, false,
	             "! line 1: an item with too many values\n");
}

static void questions_about_what_is_not_there_have_an_answer(void **state)
{
	LL_CLEANUP(ll_document_closep)
	struct ll_document *document =
		ll_document_open(ll_str("{\"a\":{\"b\":\"5\",\"t\":\"2023-11-14T22:13:20Z\"},\"z\":"
	                                "\"0001-01-01T00:00:00Z\"}"),
	                         LL_DOCUMENT_JSON, false);
	struct ll_error err = LL_ERROR_INIT;
	const struct ll_node *item;
	double number;

	(void)state;
	assert_ok(ll_document_next(document, &item, &err), &err);

	assert_true(ll_str_equal(ll_node_text(item, "a.b"), ll_str("5")));
	assert_true(ll_node_number(item, "a.b", &number));
	assert_int_equal(ll_node_time(item, "a.t"), 1700000000000000000);
	assert_int_equal(ll_node_time(item, "z"), LL_TIME_NONE);
	assert_null(ll_node_find(item, "a.b.c"));
	assert_null(ll_node_find(NULL, "a"));
	assert_null(ll_node_first(item, "x.y"));
	assert_int_equal(ll_node_text(item, "a").size, 0);
	assert_false(ll_node_number(item, "x", &number));
	assert_int_equal(ll_node_time(item, "x"), LL_TIME_NONE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(json_and_yaml_give_the_same_tree),
		cmocka_unit_test(lists_are_split_when_asked_for),
		cmocka_unit_test(documents_may_stand_one_behind_the_other),
		cmocka_unit_test(aliases_are_not_followed),
		cmocka_unit_test(what_is_broken_has_its_line),
		cmocka_unit_test(depth_and_size_have_their_ceilings),
		cmocka_unit_test(questions_about_what_is_not_there_have_an_answer),
	};

	return cmocka_run_group_tests_name("capture.document", tests, NULL, NULL);
}
