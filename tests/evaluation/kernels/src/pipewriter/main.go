// SPDX-License-Identifier: Apache-2.0

package main

// expect class=goroutine wait=(select|chan) says=(?i)(pipe|read|close)
import (
	"encoding/json"
	"errors"
	"io"
	"time"

	_ "example.com/shop/probe"
)

func upload(doc any) error {
	pr, pw := io.Pipe()
	go func() {
		json.NewEncoder(pw).Encode(doc) // <- here
		pw.Close()
	}()
	return send(pr)
}

func send(r io.Reader) error {
	return errors.New("connection refused")
}

func main() {
	for i := 0; i < 22; i++ {
		upload(map[string]int{"n": i})
	}
	time.Sleep(time.Hour)
}
