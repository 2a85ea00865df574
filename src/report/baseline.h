/* SPDX-License-Identifier: Apache-2.0 */
/*
 * baseline.h - what was open when somebody said "from here on".
 *
 *     {
 *     "format":"leakledger-baseline",
 *     "schema_version":1,
 *     "findings":[
 *     {"id":"0123456789ab","service":"cart","class":"map", ... ,"severity":"error"},
 *     ...
 *     ]
 *     }
 *
 * A finding a line, by service and id, without times: a baseline that says the same has the same
 * bytes, and a change of it is read as a diff of lines. docs/schema/baseline.schema.json.
 */
#ifndef LL_REPORT_BASELINE_H
#define LL_REPORT_BASELINE_H

#include "outputs.h"

struct ll_known {
	struct ll_str id, service, class_name, function, severity;
	bool has_bytes, has_count;
	double bytes_per_day, per_day;
	bool is_found; /* still open; set by the gate */
};

struct ll_baseline {
	struct ll_arena arena;
	struct ll_vec known; /* struct ll_known */
};

/** Cleared memory is an empty baseline. LL_E_USAGE when the file is no baseline. */
int ll_baseline_read(struct ll_baseline *baseline, const char *path, struct ll_error *err);
void ll_baseline_done(struct ll_baseline *baseline);
/** The row of that finding, or NULL. */
struct ll_known *ll_baseline_find(const struct ll_baseline *baseline, struct ll_str id);
/** 1 info, 2 warning, 3 error; 0 for other words. */
int ll_severity_rank(struct ll_str severity);

#endif
