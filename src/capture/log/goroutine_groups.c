/* SPDX-License-Identifier: Apache-2.0 */
/*
 * goroutine_groups.c - see goroutine_groups.h.
 *
 * The key of a group is everything that is equal in it: stack, creator, state, labels, flags, and
 * the bucket of its waiting time. Ages stay visible through the buckets (limits in minutes, below)
 * and the exact smallest and largest value of each. The parts are put behind one another in one
 * buffer, with their sizes, and hashed at once:
 *
 *     frames | creator | state | labels | struct key_sizes
 */
#include "goroutine_groups.h"

#include "goroutine_kin.h"

enum {
	GROUPS_MAX = 1 << 20,
	TEXT_MAX = 4 * 1024 * 1024,           /* of one goroutine */
	GROUP_BYTES_MAX = 1024 * 1024 * 1024, /* of all groups of a dump */
};

struct key_sizes {
	uint32_t frames, creator, state, labels;
	uint32_t flags; /* and the bucket */
};

struct group {
	struct ll_goroutines view;   /* strings and frames in the arena */
	struct ll_str text, creator; /* not yet split */
};

struct ll_goroutine_groups {
	struct ll_map map;
	struct ll_arena arena;
	struct ll_goroutine_kin kin;
	struct group *items;
	size_t count, capacity;
};

void ll_goroutine_init(struct ll_goroutine *goroutine)
{
	memset(goroutine, 0, sizeof *goroutine);
	ll_buf_init(&goroutine->text, TEXT_MAX);
	ll_buf_init(&goroutine->creator, LL_BUF_MESSAGE);
	ll_buf_init(&goroutine->state, LL_BUF_MESSAGE);
	ll_buf_init(&goroutine->labels, LL_BUF_MESSAGE);
}

void ll_goroutine_done(struct ll_goroutine *goroutine)
{
	ll_buf_done(&goroutine->text);
	ll_buf_done(&goroutine->creator);
	ll_buf_done(&goroutine->state);
	ll_buf_done(&goroutine->labels);
}

void ll_goroutine_clear(struct ll_goroutine *goroutine)
{
	ll_buf_clear(&goroutine->text);
	ll_buf_clear(&goroutine->creator);
	ll_buf_clear(&goroutine->state);
	ll_buf_clear(&goroutine->labels);
	goroutine->frame_count = 0;
	goroutine->id = 0;
	goroutine->creator_id = 0;
	goroutine->minutes = 0;
	goroutine->is_leaked = false;
	goroutine->is_cut = false;
	goroutine->is_system = false;
}

struct ll_goroutine_groups *ll_goroutine_groups_new(void)
{
	return ll_calloc(1, sizeof(struct ll_goroutine_groups));
}

void ll_goroutine_groups_forget(struct ll_goroutine_groups *groups)
{
	ll_map_clear(&groups->map);
	ll_arena_clear(&groups->arena);
	ll_goroutine_kin_forget(&groups->kin);
	groups->count = 0;
}

void ll_goroutine_groups_free(struct ll_goroutine_groups *groups)
{
	if (!groups)
		return;
	ll_map_done(&groups->map);
	ll_arena_done(&groups->arena);
	ll_goroutine_kin_done(&groups->kin);
	free(groups->items);
	free(groups);
}

/* 0: under a minute or not known; then 1-4, 5-14, 15-59, 1-4 h, 4-24 h, a day and more. */
static uint32_t wait_bucket(int64_t minutes)
{
	static const int64_t limits[] = {1, 5, 15, 60, 240, 1440};
	uint32_t bucket = 0;

	for (size_t i = 0; i < LL_COUNT(limits); i++)
		bucket += minutes >= limits[i];
	return bucket;
}

/* Completes the key behind the frames. False when it does not fit. */
static bool put_key(struct ll_goroutine *goroutine, struct key_sizes *sizes)
{
	struct ll_buf *const key = &goroutine->text;

	*sizes = (struct key_sizes){
		.frames = (uint32_t)key->size,
		.creator = (uint32_t)goroutine->creator.size,
		.state = (uint32_t)goroutine->state.size,
		.labels = (uint32_t)goroutine->labels.size,
		.flags = wait_bucket(goroutine->minutes) << 3 |
	                 (uint32_t)goroutine->is_leaked << 2 | (uint32_t)goroutine->is_cut << 1 |
	                 (uint32_t)goroutine->is_system,
	};
	ll_buf_put_str(key, ll_buf_str(&goroutine->creator));
	ll_buf_put_str(key, ll_buf_str(&goroutine->state));
	ll_buf_put_str(key, ll_buf_str(&goroutine->labels));
	ll_buf_put(key, sizes, sizeof *sizes);
	return !key->is_full;
}

static void add_group(struct ll_goroutine_groups *groups, const struct ll_goroutine *goroutine,
                      const struct key_sizes *sizes)
{
	struct group *group;
	struct ll_str text = ll_arena_str(&groups->arena, ll_buf_str(&goroutine->text));

	if (groups->count == groups->capacity) {
		groups->capacity = groups->capacity * 2 + 64;
		groups->items = ll_realloc(groups->items, groups->capacity, sizeof *groups->items);
	}
	group = &groups->items[groups->count++];
	*group = (struct group){
		.view =
			{
				.count = 1,
				.frame_count = goroutine->frame_count,
				.min_minutes = goroutine->minutes,
				.max_minutes = goroutine->minutes,
				.is_leaked = goroutine->is_leaked,
				.is_system = goroutine->is_system,
				.is_cut = goroutine->is_cut,
			},
		.text = ll_str_first(text, sizes->frames),
	};
	text = ll_str_from(text, sizes->frames);
	group->creator = ll_str_first(text, sizes->creator);
	text = ll_str_from(text, sizes->creator);
	group->view.state = ll_str_first(text, sizes->state);
	group->view.labels = ll_str_first(ll_str_from(text, sizes->state), sizes->labels);
}

int ll_goroutine_groups_add(struct ll_goroutine_groups *groups, struct ll_goroutine *goroutine,
                            struct ll_error *err)
{
	const uint32_t next = (uint32_t)groups->count;
	struct key_sizes sizes;
	uint32_t index;
	bool is_at_work;
	struct ll_goroutines *view;

	if (next == GROUPS_MAX)
		return ll_fail(err, LL_E_LIMIT, "more than %d distinct goroutines", GROUPS_MAX);
	if (groups->arena.taken > GROUP_BYTES_MAX || !put_key(goroutine, &sizes))
		return ll_fail(err, LL_E_LIMIT, "stacks of goroutines larger than memory allows");
	is_at_work = ll_goroutine_is_at_work(ll_buf_str(&goroutine->state));
	index = ll_map_put(&groups->map, ll_hash_bytes(goroutine->text.data, goroutine->text.size),
	                   next);
	if (goroutine->id != 0)
		ll_goroutine_kin_add(&groups->kin, &(struct ll_goroutine_member){
							   .id = goroutine->id,
							   .creator = goroutine->creator_id,
							   .group = index,
							   .is_at_work = is_at_work,
						   });
	if (index == next) {
		add_group(groups, goroutine, &sizes);
		return LL_OK;
	}
	view = &groups->items[index].view;
	view->count++;
	if (goroutine->minutes < view->min_minutes)
		view->min_minutes = goroutine->minutes;
	if (goroutine->minutes > view->max_minutes)
		view->max_minutes = goroutine->minutes;
	return LL_OK;
}

static struct ll_frame split_frame(struct ll_str *text)
{
	struct ll_frame frame = {.function = ll_str_split(text, '\n')};
	const struct ll_str place = ll_str_split(text, '\n');
	const size_t colon = ll_str_rindex(place, ':');
	uint64_t line = 0;

	frame.file = ll_str_first(place, colon);
	if (colon != SIZE_MAX)
		(void)ll_str_to_u64(ll_str_from(place, colon + 1), &line);
	frame.line = line <= INT32_MAX ? (int64_t)line : 0;
	return frame;
}

/* Dumps of Go 1.19 and older say "semacquire" of locks and WaitGroups alike; stacks know more. */
static void name_semaphore(struct ll_goroutines *view)
{
	const char *state;
	size_t skip;

	if (view->frame_count == 0 || !ll_str_equal(view->state, ll_str("semacquire")) ||
	    !ll_str_starts(view->frames->function, "sync."))
		return;
	state = ll_goroutine_state(view->frames, view->frame_count, &skip);
	/* That is what an unknown stack does; this one is known to wait. */
	if (strcmp(state, "running") == 0)
		state = ll_goroutine_semaphore(view->frames, view->frame_count);
	view->state = ll_str(state);
}

int ll_goroutine_groups_emit(struct ll_goroutine_groups *groups, bool is_whole,
                             const struct ll_sink *out, struct ll_error *err)
{
	LL_CLEANUP(ll_freep)
	struct ll_goroutine_kinship *kinships = ll_calloc(groups->count + 1, sizeof *kinships);
	LL_CLEANUP(ll_freep)
	struct ll_frame *frames = ll_calloc(LL_DUMP_FRAMES_MAX, sizeof *frames);
	int rc = LL_OK;

	ll_goroutine_kin_settle(&groups->kin, is_whole, &groups->arena, kinships, groups->count);
	for (size_t i = 0; rc == LL_OK && i < groups->count; i++) {
		struct group *const group = &groups->items[i];
		struct ll_str text = group->text, creator = group->creator;

		for (size_t k = 0; k < group->view.frame_count; k++)
			frames[k] = split_frame(&text);
		group->view.frames = frames;
		group->view.ids = kinships[i].ids;
		group->view.knows_creators = kinships[i].is_known;
		group->view.orphans = kinships[i].orphans;
		group->view.ended_creators = kinships[i].creators;
		name_semaphore(&group->view);
		if (creator.size > 0)
			group->view.creator = split_frame(&creator);
		group->view.is_system |=
			ll_goroutine_is_system(group->view.state, frames, group->view.frame_count,
		                               group->view.creator.function);
		rc = out->goroutines(out->self, &group->view, err);
	}
	ll_goroutine_groups_forget(groups);
	return rc;
}
