/* SPDX-License-Identifier: Apache-2.0 */
/*
 * analyze.h - facts into judgments.
 *
 * Analyzers are .sql files (sql/analyzers/<topic>/<name>.sql), one read-only statement each, that
 * return rows about subjects: a place in the code that allocates, a place where goroutines wait, a
 * service. The rows of all analyzers about one subject become one finding.
 *
 *     scope     TEMP tables for the services to be judged: sites, points in time, lives
 *     catalog   finds analyzers, reads their headers, orders them by layer and needs
 *     runner    runs each behind an authorizer that allows reading only, with a time limit
 *     replay    what rules of others would have said, over the same scope; judges nothing
 *     findings  rows to findings: class, score, growth, forecast, sentence; life cycle over runs
 *
 * Everything that a sentence of a finding says is in its evidence rows, with the captures behind
 * them.
 */
#ifndef LEAKLEDGER_ANALYZE_H
#define LEAKLEDGER_ANALYZE_H

#include <leakledger/ledger.h>

/* ------------------------------------------------------------ SQL functions */

/** A function of ours that analyzers may use. */
struct ll_sqlfn {
	const char *name;
	int arguments;    /* -1: several counts, see the description */
	const char *kind; /* "scalar", "aggregate", "table" */
	const char *description;
};

/** Every function, in the order of the table in sqlfn.c. */
const struct ll_sqlfn *ll_sqlfn_all(size_t *ret_count);

/* ---------------------------------------------------------------- analyzers */

enum ll_layer {
	LL_LAYER_L1, /* is memory growing, and which part of it */
	LL_LAYER_L2, /* at which call sites */
	LL_LAYER_L3, /* who holds it */
	LL_LAYER_L4, /* what is it */
	LL_LAYER_L5, /* what hides outside */
	LL_LAYER_SUMMARY,
};

/** "L1" ... "L5", "summary". */
const char *ll_layer_name(enum ll_layer layer);

/** What the header of an analyzer says. All texts live as long as the catalog. */
struct ll_analyzer {
	struct ll_str id; /* "heap.site_growth": folder.file */
	struct ll_str title;
	enum ll_layer layer;
	struct ll_str term;   /* row of the weights table that its strength is multiplied with */
	struct ll_str needs;  /* views and ids that it reads, separated by blanks */
	struct ll_str params; /* "min_captures=5, max_p=0.01", or empty */
	/* A table of the ledger; while it has no row the analyzer has none either. Or empty. */
	struct ll_str only_with;
	bool is_gate; /* a row of it makes a finding; rows of others only add to one */
	bool is_rest; /* the same, where no gate has found growth at a place in the code */
	bool is_last; /* the same, where no other gate has found anything */
	struct ll_str why, blind_spot, source;
	struct ll_str sql;
	bool is_override; /* from the user's directory */
};

struct ll_catalog;

/**
 * Reads every analyzer of the resources. A header that lacks something is LL_E_USAGE with the file.
 */
int ll_catalog_open(const struct ll_resources *resources, struct ll_catalog **ret_catalog,
                    struct ll_error *err);
void ll_catalog_close(struct ll_catalog *catalog);
void ll_catalog_closep(struct ll_catalog **catalog);
/** In the order in which they run. */
const struct ll_analyzer *ll_catalog_all(const struct ll_catalog *catalog, size_t *ret_count);
/** NULL when there is none of that id. */
const struct ll_analyzer *ll_catalog_find(const struct ll_catalog *catalog, const char *id);

/* ------------------------------------------------------------------ running */

/** A service's settings that judgments depend on. */
struct ll_service_limit {
	const char *service; /* name, may contain '*' */
	int64_t limit_bytes; /* memory limit; 0: not configured */
	const char *team;    /* who answers for it; NULL or "": not configured */
};

/** Limit of a service in bytes: that of the last pattern that fits its name; 0 when none does. */
int64_t ll_service_limit_of(const struct ll_service_limit *limits, size_t count,
                            const char *service);

/**
 * Findings that somebody knows of and has put aside: those that fit all it asks. "" asks nothing;
 * `service` and `function` may hold wildcards.
 */
struct ll_suppression {
	const char *name, *finding_id, *service, *class_name, *function;
	const char *reason, *owner;
	int64_t until_ns; /* what is judged from this time on it suppresses no more */
};

struct ll_analyze_options {
	bool all_services;     /* also those without new facts */
	const char *rule;      /* only this analyzer; findings are then not stored */
	int64_t now_ns;        /* by which suppressions expire */
	int64_t time_limit_ns; /* of one analyzer */
	const struct ll_service_limit *limits;
	size_t limit_count;
	const char *const *sources; /* directories with the source of what was built */
	size_t source_count;
	const struct ll_suppression *suppressions; /* of several that fit, the first counts */
	size_t suppression_count;
	/** Called for every row of every analyzer when not NULL: --explain. */
	void (*explain)(void *self, const struct ll_analyzer *analyzer, struct ll_str service,
	                struct ll_str subject, struct ll_str class_name, double strength,
	                struct ll_str detail);
	void *explain_self;
};

struct ll_analyze_result {
	size_t services; /* judged in this run, of those that were seen running */
	size_t findings; /* open ones in the ledger afterwards, without those that are suppressed */
	size_t suppressed; /* open, but suppressed */
	size_t changed;    /* whose state this run changed, or that it took back */
	size_t failed;     /* services of which a layer failed; their findings stay as they were */
	struct ll_error failure; /* the first of these failures */
};

/** Judges the dirty services and stores their findings, in one transaction. */
int ll_analyze(struct ll_ledger *ledger, const struct ll_analyze_options *options,
               struct ll_analyze_result *ret_result, struct ll_error *err);

enum {
	LL_SCOPE_NOTHING = -1, /* no service: empty tables */
	LL_SCOPE_DIRTY = 0,    /* every service that has new facts */
};

/**
 * Makes the TEMP tables of the scope (sites, points, trends) for one service, or what LL_SCOPE_*
 * says; with `all_services` for all. Reports use the same vocabulary as analyzers. Replaces an
 * earlier scope.
 */
int ll_scope_open(struct ll_ledger *ledger, int64_t service_id, bool all_services,
                  struct ll_error *err);

/* -------------------------------------------------------------- post-mortems */

/** A kill, as v_incident has it: service, time and instance name it. */
struct ll_incident {
	int64_t service_id;
	const char *service; /* its name */
	int64_t time_ns;
	int64_t instance_id; /* 0: nothing tells which */
	int64_t limit_bytes; /* of the configuration; 0: none */
};

/**
 * Finds out why: the TEMP tables of sql/postmortem/tables.sql, which sql/reports/postmortem reads.
 * The scope must be open over the service. An incident that is not in v_incident leaves the tables
 * empty. Replaces those of an earlier one.
 */
int ll_postmortem_open(struct ll_ledger *ledger, const struct ll_incident *incident,
                       struct ll_error *err);
/* ------------------------------------------------------------------ asking */

/** A statement of somebody's own, behind the fence that analyzers run behind. */
struct ll_query;

/**
 * Prepares exactly one SELECT over the views and the functions of ours. Until it is closed the
 * ledger can only be read, and the statement is stopped when its processor time is over (0: never).
 * LL_E_USAGE when it is something else, or wrong.
 */
int ll_query_open(struct ll_ledger *ledger, struct ll_str sql, int64_t time_limit_ns,
                  struct ll_query **ret_query, struct ll_error *err);
/** Its rows. */
struct ll_stmt *ll_query_stmt(const struct ll_query *query);
/** Was it stopped because its time was over? */
bool ll_query_is_late(const struct ll_query *query);
void ll_query_close(struct ll_query *query);
void ll_query_closep(struct ll_query **query);

/**
 * How early each of our own findings would have been there: judges the service by what was captured
 * up to some moments before the kill, halving the time between "there" and "not there" a few times.
 * The rows stay in temp.death_foresight. Leaves no scope that others could use.
 */
int ll_foresight(struct ll_ledger *ledger, const struct ll_incident *incident,
                 struct ll_error *err);

/* ------------------------------------------------------------------ replay */

/**
 * A rule of somebody: a threshold as others use it, to be run over what was captured. Rules make no
 * findings and gate none. sql/catalog/rules/<id>.sql; all texts live as long as the catalog.
 */
struct ll_rule {
	struct ll_str id; /* "seed_l1" */
	struct ll_str title;
	struct ll_str unit;   /* of value and threshold */
	struct ll_str state;  /* "on", "replay", "chart", "shown", "info", "off" */
	struct ll_str asks;   /* inputs without which it cannot be evaluated, parted by blanks */
	struct ll_str params; /* as of an analyzer */
	struct ll_str series; /* bound as :series: a name of v_level; or empty */
	struct ll_str like;   /* the rule whose statement this one uses, or empty */
	int64_t cooldown_ns;  /* after it fired it does not fire again for so long */
	struct ll_str why, blind_spot, source;
	struct ll_str sql;
	bool is_override; /* from the user's directory */
};

struct ll_rules;

/** Reads every rule. A header that lacks something is LL_E_USAGE with the file. */
int ll_rules_open(const struct ll_resources *resources, struct ll_rules **ret_rules,
                  struct ll_error *err);
void ll_rules_close(struct ll_rules *rules);
void ll_rules_closep(struct ll_rules **rules);
/** In the order of their ids. */
const struct ll_rule *ll_rules_all(const struct ll_rules *rules, size_t *ret_count);
/** NULL when there is none of that id. */
const struct ll_rule *ll_rules_find(const struct ll_rules *rules, const char *id);

struct ll_replay_options {
	const char *rule;             /* NULL: all; else an unknown one is LL_E_USAGE */
	bool skip_off;                /* of all, not those of state "off" */
	const char *service;          /* glob; NULL: all */
	int64_t since_ns, until_ns;   /* which firings count; LL_TIME_NONE: all */
	const char *const *overrides; /* "name=value": instead of the headers' params */
	size_t override_count;
	int64_t time_limit_ns; /* processor time of one rule over one service */
	const struct ll_service_limit *limits;
	size_t limit_count;
};

struct ll_replay_result {
	size_t rules, services;
	size_t failed;           /* a rule over a service: too long, too many rows, an SQL error */
	struct ll_error failure; /* the first of them */
};

/**
 * Replays rules over the services, into TEMP tables that sql/reports/replay reads
 * (sql/replay/results.sql). Opens the scope of each service in turn. Nothing is stored. A rule that
 * is no rule (its statement, its columns, what it asks for) is LL_E_USAGE.
 */
int ll_replay(struct ll_ledger *ledger, const struct ll_replay_options *options,
              struct ll_replay_result *ret_result, struct ll_error *err);

struct ll_replay;

/** The same in steps, for pages: the scope of each service is already open. */
int ll_replay_open(struct ll_ledger *ledger, const struct ll_replay_options *options,
                   struct ll_replay **ret_replay, struct ll_error *err);
/** Forgets other services. A rule that cannot run is told in the tables and counted. */
int ll_replay_service(struct ll_replay *replay, int64_t service_id, const char *name,
                      struct ll_replay_result *result, struct ll_error *err);
/** Appends what was said of the service that was replayed last: JSON, for ll_replay_load. */
int ll_replay_save(struct ll_replay *replay, int64_t service_id, struct ll_buf *out,
                   struct ll_error *err);
/** Empties the results, with any scope open; before the first ll_replay_load. */
int ll_replay_clear(struct ll_replay *replay, struct ll_error *err);
/**
 * Adds what ll_replay_save told of a service, so that replay_by_rule (sql/replay/results.sql) tells
 * of several without replaying them. A damaged text adds nothing.
 */
int ll_replay_load(struct ll_replay *replay, struct ll_str saved, struct ll_error *err);
void ll_replay_close(struct ll_replay *replay);
void ll_replay_closep(struct ll_replay **replay);

#endif
