/* SPDX-License-Identifier: Apache-2.0 */
/*
 * mime.h - header fields and bodies of a message as RFC 5322 and RFC 2045 to 2047 write them: lines
 * of at most 76 bytes that end with CR LF, and nothing but ASCII.
 */
#ifndef LL_REPORT_MIME_H
#define LL_REPORT_MIME_H

#include <leakledger/buf.h>

/**
 * Appends "name: text" as a field that people read: control characters become blanks, so that no
 * text can begin another field; what is not ASCII, or too long for a line, becomes encoded words.
 */
void ll_mime_field(struct ll_buf *out, const char *name, struct ll_str text);
/** Appends a body in quoted-printable; line ends of the text are hard line ends. */
void ll_mime_quoted(struct ll_buf *out, struct ll_str text);
/** Appends bytes in base64. */
void ll_mime_base64(struct ll_buf *out, struct ll_str bytes);
/** Appends the text with lines folded at blanks to `width` columns; a line's indent is kept. */
void ll_mime_wrap(struct ll_buf *out, struct ll_str text, size_t width);
/**
 * Is this one address, or several with commas between, with nothing in it that could end the field?
 * Only a shape is checked: something, an @, something, no blanks but beside a name with <>.
 */
bool ll_mime_is_address(struct ll_str text);
/** Of "Name <a@b>" the part between <>, else the text itself. */
struct ll_str ll_mime_bare(struct ll_str address);

#endif
