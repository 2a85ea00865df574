module go.example.org/tackle

go 1.19
