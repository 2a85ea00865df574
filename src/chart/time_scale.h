/* SPDX-License-Identifier: Apache-2.0 */
/* time_scale.h - times to places on the horizontal axis, with ticks on round UTC times. */
#ifndef LL_CHART_TIME_SCALE_H
#define LL_CHART_TIME_SCALE_H

#include <leakledger/base.h>
#include <leakledger/units.h>

enum {
	LL_TIME_TICKS = 40,
};

struct ll_time_scale {
	int64_t first_ns, last_ns; /* first < last */
	double from, to;           /* where they lie in the picture */
};

struct ll_time_tick {
	int64_t time_ns;
	double at;               /* where the tick lies */
	double text_at;          /* the middle of its text, which stays inside the picture */
	bool is_date;            /* the text is the date (or the year) that begins here */
	char text[LL_UNIT_TEXT]; /* "" when there was no room for it */
};

struct ll_time_ticks {
	struct ll_time_tick items[LL_TIME_TICKS];
	size_t count;
	char context
		[LL_UNIT_TEXT]; /* what the texts leave out at the left end: "Sat 21 Nov 2026, UTC" */
};

/** A single moment is widened to the hour around it. */
void ll_time_scale_init(struct ll_time_scale *scale, int64_t first_ns, int64_t last_ns);
double ll_time_scale_at(const struct ll_time_scale *scale, int64_t time_ns);
/** Ticks whose texts, at this font size, stay apart and between 0 and `picture_width`. */
void ll_time_scale_ticks(const struct ll_time_scale *scale, double font_size, double picture_width,
                         struct ll_time_ticks *ret_ticks);

/** b - a for b >= a; any two times have one. */
static inline uint64_t ll_time_span(int64_t a, int64_t b)
{
	return (uint64_t)b - (uint64_t)a;
}

#endif
