/* SPDX-License-Identifier: Apache-2.0 */
/* forecast.h - when what grows reaches a limit. */
#ifndef LL_ANALYZE_FORECAST_H
#define LL_ANALYZE_FORECAST_H

#include "judge.h"

enum {
	LL_FORECAST_CAPTURES = 8, /* of one process; fewer make no forecast */
};

/** What grows, and how well that is known. */
struct ll_growing {
	struct ll_estimate bytes; /* per day */
	bool is_collected;        /* in the heap: garbage takes part of the limit, too */
	bool is_go;               /* in memory of the Go runtime, which GOMEMLIMIT counts */
	bool is_over;
	int64_t captures, most_captures; /* judged; of one process */
	double fit; /* share of the variance that a line explains; not a number: not known */
};

/** What a service's forecasts rest on. Bytes are of its largest process. */
struct ll_outlook {
	double taken_bytes; /* from the system; negative: not known */
	double kept_bytes; /* live heap, stacks and runtime, without garbage; negative: not known */
	double outside_bytes;          /* of taken_bytes, outside the Go runtime */
	int64_t age_ns;                /* of that process */
	int64_t limit_bytes;           /* 0: none is known */
	struct ll_str source;          /* who tells that limit, as in v_memory_limit */
	int64_t soft_bytes;            /* GOMEMLIMIT; 0: not known */
	double gogc;                   /* percent; not a number: not known */
	int64_t ended, median_life_ns; /* lives that ended, and how long they were */
	int64_t kills;
};

struct ll_forecast {
	bool is_known;
	int64_t value_ns, low_ns, high_ns; /* from the last capture on */
	int64_t life_ns;                   /* age at which a process reaches the limit */
	bool has_lives;                    /* it is known how old processes become */
	bool is_hidden;                    /* they end before that */
	const char *word, *reason;         /* why it is not known; literals, "" when it is */
};

/** When a process reaches its limit if this growth goes on and nothing else changes. */
struct ll_forecast ll_forecast_limit(const struct ll_growing *growing,
                                     const struct ll_outlook *outlook);
/** The forecast in sentences; nothing when there is none. */
void ll_forecast_words(struct ll_buf *out, const struct ll_growing *growing,
                       const struct ll_outlook *outlook, const struct ll_forecast *forecast);

/** Reads it of the service that the open scope is about. Texts go to `arena`. */
int ll_outlook_load(struct ll_ledger *ledger, int64_t service_id, struct ll_arena *arena,
                    struct ll_outlook *ret_outlook, struct ll_error *err);
/** Stores the forecast of a finding that is stored, with its points. */
int ll_outlook_put(struct ll_ledger *ledger, const struct ll_outlook *outlook,
                   const struct ll_candidate *candidate, struct ll_str id, struct ll_error *err);

#endif
