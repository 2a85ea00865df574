/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The layers, as README.md draws them:
 *
 *       base  <-  capture  <-  ledger  <-  analyze  <-  report  <-  cli
 *         ^------------------- chart  <------------------'
 *
 * and as its table of folders lists their contracts and the foreign headers that each may include.
 * This test parses that text, so the picture that people read is the rule that holds.
 */
#include "tree.h"

#include <unistd.h>

enum {
	LAYERS_MAX = 16,
	WORDS_MAX = 32,
};

struct layer {
	struct ll_str name;
	struct ll_str contracts[WORDS_MAX]; /* "capture.h" */
	struct ll_str foreign[WORDS_MAX];   /* "zlib.h", or "libxml/" for all below it */
	struct ll_str only_in[WORDS_MAX];   /* the file that may include it; empty: every one */
	size_t contract_count, foreign_count;
	bool knows[LAYERS_MAX];
	size_t from, to; /* columns of the picture */
};

struct house {
	struct layer layers[LAYERS_MAX];
	size_t count;
};

/* ------------------------------------------------------------------ the README */

static struct layer *find_layer(struct house *house, struct ll_str name)
{
	for (size_t i = 0; i < house->count; i++) {
		if (ll_str_equal(house->layers[i].name, name))
			return &house->layers[i];
	}
	return NULL;
}

static struct layer *layer_at(struct house *house, size_t column)
{
	for (size_t i = 0; i < house->count; i++) {
		if (house->layers[i].from <= column && column < house->layers[i].to)
			return &house->layers[i];
	}
	return NULL;
}

static struct layer *add_layer(struct house *house, struct ll_str line, size_t from, size_t to)
{
	struct layer *const layer = &house->layers[house->count];

	assert_true(house->count < LAYERS_MAX);
	layer->name = ll_str_n(line.data + from, to - from);
	layer->from = from;
	layer->to = to;
	layer->knows[house->count] = true;
	house->count++;
	return layer;
}

static bool is_name_byte(char byte)
{
	return byte >= 'a' && byte <= 'z';
}

/* "base  <-  capture  <-  ...": each knows itself and all to its left. */
static void read_chain(struct house *house, struct ll_str line)
{
	for (size_t at = 0; at < line.size; at++) {
		const size_t from = at;

		while (at < line.size && is_name_byte(line.data[at]))
			at++;
		if (at == from)
			continue;
		add_layer(house, line, from, at);
		for (size_t i = 0; i < house->count; i++)
			house->layers[house->count - 1].knows[i] = true;
	}
}

/*
 * "^---- chart  <----'": a folder beside the chain. It knows the one that the arrow's head points
 * at and all that knows; the one above the other end, and all to the right of that, know it.
 */
static void read_branch(struct house *house, struct ll_str line)
{
	const struct layer *const known = layer_at(house, ll_str_index(line, '^'));
	const struct layer *const user = layer_at(house, ll_str_index(line, '\''));
	const size_t chain = house->count;
	size_t from = 0, to;
	struct layer *branch;

	assert_non_null(known);
	assert_non_null(user);
	while (!is_name_byte(line.data[from]))
		from++;
	to = from;
	while (is_name_byte(line.data[to]))
		to++;
	branch = add_layer(house, line, from, to);
	branch->from = branch->to = 0;
	for (size_t i = 0; i < chain; i++) {
		branch->knows[i] = known->knows[i];
		house->layers[i].knows[chain] = &house->layers[i] >= user;
	}
}

/* "`zlib.h` `libdeflate.h` in `gzip.c`; ...": a file stands behind the headers that are its own. */
static void read_foreign(struct layer *layer, struct ll_str cell)
{
	size_t fenced = 0;

	while (ll_str_index(cell, '`') != SIZE_MAX) {
		struct ll_str word;

		(void)ll_str_split(&cell, '`');
		word = ll_str_split(&cell, '`');
		if (!ll_str_ends(word, ".c")) {
			layer->foreign[layer->foreign_count++] = word;
			continue;
		}
		while (fenced < layer->foreign_count)
			layer->only_in[fenced++] = word;
	}
}

/* "| `base` | what it is | `arena.h` `base.h` | `xxhash.h` in `hash.c` |" */
static void read_row(struct house *house, struct ll_str row)
{
	struct ll_str name, contracts;
	struct layer *layer;

	(void)ll_str_split(&row, '|');
	name = ll_str_trim(ll_str_split(&row, '|'));
	name = ll_str_n(name.data + 1, name.size - 2);
	layer = find_layer(house, name);
	if (!layer) {
		layer = add_layer(house, name, 0, name.size);
		layer->knows[0] =
			true; /* a folder that is not in the picture stands on the first */
	}
	(void)ll_str_split(&row, '|');
	contracts = ll_str_split(&row, '|');
	while (ll_str_index(contracts, '`') != SIZE_MAX) {
		(void)ll_str_split(&contracts, '`');
		layer->contracts[layer->contract_count++] = ll_str_split(&contracts, '`');
	}
	read_foreign(layer, ll_str_split(&row, '|'));
}

/* The picture, and the rows of the first table behind it. */
static void read_house(struct house *house, struct ll_str text)
{
	bool has_rows = false;

	while (text.size > 0) {
		const struct ll_str line = ll_str_split(&text, '\n');
		const bool is_table = ll_str_starts(line, "| `") && ll_str_ends(line, " |");

		if (house->count == 0 && ll_str_find(line, "base  <-  ") != SIZE_MAX)
			read_chain(house, line);
		else if (house->count > 0 && ll_str_starts(ll_str_trim(line), "^-"))
			read_branch(house, line);
		else if (house->count > 0 && is_table)
			read_row(house, line);
		else if (has_rows)
			return;
		has_rows |= house->count > 0 && is_table;
	}
}

/* ------------------------------------------------------------------- the rules */

/* Headers of C17 and POSIX, and of Linux where it has what POSIX lacks. */
static const char system_headers[] =
	"assert.h ctype.h dirent.h errno.h fcntl.h float.h fnmatch.h inttypes.h limits.h locale.h "
	"math.h poll.h pthread.h sched.h signal.h spawn.h stdarg.h stdatomic.h stdbool.h stddef.h stdint.h "
	"stdio.h stdlib.h string.h strings.h sys/file.h sys/ioctl.h sys/mman.h sys/resource.h sys/stat.h "
	"sys/statfs.h sys/statvfs.h sys/syscall.h sys/time.h sys/types.h sys/uio.h sys/vfs.h "
	"sys/wait.h time.h unistd.h linux/fs.h linux/magic.h";

static struct house the_house;

/* "src/chart/svg.c" and "include/leakledger/chart.h" both belong to chart. */
static struct layer *layer_of(const char *path)
{
	struct ll_str rest = ll_str(path);

	if (ll_str_skip(&rest, "src/"))
		return find_layer(&the_house, ll_str_split(&rest, '/'));
	if (!ll_str_skip(&rest, "include/leakledger/"))
		return NULL;
	for (size_t i = 0; i < the_house.count; i++) {
		const struct layer *const layer = &the_house.layers[i];

		for (size_t k = 0; k < layer->contract_count; k++) {
			if (ll_str_equal(layer->contracts[k], rest))
				return &the_house.layers[i];
		}
	}
	return NULL;
}

static bool may_include_foreign(const struct layer *layer, const char *path, struct ll_str header)
{
	const struct ll_str file = ll_str(ll_test_base_name(path));

	for (size_t i = 0; i < layer->foreign_count; i++) {
		const struct ll_str allowed = layer->foreign[i];
		const bool is_folder = ll_str_ends(allowed, "/");
		const bool is_place =
			layer->only_in[i].size == 0 || ll_str_equal(layer->only_in[i], file);

		if (is_place && (ll_str_equal(allowed, header) ||
		                 (is_folder && header.size > allowed.size &&
		                  ll_str_equal(ll_str_first(header, allowed.size), allowed))))
			return true;
	}
	return false;
}

struct include {
	const char *path;
	size_t line;
	const struct layer *layer;
	struct ll_str name;
	bool is_quoted;
};

/* Whoever includes a contract sees the foreign headers in it: they must be his, too. */
static void check_behind_contract(const struct include *include, struct ll_str contract,
                                  struct ll_offences *offences)
{
	struct ll_buf text;
	struct ll_str rest;
	char path[256];

	(void)snprintf(path, sizeof path, "include/leakledger/%.*s", LL_STR_ARG(contract));
	ll_test_read(path, &text);
	rest = ll_buf_str(&text);
	while (rest.size > 0) {
		struct ll_str line = ll_str_split(&rest, '\n');

		if (!ll_str_skip(&line, "#include <") || ll_str_starts(line, "leakledger/"))
			continue;
		line = ll_str_split(&line, '>');
		if (!ll_test_has_word(ll_str(system_headers), line) &&
		    !may_include_foreign(include->layer, include->path, line))
			ll_offend(offences, include->path, include->line,
			          "<leakledger/%.*s> brings <%.*s>, which is not for src/%.*s",
			          LL_STR_ARG(contract), LL_STR_ARG(line),
			          LL_STR_ARG(include->layer->name));
	}
	ll_buf_done(&text);
}

static void check_contract(const struct include *include, struct ll_offences *offences)
{
	struct ll_str contract = include->name;
	const struct layer *other;
	char path[256];

	(void)ll_str_skip(&contract, "leakledger/");
	(void)snprintf(path, sizeof path, "include/leakledger/%.*s", LL_STR_ARG(contract));
	other = layer_of(path);
	if (!other) {
		ll_offend(offences, include->path, include->line,
		          "<%.*s> is in no row of README's table", LL_STR_ARG(include->name));
	} else if (!include->layer->knows[other - the_house.layers]) {
		ll_offend(offences, include->path, include->line,
		          "%.*s must not know %.*s, but includes <%.*s>",
		          LL_STR_ARG(include->layer->name), LL_STR_ARG(other->name),
		          LL_STR_ARG(include->name));
	} else {
		check_behind_contract(include, contract, offences);
	}
}

/* "log/prefix.h" is a header of a room of the same folder. */
static bool is_room_of(const struct layer *layer, struct ll_str name)
{
	char path[512];

	(void)snprintf(path, sizeof path, "%s/src/%.*s/%.*s", LL_SOURCE_DIR,
	               LL_STR_ARG(layer->name), LL_STR_ARG(name));
	return ll_str_find(name, "..") == SIZE_MAX && access(path, F_OK) == 0;
}

static void check_include(const struct include *include, struct ll_offences *offences)
{
	if (include->is_quoted) {
		if (ll_str_index(include->name, '/') != SIZE_MAX &&
		    !is_room_of(include->layer, include->name))
			ll_offend(offences, include->path, include->line,
			          "\"%.*s\" is no header of this folder",
			          LL_STR_ARG(include->name));
	} else if (ll_str_starts(include->name, "leakledger/")) {
		check_contract(include, offences);
	} else if (!ll_test_has_word(ll_str(system_headers), include->name) &&
	           !may_include_foreign(include->layer, include->path, include->name)) {
		ll_offend(offences, include->path, include->line,
		          "<%.*s> is neither of the system nor in src/%.*s's row of README's table",
		          LL_STR_ARG(include->name), LL_STR_ARG(include->layer->name));
	}
}

static void check_layers(const struct ll_test_file *file, struct ll_offences *offences)
{
	struct include include = {.path = file->path, .layer = layer_of(file->path)};
	struct ll_str rest = file->text;

	if (!include.layer) {
		ll_offend(offences, file->path, 0, "belongs to no folder of README's table");
		return;
	}
	while (rest.size > 0) {
		struct ll_str line = ll_str_split(&rest, '\n');

		include.line++;
		if (!ll_str_skip(&line, "#include "))
			continue;
		include.is_quoted = ll_str_starts(line, "\"");
		line = ll_str_n(line.data + 1, line.size - 1);
		include.name = ll_str_split(&line, include.is_quoted ? '"' : '>');
		check_include(&include, offences);
	}
}

/* ------------------------------------------------------------------- the tests */

static struct ll_buf readme;

static int read_readme(void **state)
{
	(void)state;
	ll_test_read("README.md", &readme);
	read_house(&the_house, ll_buf_str(&readme));
	return 0;
}

static int drop_readme(void **state)
{
	(void)state;
	ll_buf_done(&readme);
	return 0;
}

static bool knows(const char *folder, const char *other)
{
	const struct layer *const left = find_layer(&the_house, ll_str(folder));
	const struct layer *const right = find_layer(&the_house, ll_str(other));

	assert_non_null(left);
	assert_non_null(right);
	return left->knows[right - the_house.layers];
}

static void the_picture_in_the_readme_is_understood(void **state)
{
	(void)state;

	assert_true(knows("cli", "base"));
	assert_true(knows("ledger", "capture"));
	assert_false(knows("capture", "ledger"));
	assert_true(knows("chart", "base"));
	assert_false(knows("chart", "capture"));
	assert_true(knows("report", "chart"));
	assert_true(knows("cli", "chart"));
	assert_false(knows("analyze", "chart"));
}

static void every_folder_of_src_is_in_the_picture_or_the_table(void **state)
{
	(void)state;

	for (size_t i = 0; i < the_house.count; i++) {
		char path[256];

		(void)snprintf(path, sizeof path, "%s/src/%.*s", LL_SOURCE_DIR,
		               LL_STR_ARG(the_house.layers[i].name));
		if (access(path, F_OK) != 0)
			print_error("README names src/%.*s, which is not there\n",
			            LL_STR_ARG(the_house.layers[i].name));
		assert_int_equal(access(path, F_OK), 0);
	}
	assert_true(the_house.count >= 8);
}

static void no_file_includes_what_its_layer_must_not_know(void **state)
{
	struct ll_test_tree tree = {0};

	(void)state;
	ll_test_tree_add(&tree, "src", ".c .h");
	ll_test_tree_add(&tree, "include/leakledger", ".h");

	ll_test_tree_assert(&tree, check_layers);

	ll_test_tree_done(&tree);
}

static size_t offences(const char *path, const char *text)
{
	return ll_test_rule_count(check_layers, path, text);
}

static void an_include_to_the_right_is_found_out(void **state)
{
	(void)state;

	assert_int_equal(offences("src/capture/x.c", "#include <leakledger/ledger.h>\n"), 1);
	assert_int_equal(offences("src/ledger/x.c", "#include <leakledger/ledger.h>\n"), 0);
	assert_int_equal(offences("src/chart/x.c", "#include <leakledger/capture.h>\n"), 1);
	assert_int_equal(offences("src/capture/x.c", "#include \"../ledger/batch.h\"\n"), 1);
	assert_int_equal(offences("src/capture/x.c", "#include \"log/prefix.h\"\n"), 0);
	assert_int_equal(offences("src/capture/x.c", "#include \"log/nowhere.h\"\n"), 1);
	assert_int_equal(offences("src/nowhere/x.c", "\n"), 1);
}

static void a_foreign_header_outside_its_fence_is_found_out(void **state)
{
	(void)state;

	assert_int_equal(offences("src/report/x.c", "#include <sqlite3.h>\n"), 1);
	assert_int_equal(offences("src/ledger/x.c", "#include <sqlite3.h>\n"), 0);
	assert_int_equal(offences("src/capture/fmt_x.c", "#include <zlib.h>\n"), 1);
	assert_int_equal(offences("src/capture/content/gzip.c", "#include <zlib.h>\n"), 0);
	assert_int_equal(offences("src/capture/gzip.c", "#include <archive.h>\n"), 1);
	assert_int_equal(offences("src/capture/container.c", "#include <archive.h>\n"), 0);
	assert_int_equal(offences("src/cli/x.c", "#include <libxml/tree.h>\n"), 1);
	assert_int_equal(offences("src/report/x.c", "#include <libxml/tree.h>\n"), 0);
	assert_int_equal(offences("src/base/x.c", "#include <curl/curl.h>\n"), 1);
}

static void a_contract_does_not_carry_a_foreign_header_over_the_fence(void **state)
{
	(void)state;

	assert_int_equal(offences("src/report/x.c", "#include <leakledger/sqlite.h>\n"), 1);
	assert_int_equal(offences("src/analyze/x.c", "#include <leakledger/sqlite.h>\n"), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_picture_in_the_readme_is_understood),
		cmocka_unit_test(every_folder_of_src_is_in_the_picture_or_the_table),
		cmocka_unit_test(no_file_includes_what_its_layer_must_not_know),
		cmocka_unit_test(an_include_to_the_right_is_found_out),
		cmocka_unit_test(a_foreign_header_outside_its_fence_is_found_out),
		cmocka_unit_test(a_contract_does_not_carry_a_foreign_header_over_the_fence),
	};

	return cmocka_run_group_tests_name("house.layers", tests, read_readme, drop_readme);
}
