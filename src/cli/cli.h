/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cli.h - what commands share. This folder alone prints, exits and reads the environment and the
 * clock.
 *
 * Results go to stdout, messages to stderr. A command returns a value of enum ll_exit.
 */
#ifndef LL_CLI_CLI_H
#define LL_CLI_CLI_H

#include "opt.h"

#include <leakledger/ledger.h>
#include <leakledger/report.h>

/** Exit codes: few outcomes first, sysexits numbers for trouble with the surroundings. */
enum ll_exit {
	LL_EXIT_DONE = 0,
	LL_EXIT_GATE = 1,
	LL_EXIT_USAGE = 2,
	LL_EXIT_SOME_REJECTED = 3,
	LL_EXIT_NOTHING_USABLE = 4,
	LL_EXIT_INTERNAL = 70,
	LL_EXIT_CREATE = 73,
	LL_EXIT_IO = 74,
	LL_EXIT_TRY_AGAIN = 75,
};

struct ll_cli {
	struct ll_arena arena;
	struct ll_settings settings;
	const char
		*configured_out; /* settings.out as the configuration has it: a site's directory */
	struct ll_vec arguments; /* const char *, the positional ones */
	struct ll_vec listed;    /* const char *, of --files-from */
	struct ll_resources *resources;
	struct ll_redactor *redactor; /* once something was redacted; or NULL */
	int64_t now_ns;
	int64_t run_id; /* of the ledger's table of runs; see record.h */
	bool is_out_terminal, is_err_terminal;
	bool is_dated;   /* now_ns is SOURCE_DATE_EPOCH */
	int out_problem; /* errno of the first output that could not be written, or 0 */
	const struct ll_command *command;
};

struct ll_command {
	const char *name;
	const char *usage;   /* "CAPTURES... [-d LEDGER] [-o DIR]" */
	const char *summary; /* one line */
	const char *description;
	const char *examples; /* lines of "command  # what it does" */
	const enum ll_option_id *options;
	int min_arguments, max_arguments; /* max -1: any number */
	bool is_lenient; /* a configuration that nobody named is passed over when it is broken */
	enum ll_exit (*run)(struct ll_cli *cli);
};

/** All commands, sorted by name. */
const struct ll_command *const *ll_commands(size_t *ret_count);

/* talk.c */

/** Prints "leakledger: <text>" to stderr and returns the exit code that belongs to the failure. */
enum ll_exit ll_cli_fail(const struct ll_error *err);
/** Says which arguments the command needs; LL_E_USAGE. */
int ll_cli_ask_arguments(const struct ll_cli *cli, struct ll_error *err);
/** Prints a line to stderr, also with --quiet: what an exit code other than 0 is about. */
void ll_cli_tell(const char *format, ...) LL_PRINTF(1, 2);
/** Prints a line to stderr, unless --quiet. */
void ll_cli_say(const struct ll_cli *cli, const char *format, ...) LL_PRINTF(2, 3);
/** Prints the first column of each row of a query of the resources, as a line behind `before`. */
int ll_cli_print_rows(FILE *to, const char *before, struct ll_ledger *ledger, const char *query,
                      struct ll_error *err);
/** stdout as an output; what cannot be written is LL_E_IO. */
struct ll_output ll_cli_stdout(struct ll_cli *cli);
/**
 * ll_cli_fail for a command that was printing. When stdout is what failed nothing is said: main
 * does, once, whatever way the output took.
 */
enum ll_exit ll_cli_fail_printing(const struct ll_cli *cli, const struct ll_error *err);
/** What findings a document is about, as the options say. */
struct ll_findings_of ll_cli_findings(struct ll_cli *cli, struct ll_ledger *ledger,
                                      const struct ll_output_format *format);
/** What --format says, or `usual`. */
const char *ll_cli_format(const struct ll_cli *cli, const char *usual);
/** Path of the ledger: flag, configuration, environment, or leakledger.db here. */
const char *ll_cli_ledger(const struct ll_cli *cli);
/**
 * Opens it; for reading with --redact a redacted copy of it, and settings that name services or
 * teams are changed to their pseudonyms.
 */
int ll_cli_open(struct ll_cli *cli, enum ll_ledger_mode mode, struct ll_ledger **ret_ledger,
                struct ll_error *err);
/** Opens it for writing; one that is not there is not made. */
int ll_cli_open_existing(struct ll_cli *cli, struct ll_ledger **ret_ledger, struct ll_error *err);
/** The present; what SOURCE_DATE_EPOCH says where it is set. */
int64_t ll_cli_clock(const struct ll_cli *cli);
const char *ll_cli_argument(const struct ll_cli *cli, size_t index);

/** redact.c: makes cli->redactor, when --redact asks for it and it is not there yet. */
int ll_cli_redactor(struct ll_cli *cli, struct ll_error *err);
/** redact.c: what ll_cli_open does with --redact. */
int ll_cli_open_redacted(struct ll_cli *cli, struct ll_ledger **ret_ledger, struct ll_error *err);
/** What a name that the user typed is called in what he gets. */
const char *ll_cli_alias(const struct ll_cli *cli, const char *name);
/** Directory for temporary files. */
const char *ll_cli_temporary(void);

/** The command's help text, on stdout. */
void ll_help_print(const struct ll_command *command);

/** A progress bar on stderr: drawn only on a terminal, or when asked. */
struct ll_bar {
	bool is_shown;
	int64_t started_ns, drawn_ns;
	size_t drawn_width;
};
void ll_bar_init(struct ll_bar *bar, const struct ll_cli *cli);
struct ll_progress ll_bar_progress(struct ll_bar *bar);
void ll_bar_done(struct ll_bar *bar);

/**
 * Reads a configuration file into the settings: unknown keys are errors with line and suggestion.
 */
int ll_config_read(const char *path, struct ll_arena *arena, struct ll_settings *settings,
                   struct ll_error *err);

#endif
