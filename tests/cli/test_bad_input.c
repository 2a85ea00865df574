/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_bad_input.c - what strangers leave among the captures: each gets one clear line in
 * `captures`, is counted, and costs nothing else. Directories without rights are in
 * tests/ledger/test_ingest.c, which knows how to become another user.
 */
#include "captures.h"
#include "shop.h"

#include <sys/resource.h>

#define TEST(name) cmocka_unit_test_setup_teardown(name, shop_set_up, shop_tear_down)

/* One good capture stands beside each bad file and must survive it. */
static void stock_one(struct shop *shop)
{
	shop_stock(shop, "service good\nprocess pod-1 captures=1 build=b1\n"
	                 "heap main.keep@/src/good/main.go:9 | size=4096; live=10\n");
}

static void put(struct shop *shop, const char *name, struct ll_str bytes)
{
	free(ll_test_write(shop->directory, name, bytes));
}

/* Ingests and shows what became of the file. */
static void expect_rejected(struct shop *shop, const char *file, const char *reason)
{
	char row[256];

	assert_exit(shop, "ingest in", 3);
	assert_exit(shop, "captures --format jsonl", 0);
	(void)snprintf(row, sizeof row, "{\"path\":\"%s\"", file);
	assert_has(shop->out, row);
	assert_has(shop->out, "\"status\":\"rejected\"");
	assert_has(shop->out, reason);
	assert_has(shop->out, "\"service\":\"good\"");
	assert_has(shop->out, "\"status\":\"ok\"");
}

static void an_empty_file_is_rejected(void **state)
{
	struct shop *const shop = *state;

	stock_one(shop);
	put(shop, "in/good/empty.pb.gz", ll_str(""));

	expect_rejected(shop, "good/empty.pb.gz", "empty");
}

static void a_truncated_gzip_is_rejected(void **state)
{
	struct shop *const shop = *state;
	LL_CLEANUP(ll_buf_done) struct ll_buf heap, packed;

	ll_buf_init(&heap, LL_BUF_PAGE);
	ll_buf_init(&packed, LL_BUF_PAGE);
	test_put_one_heap(&heap, INT64_C(1700000000000000000), "b1", 10);
	test_put_gzip(&packed, ll_buf_str(&heap));
	stock_one(shop);
	put(shop, "in/good/cut.pb.gz", ll_str_first(ll_buf_str(&packed), packed.size / 2));

	expect_rejected(shop, "good/cut.pb.gz", "gzip");
}

static void garbage_is_rejected(void **state)
{
	struct shop *const shop = *state;
	uint8_t bytes[4096];
	uint32_t seed = 1;

	for (size_t i = 0; i < sizeof bytes; i++) {
		seed = seed * 1664525 + 1013904223;
		bytes[i] = (uint8_t)(seed >> 24);
	}
	stock_one(shop);
	put(shop, "in/good/noise.pb", ll_str_n((const char *)bytes, sizeof bytes));

	expect_rejected(shop, "good/noise.pb", "no known capture format");
}

static void an_error_page_instead_of_a_profile_is_named_as_one(void **state)
{
	struct shop *const shop = *state;

	stock_one(shop);
	put(shop, "in/good/heap.pb.gz",
	    ll_str("<!DOCTYPE html><html><body>502 Bad Gateway</body></html>"));

	expect_rejected(shop, "good/heap.pb.gz", "HTML");
}

static void a_pipe_is_never_opened(void **state)
{
	struct shop *const shop = *state;

	stock_one(shop);
	shop_do(shop, "mkfifo in/good/heap.pb.gz");

	/* Opening it would wait for a writer for ever. */
	expect_rejected(shop, "good/heap.pb.gz", "a FIFO, never opened");
}

static void a_bomb_is_defused_within_little_memory(void **state)
{
	struct shop *const shop = *state;
	struct rusage usage;

	stock_one(shop);
	shop_do(shop,
	        "yes boom boom boom boom boom boom boom boom boom boom boom boom boom boom | head -c 1000000000 | gzip -1 > in/good/heap.pb.gz");

	/*
	 * Lines of text could be a log with a dump in its middle: they are read through, a piece at
	 * a time.
	 */
	expect_rejected(shop, "good/heap.pb.gz", "no known capture format");

	assert_int_equal(getrusage(RUSAGE_CHILDREN, &usage), 0);
	/* KiB; the content alone would be a million. The sanitizers' own memory is allowed for. */
	assert_true(usage.ru_maxrss < 700 * 1024);
}

static void markup_in_names_stays_text(void **state)
{
	struct shop *const shop = *state;

	shop_stock(shop, "service cart\nprocess pod-1 captures=24 build=b1\n"
	                 "heap main.<script>alert(1)</script>@/src/\"><img/src=x>.go:31 | "
	                 "size=4096; live=10+5\n");

	assert_exit(shop, "run in", 0);

	assert_has(shop->out, "cart leaks:\n");
	shop_do(shop, "cat leakledger-report/*.html leakledger-report/*/*.html");
	assert_has(shop->out, "&lt;script&gt;alert(1)");
	/* The one script is a file of ours, beside the pages. */
	assert_has_not(shop->out, "<script>");
	assert_has_not(shop->out, "<img");
}

static void a_command_to_copy_runs_nothing_that_a_path_says(void **state)
{
	struct shop *const shop = *state;

	shop_stock(shop, "service x'$(touch PWNED)'\nprocess pod-1 captures=24 build=b1\n"
	                 "heap main.keep@/src/x/main.go:9 | size=4096; live=10+5\n");

	assert_exit(shop, "run in -q", 0);

	/* What the page offers for copying, as a shell would run it. */
	shop_do(shop, "grep -oh '<code>[^<]*</code></pre>' leakledger-report/finding/*.html | "
	              "sed 's|<[^>]*>||g' > script; grep -q pprof script");
	shop_do(shop, "go() { :; }; leakledger() { :; }; . ./script");
	shop_do(shop, "test ! -e PWNED && test ! -e in/PWNED");
}

static void a_service_name_with_slashes_and_quotes_stays_inside_the_site(void **state)
{
	struct shop *const shop = *state;
	LL_CLEANUP(ll_buf_done) struct ll_buf heap;

	ll_buf_init(&heap, LL_BUF_PAGE);
	test_put_one_heap(&heap, INT64_C(1700000000000000000), "b1", 10);
	put(shop, "in/a'b\"c <d>&;$(x)/pod/heap-1700000000.pb", ll_buf_str(&heap));

	assert_exit(shop, "run in", 0);

	assert_exit(shop, "captures --format jsonl", 0);
	assert_has(shop->out, "\"service\":\"a'b\\\"c \\u003cd\\u003e\\u0026;$(x)\"");
	shop_do(shop, "find . -newer in -name '*.html' -not -path './leakledger-report/*'; "
	              "ls leakledger-report/service");
	assert_has(shop->out, "a-b-c--d-----x--");
	assert_has_not(shop->out, "./");
}

static void a_name_with_control_characters_cannot_move_the_cursor(void **state)
{
	struct shop *const shop = *state;

	stock_one(shop);
	shop_do(shop, "printf x > \"$(printf 'in/good/\\033[2Jevil\\nname')\"");

	assert_exit(shop, "ingest in", 3);

	assert_exit(shop, "captures", 0);
	assert_has(shop->out, "evil");
	assert_has_not(shop->out, "\033");
	assert_exit(shop, "captures --format jsonl", 0);
	assert_has(shop->out, "\\u001b[2Jevil\\nname");
}

static void a_cell_that_a_spreadsheet_would_run_is_defused(void **state)
{
	struct shop *const shop = *state;

	stock_one(shop);
	shop_do(shop, "echo x > 'in/=cmd|calc'");

	assert_exit(shop, "ingest in", 3);

	assert_exit(shop, "captures --format csv", 0);
	assert_has(shop->out, "\"'=cmd|calc\"");
}

static void a_link_out_of_the_directory_is_not_followed(void **state)
{
	struct shop *const shop = *state;

	stock_one(shop);
	shop_do(shop,
	        "mkdir outside && cp in/good/*/* outside/ && ln -s ../../outside in/good/link");

	assert_exit(shop, "ingest in", 3);

	assert_exit(shop, "captures", 0);
	assert_has(shop->out, "link");
	assert_has_not(shop->out, "outside/");
}

static void all_of_it_together_spoils_nothing(void **state)
{
	struct shop *const shop = *state;

	shop_stock(shop, shop_leak);
	put(shop, "in/cart/empty", ll_str(""));
	put(shop, "in/cart/half.pb.gz", ll_str("\x1f\x8b\x08"));
	put(shop, "in/cart/text.pb", ll_str("not a profile"));
	shop_do(shop, "mkfifo in/cart/pipe && ln -s /etc/passwd in/cart/link");

	assert_exit(shop, "run in", 3);

	assert_has(shop->out, "cart leaks:\n  cart: ");
	shop_do(shop, "cat leakledger-report/captures.html");
	assert_has(shop->out, "half.pb.gz");
	assert_has(shop->out, "text.pb");
	assert_has(shop->out, "pipe");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(an_empty_file_is_rejected),
		TEST(a_truncated_gzip_is_rejected),
		TEST(garbage_is_rejected),
		TEST(an_error_page_instead_of_a_profile_is_named_as_one),
		TEST(a_pipe_is_never_opened),
		TEST(a_bomb_is_defused_within_little_memory),
		TEST(markup_in_names_stays_text),
		TEST(a_command_to_copy_runs_nothing_that_a_path_says),
		TEST(a_service_name_with_slashes_and_quotes_stays_inside_the_site),
		TEST(a_name_with_control_characters_cannot_move_the_cursor),
		TEST(a_cell_that_a_spreadsheet_would_run_is_defused),
		TEST(a_link_out_of_the_directory_is_not_followed),
		TEST(all_of_it_together_spoils_nothing),
	};

	return cmocka_run_group_tests_name("cli bad input", tests, NULL, NULL);
}
