// SPDX-License-Identifier: Apache-2.0
package main

import (
	"bytes"
	"compress/gzip"
	"net/http"
	"sync"
	"time"

	"example.net/orchard/yard"
)

var writers = sync.Pool{New: func() interface{} { return gzip.NewWriter(nil) }}

// pack holds a compressor, of close to a megabyte, as long as the answer takes.
func pack(w http.ResponseWriter, body []byte) {
	z := writers.Get().(*gzip.Writer)
	defer writers.Put(z)
	var b bytes.Buffer
	z.Reset(&b)
	z.Write(body)
	time.Sleep(400 * time.Millisecond) // the body comes in two parts
	z.Write(body)
	z.Close()
	w.Write(b.Bytes())
}

func main() {
	y := yard.Open()
	http.HandleFunc("/album", func(w http.ResponseWriter, r *http.Request) {
		body := make([]byte, 3000+y.Intn(9000))
		y.Fill(body)
		w.Header().Set("Content-Encoding", "gzip")
		pack(w, body)
	})
	y.Ask(1, func(int) (string, []byte) { return "/album", nil })
	// school classes: some dozens at once, every now and then
	y.Pace(0.03, func(int) {
		for i := 20 + y.Intn(50); i > 0; i-- {
			y.Ask1("/album")
		}
	})
	y.Wait()
}
