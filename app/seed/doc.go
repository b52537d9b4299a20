// Package seed builds the demo bank: a head office, three branches, twelve
// outlets and 240 people over twelve months, with the awkward cases of scoring
// on purpose. What it builds are tables as a bank's files would hold them, and
// it loads them through the same services as any file. The same day gives the
// same bank.
package seed
