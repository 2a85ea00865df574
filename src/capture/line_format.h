/* SPDX-License-Identifier: Apache-2.0 */
/*
 * line_format.h - formats that are lines in a log rather than whole files.
 *
 * One log can hold a GC trace, several crashes and kernel messages, all behind the same logger's
 * prefix. fmt_log.c reads the lines, learns and cuts the prefix, and offers each line to every line
 * format in turn. To add one: a file fmt_x.c ending in `const struct ll_line_format ll_line_x`, and
 * a row in fmt_log.c.
 */
#ifndef LL_CAPTURE_LINE_FORMAT_H
#define LL_CAPTURE_LINE_FORMAT_H

#include <leakledger/capture.h>

struct ll_log_line {
	struct ll_str message; /* without the prefix */
	struct ll_str prefix;  /* what was cut, or empty */
	uint64_t number;       /* from 1 */
};

struct ll_line_format {
	const char *id; /* stored as the capture's format */
	/** Offset in a raw line at which a record of this format starts, or SIZE_MAX. */
	size_t (*find)(struct ll_str raw);
	void *(*open)(const struct ll_sink *out);
	/**
	 * Returns 1 when the line was taken, 0 when it is not this format's, or a negative code.
	 */
	int (*line)(void *self, const struct ll_log_line *line, struct ll_error *err);
	/**
	 * The input has ended; `is_cut` when it broke off. Returns the number of captures that were
	 * handed on altogether, or a negative code.
	 */
	int (*finish)(void *self, bool is_cut, struct ll_error *err);
	void (*close)(void *self);
};

#endif
