/* SPDX-License-Identifier: Apache-2.0 */
/* icicle.h - flame graphs of the site's pages: what the newest capture holds, and what grew. */
#ifndef LL_REPORT_ICICLE_H
#define LL_REPORT_ICICLE_H

#include "figure.h"

struct ll_profile;

enum {
	LL_ICICLE_PROFILES = 4, /* first and last of the heap, and of the goroutines */
};

/**
 * The profiles that were shown last: pages of a service's findings show the same few captures. All
 * zero: none yet.
 */
struct ll_icicle_profiles {
	struct {
		struct ll_profile *profile;
		int64_t capture_id;
		uint64_t used; /* when: the one that was not for longest goes first */
	} known[LL_ICICLE_PROFILES];
	uint64_t uses;
};

void ll_icicle_profiles_done(struct ll_icicle_profiles *profiles);

enum ll_icicle {
	LL_ICICLE_NONE,
	LL_ICICLE_SERVICE, /* the heap of the shown instance */
	LL_ICICLE_FINDING, /* what passes through the finding's function */
};

/** Where the picture goes, which is too large for the model, and how large it may be. */
struct ll_icicle_slot {
	struct ll_buf *picture;
	size_t most_boxes;                   /* 0: no picture, and the page says so */
	struct ll_icicle_profiles *profiles; /* are kept there for the next page */
};

/**
 * Adds <icicle title= note=> to `parent` and the picture to the slot; nothing when there is no
 * capture for it. `slot` may be NULL: then the model alone is made.
 */
int ll_icicle_put(enum ll_icicle which, const struct ll_figure_of *of,
                  const struct ll_icicle_slot *slot, xmlNodePtr parent, struct ll_error *err);

#endif
