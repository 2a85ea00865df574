/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ledger.h - the SQLite file: opening it, putting captures in, asking it.
 *
 * Invariants:
 *   - One writer at a time: a ledger opened for writing holds a flock on "<file>.lock" until it is
 *     closed. The kernel frees it when the process dies.
 *   - Everything is committed in batches in WAL mode. Killed at any moment, the next run goes on:
 *     what was committed is known and not read again, what was not is read anew.
 *   - Views (sql/views) are the vocabulary. They are TEMP on every connection that asks or judges,
 *     and refreshed in the file by writers so that a plain sqlite3 shell has them too.
 *   - Statements bind values; no value ever becomes part of SQL text.
 */
#ifndef LEAKLEDGER_LEDGER_H
#define LEAKLEDGER_LEDGER_H

#include <leakledger/capture.h>
#include <leakledger/resource.h>

struct sqlite3; /* only folders behind the sqlite3.h fence may look inside */

/* --------------------------------------------------------------------- opening */

struct ll_ledger;
struct ll_redactor;

enum ll_ledger_mode {
	LL_LEDGER_READ,  /* an existing ledger; nothing can be changed */
	LL_LEDGER_WRITE, /* created when it does not exist; takes the lock */
	LL_LEDGER_STORE, /* the same for who only stores facts and asks no view */
};

/** Value of PRAGMA application_id, "lkld", by which file(1) can know a ledger. */
#define LL_LEDGER_APPLICATION_ID 0x6c6b6c64

/**
 * Opens `path`. Fails with LL_E_BUSY when another run holds the lock, LL_E_USAGE when the file is
 * no ledger or of a newer version, LL_E_NOTFOUND when it is to be read and is not there. Who may
 * not write it reads it all the same; LL_E_BUSY when an interrupted run left a log that forbids it.
 * `resources` must outlive the ledger.
 */
int ll_ledger_open(const char *path, enum ll_ledger_mode mode, const struct ll_resources *resources,
                   struct ll_ledger **ret_ledger, struct ll_error *err);
void ll_ledger_close(struct ll_ledger *ledger);
void ll_ledger_closep(struct ll_ledger **ledger);
/** Writes a copy of what it holds to a file that is not there yet. */
int ll_ledger_copy(struct ll_ledger *ledger, const char *path, struct ll_error *err);
/** The connection, for src/ledger and src/analyze. */
struct sqlite3 *ll_ledger_handle(struct ll_ledger *ledger);
const struct ll_resources *ll_ledger_resources(const struct ll_ledger *ledger);
/** What redacted it; NULL when it is as captures have it. See redact.h. */
const struct ll_redactor *ll_ledger_redactor(const struct ll_ledger *ledger);
/** Another connection to the same, for reading. */
int ll_ledger_open_again(const struct ll_ledger *ledger, struct ll_ledger **ret_ledger,
                         struct ll_error *err);
/** Removes a directory that holds nothing but a copy of a ledger under the name "ledger.db". */
void ll_ledger_remove(const char *directory);

/** A transaction that only reads: all until ll_ledger_rollback sees one state of the ledger. */
int ll_ledger_begin_read(struct ll_ledger *ledger, struct ll_error *err);
/**
 * BEGIN IMMEDIATE / COMMIT / ROLLBACK. A transaction that is not committed is rolled back at close.
 */
int ll_ledger_begin(struct ll_ledger *ledger, struct ll_error *err);
int ll_ledger_commit(struct ll_ledger *ledger, struct ll_error *err);
void ll_ledger_rollback(struct ll_ledger *ledger);

/* ------------------------------------------------------------------ statements */

struct ll_stmt;

/** Prepares exactly one statement; anything behind it is an error. */
int ll_stmt_prepare(struct ll_ledger *ledger, struct ll_str sql, struct ll_stmt **ret_stmt,
                    struct ll_error *err);
/** Prepares the statement that is the resource of that name. */
int ll_stmt_resource(struct ll_ledger *ledger, const char *name, struct ll_stmt **ret_stmt,
                     struct ll_error *err);
void ll_stmt_free(struct ll_stmt *stmt);
void ll_stmt_freep(struct ll_stmt **stmt);

/** Binds by name (":service"); a name that the statement does not use is passed over. */
void ll_stmt_bind_i64(struct ll_stmt *stmt, const char *name, int64_t value);
void ll_stmt_bind_f64(struct ll_stmt *stmt, const char *name, double value);
void ll_stmt_bind_text(struct ll_stmt *stmt, const char *name, struct ll_str value);
void ll_stmt_bind_blob(struct ll_stmt *stmt, const char *name, const void *bytes, size_t size);
void ll_stmt_bind_null(struct ll_stmt *stmt, const char *name);

/** 1: a row is there; 0: no more; negative: failed. */
int ll_stmt_step(struct ll_stmt *stmt, struct ll_error *err);
/** Back to before the first row; bindings stay. */
void ll_stmt_reset(struct ll_stmt *stmt);

/** The current row: columns count from 0; what is not of the asked type is converted by SQLite. */
int ll_stmt_columns(const struct ll_stmt *stmt);
const char *ll_stmt_column_name(const struct ll_stmt *stmt, int column);
/** The column of that name, or -1. */
int ll_stmt_column_find(const struct ll_stmt *stmt, const char *name);
bool ll_stmt_is_null(const struct ll_stmt *stmt, int column);
int64_t ll_stmt_i64(const struct ll_stmt *stmt, int column);
double ll_stmt_f64(const struct ll_stmt *stmt, int column);
/** Valid until the next step or reset; NULL gives the empty view. */
struct ll_str ll_stmt_text(const struct ll_stmt *stmt, int column);

enum ll_column_type {
	LL_COLUMN_NULL,
	LL_COLUMN_INTEGER,
	LL_COLUMN_REAL,
	LL_COLUMN_TEXT,
	LL_COLUMN_BLOB,
};
/** Type of the value in the current row. */
enum ll_column_type ll_stmt_column_type(const struct ll_stmt *stmt, int column);

/* ---------------------------------------------------------------------- ingest */

/** What a run tells while it goes on; called on the thread that called ll_ingest. */
struct ll_progress {
	void *self;
	void (*files)(void *self, size_t done, size_t total, int64_t bytes_done,
	              int64_t bytes_total);
};

struct ll_ingest_options {
	const char *const *roots; /* directories and files; "-" is standard input */
	size_t root_count;
	const char *const *files; /* further files, each by its path */
	size_t file_count;
	const char *const *excludes; /* globs: what they match is not looked at */
	size_t exclude_count;
	const char *const *patterns; /* of the configuration, checked */
	size_t pattern_count;
	int64_t now_ns;   /* by the clock of the files: what changed just now is not settled */
	bool is_thorough; /* read also what has the size and times that it had when it was read */
	size_t jobs;      /* worker threads; 0: as many as there are processors */
	struct ll_limits limits;
	const char *version; /* of this program: rejected contents are tried again by another one */
	const struct ll_progress *progress; /* may be NULL */
	const char
		*skip_marker; /* directories that hold such a file are passed over; may be NULL */
};

/** Counts of files and captures of this run. */
struct ll_ingest_result {
	size_t files;     /* looked at, also those that are as they were */
	size_t new_files; /* whose stored bytes were not known */
	size_t captures;  /* added */
	size_t partial;   /* of them with notes */
	size_t rejected;  /* files of which nothing, or not everything, could be read */
	size_t usable;    /* files of which something is in the ledger */
	int64_t bytes;    /* stored bytes read */
};

/**
 * Reads what is new below the roots into the ledger and regroups lifetimes. A capture that cannot
 * be read is a row with its reason, not a failure. Fails only when a root or the ledger does.
 */
int ll_ingest(struct ll_ledger *ledger, const struct ll_ingest_options *options,
              struct ll_ingest_result *ret_result, struct ll_error *err);

/* -------------------------------------------------------------- what is left out */

/** A pattern of the configuration; of '*' and characters that stand for themselves. */
struct ll_ignore {
	const char *name; /* of its section */
	const char *what; /* "service", "namespace" or "pod" */
	const char *pattern;
};

/**
 * Instances that one of these fits are left out of judgments and reports from now on, and others
 * no more; their captures are kept. Services of which that changes are judged anew by the next
 * analysis; what was found in those of which nothing is left is forgotten. Later captures are left
 * out when they are read, until other rules come. Views: v_ignored.
 */
int ll_ledger_ignore(struct ll_ledger *ledger, const struct ll_ignore *rules, size_t count,
                     struct ll_error *err);

/* ---------------------------------------------------------------------- upkeep */

struct ll_verify_options {
	bool with_files; /* also: do files that are as they were have the bytes that were read? */
	void *self;
	/** Told of each problem; `check` is its name. */
	void (*problem)(void *self, const char *check, struct ll_str text);
};

struct ll_verify_result {
	size_t checks, problems;
	size_t files, files_gone; /* looked at again; no longer there, or changed since */
};

/**
 * Checks the ledger: SQLite's own structure, foreign keys, the rules of sql/verify, that every view
 * can be read. Problems are told, not failures; a failure is when a check could not be made.
 */
int ll_ledger_verify(struct ll_ledger *ledger, const struct ll_verify_options *options,
                     struct ll_verify_result *ret_result, struct ll_error *err);

struct ll_merge_result {
	size_t ledgers; /* looked at, with the one that is merged into when it was there */
	size_t captures, services; /* of the merged ledger */
	size_t shared;             /* contents that several of them had */
	size_t to_judge;           /* services that must be judged anew */
};

/**
 * Makes `path` hold what it held and what the others hold: the same as if one run had read all
 * captures, whatever their order, and however often it is done. The file is replaced as a whole, or
 * not at all. Judgments of services that several ledgers know are to be made anew.
 */
int ll_ledger_merge(const char *path, const char *const *inputs, size_t count,
                    const struct ll_resources *resources, struct ll_merge_result *ret_result,
                    struct ll_error *err);

/** Does a merge know what to do with the table? It must know every one of the schema. */
bool ll_merge_knows(const char *table);

struct ll_prune_result {
	size_t captures, kept;             /* that go, or would; that stay */
	int64_t bytes_before, bytes_after; /* of the file; the same when nothing was changed */
};

/**
 * Takes away captures of processes that are older than the newest one of their service by more than
 * `keep_ns`, and gives their room back. Findings and what was declared stay, and so do the names of
 * the files, so that they are not read again. With `is_dry` nothing is changed; either way
 * sql/reports/prune tells of the captures. The ledger must be open for writing unless it is dry.
 */
int ll_ledger_prune(struct ll_ledger *ledger, int64_t keep_ns, bool is_dry,
                    struct ll_prune_result *ret_result, struct ll_error *err);

#endif
