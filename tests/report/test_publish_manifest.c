/* SPDX-License-Identifier: Apache-2.0 */
/* test_publish_manifest.c - the list of pages as text, whole and damaged. */
#include "publish_manifest.h"
#include "support.h"

static const char whole[] =
	"leakledger-site 1\n"
	"00000000000000010000000000000002\t00000000000000030000000000000004\t5\ta/x.html\n"
	"-\t-\t-\tb.html\n"
	"end 2\n";

static struct ll_manifest parse(const char *text)
{
	struct ll_manifest manifest = LL_MANIFEST_INIT;

	ll_manifest_parse(&manifest, ll_str(text));
	return manifest;
}

static void a_text_is_read_and_printed_unchanged(void **state)
{
	struct ll_manifest manifest = parse(whole);
	const struct ll_page *const page = ll_manifest_find(&manifest, "a/x.html");
	struct ll_buf out;
	(void)state;

	ll_buf_init(&out, LL_BUF_MESSAGE);
	ll_manifest_print(&manifest, &out);

	assert_false(manifest.is_damaged);
	assert_non_null(page);
	assert_int_equal(page->key.high, 1);
	assert_int_equal(page->key.low, 2);
	assert_int_equal(page->hash.high, 3);
	assert_int_equal(page->hash.low, 4);
	assert_int_equal(page->size, 5);
	assert_int_equal(ll_manifest_find(&manifest, "b.html")->size, LL_PAGE_UNKNOWN);
	assert_string_equal(out.data, whole);
	ll_buf_done(&out);
	ll_manifest_done(&manifest);
}

static void every_cut_is_noticed(void **state)
{
	(void)state;

	for (size_t size = 0; size + 1 < sizeof whole; size++) {
		struct ll_manifest manifest = LL_MANIFEST_INIT;

		ll_manifest_parse(&manifest, ll_str_n(whole, size));

		if (!manifest.is_damaged)
			fail_msg("a text cut at byte %zu is taken for a whole one", size);
		for (size_t i = 0; i < manifest.count; i++)
			assert_int_equal(manifest.pages[i].size, LL_PAGE_UNKNOWN);
		ll_manifest_done(&manifest);
	}
}

static void what_is_readable_in_a_damaged_text_is_ours(void **state)
{
	struct ll_manifest manifest =
		parse("leakledger-site 1\n-\t-\t-\tb.html\n\x01\x02garbage\nx\ty\tz\tc.html\n");
	(void)state;

	assert_true(manifest.is_damaged);
	assert_int_equal(manifest.count, 2);
	assert_non_null(ll_manifest_find(&manifest, "b.html"));
	assert_non_null(ll_manifest_find(&manifest, "c.html"));
	ll_manifest_done(&manifest);
}

static void damage_has_many_forms(void **state)
{
	static const char *const texts[] = {
		"leakledger-site 2\nend 0\n",
		"leakledger-site 1\nend 1\n",
		"leakledger-site 1\nend 0\nend 0\n",
		"leakledger-site 1\nend 0\n-\t-\t-\tb.html\n",
		"leakledger-site 1\n-\t-\t-\tb\n-\t-\t-\tb\nend 2\n",
		"leakledger-site 1\n-\t-\t-\t../b\nend 1\n",
		"leakledger-site 1\n-\t-\t-\t/b\nend 1\n",
		"leakledger-site 1\n-\t-\t-\t.leakledger-site\nend 1\n",
		"leakledger-site 1\n1\t2\t3\tb\nend 1\n",
		"leakledger-site 1\n-\t-\t-1\tb\nend 1\n",
		"leakledger-site 1\n-\t-\tb\nend 1\n",
	};
	(void)state;

	for (size_t i = 0; i < LL_COUNT(texts); i++) {
		struct ll_manifest manifest = parse(texts[i]);

		if (!manifest.is_damaged)
			fail_msg("text %zu is taken for a whole one", i);
		assert_null(ll_manifest_find(&manifest, "../b"));
		assert_null(ll_manifest_find(&manifest, "/b"));
		assert_null(ll_manifest_find(&manifest, ".leakledger-site"));
		ll_manifest_done(&manifest);
	}
}

static void a_path_is_there_once(void **state)
{
	struct ll_manifest manifest = LL_MANIFEST_INIT;
	(void)state;

	assert_int_equal(ll_manifest_add(&manifest, &(struct ll_page){.path = "a"}), 0);
	assert_int_equal(ll_manifest_add(&manifest, &(struct ll_page){.path = "b"}), 1);

	assert_int_equal(ll_manifest_add(&manifest, &(struct ll_page){.path = "a"}), SIZE_MAX);
	assert_int_equal(manifest.count, 2);
	ll_manifest_done(&manifest);
}

static void pages_are_found_after_sorting(void **state)
{
	struct ll_manifest manifest = LL_MANIFEST_INIT;
	char path[16];
	(void)state;

	for (unsigned i = 1000; i-- > 0;) {
		(void)snprintf(path, sizeof path, "p%u", i);
		(void)ll_manifest_add(&manifest, &(struct ll_page){.path = path, .size = i});
	}
	ll_manifest_sort(&manifest);

	assert_string_equal(manifest.pages[0].path, "p0");
	assert_string_equal(manifest.pages[1].path, "p1");
	assert_string_equal(manifest.pages[2].path, "p10");
	assert_int_equal(ll_manifest_find(&manifest, "p999")->size, 999);
	ll_manifest_done(&manifest);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_text_is_read_and_printed_unchanged),
		cmocka_unit_test(every_cut_is_noticed),
		cmocka_unit_test(what_is_readable_in_a_damaged_text_is_ours),
		cmocka_unit_test(damage_has_many_forms),
		cmocka_unit_test(a_path_is_there_once),
		cmocka_unit_test(pages_are_found_after_sorting),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
