/* SPDX-License-Identifier: Apache-2.0 */
/*
 * mail_picture.h - small pictures for mails, as PNG: mail programs show no SVG.
 *
 * On a panel of its own colour with a thin border, because a transparent one vanishes where the
 * reader's background is dark. No text: what it shows stands beside it, and in its alt.
 */
#ifndef LL_REPORT_MAIL_PICTURE_H
#define LL_REPORT_MAIL_PICTURE_H

#include "course.h"

enum {
	LL_MAIL_PICTURE_WIDTH = 256, /* pixels; shown at half of that */
	LL_MAIL_PICTURE_HEIGHT = 80,
};

/**
 * Appends a PNG with a line for each course, from zero up. Gaps are gaps. LL_E_NOTFOUND when the
 * library that draws is not installed; nothing is appended then.
 */
int ll_mail_picture(const struct ll_courses *courses, struct ll_buf *out, struct ll_error *err);

#endif
