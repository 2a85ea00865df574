/* SPDX-License-Identifier: Apache-2.0 */
/*
 * chart.h - numbers into pictures: series go in, SVG text comes out.
 *
 * Invariants of every picture:
 *   - It is one complete <svg> element, well-formed XML, appended to the buffer as a whole or not
 *     at all. The same input gives the same bytes.
 *   - role="img" and aria-labelledby name its <title> (the conclusion, one sentence of the caller)
 *     and <desc> (what is shown and how it goes). Every id begins with the caller's `id`.
 *   - No style attribute, no <style>, no script, nothing fetched: it survives the strictest content
 *     security policy. Light-theme colours are presentation attributes, so an unstyled picture is
 *     readable; a page's rules override them by class, because any CSS rule beats an attribute.
 *   - Nothing is told by colour alone: series have dashes, everything is labelled where it ends,
 *     and where labels have no room, digits at the line's end lead to a numbered legend.
 *   - Byte and count axes begin at zero unless `may_leave_zero`, and then the axis says so.
 *   - Absence is data: a gap is drawn as a gap (and shaded), never bridged, never zero.
 *   - Thinning keeps the lowest and highest point of each column, so a spike survives. Never a
 *     mean.
 *   - Text is hostile: markup is escaped; control characters, bidi marks and malformed bytes become
 *     U+FFFD; long text is cut in the middle and stands in full in a <title> child.
 *   - Any number is allowed. What is not finite or beyond +-1e21 is a gap; points without a time
 *     (LL_TIME_NONE) are left out; points out of order are put in order. Nothing to draw gives a
 *     picture that says "no data".
 *
 * Size. One unit of the viewBox is one CSS pixel at natural size and text is 12 units. A 720 unit
 * picture on a 358 pixel phone would have 6 pixel text, and text of 22 units would shout on a
 * desk, so a picture is made for a width: `fit` LL_FIT_WIDE (720) and LL_FIT_NARROW (340) are two
 * pictures of one chart, and may have one `id`. The narrow one carries display="none", so that a
 * page without style shows the wide one only; the style sheet swaps them (below). LL_FIT_ANY is
 * always shown; give it a `width` for small multiples. `height` does not count the legend and
 * notes below the picture: the viewBox grows by what they need.
 *
 * Classes, for the page's style sheet. Everything is painted with currentColor, so one `color` per
 * class is enough; the two exceptions are named by the property they set:
 *
 *   chart                         the root; text colour of labels, limits, marks, notes
 *   chart-spark chart-line chart-area chart-slope chart-heat chart-flame chart-lanes chart-bar
 *                                 the kind of picture, on the root too
 *   chart-wide chart-narrow                 the fit, on the root too
 *   series-1 ... series-7 series-other      whatever belongs to that role, line, area or label key
 *   chart-limit                   lines of limits where they have names beside them
 *   chart-muted                   axis numbers, units, notes, values behind labels
 *   chart-grid                    grid lines
 *   chart-gap                     shading where no data is
 *   chart-halo {stroke}           the page's background around text and between layers
 *   chart-hollow {fill}           the page's background inside rings
 *   flame-own-1 ... flame-rest    boxes of a flame graph; templates/style/flame.css has them all
 *
 *   .chart { color: var(--text); max-width: 100%; height: auto; font-family: inherit }
 *   .series-1 { color: var(--series-1) }                                          and so on
 *   @media (max-width: 600px) { .chart-wide { display: none } .chart-narrow { display: block } }
 *
 * A sheet that gives .chart a display must say .chart-narrow { display: none } behind that, because
 * its rule beats the attribute.
 *
 * To add a chart: one file src/chart/x.c that opens a picture (picture.h), plans with scale.h,
 * time_scale.h, tags.h and layout.h, and writes through svg.h only; one prototype here; tests
 * (tests/chart/test_x.c) with a golden picture.
 */
#ifndef LEAKLEDGER_CHART_H
#define LEAKLEDGER_CHART_H

#include <leakledger/buf.h>

/* ------------------------------------------------------------------ what all charts have */

enum ll_chart_fit {
	LL_FIT_ANY,    /* always shown */
	LL_FIT_WIDE,   /* shown on wide screens, on paper and without a style sheet */
	LL_FIT_NARROW, /* shown on phones only, by the style sheet */
};

struct ll_chart {
	const char *id;            /* unique on the page; its two fits may share it */
	struct ll_str title;       /* the conclusion in one sentence */
	struct ll_str description; /* measure, period, how it goes; one paragraph */
	struct ll_str absence;     /* shown when there is nothing to draw; empty means "No data" */
	enum ll_chart_fit fit;
	int width, height; /* in viewBox units; 0 means the default of chart and fit */
};

/** What a colour and a dash stand for. The order is fixed: a role looks the same on every page. */
enum ll_role {
	LL_ROLE_1,
	LL_ROLE_2,
	LL_ROLE_3,
	LL_ROLE_4,
	LL_ROLE_5,
	LL_ROLE_6,
	LL_ROLE_7,
	LL_ROLE_OTHER, /* the remainder; grey */
	LL_ROLE_LIMIT, /* text colour, long dash */
};

/** The role of the series with that number, counted from 0; from 7 on it is LL_ROLE_OTHER. */
static inline enum ll_role ll_role_of(size_t number)
{
	return number < LL_ROLE_OTHER ? (enum ll_role)number : LL_ROLE_OTHER;
}

enum ll_axis {
	LL_AXIS_BYTES,   /* ticks on powers of two, unit B ... EiB named once */
	LL_AXIS_COUNT,   /* ticks on 1-2-5 */
	LL_AXIS_PERCENT, /* of 100, ticks on 1-2-5 */
};

/** The value of a moment that has none: from the point before to the point behind is a gap. */
#define LL_CHART_GAP __builtin_nan("")

/** A value at a time. */
struct ll_chart_point {
	int64_t time_ns;
	double value;
};

/** A horizontal line: GOMEMLIMIT, the cgroup's limit. The label is completed by the value. */
struct ll_chart_limit {
	struct ll_str label;
	double value;
};

enum ll_mark_kind {
	LL_MARK_NOTE,    /* diamond */
	LL_MARK_RESTART, /* ring */
	LL_MARK_DEPLOY,  /* triangle */
	LL_MARK_OOM,     /* cross */
};

/** Something that happened at a moment. An empty label means the kind's own word. */
struct ll_chart_mark {
	int64_t time_ns;
	enum ll_mark_kind kind;
	struct ll_str label; /* one or two words: "v1.42", "OOM kill" */
};

/**
 * The plane that line and area charts draw on.
 *
 * A limit far above all values (more than four times the highest) is not drawn to scale, which
 * would flatten the data, but named at the upper edge with an arrow. Marks outside the times are
 * counted in a note below the picture, as are marks without room for their label.
 */
struct ll_chart_plane {
	enum ll_axis axis;
	struct ll_str name;  /* what the values are: "Heap in use"; the unit is added */
	bool may_leave_zero; /* the axis begins near the lowest value, and says so */
	int64_t from_ns;     /* the window of time; both 0: what the data covers */
	int64_t to_ns;
	const struct ll_chart_limit *limits;
	size_t limit_count;
	const struct ll_chart_mark *marks;
	size_t mark_count;
};

/* ---------------------------------------------------------------------------- sparkline */

/**
 * One series in a table cell (160 x 36): line, lowest value as ring, highest and last as dots.
 * Without a description it says first, last, lowest and highest value.
 */
struct ll_spark_chart {
	struct ll_chart chart;
	enum ll_axis axis;
	enum ll_role role;
	const struct ll_chart_point *points;
	size_t count;
	int64_t most_apart_ns;
	int64_t from_ns, to_ns; /* a window shared by a group; both 0: what the points cover */
	double low, high;       /* a range shared by a group; low >= high: zero to the highest */
	bool may_leave_zero;
	bool has_limit;
	double limit;
	bool has_end_text; /* the last value in words at the right end */
};

/** Appends the picture as one <svg> element. */
int ll_chart_spark(const struct ll_spark_chart *spark, struct ll_buf *out, struct ll_error *err);

/* --------------------------------------------------------------------------- line chart */

enum ll_series_draw {
	LL_DRAW_LINE,   /* an ordinary line */
	LL_DRAW_FINE,   /* thin: a saw of thousands of points */
	LL_DRAW_POINTS, /* heavy, with a dot at each point while they are few: the floor */
};

struct ll_chart_series {
	struct ll_str label;
	enum ll_role role;
	enum ll_series_draw draw;
	const struct ll_chart_point *points;
	size_t count;
	int64_t most_apart_ns; /* points further apart have a gap between them; 0: never */
};

/** One place of a fitted line: the estimate and the interval around it. */
struct ll_chart_band {
	int64_t time_ns;
	double low, middle,
		high; /* low and high may be LL_CHART_GAP: then there is a line and no band */
};

/**
 * A fitted line, straight between its places, drawn dashed over its band. Two places are enough;
 * they are in order of time. What of the band lies outside the plane is not seen.
 */
struct ll_chart_trend {
	struct ll_str label; /* "+38 MiB a day" */
	enum ll_role role;
	const struct ll_chart_band *places;
	size_t count;
};

struct ll_line_chart {
	struct ll_chart chart;
	struct ll_chart_plane plane;
	const struct ll_chart_series *series;
	size_t series_count;
	const struct ll_chart_trend *trend; /* or NULL */
};

/** Appends the picture as one <svg> element. */
int ll_chart_line(const struct ll_line_chart *line, struct ll_buf *out, struct ll_error *err);

/* ------------------------------------------------------------------------- stacked area */

enum {
	LL_AREA_LAYERS = 8, /* further layers are added up in the last one, which says so */
};

struct ll_area_layer {
	struct ll_str label;
	enum ll_role role;
	const double *
		values; /* one for each time of the chart; LL_CHART_GAP: the whole moment is a gap */
};

/** Layers on top of each other, the first at the bottom. Negative values are drawn as zero. */
struct ll_area_chart {
	struct ll_chart chart;
	struct ll_chart_plane plane; /* may_leave_zero is ignored: a stack without zero lies */
	const int64_t *times_ns;
	size_t count;
	int64_t most_apart_ns; /* moments further apart have a gap between them; 0: never */
	const struct ll_area_layer *layers;
	size_t layer_count;
};

/** Appends the picture as one <svg> element. */
int ll_chart_area(const struct ll_area_chart *area, struct ll_buf *out, struct ll_error *err);

/* --------------------------------------------------------------------------- slope chart */

enum {
	LL_SLOPE_LINES = 12, /* further lines are left out, and a note counts them */
};

/** A thing at two times. A value that is LL_CHART_GAP leaves the line out, and a note counts it. */
struct ll_slope_line {
	struct ll_str label;
	double first, last;
};

/**
 * Which things changed between two times: a line each, its values at both ends. What rose has a
 * full line and what fell a dashed one; both begin at zero.
 */
struct ll_slope_chart {
	struct ll_chart chart; /* a height is the least that it gets */
	enum ll_axis axis;
	struct ll_str first_name, last_name; /* of the two times: "21 Nov, 16:11" */
	const struct ll_slope_line *lines;
	size_t line_count;
};

/** Appends the picture as one <svg> element. */
int ll_chart_slope(const struct ll_slope_chart *slope, struct ll_buf *out, struct ll_error *err);

/* ------------------------------------------------------------------------------ heat map */

enum {
	LL_HEAT_STEPS = 5,    /* shades of one hue; zero is none of them */
	LL_HEAT_ROWS = 100,   /* further rows are left out, and a note counts them */
	LL_HEAT_COLUMNS = 60, /* the first ones are left out */
};

struct ll_heat_row {
	struct ll_str label;
	const double *values; /* one for each column; LL_CHART_GAP: crossed out, for no data */
};

/**
 * Rows by columns, each cell a shade. The number stands in the cell where it has room; a cell
 * without data is crossed out, which is neither zero nor a shade. Classes: heat-1 ... heat-5 for
 * the shades and heat-on-1 ... heat-on-5 for what is written on them.
 */
struct ll_heat_chart {
	struct ll_chart chart; /* the height is what the rows need */
	enum ll_axis axis;
	struct ll_str name;           /* what a cell is: "Captures in 5 minutes" */
	struct ll_str context;        /* below the columns' names: "Sat 21 Nov 2026, UTC" */
	const struct ll_str *columns; /* names, left to right; as many are written as fit */
	size_t column_count;
	const struct ll_heat_row *rows;
	size_t row_count;
};

/** Appends the picture as one <svg> element. */
int ll_chart_heat(const struct ll_heat_chart *heat, struct ll_buf *out, struct ll_error *err);

/* -------------------------------------------------------------------------- flame graph */

/** Whose code a box is; told by fill, edge and letters. */
enum ll_flame_kind {
	LL_FLAME_OWN,      /* bold, solid edge */
	LL_FLAME_LIBRARY,  /* plain */
	LL_FLAME_STANDARD, /* italic, dashed edge */
	LL_FLAME_RUNTIME,  /* the same, darker */
	LL_FLAME_OTHER,    /* no code: the whole, a wait state, a label */
};

enum ll_flame_unit {
	LL_FLAME_BYTES,
	LL_FLAME_COUNT,
	LL_FLAME_NANOSECONDS,
};

enum {
	LL_FLAME_BOXES = 1200, /* most boxes of a picture that does not ask for more or less */
	LL_FLAME_LEVELS = 80,  /* deepest level that is drawn */
};

/** A function below its caller. Values are sums over everything below, too. */
struct ll_flame_box {
	struct ll_str name;  /* in full, for the box's title */
	struct ll_str label; /* what is written into the box */
	size_t parent;       /* number of the caller's box, smaller than its own */
	enum ll_flame_kind kind;
	unsigned tone;        /* boxes of one kind and another tone differ a little in colour */
	int64_t value, older; /* `older` only where the chart is of a difference */
};

/**
 * Calls from the top down, each as wide as its share (an icicle). Box 0 is the whole and stands for
 * all. Boxes are laid from the left in their order, so the caller sorts.
 *
 * What is narrower than a thousandth of the picture, deeper than LL_FLAME_LEVELS, or too small for
 * `most_boxes`, goes into one grey box for each caller, which counts it; the smallest go first, and
 * a note below the picture says how many. A box of value 0 has no place and is not counted.
 *
 * In a difference the width is the newer value, and colour, sign and edge tell what grew (orange,
 * "+", solid) and what shrank (violet, minus, dashed), by its share of the larger whole.
 */
struct ll_flame_chart {
	struct ll_chart chart;
	enum ll_flame_unit unit;
	const struct ll_flame_box *boxes;
	size_t count;
	bool is_difference;
	size_t most_boxes;    /* 0: LL_FLAME_BOXES */
	struct ll_str note;   /* below the picture: how the values were estimated; or empty */
	struct ll_str markup; /* <style> and <script> of a picture that is a file of its own */
};

/** What a picture shows and what it only counts. */
struct ll_flame_drawn {
	size_t boxes;  /* drawn, with the grey ones */
	size_t folded; /* frames in grey boxes, or too narrow even for that */
	size_t levels;
};

/** Appends the picture as one <svg> element; `ret_drawn` may be NULL. */
int ll_chart_flame(const struct ll_flame_chart *flame, struct ll_buf *out,
                   struct ll_flame_drawn *ret_drawn, struct ll_error *err);
/* --------------------------------------------------------------------- lanes of events */

/** A strip with values on an axis of its own. */
struct ll_lane {
	struct ll_str name; /* what the values are; the unit is added */
	enum ll_axis axis;
	double least_high; /* the axis goes at least as high as that */
	const struct ll_chart_series *series;
	size_t series_count;
	const struct ll_chart_limit *limits; /* drawn across; they widen the axis */
	size_t limit_count;
};

/** A strip of moments: ticks, or signs with words as far as they have room. */
struct ll_lane_events {
	struct ll_str name; /* one word or two: it stands in the margin */
	bool is_ticks;
	const struct ll_chart_mark *marks;
	size_t count;
};

/**
 * What happened around one moment: lanes of values and of events below one another, on one axis of
 * time, with a line through all of them where it ended. From `unseen_ns` to the end is shaded as
 * not captured, if it is before the end; LL_TIME_NONE: nothing is.
 */
struct ll_lanes_chart {
	struct ll_chart chart;
	int64_t from_ns, to_ns; /* the window; both 0: what values, moments and the end cover */
	int64_t end_ns, unseen_ns;
	struct ll_str end_label; /* "killed 22:31:04" */
	const struct ll_lane *lanes;
	size_t lane_count;
	const struct ll_lane_events *events;
	size_t event_count;
};

/** Appends the picture as one <svg> element. */
int ll_chart_lanes(const struct ll_lanes_chart *lanes, struct ll_buf *out, struct ll_error *err);

/* ---------------------------------------------------------------------------- one bar */

struct ll_bar_part {
	struct ll_str label;
	enum ll_role role;
	double value; /* what is negative or no number is in the legend only */
};

/** Parts of one whole, side by side, named in a legend below with their sizes and shares. */
struct ll_bar_chart {
	struct ll_chart chart;
	enum ll_axis axis;
	const struct ll_bar_part *parts;
	size_t count;
	bool has_limit;
	double limit; /* a line across the bar; beyond all parts it widens the axis */
};

/** Appends the picture as one <svg> element. */
int ll_chart_bar(const struct ll_bar_chart *bar, struct ll_buf *out, struct ll_error *err);

#endif
