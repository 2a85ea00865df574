/* SPDX-License-Identifier: Apache-2.0 */
/*
 * slots.h - places in a page for what templates must not copy: pictures of a thousand nodes, style
 * and script.
 *
 * A template writes <ll-slot name="picture"/>; the page's text then has an empty element of that
 * name, and its writer puts the markup there. Text of captures is escaped, so it never makes one.
 */
#ifndef LL_REPORT_SLOTS_H
#define LL_REPORT_SLOTS_H

#include <leakledger/buf.h>

/** What fills a slot: well-formed markup of ours. */
struct ll_slot {
	const char *name;
	struct ll_str markup;
};

/** Appends the page with its slots filled; LL_E_INTERNAL for one that nobody fills. */
int ll_slots_fill(struct ll_str page, const struct ll_slot *slots, size_t count, struct ll_buf *out,
                  struct ll_error *err);

#endif
