/* SPDX-License-Identifier: Apache-2.0 */
/* cmd_mail.c - leakledger mail weekly|nightly: messages for people who open no site. */
#include "cli.h"
#include "mailer.h"

#include <leakledger/file.h>
#include <leakledger/units.h>

/** Where mails go, and how many went. */
struct post {
	struct ll_cli *cli;
	struct ll_ledger *ledger;
	struct ll_mail_options mail;
	const char *directory; /* or NULL */
	size_t made, skipped;
	bool has_told; /* that there are no pictures */
};

static const char *mailer_of(const struct ll_cli *cli)
{
	return cli->settings.mailer ? cli->settings.mailer : "/usr/sbin/sendmail";
}

/* "https://leaks.example.com" as templates need it: with a slash at its end. */
static const char *site_of(struct ll_cli *cli)
{
	const char *const site = cli->settings.site;

	if (!site || !site[0])
		return "";
	return ll_str_ends(ll_str(site), "/") ? site : ll_arena_printf(&cli->arena, "%s/", site);
}

static const char *recipients_of(const struct ll_cli *cli, const char *team)
{
	const struct ll_team_settings *const teams = cli->settings.teams.items;

	if (cli->settings.to)
		return cli->settings.to;
	for (size_t i = 0; team && i < cli->settings.teams.count; i++) {
		if (strcmp(teams[i].name, team) == 0)
			return teams[i].mail;
	}
	return NULL;
}

static int write_file(const struct post *post, const char *name, struct ll_str message,
                      struct ll_error *err)
{
	const char *const path = ll_arena_printf(&post->cli->arena, "%s/%s", post->directory, name);
	int rc = ll_file_mkdirs(post->directory, err);

	if (rc == LL_OK)
		rc = ll_file_write(path, message, NULL, err);
	if (rc == LL_OK && !post->cli->settings.quiet)
		(void)printf("%s\n", path);
	return rc;
}

static int deliver(const struct post *post, const char *name, struct ll_str message,
                   struct ll_error *err)
{
	struct ll_output out;

	if (post->cli->settings.sendmail)
		return ll_mailer_run(mailer_of(post->cli), message, err);
	if (post->directory)
		return write_file(post, name, message, err);
	out = ll_cli_stdout(post->cli);
	return out.put(out.self, message, err);
}

/* Once for all mails of a run: the reason is the same for each. */
static void tell_of_pictures(struct post *post, const struct ll_mail_result *result)
{
	if (result->no_pictures.code == LL_OK || post->has_told)
		return;
	ll_cli_say(post->cli, "mails have no pictures: %s", result->no_pictures.text);
	post->has_told = true;
}

static int send_one(struct post *post, const char *team, struct ll_error *err)
{
	const struct ll_settings *const settings = &post->cli->settings;
	struct ll_mail_options options = post->mail;
	struct ll_mail_result result;
	struct ll_buf message;
	int rc;

	options.team = team;
	options.to = recipients_of(post->cli, team);
	if (settings->sendmail && !options.to) {
		if (!settings->each_team)
			return ll_fail(err, LL_E_USAGE,
			               "--sendmail needs --to, or 'mail' in the section [team "
			               "\"%s\"] of the configuration",
			               team ? team : "...");
		ll_cli_say(post->cli, "no mail for '%s': no section [team] says its address", team);
		post->skipped++;
		return LL_OK;
	}
	ll_buf_init(&message, LL_BUF_PAGE);
	rc = ll_mail(post->ledger, &options, &message, &result, err);
	if (rc == LL_OK && settings->only_if_changed && !result.is_changed) {
		post->skipped++;
	} else if (rc == LL_OK) {
		post->made++;
		tell_of_pictures(post, &result);
		rc = deliver(post, result.name, ll_buf_str(&message), err);
	}
	ll_buf_done(&message);
	return rc;
}

/* The list is read before any mail is made: opening the scope changes what statements see. */
static int send_each(struct post *post, struct ll_error *err)
{
	struct ll_vec teams = LL_VEC_INIT;
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	const char **names;
	int rc = ll_stmt_resource(post->ledger, "sql/reports/teams/names.sql", &stmt, err);

	while (rc >= 0 && (rc = ll_stmt_step(stmt, err)) > 0)
		*(const char **)ll_vec_push(&teams, sizeof(const char *)) =
			ll_arena_str(&post->cli->arena, ll_stmt_text(stmt, 0)).data;
	names = teams.items;
	for (size_t i = 0; rc == LL_OK && i < teams.count; i++)
		rc = send_one(post, names[i], err);
	if (rc == LL_OK && teams.count == 0)
		rc = ll_fail(err, LL_E_NOTFOUND,
		             "no team owns a service; a CSV of owners among the captures tells");
	ll_vec_done(&teams);
	return rc;
}

static int send(struct post *post, struct ll_error *err)
{
	const struct ll_settings *const settings = &post->cli->settings;

	if (!settings->each_team)
		return send_one(post, settings->team, err);
	if (settings->team)
		return ll_fail(err, LL_E_USAGE, "--team and --each-team exclude each other");
	if (!post->directory && !settings->sendmail)
		return ll_fail(err, LL_E_USAGE,
		               "--each-team makes several mails: --out DIR or --sendmail says "
		               "where they go");
	return send_each(post, err);
}

static int prepare(struct ll_cli *cli, struct post *post, struct ll_error *err)
{
	const struct ll_settings *const settings = &cli->settings;
	const char *const kind = ll_cli_argument(cli, 0);

	*post = (struct post){
		.cli = cli,
		.directory = settings->out == cli->configured_out ? NULL : settings->out,
		.mail =
			{
				.is_weekly = strcmp(kind, "weekly") == 0,
				.from = settings->from,
				.site = site_of(cli),
				.version = LL_VERSION,
				.until_ns = settings->until_ns != LL_TIME_NONE ? settings->until_ns
	                                                                       : cli->now_ns,
				.now_ns = cli->now_ns,
			},
	};
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
	struct post post;

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
