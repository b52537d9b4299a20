package sheets

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
)

// Limits bound what a file may ask of the machine.
type Limits struct {
	Rows     int   // below the header, blank ones and gaps included
	Cells    int   // below the header: each row counts up to its last cell
	Bytes    int64 // of the file
	Unpacked int64 // of all the parts of a workbook
	// CSVRowsUnlimited lifts the limits of rows and cells for CSV: a text is read
	// as a stream and costs no memory.
	CSVRowsUnlimited bool
}

// DefaultLimits gives the limits that are the same everywhere.
func DefaultLimits() Limits {
	return Limits{Rows: 200_000, Cells: 4_000_000, Bytes: 50_000_000, Unpacked: 512 << 20}
}

// filled gives the limits with the defaults for those that are not set.
func (l Limits) filled() Limits {
	usual := DefaultLimits()
	l.Rows = cmp.Or(l.Rows, usual.Rows)
	l.Cells = cmp.Or(l.Cells, usual.Cells)
	l.Bytes = cmp.Or(l.Bytes, usual.Bytes)
	l.Unpacked = min(cmp.Or(l.Unpacked, usual.Unpacked), unpackedMost)
	return l
}

// unpackedMost keeps the places of shared strings within 32 bits.
const unpackedMost = 2 << 30

// Options say how a file is read. The zero value has the default limits.
type Options struct {
	Limits Limits // those that are 0 are the default ones
	Name   string // what the user calls a file that lies under another name; for Open
	// AllowFormulas takes the value stored with a formula for the cell's value;
	// otherwise such a cell is a problem.
	AllowFormulas bool
}

// File is an opened file whose kind and outer form are checked.
type File struct {
	Name   string // without its folder
	SHA256 string // of its bytes, in hex

	content io.ReaderAt
	size    int64
	options Options
	closer  io.Closer
	book    *workbook // nil for a text
	text    encodingKind
	returns bool // the lines of the text end with CR alone
}

// Open opens the file at path and checks what can be checked without reading
// its table: kind by content and name, size, encryption, active content, the
// zip directory. The error is a *fault.Error.
func Open(path string, opts Options) (*File, error) {
	name := cmp.Or(opts.Name, filepath.Base(path))
	info, err := os.Stat(path)
	if err != nil {
		return nil, named(unreadable(err), name)
	}
	if !info.Mode().IsRegular() {
		return nil, named(refuse("file.not_a_file", nil), name)
	}
	content, err := os.Open(path)
	if err != nil {
		return nil, named(unreadable(err), name)
	}
	file, err := OpenReader(content, info.Size(), name, opts)
	if err != nil {
		closeQuietly(content)
		return nil, err
	}
	file.closer = content
	return file, nil
}

// OpenReader is Open for content that is not a file of its own, such as an
// upload; name is what the user calls it.
func OpenReader(content io.ReaderAt, size int64, name string, opts Options) (*File, error) {
	opts.Limits = opts.Limits.filled()
	file := &File{Name: name, content: content, size: size, options: opts}
	if err := file.open(); err != nil {
		return nil, named(err, name)
	}
	return file, nil
}

func (f *File) open() error {
	if f.size == 0 {
		return refuse("file.empty", nil)
	}
	if f.size > f.options.Limits.Bytes {
		return refuse("file.too_big", lang.Args{"limit": f.options.Limits.Bytes / 1_000_000})
	}
	kind, err := f.sniff()
	if err != nil {
		return err
	}
	if kind == kindWorkbook {
		if f.book, err = openWorkbook(f.content, f.size, f.options.Limits); err != nil {
			return err
		}
	}
	return f.digest(kind)
}

// digest reads the file once for its hash, and a text for its encoding too.
func (f *File) digest(kind fileKind) error {
	hash := sha256.New()
	var check encodingCheck
	target := io.Writer(hash)
	if kind == kindText {
		target = io.MultiWriter(hash, &check)
	}
	if _, err := io.Copy(target, io.NewSectionReader(f.content, 0, f.size)); err != nil {
		return unreadable(err)
	}
	f.SHA256 = hex.EncodeToString(hash.Sum(nil))
	if kind != kindText {
		return nil
	}
	var err error
	f.text, err = check.verdict()
	f.returns = check.lines.bareReturns()
	return err
}

// Close releases the file. Rows read from it end with it.
func (f *File) Close() error {
	if f.closer == nil {
		return nil
	}
	return f.closer.Close()
}

// closeQuietly closes what was only read: what it could report, reading has reported.
func closeQuietly(c io.Closer) { _ = c.Close() }

func refuse(code string, args lang.Args) *fault.Error { return fault.New(fault.Invalid, code, args) }

// named puts the file's name into the arguments of a refusal.
func named(err error, name string) error {
	refusal, ok := fault.As(err)
	if !ok {
		refusal = fault.Wrap(err, fault.Invalid, "file.unreadable", nil)
	}
	args := lang.Args{"file": visible(name, nameShown)}
	for key, value := range refusal.Args {
		args[key] = value
	}
	refusal.Args = args
	return refusal
}

func unreadable(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return fault.Wrap(err, fault.Invalid, "file.missing", nil)
	}
	if errors.Is(err, fs.ErrPermission) {
		return fault.Wrap(err, fault.Invalid, "file.no_permission", nil)
	}
	return fault.Wrap(err, fault.Invalid, "file.unreadable", nil)
}
