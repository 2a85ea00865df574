/* SPDX-License-Identifier: Apache-2.0 */
/*
 * site.c - the site of a large fleet: what it costs to make, and whether it keeps its promises.
 *
 *     bench_site CORPUS WORK LEAKLEDGER
 *
 * CORPUS is one of `bench_generate --fleet`. The last day of the first service is held back, so
 * that there is a run with one changed service:
 *
 *     ingest, analyze, report     everything but that day
 *     report                      nothing new: no file of the site may be touched
 *     ingest, analyze, report     that day: of pages of services, only its own may be written
 *
 * What was written is told by the files themselves (time and size) and not by the program.
 * Exit status: 0 all promises are kept, 1 one is broken, 2 usage, 70 something failed.
 */
#include "measure.h"

#include <leakledger/file.h>
#include <leakledger/units.h>

#include <stdio.h>

enum {
	PATH_SIZE = 1024,
	PAGE_BUDGET = 500 * 1024,
	INDEX_BUDGET = 200 * 1024,
	FAILED = 70,
};

#define CHANGED_SERVICE "svc000"

struct places {
	const char *leakledger;
	char fleet[PATH_SIZE], service[PATH_SIZE], held[PATH_SIZE];
	char ledger[PATH_SIZE], site[PATH_SIZE];
};

static void join(char path[PATH_SIZE], const char *directory, const char *name)
{
	(void)snprintf(path, PATH_SIZE, "%s/%s", directory, name);
}

/* ----------------------------------------------------------------------- steps */

static int step(const char *title, const char *const *words, struct ll_error *err)
{
	struct bench_cost cost;
	char peak[LL_UNIT_TEXT];
	int rc = bench_run(words, NULL, &cost, err);

	if (rc == LL_OK && cost.status != 0)
		rc = ll_fail(err, LL_E_INTERNAL, "%s: exit status %d", title, cost.status);
	if (rc == LL_OK)
		(void)printf("%-28s %8.1f %8.1f %12s\n", title, cost.wall_s, cost.cpu_s,
		             ll_format_bytes(cost.rss_bytes, peak));
	(void)fflush(stdout);
	return rc;
}

static int report(const struct places *places, const char *title, struct ll_error *err)
{
	const char *const words[] = {places->leakledger, "report", "-d", places->ledger, "-o",
	                             places->site,       NULL};

	return step(title, words, err);
}

static int take_in(const struct places *places, const char *const titles[3], struct ll_error *err)
{
	const char *const ingest[] = {places->leakledger, "ingest", places->fleet, "-d",
	                              places->ledger,     NULL};
	const char *const analyze[] = {places->leakledger, "analyze", "-d", places->ledger, NULL};
	int rc = step(titles[0], ingest, err);

	if (rc == LL_OK)
		rc = step(titles[1], analyze, err);
	return rc == LL_OK ? report(places, titles[2], err) : rc;
}

/* ------------------------------------------------------------------ the last day */

/* The newest time in the names of a service's files. */
static uint64_t time_in_name(const char *name)
{
	const char *const dash = strrchr(name, '-');
	struct ll_str digits = ll_str(dash ? dash + 1 : "");
	uint64_t time_s = 0;

	digits = ll_str_split(&digits, '.');
	return ll_str_to_u64(digits, &time_s) ? time_s : 0;
}

/* Moves files of the last day from one directory to the other; all, when `is_all`. */
static int move_day(const char *from, const char *to, bool is_all, struct ll_error *err)
{
	LL_CLEANUP(ll_arena_done) struct ll_arena arena = LL_ARENA_INIT;
	struct ll_file_list files;
	uint64_t newest = 0;
	int rc = ll_file_mkdirs(from, err);

	if (rc == LL_OK)
		rc = ll_file_mkdirs(to, err);
	if (rc == LL_OK)
		rc = ll_file_walk(from, &arena, &files, err);
	for (size_t i = 0; rc == LL_OK && i < files.count; i++) {
		const uint64_t time_s = time_in_name(files.items[i].path);

		newest = time_s > newest ? time_s : newest;
	}
	for (size_t i = 0; rc == LL_OK && i < files.count; i++) {
		char target[PATH_SIZE];

		if (!is_all && time_in_name(files.items[i].path) + 86400 <= newest)
			continue;
		join(target, to, files.items[i].relative);
		if (rename(files.items[i].path, target) != 0)
			rc = ll_fail(err, LL_E_IO, "cannot move '%s'", files.items[i].path);
	}
	return rc;
}

/* -------------------------------------------------------------------- the site */

struct sizes {
	int64_t bytes, largest;
	const char *largest_name;
	size_t pages, over;
};

static bool is_page(const struct ll_file *file)
{
	return ll_str_ends(ll_str(file->relative), ".html");
}

static struct sizes size_up(const struct ll_file_list *files)
{
	struct sizes sizes = {.largest_name = ""};

	for (size_t i = 0; i < files->count; i++) {
		const struct ll_file *const file = &files->items[i];
		const bool is_index = strcmp(file->relative, "index.html") == 0;

		sizes.bytes += file->size;
		if (!is_page(file))
			continue;
		sizes.pages++;
		if (file->size > (is_index ? INDEX_BUDGET : PAGE_BUDGET)) {
			sizes.over++;
			(void)printf("over its budget: %s\n", file->relative);
		}
		if (file->size > sizes.largest) {
			sizes.largest = file->size;
			sizes.largest_name = file->relative;
		}
	}
	return sizes;
}

static bool is_below(const struct ll_file *file, const char *directory)
{
	return ll_str_starts(ll_str(file->relative), directory);
}

static const struct ll_file *find(const struct ll_file_list *files, const char *relative)
{
	for (size_t i = 0; i < files->count; i++) {
		if (strcmp(files->items[i].relative, relative) == 0)
			return &files->items[i];
	}
	return NULL;
}

/* What a run wrote: everything, pages of services and findings, and of these of other services. */
struct written {
	size_t all, services, others;
};

/* A finding's page names its service in the link to it. */
static bool is_of_changed(const struct ll_file *file)
{
	LL_CLEANUP(ll_buf_done) struct ll_buf text;

	ll_buf_init(&text, LL_BUF_PAGE);
	return ll_file_read(file->path, &text, NULL) == LL_OK &&
	       ll_str_find(ll_buf_str(&text), CHANGED_SERVICE ".html") != SIZE_MAX;
}

static struct written compare(const struct ll_file_list *before, const struct ll_file_list *after)
{
	struct written written = {0};

	for (size_t i = 0; i < after->count; i++) {
		const struct ll_file *const file = &after->items[i];
		const struct ll_file *const old = find(before, file->relative);
		const bool is_service = is_below(file, "service/") || is_below(file, "finding/");

		if (old && old->modified_ns == file->modified_ns && old->size == file->size)
			continue;
		written.all++;
		written.services += is_service;
		if (is_service && !strstr(file->relative, CHANGED_SERVICE) && !is_of_changed(file))
			written.others++;
	}
	return written;
}

/* Returns the number of promises that are broken, or a failure. */
static int measure(const struct places *places, struct ll_error *err)
{
	static const char *const first[] = {"ingest", "analyze", "report"};
	static const char *const again[] = {"ingest, one service", "analyze, one service",
	                                    "report, one service"};
	LL_CLEANUP(ll_arena_done) struct ll_arena arena = LL_ARENA_INIT;
	struct ll_file_list made, kept, renewed;
	struct written nothing, one;
	struct sizes sizes;
	char bytes[LL_UNIT_TEXT], largest[LL_UNIT_TEXT];
	int rc;

	(void)printf("%-28s %8s %8s %12s\n", "step", "wall s", "CPU s", "peak memory");
	rc = take_in(places, first, err);
	if (rc == LL_OK)
		rc = ll_file_walk(places->site, &arena, &made, err);
	if (rc == LL_OK)
		rc = report(places, "report, nothing new", err);
	if (rc == LL_OK)
		rc = ll_file_walk(places->site, &arena, &kept, err);
	if (rc == LL_OK)
		rc = move_day(places->held, places->service, true, err);
	if (rc == LL_OK)
		rc = take_in(places, again, err);
	if (rc == LL_OK)
		rc = ll_file_walk(places->site, &arena, &renewed, err);
	if (rc < 0)
		return rc;
	sizes = size_up(&made);
	nothing = compare(&made, &kept);
	one = compare(&kept, &renewed);
	(void)printf("site: %s in %zu pages; the largest is %s, %s\n",
	             ll_format_bytes(sizes.bytes, bytes), sizes.pages, sizes.largest_name,
	             ll_format_bytes(sizes.largest, largest));
	(void)printf("pages over their budget: %zu\n", sizes.over);
	(void)printf("written with nothing new: %zu\n", nothing.all);
	(void)printf("written with one service changed: %zu, of them %zu of services, %zu of "
	             "other services\n",
	             one.all, one.services, one.others);
	return (sizes.over > 0) + (nothing.all > 0) + (one.others > 0) + (one.services == 0);
}

int main(int argc, char **argv)
{
	struct ll_error err = LL_ERROR_INIT;
	struct places places = {.leakledger = argc == 4 ? argv[3] : NULL};
	int rc;

	if (!places.leakledger) {
		(void)fprintf(stderr, "usage: bench_site CORPUS WORK LEAKLEDGER\n");
		return 2;
	}
	join(places.fleet, argv[1], "fleet");
	join(places.service, places.fleet, CHANGED_SERVICE "/pod-0");
	join(places.held, argv[2], "held");
	join(places.ledger, argv[2], "ledger.db");
	join(places.site, argv[2], "site");
	rc = ll_file_is_directory(argv[2])
	             ? ll_fail(&err, LL_E_CREATE, "'%s' is there already", argv[2])
	             : move_day(places.service, places.held, false, &err);
	if (rc == LL_OK)
		rc = measure(&places, &err);
	/* A corpus is left as it was found. */
	if (ll_file_is_directory(places.held))
		(void)move_day(places.held, places.service, true, NULL);
	if (rc < 0) {
		(void)fprintf(stderr, "bench_site: %s\n", err.text);
		return FAILED;
	}
	return rc > 0;
}
