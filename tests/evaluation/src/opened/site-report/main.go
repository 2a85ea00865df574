// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.org/meadow/internal/broker"
	"example.org/meadow/site-report/report"
)

func main() { broker.Main(3, report.New) }
