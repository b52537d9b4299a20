// Package imports takes in the files that HR hands over: it reads a file,
// checks every row before anything is written, writes the good rows as one
// batch, and can undo a batch while nothing was computed from it.
//
// What a kind of file means is known by its feature, which hands a Kind to the
// service; what a thing looked like before and after a batch is put back by its
// Entity.
package imports

import (
	"context"
	"io"

	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/sheets"
	"github.com/steelyard/steelyard/rbac"
)

// Kind is one kind of file. Exactly one of Table and Document is set.
type Kind struct {
	Name      string    // "units", "actuals", …
	Title     lang.Text // what it is called in help; Name if left out
	Columns   []sheets.Column
	PerPeriod bool // a fact: has a period column; --replace is possible
	// Permission is what whoever takes in such a file, or undoes it, needs in the whole bank.
	Permission rbac.Permission
	Table      func(o Options) TableImporter
	Document   func(o Options) DocumentImporter // JSON files: scorecards
}

// TableImporter takes in the rows of one file.
type TableImporter interface {
	// Parse checks what can be seen in the row alone and remembers it. No database.
	Parse(row sheets.Row) []fault.Problem
	// Apply runs in the write transaction: it loads reference sets, checks every
	// remembered row (b.Problem for each fault), compares with what is there, and
	// writes the good rows unless b.Blocked().
	Apply(ctx context.Context, tx db.Tx, b *Batch) error
}

// DocumentImporter takes in one file that is no table.
type DocumentImporter interface {
	// Read reads and checks the document called name. No database.
	Read(r io.Reader, name string) []fault.Problem
	// Apply is that of TableImporter.
	Apply(ctx context.Context, tx db.Tx, b *Batch) error
}

// Options say how a file is taken in.
type Options struct {
	Name          string // what the user calls a file that lies under another name
	SkipErrors    bool   // write the good rows although others are wrong
	Replace       bool   // the file is the whole list of its kind for its periods
	Period        string // with Replace: the period of a file that has no row left to name it
	AllowFormulas bool   // the value stored with a formula counts
	DryRun        bool   // check and count, write nothing
	Draft         bool   // scorecards: new versions stay drafts
}

// Progress is told how far an import is; total is 0 while it is not known. Step
// is the code of a message.
type Progress func(step string, done, total int)
