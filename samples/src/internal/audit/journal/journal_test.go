// SPDX-License-Identifier: Apache-2.0

package journal

import (
	"bytes"
	"testing"
)

type memory struct{ bytes.Buffer }

func (*memory) Sync() error { return nil }

func TestFlushWritesEveryEntryOnce(t *testing.T) {
	var sink memory
	j := New("t01", &sink)
	for i := 0; i < 5; i++ {
		j.Append(Entry{Actor: uint32(i)})
	}
	if n, err := j.Flush(); n != 5 || err != nil {
		t.Fatalf("flushed %d, %v", n, err)
	}
	j.Append(Entry{Actor: 9})
	if n, err := j.Flush(); n != 1 || err != nil {
		t.Fatalf("flushed %d, %v", n, err)
	}
	if sink.Len() != 6*entryBytes {
		t.Errorf("%d bytes in the sink, want %d", sink.Len(), 6*entryBytes)
	}
}

func TestVerifyFindsAChangedEntry(t *testing.T) {
	var sink memory
	j := New("t01", &sink)
	for i := 0; i < 10; i++ {
		j.Append(Entry{Actor: uint32(i)})
	}
	if err := j.Verify(10); err != nil {
		t.Fatal(err)
	}
	j.entries[6].Actor = 77
	if err := j.Verify(10); err == nil {
		t.Error("the change was not noticed")
	}
}
