// SPDX-License-Identifier: Apache-2.0

// Command partners serves the imitated partner companies of the test bench.
package main

import (
	"flag"
	"log"
	"net/http"

	"example.com/fleet/internal/partner"
)

func main() {
	listen := flag.String("listen", "127.0.0.1:18099", "address to serve on")
	seed := flag.Int64("seed", 1, "seed of the random behaviour")
	flag.Parse()
	log.Fatal(http.ListenAndServe(*listen, partner.New(partner.DefaultBehaviour(), *seed)))
}
