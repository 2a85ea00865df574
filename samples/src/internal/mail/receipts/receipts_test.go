// SPDX-License-Identifier: Apache-2.0

package receipts

import (
	"testing"
	"time"
)

func TestDigestSumsFullLanesUp(t *testing.T) {
	b := NewBook()
	for i := 0; i < 2*laneDepth+1; i++ {
		code := uint16(250)
		if i%4 == 0 {
			code = 450
		}
		b.Record("t01", Receipt{Code: code, Submitted: 0, Answered: int64(time.Second)})
	}

	d := b.Digest("t01")

	if d.Delivered+d.Deferred != 2*laneDepth {
		t.Errorf("%d receipts in the digest, want %d", d.Delivered+d.Deferred, 2*laneDepth)
	}
	if d.Deferred != laneDepth/2 || d.Bounced != 0 || d.Slowest != time.Second {
		t.Errorf("digest %+v", d)
	}
	if again := b.Digest("t01"); again.Delivered != 0 {
		t.Errorf("the same receipts were told twice: %+v", again)
	}
}
