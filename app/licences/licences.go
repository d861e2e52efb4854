// Package licences carries the licence texts of all software of others that is in the program.
package licences

import _ "embed"

// Text names each module with its version and the full texts of its licences.
//
//go:embed licences.txt
var Text string
