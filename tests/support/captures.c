/* SPDX-License-Identifier: Apache-2.0 */
/* captures.c - see captures.h. */
#include "captures.h"

#include "pb_build.h"

#include <leakledger/series.h>
#include <leakledger/units.h>

#include <libdeflate.h>

#include <inttypes.h>

enum {
	ENDED_ID = 1000000, /* far from the ids of those that are there */
	GONE_ID = 2000000,
	TEXT_PC = 0x400000,  /* where the addresses of the text form begin */
	ENTRY_PC = 0x300000, /* and those of the runtime's functions */
	ENTRY_ROOM = 0x10000,
	ENTRIES_MAX = 8,
	CPU_PERIOD_NS = 10000000,
	RING_SIZE = 256,
};

/* ---------------------------------------------------------------------- stacks */

/* "function@file:line" */
static bool parse_frame(char *text, struct test_frame *ret_frame)
{
	char *const at = strrchr(text, '@');
	char *const colon = at ? strrchr(at, ':') : NULL;

	if (!colon || !ll_str_to_i64(ll_str(colon + 1), &ret_frame->line))
		return false;
	*at = '\0';
	*colon = '\0';
	ret_frame->function = text;
	ret_frame->file = at + 1;
	return true;
}

static char *trimmed(char *text)
{
	const struct ll_str part = ll_str_trim(ll_str(text));
	char *const start = text + (part.data - text);

	start[part.size] = '\0';
	return start;
}

bool test_stack_parse(char *text, struct test_stack *ret_stack)
{
	ret_stack->count = 0;
	while (text && ret_stack->count < TEST_FRAMES_MAX) {
		char *const end = strstr(text, " < ");

		if (end)
			*end = '\0';
		if (!parse_frame(trimmed(text), &ret_stack->frames[ret_stack->count++]))
			return false;
		text = end ? end + 3 : NULL;
	}
	return !text;
}

/* ------------------------------------------------------------------------ heap */

static uint64_t put_location(struct ll_pb *pb, uint64_t mapping, const struct test_frame *frame)
{
	const struct ll_pb_line line = {
		.function = ll_pb_function(pb, frame->function, frame->file, 0),
		.line = frame->line,
	};

	return ll_pb_location(pb, mapping, TEXT_PC + 16 * pb->locations, &line, 1);
}

static void put_heap_sample(struct ll_pb *pb, uint64_t mapping,
                            const struct test_heap_sample *sample)
{
	const double factor = ll_unsample_factor(TEST_PERIOD, sample->size);
	const struct ll_pb_label size = {.key = "bytes", .number = sample->size};
	uint64_t locations[TEST_FRAMES_MAX];
	int64_t values[4];

	ll_series_estimate(sample->born, sample->size, factor, &values[0], &values[1]);
	ll_series_estimate(sample->live, sample->size, factor, &values[2], &values[3]);
	for (size_t i = 0; i < sample->stack->count; i++)
		locations[i] = put_location(pb, mapping, &sample->stack->frames[i]);
	ll_pb_sample(pb, &(struct ll_pb_sample){.locations = locations,
	                                        .location_count = sample->stack->count,
	                                        .values = values,
	                                        .value_count = LL_COUNT(values),
	                                        .labels = &size,
	                                        .label_count = 1});
}

void test_put_heap(struct ll_buf *to, const struct test_heap *heap)
{
	static const char *const types[] = {"alloc_objects", "alloc_space", "inuse_objects",
	                                    "inuse_space"};
	struct ll_pb pb;
	uint64_t mapping;

	ll_pb_init(&pb);
	for (size_t i = 0; i < LL_COUNT(types); i++)
		ll_pb_type(&pb, types[i], i % 2 ? "bytes" : "count");
	ll_pb_period(&pb, "space", "bytes", TEST_PERIOD);
	ll_pb_time(&pb, heap->time_ns, 0);
	mapping = ll_pb_mapping(&pb, "/app/service", heap->build ? heap->build : "");
	for (size_t i = 0; i < heap->count; i++)
		put_heap_sample(&pb, mapping, &heap->samples[i]);
	ll_buf_put_str(to, ll_pb_finish(&pb));
	ll_pb_done(&pb);
}

static void put_events(struct ll_pb *pb, struct ll_buf *to, const struct test_lock *locks,
                       size_t count)
{
	const uint64_t mapping = ll_pb_mapping(pb, "/app/service", "");

	for (size_t i = 0; i < count; i++) {
		const int64_t values[] = {locks[i].count, locks[i].delay_ns};
		uint64_t locations[TEST_FRAMES_MAX];

		for (size_t k = 0; k < locks[i].stack->count; k++)
			locations[k] = put_location(pb, mapping, &locks[i].stack->frames[k]);
		ll_pb_sample(pb, &(struct ll_pb_sample){.locations = locations,
		                                        .location_count = locks[i].stack->count,
		                                        .values = values,
		                                        .value_count = LL_COUNT(values)});
	}
	ll_buf_put_str(to, ll_pb_finish(pb));
	ll_pb_done(pb);
}

void test_put_locks(struct ll_buf *to, int64_t time_ns, const struct test_lock *locks, size_t count)
{
	struct ll_pb pb;

	ll_pb_init(&pb);
	ll_pb_type(&pb, "contentions", "count");
	ll_pb_type(&pb, "delay", "nanoseconds");
	ll_pb_period(&pb, "contentions", "count", 1);
	ll_pb_time(&pb, time_ns, 0);
	put_events(&pb, to, locks, count);
}

void test_put_cpu(struct ll_buf *to, int64_t time_ns, const struct test_lock *used, size_t count)
{
	struct ll_pb pb;

	ll_pb_init(&pb);
	ll_pb_type(&pb, "samples", "count");
	ll_pb_type(&pb, "cpu", "nanoseconds");
	ll_pb_period(&pb, "cpu", "nanoseconds", CPU_PERIOD_NS);
	ll_pb_time(&pb, time_ns, 30 * LL_NS_PER_S);
	put_events(&pb, to, used, count);
}

void test_put_trace(struct ll_buf *to, int64_t number, double at_s, double assist_ms,
                    int64_t goal_mib, int64_t live_mib)
{
	ll_buf_printf(to,
	              "gc %" PRId64 " @%.3fs 2%%: 0.02+1.1+0.01 ms clock, 0.1+%.3f/2.0/0.1+0.02 ms "
	              "cpu, %" PRId64 "->%" PRId64 "->%" PRId64 " MB, %" PRId64
	              " MB goal, 0 MB stacks, 0 MB globals, 4 P\n",
	              number, at_s, assist_ms, goal_mib - 1, goal_mib + 1, live_mib, goal_mib);
}

/* Addresses of the runtime's functions, in order of first use. */
struct entries {
	const char *names[ENTRIES_MAX];
	size_t count;
};

static uint64_t entry_pc(struct entries *entries, const char *name)
{
	size_t i = 0;

	while (i < entries->count && strcmp(entries->names[i], name) != 0)
		i++;
	if (i == entries->count)
		entries->names[entries->count++] = name;
	return ENTRY_PC + i * ENTRY_ROOM + 0x20;
}

static void put_text_values(struct ll_buf *to, int64_t live, int64_t born, int64_t size)
{
	ll_buf_printf(to, "%" PRId64 ": %" PRId64 " [%" PRId64 ": %" PRId64 "] @", live,
	              live * size, born, born * size);
}

/* Return addresses first, the runtime's own among them; then the frames that are no runtime's. */
static void put_text_record(struct ll_buf *to, struct entries *entries, uint64_t *next_pc,
                            const struct test_heap_sample *sample)
{
	const struct test_stack *const stack = sample->stack;
	const uint64_t first = *next_pc;

	put_text_values(to, sample->live, sample->born, sample->size);
	if (sample->entry)
		ll_buf_printf(to, " 0x%" PRIx64, entry_pc(entries, sample->entry));
	for (size_t i = 0; i < stack->count; i++)
		ll_buf_printf(to, " 0x%" PRIx64, first + 16 * i);
	ll_buf_putc(to, '\n');
	for (size_t i = 0; i < stack->count; i++)
		ll_buf_printf(to, "#\t0x%" PRIx64 "\t%s+0x1f\t%s:%" PRId64 "\n", first + 16 * i - 1,
		              stack->frames[i].function, stack->frames[i].file,
		              stack->frames[i].line);
	ll_buf_putc(to, '\n');
	*next_pc = first + 16 * (uint64_t)stack->count;
}

/*
 * A stack of runtime frames alone is printed with all of them: it teaches the entries' addresses.
 */
static void put_text_entry(struct ll_buf *to, uint64_t pc, const char *name)
{
	put_text_values(to, 1, 1, 64);
	ll_buf_printf(to, " 0x%" PRIx64 " 0x%x\n", pc, TEXT_PC - 0x100);
	ll_buf_printf(to, "#\t0x%" PRIx64 "\t%s+0x1f\t/go/src/runtime/slice.go:200\n", pc - 1,
	              name);
	ll_buf_printf(to, "#\t0x%x\truntime.main+0x1f\t/go/src/runtime/proc.go:250\n\n",
	              TEXT_PC - 0x101);
}

void test_put_heap_text(struct ll_buf *to, const struct test_heap *heap)
{
	struct entries entries = {.count = 0};
	uint64_t next_pc = TEXT_PC;
	int64_t live[2] = {0}, born[2] = {0};

	for (size_t i = 0; i < heap->count; i++) {
		const struct test_heap_sample *const sample = &heap->samples[i];

		live[0] += sample->live;
		live[1] += sample->live * sample->size;
		born[0] += sample->born;
		born[1] += sample->born * sample->size;
	}
	ll_buf_printf(
		to, "heap profile: %" PRId64 ": %" PRId64 " [%" PRId64 ": %" PRId64 "] @ heap/%d\n",
		live[0], live[1], born[0] + 1, born[1] + 1, 2 * TEST_PERIOD);
	for (size_t i = 0; i < heap->count; i++)
		put_text_record(to, &entries, &next_pc, &heap->samples[i]);
	for (size_t i = 0; i < entries.count; i++)
		put_text_entry(to, entry_pc(&entries, entries.names[i]), entries.names[i]);
}

/* ------------------------------------------------------------------ goroutines */

/* The k-th of several lines that tell of ended creators have the same one. */
static int64_t creator_id(const struct test_goroutines *same, int64_t k)
{
	return same->of_ended > 0 ? ENDED_ID + k / same->of_ended : 1;
}

static void put_goroutine(struct ll_buf *to, int64_t id, int64_t k,
                          const struct test_goroutines *same)
{
	ll_buf_printf(to, "goroutine %" PRId64 " [%s", id, same->state);
	if (same->minutes > 0)
		ll_buf_printf(to, ", %" PRId64 " minutes", same->minutes);
	ll_buf_puts(to, "]:\n");
	for (size_t i = 0; i < same->stack->count; i++) {
		const struct test_frame *const frame = &same->stack->frames[i];

		ll_buf_printf(to, "%s(0xc000010000)\n\t%s:%" PRId64 " +0x1f\n", frame->function,
		              frame->file, frame->line);
	}
	if (same->creator)
		ll_buf_printf(to,
		              "created by %s in goroutine %" PRId64 "\n\t%s:%" PRId64 " +0x2f\n",
		              same->creator->function, creator_id(same, k), same->creator->file,
		              same->creator->line);
	ll_buf_putc(to, '\n');
}

void test_put_dump(struct ll_buf *to, const struct test_goroutines *groups, size_t count)
{
	int64_t id = 1;

	for (size_t i = 0; i < count; i++) {
		const int64_t first = groups[i].gone > 0 ? GONE_ID + groups[i].gone : 0;

		for (int64_t k = 0; k < groups[i].count; k++, id++)
			put_goroutine(to, first > 0 ? first + k : id, k, &groups[i]);
	}
}

/* -------------------------------------------------------------------- memstats */

/* Cycle N, counted from 1, is at (N + 255) % 256. */
static void put_ring(struct ll_buf *to, const struct test_memstats *stats)
{
	ll_buf_puts(to, ", \"PauseNs\": [100000");
	for (int64_t i = 1; i < RING_SIZE; i++)
		ll_buf_puts(to, ", 100000");
	ll_buf_puts(to, "], \"PauseEnd\": [");
	for (int64_t i = 0; i < RING_SIZE; i++) {
		const int64_t ago = (stats->num_gc + RING_SIZE - 1 - i) % RING_SIZE;

		ll_buf_printf(to, "%s%" PRId64, i ? ", " : "",
		              ago < stats->num_gc
		                      ? stats->last_gc_ns - ago * LL_NS_PER_S / stats->rate
		                      : 0);
	}
	ll_buf_putc(to, ']');
}

void test_put_memstats(struct ll_buf *to, const struct test_memstats *stats)
{
	const int64_t heap_alloc = stats->live + stats->live / 4;
	const int64_t heap_inuse = heap_alloc + heap_alloc / 20 + stats->holes;
	const int64_t heap_idle = stats->idle + stats->returned;
	const int64_t heap_sys = heap_inuse + heap_idle;
	const int64_t beside = 16777216 + stats->stacks;

	ll_buf_printf(to,
	              "{\"Alloc\": %" PRId64 ", \"TotalAlloc\": %" PRId64 ", \"Sys\": %" PRId64
	              ", \"Mallocs\": %" PRId64 ", \"Frees\": 0, \"HeapAlloc\": %" PRId64
	              ", \"HeapSys\": %" PRId64 ", \"HeapIdle\": %" PRId64
	              ", \"HeapInuse\": %" PRId64 ", \"HeapReleased\": %" PRId64
	              ", \"StackInuse\": %" PRId64 ", \"StackSys\": %" PRId64
	              ", \"MSpanSys\": 1048576, \"MCacheSys\": 16384, \"BuckHashSys\": 1048576"
	              ", \"GCSys\": 8388608, \"OtherSys\": 6275072, \"NextGC\": %" PRId64
	              ", \"LastGC\": %" PRId64 ", \"NumGC\": %" PRId64,
	              heap_alloc, stats->total_alloc, heap_sys + beside, stats->total_alloc / 64,
	              heap_alloc, heap_sys, heap_idle, heap_inuse, stats->returned, stats->stacks,
	              stats->stacks, stats->next_gc > 0 ? stats->next_gc : 2 * stats->live,
	              stats->last_gc_ns, stats->num_gc);
	if (stats->num_forced >= 0)
		ll_buf_printf(to, ", \"NumForcedGC\": %" PRId64, stats->num_forced);
	if (stats->rate > 0)
		put_ring(to, stats);
	ll_buf_puts(to, "}\n");
}

/* ---------------------------------------------------------------- ready-made ones */

void test_put_one_heap(struct ll_buf *to, int64_t time_ns, const char *build, int64_t live)
{
	const struct test_stack stack = {
		.frames = {{"shop/cart.(*Store).Put", "/src/shop/cart/store.go", 31},
	                   {"main.main", "/src/shop/main.go", 9}},
		.count = 2,
	};
	const struct test_heap_sample sample = {
		.stack = &stack, .size = 1024, .live = live, .born = live + 7};

	test_put_heap(to,
	              &(struct test_heap){
			      .time_ns = time_ns, .build = build, .samples = &sample, .count = 1});
}

void test_put_one_dump(struct ll_buf *to, int64_t count)
{
	const struct test_stack stack = {
		.frames = {{"shop/hub.(*Hub).pump", "/src/shop/hub/hub.go", 75}},
		.count = 1,
	};
	const struct test_frame creator = {"shop/hub.New", "/src/shop/hub/hub.go", 20};

	test_put_dump(to,
	              &(struct test_goroutines){.stack = &stack,
	                                        .state = "chan receive",
	                                        .count = count,
	                                        .minutes = 3,
	                                        .creator = &creator},
	              1);
}

/* ------------------------------------------------------------------------ gzip */

void test_put_gzip(struct ll_buf *to, struct ll_str bytes)
{
	struct libdeflate_compressor *const compressor = libdeflate_alloc_compressor(6);
	const size_t bound = libdeflate_gzip_compress_bound(compressor, bytes.size);
	char *const room = ll_buf_reserve(to, bound);

	ll_buf_commit(to,
	              libdeflate_gzip_compress(compressor, bytes.data, bytes.size, room, bound));
	libdeflate_free_compressor(compressor);
}
