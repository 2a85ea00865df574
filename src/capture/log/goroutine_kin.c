/* SPDX-License-Identifier: Apache-2.0 */
/*
 * goroutine_kin.c - see goroutine_kin.h.
 *
 * Members are sorted by id, as many dumps list them: ids grow, so the first of a group are its
 * oldest. Those whose creator is not among them are sorted again by creator, so that the children
 * of one are a run; of most dumps they are few.
 *
 * People cut goroutines out of a dump and send those: only a dump that lists goroutine 1, which
 * runs main, is taken to list all.
 */
#include "goroutine_kin.h"

#define NONE UINT32_MAX /* no next member */

enum {
	MEMBERS_MAX = 1 << 20, /* 32 MiB of them */
	IDS_MAX = 8,           /* of one group that are kept */
	ID_TEXT_MAX = 21,
};

void ll_goroutine_kin_add(struct ll_goroutine_kin *kin, const struct ll_goroutine_member *member)
{
	if (kin->members.count == MEMBERS_MAX)
		kin->is_over = true;
	else
		*(struct ll_goroutine_member *)ll_vec_push(&kin->members, sizeof *member) = *member;
}

void ll_goroutine_kin_forget(struct ll_goroutine_kin *kin)
{
	kin->members.count = 0;
	kin->is_over = false;
}

void ll_goroutine_kin_done(struct ll_goroutine_kin *kin)
{
	ll_vec_done(&kin->members);
}

bool ll_goroutine_is_at_work(struct ll_str state)
{
	static const char *const states[] = {"running",   "runnable", "syscall", "IO wait",
	                                     "copystack", "sleep",    "idle",    "preempted"};

	for (size_t i = 0; i < LL_COUNT(states); i++) {
		if (ll_str_equal(state, ll_str(states[i])))
			return true;
	}
	return ll_str_starts(state, "GC ");
}

static int compare_u64(uint64_t a, uint64_t b)
{
	return (a > b) - (a < b);
}

static int by_id(const void *a, const void *b)
{
	const struct ll_goroutine_member *const left = a;
	const struct ll_goroutine_member *const right = b;

	if (left->id != right->id)
		return compare_u64(left->id, right->id);
	return compare_u64(left->group, right->group);
}

static int by_creator(const void *a, const void *b)
{
	const struct ll_goroutine_member *const left = a;
	const struct ll_goroutine_member *const right = b;

	if (left->creator != right->creator)
		return compare_u64(left->creator, right->creator);
	return compare_u64(left->group, right->group);
}

static void sort_by_id(struct ll_goroutine_member *members, size_t count)
{
	for (size_t i = 1; i < count; i++) {
		if (by_id(&members[i - 1], &members[i]) <= 0)
			continue;
		qsort(members, count, sizeof *members, by_id);
		return;
	}
}

/* -------------------------------------------------------------------- oldest ids */

static size_t put_number(char *to, uint64_t number)
{
	char digits[ID_TEXT_MAX];
	size_t count = 0;

	do
		digits[count++] = (char)('0' + number % 10);
	while ((number /= 10) > 0);
	for (size_t i = 0; i < count; i++)
		to[i] = digits[count - 1 - i];
	return count;
}

/* "[18,34]" of a group's members, the first of which is members[at]. */
static struct ll_str ids_text(struct ll_arena *arena, const struct ll_goroutine_member *members,
                              uint32_t at)
{
	char text[IDS_MAX * ID_TEXT_MAX + 2];
	size_t size = 0;

	for (size_t i = 0; i < IDS_MAX && at != NONE; i++, at = members[at].next) {
		text[size++] = i == 0 ? '[' : ',';
		size += put_number(text + size, members[at].id);
	}
	text[size++] = ']';
	return ll_arena_str(arena, ll_str_n(text, size));
}

/* The members of each group become a chain, oldest first. */
static void note_ids(struct ll_goroutine_member *members, size_t count, struct ll_arena *arena,
                     struct ll_goroutine_kinship *groups, size_t group_count)
{
	LL_CLEANUP(ll_freep) uint32_t *firsts = ll_calloc(group_count, sizeof *firsts);

	memset(firsts, 0xff, group_count * sizeof *firsts);
	for (size_t i = count; i > 0; i--) {
		struct ll_goroutine_member *const member = &members[i - 1];

		member->next = firsts[member->group];
		firsts[member->group] = (uint32_t)(i - 1);
	}
	for (size_t i = 0; i < group_count; i++) {
		if (firsts[i] != NONE)
			groups[i].ids = ids_text(arena, members, firsts[i]);
	}
}

/* ----------------------------------------------------------------------- orphans */

/* Members first to end have one creator, which has ended. */
static void count_orphans(const struct ll_goroutine_member *members, size_t first, size_t end,
                          struct ll_goroutine_kinship *groups)
{
	size_t at_work = 0;

	for (size_t i = first; i < end; i++)
		at_work += members[i].is_at_work;
	for (size_t i = first, next; i < end; i = next) {
		size_t own = 0;

		for (next = i; next < end && members[next].group == members[i].group; next++)
			own += members[next].is_at_work;
		if (at_work > own)
			continue;
		groups[members[i].group].orphans += next - i;
		groups[members[i].group].creators++;
	}
}

static bool has_id(const struct ll_goroutine_member *members, size_t count, uint64_t id)
{
	size_t from = 0;

	while (count > 0) {
		const size_t half = count / 2;

		if (members[from + half].id < id) {
			from += half + 1;
			count -= half + 1;
		} else if (members[from + half].id > id) {
			count = half;
		} else {
			return true;
		}
	}
	return false;
}

/* Moves those whose creator has ended to the front and returns their number. */
static size_t take_lost(struct ll_goroutine_member *members, size_t count,
                        struct ll_goroutine_kinship *groups)
{
	uint64_t creator = 0; /* of the one before: many are started by the same */
	bool is_lost = false;
	size_t lost = 0;

	for (size_t i = 0; i < count; i++) {
		if (members[i].creator != creator) {
			creator = members[i].creator;
			is_lost = creator != 0 && !has_id(members, count, creator);
		}
		members[i].is_lost = is_lost;
		groups[members[i].group].is_known |= creator != 0;
	}
	for (size_t i = 0; i < count; i++) {
		if (members[i].is_lost)
			members[lost++] = members[i];
	}
	return lost;
}

static void find_orphans(struct ll_goroutine_member *members, size_t count,
                         struct ll_goroutine_kinship *groups)
{
	count = take_lost(members, count, groups);
	if (count > 0)
		qsort(members, count, sizeof *members, by_creator);
	for (size_t first = 0, end; first < count; first = end) {
		for (end = first + 1;
		     end < count && members[end].creator == members[first].creator;)
			end++;
		count_orphans(members, first, end, groups);
	}
}

void ll_goroutine_kin_settle(struct ll_goroutine_kin *kin, bool is_whole, struct ll_arena *arena,
                             struct ll_goroutine_kinship *ret_groups, size_t group_count)
{
	static const uint64_t main_id = 1;
	struct ll_goroutine_member *const members = kin->members.items;
	const size_t count = kin->members.count;

	memset(ret_groups, 0, group_count * sizeof *ret_groups);
	if (kin->is_over || count == 0)
		return;
	sort_by_id(members, count);
	note_ids(members, count, arena, ret_groups, group_count);
	if (is_whole && members[0].id == main_id)
		find_orphans(members, count, ret_groups);
}
