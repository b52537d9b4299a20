package jobs

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
)

// spool is the folder of one job, for files that are worked on. Its name says of
// which database and job it is, so that whoever holds the job's lock may clear it.
type spool string

func (s *Service) spoolPrefix() string {
	sum := sha256.Sum256([]byte(s.db.Name()))
	return "steelyard-job-" + hex.EncodeToString(sum[:6]) + "-"
}

func (s *Service) spool(id int64) spool {
	return spool(filepath.Join(s.o.Temp, s.spoolPrefix()+strconv.FormatInt(id, 10)))
}

func (s spool) clear() error {
	if err := os.RemoveAll(string(s)); err != nil {
		return fmt.Errorf("clearing the folder of a job: %w", err)
	}
	return nil
}

// endings are those that a file on the disk may have: they are ours, whatever it was called.
var endings = []string{".xlsx", ".csv", ".json"}

// take writes a file of the database into the spool.
func (s spool) take(ctx context.Context, files *Files, id int64) (path string, file *File, err error) {
	if file, err = files.find(ctx, id); err != nil {
		return "", nil, err
	}
	if err := os.MkdirAll(string(s), 0o700); err != nil {
		return "", nil, fmt.Errorf("making the folder of a job: %w", err)
	}
	path = filepath.Join(string(s), "input")
	if end := strings.ToLower(filepath.Ext(file.Name)); slices.Contains(endings, end) {
		path += end
	}
	out, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return "", nil, fmt.Errorf("writing the file of a job: %w", err)
	}
	_, err = io.Copy(out, files.Open(ctx, file))
	if err := errors.Join(err, out.Close()); err != nil {
		return "", nil, fmt.Errorf("writing the file of a job: %w", err)
	}
	return path, file, nil
}

func (f *Files) find(ctx context.Context, id int64) (*File, error) {
	file := new(File)
	err := f.db.Snapshot(ctx, func(ctx context.Context, tx db.Tx) error {
		return tx.NewSelect().Model(file).Where("id = ?", id).Where("sha256 <> ''").Scan(ctx)
	})
	if err != nil {
		return nil, fmt.Errorf("reading file %d: %w", id, err)
	}
	file.fill()
	return file, nil
}

// sweepSpools clears the folders of jobs that nobody works: a crash left them.
func (s *Service) sweepSpools(ctx context.Context) error {
	left, err := filepath.Glob(filepath.Join(s.o.Temp, s.spoolPrefix()+"*"))
	if err != nil {
		return fmt.Errorf("looking for folders of jobs: %w", err)
	}
	for _, path := range left {
		id, err := strconv.ParseInt(filepath.Base(path)[len(s.spoolPrefix()):], 10, 64)
		if err != nil || s.here(id) {
			continue
		}
		if err := s.sweepSpool(ctx, id); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) sweepSpool(ctx context.Context, id int64) error {
	var lock *db.Lock
	lock, err := s.db.TryLock(ctx, lockName(id))
	if fault.KindOf(err) == fault.Conflict {
		return nil
	}
	if err != nil {
		return err
	}
	defer lock.Release()
	return s.spool(id).clear()
}
