/* SPDX-License-Identifier: Apache-2.0 */
/*
 * line_format.h - formats that are lines in a log rather than whole files.
 *
 * One log can hold a GC trace, several crashes and kernel messages of several processes, each line
 * behind the loggers' prefixes. fmt_log.c reads the lines and undresses them (prefix.h),
 * log_origins.c keeps one reader of each format for each process that writes (an *origin*), so that
 * no reader ever sees lines of two. To add a format: a file fmt_x.c ending in `const struct
 * ll_line_format ll_line_x`, and a row in log_origins.c.
 *
 * A sink is sequential, and the lines of origins alternate: a reader gathers a capture and hands it
 * on as a whole, begin and all.
 */
#ifndef LL_CAPTURE_LINE_FORMAT_H
#define LL_CAPTURE_LINE_FORMAT_H

#include "oom_told.h"

#include <leakledger/capture.h>

/** Who writes, as far as the prefix says; empty where it does not. Lives as long as its readers. */
struct ll_log_source {
	struct ll_str service, instance, host;
	struct ll_oom_told *told; /* shared by the readers of a log */
	const char *identified; /* what told service and instance, for people; NULL: nothing did */
};

struct ll_log_line {
	struct ll_str message; /* without the prefix */
	uint64_t number;       /* from 1 */
	int64_t time_ns;       /* its own, or LL_TIME_NONE */
	int64_t near_ns;       /* that of the last line before it that had one, or LL_TIME_NONE */
	int64_t uptime_ns;     /* since boot, or -1 */
	bool is_unended;       /* the input ends behind it, without a line feed */
	bool is_quoted;        /* of a text that stood in a string */
};

struct ll_line_format {
	const char *id; /* stored as the capture's format */
	/** A first line holds one of these, of two bytes at least; NULL ends them. */
	const char *const *words;
	/** Offset in a raw line at which a record of this format starts, or SIZE_MAX. */
	size_t (*find)(struct ll_str raw);
	/** Can this message be the first line of something? Others need no reader yet. */
	bool (*opens)(struct ll_str message);
	void *(*open)(const struct ll_sink *out, const struct ll_log_source *source);
	/**
	 * Returns 1 when the line was taken, 0 when it is not this format's, or a negative code.
	 */
	int (*line)(void *self, const struct ll_log_line *line, struct ll_error *err);
	/**
	 * Optional: behind a line that it took, takes those that follow in `text` and that are so
	 * plain that it need not be asked about each. They have no prefix and no time. Returns
	 * their bytes, and their number in *ret_lines.
	 */
	size_t (*run)(void *self, struct ll_str text, uint64_t *ret_lines);
	/**
	 * What was read so far is complete (the end of a text that was logged as one), or the input
	 * has ended; `is_cut` when it broke off. Hands on what was gathered and returns the number
	 * of captures since the last call, or a negative code. More lines may follow.
	 */
	int (*finish)(void *self, bool is_cut, struct ll_error *err);
	void (*close)(void *self);
	/** For a log without a capture: what there was instead ("GC pacer lines"), or NULL. */
	const char *(*remark)(const void *self);
};

/** Two lines this far apart are not of one dump. */
#define LL_LOG_GAP_NS (2 * LL_NS_PER_S)

/**
 * True when both lines have a time and the later one is more than `gap_ns` away. The kernel's own
 * clock goes before that of the logger, which may have been too busy to write.
 */
static inline bool ll_log_line_is_far(const struct ll_log_line *line, int64_t time_ns,
                                      int64_t uptime_ns, int64_t gap_ns)
{
	if (uptime_ns >= 0 && line->uptime_ns >= uptime_ns)
		return line->uptime_ns - uptime_ns > gap_ns;
	if (line->time_ns != LL_TIME_NONE && time_ns != LL_TIME_NONE)
		return line->time_ns - time_ns > gap_ns;
	return false;
}

#endif
