/* SPDX-License-Identifier: Apache-2.0 */
/* talk.c - what commands say, and what they ask the command line. */
#include "cli.h"

#include <errno.h>
#include <stdarg.h>

enum ll_exit ll_cli_fail(const struct ll_error *err)
{
	(void)fprintf(stderr, "leakledger: %s\n", err->text);
	switch (err->code) {
	case LL_E_USAGE:
	case LL_E_NOTFOUND: return LL_EXIT_USAGE;
	case LL_E_BUSY: return LL_EXIT_TRY_AGAIN;
	case LL_E_CREATE: return LL_EXIT_CREATE;
	case LL_E_IO:
	case LL_E_LIMIT:
	case LL_E_FORMAT:
	case LL_E_DATABASE: return LL_EXIT_IO;
	case LL_OK:
	case LL_E_INTERNAL: break;
	}
	return LL_EXIT_INTERNAL;
}

int ll_cli_ask_arguments(const struct ll_cli *cli, struct ll_error *err)
{
	const struct ll_command *const command = cli->command;

	/* A usage of several lines is for the help: a message is one line. */
	return ll_fail(err, LL_E_USAGE, "'%s' needs %.*s; see 'leakledger help %s'", command->name,
	               (int)strcspn(command->usage, "\n"), command->usage, command->name);
}

static void print_line(const char *format, va_list args) LL_PRINTF(1, 0);

static void print_line(const char *format, va_list args)
{
	(void)vfprintf(stderr, format, args);
	(void)fputc('\n', stderr);
}

void ll_cli_tell(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	print_line(format, args);
	va_end(args);
}

void ll_cli_say(const struct ll_cli *cli, const char *format, ...)
{
	va_list args;

	if (cli->settings.quiet)
		return;
	va_start(args, format);
	print_line(format, args);
	va_end(args);
}

int ll_cli_print_rows(FILE *to, const char *before, struct ll_ledger *ledger, const char *query,
                      struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	int rc = ll_stmt_resource(ledger, query, &stmt, err);

	while (rc >= 0 && (rc = ll_stmt_step(stmt, err)) > 0) {
		struct ll_buf plain;

		ll_buf_init(&plain, LL_BUF_MESSAGE);
		ll_text_plain(&plain, ll_stmt_text(stmt, 0));
		(void)fprintf(to, "%s%.*s\n", before, LL_STR_ARG(ll_buf_str(&plain)));
		ll_buf_done(&plain);
	}
	return rc;
}

static int put_stdout(void *self, struct ll_str text, struct ll_error *err)
{
	struct ll_cli *const cli = self;

	if (text.size == 0 || fwrite(text.data, 1, text.size, stdout) == text.size)
		return LL_OK;
	cli->out_problem = errno;
	return ll_fail(err, LL_E_IO, "cannot write the output");
}

struct ll_output ll_cli_stdout(struct ll_cli *cli)
{
	return (struct ll_output){.self = cli, .put = put_stdout};
}

enum ll_exit ll_cli_fail_printing(const struct ll_cli *cli, const struct ll_error *err)
{
	return cli->out_problem != 0 ? LL_EXIT_DONE : ll_cli_fail(err);
}

const char *ll_cli_argument(const struct ll_cli *cli, size_t index)
{
	const char *const *const arguments = cli->arguments.items;

	return index < cli->arguments.count ? arguments[index] : NULL;
}

const char *ll_cli_format(const struct ll_cli *cli, const char *usual)
{
	return cli->settings.format ? cli->settings.format : usual;
}

const char *ll_cli_ledger(const struct ll_cli *cli)
{
	return cli->settings.ledger ? cli->settings.ledger : "leakledger.db";
}

int64_t ll_cli_clock(const struct ll_cli *cli)
{
	struct timespec now = {0};

	if (cli->is_dated)
		return cli->now_ns;
	(void)clock_gettime(CLOCK_REALTIME, &now);
	return ll_time_from_timespec(now);
}
