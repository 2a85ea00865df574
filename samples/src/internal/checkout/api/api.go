// SPDX-License-Identifier: Apache-2.0

// Package api is the HTTP surface of checkout-api.
package api

import (
	"encoding/json"
	"net/http"
	"time"

	"example.com/fleet/internal/checkout/cart"
	"example.com/fleet/internal/checkout/pricing"
	"example.com/fleet/internal/checkout/shipping"
	"example.com/fleet/internal/platform/httpx"
)

// API answers cart and checkout requests.
type API struct {
	carts  *cart.Store
	prices *pricing.Book
	desk   *shipping.Desk
}

// New wires the handlers.
func New(carts *cart.Store, prices *pricing.Book, desk *shipping.Desk) http.Handler {
	a := &API{carts: carts, prices: prices, desk: desk}
	mux := http.NewServeMux()
	mux.Handle("/v1/carts/", httpx.Handler(a.cart))
	mux.Handle("/v1/carrier-replies", httpx.Handler(a.carrierReply))
	return mux
}

func (a *API) cart(w http.ResponseWriter, r *http.Request) error {
	tail := httpx.Tail(r, "/v1/carts/")
	id := tail[0]
	switch {
	case len(tail) == 2 && tail[1] == "checkout" && r.Method == http.MethodPost:
		return a.checkout(w, r, id)
	case r.Method == http.MethodPut:
		return a.saveCart(w, r, id)
	case r.Method == http.MethodGet:
		return a.showCart(w, id)
	}
	return httpx.Errorf(http.StatusMethodNotAllowed, "%s is not supported here", r.Method)
}

func (a *API) saveCart(w http.ResponseWriter, r *http.Request, id string) error {
	var c cart.Cart
	if err := httpx.ReadJSON(r, 64<<10, &c); err != nil {
		return err
	}
	c.ID = id
	a.carts.Save(&c)
	return httpx.WriteJSON(w, http.StatusOK, a.total(&c))
}

func (a *API) showCart(w http.ResponseWriter, id string) error {
	c, ok := a.carts.Find(id)
	if !ok {
		return httpx.Errorf(http.StatusNotFound, "no cart %q", id)
	}
	return httpx.WriteJSON(w, http.StatusOK, a.total(c))
}

type pricedLine struct {
	cart.Line
	Title string `json:"title"`
	Gross int64  `json:"gross"`
}

type pricedCart struct {
	ID    string       `json:"id"`
	Lines []pricedLine `json:"lines"`
	Gross int64        `json:"gross"`
	Grams uint32       `json:"grams"`
}

func (a *API) total(c *cart.Cart) pricedCart {
	p := pricedCart{ID: c.ID, Lines: make([]pricedLine, 0, len(c.Lines))}
	for _, l := range c.Lines {
		price, ok := a.prices.Find(l.SKU)
		if !ok {
			continue
		}
		gross := price.Gross(l.Pieces)
		p.Lines = append(p.Lines, pricedLine{Line: l, Title: price.Title, Gross: gross})
		p.Gross += gross
		p.Grams += price.Grams * uint32(l.Pieces)
	}
	return p
}

type offer struct {
	Cart  pricedCart      `json:"cart"`
	Rates []shipping.Rate `json:"rates"`
	Until time.Time       `json:"until"`
}

func (a *API) checkout(w http.ResponseWriter, r *http.Request, id string) error {
	c, ok := a.carts.Find(id)
	if !ok {
		return httpx.Errorf(http.StatusNotFound, "no cart %q", id)
	}
	priced := a.total(c)
	rates := a.desk.Quote(r.Context(), shipping.RateRequest{
		Postcode: c.Postcode,
		Grams:    priced.Grams,
		Express:  r.URL.Query().Get("express") == "1",
	})
	if len(rates) == 0 {
		return httpx.Errorf(http.StatusServiceUnavailable, "no carrier delivers to %q", c.Postcode)
	}
	a.carts.Bought(id)
	return httpx.WriteJSON(w, http.StatusOK, offer{
		Cart: priced, Rates: rates, Until: time.Now().Add(10 * time.Minute),
	})
}

func (a *API) carrierReply(w http.ResponseWriter, r *http.Request) error {
	var rate shipping.Rate
	if err := json.NewDecoder(r.Body).Decode(&rate); err != nil {
		return httpx.Errorf(http.StatusBadRequest, "bad rate: %v", err)
	}
	if !a.desk.Deliver(rate) {
		return httpx.Errorf(http.StatusGone, "ticket %d is closed", rate.Ticket)
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}
