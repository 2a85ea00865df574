/* SPDX-License-Identifier: Apache-2.0 */
/* slots.c - see slots.h. */
#include "slots.h"

static const char begins[] = "<ll-slot name=\"", ends[] = "\"></ll-slot>";

static const struct ll_slot *find_slot(struct ll_str name, const struct ll_slot *slots,
                                       size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (ll_str_equal(name, ll_str(slots[i].name)))
			return &slots[i];
	}
	return NULL;
}

int ll_slots_fill(struct ll_str page, const struct ll_slot *slots, size_t count, struct ll_buf *out,
                  struct ll_error *err)
{
	for (size_t at = ll_str_find(page, begins); at != SIZE_MAX;
	     at = ll_str_find(page, begins)) {
		const struct ll_slot *slot;
		struct ll_str name;
		size_t end;

		ll_buf_put_str(out, ll_str_first(page, at));
		page = ll_str_from(page, at + strlen(begins));
		end = ll_str_find(page, ends);
		name = ll_str_first(page, end == SIZE_MAX ? 0 : end);
		slot = find_slot(name, slots, count);
		if (!slot)
			return ll_fail(err, LL_E_INTERNAL, "nothing fills the slot '%.*s'",
			               LL_STR_ARG(name));
		ll_buf_put_str(out, slot->markup);
		page = ll_str_from(page, name.size + strlen(ends));
	}
	ll_buf_put_str(out, page);
	return ll_buf_check(out, "page", err);
}
