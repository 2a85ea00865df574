/* SPDX-License-Identifier: Apache-2.0 */
/*
 * prefix.h - what loggers put around a line (formats.md section 13).
 *
 * A *style* is one logger's way to dress a line: CRI's "TIME stderr F ", "Nov 21 01:06:27 host
 * prog[7]: ", one JSON object of journalctl. Styles nest ("web-1  | 2026-11-21T... msg"), so a file
 * has up to LL_PREFIX_LAYERS of them, found once by majority over the lines of its head. A line
 * that does not fit them is taken as it is: it continues the one before.
 *
 * A logger that is in no table is learned as a *shape* from a line in which a known record starts
 * behind something: every run of digits may be any other run of digits, all else must be equal.
 *
 * Times without a year get one from a complete time nearby, else from the file's; times since boot
 * become wall clock when a line tells both. What stays unknown stays LL_TIME_NONE.
 */
#ifndef LL_CAPTURE_PREFIX_H
#define LL_CAPTURE_PREFIX_H

#include <leakledger/capture.h>

/** Times stay where their differences fit: from 1970 to 2223. */
#define LL_PREFIX_SECONDS_MAX INT64_C(8000000000)

enum {
	LL_PREFIX_LAYERS = 4,
	LL_PREFIX_SHAPES = 8, /* loggers of one file that are learned */
	LL_SHAPE_MAX = 256,
};

/** A line while it is undressed. Views into the line, or into the buffers of the prefix. */
struct ll_record {
	struct ll_str
		text; /* what is left of it; may hold several lines when the logger kept them */
	/* Who wrote it, as far as the prefix says; empty where it does not. */
	struct ll_str host, program, process, stream, pod, container, unit;
	int64_t time_ns;    /* wall clock, or LL_TIME_NONE */
	int64_t uptime_ns;  /* since boot, or -1 */
	int month, day;     /* of a time without a year, or 0 */
	int64_t of_day_ns;  /* the same */
	bool is_since_last; /* of_day_ns is counted from the line before */
	bool is_partial;    /* goes on in the next record of the same stream */
	bool is_escaped;    /* syslog: control characters may be written #011 */
	bool is_lines;      /* text may hold line feeds */
};

struct ll_prefix_style {
	const char *name; /* for people */
	/** Takes the prefix off record->text and notes what it says; false: another style. */
	bool (*cut)(struct ll_record *record, struct ll_buf *scratch);
	/** Prose can look like it: it counts only when few sources write many lines. */
	bool is_loose;
};

struct ll_shape {
	char text[LL_SHAPE_MAX]; /* runs of digits are one '0' */
	size_t size;
	size_t kin; /* number of the first shape in which the same kernel writes, or its own */
};

struct ll_prefix {
	const struct ll_prefix_style *layers[LL_PREFIX_LAYERS];
	size_t layer_count;
	/* What the last record wore that was dressed otherwise than its file. */
	const struct ll_prefix_style *dress[LL_PREFIX_LAYERS];
	size_t dress_count;
	struct ll_shape shapes[LL_PREFIX_SHAPES];
	size_t shape_count;
	struct ll_buf scratch[LL_PREFIX_LAYERS]; /* unescaped texts */
	int64_t modified_ns;                     /* of the file, or LL_TIME_NONE */
	int64_t near_ns;                         /* the last complete time, or LL_TIME_NONE */
	int64_t boot_ns;                         /* wall clock of the boot, or LL_TIME_NONE */
	int64_t last_ns;                         /* of the last dated line, or LL_TIME_NONE */
};

void ll_prefix_init(struct ll_prefix *prefix, int64_t modified_ns);
void ll_prefix_done(struct ll_prefix *prefix);

/** Finds the styles of a file by majority over the lines of its head. */
void ll_prefix_detect(struct ll_prefix *prefix, struct ll_str head);
/** Undresses a line as far as it wears the styles. Returns how many it wore. */
size_t ll_prefix_cut(struct ll_prefix *prefix, struct ll_str line, struct ll_record *ret_record);
/** Completes the time of a record: its year, its boot. */
void ll_prefix_date(struct ll_prefix *prefix, struct ll_record *record);

/**
 * Learns the shape of `text`, which stands before a known beginning. False when it is too long, or
 * there are enough of them.
 */
bool ll_prefix_learn(struct ll_prefix *prefix, struct ll_str text);
/** Cuts a learned shape from *line. Returns its number, or SIZE_MAX when none fits. */
size_t ll_prefix_cut_shape(const struct ll_prefix *prefix, struct ll_str *line);
/** The time in a prefix of unknown shape, when it has a complete one; else LL_TIME_NONE. */
int64_t ll_prefix_time(struct ll_str text);

/**
 * Takes off one prefix of any style that cannot be prose: of a line that is dressed otherwise than
 * its file, as Go's log package and klog dress only the first line of a message.
 */
bool ll_prefix_cut_any(struct ll_record *record, const struct ll_prefix_style **ret_style);
/** Takes off all of prefix->dress, or nothing. */
bool ll_prefix_cut_dress(const struct ll_prefix *prefix, struct ll_record *record);

/** Takes colours out, into `out`. True when there were any. */
bool ll_prefix_uncolour(struct ll_str line, struct ll_buf *out);
/** "#011" and "#012" of syslog become TAB and line feed, into `out`. True when there were any. */
bool ll_prefix_unescape(struct ll_str text, struct ll_buf *out);

/**
 * A goroutine dump inside a string of a structured line ({"stack":"goroutine 1 [running]:\n...",
 * stack="goroutine ..."): unescapes that string into `out`. False when there is none.
 */
bool ll_prefix_quoted_dump(struct ll_str line, struct ll_buf *out);
/**
 * The same string as it is written. *ret_is_open when it does not end in this line, because the
 * logger cut the line in two; ll_prefix_quote_rest is how the next one goes on.
 */
bool ll_prefix_quote(struct ll_str line, struct ll_str *ret_text, bool *ret_is_open);
/**
 * What stands in quotes, of a line that was quoted alone and whose shape, which stands before
 * `rest`, ends with the first of them: unescaped into `out`. `rest` itself where it does not end
 * with one.
 */
struct ll_str ll_prefix_out_of_quotes(struct ll_str rest, struct ll_buf *out);
/** What of a line belongs to a string that the line before left open; empty when nothing does. */
struct ll_str ll_prefix_quote_rest(struct ll_str line, bool *ret_is_open);
/** The time of such a line: "time", "ts", "timestamp", "@timestamp" ...; or LL_TIME_NONE. */
int64_t ll_prefix_quoted_time(struct ll_str line);

/** Reads "2026-11-21T01:06:27[.,123][Z|+00:00|+0000]" off *text; without a zone it is UTC. */
bool ll_prefix_take_iso(struct ll_str *text, int64_t *ret_time_ns);

/** The same, and "2026-11-21 01:06:27[.123] +0800 CST" as Go prints it; the zone's name stays. */
bool ll_prefix_take_go_time(struct ll_str *text, int64_t *ret_time_ns);

/** Reads "Fri, 20 Nov 2026 10:00:00 +0000" off *text. */
bool ll_prefix_take_rfc1123(struct ll_str *text, int64_t *ret_time_ns);

/* The styles, by how they are written. Each list is in order of preference. */
extern const struct ll_prefix_style ll_prefix_text_styles[];
extern const size_t ll_prefix_text_style_count;
extern const struct ll_prefix_style ll_prefix_json_styles[];
extern const size_t ll_prefix_json_style_count;

#endif
