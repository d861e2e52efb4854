// Package store keeps the interactions of one contact centre in one SQLite file.
//
// The file is the only truth; the list engine of store/listing is loaded from it and follows
// every commit. One connection writes, several read. Exported methods own their transaction.
// Every read that answers a person passes the rights stored with the data: what is outside of
// them does not exist for the caller. Names of personal columns are declared in columns.go.
package store
