package imports

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/steelyard/steelyard/app/access"
	"github.com/steelyard/steelyard/app/audit"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/rbac"
)

// Service takes in files and undoes batches. Batches are made one after another,
// so that their ids are in the order in which they became visible.
type Service struct {
	db       *db.DB
	clock    func() time.Time
	kinds    []Kind
	entities []Entity
	trail    *audit.Service
}

// NewService makes the service of the kinds of file that it takes. The entities
// stand in the order in which they refer to each other, the referred first.
func NewService(d *db.DB, clock func() time.Time, kinds []Kind, entities []Entity) *Service {
	return &Service{db: d, clock: clock, kinds: kinds, entities: entities}
}

// Kinds lists the kinds of file in the order in which a bank loads them.
func (s *Service) Kinds() []Kind { return slices.Clone(s.kinds) }

func (s *Service) kind(name string) (*Kind, error) {
	names := make([]string, len(s.kinds))
	for i := range s.kinds {
		if names[i] = s.kinds[i].Name; names[i] == name {
			return &s.kinds[i], nil
		}
	}
	return nil, fault.New(fault.Invalid, "import.kind", lang.Args{"kind": name, "kinds": strings.Join(names, ", ")})
}

// Summary says what an import did.
type Summary struct {
	Kind   string `json:"kind"`
	File   string `json:"file"`
	SHA256 string `json:"sha256"`
	// BatchID is 0 when nothing was written: nothing is new, or it was a dry run.
	BatchID int64 `json:"batch,omitempty"`
	// SameAs is the batch that took in the same bytes before, when nothing is new.
	SameAs  int64           `json:"same_as,omitempty"`
	DryRun  bool            `json:"dry_run,omitempty"`
	Rows    int             `json:"rows"`
	Unknown []string        `json:"unknown_columns,omitempty"`
	Left    []fault.Problem `json:"left,omitempty"`     // the faults of rows that were left out
	Notices []fault.Problem `json:"warnings,omitempty"` // no faults, and yet to be seen
	Counts
}

// errKeepNothing ends a write transaction that did all it should and must not last.
var errKeepNothing = errors.New("nothing is to be kept")

// Import takes in the file at path as one batch: all of it or, with faults and
// without SkipErrors, nothing and an Invalid error with every fault. A file that
// changes nothing makes no batch.
func (s *Service) Import(ctx context.Context, actor rbac.Actor, kind, path string, o Options, progress Progress) (*Summary, error) {
	k, err := s.kind(kind)
	if err != nil {
		return nil, err
	}
	if err := access.RequireWhole(actor, k.Permission); err != nil {
		return nil, err
	}
	if o.Replace && !k.PerPeriod {
		return nil, fault.New(fault.Invalid, "import.replace", lang.Args{"kind": kind})
	}
	if progress == nil {
		progress = func(string, int, int) {}
	}
	in, err := read(ctx, k, path, o, progress)
	if err != nil {
		return nil, err
	}
	told := func(rows int) { progress("import.step.write", min(rows, in.rows), in.rows) }
	told(0)
	summary, err := s.write(ctx, actor, k, in, o, told)
	if err == nil {
		told(in.rows)
	}
	return summary, err
}

func (s *Service) write(ctx context.Context, actor rbac.Actor, k *Kind, in *input, o Options, progress func(int)) (*Summary, error) {
	summary := &Summary{Kind: k.Name, File: in.name, SHA256: in.sha256, Rows: in.rows, Unknown: in.unknown, DryRun: o.DryRun}
	record := &Record{Kind: k.Name, FileName: in.name, SHA256: in.sha256}
	err := s.batch(ctx, actor, record, o, func(ctx context.Context, tx db.Tx, b *Batch) error {
		b.progress = progress
		b.About("import."+k.Name, "batch", strconv.FormatInt(record.ID, 10))
		for _, p := range in.problems {
			b.Problem(p)
		}
		if err := in.apply(ctx, tx, b); err != nil {
			return err
		}
		if b.Blocked() {
			code := "import.wrong"
			if k.Document != nil {
				code = "import.wrong_document"
			}
			wrong := fault.New(fault.Invalid, code, lang.Args{"file": in.name, "rows": len(b.wrong), "count": len(b.problems)})
			wrong.Problems = b.Problems()
			return wrong
		}
		summary.Left, summary.Notices = b.Problems(), slices.Concat(in.notices, b.warnings)
		return nil
	}, func(ctx context.Context, tx db.Tx) error {
		summary.Counts = record.Counts
		if o.DryRun {
			return errKeepNothing
		}
		if record.Nothing() {
			summary.SameAs, _ = sameFile(ctx, tx, record) // a convenience of the summary
			return errKeepNothing
		}
		summary.BatchID = record.ID
		return nil
	})
	if err != nil && !errors.Is(err, errKeepNothing) {
		return nil, err
	}
	return summary, nil
}

// Record does a change that is no import as one batch: f makes it and reports
// what was before and after. A change that counts nothing makes no batch. That
// the actor may do it has been asked by the caller.
func (s *Service) Record(ctx context.Context, actor rbac.Actor, kind string, f func(context.Context, db.Tx, *Batch) error) (*Record, error) {
	record := &Record{Kind: kind}
	err := s.batch(ctx, actor, record, Options{}, f, func(context.Context, db.Tx) error {
		if record.Nothing() {
			return errKeepNothing
		}
		return nil
	})
	if errors.Is(err, errKeepNothing) {
		record.ID, err = 0, nil
	}
	if err != nil {
		return nil, err
	}
	return record, nil
}

// batch makes one batch in one transaction, while no other is made, and puts it
// on the audit trail.
func (s *Service) batch(ctx context.Context, actor rbac.Actor, r *Record, o Options,
	f func(context.Context, db.Tx, *Batch) error, last func(context.Context, db.Tx) error,
) error {
	lock, err := s.db.WaitLock(ctx, "batch")
	if err != nil {
		return err
	}
	defer lock.Release()
	b := &Batch{Actor: actor, At: db.Now(s.clock), Options: o}
	return s.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		if err := b.begin(ctx, tx, r); err != nil {
			return err
		}
		if err := f(ctx, tx, b); err != nil {
			return err
		}
		if err := b.finish(ctx, tx, r); err != nil {
			return err
		}
		if err := last(ctx, tx); err != nil {
			return err
		}
		return audit.Write(ctx, tx, b.At, actor, b.recorded(r))
	})
}

// sameFile gives the first batch, not undone, that took in the same bytes.
func sameFile(ctx context.Context, tx db.Tx, r *Record) (int64, error) {
	var id int64
	err := tx.NewSelect().Table("batches").ColumnExpr("COALESCE(MIN(id), 0)").
		Where("kind = ? AND sha256 = ? AND id <> ?", r.Kind, r.SHA256, r.ID).
		Where("id NOT IN (SELECT undoes_batch_id FROM batches WHERE undoes_batch_id IS NOT NULL)").Scan(ctx, &id)
	return id, err
}
