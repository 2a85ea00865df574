/* SPDX-License-Identifier: Apache-2.0 */
/*
 * unpack.c - a stored file taken apart into the contents to read.
 *
 *     file -- gzip -+-- content                                    outer layer
 *                   +-- gzip, zstd, xz, bzip2 -- content           inner layer
 *                   +-- tar, zip -- member -+-- content
 *                                           +-- gzip, zstd, xz, bzip2 -- content   inner layer
 *
 *   1. What something is, its first bytes tell, whatever its name says. A compressed archive is
 *      taken apart as an archive; zstd, xz and bzip2 around a file are undone by container.c.
 *   2. Members may be compressed, and so may be what is in a gzip file of one member: profiles
 *      are gzip already, and what rotates files compresses them again. An archive inside an
 *      archive, and what is left compressed, is handed out as it is, and the format that knows
 *      archives refuses it with the reason.
 *   3. A file of up to memory_bytes is read as a whole, an archive only when it is small; larger
 *      ones are read through a window (a log of many GiB costs 2 MiB) from the descriptor.
 *   4. A member of up to whole_bytes is read as a whole, a larger one through a window.
 *   5. What a directory's walk passes over (hidden names, editors' leftovers) is passed over here.
 *   6. The contents of one file hold at most archive_bytes together.
 *
 * A thread holds at most memory_bytes (a stored file), whole_bytes (an archive that was gzip),
 * whole_bytes (a member), and whole_bytes or memory_bytes (its content).
 */
#define _GNU_SOURCE /* preadv2 */
#include "container.h"
#include "gzip.h"
#include "http_head.h"

#include <leakledger/file.h>

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <sys/uio.h>
#include <unistd.h>

const struct ll_limits ll_limits_default = {
	.memory_bytes = INT64_C(256) << 20,
	.whole_bytes = INT64_C(64) << 20,
	.stream_bytes = INT64_C(16) << 30,
	.ratio = 200,
	.ratio_free_bytes = INT64_C(16) << 20,
	.members = 10000,
	.entries = 1000000,
	.archive_bytes = INT64_C(64) << 30,
};

enum {
	KEEP_BYTES = 8 * 1024 * 1024, /* buffers up to this size stay for the next file */
	/* So does a file's own: of 10,000 goroutines it is 15 MB, and new pages cost time. */
	KEEP_FILE_BYTES = 32 * 1024 * 1024,
	CHUNK = 1024 * 1024,
	READ_AHEAD_BYTES = 16 * 1024 * 1024,
	NAME_MAX_BYTES = 4096,
	AGAIN = 2, /* something was opened: look into it */
};

/* Something stored that gives one content after the other: the file, or a member. */
struct layer {
	enum {
		LAYER_NONE,
		LAYER_PLAIN,
		LAYER_GZIP,
		LAYER_PACKED, /* zstd, xz, bzip2 */
	} kind;
	struct ll_str bytes; /* all of it; with data NULL it comes from the source */
	struct ll_source source;
	struct ll_gzip *gzip;
	struct ll_container *packed;
	bool is_given; /* its only content */
};

/* What is read of a source before anybody asks, so that it can be handed out as a whole. */
struct ahead {
	struct ll_source from;
	struct ll_buf bytes;
	size_t at; /* bytes that were handed out piecewise */
	bool is_whole;
	struct ll_error problem; /* behind the bytes */
};

/* Between a content's source and its stream: counts and hashes. */
struct window {
	struct ll_unpacker *unpacker;
	struct ll_source inside; /* where the bytes come from */
	struct ll_source source; /* what the stream sees */
	struct ll_hasher *hasher;
	int64_t size;
};

struct content {
	struct ll_stream *stream;
	struct ll_str bytes;   /* when it is in memory */
	struct window *window; /* when it is not */
};

struct ll_unpacker {
	struct ll_limits limits;
	struct ll_buf file; /* stored bytes, when read as a whole */
	int descriptor;     /* of a file that is not; else -1 */
	int expected;       /* descriptor of the next file; else -1 */
	const char *expected_path;
	int64_t expected_size;
	int64_t stored; /* its size */
	struct layer outer, inner;
	struct content content;
	int64_t expanded; /* bytes of all contents so far */
	int64_t date_ns;  /* of HTTP headers in front of the stored bytes */

	struct ll_container *container; /* the archive that is being taken apart, or NULL */
	struct content below;           /* its bytes, when they come out of gzip */
	struct ll_source below_source;
	bool is_over; /* nothing more will come */
	size_t shown; /* members that were no leftovers */
	struct ll_member member;
	struct ll_buf name;
	struct ahead entry;      /* the member's bytes */
	struct ahead unpacked;   /* those that come out of zstd, xz or bzip2 */
	struct ll_error problem; /* met while opening: told by the first ll_unpacker_next */
};

struct ll_unpacker *ll_unpacker_new(const struct ll_limits *limits)
{
	struct ll_unpacker *const unpacker = ll_calloc(1, sizeof *unpacker);

	unpacker->limits = *limits;
	ll_buf_init(&unpacker->file, (size_t)limits->memory_bytes);
	ll_buf_init(&unpacker->entry.bytes, (size_t)limits->whole_bytes);
	ll_buf_init(&unpacker->unpacked.bytes, (size_t)limits->whole_bytes);
	ll_buf_init(&unpacker->name, NAME_MAX_BYTES);
	unpacker->descriptor = -1;
	unpacker->expected = -1;
	unpacker->outer.gzip = ll_gzip_new(&unpacker->limits);
	unpacker->inner.gzip = ll_gzip_new(&unpacker->limits);
	return unpacker;
}

static void end_content(struct content *content)
{
	ll_stream_close(content->stream);
	if (content->window)
		ll_hasher_free(content->window->hasher);
	free(content->window);
	memset(content, 0, sizeof *content);
}

static void end_layer(struct layer *layer)
{
	if (layer->kind == LAYER_GZIP)
		ll_gzip_close(layer->gzip);
	ll_container_close(ll_take(&layer->packed));
	layer->kind = LAYER_NONE;
	layer->bytes = ll_str_n(NULL, 0);
	layer->is_given = false;
}

static void keep_small(struct ll_buf *buf, size_t most)
{
	if (buf->capacity > most)
		ll_buf_done(buf);
}

static void end_file(struct ll_unpacker *unpacker)
{
	end_content(&unpacker->content);
	end_layer(&unpacker->inner);
	ll_container_close(ll_take(&unpacker->container));
	end_content(&unpacker->below);
	end_layer(&unpacker->outer);
	ll_file_closep(&unpacker->descriptor);
	keep_small(&unpacker->file, KEEP_FILE_BYTES);
	keep_small(&unpacker->entry.bytes, KEEP_BYTES);
	keep_small(&unpacker->unpacked.bytes, KEEP_BYTES);
	ll_error_clear(&unpacker->problem);
	unpacker->is_over = false;
	unpacker->shown = 0;
	unpacker->expanded = 0;
	unpacker->date_ns = LL_TIME_NONE;
	unpacker->member = (struct ll_member){.modified_ns = LL_TIME_NONE};
}

void ll_unpacker_free(struct ll_unpacker *unpacker)
{
	if (!unpacker)
		return;
	end_file(unpacker);
	ll_file_closep(&unpacker->expected);
	ll_buf_done(&unpacker->file);
	ll_buf_done(&unpacker->entry.bytes);
	ll_buf_done(&unpacker->unpacked.bytes);
	ll_buf_done(&unpacker->name);
	ll_gzip_free(unpacker->outer.gzip);
	ll_gzip_free(unpacker->inner.gzip);
	free(unpacker);
}

void ll_unpacker_freep(struct ll_unpacker **unpacker)
{
	ll_unpacker_free(ll_take(unpacker));
}

/* --------------------------------------------------------------------- contents */

/* Rule 6. Returns `size`, or that it is too much. */
static int64_t count_content(struct ll_unpacker *unpacker, int64_t size, struct ll_error *err)
{
	unpacker->expanded += size;
	if (unpacker->expanded <= unpacker->limits.archive_bytes)
		return size;
	unpacker->is_over = true;
	return ll_fail(err, LL_E_LIMIT, "expands to more than %" PRId64 " bytes",
	               unpacker->limits.archive_bytes);
}

static int open_memory(struct ll_unpacker *unpacker, struct ll_str bytes, struct ll_error *err)
{
	struct content *const content = &unpacker->content;
	const int64_t size = count_content(unpacker, (int64_t)bytes.size, err);

	if (size < 0)
		return (int)size;
	content->bytes = bytes;
	content->stream = ll_stream_open_memory(bytes.data, bytes.size);
	return 1;
}

/* Counts and hashes what a window was given. The bytes of an archive are no content yet. */
static int64_t fill_window(void *self, char *to, size_t size, struct ll_error *err)
{
	struct window *const window = self;
	struct ll_unpacker *const unpacker = window->unpacker;
	const bool is_archive = unpacker->below.window == window;
	const int64_t ceiling =
		is_archive ? unpacker->limits.archive_bytes : unpacker->limits.stream_bytes;
	const int64_t got = window->inside.fill(window->inside.self, to, size, err);

	if (got <= 0)
		return got;
	window->size += got;
	ll_hasher_put(window->hasher, to, (size_t)got);
	if (window->size > ceiling)
		return ll_fail(err, LL_E_LIMIT, "content is larger than %" PRId64 " bytes",
		               ceiling);
	return is_archive ? got : count_content(unpacker, got, err);
}

static int open_window(struct ll_unpacker *unpacker, struct ll_source inside)
{
	struct window *const window = ll_calloc(1, sizeof *window);

	window->unpacker = unpacker;
	window->inside = inside;
	window->source = (struct ll_source){.self = window, .fill = fill_window};
	window->hasher = ll_hasher_new();
	unpacker->content.window = window;
	unpacker->content.stream =
		ll_stream_open_source(&window->source, unpacker->limits.memory_bytes);
	return 1;
}

/* ------------------------------------------------------------------ reading ahead */

/* Reads up to the buffer's ceiling. */
static void read_ahead(struct ahead *ahead, struct ll_source from)
{
	struct ll_buf *const bytes = &ahead->bytes;

	ahead->from = from;
	ahead->at = 0;
	ahead->is_whole = false;
	ll_error_clear(&ahead->problem);
	ll_buf_clear(bytes);
	while (bytes->size < bytes->ceiling) {
		const size_t left = bytes->ceiling - bytes->size;
		const size_t room = left < CHUNK ? left : CHUNK;
		const int64_t got =
			from.fill(from.self, ll_buf_reserve(bytes, room), room, &ahead->problem);

		if (got <= 0) {
			ahead->is_whole = got == 0;
			return;
		}
		ll_buf_commit(bytes, (size_t)got);
	}
}

/* What was read ahead, and then the rest. */
static int64_t fill_ahead(void *self, char *to, size_t size, struct ll_error *err)
{
	struct ahead *const ahead = self;
	const struct ll_str left =
		ll_str_first(ll_str_from(ll_buf_str(&ahead->bytes), ahead->at), size);

	if (left.size > 0) {
		memcpy(to, left.data, left.size);
		ahead->at += left.size;
		return (int64_t)left.size;
	}
	if (ahead->problem.code != LL_OK)
		return ll_fail(err, ahead->problem.code, "%s", ahead->problem.text);
	return ahead->is_whole ? 0 : ahead->from.fill(ahead->from.self, to, size, err);
}

/* Nothing was read but the reason why. */
static int check_ahead(const struct ahead *ahead, struct ll_error *err)
{
	if (ahead->problem.code == LL_OK || ahead->bytes.size > 0)
		return LL_OK;
	return ll_fail(err, ahead->problem.code, "%s", ahead->problem.text);
}

static struct ll_source source_of(struct ahead *ahead)
{
	return (struct ll_source){.self = ahead, .fill = fill_ahead};
}

/* ----------------------------------------------------------------------- layers */

/* Opens a layer over its bytes, or over its source; `head` is how it begins. */
static int open_layer(struct ll_unpacker *unpacker, struct layer *layer, struct ll_str head,
                      struct ll_error *err)
{
	const bool is_memory = layer->bytes.data != NULL;
	int rc = LL_OK;

	layer->is_given = false;
	layer->kind = LAYER_PLAIN;
	if (ll_gzip_is(head)) {
		layer->kind = LAYER_GZIP;
		if (is_memory)
			ll_gzip_open_memory(layer->gzip, layer->bytes);
		else
			ll_gzip_open_source(layer->gzip, &layer->source);
	} else if (ll_container_packing(head)) {
		const struct ll_container_input input = {
			.source = is_memory ? NULL : &layer->source,
			.descriptor = -1,
			.memory = layer->bytes,
			.word = ll_container_packing(head),
			.is_inner = true,
		};

		layer->kind = LAYER_PACKED;
		rc = ll_container_open(&input, &unpacker->limits, &layer->packed, err);
	}
	if (rc < 0)
		end_layer(layer);
	return rc;
}

static int next_gzip(struct ll_unpacker *unpacker, const struct layer *layer, struct ll_error *err)
{
	struct ll_str whole;
	const int rc = ll_gzip_next(layer->gzip, &whole, err);

	if (rc <= 0)
		return rc;
	if (whole.data)
		return open_memory(unpacker, whole, err);
	return open_window(unpacker, (struct ll_source){.self = layer->gzip, .fill = ll_gzip_fill});
}

static int next_packed(struct ll_unpacker *unpacker, const struct layer *layer,
                       struct ll_error *err)
{
	struct ll_container_entry entry;
	struct ahead *const ahead = &unpacker->unpacked;
	int rc = ll_container_next(layer->packed, &entry, err);

	if (rc < 0)
		return rc;
	if (rc == 0)
		return open_memory(unpacker, ll_str(""), err);
	read_ahead(ahead, (struct ll_source){.self = layer->packed, .fill = ll_container_fill});
	rc = check_ahead(ahead, err);
	if (rc < 0)
		return rc;
	if (ahead->is_whole)
		return open_memory(unpacker, ll_buf_str(&ahead->bytes), err);
	return open_window(unpacker, source_of(ahead));
}

/* Opens the layer's next content: 1, 0 when there is none left, or a negative code. */
static int next_content(struct ll_unpacker *unpacker, struct layer *layer, struct ll_error *err)
{
	if (layer->kind == LAYER_GZIP)
		return next_gzip(unpacker, layer, err);
	if (layer->kind == LAYER_NONE || layer->is_given)
		return 0;
	layer->is_given = true;
	if (layer->kind == LAYER_PACKED)
		return next_packed(unpacker, layer, err);
	if (layer->bytes.data)
		return open_memory(unpacker, layer->bytes, err);
	return open_window(unpacker, layer->source);
}

/* --------------------------------------------------------------------- archives */

/* The word for what container.c is to open: an archive, also within zstd and its like. */
static const char *container_word(struct ll_str head)
{
	const char *const archive = ll_container_archive(head);

	return archive ? archive : ll_container_packing(head);
}

static int open_container(struct ll_unpacker *unpacker, const struct ll_source *source,
                          struct ll_str memory, const char *word, struct ll_error *err)
{
	const struct ll_container_input input = {
		.source = source,
		.descriptor = unpacker->descriptor,
		.memory = memory,
		.word = word,
		.stored = unpacker->stored,
	};

	return ll_container_open(&input, &unpacker->limits, &unpacker->container, err);
}

static int64_t fill_from_below(void *self, char *to, size_t size, struct ll_error *err)
{
	return ll_stream_take(self, to, size, err);
}

/* Members of gzip that follow each other are one archive, read as it is inflated. */
static int open_joined(struct ll_unpacker *unpacker, const char *word, struct ll_error *err)
{
	ll_gzip_join(unpacker->outer.gzip);
	if (!unpacker->content.window) {
		end_content(&unpacker->content);
		(void)open_window(unpacker, (struct ll_source){.self = unpacker->outer.gzip,
		                                               .fill = ll_gzip_fill});
	}
	unpacker->below = unpacker->content;
	memset(&unpacker->content, 0, sizeof unpacker->content);
	unpacker->below_source =
		(struct ll_source){.self = unpacker->below.stream, .fill = fill_from_below};
	return open_container(unpacker, &unpacker->below_source, ll_str_n(NULL, 0), word, err);
}

/* The content that was opened turns out to be an archive. */
static int open_below(struct ll_unpacker *unpacker, const char *word, struct ll_error *err)
{
	const struct ll_str whole = unpacker->content.bytes;
	int rc;

	unpacker->expanded = 0;
	if (!unpacker->content.window && ll_gzip_is_last(unpacker->outer.gzip)) {
		end_content(&unpacker->content);
		rc = open_container(unpacker, NULL, whole, word, err);
	} else {
		rc = open_joined(unpacker, word, err);
	}
	unpacker->is_over = rc < 0;
	return rc < 0 ? rc : AGAIN;
}

/* "/a/./../b" -> "a/b", in unpacker->name. False when something in it is a leftover or hidden. */
static bool take_name(struct ll_unpacker *unpacker, struct ll_str name)
{
	bool is_shown = true;

	ll_buf_clear(&unpacker->name);
	while (name.size > 0) {
		const struct ll_str element = ll_str_split(&name, '/');

		if (element.size == 0 || ll_str_equal(element, ll_str(".")) ||
		    ll_str_equal(element, ll_str("..")))
			continue;
		is_shown = is_shown && !ll_file_is_leftover(element);
		if (unpacker->name.size > 0)
			ll_buf_putc(&unpacker->name, '/');
		ll_buf_put_str(&unpacker->name, element);
	}
	unpacker->member.name = ll_buf_str(&unpacker->name);
	return is_shown;
}

static int open_member(struct ll_unpacker *unpacker, struct ll_error *err)
{
	struct layer *const inner = &unpacker->inner;
	struct ahead *const entry = &unpacker->entry;
	int rc;

	read_ahead(entry,
	           (struct ll_source){.self = unpacker->container, .fill = ll_container_fill});
	rc = check_ahead(entry, err);
	if (rc < 0)
		return rc;
	inner->bytes = entry->is_whole ? ll_buf_str(&entry->bytes) : ll_str_n(NULL, 0);
	inner->source = source_of(entry);
	return open_layer(unpacker, inner, ll_buf_str(&entry->bytes), err);
}

/* The archive has no more members, or none that it can give. */
static int end_archive(struct ll_unpacker *unpacker, int rc, struct ll_error *err)
{
	unpacker->is_over = true;
	unpacker->member = (struct ll_member){.modified_ns = LL_TIME_NONE};
	if (rc < 0 || unpacker->shown > 0)
		return rc;
	/* What expands to nothing is an empty content, not none. */
	if (ll_container_is_empty(unpacker->container))
		return open_memory(unpacker, ll_str(""), err);
	return ll_fail(err, LL_E_FORMAT, "no files in this archive, or only zero bytes");
}

/* Goes on to the next member of the archive. */
static int next_member(struct ll_unpacker *unpacker, struct ll_error *err)
{
	struct ll_container_entry entry;
	int rc = ll_container_next(unpacker->container, &entry, err);

	if (rc <= 0)
		return end_archive(unpacker, rc, err);
	unpacker->member.modified_ns = entry.modified_ns;
	if (!take_name(unpacker, ll_str(entry.name)) ||
	    (entry.name && unpacker->member.name.size == 0))
		return AGAIN;
	unpacker->shown++;
	if (entry.reason)
		return ll_fail(err, LL_E_FORMAT, "%s", entry.reason);
	rc = open_member(unpacker, err);
	return rc < 0 ? rc : AGAIN;
}

/* ------------------------------------------------------------------------ files */

static int64_t fill_from_file(void *self, char *to, size_t size, struct ll_error *err)
{
	const struct ll_unpacker *const unpacker = self;

	return ll_file_read_some(unpacker->descriptor, to, size, err);
}

/* First pass over a file that is not held in memory: its hash. */
static int hash_file(struct ll_unpacker *unpacker, struct ll_hash *ret_stored, struct ll_error *err)
{
	LL_CLEANUP(ll_hasher_freep) struct ll_hasher *hasher = ll_hasher_new();
	LL_CLEANUP(ll_freep) char *chunk = ll_malloc(CHUNK);
	int64_t got;

	while ((got = ll_file_read_some(unpacker->descriptor, chunk, CHUNK, err)) > 0)
		ll_hasher_put(hasher, chunk, (size_t)got);
	if (got < 0)
		return (int)got;
	if (lseek(unpacker->descriptor, 0, SEEK_SET) != 0)
		return ll_fail_errno(err, LL_E_IO, errno, "cannot be read twice");
	*ret_stored = ll_hasher_get(hasher);
	return LL_OK;
}

/*
 * `curl -i` saves the answer's headers in front of compressed bytes, too: they are taken away, and
 * their Date goes with what is in the bytes. In front of text they are left to who reads it.
 */
static struct ll_str behind_http_headers(struct ll_unpacker *unpacker, struct ll_str bytes)
{
	int64_t date_ns;
	const struct ll_str body = ll_str_from(bytes, ll_http_head(bytes, &date_ns));
	const struct ll_str head = ll_str_first(body, LL_CONTAINER_HEAD);

	if (!ll_gzip_is(head) && !container_word(head))
		return bytes;
	unpacker->date_ns = date_ns;
	return body;
}

/*
 * Bytes in memory, or with data NULL the descriptor. That the file is damaged is for
 * ll_unpacker_next to say: its bytes could be read.
 */
static void open_stored(struct ll_unpacker *unpacker, struct ll_str bytes, struct ll_str head)
{
	struct layer *const outer = &unpacker->outer;
	const char *word;

	if (bytes.data && ll_str_starts(head, "HTTP/")) {
		bytes = behind_http_headers(unpacker, bytes);
		head = ll_str_first(bytes, LL_CONTAINER_HEAD);
	}
	word = container_word(head);
	if (word) {
		(void)open_container(unpacker, NULL, bytes, word, &unpacker->problem);
		return;
	}
	outer->bytes = bytes;
	outer->source = (struct ll_source){.self = unpacker, .fill = fill_from_file};
	(void)open_layer(unpacker, outer, head, &unpacker->problem);
}

void ll_unpacker_open_memory(struct ll_unpacker *unpacker, struct ll_str bytes)
{
	end_file(unpacker);
	unpacker->stored = (int64_t)bytes.size;
	if (!bytes.data)
		bytes = ll_str("");
	open_stored(unpacker, bytes, ll_str_first(bytes, LL_CONTAINER_HEAD));
}

/* A file that is not held in memory: large ones, and archives that are not small. */
static int open_large(struct ll_unpacker *unpacker, struct ll_str head, struct ll_hash *ret_stored,
                      struct ll_error *err)
{
	const bool is_packed = container_word(head) || ll_gzip_is(head);
	const int64_t ceiling =
		is_packed ? unpacker->limits.archive_bytes : unpacker->limits.stream_bytes;
	int rc;

	if (unpacker->stored > ceiling)
		return ll_fail(err, LL_E_LIMIT, "larger than %" PRId64 " bytes", ceiling);
	if (ll_file_is_hole(unpacker->descriptor))
		return ll_fail(err, LL_E_FORMAT, "only zero bytes: the capture failed");
	rc = hash_file(unpacker, ret_stored, err);
	if (rc == LL_OK)
		open_stored(unpacker, ll_str_n(NULL, 0), head);
	return rc;
}

/* Is the beginning in the page cache? Asking costs a twentieth of advice that is not needed. */
static bool is_cached(int descriptor)
{
	char byte;
	const struct iovec one = {.iov_base = &byte, .iov_len = sizeof byte};

	return preadv2(descriptor, &one, 1, 0, RWF_NOWAIT) >= 0;
}

void ll_unpacker_expect(struct ll_unpacker *unpacker, const char *path)
{
	ll_file_closep(&unpacker->expected);
	unpacker->expected = ll_file_open(path, &unpacker->expected_size, NULL);
	unpacker->expected_path = path;
	if (unpacker->expected >= 0 && !is_cached(unpacker->expected))
		(void)posix_fadvise(unpacker->expected, 0, READ_AHEAD_BYTES, POSIX_FADV_WILLNEED);
}

/* Takes over the file that was expected, or opens another. */
static int open_path(struct ll_unpacker *unpacker, const char *path, struct ll_error *err)
{
	if (unpacker->expected >= 0 && strcmp(unpacker->expected_path, path) == 0) {
		unpacker->descriptor = unpacker->expected;
		unpacker->stored = unpacker->expected_size;
		unpacker->expected = -1;
	} else {
		unpacker->descriptor = ll_file_open(path, &unpacker->stored, err);
	}
	return unpacker->descriptor;
}

int ll_unpacker_open(struct ll_unpacker *unpacker, const char *path, struct ll_hash *ret_stored,
                     int64_t *ret_size, struct ll_error *err)
{
	char bytes[LL_CONTAINER_HEAD];
	struct ll_str head;
	ssize_t got;
	int rc;

	end_file(unpacker);
	rc = open_path(unpacker, path, err);
	if (rc < 0)
		return rc;
	*ret_size = unpacker->stored;
	if (unpacker->stored > KEEP_BYTES || unpacker->stored > unpacker->limits.memory_bytes) {
		got = pread(unpacker->descriptor, bytes, sizeof bytes, 0);
		head = ll_str_n(bytes, got > 0 ? (size_t)got : 0);
		if (unpacker->stored > unpacker->limits.memory_bytes || container_word(head))
			return open_large(unpacker, head, ret_stored, err);
	}
	rc = ll_file_read_hashed(unpacker->descriptor, unpacker->stored, &unpacker->file,
	                         ret_stored, err);
	ll_file_closep(&unpacker->descriptor);
	if (rc < 0)
		return rc;
	*ret_size = (int64_t)unpacker->file.size;
	unpacker->stored = *ret_size;
	head = ll_str_first(ll_buf_str(&unpacker->file), LL_CONTAINER_HEAD);
	open_stored(unpacker, ll_buf_str(&unpacker->file), head);
	return LL_OK;
}

/* ------------------------------------------------------------------- one by one */

/* The content that was opened, all that the gzip file holds, is compressed once more (rule 2). */
static int open_again(struct ll_unpacker *unpacker, struct ll_str head, struct ll_error *err)
{
	struct layer *const inner = &unpacker->inner;
	int rc;

	inner->bytes = unpacker->content.bytes;
	unpacker->expanded = 0;
	rc = open_layer(unpacker, inner, head, err);
	end_content(&unpacker->content);
	unpacker->is_over = rc < 0;
	return rc < 0 ? rc : AGAIN;
}

/* The next content of the file itself, which may be an archive. */
static int next_outside(struct ll_unpacker *unpacker, struct ll_error *err)
{
	struct ll_str head;
	const char *word;
	int rc;

	if (unpacker->inner.kind != LAYER_NONE)
		return next_content(unpacker, &unpacker->inner, err);
	rc = next_content(unpacker, &unpacker->outer, err);
	if (rc <= 0 || unpacker->outer.kind != LAYER_GZIP)
		return rc;
	head = ll_stream_peek(unpacker->content.stream, LL_CONTAINER_HEAD);
	word = ll_container_archive(head);
	if (word)
		return open_below(unpacker, word, err);
	if ((ll_gzip_is(head) || ll_container_packing(head)) && !unpacker->content.window &&
	    ll_gzip_is_last(unpacker->outer.gzip))
		return open_again(unpacker, head, err);
	return rc;
}

/* The next content of the member, or of the next member. */
static int next_inside(struct ll_unpacker *unpacker, struct ll_error *err)
{
	const int rc = next_content(unpacker, &unpacker->inner, err);

	if (rc != 0)
		return rc;
	end_layer(&unpacker->inner);
	return next_member(unpacker, err);
}

/* What is left of a member of gzip must be passed before the next one's start is known. */
static void pass_rest(struct ll_unpacker *unpacker)
{
	const bool is_inside = unpacker->container || unpacker->inner.kind != LAYER_NONE;
	const struct layer *const layer = is_inside ? &unpacker->inner : &unpacker->outer;

	if (unpacker->content.window && layer->kind == LAYER_GZIP)
		(void)ll_stream_drain(unpacker->content.stream, NULL);
}

int ll_unpacker_next(struct ll_unpacker *unpacker, struct ll_stream **ret_stream,
                     struct ll_error *err)
{
	int rc = AGAIN;

	pass_rest(unpacker);
	end_content(&unpacker->content);
	if (unpacker->problem.code != LL_OK) {
		const int rc_open =
			ll_fail(err, unpacker->problem.code, "%s", unpacker->problem.text);

		ll_error_clear(&unpacker->problem);
		unpacker->is_over = true;
		return rc_open;
	}
	while (rc == AGAIN) {
		if (unpacker->is_over)
			return 0;
		rc = unpacker->container ? next_inside(unpacker, err) : next_outside(unpacker, err);
	}
	if (rc <= 0)
		return rc;
	/* Members of an archive have times of their own. */
	if (unpacker->member.name.size == 0)
		ll_stream_set_date(unpacker->content.stream, unpacker->date_ns);
	*ret_stream = unpacker->content.stream;
	return rc;
}

const struct ll_member *ll_unpacker_member(const struct ll_unpacker *unpacker)
{
	return &unpacker->member;
}

bool ll_unpacker_is_whole(const struct ll_unpacker *unpacker)
{
	return !unpacker->content.window;
}

int ll_unpacker_content(struct ll_unpacker *unpacker, struct ll_hash *ret_content,
                        int64_t *ret_size, struct ll_error *err)
{
	const struct content *const content = &unpacker->content;
	int rc = LL_OK;

	if (content->window) {
		rc = ll_stream_drain(content->stream, err);
		*ret_content = ll_hasher_get(content->window->hasher);
		*ret_size = content->window->size;
	} else {
		*ret_content = ll_hash_bytes(content->bytes.data, content->bytes.size);
		*ret_size = (int64_t)content->bytes.size;
	}
	return rc;
}
