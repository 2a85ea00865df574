/* SPDX-License-Identifier: Apache-2.0 */
/*
 * publish_manifest.c - reading and writing ".leakledger-site".
 *
 *     leakledger-site 1
 *     <key, 32 hex digits>  <hash, 32 hex digits>  <size>  <path>      tabs between
 *     -                     -                      -       <path>      ours, with unknown bytes
 *     end 2                                                            the number of pages
 *
 * The last line tells a text that was cut off. The text may have been edited by anyone, so its
 * paths are held to the same rules as those of new pages: it can name nothing outside the
 * directory.
 */
#include "publish_manifest.h"

#include <inttypes.h>

static const char first_line[] = "leakledger-site 1";
enum {
	PATH_BYTES = 1000,
	PART_BYTES = 255,
	PARTS = 16,
};

void ll_manifest_done(struct ll_manifest *manifest)
{
	free(manifest->pages);
	ll_map_done(&manifest->by_path);
	ll_arena_done(&manifest->arena);
	*manifest = (struct ll_manifest)LL_MANIFEST_INIT;
}

static bool is_plain(char byte)
{
	return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
	       (byte >= '0' && byte <= '9') || byte == '.' || byte == '_' || byte == '-';
}

static bool is_part(struct ll_str part)
{
	if (part.size == 0 || part.size > PART_BYTES || part.data[0] == '.')
		return false;
	for (size_t i = 0; i < part.size; i++) {
		if (!is_plain(part.data[i]))
			return false;
	}
	return true;
}

bool ll_page_path_is_valid(struct ll_str path)
{
	if (path.size > PATH_BYTES)
		return false;
	for (unsigned parts = 0; parts < PARTS; parts++) {
		if (!is_part(ll_str_split(&path, '/')))
			return false;
		if (!path.data)
			return true;
	}
	return false;
}

static struct ll_hash path_hash(const char *path)
{
	return ll_hash_bytes(path, strlen(path));
}

struct ll_page *ll_manifest_find(const struct ll_manifest *manifest, const char *path)
{
	const uint32_t index = ll_map_find(&manifest->by_path, path_hash(path));

	return index != LL_MAP_NONE ? &manifest->pages[index] : NULL;
}

size_t ll_manifest_add(struct ll_manifest *manifest, const struct ll_page *page)
{
	const size_t index = manifest->count;

	if (ll_manifest_find(manifest, page->path))
		return SIZE_MAX;
	if (!manifest->pages || index == manifest->capacity) {
		manifest->capacity = manifest->capacity > 0 ? manifest->capacity * 2 : 256;
		manifest->pages =
			ll_realloc(manifest->pages, manifest->capacity, sizeof *manifest->pages);
	}
	manifest->pages[index] = *page;
	manifest->pages[index].path = ll_arena_str(&manifest->arena, ll_str(page->path)).data;
	manifest->count++;
	(void)ll_map_put(&manifest->by_path, path_hash(page->path), (uint32_t)index);
	return index;
}

static int by_path(const void *a, const void *b)
{
	const struct ll_page *const left = a;
	const struct ll_page *const right = b;

	return strcmp(left->path, right->path);
}

void ll_manifest_sort(struct ll_manifest *manifest)
{
	if (manifest->count == 0)
		return;
	qsort(manifest->pages, manifest->count, sizeof *manifest->pages, by_path);
	ll_map_clear(&manifest->by_path);
	for (size_t i = 0; i < manifest->count; i++)
		(void)ll_map_put(&manifest->by_path, path_hash(manifest->pages[i].path),
		                 (uint32_t)i);
}

static bool parse_hash(struct ll_str text, struct ll_hash *ret_hash)
{
	return text.size == 32 && ll_str_to_hex(ll_str_first(text, 16), &ret_hash->high) &&
	       ll_str_to_hex(ll_str_from(text, 16), &ret_hash->low);
}

/* False when the line is not as we write it; the page is added whenever its path can be one. */
static bool parse_line(struct ll_manifest *manifest, struct ll_str line)
{
	const struct ll_str key = ll_str_split(&line, '\t');
	const struct ll_str hash = ll_str_split(&line, '\t');
	const struct ll_str size = ll_str_split(&line, '\t');
	struct ll_page page = {.size = LL_PAGE_UNKNOWN};
	bool is_whole = true;

	if (!ll_page_path_is_valid(line))
		return false;
	page.path = ll_arena_str(&manifest->arena, line).data;
	if (!ll_str_equal(size, ll_str("-")))
		is_whole = parse_hash(key, &page.key) && parse_hash(hash, &page.hash) &&
		           ll_str_to_i64(size, &page.size) && page.size >= 0;
	return ll_manifest_add(manifest, &page) != SIZE_MAX && is_whole;
}

void ll_manifest_parse(struct ll_manifest *manifest, struct ll_str text)
{
	bool is_whole = ll_str_equal(ll_str_split(&text, '\n'), ll_str(first_line));
	bool has_end = false;

	while (text.size > 0) {
		struct ll_str line = ll_str_split(&text, '\n');
		uint64_t count;

		if (has_end || !text.data) {
			is_whole = false;
		} else if (ll_str_skip(&line, "end ")) {
			has_end = true;
			is_whole =
				is_whole && ll_str_to_u64(line, &count) && count == manifest->count;
			continue;
		}
		is_whole = parse_line(manifest, line) && is_whole;
	}
	manifest->is_damaged = !is_whole || !has_end;
	for (size_t i = 0; manifest->is_damaged && i < manifest->count; i++)
		manifest->pages[i].size = LL_PAGE_UNKNOWN;
}

void ll_manifest_print(const struct ll_manifest *manifest, struct ll_buf *out)
{
	ll_buf_printf(out, "%s\n", first_line);
	for (size_t i = 0; i < manifest->count; i++) {
		const struct ll_page *const page = &manifest->pages[i];
		char key[33];
		char hash[33];

		if (page->size == LL_PAGE_UNKNOWN)
			ll_buf_printf(out, "-\t-\t-\t%s\n", page->path);
		else
			ll_buf_printf(out, "%s\t%s\t%" PRId64 "\t%s\n",
			              ll_hash_to_hex(page->key, key),
			              ll_hash_to_hex(page->hash, hash), page->size, page->path);
	}
	ll_buf_printf(out, "end %zu\n", manifest->count);
}
