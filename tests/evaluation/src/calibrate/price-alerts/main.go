// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.com/harbor/internal/web"
	"example.com/harbor/price-alerts/alerts"
)

func main() { web.Main(3, alerts.New) }
