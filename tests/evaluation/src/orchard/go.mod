module example.net/orchard

go 1.19
