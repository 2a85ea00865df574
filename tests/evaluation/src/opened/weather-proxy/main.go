// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.org/meadow/internal/broker"
	"example.org/meadow/weather-proxy/weather"
)

func main() { broker.Main(2, weather.New) }
