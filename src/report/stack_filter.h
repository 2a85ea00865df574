/* SPDX-License-Identifier: Apache-2.0 */
/* stack_filter.h - which stacks are wanted and which of their frames are shown, by function. */
#ifndef LL_REPORT_STACK_FILTER_H
#define LL_REPORT_STACK_FILTER_H

#include "profile.h"

struct ll_stack_filter {
	const struct ll_profile *profile;
	bool has_focus;
	uint8_t *marks; /* of each function */
};

void ll_stack_filter_init(struct ll_stack_filter *filter, const struct ll_profile *profile,
                          const struct ll_tree_options *options);
void ll_stack_filter_done(struct ll_stack_filter *filter);
/** Has it a function in focus, and none that is to be ignored? */
bool ll_stack_filter_wants(const struct ll_stack_filter *filter,
                           const struct ll_profile_sample *sample);
/** Is the function's frame left out of stacks? */
bool ll_stack_filter_hides(const struct ll_stack_filter *filter, uint32_t function);

#endif
