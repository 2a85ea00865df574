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
	bool is_gate;         /* a row of it makes a finding; rows of others only add to one */
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
};

/** Limit of a service in bytes: that of the last pattern that fits its name; 0 when none does. */
int64_t ll_service_limit_of(const struct ll_service_limit *limits, size_t count,
                            const char *service);

struct ll_analyze_options {
	bool all_services; /* also those without new facts */
	const char *rule;  /* only this analyzer; findings are then not stored */
	int64_t now_ns;
	int64_t time_limit_ns; /* of one analyzer */
	const struct ll_service_limit *limits;
	size_t limit_count;
	/** Called for every row of every analyzer when not NULL: --explain. */
	void (*explain)(void *self, const struct ll_analyzer *analyzer, struct ll_str service,
	                struct ll_str subject, struct ll_str class_name, double strength,
	                struct ll_str detail);
	void *explain_self;
};

struct ll_analyze_result {
	size_t services; /* judged in this run */
	size_t findings; /* open ones in the ledger afterwards */
	size_t changed;  /* whose state this run changed, or that it took back */
	size_t failed;   /* services of which a layer failed; their findings stay as they were */
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

#endif
