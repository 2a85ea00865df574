// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.com/harbor/internal/web"
	"example.com/harbor/offer-expiry/offers"
)

func main() { web.Main(1, offers.New) }
