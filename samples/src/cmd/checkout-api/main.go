// SPDX-License-Identifier: Apache-2.0

// Command checkout-api keeps carts, prices them, and offers shipping rates.
package main

import (
	"context"
	"flag"
	"log"
	"strings"
	"time"

	"example.com/fleet/internal/checkout/api"
	"example.com/fleet/internal/checkout/cart"
	"example.com/fleet/internal/checkout/pricing"
	"example.com/fleet/internal/checkout/shipping"
	"example.com/fleet/internal/platform/serve"
)

func main() {
	opts := serve.BindFlags(flag.CommandLine)
	cartTTL := flag.Duration("cart-ttl", 20*time.Minute, "age at which a cart is forgotten")
	cartBytes := flag.Int64("cart-bytes", 24<<20, "memory for carts")
	articles := flag.Int("articles", 60_000, "size of the price list")
	reload := flag.Duration("price-reload", 5*time.Minute, "how often the price list is fetched")
	partners := flag.String("partners", "http://127.0.0.1:18099", "base URL of the partner gateways")
	carriers := flag.String("carriers", "dhl,gls,ups", "carriers to ask")
	patience := flag.Duration("patience", 700*time.Millisecond, "how long a checkout waits for carriers")
	flag.Parse()

	var fleet []*shipping.Carrier
	for _, name := range strings.Split(*carriers, ",") {
		fleet = append(fleet, shipping.NewCarrier(name, *partners))
	}
	desk := shipping.NewDesk(fleet, "http://"+opts.Listen+"/v1/carrier-replies", *patience)
	carts := cart.NewStore(*cartBytes, *cartTTL)
	prices := pricing.NewBook(*articles)

	err := serve.Run(opts, serve.Service{
		Name:    "checkout-api",
		Handler: api.New(carts, prices, desk),
		Tasks: []serve.Task{
			serve.Every(*reload, prices.Reload),
			serve.Every(30*time.Second, carts.Sweep),
			serve.Every(time.Minute, func(now time.Time) {
				if n := desk.Expire(now.Add(-2 * time.Minute)); n > 0 {
					log.Printf("closed %d unanswered tickets", n)
				}
			}),
			func(ctx context.Context) {
				<-ctx.Done()
				desk.Close()
			},
		},
	})
	if err != nil {
		log.Fatal(err)
	}
}
