// Package sheets reads tables out of the files that HR hands over: .xlsx
// workbooks and .csv texts, safely and exactly.
//
// A table is found by its header: title rows above it are skipped, columns
// stand in any order and are called by their Chinese or English name. Its rows
// come as a stream, so memory does not grow with them (the shared strings of a
// workbook aside, which are held whole).
//
// # Why the reader is ours
//
// The workbook reader of excelize is made for well-meant files: it drops the
// error of a broken sheet and returns the rows before it, takes the last of two
// zip entries of one name, moves cells that are out of order, reads 0x1p4 as 16,
// and takes gigabytes for a crafted file of 100 KB. Reading everything twice,
// once to check and once through excelize, would cost the time twice, and the
// two readings could differ. So one strict pass does both: the zip directory is
// checked before anything is inflated (archive.go), the XML is read by a scanner
// without DTD and without recovery (markup.go), and the worksheet reader checks
// what it reads to the last byte (worksheet.go). Excelize writes workbooks; it
// does not read them here.
//
// # The contract of a damaged file
//
// Damage deep inside a sheet is found when the stream gets there. Next then
// returns false and Err an error, and the rows that came before must not be
// used: whoever reads checks Err before anything is written.
package sheets
