/* SPDX-License-Identifier: Apache-2.0 */
/*
 * exposition.h - one line of a page of metrics: Prometheus text 0.0.4 and 1.0.0, OpenMetrics 1.0,
 * and what `promtool tsdb dump` prints (the name as the label __name__).
 *
 * Nothing is copied: names and label values are views into the line, values with their escapes.
 */
#ifndef LL_CAPTURE_EXPOSITION_H
#define LL_CAPTURE_EXPOSITION_H

#include <leakledger/capture.h>

enum {
	LL_EXPOSITION_LABELS = 64, /* a line with more is malformed */
};

enum ll_exposition_kind {
	LL_EXPOSITION_NOTHING, /* an empty line or a comment */
	LL_EXPOSITION_TYPE,    /* "# TYPE name gauge" */
	LL_EXPOSITION_UNIT,    /* "# UNIT name bytes": only OpenMetrics has it */
	LL_EXPOSITION_EOF,     /* "# EOF" */
	LL_EXPOSITION_SAMPLE,
	LL_EXPOSITION_BAD, /* `problem` says why */
};

enum ll_exposition_type {
	LL_EXPOSITION_UNTYPED, /* "untyped", "unknown", or no such line */
	LL_EXPOSITION_GAUGE,
	LL_EXPOSITION_OTHER, /* counters, histograms, summaries, infos, sets of states */
};

struct ll_exposition_label {
	struct ll_str name, value; /* the value as written between its quotes */
};

struct ll_exposition {
	enum ll_exposition_kind kind;
	struct ll_str name;
	struct ll_str series; /* name and labels as written */
	enum ll_exposition_type type;
	struct ll_exposition_label labels[LL_EXPOSITION_LABELS];
	size_t label_count;
	double value;
	int64_t time_ns; /* LL_TIME_NONE when the line has none */
	const char *problem;
};

void ll_exposition_read(struct ll_str text, struct ll_exposition *ret);
/** A label value or quoted name without its escapes: \\, \" and \n. Appended. */
void ll_exposition_unescape(struct ll_str raw, struct ll_buf *out);

#endif
