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
		};
	return limits;
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
		.explain = settings->explain || settings->rule ? print_row : NULL,
	};
	int rc = ll_analyze(ledger, &options, ret_result, err);

	if (rc < 0 || settings->rule)
		return rc;
	if (ret_result->services > 0)
		ll_cli_say(cli, "%zu service%s judged: %zu open finding%s, %zu changed",
		           ret_result->services, ret_result->services == 1 ? "" : "s",
		           ret_result->findings, ret_result->findings == 1 ? "" : "s",
		           ret_result->changed);
	if (ret_result->failed > 0)
		(void)fprintf(stderr,
		              "leakledger: %zu services could not be judged anew; the first: %s\n",
		              ret_result->failed, ret_result->failure.text);
	return rc;
}
