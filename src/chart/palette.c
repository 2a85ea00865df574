/* SPDX-License-Identifier: Apache-2.0 */
/*
 * palette.c - colours and dashes.
 *
 * The family is Okabe and Ito's, darkened where it had less than 3:1 on white (WCAG 1.4.11): blue,
 * vermillion, green, purple, ochre. Six and seven are ours and occur in stacks only, far from the
 * hues they could be taken for; neighbours in the order differ in lightness too. Contrast on white:
 * 5.2, 3.9, 5.5, 5.5, 4.6, 7.1, 3.9, grey 4.8. Colour is never the only sign (chart.h), so the dash
 * is as fixed as the hue. Dark colours are the style sheet's.
 */
#include "palette.h"

const struct ll_palette_row *ll_palette_get(enum ll_role role)
{
	static const struct ll_palette_row rows[] = {
		[LL_ROLE_1] = {"series-1", "#0072b2", NULL},
		[LL_ROLE_2] = {"series-2", "#d55e00", "6 2"},
		[LL_ROLE_3] = {"series-3", "#00785a", "2 2"},
		[LL_ROLE_4] = {"series-4", "#a8457f", "8 2 2 2"},
		[LL_ROLE_5] = {"series-5", "#a36a00", "1 2"},
		[LL_ROLE_6] = {"series-6", "#5b4bb0", "10 3"},
		[LL_ROLE_7] = {"series-7", "#1e8ca8", "4 2 1 2"},
		[LL_ROLE_OTHER] = {"series-other", "#6b7280", NULL},
		[LL_ROLE_LIMIT] = {"chart-limit", LL_COLOR_TEXT, "10 4"},
	};

	return &rows[(size_t)role < LL_COUNT(rows) ? role : LL_ROLE_OTHER];
}
