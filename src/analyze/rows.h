/* SPDX-License-Identifier: Apache-2.0 */
/*
 * rows.h - what analyzers return, gathered for one run.
 *
 * Columns of every analyzer, by name and in any order:
 *   service_id  whose
 *   subject     "site:<site_id>", "goroutines:<site_id>" or "service"
 *   class       what this row says the leak is, or NULL
 *   strength    0 to 1
 *   detail      one sentence part for people
 *   evidence    JSON object; "captures" in it is an array of capture ids
 *   same_as     another subject that this one is part of, or NULL
 */
#ifndef LL_ANALYZE_ROWS_H
#define LL_ANALYZE_ROWS_H

#include <leakledger/analyze.h>
#include <leakledger/vec.h>

struct ll_row {
	const struct ll_analyzer *analyzer;
	int64_t service_id;
	struct ll_str subject, class_name, detail, evidence, same_as;
	double strength;
};

struct ll_rows_found {
	struct ll_arena arena;
	struct ll_vec rows; /* struct ll_row */
};

void ll_rows_found_done(struct ll_rows_found *found);

/** Whether its statement can be prepared and returns the columns. The scope must be open. */
int ll_analyzer_check(struct ll_ledger *ledger, const struct ll_analyzer *analyzer,
                      struct ll_error *err);
/** Runs one analyzer behind the read-only authorizer and adds its rows. */
int ll_analyzer_run(struct ll_ledger *ledger, const struct ll_analyzer *analyzer,
                    int64_t time_limit_ns, struct ll_rows_found *found, struct ll_error *err);

#endif
