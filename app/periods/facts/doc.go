// Package facts imports what a period is scored from: targets, actuals, surveys,
// events, adjustments, vetoes and reviews.
//
// One machinery serves all seven; a kind is a description: which columns, which
// of them identify a row, which values it carries, and what is to be checked
// against the member's scorecards. Whatever scoring would call an input error is
// found here, so that a run never meets one.
//
// Facts are never overwritten. A row that changes ends the row in force
// (ended_batch_id) and stands beside it; a row that stays the same is not touched.
//
// # What stands for what
//
// A row is identified by its key columns, unit and position among them. Where a
// file gives a value for the segment of a row in force that has another unit or
// position written (or none), the new row takes that row's place, targets aside:
// a target that names no place serves every segment, and one that names a place
// takes over there.
package facts
