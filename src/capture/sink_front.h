/* SPDX-License-Identifier: Apache-2.0 */
/* sink_front.h - a sink before the caller's, which completes what readers say of a capture. */
#ifndef LL_CAPTURE_SINK_FRONT_H
#define LL_CAPTURE_SINK_FRONT_H

#include <leakledger/capture.h>

struct ll_sink_front {
	const struct ll_sink *out;
	const char *format;  /* of captures that do not name theirs; NULL: leave it open */
	int64_t date_ns;     /* of captures that do not know their time; or LL_TIME_NONE */
	bool is_date_of_one; /* only of the first capture */
	uint64_t lines;      /* above where the reader begins: positions of notes are behind them */
	size_t captures;     /* that began */
	struct ll_sink front; /* what readers push into */
};

/** Puts `front->front` before `out`; the caller then sets what is to be completed. */
void ll_sink_front_init(struct ll_sink_front *front, const struct ll_sink *out);

#endif
