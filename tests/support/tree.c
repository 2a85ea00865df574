/* SPDX-License-Identifier: Apache-2.0 */
/* tree.c - see tree.h. */
#include "tree.h"

#include <leakledger/file.h>

const char *ll_test_base_name(const char *path)
{
	const char *const slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

bool ll_test_has_word(struct ll_str words, struct ll_str text)
{
	while (words.size > 0) {
		if (ll_str_equal(ll_str_trim(ll_str_split(&words, ' ')), text))
			return true;
	}
	return false;
}

static bool ends_with_one(const char *path, struct ll_str suffixes)
{
	if (suffixes.size == 0)
		return true;
	while (suffixes.size > 0) {
		const struct ll_str suffix = ll_str_split(&suffixes, ' ');
		const size_t size = strlen(path);

		if (size >= suffix.size &&
		    ll_str_equal(ll_str_n(path + size - suffix.size, suffix.size), suffix))
			return true;
	}
	return false;
}

void ll_test_tree_add(struct ll_test_tree *tree, const char *directory, const char *suffixes)
{
	/* What npm brings for tests/browser is not ours. */
	static const char *const foreign[] = {"node_modules"};
	const struct ll_walk_skip skip = {.globs = foreign, .glob_count = LL_COUNT(foreign)};
	struct ll_error err = LL_ERROR_INIT;
	struct ll_file_list list = {0};

	assert_ok(ll_file_walk_but(ll_test_source(directory), &skip, &tree->arena, &list, &err),
	          &err);
	for (size_t i = 0; i < list.count; i++) {
		struct ll_buf bytes;
		struct ll_test_file *file;

		if (list.items[i].reason ||
		    !ends_with_one(list.items[i].relative, ll_str(suffixes)))
			continue;
		ll_buf_init(&bytes, LL_BUF_PAGE);
		assert_ok(ll_file_read(list.items[i].path, &bytes, &err), &err);
		file = ll_vec_push(&tree->files, sizeof *file);
		file->path =
			ll_arena_printf(&tree->arena, "%s/%s", directory, list.items[i].relative);
		file->text = ll_arena_str(&tree->arena, ll_buf_str(&bytes));
		ll_buf_done(&bytes);
	}
}

void ll_test_tree_done(struct ll_test_tree *tree)
{
	ll_vec_done(&tree->files);
	ll_arena_done(&tree->arena);
}

void ll_offend(struct ll_offences *offences, const char *path, size_t line, const char *format, ...)
{
	char text[512];
	va_list args;

	offences->count++;
	if (offences->is_quiet)
		return;
	va_start(args, format);
	(void)vsnprintf(text, sizeof text, format, args);
	va_end(args);
	print_error("%s:%zu: %s\n", path, line, text);
}

void ll_test_tree_assert(const struct ll_test_tree *tree, ll_test_rule *rule)
{
	const struct ll_test_file *const files = tree->files.items;
	struct ll_offences offences = {0};

	assert_true(tree->files.count > 0);
	for (size_t i = 0; i < tree->files.count; i++)
		rule(&files[i], &offences);
	assert_int_equal(offences.count, 0);
}

size_t ll_test_rule_count(ll_test_rule *rule, const char *path, const char *text)
{
	const struct ll_test_file file = {.path = path, .text = ll_str(text)};
	struct ll_offences offences = {.is_quiet = true};

	rule(&file, &offences);
	return offences.count;
}
