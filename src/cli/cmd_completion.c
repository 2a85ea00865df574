/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cmd_completion.c - leakledger completion: what a shell must know to complete command lines, out
 * of the tables of commands and options.
 */
#include "cli.h"

static const struct ll_option *const *options_of(const struct ll_command *command,
                                                 const struct ll_option *room[LL_OPTION_END + 1])
{
	size_t count = 0;

	for (const enum ll_option_id *id = command->options; *id != LL_OPTION_END; id++)
		room[count++] = ll_option_get(*id);
	room[count] = NULL;
	return room;
}

/* ------------------------------------------------------------------------ bash */

static void bash_commands(void)
{
	size_t count;
	const struct ll_command *const *const all = ll_commands(&count);

	(void)printf("\tif [ \"$COMP_CWORD\" -eq 1 ]; then\n\t\tCOMPREPLY=($(compgen -W '");
	for (size_t i = 0; i < count; i++)
		(void)printf("%s%s", i > 0 ? " " : "", all[i]->name);
	(void)printf("' -- \"$cur\"))\n\t\treturn\n\tfi\n");
}

static void bash_choices(const struct ll_command *command)
{
	const struct ll_option *room[LL_OPTION_END + 1];

	for (const struct ll_option *const *it = options_of(command, room); *it; it++) {
		if (!(*it)->choices)
			continue;
		(void)printf("\t%s:--%s) COMPREPLY=($(compgen -W '", command->name, (*it)->name);
		for (size_t i = 0; (*it)->choices[i]; i++)
			(void)printf("%s%s", i > 0 ? " " : "", (*it)->choices[i]);
		(void)printf("' -- \"$cur\")); return ;;\n");
	}
}

static void bash_options(const struct ll_command *command)
{
	const struct ll_option *room[LL_OPTION_END + 1];

	(void)printf("\t%s) words='", command->name);
	for (const struct ll_option *const *it = options_of(command, room); *it; it++)
		(void)printf("%s--%s", it == room ? "" : " ", (*it)->name);
	(void)printf("' ;;\n");
}

static void print_bash(void)
{
	size_t count;
	const struct ll_command *const *const all = ll_commands(&count);

	(void)printf(
		"# bash completion of leakledger: source it, or put it where bash looks for it,\n"
		"# /usr/share/bash-completion/completions/leakledger.\n"
		"_leakledger() {\n"
		"\tlocal cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} words=\n");
	bash_commands();
	(void)printf("\tcase ${COMP_WORDS[1]}:$prev in\n");
	for (size_t i = 0; i < count; i++)
		bash_choices(all[i]);
	(void)printf("\tesac\n\tcase ${COMP_WORDS[1]} in\n");
	for (size_t i = 0; i < count; i++)
		bash_options(all[i]);
	(void)printf("\tesac\n\tcase $cur in\n"
	             "\t-*) COMPREPLY=($(compgen -W \"$words\" -- \"$cur\")) ;;\n"
	             "\t*) COMPREPLY=($(compgen -f -- \"$cur\")) ;;\n"
	             "\tesac\n}\ncomplete -o filenames -F _leakledger leakledger\n");
}

/* ------------------------------------------------------------------- zsh, fish */

/* Inside single quotes; `also` are characters that the shell's own format escapes. */
static void put_quoted(const char *text, const char *also)
{
	for (; *text; text++) {
		if (*text == '\'')
			(void)printf("'\\''");
		else if (strchr(also, *text))
			(void)printf("\\%c", *text);
		else
			(void)putchar(*text);
	}
}

static void zsh_option(const struct ll_option *option)
{
	(void)printf("\t\t'*--%s[", option->name);
	put_quoted(option->help, "[]\\");
	(void)putchar(']');
	if (option->choices) {
		(void)printf(":%s:(", option->argument);
		for (size_t i = 0; option->choices[i]; i++)
			(void)printf("%s%s", i > 0 ? " " : "", option->choices[i]);
		(void)putchar(')');
	} else if (option->argument) {
		(void)printf(":%s:_files", option->argument);
	}
	(void)printf("' \\\n");
}

static void print_zsh(void)
{
	size_t count;
	const struct ll_command *const *const all = ll_commands(&count);

	(void)printf("#compdef leakledger\n_leakledger() {\n\tlocal -a commands\n\tcommands=(\n");
	for (size_t i = 0; i < count; i++) {
		(void)printf("\t\t'%s:", all[i]->name);
		put_quoted(all[i]->summary, ":\\");
		(void)printf("'\n");
	}
	(void)printf("\t)\n\tif (( CURRENT == 2 )); then\n\t\t_describe command commands\n"
	             "\t\treturn\n\tfi\n\tlocal command=$words[2]\n\tshift words\n"
	             "\t(( CURRENT-- ))\n\tcase $command in\n");
	for (size_t i = 0; i < count; i++) {
		const struct ll_option *room[LL_OPTION_END + 1];

		(void)printf("\t%s) _arguments \\\n", all[i]->name);
		for (const struct ll_option *const *it = options_of(all[i], room); *it; it++)
			zsh_option(*it);
		(void)printf("\t\t'*:file:_files' ;;\n");
	}
	(void)printf("\tesac\n}\n_leakledger \"$@\"\n");
}

static void fish_option(const char *command, const struct ll_option *option)
{
	(void)printf("complete -c leakledger -n '__fish_seen_subcommand_from %s' -l %s", command,
	             option->name);
	if (option->letter)
		(void)printf(" -s %c", option->letter);
	if (option->choices) {
		(void)printf(" -x -a '");
		for (size_t i = 0; option->choices[i]; i++)
			(void)printf("%s%s", i > 0 ? " " : "", option->choices[i]);
		(void)putchar('\'');
	} else if (option->argument) {
		(void)printf(" -r");
	}
	(void)printf(" -d '");
	for (const char *text = option->help; *text; text++)
		(void)printf(*text == '\'' || *text == '\\' ? "\\%c" : "%c", *text);
	(void)printf("'\n");
}

static void print_fish(void)
{
	size_t count;
	const struct ll_command *const *const all = ll_commands(&count);

	for (size_t i = 0; i < count; i++) {
		const struct ll_option *room[LL_OPTION_END + 1];

		(void)printf("complete -c leakledger -n __fish_use_subcommand -f -a %s -d '",
		             all[i]->name);
		for (const char *text = all[i]->summary; *text; text++)
			(void)printf(*text == '\'' || *text == '\\' ? "\\%c" : "%c", *text);
		(void)printf("'\n");
		for (const struct ll_option *const *it = options_of(all[i], room); *it; it++)
			fish_option(all[i]->name, *it);
	}
}

/* --------------------------------------------------------------------- command */

static enum ll_exit run_completion(struct ll_cli *cli)
{
	static const struct {
		const char *name;
		void (*print)(void);
	} shells[] = {{"bash", print_bash}, {"fish", print_fish}, {"zsh", print_zsh}};
	const char *const name = ll_cli_argument(cli, 0);
	struct ll_error err = LL_ERROR_INIT;

	for (size_t i = 0; i < LL_COUNT(shells); i++) {
		if (strcmp(name, shells[i].name) == 0) {
			shells[i].print();
			return LL_EXIT_DONE;
		}
	}
	(void)ll_fail(&err, LL_E_USAGE, "no shell '%s' is known: bash, zsh or fish", name);
	return ll_cli_fail(&err);
}

static const enum ll_option_id options[] = {LL_OPTION_HELP, LL_OPTION_END};

const struct ll_command ll_command_completion = {
	.name = "completion",
	.usage = "bash|zsh|fish",
	.summary = "print what a shell needs to complete command lines",
	.description =
		"Commands, their options and the values that options take, out of the tables that\n"
		"the program itself reads.",
	.examples = "  leakledger completion bash >/etc/bash_completion.d/leakledger\n"
		    "  leakledger completion fish >~/.config/fish/completions/leakledger.fish\n",
	.options = options,
	.is_lenient = true,
	.min_arguments = 1,
	.max_arguments = 1,
	.run = run_completion,
};
