/* SPDX-License-Identifier: Apache-2.0 */
/* pages.h - THE TABLE of pages and their parts; each makes one model. */
#ifndef LL_REPORT_PAGES_H
#define LL_REPORT_PAGES_H

#include "figure.h"
#include "icicle.h"

#include <leakledger/analyze.h>

enum ll_page {
	LL_PAGE_INDEX,
	LL_PAGE_SERVICES,
	LL_PAGE_TEAMS,
	LL_PAGE_TEAM,
	LL_PAGE_WEEKS,
	LL_PAGE_WEEK,
	LL_PAGE_SERVICE,
	LL_PAGE_FINDING,
	LL_PAGE_RULES,
	LL_PAGE_INCIDENTS,
	LL_PAGE_CAPTURES,
	LL_PAGE_MAIL,
};

/** What a page is about. `figure` holds the ids that statements are bound to. */
struct ll_page_of {
	struct ll_ledger *ledger;
	const struct ll_catalog *catalog;
	const char *version; /* of this program */
	struct ll_figure_of figure;
	const struct ll_icicle_slot *slot; /* for the picture that no model holds; or NULL */
	int level;                         /* 0: whole; 1 ... LL_PAGE_LEVELS: ever shorter */
};

enum {
	LL_PAGE_LEVELS = 7,
};

/** How large a page may be, in bytes. */
size_t ll_page_budget(enum ll_page page);

/**
 * Makes the model of a page. From level 1 on it has no small pictures of services and at most 200
 * rows where there was no end, from level 2 on none of findings either and half as many rows with
 * each level; the page says so.
 * The statements of its parts are bound to :service_id, :instance_id and
 * :finding_id. For a service or a finding the scope must be open over that service. A page whose
 * first part has no row is LL_E_NOTFOUND.
 */
int ll_page_make(enum ll_page page, const struct ll_page_of *of, struct ll_model *ret_model,
                 struct ll_error *err);

#endif
