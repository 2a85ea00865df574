/* SPDX-License-Identifier: Apache-2.0 */
/* buf.c - the growing buffer of buf.h. Memory doubles, so putting n bytes costs O(n). */
#include <leakledger/buf.h>

#include <inttypes.h>
#include <stdarg.h>

/* What `data` points to while nothing is allocated: one byte that is never written. */
static char empty_string[1];

void ll_buf_init(struct ll_buf *buf, size_t ceiling)
{
	*buf = (struct ll_buf){.data = empty_string, .ceiling = ceiling};
}

void ll_buf_done(struct ll_buf *buf)
{
	if (buf->capacity > 0)
		free(buf->data);
	ll_buf_init(buf, buf->ceiling);
}

void ll_buf_clear(struct ll_buf *buf)
{
	buf->size = 0;
	buf->is_full = false;
	if (buf->capacity > 0)
		buf->data[0] = '\0';
}

char *ll_buf_reserve(struct ll_buf *buf, size_t size)
{
	size_t needed;

	if (buf->is_full)
		return NULL;
	if (!ll_size_add(buf->size, size, &needed) || needed > buf->ceiling) {
		buf->is_full = true;
		return NULL;
	}
	if (needed + 1 > buf->capacity) {
		size_t capacity = buf->capacity > 0 ? buf->capacity * 2 : 64;

		if (capacity < needed + 1)
			capacity = needed + 1;
		buf->data = ll_realloc(buf->capacity > 0 ? buf->data : NULL, 1, capacity);
		buf->capacity = capacity;
	}
	return buf->data + buf->size;
}

void ll_buf_commit(struct ll_buf *buf, size_t size)
{
	buf->size += size;
	if (buf->capacity > 0)
		buf->data[buf->size] = '\0';
}

void ll_buf_put(struct ll_buf *buf, const void *bytes, size_t size)
{
	char *const room = ll_buf_reserve(buf, size);

	if (!room)
		return;
	if (size > 0)
		memcpy(room, bytes, size);
	ll_buf_commit(buf, size);
}

void ll_buf_puts(struct ll_buf *buf, const char *text)
{
	ll_buf_put(buf, text, strlen(text));
}

void ll_buf_putc(struct ll_buf *buf, char byte)
{
	ll_buf_put(buf, &byte, 1);
}

void ll_buf_put_str(struct ll_buf *buf, struct ll_str text)
{
	ll_buf_put(buf, text.data, text.size);
}

void ll_buf_printf(struct ll_buf *buf, const char *format, ...)
{
	va_list args;
	char small[256];
	char *room;
	int length;

	va_start(args, format);
	length = vsnprintf(small, sizeof small, format, args);
	va_end(args);
	if (length < 0)
		return;
	if ((size_t)length < sizeof small) {
		ll_buf_put(buf, small, (size_t)length);
		return;
	}
	room = ll_buf_reserve(buf, (size_t)length + 1);
	if (!room)
		return;
	va_start(args, format);
	(void)vsnprintf(room, (size_t)length + 1, format, args);
	va_end(args);
	ll_buf_commit(buf, (size_t)length);
}

void ll_buf_put_varint(struct ll_buf *buf, uint64_t value)
{
	uint8_t bytes[LL_VARINT_MAX];

	ll_buf_put(buf, bytes, ll_varint_put(bytes, value));
}

void ll_buf_put_zigzag(struct ll_buf *buf, int64_t value)
{
	ll_buf_put_varint(buf, (uint64_t)value << 1 ^ (value < 0 ? UINT64_MAX : 0));
}

int ll_buf_check(const struct ll_buf *buf, const char *what, struct ll_error *err)
{
	if (!buf->is_full)
		return LL_OK;
	return ll_fail(err, LL_E_LIMIT, "%s is larger than %zu bytes", what, buf->ceiling);
}

bool ll_varint_get(struct ll_str bytes, size_t *offset, uint64_t *ret_value)
{
	uint64_t value = 0;

	for (unsigned shift = 0; shift < 70 && *offset < bytes.size; shift += 7) {
		const unsigned char byte = (unsigned char)bytes.data[(*offset)++];

		if (shift < 64)
			value |= (uint64_t)(byte & 0x7f) << shift;
		if (byte < 0x80) {
			*ret_value = value;
			return true;
		}
	}
	return false;
}

bool ll_zigzag_get(struct ll_str bytes, size_t *offset, int64_t *ret_value)
{
	uint64_t folded;

	if (!ll_varint_get(bytes, offset, &folded))
		return false;
	*ret_value = (int64_t)(folded >> 1 ^ (0 - (folded & 1)));
	return true;
}
