// SPDX-License-Identifier: Apache-2.0

// Package intake reads uploaded documents.
package intake

import (
	"io"
	"net/http"

	"example.com/fleet/internal/platform/httpx"
)

// MaxBytes is the largest document that gets a preview.
const MaxBytes = 256 << 10

// Document is an upload.
type Document struct {
	ID   string
	Type string
	Body []byte
}

// Read takes the document out of a request.
func Read(id string, r *http.Request) (*Document, error) {
	if r.ContentLength <= 0 {
		return nil, httpx.Errorf(http.StatusLengthRequired, "a document needs a length")
	}
	if r.ContentLength > MaxBytes {
		return nil, httpx.Errorf(http.StatusRequestEntityTooLarge, "at most %d bytes", MaxBytes)
	}
	body := make([]byte, r.ContentLength)
	if _, err := io.ReadFull(r.Body, body); err != nil {
		return nil, httpx.Errorf(http.StatusBadRequest, "document %q: %v", id, err)
	}
	return &Document{ID: id, Type: r.Header.Get("Content-Type"), Body: body}, nil
}
