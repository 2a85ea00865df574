/* SPDX-License-Identifier: Apache-2.0 */
/*
 * kernel_files.h - the small text files of /proc and /sys/fs/cgroup, alone or many in one text.
 *
 * People save them in three forms, and scripts mix all files of a process and its cgroup:
 *
 *     VmRSS:  70572 kB                                          one file
 *     ==> /sys/fs/cgroup/memory.max <==                         head, tail: headers
 *     max
 *     /sys/fs/cgroup/memory.stat:anon 123                       grep . memory.*: a path each
 *
 * So what can be read is a table of files, each read line by line, and one driver knows the forms.
 * A line belongs to a section (one file); sections of one directory make one capture, and so does a
 * plain file. To add a file: a `const struct ll_kernel_file ll_kernel_x` and a row in
 * kernel_files.c.
 */
#ifndef LL_CAPTURE_KERNEL_FILES_H
#define LL_CAPTURE_KERNEL_FILES_H

#include "metrics/reading.h"

enum {
	LL_KERNEL_PAGES_MAX = 8,
};

struct ll_kernel_file;

/** What is known of a section before it is read. */
struct ll_kernel_name {
	struct ll_str base; /* "memory.stat"; of a plain file what its owner called it */
	struct ll_str path; /* "/sys/fs/cgroup/memory.stat"; empty for a plain file */
	bool is_listed;     /* the name comes from the text, so from the kernel */
};

/** A section being read. */
struct ll_kernel {
	const struct ll_sink *out;
	const struct ll_kernel_file *file;
	struct ll_kernel_name name;
	void *state;           /* of file->state_size bytes, cleared */
	size_t line;           /* of the section, from 1 */
	struct ll_str program; /* for the origin, when the section tells it before it begins */
	void *driver;
};

struct ll_kernel_file {
	const char *id;     /* "status": variant of the capture */
	const char *format; /* "proc" or "cgroup" */
	enum ll_kind kind;
	enum ll_bid (*bid)(const struct ll_kernel_name *name, struct ll_str head);
	size_t state_size;
	/** Returns 1, 0 when the line is none of this file, or a negative code. */
	int (*line)(struct ll_kernel *kernel, struct ll_str line, struct ll_error *err);
	/** The section has ended; may be NULL. */
	int (*finish)(struct ll_kernel *kernel, struct ll_error *err);
	/**
	 * Does the file begin again with this line, because it was appended to itself? NULL: when
	 * its first key comes again.
	 */
	bool (*comes_again)(const struct ll_kernel *kernel, struct ll_str line);
	bool has_titles;     /* known for sure: people write a line or two above it */
	const char *refusal; /* instead of `line`: known, and without a number that we want */
};

/**
 * Hands on a number of the section; begins the capture when it has not begun. `labels` may be
 * empty.
 */
int ll_kernel_put(struct ll_kernel *kernel, struct ll_str name, struct ll_str labels, double value,
                  struct ll_error *err);
/** The same for "no limit". */
int ll_kernel_put_none(struct ll_kernel *kernel, struct ll_str name, struct ll_error *err);

/**
 * The same for a number of pages, which is handed on as bytes when all files of the capture were
 * read: one of them may tell how large a page is (ll_kernel_page). Else 4 KiB are assumed, and
 * noted. At most LL_KERNEL_PAGES_MAX numbers of a capture.
 */
int ll_kernel_put_pages(struct ll_kernel *kernel, const char *name, uint64_t pages,
                        struct ll_error *err);
/** Pages of the process can be this large; the smallest is what the kernel counts. */
void ll_kernel_page(struct ll_kernel *kernel, double bytes);

/** "VmRSS:    70572 kB", "Threads: 8": key and bytes or count. False when the line is none. */
bool ll_kernel_field(struct ll_str line, struct ll_str *ret_key, double *ret_value);
/** The next word, between blanks or tabs; empty at the end. */
struct ll_str ll_kernel_word(struct ll_str *text);
/** The next line of a head of text. */
struct ll_str ll_kernel_line(struct ll_str *text);

/** The best bid of the files of a format, and what reads them. */
enum ll_bid ll_kernel_bid(const struct ll_peek *peek, const char *format);
int ll_kernel_read(struct ll_stream *in, const struct ll_peek *peek, const struct ll_sink *out,
                   struct ll_error *err);

#endif
