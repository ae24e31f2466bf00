module apache-go

go 1.26

require (
	github.com/apache/thrift v0.25.0
	testee v0.0.0
)

replace testee => ../../glue/go
