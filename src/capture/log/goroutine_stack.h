/* SPDX-License-Identifier: Apache-2.0 */
/*
 * goroutine_stack.h - the lines below a goroutine's header (formats.md 3.3), read into a struct
 * ll_goroutine.
 */
#ifndef LL_CAPTURE_GOROUTINE_STACK_H
#define LL_CAPTURE_GOROUTINE_STACK_H

#include "goroutine_groups.h"
#include "goroutine_header.h"

enum ll_stack_section {
	LL_STACK_FRAMES,
	LL_STACK_CREATED,  /* after "created by" */
	LL_STACK_ANCESTOR, /* after "[originating from": another goroutine's */
};

/** What came behind the last line of a stack. */
enum ll_stack_end {
	LL_STACK_HEADER,  /* the next goroutine */
	LL_STACK_FOREIGN, /* a line that is none of a stack's */
	LL_STACK_INPUT,   /* nothing: the input is at its end */
};

struct ll_goroutine_stack {
	struct ll_goroutine goroutine;
	bool is_open;
	bool is_elsewhere; /* "goroutine running on other thread; stack unavailable" */
	bool is_broken;    /* it ends inside a line or a frame */
	bool has_places;   /* a frame was whole, though it may not be kept */
	bool has_root;     /* runtime.goexit, which is below all others, was there */
	enum ll_stack_section section;
	/* A function line that waits for its place. */
	bool has_pending;
	bool is_kept;      /* it is written to goroutine.text, from pending_at on */
	bool is_tentative; /* it may be no function at all */
	size_t pending_at;
	/* Of a line that a terminal wrapped. */
	bool is_wrapped;    /* the arguments go on in the next line */
	struct ll_buf half; /* a place up to where it was cut */
};

void ll_goroutine_stack_init(struct ll_goroutine_stack *stack);
void ll_goroutine_stack_done(struct ll_goroutine_stack *stack);
/** The goroutine must be clear. */
void ll_goroutine_stack_begin(struct ll_goroutine_stack *stack,
                              const struct ll_goroutine_header *header);
/** Takes a line; false when it is no part of a stack. */
bool ll_goroutine_stack_line(struct ll_goroutine_stack *stack, struct ll_str line);
/**
 * Takes frames at the beginning of the text, whole ones in the form that nearly all have. Returns
 * their bytes, and the number of lines in *ret_lines.
 */
size_t ll_goroutine_stack_run(struct ll_goroutine_stack *stack, struct ll_str text,
                              uint64_t *ret_lines);
void ll_goroutine_stack_end(struct ll_goroutine_stack *stack, enum ll_stack_end end);
/**
 * Is a line with which the input ends, without a line feed, all there? A place has its offset then:
 * "FILE:31" may be the beginning of "FILE:317 +0x8a".
 */
bool ll_goroutine_stack_is_complete(struct ll_str line);
/** Could it be the beginning of a line of a dump that was cut off there? */
bool ll_goroutine_stack_is_torn(struct ll_str line);

#endif
