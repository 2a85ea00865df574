/* SPDX-License-Identifier: Apache-2.0 */
/* gen_set.c - random numbers, and sets of files with their sums. */
#include "gen.h"

#include <leakledger/file.h>

#include <zlib.h>

#include <inttypes.h>

enum {
	LIST_MAX = 256 * 1024 * 1024,
	FILE_MAX = 256 * 1024 * 1024,
};

struct gen_random gen_random_new(uint64_t seed, uint64_t stream)
{
	return (struct gen_random){.state = seed * UINT64_C(0x9e3779b97f4a7c15) +
	                                    stream * UINT64_C(0xd1342543de82ef95)};
}

uint64_t gen_next(struct gen_random *random)
{
	uint64_t mixed = random->state += UINT64_C(0x9e3779b97f4a7c15);

	mixed = (mixed ^ mixed >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	mixed = (mixed ^ mixed >> 27) * UINT64_C(0x94d049bb133111eb);
	return mixed ^ mixed >> 31;
}

uint32_t gen_below(struct gen_random *random, uint32_t n)
{
	return (uint32_t)((gen_next(random) >> 32) * n >> 32);
}

bool gen_chance(struct gen_random *random, uint32_t percent)
{
	return gen_below(random, 100) < percent;
}

void gen_set_init(struct gen_set *set, const char *root, const char *name, uint64_t seed)
{
	*set = (struct gen_set){.root = root, .name = name, .seed = seed};
	ll_buf_init(&set->list, LIST_MAX);
	ll_buf_init(&set->gzip, FILE_MAX);
}

/* Level 1, as Go's runtime/pprof packs its profiles. */
static int pack(struct ll_buf *out, struct ll_str content, struct ll_error *err)
{
	union {
		const char *from;
		Bytef *to;
	} bytes = {.from = content.data}; /* zlib's input pointer lacks the const it honours */
	z_stream zlib = {0};
	size_t room;
	int state;

	if (deflateInit2(&zlib, Z_BEST_SPEED, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY) != Z_OK)
		return ll_fail(err, LL_E_INTERNAL, "zlib cannot start");
	room = deflateBound(&zlib, content.size);
	ll_buf_clear(out);
	zlib.next_in = bytes.to;
	zlib.avail_in = (uInt)content.size;
	zlib.next_out = (Bytef *)ll_buf_reserve(out, room);
	zlib.avail_out = (uInt)room;
	if (!zlib.next_out) {
		(void)deflateEnd(&zlib);
		return ll_buf_check(out, "packed capture", err);
	}
	state = deflate(&zlib, Z_FINISH);
	ll_buf_commit(out, zlib.total_out);
	(void)deflateEnd(&zlib);
	return state == Z_STREAM_END ? LL_OK : ll_fail(err, LL_E_INTERNAL, "zlib failed");
}

static int write_plain(const char *path, struct ll_str bytes, struct ll_error *err)
{
	FILE *const file = fopen(path, "wb");
	size_t written;

	if (!file)
		return ll_fail(err, LL_E_CREATE, "cannot create '%s'", path);
	written = fwrite(bytes.data, 1, bytes.size, file);
	if (fclose(file) != 0 || written != bytes.size)
		return ll_fail(err, LL_E_IO, "cannot write '%s'", path);
	return LL_OK;
}

int gen_set_put(struct gen_set *set, const char *relative, struct ll_str content, bool is_gzip,
                struct ll_error *err)
{
	LL_CLEANUP(ll_freep) char *path = NULL;
	const size_t size = strlen(set->root) + strlen(set->name) + strlen(relative) + 3;
	struct ll_str stored = content;
	char *slash;
	int rc = LL_OK;

	path = ll_malloc(size);
	(void)snprintf(path, size, "%s/%s/%s", set->root, set->name, relative);
	slash = strrchr(path, '/');
	*slash = '\0';
	rc = ll_file_mkdirs(path, err);
	*slash = '/';
	if (rc == LL_OK && is_gzip) {
		rc = pack(&set->gzip, content, err);
		stored = ll_buf_str(&set->gzip);
	}
	if (rc == LL_OK)
		rc = write_plain(path, stored, err);
	ll_buf_printf(&set->list, "%s\n", path);
	set->files++;
	set->stored_bytes += (int64_t)stored.size;
	set->content_bytes += (int64_t)content.size;
	return rc;
}

static int write_beside(const struct gen_set *set, const char *suffix, struct ll_str bytes,
                        struct ll_error *err)
{
	LL_CLEANUP(ll_freep) char *path = NULL;
	const size_t size = strlen(set->root) + strlen(set->name) + strlen(suffix) + 2;

	path = ll_malloc(size);
	(void)snprintf(path, size, "%s/%s%s", set->root, set->name, suffix);
	return write_plain(path, bytes, err);
}

int gen_set_done(struct gen_set *set, struct ll_error *err)
{
	struct ll_buf sums;
	int rc = ll_buf_check(&set->list, "list of captures", err);

	ll_buf_init(&sums, LL_BUF_MESSAGE);
	ll_buf_printf(&sums,
	              "files %zu\nsamples %zu\nstacks %zu\nstored %" PRId64 "\ncontent %" PRId64
	              "\n",
	              set->files, set->samples, set->stacks, set->stored_bytes, set->content_bytes);
	for (size_t i = 0; i < GEN_VALUES; i++)
		ll_buf_printf(&sums, "v%zu %" PRId64 "\n", i, set->values[i]);
	if (rc == LL_OK)
		rc = write_beside(set, ".list", ll_buf_str(&set->list), err);
	if (rc == LL_OK)
		rc = write_beside(set, ".sums", ll_buf_str(&sums), err);
	ll_buf_done(&sums);
	ll_buf_done(&set->list);
	ll_buf_done(&set->gzip);
	return rc;
}
