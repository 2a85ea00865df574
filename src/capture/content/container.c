/* SPDX-License-Identifier: Apache-2.0 */
/*
 * container.c - tar, zip, zstd, xz and bzip2, through libarchive.
 *
 *   1. Kinds are told by their first bytes and never by name. A tar is known by its checksum, so
 *      that the oldest ones, which have no magic, are known, too.
 *   2. Nothing is written to disk, so that names with ".." or a leading slash harm nobody. Links
 *      have no content of their own and are passed over, as are directories.
 *   3. What comes out is measured against what is stored: more than `ratio` times as much beyond
 *      ratio_free_bytes is a bomb. Where the compressor around the archive makes that much, the
 *      archive is over, also when it is only passed over on the way to the next member. A member
 *      by which it would be too much (of a zip, or with holes) is refused and costs no other, until
 *      ratio * stored + REFUSED * ratio_free_bytes were made for such members. So no more is ever
 *      inflated than 3 * ratio * stored + (3 + REFUSED) * ratio_free_bytes and one block.
 *      More than archive_bytes, or more than `entries` entries, is too much.
 *   4. Frames of zstd and streams of xz and bzip2 that follow each other are one content: parallel
 *      compressors make them so.
 *   5. A compressed member is measured against what was read of it: were it the whole archive, one
 *      large neighbour would let every small member become a bomb.
 *
 * libarchive holds one window of the decompressor (128 MiB at most for zstd and xz, as the stream
 * asks) and one block.
 */
#include "container.h"

#include <archive.h>
#include <archive_entry.h>

#include <errno.h>
#include <inttypes.h>

enum {
	BLOCK = 256 * 1024,
	REFUSED = 64, /* rule 3 */
	TAR_CHECKSUM_AT = 148,
	TAR_CHECKSUM_SIZE = 8,
};

/* ZIP's clock starts in 1980 and a tar without times says 0: no time before that is one. */
#define FIRST_TIME_S INT64_C(315619200) /* 1980-01-02T00:00:00Z: whatever the zone */

/* What libarchive gave of an entry and nobody took yet: a hole of zeros, and bytes behind it. */
struct run {
	int64_t hole;
	const void *bytes;
	size_t size;
};

struct ll_container {
	struct archive *archive;
	struct ll_limits limits;
	const struct ll_source *source; /* what it is read from, or NULL */
	char *block;                    /* of the source */
	const char *word;
	bool is_inner;
	int64_t stored;
	int64_t made;    /* bytes of entries that were given out, without refused ones */
	int64_t member;  /* bytes of the current entry among them */
	int64_t refused; /* bytes that were made of refused entries */
	size_t entries;
	bool is_open;    /* has a current entry */
	bool is_refused; /* the current entry */
	struct run run;
	int64_t position;        /* in the current entry */
	struct ll_error failure; /* of the source */
};

/* ----------------------------------------------------------------------- kinds */

/* The number that a tar's header has in a field of octal digits; -1 when it has none. */
static int64_t octal(struct ll_str field)
{
	int64_t value = -1;

	for (size_t i = 0; i < field.size; i++) {
		const char byte = field.data[i];

		if (byte >= '0' && byte <= '7')
			value = (value < 0 ? 0 : value) * 8 + (byte - '0');
		else if (value >= 0 || byte != ' ')
			break;
	}
	return value;
}

/* The sum of all bytes of the header, where the checksum itself counts as blanks. */
static bool has_tar_checksum(struct ll_str head)
{
	int64_t sum = 0, expected;

	if (head.size < LL_CONTAINER_HEAD || head.data[0] == '\0')
		return false;
	expected = octal(ll_str_n(head.data + TAR_CHECKSUM_AT, TAR_CHECKSUM_SIZE));
	/* What is no tar has hardly ever a number there. */
	if (expected < 0)
		return false;
	for (size_t i = 0; i < LL_CONTAINER_HEAD; i++) {
		const bool is_checksum =
			i >= TAR_CHECKSUM_AT && i < TAR_CHECKSUM_AT + TAR_CHECKSUM_SIZE;

		sum += is_checksum ? ' ' : (unsigned char)head.data[i];
	}
	return expected == sum;
}

const char *ll_container_archive(struct ll_str head)
{
	if (ll_str_starts(head, "PK\3\4") || ll_str_starts(head, "PK\5\6"))
		return "zip";
	return has_tar_checksum(head) ? "tar" : NULL;
}

const char *ll_container_packing(struct ll_str head)
{
	static const struct {
		const char *magic, *word;
	} packings[] = {
		{"\x28\xb5\x2f\xfd", "zstd"},
		{"\xfd\x37\x7a\x58\x5a", "xz"},
	};

	for (size_t i = 0; i < LL_COUNT(packings); i++) {
		if (ll_str_starts(head, packings[i].magic))
			return packings[i].word;
	}
	/* A skippable frame, 5x 2a 4d 18, with which parallel compressors begin. */
	if (head.size >= 4 && (head.data[0] & 0xf0) == 0x50 &&
	    memcmp(head.data + 1, "\x2a\x4d\x18", 3) == 0)
		return "zstd";
	/* Behind its head a block, or at once the end. */
	if (head.size >= 10 && ll_str_starts(head, "BZh") &&
	    (memcmp(head.data + 4, "\x31\x41\x59\x26\x53\x59", 6) == 0 ||
	     memcmp(head.data + 4, "\x17\x72\x45\x38\x50\x90", 6) == 0))
		return "bzip2";
	return NULL;
}

/* ---------------------------------------------------------------------- damage */

/* What it is, for messages: the archive, or the compressor where there is no archive. */
static const char *kind_of(const struct ll_container *container)
{
	const int format = archive_format(container->archive) & ARCHIVE_FORMAT_BASE_MASK;

	if (format == ARCHIVE_FORMAT_TAR)
		return "tar";
	return format == ARCHIVE_FORMAT_ZIP ? "zip" : container->word;
}

/* libarchive's word of what is wrong, with our word of where. */
static int fail_damaged(struct ll_container *container, struct ll_error *err)
{
	struct archive *const archive = container->archive;
	const char *const text = archive_error_string(archive);
	const bool is_cut = text && (strstr(text, "runcated") || strstr(text, "end of file"));

	if (container->failure.code != LL_OK)
		return ll_fail(err, container->failure.code, "%s", container->failure.text);
	if (is_cut)
		return ll_fail(err, LL_E_FORMAT, "truncated %s: it breaks off at byte %" PRId64,
		               kind_of(container), (int64_t)archive_filter_bytes(archive, -1));
	return ll_fail(err, LL_E_FORMAT, "damaged %s: byte %" PRId64 ", %s", kind_of(container),
	               (int64_t)archive_filter_bytes(archive, -1), text ? text : "unknown damage");
}

/* Rule 5. */
static int64_t stored_bytes(const struct ll_container *container)
{
	return container->is_inner ? archive_filter_bytes(container->archive, -1)
	                           : container->stored;
}

static bool is_bomb(const struct ll_container *container, int64_t made)
{
	return made > container->limits.ratio_free_bytes &&
	       made / container->limits.ratio > stored_bytes(container);
}

static int fail_bomb(const struct ll_container *container, struct ll_error *err)
{
	return ll_fail(err, LL_E_LIMIT, "expands more than %" PRId64 " times: a bomb?",
	               container->limits.ratio);
}

/* Rule 3, of the archive: after a failure there is nothing more. */
static int check_archive(const struct ll_container *container, struct ll_error *err)
{
	const struct ll_limits *const limits = &container->limits;
	const int64_t inflated = archive_filter_bytes(container->archive, 0);
	const int64_t made = inflated > container->made ? inflated : container->made;

	if (is_bomb(container, inflated))
		return fail_bomb(container, err);
	if (made > limits->archive_bytes)
		return ll_fail(err, LL_E_LIMIT, "expands to more than %" PRId64 " bytes",
		               limits->archive_bytes);
	if (is_bomb(container, container->refused - REFUSED * limits->ratio_free_bytes))
		return ll_fail(err, LL_E_LIMIT,
		               "members expand more than %" PRId64
		               " times, again and again: a bomb?",
		               limits->ratio);
	return LL_OK;
}

/* Rule 3, of the current entry, of which `size` more bytes were made. */
static int check_member(struct ll_container *container, size_t size, struct ll_error *err)
{
	container->made += (int64_t)size;
	container->member += (int64_t)size;
	if (!is_bomb(container, container->made))
		return LL_OK;
	container->is_refused = true;
	container->made -= container->member;
	container->refused += container->member;
	return fail_bomb(container, err);
}

/* --------------------------------------------------------------------- opening */

static la_ssize_t read_source(struct archive *archive, void *self, const void **ret_block)
{
	struct ll_container *const container = self;
	const int64_t got = container->source->fill(container->source->self, container->block,
	                                            BLOCK, &container->failure);

	*ret_block = container->block;
	if (got < 0)
		archive_set_error(archive, EIO, "%s", container->failure.text);
	return got < 0 ? -1 : (la_ssize_t)got;
}

static int open_input(struct ll_container *container, const struct ll_container_input *input)
{
	struct archive *const archive = container->archive;

	if (input->source) {
		container->source = input->source;
		container->block = ll_malloc(BLOCK);
		return archive_read_open(archive, container, NULL, read_source, NULL);
	}
	if (input->descriptor >= 0)
		return archive_read_open_fd(archive, input->descriptor, BLOCK);
	return archive_read_open_memory(archive, input->memory.data, input->memory.size);
}

static void support(struct archive *archive, bool is_inner)
{
	(void)archive_read_support_filter_zstd(archive);
	(void)archive_read_support_filter_xz(archive);
	(void)archive_read_support_filter_bzip2(archive);
	(void)archive_read_support_format_raw(archive);
	(void)archive_read_support_format_empty(archive);
	if (is_inner)
		return;
	(void)archive_read_support_format_tar(archive);
	(void)archive_read_support_format_zip(archive);
	/* `cat a.tar b.tar`, and tars that were appended to behind their end. */
	(void)archive_read_set_format_option(archive, "tar", "read_concatenated_archives", "1");
}

int ll_container_open(const struct ll_container_input *input, const struct ll_limits *limits,
                      struct ll_container **ret_container, struct ll_error *err)
{
	struct ll_container *const container = ll_calloc(1, sizeof *container);
	int rc = LL_OK;

	container->limits = *limits;
	container->word = input->word;
	container->is_inner = input->is_inner;
	container->stored = input->stored;
	container->archive = archive_read_new();
	if (!container->archive)
		abort();
	support(container->archive, input->is_inner);
	if (open_input(container, input) != ARCHIVE_OK)
		rc = fail_damaged(container, err);
	if (rc == LL_OK)
		*ret_container = container;
	else
		ll_container_close(container);
	return rc;
}

void ll_container_close(struct ll_container *container)
{
	if (!container)
		return;
	(void)archive_read_free(container->archive);
	free(container->block);
	free(container);
}

/* --------------------------------------------------------------------- entries */

/*
 * Passes what is left of an entry: a piece at a time where rule 3 must see it, for the archive
 * comes out of a compressor, or libarchive inflates a refused member of a zip to find its end.
 * Else libarchive may seek.
 */
static int pass_rest(struct ll_container *container, struct ll_error *err)
{
	const char *const filter = archive_filter_name(container->archive, 0);
	int state = ARCHIVE_OK;
	int rc = LL_OK;

	if (!container->is_open)
		return LL_OK;
	container->is_open = false;
	if ((!filter || strcmp(filter, "none") == 0) &&
	    !(container->is_refused && container->source))
		return LL_OK;
	while (rc == LL_OK && (state == ARCHIVE_OK || state == ARCHIVE_WARN)) {
		const void *block;
		size_t size;
		la_int64_t offset;

		state = archive_read_data_block(container->archive, &block, &size, &offset);
		if (container->is_refused && (state == ARCHIVE_OK || state == ARCHIVE_WARN))
			container->refused += (int64_t)size;
		rc = check_archive(container, err);
	}
	return rc;
}

static bool has_content(struct archive_entry *entry)
{
	return archive_entry_filetype(entry) == AE_IFREG && !archive_entry_hardlink(entry);
}

static int64_t modified_ns(struct archive_entry *entry)
{
	const int64_t seconds = archive_entry_mtime(entry);

	if (!archive_entry_mtime_is_set(entry) || seconds < FIRST_TIME_S ||
	    seconds > INT64_MAX / LL_NS_PER_S - 1)
		return LL_TIME_NONE;
	return seconds * LL_NS_PER_S + archive_entry_mtime_nsec(entry);
}

/* Bytes as they are in the archive, or UTF-8 where the archive says that it is that. */
static const char *name_of(struct archive_entry *entry)
{
	const char *name = archive_entry_pathname(entry);

	if (!name)
		name = archive_entry_pathname_utf8(entry);
	return name ? name : "";
}

static void describe(struct ll_container *container, struct archive_entry *entry,
                     struct ll_container_entry *ret_entry)
{
	const bool is_stream = (archive_format(container->archive) & ARCHIVE_FORMAT_BASE_MASK) ==
	                       ARCHIVE_FORMAT_RAW;

	*ret_entry = (struct ll_container_entry){
		.name = is_stream ? NULL : name_of(entry),
		.modified_ns = is_stream ? LL_TIME_NONE : modified_ns(entry),
		.reason = archive_entry_is_data_encrypted(entry) ? "encrypted" : NULL,
	};
}

bool ll_container_is_empty(const struct ll_container *container)
{
	return container->entries == 0 && (archive_format(container->archive) &
	                                   ARCHIVE_FORMAT_BASE_MASK) == ARCHIVE_FORMAT_EMPTY;
}

int ll_container_next(struct ll_container *container, struct ll_container_entry *ret_entry,
                      struct ll_error *err)
{
	for (;;) {
		struct archive_entry *entry;
		int state;
		int rc = pass_rest(container, err);

		if (rc < 0)
			return rc;
		state = archive_read_next_header(container->archive, &entry);
		if (state == ARCHIVE_EOF)
			return 0;
		if (state != ARCHIVE_OK && state != ARCHIVE_WARN)
			return fail_damaged(container, err);
		container->is_open = true;
		container->is_refused = false;
		container->member = 0;
		container->run.size = 0;
		container->position = 0;
		if (container->entries++ >= container->limits.entries)
			return ll_fail(err, LL_E_LIMIT, "more than %zu entries in one archive",
			               container->limits.entries);
		rc = check_archive(container, err);
		if (rc < 0)
			return rc;
		if (!has_content(entry))
			continue;
		describe(container, entry, ret_entry);
		return 1;
	}
}

/* The next run of an entry's bytes. Returns 1, 0 at the end, or a negative code. */
static int next_run(struct ll_container *container, struct ll_error *err)
{
	for (;;) {
		struct run *const run = &container->run;
		la_int64_t offset;
		const int state = archive_read_data_block(container->archive, &run->bytes,
		                                          &run->size, &offset);

		if (state == ARCHIVE_EOF)
			return 0;
		if (state != ARCHIVE_OK && state != ARCHIVE_WARN)
			return fail_damaged(container, err);
		run->hole = offset - container->position;
		if (run->hole < 0)
			return ll_fail(err, LL_E_FORMAT,
			               "damaged %s: runs of a sparse file out of "
			               "order",
			               kind_of(container));
		if (run->size > 0)
			return 1;
	}
}

/* Takes zeros or bytes off the front of the run. */
static size_t take_run(struct run *run, char *to, size_t size)
{
	if (run->hole > 0) {
		size = (uint64_t)run->hole < size ? (size_t)run->hole : size;
		memset(to, 0, size);
		run->hole -= (int64_t)size;
		return size;
	}
	size = run->size < size ? run->size : size;
	memcpy(to, run->bytes, size);
	run->bytes = (const char *)run->bytes + size;
	run->size -= size;
	return size;
}

/*
 * archive_read_data would do, but drops what it read when the next block turns out to be missing.
 */
int64_t ll_container_fill(void *self, char *to, size_t size, struct ll_error *err)
{
	struct ll_container *const container = self;
	size_t got;
	int rc;

	if (container->is_refused)
		return fail_bomb(container, err);
	rc = container->run.size > 0 ? 1 : next_run(container, err);
	if (rc <= 0)
		return rc;
	got = take_run(&container->run, to, size);
	container->position += (int64_t)got;
	rc = check_member(container, got, err);
	if (rc == LL_OK)
		rc = check_archive(container, err);
	return rc < 0 ? rc : (int64_t)got;
}
