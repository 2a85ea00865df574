// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.org/meadow/internal/broker"
	"example.org/meadow/label-index/labels"
)

func main() { broker.Main(3, labels.New) }
