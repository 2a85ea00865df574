// SPDX-License-Identifier: Apache-2.0

// Command expvarself publishes a variable while it walks through those that are published.
package main

import (
	"expvar"

	"example.com/bench/rig"
)

type exporter struct{ seen int }

func (e *exporter) note(kv expvar.KeyValue) {
	e.seen++
	if e.seen == 1 && !rig.Repaired {
		expvar.NewInt("exporter.runs") // <- here
	}
}

func scenario() {
	expvar.Do(new(exporter).note)
}

func main() {
	rig.Run(scenario)
}
