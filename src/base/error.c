/* SPDX-License-Identifier: Apache-2.0 */
/*
 * error.c - error texts that grow from the inside out.
 *
 * Texts often quote names that came from strangers. They end up in terminals and logs, so control
 * characters and bytes that are not UTF-8 are shown as \xHH at the moment the text is set.
 */
#include <leakledger/error.h>
#include <leakledger/str.h>

#include <errno.h>
#include <stdarg.h>

static bool is_plain(uint32_t code, size_t length)
{
	const bool is_control = code < 0x20 || code == 0x7f || (code >= 0x80 && code < 0xa0);
	const bool is_malformed = code == 0xfffd && length == 1;
	/* Direction marks and isolates can make a line read as something else. */
	const bool is_direction =
		(code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);

	return !is_control && !is_malformed && !is_direction;
}

static void copy_escaped(char *to, size_t room, const char *from)
{
	const struct ll_str text = ll_str(from);
	size_t used = 0;

	for (size_t i = 0; i < text.size;) {
		uint32_t code;
		const size_t length = ll_utf8_next(text, i, &code);
		char shown[20];
		size_t size = 0;

		if (is_plain(code, length)) {
			memcpy(shown, text.data + i, length);
			size = length;
		} else {
			for (size_t k = 0; k < length; k++)
				size += (size_t)snprintf(shown + size, sizeof shown - size,
				                         "\\x%02x",
				                         (unsigned char)text.data[i + k]);
		}
		if (used + size >= room)
			break;
		memcpy(to + used, shown, size);
		used += size;
		i += length;
	}
	to[used] = '\0';
}

/* Puts ": text" behind what is there, as far as there is room for whole characters. */
static void append_escaped(struct ll_error *err, const char *text)
{
	const size_t used = strlen(err->text);
	const size_t room = sizeof err->text - used;

	if (room <= sizeof ": ")
		return;
	memcpy(err->text + used, ": ", 2);
	copy_escaped(err->text + used + 2, room - 2, text);
}

static int set_text(struct ll_error *err, enum ll_code code, const char *format, va_list args)
	LL_PRINTF(3, 0);
static int set_text(struct ll_error *err, enum ll_code code, const char *format, va_list args)
{
	char raw[sizeof err->text];

	if (!err)
		return code;
	(void)vsnprintf(raw, sizeof raw, format, args);
	err->code = code;
	copy_escaped(err->text, sizeof err->text, raw);
	return code;
}

int ll_fail(struct ll_error *err, enum ll_code code, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	(void)set_text(err, code, format, args);
	va_end(args);
	return code;
}

int ll_within(struct ll_error *err, const char *format, ...)
{
	char inner[sizeof err->text];
	char context[sizeof err->text];
	va_list args;

	if (!err)
		return LL_E_INTERNAL;
	va_start(args, format);
	(void)vsnprintf(context, sizeof context, format, args);
	va_end(args);
	memcpy(inner, err->text, sizeof inner);
	copy_escaped(err->text, sizeof err->text, context);
	if (inner[0])
		append_escaped(err, inner);
	return err->code != LL_OK ? (int)err->code : LL_E_INTERNAL;
}

int ll_fail_errno(struct ll_error *err, enum ll_code code, int error_number, const char *format,
                  ...)
{
	char system_text[128];
	va_list args;

	if (error_number == ENOSPC || error_number == EDQUOT)
		code = LL_E_BUSY;
	va_start(args, format);
	(void)set_text(err, code, format, args);
	va_end(args);
	if (err && strerror_r(error_number, system_text, sizeof system_text) == 0)
		append_escaped(err, system_text);
	return code;
}

void ll_error_clear(struct ll_error *err)
{
	err->code = LL_OK;
	err->text[0] = '\0';
}
