/* SPDX-License-Identifier: Apache-2.0 */
/*
 * judge.h - from rows of analyzers to findings.
 *
 *     rows      what the analyzers of one service returned (rows.h)
 *     group     rows about subjects that are one leak (group.c)
 *     place     a subject with its facts: where in the code, how fast (place.c)
 *     candidate a group with its places, class and score (score.c); a finding, but for its texts,
 *               its forecast and its life over runs (sentence.c, forecast.h, finding.c)
 */
#ifndef LL_ANALYZE_JUDGE_H
#define LL_ANALYZE_JUDGE_H

#include "rows.h"

#include <leakledger/hash.h>
#include <leakledger/units.h>

enum ll_subject_kind {
	LL_SUBJECT_HEAP,       /* "site:<site_id>" */
	LL_SUBJECT_GOROUTINES, /* "goroutines:<site_id>" */
	LL_SUBJECT_SERVICE,    /* "service", "service:<topic>" or "service:<topic>@<site_id>" */
};

const char *ll_subject_kind_name(enum ll_subject_kind kind);

/* ---------------------------------------------------------------------- groups */

struct ll_subject {
	struct ll_str text; /* as analyzers write it */
	enum ll_subject_kind kind;
	struct ll_str topic; /* of a service: the text without its place; else empty */
	int64_t site_id;     /* 0: a service without a place in the code */
	bool is_gated;       /* some gate returned a row about it */
	size_t group;        /* index in groups, or SIZE_MAX: of no finding */
	size_t place;        /* among the group's subjects */
};

struct ll_group {
	struct ll_vec subjects; /* size_t */
};

struct ll_groups {
	struct ll_vec subjects; /* struct ll_subject */
	struct ll_vec groups;   /* struct ll_group */
	struct ll_map by_text;
};

/** Groups the rows of one service. Subjects keep the order in which rows name them first. */
void ll_group_rows(const struct ll_rows_found *found, struct ll_groups *ret_groups);
void ll_groups_done(struct ll_groups *groups);
/** Index of the subject with that text, or SIZE_MAX. */
size_t ll_groups_find(const struct ll_groups *groups, struct ll_str text);

/* ---------------------------------------------------------------------- places */

/** A number with its 95 % interval; not a number where it is not known. */
struct ll_estimate {
	double value, low, high;
};

struct ll_place {
	enum ll_subject_kind kind;
	int64_t site_id;
	struct ll_str topic; /* of a service: "service:<topic>"; else empty */
	struct ll_str title; /* of the course of a service that is measured; else empty */
	struct ll_str function, file, class_name; /* class_name is empty when nothing tells one */
	int64_t line;
	bool is_measured; /* has a trend that counts; else its name and a level at most are known */
	const char *standing; /* what is said of goroutines without a trend: a literal, or NULL */
	bool is_behind;       /* goroutines that wait because of another place */
	bool is_kept;         /* what it makes is kept by another place of the finding */
	bool is_over;         /* the newest build does not show it any more */
	int64_t lone_of;      /* instances, when one of them alone is meant; else 0 */
	int64_t lives, captures, span_ns, first_ns, last_ns;
	int64_t longest_captures;       /* of the life that was watched longest */
	int64_t instances;              /* that the lives are of; 0 when it is not asked for */
	double first_level, last_level; /* bytes, or goroutines; of one process */
	double last_count;              /* objects, or goroutines */
	double growth;                  /* gained by one process while it was watched */
	double drawdown, p_trend;
	struct ll_estimate bytes, objects; /* per day; objects are goroutines for such places */
	double alloc_per_s, depth, gc_period_s; /* not a number where unknown */
};

/** Loads the facts of a subject from the scope. Texts go to `arena`. */
int ll_place_load(struct ll_ledger *ledger, const struct ll_subject *subject, int64_t service_id,
                  struct ll_arena *arena, struct ll_place *ret_place, struct ll_error *err);

/* -------------------------------------------------------------------- scoring */

/** A row of a candidate, as it counts. */
struct ll_counted {
	const struct ll_row *row;
	size_t place;  /* index in the candidate's places */
	double weight; /* of its term */
	bool is_lent;  /* of the place that a service's finding names: tells its class alone */
	bool is_counted;
};

struct ll_candidate {
	struct ll_vec places; /* struct ll_place; the finding's own first */
	struct ll_vec rows;   /* struct ll_counted */
	struct ll_str class_name, wait_reason;
	bool is_look; /* nothing was found: it says where to look first */
	int score, uncapped_score;
	const char *cap_reason; /* "" when not capped; a literal */
};

struct ll_weight {
	struct ll_str term;
	double weight;
};

struct ll_weights {
	struct ll_vec items; /* struct ll_weight */
};

/** Loads the table of weights; texts go to `arena`. */
int ll_weights_load(struct ll_ledger *ledger, struct ll_arena *arena,
                    struct ll_weights *ret_weights, struct ll_error *err);
/** The weight of a term, or not a number when the table has no such term. */
double ll_weight_find(const struct ll_weights *weights, struct ll_str term);

/**
 * What the rows about one place say it is: the class with the largest sum of strengths. Empty:
 * none.
 */
struct ll_str ll_class_vote(const struct ll_counted *rows, size_t count, size_t place);

/** True of a class that tells what keeps memory (a pool, a timer ...) and not what shape it has. */
bool ll_class_is_keeper(struct ll_str class_name);

/** Sets score, cap and which rows count, from the rows, the class and the first place. */
void ll_score(struct ll_candidate *candidate);

/* -------------------------------------------------------------------- sentences */

/** Words of the catalog for one finding. */
struct ll_words {
	struct ll_str subject; /* "the map that is filled in" */
	bool is_many;          /* the subject is a plural */
	struct ll_str meaning; /* of the class, a sentence */
	struct ll_str wait;    /* of the wait reason: "waits for ..."; empty when there is none */
	struct ll_str remedy;  /* sentences */
	struct ll_str first_build; /* first build that shows it; empty when not known */
	struct ll_str
		moved; /* where the place was in other builds, a sentence; empty: nowhere else */
	struct ll_str doubt; /* that it may have been elsewhere, a sentence; empty: no doubt */
};

/** "25.6 MiB an hour", "70 a day": by the hour when nothing was watched for a day. */
void ll_sentence_put_rate(struct ll_buf *out, double per_day, bool is_bytes, int64_t watched_ns);
/** "0.05 % of cases"; what is rarer than one in a million is not told apart. */
void ll_sentence_put_chance(struct ll_buf *out, double p);
struct ll_str ll_sentence_summary(struct ll_arena *arena, const char *service,
                                  const struct ll_candidate *candidate,
                                  const struct ll_words *words);
/** Paragraphs, one a line. */
struct ll_str ll_sentence_explanation(struct ll_arena *arena, const struct ll_candidate *candidate,
                                      const struct ll_words *words);
/** Is a row of the candidate evidence for a paragraph of its explanation? Numbered from 0. */
bool ll_sentence_rests_on(const struct ll_candidate *candidate, const struct ll_words *words,
                          size_t paragraph, size_t row);

/* ------------------------------------------------------------------- life cycle */

/** What the ledger has of an earlier finding. */
struct ll_known {
	struct ll_str id, state;
	enum ll_subject_kind kind;
	double growth; /* per day: bytes, or goroutines */
	int64_t first_seen_ns, last_seen_ns;
};

/**
 * The state of a finding that was made again, or for the first time (`known` NULL): new, worse,
 * same, improving, fixed or regressed. The rules are in life_cycle.c.
 */
const char *ll_state_next(const struct ll_known *known, struct ll_estimate growth,
                          int64_t last_seen_ns, bool is_over);

enum ll_fate {
	LL_FATE_KEEP,  /* nothing new is known */
	LL_FATE_FIXED, /* it would have shown since, and did not */
	LL_FATE_DELETE, /* the same captures do not say so any more: another analyzer, other settings */
};

/**
 * What becomes of a finding that was not made again; `captures_since` are judged ones of its kind,
 * `of_new_builds` those of them that come from builds not seen before.
 */
enum ll_fate ll_state_absent(const struct ll_known *known, int64_t captures_since,
                             int64_t of_new_builds);

/* ------------------------------------------------------------------- candidates */

struct ll_sources;

struct ll_judgment {
	struct ll_ledger *ledger;
	const struct ll_analyze_options *options;
	const struct ll_weights *weights;
	int64_t service_id;
	const char *service;
	struct ll_hash input;       /* of the last layer */
	struct ll_sources *sources; /* source.h; NULL: none are given */
};

struct ll_candidates {
	struct ll_arena arena;
	struct ll_vec items; /* struct ll_candidate */
};

/** Groups rows, loads places, names class and score. */
int ll_candidates_make(const struct ll_judgment *judgment, const struct ll_rows_found *found,
                       struct ll_candidates *ret_candidates, struct ll_error *err);
void ll_candidates_done(struct ll_candidates *candidates);
/**
 * Which finding each candidate is: one of before, or a new one (finding_id.c). The scope must be
 * open; ids belong to the candidates.
 */
int ll_candidates_ids(struct ll_candidates *candidates, const struct ll_judgment *judgment,
                      struct ll_str *ret_ids, struct ll_error *err);
/** Does a row say that the finding's own place, a container, keeps what this other one made? */
bool ll_candidate_keeps(const struct ll_candidate *candidate, const struct ll_place *other);
/** Of the places whose objects the own one keeps that which gains most; NULL: none is known. */
const struct ll_place *ll_candidate_most_kept(const struct ll_candidate *candidate);
/** Growth in bytes of all places together; not a number without a heap place. */
struct ll_estimate ll_candidate_bytes(const struct ll_candidate *candidate);

/* --------------------------------------------------------------------- keywords */

/** Strength from which on a row that says another class is worth a sentence. */
#define LL_LEAST_OBJECTION 0.5

/** Writes the keywords of a finding whose other rows are written; the scope must be open. */
int ll_keywords_put(struct ll_ledger *ledger, const struct ll_candidate *candidate,
                    struct ll_str id, struct ll_error *err);

/* --------------------------------------------------------------------- findings */

/** Replaces the findings of one service by what its rows say. Adds to *result. */
int ll_findings_store(const struct ll_judgment *judgment, const struct ll_rows_found *found,
                      struct ll_analyze_result *result, struct ll_error *err);

#endif
