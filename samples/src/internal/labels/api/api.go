// SPDX-License-Identifier: Apache-2.0

// Package api is the HTTP interface of label-printer.
package api

import (
	"net/http"

	"example.com/fleet/internal/labels/proof"
	"example.com/fleet/internal/labels/raster"
	"example.com/fleet/internal/labels/spool"
)

// New returns the handler: GET /label?parcel=P&depot=D draws a label.
func New(queue *spool.Queue, proofs *proof.Archive) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/label", func(w http.ResponseWriter, r *http.Request) {
		parcel, depot := r.URL.Query().Get("parcel"), r.URL.Query().Get("depot")
		if parcel == "" || depot == "" {
			http.Error(w, "parcel and depot are needed", http.StatusBadRequest)
			return
		}
		dots := raster.Draw(parcel)
		queue.Put(&spool.Label{Parcel: parcel, Depot: depot, Dots: dots})
		proofs.Add(parcel, depot, dots)
		w.Header().Set("Content-Type", "application/octet-stream")
		w.Write(dots)
	})
	return mux
}
