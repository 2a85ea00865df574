// SPDX-License-Identifier: Apache-2.0

// Package api is the HTTP surface of quote-proxy.
package api

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"example.com/fleet/internal/platform/httpx"
	"example.com/fleet/internal/quote/board"
	"example.com/fleet/internal/quote/desk"
	"example.com/fleet/internal/quote/upstream"
)

const maxBasket = 20

// API answers quote requests.
type API struct {
	desk  *desk.Desk
	board *board.Board
}

// New wires the handlers.
func New(d *desk.Desk, b *board.Board) http.Handler {
	a := &API{desk: d, board: b}
	mux := http.NewServeMux()
	mux.Handle("/v1/quotes/", httpx.Handler(a.quote))
	mux.Handle("/v1/baskets", httpx.Handler(a.basket))
	mux.Handle("/v1/movers", httpx.Handler(a.movers))
	return mux
}

func (a *API) quote(w http.ResponseWriter, r *http.Request) error {
	symbol := httpx.Tail(r, "/v1/quotes/")[0]
	if !a.board.Knows(symbol) {
		return httpx.Errorf(http.StatusNotFound, "no instrument %q", symbol)
	}
	q, err := a.desk.Quote(r.Context(), symbol)
	if err != nil {
		return gatewayError(err)
	}
	return httpx.WriteJSON(w, http.StatusOK, q)
}

func (a *API) basket(w http.ResponseWriter, r *http.Request) error {
	symbols := strings.Split(r.URL.Query().Get("symbols"), ",")
	if len(symbols) > maxBasket {
		return httpx.Errorf(http.StatusBadRequest, "at most %d symbols", maxBasket)
	}
	quotes := make([]*upstream.Quote, 0, len(symbols))
	for _, symbol := range symbols {
		if !a.board.Knows(symbol) {
			continue
		}
		q, err := a.desk.Quote(r.Context(), symbol)
		if err != nil {
			return gatewayError(err)
		}
		quotes = append(quotes, q)
	}
	return httpx.WriteJSON(w, http.StatusOK, quotes)
}

func (a *API) movers(w http.ResponseWriter, _ *http.Request) error {
	return httpx.WriteJSON(w, http.StatusOK, a.board.Movers(50))
}

func gatewayError(err error) error {
	if errors.Is(err, context.DeadlineExceeded) {
		return httpx.Errorf(http.StatusGatewayTimeout, "the exchange did not answer in time")
	}
	return httpx.Errorf(http.StatusBadGateway, "%v", err)
}
