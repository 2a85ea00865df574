/* SPDX-License-Identifier: Apache-2.0 */
/* batch.c - birth and death of a batch, and what is taken out of it again. */
#include "batch.h"

/* The vectors whose rows belong to captures; such a row begins with the capture's index. */
/* clang-format off */
#define CAPTURE_ROWS(X) \
	X(notes, note) \
	X(totals, total) \
	X(groups, group) \
	X(gcs, gc) \
	X(facts, fact) \
	X(readings, reading) \
	X(benchmarks, benchmark) \
	X(kills, kill) \
	X(tasks, task) \
	X(declared, declared)
/* clang-format on */

#define ROW_CHECK(vec, row)                                                                        \
	_Static_assert(offsetof(struct ll_batch_##row, capture) == 0, "the capture comes first");
CAPTURE_ROWS(ROW_CHECK)
#undef ROW_CHECK

struct ll_batch *ll_batch_new(void)
{
	return ll_calloc(1, sizeof(struct ll_batch));
}

void ll_batch_free(struct ll_batch *batch)
{
	struct ll_batch_segment **segments;

	if (!batch)
		return;
	segments = batch->segments.items;
	for (size_t i = 0; i < batch->segments.count; i++) {
		ll_segment_done(&segments[i]->segment);
		free(segments[i]);
	}
	ll_vec_done(&batch->files);
	ll_vec_done(&batch->members);
	ll_vec_done(&batch->contents);
	ll_vec_done(&batch->captures);
#define ROW_DONE(vec, row) ll_vec_done(&batch->vec);
	CAPTURE_ROWS(ROW_DONE)
#undef ROW_DONE
	ll_vec_done(&batch->entries);
	ll_vec_done(&batch->segments);
	ll_arena_done(&batch->arena);
	free(batch);
}

uint64_t ll_batch_place(const struct ll_batch *batch, const struct ll_batch_content *content)
{
	const struct ll_batch_file *const files = batch->files.items;

	return files[content->file].place << 32 | (uint32_t)content->member;
}

/* Keeps the captures of other contents. Where each one went: its new index, or SIZE_MAX. */
static size_t *keep_captures(struct ll_batch *batch, const bool *contents)
{
	struct ll_batch_capture *const captures = batch->captures.items;
	size_t *const moved = ll_calloc(batch->captures.count + 1, sizeof *moved);
	size_t kept = 0;

	for (size_t i = 0; i < batch->captures.count; i++) {
		moved[i] = contents[captures[i].content] ? SIZE_MAX : kept;
		if (moved[i] != SIZE_MAX)
			captures[kept++] = captures[i];
	}
	batch->captures.count = kept;
	return moved;
}

static void keep_rows(struct ll_vec *rows, size_t row_size, const size_t *moved)
{
	char *const bytes = rows->items;
	size_t kept = 0;

	for (size_t i = 0; i < rows->count; i++) {
		size_t capture;

		memcpy(&capture, bytes + i * row_size, sizeof capture);
		if (moved[capture] == SIZE_MAX)
			continue;
		memmove(bytes + kept * row_size, bytes + i * row_size, row_size);
		memcpy(bytes + kept * row_size, &moved[capture], sizeof capture);
		kept++;
	}
	rows->count = kept;
}

static void keep_entries(struct ll_batch *batch, const bool *contents)
{
	struct ll_batch_entry *const entries = batch->entries.items;
	struct ll_batch_content *const all = batch->contents.items;
	size_t kept = 0;

	for (size_t i = 0; i < batch->contents.count; i++) {
		const size_t count = contents[i] ? 0 : all[i].entry_count;

		if (count > 0)
			memmove(entries + kept, entries + all[i].first_entry,
			        count * sizeof *entries);
		all[i].first_entry = kept;
		all[i].entry_count = count;
		kept += count;
	}
	batch->entries.count = kept;
}

void ll_batch_give_up(struct ll_batch *batch, const bool *contents)
{
	LL_CLEANUP(ll_freep) size_t *moved = keep_captures(batch, contents);

#define ROW_KEEP(vec, row) keep_rows(&batch->vec, sizeof(struct ll_batch_##row), moved);
	CAPTURE_ROWS(ROW_KEEP)
#undef ROW_KEEP
	keep_entries(batch, contents);
}
