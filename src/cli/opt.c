/* SPDX-License-Identifier: Apache-2.0 */
/* opt.c - THE TABLE of options, and their parsing. */
#include "opt.h"

#include "deliver.h"

#include <leakledger/capture.h>
#include <leakledger/redact.h>
#include <leakledger/report.h>
#include <leakledger/threads.h>
#include <leakledger/units.h>

#include <inttypes.h>

static const char *const assets[] = {"files", "inline", NULL};
static const char *const rows_formats[] = {"table", "json", "jsonl", "csv", "md", NULL};
static const char *const export_formats[] = {"jsonl", "csv", NULL};
static const char *const captures_formats[] = {"table", "jsonl", "csv", NULL};
static const char *const diff_formats[] = {"text", "md", "json", "html", "folded", NULL};
static const char *const flame_formats[] = {"svg", "html", "folded", "speedscope", "pprof", NULL};
static const char *const kinds[] = {"heap",  "goroutine",    "goroutineleak", "cpu", "block",
                                    "mutex", "threadcreate", "profile",       NULL};
static const char *const postmortem_formats[] = {"html", "json", "text", NULL};
static const char *const suppressed[] = {"yes", "no", "all", NULL};
static const char *const when[] = {"auto", "always", "never", NULL};

#define SETTING(member) offsetof(struct ll_settings, member)

/* clang-format off */
static const struct ll_option options[LL_OPTION_END] = {
	[LL_OPTION_ALARMS] = {.name = "alarms", .type = LL_OPT_FLAG,
	 .offset = SETTING(alarms), .help = "print every alarm, with its captures, instead of sums"},
	[LL_OPTION_AT] = {.name = "at", .type = LL_OPT_TIME, .argument = "TIME",
	 .offset = SETTING(at_ns), .help = "the newest capture up to this time, of each instance; default: of all"},
	[LL_OPTION_AT_KILL] = {.name = "at", .type = LL_OPT_TIME, .argument = "TIME",
	 .offset = SETTING(at_ns), .help = "the kill nearest to this time (RFC 3339, @epoch, 7d)"},
	[LL_OPTION_ASSETS] = {.name = "assets", .type = LL_OPT_CHOICE, .argument = "WHERE",
	 .choices = assets, .offset = SETTING(assets), .help = "files (style and script beside the pages, the default) "
	 "or inline (in each page)", .is_configurable = true},
	[LL_OPTION_BOXES] = {.name = "boxes", .type = LL_OPT_NUMBER, .argument = "N", .maximum = 50000,
	 .offset = SETTING(boxes), .help = "most boxes of a picture; what is smaller is counted; default 1200"},
	[LL_OPTION_BASELINE] = {.name = "baseline", .type = LL_OPT_TEXT, .argument = "FILE",
	 .offset = SETTING(baseline), .help = "measure by this file, which --write-baseline made"},
	[LL_OPTION_CLASS] = {.name = "class", .type = LL_OPT_TEXT, .argument = "CLASS",
	 .offset = SETTING(class_name), .help = "only findings of this class (goroutine, map, slice ...)"},
	[LL_OPTION_CONFIG] = {.name = "config", .letter = 'c', .type = LL_OPT_TEXT, .argument = "FILE",
	 .offset = SETTING(config), .help = "configuration file; default leakledger.conf when it exists"},
	[LL_OPTION_DIFF] = {.name = "diff", .type = LL_OPT_TEXT, .argument = "OLDER",
	 .offset = SETTING(older), .help = "show the difference to an older capture: a file, a path or hash of the "
	 "ledger, or a time"},
	[LL_OPTION_EACH_TEAM] = {.name = "each-team", .type = LL_OPT_FLAG,
	 .offset = SETTING(each_team), .help = "a mail for each team that owns a service"},
	[LL_OPTION_DRY_RUN] = {.name = "dry-run", .letter = 'n', .type = LL_OPT_FLAG,
	 .offset = SETTING(dry_run), .help = "change nothing, and list what would be done"},
	[LL_OPTION_EXCLUDE] = {.name = "exclude", .type = LL_OPT_LIST, .argument = "GLOB",
	 .offset = SETTING(excludes), .help = "pass over files and directories whose name, or path below what was "
	 "given, matches; may be repeated", .is_configurable = true},
	[LL_OPTION_EXPLAIN] = {.name = "explain", .type = LL_OPT_FLAG,
	 .offset = SETTING(explain), .help = "print every analyzer's rows, also those that made no finding"},
	[LL_OPTION_FAIL_ON] = {.name = "fail-on", .type = LL_OPT_TEXT, .argument = "WHAT",
	 .offset = SETTING(fail_on), .help = "new, worse or any, and behind a colon the least severity: "
	 "worse:warning is the default"},
	[LL_OPTION_FILES] = {.name = "files", .type = LL_OPT_FLAG,
	 .offset = SETTING(files), .help = "also look at the files that were read, where they are as they were"},
	[LL_OPTION_FILES_FROM] = {.name = "files-from", .type = LL_OPT_TEXT, .argument = "FILE",
	 .offset = SETTING(files_from), .help = "read the files that are listed there, too, one a line or with NUL "
	 "between (find -print0); - is standard input"},
	[LL_OPTION_FOCUS] = {.name = "focus", .type = LL_OPT_TEXT, .argument = "TEXT",
	 .offset = SETTING(focus), .help = "only stacks with a function whose name has this text"},
	[LL_OPTION_FORMAT_FINDINGS] = {.name = "format", .type = LL_OPT_CHOICE, .argument = "FORMAT",
	 .choices = ll_output_ids, .offset = SETTING(format),
	 .help = "table, text, json, jsonl, csv, md, sarif, junit, prom or xml"},
	[LL_OPTION_FORMAT_EXPORT] = {.name = "format", .type = LL_OPT_CHOICE, .argument = "FORMAT",
	 .choices = export_formats, .offset = SETTING(format), .help = "jsonl or csv"},
	[LL_OPTION_FORMAT_GATE] = {.name = "format", .type = LL_OPT_CHOICE, .argument = "FORMAT",
	 .choices = ll_gate_ids, .offset = SETTING(format), .help = "text, md, junit or sarif"},
	[LL_OPTION_FORMAT_REPORT] = {.name = "format", .type = LL_OPT_CHOICE, .argument = "FORMAT",
	 .choices = ll_report_ids, .offset = SETTING(format),
	 .help = "html (the site), or one file: text, json, jsonl, csv, md, sarif, junit, prom, xml"},
	[LL_OPTION_FORMAT_CAPTURES] = {.name = "format", .type = LL_OPT_CHOICE, .argument = "FORMAT",
	 .choices = captures_formats, .offset = SETTING(format), .help = "table, jsonl or csv"},
	[LL_OPTION_FORMAT_DIFF] = {.name = "format", .type = LL_OPT_CHOICE, .argument = "FORMAT",
	 .choices = diff_formats, .offset = SETTING(format),
	 .help = "text, md, json, html (with a flame graph of the difference) or folded"},
	[LL_OPTION_FORMAT_FLAME] = {.name = "format", .type = LL_OPT_CHOICE, .argument = "FORMAT",
	 .choices = flame_formats, .offset = SETTING(format),
	 .help = "svg, html, folded, speedscope or pprof; default: what the name of the output says, else svg"},
	[LL_OPTION_FORMAT_POSTMORTEM] = {.name = "format", .type = LL_OPT_CHOICE, .argument = "FORMAT",
	 .choices = postmortem_formats, .offset = SETTING(format), .help = "html, json or text; default html"},
	[LL_OPTION_FORMAT_ROWS] = {.name = "format", .type = LL_OPT_CHOICE, .argument = "FORMAT",
	 .choices = rows_formats, .offset = SETTING(format), .help = "table, json, jsonl, csv or md"},
	[LL_OPTION_FROM] = {.name = "from", .type = LL_OPT_TEXT, .argument = "ADDRESS",
	 .offset = SETTING(from), .help = "who sends mails", .is_configurable = true},
	[LL_OPTION_HELP] = {.name = "help", .letter = 'h', .type = LL_OPT_FLAG,
	 .offset = SETTING(help), .help = "show this help"},
	[LL_OPTION_HIDE] = {.name = "hide", .type = LL_OPT_TEXT, .argument = "TEXT",
	 .offset = SETTING(hide), .help = "leave functions whose name has this text out of the stacks"},
	[LL_OPTION_IGNORE] = {.name = "ignore", .type = LL_OPT_TEXT, .argument = "TEXT",
	 .offset = SETTING(ignore), .help = "no stack with a function whose name has this text"},
	[LL_OPTION_INCREMENTS] = {.name = "increments", .type = LL_OPT_FLAG,
	 .offset = SETTING(increments), .help = "what each version added to the one before, not what it has"},
	[LL_OPTION_INSTANCE] = {.name = "instance", .type = LL_OPT_TEXT, .argument = "GLOB",
	 .offset = SETTING(instance), .help = "only instances whose name matches"},
	[LL_OPTION_JOBS] = {.name = "jobs", .letter = 'j', .type = LL_OPT_NUMBER, .argument = "N",
	 .maximum = LL_WORKERS_MAX, .offset = SETTING(jobs),
	 .help = "worker threads, at most 1024; default: one per processor", .is_configurable = true},
	[LL_OPTION_KIND] = {.name = "kind", .type = LL_OPT_CHOICE, .argument = "KIND", .choices = kinds,
	 .offset = SETTING(kind), .help = "heap, goroutine, goroutineleak, cpu, block, mutex, threadcreate or profile"},
	[LL_OPTION_KERNEL_LOG] = {.name = "kernel-log", .type = LL_OPT_TEXT, .argument = "FILE",
	 .offset = SETTING(kernel_log), .help = "read this log (dmesg, journal, syslog) into the ledger first"},
	[LL_OPTION_KEYWORD] = {.name = "keyword", .type = LL_OPT_LIST, .argument = "GLOB",
	 .offset = SETTING(keywords), .help = "only findings with a keyword that matches; with each, if repeated"},
	[LL_OPTION_KEEP] = {.name = "keep", .type = LL_OPT_TEXT, .argument = "TIME",
	 .offset = SETTING(keep), .help = "how far back from the newest capture of a service: 90d, 12w"},
	[LL_OPTION_LEDGER] = {.name = "ledger", .letter = 'd', .type = LL_OPT_TEXT, .argument = "FILE",
	 .offset = SETTING(ledger), .help = "the ledger; default leakledger.db", .is_configurable = true},
	[LL_OPTION_LIMIT] = {.name = "limit", .type = LL_OPT_NUMBER, .argument = "N",
	 .offset = SETTING(limit), .help = "at most so many rows; default, and 0, all"},
	[LL_OPTION_MIN_EFFECT] = {.name = "min-effect", .type = LL_OPT_NUMBER, .argument = "PERCENT",
	 .maximum = 1000, .offset = SETTING(min_effect), .help = "of benchmarks: changes below this are none; default 8 for "
	 "allocs/op, 12 for B/op, 5 for others"},
	[LL_OPTION_MAIL] = {.name = "mail", .type = LL_OPT_LIST, .argument = "WHEN",
	 .offset = SETTING(mails), .help = "send a mail at the end of the first run of a day: nightly (when something "
	 "is new), weekly or weekly:friday; may be repeated", .check = ll_delivery_check_mail, .is_configurable = true},
	[LL_OPTION_MAIL_TO] = {.name = "mail-to", .type = LL_OPT_TEXT, .argument = "ADDRESS",
	 .offset = SETTING(mail_to), .help = "who gets the mail of the fleet at the end of a run; teams get theirs by "
	 "their sections", .is_configurable = true},
	[LL_OPTION_MAILER] = {.name = "mailer", .type = LL_OPT_TEXT, .argument = "PROGRAM",
	 .offset = SETTING(mailer), .help = "what --sendmail runs with -t -i; default /usr/sbin/sendmail",
	 .is_configurable = true},
	[LL_OPTION_MIN_SCORE] = {.name = "min-score", .type = LL_OPT_NUMBER, .argument = "N",
	 .offset = SETTING(min_score), .help = "only findings with at least this score (0 to 100)"},
	[LL_OPTION_ONLY_IF_CHANGED] = {.name = "only-if-changed", .type = LL_OPT_FLAG,
	 .offset = SETTING(only_if_changed), .help = "no mail when nothing is new, worse, fixed, killed or silent"},
	[LL_OPTION_OUT] = {.name = "out", .letter = 'o', .type = LL_OPT_TEXT, .argument = "DIR",
	 .offset = SETTING(out), .help = "where the site, or the file, goes; default leakledger-report, or standard output", .is_configurable = true},
	[LL_OPTION_OUT_FILE] = {.name = "out", .letter = 'o', .type = LL_OPT_TEXT, .argument = "FILE",
	 .offset = SETTING(out_file), .help = "where the result goes; default: standard output"},
	[LL_OPTION_OWN] = {.name = "own", .type = LL_OPT_FLAG,
	 .offset = SETTING(own), .help = "only frames of the program's own code"},
	[LL_OPTION_OUT_PAGE] = {.name = "out", .letter = 'o', .type = LL_OPT_TEXT, .argument = "FILE",
	 .offset = SETTING(out_file), .help = "the page; default SERVICE-TIME.html here"},
	[LL_OPTION_PARAM] = {.name = "param", .type = LL_OPT_LIST, .argument = "NAME=VALUE",
	 .offset = SETTING(params), .help = "another number for a parameter of the rule; may be repeated"},
	[LL_OPTION_PATTERN] = {.name = "pattern", .type = LL_OPT_LIST, .argument = "PATTERN",
	 .offset = SETTING(patterns), .help = "how paths tell identity: '{service}/{instance}/{kind}-{unixtime}'; "
	 "may be repeated", .check = ll_identity_check_pattern, .is_configurable = true},
	[LL_OPTION_PROGRESS] = {.name = "progress", .type = LL_OPT_CHOICE, .argument = "WHEN", .choices = when,
	 .offset = SETTING(progress), .help = "progress bar on stderr: auto, always, never"},
	[LL_OPTION_QUIET] = {.name = "quiet", .letter = 'q', .type = LL_OPT_FLAG,
	 .offset = SETTING(quiet), .help = "print nothing on success; what an exit code of 3 or 4 is about is still said"},
	[LL_OPTION_REDACT] = {.name = "redact", .type = LL_OPT_CHOICE, .argument = "LEVEL",
	 .choices = ll_redact_levels, .offset = SETTING(redact),
	 .help = "none, paths (directories and hosts go) or names (services, own code, labels and owners become "
	 "pseudonyms, too)", .is_configurable = true},
	[LL_OPTION_REDACT_KEY] = {.name = "redact-key", .type = LL_OPT_TEXT, .argument = "FILE",
	 .offset = SETTING(redact_key), .help = "the secret that pseudonyms are made with: the same one, the same "
	 "pseudonyms; default the ledger's name and .redact-key, made when it is not there", .is_configurable = true},
	[LL_OPTION_REREAD] = {.name = "reread", .type = LL_OPT_FLAG,
	 .offset = SETTING(reread), .help = "read also files whose size and times are as they were when they "
	 "were read"},
	[LL_OPTION_RESOURCES] = {.name = "resources", .type = LL_OPT_TEXT, .argument = "DIR",
	 .offset = SETTING(resources), .help = "own SQL and templates, looked up before the built-in ones",
	 .is_configurable = true},
	[LL_OPTION_RULE] = {.name = "rule", .type = LL_OPT_TEXT, .argument = "ID",
	 .offset = SETTING(rule), .help = "run this analyzer only"},
	[LL_OPTION_SAMPLE_TYPE] = {.name = "sample-type", .type = LL_OPT_TEXT, .argument = "TYPE",
	 .offset = SETTING(sample_type), .help = "inuse_space, alloc_objects, delay ...; default: what one wants to "
	 "see of the kind first"},
	[LL_OPTION_SCOPE] = {.name = "scope", .type = LL_OPT_TEXT, .argument = "SERVICE",
	 .offset = SETTING(scope), .help = "make the views of analyzers, over this service"},
	[LL_OPTION_SENDMAIL] = {.name = "sendmail", .type = LL_OPT_FLAG,
	 .offset = SETTING(sendmail), .help = "hand mails to this machine's mail program"},
	[LL_OPTION_SERVICE] = {.name = "service", .type = LL_OPT_TEXT, .argument = "GLOB",
	 .offset = SETTING(service), .help = "only services whose name matches"},
	[LL_OPTION_SINCE] = {.name = "since", .type = LL_OPT_TIME, .argument = "TIME",
	 .offset = SETTING(since_ns), .help = "only what was captured from this time on (2026-11-21, RFC 3339, "
	 "@epoch, 7d)"},
	[LL_OPTION_SITE] = {.name = "site", .type = LL_OPT_TEXT, .argument = "URL",
	 .offset = SETTING(site), .help = "where the site can be read, for links in mails", .is_configurable = true},
	[LL_OPTION_SOURCE] = {.name = "source", .type = LL_OPT_LIST, .argument = "DIR",
	 .offset = SETTING(sources), .help = "directory with the source of what was built: findings show their line; "
	 "may be repeated", .is_configurable = true},
	[LL_OPTION_STRIP] = {.name = "strip", .type = LL_OPT_LIST, .argument = "PREFIX",
	 .offset = SETTING(strips), .help = "sarif: take this off the start of file names, as the path of the "
	 "module; may be repeated", .is_configurable = true},
	[LL_OPTION_SUPPRESSED] = {.name = "suppressed", .type = LL_OPT_CHOICE, .argument = "WHICH",
	 .choices = suppressed, .offset = SETTING(suppressed),
	 .help = "yes, no or all: findings that a [suppress] section of the configuration puts aside; default no "
	 "in a table, text or md, all in the others"},
	[LL_OPTION_TAG_ROOT] = {.name = "tag-root", .type = LL_OPT_TEXT, .argument = "LABEL",
	 .offset = SETTING(tag_root), .help = "the value of this label above all frames"},
	[LL_OPTION_TIMEOUT] = {.name = "timeout", .type = LL_OPT_NUMBER, .argument = "SECONDS",
	 .maximum = 1000000, .offset = SETTING(timeout), .help = "stop after so much processor time; default 60, 0 never"},
	[LL_OPTION_UNIT] = {.name = "unit", .type = LL_OPT_LIST, .argument = "UNIT",
	 .offset = SETTING(units), .help = "of benchmarks: this unit counts, too (ns/op); may be repeated"},
	[LL_OPTION_TEAM] = {.name = "team", .type = LL_OPT_TEXT, .argument = "TEAM",
	 .offset = SETTING(team), .help = "only services of this team"},
	[LL_OPTION_TO] = {.name = "to", .type = LL_OPT_TEXT, .argument = "ADDRESS",
	 .offset = SETTING(to), .help = "who gets the mail; default what the [team] section of the configuration says"},
	[LL_OPTION_UNTIL] = {.name = "until", .type = LL_OPT_TIME, .argument = "TIME",
	 .offset = SETTING(until_ns), .help = "only what was captured before this time"},
	[LL_OPTION_VERBOSE] = {.name = "verbose", .letter = 'v', .type = LL_OPT_COUNT,
	 .offset = SETTING(verbose), .help = "say more; may be repeated"},
	[LL_OPTION_WRITE] = {.name = "write", .type = LL_OPT_LIST, .argument = "FORMAT=FILE",
	 .offset = SETTING(writes), .help = "also write findings in this format (json, sarif, prom ...) to this file; "
	 "may be repeated", .check = ll_delivery_check_write, .is_configurable = true},
	[LL_OPTION_WRITE_BASELINE] = {.name = "write-baseline", .type = LL_OPT_TEXT, .argument = "FILE",
	 .offset = SETTING(write_baseline), .help = "write all open findings to this file, and judge nothing"},
};
/* clang-format on */

const struct ll_option *ll_option_get(enum ll_option_id id)
{
	return &options[id];
}

const struct ll_option *ll_option_all(size_t *ret_count)
{
	*ret_count = LL_COUNT(options);
	return options;
}

void ll_settings_init(struct ll_settings *settings)
{
	*settings = (struct ll_settings){
		.progress = "auto",
		.timeout = -1,
		.since_ns = LL_TIME_NONE,
		.until_ns = LL_TIME_NONE,
		.now_ns = LL_TIME_NONE,
		.at_ns = LL_TIME_NONE,
	};
}

void ll_settings_done(struct ll_settings *settings)
{
	ll_vec_done(&settings->excludes);
	ll_vec_done(&settings->patterns);
	ll_vec_done(&settings->params);
	ll_vec_done(&settings->keywords);
	ll_vec_done(&settings->sources);
	ll_vec_done(&settings->strips);
	ll_vec_done(&settings->mails);
	ll_vec_done(&settings->writes);
	ll_vec_done(&settings->units);
	ll_vec_done(&settings->services);
	ll_vec_done(&settings->suppressions);
	ll_vec_done(&settings->teams);
	ll_vec_done(&settings->ignores);
}

const char *ll_suggest(struct ll_arena *arena, const char *wrong, const char *const *names,
                       size_t count, const char *prefix)
{
	const char *best = NULL;
	/* Three mistakes at most, and half of it must be right. */
	size_t smallest = (strlen(wrong) + 1) / 2 < 3 ? (strlen(wrong) + 1) / 2 + 1 : 4;

	for (size_t i = 0; i < count; i++) {
		const size_t distance = ll_str_distance(ll_str(wrong), ll_str(names[i]), smallest);

		if (distance < smallest && distance < strlen(names[i])) {
			smallest = distance;
			best = names[i];
		}
	}
	return best ? ll_arena_printf(arena, "; did you mean '%s%s'?", prefix, best) : "";
}

/* ---------------------------------------------------------- setting one option */

/* "7d" counts back from now; everything else is a moment. */
static int set_time(const struct ll_option *option, const char *value,
                    const struct ll_settings *settings, int64_t *ret_time_ns, struct ll_error *err)
{
	int64_t duration_ns;
	bool has_zone;

	if (ll_parse_time(ll_str(value), ret_time_ns, &has_zone))
		return LL_OK;
	if (ll_parse_duration(ll_str(value), &duration_ns) && settings->now_ns != LL_TIME_NONE) {
		*ret_time_ns = settings->now_ns - duration_ns;
		return LL_OK;
	}
	return ll_fail(err, LL_E_USAGE,
	               "'%s' is no time for --%s; try 2026-11-21, "
	               "2026-11-21T06:00:00Z, @1795223187 or 7d",
	               value, option->name);
}

static int set_choice(const struct ll_option *option, const char *value, struct ll_arena *arena,
                      const char **ret_value, struct ll_error *err)
{
	size_t count = 0;

	while (option->choices[count]) {
		if (strcmp(option->choices[count], value) == 0) {
			*ret_value = option->choices[count];
			return LL_OK;
		}
		count++;
	}
	return ll_fail(err, LL_E_USAGE, "--%s cannot be '%s': it takes %s%s", option->name, value,
	               option->help, ll_suggest(arena, value, option->choices, count, ""));
}

static int set_number(const struct ll_option *option, const char *value, int64_t *ret_value,
                      struct ll_error *err)
{
	if (option->type == LL_OPT_BYTES) {
		if (!ll_parse_bytes(ll_str(value), ret_value))
			return ll_fail(err, LL_E_USAGE,
			               "'%s' is no size for --%s; try 512MiB or 2GiB", value,
			               option->name);
		return LL_OK;
	}
	if (!ll_str_to_i64(ll_str(value), ret_value) || *ret_value < 0)
		return ll_fail(err, LL_E_USAGE, "'%s' is no number for --%s", value, option->name);
	if (option->maximum > 0 && *ret_value > option->maximum)
		return ll_fail(err, LL_E_USAGE, "--%s takes 0 to %" PRId64 ", not '%s'",
		               option->name, option->maximum, value);
	return LL_OK;
}

bool ll_option_value(const struct ll_option *option, const struct ll_settings *settings,
                     size_t index, char buffer[LL_UNIT_TEXT], struct ll_str *ret_value)
{
	/* The member that the row names; its type follows from the row's. */
	const void *const at = (const char *)settings + option->offset;
	const struct ll_vec *list;

	switch (option->type) {
	case LL_OPT_LIST:
		list = at;
		if (index >= list->count)
			return false;
		*ret_value = ll_str(((const char *const *)list->items)[index]);
		return true;
	case LL_OPT_FLAG: *ret_value = ll_str(*(const bool *)at ? "yes" : "no"); break;
	case LL_OPT_TEXT:
	case LL_OPT_CHOICE: *ret_value = ll_str(*(const char *const *)at); break;
	case LL_OPT_COUNT:
	case LL_OPT_NUMBER:
	case LL_OPT_BYTES:
	case LL_OPT_TIME:
		(void)snprintf(buffer, LL_UNIT_TEXT, "%" PRId64, *(const int64_t *)at);
		*ret_value = ll_str(buffer);
		break;
	}
	return index == 0;
}

int ll_option_set(const struct ll_option *option, const char *value, struct ll_arena *arena,
                  struct ll_settings *settings, struct ll_error *err)
{
	/* The member that the row names; its type follows from the row's. */
	union {
		char *bytes;
		bool *flag;
		int64_t *number;
		const char **text;
		struct ll_vec *list;
	} at = {.bytes = (char *)settings + option->offset};

	value = ll_arena_str(arena, ll_str(value)).data;
	settings->origins[option - options] = (uint8_t)settings->setting;
	switch (option->type) {
	case LL_OPT_FLAG: *at.flag = true; return LL_OK;
	case LL_OPT_COUNT: (*at.number)++; return LL_OK;
	case LL_OPT_TEXT: *at.text = value; return LL_OK;
	case LL_OPT_CHOICE: return set_choice(option, value, arena, at.text, err);
	case LL_OPT_NUMBER:
	case LL_OPT_BYTES: return set_number(option, value, at.number, err);
	case LL_OPT_TIME: return set_time(option, value, settings, at.number, err);
	case LL_OPT_LIST:
		if (option->check && option->check(value, err) < 0)
			return LL_E_USAGE;
		*(const char **)ll_vec_push(at.list, sizeof value) = value;
		return LL_OK;
	}
	return LL_OK;
}

/* --------------------------------------------------------------------- parsing */

struct parser {
	const char *command;
	const enum ll_option_id *options;
	char *const *argv;
	struct ll_arena *arena;
	struct ll_settings *settings;
	struct ll_vec *arguments;
};

static bool takes_argument(const struct ll_option *option)
{
	return option->type != LL_OPT_FLAG && option->type != LL_OPT_COUNT;
}

static int unknown_option(const struct parser *parser, const char *name, struct ll_error *err)
{
	const char *names[LL_OPTION_END];
	size_t count = 0;

	for (const enum ll_option_id *id = parser->options; *id != LL_OPTION_END; id++)
		names[count++] = ll_option_get(*id)->name;
	return ll_fail(err, LL_E_USAGE, "'%s' has no option '--%s'%s", parser->command, name,
	               ll_suggest(parser->arena, name, names, count, "--"));
}

static const struct ll_option *find_long(const struct parser *parser, struct ll_str name)
{
	for (const enum ll_option_id *id = parser->options; *id != LL_OPTION_END; id++) {
		const struct ll_option *const option = ll_option_get(*id);

		if (ll_str_equal(name, ll_str(option->name)))
			return option;
	}
	return NULL;
}

static const struct ll_option *find_letter(const struct parser *parser, char letter)
{
	for (const enum ll_option_id *id = parser->options; *id != LL_OPTION_END; id++) {
		const struct ll_option *const option = ll_option_get(*id);

		if (option->letter && option->letter == letter)
			return option;
	}
	return NULL;
}

/* The value behind an option: attached, or the next argument. */
static int take_value(struct parser *parser, const struct ll_option *option, const char *attached,
                      const char **ret_value, struct ll_error *err)
{
	*ret_value = attached;
	if (attached)
		return LL_OK;
	if (!*parser->argv)
		return ll_fail(err, LL_E_USAGE, "--%s needs %s", option->name, option->argument);
	*ret_value = *parser->argv++;
	return LL_OK;
}

/* "--name", "--name=value", "--name value". */
static int parse_long(struct parser *parser, const char *text, struct ll_error *err)
{
	struct ll_str name = ll_str(text);
	const size_t equals = ll_str_index(name, '=');
	const char *value = equals == SIZE_MAX ? NULL : text + equals + 1;
	const struct ll_option *option;
	int rc;

	name = ll_str_first(name, equals);
	option = find_long(parser, name);
	if (!option)
		return unknown_option(parser, ll_arena_str(parser->arena, name).data, err);
	if (!takes_argument(option)) {
		if (value)
			return ll_fail(err, LL_E_USAGE, "--%s takes no value", option->name);
		return ll_option_set(option, NULL, parser->arena, parser->settings, err);
	}
	rc = take_value(parser, option, value, &value, err);
	if (rc < 0)
		return rc;
	return ll_option_set(option, value, parser->arena, parser->settings, err);
}

/* "-q", "-qv", "-j4", "-j 4". */
static int parse_letters(struct parser *parser, const char *letters, struct ll_error *err)
{
	for (; *letters; letters++) {
		const struct ll_option *const option = find_letter(parser, *letters);
		const char *value = NULL;
		int rc;

		if (!option)
			return ll_fail(err, LL_E_USAGE, "'%s' has no option '-%c'", parser->command,
			               *letters);
		if (!takes_argument(option)) {
			rc = ll_option_set(option, NULL, parser->arena, parser->settings, err);
			if (rc < 0)
				return rc;
			continue;
		}
		rc = take_value(parser, option, letters[1] ? letters + 1 : NULL, &value, err);
		if (rc < 0)
			return rc;
		return ll_option_set(option, value, parser->arena, parser->settings, err);
	}
	return LL_OK;
}

int ll_options_parse(const char *command, const enum ll_option_id *list, char *const *argv,
                     struct ll_arena *arena, struct ll_settings *settings, struct ll_vec *arguments,
                     struct ll_error *err)
{
	struct parser parser = {.command = command,
	                        .options = list,
	                        .argv = argv,
	                        .arena = arena,
	                        .settings = settings,
	                        .arguments = arguments};
	bool is_ended = false;
	int rc = LL_OK;

	while (rc == LL_OK && *parser.argv) {
		const char *const argument = *parser.argv++;

		if (is_ended || argument[0] != '-' || !argument[1])
			*(const char **)ll_vec_push(arguments, sizeof argument) = argument;
		else if (strcmp(argument, "--") == 0)
			is_ended = true;
		else if (argument[1] == '-')
			rc = parse_long(&parser, argument + 2, err);
		else
			rc = parse_letters(&parser, argument + 1, err);
	}
	return rc;
}
