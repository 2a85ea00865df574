/* SPDX-License-Identifier: Apache-2.0 */
/*
 * figure.h - pictures of a page: series from SQL, a conclusion as title, a table of the numbers
 * beside.
 */
#ifndef LL_REPORT_FIGURE_H
#define LL_REPORT_FIGURE_H

#include "model.h"

/** Whose numbers a figure shows. What its statements do not use may be left out. */
struct ll_figure_of {
	struct ll_ledger *ledger;
	int64_t service_id, instance_id;
	const char *instance;       /* name */
	const char *finding_id;     /* or NULL */
	struct ll_str subject;      /* of a finding: its function and line */
	struct ll_str axis, what;   /* of a finding: "In use", "Memory in use at this line" */
	bool is_count;              /* of a finding: a number of things and not bytes */
	int64_t limit_bytes;        /* 0: none */
	int64_t since_ns, until_ns; /* points outside are not shown; LL_TIME_NONE: no bound */
};

/** Figures by their place in the table of figure.c. */
enum ll_figure {
	LL_FIGURE_HEAP,
	LL_FIGURE_FLOOR,
	LL_FIGURE_SITES,
	LL_FIGURE_GOROUTINES,
	LL_FIGURE_PLACE,
};

/** Adds <figure id= title=> with two pictures and a table to `parent`. */
int ll_figure_put(enum ll_figure figure, const struct ll_figure_of *of, xmlNodePtr parent,
                  struct ll_error *err);
/**
 * Adds <spark> with a small picture of the rows of `sql`, which may use :instance_id and
 * :finding_id.
 */
int ll_figure_spark(const char *sql, const char *id, bool is_count, const struct ll_figure_of *of,
                    xmlNodePtr parent, struct ll_error *err);

#endif
