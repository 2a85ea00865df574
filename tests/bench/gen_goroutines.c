/* SPDX-License-Identifier: Apache-2.0 */
/*
 * gen_goroutines.c - debug=2 dumps of services that hold many goroutines.
 *
 * Ten thousand goroutines stand in about a hundred different places, a few places hold most of
 * them, and no two have the same arguments; so the reader has to look at every line and may keep
 * little.
 */
#include "gen.h"

#include <inttypes.h>

enum {
	PLACES = 110, /* of one service */
	DUMP_MAX = 256 * 1024 * 1024,
};

struct place {
	uint32_t first, depth; /* numbers of the functions */
	const char *state;
};

static const char *const states[] = {
	"IO wait", "chan receive", "select", "semacquire", "sleep", "chan send", "sync.Cond.Wait",
};

static void choose_places(struct place *places, struct gen_random *random)
{
	for (size_t i = 0; i < PLACES; i++) {
		places[i] = (struct place){
			.first = gen_below(random, 4000),
			.depth = 4 + gen_below(random, 14),
			.state = states[gen_below(random, LL_COUNT(states))],
		};
	}
}

static void put_frame(struct ll_buf *out, uint32_t service, uint32_t function,
                      struct gen_random *random)
{
	static const char *const packages[] = {"store", "http", "queue", "codec", "cache", "pool"};
	const char *const package = packages[function % LL_COUNT(packages)];
	const uint64_t word = gen_next(random);

	ll_buf_printf(out, "example.com/svc%02u/%s.(*Worker%u).step%u(", service, package,
	              function / 60, function % 60);
	ll_buf_printf(out, "0xc%09x, {0xc%09x, 0x%x})\n", (unsigned)(word >> 34),
	              (unsigned)word >> 2, (unsigned)(word >> 20 & 0xff));
	ll_buf_printf(out, "\t/build/svc%02u/%s/worker_%u.go:%u +0x%x\n", service, package,
	              function / 60, 10 + function % 700, 0x20 + function % 0x400);
}

static void put_goroutine(struct ll_buf *out, uint32_t service, const struct place *place,
                          uint32_t id, struct gen_random *random)
{
	const uint32_t minutes = gen_below(random, 600);

	if (minutes > 0)
		ll_buf_printf(out, "goroutine %u [%s, %u minutes]:\n", id, place->state, minutes);
	else
		ll_buf_printf(out, "goroutine %u [%s]:\n", id, place->state);
	for (uint32_t i = 0; i < place->depth; i++)
		put_frame(out, service, (place->first + i * i * 37) % 4000, random);
	ll_buf_printf(out,
	              "created by example.com/svc%02u/pool.(*Pool).spawn in goroutine 1\n"
	              "\t/build/svc%02u/pool/pool.go:%u +0x9d\n\n",
	              service, service, 20 + place->first % 40);
}

int gen_goroutines(struct gen_set *set, const struct gen_shape *shape, struct ll_error *err)
{
	struct place places[PLACES];
	struct ll_buf out;
	int rc = LL_OK;

	ll_buf_init(&out, DUMP_MAX);
	for (size_t i = 0; rc == LL_OK && i < shape->files; i++) {
		const uint32_t service = (uint32_t)(i / shape->captures);
		struct gen_random random = gen_random_new(set->seed, 5000000 + service);
		char path[96];

		choose_places(places, &random);
		random = gen_random_new(set->seed, 6000000 + i);
		ll_buf_clear(&out);
		for (size_t g = 0; g < shape->goroutines; g++) {
			/* The smaller of two dice: the first places hold most. */
			const uint32_t a = gen_below(&random, PLACES);
			const uint32_t b = gen_below(&random, PLACES);

			put_goroutine(&out, service, &places[a < b ? a : b], (uint32_t)g + 1,
			              &random);
		}
		(void)snprintf(path, sizeof path, "svc%0*u/pod-0/goroutine-%" PRIu64 ".txt%s",
		               shape->is_fleet ? 3 : 2, service,
		               UINT64_C(1767225600) + i % shape->captures * shape->interval_s,
		               shape->is_fleet ? ".gz" : "");
		set->samples += shape->goroutines;
		set->values[0] += (int64_t)shape->goroutines;
		rc = ll_buf_check(&out, "dump", err);
		if (rc == LL_OK)
			rc = gen_set_put(set, path, ll_buf_str(&out), shape->is_fleet, err);
	}
	ll_buf_done(&out);
	return rc;
}
