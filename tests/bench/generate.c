/* SPDX-License-Identifier: Apache-2.0 */
/*
 * generate.c - makes the benchmark's corpus: generate ROOT [--full] [--seed N] [--real DIR].
 *
 *                        reduced             full
 *     heap profiles      200                 2,000      gzip, 500 to 3,000 stacks a service
 *     goroutine dumps    20                  200        debug=2, 10,000 goroutines each
 *     MemStats           2,000               20,000     JSON, every other one in expvar
 *
 * ROOT/heap.list, .sums and so on tell what was made; ROOT/made holds the options, and a corpus
 * made with the same options is left as it is.
 */
#include "gen.h"

#include <leakledger/file.h>

#include <inttypes.h>

/* Raised when the same options give other bytes than before. */
#define GENERATION 2

enum {
	REAL_COPIES = 20,
	DUMP_GOROUTINES = 10000,
};

struct plan {
	const char *root;
	const char *real; /* directory of real captures, or NULL */
	uint64_t seed;
	bool is_full;
};

static bool parse(int argc, char **argv, struct plan *plan)
{
	*plan = (struct plan){.seed = 1};
	for (int i = 1; i < argc; i++) {
		const bool has_value = i + 1 < argc;

		if (strcmp(argv[i], "--full") == 0)
			plan->is_full = true;
		else if (strcmp(argv[i], "--reduced") == 0)
			plan->is_full = false;
		else if (strcmp(argv[i], "--real") == 0 && has_value)
			plan->real = argv[++i];
		else if (strcmp(argv[i], "--seed") == 0 && has_value) {
			if (!ll_str_to_u64(ll_str(argv[++i]), &plan->seed))
				return false;
		} else if (argv[i][0] != '-' && !plan->root)
			plan->root = argv[i];
		else
			return false;
	}
	return plan->root != NULL;
}

static int make_set(const struct plan *plan, const char *name, struct ll_error *err)
{
	const size_t scale = plan->is_full ? 10 : 1;
	struct gen_set set;
	int rc, done;

	gen_set_init(&set, plan->root, name, plan->seed);
	if (strcmp(name, "heap") == 0)
		rc = gen_heap(&set, 200 * scale, err);
	else if (strcmp(name, "goroutine") == 0)
		rc = gen_goroutines(&set, 20 * scale, DUMP_GOROUTINES, err);
	else if (strcmp(name, "memstats") == 0)
		rc = gen_memstats(&set, 2000 * scale, err);
	else
		rc = gen_real(&set, plan->real, REAL_COPIES, err);
	if (rc == LL_OK)
		(void)fprintf(stderr, "made %s: %zu files, %" PRId64 " MiB\n", name, set.files,
		              set.stored_bytes >> 20);
	done = gen_set_done(&set, rc == LL_OK ? err : NULL);
	return rc == LL_OK ? done : rc;
}

static int make_all(const struct plan *plan, struct ll_error *err)
{
	static const char *const names[] = {"heap", "goroutine", "memstats", "real"};
	const size_t count = plan->real ? LL_COUNT(names) : LL_COUNT(names) - 1;
	int rc = LL_OK;

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
		                      "[--real DIR]\n");
		return 2;
	}
	/* The lists hold paths as they were given: a corpus that was moved is made again. */
	(void)snprintf(options, sizeof options, "%s generation %d seed %" PRIu64 " %s real %s\n",
	               plan.root, GENERATION, plan.seed, plan.is_full ? "full" : "reduced",
	               plan.real ? plan.real : "none");
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
