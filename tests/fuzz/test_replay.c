/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The seeds of the fuzzer without one: each as it is, and changed in hundreds of ways that are the
 * same on every machine. Whatever comes out, a reader ends with LL_OK or with one line of reason;
 * the sanitizers and the asserting sink see what it touches on the way.
 */
#include "seeds.h"
#include "support.h"
#include "watchdog.h"

enum {
	ROUNDS = 200, /* changes of each seed */
	SIZE_MAX_BYTES = 16 * 1024,
};

static int read_guarded(struct ll_facts *facts, struct ll_str bytes, const char *path)
{
	int rc;

	ll_watchdog_start(ll_str(path));
	rc = ll_seed_read(facts, bytes, ll_test_base_name(path));
	ll_watchdog_stop();
	return rc;
}

/* ------------------------------------------------------------------ the seeds */

static void every_format_has_a_seed(void **state)
{
	struct ll_test_tree tree;
	const struct ll_test_file *seeds;
	size_t count, missing = 0;
	const struct ll_format *const *const formats = ll_formats(&count);

	(void)state;
	ll_seeds_open(&tree);
	seeds = tree.files.items;
	for (size_t i = 0; i < count; i++) {
		bool has_seed = false;

		for (size_t k = 0; k < tree.files.count; k++)
			has_seed |= ll_str_equal(ll_seed_format(&seeds[k]), ll_str(formats[i]->id));
		if (!has_seed)
			print_error("tests/fuzz/corpus/%s is missing\n", formats[i]->id);
		missing += !has_seed;
	}
	ll_test_tree_done(&tree);

	assert_int_equal(missing, 0);
}

/* What is taken apart before a format is asked: no format claims it. */
static bool is_container(struct ll_str format)
{
	return ll_str_equal(format, ll_str("archive"));
}

static void every_seed_is_what_its_directory_says(void **state)
{
	struct ll_test_tree tree;
	const struct ll_test_file *seeds;
	struct ll_facts facts;
	size_t wrong = 0;

	(void)state;
	ll_facts_init(&facts);
	facts.is_quiet = true;
	ll_seeds_open(&tree);
	seeds = tree.files.items;
	for (size_t i = 0; i < tree.files.count; i++) {
		const struct ll_str format = ll_seed_format(&seeds[i]);
		const int rc = read_guarded(&facts, seeds[i].text, seeds[i].path);
		const char *const seen = facts.format ? facts.format->id : "nobody's";
		const bool is_refused = facts.format && !facts.format->read;

		if (ll_seed_is_damaged(&seeds[i]) || is_container(format))
			continue;
		if (ll_str_equal(format, ll_str(seen)) && (rc == LL_OK) != is_refused)
			continue;
		print_error("%s: is %s, code %d\n", seeds[i].path, seen, rc);
		wrong++;
	}
	ll_test_tree_done(&tree);
	ll_facts_done(&facts);

	assert_int_equal(wrong, 0);
}

/* Two captures behind each other in one file are somebody's, or nobody's, never of two. */
static void two_seeds_in_one_text_never_tie(void **state)
{
	struct ll_test_tree tree;
	const struct ll_test_file *seeds;
	struct ll_facts facts;
	LL_CLEANUP(ll_buf_done) struct ll_buf bytes;
	size_t ties = 0;

	(void)state;
	ll_facts_init(&facts);
	facts.is_quiet = true;
	ll_buf_init(&bytes, LL_BUF_SQL);
	ll_seeds_open(&tree);
	seeds = tree.files.items;
	for (size_t i = 0; i < tree.files.count; i++) {
		for (size_t k = 0; k < tree.files.count; k++) {
			struct ll_error err = LL_ERROR_INIT;

			ll_buf_clear(&bytes);
			ll_buf_put_str(&bytes, seeds[i].text);
			ll_buf_put_str(&bytes, seeds[k].text);
			ll_facts_clear(&facts);
			(void)ll_facts_read(&facts, ll_buf_str(&bytes),
			                    ll_test_base_name(seeds[i].path), &err);
			if (!strstr(err.text, " claim this content"))
				continue;
			print_error("%s and %s: %s\n", seeds[i].path, seeds[k].path, err.text);
			ties++;
		}
	}
	ll_test_tree_done(&tree);
	ll_facts_done(&facts);

	assert_int_equal(ties, 0);
}

/* ------------------------------------------------------------------ changes */

static void flip_bits(struct ll_buf *bytes, uint64_t *random)
{
	const size_t count = 1 + ll_seed_random(random) % 8;

	for (size_t i = 0; i < count && bytes->size > 0; i++)
		bytes->data[ll_seed_random(random) % bytes->size] ^=
			(char)(1 << ll_seed_random(random) % 8);
}

static void cut(struct ll_buf *bytes, uint64_t *random)
{
	if (bytes->size > 0)
		bytes->size = ll_seed_random(random) % bytes->size;
}

/* A number becomes one that does not fit, a separator another one. */
static void put_words(struct ll_buf *bytes, uint64_t *random)
{
	static const char *const words[] = {
		"18446744073709551616",
		"-1",
		"9223372036854775807",
		"NaN",
		"1e999",
		"\n",
		"\t",
		"{\"",
		"]}",
		"\"",
		":",
		"@ 0x",
		"==> x <==\n",
		"goroutine 1 [",
		"# T",
		"\xff\xfe",
		",",
		"-",
		"",
	};
	const char *const word = words[ll_seed_random(random) % LL_COUNT(words)];
	const size_t size = strlen(word);
	size_t at;

	if (bytes->size <= size)
		return;
	at = ll_seed_random(random) % (bytes->size - size);
	memcpy(bytes->data + at, word, size);
}

/* A piece of it, or of another seed, goes where another piece was. */
static void splice(struct ll_buf *bytes, struct ll_str other, uint64_t *random)
{
	LL_CLEANUP(ll_buf_done) struct ll_buf tail;
	LL_CLEANUP(ll_buf_done) struct ll_buf piece; /* `other` may be `bytes` */
	const size_t at = bytes->size > 0 ? ll_seed_random(random) % bytes->size : 0;
	const size_t from = other.size > 0 ? ll_seed_random(random) % other.size : 0;
	const size_t size = ll_seed_random(random) % 256;

	ll_buf_init(&tail, LL_BUF_SQL);
	ll_buf_init(&piece, LL_BUF_SQL);
	ll_buf_put_str(&piece, ll_str_first(ll_str_from(other, from), size));
	ll_buf_put_str(&tail, ll_str_from(ll_buf_str(bytes), at));
	bytes->size = at;
	ll_buf_put_str(bytes, ll_buf_str(&piece));
	ll_buf_put_str(bytes, ll_str_first(ll_buf_str(&tail), SIZE_MAX_BYTES));
}

static void change(struct ll_buf *bytes, const struct ll_test_tree *tree, uint64_t *random)
{
	const struct ll_test_file *const seeds = tree->files.items;
	const size_t times = 1 + ll_seed_random(random) % 4;

	for (size_t i = 0; i < times; i++) {
		const struct ll_str other = seeds[ll_seed_random(random) % tree->files.count].text;

		switch (ll_seed_random(random) % 8) {
		case 0: cut(bytes, random); break;
		case 1: splice(bytes, other, random); break;
		case 2: splice(bytes, ll_buf_str(bytes), random); break;
		case 3:
		case 4: put_words(bytes, random); break;
		default: flip_bits(bytes, random); break;
		}
	}
}

static void every_seed_can_be_changed_in_hundreds_of_ways(void **state)
{
	struct ll_test_tree tree;
	const struct ll_test_file *seeds;
	struct ll_facts facts;
	LL_CLEANUP(ll_buf_done) struct ll_buf bytes;
	uint64_t random = 20261121;
	size_t reads = 0, good = 0;

	(void)state;
	ll_facts_init(&facts);
	facts.is_quiet = true;
	ll_buf_init(&bytes, LL_BUF_SQL);
	ll_seeds_open(&tree);
	seeds = tree.files.items;
	for (size_t i = 0; i < tree.files.count; i++) {
		for (size_t round = 0; round < ROUNDS; round++) {
			ll_buf_clear(&bytes);
			ll_buf_put_str(&bytes, seeds[i].text);
			change(&bytes, &tree, &random);
			good += read_guarded(&facts, ll_buf_str(&bytes), seeds[i].path) == LL_OK;
			reads++;
		}
	}
	print_message("%zu seeds, %zu changed readings, %zu of them still read\n", tree.files.count,
	              reads, good);
	ll_test_tree_done(&tree);
	ll_facts_done(&facts);

	assert_true(good > 0 && good < reads);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_format_has_a_seed),
		cmocka_unit_test(every_seed_is_what_its_directory_says),
		cmocka_unit_test(two_seeds_in_one_text_never_tie),
		cmocka_unit_test(every_seed_can_be_changed_in_hundreds_of_ways),
	};

	return cmocka_run_group_tests_name("fuzz.replay", tests, NULL, NULL);
}
