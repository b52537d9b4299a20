// Package scenario proves the program from outside: over HTTP, as the users it
// has, with the client that is made from its contract.
package scenario
