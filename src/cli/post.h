/* SPDX-License-Identifier: Apache-2.0 */
/* post.h - mails made and handed over: by the command mail, and at the end of a run. */
#ifndef LL_CLI_POST_H
#define LL_CLI_POST_H

#include "cli.h"

/** Where mails go, and how many went. */
struct ll_post {
	struct ll_cli *cli;
	struct ll_ledger *ledger; /* begun to be read, with its scope open */
	struct ll_mail_options mail;
	const char *directory; /* or NULL */
	const char *to;        /* who gets it, whatever the team; or NULL: what its section says */
	bool is_sent;          /* by the mail program; else to the directory, or to stdout */
	bool is_for_each_team; /* so that a team without an address is passed over */
	bool is_only_if_changed; /* what has nothing to say is passed over */
	bool has_told;           /* that mails have no pictures */
	size_t made, skipped;
};

/** What the settings say of mails: who sends them, links, times. */
void ll_post_init(struct ll_post *post, struct ll_cli *cli, bool is_weekly);
/** Makes one mail, of the fleet when `team` is NULL. */
int ll_post_one(struct ll_post *post, const char *team, struct ll_error *err);
/**
 * Makes one for each team that owns a service. One that fails does not keep the others: all are
 * tried, and the first failure is told. LL_E_NOTFOUND when there is no team.
 */
int ll_post_each(struct ll_post *post, struct ll_error *err);

#endif
