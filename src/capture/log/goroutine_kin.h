/* SPDX-License-Identifier: Apache-2.0 */
/*
 * goroutine_kin.h - who started whom, in one dump.
 *
 * From Go 1.21 on a dump tells of each goroutine which other one created it. A creator that the
 * same complete dump does not list has ended: nobody who knew why the goroutine was started is
 * left, unless others that it started are still at work.
 */
#ifndef LL_CAPTURE_GOROUTINE_KIN_H
#define LL_CAPTURE_GOROUTINE_KIN_H

#include <leakledger/arena.h>
#include <leakledger/capture.h>
#include <leakledger/vec.h>

struct ll_goroutine_kin {
	struct ll_vec members; /* struct ll_goroutine_member */
	bool is_over;          /* there are more than are remembered: nothing is known of any */
};

struct ll_goroutine_member {
	uint64_t id, creator; /* creator 0: not told */
	uint32_t group;
	uint32_t next;   /* of its group, while it is settled */
	bool is_at_work; /* it runs, or will go on by itself or by what comes from outside */
	bool is_lost;    /* its creator has ended; while it is settled */
};

void ll_goroutine_kin_add(struct ll_goroutine_kin *kin, const struct ll_goroutine_member *member);
void ll_goroutine_kin_forget(struct ll_goroutine_kin *kin);
void ll_goroutine_kin_done(struct ll_goroutine_kin *kin);
/** Does a goroutine in this state go on without another goroutine of the program? */
bool ll_goroutine_is_at_work(struct ll_str state);

/** What is known of the goroutines of one group. */
struct ll_goroutine_kinship {
	bool is_known;    /* some creator is told, and the dump lists all goroutines */
	uint64_t orphans; /* their creator has ended, and nothing else that it started is at work */
	uint64_t creators; /* by so many different ones */
	struct ll_str
		ids; /* JSON array of the oldest, in the arena; empty where nothing is known */
};

/**
 * Fills one entry for each group, and reorders the members: nothing may be added any more before
 * they are forgotten. With `is_whole` false the dump may lack goroutines: ids are kept,
 * and nothing is said of creators.
 */
void ll_goroutine_kin_settle(struct ll_goroutine_kin *kin, bool is_whole, struct ll_arena *arena,
                             struct ll_goroutine_kinship *ret_groups, size_t group_count);

#endif
