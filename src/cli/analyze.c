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
	(void)self;
	(void)printf("%.*s\t%.*s\t%.*s\t%.*s\t%.3f\t%.*s\n", LL_STR_ARG(analyzer->id),
	             LL_STR_ARG(service), LL_STR_ARG(subject),
	             LL_STR_ARG(class_name.size > 0 ? class_name : ll_str("-")), strength,
	             LL_STR_ARG(detail));
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
		ll_cli_say(cli, "%zu services judged: %zu open findings, %zu changed",
		           ret_result->services, ret_result->findings, ret_result->changed);
	if (ret_result->failed > 0)
		(void)fprintf(stderr,
		              "leakledger: %zu services could not be judged anew; the first: %s\n",
		              ret_result->failed, ret_result->failure.text);
	return rc;
}
