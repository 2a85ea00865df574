/* SPDX-License-Identifier: Apache-2.0 */
/*
 * scrape.h - one page of metrics while it is read: its samples sorted by target and time, handed on
 * as captures when the page ends.
 *
 * Ceilings, so that a file of any size needs at most some 150 MiB: captures, numbers and text of
 * one page. What is beyond them is a note at the first capture.
 */
#ifndef LL_CAPTURE_SCRAPE_H
#define LL_CAPTURE_SCRAPE_H

#include "exposition.h"

enum {
	LL_SCRAPE_CAPTURES = 65536,
	LL_SCRAPE_NUMBERS = 2 * 1024 * 1024,
	LL_SCRAPE_TEXT = 64 * 1024 * 1024, /* bytes of names, labels and targets */
	LL_SCRAPE_KEPT = 4096,             /* numbers of a capture */
	LL_SCRAPE_OTHERS = 256,            /* numbers of the program's own, per capture */
};

struct ll_scrape;

struct ll_scrape *ll_scrape_new(void);
void ll_scrape_free(struct ll_scrape *scrape);

/** A "# TYPE" line. */
void ll_scrape_type(struct ll_scrape *scrape, const struct ll_exposition *line);
/** A line came that is no sample's. */
void ll_scrape_part(struct ll_scrape *scrape);
/** Does this sample begin another page: does the first series of this one recur, or any other? */
bool ll_scrape_is_over(struct ll_scrape *scrape, const struct ll_exposition *sample);
void ll_scrape_add(struct ll_scrape *scrape, const struct ll_exposition *sample);
/** Notes a line that cannot be read, for the first capture of the page. */
void ll_scrape_damage(struct ll_scrape *scrape, uint64_t line, const char *problem);

/** Notes, at the last capture, what no page with a capture came behind. */
void ll_scrape_note_rest(struct ll_scrape *scrape, const struct ll_sink *out);

/** What the page says of itself but its samples do not. */
struct ll_scrape_page {
	const char *variant;
	int64_t time_ns; /* of samples that have none; or LL_TIME_NONE */
};

/** Hands everything on and forgets it. Returns the number of captures, or a negative code. */
int ll_scrape_emit(struct ll_scrape *scrape, const struct ll_scrape_page *page,
                   const struct ll_sink *out, struct ll_error *err);

#endif
