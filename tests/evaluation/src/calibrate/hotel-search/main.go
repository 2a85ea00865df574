// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.com/harbor/hotel-search/hotels"
	"example.com/harbor/internal/web"
)

func main() { web.Main(3, hotels.New) }
