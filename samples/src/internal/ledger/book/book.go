// SPDX-License-Identifier: Apache-2.0

// Package book keeps the balances of accounts and posts entries to them.
package book

import (
	"errors"
	"sort"
	"sync"
	"time"

	"example.com/fleet/internal/ledger/fx"
)

// ErrNoAccount is returned for a posting to an account that is not in the book.
var ErrNoAccount = errors.New("no such account")

// Posting is an order to move money, as it comes in a batch.
type Posting struct {
	Account   uint64
	Counter   uint64
	Amount    int64 // minor units
	Currency  fx.Currency
	ValueDate int32     // days since 1970
	Reference [35]byte  // end-to-end reference
	Purpose   [140]byte // remittance information
}

// Entry is a posting that has been booked.
type Entry struct {
	Posting
	link
	Seq     uint64
	Booked  int64 // Unix nanoseconds
	Rate    float64
	Balance int64 // of the account, after the entry
}

// Account is a row of the book.
type Account struct {
	Number   uint64
	Balance  int64
	Turnover [12]int64 // by month
	Entries  uint64
	tail
}

// Book is safe for concurrent use.
type Book struct {
	rates *fx.Rates

	mu       sync.Mutex
	seq      uint64
	accounts map[uint64]*Account
	history  history
}

// New returns a book with n accounts.
func New(n int, rates *fx.Rates) *Book {
	b := &Book{rates: rates, accounts: make(map[uint64]*Account, n)}
	for i := 1; i <= n; i++ {
		number := accountNumber(i)
		b.accounts[number] = &Account{Number: number}
	}
	return b
}

// accountNumber is the i-th number of the range that this book is in charge of.
func accountNumber(i int) uint64 { return 5_000_000_000 + uint64(i)*7 }

// Post books p and returns the entry.
func (b *Book) Post(p Posting) (*Entry, error) {
	rate := b.rates.Today(p.Currency)
	now := time.Now()

	b.mu.Lock()
	defer b.mu.Unlock()
	a := b.accounts[p.Account]
	if a == nil {
		return nil, ErrNoAccount
	}
	amount := int64(float64(p.Amount) * rate)
	b.seq++
	e := &Entry{
		Posting: p,
		Seq:     b.seq,
		Booked:  now.UnixNano(),
		Rate:    rate,
		Balance: a.Balance + amount,
	}
	a.Balance = e.Balance
	a.Turnover[now.UTC().Month()-1] += amount
	a.Entries++
	b.history.add(a, e)
	return e, nil
}

// Line is a row of a statement.
type Line struct {
	Seq       uint64 `json:"seq"`
	Booked    int64  `json:"booked"`
	Amount    int64  `json:"amount"`
	Balance   int64  `json:"balance"`
	Reference string `json:"reference"`
}

// Statement returns up to n of the newest entries of an account.
func (b *Book) Statement(number uint64, n int) ([]Line, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	a := b.accounts[number]
	if a == nil {
		return nil, ErrNoAccount
	}
	var lines []Line
	b.history.walk(a, func(e *Entry) bool {
		lines = append(lines, Line{
			Seq: e.Seq, Booked: e.Booked, Amount: e.Amount, Balance: e.Balance,
			Reference: string(e.Reference[:]),
		})
		return len(lines) < n
	})
	return lines, nil
}

// Balance is a row of the trial balance.
type Balance struct {
	Account uint64
	Balance int64
	Month   int64 // turnover of the running month
}

// TrialBalance returns the balances of all accounts that have been used, by
// account number.
func (b *Book) TrialBalance(now time.Time) []Balance {
	month := now.UTC().Month() - 1
	b.mu.Lock()
	rows := make([]Balance, 0, len(b.accounts))
	for _, a := range b.accounts {
		if a.Entries > 0 {
			rows = append(rows, Balance{a.Number, a.Balance, a.Turnover[month]})
		}
	}
	b.mu.Unlock()
	sort.Slice(rows, func(i, j int) bool { return rows[i].Account < rows[j].Account })
	return rows
}

// Totals sums the book up.
func (b *Book) Totals() (accounts int, entries uint64, balance int64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, a := range b.accounts {
		entries += a.Entries
		balance += a.Balance
	}
	return len(b.accounts), entries, balance
}
