/* SPDX-License-Identifier: Apache-2.0 */
/*
 * moves.h - which place of a function in one build is which in another.
 *
 * Edits above a line move it, and a closure in front of others renumbers them. The same place must
 * stay one place, or each deploy would end its trend and begin a new finding; two places must not
 * be taken for one. The rules are in src/analyze/moves.c and in docs/ledger.md, and nowhere else.
 */
#ifndef LEAKLEDGER_MOVES_H
#define LEAKLEDGER_MOVES_H

#include <leakledger/str.h>
#include <leakledger/vec.h>

enum {
	LL_MOVES_MOST = 48, /* places of one function in one build; of more, lines alone count */
};

/** A place of a function, as one build shows it. Sets are sorted and have nothing twice. */
struct ll_spot {
	int64_t line;
	const int64_t *marks; /* what happens there: sizes of objects, wait reasons as -number */
	size_t mark_count;
	const uint64_t *callers; /* hashes of the functions that call it, by family */
	size_t caller_count;
};

/** A function in one build; spots in order of their lines. */
struct ll_spots {
	const struct ll_spot *items;
	size_t count;
};

enum ll_move {
	LL_MOVE_NEW,      /* no place of the older build is it */
	LL_MOVE_SAME,     /* partner is it */
	LL_MOVE_DOUBTFUL, /* one of several may be it: it stays a place of its own */
};

struct ll_partner {
	enum ll_move move;
	size_t older; /* of LL_MOVE_SAME: index in the older spots */
};

/**
 * Finds the partner of each newer spot among the older ones. No older spot is partner of two.
 * `distances` are those by which other functions of the same file moved; may be NULL with count 0.
 * ret_partners has newer.count entries.
 */
void ll_moves_find(struct ll_spots older, struct ll_spots newer, const int64_t *distances,
                   size_t distance_count, struct ll_partner *ret_partners);

/** A place of a function in one build, among all that are followed. */
struct ll_moving {
	int64_t id;    /* the caller's: what it takes for one place without looking at moves */
	int64_t epoch; /* number of the build, in their order */
	int64_t line;
	int64_t samples;                      /* that show it; with few, its line alone counts */
	struct ll_str family, function, file; /* family: ll_frame_family */
	struct ll_vec marks;                  /* int64_t, in order and once each; see ll_spot */
	struct ll_vec callers;                /* uint64_t, as they come */
	bool is_moving;                       /* set by ll_moves_sort: its family may have moved */
	size_t track;     /* set by ll_moves_follow, of what may have moved: its place's number */
	bool is_in_doubt; /* set by it: begins there, and could be one of several before */
};

/** Sorts by family, epoch and line, and marks what may have moved: only that needs marks. */
void ll_moves_sort(struct ll_moving *places, size_t count);
/** Follows sorted places through the epochs: those of one family and one track are one place. */
void ll_moves_follow(struct ll_moving *places, size_t count);
/** Frees marks and callers. */
void ll_moving_done(struct ll_moving *place);

#endif
