/* SPDX-License-Identifier: Apache-2.0 */
/*
 * postmortem.h - the page of one kill, as a model and as JSON.
 *
 * The post-mortem of the incident must be open (ll_postmortem_open), and the rules replayed over
 * its service.
 */
#ifndef LL_REPORT_POSTMORTEM_H
#define LL_REPORT_POSTMORTEM_H

#include "model.h"

#include <leakledger/report.h>
#include <leakledger/vec.h>

/**
 * Adds the kills of a service (NULL: of all) to `rows` (struct ll_incident_row), the newest first.
 * Texts go to `arena`.
 */
int ll_incidents_load(struct ll_ledger *ledger, const char *service,
                      const struct ll_service_limit *limits, size_t limit_count,
                      struct ll_arena *arena, struct ll_vec *rows, struct ll_error *err);

/** Where the page is to stand, and what it shows beside the kill. */
struct ll_postmortem_page {
	struct ll_ledger *ledger;
	const char *version; /* of this program */
	const char *base; /* how to come to the site's root from there; NULL: the page is alone */
	bool is_inline;   /* style and script are in the page, also of a site */
};

/**
 * Makes the model of the page. The kill is not in the ledger, or has no service: LL_E_NOTFOUND.
 */
int ll_postmortem_model(const struct ll_postmortem_page *page, struct ll_model *ret_model,
                        struct ll_error *err);
/** The list of kills of :service_id (0: all), with pages `<prefix><name>.html`. */
/** Keeps what the open post-mortem says, under the name of its page, for ll_incident_said. */
int ll_incident_keep(struct ll_ledger *ledger, const char *name, struct ll_error *err);
/**
 * Gives a row of a list of kills what its post-mortem said: verdict, sentence and limit. What was
 * not kept stays as it is.
 */
int ll_incident_said(struct ll_ledger *ledger, xmlNodePtr row, struct ll_error *err);
int ll_postmortem_list(const struct ll_postmortem_page *page, int64_t service_id,
                       const char *prefix, struct ll_model *ret_model, struct ll_error *err);

/** Appends the same parts as one JSON object and a line end. */
int ll_postmortem_json(struct ll_ledger *ledger, struct ll_buf *out, struct ll_error *err);

/* postmortem_figures.c */

/** Adds <figure> with the lanes around the kill. */
int ll_postmortem_lanes(struct ll_ledger *ledger, xmlNodePtr parent, struct ll_error *err);
/** Adds <figure> with the bar of the parts of death_term. */
int ll_postmortem_bar(struct ll_ledger *ledger, xmlNodePtr parent, struct ll_error *err);

#endif
