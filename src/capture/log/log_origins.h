/* SPDX-License-Identifier: Apache-2.0 */
/*
 * log_origins.h - the processes that write into one log, and their readers.
 *
 * Lines are told apart by stream, host, pod, container, unit, program, process and learned shape,
 * as far as the prefix says; systemd and its oomd are one. At most LL_ORIGINS_MAX of them have
 * readers at a time: the one that has been silent longest hands on what it has and gives way.
 */
#ifndef LL_CAPTURE_LOG_ORIGINS_H
#define LL_CAPTURE_LOG_ORIGINS_H

#include "line_format.h"
#include "log_words.h"
#include "prefix.h"

enum {
	LL_ORIGINS_MAX = 64,
};

struct ll_log_origins;

struct ll_log_origins *ll_log_origins_new(const struct ll_sink *out);
void ll_log_origins_free(struct ll_log_origins *origins);
/** Turns to the origin of a record, which was learned as shape number `shape`, or SIZE_MAX. */
void ll_log_origins_turn(struct ll_log_origins *origins, const struct ll_record *record,
                         size_t shape);
/** Does the origin that was turned to have readers, so that any line may matter to them? */
bool ll_log_origins_is_listening(const struct ll_log_origins *origins);
/** Offers a line to the readers of the origin that was turned to. Returns 1 when one took it. */
int ll_log_origins_offer(struct ll_log_origins *origins, const struct ll_log_line *line,
                         struct ll_error *err);
/**
 * Offers the lines behind one that was taken to who took it, as many as it knows at a glance.
 * Returns the bytes that were taken.
 */
size_t ll_log_origins_run(struct ll_log_origins *origins, struct ll_str text, uint64_t *ret_lines);
/** A text that was logged as one has ended: the current origin hands on what it has. */
int ll_log_origins_pause(struct ll_log_origins *origins, struct ll_error *err);
/** Every origin hands on what it has. Returns the number of captures altogether. */
int ll_log_origins_finish(struct ll_log_origins *origins, bool is_cut, struct ll_error *err);
/** What a log without captures had instead, or NULL. */
const char *ll_log_origins_remark(const struct ll_log_origins *origins);

/** The words of all line formats; the struct must be cleared. */
void ll_log_words_of_formats(struct ll_log_words *words);
/** Offset at which a record of any line format starts, or SIZE_MAX. */
size_t ll_log_find(struct ll_str raw);

#endif
