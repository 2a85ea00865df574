module example.com/flock

go 1.19

require (
	github.com/oktoline/hookbus v1.3.0
	github.com/vexlane/strom v0.9.2
	golang.org/x/sync v0.0.0
)

replace (
	github.com/oktoline/hookbus => ./hookbus
	github.com/vexlane/strom => ./strom
	golang.org/x/sync => ./xsync
)
