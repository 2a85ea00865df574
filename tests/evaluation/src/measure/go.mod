module example.net/lantern

go 1.19

require (
	example.net/simulation v0.1.0
	github.com/larchway/weftkit v1.0.4
	github.com/oakmere/gatekit v0.8.1
)

replace (
	example.net/simulation => ../simulation
	github.com/larchway/weftkit => ../third_party/weftkit
	github.com/oakmere/gatekit => ../third_party/gatekit
)
