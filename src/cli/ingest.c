/* SPDX-License-Identifier: Apache-2.0 */
/* ingest.c - see ingest.h. */
#include "ingest.h"

#include <errno.h>
#include <sys/stat.h>

int ll_cli_ingest_check(const struct ll_cli *cli, struct ll_error *err)
{
	for (size_t i = 0; i < cli->arguments.count; i++) {
		const char *const root = ll_cli_argument(cli, i);
		struct stat info;

		if (stat(root, &info) != 0)
			return ll_fail_errno(err, errno == ENOENT ? LL_E_NOTFOUND : LL_E_IO, errno,
			                     "cannot read '%s'", root);
	}
	return LL_OK;
}

static void say_result(const struct ll_cli *cli, const struct ll_ingest_result *result)
{
	char files[LL_UNIT_TEXT], captures[LL_UNIT_TEXT], rejected[LL_UNIT_TEXT];

	if (result->new_files == 0)
		ll_cli_say(cli, "%s files, nothing new",
		           ll_format_count((int64_t)result->files, files));
	else
		ll_cli_say(cli, "%s files, %s new captures",
		           ll_format_count((int64_t)result->files, files),
		           ll_format_count((int64_t)result->captures, captures));
	if (result->rejected > 0)
		ll_cli_say(
			cli,
			"%s files hold something that is no capture; 'leakledger captures -d %s' says why",
			ll_format_count((int64_t)result->rejected, rejected), ll_cli_ledger(cli));
}

int ll_cli_ingest(struct ll_cli *cli, struct ll_ledger *ledger, struct ll_ingest_result *ret_result,
                  struct ll_error *err)
{
	struct ll_bar bar;
	struct ll_progress progress;
	const struct ll_ingest_options options = {
		.roots = cli->arguments.items,
		.root_count = cli->arguments.count,
		.patterns = cli->settings.patterns.items,
		.pattern_count = cli->settings.patterns.count,
		.jobs = (size_t)cli->settings.jobs,
		.limits = ll_limits_default,
		.version = LL_VERSION,
		.progress = &progress,
		.skip_marker = LL_SITE_MANIFEST,
	};
	int rc;

	ll_bar_init(&bar, cli);
	progress = ll_bar_progress(&bar);
	rc = ll_ingest(ledger, &options, ret_result, err);
	ll_bar_done(&bar);
	if (rc == LL_OK)
		say_result(cli, ret_result);
	return rc;
}

enum ll_exit ll_cli_ingest_exit(const struct ll_ingest_result *result)
{
	if (result->usable == 0)
		return LL_EXIT_NOTHING_USABLE;
	return result->rejected > 0 ? LL_EXIT_SOME_REJECTED : LL_EXIT_DONE;
}
