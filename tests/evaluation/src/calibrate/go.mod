module example.com/harbor

go 1.19

require (
	example.net/simulation v0.1.0
	github.com/coldspring/meterkit v0.4.0
	github.com/saltmarsh/shelfcache v1.1.0
	github.com/tidewater-labs/gaugekit v1.3.0
)

replace (
	example.net/simulation => ../simulation
	github.com/coldspring/meterkit => ../third_party/meterkit
	github.com/saltmarsh/shelfcache => ../third_party/shelfcache
	github.com/tidewater-labs/gaugekit => ../third_party/gaugekit
)
