/* SPDX-License-Identifier: Apache-2.0 */
/*
 * buf.h - a growing byte buffer that was told its ceiling at birth.
 *
 * `data` is never NULL and always terminated after `size` bytes. Reaching the ceiling is an
 * ordinary state: the buffer keeps what it has, sets `is_full`, and further writes do nothing, so
 * that a writer can put many pieces and ask once at the end (ll_buf_check).
 */
#ifndef LEAKLEDGER_BUF_H
#define LEAKLEDGER_BUF_H

#include <leakledger/error.h>
#include <leakledger/str.h>

struct ll_buf {
	char *data;
	size_t size;
	size_t capacity; /* bytes allocated, 0 while `data` is the shared empty string */
	size_t ceiling;  /* most bytes that `size` may reach */
	bool is_full;
};

/** The ceilings of the program, in one place. */
enum {
	LL_BUF_MESSAGE = 64 * 1024,
	LL_BUF_SQL = 1024 * 1024,
	LL_BUF_PAGE = 64 * 1024 * 1024,
	LL_BUF_CHART = 8 * 1024 * 1024,
	LL_BUF_DOCUMENT = 1024 * 1024 * 1024,
};

void ll_buf_init(struct ll_buf *buf, size_t ceiling);
void ll_buf_done(struct ll_buf *buf);
/** Empties the buffer, forgets is_full, keeps the memory. */
void ll_buf_clear(struct ll_buf *buf);

/** Appends bytes, a text, one byte, a view, formatted text. What does not fit sets is_full. */
void ll_buf_put(struct ll_buf *buf, const void *bytes, size_t size);
void ll_buf_puts(struct ll_buf *buf, const char *text);
void ll_buf_putc(struct ll_buf *buf, char byte);
void ll_buf_put_str(struct ll_buf *buf, struct ll_str text);
void ll_buf_printf(struct ll_buf *buf, const char *format, ...) LL_PRINTF(2, 3);
/** Unsigned LEB128, as protobuf's varint: 7 bits a byte, low ones first. */
void ll_buf_put_varint(struct ll_buf *buf, uint64_t value);
/** Signed values folded to unsigned (0, -1, 1, -2 ... become 0, 1, 2, 3 ...) and put as varint. */
void ll_buf_put_zigzag(struct ll_buf *buf, int64_t value);

/**
 * Makes room for `size` more bytes and returns where they go, or NULL when that is over the
 * ceiling.
 */
char *ll_buf_reserve(struct ll_buf *buf, size_t size);
/** Counts `size` bytes that were written into reserved room. */
void ll_buf_commit(struct ll_buf *buf, size_t size);

/** 0, or LL_E_LIMIT with "<what> is larger than <ceiling> bytes" when a write was refused. */
int ll_buf_check(const struct ll_buf *buf, const char *what, struct ll_error *err);

/** What is in the buffer, valid until the next write. */
static inline struct ll_str ll_buf_str(const struct ll_buf *buf)
{
	return ll_str_n(buf->data, buf->size);
}

enum {
	LL_VARINT_MAX = 10, /* bytes of the longest */
};
/** Writes an unsigned number as ll_buf_put_varint does; returns how many bytes it took. */
static inline uint32_t ll_varint_put(uint8_t *to, uint64_t value)
{
	uint32_t size = 0;

	while (value >= 0x80) {
		to[size++] = (uint8_t)(value | 0x80);
		value >>= 7;
	}
	to[size++] = (uint8_t)value;
	return size;
}
/**
 * Reads a varint at *offset of `bytes` and moves the offset behind it. Returns false at the end of
 * the bytes or when the number has more than 10 bytes.
 */
bool ll_varint_get(struct ll_str bytes, size_t *offset, uint64_t *ret_value);
bool ll_zigzag_get(struct ll_str bytes, size_t *offset, int64_t *ret_value);

#endif
