/* SPDX-License-Identifier: Apache-2.0 */
/*
 * plan.c - see plan.h.
 *
 * The order is that of root and path, bytewise: whatever order they were named or found in, the
 * same files make the same plan, and so the same ledger (turn.h). Files of one directory go to one
 * worker in the order of their names, because consecutive captures of one instance compress against
 * each other. A unit has at most UNIT_FILES files or UNIT_BYTES stored bytes; the end of a
 * directory ends it sooner, because units are written one after the other while others are read,
 * and the fewer there are, the longer the writer waits for the first and the readers for the last.
 *
 * A file that is only listed belongs to the root "." or "/", and the rest of its path tells whose
 * it is. What comes from stdin belongs to the root "-" and is called by its hash, so that one
 * content does not take the place of another.
 */
#include "plan.h"

#include "settled.h"

#include <leakledger/file.h>

#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	UNIT_FILES = 256,
	UNIT_BYTES = 16 * 1024 * 1024,
	ENOUGH_FILES = 16,
	ENOUGH_BYTES = 1024 * 1024,
};

void ll_plan_init(struct ll_plan *plan)
{
	memset(plan, 0, sizeof *plan);
	plan->spooled = -1;
}

void ll_plan_done(struct ll_plan *plan)
{
	ll_file_closep(&plan->spooled);
	ll_vec_done(&plan->roots);
	ll_map_done(&plan->root_places);
	ll_vec_done(&plan->files);
	ll_vec_done(&plan->units);
	ll_vec_done(&plan->gone);
	ll_arena_done(&plan->arena);
}

/* ------------------------------------------------------------------------ files */

static void add_file(struct ll_plan *plan, const char *root, const char *fallback_service,
                     const struct ll_file *file)
{
	struct ll_unit_file *const row = ll_vec_push(&plan->files, sizeof *row);

	*row = (struct ll_unit_file){
		.root = ll_str(root),
		.path = ll_str(file->relative),
		.open_path = file->path,
		.fallback_service = fallback_service,
		.size = file->size,
		.modified_ns = file->modified_ns,
		.changed_ns = file->changed_ns,
		.reason = file->reason,
	};
}

/*
 * "captures/" -> "captures"; "." -> the name of the working directory, which only realpath knows;
 * of a file the name of the directory that it lies in.
 */
static const char *fallback_service(struct ll_arena *arena, const char *root)
{
	LL_CLEANUP(ll_freep) char *resolved = realpath(root, NULL);
	char *slash;

	if (resolved && !ll_file_is_directory(resolved)) {
		slash = strrchr(resolved, '/');
		*slash = '\0';
	}
	slash = resolved ? strrchr(resolved, '/') : NULL;
	if (!slash || !slash[1])
		return "unknown";
	return ll_arena_str(arena, ll_str(slash + 1)).data;
}

/* "./in//" and "in" are one root: it is part of what a file is known by. */
static const char *plain_path(struct ll_arena *arena, const char *path)
{
	size_t size;

	while (path[0] == '.' && path[1] == '/') {
		const char *rest = path + 2;

		while (*rest == '/')
			rest++;
		if (!*rest)
			return ".";
		path = rest;
	}
	size = strlen(path);
	while (size > 1 && path[size - 1] == '/')
		size--;
	return ll_arena_str(arena, ll_str_n(path, size)).data;
}

/* False when the root was there before. */
static bool is_new_root(struct ll_plan *plan, const char *root)
{
	const uint32_t place = (uint32_t)plan->roots.count;

	if (ll_map_put(&plan->root_places, ll_hash_bytes(root, strlen(root)), place) != place)
		return false;
	*(const char **)ll_vec_push(&plan->roots, sizeof root) = root;
	return true;
}

static int add_root(struct ll_plan *plan, const char *root, const struct ll_walk_skip *skip,
                    struct ll_error *err)
{
	const char *const fallback = fallback_service(&plan->arena, root);
	struct ll_file_list list;
	const int rc = ll_file_walk_but(root, skip, &plan->arena, &list, err);

	for (size_t i = 0; rc == LL_OK && i < list.count; i++)
		add_file(plan, root, fallback, &list.items[i]);
	return rc;
}

/* ------------------------------------------------------------------ listed files */

static bool leads_up(const char *path)
{
	struct ll_str rest = ll_str(path);

	while (rest.size > 0) {
		if (ll_str_equal(ll_str_split(&rest, '/'), ll_str("..")))
			return true;
	}
	return false;
}

/* A path with ".." says little of whose a capture is: the real one is taken. */
static const char *listed_path(struct ll_plan *plan, const char *path)
{
	LL_CLEANUP(ll_freep) char *resolved = leads_up(path) ? realpath(path, NULL) : NULL;

	return plain_path(&plan->arena, resolved ? resolved : path);
}

static void add_listed(struct ll_plan *plan, const char *path, const char *fallback,
                       const struct ll_walk_skip *skip)
{
	const char *const plain = listed_path(plan, path);
	const bool is_absolute = plain[0] == '/';
	const char *relative = plain;
	struct ll_file file;

	while (*relative == '/')
		relative++;
	if (*relative && !ll_file_is_excluded(skip, relative)) {
		ll_file_look(plain, relative, &plan->arena, &file);
		add_file(plan, is_absolute ? "/" : ".", is_absolute ? "unknown" : fallback, &file);
	}
}

/* ------------------------------------------------------------------------ stdin */

static int add_stdin(struct ll_plan *plan, const struct ll_ingest_options *options,
                     struct ll_error *err)
{
	struct ll_file file = {.changed_ns = LL_TIME_NONE};
	struct ll_hash hash;
	struct stat info;
	char hex[33];
	int rc = ll_file_spool(STDIN_FILENO, options->limits.archive_bytes, &hash, err);

	if (rc < 0)
		return ll_within(err, "standard input");
	plan->spooled = rc;
	file.path = ll_arena_printf(&plan->arena, "/proc/self/fd/%d", plan->spooled);
	file.relative = ll_arena_printf(&plan->arena, "stdin:%.12s", ll_hash_to_hex(hash, hex));
	if (fstat(plan->spooled, &info) == 0)
		file.size = (int64_t)info.st_size;
	/* Of a pipe, the time of its last byte. */
	file.modified_ns = fstat(STDIN_FILENO, &info) == 0 ? ll_time_from_timespec(info.st_mtim)
	                                                   : LL_TIME_NONE;
	add_file(plan, "-", "stdin", &file);
	return LL_OK;
}

/* ------------------------------------------------------------------------- plan */

static int collect(struct ll_plan *plan, const struct ll_ledger *ledger,
                   const struct ll_ingest_options *options, struct ll_error *err)
{
	struct ll_file_id own[LL_LEDGER_FILES];
	const struct ll_walk_skip skip = {
		.files = own,
		.file_count = ll_ledger_files(ledger, own),
		.marker = options->skip_marker,
		.globs = options->excludes,
		.glob_count = options->exclude_count,
	};
	const char *const here =
		options->file_count > 0 ? fallback_service(&plan->arena, ".") : NULL;
	int rc = LL_OK;

	for (size_t i = 0; rc == LL_OK && i < options->root_count; i++) {
		const bool is_stdin = strcmp(options->roots[i], "-") == 0;
		const char *const root = plain_path(&plan->arena, options->roots[i]);

		if (is_stdin)
			rc = plan->spooled >= 0 ? LL_OK : add_stdin(plan, options, err);
		else if (is_new_root(plan, root))
			rc = add_root(plan, root, &skip, err);
	}
	for (size_t i = 0; rc == LL_OK && i < options->file_count; i++)
		add_listed(plan, options->files[i], here, &skip);
	return rc;
}

static int by_root_and_path(const void *a, const void *b)
{
	const struct ll_unit_file *const left = a;
	const struct ll_unit_file *const right = b;
	const int order = ll_str_compare(left->root, right->root);

	return order != 0 ? order : ll_str_compare(left->path, right->path);
}

/* A walk gives them in that order, so that one root needs no other. */
static bool are_in_order(const struct ll_plan *plan)
{
	const struct ll_unit_file *const files = plan->files.items;

	for (size_t i = 1; i < plan->files.count; i++) {
		if (by_root_and_path(&files[i - 1], &files[i]) > 0)
			return false;
	}
	return true;
}

/* Into their order; what was listed twice stays once. */
static void sort_files(struct ll_plan *plan)
{
	struct ll_unit_file *const files = plan->files.items;
	size_t kept = 0;

	if (!are_in_order(plan))
		qsort(files, plan->files.count, sizeof *files, by_root_and_path);
	for (size_t i = 0; i < plan->files.count; i++) {
		if (i > 0 && by_root_and_path(&files[i], &files[kept - 1]) == 0)
			continue;
		files[kept] = files[i];
		files[kept].place = kept + 1;
		kept++;
	}
	plan->files.count = kept;
}

static struct ll_str directory_of(struct ll_str path)
{
	const size_t slash = ll_str_rindex(path, '/');

	return ll_str_first(path, slash == SIZE_MAX ? 0 : slash);
}

/* Cuts the sorted files into units, between directories where possible. */
static void cut_units(struct ll_plan *plan)
{
	const struct ll_unit_file *const files = plan->files.items;
	struct ll_plan_unit *unit = NULL;

	for (size_t i = 0; i < plan->to_read; i++) {
		const bool is_full =
			unit && (unit->count >= UNIT_FILES || unit->bytes >= UNIT_BYTES);
		const bool is_enough =
			unit && (unit->count >= ENOUGH_FILES || unit->bytes >= ENOUGH_BYTES);
		const bool is_other_directory =
			i > 0 &&
			!ll_str_equal(directory_of(files[i].path), directory_of(files[i - 1].path));

		if (!unit || is_full || (is_enough && is_other_directory)) {
			unit = ll_vec_push(&plan->units, sizeof *unit);
			*unit = (struct ll_plan_unit){.first = i};
		}
		unit->count++;
		unit->bytes += files[i].size;
		plan->bytes += files[i].size;
	}
}

/* ---------------------------------------------------------------- settled files */

/* Settled files behind the others; both stay in their order. */
static void set_settled_aside(struct ll_plan *plan)
{
	struct ll_unit_file *const files = plan->files.items;
	LL_CLEANUP(ll_freep)
	struct ll_unit_file *settled = ll_calloc(plan->files.count + 1, sizeof *settled);
	size_t count = 0;

	for (size_t i = 0; i < plan->files.count; i++) {
		if (files[i].is_settled)
			settled[count++] = files[i];
		else
			files[plan->to_read++] = files[i];
	}
	for (size_t i = 0; i < count; i++)
		files[plan->to_read + i] = settled[i];
}

int ll_plan_make(struct ll_plan *plan, struct ll_ledger *ledger,
                 const struct ll_ingest_options *options, struct ll_error *err)
{
	int rc = collect(plan, ledger, options, err);

	if (rc < 0)
		return rc;
	sort_files(plan);
	rc = ll_ledger_begin_read(ledger, err);
	if (rc == LL_OK)
		rc = ll_settled_find(plan, ledger, options, err);
	ll_ledger_rollback(ledger);
	set_settled_aside(plan);
	cut_units(plan);
	return rc;
}
