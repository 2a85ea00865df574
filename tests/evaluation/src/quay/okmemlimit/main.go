// SPDX-License-Identifier: Apache-2.0
// env: GOGC=off GOMEMLIMIT=120MiB
package main

import "example.net/quay/kit"

func main() {
	app := kit.Start()
	keep := make([]string, 20000)
	app.Load(200, func(i int) { keep[i%len(keep)] = app.Text(700) })
	app.Wait()
}
