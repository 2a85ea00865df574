/* SPDX-License-Identifier: Apache-2.0 */
/*
 * gen_real.c - heap profiles that somebody else's programs wrote, often enough to be measured.
 *
 * A hundred real files are read before the clock has seen anything, and most of that time goes into
 * names that are met for the first time. Each file is therefore taken several times with a comment
 * (field 13, which readers skip) that differs, so that the bytes differ and nothing else does.
 * Which files, and what they add up to, comes from the corpus' own table, made by another program.
 */
#include "gen.h"

#include <leakledger/capture.h>
#include <leakledger/file.h>

enum {
	TABLE_MAX = 16 * 1024 * 1024,
	PATH_COLUMN = 0,
	KIND_COLUMN = 1,
	SOURCE_COLUMN = 2,
	TYPES_COLUMN = 3,
	SAMPLES_COLUMN = 4,
	TOTALS_COLUMN = 5,
	USED_COLUMNS,
};

struct real_file {
	struct ll_str path;
	uint64_t samples;
	uint64_t totals[GEN_VALUES];
};

/* A row of the table that is a heap profile with the usual values. */
static bool parse_row(struct ll_str line, struct real_file *ret_file)
{
	struct ll_str columns[USED_COLUMNS];

	for (size_t i = 0; i < USED_COLUMNS; i++)
		columns[i] = ll_str_split(&line, '\t');
	if (!ll_str_equal(columns[KIND_COLUMN], ll_str("heap-pb")) &&
	    !ll_str_equal(columns[KIND_COLUMN], ll_str("allocs-pb")))
		return false;
	if (!ll_str_equal(columns[SOURCE_COLUMN], ll_str("pb")) ||
	    !ll_str_equal(columns[TYPES_COLUMN], ll_str("alloc_objects/count;alloc_space/bytes;"
	                                                "inuse_objects/count;inuse_space/bytes")))
		return false;
	ret_file->path = columns[PATH_COLUMN];
	for (size_t i = 0; i < GEN_VALUES; i++) {
		if (!ll_str_to_u64(ll_str_split(&columns[TOTALS_COLUMN], ';'),
		                   &ret_file->totals[i]))
			return false;
	}
	return ll_str_to_u64(columns[SAMPLES_COLUMN], &ret_file->samples);
}

/* The content of a stored file: its only gzip member, or itself. */
static int read_content(struct ll_unpacker *unpacker, const char *path, struct ll_buf *content,
                        struct ll_error *err)
{
	struct ll_stream *stream;
	struct ll_hash hash;
	struct ll_str bytes;
	int64_t size;
	int rc = ll_unpacker_open(unpacker, path, &hash, &size, err);

	if (rc == LL_OK)
		rc = ll_unpacker_next(unpacker, &stream, err);
	if (rc == 1)
		rc = ll_stream_all(stream, &bytes, err);
	if (rc < 0)
		return rc;
	ll_buf_clear(content);
	ll_buf_put_str(content, bytes);
	return ll_buf_check(content, "profile", err);
}

static int put_copies(struct gen_set *set, const struct real_file *file, size_t number,
                      struct ll_buf *content, size_t copies, struct ll_error *err)
{
	const size_t size = content->size;
	int rc = LL_OK;

	for (size_t copy = 0; rc == LL_OK && copy < copies; copy++) {
		char path[64];

		content->size = size;
		/* String 0, the empty one, as a comment, written with another length each time. */
		for (size_t i = 0; i < copy; i++)
			ll_buf_put(content, "\x68\x00", 2);
		(void)snprintf(path, sizeof path, "real-%03zu/pod-0/heap-%zu.pb.gz", number,
		               1767225600 + copy * 600);
		rc = gen_set_put(set, path, ll_buf_str(content), true, err);
		set->samples += file->samples;
		for (size_t i = 0; i < GEN_VALUES; i++)
			set->values[i] += (int64_t)file->totals[i];
	}
	return rc;
}

/* Some real files came from two places; the ledger would know the second as the first. */
static bool is_new(struct ll_map *seen, struct ll_str content)
{
	const struct ll_hash hash = ll_hash_bytes(content.data, content.size);

	if (ll_map_find(seen, hash) != LL_MAP_NONE)
		return false;
	ll_map_set(seen, hash, 0);
	return true;
}

static int put_rows(struct gen_set *set, const char *corpus, struct ll_str table, size_t copies,
                    struct ll_error *err)
{
	LL_CLEANUP(ll_unpacker_freep)
	struct ll_unpacker *unpacker = ll_unpacker_new(&ll_limits_default);
	struct ll_buf content;
	struct ll_map seen = LL_MAP_INIT;
	size_t number = 0;
	int rc = LL_OK;

	ll_buf_init(&content, (size_t)ll_limits_default.memory_bytes);
	while (rc == LL_OK && table.size > 0) {
		struct real_file file;
		char path[1024];

		if (!parse_row(ll_str_split(&table, '\n'), &file))
			continue;
		(void)snprintf(path, sizeof path, "%s/files/%.*s", corpus, LL_STR_ARG(file.path));
		rc = read_content(unpacker, path, &content, err);
		if (rc == LL_OK && is_new(&seen, ll_buf_str(&content)))
			rc = put_copies(set, &file, number++, &content, copies, err);
	}
	ll_map_done(&seen);
	ll_buf_done(&content);
	return rc;
}

int gen_real(struct gen_set *set, const char *corpus, size_t copies, struct ll_error *err)
{
	struct ll_buf table;
	char path[1024];
	int rc;

	ll_buf_init(&table, TABLE_MAX);
	(void)snprintf(path, sizeof path, "%s/ORACLE.tsv", corpus);
	rc = ll_file_read(path, &table, err);
	if (rc == LL_OK)
		rc = put_rows(set, corpus, ll_buf_str(&table), copies, err);
	ll_buf_done(&table);
	return rc;
}
