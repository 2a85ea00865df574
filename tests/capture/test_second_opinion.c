/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Our reader of profile.proto walks the bytes itself. Here protobuf-c's generated reader takes the
 * same bytes apart, and both must say the same of every sample: stack, values, block size, labels.
 */
#include "corpus.h"
#include "facts.h"

#include <leakledger/json.h>

#include <inttypes.h>
#include <profile.pb-c.h>

enum {
	STRINGS_MAX = 256, /* labels of one sample */
};

/* The profile as the generated reader sees it, walked along with our sink. */
struct opinion {
	Leakledger__Profile *profile;
	size_t sample; /* the next one to compare */
	size_t compared, labels;
	const struct ll_symbols *symbols;
	bool is_goroutines;
	struct ll_buf ours, theirs;
};

static const char *text_of(const struct opinion *opinion, int64_t index)
{
	assert_in_range(index, 0, opinion->profile->n_string_table - 1);
	return opinion->profile->string_table[index];
}

static const Leakledger__Location *location_of(const struct opinion *opinion, uint64_t id)
{
	const Leakledger__Profile *const profile = opinion->profile;

	/* Ids are dense nearly everywhere: look there first. */
	if (id - 1 < profile->n_location && profile->location[id - 1]->id == id)
		return profile->location[id - 1];
	for (size_t i = 0; i < profile->n_location; i++) {
		if (profile->location[i]->id == id)
			return profile->location[i];
	}
	fail_msg("the generated reader knows no location %" PRIu64, id);
	return NULL;
}

static const Leakledger__Function *function_of(const struct opinion *opinion, uint64_t id)
{
	const Leakledger__Profile *const profile = opinion->profile;

	if (id - 1 < profile->n_function && profile->function[id - 1]->id == id)
		return profile->function[id - 1];
	for (size_t i = 0; i < profile->n_function; i++) {
		if (profile->function[i]->id == id)
			return profile->function[i];
	}
	fail_msg("the generated reader knows no function %" PRIu64, id);
	return NULL;
}

/* One line per frame: name, file, line. A location without lines is named by us alone: "?". */
static void put_their_stack(struct opinion *opinion, const Leakledger__Sample *sample)
{
	for (size_t i = 0; i < sample->n_location_id; i++) {
		const Leakledger__Location *const location =
			location_of(opinion, sample->location_id[i]);

		if (location->n_line == 0)
			ll_buf_puts(&opinion->theirs, "?\n");
		for (size_t k = 0; k < location->n_line; k++) {
			const Leakledger__Line *const line = location->line[k];
			const Leakledger__Function *const function =
				function_of(opinion, line->function_id);
			const char *const name = text_of(opinion, function->name);

			ll_buf_printf(&opinion->theirs, "%s %s %" PRId64 " %" PRId64 "\n",
			              name[0] ? name : text_of(opinion, function->system_name),
			              text_of(opinion, function->filename), function->start_line,
			              line->line);
		}
	}
}

static void put_our_stack(struct opinion *opinion, const struct ll_samples *samples, size_t index)
{
	const struct ll_symbols *const symbols = opinion->symbols;

	for (uint32_t i = samples->first[index]; i < samples->first[index + 1]; i++) {
		const uint32_t location = samples->locations[i];

		for (uint32_t k = symbols->first_line[location];
		     k < symbols->first_line[location + 1]; k++) {
			const struct ll_line *const line = &symbols->lines[k];
			const struct ll_function *const function =
				&symbols->functions[line->function];

			/* Made-up names of bare addresses: "0x1234 in app". */
			if (ll_str_starts(function->name, "0x") && function->file.size == 0)
				ll_buf_puts(&opinion->ours, "?\n");
			else
				ll_buf_printf(&opinion->ours, "%.*s %.*s %" PRId64 " %" PRId64 "\n",
				              LL_STR_ARG(function->name),
				              LL_STR_ARG(function->file), function->start_line,
				              line->line);
		}
	}
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Their labels in the form that our reader gives: an object with sorted keys. */
static void put_their_labels(struct opinion *opinion, const Leakledger__Sample *sample,
                             int64_t *ret_block_size)
{
	struct ll_arena arena = LL_ARENA_INIT;
	const char *parts[STRINGS_MAX];
	size_t count = 0;

	*ret_block_size = 0;
	for (size_t i = 0; i < sample->n_label; i++) {
		const Leakledger__Label *const label = sample->label[i];
		const char *const key = text_of(opinion, label->key);
		struct ll_buf part;

		if (strcmp(key, "bytes") == 0 && label->str == 0) {
			*ret_block_size = label->num;
			continue;
		}
		if (label->str == 0 && label->num == 0)
			continue;
		ll_buf_init(&part, LL_BUF_MESSAGE);
		ll_json_put_string(&part, ll_str(key));
		ll_buf_putc(&part, ':');
		if (label->str != 0)
			ll_json_put_string(&part, ll_str(text_of(opinion, label->str)));
		else
			ll_buf_printf(&part, "%" PRId64, label->num);
		assert_true(count < STRINGS_MAX);
		parts[count++] = ll_arena_str(&arena, ll_buf_str(&part)).data;
		ll_buf_done(&part);
	}
	qsort(parts, count, sizeof parts[0], by_text);
	for (size_t i = 0; i < count; i++)
		ll_buf_printf(&opinion->theirs, "%s%s", i == 0 ? "{" : ",", parts[i]);
	if (count > 0)
		ll_buf_putc(&opinion->theirs, '}');
	opinion->labels += count;
	ll_arena_done(&arena);
}

static void assert_same(const struct opinion *opinion)
{
	if (!ll_str_equal(ll_buf_str(&opinion->ours), ll_buf_str(&opinion->theirs)))
		fail_msg("sample %zu: we read\n%s\nthe generated reader\n%s", opinion->sample,
		         opinion->ours.data, opinion->theirs.data);
}

static int take_symbols(void *self, const struct ll_symbols *symbols, struct ll_error *err)
{
	struct opinion *const opinion = self;

	(void)err;
	opinion->symbols = symbols;
	assert_int_equal(symbols->location_count, opinion->profile->n_location);
	return LL_OK;
}

static int take_samples(void *self, const struct ll_samples *samples, struct ll_error *err)
{
	struct opinion *const opinion = self;
	const Leakledger__Profile *const profile = opinion->profile;

	(void)err;
	for (size_t i = 0; i < samples->count; i++, opinion->sample++) {
		const Leakledger__Sample *sample;
		int64_t block_size;

		assert_true(opinion->sample < profile->n_sample);
		sample = profile->sample[opinion->sample];
		ll_buf_clear(&opinion->ours);
		ll_buf_clear(&opinion->theirs);
		put_our_stack(opinion, samples, i);
		put_their_stack(opinion, sample);
		assert_int_equal(sample->n_value, profile->n_sample_type);
		for (size_t k = 0; k < sample->n_value; k++)
			assert_true(samples->values[i * sample->n_value + k] == sample->value[k]);
		put_their_labels(opinion, sample, &block_size);
		if (samples->labels)
			ll_buf_put_str(&opinion->ours, samples->labels[i]);
		assert_true(samples->block_size[i] == block_size);
		assert_same(opinion);
		opinion->compared++;
	}
	return LL_OK;
}

/* Of goroutines we cut the frames that parked them; what is left must be the end of their stack. */
static int take_goroutines(void *self, const struct ll_goroutines *same, struct ll_error *err)
{
	struct opinion *const opinion = self;
	const Leakledger__Sample *sample;
	struct ll_str theirs;
	int64_t block_size;

	(void)err;
	assert_true(opinion->sample < opinion->profile->n_sample);
	sample = opinion->profile->sample[opinion->sample];
	ll_buf_clear(&opinion->ours);
	ll_buf_clear(&opinion->theirs);
	for (size_t i = 0; i < same->frame_count; i++)
		ll_buf_printf(&opinion->ours, "%.*s %.*s %" PRId64 "\n",
		              LL_STR_ARG(same->frames[i].function),
		              LL_STR_ARG(same->frames[i].file), same->frames[i].line);
	for (size_t i = 0; i < sample->n_location_id; i++) {
		const Leakledger__Location *const location =
			location_of(opinion, sample->location_id[i]);

		for (size_t k = 0; k < location->n_line; k++) {
			const Leakledger__Function *const function =
				function_of(opinion, location->line[k]->function_id);

			ll_buf_printf(&opinion->theirs, "%s %s %" PRId64 "\n",
			              text_of(opinion, function->name),
			              text_of(opinion, function->filename),
			              location->line[k]->line);
		}
	}
	theirs = ll_buf_str(&opinion->theirs);
	if (!ll_str_ends(theirs, opinion->ours.data))
		assert_same(opinion);
	ll_buf_clear(&opinion->ours);
	ll_buf_clear(&opinion->theirs);
	ll_buf_put_str(&opinion->ours, same->labels);
	put_their_labels(opinion, sample, &block_size);
	assert_same(opinion);
	assert_true((int64_t)same->count == sample->value[0]);
	opinion->sample++;
	opinion->compared++;
	return LL_OK;
}

/* Lets both readers take one content. Returns the number of samples that were compared. */
static size_t compare(struct ll_stream *stream, size_t *labels)
{
	struct ll_sink sink = ll_sink_ignore;
	struct opinion opinion = {0};
	struct ll_error err = LL_ERROR_INIT;
	const struct ll_format *format = NULL;
	LL_CLEANUP(ll_stream_closep) struct ll_stream *again = NULL;
	struct ll_str content;

	assert_ok(ll_stream_all(stream, &content, &err), &err);
	opinion.profile =
		leakledger__profile__unpack(NULL, content.size, (const uint8_t *)content.data);
	assert_non_null(opinion.profile);
	ll_buf_init(&opinion.ours, LL_BUF_PAGE);
	ll_buf_init(&opinion.theirs, LL_BUF_PAGE);
	sink.self = &opinion;
	sink.symbols = take_symbols;
	sink.samples = take_samples;
	sink.goroutines = take_goroutines;

	again = ll_stream_open_memory(content.data, content.size);
	assert_ok(ll_capture_read(again, ll_str("profile"), &sink, &format, &err), &err);
	assert_string_equal(format->id, "pprof");
	assert_int_equal(opinion.sample, opinion.profile->n_sample);

	leakledger__profile__free_unpacked(opinion.profile, NULL);
	ll_buf_done(&opinion.ours);
	ll_buf_done(&opinion.theirs);
	*labels += opinion.labels;
	return opinion.compared;
}

static void two_readers_say_the_same_of_every_sample(void **state)
{
	const char *const corpus = ll_test_corpus();
	LL_CLEANUP(ll_unpacker_freep) struct ll_unpacker *unpacker = NULL;
	LL_CLEANUP(ll_buf_done) struct ll_buf bytes;
	struct ll_error err = LL_ERROR_INIT;
	struct ll_table oracle;
	size_t files = 0, samples = 0, labels = 0;

	(void)state;
	ll_buf_init(&bytes, LL_BUF_PAGE);
	if (!corpus)
		skip();
	unpacker = ll_unpacker_new(&ll_limits_default);
	ll_table_open(&oracle, corpus, "ORACLE.tsv");
	while (ll_table_next(&oracle)) {
		struct ll_stream *stream;

		if (!ll_str_equal(ll_table_cell(&oracle, "source"), ll_str("pb")))
			continue;
		ll_corpus_read(corpus, ll_table_cell(&oracle, "path"), &bytes);
		ll_unpacker_open_memory(unpacker, ll_buf_str(&bytes));
		assert_int_equal(ll_unpacker_next(unpacker, &stream, &err), 1);
		samples += compare(stream, &labels);
		files++;
	}
	ll_table_done(&oracle);

	print_message("%zu profiles, %zu samples, %zu labels\n", files, samples, labels);
	assert_true(files > 200);
	assert_true(samples > 10000);
	assert_true(labels > 100);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(two_readers_say_the_same_of_every_sample),
	};

	return cmocka_run_group_tests_name("capture.second_opinion", tests, NULL, NULL);
}
