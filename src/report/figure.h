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
	const char *team;           /* or NULL; "" for services without one */
	int64_t week_ns;            /* Monday of a week's page */
	int64_t most_rows;          /* of a heat map of services; 0: what it can hold */
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
	LL_FIGURE_LEDGER,
	LL_FIGURE_SITES,
	LL_FIGURE_GOROUTINES,
	LL_FIGURE_PLACE,
	LL_FIGURE_GC_CPU,
	LL_FIGURE_COUNT,
	LL_FIGURE_OBJECTS,
	LL_FIGURE_RSS,
};

/** Figures by their place in the table of figure_grid.c. */
enum ll_grid {
	LL_GRID_COVERAGE,
	LL_GRID_BUILDS,
	LL_GRID_SITES,
};

/** Binds what the statements of figures and of parts of pages may use. */
void ll_figure_bind(struct ll_stmt *stmt, const struct ll_figure_of *of);

/** Adds <figure id= title=> with two pictures and a table to `parent`. */
int ll_figure_put(enum ll_figure figure, const struct ll_figure_of *of, xmlNodePtr parent,
                  struct ll_error *err);
/** The same for heat maps and slope charts. */
int ll_grid_put(enum ll_grid which, const struct ll_figure_of *of, xmlNodePtr parent,
                struct ll_error *err);
/** A small picture: its statement, and what it shares with others of its kind. */
struct ll_spark_of {
	const char *sql; /* may use what ll_figure_bind binds */
	const char *id;
	bool is_count, has_end_text;
	int64_t from_ns, to_ns; /* shared window; both 0: its own */
	double high;            /* shared scale from zero on; 0: its own */
};

/** Adds <spark> with a small picture; nothing when there are fewer than two points. */
int ll_figure_spark(const struct ll_spark_of *small, const struct ll_figure_of *of,
                    xmlNodePtr parent, struct ll_error *err);

#endif
