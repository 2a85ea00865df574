module example.net/simulation

go 1.19
