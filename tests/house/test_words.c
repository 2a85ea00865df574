/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Words that have no place in the tree: paths of one machine, hosts that packages come from (which
 * differ from place to place, and which a build must never need), and notes to oneself.
 *
 * The words are put together here from two halves, so that this file does not contain them.
 */
#include "tree.h"

static const struct {
	const char *left, *right, *why;
} words[] = {
	{"/wo", "rk/", "a path of one machine"},
	{"/ro", "ot/", "a path of one machine"},
	{"TO", "DO", "a note to oneself"},
	{"FIX", "ME", "a note to oneself"},
	{"XX", "X:", "a note to oneself"},
	{"TEMP", "ORARY", "a note to oneself"},
	{"pypi", ".org", "a registry's host"},
	{"npmjs", ".com", "a registry's host"},
	{"npmjs", ".org", "a registry's host"},
	{"crates", ".io", "a registry's host"},
	{"proxy.", "golang.org", "a registry's host"},
	{"goproxy", ".io", "a registry's host"},
	{"deb.", "debian.org", "a registry's host"},
	{"rubygems", ".org", "a registry's host"},
	{"docker", ".io", "a registry's host"},
	{"ghcr", ".io", "a registry's host"},
	{"repo1.", "maven.org", "a registry's host"},
};

static void check_words(const struct ll_test_file *file, struct ll_offences *offences)
{
	struct ll_str rest = file->text;
	size_t line_number = 0;

	while (rest.size > 0) {
		const struct ll_str line = ll_str_split(&rest, '\n');

		line_number++;
		for (size_t i = 0; i < LL_COUNT(words); i++) {
			char word[64];

			(void)snprintf(word, sizeof word, "%s%s", words[i].left, words[i].right);
			if (ll_str_find(line, word) != SIZE_MAX)
				ll_offend(offences, file->path, line_number, "'%s' is %s", word,
				          words[i].why);
		}
	}
}

/* The walk passes over hidden names, so the one of them that has code is named. */
static void add_file(struct ll_test_tree *tree, const char *path)
{
	struct ll_buf bytes;
	struct ll_test_file *const file = ll_vec_push(&tree->files, sizeof *file);

	ll_test_read(path, &bytes);
	file->path = path;
	file->text = ll_arena_str(&tree->arena, ll_buf_str(&bytes));
	ll_buf_done(&bytes);
}

static void no_word_of_one_machine_is_in_the_tree(void **state)
{
	static const char *const directories[] = {"src",     "include", "sql",   "templates",
	                                          "scripts", "docs",    "cmake", "samples/src"};
	static const char *const files[] = {
		".ci/run",           "README.md",         "CHANGELOG.md",  "CMakeLists.txt",
		"CMakePresets.json", "samples/README.md", "samples/remake"};
	struct ll_test_tree tree = {0};

	(void)state;
	for (size_t i = 0; i < LL_COUNT(directories); i++)
		ll_test_tree_add(&tree, directories[i], "");
	ll_test_tree_add(&tree, "tests", ".c .h .sh .sql .case .txt .py .R");
	for (size_t i = 0; i < LL_COUNT(files); i++)
		add_file(&tree, files[i]);

	ll_test_tree_assert(&tree, check_words);

	ll_test_tree_done(&tree);
}

static void each_word_is_found_out(void **state)
{
	(void)state;

	for (size_t i = 0; i < LL_COUNT(words); i++) {
		char text[64];

		(void)snprintf(text, sizeof text, "see %s%s here\n", words[i].left, words[i].right);
		assert_int_equal(ll_test_rule_count(check_words, "x.c", text), 1);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_word_of_one_machine_is_in_the_tree),
		cmocka_unit_test(each_word_is_found_out),
	};

	return cmocka_run_group_tests_name("house.words", tests, NULL, NULL);
}
