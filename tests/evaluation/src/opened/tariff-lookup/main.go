// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.org/meadow/internal/broker"
	"example.org/meadow/tariff-lookup/tariffs"
)

func main() { broker.Main(2, tariffs.New) }
