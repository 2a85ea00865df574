/* SPDX-License-Identifier: Apache-2.0 */
/*
 * main.c - THE TABLE of commands, and the way from argv to one of them.
 *
 * Settings come from, later ones winning: built-in defaults, the configuration file, the
 * environment (LEAKLEDGER_DB, LEAKLEDGER_RESOURCES), flags.
 */
#include "cli.h"

#include <leakledger/redact.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

/* clang-format off */
#define LL_COMMANDS(X) \
	X(analyze) \
	X(captures) \
	X(completion) \
	X(config) \
	X(diff) \
	X(doctor) \
	X(export) \
	X(findings) \
	X(flame) \
	X(gate) \
	X(help) \
	X(ingest) \
	X(list) \
	X(mail) \
	X(merge) \
	X(postmortem) \
	X(prune) \
	X(query) \
	X(replay) \
	X(report) \
	X(run) \
	X(verify) \
	X(version)
/* clang-format on */

#define LL_COMMAND_DECLARE(name) extern const struct ll_command ll_command_##name;
LL_COMMANDS(LL_COMMAND_DECLARE)
#undef LL_COMMAND_DECLARE

static const struct ll_command *const commands[] = {
#define LL_COMMAND_ROW(name) &ll_command_##name,
	LL_COMMANDS(LL_COMMAND_ROW)
#undef LL_COMMAND_ROW
};

const struct ll_command *const *ll_commands(size_t *ret_count)
{
	*ret_count = LL_COUNT(commands);
	return commands;
}

/* ----------------------------------------------------------------- environment */

/* The present, unless SOURCE_DATE_EPOCH says otherwise. */
static int read_clock(struct ll_cli *cli, struct ll_error *err)
{
	const char *const epoch = getenv("SOURCE_DATE_EPOCH");
	int64_t seconds;

	cli->is_dated = epoch != NULL;
	if (epoch) {
		if (!ll_str_to_i64(ll_str(epoch), &seconds) || seconds < 0 ||
		    seconds > INT64_MAX / LL_NS_PER_S)
			return ll_fail(err, LL_E_USAGE,
			               "SOURCE_DATE_EPOCH is no number of seconds: '%s'", epoch);
		cli->now_ns = seconds * LL_NS_PER_S;
	} else {
		cli->now_ns = ll_cli_clock(cli);
	}
	cli->settings.now_ns = cli->now_ns;
	return LL_OK;
}

static void read_environment(struct ll_cli *cli)
{
	const char *const ledger = getenv("LEAKLEDGER_DB");
	const char *const resources = getenv("LEAKLEDGER_RESOURCES");

	if (ledger && ledger[0]) {
		cli->settings.ledger = ledger;
		cli->settings.origins[LL_OPTION_LEDGER] = LL_FROM_ENVIRONMENT;
	}
	if (resources && resources[0]) {
		cli->settings.resources = resources;
		cli->settings.origins[LL_OPTION_RESOURCES] = LL_FROM_ENVIRONMENT;
	}
	cli->is_out_terminal = isatty(STDOUT_FILENO);
	cli->is_err_terminal = isatty(STDERR_FILENO);
}

static void init_settings(struct ll_cli *cli)
{
	ll_settings_init(&cli->settings);
	cli->settings.now_ns = cli->now_ns;
}

/*
 * The file that -c names must exist; the default one may be missing. One that is there must be
 * readable: settings that silently do nothing are worse than none. Whoever asks for help gets it
 * in any case.
 */
static int read_config(struct ll_cli *cli, const char *path, struct ll_error *err)
{
	static const char usual[] = "leakledger.conf";
	struct stat info;
	int rc;

	/* Not access(): a link that leads nowhere is there, too. */
	if (!path && lstat(usual, &info) != 0)
		return LL_OK;
	rc = ll_config_read(path ? path : usual, &cli->arena, &cli->settings, err);
	if (rc == LL_OK || path || !cli->command->is_lenient)
		return rc;
	(void)fprintf(stderr, "leakledger: passed over: %s\n", err->text);
	ll_error_clear(err);
	ll_settings_done(&cli->settings);
	init_settings(cli);
	return LL_OK;
}

/* ----------------------------------------------------------------- dispatching */

static const struct ll_command *find_command(const char *name)
{
	for (size_t i = 0; i < LL_COUNT(commands); i++) {
		if (strcmp(commands[i]->name, name) == 0)
			return commands[i];
	}
	return NULL;
}

static int unknown_command(struct ll_cli *cli, const char *name, struct ll_error *err)
{
	const char *names[LL_COUNT(commands)];
	const char *suggestion;

	for (size_t i = 0; i < LL_COUNT(commands); i++)
		names[i] = commands[i]->name;
	if (access(name, F_OK) == 0)
		suggestion =
			ll_arena_printf(&cli->arena, "; did you mean 'leakledger run %s'?", name);
	else
		suggestion = ll_suggest(&cli->arena, name, names, LL_COUNT(names), "leakledger ");
	return ll_fail(err, LL_E_USAGE, "no command '%s'%s", name,
	               suggestion[0] ? suggestion : "; 'leakledger help' lists them");
}

static int check_arguments(const struct ll_cli *cli, struct ll_error *err)
{
	const struct ll_command *const command = cli->command;
	const int count = (int)cli->arguments.count;

	if (count < command->min_arguments)
		return ll_cli_ask_arguments(cli, err);
	if (command->max_arguments >= 0 && count > command->max_arguments)
		return ll_fail(err, LL_E_USAGE, "'%s' does not take '%s'", command->name,
		               ll_cli_argument(cli, (size_t)command->max_arguments));
	return LL_OK;
}

/* Flags are read twice: first to learn of -c and --help, then over what the file said. */
static int read_settings(struct ll_cli *cli, char *const *argv, struct ll_error *err)
{
	struct ll_settings first;
	struct ll_vec ignored = LL_VEC_INIT;
	int rc = read_clock(cli, err);

	ll_settings_init(&first);
	first.now_ns = cli->now_ns;
	if (rc == LL_OK)
		rc = ll_options_parse(cli->command->name, cli->command->options, argv, &cli->arena,
		                      &first, &ignored, err);
	cli->settings.setting = LL_FROM_FILE;
	if (rc == LL_OK && !first.help)
		rc = read_config(cli, first.config, err);
	cli->configured_out = cli->settings.out;
	read_environment(cli);
	cli->settings.setting = LL_FROM_FLAG;
	if (rc == LL_OK)
		rc = ll_options_parse(cli->command->name, cli->command->options, argv, &cli->arena,
		                      &cli->settings, &cli->arguments, err);
	ll_settings_done(&first);
	ll_vec_done(&ignored);
	return rc;
}

static enum ll_exit run_command(struct ll_cli *cli, char *const *argv)
{
	struct ll_error err = LL_ERROR_INIT;
	int rc = read_settings(cli, argv, &err);

	if (rc == LL_OK && cli->settings.help) {
		ll_help_print(cli->command);
		return LL_EXIT_DONE;
	}
	if (rc == LL_OK)
		rc = check_arguments(cli, &err);
	if (rc == LL_OK)
		rc = ll_resources_open(cli->settings.resources, &cli->resources, &err);
	if (rc < 0)
		return ll_cli_fail(&err);
	return cli->command->run(cli);
}

static enum ll_exit start(struct ll_cli *cli, char *const *argv)
{
	static char *const help[] = {NULL};
	struct ll_error err = LL_ERROR_INIT;
	const char *const name = argv[1];

	if (!name || strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0) {
		cli->command = &ll_command_help;
		return run_command(cli, help);
	}
	if (strcmp(name, "--version") == 0) {
		cli->command = &ll_command_version;
		return run_command(cli, help);
	}
	cli->command = find_command(name);
	if (!cli->command) {
		(void)unknown_command(cli, name, &err);
		return ll_cli_fail(&err);
	}
	return run_command(cli, argv + 2);
}

/* Has whoever read the other end of stdout gone away, as "| head" does? */
static bool is_reader_gone(void)
{
	struct pollfd out = {.fd = STDOUT_FILENO, .events = POLLOUT};

	return poll(&out, 1, 0) > 0 && (out.revents & (POLLERR | POLLHUP)) != 0;
}

/* Writes what is still held back. Who wanted no more of it is not told that there was more. */
static enum ll_exit finish_output(const struct ll_cli *cli, enum ll_exit code)
{
	int problem = cli->out_problem;

	if (fflush(stdout) != 0 && problem == 0)
		problem = errno;
	/* stdio remembers that something printed on the way was lost, but not why. */
	if (ferror(stdout) && problem == 0)
		problem = EIO;
	if (problem == 0 || problem == EPIPE || is_reader_gone())
		return code;
	(void)fprintf(stderr, "leakledger: cannot write the output: %s\n", strerror(problem));
	return LL_EXIT_IO;
}

/*
 * Whoever starts us with a standard stream closed must not find our messages in the next file that
 * is opened: its number would be the stream's. The places are taken by what cannot be read or
 * written, so that using one fails as before.
 */
static void fill_closed_streams(void)
{
	static const int flags[] = {O_WRONLY, O_RDONLY, O_RDONLY};

	for (int i = 0; i < (int)LL_COUNT(flags); i++) {
		if (fcntl(i, F_GETFD) < 0 && errno == EBADF)
			(void)!open("/dev/null", flags[i]);
	}
}

int main(int argc, char **argv)
{
	struct ll_cli cli = {.command = NULL};
	enum ll_exit code;

	(void)argc;
	fill_closed_streams();
	/* A reader that goes away is an error of write(), not a signal. */
	(void)signal(SIGPIPE, SIG_IGN);
	/* So is a limit on the size of files. */
	(void)signal(SIGXFSZ, SIG_IGN);
	ll_settings_init(&cli.settings);
	code = finish_output(&cli, start(&cli, argv));
	ll_redactor_free(cli.redactor);
	ll_resources_close(cli.resources);
	ll_vec_done(&cli.arguments);
	ll_vec_done(&cli.listed);
	ll_settings_done(&cli.settings);
	ll_arena_done(&cli.arena);
	return (int)code;
}
