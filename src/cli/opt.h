/* SPDX-License-Identifier: Apache-2.0 */
/*
 * opt.h - what can be set, and how it is set: one table for flags, configuration file and help.
 *
 * Every setting is a row of LL_OPTIONS: its name is the long flag and the key in the configuration
 * file. A command lists the options that it takes; parsing, usage text and the man page come from
 * the rows.
 */
#ifndef LL_CLI_OPT_H
#define LL_CLI_OPT_H

#include <leakledger/analyze.h>
#include <leakledger/arena.h>
#include <leakledger/error.h>
#include <leakledger/units.h>
#include <leakledger/vec.h>

/** Identifiers of the rows, for a command's list; the list ends with LL_OPTION_END. */
enum ll_option_id {
	LL_OPTION_ALARMS,
	LL_OPTION_AT,
	LL_OPTION_AT_KILL,
	LL_OPTION_ASSETS,
	LL_OPTION_BOXES,
	LL_OPTION_BASELINE,
	LL_OPTION_CLASS,
	LL_OPTION_CONFIG,
	LL_OPTION_DIFF,
	LL_OPTION_EACH_TEAM,
	LL_OPTION_DRY_RUN,
	LL_OPTION_EXCLUDE,
	LL_OPTION_EXPLAIN,
	LL_OPTION_FAIL_ON,
	LL_OPTION_FILES,
	LL_OPTION_FILES_FROM,
	LL_OPTION_FOCUS,
	LL_OPTION_FORMAT_FINDINGS,
	LL_OPTION_FORMAT_CAPTURES,
	LL_OPTION_FORMAT_EXPORT,
	LL_OPTION_FORMAT_GATE,
	LL_OPTION_FORMAT_REPORT,
	LL_OPTION_FORMAT_DIFF,
	LL_OPTION_FORMAT_FLAME,
	LL_OPTION_FORMAT_POSTMORTEM,
	LL_OPTION_FORMAT_ROWS,
	LL_OPTION_FROM,
	LL_OPTION_HELP,
	LL_OPTION_HIDE,
	LL_OPTION_IGNORE,
	LL_OPTION_INCREMENTS,
	LL_OPTION_INSTANCE,
	LL_OPTION_JOBS,
	LL_OPTION_KERNEL_LOG,
	LL_OPTION_KEYWORD,
	LL_OPTION_KIND,
	LL_OPTION_KEEP,
	LL_OPTION_LEDGER,
	LL_OPTION_LIMIT,
	LL_OPTION_MAIL,
	LL_OPTION_MAIL_TO,
	LL_OPTION_MAILER,
	LL_OPTION_MIN_EFFECT,
	LL_OPTION_MIN_SCORE,
	LL_OPTION_ONLY_IF_CHANGED,
	LL_OPTION_OUT,
	LL_OPTION_OUT_FILE,
	LL_OPTION_OUT_PAGE,
	LL_OPTION_OWN,
	LL_OPTION_PARAM,
	LL_OPTION_PATTERN,
	LL_OPTION_PROGRESS,
	LL_OPTION_QUIET,
	LL_OPTION_REDACT,
	LL_OPTION_REDACT_KEY,
	LL_OPTION_REREAD,
	LL_OPTION_RESOURCES,
	LL_OPTION_RULE,
	LL_OPTION_SAMPLE_TYPE,
	LL_OPTION_SCOPE,
	LL_OPTION_SENDMAIL,
	LL_OPTION_SERVICE,
	LL_OPTION_SINCE,
	LL_OPTION_SITE,
	LL_OPTION_SOURCE,
	LL_OPTION_STRIP,
	LL_OPTION_SUPPRESSED,
	LL_OPTION_TAG_ROOT,
	LL_OPTION_TEAM,
	LL_OPTION_TIMEOUT,
	LL_OPTION_TO,
	LL_OPTION_UNIT,
	LL_OPTION_UNTIL,
	LL_OPTION_VERBOSE,
	LL_OPTION_WRITE,
	LL_OPTION_WRITE_BASELINE,
	LL_OPTION_END,
};

/** Whose word an option's value is. */
enum ll_origin_of {
	LL_FROM_NOWHERE,
	LL_FROM_FILE,
	LL_FROM_ENVIRONMENT,
	LL_FROM_FLAG,
};

struct ll_settings {
	const char *config, *ledger, *out, *resources, *format, *class_name, *service, *rule,
		*progress, *suppressed, *kernel_log;
	const char *team, *from, *to, *site, *mailer; /* of mails */
	bool sendmail, each_team, only_if_changed;
	const char *redact, *redact_key, *assets, *mail_to;
	bool quiet, help, explain, reread, alarms;
	const char *baseline, *write_baseline, *fail_on;
	int64_t verbose, jobs, min_score, min_effect;
	const char *kind, *instance, *sample_type, *focus, *ignore, *hide, *tag_root, *older,
		*out_file; /* of profiles; see profile.h */
	bool own, increments;
	int64_t boxes, at_ns;
	uint8_t origins[LL_OPTION_END]; /* enum ll_origin_of each option */
	enum ll_origin_of setting;      /* whose options are being set */
	/* of prune */
	const char *keep;
	bool dry_run;
	/* of query, verify */
	const char *scope;
	int64_t limit, timeout;
	bool files;
	int64_t since_ns, until_ns, now_ns; /* LL_TIME_NONE: not set */
	int64_t limit_bytes;                /* memory limit of a service, from its section */
	const char *files_from;             /* a list of files, "-" for standard input */
	struct ll_vec excludes;             /* const char *: globs */
	struct ll_vec patterns;             /* const char *: {service}/{instance}/... */
	struct ll_vec params;               /* const char *: NAME=VALUE */
	struct ll_vec units;                /* const char *: of benchmarks */
	struct ll_vec keywords;             /* const char *: globs */
	struct ll_vec mails;                /* const char *: "nightly", "weekly:monday" */
	struct ll_vec writes;               /* const char *: "prom=FILE" */
	struct ll_vec sources;              /* const char *: directories */
	struct ll_vec strips;               /* const char *: prefixes of file names */
	struct ll_vec services;             /* struct ll_service_settings */
	struct ll_vec suppressions;         /* struct ll_suppression */
	struct ll_vec teams;                /* struct ll_team_settings */
	struct ll_vec ignores;              /* struct ll_ignore */
};

/** A [service "name"] section. */
struct ll_service_settings {
	const char *name; /* may contain '*' */
	int64_t limit_bytes;
	const char *team;
};

/** A [team "name"] section. */
struct ll_team_settings {
	const char *name;
	const char *mail; /* addresses with commas between, or NULL */
};

enum ll_option_type {
	LL_OPT_FLAG,
	LL_OPT_COUNT, /* a flag that may be repeated */
	LL_OPT_TEXT,
	LL_OPT_CHOICE, /* one of `choices` */
	LL_OPT_NUMBER,
	LL_OPT_BYTES,
	LL_OPT_TIME,
	LL_OPT_LIST,
};

struct ll_option {
	const char *name; /* long flag, without dashes */
	char letter;      /* or 0 */
	enum ll_option_type type;
	const char *argument;       /* how usage shows it: "DIR" */
	const char *const *choices; /* for LL_OPT_CHOICE; ends with NULL */
	int64_t maximum;            /* of LL_OPT_NUMBER; 0: none */
	size_t offset;              /* of the member in struct ll_settings */
	const char *help;
	/** Of LL_OPT_LIST: is the value right? NULL: any is. */
	int (*check)(const char *value, struct ll_error *err);
	bool is_configurable; /* also a key of the configuration file */
};

/** The row of an option. */
const struct ll_option *ll_option_get(enum ll_option_id id);
/** All rows. */
const struct ll_option *ll_option_all(size_t *ret_count);

void ll_settings_init(struct ll_settings *settings);
void ll_settings_done(struct ll_settings *settings);

/** Sets one option from a text; `value` is NULL for a flag. Texts are kept in the arena. */
int ll_option_set(const struct ll_option *option, const char *value, struct ll_arena *arena,
                  struct ll_settings *settings, struct ll_error *err);

/**
 * The value of an option as text, by which it can be set again: of a list the one at `index`, of
 * others there is one, at 0. False when there is no such value. Valid as long as `settings` and
 * `buffer`.
 */
bool ll_option_value(const struct ll_option *option, const struct ll_settings *settings,
                     size_t index, char buffer[LL_UNIT_TEXT], struct ll_str *ret_value);

/**
 * Parses a command's arguments. Options may stand anywhere, "--" ends them, abbreviations are
 * refused (they would forbid adding options later). Positional arguments are pushed to *arguments.
 */
int ll_options_parse(const char *command, const enum ll_option_id *list, char *const *argv,
                     struct ll_arena *arena, struct ll_settings *settings, struct ll_vec *arguments,
                     struct ll_error *err);

/** "; did you mean 'x'?" for the nearest of the names, or "". Written into the arena. */
const char *ll_suggest(struct ll_arena *arena, const char *wrong, const char *const *names,
                       size_t count, const char *prefix);

#endif
