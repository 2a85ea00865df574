/* SPDX-License-Identifier: Apache-2.0 */
/* sha256.c - see sha256.h. Words and steps are named as in FIPS 180-4. */
#include <leakledger/sha256.h>

enum {
	BLOCK = 64,
	ROUNDS = 64,
};

static const uint32_t round_constants[ROUNDS] = {
	0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4,
	0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe,
	0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f,
	0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7,
	0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc,
	0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b,
	0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116,
	0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
	0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7,
	0xc67178f2,
};

static uint32_t rotate(uint32_t word, unsigned by)
{
	return word >> by | word << (32 - by);
}

static void expand(const uint8_t block[BLOCK], uint32_t w[ROUNDS])
{
	for (size_t i = 0; i < 16; i++)
		w[i] = (uint32_t)block[4 * i] << 24 | (uint32_t)block[4 * i + 1] << 16 |
		       (uint32_t)block[4 * i + 2] << 8 | block[4 * i + 3];
	for (size_t i = 16; i < ROUNDS; i++) {
		const uint32_t s0 = rotate(w[i - 15], 7) ^ rotate(w[i - 15], 18) ^ w[i - 15] >> 3;
		const uint32_t s1 = rotate(w[i - 2], 17) ^ rotate(w[i - 2], 19) ^ w[i - 2] >> 10;

		w[i] = w[i - 16] + s0 + w[i - 7] + s1;
	}
}

static void put_block(uint32_t state[8], const uint8_t block[BLOCK])
{
	uint32_t w[ROUNDS], v[8];

	expand(block, w);
	memcpy(v, state, sizeof v);
	for (size_t i = 0; i < ROUNDS; i++) {
		const uint32_t s1 = rotate(v[4], 6) ^ rotate(v[4], 11) ^ rotate(v[4], 25);
		const uint32_t choice = (v[4] & v[5]) ^ (~v[4] & v[6]);
		const uint32_t t1 = v[7] + s1 + choice + round_constants[i] + w[i];
		const uint32_t s0 = rotate(v[0], 2) ^ rotate(v[0], 13) ^ rotate(v[0], 22);
		const uint32_t majority = (v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]);

		memmove(v + 1, v, 7 * sizeof *v);
		v[4] += t1;
		v[0] = t1 + s0 + majority;
	}
	for (size_t i = 0; i < 8; i++)
		state[i] += v[i];
}

/* The rest of the text, a one, zeros, and the length in bits. */
static void put_end(uint32_t state[8], struct ll_str rest, uint64_t bits)
{
	uint8_t block[2 * BLOCK] = {0};
	const size_t size = rest.size + 9 > BLOCK ? sizeof block : BLOCK;

	if (rest.size > 0)
		memcpy(block, rest.data, rest.size);
	block[rest.size] = 0x80;
	for (size_t i = 0; i < 8; i++)
		block[size - 1 - i] = (uint8_t)(bits >> 8 * i);
	put_block(state, block);
	if (size > BLOCK)
		put_block(state, block + BLOCK);
}

void ll_sha256(struct ll_str text, uint8_t out[LL_SHA256_SIZE])
{
	uint32_t state[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
	                     0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
	const uint64_t bits = (uint64_t)text.size * 8;

	while (text.size >= BLOCK) {
		put_block(state, (const uint8_t *)text.data);
		text = ll_str_from(text, BLOCK);
	}
	put_end(state, text, bits);
	for (size_t i = 0; i < LL_SHA256_SIZE; i++)
		out[i] = (uint8_t)(state[i / 4] >> (24 - 8 * (i % 4)));
}

void ll_sha256_put_source(struct ll_str text, struct ll_buf *out)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	uint8_t hash[LL_SHA256_SIZE + 1];

	ll_sha256(text, hash);
	hash[LL_SHA256_SIZE] = 0;
	ll_buf_puts(out, "'sha256-");
	for (size_t i = 0; i < LL_SHA256_SIZE; i += 3) {
		const uint32_t three = (uint32_t)hash[i] << 16 | (uint32_t)hash[i + 1] << 8 |
		                       (i + 2 < LL_SHA256_SIZE ? hash[i + 2] : 0);

		for (unsigned k = 0; k < 4; k++) {
			const bool is_there = i + 2 < LL_SHA256_SIZE || k < 3;

			ll_buf_putc(out, is_there ? digits[three >> (18 - 6 * k) & 63] : '=');
		}
	}
	ll_buf_putc(out, '\'');
}
