/* SPDX-License-Identifier: Apache-2.0 */
/* oom_told.c - see oom_told.h. */
#include "oom_told.h"

#include <leakledger/units.h>

#define LATE_NS (5 * LL_NS_PER_S) /* of the kernel's line: its ring is read when there is time */

static void keep(char *to, size_t room, struct ll_str text)
{
	text = ll_str_first(text, room - 1);
	if (text.size > 0)
		memcpy(to, text.data, text.size);
	to[text.size] = '\0';
}

void ll_oom_told_add(struct ll_oom_told *told, struct ll_str host, struct ll_str cgroup,
                     int64_t time_ns)
{
	const size_t at = told->next % LL_OOM_TOLD_MAX;

	if (cgroup.size == 0)
		return;
	keep(told->items[at].path, LL_OOM_TOLD_PATH, cgroup);
	keep(told->items[at].host, LL_OOM_TOLD_HOST, host);
	told->items[at].time_ns = time_ns;
	told->next++;
}

/* Is the unit one of the elements of the path? */
static bool is_below(struct ll_str path, struct ll_str unit)
{
	while (path.size > 0) {
		if (ll_str_equal(ll_str_split(&path, '/'), unit))
			return true;
	}
	return false;
}

bool ll_oom_told_has(const struct ll_oom_told *told, struct ll_str host, struct ll_str unit,
                     int64_t time_ns)
{
	host = ll_str_first(host, LL_OOM_TOLD_HOST - 1);
	for (size_t i = 0; i < LL_OOM_TOLD_MAX; i++) {
		const int64_t then_ns = told->items[i].time_ns;
		const bool has_times = time_ns != LL_TIME_NONE && then_ns != LL_TIME_NONE;

		if (told->items[i].path[0] == '\0' ||
		    !ll_str_equal(ll_str(told->items[i].host), host) ||
		    !is_below(ll_str(told->items[i].path), unit))
			continue;
		if (!has_times ||
		    (time_ns - then_ns > -LATE_NS && time_ns - then_ns < LL_NS_PER_MINUTE))
			return true;
	}
	return false;
}
