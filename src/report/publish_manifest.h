/* SPDX-License-Identifier: Apache-2.0 */
/*
 * publish_manifest.h - the list of a site's pages, as a table and as the text of
 * ".leakledger-site".
 */
#ifndef LL_REPORT_PUBLISH_MANIFEST_H
#define LL_REPORT_PUBLISH_MANIFEST_H

#include <leakledger/arena.h>
#include <leakledger/buf.h>
#include <leakledger/hash.h>

/** Size of a page whose file may hold anything: it is ours, and that is all we know. */
#define LL_PAGE_UNKNOWN INT64_C(-1)

struct ll_page {
	const char *path;
	struct ll_hash key;  /* of what the page is made from */
	struct ll_hash hash; /* of its bytes */
	int64_t size;        /* bytes, or LL_PAGE_UNKNOWN: then key and hash mean nothing */
	bool is_written;     /* this publication wrote the file; not in the text */
};

struct ll_manifest {
	struct ll_page *pages;
	size_t count, capacity;
	struct ll_map by_path; /* hash of path -> index */
	struct ll_arena arena; /* the paths */
	bool is_damaged;       /* the text was not one of ours: all sizes are unknown */
};

#define LL_MANIFEST_INIT                                                                           \
	{                                                                                          \
		.pages = NULL, .by_path = LL_MAP_INIT, .arena = LL_ARENA_INIT                      \
	}

void ll_manifest_done(struct ll_manifest *manifest);

/** The rules of publish.h for the path of a page. */
bool ll_page_path_is_valid(struct ll_str path);

/** The page with that path, or NULL. */
struct ll_page *ll_manifest_find(const struct ll_manifest *manifest, const char *path);
/**
 * Adds a page, copying its path, and returns its index; SIZE_MAX when the path is there already.
 */
size_t ll_manifest_add(struct ll_manifest *manifest, const struct ll_page *page);
/** Orders the pages by path. */
void ll_manifest_sort(struct ll_manifest *manifest);

/** Reads a text; every line that names a page counts, also in a damaged text. */
void ll_manifest_parse(struct ll_manifest *manifest, struct ll_str text);
void ll_manifest_print(const struct ll_manifest *manifest, struct ll_buf *out);

#endif
