/* SPDX-License-Identifier: Apache-2.0 */
/*
 * archives.h - archives as tests need them, written in memory.
 */
#ifndef LL_TEST_ARCHIVES_H
#define LL_TEST_ARCHIVES_H

#include <leakledger/buf.h>

struct archive;

struct test_archive {
	struct archive *writer;
	struct ll_buf *to;
};

/**
 * Begins an archive that is appended to `to`: "ustar", "pax", "gnutar", "zip", "encrypted zip", or
 * "raw" for one file without an archive around it; compressed by `filter` ("zstd", "xz", "bzip2",
 * "gzip") or not (NULL).
 */
void test_archive_open(struct test_archive *archive, struct ll_buf *to, const char *format,
                       const char *filter);
/** A regular file; modified_s 0: without a time. */
void test_archive_put(struct test_archive *archive, const char *name, struct ll_str bytes,
                      int64_t modified_s);
/** A symbolic link. */
void test_archive_link(struct test_archive *archive, const char *name, const char *target);
void test_archive_close(struct test_archive *archive);

/** Compresses `bytes` with "zstd", "xz", "bzip2" or "gzip". */
void test_put_packed(struct ll_buf *to, const char *filter, struct ll_str bytes);
/** A tar with one file whose name is UTF-8 by a record of POSIX; less than 80 bytes each. */
void test_put_pax_tar(struct ll_buf *to, const char *name, const char *text);
/** A tar of GNU's with one file of `size` bytes, of which all but the last one are a hole. */
void test_put_sparse_tar(struct ll_buf *to, const char *name, int64_t size);

#endif
