/* SPDX-License-Identifier: Apache-2.0 */
/*
 * gen_memstats.c - runtime.MemStats as JSON, from processes that have run long enough for the rings
 * of pauses to be full: that is what the files look like in practice, and two thirds of their
 * bytes.
 */
#include "gen.h"

#include <inttypes.h>

enum {
	SIZE_CLASSES = 61,
	RING = 256,
	GC_INTERVAL_S = 10,
	GROWTH_BYTES = 150000,
	LEAKS_EVERY = 20, /* of a fleet's services */
};

#define FIRST_NS UINT64_C(1767225600000000000)

static void put_ring(struct ll_buf *out, const char *name, uint64_t cycles, bool is_end,
                     struct gen_random *random)
{
	ll_buf_printf(out, ",\"%s\":[", name);
	for (uint64_t i = 0; i < RING; i++) {
		/* Cycle n stands at (n + 255) % 256; the ring is full. */
		const uint64_t newest = (cycles + RING - 1) % RING;
		const uint64_t back = (newest + RING - i) % RING;
		const uint64_t end_ns = FIRST_NS + (cycles - back) * GC_INTERVAL_S * 1000000000U;

		ll_buf_printf(out, "%s%" PRIu64, i > 0 ? "," : "",
		              is_end ? end_ns + gen_below(random, 1)
		                     : UINT64_C(60000) + gen_below(random, 200000));
	}
	ll_buf_putc(out, ']');
}

static void put_sizes(struct ll_buf *out, struct gen_random *random)
{
	ll_buf_puts(out, ",\"BySize\":[");
	for (unsigned i = 0; i < SIZE_CLASSES; i++)
		ll_buf_printf(out, "%s{\"Size\":%u,\"Mallocs\":%u,\"Frees\":%u}", i > 0 ? "," : "",
		              i * 16, gen_below(random, 9000000), gen_below(random, 8000000));
	ll_buf_putc(out, ']');
}

/*
 * One MemStats object, `uptime_s` after the first; the heap holds `grown` bytes more than
 * at first. Returns HeapAlloc.
 */
static int64_t put_object(struct ll_buf *out, uint64_t grown, uint64_t uptime_s,
                          struct gen_random *random)
{
	const uint64_t heap = 40000000 + grown + gen_below(random, 8000000);
	const uint64_t cycles = 400 + uptime_s / GC_INTERVAL_S;
	const uint64_t total = heap + cycles * 30000000;
	const uint64_t idle = 20000000 + gen_below(random, 5000000);
	const uint64_t mallocs = total / 90, objects = heap / 90;

	ll_buf_printf(out,
	              "{\"Alloc\":%" PRIu64 ",\"TotalAlloc\":%" PRIu64 ",\"Sys\":%" PRIu64
	              ",\"Lookups\":0,\"Mallocs\":%" PRIu64 ",\"Frees\":%" PRIu64,
	              heap, total, heap + idle + 9000000, mallocs, mallocs - objects);
	ll_buf_printf(out,
	              ",\"HeapAlloc\":%" PRIu64 ",\"HeapSys\":%" PRIu64 ",\"HeapIdle\":%" PRIu64
	              ",\"HeapInuse\":%" PRIu64 ",\"HeapReleased\":%" PRIu64
	              ",\"HeapObjects\":%" PRIu64,
	              heap, heap + 2000000 + idle, idle, heap + 2000000, idle / 2, objects);
	ll_buf_printf(out,
	              ",\"StackInuse\":1572864,\"StackSys\":1572864,\"MSpanInuse\":612544"
	              ",\"MSpanSys\":783360,\"MCacheInuse\":9600,\"MCacheSys\":15600"
	              ",\"BuckHashSys\":1631177,\"GCSys\":9371648,\"OtherSys\":1459343"
	              ",\"NextGC\":%" PRIu64 ",\"LastGC\":%" PRIu64 ",\"PauseTotalNs\":%" PRIu64,
	              heap * 2, FIRST_NS + cycles * GC_INTERVAL_S * 1000000000U, cycles * 140000);
	put_ring(out, "PauseNs", cycles, false, random);
	put_ring(out, "PauseEnd", cycles, true, random);
	ll_buf_printf(out,
	              ",\"NumGC\":%" PRIu64 ",\"NumForcedGC\":0,\"GCCPUFraction\":0.0012853%u"
	              ",\"EnableGC\":true,\"DebugGC\":false",
	              cycles, gen_below(random, 1000));
	put_sizes(out, random);
	ll_buf_putc(out, '}');
	return (int64_t)heap;
}

int gen_memstats(struct gen_set *set, const struct gen_shape *shape, struct ll_error *err)
{
	struct ll_buf out;
	int rc = LL_OK;

	ll_buf_init(&out, LL_BUF_SQL);
	for (size_t i = 0; rc == LL_OK && i < shape->files; i++) {
		struct gen_random random = gen_random_new(set->seed, 7000000 + i);
		const bool is_expvar = i % 2 == 1;
		const size_t process = i / shape->captures, capture = i % shape->captures;
		const bool grows = !shape->is_fleet || process % LEAKS_EVERY == 0;
		char path[96];

		ll_buf_clear(&out);
		if (is_expvar)
			ll_buf_puts(&out, "{\n\"cmdline\": [\"/srv/svc\"],\n\"memstats\": ");
		set->values[0] += put_object(&out, grows ? capture * GROWTH_BYTES : 0,
		                             capture * shape->interval_s, &random);
		ll_buf_puts(&out, is_expvar ? "\n}\n" : "\n");
		set->samples++;
		(void)snprintf(path, sizeof path, "svc%03zu/pod-0/memstats-%" PRIu64 ".json%s",
		               process, FIRST_NS / 1000000000 + capture * shape->interval_s,
		               shape->is_fleet ? ".gz" : "");
		rc = ll_buf_check(&out, "MemStats", err);
		if (rc == LL_OK)
			rc = gen_set_put(set, path, ll_buf_str(&out), shape->is_fleet, err);
	}
	ll_buf_done(&out);
	return rc;
}
