/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fmt_cpu_words.c - CPU profiles in the binary form that gperftools, old Go and Java's profiler
 * wrote (formats.md 1.9).
 *
 *     0  3  0  10000  0          machine words: header; version, period in microseconds
 *     2  11  0x42ef04 ...        so often this stack, of so many addresses, leaf first
 *     0  1  0                    the end; a map of memory, or Java's symbols as text, may follow
 *
 * Words are of 4 or 8 bytes, of either order; the header tells which. The profile is written again
 * as profile.proto and read as one (pprof_writer.h). It is not of a Go program that we could judge:
 * there are no symbols of Go in it.
 */
#include "legacy_symbols.h"
#include "pprof_writer.h"

enum {
	HEADER_WORDS = 5,
	STACK_MAX = 4096, /* addresses of one record; a longer one is damage */
};

struct words {
	struct ll_str bytes;
	size_t size; /* of a word */
	bool is_big;
};

static uint64_t word_at(const struct words *words, size_t at)
{
	uint64_t word = 0;

	for (size_t i = 0; i < words->size; i++) {
		const size_t offset = words->is_big ? i : words->size - 1 - i;

		word = word << 8 | (uint8_t)words->bytes.data[at * words->size + offset];
	}
	return word;
}

static size_t word_count(const struct words *words)
{
	return words->bytes.size / words->size;
}

/* 0, 3, version, period, 0. */
static bool has_header(const struct words *words)
{
	return word_count(words) >= HEADER_WORDS && word_at(words, 0) == 0 &&
	       word_at(words, 1) == 3 && word_at(words, 2) <= 1 && word_at(words, 3) > 0 &&
	       word_at(words, 3) < 1000000000 && word_at(words, 4) == 0;
}

static bool find_words(struct ll_str bytes, struct words *ret_words)
{
	static const struct {
		size_t size;
		bool is_big;
	} rows[] = {{8, false}, {8, true}, {4, false}, {4, true}};

	for (size_t i = 0; i < LL_COUNT(rows); i++) {
		*ret_words = (struct words){
			.bytes = bytes, .size = rows[i].size, .is_big = rows[i].is_big};
		if (has_header(ret_words))
			return true;
	}
	return false;
}

/* The word behind the last record, or SIZE_MAX when a record does not end. */
static size_t find_end(const struct words *words)
{
	size_t at = HEADER_WORDS;

	while (at + 3 <= word_count(words)) {
		const uint64_t count = word_at(words, at), size = word_at(words, at + 1);

		if (size == 0 || size > STACK_MAX || size > word_count(words) - at - 2)
			return SIZE_MAX;
		if (count == 0 && size == 1 && word_at(words, at + 2) == 0)
			return at;
		at += 2 + (size_t)size;
	}
	return SIZE_MAX;
}

static void put_records(struct ll_pprof_writer *writer, const struct words *words, size_t end,
                        const struct ll_legacy_symbols *symbols)
{
	const int64_t period_ns = (int64_t)word_at(words, 3) * LL_NS_PER_US;
	uint64_t locations[STACK_MAX];

	for (size_t at = HEADER_WORDS; at < end;) {
		const uint64_t count = word_at(words, at);
		const size_t size = (size_t)word_at(words, at + 1);
		int64_t values[2] = {count < INT32_MAX ? (int64_t)count : INT32_MAX};
		const struct ll_pprof_sample sample = {
			.locations = locations,
			.location_count = size,
			.values = values,
			.value_count = LL_COUNT(values),
		};

		if (__builtin_mul_overflow(values[0], period_ns, &values[1]))
			values[1] = INT64_MAX;
		for (size_t i = 0; i < size; i++) {
			const uint64_t address = word_at(words, at + 2 + i);

			locations[i] = ll_pprof_address(writer, address,
			                                ll_legacy_symbols_find(symbols, address));
		}
		ll_pprof_put_sample(writer, &sample);
		at += 2 + size;
	}
}

static int read_cpu_words(struct ll_stream *in, const struct ll_peek *peek,
                          const struct ll_sink *out, struct ll_error *err)
{
	struct ll_pprof_writer writer;
	struct ll_legacy_symbols symbols = {0};
	struct words words;
	struct ll_str bytes;
	size_t end;
	int rc = ll_stream_all(in, &bytes, err);

	if (rc < 0)
		return rc;
	if (!find_words(bytes, &words) || (end = find_end(&words)) == SIZE_MAX)
		return ll_fail(err, LL_E_FORMAT,
		               "a CPU profile in the old binary form: a record "
		               "does not end");
	ll_pprof_writer_init(&writer);
	ll_legacy_symbols_read(&symbols, ll_str_from(bytes, (end + 3) * words.size));
	ll_pprof_put_type(&writer, ll_str("samples"), ll_str("count"));
	ll_pprof_put_type(&writer, ll_str("cpu"), ll_str("nanoseconds"));
	ll_pprof_put_period(&writer, ll_str("cpu"), ll_str("nanoseconds"),
	                    (int64_t)word_at(&words, 3) * LL_NS_PER_US);
	put_records(&writer, &words, end, &symbols);
	rc = ll_pprof_writer_read(&writer, peek->name, "legacy", out, err);
	ll_legacy_symbols_done(&symbols);
	ll_pprof_writer_done(&writer);
	return rc;
}

static enum ll_bid bid_cpu_words(const struct ll_peek *peek)
{
	struct words words;

	return find_words(peek->head, &words) ? LL_BID_MAGIC : LL_BID_NO;
}

const struct ll_format ll_fmt_cpu_words = {
	.id = "cpu-words",
	.title = "CPU profile in the old binary form",
	.bid = bid_cpu_words,
	.read = read_cpu_words,
};
