/* SPDX-License-Identifier: Apache-2.0 */
/* redact.h - what redact_names.c, redact_text.c and redact.c share. */
#ifndef LL_LEDGER_REDACT_H
#define LL_LEDGER_REDACT_H

#include <leakledger/redact.h>
#include <leakledger/sha256.h>
#include <leakledger/vec.h>

enum {
	LL_REDACT_LONG = 8,  /* characters of a pseudonym's hash, of five bits each */
	LL_REDACT_SHORT = 6, /* of a part of a function's name */
	LL_REDACT_COMM = 15, /* bytes that the kernel keeps of a process's name */
};

struct ll_redacted {
	struct ll_str text, pseudonym;
	bool is_service;
};

struct ll_redactor {
	enum ll_redact_level level;
	uint8_t key[LL_SHA256_SIZE];
	struct ll_arena arena;
	struct ll_map map;   /* text -> index in met */
	struct ll_map back;  /* pseudonym -> index of the first text that has it */
	struct ll_vec met;   /* struct ll_redacted */
	struct ll_vec order; /* struct ll_redacted sorted by text: what prose is searched for */
};

/** Appends so many characters of the keyed hash of `text`, as what it is. */
void ll_redact_hash(const struct ll_redactor *redactor, const char *what, struct ll_str text,
                    size_t characters, struct ll_buf *out);
/** Keeps a pair, unless there is one for that text; returns the pseudonym that counts. */
struct ll_str ll_redact_meet(struct ll_redactor *redactor, struct ll_str text,
                             struct ll_str pseudonym);
/** The pair of that text, or NULL. */
const struct ll_redacted *ll_redact_find(const struct ll_redactor *redactor, struct ll_str text);
/** The name that a pseudonym stands for; the text itself when it is none. */
struct ll_str ll_redact_original(const struct ll_redactor *redactor, struct ll_str pseudonym);
/** Takes a finished text into the arena, and the buffer with it. */
struct ll_str ll_redact_take(struct ll_redactor *redactor, struct ll_buf *text);
/** The part behind the last slash (or backslash). */
struct ll_str ll_redact_base(struct ll_str path);

#endif
