module example.org/depot

go 1.19

require go.example.net/rack v0.3.0

replace go.example.net/rack v0.3.0 => ./rack
