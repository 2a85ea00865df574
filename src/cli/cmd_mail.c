/* SPDX-License-Identifier: Apache-2.0 */
/* cmd_mail.c - leakledger mail weekly|nightly: messages for people who open no site. */
#include "post.h"

static int send(struct ll_post *post, struct ll_error *err)
{
	const struct ll_settings *const settings = &post->cli->settings;

	if (!settings->each_team)
		return ll_post_one(post, settings->team, err);
	if (settings->team)
		return ll_fail(err, LL_E_USAGE, "--team and --each-team exclude each other");
	if (!post->directory && !settings->sendmail)
		return ll_fail(err, LL_E_USAGE,
		               "--each-team makes several mails: --out DIR or --sendmail says "
		               "where they go");
	return ll_post_each(post, err);
}

static int prepare(struct ll_cli *cli, struct ll_post *post, struct ll_error *err)
{
	const struct ll_settings *const settings = &cli->settings;
	const char *const kind = ll_cli_argument(cli, 0);

	ll_post_init(post, cli, strcmp(kind, "weekly") == 0);
	post->directory = settings->out == cli->configured_out ? NULL : settings->out;
	post->to = settings->to;
	post->is_sent = settings->sendmail;
	post->is_for_each_team = settings->each_team;
	post->is_only_if_changed = settings->only_if_changed;
	if (!post->mail.is_weekly && strcmp(kind, "nightly") != 0)
		return ll_fail(err, LL_E_USAGE, "there is no mail '%s': weekly or nightly", kind);
	if (post->directory && settings->sendmail)
		return ll_fail(err, LL_E_USAGE, "--out and --sendmail exclude each other");
	return LL_OK;
}

static enum ll_exit run_mail(struct ll_cli *cli)
{
	LL_CLEANUP(ll_ledger_closep) struct ll_ledger *ledger = NULL;
	struct ll_error err = LL_ERROR_INIT;
	struct ll_post post;

	if (prepare(cli, &post, &err) < 0 || ll_cli_open(cli, LL_LEDGER_READ, &ledger, &err) < 0 ||
	    ll_ledger_begin_read(ledger, &err) < 0 ||
	    ll_scope_open(ledger, LL_SCOPE_NOTHING, false, &err) < 0)
		return ll_cli_fail(&err);
	post.ledger = ledger;
	if (send(&post, &err) < 0)
		return ll_cli_fail_printing(cli, &err);
	if (post.made == 0 || cli->settings.sendmail)
		ll_cli_say(cli, "%zu mails made, %zu not", post.made, post.skipped);
	return LL_EXIT_DONE;
}

static const enum ll_option_id options[] = {
	LL_OPTION_LEDGER,
	LL_OPTION_TEAM,
	LL_OPTION_EACH_TEAM,
	LL_OPTION_OUT,
	LL_OPTION_SENDMAIL,
	LL_OPTION_MAILER,
	LL_OPTION_TO,
	LL_OPTION_FROM,
	LL_OPTION_SITE,
	LL_OPTION_UNTIL,
	LL_OPTION_ONLY_IF_CHANGED,
	LL_OPTION_CONFIG,
	LL_OPTION_RESOURCES,
	LL_OPTION_QUIET,
	LL_OPTION_REDACT,
	LL_OPTION_REDACT_KEY,
	LL_OPTION_HELP,
	LL_OPTION_END,
};

const struct ll_command ll_command_mail = {
	.name = "mail",
	.usage =
		"weekly|nightly [-d LEDGER] [--team TEAM | --each-team] [-o DIR | --sendmail] [--to ADDRESS]",
	.summary = "write the mail of the week or of the night",
	.description =
		"Writes one message about the seven days, or the day, before now (or --until): what is\n"
		"new, worse or fixed, when which limit will be met, who was killed, whose captures stayed\n"
		"away. It has a text, an HTML part and small pictures; the subject carries the result. It\n"
		"goes to standard output, as an .eml file into a directory (-o), or to this machine's mail\n"
		"program (--sendmail), which delivers it: no password is asked for, none is kept.\n"
		"Whose a service is comes from a CSV of owners among the captures; the address of a team\n"
		"from --to, or from the configuration: [team \"payments\"] mail = payments@example.com.",
	.examples =
		"  leakledger mail weekly --team payments > week.eml\n"
		"  leakledger mail weekly --each-team --sendmail --site https://leaks.example.com/\n"
		"  leakledger mail nightly --only-if-changed --sendmail --to oncall@example.com\n",
	.options = options,
	.min_arguments = 1,
	.max_arguments = 1,
	.run = run_mail,
};
