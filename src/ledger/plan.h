/* SPDX-License-Identifier: Apache-2.0 */
/*
 * plan.h - which files a run looks at, in which order, cut into units of work.
 */
#ifndef LL_LEDGER_PLAN_H
#define LL_LEDGER_PLAN_H

#include "internal.h"
#include "unit.h"

/** Files that one worker reads in one go. */
struct ll_plan_unit {
	size_t first, count;
	int64_t bytes;
};

struct ll_plan {
	struct ll_arena arena;
	struct ll_vec
		roots; /* const char *: directories and files that were named, no two the same */
	struct ll_map root_places; /* in `roots`, by the hash of the name */
	struct ll_vec files;       /* struct ll_unit_file, by root and path, no two the same ... */
	size_t to_read;            /* ... but those that are settled stand behind the others */
	struct ll_vec units;       /* struct ll_plan_unit */
	int64_t bytes;             /* to read */
	int spooled;               /* descriptor of what stdin gave, or -1 */
	/* Of the named roots, and of what was listed (settled.h): */
	size_t rejected, usable; /* files, old and new, of which something was or is */
	struct ll_vec gone;      /* int64_t: numbers of files to forget (gone.h) */
};

void ll_plan_init(struct ll_plan *plan);
void ll_plan_done(struct ll_plan *plan);
/** Walks the roots, looks at the files that are listed, takes what stdin gives. */
int ll_plan_make(struct ll_plan *plan, struct ll_ledger *ledger,
                 const struct ll_ingest_options *options, struct ll_error *err);

#endif
