// Package scoring turns scorecards and inputs into explained results, exactly.
//
// It is arithmetic alone: no clock, no database, no network, no floats. Figures
// are decimals or fractions ([Number]); a result is rounded only where the rules
// say so, half away from zero. A period's members are added one by one to an
// [Evaluation], which keeps of each what is needed once the peers are known.
package scoring
