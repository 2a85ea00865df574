/* SPDX-License-Identifier: Apache-2.0 */
/* archives.c - see archives.h. */
#include "archives.h"

#include "support.h"

#include <archive.h>
#include <archive_entry.h>

#include <inttypes.h>

static la_ssize_t append(struct archive *writer, void *self, const void *bytes, size_t size)
{
	(void)writer;
	ll_buf_put(self, bytes, size);
	return (la_ssize_t)size;
}

static void check(const struct test_archive *archive, int state)
{
	if (state != ARCHIVE_OK)
		fail_msg("libarchive: %s", archive_error_string(archive->writer));
}

void test_archive_open(struct test_archive *archive, struct ll_buf *to, const char *format,
                       const char *filter)
{
	archive->writer = archive_write_new();
	archive->to = to;
	if (strcmp(format, "encrypted zip") == 0) {
		check(archive, archive_write_set_format_zip(archive->writer));
		check(archive,
		      archive_write_set_options(archive->writer, "zip:encryption=zipcrypt"));
		check(archive, archive_write_set_passphrase(archive->writer, "open sesame"));
	} else {
		check(archive, archive_write_set_format_by_name(archive->writer, format));
	}
	if (filter)
		check(archive, archive_write_add_filter_by_name(archive->writer, filter));
	/* No more than there is: padding to whole tape blocks only makes tests long. */
	check(archive, archive_write_set_bytes_in_last_block(archive->writer, 1));
	check(archive, archive_write_open(archive->writer, to, NULL, append, NULL));
}

static struct archive_entry *entry_of(const char *name, int64_t size)
{
	struct archive_entry *const entry = archive_entry_new();

	archive_entry_set_pathname(entry, name);
	archive_entry_set_filetype(entry, AE_IFREG);
	archive_entry_set_perm(entry, 0644);
	archive_entry_set_size(entry, size);
	return entry;
}

void test_archive_put(struct test_archive *archive, const char *name, struct ll_str bytes,
                      int64_t modified_s)
{
	struct archive_entry *const entry = entry_of(name, (int64_t)bytes.size);

	archive_entry_set_mtime(entry, modified_s, 0);
	check(archive, archive_write_header(archive->writer, entry));
	if (bytes.size > 0)
		assert_int_equal(archive_write_data(archive->writer, bytes.data, bytes.size),
		                 bytes.size);
	archive_entry_free(entry);
}

void test_archive_link(struct test_archive *archive, const char *name, const char *target)
{
	struct archive_entry *const entry = entry_of(name, 0);

	archive_entry_set_filetype(entry, AE_IFLNK);
	archive_entry_set_symlink(entry, target);
	check(archive, archive_write_header(archive->writer, entry));
	archive_entry_free(entry);
}

void test_archive_close(struct test_archive *archive)
{
	check(archive, archive_write_close(archive->writer));
	(void)archive_write_free(archive->writer);
}

void test_put_packed(struct ll_buf *to, const char *filter, struct ll_str bytes)
{
	struct test_archive archive;

	test_archive_open(&archive, to, "raw", filter);
	test_archive_put(&archive, "data", bytes, 0);
	test_archive_close(&archive);
}

/* A tar's header, with the checksum that belongs to it. */
static void put_header(struct ll_buf *to, char header[512], const char *name, char type,
                       size_t size)
{
	unsigned sum = 0;

	(void)snprintf(header, 100, "%s", name);
	(void)snprintf(header + 100, 8, "%07o", 0644U);
	(void)snprintf(header + 124, 12, "%011o", (unsigned)size);
	memcpy(header + 148, "        ", 8);
	header[156] = type;
	for (size_t i = 0; i < 512; i++)
		sum += (unsigned char)header[i];
	(void)snprintf(header + 148, 8, "%06o", sum);
	ll_buf_put(to, header, 512);
}

/* At most a block of content, filled up with zeros. */
static void put_block(struct ll_buf *to, const char *text)
{
	char block[512] = {0};

	memcpy(block, text, strlen(text));
	ll_buf_put(to, block, sizeof block);
}

void test_put_pax_tar(struct ll_buf *to, const char *name, const char *text)
{
	char extended[512] = {0}, plain[512] = {0}, record[256];
	const size_t size = strlen(name) + strlen("00 path=\n");

	(void)snprintf(record, sizeof record, "%zu path=%s\n", size, name);
	memcpy(extended + 257, "ustar\00000", 8);
	memcpy(plain + 257, "ustar\00000", 8);
	put_header(to, extended, "PaxHeaders/x", 'x', size);
	put_block(to, record);
	put_header(to, plain, "x", '0', strlen(text));
	put_block(to, text);
	put_block(to, "");
	put_block(to, "");
}

void test_put_sparse_tar(struct ll_buf *to, const char *name, int64_t size)
{
	char header[512] = {0};

	memcpy(header + 257, "ustar  ", 8);
	(void)snprintf(header + 386, 12, "%011" PRIo64, size - 1); /* a run: offset, bytes */
	(void)snprintf(header + 398, 12, "%011o", 1U);
	(void)snprintf(header + 483, 12, "%011" PRIo64, size);
	put_header(to, header, name, 'S', 1);
	put_block(to, "x");
	put_block(to, "");
	put_block(to, "");
}
