// SPDX-License-Identifier: Apache-2.0

package index

import (
	"fmt"
	"testing"
)

func TestSearchFindsSealedAndFreshDocuments(t *testing.T) {
	x := New(4000, 8)
	for i := 0; i < 40; i++ {
		x.Add([]Document{{ID: uint64(i), Title: fmt.Sprintf("doc %d", i), Text: fmt.Sprintf("red green w%d", i)}})
	}
	if len(x.segments) == 0 {
		t.Fatal("nothing has been sealed")
	}
	for _, id := range []uint64{0, 20, 39} {
		hits := x.Search([]string{fmt.Sprintf("w%d", id)}, 5)
		if len(hits) != 1 || hits[0].ID != id {
			t.Errorf("document %d: %+v", id, hits)
		}
	}
	if hits := x.Search([]string{"green"}, 7); len(hits) != 7 {
		t.Errorf("%d hits, want 7", len(hits))
	}
}

func TestOldSegmentsAreForgotten(t *testing.T) {
	x := New(1, 3)
	for i := 0; i < 10; i++ {
		x.Add([]Document{{ID: uint64(i), Text: "word"}})
	}
	if hits := x.Search([]string{"word"}, 100); len(hits) != 3 {
		t.Errorf("%d documents are left, want 3", len(hits))
	}
}
