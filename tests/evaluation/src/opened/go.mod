module example.org/meadow

go 1.19

require (
	example.net/simulation v0.1.0
	github.com/fernhill/sinkgroup v0.9.2
)

replace (
	example.net/simulation => ../simulation
	github.com/fernhill/sinkgroup => ../third_party/sinkgroup
)
