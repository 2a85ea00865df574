/* SPDX-License-Identifier: Apache-2.0 */
/*
 * read_captures.c - our readers alone: every capture of a list is unpacked, recognised and read,
 * and what comes out is added up. Nothing is stored.
 */
#include "list.h"

#include <leakledger/capture.h>

#include <inttypes.h>

enum {
	VALUES = 4,
};

struct reader {
	struct ll_unpacker *unpacker;
	struct ll_sink sink;
	size_t files, types;
	uint64_t samples, goroutines, groups;
	int64_t values[VALUES], heap_alloc;
};

static int begin(void *self, const struct ll_origin *origin, struct ll_error *err)
{
	struct reader *const reader = self;

	(void)err;
	reader->types = origin->type_count;
	return LL_OK;
}

static int take_samples(void *self, const struct ll_samples *samples, struct ll_error *err)
{
	struct reader *const reader = self;

	(void)err;
	reader->samples += samples->count;
	for (size_t i = 0; i < samples->count; i++) {
		for (size_t k = 0; k < reader->types && k < VALUES; k++)
			reader->values[k] += samples->values[i * reader->types + k];
	}
	return LL_OK;
}

static int take_goroutines(void *self, const struct ll_goroutines *same, struct ll_error *err)
{
	struct reader *const reader = self;

	(void)err;
	reader->groups++;
	reader->goroutines += same->count;
	return LL_OK;
}

static int take_scalar(void *self, enum ll_metric metric, int64_t value, struct ll_error *err)
{
	struct reader *const reader = self;

	(void)err;
	if (metric == LL_METRIC_HEAP_ALLOC)
		reader->heap_alloc += value;
	return LL_OK;
}

static int read_file(void *self, const char *path, struct ll_error *err)
{
	struct reader *const reader = self;
	struct ll_stream *stream;
	struct ll_hash hash;
	int64_t size;
	struct ll_str name = ll_str(path);
	int rc = ll_unpacker_open(reader->unpacker, path, &hash, &size, err);

	name = ll_str_from(name, ll_str_rindex(name, '/') + 1);
	while (rc >= 0 && (rc = ll_unpacker_next(reader->unpacker, &stream, err)) > 0)
		rc = ll_capture_read(stream, name, &reader->sink, NULL, err);
	reader->files++;
	return rc < 0 ? ll_within(err, "'%s'", path) : LL_OK;
}

int main(int argc, char **argv)
{
	struct reader reader = {.sink = ll_sink_ignore};
	int status;

	reader.unpacker = ll_unpacker_new(&ll_limits_default);
	reader.sink.self = &reader;
	reader.sink.begin = begin;
	reader.sink.samples = take_samples;
	reader.sink.goroutines = take_goroutines;
	reader.sink.scalar = take_scalar;
	status = bench_each(argc, argv, read_file, &reader);
	(void)printf("files %zu\nsamples %" PRIu64 "\ngoroutines %" PRIu64 "\ngroups %" PRIu64
	             "\nheap_alloc %" PRId64 "\n",
	             reader.files, reader.samples, reader.goroutines, reader.groups,
	             reader.heap_alloc);
	for (size_t i = 0; i < VALUES; i++)
		(void)printf("v%zu %" PRId64 "\n", i, reader.values[i]);
	ll_unpacker_free(reader.unpacker);
	return status;
}
