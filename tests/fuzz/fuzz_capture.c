/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What libFuzzer calls. Without LL_FUZZ_FORMAT the bytes are a stored file, as a run would find it;
 * with it they go to the reader of that format, if it bids for them.
 *
 * Some formats need the name of a file (a cgroup's lone number); the size of the input chooses one.
 */
#include <leakledger/capture.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct ll_str name_of(size_t size)
{
	static const char *const names[] = {"capture",     "memory.current", "memory.stat",
	                                    "memory",      "statm",          "memory.pressure",
	                                    "mutex.pprof", "memory.max"};

	return ll_str(names[size % LL_COUNT(names)]);
}

#ifdef LL_FUZZ_FORMAT
static void read_format(const struct ll_format *format, struct ll_stream *stream,
                        struct ll_str name)
{
	struct ll_peek peek = {.head = ll_stream_peek(stream, LL_PEEK_SIZE), .name = name};

	peek.is_whole = peek.head.size < LL_PEEK_SIZE;
	if (format->read && format->bid(&peek) != LL_BID_NO)
		(void)format->read(stream, &peek, &ll_sink_ignore, NULL);
}

static void read_bytes(const uint8_t *data, size_t size)
{
	size_t count;
	const struct ll_format *const *const formats = ll_formats(&count);

	for (size_t i = 0; i < count; i++) {
		LL_CLEANUP(ll_stream_closep) struct ll_stream *stream = NULL;

		if (strcmp(formats[i]->id, LL_FUZZ_FORMAT) != 0)
			continue;
		stream = ll_stream_open_memory(data, size);
		read_format(formats[i], stream, name_of(size));
	}
}
#else
static void read_bytes(const uint8_t *data, size_t size)
{
	LL_CLEANUP(ll_unpacker_freep)
	struct ll_unpacker *unpacker = ll_unpacker_new(&ll_limits_default);
	struct ll_stream *stream;
	int rc;

	ll_unpacker_open_memory(unpacker, ll_str_n((const char *)data, size));
	while ((rc = ll_unpacker_next(unpacker, &stream, NULL)) != 0) {
		if (rc > 0)
			(void)ll_capture_read(stream, name_of(size), &ll_sink_ignore, NULL, NULL);
	}
}
#endif

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	read_bytes(data, size);
	return 0;
}
