/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_inputs.c - what is given to read, and how: archives, standard input, lists of files, and
 * what is to be passed over.
 */
#include "archives.h"
#include "captures.h"
#include "shop.h"

#define TEST(name) cmocka_unit_test_setup_teardown(name, shop_set_up, shop_tear_down)

enum {
	NOON_S = 1772366400, /* 2026-03-01T12:00:00Z */
};

static void put(struct shop *shop, const char *name, struct ll_str bytes)
{
	free(ll_test_write(shop->directory, name, bytes));
}

/* A dump that holds `count` goroutines, so that each is a content of its own. */
static void put_dump(struct shop *shop, const char *name, int64_t count)
{
	LL_CLEANUP(ll_buf_done) struct ll_buf dump;

	ll_buf_init(&dump, LL_BUF_PAGE);
	test_put_one_dump(&dump, count);
	put(shop, name, ll_buf_str(&dump));
}

static void add_dump(struct test_archive *archive, const char *name, int64_t count,
                     int64_t modified_s)
{
	LL_CLEANUP(ll_buf_done) struct ll_buf dump;

	ll_buf_init(&dump, LL_BUF_PAGE);
	test_put_one_dump(&dump, count);
	test_archive_put(archive, name, ll_buf_str(&dump), modified_s);
}

/* Two dumps and something else, as a support bundle has them. */
static void put_bundle(struct shop *shop, const char *name, const char *format, const char *filter)
{
	LL_CLEANUP(ll_buf_done) struct ll_buf bytes;
	struct test_archive archive;

	ll_buf_init(&bytes, LL_BUF_PAGE);
	test_archive_open(&archive, &bytes, format, filter);
	add_dump(&archive, "shop/pod-1/goroutines.txt", 1, NOON_S);
	add_dump(&archive, "shop/pod-2/goroutines.txt", 2, NOON_S + 60);
	test_archive_put(&archive, "README", ll_str("hello\n"), NOON_S);
	test_archive_close(&archive);
	put(shop, name, ll_buf_str(&bytes));
}

/* "path service instance time status" of everything that was looked at. */
static void show(struct shop *shop)
{
	assert_exit(shop, "captures --format csv", 0);
}

/* ------------------------------------------------------------------------ archives */

static void members_of_an_archive_are_shown_with_their_names(void **state)
{
	struct shop *const shop = *state;

	put_bundle(shop, "in/eu/bundle.tar.zst", "pax", "zstd");

	assert_exit(shop, "ingest in", 3);

	assert_has(shop->err, "1 file, 2 new captures");
	assert_exit(shop, "captures", 0);
	assert_has(shop->out, "eu/bundle.tar.zst!shop/pod-1/goroutines.txt");
	assert_has(shop->out, "eu/bundle.tar.zst!README");
	assert_exit(shop, "captures --format jsonl", 0);
	assert_has(shop->out, "{\"path\":\"eu/bundle.tar.zst\","
	                      "\"member_name\":\"shop/pod-2/goroutines.txt\"");
	assert_has(shop->out, "\"service\":\"shop\",\"instance\":\"pod-2\"");
	assert_has(shop->out, "\"time\":\"2026-03-01T12:01:00Z\",\"time_source\":\"mtime\"");
	assert_has(shop->out, "\"member_name\":\"README\"");
	assert_has(shop->out, "\"reason\":\"no known capture format\"");
	shop_do(shop, "\"$LEAKLEDGER\" report; "
	              "cat leakledger-report/captures.html");
	assert_has(shop->out, "eu/bundle.tar.zst!README");
}

static void the_name_of_an_archive_is_nobodys_name(void **state)
{
	struct shop *const shop = *state;
	LL_CLEANUP(ll_buf_done) struct ll_buf bytes;
	struct test_archive archive;

	/* As promtool makes them: no directories, no times. */
	ll_buf_init(&bytes, LL_BUF_PAGE);
	test_archive_open(&archive, &bytes, "ustar", "gzip");
	add_dump(&archive, "goroutine.txt", 3, 0);
	test_archive_close(&archive);
	put(shop, "in/prometheus/debug.tar.gz", ll_buf_str(&bytes));
	shop_do(shop, "touch -d 2026-03-01T12:00:00Z in/prometheus/debug.tar.gz");

	assert_exit(shop, "ingest in/prometheus/debug.tar.gz", 0);

	assert_exit(shop, "captures --format jsonl", 0);
	assert_has(shop->out, "\"service\":\"prometheus\"");
	assert_has(shop->out, "\"time\":\"2026-03-01T12:00:00Z\"");
}

static void an_archive_that_breaks_off_gives_what_came_before(void **state)
{
	struct shop *const shop = *state;

	put_bundle(shop, "in/bundle.tar", "ustar", NULL);
	shop_do(shop, "head -c 1600 in/bundle.tar > in/cut.tar && rm in/bundle.tar");

	assert_exit(shop, "ingest in", 3);

	assert_exit(shop, "captures --format jsonl", 0);
	assert_has(shop->out, "\"instance\":\"pod-1\"");
	assert_has(shop->out, "truncated tar: it breaks off at byte 1600");
}

static void an_encrypted_zip_says_so_for_each_member(void **state)
{
	struct shop *const shop = *state;

	put_bundle(shop, "in/secret.zip", "encrypted zip", NULL);
	put_dump(shop, "in/shop/pod-3/goroutines.txt", 9);

	assert_exit(shop, "run in", 3);

	assert_exit(shop, "captures", 0);
	assert_has(shop->out, "secret.zip!shop/pod-1/goroutines.txt");
	assert_has(shop->out, "encrypted");
	shop_do(shop, "cat leakledger-report/index.html");
	assert_has(shop->out, "of 2 files holds something that is no capture");
}

static void reading_an_archive_again_adds_nothing(void **state)
{
	struct shop *const shop = *state;

	put_bundle(shop, "in/bundle.zip", "zip", NULL);
	assert_exit(shop, "ingest in", 3);
	show(shop);
	shop_do(shop, "cp .out first; \"$LEAKLEDGER\" captures --format csv > first");

	assert_exit(shop, "ingest in", 3);

	assert_has(shop->err, "nothing new");
	shop_do(shop, "\"$LEAKLEDGER\" captures --format csv | cmp - first");
}

static void a_copy_of_an_archive_has_the_same_members(void **state)
{
	struct shop *const shop = *state;

	put_bundle(shop, "in/a.zip", "zip", NULL);
	assert_exit(shop, "ingest in", 3);
	shop_do(shop, "cp in/a.zip in/b.zip");

	assert_exit(shop, "ingest in", 3);

	assert_exit(shop, "captures", 0);
	assert_has(shop->out, "b.zip!shop/pod-1/goroutines.txt");
	assert_has(shop->out, "same bytes as a.zip!shop/pod-1/goroutines.txt");
}

static void captures_of_an_archive_can_be_compared_by_hand(void **state)
{
	struct shop *const shop = *state;

	shop_stock(shop, shop_leak);
	shop_do(shop, "cd in && tar -cf ../all.tar * && rm -r * && mv ../all.tar \"it's all.tar\"");

	assert_exit(shop, "run in -q", 0);

	/* What the page offers for copying, with what the browser shows for "&lt;". */
	shop_do(shop,
	        "grep -oh '<code>go tool pprof[^/]*[^<]*</code></pre>' leakledger-report/finding/*.html"
	        " | sed \"s|<[^>]*>||g; s/&lt;/</g; s/&#39;/'/g; s/&gt;/>/g\"; true");
	assert_has(shop->out, "<(tar --force-local -xOf 'it'\\''s all.tar' 'cart/");
}

/* -------------------------------------------------------------------------- stdin */

static void a_dash_is_one_capture_from_standard_input(void **state)
{
	struct shop *const shop = *state;

	put_dump(shop, "dump.txt", 7);
	shop_do(shop, "touch -d 2026-03-01T12:00:00Z dump.txt");

	shop_do(shop, "cat dump.txt | \"$LEAKLEDGER\" ingest -");
	assert_exit(shop, "ingest - < dump.txt", 0);

	assert_exit(shop, "captures --format jsonl", 0);
	assert_has(shop->out, "\"path\":\"stdin:");
	assert_has(shop->out, "\"service\":\"stdin\"");
	shop_do(shop, "test $(\"$LEAKLEDGER\" captures --format jsonl | wc -l) = 1");
}

static void standard_input_can_be_an_archive(void **state)
{
	struct shop *const shop = *state;

	put_bundle(shop, "bundle.tar.gz", "pax", "gzip");

	shop_do(shop, "cat bundle.tar.gz | \"$LEAKLEDGER\" ingest - || test $? = 3");

	assert_exit(shop, "captures", 0);
	assert_has(shop->out, "!shop/pod-1/goroutines.txt");
	assert_has(shop->out, "pod-2");
}

static void what_came_before_through_standard_input_stays(void **state)
{
	struct shop *const shop = *state;

	put_dump(shop, "one", 1);
	put_dump(shop, "two", 2);

	assert_exit(shop, "ingest - < one", 0);
	assert_exit(shop, "ingest - < two", 0);
	/* Of this run alone: what was refused once must not haunt the next. */
	shop_do(shop, "echo nonsense | \"$LEAKLEDGER\" ingest - || test $? = 4");
	assert_exit(shop, "ingest - < one", 0);

	shop_do(shop, "test $(\"$LEAKLEDGER\" captures --format jsonl | wc -l) = 3");
}

static void nothing_through_standard_input_is_nothing_usable(void **state)
{
	struct shop *const shop = *state;

	assert_exit(shop, "ingest - < /dev/null", 4);

	assert_exit(shop, "captures", 0);
	assert_has(shop->out, "empty");
}

/* The next file that was opened had its number: the ledger's lock was taken for a capture. */
static void standard_input_that_is_closed_is_no_capture(void **state)
{
	struct shop *const shop = *state;

	assert_exit(shop, "ingest - <&-", 74);
	assert_has(shop->err, "standard input: cannot be read: Bad file descriptor");
	assert_exit(shop, "captures", 0);
	assert_has_not(shop->out, "stdin:");
}

/* --------------------------------------------------------------------------- lists */

static void files_are_listed_one_a_line_or_with_nul_between(void **state)
{
	static const char *const lists[] = {"find spool -type f > list",
	                                    "find spool -type f -print0 > list",
	                                    "find \"$PWD/spool\" -type f > list",
	                                    "find spool -type f | sed 's|^|./|;1p' > list"};
	struct shop *const shop = *state;

	put_dump(shop, "spool/shop/pod-1/goroutines.txt", 1);
	put_dump(shop, "spool/shop/pod 2/goroutines.txt", 2);
	for (size_t i = 0; i < LL_COUNT(lists); i++) {
		shop_do(shop, "rm -f leakledger.db*");
		shop_do(shop, lists[i]);

		assert_exit(shop, "ingest --files-from list", 0);

		assert_has(shop->err, "2 files, 2 new captures");
		assert_exit(shop, "captures --format jsonl", 0);
		assert_has(shop->out, "spool/shop/pod 2/goroutines.txt\"");
		assert_has(shop->out, "\"service\":\"shop\",\"instance\":\"pod 2\"");
		assert_has(shop->out, "\"service\":\"shop\",\"instance\":\"pod-1\"");
	}
}

static void a_list_can_come_through_standard_input_or_a_pipe(void **state)
{
	struct shop *const shop = *state;

	put_dump(shop, "spool/shop/pod-1/goroutines.txt", 1);

	shop_do(shop, "find spool -type f | \"$LEAKLEDGER\" ingest --files-from -");
	assert_exit(shop, "captures", 0);
	assert_has(shop->out, "pod-1");

	shop_do(shop, "rm leakledger.db; mkfifo pipe; find spool -type f > pipe & "
	              "\"$LEAKLEDGER\" ingest --files-from pipe");
	assert_exit(shop, "captures", 0);
	assert_has(shop->out, "pod-1");
}

static void a_list_of_lines_may_have_remarks_and_ends_of_windows(void **state)
{
	struct shop *const shop = *state;

	put_dump(shop, "spool/shop/pod-1/goroutines.txt", 1);
	put_dump(shop, "spool/shop/pod-2/goroutines.txt", 2);
	put_dump(shop, "#x.txt", 3);
	shop_do(shop, "printf '# tonight\\r\\n;none\\nspool/shop/pod-1/goroutines.txt\\r\\n"
	              "\\r\\nspool/shop/pod-2/goroutines.txt\\n./#x.txt\\n' > list");

	assert_exit(shop, "ingest --files-from list", 0);
	assert_has(shop->err, "3 files, 3 new captures");

	/* With NULs every byte is the name's. */
	shop_do(shop, "printf '#x.txt\\0' > list; rm leakledger.db");
	assert_exit(shop, "ingest --files-from list", 0);
	assert_has(shop->err, "1 file, 1 new capture");
}

static void listed_files_that_cannot_be_read_are_recorded(void **state)
{
	struct shop *const shop = *state;

	put_dump(shop, "spool/shop/pod-1/goroutines.txt", 1);
	shop_do(shop, "mkfifo pipe; printf 'gone\\nspool\\npipe\\n\\n"
	              "spool/shop/pod-1/../pod-1/goroutines.txt\\n' > list");

	assert_exit(shop, "ingest --files-from list", 3);

	assert_exit(shop, "captures", 0);
	assert_has(shop->out, "cannot be examined: No such file or directory");
	assert_has(shop->out, "a directory, and the list is of files");
	assert_has(shop->out, "a FIFO, never opened");
	assert_has(shop->out, "pod-1");

	/* The next list has its own count. */
	shop_do(shop, "echo spool/shop/pod-1/goroutines.txt > list");
	assert_exit(shop, "ingest --files-from list", 0);
}

static void mistakes_with_lists_and_standard_input_leave_no_ledger(void **state)
{
	struct shop *const shop = *state;

	assert_exit(shop, "ingest --files-from nowhere", 2);
	assert_has(shop->err, "cannot read 'nowhere': No such file or directory");
	assert_exit(shop, "ingest - --files-from - < /dev/null", 2);
	assert_has(shop->err, "standard input cannot be a capture and the list of files");
	assert_exit(shop, "run", 2);
	assert_has(shop->err, "'run' needs CAPTURES...");
	shop_do(shop, "test ! -e leakledger.db");
}

/* ------------------------------------------------------------------------ excludes */

static void what_is_excluded_is_not_looked_at(void **state)
{
	struct shop *const shop = *state;

	put_dump(shop, "in/shop/pod-1/goroutines.txt", 1);
	put_dump(shop, "in/shop/old/goroutines.txt", 2);
	put_dump(shop, "in/cart/pod-1/goroutines.txt", 3);
	put_dump(shop, "in/cart/pod-1/goroutines.log", 4);
	put_dump(shop, "in/cart/pod-1/keep.txt", 5);
	put_bundle(shop, "in/bundle.zip", "zip", NULL);

	assert_exit(shop,
	            "ingest in --exclude '*.log' --exclude old --exclude 'cart/*/goroutines.*'"
	            " --exclude README --exclude 'shop/pod-2'",
	            0);

	assert_exit(shop, "captures --format jsonl", 0);
	assert_has(shop->out, "\"path\":\"shop/pod-1/goroutines.txt\"");
	assert_has(shop->out, "keep.txt");
	assert_has_not(shop->out, "old");
	assert_has_not(shop->out, ".log");
	assert_has_not(shop->out, "\"path\":\"cart/pod-1/goroutines.txt\"");
	assert_has(shop->out, "\"member_name\":\"shop/pod-1/goroutines.txt\"");
	assert_has_not(shop->out, "README");
	assert_has_not(shop->out, "pod-2");
}

static void excludes_hold_for_lists_and_stand_in_the_configuration(void **state)
{
	struct shop *const shop = *state;

	put_dump(shop, "in/shop/pod-1/goroutines.txt", 1);
	put_dump(shop, "in/shop/old/goroutines.txt", 2);
	shop_do(shop, "printf 'exclude = old\\n' > leakledger.conf; find in -type f > list");

	assert_exit(shop, "ingest --files-from list", 0);

	assert_has(shop->err, "1 file, 1 new capture");
}

/* ----------------------------------------------------------- what little can be said */

static void a_page_about_nothing_says_that_nothing_was_read(void **state)
{
	struct shop *const shop = *state;

	assert_exit(shop, "run in -q", 4);

	shop_do(shop, "cat leakledger-report/index.html");
	assert_has(shop->out, "Nothing was read:");
	assert_has_not(shop->out, "Everything could be read");
}

static void a_kernel_log_alone_tells_of_the_kill_first(void **state)
{
	struct shop *const shop = *state;

	put(shop, "in/kern.log",
	    ll_str("2026-03-01T00:40:10,000000+00:00 Memory cgroup out of memory: Killed process 4711 "
	           "(cart) total-vm:1751260kB, anon-rss:190000kB, file-rss:2000kB, shmem-rss:0kB, "
	           "UID:0 pgtables:216kB oom_score_adj:0\n"));

	assert_exit(shop, "run in", 0);

	assert_has(shop->out, "One process was killed, and nothing was captured of it");
	shop_do(shop, "cat leakledger-report/index.html");
	assert_has(shop->out, "<h1>One process was killed, and nothing was captured of it</h1>");
}

static void what_was_not_judged_is_not_called_healthy(void **state)
{
	struct shop *const shop = *state;

	put_dump(shop, "in/shop/pod-1/goroutines.txt", 7);
	assert_exit(shop, "ingest in -q", 0);

	assert_exit(shop, "report -o site -q", 0);

	shop_do(shop, "cat site/index.html");
	assert_has(shop->out, "<h1>Nothing has been judged yet</h1>");
	assert_has(shop->out, "captures that were not judged yet: run 'leakledger analyze'");
	assert_has_not(shop->out, "No leak found");
	assert_exit(shop, "mail weekly", 0);
	assert_has_not(shop->out, "no leak found");
}

static void one_dump_has_a_page_without_empty_pictures(void **state)
{
	struct shop *const shop = *state;

	put_dump(shop, "in/shop/pod-1/goroutines.txt", 7);

	assert_exit(shop, "run in -q", 0);

	shop_do(shop, "cat leakledger-report/service/shop.html");
	assert_has(shop->out, "<h3>Goroutines: 7</h3>");
	assert_has(shop->out, "<p class=\"muted\">No heap profiles were captured</p>");
	assert_has(shop->out, "goroutine captures: 1, at most 1 of one process");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(members_of_an_archive_are_shown_with_their_names),
		TEST(the_name_of_an_archive_is_nobodys_name),
		TEST(an_archive_that_breaks_off_gives_what_came_before),
		TEST(an_encrypted_zip_says_so_for_each_member),
		TEST(reading_an_archive_again_adds_nothing),
		TEST(a_copy_of_an_archive_has_the_same_members),
		TEST(captures_of_an_archive_can_be_compared_by_hand),
		TEST(a_dash_is_one_capture_from_standard_input),
		TEST(standard_input_can_be_an_archive),
		TEST(what_came_before_through_standard_input_stays),
		TEST(nothing_through_standard_input_is_nothing_usable),
		TEST(standard_input_that_is_closed_is_no_capture),
		TEST(files_are_listed_one_a_line_or_with_nul_between),
		TEST(a_list_can_come_through_standard_input_or_a_pipe),
		TEST(a_list_of_lines_may_have_remarks_and_ends_of_windows),
		TEST(listed_files_that_cannot_be_read_are_recorded),
		TEST(mistakes_with_lists_and_standard_input_leave_no_ledger),
		TEST(what_is_excluded_is_not_looked_at),
		TEST(excludes_hold_for_lists_and_stand_in_the_configuration),
		TEST(a_page_about_nothing_says_that_nothing_was_read),
		TEST(a_kernel_log_alone_tells_of_the_kill_first),
		TEST(what_was_not_judged_is_not_called_healthy),
		TEST(one_dump_has_a_page_without_empty_pictures),
	};

	return cmocka_run_group_tests_name("cli inputs", tests, NULL, NULL);
}
