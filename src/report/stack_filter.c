/* SPDX-License-Identifier: Apache-2.0 */
/* stack_filter.c - see stack_filter.h. Functions are judged once, stacks by a look at the marks. */
#include "stack_filter.h"

enum {
	MARK_FOCUS = 1,
	MARK_IGNORED = 2,
	MARK_HIDDEN = 4,
};

static bool has_text(const struct ll_profile_function *function, const char *text)
{
	return text && (ll_str_find(function->normalized, text) != SIZE_MAX ||
	                ll_str_find(function->name, text) != SIZE_MAX);
}

static uint8_t marks_of(const struct ll_profile_function *function,
                        const struct ll_tree_options *options)
{
	unsigned marks = 0;

	if (has_text(function, options->focus))
		marks |= MARK_FOCUS;
	if (has_text(function, options->ignore))
		marks |= MARK_IGNORED;
	if (has_text(function, options->hide) ||
	    (options->own_only && function->owner != LL_OWNER_OWN))
		marks |= MARK_HIDDEN;
	return (uint8_t)marks;
}

void ll_stack_filter_init(struct ll_stack_filter *filter, const struct ll_profile *profile,
                          const struct ll_tree_options *options)
{
	const struct ll_profile_function *const functions = profile->functions.items;

	*filter = (struct ll_stack_filter){
		.profile = profile,
		.has_focus = options->focus != NULL,
		.marks = ll_calloc(profile->functions.count + 1, sizeof *filter->marks),
	};
	for (size_t i = 0; i < profile->functions.count; i++)
		filter->marks[i] = marks_of(&functions[i], options);
}

void ll_stack_filter_done(struct ll_stack_filter *filter)
{
	free(filter->marks);
}

bool ll_stack_filter_wants(const struct ll_stack_filter *filter,
                           const struct ll_profile_sample *sample)
{
	const uint32_t *const stack =
		(const uint32_t *)filter->profile->stacks.items + sample->first;
	const struct ll_profile_frame *const frames = filter->profile->frames.items;
	unsigned marks = 0;

	for (size_t i = 0; i < sample->count; i++)
		marks |= filter->marks[frames[stack[i]].function];
	return (marks & MARK_IGNORED) == 0 && (!filter->has_focus || (marks & MARK_FOCUS) != 0);
}

bool ll_stack_filter_hides(const struct ll_stack_filter *filter, uint32_t function)
{
	return (filter->marks[function] & MARK_HIDDEN) != 0;
}
