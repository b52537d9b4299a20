package jobs

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"time"

	"github.com/uptrace/bun"

	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
)

const (
	// MaxInput is how large a file that comes in may be, in bytes.
	MaxInput = 50_000_000

	partSize   = 1 << 20
	madeLives  = 24 * time.Hour // how long a file can be had that a job made
	takenLives = time.Hour      // how long one is kept that came in and that no job took up
)

// File is a file in the database: every copy of the server has it.
type File struct {
	bun.BaseModel `bun:"table:files,alias:f"`

	ID        int64     `bun:"id,pk,autoincrement"`
	Name      string    `bun:"name"` // a name of our own, or one made harmless
	MediaType string    `bun:"media_type"`
	Size      int64     `bun:"size"`
	SHA256    string    `bun:"sha256"` // in hexadecimal; empty while it is not whole
	MadeBy    string    `bun:"made_by"`
	MadeAt    time.Time `bun:"made_at"`
	ExpiresAt time.Time `bun:"expires_at,nullzero"`
}

func (f *File) fill() { f.MadeAt, f.ExpiresAt = utc(f.MadeAt), utc(f.ExpiresAt) }

// Files keeps files in the database, each part written in a transaction of its own.
type Files struct {
	db    *db.DB
	clock func() time.Time
}

// NewFiles makes the store of files of a database.
func NewFiles(d *db.DB, clock func() time.Time) *Files { return &Files{db: d, clock: clock} }

// Put keeps what r gives, at most limit bytes; more is TooLarge, and nothing is
// kept. Unless a job takes it up, it is gone after an hour.
func (f *Files) Put(ctx context.Context, madeBy, name, mediaType string, limit int64, r io.Reader) (*File, error) {
	return f.make(ctx, madeBy, name, mediaType, takenLives, func(w io.Writer) error {
		n, err := io.Copy(w, io.LimitReader(r, limit+1))
		if err == nil && n > limit {
			err = fault.New(fault.TooLarge, "job.too_big", lang.Args{"limit": limit / 1_000_000})
		}
		return err
	})
}

// Make keeps what write writes, for a day.
func (f *Files) Make(ctx context.Context, madeBy, name, mediaType string, write func(io.Writer) error) (*File, error) {
	return f.make(ctx, madeBy, name, mediaType, madeLives, write)
}

func (f *Files) make(ctx context.Context, madeBy, name, mediaType string, lives time.Duration, write func(io.Writer) error) (*File, error) {
	at := db.Now(f.clock)
	file := &File{Name: name, MediaType: mediaType, MadeBy: madeBy, MadeAt: at, ExpiresAt: at.Add(lives)}
	err := f.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		_, err := tx.NewInsert().Model(file).ExcludeColumn("id").Returning("id").Exec(ctx)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("beginning a file: %w", err)
	}
	w := &partWriter{ctx: ctx, files: f, file: file, sum: sha256.New(), part: make([]byte, 0, partSize)}
	err = write(w)
	if err == nil {
		err = w.close()
	}
	if err != nil {
		return nil, errors.Join(err, f.Remove(context.WithoutCancel(ctx), file.ID))
	}
	return file, nil
}

// partWriter writes a file part by part.
type partWriter struct {
	ctx    context.Context //nolint:containedctx // it lives as long as the one call that made it
	files  *Files
	file   *File
	sum    hash.Hash
	part   []byte
	number int64
}

// Write adds to the file.
func (w *partWriter) Write(p []byte) (n int, err error) {
	for len(p) > 0 {
		room := min(len(p), partSize-len(w.part))
		w.part = append(w.part, p[:room]...)
		p, n = p[room:], n+room
		if len(w.part) == partSize {
			if err := w.flush(); err != nil {
				return n, err
			}
		}
	}
	return n, nil
}

func (w *partWriter) flush() error {
	err := w.files.db.Write(w.ctx, func(ctx context.Context, tx db.Tx) error {
		row := tx.Bulk(ctx, "file_parts", "file_id", "part_no", "content")
		row.Int(w.file.ID)
		row.Int(w.number)
		row.Bytes(w.part)
		if err := row.Row(); err != nil {
			return err
		}
		_, err := row.Close()
		return err
	})
	if err != nil {
		return fmt.Errorf("writing a part of a file: %w", err)
	}
	_, _ = w.sum.Write(w.part)
	w.file.Size += int64(len(w.part))
	w.number++
	w.part = w.part[:0]
	return nil
}

func (w *partWriter) close() error {
	if len(w.part) > 0 {
		if err := w.flush(); err != nil {
			return err
		}
	}
	w.file.SHA256 = hex.EncodeToString(w.sum.Sum(nil))
	err := w.files.db.Write(w.ctx, func(ctx context.Context, tx db.Tx) error {
		_, err := tx.NewUpdate().Model(w.file).Column("size", "sha256").WherePK().Exec(ctx)
		return err
	})
	if err != nil {
		return fmt.Errorf("ending a file: %w", err)
	}
	return nil
}

// Remove takes away the bytes of a file, and the file itself unless a job names it.
func (f *Files) Remove(ctx context.Context, id int64) error {
	err := f.db.Write(ctx, func(ctx context.Context, tx db.Tx) error { return dropFile(ctx, tx, id) })
	if err != nil {
		return fmt.Errorf("removing file %d: %w", id, err)
	}
	return nil
}

// Sweep takes away the bytes of files whose time is over.
func (f *Files) Sweep(ctx context.Context) error {
	var ids []int64
	err := f.db.Snapshot(ctx, func(ctx context.Context, tx db.Tx) error {
		return tx.NewSelect().Table("files").Column("id").Where("expires_at <= ?", db.Now(f.clock)).OrderExpr("id").Limit(100).Scan(ctx, &ids)
	})
	if err != nil {
		return fmt.Errorf("looking for files whose time is over: %w", err)
	}
	for _, id := range ids {
		if err := f.Remove(ctx, id); err != nil {
			return err
		}
	}
	return nil
}

// dropFile takes away a file's bytes. A file that a job names stays as a row
// without them, so that what came and went is still known.
func dropFile(ctx context.Context, tx db.Tx, id int64) error {
	if _, err := tx.NewDelete().Table("file_parts").Where("file_id = ?", id).Exec(ctx); err != nil {
		return err
	}
	named := tx.NewSelect().Table("jobs").ColumnExpr("1").Where("input_file_id = ? OR output_file_id = ?", id, id)
	if _, err := tx.NewDelete().Table("files").Where("id = ?", id).Where("NOT EXISTS (?)", named).Exec(ctx); err != nil {
		return err
	}
	_, err := tx.NewUpdate().Table("files").Set("expires_at = NULL").Where("id = ?", id).Exec(ctx)
	return err
}

// keepFile lets a file live as long as the job that takes it up.
func keepFile(ctx context.Context, tx db.Tx, id int64) error {
	if _, err := tx.NewUpdate().Table("files").Set("expires_at = NULL").Where("id = ?", id).Exec(ctx); err != nil {
		return fmt.Errorf("keeping file %d: %w", id, err)
	}
	return nil
}

// settleFiles takes away, at the end of a job, the file that came with it, and
// the one that it made unless the job is done; that lives a day from now.
func settleFiles(ctx context.Context, tx db.Tx, job *Job, output *File) error {
	if job.InputFileID != 0 {
		if err := dropFile(ctx, tx, job.InputFileID); err != nil {
			return err
		}
	}
	switch {
	case output == nil:
		return nil
	case job.OutputFileID != output.ID:
		return dropFile(ctx, tx, output.ID)
	}
	_, err := tx.NewUpdate().Table("files").Set("expires_at = ?", job.FinishedAt.Add(madeLives)).Where("id = ?", output.ID).Exec(ctx)
	return err
}
