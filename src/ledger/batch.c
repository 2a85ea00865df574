/* SPDX-License-Identifier: Apache-2.0 */
/* batch.c - birth and death of a batch. */
#include "batch.h"

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
	ll_vec_done(&batch->contents);
	ll_vec_done(&batch->captures);
	ll_vec_done(&batch->notes);
	ll_vec_done(&batch->totals);
	ll_vec_done(&batch->groups);
	ll_vec_done(&batch->gcs);
	ll_vec_done(&batch->facts);
	ll_vec_done(&batch->entries);
	ll_vec_done(&batch->readings);
	ll_vec_done(&batch->benchmarks);
	ll_vec_done(&batch->kills);
	ll_vec_done(&batch->tasks);
	ll_vec_done(&batch->declared);
	ll_vec_done(&batch->segments);
	ll_arena_done(&batch->arena);
	free(batch);
}
