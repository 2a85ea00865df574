/* SPDX-License-Identifier: Apache-2.0 */
/*
 * goroutine_kin.c - see goroutine_kin.h.
 *
 * Members are sorted twice: by creator, so that the children of one are a run, and by group and id,
 * so that the oldest of a group come first. Ids grow, so a smaller one is older.
 *
 * People cut goroutines out of a dump and send those: only a dump that lists goroutine 1, which
 * runs main, is taken to list all.
 */
#include "goroutine_kin.h"

#include <inttypes.h>

enum {
	MEMBERS_MAX = 1 << 20, /* 32 MiB of them */
	IDS_MAX = 8,           /* of one group that are kept */
	ID_TEXT_MAX = 21,
};

static const struct ll_goroutine_member *members_of(const struct ll_goroutine_kin *kin)
{
	return kin->members.items;
}

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

static int by_group(const void *a, const void *b)
{
	const struct ll_goroutine_member *const left = a;
	const struct ll_goroutine_member *const right = b;

	if (left->group != right->group)
		return left->group < right->group ? -1 : 1;
	return compare_u64(left->id, right->id);
}

static int by_creator(const void *a, const void *b)
{
	const struct ll_goroutine_member *const left = a;
	const struct ll_goroutine_member *const right = b;

	if (left->creator != right->creator)
		return compare_u64(left->creator, right->creator);
	return by_group(a, b);
}

static int by_id(const void *a, const void *b)
{
	return compare_u64(*(const uint64_t *)a, *(const uint64_t *)b);
}

/* -------------------------------------------------------------------- oldest ids */

/* "[18,34]" of the members of one group, which are sorted. */
static struct ll_str ids_text(struct ll_arena *arena, const struct ll_goroutine_member *members,
                              size_t count)
{
	char text[IDS_MAX * ID_TEXT_MAX + 2];
	size_t size = 0;

	for (size_t i = 0; i < count && i < IDS_MAX; i++)
		size += (size_t)snprintf(text + size, sizeof text - size, "%c%" PRIu64,
		                         i == 0 ? '[' : ',', members[i].id);
	text[size++] = ']';
	return ll_arena_str(arena, ll_str_n(text, size));
}

static void note_ids(struct ll_goroutine_kin *kin, struct ll_arena *arena,
                     struct ll_goroutine_kinship *groups)
{
	const struct ll_goroutine_member *const members = members_of(kin);
	const size_t count = kin->members.count;

	qsort(kin->members.items, count, sizeof *members, by_group);
	for (size_t first = 0, end; first < count; first = end) {
		for (end = first + 1; end < count && members[end].group == members[first].group;)
			end++;
		groups[members[first].group].ids = ids_text(arena, &members[first], end - first);
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

static void find_orphans(struct ll_goroutine_kin *kin, struct ll_goroutine_kinship *groups)
{
	static const uint64_t main_id = 1;
	const struct ll_goroutine_member *const members = members_of(kin);
	const size_t count = kin->members.count;
	LL_CLEANUP(ll_freep) uint64_t *ids = ll_calloc(count + 1, sizeof *ids);

	for (size_t i = 0; i < count; i++)
		ids[i] = members[i].id;
	qsort(ids, count, sizeof *ids, by_id);
	if (!bsearch(&main_id, ids, count, sizeof *ids, by_id))
		return;
	qsort(kin->members.items, count, sizeof *members, by_creator);
	for (size_t first = 0, end; first < count; first = end) {
		const uint64_t creator = members[first].creator;

		for (end = first; end < count && members[end].creator == creator; end++)
			groups[members[end].group].is_known |= creator != 0;
		if (creator != 0 && !bsearch(&creator, ids, count, sizeof *ids, by_id))
			count_orphans(members, first, end, groups);
	}
}

void ll_goroutine_kin_settle(struct ll_goroutine_kin *kin, bool is_whole, struct ll_arena *arena,
                             struct ll_goroutine_kinship *ret_groups, size_t group_count)
{
	memset(ret_groups, 0, group_count * sizeof *ret_groups);
	if (kin->is_over || kin->members.count == 0)
		return;
	note_ids(kin, arena, ret_groups);
	if (is_whole)
		find_orphans(kin, ret_groups);
}
