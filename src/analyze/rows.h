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

/** The analyzers of a catalog, each with its statement prepared: once for any number of scopes. */
struct ll_analyzers;

/**
 * Prepares every analyzer that may have rows, as its header's "only-with" tells, behind the
 * read-only authorizer; the scope must be open, and the catalog and the ledger stay. Fails with the
 * id of one that is no SELECT, returns other columns, or asks for a table that there is not.
 */
int ll_analyzers_open(struct ll_ledger *ledger, const struct ll_catalog *catalog,
                      struct ll_analyzers **ret_analyzers, struct ll_error *err);
void ll_analyzers_close(struct ll_analyzers *analyzers);
/**
 * Runs the analyzer of that number in the catalog over the open scope and adds its rows; none of
 * one that was not prepared.
 */
int ll_analyzers_run(struct ll_analyzers *analyzers, size_t number, int64_t time_limit_ns,
                     struct ll_rows_found *found, struct ll_error *err);

#endif
