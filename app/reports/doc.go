// Package reports makes the workbooks of a month: R01, the summary of scores,
// and R02, the personal scorecards that work their figures out again by live
// formulas. It reads results through a Source and knows neither database nor user.
package reports
