/* SPDX-License-Identifier: Apache-2.0 */
/* palette.h - what a role looks like without a style sheet, and the class that a sheet can use. */
#ifndef LL_CHART_PALETTE_H
#define LL_CHART_PALETTE_H

#include <leakledger/chart.h>

struct ll_palette_row {
	const char *class_name;
	const char *color;
	const char *dash; /* stroke-dasharray, or NULL for a solid line */
};

/** The colours that are not of a role. */
#define LL_COLOR_TEXT    "#1f2328"
#define LL_COLOR_MUTED   "#59636e"
#define LL_COLOR_GRID    "#dfe3e8"
#define LL_COLOR_GAP     "#f1f3f5"
#define LL_COLOR_SURFACE "#ffffff"

#define LL_DASH_TREND "5 3"

const struct ll_palette_row *ll_palette_get(enum ll_role role);

#endif
