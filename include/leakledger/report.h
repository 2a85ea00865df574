/* SPDX-License-Identifier: Apache-2.0 */
/*
 * report.h - findings into documents.
 *
 * Everything that leaves the program as text is made here and handed to an ll_output; nothing here
 * prints. Documents are functions of the ledger, the options and the present time that the caller
 * passes: the same three give the same bytes.
 */
#ifndef LEAKLEDGER_REPORT_H
#define LEAKLEDGER_REPORT_H

#include <leakledger/analyze.h>

/** The file by which a directory is known as a site. */
#define LL_SITE_MANIFEST ".leakledger-site"

/* ------------------------------------------------------------------------ rows */

/** Where text goes: a file, the terminal, a buffer. */
struct ll_output {
	void *self;
	int (*put)(void *self, struct ll_str text, struct ll_error *err);
};

/** An output that appends to a buffer. */
struct ll_output ll_output_to_buf(struct ll_buf *buf);

/**
 * Appends text from strangers to a line of a terminal: what could move the cursor or turn the line
 * around becomes U+FFFD, line ends become blanks.
 */
void ll_text_plain(struct ll_buf *out, struct ll_str text);

enum ll_rows_format {
	LL_ROWS_TABLE, /* aligned columns for people */
	LL_ROWS_JSON,  /* an array of objects */
	LL_ROWS_JSONL, /* one object a line */
	LL_ROWS_CSV,   /* RFC 4180, with a header; cells that a spreadsheet would run are defused */
	LL_ROWS_MARKDOWN, /* a table for a CI summary */
};

/** The format with that name ("table", "json", "jsonl", "csv", "md"); false when there is none. */
bool ll_rows_format_find(const char *name, enum ll_rows_format *ret_format);

/**
 * Writes all rows of a statement. A column named "time:time" is called "time" and is of type time;
 * types are text, count, bytes, time (nanoseconds since 1970), duration (nanoseconds), real, bool
 * and json (a text that is JSON already). Without a type the value's own decides. *ret_rows may be
 * NULL.
 */
int ll_rows_write(struct ll_stmt *stmt, enum ll_rows_format format, const struct ll_output *out,
                  size_t *ret_rows, struct ll_error *err);

/**
 * The same, but at most `most` rows. *ret_is_cut tells whether there were more.
 */
int ll_rows_write_first(struct ll_stmt *stmt, enum ll_rows_format format,
                        const struct ll_output *out, size_t most, size_t *ret_rows,
                        bool *ret_is_cut, struct ll_error *err);

/* -------------------------------------------------------------------- findings */

/** Which findings a document is about. */
struct ll_choice {
	const char *service;         /* glob; NULL: all */
	const char *class_name;      /* NULL: all */
	const char *const *keywords; /* globs; a finding must have one for each */
	size_t keyword_count;
	int64_t min_score;
	int suppressed; /* 1: only suppressed ones, 0: only others, -1: both */
};

struct ll_findings_of {
	struct ll_ledger *ledger;
	struct ll_choice choice;
	const char *version; /* of this program */
	int64_t now_ns;
	const struct ll_service_limit *limits; /* as pages want them */
	size_t limit_count;
	const char *const
		*strips; /* sarif: taken off the start of file names, the first that fits */
	size_t strip_count;
	bool is_whole;              /* xml: every page of the site, not only those of findings */
	int64_t since_ns, until_ns; /* what its pictures show; as of ll_report_options */
};

/** A way to write findings down: src/report/out_<id>.c. */
struct ll_output_format {
	const char *id;     /* "sarif": typed behind --format */
	const char *title;  /* for people */
	const char *suffix; /* of a file that holds it */
	bool is_for_people; /* who are not shown what is suppressed */
	bool is_shared;     /* other users' programs read the file, whatever the umask */
	int (*write)(const struct ll_findings_of *of, const struct ll_output *out,
	             struct ll_error *err);
};

/** All of them, by id. */
const struct ll_output_format *const *ll_output_formats(size_t *ret_count);
/** Their ids, and these with "html", the site, before them; NULL ends them. */
extern const char *const ll_output_ids[];
extern const char *const ll_report_ids[];
/** The format of that id, or NULL. */
const struct ll_output_format *ll_output_format_find(const char *id);

/* ------------------------------------------------------------------------ gate */

/** What a gate says no to; each includes the ones before. */
enum ll_gate_on {
	LL_GATE_NEW,   /* findings that the baseline does not have */
	LL_GATE_WORSE, /* and those that got worse since */
	LL_GATE_ANY,   /* and all others that are open */
};

struct ll_gate_options {
	enum ll_gate_on fail_on;
	const char *severity;     /* the least one that counts: "info", "warning", "error" */
	const char *baseline;     /* its file; NULL: new and worse are what the judgment says */
	const char *format;       /* one of ll_gate_ids */
	const char *const *units; /* of benchmarks, that count beside B/op and allocs/op */
	size_t unit_count;
	double least_effect; /* of benchmarks: a fraction; negative: each unit's own */
};

struct ll_gate_result {
	size_t failing;
	size_t judged; /* services, or benchmarks, that could be judged: 0 is no pass */
};

/** "text", "md", "junit", "sarif"; NULL ends them. */
extern const char *const ll_gate_ids[];

/**
 * Compares open findings that are not suppressed with the baseline and writes what it says no to,
 * and why. LL_E_USAGE when the baseline is none.
 */
int ll_gate(const struct ll_findings_of *of, const struct ll_gate_options *options,
            const struct ll_output *out, struct ll_gate_result *ret_result, struct ll_error *err);
/**
 * Compares two files of benchmark results. A row says no when a unit that counts got worse.
 * LL_E_USAGE for sarif: benchmarks have no place in the source.
 */
int ll_gate_bench(const char *older, const char *newer, const struct ll_gate_options *options,
                  const struct ll_output *out, struct ll_gate_result *ret_result,
                  struct ll_error *err);
/** Appends the baseline that has all open findings, and tells how many. */
int ll_baseline_put(const struct ll_findings_of *of, struct ll_buf *to, size_t *ret_count,
                    struct ll_error *err);

/* ------------------------------------------------------------------------ site */

struct ll_report_options {
	const char *directory;
	const char *version; /* of this program */
	const struct ll_service_limit *limits;
	size_t limit_count;
	size_t jobs; /* threads that make pages; 0: as many as there are processors */
	int64_t since_ns,
		until_ns; /* what pictures show; LL_TIME_NONE: from the first, to the last */
	bool is_inline;   /* each page holds its style and script, and needs no file beside it */
};

/** Pages of the site, the style among them. */
struct ll_report_result {
	size_t written;
	size_t unchanged;
	size_t removed;
	size_t shortened;    /* pages made shorter to keep to their budget */
	size_t largest_page; /* bytes, of those that were made anew */
};

/**
 * Writes the static site of a ledger's judgments into a directory: the old site stands until the
 * new one is whole (see src/report/publish.h). Only pages whose contents change are written. The
 * ledger may be open for reading only; it is read in one transaction.
 *
 * LL_E_BUSY: another run writes there. LL_E_CREATE: the directory cannot be made, or holds other
 * things than a site. LL_E_USAGE: templates of the override directory are wrong.
 */
int ll_report_site(struct ll_ledger *ledger, const struct ll_report_options *options,
                   struct ll_report_result *ret_result, struct ll_error *err);

/**
 * Writes the models that the pages of a site are made of (templates/model.rng), as one document
 * with a <page> for each; `directory` is not looked at. With `findings`, only the pages of findings
 * that are chosen.
 */
int ll_report_models(struct ll_ledger *ledger, const struct ll_report_options *options,
                     const struct ll_choice *findings, const struct ll_output *out,
                     struct ll_error *err);
/* ---------------------------------------------------------------- post-mortems */

enum ll_postmortem_format {
	LL_POSTMORTEM_HTML, /* one file that needs no other */
	LL_POSTMORTEM_JSON, /* one object, and a line end */
	LL_POSTMORTEM_TEXT, /* a few lines */
};

struct ll_postmortem_options {
	const char *version; /* of this program */
	const struct ll_service_limit *limits;
	size_t limit_count;
};

/** A kill in the list of kills. */
struct ll_incident_row {
	struct ll_incident incident;
	const char *name; /* for a file */
};

struct ll_postmortem;

/**
 * Begins post-mortems over a ledger, which may be open for reading only and is in a transaction.
 */
int ll_postmortem_new(struct ll_ledger *ledger, const struct ll_postmortem_options *options,
                      struct ll_postmortem **ret_postmortem, struct ll_error *err);
void ll_postmortem_free(struct ll_postmortem *postmortem);
void ll_postmortem_freep(struct ll_postmortem **postmortem);
/**
 * The kills of a service (NULL: of all), the newest first. They and their texts belong to
 * `postmortem`, until the next call.
 */
int ll_postmortem_find(struct ll_postmortem *postmortem, const char *service,
                       const struct ll_incident_row **ret_rows, size_t *ret_count,
                       struct ll_error *err);
/** Appends the page of one kill. */
int ll_postmortem_make(struct ll_postmortem *postmortem, const struct ll_incident_row *row,
                       enum ll_postmortem_format format, struct ll_buf *out, struct ll_error *err);
/** Appends a page with the list of kills; links lead to `<prefix><name>.html` beside it. */
int ll_postmortem_index(struct ll_postmortem *postmortem, int64_t service_id, const char *prefix,
                        struct ll_buf *out, struct ll_error *err);

/* ------------------------------------------------------------------------ mail */

enum {
	LL_MAIL_NAME = 128,
};

struct ll_mail_options {
	bool is_weekly;      /* else of the last night */
	const char *team;    /* NULL: the whole fleet */
	const char *from;    /* address, or NULL */
	const char *to;      /* addresses with commas between, or NULL */
	const char *site;    /* address of the site, ends with "/"; "": links are left out */
	const char *version; /* of this program */
	int64_t until_ns;    /* end of the week, or of the day, that is told of */
	int64_t now_ns;      /* for the Date field */
};

struct ll_mail_result {
	bool is_changed;         /* something is new, back or worse, or was killed or fixed */
	char name[LL_MAIL_NAME]; /* for a file: "weekly-2026-W47-payments.eml" */
	/** LL_E_NOTFOUND with its reason: it has words for pictures, because nothing can draw. */
	struct ll_error no_pictures;
};

/**
 * Appends a message (RFC 5322, multipart/related with a text, an HTML part of at most 80 KB and
 * pictures) about what the judgments said of a week or a night. The same ledger and options give
 * the same bytes where the library that draws is installed; elsewhere the mail has no pictures.
 * LL_E_USAGE: an address that is none; LL_E_NOTFOUND: no service of that team.
 */
int ll_mail(struct ll_ledger *ledger, const struct ll_mail_options *options, struct ll_buf *out,
            struct ll_mail_result *ret_result, struct ll_error *err);

#endif
