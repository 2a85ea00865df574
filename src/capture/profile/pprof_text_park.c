/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pprof_text_park.c - what a goroutine of a text profile waits for, from addresses without names.
 *
 * ?debug=1 prints no name for the runtime's leading frames, but their return addresses stand in the
 * record: gopark and selectgo are two, gopark, chanrecv and chanrecv1 (or chansend and chansend1)
 * three. In every binary these functions lie in the order of runtime/chan.go:
 *
 *     chansend1  chansend ......  chanrecv1  chanrecv2  chanrecv ......
 *     |--------- about 3.5 KB ----|-- <64 --|
 *
 * `wrapper` is the third address (in chansend1, chanrecv1 or chanrecv2), `park` the second (in
 * chansend or chanrecv, where it parks), and `park - wrapper` is less than 2 KB. Rules:
 *
 *   1. Two wrappers of one profile that are less than 96 bytes apart are chanrecv1 and chanrecv2.
 *   2. Two that are 2 to 8 KB apart are chansend1 and one of chanrecv1 and chanrecv2.
 *   3. Three, or four and more in a file of several binaries, must fit both rules, or none is used.
 *   4. One alone is told by `park - wrapper`, which the compiler fixes for each version of Go. The
 *      values below were measured in binaries of Go 1.19, 1.21 to 1.24, 1.26 and 1.27 for amd64 and
 *      arm64 (no value means both directions); others are not guessed. Addresses of amd64 are
 *      told by one that is no multiple of four.
 *   5. The same values tell a nil channel, on which chansend and chanrecv park at another place.
 *   6. All that wait begin in gopark, at one address. One that waits for sure (in a channel
 *      operation of the shape above, or by the name of a frame that is shown) tells it; a record
 *      with another one was preempted (asyncPreempt, in two frames like a select) and is runnable.
 *      Where nothing is hidden the program's own function runs, or is about to.
 */
#include "pprof_text.h"

enum {
	REACH = 2048,    /* park - wrapper is less */
	TWIN_REACH = 96, /* chanrecv2 - chanrecv1 is less */
	PAIR_NEAREST = 2048,
	PAIR_FARTHEST = 8192, /* chanrecv1 - chansend1 lies between */
};

struct distance {
	uint16_t bytes;
	bool is_amd64;
	const char *state;
};

/* clang-format off */
static const struct distance distances[] = {
	{918, true, "chan send"}, {942, true, "chan send"}, {1029, true, "chan send"},
	{1103, true, "chan send"},
	{227, true, "chan send (nil chan)"}, {245, true, "chan send (nil chan)"},
	{277, true, "chan send (nil chan)"}, {281, true, "chan send (nil chan)"},
	{973, true, "chan receive"}, {987, true, "chan receive"}, {1005, true, "chan receive"},
	{1019, true, "chan receive"}, {1066, true, "chan receive"}, {1098, true, "chan receive"},
	{1107, true, "chan receive"}, {1139, true, "chan receive"}, {1212, true, "chan receive"},
	{1219, true, "chan receive"}, {1244, true, "chan receive"}, {1283, true, "chan receive"},
	{359, true, "chan receive (nil chan)"}, {391, true, "chan receive (nil chan)"},
	{423, true, "chan receive (nil chan)"}, {437, true, "chan receive (nil chan)"},
	{455, true, "chan receive (nil chan)"}, {469, true, "chan receive (nil chan)"},
	{472, true, "chan receive (nil chan)"}, {487, true, "chan receive (nil chan)"},
	{519, true, "chan receive (nil chan)"}, {536, true, "chan receive (nil chan)"},
	{968, false, "chan send"}, {976, false, "chan send"}, {988, false, "chan send"},
	{1004, false, "chan send"}, {1008, false, "chan send"}, {1124, false, "chan send"},
	{264, false, "chan send (nil chan)"}, {272, false, "chan send (nil chan)"},
	{276, false, "chan send (nil chan)"}, {304, false, "chan send (nil chan)"},
	{308, false, "chan send (nil chan)"},
	{1056, false, "chan receive"}, {1072, false, "chan receive"}, {1088, false, "chan receive"},
	{1096, false, "chan receive"}, {1104, false, "chan receive"}, {1128, false, "chan receive"},
	{1164, false, "chan receive"}, {1176, false, "chan receive"}, {1196, false, "chan receive"},
	{1208, false, "chan receive"},
	{440, false, "chan receive (nil chan)"}, {444, false, "chan receive (nil chan)"},
	{452, false, "chan receive (nil chan)"}, {472, false, "chan receive (nil chan)"},
	{476, false, "chan receive (nil chan)"}, {484, false, "chan receive (nil chan)"},
	{488, false, "chan receive (nil chan)"}, {520, false, "chan receive (nil chan)"},
};
/* clang-format on */

/* Three addresses are hidden, and the last two lie as a wrapper and what it calls. */
static bool is_channel(const struct ll_text_record *record)
{
	return record->hidden == 3 && record->park_pc > record->entry_pc &&
	       record->park_pc - record->entry_pc < REACH;
}

/* Rule 6: do its frames say by name that it is parked? */
static bool is_parked_by_name(const struct ll_text_records *records,
                              const struct ll_text_record *record)
{
	static const char *const parking[] = {
		"internal/poll.runtime_pollWait",
		"sync.runtime_",
		"internal/sync.runtime_",
		"time.Sleep",
	};
	struct ll_str leaf;

	if (record->hidden < 1 || record->hidden > 8 || record->location_count == 0)
		return false;
	leaf = records->symbols
	               .functions[records->symbols.lines[records->locations[record->first_location]]
	                                  .function]
	               .name;
	for (size_t i = 0; i < LL_COUNT(parking); i++) {
		if (ll_str_starts(leaf, parking[i]))
			return true;
	}
	return false;
}

static void add_wrapper(struct ll_text_parks *parks, uint64_t wrapper)
{
	size_t at = 0;

	while (at < parks->count && parks->wrappers[at] < wrapper)
		at++;
	if (at < parks->count && parks->wrappers[at] == wrapper)
		return;
	if (parks->count == LL_COUNT(parks->wrappers)) {
		parks->is_mixed = true;
		return;
	}
	memmove(parks->wrappers + at + 1, parks->wrappers + at,
	        (parks->count - at) * sizeof *parks->wrappers);
	parks->wrappers[at] = wrapper;
	parks->count++;
}

/* Rules 1 to 3, on wrappers in rising order. */
static void tell_apart(struct ll_text_parks *parks)
{
	const uint64_t *const at = parks->wrappers;
	const size_t count = parks->count;
	const bool has_twins = count > 1 && at[count - 1] - at[count - 2] < TWIN_REACH;
	const bool has_pair = count > 1 && at[count - 1] - at[0] >= PAIR_NEAREST &&
	                      at[count - 1] - at[0] < PAIR_FARTHEST;

	if (parks->is_mixed)
		return;
	if (count == 2 && has_twins)
		parks->first_receive = at[0];
	else if ((count == 2 && has_pair) || (count == 3 && has_twins && has_pair))
		parks->first_receive = at[1];
}

void ll_text_parks_learn(const struct ll_text_records *records, struct ll_text_parks *parks)
{
	*parks = (struct ll_text_parks){0};
	for (size_t i = 0; i < records->count; i++) {
		const struct ll_text_record *const record = &records->items[i];

		if (record->hidden > 0 && record->hidden < LL_TEXT_PCS_MAX)
			parks->is_amd64 |= (record->entry_pc & 3) != 0;
		if (is_channel(record))
			add_wrapper(parks, record->entry_pc);
		if (is_channel(record) || is_parked_by_name(records, record))
			parks->gopark = record->first_pc;
	}
	tell_apart(parks);
}

/* Rules 4 and 5. */
static const char *by_distance(const struct ll_text_parks *parks, uint64_t distance)
{
	for (size_t i = 0; i < LL_COUNT(distances); i++) {
		if (distances[i].bytes == distance && distances[i].is_amd64 == parks->is_amd64)
			return distances[i].state;
	}
	return NULL;
}

const char *ll_text_parks_state(const struct ll_text_parks *parks,
                                const struct ll_text_record *record)
{
	const char *measured;
	const char *told;

	if (record->hidden == 0)
		return "running";
	if (record->hidden < LL_TEXT_PCS_MAX && parks->gopark != 0 &&
	    record->first_pc != parks->gopark)
		return "runnable";
	if (record->hidden == 2)
		return "select";
	if (record->hidden != 3)
		return "unknown";
	if (!is_channel(record))
		return "channel";
	measured = by_distance(parks, record->park_pc - record->entry_pc);
	if (parks->first_receive == 0)
		return measured ? measured : "channel";
	told = record->entry_pc >= parks->first_receive ? "chan receive" : "chan send";
	return measured && strncmp(measured, told, strlen(told)) == 0 ? measured : told;
}
