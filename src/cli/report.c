/* SPDX-License-Identifier: Apache-2.0 */
/* report.c - see report.h. */
#include "report.h"

#include <leakledger/file.h>

#include <errno.h>
#include <sys/stat.h>

const char *ll_cli_site(const struct ll_cli *cli)
{
	return cli->settings.out ? cli->settings.out : "leakledger-report";
}

int ll_cli_report(struct ll_cli *cli, struct ll_ledger *ledger, struct ll_error *err)
{
	const struct ll_report_options options = {
		.directory = ll_cli_site(cli),
		.version = LL_VERSION,
		.limits = ll_cli_limits(cli),
		.limit_count = cli->settings.services.count,
		.jobs = (size_t)cli->settings.jobs,
		.since_ns = cli->settings.since_ns,
		.until_ns = cli->settings.until_ns,
		.is_inline = cli->settings.assets && strcmp(cli->settings.assets, "inline") == 0,
	};
	struct ll_report_result result;
	char size[LL_UNIT_TEXT];
	const int rc = ll_report_site(ledger, &options, &result, err);

	if (rc < 0)
		return rc;
	if (result.written + result.removed == 0)
		ll_cli_say(cli, "site: %zu files, nothing new", result.unchanged);
	else
		ll_cli_say(cli, "site: %zu %s written, %zu unchanged, %zu removed", result.written,
		           result.written == 1 ? "file" : "files", result.unchanged,
		           result.removed);
	if (result.shortened > 0)
		ll_cli_say(cli, "%zu %s shortened to keep to the budget; the largest page has %s",
		           result.shortened, result.shortened == 1 ? "page was" : "pages were",
		           ll_format_bytes((int64_t)result.largest_page, size));
	return LL_OK;
}

/* Whose readers run as somebody else, a collector of metrics, cannot ask for another umask. */
static int share(const char *path, struct ll_error *err)
{
	struct stat info;

	/* Rights of a device, or of what a link leads to, are not ours to change. */
	if (lstat(path, &info) == 0 && !S_ISREG(info.st_mode))
		return LL_OK;
	if (chmod(path, 0644) == 0)
		return LL_OK;
	return ll_fail_errno(err, LL_E_CREATE, errno, "cannot make '%s' readable for all", path);
}

int ll_cli_write_document(const struct ll_output_format *format, const struct ll_findings_of *of,
                          const char *path, struct ll_error *err)
{
	LL_CLEANUP(ll_buf_done) struct ll_buf bytes;
	struct ll_output out;
	int rc;

	ll_buf_init(&bytes, LL_BUF_DOCUMENT);
	if (ll_file_is_directory(path))
		return ll_fail(err, LL_E_USAGE, "'%s' is a directory; name a file for --format %s",
		               path, format->id);
	out = ll_output_to_buf(&bytes);
	rc = format->write(of, &out, err);
	if (rc == LL_OK)
		rc = ll_file_write(path, ll_buf_str(&bytes), NULL, err);
	if (rc == LL_OK && format->is_shared)
		rc = share(path, err);
	return rc;
}
