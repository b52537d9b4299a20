// Package api is the contract of the HTTP API, and what is generated from it:
// models and the interface that the server implements. Package client is what
// calls it.
package api

import _ "embed"

//go:generate go tool -modfile=../../.tools/go.mod oapi-codegen -config server.yaml openapi.yaml
//go:generate go tool -modfile=../../.tools/go.mod oapi-codegen -config client/client.yaml openapi.yaml

// Contract is the contract as it is written: OpenAPI 3.0.3 in YAML.
//
//go:embed openapi.yaml
var Contract []byte
