/* SPDX-License-Identifier: Apache-2.0 */
/* test_publish.c - sites that are published, published again, and given up. */
#include "sites.h"

#include <pthread.h>
#include <sys/wait.h>

static const struct sites_page first[] = {
	{"index.html", "index 1"},
	{"service/shop.html", "shop 1"},
	{"service/cart.html", "cart 1"},
	{NULL, NULL},
};

static const struct sites_page second[] = {
	{"index.html", "index 2"},
	{"service/shop.html", "shop 1"},
	{"finding/a1.html", "a1"},
	{NULL, NULL},
};

static void a_new_site_holds_its_pages_and_a_manifest(void **state)
{
	char *const scratch = ll_test_scratch();
	const char *const site = sites_path(scratch, "deep/er/site");
	struct ll_site_stats stats;
	(void)state;

	stats = sites_publish(site, false, first);

	assert_int_equal(stats.written, 3);
	assert_int_equal(stats.unchanged, 0);
	assert_int_equal(stats.removed, 0);
	sites_assert_file(site, "index.html", "index 1");
	sites_assert_file(site, "service/shop.html", "shop 1");
	sites_assert_names(site, "./.leakledger-site\n./index.html\n./service\n"
	                         "./service/cart.html\n./service/shop.html\n");
	ll_test_scratch_done(scratch);
}

static void nothing_is_left_beside_the_site(void **state)
{
	char *const scratch = ll_test_scratch();
	(void)state;

	(void)sites_publish(sites_path(scratch, "site"), false, first);
	(void)sites_publish(sites_path(scratch, "site"), false, second);

	sites_assert_names(scratch, "./site\n./site/.leakledger-site\n./site/finding\n"
	                            "./site/finding/a1.html\n./site/index.html\n./site/service\n"
	                            "./site/service/shop.html\n");
	ll_test_scratch_done(scratch);
}

/* Publishes what is there already, in one of the two ways, and compares the disk. */
static void assert_second_run_touches_nothing(bool in_place)
{
	char *const scratch = ll_test_scratch();
	const char *const site = sites_path(scratch, "site");
	struct ll_site_stats stats;
	struct ll_buf before;
	struct ll_buf after;

	(void)sites_publish(site, in_place, first);
	sites_state(site, &before);
	stats = sites_publish(site, in_place, first);
	sites_state(site, &after);

	assert_int_equal(stats.written, 0);
	assert_int_equal(stats.unchanged, 3);
	assert_string_equal(before.data, after.data);
	ll_buf_done(&before);
	ll_buf_done(&after);
	ll_test_scratch_done(scratch);
}

static void the_same_pages_again_touch_nothing(void **state)
{
	(void)state;
	assert_second_run_touches_nothing(false);
}

static void the_same_pages_again_touch_nothing_in_place(void **state)
{
	(void)state;
	assert_second_run_touches_nothing(true);
}

static void assert_changes_arrive(bool in_place)
{
	char *const scratch = ll_test_scratch();
	const char *const site = sites_path(scratch, "site");
	struct ll_site_stats stats;
	ino_t inode;

	(void)sites_publish(site, false, first);
	inode = sites_inode(sites_path(site, "service/shop.html"));
	stats = sites_publish(site, in_place, second);

	assert_int_equal(stats.written, 2);
	assert_int_equal(stats.unchanged, 1);
	assert_int_equal(stats.removed, 1);
	sites_assert_file(site, "index.html", "index 2");
	sites_assert_file(site, "finding/a1.html", "a1");
	assert_false(sites_has(site, "service/cart.html"));
	assert_int_equal(sites_inode(sites_path(site, "service/shop.html")), inode);
	ll_test_scratch_done(scratch);
}

static void changed_new_and_gone_pages_arrive_and_the_rest_keep_their_files(void **state)
{
	(void)state;
	assert_changes_arrive(false);
}

static void changed_new_and_gone_pages_arrive_in_place(void **state)
{
	(void)state;
	assert_changes_arrive(true);
}

static void an_exchange_changes_the_directory_and_in_place_does_not(void **state)
{
	char *const scratch = ll_test_scratch();
	const char *const site = sites_path(scratch, "site");
	ino_t inodes[3];
	(void)state;

	(void)sites_publish(site, false, first);
	inodes[0] = sites_inode(site);
	(void)sites_publish(site, true, second);
	inodes[1] = sites_inode(site);
	(void)sites_publish(site, false, first);
	inodes[2] = sites_inode(site);

	assert_int_equal(inodes[0], inodes[1]);
	assert_int_not_equal(inodes[1], inodes[2]);
	ll_test_scratch_done(scratch);
}

static void who_works_in_the_site_keeps_his_directory(void **state)
{
	char *const scratch = ll_test_scratch();
	const char *const site = sites_path(scratch, "site");
	char *const working = realpath(".", NULL);
	ino_t inode;
	(void)state;

	(void)sites_publish(site, false, first);
	inode = sites_inode(site);
	assert_int_equal(chdir(sites_path(site, "service")), 0);
	(void)sites_publish("..", false, second);
	assert_int_equal(chdir(working), 0);

	assert_int_equal(sites_inode(site), inode);
	sites_assert_file(site, "index.html", "index 2");
	free(working);
	ll_test_scratch_done(scratch);
}

static void a_directory_of_gone_pages_goes_with_them(void **state)
{
	static const struct sites_page only_index[] = {{"index.html", "index 1"}, {NULL, NULL}};
	(void)state;

	for (int in_place = 0; in_place < 2; in_place++) {
		char *const scratch = ll_test_scratch();
		const char *const site = sites_path(scratch, "site");

		(void)sites_publish(site, false, first);
		(void)sites_publish(site, in_place, only_index);

		sites_assert_names(site, "./.leakledger-site\n./index.html\n");
		ll_test_scratch_done(scratch);
	}
}

static void a_page_may_become_a_directory_and_a_directory_a_page(void **state)
{
	static const struct sites_page one[] = {{"a", "a"}, {"b/c/d", "d"}, {NULL, NULL}};
	static const struct sites_page other[] = {{"a/x", "x"}, {"b", "b"}, {NULL, NULL}};
	(void)state;

	for (int in_place = 0; in_place < 2; in_place++) {
		char *const scratch = ll_test_scratch();
		const char *const site = sites_path(scratch, "site");

		(void)sites_publish(site, false, one);
		(void)sites_publish(site, in_place, other);

		sites_assert_names(site, "./.leakledger-site\n./a\n./a/x\n./b\n");
		ll_test_scratch_done(scratch);
	}
}

static void a_page_is_current_while_key_and_file_are_the_same(void **state)
{
	char *const scratch = ll_test_scratch();
	const char *const directory = sites_path(scratch, "site");
	struct ll_site *site;
	(void)state;

	(void)sites_publish(directory, false, first);
	sites_write(directory, "service/shop.html", "longer than it was");
	assert_int_equal(unlink(sites_path(directory, "service/cart.html")), 0);
	site = sites_open(directory);

	assert_true(ll_site_is_current(site, "index.html", sites_key("index 1")));
	assert_false(ll_site_is_current(site, "index.html", sites_key("index 2")));
	assert_false(ll_site_is_current(site, "service/shop.html", sites_key("shop 1")));
	assert_false(ll_site_is_current(site, "service/cart.html", sites_key("cart 1")));
	assert_false(ll_site_is_current(site, "other.html", sites_key("")));
	assert_false(ll_site_is_current(site, "../site/index.html", sites_key("index 1")));
	ll_site_close(site);
	ll_test_scratch_done(scratch);
}

static void a_kept_page_is_not_written_and_stays(void **state)
{
	char *const scratch = ll_test_scratch();
	const char *const directory = sites_path(scratch, "site");
	struct ll_error err = LL_ERROR_INIT;
	struct ll_site_stats stats;
	struct ll_site *site;
	ino_t inode;
	(void)state;

	(void)sites_publish(directory, false, first);
	inode = sites_inode(sites_path(directory, "service/shop.html"));
	site = sites_open(directory);
	assert_ok(ll_site_keep(site, "service/shop.html", sites_key("shop 1"), &err), &err);
	sites_put(site, "index.html", "index 2");
	stats = sites_commit(site);

	assert_int_equal(stats.written, 1);
	assert_int_equal(stats.unchanged, 1);
	assert_int_equal(stats.removed, 1);
	assert_int_equal(sites_inode(sites_path(directory, "service/shop.html")), inode);
	site = sites_open(directory);
	assert_true(ll_site_is_current(site, "service/shop.html", sites_key("shop 1")));
	ll_site_close(site);
	ll_test_scratch_done(scratch);
}

static void a_page_that_was_not_there_cannot_be_kept(void **state)
{
	char *const scratch = ll_test_scratch();
	struct ll_site *const site = sites_open(sites_path(scratch, "site"));
	struct ll_error err = LL_ERROR_INIT;
	(void)state;

	assert_int_equal(ll_site_keep(site, "index.html", sites_key("x"), &err), LL_E_NOTFOUND);

	assert_string_equal(err.text, "no page 'index.html' to keep");
	ll_site_close(site);
	ll_test_scratch_done(scratch);
}

static void the_same_bytes_under_a_new_key_renew_only_the_manifest(void **state)
{
	char *const scratch = ll_test_scratch();
	const char *const directory = sites_path(scratch, "site");
	struct ll_error err = LL_ERROR_INIT;
	struct ll_site_stats stats;
	struct ll_site *site;
	ino_t inodes[2];
	(void)state;

	(void)sites_publish(directory, false, first);
	inodes[0] = sites_inode(directory);
	inodes[1] = sites_inode(sites_path(directory, "index.html"));
	site = sites_open(directory);
	for (const struct sites_page *page = first; page->path; page++)
		assert_ok(ll_site_put(site, page->path, sites_key("new"), ll_str(page->text), &err),
		          &err);
	stats = sites_commit(site);

	assert_int_equal(stats.written, 0);
	assert_int_equal(sites_inode(directory), inodes[0]);
	assert_int_equal(sites_inode(sites_path(directory, "index.html")), inodes[1]);
	site = sites_open(directory);
	assert_true(ll_site_is_current(site, "index.html", sites_key("new")));
	ll_site_close(site);
	ll_test_scratch_done(scratch);
}

static void a_page_that_somebody_edited_is_written_again(void **state)
{
	char *const scratch = ll_test_scratch();
	const char *const site = sites_path(scratch, "site");
	struct ll_site_stats stats;
	(void)state;

	(void)sites_publish(site, false, first);
	sites_write(site, "index.html", "INDEX 1");
	stats = sites_publish(site, false, first);

	assert_int_equal(stats.written, 1);
	sites_assert_file(site, "index.html", "index 1");
	ll_test_scratch_done(scratch);
}

static void without_a_commit_the_old_site_stays_untouched(void **state)
{
	char *const scratch = ll_test_scratch();
	const char *const directory = sites_path(scratch, "site");
	struct ll_site *site;
	struct ll_buf before;
	struct ll_buf after;
	(void)state;

	(void)sites_publish(directory, false, first);
	sites_state(directory, &before);
	site = sites_open(directory);
	for (const struct sites_page *page = second; page->path; page++)
		sites_put(site, page->path, page->text);
	ll_site_close(site);
	sites_state(directory, &after);

	assert_string_equal(before.data, after.data);
	ll_buf_done(&after);
	sites_names(scratch, &after);
	assert_null(strstr(after.data, ".new-"));
	assert_null(strstr(after.data, ".lock"));
	ll_buf_done(&before);
	ll_buf_done(&after);
	ll_test_scratch_done(scratch);
}

static void staging_is_hidden_from_other_users_and_the_site_is_not(void **state)
{
	char *const scratch = ll_test_scratch();
	const char *const directory = sites_path(scratch, "site");
	struct ll_site *const site = sites_open(directory);
	struct stat info;
	char staging[64];
	(void)state;

	(void)snprintf(staging, sizeof staging, ".site.new-%ld", (long)getpid());
	sites_put(site, "index.html", "index 1");
	assert_int_equal(stat(sites_path(scratch, staging), &info), 0);
	assert_int_equal(info.st_mode & 07777, 0700);
	(void)sites_commit(site);

	assert_int_equal(stat(directory, &info), 0);
	assert_int_equal(info.st_mode & 0500, 0500);
	ll_test_scratch_done(scratch);
}

static void directories_keep_their_permissions(void **state)
{
	char *const scratch = ll_test_scratch();
	const char *const site = sites_path(scratch, "site");
	struct stat info;
	(void)state;

	(void)sites_publish(site, false, first);
	assert_int_equal(chmod(site, 02751), 0);
	assert_int_equal(chmod(sites_path(site, "service"), 0710), 0);
	(void)sites_publish(site, false, second);

	assert_int_equal(stat(site, &info), 0);
	assert_int_equal(info.st_mode & 07777, 02751);
	assert_int_equal(stat(sites_path(site, "service"), &info), 0);
	assert_int_equal(info.st_mode & 07777, 0710);
	ll_test_scratch_done(scratch);
}

static void a_link_to_a_directory_stands_for_its_target(void **state)
{
	char *const scratch = ll_test_scratch();
	const char *const link = sites_path(scratch, "link");
	struct stat info;
	(void)state;

	assert_int_equal(mkdir(sites_path(scratch, "real"), 0755), 0);
	assert_int_equal(symlink("real", link), 0);
	(void)sites_publish(link, false, first);
	(void)sites_publish(link, false, second);

	assert_int_equal(lstat(link, &info), 0);
	assert_true(S_ISLNK(info.st_mode));
	sites_assert_file(scratch, "real/index.html", "index 2");
	ll_test_scratch_done(scratch);
}

/* A child that opens the site and holds it until its pipe closes. */
static pid_t hold(const char *directory, int *ret_release)
{
	int ready[2];
	int release[2];
	char byte;
	pid_t child;

	assert_int_equal(pipe(ready), 0);
	assert_int_equal(pipe(release), 0);
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		struct ll_site *site = NULL;
		const int rc = ll_site_open(directory, &site, NULL);

		(void)close(release[1]);
		(void)!write(ready[1], "x", 1);
		(void)!read(release[0], &byte, 1);
		ll_site_close(site);
		_exit(rc == LL_OK ? 0 : 1);
	}
	(void)close(ready[1]);
	(void)close(release[0]);
	assert_int_equal(read(ready[0], &byte, 1), 1);
	(void)close(ready[0]);
	*ret_release = release[1];
	return child;
}

static void a_second_publication_is_refused_and_says_who_is_there(void **state)
{
	char *const scratch = ll_test_scratch();
	const char *const site = sites_path(scratch, "site");
	struct ll_error err = LL_ERROR_INIT;
	char expected[512];
	int release;
	int status;
	pid_t child;
	(void)state;

	(void)sites_publish(site, false, first);
	child = hold(site, &release);
	assert_int_equal(sites_refused(site, &err), LL_E_BUSY);
	(void)close(release);
	assert_int_equal(waitpid(child, &status, 0), child);

	assert_int_equal(status, 0);
	(void)snprintf(expected, sizeof expected,
	               "site in '%s': another leakledger (process %ld) is writing this report",
	               site, (long)child);
	assert_string_equal(err.text, expected);
	(void)sites_publish(site, false, second);
	ll_test_scratch_done(scratch);
}

static void two_sites_in_one_directory_do_not_wait_for_each_other(void **state)
{
	char *const scratch = ll_test_scratch();
	struct ll_site *const one = sites_open(sites_path(scratch, "one"));
	struct ll_site *const two = sites_open(sites_path(scratch, "two"));
	(void)state;

	sites_put(one, "index.html", "one");
	sites_put(two, "index.html", "two");
	(void)sites_commit(one);
	(void)sites_commit(two);

	sites_assert_file(scratch, "one/index.html", "one");
	sites_assert_file(scratch, "two/index.html", "two");
	ll_test_scratch_done(scratch);
}

enum { THREADS = 4, PAGES_EACH = 200 };

struct writer {
	struct ll_site *site;
	unsigned number;
	unsigned failures;
};

static void *write_pages(void *argument)
{
	struct writer *const writer = argument;

	for (unsigned i = 0; i < PAGES_EACH; i++) {
		char path[64];

		(void)snprintf(path, sizeof path, "d%u/p%u-%u.html", i % 7, writer->number, i);
		writer->failures += ll_site_put(writer->site, path, sites_key(path), ll_str(path),
		                                NULL) != LL_OK;
	}
	return NULL;
}

static void several_threads_put_pages_at_once(void **state)
{
	char *const scratch = ll_test_scratch();
	const char *const directory = sites_path(scratch, "site");
	struct ll_site *const site = sites_open(directory);
	struct writer writers[THREADS];
	pthread_t threads[THREADS];
	struct ll_site_stats stats;
	(void)state;

	for (unsigned i = 0; i < THREADS; i++) {
		writers[i] = (struct writer){.site = site, .number = i};
		assert_int_equal(pthread_create(&threads[i], NULL, write_pages, &writers[i]), 0);
	}
	for (unsigned i = 0; i < THREADS; i++) {
		assert_int_equal(pthread_join(threads[i], NULL), 0);
		assert_int_equal(writers[i].failures, 0);
	}
	stats = sites_commit(site);

	assert_int_equal(stats.written, THREADS * PAGES_EACH);
	sites_assert_file(directory, "d3/p2-3.html", "d3/p2-3.html");
	ll_test_scratch_done(scratch);
}

static void a_site_without_pages_is_a_site(void **state)
{
	static const struct sites_page none[] = {{NULL, NULL}};
	char *const scratch = ll_test_scratch();
	const char *const site = sites_path(scratch, "site");
	struct ll_site_stats stats;
	(void)state;

	(void)sites_publish(site, false, none);
	sites_assert_names(site, "./.leakledger-site\n");
	stats = sites_publish(site, false, first);

	assert_int_equal(stats.written, 3);
	ll_test_scratch_done(scratch);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_new_site_holds_its_pages_and_a_manifest),
		cmocka_unit_test(nothing_is_left_beside_the_site),
		cmocka_unit_test(the_same_pages_again_touch_nothing),
		cmocka_unit_test(the_same_pages_again_touch_nothing_in_place),
		cmocka_unit_test(changed_new_and_gone_pages_arrive_and_the_rest_keep_their_files),
		cmocka_unit_test(changed_new_and_gone_pages_arrive_in_place),
		cmocka_unit_test(an_exchange_changes_the_directory_and_in_place_does_not),
		cmocka_unit_test(who_works_in_the_site_keeps_his_directory),
		cmocka_unit_test(a_directory_of_gone_pages_goes_with_them),
		cmocka_unit_test(a_page_may_become_a_directory_and_a_directory_a_page),
		cmocka_unit_test(a_page_is_current_while_key_and_file_are_the_same),
		cmocka_unit_test(a_kept_page_is_not_written_and_stays),
		cmocka_unit_test(a_page_that_was_not_there_cannot_be_kept),
		cmocka_unit_test(the_same_bytes_under_a_new_key_renew_only_the_manifest),
		cmocka_unit_test(a_page_that_somebody_edited_is_written_again),
		cmocka_unit_test(without_a_commit_the_old_site_stays_untouched),
		cmocka_unit_test(staging_is_hidden_from_other_users_and_the_site_is_not),
		cmocka_unit_test(directories_keep_their_permissions),
		cmocka_unit_test(a_link_to_a_directory_stands_for_its_target),
		cmocka_unit_test(a_second_publication_is_refused_and_says_who_is_there),
		cmocka_unit_test(two_sites_in_one_directory_do_not_wait_for_each_other),
		cmocka_unit_test(several_threads_put_pages_at_once),
		cmocka_unit_test(a_site_without_pages_is_a_site),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
