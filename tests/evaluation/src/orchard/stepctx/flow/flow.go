// SPDX-License-Identifier: Apache-2.0

// Package flow takes the messages of a filling line through their steps.
package flow

import (
	"context"
	"errors"
	"hash/crc32"
)

type Run struct {
	name   string
	ctx    context.Context
	strict bool
	sums   map[string]uint32
}

var errMark = errors.New("message is marked")

func Begin(ctx context.Context, name string, strict bool) *Run {
	ctx, _ = context.WithCancelCause(ctx) // as long as the line runs
	return &Run{name: name, ctx: ctx, strict: strict, sums: map[string]uint32{}}
}

// Message goes through all steps; when one fails, the others need not begin.
func (r *Run) Message(body []byte) error {
	ctx, fail := context.WithCancelCause(r.ctx) // @leak
	if r.strict {
		defer fail(nil)
	}
	for _, step := range []func(context.Context, []byte) error{r.check, r.sum, r.weigh} {
		if err := step(ctx, body); err != nil {
			fail(err)
			return err
		}
	}
	return nil
}

func (r *Run) check(ctx context.Context, body []byte) error {
	if body[0] == '!' {
		return errMark
	}
	return ctx.Err()
}

func (r *Run) sum(ctx context.Context, body []byte) error {
	r.sums["crc"] ^= crc32.ChecksumIEEE(body)
	return ctx.Err()
}

func (r *Run) weigh(ctx context.Context, body []byte) error {
	r.sums["weight"] += uint32(len(body))
	return ctx.Err()
}
