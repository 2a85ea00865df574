/* SPDX-License-Identifier: Apache-2.0 */
/*
 * generate.c - makes the benchmark's corpus: generate ROOT [--full] [--seed N] [--real DIR], or
 * generate ROOT --fleet SERVICES [--days N] [--seed N].
 *
 *                        reduced             full
 *     heap profiles      200                 2,000      gzip, 500 to 3,000 stacks a service
 *     goroutine dumps    20                  200        debug=2, 10,000 goroutines each
 *     MemStats           2,000               20,000     JSON, every other one in expvar
 *     few, many          125 and 500         250, 1,000 services of 12 packed MemStats each
 *
 * A fleet is one set of small captures, of one process a service: each day two heap profiles of
 * some 60 stacks, two MemStats and a dump of 200 goroutines.
 *
 * ROOT/heap.list, .sums and so on tell what was made; ROOT/made holds the options, and a corpus
 * made with the same options is left as it is.
 */
#include "gen.h"

#include <leakledger/file.h>

#include <inttypes.h>

/* Raised when the same options give other bytes than before. */
#define GENERATION 3

enum {
	REAL_COPIES = 20,
	SMALL_CAPTURES = 12, /* of each of few and many services */
	MANY_TIMES = 4,      /* as many services as few */
	FLEET_MAX = 999,
	FLEET_DAYS = 30,
	DAY_S = 86400,
};

struct plan {
	const char *root;
	const char *real; /* directory of real captures, or NULL */
	uint64_t seed;
	bool is_full;
	uint64_t fleet, days; /* services of a fleet; 0: the corpus of ratios */
};

/* Where the number behind an option goes; NULL when it has none. */
static uint64_t *number_of(struct plan *plan, const char *option)
{
	if (strcmp(option, "--seed") == 0)
		return &plan->seed;
	if (strcmp(option, "--fleet") == 0)
		return &plan->fleet;
	return strcmp(option, "--days") == 0 ? &plan->days : NULL;
}

static bool parse(int argc, char **argv, struct plan *plan)
{
	*plan = (struct plan){.seed = 1, .days = FLEET_DAYS};
	for (int i = 1; i < argc; i++) {
		const bool has_value = i + 1 < argc;

		if (strcmp(argv[i], "--full") == 0)
			plan->is_full = true;
		else if (strcmp(argv[i], "--reduced") == 0)
			plan->is_full = false;
		else if (strcmp(argv[i], "--real") == 0 && has_value)
			plan->real = argv[++i];
		else if (has_value && number_of(plan, argv[i])) {
			if (!ll_str_to_u64(ll_str(argv[i + 1]), number_of(plan, argv[i])))
				return false;
			i++;
		} else if (argv[i][0] != '-' && !plan->root)
			plan->root = argv[i];
		else
			return false;
	}
	return plan->root && plan->fleet <= FLEET_MAX && plan->days >= 1 && plan->days <= 365;
}

/* Services that are alike, so that what one costs can be compared where there are few and many. */
static int make_small(const struct plan *plan, struct gen_set *set, size_t times,
                      struct ll_error *err)
{
	const size_t services = (plan->is_full ? 250 : 125) * times;

	return gen_memstats(set,
	                    &(struct gen_shape){.files = services * SMALL_CAPTURES,
	                                        .captures = SMALL_CAPTURES,
	                                        .interval_s = 3600,
	                                        .is_fleet = true},
	                    err);
}

static int make_kind(const struct plan *plan, struct gen_set *set, struct ll_error *err)
{
	const size_t scale = plan->is_full ? 10 : 1;

	if (strcmp(set->name, "heap") == 0)
		return gen_heap(set,
		                &(struct gen_shape){.files = 200 * scale,
		                                    .captures = 25,
		                                    .interval_s = 1800,
		                                    .instances = 2,
		                                    .stacks_min = 500,
		                                    .stacks_max = 3000},
		                err);
	if (strcmp(set->name, "goroutine") == 0)
		return gen_goroutines(set,
		                      &(struct gen_shape){.files = 20 * scale,
		                                          .captures = 10,
		                                          .interval_s = 1800,
		                                          .goroutines = 10000},
		                      err);
	if (strcmp(set->name, "memstats") == 0)
		return gen_memstats(set,
		                    &(struct gen_shape){.files = 2000 * scale,
		                                        .captures = 100,
		                                        .interval_s = 60},
		                    err);
	if (strcmp(set->name, "few") == 0)
		return make_small(plan, set, 1, err);
	if (strcmp(set->name, "many") == 0)
		return make_small(plan, set, MANY_TIMES, err);
	return gen_real(set, plan->real, REAL_COPIES, err);
}

static int make_fleet(const struct plan *plan, struct gen_set *set, struct ll_error *err)
{
	const struct gen_shape once = {
		.files = (size_t)(plan->fleet * plan->days),
		.captures = (uint32_t)plan->days,
		.interval_s = DAY_S,
		.goroutines = 200,
		.is_fleet = true,
	};
	const struct gen_shape twice = {
		.files = once.files * 2,
		.captures = once.captures * 2,
		.interval_s = DAY_S / 2,
		.instances = 1,
		.stacks_min = 40,
		.stacks_max = 80,
		.is_fleet = true,
	};
	int rc = gen_heap(set, &twice, err);

	if (rc == LL_OK)
		rc = gen_memstats(set, &twice, err);
	return rc == LL_OK ? gen_goroutines(set, &once, err) : rc;
}

static int make_set(const struct plan *plan, const char *name, struct ll_error *err)
{
	struct gen_set set;
	int rc, done;

	gen_set_init(&set, plan->root, name, plan->seed);
	rc = plan->fleet > 0 ? make_fleet(plan, &set, err) : make_kind(plan, &set, err);
	if (rc == LL_OK)
		(void)fprintf(stderr, "made %s: %zu files, %" PRId64 " MiB\n", name, set.files,
		              set.stored_bytes >> 20);
	done = gen_set_done(&set, rc == LL_OK ? err : NULL);
	return rc == LL_OK ? done : rc;
}

static int make_all(const struct plan *plan, struct ll_error *err)
{
	static const char *const names[] = {"heap", "goroutine", "memstats", "few", "many", "real"};
	const size_t count = plan->real ? LL_COUNT(names) : LL_COUNT(names) - 1;
	int rc = LL_OK;

	if (plan->fleet > 0)
		return make_set(plan, "fleet", err);
	for (size_t i = 0; rc == LL_OK && i < count; i++)
		rc = make_set(plan, names[i], err);
	return rc;
}

static bool is_made(const char *path, struct ll_str options)
{
	struct ll_buf made;
	bool is_same;

	ll_buf_init(&made, LL_BUF_MESSAGE);
	is_same = ll_file_read(path, &made, NULL) == LL_OK &&
	          ll_str_equal(ll_buf_str(&made), options);
	ll_buf_done(&made);
	return is_same;
}

int main(int argc, char **argv)
{
	struct ll_error err = LL_ERROR_INIT;
	struct plan plan;
	char options[2560], path[1024];
	int rc;

	if (!parse(argc, argv, &plan)) {
		(void)fprintf(stderr, "usage: generate ROOT [--reduced|--full] [--seed N] "
		                      "[--real DIR]\n"
		                      "       generate ROOT --fleet SERVICES [--days N] "
		                      "[--seed N]\n");
		return 2;
	}
	/* The lists hold paths as they were given: a corpus that was moved is made again. */
	(void)snprintf(options, sizeof options,
	               "%s generation %d seed %" PRIu64 " %s real %s fleet %" PRIu64
	               " days %" PRIu64 "\n",
	               plan.root, GENERATION, plan.seed, plan.is_full ? "full" : "reduced",
	               plan.real ? plan.real : "none", plan.fleet, plan.days);
	(void)snprintf(path, sizeof path, "%s/made", plan.root);
	if (is_made(path, ll_str(options)))
		return 0;
	rc = ll_file_mkdirs(plan.root, &err);
	if (rc == LL_OK)
		rc = make_all(&plan, &err);
	if (rc == LL_OK)
		rc = ll_file_write(path, ll_str(options), NULL, &err);
	if (rc < 0)
		(void)fprintf(stderr, "generate: %s\n", err.text);
	return rc < 0;
}
