// SPDX-License-Identifier: Apache-2.0
package wire // a small RPC library: streams of frames over one link

import "context"

type Frame struct {
	Seq  int
	Body []byte
}

type Stream struct {
	ctx    context.Context
	frames chan Frame
	inbox  []Frame
}

func Open(ctx context.Context) *Stream {
	return &Stream{ctx: ctx, frames: make(chan Frame, 4)}
}

// Recv waits for the next frame or the end of the call.
func (s *Stream) Recv() (Frame, error) {
	select { // @also
	case f := <-s.frames:
		return f, nil
	case <-s.ctx.Done():
		return Frame{}, s.ctx.Err()
	}
}

func (s *Stream) Push(f Frame) {
	select {
	case s.frames <- f:
	default:
	}
}
