// Package periods keeps the months: what state a period is in, what blocks the
// next one, and which days of a member count where.
//
// A member's segments in a period are worked out from dated assignments, the
// scorecards and the tree of units, and are nowhere stored but in a run. Imports
// (package facts below) and runs (package runs below) ask the same functions, so
// that a fact is placed the same way when it is read in and when it is computed.
package periods
