// SPDX-License-Identifier: Apache-2.0

package book

import (
	"errors"
	"testing"
	"time"

	"example.com/fleet/internal/ledger/fx"
)

func TestStatementShowsTheNewestEntriesFirst(t *testing.T) {
	b := New(10, fx.New(time.Now()))
	account, other := accountNumber(3), accountNumber(4)
	for i := int64(1); i <= 5; i++ {
		for _, number := range []uint64{account, other} {
			if _, err := b.Post(Posting{Account: number, Amount: i * 100, Currency: fx.Currency{'E', 'U', 'R'}}); err != nil {
				t.Fatal(err)
			}
		}
	}

	lines, err := b.Statement(account, 3)

	if err != nil || len(lines) != 3 {
		t.Fatalf("%d lines, %v", len(lines), err)
	}
	for i, want := range []int64{500, 400, 300} {
		if lines[i].Amount != want {
			t.Errorf("line %d: amount %d, want %d", i, lines[i].Amount, want)
		}
	}
	if lines[0].Balance != 1500 {
		t.Errorf("balance %d, want 1500", lines[0].Balance)
	}
}

func TestPostingToAnUnknownAccountIsRefused(t *testing.T) {
	b := New(1, fx.New(time.Now()))
	if _, err := b.Post(Posting{Account: 1}); !errors.Is(err, ErrNoAccount) {
		t.Errorf("got %v", err)
	}
}
