// SPDX-License-Identifier: Apache-2.0

// Package httpx holds the request and response conventions of the fleet.
package httpx

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
)

// Error is an error with the status it is answered with.
type Error struct {
	Status int
	Text   string
}

func (e *Error) Error() string { return e.Text }

// Errorf returns an *Error.
func Errorf(status int, format string, args ...any) error {
	return &Error{Status: status, Text: fmt.Sprintf(format, args...)}
}

// Handler is an HTTP handler that may fail.
type Handler func(w http.ResponseWriter, r *http.Request) error

func (h Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	err := h(w, r)
	if err == nil {
		return
	}
	status := http.StatusInternalServerError
	var e *Error
	if errors.As(err, &e) {
		status = e.Status
	}
	http.Error(w, err.Error(), status)
}

// ReadJSON decodes a request body of at most limit bytes into v.
func ReadJSON(r *http.Request, limit int64, v any) error {
	dec := json.NewDecoder(io.LimitReader(r.Body, limit))
	if err := dec.Decode(v); err != nil {
		return Errorf(http.StatusBadRequest, "bad request body: %v", err)
	}
	return nil
}

// WriteJSON answers with v. A client that has gone away is not an error.
func WriteJSON(w http.ResponseWriter, status int, v any) error {
	body, err := json.Marshal(v)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	w.Write(body)
	return nil
}

// Tail returns the path elements of r after prefix: Tail(r, "/v1/carts/") of
// "/v1/carts/42/checkout" is ["42", "checkout"].
func Tail(r *http.Request, prefix string) []string {
	return strings.Split(strings.Trim(strings.TrimPrefix(r.URL.Path, prefix), "/"), "/")
}
