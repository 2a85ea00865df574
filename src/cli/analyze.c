/* SPDX-License-Identifier: Apache-2.0 */
/* analyze.c - see analyze.h. */
#include "analyze.h"

enum {
	ANALYZER_SECONDS = 60, /* of processor time, for one analyzer and one service */
};

static void print_row(void *self, const struct ll_analyzer *analyzer, struct ll_str service,
                      struct ll_str subject, struct ll_str class_name, double strength,
                      struct ll_str detail)
{
	struct ll_buf line;

	(void)self;
	ll_buf_init(&line, LL_BUF_MESSAGE);
	ll_text_plain(&line, analyzer->id);
	ll_buf_putc(&line, '\t');
	ll_text_plain(&line, service);
	ll_buf_putc(&line, '\t');
	ll_text_plain(&line, subject);
	ll_buf_putc(&line, '\t');
	ll_text_plain(&line, class_name.size > 0 ? class_name : ll_str("-"));
	ll_buf_printf(&line, "\t%.3f\t", strength);
	ll_text_plain(&line, detail);
	(void)printf("%.*s\n", LL_STR_ARG(ll_buf_str(&line)));
	ll_buf_done(&line);
}

const struct ll_service_limit *ll_cli_limits(struct ll_cli *cli)
{
	const struct ll_service_settings *const services = cli->settings.services.items;
	struct ll_service_limit *const limits =
		ll_arena_calloc(&cli->arena, cli->settings.services.count + 1, sizeof *limits);

	for (size_t i = 0; i < cli->settings.services.count; i++)
		limits[i] = (struct ll_service_limit){
			.service = services[i].name,
			.limit_bytes = services[i].limit_bytes,
			.team = services[i].team,
		};
	return limits;
}

/* What is ignored, what owners of suppressions should know. */
static int say_rows(const struct ll_cli *cli, struct ll_ledger *ledger, const char *query,
                    struct ll_error *err)
{
	return cli->settings.quiet ? LL_OK : ll_cli_print_rows(stderr, "", ledger, query, err);
}

static void say_judged(const struct ll_cli *cli, const struct ll_analyze_result *result)
{
	char suppressed[64] = "";

	if (result->services == 0)
		return;
	if (result->suppressed > 0)
		(void)snprintf(suppressed, sizeof suppressed, ", %zu suppressed",
		               result->suppressed);
	ll_cli_say(cli, "%zu service%s judged: %zu open finding%s%s, %zu changed", result->services,
	           result->services == 1 ? "" : "s", result->findings,
	           result->findings == 1 ? "" : "s", suppressed, result->changed);
}

int ll_cli_analyze(struct ll_cli *cli, struct ll_ledger *ledger,
                   struct ll_analyze_result *ret_result, struct ll_error *err)
{
	const struct ll_settings *const settings = &cli->settings;
	const struct ll_analyze_options options = {
		.all_services = settings->explain,
		.rule = settings->rule,
		.time_limit_ns = ANALYZER_SECONDS * LL_NS_PER_S,
		.limits = ll_cli_limits(cli),
		.limit_count = settings->services.count,
		.sources = settings->sources.items,
		.source_count = settings->sources.count,
		.suppressions = settings->suppressions.items,
		.suppression_count = settings->suppressions.count,
		.now_ns = cli->now_ns,
		.explain = settings->explain || settings->rule ? print_row : NULL,
	};
	int rc = ll_ledger_ignore(ledger, settings->ignores.items, settings->ignores.count, err);

	if (rc == LL_OK)
		rc = ll_analyze(ledger, &options, ret_result, err);
	if (rc < 0 || settings->rule)
		return rc;
	say_judged(cli, ret_result);
	rc = say_rows(cli, ledger, "sql/reports/run/ignored.sql", err);
	if (rc < 0)
		return rc;
	if (ret_result->failed > 0)
		(void)fprintf(stderr,
		              "leakledger: %zu services could not be judged anew; the first: %s\n",
		              ret_result->failed, ret_result->failure.text);
	return say_rows(cli, ledger, "sql/reports/run/suppressions.sql", err);
}
