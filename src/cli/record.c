/* SPDX-License-Identifier: Apache-2.0 */
/* record.c - see record.h. */
#include "record.h"

#include <leakledger/json.h>

enum {
	RUNS_KEPT = 1000, /* some three years of nights */
};

static void put_pair(struct ll_buf *out, const char *key, struct ll_str value)
{
	ll_buf_puts(out, out->data[out->size - 1] == '{' ? "" : ",");
	ll_json_put_string(out, ll_str(key));
	ll_buf_putc(out, ':');
	ll_json_put_string(out, value);
}

static void put_list(struct ll_buf *out, const struct ll_cli *cli, const struct ll_option *option)
{
	char buffer[LL_UNIT_TEXT];
	struct ll_str value;

	ll_buf_puts(out, out->data[out->size - 1] == '{' ? "" : ",");
	ll_json_put_string(out, ll_str(option->name));
	ll_buf_puts(out, ":[");
	for (size_t i = 0; ll_option_value(option, &cli->settings, i, buffer, &value); i++) {
		ll_buf_puts(out, i == 0 ? "" : ",");
		ll_json_put_string(out, value);
	}
	ll_buf_putc(out, ']');
}

static void put_options(struct ll_buf *out, const struct ll_cli *cli)
{
	char buffer[LL_UNIT_TEXT];
	struct ll_str value;

	for (int id = 0; id < LL_OPTION_END; id++) {
		const struct ll_option *const option = ll_option_get((enum ll_option_id)id);

		if (cli->settings.origins[id] == LL_FROM_NOWHERE)
			continue;
		if (option->type == LL_OPT_LIST)
			put_list(out, cli, option);
		else if (ll_option_value(option, &cli->settings, 0, buffer, &value))
			put_pair(out, option->name, value);
	}
}

static void put_services(struct ll_buf *out, const struct ll_settings *settings)
{
	const struct ll_service_settings *const all = settings->services.items;
	char bytes[32];

	ll_buf_puts(out, ",\"services\":[");
	for (size_t i = 0; i < settings->services.count; i++) {
		ll_buf_puts(out, i == 0 ? "{" : ",{");
		put_pair(out, "name", ll_str(all[i].name));
		(void)snprintf(bytes, sizeof bytes, "%lld", (long long)all[i].limit_bytes);
		if (all[i].limit_bytes > 0)
			put_pair(out, "limit", ll_str(bytes));
		if (all[i].team && all[i].team[0])
			put_pair(out, "team", ll_str(all[i].team));
		ll_buf_putc(out, '}');
	}
	ll_buf_putc(out, ']');
}

static void put_suppressions(struct ll_buf *out, const struct ll_settings *settings)
{
	const struct ll_suppression *const all = settings->suppressions.items;

	ll_buf_puts(out, ",\"suppressions\":[");
	for (size_t i = 0; i < settings->suppressions.count; i++) {
		ll_buf_puts(out, i == 0 ? "" : ",");
		ll_json_put_string(out, ll_str(all[i].name));
	}
	ll_buf_putc(out, ']');
}

static void put_ignores(struct ll_buf *out, const struct ll_settings *settings)
{
	const struct ll_ignore *const all = settings->ignores.items;

	ll_buf_puts(out, ",\"ignores\":[");
	for (size_t i = 0; i < settings->ignores.count; i++) {
		ll_buf_puts(out, i == 0 ? "{" : ",{");
		put_pair(out, "name", ll_str(all[i].name));
		put_pair(out, all[i].what, ll_str(all[i].pattern));
		ll_buf_putc(out, '}');
	}
	ll_buf_putc(out, ']');
}

/* {"captures":["in"],"jobs":"4", ... ,"services":[...],"suppressions":[...],"ignores":[...]} */
static void put_settings(struct ll_buf *out, const struct ll_cli *cli)
{
	ll_buf_puts(out, "{\"arguments\":[");
	for (size_t i = 0; i < cli->arguments.count; i++) {
		ll_buf_puts(out, i == 0 ? "" : ",");
		ll_json_put_string(out, ll_str(ll_cli_argument(cli, i)));
	}
	ll_buf_putc(out, ']');
	put_options(out, cli);
	put_services(out, &cli->settings);
	put_suppressions(out, &cli->settings);
	put_ignores(out, &cli->settings);
	ll_buf_putc(out, '}');
}

static int run_one(struct ll_ledger *ledger, const char *resource, const char *name, int64_t value,
                   struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	int rc = ll_stmt_resource(ledger, resource, &stmt, err);

	if (rc < 0)
		return rc;
	ll_stmt_bind_i64(stmt, name, value);
	rc = ll_stmt_step(stmt, err);
	return rc < 0 ? rc : LL_OK;
}

int ll_cli_record_begin(struct ll_cli *cli, struct ll_ledger *ledger, struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	struct ll_buf settings;
	int rc = ll_stmt_resource(ledger, "sql/runs/begin.sql", &stmt, err);

	if (rc < 0)
		return rc;
	ll_buf_init(&settings, LL_BUF_SQL);
	put_settings(&settings, cli);
	ll_stmt_bind_i64(stmt, ":started_ns", cli->now_ns);
	ll_stmt_bind_text(stmt, ":command", ll_str(cli->command->name));
	ll_stmt_bind_text(stmt, ":version", ll_str(LL_VERSION));
	ll_stmt_bind_text(stmt, ":options", ll_buf_str(&settings));
	rc = ll_stmt_step(stmt, err);
	if (rc > 0) {
		cli->run_id = ll_stmt_i64(stmt, 0);
		rc = ll_stmt_step(stmt, err);
	}
	ll_buf_done(&settings);
	return rc < 0 ? rc : run_one(ledger, "sql/runs/forget.sql", ":kept", RUNS_KEPT, err);
}

int ll_cli_record_end(struct ll_cli *cli, struct ll_ledger *ledger, struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	int rc = ll_stmt_resource(ledger, "sql/runs/end.sql", &stmt, err);

	if (rc < 0)
		return rc;
	ll_stmt_bind_i64(stmt, ":run_id", cli->run_id);
	ll_stmt_bind_i64(stmt, ":finished_ns", ll_cli_clock(cli));
	rc = ll_stmt_step(stmt, err);
	return rc < 0 ? rc : LL_OK;
}
