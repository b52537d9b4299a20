package jobs

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/steelyard/steelyard/app/db"
)

// partWithin is how long reading one part of a file may take.
const partWithin = 10 * time.Second

// errGone is that of a file whose bytes are not there any more.
var errGone = errors.New("the file is gone")

// Open gives the bytes of a file from its start, part by part: no transaction
// stays open while somebody slow reads. The context's end does not end it.
func (f *Files) Open(ctx context.Context, file *File) io.Reader {
	return &partReader{ctx: context.WithoutCancel(ctx), files: f, file: file, left: file.Size}
}

type partReader struct {
	ctx    context.Context //nolint:containedctx // a reader has no other way to be handed one
	files  *Files
	file   *File
	part   []byte
	number int64
	left   int64
}

// Read gives the next bytes.
func (r *partReader) Read(p []byte) (int, error) {
	if len(r.part) == 0 {
		if r.left == 0 {
			return 0, io.EOF
		}
		if err := r.next(); err != nil {
			return 0, err
		}
	}
	n := copy(p, r.part)
	r.part, r.left = r.part[n:], r.left-int64(n)
	return n, nil
}

func (r *partReader) next() error {
	ctx, done := context.WithTimeout(r.ctx, partWithin)
	defer done()
	err := r.files.db.Snapshot(ctx, func(ctx context.Context, tx db.Tx) error {
		return tx.QueryRowContext(ctx, "SELECT content FROM file_parts WHERE file_id = ? AND part_no = ?", r.file.ID, r.number).Scan(&r.part)
	})
	switch {
	case db.IsNoRows(err):
		return errGone
	case err != nil:
		return fmt.Errorf("reading file %d: %w", r.file.ID, err)
	}
	r.number++
	return nil
}
