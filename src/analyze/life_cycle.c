/* SPDX-License-Identifier: Apache-2.0 */
/*
 * life_cycle.c - a finding from one judgment to the next.
 *
 *   1  Not known before: new; fixed when the newest build has it behind it already.
 *   2  The newest build does not show it any more: fixed.
 *   3  Known as fixed, and there again: regressed.
 *   4  No capture has come since: it stays as it was.
 *   5  Growth is more than a quarter above what it was, and the lower end of its interval is above
 *      it by a tenth: worse. The same downwards: improving. Else: same.
 *   6  Not there any more though five captures or more of a build have come that was not seen
 *      before: fixed.
 *   7  Not there any more, and five captures of the same builds have come, or none at all: taken
 *      back, for more or better judged captures do not bear it out. Nobody fixed anything.
 *   8  Not there any more with fewer captures since: nothing is known, it is kept.
 */
#include "judge.h"

#include <math.h>

enum {
	CAPTURES_TO_CLEAR = 5,
};

static bool is_state(const struct ll_known *known, const char *state)
{
	return ll_str_equal(known->state, ll_str(state));
}

const char *ll_state_next(const struct ll_known *known, struct ll_estimate growth,
                          int64_t last_seen_ns, bool is_over)
{
	static const char *const states[] = {"new",       "worse", "same",
	                                     "improving", "fixed", "regressed"};

	if (is_over)
		return "fixed";
	if (!known)
		return "new";
	if (is_state(known, "fixed"))
		return "regressed";
	if (last_seen_ns <= known->last_seen_ns) {
		for (size_t i = 0; i < LL_COUNT(states); i++) {
			if (is_state(known, states[i]))
				return states[i];
		}
	}
	if (isnan(growth.value) || isnan(known->growth) || known->growth <= 0)
		return "same";
	if (growth.value > 1.25 * known->growth && growth.low > 1.1 * known->growth)
		return "worse";
	if (growth.value < 0.75 * known->growth && growth.high < 0.9 * known->growth)
		return "improving";
	return "same";
}

enum ll_fate ll_state_absent(const struct ll_known *known, int64_t captures_since,
                             int64_t of_new_builds)
{
	if (is_state(known, "fixed"))
		return LL_FATE_KEEP;
	if (of_new_builds >= CAPTURES_TO_CLEAR)
		return LL_FATE_FIXED;
	if (captures_since == 0 || captures_since - of_new_builds >= CAPTURES_TO_CLEAR)
		return LL_FATE_DELETE;
	return LL_FATE_KEEP;
}
