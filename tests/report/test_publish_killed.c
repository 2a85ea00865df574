/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_publish_killed.c - a publication that is stopped before each of its steps.
 *
 * This program has its own versions of the system calls that change a disk. They count, and before
 * the n-th of them they end the process with SIGKILL or say that the disk is full. So "at any
 * moment" is every n from 1 until the publication gets to its end, and nothing depends on luck.
 * What must hold afterwards: one whole generation of pages, and a next publication that clears up.
 */
#define _GNU_SOURCE /* renameat2 */
#include "sites.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>

/*
 * The address sanitizer keeps what was freed, up to 256 MiB, and every fork would copy it: minutes.
 * Without the sanitizer nobody calls this.
 */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
	return "quarantine_size_mb=1";
}

/* ------------------------------------------------------------------------ the disk */

/* What the system calls do; in force only between arm and disarm. */
struct disk {
	unsigned die_at;  /* 0: never */
	unsigned fail_at; /* 0: never */
	int error_number; /* of that failure */
	int no_exchange;  /* what renameat2 fails with, or 0 */
	int no_links;     /* what linkat fails with, or 0 */
};

static struct disk disk;
static bool is_armed;
static unsigned steps;

static void arm(const struct disk *with)
{
	disk = *with;
	steps = 0;
	is_armed = true;
}

static void disarm(void)
{
	is_armed = false;
}

static bool is_failing(void)
{
	if (!is_armed)
		return false;
	steps++;
	if (steps == disk.die_at)
		(void)kill(getpid(), SIGKILL);
	if (steps != disk.fail_at)
		return false;
	errno = disk.error_number;
	return true;
}

int openat(int parent, const char *name, int flags, ...)
{
	unsigned mode = 0;
	va_list rest;

	if ((flags & O_CREAT) != 0) {
		va_start(rest, flags);
		mode = va_arg(rest, unsigned);
		va_end(rest);
		if (is_failing())
			return -1;
	}
	return (int)syscall(SYS_openat, parent, name, flags, mode);
}

int mkdirat(int parent, const char *name, mode_t mode)
{
	return is_failing() ? -1 : (int)syscall(SYS_mkdirat, parent, name, mode);
}

ssize_t write(int file, const void *bytes, size_t size)
{
	return is_failing() ? -1 : syscall(SYS_write, file, bytes, size);
}

/* Counts and does not flush: a killed process loses nothing that it wrote. */
int fsync(int file)
{
	(void)file;
	return is_failing() ? -1 : 0;
}

int fchmod(int file, mode_t mode)
{
	return is_failing() ? -1 : (int)syscall(SYS_fchmod, file, mode);
}

int linkat(int from_parent, const char *from, int to_parent, const char *to, int flags)
{
	if (is_failing())
		return -1;
	if (is_armed && disk.no_links != 0) {
		errno = disk.no_links;
		return -1;
	}
	return (int)syscall(SYS_linkat, from_parent, from, to_parent, to, flags);
}

int symlinkat(const char *target, int parent, const char *name)
{
	return is_failing() ? -1 : (int)syscall(SYS_symlinkat, target, parent, name);
}

int renameat(int from_parent, const char *from, int to_parent, const char *to)
{
	return is_failing() ? -1 : (int)syscall(SYS_renameat2, from_parent, from, to_parent, to, 0);
}

int renameat2(int from_parent, const char *from, int to_parent, const char *to, unsigned flags)
{
	if (is_failing())
		return -1;
	if (is_armed && disk.no_exchange != 0) {
		errno = disk.no_exchange;
		return -1;
	}
	return (int)syscall(SYS_renameat2, from_parent, from, to_parent, to, flags);
}

int unlinkat(int parent, const char *name, int flags)
{
	return is_failing() ? -1 : (int)syscall(SYS_unlinkat, parent, name, flags);
}

/* ------------------------------------------------------------------------ generations */

enum { PAGES = 6 };

/* Pages of a generation: most carry its number, one never changes, one has a name of its own. */
struct generation {
	char paths[PAGES][32];
	char texts[PAGES][64];
	struct sites_page pages[PAGES + 1];
};

static void make_generation(unsigned number, struct generation *ret)
{
	static const char *const paths[] = {"index.html", "same.html", "service/a.html",
	                                    "service/b.html", "finding/c.html"};

	for (size_t i = 0; i < PAGES; i++) {
		if (i < LL_COUNT(paths))
			(void)snprintf(ret->paths[i], sizeof ret->paths[i], "%s", paths[i]);
		else
			(void)snprintf(ret->paths[i], sizeof ret->paths[i], "only%u/in.html",
			               number);
		(void)snprintf(ret->texts[i], sizeof ret->texts[i], "page %zu of generation %u", i,
		               i == 1 ? 0 : number);
		ret->pages[i] = (struct sites_page){ret->paths[i], ret->texts[i]};
	}
	ret->pages[PAGES] = (struct sites_page){NULL, NULL};
}

static bool has_text(const char *site, const struct sites_page *page)
{
	struct ll_buf buf;
	bool is_same;

	ll_buf_init(&buf, LL_BUF_PAGE);
	is_same = ll_file_read(sites_path(site, page->path), &buf, NULL) == LL_OK &&
	          strcmp(buf.data, page->text) == 0;
	ll_buf_done(&buf);
	return is_same;
}

/* Every page of the generation, and none of another. */
static bool is_whole(const char *site, unsigned number, unsigned other)
{
	struct generation generation;
	char stranger[32];

	make_generation(number, &generation);
	for (const struct sites_page *page = generation.pages; page->path; page++) {
		if (!has_text(site, page))
			return false;
	}
	(void)snprintf(stranger, sizeof stranger, "only%u", other);
	return !sites_has(site, stranger);
}

/* Each page by itself is of one of two generations, or still missing when it is new in `newer`. */
static void assert_pages_are_whole(const char *site, unsigned older, unsigned newer)
{
	struct generation generations[2];

	make_generation(older, &generations[0]);
	make_generation(newer, &generations[1]);
	for (size_t i = 0; i + 1 < PAGES; i++) {
		if (!has_text(site, &generations[0].pages[i]) &&
		    !has_text(site, &generations[1].pages[i]))
			fail_msg("'%s' is damaged", generations[0].paths[i]);
	}
}

static const struct sites_page robots = {"robots.txt", "User-agent: *"};
static const struct sites_page notes = {"service/notes/own.txt", "mine"};

static void assert_foreign_files(const char *site)
{
	assert_true(has_text(site, &robots));
	assert_true(has_text(site, &notes));
}

/* The third generation, published without trouble: it is whole and alone. */
static void assert_next_run_heals(const char *scratch, bool in_place, bool has_foreign)
{
	const char *const site = sites_path(scratch, "site");
	struct generation third;
	struct ll_buf names;
	const char *expected =
		has_foreign ? "./site\n./site/.leakledger-site\n./site/finding\n"
			      "./site/finding/c.html\n./site/index.html\n./site/only3\n"
			      "./site/only3/in.html\n./site/robots.txt\n./site/same.html\n"
			      "./site/service\n./site/service/a.html\n./site/service/b.html\n"
			      "./site/service/notes\n./site/service/notes/own.txt\n"
			    : "./site\n./site/.leakledger-site\n./site/finding\n"
			      "./site/finding/c.html\n./site/index.html\n./site/only3\n"
			      "./site/only3/in.html\n./site/same.html\n./site/service\n"
			      "./site/service/a.html\n./site/service/b.html\n";

	make_generation(3, &third);
	(void)sites_publish(site, in_place, third.pages);

	assert_true(is_whole(site, 3, 2));
	if (has_foreign)
		assert_foreign_files(site);
	sites_names(scratch, &names);
	assert_string_equal(names.data, expected);
	ll_buf_done(&names);
}

/* Publishes the second generation; no asserts, because it may run in a child. */
static int publish_second(const char *scratch, bool in_place, struct ll_error *err)
{
	LL_CLEANUP(ll_site_closep) struct ll_site *site = NULL;
	struct generation second;
	int rc = ll_site_open(sites_path(scratch, "site"), &site, err);

	make_generation(2, &second);
	if (rc == LL_OK && in_place)
		ll_site_in_place(site);
	for (const struct sites_page *page = second.pages; rc == LL_OK && page->path; page++)
		rc = ll_site_put(site, page->path, sites_key(page->text), ll_str(page->text), err);
	return rc == LL_OK ? ll_site_commit(site, NULL, err) : rc;
}

/* A directory for one step of a test, with the first generation in it when that is to be there. */
static char *first_generation(const char *scratch, unsigned step, bool is_there)
{
	char name[32];
	char *directory;
	struct generation first;

	(void)snprintf(name, sizeof name, "%u", step);
	directory = ll_strdup(sites_path(scratch, name));
	assert_int_equal(mkdir(directory, 0755), 0);
	if (is_there) {
		const char *const site = sites_path(directory, "site");

		make_generation(1, &first);
		(void)sites_publish(site, false, first.pages);
		sites_write(site, robots.path, robots.text);
		sites_write(site, notes.path, notes.text);
	}
	return directory;
}

/* ------------------------------------------------------------------------ killed */

struct attempt {
	bool is_there;      /* there is a first generation */
	bool in_place;      /* ask for it */
	bool is_whole;      /* what must hold: one generation, and not only whole pages */
	bool next_in_place; /* how the next run goes */
	struct disk disk;
};

/* True when the child was killed before it had ended. */
static bool run_and_kill(const char *scratch, const struct attempt *attempt, unsigned die_at)
{
	struct disk with = attempt->disk;
	const pid_t child = fork();
	int status;

	assert_true(child >= 0);
	if (child == 0) {
		with.die_at = die_at;
		arm(&with);
		_exit(publish_second(scratch, attempt->in_place, NULL) == LL_OK ? 0 : 1);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	if (WIFSIGNALED(status))
		return true;
	assert_int_equal(WEXITSTATUS(status), 0);
	return false;
}

static void assert_state(const char *scratch, const struct attempt *attempt, unsigned step)
{
	const char *const site = sites_path(scratch, "site");

	if (!attempt->is_there && !sites_has(scratch, "site"))
		return;
	if (attempt->is_there)
		assert_foreign_files(site);
	if (attempt->is_whole && !is_whole(site, 1, 2) && !is_whole(site, 2, 1))
		fail_msg("half a site when stopped before step %u", step);
	if (!attempt->is_whole)
		assert_pages_are_whole(site, 1, 2);
}

static void kill_before_every_step(const struct attempt *attempt)
{
	char *const scratch = ll_test_scratch();
	unsigned step = 1;

	for (bool was_killed = true; was_killed; step++) {
		char *const directory = first_generation(scratch, step, attempt->is_there);

		was_killed = run_and_kill(directory, attempt, step);

		assert_state(directory, attempt, step);
		if (!was_killed)
			assert_true(is_whole(sites_path(directory, "site"), 2, 1));
		assert_next_run_heals(directory, attempt->next_in_place, attempt->is_there);
		free(directory);
	}
	ll_test_scratch_done(scratch);
	/* Fewer would mean that this program's system calls are not the ones in use. */
	assert_true(step > 20);
}

static void killed_before_any_step_the_site_is_the_old_or_the_new_one(void **state)
{
	(void)state;
	kill_before_every_step(&(struct attempt){.is_there = true, .is_whole = true});
}

static void the_next_run_may_also_go_in_place(void **state)
{
	(void)state;
	kill_before_every_step(
		&(struct attempt){.is_there = true, .is_whole = true, .next_in_place = true});
}

static void killed_while_copying_because_there_are_no_links_it_is_whole_too(void **state)
{
	(void)state;
	kill_before_every_step(
		&(struct attempt){.is_there = true, .is_whole = true, .disk = {.no_links = EPERM}});
}

static void killed_before_the_first_site_is_there_nothing_is(void **state)
{
	(void)state;
	kill_before_every_step(&(struct attempt){.is_whole = true});
}

static void killed_in_place_every_page_is_whole(void **state)
{
	(void)state;
	kill_before_every_step(
		&(struct attempt){.is_there = true, .in_place = true, .next_in_place = true});
}

static void killed_in_place_an_exchange_heals_it(void **state)
{
	(void)state;
	kill_before_every_step(&(struct attempt){.is_there = true, .in_place = true});
}

static void killed_where_the_system_refuses_to_exchange_every_page_is_whole(void **state)
{
	(void)state;
	kill_before_every_step(
		&(struct attempt){.is_there = true, .disk = {.no_exchange = EINVAL}});
}

/* ------------------------------------------------------------------------ refused and failing */

static void a_system_that_refuses_to_exchange_gets_the_pages_one_by_one(void **state)
{
	static const int refusals[] = {EINVAL, ENOSYS, EBUSY, EXDEV, EPERM};
	char *const scratch = ll_test_scratch();
	(void)state;

	for (size_t i = 0; i < LL_COUNT(refusals); i++) {
		char *const directory = first_generation(scratch, (unsigned)i, true);
		const char *const site = sites_path(directory, "site");
		const ino_t inode = sites_inode(site);
		struct ll_error err = LL_ERROR_INIT;

		arm(&(struct disk){.no_exchange = refusals[i]});
		assert_ok(publish_second(directory, false, &err), &err);
		disarm();

		assert_true(is_whole(site, 2, 1));
		assert_foreign_files(site);
		assert_int_equal(sites_inode(site), inode);
		assert_next_run_heals(directory, false, true);
		free(directory);
	}
	ll_test_scratch_done(scratch);
}

/* Fails each step in turn. What the publication does not need may fail without a word. */
static void fail_every_step(bool in_place, int error_number)
{
	char *const scratch = ll_test_scratch();
	unsigned refused = 0;
	bool has_ended = false;

	for (unsigned step = 1; !has_ended; step++) {
		char *const directory = first_generation(scratch, step, true);
		const char *const site = sites_path(directory, "site");
		struct ll_error err = LL_ERROR_INIT;
		int rc;

		arm(&(struct disk){.fail_at = step, .error_number = error_number});
		rc = publish_second(directory, in_place, &err);
		disarm();
		has_ended = steps < step;

		refused += rc != LL_OK;
		assert_true(rc == LL_OK || err.text[0]);
		assert_foreign_files(site);
		if (rc == LL_OK)
			assert_true(is_whole(site, 2, 1));
		else if (in_place)
			assert_pages_are_whole(site, 1, 2);
		else
			assert_true(is_whole(site, 1, 2) ||
			            strstr(err.text, "written, but a loss of power may undo it"));
		assert_next_run_heals(directory, in_place, true);
		free(directory);
	}
	ll_test_scratch_done(scratch);
	assert_true(refused > 10);
}

static void a_full_disk_at_any_step_leaves_the_old_site_or_does_not_matter(void **state)
{
	(void)state;
	fail_every_step(false, ENOSPC);
}

static void an_ill_disk_at_any_step_leaves_the_old_site_or_does_not_matter(void **state)
{
	(void)state;
	fail_every_step(false, EIO);
}

static void a_full_disk_in_place_leaves_whole_pages(void **state)
{
	(void)state;
	fail_every_step(true, ENOSPC);
}

static void a_full_disk_is_said_in_one_line_and_may_be_tried_again(void **state)
{
	char *const scratch = ll_test_scratch();
	const char *const directory = sites_path(scratch, "site");
	struct ll_site *const site = sites_open(directory);
	struct ll_error err = LL_ERROR_INIT;
	char expected[512];
	int rc;
	(void)state;

	/* Staging is made, opened to us alone, the page is created; then its bytes are written. */
	arm(&(struct disk){.fail_at = 4, .error_number = ENOSPC});
	rc = ll_site_put(site, "index.html", sites_key("x"), ll_str("x"), &err);
	disarm();

	assert_int_equal(rc, LL_E_BUSY);
	(void)snprintf(expected, sizeof expected,
	               "site in '%s': cannot write 'index.html': No space left on device",
	               directory);
	assert_string_equal(err.text, expected);
	ll_site_close(site);
	sites_assert_names(scratch, "");
	ll_test_scratch_done(scratch);
}

/* A real short write: the system lets files grow to 100 bytes. */
static int write_beyond_limit(const char *scratch)
{
	static char text[1000];
	const struct rlimit limit = {.rlim_cur = 100, .rlim_max = 100};
	LL_CLEANUP(ll_site_closep) struct ll_site *site = NULL;
	struct ll_error err = LL_ERROR_INIT;

	(void)signal(SIGXFSZ, SIG_IGN);
	if (setrlimit(RLIMIT_FSIZE, &limit) != 0 ||
	    ll_site_open(sites_path(scratch, "site"), &site, &err) != LL_OK)
		return 1;
	if (ll_site_put(site, "index.html", sites_key("x"), ll_str_n(text, sizeof text), &err) !=
	    LL_E_IO)
		return 2;
	return strstr(err.text, "cannot write 'index.html': File too large") ? 0 : 3;
}

static void a_short_write_is_noticed(void **state)
{
	char *const scratch = ll_test_scratch();
	char *const directory = first_generation(scratch, 1, true);
	const pid_t child = fork();
	int status;
	(void)state;

	assert_true(child >= 0);
	if (child == 0)
		_exit(write_beyond_limit(directory));
	assert_int_equal(waitpid(child, &status, 0), child);

	assert_int_equal(status, 0);
	assert_true(is_whole(sites_path(directory, "site"), 1, 2));
	free(directory);
	ll_test_scratch_done(scratch);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(killed_before_any_step_the_site_is_the_old_or_the_new_one),
		cmocka_unit_test(the_next_run_may_also_go_in_place),
		cmocka_unit_test(killed_while_copying_because_there_are_no_links_it_is_whole_too),
		cmocka_unit_test(killed_before_the_first_site_is_there_nothing_is),
		cmocka_unit_test(killed_in_place_every_page_is_whole),
		cmocka_unit_test(killed_in_place_an_exchange_heals_it),
		cmocka_unit_test(killed_where_the_system_refuses_to_exchange_every_page_is_whole),
		cmocka_unit_test(a_system_that_refuses_to_exchange_gets_the_pages_one_by_one),
		cmocka_unit_test(a_full_disk_at_any_step_leaves_the_old_site_or_does_not_matter),
		cmocka_unit_test(an_ill_disk_at_any_step_leaves_the_old_site_or_does_not_matter),
		cmocka_unit_test(a_full_disk_in_place_leaves_whole_pages),
		cmocka_unit_test(a_full_disk_is_said_in_one_line_and_may_be_tried_again),
		cmocka_unit_test(a_short_write_is_noticed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
