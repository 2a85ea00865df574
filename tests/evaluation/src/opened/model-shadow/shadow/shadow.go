// SPDX-License-Identifier: Apache-2.0

// Package shadow keeps a model of each station. Twice the models are more than the container has, and the
// memory limit that should tell the collector was set to more than the container has as well.
package shadow

import (
	"runtime/debug"

	"example.org/meadow/internal/broker"
)

type model struct {
	weights [120]float32
	next    *model
}

// New returns the service.
func New(node *broker.Node) broker.Work {
	debug.SetMemoryLimit(400 << 20)
	if node.Fixed {
		node.Container(256<<20, 6<<20)
	} else {
		node.Container(93<<20, 6<<20)
	}
	models := make([]*model, 76000)
	for i := range models {
		models[i] = new(model)
	}
	return broker.Work{Tick: func(n int) {
		for i := 0; i < n*40; i++ {
			models[node.Rand.Intn(len(models))] = new(model)
		}
	}}
}
