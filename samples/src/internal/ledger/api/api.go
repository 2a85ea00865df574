// SPDX-License-Identifier: Apache-2.0

// Package api is the HTTP surface of ledger-sync.
package api

import (
	"errors"
	"expvar"
	"io"
	"net/http"
	"strconv"
	"time"

	"example.com/fleet/internal/ledger/batch"
	"example.com/fleet/internal/ledger/book"
	"example.com/fleet/internal/platform/httpx"
)

const (
	maxBatch       = 8 << 20
	statementLines = 50
)

// API takes batches in and serves statements.
type API struct {
	book     *book.Book
	postings *expvar.Map
}

// New wires the handlers.
func New(b *book.Book) http.Handler {
	a := &API{book: b, postings: expvar.NewMap("postings")}
	mux := http.NewServeMux()
	mux.Handle("/v1/batches", httpx.Handler(a.batch))
	mux.Handle("/v1/accounts/", httpx.Handler(a.statement))
	mux.Handle("/v1/trial-balance", httpx.Handler(a.trialBalance))
	return mux
}

type booked struct {
	Booked   int    `json:"booked"`
	Rejected int    `json:"rejected"`
	LastSeq  uint64 `json:"last_seq"`
}

func (a *API) batch(w http.ResponseWriter, r *http.Request) error {
	postings, err := batch.Read(io.LimitReader(r.Body, maxBatch))
	if err != nil {
		return httpx.Errorf(http.StatusBadRequest, "batch: %v", err)
	}
	var answer booked
	for _, p := range postings {
		e, err := a.book.Post(p)
		if errors.Is(err, book.ErrNoAccount) {
			answer.Rejected++
			continue
		}
		if err != nil {
			return err
		}
		answer.Booked++
		answer.LastSeq = e.Seq
	}
	a.postings.Add("booked", int64(answer.Booked))
	a.postings.Add("rejected", int64(answer.Rejected))
	return httpx.WriteJSON(w, http.StatusCreated, answer)
}

// statement serves GET /v1/accounts/{number}.
func (a *API) statement(w http.ResponseWriter, r *http.Request) error {
	number, err := strconv.ParseUint(httpx.Tail(r, "/v1/accounts/")[0], 10, 64)
	if err != nil {
		return httpx.Errorf(http.StatusBadRequest, "account: %v", err)
	}
	lines, err := a.book.Statement(number, statementLines)
	if errors.Is(err, book.ErrNoAccount) {
		return httpx.Errorf(http.StatusNotFound, "no account %d", number)
	}
	if err != nil {
		return err
	}
	return httpx.WriteJSON(w, http.StatusOK, lines)
}

// trialBalance serves GET /v1/trial-balance as text, one account a line.
func (a *API) trialBalance(w http.ResponseWriter, _ *http.Request) error {
	const lineBytes = 40
	rows := a.book.TrialBalance(time.Now())
	text := make([]byte, 0, len(rows)*lineBytes)
	for _, row := range rows {
		text = strconv.AppendUint(text, row.Account, 10)
		text = strconv.AppendInt(append(text, ';'), row.Balance, 10)
		text = strconv.AppendInt(append(text, ';'), row.Month, 10)
		text = append(text, '\n')
	}
	w.Header().Set("Content-Type", "text/csv")
	w.Write(text)
	return nil
}
