// SPDX-License-Identifier: Apache-2.0

// Package batch reads posting batches: one posting a line, fields separated by
// semicolons.
//
//	account;counter account;amount;currency;value date;reference;purpose
package batch

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"strconv"

	"example.com/fleet/internal/ledger/book"
)

const fields = 7

// Read parses a whole batch; a batch with a bad line is refused as a whole.
func Read(r io.Reader) ([]book.Posting, error) {
	var postings []book.Posting
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 0, 16<<10), 64<<10)
	for n := 1; lines.Scan(); n++ {
		p, err := parse(lines.Bytes())
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		postings = append(postings, p)
	}
	return postings, lines.Err()
}

func parse(line []byte) (book.Posting, error) {
	var p book.Posting
	cols := bytes.Split(line, []byte{';'})
	if len(cols) != fields {
		return p, fmt.Errorf("%d fields, want %d", len(cols), fields)
	}
	var err error
	if p.Account, err = strconv.ParseUint(string(cols[0]), 10, 64); err != nil {
		return p, err
	}
	if p.Counter, err = strconv.ParseUint(string(cols[1]), 10, 64); err != nil {
		return p, err
	}
	if p.Amount, err = strconv.ParseInt(string(cols[2]), 10, 64); err != nil {
		return p, err
	}
	if len(cols[3]) != len(p.Currency) {
		return p, fmt.Errorf("currency %q", cols[3])
	}
	copy(p.Currency[:], cols[3])
	date, err := strconv.ParseInt(string(cols[4]), 10, 32)
	if err != nil {
		return p, err
	}
	p.ValueDate = int32(date)
	copy(p.Reference[:], cols[5])
	copy(p.Purpose[:], cols[6])
	return p, nil
}
