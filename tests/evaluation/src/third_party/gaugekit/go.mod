module github.com/tidewater-labs/gaugekit

go 1.19
