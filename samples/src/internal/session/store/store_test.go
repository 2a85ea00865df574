// SPDX-License-Identifier: Apache-2.0

package store

import (
	"testing"
	"time"
)

func TestReapRemovesExpiredSessions(t *testing.T) {
	now := time.Unix(1_700_000_000, 0)
	st := New()
	gone, open := NewID(), NewID()
	st.Put(gone, Session{User: 1, Expires: now.Unix() - 1})
	st.Put(open, Session{User: 2, Expires: now.Unix() + 60})

	if n := st.Reap(now); n != 1 {
		t.Errorf("reaped %d sessions, want 1", n)
	}
	if _, ok := st.Touch(gone, now); ok {
		t.Error("the expired session is still there")
	}
	if s, ok := st.Touch(open, now); !ok || s.User != 2 {
		t.Error("the open session has gone")
	}
}

func TestIDSurvivesItsTextForm(t *testing.T) {
	id := NewID()
	got, err := ParseID(id.String())
	if err != nil || got != id {
		t.Errorf("got %v, %v, want %v", got, err, id)
	}
	if _, err := ParseID("abc"); err == nil {
		t.Error("a short id was accepted")
	}
}
