/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Damage: real captures cut at many places and with bytes changed. Whatever comes out, a reader
 * ends, in work bounded by the input, with LL_OK or with a code and one line of text; the
 * sanitizers and the asserting sink see what it touches on the way.
 */
#include "corpus.h"
#include "seeds.h"

#include <time.h>

enum {
	SIZE_MAX_BYTES = 200 * 1000, /* larger files would take the time of many small ones */
	CUTS = 12,
	CHANGES = 8,
	SECONDS_PER_READ = 5, /* of processor time, under a sanitizer */
};

struct damage {
	struct ll_facts facts;
	size_t reads, good;
};

static void read_damaged(struct damage *damage, struct ll_str path, struct ll_str bytes)
{
	struct ll_error err = LL_ERROR_INIT;
	const clock_t before = clock();
	size_t members;
	int rc;

	ll_facts_clear(&damage->facts);
	rc = ll_facts_unpack(&damage->facts, bytes, "capture", &ll_limits_default, &members, &err);
	damage->reads++;
	damage->good += rc == LL_OK;
	if (rc < 0 && (err.text[0] == '\0' || strchr(err.text, '\n') || rc != (int)err.code))
		fail_msg("%.*s: code %d with the text '%s'", LL_STR_ARG(path), rc, err.text);
	if (rc > 0 || rc == LL_E_INTERNAL)
		fail_msg("%.*s: code %d", LL_STR_ARG(path), rc);
	/* A gzip member has at least 18 bytes, so more members than that are made up. */
	if (members > 1 + bytes.size / 18)
		fail_msg("%.*s: %zu members in %zu bytes", LL_STR_ARG(path), members, bytes.size);
	if (clock() - before > (clock_t)SECONDS_PER_READ * CLOCKS_PER_SEC)
		fail_msg("%.*s: took longer than %d s", LL_STR_ARG(path), SECONDS_PER_READ);
}

static void cut_in_many_places(struct damage *damage, struct ll_str path, struct ll_str bytes)
{
	for (size_t i = 0; i < CUTS; i++)
		read_damaged(damage, path, ll_str_first(bytes, bytes.size * i / CUTS));
	/* The last bytes are a trailer, a closing brace, a line feed. */
	for (size_t i = 1; i <= 2 && i <= bytes.size; i++)
		read_damaged(damage, path, ll_str_first(bytes, bytes.size - i));
}

static void change_bytes(struct damage *damage, struct ll_str path, struct ll_buf *bytes,
                         uint64_t *seed)
{
	for (size_t i = 0; i < CHANGES && bytes->size > 0; i++) {
		char old[8];
		size_t places[8];
		const size_t count = 1 + ll_seed_random(seed) % LL_COUNT(places);

		for (size_t k = 0; k < count; k++) {
			places[k] = ll_seed_random(seed) % bytes->size;
			old[k] = bytes->data[places[k]];
			bytes->data[places[k]] = (char)ll_seed_random(seed);
		}
		read_damaged(damage, path, ll_buf_str(bytes));
		for (size_t k = count; k > 0; k--)
			bytes->data[places[k - 1]] = old[k - 1];
	}
}

/* The content of a gzip file: damage there reaches the reader and not only the inflater. */
static void inflate(struct ll_str stored, struct ll_buf *content)
{
	LL_CLEANUP(ll_unpacker_freep)
	struct ll_unpacker *unpacker = ll_unpacker_new(&ll_limits_default);
	struct ll_stream *stream;
	struct ll_str all;

	ll_buf_clear(content);
	ll_unpacker_open_memory(unpacker, stored);
	if (ll_unpacker_next(unpacker, &stream, NULL) > 0 && ll_stream_all(stream, &all, NULL) == 0)
		ll_buf_put_str(content, all);
}

static void every_real_capture_can_be_cut_and_changed(void **state)
{
	const char *const corpus = ll_test_corpus();
	LL_CLEANUP(ll_buf_done) struct ll_buf bytes;
	LL_CLEANUP(ll_buf_done) struct ll_buf content;
	struct damage damage = {0};
	struct ll_table manifest;
	uint64_t seed = 20260101;
	size_t files = 0;

	(void)state;
	ll_buf_init(&bytes, LL_BUF_PAGE);
	ll_buf_init(&content, LL_BUF_PAGE);
	if (!corpus)
		skip();
	ll_facts_init(&damage.facts);
	damage.facts.is_quiet = true;
	ll_table_open(&manifest, corpus, "MANIFEST.tsv");
	while (ll_table_next(&manifest)) {
		const struct ll_str path = ll_table_cell(&manifest, "local_path");

		ll_corpus_read(corpus, path, &bytes);
		if (bytes.size > SIZE_MAX_BYTES)
			continue;
		files++;
		cut_in_many_places(&damage, path, ll_buf_str(&bytes));
		if (ll_str_starts(ll_buf_str(&bytes), "\x1f\x8b")) {
			read_damaged(&damage, path, ll_str_first(ll_buf_str(&bytes), 18));
			inflate(ll_buf_str(&bytes), &content);
			cut_in_many_places(&damage, path, ll_buf_str(&content));
			change_bytes(&damage, path, &content, &seed);
		}
		change_bytes(&damage, path, &bytes, &seed);
	}
	ll_table_done(&manifest);
	ll_facts_done(&damage.facts);

	print_message("%zu files, %zu damaged readings, %zu of them still read\n", files,
	              damage.reads, damage.good);
	assert_true(files > 400);
	assert_true(damage.good < damage.reads);
}

/* Any bytes, or such as the text formats are made of. */
static void fill(char *to, size_t size, bool is_text, uint64_t *seed)
{
	static const char plausible[] = " \t\n0123456789:[]@x/.,\"{}";

	for (size_t i = 0; i < size; i++) {
		const uint64_t random = ll_seed_random(seed);

		to[i] = is_text ? plausible[random % (sizeof plausible - 1)] : (char)random;
	}
}

static void random_bytes_behind_every_signature_do_no_harm(void **state)
{
	static const char *const starts[] = {
		"\x1f\x8b\x08",
		"\x0a\x04\x08\x01\x10\x02",
		"goroutine 1 [running]:\n",
		"heap profile: 1: 2 [3: 4] @ heap/1048576\n",
		"goroutine profile: total 3\n",
		"--- mutex:\ncycles/second=1\n",
		"{\"memstats\": {",
		"gc 1 @0.1s 0%: ",
		"x.go:1:2: ",
		"{\"HeapAlloc\":1,\"NextGC\":2,",
	};
	struct damage damage = {0};
	uint64_t seed = 7;

	(void)state;
	ll_facts_init(&damage.facts);
	damage.facts.is_quiet = true;
	for (size_t i = 0; i < LL_COUNT(starts); i++) {
		for (size_t round = 0; round < 60; round++) {
			char bytes[400];
			const size_t used = strlen(starts[i]);
			const size_t size = used + ll_seed_random(&seed) % (sizeof bytes - used);

			memcpy(bytes, starts[i], used);
			fill(bytes + used, size - used, round % 2 == 0, &seed);
			read_damaged(&damage, ll_str(starts[i]), ll_str_n(bytes, size));
		}
	}
	ll_facts_done(&damage.facts);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_real_capture_can_be_cut_and_changed),
		cmocka_unit_test(random_bytes_behind_every_signature_do_no_harm),
	};

	return cmocka_run_group_tests_name("capture.damage", tests, NULL, NULL);
}
