/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cmd_config.c - leakledger config: is the configuration right, and what follows from it?
 *
 * What `show` prints can be read again as a configuration.
 */
#include "cli.h"

#include <leakledger/units.h>

#include <inttypes.h>
#include <unistd.h>

/* Where the value of an option comes from. */
static const char *origin_of(const struct ll_cli *cli, const struct ll_option *option,
                             enum ll_option_id id)
{
	(void)option;
	switch (cli->settings.origins[id]) {
	case LL_FROM_FILE: return cli->settings.config ? cli->settings.config : "leakledger.conf";
	case LL_FROM_ENVIRONMENT: return "the environment";
	case LL_FROM_FLAG: return "the command line";
	case LL_FROM_NOWHERE: break;
	}
	return NULL;
}

static void print_values(const struct ll_cli *cli, const struct ll_option *option)
{
	char buffer[LL_UNIT_TEXT];
	struct ll_str value;

	for (size_t i = 0; ll_option_value(option, &cli->settings, i, buffer, &value); i++)
		(void)printf("%s = %.*s\n", option->name, LL_STR_ARG(value));
}

static void show_keys(const struct ll_cli *cli)
{
	for (int id = 0; id < LL_OPTION_END; id++) {
		const struct ll_option *const option = ll_option_get((enum ll_option_id)id);
		const char *const origin = origin_of(cli, option, (enum ll_option_id)id);

		if (!option->is_configurable)
			continue;
		if (!origin) {
			(void)printf("# not set: %s (%s)\n", option->name, option->help);
			continue;
		}
		(void)printf("# from %s\n", origin);
		print_values(cli, option);
	}
}

static void show_service(const struct ll_service_settings *service)
{
	(void)printf("\n[service \"%s\"]\n", service->name);
	if (service->limit_bytes > 0)
		(void)printf("limit = %" PRId64 "\n", service->limit_bytes);
	if (service->team && service->team[0])
		(void)printf("team = %s\n", service->team);
}

static void show_suppression(const struct ll_suppression *suppression)
{
	const struct {
		const char *key, *value;
	} keys[] = {
		{"id", suppression->finding_id},    {"service", suppression->service},
		{"class", suppression->class_name}, {"function", suppression->function},
		{"reason", suppression->reason},    {"owner", suppression->owner},
	};
	char until[LL_UNIT_TEXT];

	(void)printf("\n[suppress \"%s\"]\n", suppression->name);
	for (size_t i = 0; i < LL_COUNT(keys); i++) {
		if (keys[i].value[0])
			(void)printf("%s = %s\n", keys[i].key, keys[i].value);
	}
	(void)printf("until = %s\n", ll_format_time(suppression->until_ns, until));
}

static void show_team(const struct ll_team_settings *team)
{
	(void)printf("\n[team \"%s\"]\n", team->name);
	if (team->mail)
		(void)printf("mail = %s\n", team->mail);
}

/* One section for patterns of one name that follow each other. */
static void show_ignores(const struct ll_settings *settings)
{
	const struct ll_ignore *const all = settings->ignores.items;

	for (size_t i = 0; i < settings->ignores.count; i++) {
		if (i == 0 || strcmp(all[i].name, all[i - 1].name) != 0)
			(void)printf("\n[ignore \"%s\"]\n", all[i].name);
		(void)printf("%s = %s\n", all[i].what, all[i].pattern);
	}
}

static enum ll_exit show(const struct ll_cli *cli)
{
	const struct ll_settings *const settings = &cli->settings;
	const struct ll_service_settings *const services = settings->services.items;
	const struct ll_suppression *const suppressions = settings->suppressions.items;
	const struct ll_team_settings *const teams = settings->teams.items;

	show_keys(cli);
	for (size_t i = 0; i < settings->services.count; i++)
		show_service(&services[i]);
	for (size_t i = 0; i < settings->suppressions.count; i++)
		show_suppression(&suppressions[i]);
	for (size_t i = 0; i < settings->teams.count; i++)
		show_team(&teams[i]);
	show_ignores(settings);
	return LL_EXIT_DONE;
}

/* What is wrong as text was refused before; this is what can be wrong in the world. */
static enum ll_exit check(const struct ll_cli *cli)
{
	const struct ll_settings *const settings = &cli->settings;
	const struct ll_suppression *const suppressions = settings->suppressions.items;
	const char *const path = settings->config ? settings->config : "leakledger.conf";
	size_t expired = 0;

	if (access(path, F_OK) != 0) {
		(void)printf("no configuration: there is no '%s'\n", path);
		return LL_EXIT_DONE;
	}
	for (size_t i = 0; i < settings->suppressions.count; i++) {
		if (suppressions[i].until_ns > cli->now_ns)
			continue;
		(void)printf("suppression '%s' has expired\n", suppressions[i].name);
		expired++;
	}
	(void)printf("%s: %zu services, %zu suppressions, %zu patterns of what is ignored%s\n",
	             path, settings->services.count, settings->suppressions.count,
	             settings->ignores.count, expired > 0 ? "" : ", nothing to say");
	return LL_EXIT_DONE;
}

static enum ll_exit run_config(struct ll_cli *cli)
{
	const char *const what = ll_cli_argument(cli, 0);
	struct ll_error err = LL_ERROR_INIT;

	if (strcmp(what, "show") == 0)
		return show(cli);
	if (strcmp(what, "check") == 0)
		return check(cli);
	(void)ll_fail(&err, LL_E_USAGE, "'config' knows check and show, not '%s'", what);
	return ll_cli_fail(&err);
}

static const enum ll_option_id options[] = {
	LL_OPTION_CONFIG, LL_OPTION_LEDGER, LL_OPTION_RESOURCES, LL_OPTION_HELP, LL_OPTION_END,
};

const struct ll_command ll_command_config = {
	.name = "config",
	.usage = "check|show [-c FILE]",
	.summary = "check the configuration, or show what follows from it",
	.description =
		"check: an unknown key, a wrong value or a suppression that lacks something is an error\n"
		"with its line, and exit code 2; suppressions that have expired are told. show: every key\n"
		"with where its value comes from, the file, the environment or the command line, in a\n"
		"form that can be read again; then the services and suppressions.",
	.examples = "  leakledger config check -c leakledger.conf\n"
		    "  leakledger config show\n",
	.options = options,
	.min_arguments = 1,
	.max_arguments = 1,
	.run = run_config,
};
