// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.org/meadow/internal/broker"
	"example.org/meadow/json-echo/echo"
)

func main() { broker.Main(1, echo.New) }
