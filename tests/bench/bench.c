/* SPDX-License-Identifier: Apache-2.0 */
/*
 * bench.c - measures the ratios of docs/performance.md and says which goals are met.
 *
 *     bench CORPUS WORK --bin DIR --leakledger FILE [--peers DIR] [--flamegraph FILE]
 *           [--rounds N]
 *
 * Exit status: 0 every gate that could be judged is met, 1 one is missed, 2 usage, 70 the results
 * do not add up, 75 the machine was too busy to tell.
 */
#include "check.h"
#include "goals.h"

#include <leakledger/file.h>
#include <leakledger/threads.h>
#include <leakledger/units.h>

#include <libdeflate.h>
#include <zlib.h>

#include <sys/utsname.h>

static bool parse(int argc, char **argv, struct bench *bench)
{
	struct bench_places *const places = &bench->places;
	const struct {
		const char *name;
		const char **value;
	} options[] = {
		{"--bin", &places->bin},
		{"--peers", &places->peers},
		{"--flamegraph", &places->flamegraph},
		{"--leakledger", &places->leakledger},
	};

	for (int i = 1; i < argc; i++) {
		size_t k = 0;
		uint64_t rounds;

		if (argv[i][0] != '-') {
			if (places->work)
				return false;
			*(places->corpus ? &places->work : &places->corpus) = argv[i];
			continue;
		}
		if (i + 1 == argc)
			return false;
		while (k < LL_COUNT(options) && strcmp(argv[i], options[k].name) != 0)
			k++;
		i++;
		if (k < LL_COUNT(options))
			*options[k].value = argv[i];
		else if (strcmp(argv[i - 1], "--rounds") == 0 &&
		         ll_str_to_u64(ll_str(argv[i]), &rounds) && rounds >= 1 &&
		         rounds <= BENCH_ROUNDS_MAX)
			bench->rounds = (size_t)rounds;
		else
			return false;
	}
	return places->work && places->bin && places->leakledger;
}

static bool exists(const char *directory, const char *name)
{
	struct ll_error ignored = LL_ERROR_INIT;
	char path[1024];
	LL_CLEANUP(ll_file_closep) int descriptor = -1;
	int64_t size;

	bench_path(path, directory, name);
	descriptor = ll_file_open(path, &size, &ignored);
	return descriptor >= 0;
}

static void look_around(struct bench_places *places)
{
	const char *const help[] = {places->leakledger, "report", "--help", NULL};
	const char *const go[] = {"go", "version", NULL};
	struct bench_cost cost;

	if (places->peers &&
	    (!exists(places->peers, "parse") || !exists(places->peers, "gunzip") ||
	     !exists(places->peers, "memstats") || bench_run(go, NULL, &cost, NULL) < 0))
		places->peers = NULL;
	places->has_panicparse = places->peers && exists(places->peers, "panicparse");
	places->has_real = exists(places->corpus, "real.list");
	places->has_report = bench_run(help, NULL, &cost, NULL) == LL_OK && cost.status == 0;
}

/* First line of what a program says of itself. */
static void say_version(const struct bench *bench, const char *what, const char *const *words)
{
	struct bench_cost cost;
	struct ll_buf text;
	struct ll_str rest;
	char path[1024];

	ll_buf_init(&text, LL_BUF_MESSAGE);
	bench_path(path, bench->places.work, "version.out");
	if (bench_run(words, path, &cost, NULL) == LL_OK && cost.status == 0 &&
	    ll_file_read(path, &text, NULL) == LL_OK) {
		rest = ll_buf_str(&text);
		rest = ll_str_split(&rest, '\n');
		(void)printf("%-10s %.*s\n", what, LL_STR_ARG(rest));
	}
	ll_buf_done(&text);
}

static void say_set(const struct bench *bench, const char *name)
{
	char path[1024], file[64], files[LL_UNIT_TEXT], samples[LL_UNIT_TEXT];
	char stored[LL_UNIT_TEXT], content[LL_UNIT_TEXT], stacks[LL_UNIT_TEXT];

	(void)snprintf(file, sizeof file, "%s.sums", name);
	if (!exists(bench->places.corpus, file))
		return;
	bench_path(path, bench->places.corpus, file);
	(void)printf("%-10s %s files, %s stored, %s content, %s samples, %s stacks\n", name,
	             ll_format_count(bench_number_in(path, "files"), files),
	             ll_format_bytes(bench_number_in(path, "stored"), stored),
	             ll_format_bytes(bench_number_in(path, "content"), content),
	             ll_format_count(bench_number_in(path, "samples"), samples),
	             ll_format_count(bench_number_in(path, "stacks"), stacks));
}

static void say_conditions(const struct bench *bench)
{
	const char *const ours[] = {bench->places.leakledger, "version", NULL};
	const char *const go[] = {"go", "version", NULL};
	struct utsname machine;

	(void)uname(&machine);
	(void)printf("machine    %s, %zu processors, compiler %s, zlib %s, libdeflate %s\n",
	             machine.machine, ll_workers_available(), __VERSION__, zlibVersion(),
	             LIBDEFLATE_VERSION_STRING);
	say_version(bench, "leakledger", ours);
	if (bench->places.peers)
		say_version(bench, "peers", go);
	say_set(bench, "heap");
	say_set(bench, "real");
	say_set(bench, "goroutine");
	say_set(bench, "memstats");
	say_set(bench, "few");
	say_set(bench, "many");
	(void)fflush(stdout);
}

/* The first round fills the page cache and is checked, not counted. */
static int measure(struct bench *bench, struct ll_error *err)
{
	int rc = bench_prepare(bench, err);

	if (rc == LL_OK)
		rc = bench_round(bench, err);
	if (rc == LL_OK)
		rc = bench_check(bench, err);
	for (size_t i = 0; i < STEP_COUNT; i++)
		bench->records[i].rounds = 0;
	bench->cores = 2;
	for (size_t i = 0; rc == LL_OK && i < bench->rounds; i++) {
		(void)fprintf(stderr, "round %zu of %zu\n", i + 1, bench->rounds);
		rc = bench_round(bench, err);
	}
	return rc;
}

int main(int argc, char **argv)
{
	struct ll_error err = LL_ERROR_INIT;
	struct bench bench = {.rounds = 5, .cores = 2};
	int rc;

	if (!parse(argc, argv, &bench)) {
		(void)fprintf(stderr, "usage: bench CORPUS WORK --bin DIR --leakledger FILE "
		                      "[--peers DIR] [--flamegraph FILE] [--rounds N]\n");
		return 2;
	}
	rc = ll_file_mkdirs(bench.places.work, &err);
	look_around(&bench.places);
	say_conditions(&bench);
	if (rc == LL_OK)
		rc = measure(&bench, &err);
	if (rc < 0) {
		(void)fprintf(stderr, "bench: %s\n", err.text);
		return BENCH_VOID;
	}
	bench_print_costs(&bench);
	return (int)bench_print_goals(&bench);
}
