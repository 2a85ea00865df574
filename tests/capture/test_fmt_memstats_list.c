/* SPDX-License-Identifier: Apache-2.0 */
#include "facts.h"
#include "support.h"

/* A list whose numbers agree; `separator` stands between a name and its number. */
static void put_list(struct ll_buf *out, const char *before, const char *separator,
                     const char *behind)
{
	static const char *const rows[][2] = {
		{"Alloc", "6291456"},     {"TotalAlloc", "90123456"},
		{"HeapAlloc", "6291456"}, {"HeapSys", "12582912"},
		{"HeapIdle", "4194304"},  {"HeapInuse", "8388608"},
		{"NextGC", "12582912"},   {"LastGC", "1795223180000000000"},
		{"NumGC", "7"},
	};

	for (size_t i = 0; i < LL_COUNT(rows); i++)
		ll_buf_printf(out, "%s%s%s%s%s", before, rows[i][0], separator, rows[i][1], behind);
}

#define LIST                                                                                       \
	"capture memstats (text) after=2026-11-21T01:06:20Z\n"                                     \
	"scalar Alloc 6291456\n"                                                                   \
	"scalar TotalAlloc 90123456\n"                                                             \
	"scalar HeapAlloc 6291456\n"                                                               \
	"scalar HeapSys 12582912\n"                                                                \
	"scalar HeapIdle 4194304\n"                                                                \
	"scalar HeapInuse 8388608\n"                                                               \
	"scalar NextGC 12582912\n"                                                                 \
	"scalar LastGC 1795223180000000000\n"                                                      \
	"scalar NumGC 7\n"

static void names_and_numbers_are_read_however_they_are_separated(void **state)
{
	static const char *const forms[][3] = {
		{"", ": ", "\n"}, {"", " = ", "\n"},     {"\t", "=", "\r\n"},
		{"", "=", ", "},  {"mem: ", ":\t", " "}, {"    # ", " = ", "\n"},
	};

	for (size_t i = 0; i < LL_COUNT(forms); i++) {
		LL_CLEANUP(ll_buf_done) struct ll_buf text;

		ll_buf_init(&text, LL_BUF_PAGE);
		ll_buf_puts(&text, "=== memory ===\n");
		put_list(&text, forms[i][0], forms[i][1], forms[i][2]);
		ll_facts_clear(*state);
		ll_facts_read_as(*state, "memstats-list", "x", text.data);
		assert_facts(*state, LIST);
	}
}

static void the_trailer_of_a_heap_profile_may_stand_alone(void **state)
{
	LL_CLEANUP(ll_buf_done) struct ll_buf text;

	ll_buf_init(&text, LL_BUF_PAGE);
	ll_buf_puts(&text, "# runtime.MemStats\n# Stack = 360448 / 393216\n");
	put_list(&text, "# ", " = ", "\n");
	ll_facts_read_as(*state, "memstats-list", "x", text.data);

	assert_fact(*state, "scalar HeapInuse 8388608");
	assert_fact(*state, "scalar StackInuse 360448");
	assert_fact(*state, "scalar StackSys 393216");
}

static void a_name_that_comes_again_begins_another_capture(void **state)
{
	LL_CLEANUP(ll_buf_done) struct ll_buf text;

	ll_buf_init(&text, LL_BUF_PAGE);
	put_list(&text, "", ": ", "\n");
	put_list(&text, "", ": ", "\n");
	ll_facts_read_as(*state, "memstats-list", "x", text.data);

	assert_facts(*state, LIST LIST);
}

static void numbers_that_do_not_agree_as_bytes_do_are_refused(void **state)
{
	static const char *const texts[] = {
		/* Kilobytes, rounded. */
		"HeapAlloc: 6144 HeapSys: 12287 HeapIdle: 4096 HeapInuse: 8192 NextGC: 1 LastGC: 9\n",
		"HeapAlloc: 6MB HeapSys: 12MB HeapIdle: 4 HeapInuse: 8 NextGC: 1 LastGC: 9\n",
		/* More is allocated than in use. */
		"HeapAlloc: 9 HeapSys: 8192 HeapIdle: 8184 HeapInuse: 8 NextGC: 1 LastGC: 9\n",
		/* Nothing tells when. */
		"HeapAlloc: 8 HeapSys: 8192 HeapIdle: 0 HeapInuse: 8192 NextGC: 1\n",
	};

	for (size_t i = 0; i < LL_COUNT(texts); i++) {
		struct ll_error err = LL_ERROR_INIT;

		assert_int_equal(ll_facts_read(*state, ll_str(texts[i]), "x", &err), LL_E_FORMAT);
		assert_string_equal(err.text, "numbers of runtime.MemStats that are no bytes, or "
		                              "not all there: write it whole, as JSON");
	}
}

static void a_heap_profile_keeps_its_trailer(void **state)
{
	LL_CLEANUP(ll_buf_done) struct ll_buf text;
	struct ll_error err = LL_ERROR_INIT;
	struct ll_facts *const facts = *state;

	ll_buf_init(&text, LL_BUF_PAGE);
	ll_buf_puts(&text, "heap profile: 1: 8 [2: 16] @ heap/2\n1: 8 [2: 16] @ 0x1001\n\n");
	put_list(&text, "# ", " = ", "\n");
	assert_ok(ll_facts_read(facts, ll_buf_str(&text), "x", &err), &err);

	assert_int_equal(facts->count, 1);
	assert_int_equal(facts->captures[0].kind, LL_KIND_HEAP);
}

static void a_remark_behind_a_number_is_passed_over(void **state)
{
	LL_CLEANUP(ll_buf_done) struct ll_buf text;

	ll_buf_init(&text, LL_BUF_MESSAGE);
	put_list(&text, "# ", " = ", "   =>>> 6M\n");
	ll_facts_read_as(*state, "memstats-list", "x", text.data);

	assert_facts(*state, LIST);
}

#define test(name) cmocka_unit_test_setup_teardown(name, ll_facts_set_up, ll_facts_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(names_and_numbers_are_read_however_they_are_separated),
		test(the_trailer_of_a_heap_profile_may_stand_alone),
		test(a_name_that_comes_again_begins_another_capture),
		test(numbers_that_do_not_agree_as_bytes_do_are_refused),
		test(a_heap_profile_keeps_its_trailer),
		test(a_remark_behind_a_number_is_passed_over),
	};

	return cmocka_run_group_tests_name("capture.fmt_memstats_list", tests, NULL, NULL);
}
