module go.example.net/rack

go 1.19
