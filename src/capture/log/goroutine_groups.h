/* SPDX-License-Identifier: Apache-2.0 */
/*
 * goroutine_groups.h - goroutines of one dump, counted by what is alike.
 *
 * A dump of ten thousand goroutines has a few hundred distinct ones. Each goroutine is written as a
 * normalized text (frames without arguments and offsets), and equal texts are one group; only the
 * first of a group is kept.
 */
#ifndef LL_CAPTURE_GOROUTINE_GROUPS_H
#define LL_CAPTURE_GOROUTINE_GROUPS_H

#include <leakledger/capture.h>

enum {
	LL_DUMP_FRAMES_MAX = 4096,
};

/** One goroutine while it is read. */
struct ll_goroutine {
	struct ll_buf text; /* "function LF file:line LF" per frame; the place may be empty */
	size_t frame_count;
	struct ll_buf creator; /* "function LF file:line", or empty */
	struct ll_buf state;
	struct ll_buf labels;
	uint64_t id, creator_id; /* 0: not told */
	int64_t minutes;
	bool is_leaked, is_cut, is_system;
};

struct ll_goroutine_groups;

void ll_goroutine_init(struct ll_goroutine *goroutine);
void ll_goroutine_done(struct ll_goroutine *goroutine);
void ll_goroutine_clear(struct ll_goroutine *goroutine);

struct ll_goroutine_groups *ll_goroutine_groups_new(void);
void ll_goroutine_groups_free(struct ll_goroutine_groups *groups);
/**
 * Counts the goroutine, and writes behind its text. LL_E_LIMIT when there are more distinct ones
 * than memory is meant for.
 */
int ll_goroutine_groups_add(struct ll_goroutine_groups *groups, struct ll_goroutine *goroutine,
                            struct ll_error *err);
/**
 * Hands every group to the sink, in order of first appearance, and forgets them. `is_whole` says
 * that the dump lists all goroutines of the process: what is missing has ended.
 */
int ll_goroutine_groups_emit(struct ll_goroutine_groups *groups, bool is_whole,
                             const struct ll_sink *out, struct ll_error *err);
void ll_goroutine_groups_forget(struct ll_goroutine_groups *groups);

#endif
