package access

import "slices"

// program are the names under which the program itself stands on record where no
// user does something: who serves, who makes the first administrator, the operator of
// the machine, whoever has not signed in, the first roles, and what loads, measures and breaks trial
// banks. A test of the whole source finds a name that is not here.
var program = []string{"server", "bootstrap", "operator", "anonymous", "steelyard", "demo", "bench", "crash"}

// IsProgram says whether a name, in small letters, is one of the program's own on
// record. No user may be called so.
func IsProgram(name string) bool { return slices.Contains(program, name) }
