/* SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE /* RTLD_NEXT */
#include "support.h"

#include <leakledger/file.h>

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

/*
 * readdir as the walk sees it, in place of the C library's, with its parameter's name: it fails
 * when it was called that many times; -1: never.
 */
static int calls_until_failure = -1;

struct dirent *readdir(DIR *__dirp)
{
	union {
		void *found;
		struct dirent *(*call)(DIR *directory);
	} real = {.found = dlsym(RTLD_NEXT, "readdir")};

	if (calls_until_failure == 0) {
		errno = EIO;
		return NULL;
	}
	calls_until_failure -= calls_until_failure > 0;
	return real.call(__dirp);
}

/* A scratch directory, and what a walk of it finds: "relative reason LF" per file. */
struct fixture {
	char *directory;
	struct ll_arena arena;
	struct ll_file_list list;
	struct ll_buf text;
};

static int set_up(void **state)
{
	struct fixture *const fixture = ll_calloc(1, sizeof *fixture);

	fixture->directory = ll_test_scratch();
	ll_buf_init(&fixture->text, LL_BUF_PAGE);
	*state = fixture;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *const fixture = *state;

	ll_test_scratch_done(fixture->directory);
	ll_arena_done(&fixture->arena);
	ll_buf_done(&fixture->text);
	free(fixture);
	return 0;
}

static void put(struct fixture *fixture, const char *name, const char *bytes)
{
	free(ll_test_write(fixture->directory, name, ll_str(bytes)));
}

static const char *at(struct fixture *fixture, const char *name)
{
	return ll_arena_printf(&fixture->arena, "%s/%s", fixture->directory, name);
}

static const char *walk(struct fixture *fixture, const char *root)
{
	struct ll_error err = LL_ERROR_INIT;

	assert_ok(ll_file_walk(root, &fixture->arena, &fixture->list, &err), &err);
	ll_buf_clear(&fixture->text);
	for (size_t i = 0; i < fixture->list.count; i++) {
		const struct ll_file *const file = &fixture->list.items[i];

		ll_buf_printf(&fixture->text, "%s%s%s\n", file->relative, file->reason ? ": " : "",
		              file->reason ? file->reason : "");
	}
	return fixture->text.data;
}

static void files_are_listed_in_bytewise_order_of_their_relative_path(void **state)
{
	struct fixture *const fixture = *state;

	put(fixture, "b/2", "22");
	put(fixture, "b/10", "x");
	put(fixture, "a", "");
	put(fixture, "b.txt", "x");
	put(fixture, "c/d/e", "x");

	assert_string_equal(walk(fixture, fixture->directory), "a\nb.txt\nb/10\nb/2\nc/d/e\n");
	assert_int_equal(fixture->list.items[3].size, 2);
	assert_true(fixture->list.items[3].modified_ns > 0);
	assert_string_equal(fixture->list.items[3].path, at(fixture, "b/2"));
}

static void trailing_slashes_of_the_root_change_nothing(void **state)
{
	struct fixture *const fixture = *state;

	put(fixture, "a", "");

	assert_string_equal(walk(fixture, at(fixture, "//")), "a\n");
	assert_string_equal(fixture->list.items[0].path, at(fixture, "a"));
}

static void one_file_can_be_the_root(void **state)
{
	struct fixture *const fixture = *state;

	put(fixture, "dir/heap.pb.gz", "x");

	assert_string_equal(walk(fixture, at(fixture, "dir/heap.pb.gz")), "heap.pb.gz\n");
}

static void an_empty_directory_has_no_files(void **state)
{
	struct fixture *const fixture = *state;

	assert_string_equal(walk(fixture, fixture->directory), "");
}

static void hidden_names_and_leftovers_are_passed_over(void **state)
{
	struct fixture *const fixture = *state;

	put(fixture, ".hidden", "");
	put(fixture, ".git/config", "");
	put(fixture, "heap.pb.gz~", "");
	put(fixture, ".heap.swp", "");
	put(fixture, "heap.swp", "");
	put(fixture, "#heap#", "");
	put(fixture, "heap.tmp", "");
	put(fixture, "heap.part", "");
	put(fixture, "heap.crdownload", "");
	put(fixture, "#1", "");

	assert_string_equal(walk(fixture, fixture->directory), "#1\n");
}

static void links_out_of_the_root_are_not_followed(void **state)
{
	struct fixture *const fixture = *state;

	put(fixture, "outside/secret", "x");
	put(fixture, "outside2/secret", "x");
	put(fixture, "root/file", "x");
	assert_int_equal(symlink("../outside/secret", at(fixture, "root/link")), 0);
	assert_int_equal(symlink("../outside", at(fixture, "root/dirlink")), 0);
	assert_int_equal(symlink("nowhere", at(fixture, "root/dangling")), 0);
	assert_int_equal(symlink("loop", at(fixture, "root/loop")), 0);
	/* "root" is a prefix of "root2" as text, but not its parent. */
	put(fixture, "root2/secret", "x");
	assert_int_equal(symlink("../root2/secret", at(fixture, "root/sibling")), 0);

	assert_string_equal(walk(fixture, at(fixture, "root")),
	                    "dangling: a symbolic link that leads nowhere\n"
	                    "dirlink: a symbolic link that leads out of the root\n"
	                    "file\n"
	                    "link: a symbolic link that leads out of the root\n"
	                    "loop: a symbolic link that leads nowhere\n"
	                    "sibling: a symbolic link that leads out of the root\n");
}

static void links_inside_the_root_name_nothing_new(void **state)
{
	struct fixture *const fixture = *state;

	put(fixture, "file", "x");
	assert_int_equal(symlink("file", at(fixture, "link")), 0);
	assert_int_equal(symlink(".", at(fixture, "self")), 0);

	assert_string_equal(walk(fixture, fixture->directory), "file\n");
}

/* As Kubernetes mounts what a ConfigMap holds. */
static void a_link_to_what_the_walk_does_not_meet_stands_for_it(void **state)
{
	struct fixture *const fixture = *state;

	put(fixture, "..2026_03_01/heap.pb", "12345");
	put(fixture, ".hidden", "x");
	assert_int_equal(symlink("..2026_03_01", at(fixture, "..data")), 0);
	assert_int_equal(symlink("..data/heap.pb", at(fixture, "heap.pb")), 0);
	assert_int_equal(symlink(".hidden", at(fixture, "seen")), 0);
	assert_int_equal(symlink("..data", at(fixture, "directory")), 0);
	assert_int_equal(mkfifo(at(fixture, ".fifo"), 0600), 0);
	assert_int_equal(symlink(".fifo", at(fixture, "pipe")), 0);

	assert_string_equal(walk(fixture, fixture->directory),
	                    "directory: a symbolic link to a hidden directory\n"
	                    "heap.pb\n"
	                    "pipe: a FIFO, never opened\n"
	                    "seen\n");
	assert_int_equal(fixture->list.items[1].size, 5);
}

static void a_directory_that_fails_in_the_middle_is_not_taken_for_its_end(void **state)
{
	struct fixture *const fixture = *state;
	const char *seen;

	put(fixture, "dir/a", "x");
	put(fixture, "dir/b", "x");
	put(fixture, "dir/c", "x");

	/* ".", ".." and one of the files. */
	calls_until_failure = 3;
	seen = walk(fixture, at(fixture, "dir"));
	calls_until_failure = -1;

	assert_non_null(
		strstr(seen, ": directory cannot be read to its end: Input/output error\n"));
	assert_true(fixture->list.count < 4);
}

static void what_globs_match_is_passed_over(void **state)
{
	static const char *const globs[] = {"*.log", "old", "a/*/x"};
	const struct ll_walk_skip skip = {.globs = globs, .glob_count = LL_COUNT(globs)};
	struct fixture *const fixture = *state;
	struct ll_error err = LL_ERROR_INIT;

	put(fixture, "a/b/x", "");
	put(fixture, "a/b/c/x", "");
	put(fixture, "a/x", "");
	put(fixture, "old/file", "");
	put(fixture, "b/old/file", "");
	put(fixture, "b/older", "");
	put(fixture, "b/c.log", "");
	put(fixture, "c.log/file", "");

	assert_ok(
		ll_file_walk_but(fixture->directory, &skip, &fixture->arena, &fixture->list, &err),
		&err);

	assert_int_equal(fixture->list.count, 2);
	assert_string_equal(fixture->list.items[0].relative, "a/x");
	assert_string_equal(fixture->list.items[1].relative, "b/older");
	assert_ok(ll_file_walk_but(at(fixture, "b/c.log"), &skip, &fixture->arena, &fixture->list,
	                           &err),
	          &err);
	assert_int_equal(fixture->list.count, 0);
	assert_true(ll_file_is_excluded(&skip, "z/old/deep/file"));
	assert_true(ll_file_is_excluded(&skip, "a/b/x"));
	assert_false(ll_file_is_excluded(&skip, "a/x"));
	assert_false(ll_file_is_excluded(&skip, ""));
}

static void a_file_that_is_named_may_be_a_link_but_not_a_directory(void **state)
{
	struct fixture *const fixture = *state;
	struct ll_file file;

	put(fixture, "dir/file", "12345");
	assert_int_equal(symlink("dir/file", at(fixture, "link")), 0);

	ll_file_look(at(fixture, "link"), "link", &fixture->arena, &file);
	assert_null(file.reason);
	assert_int_equal(file.size, 5);
	assert_true(file.modified_ns > 0);
	ll_file_look(at(fixture, "dir"), "dir", &fixture->arena, &file);
	assert_string_equal(file.reason, "a directory, and the list is of files");
	ll_file_look(at(fixture, "gone"), "gone", &fixture->arena, &file);
	assert_string_equal(file.reason, "cannot be examined: No such file or directory");
	ll_file_look("/dev/null", "null", &fixture->arena, &file);
	assert_string_equal(file.reason, "a device, never opened");
}

/* What a descriptor gives, read through the file that is made of it. */
static void assert_spooled(struct fixture *fixture, int descriptor, const char *expected)
{
	LL_CLEANUP(ll_file_closep) int spooled = -1;
	LL_CLEANUP(ll_buf_done) struct ll_buf bytes;
	struct ll_error err = LL_ERROR_INIT;
	struct ll_hash hash;

	ll_buf_init(&bytes, LL_BUF_PAGE);
	spooled = ll_file_spool(descriptor, 100, &hash, &err);
	assert_ok(spooled, &err);
	assert_ok(ll_file_read(ll_arena_printf(&fixture->arena, "/proc/self/fd/%d", spooled),
	                       &bytes, &err),
	          &err);
	assert_string_equal(bytes.data, expected);
	assert_true(ll_hash_equal(hash, ll_hash_bytes(expected, strlen(expected))));
}

static void what_can_be_read_once_becomes_a_file(void **state)
{
	struct fixture *const fixture = *state;
	struct ll_error err = LL_ERROR_INIT;
	struct ll_hash hash;
	int ends[2], file;

	assert_int_equal(pipe(ends), 0);
	assert_int_equal(write(ends[1], "0123456789", 10), 10);
	assert_int_equal(close(ends[1]), 0);
	assert_spooled(fixture, ends[0], "0123456789");
	assert_int_equal(close(ends[0]), 0);

	put(fixture, "file", "abcdef");
	file = open(at(fixture, "file"), O_RDONLY);
	assert_spooled(fixture, file, "abcdef");
	/* Who read its beginning meant the rest. */
	assert_int_equal(lseek(file, 2, SEEK_SET), 2);
	assert_spooled(fixture, file, "cdef");
	assert_int_equal(lseek(file, 0, SEEK_SET), 0);
	assert_int_equal(ll_file_spool(file, 5, &hash, &err), LL_E_LIMIT);
	assert_string_equal(err.text, "larger than 5 bytes");
	assert_int_equal(close(file), 0);
	assert_int_equal(ll_file_spool(file, 5, &hash, &err), LL_E_IO);
	file = open(fixture->directory, O_RDONLY);
	assert_int_equal(ll_file_spool(file, 5, &hash, &err), LL_E_IO);
	assert_string_equal(err.text, "a directory");
	assert_int_equal(close(file), 0);
}

static void a_root_that_is_a_link_is_what_it_leads_to(void **state)
{
	struct fixture *const fixture = *state;

	put(fixture, "real/file", "x");
	assert_int_equal(symlink("real", at(fixture, "link")), 0);

	assert_string_equal(walk(fixture, at(fixture, "link")), "file\n");
}

static void special_files_are_listed_and_never_opened(void **state)
{
	struct fixture *const fixture = *state;
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	const int socket_fd = socket(AF_UNIX, SOCK_STREAM, 0);
	struct ll_error err = LL_ERROR_INIT;
	int64_t size;

	assert_int_equal(mkfifo(at(fixture, "fifo"), 0600), 0);
	(void)snprintf(address.sun_path, sizeof address.sun_path, "%s/socket", fixture->directory);
	assert_int_equal(bind(socket_fd, (struct sockaddr *)&address, sizeof address), 0);
	(void)close(socket_fd);

	assert_string_equal(walk(fixture, fixture->directory),
	                    "fifo: a FIFO, never opened\nsocket: a socket, never opened\n");
	assert_string_equal(walk(fixture, at(fixture, "fifo")), "fifo: a FIFO, never opened\n");
	assert_int_equal(ll_file_open(at(fixture, "fifo"), &size, &err), LL_E_IO);
	assert_string_equal(err.text, "a FIFO, never opened");
	assert_int_equal(ll_file_open("/dev/null", &size, &err), LL_E_IO);
	assert_string_equal(err.text, "a device, never opened");
	assert_int_equal(ll_file_open(fixture->directory, &size, &err), LL_E_IO);
	assert_string_equal(err.text, "not a regular file");
}

static void a_directory_without_rights_is_reported(void **state)
{
	struct fixture *const fixture = *state;
	pid_t child;
	int status;

	put(fixture, "closed/file", "x");
	put(fixture, "open", "x");
	assert_int_equal(chmod(at(fixture, "closed"), 0000), 0);
	assert_int_equal(chmod(fixture->directory, 0755), 0);

	/* Rights do not bind root, so the walk is done by somebody else. */
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		const bool is_changed = getuid() != 0 || setuid(65534) == 0;
		const char *const seen = is_changed ? walk(fixture, fixture->directory) : "";

		_exit(strcmp(seen, "closed: directory cannot be opened: Permission denied\n"
		                   "open\n") == 0
		              ? 0
		              : 1);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
}

static void directories_nested_too_deeply_are_reported(void **state)
{
	struct fixture *const fixture = *state;
	struct ll_error err = LL_ERROR_INIT;
	char path[4096];
	size_t used;

	used = (size_t)snprintf(path, sizeof path, "%s", fixture->directory);
	for (size_t i = 0; i < LL_WALK_DEPTH + 2; i++)
		used += (size_t)snprintf(path + used, sizeof path - used, "/d");
	assert_ok(ll_file_mkdirs(path, &err), &err);

	assert_true(ll_str_ends(ll_str(walk(fixture, fixture->directory)),
	                        ": a directory nested too deeply\n"));
	assert_int_equal(fixture->list.count, 1);
}

static void what_is_to_be_skipped_is_as_if_it_were_not_there(void **state)
{
	struct fixture *const fixture = *state;
	struct ll_error err = LL_ERROR_INIT;
	struct ll_file_id own;
	const struct ll_walk_skip skip = {.files = &own, .file_count = 1, .marker = ".mark"};
	const char *const roots[] = {at(fixture, "own.db"), at(fixture, "site")};

	put(fixture, "own.db", "x");
	put(fixture, "same bytes.db", "x");
	put(fixture, "site/.mark", "");
	put(fixture, "site/page", "x");
	put(fixture, "deep/site/.mark", "");
	put(fixture, "deep/site/sub/page", "x");
	put(fixture, "no site/.mark/file", "");
	put(fixture, "no site/page", "x");
	assert_true(ll_file_identify(at(fixture, "own.db"), &own));
	assert_false(ll_file_identify(at(fixture, "gone"), &own));
	assert_int_equal(link(at(fixture, "own.db"), at(fixture, "other name")), 0);

	assert_ok(
		ll_file_walk_but(fixture->directory, &skip, &fixture->arena, &fixture->list, &err),
		&err);

	assert_int_equal(fixture->list.count, 2);
	assert_string_equal(fixture->list.items[0].relative, "no site/page");
	assert_string_equal(fixture->list.items[1].relative, "same bytes.db");
	for (size_t i = 0; i < LL_COUNT(roots); i++) {
		assert_ok(ll_file_walk_but(roots[i], &skip, &fixture->arena, &fixture->list, &err),
		          &err);
		assert_int_equal(fixture->list.count, 0);
	}
}

static void a_root_that_is_not_there_is_an_error_with_its_name(void **state)
{
	struct fixture *const fixture = *state;
	struct ll_error err = LL_ERROR_INIT;

	assert_int_equal(ll_file_walk("/nowhere/at all", &fixture->arena, &fixture->list, &err),
	                 LL_E_NOTFOUND);
	assert_string_equal(err.text, "cannot read '/nowhere/at all': No such file or directory");
}

static void a_file_is_read_whole_or_not_at_all(void **state)
{
	struct fixture *const fixture = *state;
	LL_CLEANUP(ll_buf_done) struct ll_buf buf;
	struct ll_error err = LL_ERROR_INIT;

	put(fixture, "file", "0123456789");
	ll_buf_init(&buf, 10);

	assert_ok(ll_file_read(at(fixture, "file"), &buf, &err), &err);
	assert_string_equal(buf.data, "0123456789");
	put(fixture, "file", "0123456789a");
	assert_int_equal(ll_file_read(at(fixture, "file"), &buf, &err), LL_E_LIMIT);
	assert_string_equal(err.text, "larger than 10 bytes");
	assert_int_equal(ll_file_read(at(fixture, "gone"), &buf, &err), LL_E_IO);
	assert_string_equal(err.text, "cannot be opened: No such file or directory");
}

/* Large ones are read and hashed by pieces; the size that was promised may be any. */
static void a_file_is_hashed_while_it_is_read(void **state)
{
	struct fixture *const fixture = *state;
	static const size_t sizes[] = {0, 1, 5000, 524288, 524289, 786433, 1500000};
	LL_CLEANUP(ll_buf_done) struct ll_buf buf, bytes;
	struct ll_error err = LL_ERROR_INIT;

	ll_buf_init(&buf, 2000000);
	ll_buf_init(&bytes, 2000000);
	for (size_t i = 0; i < LL_COUNT(sizes); i++) {
		while (bytes.size < sizes[i])
			ll_buf_putc(&bytes, (char)(bytes.size * 7 >> 4));
		assert_ok(ll_file_write(at(fixture, "file"), ll_buf_str(&bytes), NULL, &err), &err);
		for (size_t k = 0; k < LL_COUNT(sizes); k++) {
			int64_t size;
			struct ll_hash hash;
			LL_CLEANUP(ll_file_closep)
			int file = ll_file_open(at(fixture, "file"), &size, &err);

			assert_int_equal(size, sizes[i]);
			assert_ok(ll_file_read_hashed(file, (int64_t)sizes[k], &buf, &hash, &err),
			          &err);
			assert_true(ll_str_equal(ll_buf_str(&buf), ll_buf_str(&bytes)));
			assert_true(ll_hash_equal(hash, ll_hash_bytes(bytes.data, bytes.size)));
		}
	}
}

static void a_large_file_over_the_ceiling_is_refused(void **state)
{
	struct fixture *const fixture = *state;
	LL_CLEANUP(ll_buf_done) struct ll_buf buf, bytes;
	struct ll_error err = LL_ERROR_INIT;
	struct ll_hash hash;
	int64_t size;

	ll_buf_init(&buf, 600000);
	ll_buf_init(&bytes, 700000);
	while (bytes.size < 600001)
		ll_buf_putc(&bytes, 'x');
	assert_ok(ll_file_write(at(fixture, "file"), ll_buf_str(&bytes), NULL, &err), &err);

	for (int64_t promised = 599999; promised <= 600001; promised++) {
		LL_CLEANUP(ll_file_closep)
		int file = ll_file_open(at(fixture, "file"), &size, &err);

		assert_int_equal(ll_file_read_hashed(file, promised, &buf, &hash, &err),
		                 LL_E_LIMIT);
	}
}

static void a_file_whose_size_lies_is_read_to_its_end(void **state)
{
	LL_CLEANUP(ll_buf_done) struct ll_buf buf;
	struct ll_error err = LL_ERROR_INIT;

	(void)state;
	ll_buf_init(&buf, LL_BUF_PAGE);

	/* Files of /proc say that they have 0 bytes. */
	assert_ok(ll_file_read("/proc/self/status", &buf, &err), &err);
	assert_true(buf.size > 100);
}

static void writing_the_same_again_touches_nothing(void **state)
{
	struct fixture *const fixture = *state;
	struct ll_error err = LL_ERROR_INIT;
	struct stat before, after;
	bool is_changed;

	assert_ok(ll_file_write(at(fixture, "page"), ll_str("one"), &is_changed, &err), &err);
	assert_true(is_changed);
	assert_int_equal(stat(at(fixture, "page"), &before), 0);
	assert_ok(ll_file_write(at(fixture, "page"), ll_str("one"), &is_changed, &err), &err);
	assert_false(is_changed);
	assert_int_equal(stat(at(fixture, "page"), &after), 0);
	assert_int_equal(before.st_ino, after.st_ino);

	assert_ok(ll_file_write(at(fixture, "page"), ll_str("two"), NULL, &err), &err);
	assert_string_equal(walk(fixture, fixture->directory), "page\n");
	assert_int_equal(fixture->list.items[0].size, 3);
}

static void a_failed_write_leaves_the_old_file_and_no_other(void **state)
{
	struct fixture *const fixture = *state;
	struct ll_error err = LL_ERROR_INIT;

	put(fixture, "dir/page", "old");

	/* A directory cannot be replaced by a file. */
	assert_int_equal(ll_file_write(at(fixture, "dir"), ll_str("new"), NULL, &err), LL_E_CREATE);
	assert_non_null(strstr(err.text, "cannot replace '"));
	assert_int_equal(ll_file_write(at(fixture, "gone/page"), ll_str("new"), NULL, &err),
	                 LL_E_CREATE);
	assert_non_null(strstr(err.text, "cannot create '"));
	assert_string_equal(walk(fixture, fixture->directory), "dir/page\n");
}

static void a_replaced_file_keeps_its_rights(void **state)
{
	struct fixture *const fixture = *state;
	struct ll_error err = LL_ERROR_INIT;
	struct stat info;

	put(fixture, "page", "old");
	assert_int_equal(chmod(at(fixture, "page"), 0600), 0);

	assert_ok(ll_file_write(at(fixture, "page"), ll_str("new"), NULL, &err), &err);

	assert_int_equal(stat(at(fixture, "page"), &info), 0);
	assert_int_equal(info.st_mode & 0777, 0600);
}

/* The pipe has room for what is written before anybody reads. */
static void a_fifo_is_written_to_and_stays(void **state)
{
	struct fixture *const fixture = *state;
	struct ll_error err = LL_ERROR_INIT;
	struct stat info;
	char bytes[8] = "";

	assert_int_equal(mkfifo(at(fixture, "fifo"), 0600), 0);
	LL_CLEANUP(ll_file_closep) int reader = open(at(fixture, "fifo"), O_RDWR | O_NONBLOCK);

	assert_ok(ll_file_write(at(fixture, "fifo"), ll_str("bytes"), NULL, &err), &err);

	assert_int_equal(read(reader, bytes, sizeof bytes), 5);
	assert_string_equal(bytes, "bytes");
	assert_int_equal(stat(at(fixture, "fifo"), &info), 0);
	assert_true(S_ISFIFO(info.st_mode));
}

static void a_device_is_written_to_and_stays(void **state)
{
	struct fixture *const fixture = *state;
	struct ll_error err = LL_ERROR_INIT;
	struct stat info;

	/* By a link of ours: where this went wrong, the device would be gone from the system. */
	assert_int_equal(symlink("/dev/full", at(fixture, "full")), 0);

	assert_int_equal(ll_file_write(at(fixture, "full"), ll_str("x"), NULL, &err), LL_E_BUSY);

	assert_int_equal(lstat(at(fixture, "full"), &info), 0);
	assert_true(S_ISLNK(info.st_mode));
}

/* "-o /dev/stdout >file": what the shell opened gets the bytes, and the name stays a link. */
static void what_the_kernel_names_is_written_to(void **state)
{
	struct fixture *const fixture = *state;
	struct ll_error err = LL_ERROR_INIT;
	LL_CLEANUP(ll_buf_done) struct ll_buf buf;
	char name[64];

	ll_buf_init(&buf, LL_BUF_PAGE);
	put(fixture, "page", "old ");
	LL_CLEANUP(ll_file_closep) int file = open(at(fixture, "page"), O_WRONLY);
	(void)snprintf(name, sizeof name, "/proc/self/fd/%d", file);

	assert_ok(ll_file_write(name, ll_str("new"), NULL, &err), &err);

	assert_ok(ll_file_read(at(fixture, "page"), &buf, &err), &err);
	assert_string_equal(buf.data, "old new");
	assert_string_equal(walk(fixture, fixture->directory), "page\n");
}

static void directories_are_made_with_their_parents(void **state)
{
	struct fixture *const fixture = *state;
	struct ll_error err = LL_ERROR_INIT;

	assert_ok(ll_file_mkdirs(at(fixture, "a/b/c"), &err), &err);
	assert_ok(ll_file_mkdirs(at(fixture, "a/b/c"), &err), &err);
	assert_true(ll_file_is_directory(at(fixture, "a/b/c")));
	put(fixture, "file", "x");
	assert_false(ll_file_is_directory(at(fixture, "file")));
	assert_false(ll_file_is_directory(at(fixture, "gone")));
	assert_int_equal(ll_file_mkdirs(at(fixture, "file"), &err), LL_E_CREATE);
	assert_non_null(strstr(err.text, "is not a directory"));
	assert_int_equal(ll_file_mkdirs(at(fixture, "file/sub"), &err), LL_E_CREATE);
	assert_non_null(strstr(err.text, "cannot create directory '"));
	assert_int_equal(ll_file_mkdirs("", &err), LL_E_CREATE);
}

#define test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(files_are_listed_in_bytewise_order_of_their_relative_path),
		test(trailing_slashes_of_the_root_change_nothing),
		test(one_file_can_be_the_root),
		test(an_empty_directory_has_no_files),
		test(hidden_names_and_leftovers_are_passed_over),
		test(links_out_of_the_root_are_not_followed),
		test(links_inside_the_root_name_nothing_new),
		test(a_link_to_what_the_walk_does_not_meet_stands_for_it),
		test(a_directory_that_fails_in_the_middle_is_not_taken_for_its_end),
		test(what_globs_match_is_passed_over),
		test(a_file_that_is_named_may_be_a_link_but_not_a_directory),
		test(what_can_be_read_once_becomes_a_file),
		test(a_root_that_is_a_link_is_what_it_leads_to),
		test(special_files_are_listed_and_never_opened),
		test(a_directory_without_rights_is_reported),
		test(directories_nested_too_deeply_are_reported),
		test(what_is_to_be_skipped_is_as_if_it_were_not_there),
		test(a_root_that_is_not_there_is_an_error_with_its_name),
		test(a_file_is_read_whole_or_not_at_all),
		test(a_file_is_hashed_while_it_is_read),
		test(a_large_file_over_the_ceiling_is_refused),
		test(a_file_whose_size_lies_is_read_to_its_end),
		test(writing_the_same_again_touches_nothing),
		test(a_failed_write_leaves_the_old_file_and_no_other),
		test(a_replaced_file_keeps_its_rights),
		test(a_fifo_is_written_to_and_stays),
		test(a_device_is_written_to_and_stays),
		test(what_the_kernel_names_is_written_to),
		test(directories_are_made_with_their_parents),
	};

	return cmocka_run_group_tests_name("base.file", tests, NULL, NULL);
}
