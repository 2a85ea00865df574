/* SPDX-License-Identifier: Apache-2.0 */
/*
 * maker.h - who makes the pages of a site: a connection to the ledger with the tools for it.
 *
 * Services are made by several makers at once, each with a connection, a scope and templates of its
 * own; what they make goes to one publication, which several may write to. The fleet's pages are
 * made by the first of them, when the services are done.
 */
#ifndef LL_REPORT_MAKER_H
#define LL_REPORT_MAKER_H

#include "outputs.h"
#include "pages.h"
#include "postmortem.h"
#include "publish.h"
#include "transform.h"

#include <leakledger/report.h>
#include <leakledger/vec.h>

enum {
	LL_PATH_SIZE = 256, /* of a page */
};

struct ll_maker {
	struct ll_ledger *ledger;
	const struct ll_report_options *options;
	struct ll_catalog *catalog;
	struct ll_replay *replay;
	struct ll_transform *transform;
	struct ll_site *output;         /* of all makers */
	const struct ll_output *models; /* write models there, instead of pages; or NULL */
	const struct ll_choice *choice; /* of models: only of these findings; or NULL */
	struct ll_vec chosen;           /* struct ll_str: their ids */
	struct ll_vec incidents;        /* struct ll_incident_row; of all makers */
	struct ll_hash templates; /* hash of every resource, and of what else makes pages others */
	struct ll_buf draft, picture; /* of the page being made: HTML, and what goes into it */
	struct ll_buf page;           /* the whole */
	struct ll_icicle_profiles profiles; /* of the pictures before */
	struct ll_report_result result;     /* of this maker's pages */
};

/** Opens scope, catalog, rules and buffers of a maker whose ledger is set. */
int ll_maker_open(struct ll_maker *maker, struct ll_error *err);
void ll_maker_close(struct ll_maker *maker);

/**
 * Makes a page and puts it into the publication. One that is larger than its budget is made again
 * with shorter lists, as often as needed, and says so.
 */
int ll_maker_put(struct ll_maker *maker, enum ll_page page, const char *path, struct ll_hash key,
                 const struct ll_figure_of *figure, struct ll_error *err);
/** A hash of the templates and of what a page is made of. */
struct ll_hash ll_maker_key(const struct ll_maker *maker, struct ll_str made_of);

/** site_services.c: pages of services and of their findings; those that stand are taken over. */
int ll_maker_services(struct ll_maker *maker, struct ll_error *err);
/** site_fleet.c: all other pages. */
int ll_maker_fleet(struct ll_maker *maker, struct ll_error *err);

#endif
