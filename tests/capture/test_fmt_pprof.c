/* SPDX-License-Identifier: Apache-2.0 */
#include "facts.h"
#include "pb_build.h"
#include "support.h"

struct fixture {
	struct ll_facts facts;
	struct ll_error err;
	struct ll_pb pb;
	struct ll_buf scratch;
};

static int set_up(void **state)
{
	struct fixture *const fixture = ll_calloc(1, sizeof *fixture);

	ll_facts_init(&fixture->facts);
	ll_pb_init(&fixture->pb);
	ll_buf_init(&fixture->scratch, LL_BUF_PAGE);
	*state = fixture;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *const fixture = *state;

	ll_facts_done(&fixture->facts);
	ll_pb_done(&fixture->pb);
	ll_buf_done(&fixture->scratch);
	free(fixture);
	return 0;
}

static int read_as(struct fixture *fixture, const char *name)
{
	return ll_facts_read(&fixture->facts, ll_pb_finish(&fixture->pb), name, &fixture->err);
}

static int read_profile(struct fixture *fixture)
{
	return read_as(fixture, "profile");
}

static void assert_refused(struct fixture *fixture, const char *reason)
{
	assert_int_equal(read_profile(fixture), LL_E_FORMAT);
	assert_string_equal(fixture->err.text, reason);
}

/* Location ids 1, 2 ...: one frame each. */
static uint64_t add_frame(struct fixture *fixture, const char *function, const char *file,
                          int64_t line)
{
	const struct ll_pb_line lines[] = {{ll_pb_function(&fixture->pb, function, file, 1), line}};

	return ll_pb_location(&fixture->pb, 0, 0x1000, lines, 1);
}

static void add_sample(struct fixture *fixture, const uint64_t *locations, size_t location_count,
                       const int64_t *values, size_t value_count)
{
	const struct ll_pb_sample sample = {.locations = locations,
	                                    .location_count = location_count,
	                                    .values = values,
	                                    .value_count = value_count};

	ll_pb_sample(&fixture->pb, &sample);
}

/* Two types, so that the profile is a heap profile; frames main.f (1) and main.g (2). */
static void add_heap(struct fixture *fixture)
{
	ll_pb_type(&fixture->pb, "inuse_objects", "count");
	ll_pb_type(&fixture->pb, "inuse_space", "bytes");
	(void)add_frame(fixture, "main.f", "/src/f.go", 7);
	(void)add_frame(fixture, "main.g", "/src/g.go", 8);
}

static void put_varint_field(struct ll_buf *to, unsigned field, uint64_t value)
{
	ll_buf_put_varint(to, (uint64_t)field << 3);
	ll_buf_put_varint(to, value);
}

static void put_message(struct fixture *fixture, unsigned field, const char *bytes, size_t size)
{
	struct ll_buf whole;

	ll_buf_init(&whole, LL_BUF_PAGE);
	ll_buf_put_varint(&whole, (uint64_t)field << 3 | 2);
	ll_buf_put_varint(&whole, size);
	ll_buf_put(&whole, bytes, size);
	ll_pb_raw(&fixture->pb, ll_buf_str(&whole));
	ll_buf_done(&whole);
}

/* What fixture->scratch holds becomes a message of the profile. */
static void put_scratch(struct fixture *fixture, unsigned field)
{
	put_message(fixture, field, fixture->scratch.data, fixture->scratch.size);
	ll_buf_clear(&fixture->scratch);
}

/* --------------------------------------------------------------------- contents */

static void a_heap_profile_is_read_whole(void **state)
{
	static const uint64_t stack[] = {1, 2};
	static const int64_t values[] = {3, 192};
	static const struct ll_pb_label labels[] = {{"bytes", NULL, 64}};
	struct fixture *const fixture = *state;
	const struct ll_pb_sample sample = {stack, 2, values, 2, labels, 1};

	add_heap(fixture);
	ll_pb_sample(&fixture->pb, &sample);
	ll_pb_period(&fixture->pb, "space", "bytes", 524288);
	ll_pb_time(&fixture->pb, INT64_C(1795223187000000001), 0);
	(void)ll_pb_mapping(&fixture->pb, "/opt/app/shop", "b1d");
	(void)ll_pb_function(&fixture->pb, "runtime.main", "/home/ci/go1.22.3/src/runtime/proc.go",
	                     250);

	assert_ok(read_profile(fixture), &fixture->err);
	assert_facts(&fixture->facts,
	             "capture heap time=2026-11-21T01:06:27.000000001Z period=524288 "
	             "program=/opt/app/shop build=b1d go=go1.22.3 "
	             "types=inuse_objects/count,inuse_space/bytes\n"
	             "sample main.f f.go:7 < main.g g.go:8 | 3 192 | block 64\n");
	assert_string_equal(fixture->facts.format->id, "pprof");
}

static void lists_are_read_packed_unpacked_and_mixed(void **state)
{
	struct fixture *const fixture = *state;
	struct ll_buf *const sample = &fixture->scratch;

	add_heap(fixture);
	put_varint_field(sample, 1, 1);
	put_varint_field(sample, 2, 5);
	put_varint_field(sample, 1, 2);
	put_varint_field(sample, 2, 6);
	put_scratch(fixture, 2);
	ll_buf_put(sample, "\x0a\x02\x02\x01", 4); /* packed locations 2, 1 */
	put_varint_field(sample, 2, 7);
	ll_buf_put(sample, "\x12\x01\x08", 3); /* one value packed */
	put_varint_field(sample, 1, 2);
	put_scratch(fixture, 2);

	assert_ok(read_profile(fixture), &fixture->err);
	assert_fact(&fixture->facts, "sample main.f f.go:7 < main.g g.go:8 | 5 6");
	assert_fact(&fixture->facts, "sample main.g g.go:8 < main.f f.go:7 < main.g g.go:8 | 7 8");
}

static void long_stacks_of_large_ids_are_decoded_in_every_width(void **state)
{
	static const int64_t values[] = {1, 1};
	struct fixture *const fixture = *state;
	uint64_t stack[600];

	add_heap(fixture);
	for (size_t i = 0; i < 40000; i++)
		(void)ll_pb_location(&fixture->pb, 0, 0x1000 + i, NULL, 0);
	/* One, two and three bytes, alone and mixed, in lengths around the eight of a word. */
	for (size_t i = 0; i < LL_COUNT(stack); i++) {
		const uint64_t widths[] = {3, 200, 20000, 127, 128, 16383, 16384, 100};

		stack[i] = i < 150 ? 3 + i % 60 : i < 300 ? 150 + i : widths[(i * i) % 8];
	}
	for (size_t size = 1; size < LL_COUNT(stack); size += 7)
		add_sample(fixture, stack + LL_COUNT(stack) - size, size, values, 2);
	add_sample(fixture, stack, LL_COUNT(stack), values, 2);

	assert_ok(read_profile(fixture), &fixture->err);
	for (size_t i = 0; i < LL_COUNT(stack); i++)
		ll_buf_printf(&fixture->scratch, "%s0x%llx", i > 0 ? " < " : "sample ",
		              0x1000ULL + stack[i] - 3);
	ll_buf_puts(&fixture->scratch, " | 1 1");
	assert_fact(&fixture->facts, fixture->scratch.data);
}

static void ids_need_not_be_dense(void **state)
{
	struct fixture *const fixture = *state;
	struct ll_buf *const message = &fixture->scratch;

	ll_pb_type(&fixture->pb, "inuse_space", "bytes");
	put_varint_field(message, 1, 300000007);
	put_varint_field(message, 2, ll_pb_string(&fixture->pb, "main.far"));
	put_scratch(fixture, 5);
	put_varint_field(message, 1, 3000000001);
	/* A line: function 300000007, whose number has five bytes, line 9. */
	ll_buf_puts(message, "\x22\x08\x08");
	ll_buf_put_varint(message, 300000007);
	put_varint_field(message, 2, 9);
	put_scratch(fixture, 4);
	put_varint_field(message, 1, 3000000001);
	put_varint_field(message, 2, 11);
	put_scratch(fixture, 2);

	assert_ok(read_profile(fixture), &fixture->err);
	assert_fact(&fixture->facts, "sample main.far | 11");
}

static void functions_may_come_after_the_samples_that_need_them(void **state)
{
	static const uint64_t stack[] = {1};
	static const int64_t values[] = {1, 2};
	struct fixture *const fixture = *state;

	add_sample(fixture, stack, 1, values, 2);
	add_heap(fixture);

	assert_ok(read_profile(fixture), &fixture->err);
	assert_fact(&fixture->facts, "sample main.f f.go:7 | 1 2");
}

static void inlined_lines_expand_innermost_first(void **state)
{
	static const int64_t values[] = {1, 2};
	struct fixture *const fixture = *state;
	struct ll_pb_line lines[2];
	uint64_t stack[1];

	ll_pb_type(&fixture->pb, "inuse_objects", "count");
	ll_pb_type(&fixture->pb, "inuse_space", "bytes");
	lines[0] = (struct ll_pb_line){ll_pb_function(&fixture->pb, "main.inner", "a.go", 1), 2};
	lines[1] = (struct ll_pb_line){ll_pb_function(&fixture->pb, "main.outer", "a.go", 9), 12};
	stack[0] = ll_pb_location(&fixture->pb, 0, 0, lines, 2);
	add_sample(fixture, stack, 1, values, 2);

	assert_ok(read_profile(fixture), &fixture->err);
	assert_fact(&fixture->facts, "sample main.inner a.go:2 < main.outer a.go:12 | 1 2");
}

static void a_location_without_lines_is_named_by_its_place_in_the_binary(void **state)
{
	static const int64_t values[] = {1, 2};
	struct fixture *const fixture = *state;
	uint64_t stack[3];
	uint64_t mapping;

	add_heap(fixture);
	mapping = ll_pb_mapping(&fixture->pb, "/opt/app/shop", "");
	stack[0] = ll_pb_location(&fixture->pb, mapping, 0x401234, NULL, 0);
	stack[1] = ll_pb_location(&fixture->pb, 0, 0xabc, NULL, 0);
	stack[2] = ll_pb_location(&fixture->pb, 77, 0xabc, NULL, 0); /* no such mapping */
	add_sample(fixture, stack, 3, values, 2);

	assert_ok(read_profile(fixture), &fixture->err);
	assert_fact(&fixture->facts, "sample 0x1234 in shop < 0xabc < 0xabc | 1 2");
}

static void a_sample_without_stack_is_kept(void **state)
{
	static const int64_t values[] = {1, 16};
	struct fixture *const fixture = *state;

	add_heap(fixture);
	add_sample(fixture, NULL, 0, values, 2);

	assert_ok(read_profile(fixture), &fixture->err);
	assert_fact(&fixture->facts, "sample (no stack) | 1 16");
}

static void negative_values_take_ten_bytes_and_come_through(void **state)
{
	static const uint64_t stack[] = {1};
	static const int64_t values[] = {-1, INT64_MIN};
	struct fixture *const fixture = *state;

	add_heap(fixture);
	add_sample(fixture, stack, 1, values, 2);

	assert_ok(read_profile(fixture), &fixture->err);
	assert_fact(&fixture->facts, "sample main.f f.go:7 | -1 -9223372036854775808");
}

static void labels_are_sorted_text_before_number_and_empty_ones_go(void **state)
{
	static const uint64_t stack[] = {1};
	static const int64_t values[] = {1, 2};
	static const struct ll_pb_label labels[] = {
		{"tenant", "acme \"x\"", 0}, {"job", "ingest", 0}, {"shard", NULL, -3},
		{"nothing", NULL, 0},        {"bytes", NULL, 48},
	};
	struct fixture *const fixture = *state;
	const struct ll_pb_sample sample = {stack, 1, values, 2, labels, LL_COUNT(labels)};

	add_heap(fixture);
	ll_pb_sample(&fixture->pb, &sample);

	assert_ok(read_profile(fixture), &fixture->err);
	assert_fact(&fixture->facts,
	            "sample main.f f.go:7 | 1 2 | block 48 | "
	            "{\"job\":\"ingest\",\"shard\":-3,\"tenant\":\"acme \\\"x\\\"\"}");
}

static void unknown_fields_and_comments_are_skipped(void **state)
{
	static const uint64_t stack[] = {1};
	static const int64_t values[] = {1, 2};
	struct fixture *const fixture = *state;

	add_heap(fixture);
	ll_pb_comment(&fixture->pb, "taken by hand");
	ll_pb_raw(&fixture->pb, ll_str_n("\x78\x01", 2)); /* doc_url */
	add_sample(fixture, stack, 1, values, 2);
	for (size_t i = 0; i < LL_PEEK_SIZE; i++) /* past what a bid looks at */
		ll_pb_comment(&fixture->pb, "taken by hand");
	ll_pb_raw(&fixture->pb, ll_str_n("\xa1\x06"
	                                 "8 bytes."
	                                 "\xa5\x06"
	                                 "four"
	                                 "\xaa\x06\x02"
	                                 "hi"
	                                 "\xb0\x06\x05",
	                                 24));

	assert_ok(read_profile(fixture), &fixture->err);
	assert_fact(&fixture->facts, "sample main.f f.go:7 | 1 2");
}

/* ------------------------------------------------------------------------- kinds */

static void a_snapshot_kind_with_a_duration_is_a_delta(void **state)
{
	static const uint64_t stack[] = {1};
	static const int64_t values[] = {1, 2};
	struct fixture *const fixture = *state;

	add_heap(fixture);
	ll_pb_time(&fixture->pb, 5, 10000000000);
	add_sample(fixture, stack, 1, values, 2);

	assert_ok(read_profile(fixture), &fixture->err);
	assert_true(fixture->facts.captures[0].is_delta);
	assert_true(ll_str_equal(fixture->facts.captures[0].variant, ll_str("delta")));
}

static void a_cpu_profile_has_a_duration_and_is_no_delta(void **state)
{
	struct fixture *const fixture = *state;

	ll_pb_type(&fixture->pb, "samples", "count");
	ll_pb_type(&fixture->pb, "cpu", "nanoseconds");
	ll_pb_time(&fixture->pb, 5, 30000000000);

	assert_ok(read_profile(fixture), &fixture->err);
	assert_int_equal(fixture->facts.captures[0].kind, LL_KIND_CPU);
	assert_false(fixture->facts.captures[0].is_delta);
	assert_int_equal(fixture->facts.captures[0].duration_ns, 30000000000);
}

static void an_allocs_profile_is_a_heap_profile_by_another_name(void **state)
{
	struct fixture *const fixture = *state;

	add_heap(fixture);
	ll_pb_type(&fixture->pb, "alloc_space", "bytes");
	ll_pb_default_type(&fixture->pb, "alloc_space");

	assert_ok(read_profile(fixture), &fixture->err);
	assert_int_equal(fixture->facts.captures[0].kind, LL_KIND_HEAP);
	assert_true(ll_str_equal(fixture->facts.captures[0].variant, ll_str("allocs")));
}

static void what_no_go_program_wrote_is_foreign(void **state)
{
	static const uint64_t stack[] = {1};
	static const int64_t values[] = {1, 2};
	struct fixture *const fixture = *state;

	ll_pb_type(&fixture->pb, "objects", "count");
	ll_pb_type(&fixture->pb, "space", "bytes");
	(void)add_frame(fixture, "malloc", "/src/jemalloc.c", 3);
	add_sample(fixture, stack, 1, values, 2);

	assert_ok(read_profile(fixture), &fixture->err);
	assert_true(fixture->facts.captures[0].is_foreign);
	assert_int_equal(fixture->facts.captures[0].kind, LL_KIND_HEAP);
}

static void add_contention(struct fixture *fixture, const char *leaf)
{
	static const uint64_t stack[] = {1, 2};
	static const int64_t values[] = {3, 1000};

	ll_pb_type(&fixture->pb, "contentions", "count");
	ll_pb_type(&fixture->pb, "delay", "nanoseconds");
	(void)add_frame(fixture, leaf, "/go/src/sync/mutex.go", 223);
	(void)add_frame(fixture, "main.f", "/src/f.go", 7);
	add_sample(fixture, stack, 2, values, 2);
}

static void who_unlocks_makes_a_mutex_profile_and_who_waits_a_block_profile(void **state)
{
	struct fixture *const fixture = *state;

	add_contention(fixture, "sync.(*Mutex).Unlock");
	assert_ok(read_as(fixture, "block.pb.gz"), &fixture->err);
	assert_int_equal(fixture->facts.captures[0].kind, LL_KIND_MUTEX);

	ll_pb_done(&fixture->pb);
	ll_pb_init(&fixture->pb);
	ll_facts_clear(&fixture->facts);
	add_contention(fixture, "sync.(*Mutex).Lock");
	assert_ok(read_as(fixture, "mutex.pb.gz"), &fixture->err);
	assert_int_equal(fixture->facts.captures[0].kind, LL_KIND_BLOCK);
}

static void without_any_sample_the_name_tells_mutex_from_block(void **state)
{
	struct fixture *const fixture = *state;

	ll_pb_type(&fixture->pb, "contentions", "count");
	ll_pb_type(&fixture->pb, "delay", "nanoseconds");

	assert_ok(read_as(fixture, "mutex.pb.gz"), &fixture->err);
	assert_int_equal(fixture->facts.captures[0].kind, LL_KIND_MUTEX);
	ll_facts_clear(&fixture->facts);
	assert_ok(read_as(fixture, "contention.pb.gz"), &fixture->err);
	assert_int_equal(fixture->facts.captures[0].kind, LL_KIND_BLOCK);
}

static void goroutines_lose_the_frames_that_parked_them(void **state)
{
	static const uint64_t stack[] = {1, 2, 3};
	static const int64_t values[] = {4001};
	static const struct ll_pb_label labels[] = {{"tenant", "acme", 0}};
	struct fixture *const fixture = *state;
	const struct ll_pb_sample sample = {stack, 3, values, 1, labels, 1};

	ll_pb_type(&fixture->pb, "goroutine", "count");
	(void)add_frame(fixture, "runtime.gopark", "/go/src/runtime/proc.go", 402);
	(void)add_frame(fixture, "runtime.chanrecv1", "/go/src/runtime/chan.go", 442);
	(void)add_frame(fixture, "main.(*Hub).run", "/src/hub.go", 31);
	ll_pb_sample(&fixture->pb, &sample);

	assert_ok(read_profile(fixture), &fixture->err);
	assert_facts(&fixture->facts, "capture goroutine types=goroutine/count\n"
	                              "goroutines 4001 chan receive: main.(*Hub).run hub.go:31; "
	                              "{\"tenant\":\"acme\"}\n");
}

static void a_goroutineleak_profile_is_proof(void **state)
{
	static const uint64_t stack[] = {1};
	static const int64_t values[] = {2};
	struct fixture *const fixture = *state;

	ll_pb_type(&fixture->pb, "goroutineleak", "count");
	(void)add_frame(fixture, "main.leak", "/src/l.go", 3);
	add_sample(fixture, stack, 1, values, 1);

	assert_ok(read_profile(fixture), &fixture->err);
	assert_int_equal(fixture->facts.captures[0].kind, LL_KIND_GOROUTINELEAK);
	assert_fact(&fixture->facts, "goroutines 2 running: main.leak l.go:3; leaked");
}

static void the_profiler_itself_is_nobodys_leak(void **state)
{
	static const uint64_t stack[] = {1, 2};
	static const int64_t values[] = {1};
	struct fixture *const fixture = *state;

	ll_pb_type(&fixture->pb, "goroutine", "count");
	(void)add_frame(fixture, "runtime/pprof.writeGoroutine", "pprof.go", 3);
	(void)add_frame(fixture, "main.main", "/src/main.go", 3);
	add_sample(fixture, stack, 2, values, 1);

	assert_ok(read_profile(fixture), &fixture->err);
	assert_fact(&fixture->facts,
	            "goroutines 1 running: runtime/pprof.writeGoroutine pprof.go:3 < "
	            "main.main main.go:3; system");
}

/*
 * Datadog's goroutineswait profile counts and times goroutines; it goes on as samples, with
 * symbols.
 */
static void a_goroutine_profile_with_two_values_is_read_as_samples(void **state)
{
	static const uint64_t stack[] = {1};
	static const int64_t values[] = {7, 9000};
	struct fixture *const fixture = *state;

	ll_pb_type(&fixture->pb, "goroutine", "count");
	ll_pb_type(&fixture->pb, "wait", "nanoseconds");
	(void)add_frame(fixture, "main.wait", "/src/w.go", 3);
	add_sample(fixture, stack, 1, values, 2);

	assert_ok(read_profile(fixture), &fixture->err);
	assert_fact(&fixture->facts, "sample main.wait w.go:3 | 7 9000");
}

/* --------------------------------------------------------------------- rejections */

static void values_must_match_the_types(void **state)
{
	static const uint64_t stack[] = {1};
	static const int64_t values[] = {1, 2, 3};
	struct fixture *const fixture = *state;

	add_heap(fixture);
	add_sample(fixture, stack, 1, values, 1);
	assert_refused(fixture, "sample 1 has fewer values than sample types");

	ll_pb_done(&fixture->pb);
	ll_pb_init(&fixture->pb);
	add_heap(fixture);
	add_sample(fixture, stack, 1, values, 2);
	add_sample(fixture, stack, 1, values, 3);
	assert_refused(fixture, "sample 2 has more values than sample types");
}

static void a_location_that_does_not_exist_is_refused(void **state)
{
	static const uint64_t far[] = {1, 99}, zero[] = {0};
	static const int64_t values[] = {1, 2};
	struct fixture *const fixture = *state;

	add_heap(fixture);
	add_sample(fixture, far, 2, values, 2);
	assert_refused(fixture, "sample 1 refers to a location that does not exist");

	ll_pb_done(&fixture->pb);
	ll_pb_init(&fixture->pb);
	add_heap(fixture);
	add_sample(fixture, zero, 1, values, 2);
	assert_refused(fixture, "sample 1 refers to a location that does not exist");
}

static void a_stack_of_too_many_locations_is_refused_in_whatever_pieces_it_comes(void **state)
{
	enum { PIECE = 64 * 1024, LIMIT = 1 << 20 };
	struct fixture *const fixture = *state;
	LL_CLEANUP(ll_buf_done) struct ll_buf piece, sample;

	ll_buf_init(&piece, PIECE + 1);
	ll_buf_init(&sample, 2 * LIMIT);
	for (size_t i = 0; i < PIECE; i++)
		ll_buf_putc(&piece, 1);
	for (size_t i = 0; i < LIMIT / PIECE; i++) {
		ll_buf_put_varint(&sample, 1 << 3 | 2);
		ll_buf_put_varint(&sample, piece.size);
		ll_buf_put_str(&sample, ll_buf_str(&piece));
	}
	put_varint_field(&sample, 2, 1);
	put_varint_field(&sample, 2, 2);
	add_heap(fixture);
	put_message(fixture, 2, sample.data, sample.size);
	assert_ok(read_profile(fixture), &fixture->err);

	ll_pb_done(&fixture->pb);
	ll_pb_init(&fixture->pb);
	put_varint_field(&sample, 1, 1);
	add_heap(fixture);
	put_message(fixture, 2, sample.data, sample.size);
	assert_refused(fixture, "sample 1 has a malformed location list");
}

static void a_string_index_outside_the_table_is_refused(void **state)
{
	struct fixture *const fixture = *state;
	struct ll_buf *const message = &fixture->scratch;

	add_heap(fixture);
	put_varint_field(message, 1, 3);
	put_varint_field(message, 2, 999);
	put_scratch(fixture, 5);
	assert_refused(fixture, "function 3 is malformed");

	ll_pb_done(&fixture->pb);
	ll_pb_init(&fixture->pb);
	add_heap(fixture);
	put_varint_field(message, 1, 999);
	put_scratch(fixture, 1);
	assert_refused(fixture, "sample type 3 is malformed");

	ll_pb_done(&fixture->pb);
	ll_pb_init(&fixture->pb);
	add_heap(fixture);
	ll_buf_put(message, "\x12\x02\x01\x02\x1a\x05\x08\x01\x10\xe7\x07", 11);
	put_scratch(fixture, 2);
	assert_refused(fixture, "sample 1 has a malformed label");
}

static void ids_are_unique_and_not_zero(void **state)
{
	struct fixture *const fixture = *state;
	struct ll_buf *const message = &fixture->scratch;

	add_heap(fixture);
	put_varint_field(message, 1, 1);
	put_scratch(fixture, 5);
	assert_refused(fixture, "function id 1 is zero or used twice");

	ll_pb_done(&fixture->pb);
	ll_pb_init(&fixture->pb);
	add_heap(fixture);
	put_varint_field(message, 3, 77);
	put_scratch(fixture, 4);
	assert_refused(fixture, "location id 0 is zero or used twice");
}

static void a_line_must_name_a_function(void **state)
{
	struct fixture *const fixture = *state;
	const struct ll_pb_line nowhere[] = {{55, 3}}, zero[] = {{0, 3}};

	add_heap(fixture);
	(void)ll_pb_location(&fixture->pb, 0, 0, nowhere, 1);
	assert_refused(fixture, "location 3 names function 55, which does not exist");

	ll_pb_done(&fixture->pb);
	ll_pb_init(&fixture->pb);
	add_heap(fixture);
	(void)ll_pb_location(&fixture->pb, 0, 0, zero, 1);
	assert_refused(fixture, "location 3 names function 0, which does not exist");
}

static void concatenated_profiles_in_one_member_are_refused(void **state)
{
	struct fixture *const fixture = *state;

	add_heap(fixture);
	ll_pb_time(&fixture->pb, 5, 0);
	ll_pb_time(&fixture->pb, 6, 0);
	assert_refused(fixture, "two profiles concatenated in one member");
}

static void malformed_wire_is_refused_with_its_position(void **state)
{
	struct fixture *const fixture = *state;
	char expected[64];

	add_heap(fixture);
	for (size_t i = 0; i < 6000; i++) /* the bid sees a good beginning */
		put_message(fixture, 6, "filler text", 11);
	(void)snprintf(expected, sizeof expected, "byte %zu: malformed protobuf",
	               fixture->pb.body.size + 1);
	/* A number of more than ten bytes, behind its tag. */
	ll_pb_raw(&fixture->pb, ll_str_n("\x48\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", 12));
	assert_refused(fixture, expected);
}

static void a_field_of_the_wrong_type_is_refused_with_its_position(void **state)
{
	struct fixture *const fixture = *state;
	char expected[64];

	add_heap(fixture);
	put_message(fixture, 6, "", 0);
	for (size_t i = 0; i < 6000; i++)
		put_message(fixture, 6, "filler text", 11);
	(void)snprintf(expected, sizeof expected, "byte %zu: field 2 is not a message",
	               fixture->pb.body.size + 2);
	ll_pb_raw(&fixture->pb, ll_str_n("\x10\x01", 2));
	assert_refused(fixture, expected);
}

static void the_first_string_must_be_empty(void **state)
{
	struct fixture *const fixture = *state;

	put_message(fixture, 6, "oops", 4);
	add_heap(fixture);
	assert_refused(fixture, "the first string is not empty");
}

static void more_types_than_any_profile_has_are_refused(void **state)
{
	struct fixture *const fixture = *state;

	for (size_t i = 0; i <= LL_VALUE_TYPES_MAX; i++)
		ll_pb_type(&fixture->pb, "t", "u");

	assert_int_equal(read_profile(fixture), LL_E_LIMIT);
	assert_string_equal(fixture->err.text, "more than 16 sample types");
}

static void damage_inside_messages_is_refused(void **state)
{
	static const struct {
		unsigned field;
		const char *bytes;
		size_t size;
		const char *reason;
	} rows[] = {
		{2, "\x0a\x03\x01\x80", 4, "sample 1 is malformed"},
		{2, "\x0a\x02\x01\x80", 4, "sample 1 has a malformed location list"},
		{2, "\x0d\x01\x01\x01\x01", 5, "sample 1 has a malformed location list"},
		{2, "\x0a\x06\x80\x80\x80\x80\x80\x01", 8,
	         "sample 1 has a malformed location list"},
		{2, "\x08\x80\x80\x80\x80\x80\x01", 7, "sample 1 has a malformed location list"},
		{2, "\x12\x01\x80", 3, "sample 1 has more values than sample types"},
		{2, "\x15\x01\x01\x01\x01", 5, "sample 1 has more values than sample types"},
		{2, "\x1a\x02\x08\x80", 4, "sample 1 has a malformed label"},
		{4, "\x08", 1, "location 3 is malformed"},
		{4, "\x08\x09\x22\x01\x08", 5, "location 3 has a malformed line"},
		{5, "\x08", 1, "function 3 is malformed"},
		{5, "\x0b\x0c", 2, "function 3 is malformed"}, /* a group */
		{5, "\x01\x01", 2, "function 3 is malformed"}, /* field 0 */
	};
	struct fixture *const fixture = *state;

	for (size_t i = 0; i < LL_COUNT(rows); i++) {
		ll_pb_done(&fixture->pb);
		ll_pb_init(&fixture->pb);
		add_heap(fixture);
		put_message(fixture, rows[i].field, rows[i].bytes, rows[i].size);
		assert_refused(fixture, rows[i].reason);
	}
}

static void a_malformed_mapping_only_loses_its_name(void **state)
{
	static const uint64_t stack[] = {1};
	static const int64_t values[] = {1, 2};
	struct fixture *const fixture = *state;

	add_heap(fixture);
	put_message(fixture, 3, "\x08", 1);
	add_sample(fixture, stack, 1, values, 2);

	assert_ok(read_profile(fixture), &fixture->err);
	assert_fact(&fixture->facts, "sample main.f f.go:7 | 1 2");
}

static int refuse(void *self, const struct ll_samples *samples, struct ll_error *err)
{
	(void)self, (void)samples;
	return ll_fail(err, LL_E_BUSY, "the sink is full");
}

static void a_sink_that_says_no_stops_the_read(void **state)
{
	static const uint64_t stack[] = {1};
	static const int64_t values[] = {1, 2};
	struct fixture *const fixture = *state;
	struct ll_sink sink = ll_sink_ignore;
	LL_CLEANUP(ll_stream_closep) struct ll_stream *stream = NULL;
	struct ll_str bytes;

	add_heap(fixture);
	for (size_t i = 0; i < 2000; i++)
		add_sample(fixture, stack, 1, values, 2);
	bytes = ll_pb_finish(&fixture->pb);
	sink.samples = refuse;
	stream = ll_stream_open_memory(bytes.data, bytes.size);

	assert_int_equal(ll_capture_read(stream, ll_str("x"), &sink, NULL, &fixture->err),
	                 LL_E_BUSY);
	assert_string_equal(fixture->err.text, "the sink is full");
}

#define test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(a_heap_profile_is_read_whole),
		test(lists_are_read_packed_unpacked_and_mixed),
		test(long_stacks_of_large_ids_are_decoded_in_every_width),
		test(ids_need_not_be_dense),
		test(functions_may_come_after_the_samples_that_need_them),
		test(inlined_lines_expand_innermost_first),
		test(a_location_without_lines_is_named_by_its_place_in_the_binary),
		test(a_sample_without_stack_is_kept),
		test(negative_values_take_ten_bytes_and_come_through),
		test(labels_are_sorted_text_before_number_and_empty_ones_go),
		test(unknown_fields_and_comments_are_skipped),
		test(a_snapshot_kind_with_a_duration_is_a_delta),
		test(a_cpu_profile_has_a_duration_and_is_no_delta),
		test(an_allocs_profile_is_a_heap_profile_by_another_name),
		test(what_no_go_program_wrote_is_foreign),
		test(who_unlocks_makes_a_mutex_profile_and_who_waits_a_block_profile),
		test(without_any_sample_the_name_tells_mutex_from_block),
		test(goroutines_lose_the_frames_that_parked_them),
		test(a_goroutineleak_profile_is_proof),
		test(the_profiler_itself_is_nobodys_leak),
		test(a_goroutine_profile_with_two_values_is_read_as_samples),
		test(values_must_match_the_types),
		test(a_location_that_does_not_exist_is_refused),
		test(a_stack_of_too_many_locations_is_refused_in_whatever_pieces_it_comes),
		test(a_string_index_outside_the_table_is_refused),
		test(ids_are_unique_and_not_zero),
		test(a_line_must_name_a_function),
		test(concatenated_profiles_in_one_member_are_refused),
		test(malformed_wire_is_refused_with_its_position),
		test(a_field_of_the_wrong_type_is_refused_with_its_position),
		test(the_first_string_must_be_empty),
		test(more_types_than_any_profile_has_are_refused),
		test(damage_inside_messages_is_refused),
		test(a_malformed_mapping_only_loses_its_name),
		test(a_sink_that_says_no_stops_the_read),
	};

	return cmocka_run_group_tests_name("capture.fmt_pprof", tests, NULL, NULL);
}
