/* SPDX-License-Identifier: Apache-2.0 */
/* post.c - see post.h. */
#include "post.h"

#include "mailer.h"

#include <leakledger/file.h>
#include <leakledger/units.h>

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

static const char *recipients_of(const struct ll_post *post, const char *team)
{
	const struct ll_settings *const settings = &post->cli->settings;
	const struct ll_team_settings *const teams = settings->teams.items;

	if (post->to)
		return post->to;
	for (size_t i = 0; team && i < settings->teams.count; i++) {
		if (strcmp(teams[i].name, team) == 0)
			return teams[i].mail;
	}
	return NULL;
}

static int write_file(const struct ll_post *post, const char *name, struct ll_str message,
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

static int deliver(const struct ll_post *post, const char *name, struct ll_str message,
                   struct ll_error *err)
{
	struct ll_output out;

	if (post->is_sent)
		return ll_mailer_run(mailer_of(post->cli), message, err);
	if (post->directory)
		return write_file(post, name, message, err);
	out = ll_cli_stdout(post->cli);
	return out.put(out.self, message, err);
}

/* Once for all mails of a run: the reason is the same for each. */
static void tell_of_pictures(struct ll_post *post, const struct ll_mail_result *result)
{
	if (result->no_pictures.code == LL_OK || post->has_told)
		return;
	ll_cli_say(post->cli, "mails have no pictures: %s", result->no_pictures.text);
	post->has_told = true;
}

int ll_post_one(struct ll_post *post, const char *team, struct ll_error *err)
{
	struct ll_mail_options options = post->mail;
	struct ll_mail_result result;
	struct ll_buf message;
	int rc;

	options.team = team;
	options.to = recipients_of(post, team);
	if (post->is_sent && !options.to) {
		if (!post->is_for_each_team)
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
	if (rc == LL_OK && post->is_only_if_changed && !result.is_changed) {
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
int ll_post_each(struct ll_post *post, struct ll_error *err)
{
	struct ll_vec teams = LL_VEC_INIT;
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	const char **names;
	int rc = ll_stmt_resource(post->ledger, "sql/reports/teams/names.sql", &stmt, err);

	while (rc >= 0 && (rc = ll_stmt_step(stmt, err)) > 0)
		*(const char **)ll_vec_push(&teams, sizeof(const char *)) =
			ll_arena_str(&post->cli->arena, ll_stmt_text(stmt, 0)).data;
	names = teams.items;
	for (size_t i = 0; rc == LL_OK && i < teams.count; i++) {
		struct ll_error failure = LL_ERROR_INIT;

		if (ll_post_one(post, names[i], &failure) < 0 && err->code == LL_OK)
			*err = failure;
	}
	if (rc == LL_OK)
		rc = err->code;
	if (rc == LL_OK && teams.count == 0)
		rc = ll_fail(err, LL_E_NOTFOUND,
		             "no team owns a service; a CSV of owners among the captures tells");
	ll_vec_done(&teams);
	return rc;
}

void ll_post_init(struct ll_post *post, struct ll_cli *cli, bool is_weekly)
{
	const struct ll_settings *const settings = &cli->settings;

	*post = (struct ll_post){
		.cli = cli,
		.mail =
			{
				.is_weekly = is_weekly,
				.from = settings->from,
				.site = site_of(cli),
				.version = LL_VERSION,
				.until_ns = settings->until_ns != LL_TIME_NONE ? settings->until_ns
	                                                                       : cli->now_ns,
				.now_ns = cli->now_ns,
			},
	};
}
