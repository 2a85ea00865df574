/* SPDX-License-Identifier: Apache-2.0 */
/*
 * resource.c - one sorted list made of the embedded table and the override directory.
 *
 * Only names below sql/ and templates/ are taken from the directory, so that pointing at a source
 * tree by mistake does not slurp everything in it.
 */
#include <leakledger/arena.h>
#include <leakledger/file.h>
#include <leakledger/resource.h>

enum {
	OVERRIDE_MAX = 4 * 1024 * 1024, /* bytes of one overriding file */
};

/* Written by the build (src/tools/embed.c); sorted by name. */
extern const struct ll_embedded ll_embedded_table[];
extern const size_t ll_embedded_count;

struct ll_resources {
	struct ll_arena arena;
	struct ll_resource *items;
	size_t count;
};

static int by_name(const void *a, const void *b)
{
	const struct ll_resource *const left = a;
	const struct ll_resource *const right = b;

	return strcmp(left->name, right->name);
}

static struct ll_resource *find(const struct ll_resources *set, const char *name, size_t among)
{
	const struct ll_resource wanted = {.name = name};

	return bsearch(&wanted, set->items, among, sizeof *set->items, by_name);
}

static bool is_resource_name(const char *name)
{
	return strncmp(name, "sql/", 4) == 0 || strncmp(name, "templates/", 10) == 0;
}

static int read_override(struct ll_resources *set, const struct ll_file *file, size_t embedded,
                         struct ll_error *err)
{
	struct ll_resource *item = find(set, file->relative, embedded);
	struct ll_buf bytes;
	int rc;

	ll_buf_init(&bytes, OVERRIDE_MAX);
	rc = ll_file_read(file->path, &bytes, err);
	if (rc == LL_OK) {
		const bool is_new = !item;

		if (is_new)
			item = &set->items[set->count++];
		*item = (struct ll_resource){
			.name = ll_arena_str(&set->arena, ll_str(file->relative)).data,
			.bytes = ll_arena_str(&set->arena, ll_buf_str(&bytes)),
			.is_override = true,
			.is_new = is_new,
		};
	} else {
		rc = ll_within(err, "reading override '%s'", file->path);
	}
	ll_buf_done(&bytes);
	return rc;
}

static int add_overrides(struct ll_resources *set, const char *directory, struct ll_error *err)
{
	const size_t embedded = set->count;
	struct ll_arena scratch = LL_ARENA_INIT;
	struct ll_file_list files = {0};
	int rc = ll_file_walk(directory, &scratch, &files, err);

	if (rc == LL_OK && !ll_file_is_directory(directory))
		rc = ll_fail(err, LL_E_USAGE, "'%s' is not a directory", directory);
	if (rc == LL_OK)
		set->items =
			ll_realloc(set->items, set->count + files.count + 1, sizeof *set->items);
	for (size_t i = 0; rc == LL_OK && i < files.count; i++) {
		if (!files.items[i].reason && is_resource_name(files.items[i].relative))
			rc = read_override(set, &files.items[i], embedded, err);
	}
	ll_arena_done(&scratch);
	if (rc == LL_OK)
		qsort(set->items, set->count, sizeof *set->items, by_name);
	return rc;
}

int ll_resources_open(const char *directory, struct ll_resources **ret_set, struct ll_error *err)
{
	LL_CLEANUP(ll_resources_closep) struct ll_resources *set = ll_calloc(1, sizeof *set);

	ll_arena_init(&set->arena);
	set->items = ll_calloc(ll_embedded_count + 1, sizeof *set->items);
	for (size_t i = 0; i < ll_embedded_count; i++) {
		const struct ll_embedded *const row = &ll_embedded_table[i];

		set->items[set->count++] = (struct ll_resource){
			.name = row->name, .bytes = ll_str_n((const char *)row->bytes, row->size)};
	}
	if (directory) {
		const int rc = add_overrides(set, directory, err);

		if (rc < 0)
			return ll_within(err, "resources in '%s'", directory);
	}
	*ret_set = ll_take(&set);
	return LL_OK;
}

void ll_resources_close(struct ll_resources *set)
{
	if (!set)
		return;
	ll_arena_done(&set->arena);
	free(set->items);
	free(set);
}

void ll_resources_closep(struct ll_resources **set)
{
	ll_resources_close(ll_take(set));
}

const struct ll_resource *ll_resource_find(const struct ll_resources *set, const char *name)
{
	return find(set, name, set->count);
}

const struct ll_resource *ll_resource_all(const struct ll_resources *set, size_t *ret_count)
{
	*ret_count = set->count;
	return set->items;
}
