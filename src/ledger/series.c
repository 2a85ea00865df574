/* SPDX-License-Identifier: Apache-2.0 */
/*
 * series.c - encoding and decoding of series; the bytes are described in
 * sql/schema/0001_ledger.sql.
 */
#include <leakledger/series.h>

#include <math.h>

/* ----------------------------------------------------------------- the formula */

double ll_unsample_factor(int64_t period, int64_t block_size)
{
	if (period <= 1 || block_size <= 0)
		return 1;
	return 1 / (1 - exp(-(double)block_size / (double)period));
}

/* A double as an integer, cut; what does not fit becomes the largest one. */
static int64_t truncated(double value)
{
	return value < 9.2e18 && value > -9.2e18 ? (int64_t)value : INT64_MAX;
}

/* Products below 2^53 are exact in a double, and Go computes with the same doubles. */
void ll_series_estimate(int64_t count, int64_t block_size, double factor, int64_t *ret_objects,
                        int64_t *ret_space)
{
	*ret_objects = truncated((double)count * factor);
	*ret_space = truncated((double)count * (double)block_size * factor);
}

/* As llround does, mostly without a call: it is asked for each value that has changed. */
int64_t ll_series_count_behind(int64_t objects, double factor)
{
	const double count = (double)objects / factor;
	int64_t below;

	if (!(count >= 0 && count < 4e15))
		return (int64_t)llround(count);
	below = (int64_t)count;
	return below + (count - (double)below >= 0.5);
}

/* -------------------------------------------------------------------- decoding */

void ll_series_reader_init(struct ll_series_reader *reader, struct ll_str data, int form,
                           size_t value_count, int64_t block_size, double factor)
{
	*reader = (struct ll_series_reader){
		.data = data,
		.value_count = form == LL_FORM_COUNTS ? 2 : value_count,
		.form = form,
		.block_size = block_size,
		.factor = factor,
	};
}

int ll_series_next(struct ll_series_reader *reader, struct ll_series_step *ret_step)
{
	uint64_t head;

	if (reader->offset == reader->data.size)
		return 0;
	if (!ll_varint_get(reader->data, &reader->offset, &head) ||
	    head >> reader->value_count >= LL_SEGMENT_CAPTURES)
		return -1;
	reader->stored.index += (uint32_t)(head >> reader->value_count);
	/* Who walks the captures of a segment by it relies on this. */
	if (reader->stored.index >= LL_SEGMENT_CAPTURES)
		return -1;
	for (size_t i = 0; i < reader->value_count; i++) {
		int64_t grown;

		if (!(head >> i & 1))
			continue;
		if (!ll_zigzag_get(reader->data, &reader->offset, &grown) ||
		    !ll_i64_add(&reader->stored.values[i], grown))
			return -1;
	}
	*ret_step = reader->stored;
	if (reader->form == LL_FORM_COUNTS) {
		for (size_t i = 0; i < 2; i++)
			ll_series_estimate(reader->stored.values[i], reader->block_size,
			                   reader->factor, &ret_step->values[2 * i],
			                   &ret_step->values[2 * i + 1]);
	}
	return 1;
}

void ll_series_counts(const struct ll_series_reader *reader, const struct ll_series_step *step,
                      int64_t counts[2])
{
	if (reader->form == LL_FORM_COUNTS) {
		counts[0] = reader->stored.values[0];
		counts[1] = reader->stored.values[1];
		return;
	}
	counts[0] = ll_series_count_behind(step->values[0], reader->factor);
	counts[1] = ll_series_count_behind(step->values[2], reader->factor);
}
