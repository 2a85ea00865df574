/* SPDX-License-Identifier: Apache-2.0 */
/*
 * profile.h - samples of captures in memory: added up, compared, drawn, and written as other tools
 * read them.
 *
 * Life cycle:
 *
 *     ll_profile_new            nothing yet; the first capture decides kind and value types
 *     ll_profile_add_file       captures of a file, or ...
 *     ll_profile_add_ledger     ... captures that the ledger has; each call adds to what is there
 *     ll_tree_make              one profile, or a newer and an older one, as a tree of calls
 *     ll_write_...              the tree or the profile as text
 *     ll_tree_free, ll_profile_free
 *
 * Invariants:
 *   - Values are what the captures hold: for heap profiles already scaled up from samples, as pprof
 *     shows them.
 *   - Samples with the same frames, state, labels and size of object are one sample.
 *   - The same captures in any order of arrival give the same tree, and the same bytes of output.
 */
#ifndef LEAKLEDGER_PROFILE_H
#define LEAKLEDGER_PROFILE_H

#include <leakledger/chart.h>
#include <leakledger/ledger.h>
#include <leakledger/report.h>
#include <leakledger/vec.h>

/* -------------------------------------------------------------------- profiles */

struct ll_profile_function {
	struct ll_str name, file; /* as written in the capture */
	struct ll_str normalized; /* the same across builds */
	int64_t start_line;       /* 0 when unknown */
	enum ll_owner owner;
};

struct ll_profile_frame {
	uint32_t function;
	int64_t line; /* 0 when unknown */
};

struct ll_profile_sample {
	size_t first, count;  /* its frames, leaf first */
	struct ll_str state;  /* of goroutines: what they wait for; else empty */
	struct ll_str labels; /* JSON object with sorted keys, or empty */
	int64_t block_size;   /* bytes of one object; 0 when the kind has none */
};

/** A capture that was added. */
struct ll_profile_source {
	struct ll_str name;   /* file, or path in the ledger */
	struct ll_str whose;  /* "service instance", or empty */
	int64_t time_ns;      /* LL_TIME_NONE when not known */
	size_t notes;         /* what was skipped */
	struct ll_str remark; /* the first of them, or empty */
};

struct ll_profile {
	struct ll_arena arena;
	enum ll_kind kind; /* LL_KIND_COUNT: no capture yet */
	struct ll_str variant;
	int64_t period, duration_ns, time_ns; /* of the newest capture; the duration is the sum */
	struct ll_value_type types[LL_VALUE_TYPES_MAX];
	size_t type_count;
	struct ll_vec functions; /* struct ll_profile_function */
	struct ll_vec frames;    /* struct ll_profile_frame */
	struct ll_vec stacks;    /* uint32_t: numbers of frames */
	struct ll_vec samples;   /* struct ll_profile_sample */
	struct ll_vec values;    /* int64_t, type_count for each sample */
	struct ll_vec sources;   /* struct ll_profile_source */
	struct ll_map function_map, frame_map, sample_map;
	size_t passed_over;           /* captures of another kind */
	struct ll_redactor *redactor; /* what files hold is redacted; or NULL. Must outlive it */
};

struct ll_profile *ll_profile_new(void);
void ll_profile_free(struct ll_profile *profile);
void ll_profile_freep(struct ll_profile **profile);

/**
 * Adds the captures of a file, "-" being standard input: those of `kind`, or with LL_KIND_COUNT
 * those of the kind that came first. LL_E_FORMAT when there is none with samples.
 */
int ll_profile_add_file(struct ll_profile *profile, const char *path, enum ll_kind kind,
                        struct ll_error *err);

/** Which captures of the ledger. */
struct ll_profile_choice {
	const char *capture;        /* path or first digits of the hash of one; NULL: by the rest */
	const char *service;        /* glob, or NULL */
	const char *instance;       /* glob, or NULL */
	enum ll_kind kind;          /* LL_KIND_COUNT: heap, or that of `capture` */
	int64_t since_ns, until_ns; /* all in between are added; LL_TIME_NONE: see at_ns */
	int64_t at_ns;       /* the newest of each instance up to then; LL_TIME_NONE: of all */
	int64_t instance_id; /* this one only; 0: any */
	int64_t capture_id;  /* this one only; 0: any */
};

/** Adds captures of the ledger; LL_E_NOTFOUND when there is none of that choice. */
int ll_profile_add_ledger(struct ll_profile *profile, struct ll_ledger *ledger,
                          const struct ll_profile_choice *choice, struct ll_error *err);

/**
 * The value type of that name ("inuse_space"); with NULL what people want to see of the kind first:
 * memory in use, delay, CPU time. LL_E_USAGE when the profile has no such type.
 */
int ll_profile_type(const struct ll_profile *profile, const char *name, size_t *ret_type,
                    struct ll_error *err);

/* ----------------------------------------------------------------------- trees */

/** What of a profile goes into a tree. Texts are found anywhere in a function's name. */
struct ll_tree_options {
	const char *sample_type; /* NULL: see ll_profile_type */
	const char *focus;       /* only stacks with such a function; NULL: all */
	const char *ignore;      /* no stack with such a function */
	const char *hide;        /* no frame of such a function */
	const char *tag_root;    /* the value of this label above all frames */
	bool own_only;           /* only frames of the program's own code */
};

/** A function below its caller. */
struct ll_tree_node {
	uint32_t parent;          /* smaller than its own number; 0 for the whole */
	uint32_t name;            /* number in names */
	int64_t value, older;     /* with everything below */
	int64_t self, older_self; /* without */
};

struct ll_tree_name {
	struct ll_str text; /* normalized */
	enum ll_flame_kind kind;
	unsigned tone;
};

/** Calls, callers before callees, the largest first. Node 0 is the whole. */
struct ll_tree {
	struct ll_arena arena;
	enum ll_kind kind;
	struct ll_value_type type;
	bool is_difference;
	struct ll_vec nodes; /* struct ll_tree_node */
	struct ll_vec names; /* struct ll_tree_name */
	size_t passed_over;  /* stacks that focus or ignore left out */
};

/** Makes the tree; `older` may be NULL. */
int ll_tree_make(const struct ll_profile *newer, const struct ll_profile *older,
                 const struct ll_tree_options *options, struct ll_tree **ret_tree,
                 struct ll_error *err);
void ll_tree_free(struct ll_tree *tree);
void ll_tree_freep(struct ll_tree **tree);

/** What a function has over all its nodes; one below another of the same function counts once. */
struct ll_tree_function {
	uint32_t name;
	int64_t value, older; /* with what it calls */
	int64_t self, older_self;
	int64_t owned, older_owned; /* itself, and what others do for it: up to the next own code */
};

/** All functions, in the order of names. The caller frees the items. */
void ll_tree_functions(const struct ll_tree *tree, struct ll_vec *ret_functions);

enum ll_tree_side {
	LL_TREE_PRESENT, /* functions that the newer side has: the largest, or largest change, first */
	LL_TREE_VANISHED, /* functions that only the older side has: what was largest first */
};

/** Functions of code, not labels or states, in the order of what matters. */
void ll_tree_rank(const struct ll_tree *tree, enum ll_tree_side side, struct ll_vec *ret_functions);
/**
 * The conclusion in one sentence: which function of the program's own code has most of it, or
 * gained most. Written into the arena.
 */
struct ll_str ll_tree_sentence(const struct ll_tree *tree, struct ll_arena *arena);
/** "12.4 MiB", "1,234", "3.5 h". Returns `out`. */
const char *ll_tree_amount(const struct ll_tree *tree, int64_t value, char out[LL_UNIT_TEXT]);
/** How numbers of that unit ("bytes", "nanoseconds", "count") are shown. */
enum ll_flame_unit ll_tree_unit(const struct ll_tree *tree);

/** Appends the tree as an <svg> element. `chart` says its id, names and size. */
int ll_tree_draw(const struct ll_tree *tree, const struct ll_chart *chart, size_t most_boxes,
                 struct ll_str note, struct ll_str markup, struct ll_buf *out,
                 struct ll_flame_drawn *ret_drawn, struct ll_error *err);

/* ----------------------------------------------------------------- comparisons */

/**
 * A place in the versions that are compared: the line of the program's own code that is nearest to
 * what a sample is about, with the libraries below it; where a stack has none, its innermost frame.
 */
struct ll_compare_row {
	struct ll_str function; /* normalized */
	struct ll_str file;     /* without build directories; empty in rows by function */
	int64_t line;           /* 0 in rows by function */
	int64_t was_line;       /* where the first version has the same place; 0: nowhere else */
	struct ll_str state;    /* of goroutines, in rows by line: what they wait for */
	enum ll_owner owner;
	int64_t *values;   /* one for each version */
	double *variances; /* of the estimates; negative: nothing is known */
};

struct ll_compare_version {
	struct ll_str name; /* file, or path in the ledger; of several captures the first */
	struct ll_str whose;
	int64_t time_ns; /* LL_TIME_NONE when not known */
	size_t captures;
	int64_t total;
};

/** Rows whose values differ most between the first and the last version come first. */
struct ll_compare {
	struct ll_arena arena;
	enum ll_kind kind;
	struct ll_value_type type;
	struct ll_compare_version *versions;
	size_t version_count;
	struct ll_vec functions, lines; /* struct ll_compare_row */
};

/** Compares two or more versions, the oldest first. LL_E_USAGE when they are of several kinds. */
int ll_compare_make(const struct ll_profile *const *versions, size_t count,
                    const struct ll_tree_options *options, struct ll_compare **ret_compare,
                    struct ll_error *err);
void ll_compare_free(struct ll_compare *compare);
void ll_compare_freep(struct ll_compare **compare);

/** The last value less the first. */
int64_t ll_compare_change(const struct ll_compare *compare, const struct ll_compare_row *row);
/**
 * Half the 95 % interval of the change, from sampling alone; negative when nothing is known of it.
 * It is the widest that it can be: objects that live in both captures make it narrower.
 */
double ll_compare_error(const struct ll_compare *compare, const struct ll_compare_row *row);

/* --------------------------------------------------------------------- writers */

/** "main.main;cart.Put 8192": one line for each stack; a difference has the older number first. */
int ll_write_folded(const struct ll_tree *tree, struct ll_buf *out, struct ll_error *err);
/** A file of the speedscope viewer; of a difference the newer values. */
int ll_write_speedscope(const struct ll_tree *tree, struct ll_str title, const char *version,
                        struct ll_buf *out, struct ll_error *err);
/**
 * profile.proto, gzip: all values of the stacks that the options want. With `older` (or NULL) its
 * samples are subtracted, as pprof does.
 */
int ll_write_pprof(const struct ll_profile *newer, const struct ll_profile *older,
                   const struct ll_tree_options *options, struct ll_buf *out, struct ll_error *err);

struct ll_compare_options {
	const char *format; /* "text", "md" or "json" */
	bool increments;    /* what each version added to the one before, not what it has */
	size_t most_rows;   /* of a table in text and md; 0: all */
	const char *version;
};

/** The comparison as tables, or as one JSON object with everything. */
int ll_write_compare(const struct ll_compare *compare, const struct ll_compare_options *options,
                     struct ll_buf *out, struct ll_error *err);

/** A picture that is a file of its own. */
struct ll_flame_file {
	const struct ll_tree *tree;
	const struct ll_profile *newer, *older; /* what the tree was made from; `older` or NULL */
	const struct ll_resources *resources;   /* style, script and templates */
	const char *version;                    /* of this program */
	const struct ll_compare *compare;       /* its places, as a table of the page; or NULL */
	size_t most_boxes;                      /* 0: as many as a page may have */
	const struct ll_redactor *redactor;     /* what took names away; or NULL */
};

/** The picture alone, with its style and its script inside. */
int ll_write_flame_svg(const struct ll_flame_file *file, struct ll_buf *out, struct ll_error *err);
/** A page with the picture, its functions as a table, what vanished, and the captures. */
int ll_write_flame_html(const struct ll_flame_file *file, struct ll_buf *out, struct ll_error *err);
/** Which captures of which kind, in one line. Written into the arena. */
struct ll_str ll_profile_describe(const struct ll_profile *newer, const struct ll_profile *older,
                                  struct ll_arena *arena);

#endif
