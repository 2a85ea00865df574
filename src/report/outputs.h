/* SPDX-License-Identifier: Apache-2.0 */
/*
 * outputs.h - what the ways to write findings down share: the findings in memory, and the numbers
 * at the head of a document.
 *
 * A gate hands the same findings on with its own word on each (struct ll_found.fails), so that what
 * CI reads of a gate has the form that it has without one.
 */
#ifndef LL_REPORT_OUTPUTS_H
#define LL_REPORT_OUTPUTS_H

#include "plain.h"

#include <leakledger/report.h>
#include <leakledger/vec.h>

/** A finding, as sql/reports/findings/list.sql has it. Texts live as long as the set. */
struct ll_found {
	struct ll_str id, class_name, service, function, file, wait_reason, severity, state;
	struct ll_str keywords; /* a JSON array */
	struct ll_str source;   /* a JSON object, or empty */
	struct ll_str summary, explanation, remedy, first_bad_build, time_to_limit_reason;
	struct ll_str suppressed_by, suppressed_reason, suppressed_owner;
	int64_t line, score;
	bool has_bytes, has_count, has_time_to_limit, is_suppressed, is_open;
	bool is_look; /* no finding, but where to look first */
	int64_t bytes_per_day, bytes_per_day_low, time_to_limit_s;
	double per_day, per_day_low; /* objects or goroutines */
	int64_t first_seen_ns, last_seen_ns;
	bool fails;        /* the gate says no to it */
	struct ll_str why; /* the gate's word on it; or empty */
};

/** What was read. */
struct ll_tally {
	int64_t files, rejected_files, captures, left_out, repeats, first_ns, last_ns;
	int64_t services, leaking, unjudged;
};

struct ll_found_set {
	struct ll_arena arena;
	struct ll_vec found; /* struct ll_found, in the order of the list */
	struct ll_tally tally;
	size_t open, suppressed, errors, warnings, infos; /* of open ones that are not suppressed */
	size_t looks;                                     /* that are no findings */
	bool is_gate;
};

/** Cleared memory is an empty set. */
int ll_found_load(struct ll_found_set *set, const struct ll_findings_of *of, struct ll_error *err);
void ll_found_done(struct ll_found_set *set);
static inline const struct ll_found *ll_found_all(const struct ll_found_set *set)
{
	return set->found.items;
}

/** The statement of the list, bound to the choice. */
int ll_found_list(const struct ll_findings_of *of, const char *resource, struct ll_stmt **ret_stmt,
                  struct ll_error *err);
/** Writes the chosen findings with every key, a row each. */
int ll_found_rows(const struct ll_findings_of *of, enum ll_rows_format format,
                  const struct ll_output *out, struct ll_error *err);
/** "10 open findings: 9 error, 1 warning" */
void ll_found_headline(const struct ll_found_set *set, struct ll_buf *to);
/** "14 services, 467 captures from ... to ..., 2 files rejected, 3 captures left out" */
void ll_found_basis(const struct ll_found_set *set, struct ll_buf *to);
/** "cart.(*Store).Put (store.go:31)", "" for a finding about the whole service. */
void ll_found_place(const struct ll_found *found, struct ll_buf *to);
/** The lines of source, each behind `before` and its own marked; nothing without any. */
void ll_found_source(const struct ll_found *found, const char *before, struct ll_buf *to);
/** "38 MiB", "120 goroutines": growth of one process in a day; "" when it cannot be said. */
void ll_found_growth(const struct ll_found *found, struct ll_buf *to);

/* Documents of a set that is there already, for gates. */
int ll_sarif_write(const struct ll_findings_of *of, const struct ll_found_set *set,
                   const struct ll_output *out, struct ll_error *err);
int ll_junit_write(const struct ll_findings_of *of, const struct ll_found_set *set,
                   const struct ll_output *out, struct ll_error *err);

/** Hands a buffer on as a whole; LL_E_LIMIT with `what` when it ran full. */
int ll_output_put(const struct ll_output *out, const struct ll_buf *buf, const char *what,
                  struct ll_error *err);

#endif
