/* SPDX-License-Identifier: Apache-2.0 */
/* test_publish_foreign.c - files of other people, hostile names, and directories that resist. */
#define _GNU_SOURCE /* unshare */
#include "sites.h"

#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/wait.h>

static const struct sites_page first[] = {
	{"index.html", "index 1"},
	{"service/shop.html", "shop 1"},
	{NULL, NULL},
};

static const struct sites_page second[] = {
	{"index.html", "index 2"},
	{"finding/a1.html", "a1"},
	{NULL, NULL},
};

static void a_directory_with_other_things_is_refused_and_untouched(void **state)
{
	char *const scratch = ll_test_scratch();
	const char *const home = sites_path(scratch, "home");
	struct ll_error err = LL_ERROR_INIT;
	char expected[512];
	struct ll_buf before;
	struct ll_buf after;
	(void)state;

	sites_write(home, "thesis.txt", "years of work");
	sites_write(home, "photos/1.jpg", "x");
	sites_state(home, &before);
	assert_int_equal(sites_refused(home, &err), LL_E_CREATE);
	sites_state(home, &after);

	(void)snprintf(expected, sizeof expected,
	               "site in '%s': the directory is not empty and has no report of ours; name "
	               "another one",
	               home);
	assert_string_equal(err.text, expected);
	assert_string_equal(before.data, after.data);
	ll_buf_done(&before);
	ll_buf_done(&after);
	ll_test_scratch_done(scratch);
}

static void an_empty_directory_becomes_a_site(void **state)
{
	char *const scratch = ll_test_scratch();
	(void)state;

	(void)sites_publish(scratch, false, first);

	sites_assert_file(scratch, "service/shop.html", "shop 1");
	ll_test_scratch_done(scratch);
}

static void a_manifest_that_is_a_link_does_not_make_a_site(void **state)
{
	char *const scratch = ll_test_scratch();
	const char *const home = sites_path(scratch, "home");
	(void)state;

	sites_write(scratch, "manifest", "leakledger-site 1\nend 0\n");
	sites_write(home, "thesis.txt", "years of work");
	assert_int_equal(symlink("../manifest", sites_path(home, ".leakledger-site")), 0);

	assert_int_equal(sites_refused(home, NULL), LL_E_CREATE);
	ll_test_scratch_done(scratch);
}

static void what_is_no_directory_is_refused(void **state)
{
	char *const scratch = ll_test_scratch();
	struct ll_error err = LL_ERROR_INIT;
	(void)state;

	sites_write(scratch, "file", "x");
	assert_int_equal(symlink("nowhere", sites_path(scratch, "dangling")), 0);

	assert_int_equal(sites_refused(sites_path(scratch, "file"), &err), LL_E_CREATE);
	assert_non_null(strstr(err.text, "file' is not a directory"));
	assert_int_equal(sites_refused(sites_path(scratch, "dangling"), &err), LL_E_CREATE);
	assert_non_null(strstr(err.text, "dangling' is a link that leads nowhere"));
	assert_int_equal(sites_refused(sites_path(scratch, "file/site"), &err), LL_E_CREATE);
	assert_non_null(strstr(err.text, "Not a directory"));
	assert_int_equal(sites_refused("/", &err), LL_E_CREATE);
	assert_string_equal(err.text, "site in '/': the root directory cannot be a report");
	assert_int_equal(sites_refused("", &err), LL_E_USAGE);
	ll_test_scratch_done(scratch);
}

/* What a user may have added to his site. */
static void add_foreign_files(const char *site)
{
	sites_write(site, "robots.txt", "User-agent: *");
	sites_write(site, ".htaccess", "Require all granted");
	sites_write(site, "service/note.txt", "mine");
	sites_write(site, "own/deep/file with spaces.txt", "also mine");
	assert_int_equal(mkdir(sites_path(site, "empty"), 0711), 0);
	assert_int_equal(symlink("/etc/hostname", sites_path(site, "link")), 0);
	assert_int_equal(mkfifo(sites_path(site, "fifo"), 0600), 0);
}

static void assert_foreign_files_stay(bool in_place)
{
	char *const scratch = ll_test_scratch();
	const char *const site = sites_path(scratch, "site");
	struct stat info;
	ino_t inode;

	(void)sites_publish(site, false, first);
	add_foreign_files(site);
	inode = sites_inode(sites_path(site, "robots.txt"));
	(void)sites_publish(site, in_place, second);

	sites_assert_names(site, "./.htaccess\n./.leakledger-site\n./empty\n./fifo\n./finding\n"
	                         "./finding/a1.html\n./index.html\n./link\n./own\n./own/deep\n"
	                         "./own/deep/file with spaces.txt\n./robots.txt\n./service\n"
	                         "./service/note.txt\n");
	sites_assert_file(site, "own/deep/file with spaces.txt", "also mine");
	assert_int_equal(sites_inode(sites_path(site, "robots.txt")), inode);
	assert_int_equal(stat(sites_path(site, "empty"), &info), 0);
	assert_int_equal(info.st_mode & 07777, 0711);
	assert_int_equal(lstat(sites_path(site, "link"), &info), 0);
	assert_true(S_ISLNK(info.st_mode));
	ll_test_scratch_done(scratch);
}

static void files_that_somebody_added_stay(void **state)
{
	(void)state;
	assert_foreign_files_stay(false);
}

static void files_that_somebody_added_stay_in_place(void **state)
{
	(void)state;
	assert_foreign_files_stay(true);
}

/* Puts one page that has to fail, and checks that the site cannot be committed then. */
static void assert_put_fails(const char *directory, const char *path, enum ll_code code,
                             const char *text)
{
	struct ll_site *const site = sites_open(directory);
	struct ll_error err = LL_ERROR_INIT;

	sites_put(site, "first.html", "x");
	assert_int_equal(ll_site_put(site, path, sites_key("x"), ll_str("x"), &err), code);
	if (!strstr(err.text, text))
		fail_msg("'%s' does not say '%s'", err.text, text);
	assert_int_equal(ll_site_commit(site, NULL, &err), LL_E_INTERNAL);
	assert_non_null(strstr(err.text, "a page is missing"));
	ll_site_close(site);
}

static void a_page_does_not_replace_somebodys_file(void **state)
{
	char *const scratch = ll_test_scratch();
	const char *const site = sites_path(scratch, "site");
	(void)state;

	(void)sites_publish(site, false, first);
	add_foreign_files(site);

	assert_put_fails(site, "robots.txt", LL_E_CREATE, "'robots.txt' is not a page of ours");
	assert_put_fails(site, "own", LL_E_CREATE, "'own' is not a page of ours");
	assert_put_fails(site, "link/x.html", LL_E_CREATE,
	                 "'link' is not a page of ours and in the way of 'link/x.html'");
	sites_assert_file(site, "robots.txt", "User-agent: *");
	ll_test_scratch_done(scratch);
}

static void a_link_in_the_place_of_a_page_is_replaced_and_not_followed(void **state)
{
	(void)state;

	for (int in_place = 0; in_place < 2; in_place++) {
		char *const scratch = ll_test_scratch();
		const char *const site = sites_path(scratch, "site");
		struct stat info;

		sites_write(scratch, "victim", "keep me");
		(void)sites_publish(site, false, first);
		assert_int_equal(unlink(sites_path(site, "index.html")), 0);
		assert_int_equal(symlink("../victim", sites_path(site, "index.html")), 0);
		(void)sites_publish(site, in_place, second);

		sites_assert_file(scratch, "victim", "keep me");
		assert_int_equal(lstat(sites_path(site, "index.html"), &info), 0);
		assert_true(S_ISREG(info.st_mode));
		sites_assert_file(site, "index.html", "index 2");
		ll_test_scratch_done(scratch);
	}
}

static void a_link_in_the_place_of_a_directory_does_not_lead_us_out(void **state)
{
	(void)state;

	for (int in_place = 0; in_place < 2; in_place++) {
		char *const scratch = ll_test_scratch();
		const char *const site = sites_path(scratch, "site");

		sites_write(scratch, "outside/shop.html", "shop 1");
		(void)sites_publish(site, false, first);
		assert_int_equal(unlink(sites_path(site, "service/shop.html")), 0);
		assert_int_equal(rmdir(sites_path(site, "service")), 0);
		assert_int_equal(symlink("../outside", sites_path(site, "service")), 0);
		(void)sites_publish(site, in_place, second);

		sites_assert_file(scratch, "outside/shop.html", "shop 1");
		assert_true(sites_has(site, "service"));
		ll_test_scratch_done(scratch);
	}
}

static void hostile_paths_are_refused(void **state)
{
	static const char *const paths[] = {
		"",          "/etc/passwd", "..",         "../x",      "a/../b",
		"a//b",      "a/",          ".",          "a/./b",     ".leakledger-site",
		"a/.hidden", "a b",         "a\nb",       "a\\b",      "a%2fb",
		"\xc3\xa4",  "a:b",         "<script>",   "a\tb.html", "CON|x",
		"'",         "/",           "a/b/../../x"};
	char *const scratch = ll_test_scratch();
	char text[1200];
	(void)state;

	for (size_t i = 0; i < LL_COUNT(paths); i++)
		assert_put_fails(sites_path(scratch, "site"), paths[i], LL_E_INTERNAL,
		                 "cannot be the path of a page");
	memset(text, 'a', 256);
	text[256] = '\0';
	assert_put_fails(sites_path(scratch, "site"), text, LL_E_INTERNAL, "cannot be the path");
	for (size_t i = 0; i < 40; i++)
		memcpy(text + 2 * i, "a/", 2);
	memcpy(text + 80, "x", 2);
	assert_put_fails(sites_path(scratch, "site"), text, LL_E_INTERNAL, "cannot be the path");
	assert_put_fails(sites_path(scratch, "site"), "first.html", LL_E_INTERNAL,
	                 "page 'first.html' is there twice");
	sites_assert_names(scratch, "");
	ll_test_scratch_done(scratch);
}

static void a_page_inside_another_page_is_refused(void **state)
{
	char *const scratch = ll_test_scratch();
	const char *const directory = sites_path(scratch, "site");
	struct ll_error err = LL_ERROR_INIT;
	struct ll_site *site;
	(void)state;

	(void)sites_publish(directory, false, first);
	site = sites_open(directory);
	assert_ok(ll_site_keep(site, "index.html", sites_key("index 1"), &err), &err);
	assert_ok(ll_site_put(site, "index.html/x", sites_key("x"), ll_str("x"), &err), &err);

	assert_int_equal(ll_site_commit(site, NULL, &err), LL_E_INTERNAL);
	assert_non_null(strstr(err.text, "page 'index.html/x' lies in another page"));
	ll_site_close(site);
	sites_assert_file(directory, "index.html", "index 1");
	ll_test_scratch_done(scratch);
}

/* A manifest as an attacker would like it: nothing outside may be deleted. */
static void a_manifest_cannot_name_files_outside(void **state)
{
	char *const scratch = ll_test_scratch();
	const char *const site = sites_path(scratch, "site");
	(void)state;

	sites_write(scratch, "victim", "keep me");
	sites_write(site, ".leakledger-site",
	            "leakledger-site 1\n-\t-\t-\t../victim\n-\t-\t-\tsub/../../victim\nend 2\n");
	(void)sites_publish(site, true, first);
	(void)sites_publish(site, false, second);

	sites_assert_file(scratch, "victim", "keep me");
	ll_test_scratch_done(scratch);
}

static void a_damaged_manifest_costs_writing_and_nothing_else(void **state)
{
	static const char *const texts[] = {"", "\n", "garbage", "leakledger-site 2\nend 0\n",
	                                    "leakledger-site 1\n"};
	(void)state;

	for (size_t i = 0; i < LL_COUNT(texts); i++) {
		char *const scratch = ll_test_scratch();
		const char *const site = sites_path(scratch, "site");
		struct ll_site_stats stats;

		(void)sites_publish(site, false, first);
		sites_write(site, ".leakledger-site", texts[i]);
		sites_write(site, "robots.txt", "mine");
		stats = sites_publish(site, false, second);

		assert_int_equal(stats.written, 2);
		sites_assert_file(site, "index.html", "index 2");
		sites_assert_file(site, "robots.txt", "mine");
		stats = sites_publish(site, false, second);
		assert_int_equal(stats.unchanged, 2);
		ll_test_scratch_done(scratch);
	}
}

static void what_a_dead_run_left_is_cleared_away(void **state)
{
	char *const scratch = ll_test_scratch();
	const char *const site = sites_path(scratch, "site");
	struct ll_buf names;
	(void)state;

	(void)sites_publish(site, false, first);
	sites_write(scratch, ".site.new-4711/service/shop.html", "half");
	sites_write(scratch, ".site.new-1/index.html", "half");
	sites_write(scratch, ".site.new-x/index.html", "not a staging directory");
	sites_write(scratch, ".site.lock", "4711\n");
	sites_write(site, ".leakledger-new/index.html", "half");
	(void)sites_publish(site, false, first);

	sites_names(scratch, &names);
	assert_string_equal(names.data, "./.site.new-x\n./.site.new-x/index.html\n./site\n"
	                                "./site/.leakledger-site\n./site/index.html\n"
	                                "./site/service\n./site/service/shop.html\n");
	ll_buf_done(&names);
	ll_test_scratch_done(scratch);
}

/* An old tree whose deletion was interrupted; its owner saved robots.txt in just that moment. */
static void a_newer_file_in_the_old_tree_comes_back(void **state)
{
	const struct timespec long_ago[2] = {{.tv_sec = 1000}, {.tv_sec = 1000}};
	char *const scratch = ll_test_scratch();
	const char *const site = sites_path(scratch, "site");
	(void)state;

	(void)sites_publish(site, false, first);
	sites_write(site, "robots.txt", "old");
	sites_write(site, "kept.txt", "newer in the site");
	assert_int_equal(utimensat(AT_FDCWD, sites_path(site, "robots.txt"), long_ago, 0), 0);
	sites_write(scratch, ".site.new-4711/.leakledger-site",
	            "leakledger-site 1\n-\t-\t-\tgone.html\nend 1\n");
	sites_write(scratch, ".site.new-4711/gone.html", "a page");
	sites_write(scratch, ".site.new-4711/robots.txt", "saved");
	sites_write(scratch, ".site.new-4711/added/now.txt", "added");
	sites_write(scratch, ".site.new-4711/kept.txt", "older");
	assert_int_equal(
		utimensat(AT_FDCWD, sites_path(scratch, ".site.new-4711/kept.txt"), long_ago, 0),
		0);
	(void)sites_publish(site, false, second);

	sites_assert_file(site, "robots.txt", "saved");
	sites_assert_file(site, "added/now.txt", "added");
	sites_assert_file(site, "kept.txt", "newer in the site");
	assert_false(sites_has(site, "gone.html"));
	assert_false(sites_has(scratch, ".site.new-4711"));
	ll_test_scratch_done(scratch);
}

static void a_stale_tree_is_deleted_without_following_its_links(void **state)
{
	char *const scratch = ll_test_scratch();
	const char *const site = sites_path(scratch, "site");
	(void)state;

	sites_write(scratch, "outside/victim", "keep me");
	sites_write(scratch, ".site.new-1/index.html", "half");
	assert_int_equal(symlink("../outside", sites_path(scratch, ".site.new-1/service")), 0);
	assert_int_equal(symlink("outside", sites_path(scratch, ".site.new-2")), 0);
	(void)sites_publish(site, false, first);

	sites_assert_file(scratch, "outside/victim", "keep me");
	assert_false(sites_has(scratch, ".site.new-1"));
	ll_test_scratch_done(scratch);
}

/* ------------------------------------------------------------------------ in a child process */

enum { IMPOSSIBLE = 77 };

/* Runs `act` in a child, since it gives up rights for good; skips where it is not possible. */
static void assert_in_child(int (*act)(const char *scratch), char *scratch)
{
	const pid_t child = fork();
	int status;

	assert_true(child >= 0);
	if (child == 0)
		_exit(act(scratch));
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	if (WEXITSTATUS(status) == IMPOSSIBLE) {
		ll_test_scratch_done(scratch);
		skip();
	}
	assert_int_equal(WEXITSTATUS(status), 0);
}

/* Publishes without asserts: cmocka's belong to the parent. */
static int publish_quietly(const char *directory, const struct sites_page *pages,
                           struct ll_site_stats *ret_stats)
{
	LL_CLEANUP(ll_site_closep) struct ll_site *site = NULL;
	struct ll_error err = LL_ERROR_INIT;
	int rc = ll_site_open(directory, &site, &err);

	for (; rc == LL_OK && pages->path; pages++)
		rc = ll_site_put(site, pages->path, sites_key(pages->text), ll_str(pages->text),
		                 &err);
	if (rc == LL_OK)
		rc = ll_site_commit(site, ret_stats, &err);
	if (rc != LL_OK)
		print_error("%s\n", err.text);
	return rc;
}

enum { NOBODY = 65534 };

static bool become_nobody(void)
{
	return geteuid() != 0 || (setgid(NOBODY) == 0 && setuid(NOBODY) == 0);
}

static int publish_twice_as_nobody(const char *scratch)
{
	const char *const site = sites_path(scratch, "locked/site");
	struct ll_site_stats stats;

	if (!become_nobody())
		return IMPOSSIBLE;
	if (publish_quietly(site, first, &stats) != LL_OK || stats.written != 2)
		return 1;
	if (publish_quietly(site, second, &stats) != LL_OK || stats.written != 2)
		return 2;
	return 0;
}

static int publish_the_same_as_nobody(const char *scratch)
{
	struct ll_site_stats stats;

	if (!become_nobody())
		return IMPOSSIBLE;
	return publish_quietly(sites_path(scratch, "locked/site"), second, &stats) == LL_OK &&
	                       stats.unchanged == 2
	               ? 0
	               : 1;
}

static void a_parent_that_cannot_be_written_is_no_hindrance(void **state)
{
	char *const scratch = ll_test_scratch();
	const char *const site = sites_path(scratch, "locked/site");
	struct ll_buf before;
	struct ll_buf after;
	ino_t inode;
	(void)state;

	assert_int_equal(chmod(scratch, 0755), 0);
	assert_int_equal(mkdir(sites_path(scratch, "locked"), 0755), 0);
	assert_int_equal(mkdir(site, 0777), 0);
	assert_int_equal(chmod(site, 0777), 0);
	assert_int_equal(chmod(sites_path(scratch, "locked"), 0555), 0);
	inode = sites_inode(site);
	assert_in_child(publish_twice_as_nobody, scratch);

	assert_int_equal(sites_inode(site), inode);
	sites_assert_names(site, "./.leakledger-site\n./finding\n./finding/a1.html\n"
	                         "./index.html\n");
	sites_state(scratch, &before);
	assert_in_child(publish_the_same_as_nobody, scratch);
	sites_state(scratch, &after);
	assert_string_equal(before.data, after.data);
	ll_buf_done(&before);
	ll_buf_done(&after);
	ll_test_scratch_done(scratch);
}

static int fail_as_nobody(const char *scratch)
{
	struct ll_error err = LL_ERROR_INIT;
	struct ll_site *site = NULL;

	if (!become_nobody())
		return IMPOSSIBLE;
	if (ll_site_open(sites_path(scratch, "locked/new"), &site, &err) != LL_E_CREATE)
		return 1;
	return strstr(err.text, "cannot create '.new.lock': Permission denied") ? 0 : 2;
}

static void a_site_that_cannot_be_made_is_a_clear_error(void **state)
{
	char *const scratch = ll_test_scratch();
	(void)state;

	assert_int_equal(chmod(scratch, 0755), 0);
	assert_int_equal(mkdir(sites_path(scratch, "locked"), 0555), 0);

	assert_in_child(fail_as_nobody, scratch);
	ll_test_scratch_done(scratch);
}

static bool enter_own_mounts(void)
{
	return unshare(CLONE_NEWNS) == 0 && mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0;
}

/* The site is a bind mount, as in a container. */
static int publish_to_mount_point(const char *scratch)
{
	const char *const site = sites_path(scratch, "mounted");
	struct ll_site_stats stats;

	if (!enter_own_mounts() ||
	    mount(sites_path(scratch, "real"), site, NULL, MS_BIND, NULL) != 0)
		return IMPOSSIBLE;
	if (publish_quietly(site, first, &stats) != LL_OK || stats.written != 2)
		return 1;
	if (publish_quietly(site, second, &stats) != LL_OK || stats.written != 2)
		return 2;
	if (publish_quietly(site, second, &stats) != LL_OK || stats.unchanged != 2)
		return 3;
	return 0;
}

static void a_mount_point_is_published_from_inside(void **state)
{
	char *const scratch = ll_test_scratch();
	(void)state;

	assert_int_equal(mkdir(sites_path(scratch, "real"), 0755), 0);
	assert_int_equal(mkdir(sites_path(scratch, "mounted"), 0755), 0);

	assert_in_child(publish_to_mount_point, scratch);
	sites_assert_names(scratch, "./mounted\n./real\n./real/.leakledger-site\n./real/finding\n"
	                            "./real/finding/a1.html\n./real/index.html\n");
	ll_test_scratch_done(scratch);
}

static int publish_around_mount_point(const char *scratch)
{
	const char *const site = sites_path(scratch, "site");
	struct ll_site_stats stats;

	if (!enter_own_mounts() ||
	    mount(sites_path(scratch, "real"), sites_path(scratch, "site/data"), NULL, MS_BIND,
	          NULL) != 0)
		return IMPOSSIBLE;
	return publish_quietly(site, second, &stats) == LL_OK && stats.written == 2 ? 0 : 1;
}

static void what_is_mounted_inside_the_site_is_left_alone(void **state)
{
	char *const scratch = ll_test_scratch();
	const char *const site = sites_path(scratch, "site");
	(void)state;

	(void)sites_publish(site, false, first);
	assert_int_equal(mkdir(sites_path(site, "data"), 0755), 0);
	sites_write(scratch, "real/precious.txt", "keep me");

	assert_in_child(publish_around_mount_point, scratch);
	sites_assert_file(scratch, "real/precious.txt", "keep me");
	sites_assert_file(site, "index.html", "index 2");
	assert_false(sites_has(site, "service"));
	ll_test_scratch_done(scratch);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_directory_with_other_things_is_refused_and_untouched),
		cmocka_unit_test(an_empty_directory_becomes_a_site),
		cmocka_unit_test(a_manifest_that_is_a_link_does_not_make_a_site),
		cmocka_unit_test(what_is_no_directory_is_refused),
		cmocka_unit_test(files_that_somebody_added_stay),
		cmocka_unit_test(files_that_somebody_added_stay_in_place),
		cmocka_unit_test(a_page_does_not_replace_somebodys_file),
		cmocka_unit_test(a_link_in_the_place_of_a_page_is_replaced_and_not_followed),
		cmocka_unit_test(a_link_in_the_place_of_a_directory_does_not_lead_us_out),
		cmocka_unit_test(hostile_paths_are_refused),
		cmocka_unit_test(a_page_inside_another_page_is_refused),
		cmocka_unit_test(a_manifest_cannot_name_files_outside),
		cmocka_unit_test(a_damaged_manifest_costs_writing_and_nothing_else),
		cmocka_unit_test(what_a_dead_run_left_is_cleared_away),
		cmocka_unit_test(a_newer_file_in_the_old_tree_comes_back),
		cmocka_unit_test(a_stale_tree_is_deleted_without_following_its_links),
		cmocka_unit_test(a_parent_that_cannot_be_written_is_no_hindrance),
		cmocka_unit_test(a_site_that_cannot_be_made_is_a_clear_error),
		cmocka_unit_test(a_mount_point_is_published_from_inside),
		cmocka_unit_test(what_is_mounted_inside_the_site_is_left_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
