/* SPDX-License-Identifier: Apache-2.0 */
/* What is left out of a text that formats are asked about is no evidence for any of them. */
#include "evidence.h"
#include "facts.h"
#include "support.h"
#include "tree.h"

static const struct {
	const char *content;
	enum ll_kind kind;
} captures[] = {
	{"goroutine 1 [running]:\nmain.f()\n\t/f.go:1 +0x1\n", LL_KIND_GOROUTINE},
	{"heap profile: 1: 8 [2: 16] @ heap/2\n1: 8 [2: 16] @ 0x1001\n", LL_KIND_HEAP},
	{"{\"HeapAlloc\": 5, \"NextGC\": 7}", LL_KIND_MEMSTATS},
	{"{\"log\":\"goroutine 1 [running]:\\n\"}\n{\"log\":\"main.f()\\n\"}\n"
         "{\"log\":\"\\t/f.go:1 +0x1\\n\"}\n",
         LL_KIND_GOROUTINE},
};

/* MemStats as Go writes it, with rings of times. */
static void put_memstats(struct ll_buf *out)
{
	ll_buf_puts(out, "{\"Alloc\":5,\"HeapAlloc\":5,\"NextGC\":7,\"PauseNs\":[60001");
	for (size_t i = 1; i < 256; i++)
		ll_buf_puts(out, ",60001");
	ll_buf_puts(out, "],\"PauseEnd\":[1767225600123456789");
	for (size_t i = 1; i < 256; i++)
		ll_buf_puts(out, ",1767225600123456789");
	ll_buf_puts(out, "],\"NumGC\":400,\"EnableGC\":true,\"BySize\":[{\"Size\":0}]}");
}

static void nobody_is_asked_about_the_lists_of_memstats(void **state)
{
	static const char *const frames[][2] = {
		{"", ""},
		{"{\n\"cmdline\": [\"/a\"],\n\"memstats\": ", ",\n\"cart.items\": 3\n}\n"},
		{"[", "]"},
	};
	struct ll_evidence room;
	struct ll_buf text;

	(void)state;
	ll_buf_init(&text, LL_BUF_PAGE);
	for (size_t i = 0; i < LL_COUNT(frames); i++) {
		char expected[256];

		ll_buf_clear(&text);
		ll_buf_puts(&text, frames[i][0]);
		put_memstats(&text);
		ll_buf_puts(&text, frames[i][1]);
		(void)snprintf(expected, sizeof expected,
		               "%s{\"Alloc\":5,\"HeapAlloc\":5,\"NextGC\":7,\"PauseNs\":[]}%s",
		               frames[i][0], frames[i][1]);
		assert_true(
			ll_str_equal(ll_evidence_of(ll_buf_str(&text), &room), ll_str(expected)));
	}
	ll_buf_done(&text);
}

/* Behind a name that Go uses there may be anything. */
static void what_may_be_text_is_no_list_of_memstats(void **state)
{
	static const char *const between[] = {" ", "\n", "\\", ""};
	struct ll_evidence room;
	struct ll_buf text;

	(void)state;
	ll_buf_init(&text, LL_BUF_PAGE);
	for (size_t i = 0; i < LL_COUNT(between); i++) {
		struct ll_str whole;

		ll_buf_clear(&text);
		ll_buf_puts(&text, "{\"PauseNs\":[\"goroutine");
		for (size_t k = 0; k < 300; k++)
			ll_buf_putc(&text, 'a');
		ll_buf_puts(&text, between[i]);
		ll_buf_puts(&text, i + 1 == LL_COUNT(between) ? "\"" : "\"]}");
		whole = ll_buf_str(&text);
		assert_ptr_equal(ll_evidence_of(whole, &room).data, whole.data);
	}
	/* A list so short that it is no trouble, and a text that does not fit without its lists. */
	assert_int_equal(ll_evidence_of(ll_str("{\"PauseNs\":[1]}"), &room).size, 15);
	ll_buf_clear(&text);
	put_memstats(&text);
	for (size_t i = 0; i < sizeof room.bytes; i++)
		ll_buf_putc(&text, '\n');
	assert_int_equal(ll_evidence_of(ll_buf_str(&text), &room).size, text.size);
	ll_buf_done(&text);
}

/* Another capture of each kind behind two of MemStats, with whatever is left out of these. */
static void assert_bids_are_the_same(struct ll_str head, struct ll_str rest, const char *path)
{
	size_t count;
	const struct ll_format *const *const formats = ll_formats(&count);
	const struct ll_peek with = {.head = head, .is_whole = true};
	const struct ll_peek without = {.head = rest, .is_whole = true};

	for (size_t i = 0; i < count; i++) {
		if (formats[i]->bid(&with) != formats[i]->bid(&without))
			fail_msg("%s about %s", formats[i]->id, path);
	}
}

/* MemStats in front of each seed. */
static void bids_are_the_same_without_the_lists(void **state)
{
	struct ll_test_tree tree = {0};
	const struct ll_test_file *seeds;
	struct ll_evidence room;
	struct ll_buf text;
	size_t shortened = 0;

	(void)state;
	ll_test_tree_add(&tree, "tests/fuzz/corpus", "");
	seeds = tree.files.items;
	ll_buf_init(&text, LL_BUF_PAGE);
	for (size_t i = 0; i < tree.files.count; i++) {
		struct ll_str rest;

		ll_buf_clear(&text);
		put_memstats(&text);
		ll_buf_putc(&text, '\n');
		ll_buf_put(&text, seeds[i].text.data, ll_str_first(seeds[i].text, 2048).size);
		rest = ll_evidence_of(ll_buf_str(&text), &room);
		shortened += rest.size < text.size;
		assert_bids_are_the_same(ll_buf_str(&text), rest, seeds[i].path);
	}
	assert_true(shortened > 0);
	ll_buf_done(&text);
	ll_test_tree_done(&tree);
}

static void a_capture_behind_memstats_is_read(void **state)
{
	struct ll_facts *const facts = *state;
	struct ll_buf text;

	ll_buf_init(&text, LL_BUF_PAGE);
	for (size_t i = 0; i < LL_COUNT(captures); i++) {
		struct ll_error err = LL_ERROR_INIT;

		ll_facts_clear(facts);
		ll_buf_clear(&text);
		put_memstats(&text);
		ll_buf_putc(&text, '\n');
		put_memstats(&text);
		ll_buf_printf(&text, "\n%s", captures[i].content);
		assert_ok(ll_facts_read(facts, ll_buf_str(&text), "x", &err), &err);
		if (facts->count != 3)
			fail_msg("%zu captures with %s", facts->count, captures[i].content);
		assert_int_equal(facts->captures[0].kind, LL_KIND_MEMSTATS);
		assert_int_equal(facts->captures[1].kind, LL_KIND_MEMSTATS);
		assert_int_equal(facts->captures[2].kind, captures[i].kind);
	}
	ll_buf_done(&text);
}

#define test(name) cmocka_unit_test_setup_teardown(name, ll_facts_set_up, ll_facts_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nobody_is_asked_about_the_lists_of_memstats),
		cmocka_unit_test(what_may_be_text_is_no_list_of_memstats),
		cmocka_unit_test(bids_are_the_same_without_the_lists),
		test(a_capture_behind_memstats_is_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
