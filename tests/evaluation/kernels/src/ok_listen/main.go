// SPDX-License-Identifier: Apache-2.0

package main

// expect none
import (
	"net/http"
	_ "net/http/pprof"

	_ "example.com/shop/probe"
)

func main() {
	http.ListenAndServe("127.0.0.1:0", nil)
}
