/* SPDX-License-Identifier: Apache-2.0 */
/*
 * deliver.c - see deliver.h.
 *
 * Mails go with the first run of a day (UTC), so that a run each hour is one mail a day. What that
 * one cannot say yet the next day's says: a mail tells of the day, or the week, before it. A run
 * that could not deliver counts as interrupted (record.h): then the next one is the first again.
 */
#include "deliver.h"

#include "post.h"
#include "report.h"

#include <leakledger/units.h>

static const char *const weekdays[] = {"sunday",   "monday", "tuesday", "wednesday",
                                       "thursday", "friday", "saturday"};

enum {
	MONDAY = 1,
	FIRST_WEEKDAY = 4, /* 1970-01-01 was a Thursday */
};

/* ---------------------------------------------------------------------- settings */

static const struct ll_output_format *format_of(const char *value, const char **ret_path)
{
	const char *const equals = strchr(value, '=');
	char id[32];

	if (!equals || !equals[1] || (size_t)(equals - value) >= sizeof id)
		return NULL;
	(void)snprintf(id, sizeof id, "%.*s", (int)(equals - value), value);
	*ret_path = equals + 1;
	return ll_output_format_find(id);
}

int ll_delivery_check_write(const char *value, struct ll_error *err)
{
	const char *path;

	if (format_of(value, &path))
		return LL_OK;
	return ll_fail(err, LL_E_USAGE,
	               "--write takes a format and a file, as prom=leaks.prom, not '%s'; "
	               "'leakledger help findings' tells the formats",
	               value);
}

/* The day of a weekly mail; -1 for a nightly one, -2 for what is neither. */
static int day_of(const char *value)
{
	struct ll_str day = ll_str(value);

	if (strcmp(value, "nightly") == 0)
		return -1;
	if (strcmp(value, "weekly") == 0)
		return MONDAY;
	if (!ll_str_skip(&day, "weekly:"))
		return -2;
	for (size_t i = 0; i < LL_COUNT(weekdays); i++) {
		if (ll_str_equal(day, ll_str(weekdays[i])))
			return (int)i;
	}
	return -2;
}

int ll_delivery_check_mail(const char *value, struct ll_error *err)
{
	if (day_of(value) >= -1)
		return LL_OK;
	return ll_fail(err, LL_E_USAGE,
	               "--mail takes nightly, weekly or weekly:friday, say, not '%s'", value);
}

static bool has_team_address(const struct ll_settings *settings)
{
	const struct ll_team_settings *const teams = settings->teams.items;

	for (size_t i = 0; i < settings->teams.count; i++) {
		if (teams[i].mail)
			return true;
	}
	return false;
}

int ll_cli_deliver_check(const struct ll_cli *cli, struct ll_error *err)
{
	const struct ll_settings *const settings = &cli->settings;

	if (settings->mails.count == 0 || settings->mail_to || has_team_address(settings))
		return LL_OK;
	return ll_fail(err, LL_E_USAGE,
	               "--mail needs --mail-to, or 'mail' in a section [team \"...\"] of the "
	               "configuration");
}

/* --------------------------------------------------------------------- deliveries */

struct delivery {
	struct ll_cli *cli;
	const struct ll_ledger *shown;
	enum ll_exit code;
};

static void tell(struct delivery *delivery, struct ll_error *err, const char *what)
{
	enum ll_exit code;

	(void)ll_within(err, "%s", what);
	code = ll_cli_fail(err);
	if (delivery->code == LL_EXIT_DONE)
		delivery->code = code;
}

static void write_one(struct delivery *delivery, const char *value)
{
	LL_CLEANUP(ll_ledger_closep) struct ll_ledger *ledger = NULL;
	const char *path = NULL;
	const struct ll_output_format *const format = format_of(value, &path);
	struct ll_error err = LL_ERROR_INIT;
	struct ll_findings_of of;

	if (ll_ledger_open_again(delivery->shown, &ledger, &err) == LL_OK) {
		of = ll_cli_findings(delivery->cli, ledger, format);
		of.is_whole = true;
		(void)ll_cli_write_document(format, &of, path, &err);
	}
	if (err.code != LL_OK)
		tell(delivery, &err, value);
}

/* Has a run of this day ended already, as it should? */
static int is_first_of_day(const struct delivery *delivery, struct ll_ledger *ledger,
                           bool *ret_is_first, struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	const int64_t now_ns = delivery->cli->now_ns;
	int rc = ll_stmt_resource(ledger, "sql/runs/ended_since.sql", &stmt, err);

	if (rc < 0)
		return rc;
	ll_stmt_bind_text(stmt, ":command", ll_str(delivery->cli->command->name));
	ll_stmt_bind_i64(stmt, ":since_ns", now_ns - now_ns % LL_NS_PER_DAY);
	rc = ll_stmt_step(stmt, err);
	*ret_is_first = rc > 0 && ll_stmt_i64(stmt, 0) == 0;
	return rc < 0 ? rc : LL_OK;
}

static int post_all(struct delivery *delivery, struct ll_post *post, struct ll_error *err)
{
	const struct ll_settings *const settings = &delivery->cli->settings;
	struct ll_error failure = LL_ERROR_INIT;

	if (settings->mail_to) {
		post->to = settings->mail_to;
		if (ll_post_one(post, NULL, err) < 0)
			failure = *err;
		post->to = NULL;
		ll_error_clear(err);
	}
	post->is_for_each_team = true;
	if (has_team_address(settings) && ll_post_each(post, err) == LL_E_NOTFOUND)
		ll_error_clear(err); /* that nobody owns a service is no failure of a run */
	if (failure.code != LL_OK)
		*err = failure;
	return err->code;
}

static int mail_one(struct delivery *delivery, int day, struct ll_error *err)
{
	LL_CLEANUP(ll_ledger_closep) struct ll_ledger *ledger = NULL;
	struct ll_post post;
	bool is_first = false;
	int rc = ll_ledger_open_again(delivery->shown, &ledger, err);

	if (rc == LL_OK)
		rc = ll_ledger_begin_read(ledger, err);
	if (rc == LL_OK)
		rc = is_first_of_day(delivery, ledger, &is_first, err);
	if (rc == LL_OK && is_first)
		rc = ll_scope_open(ledger, LL_SCOPE_NOTHING, false, err);
	if (rc < 0 || !is_first)
		return rc;
	ll_post_init(&post, delivery->cli, day >= 0);
	post.ledger = ledger;
	post.is_sent = true;
	post.is_only_if_changed = day < 0;
	rc = post_all(delivery, &post, err);
	if (post.made > 0)
		ll_cli_say(delivery->cli, "%zu mails made, %zu not", post.made, post.skipped);
	return rc;
}

static void mail_when_due(struct delivery *delivery, const char *value)
{
	const int day = day_of(value);
	const int64_t days = delivery->cli->now_ns / LL_NS_PER_DAY;
	struct ll_error err = LL_ERROR_INIT;

	if (day >= 0 && (days + FIRST_WEEKDAY) % (int64_t)LL_COUNT(weekdays) != day)
		return;
	if (mail_one(delivery, day, &err) < 0)
		tell(delivery, &err, day < 0 ? "nightly mail" : "weekly mail");
}

enum ll_exit ll_cli_deliver(struct ll_cli *cli, const struct ll_ledger *shown)
{
	struct delivery delivery = {.cli = cli, .shown = shown, .code = LL_EXIT_DONE};
	const char *const *const writes = cli->settings.writes.items;
	const char *const *const mails = cli->settings.mails.items;

	for (size_t i = 0; i < cli->settings.writes.count; i++)
		write_one(&delivery, writes[i]);
	for (size_t i = 0; i < cli->settings.mails.count; i++)
		mail_when_due(&delivery, mails[i]);
	return delivery.code;
}
