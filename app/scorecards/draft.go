package scorecards

import (
	"context"
	"fmt"

	"github.com/steelyard/steelyard/app/access"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/imports"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/rbac"
	"github.com/steelyard/steelyard/scoring"
)

// PutDraft makes the draft of a scorecard, or replaces the one with the digest
// that the caller has seen; any other is a conflict. A definition that could not
// be published but for a position that another scorecard has is refused.
func (s *Service) PutDraft(ctx context.Context, actor rbac.Actor, code string, definition []byte, seen string) (*Version, error) {
	if err := access.RequireWhole(actor, rbac.ScorecardManage); err != nil {
		return nil, err
	}
	card, wrong := scoring.InspectScorecard(definition)
	if len(wrong) > 0 {
		return nil, Invalid(wrong)
	}
	if card.Code == "" {
		card.Code = code
	}
	if card.Code != code {
		return nil, fault.New(fault.Invalid, "scorecard.other_code", lang.Args{"code": card.Code, "scorecard": code})
	}
	_, err := s.batches.Record(ctx, actor, "scorecard draft", func(ctx context.Context, tx db.Tx, b *imports.Batch) error {
		all, err := readShelf(ctx, tx)
		if err != nil {
			return err
		}
		if err := draftable(all, card); err != nil {
			return err
		}
		b.About("scorecard.draft", "scorecard", code)
		return all.draft(ctx, tx, b, card, seen)
	})
	if err != nil {
		return nil, err
	}
	return s.draftOf(ctx, actor, code)
}

// draftable refuses a card that lacks what the bank needs beside the rules of scoring.
func draftable(all *shelf, card *scoring.Scorecard) error {
	var problems []fault.Problem
	for _, f := range bankFindings(all, card) {
		if f.Code != "scorecard.position_taken" { // until it is published, another may give it up
			problems = append(problems, fault.Problem{Path: f.Path, Code: f.Code, Args: f.Args})
		}
	}
	if len(problems) == 0 {
		return nil
	}
	refused := fault.New(fault.Invalid, "scorecard.invalid", lang.Args{"count": len(problems)})
	refused.Problems = problems
	return refused
}

// draft writes the draft of a card, in the place of the one that was seen.
func (s *shelf) draft(ctx context.Context, tx db.Tx, b *imports.Batch, card *scoring.Scorecard, seen string) error {
	definition := string(card.JSON())
	sum := digest(definition)
	before, there := s.drafts[card.Code]
	switch {
	case there && before.SHA256 == sum:
		b.Count(0, 0, 1, 0)
		return nil
	case there && before.SHA256 != seen, !there && seen != "":
		conflict := fault.New(fault.Conflict, "scorecard.old_version", lang.Args{"scorecard": card.Code})
		if there {
			conflict.Current = map[string]any{"number": before.Number, "state": before.State, "sha256": before.SHA256}
		}
		return conflict
	case !there:
		if s.last[card.Code] == 0 {
			b.Count(1, 0, 0, 0)
		} else {
			b.Count(0, 1, 0, 0)
		}
		b.Options.Draft = true
		return s.insert(ctx, tx, b, card.Code, definition, sum)
	}
	b.Count(0, 1, 0, 0)
	b.History(entity, before.ID, 0, draftState(&before, before.Definition), draftState(&before, definition))
	return redraft(ctx, tx, before.ID, definition, sum, b.ID)
}

// draftState is what the history keeps of a draft whose words change.
func draftState(v *Version, definition string) versionState {
	state := stateOf(v.Code, v.Number, StateDraft)
	state.Definition = definition
	return state
}

// redraft gives a draft other words.
func redraft(ctx context.Context, tx db.Tx, id int64, definition, sum string, batch int64) error {
	changed, err := tx.NewUpdate().Table("scorecard_versions").Set("definition = ?", definition).Set("sha256 = ?", sum).
		Set("batch_id = ?", batch).Where("id = ? AND state = 'draft'", id).Exec(ctx)
	if err != nil {
		return fmt.Errorf("writing a draft: %w", err)
	}
	if n, err := changed.RowsAffected(); err != nil || n == 0 {
		return fault.Wrap(err, fault.Conflict, "scorecard.draft_gone", nil)
	}
	return nil
}

// DeleteDraft throws the draft of a scorecard away, with those that it followed
// on and that were never published.
func (s *Service) DeleteDraft(ctx context.Context, actor rbac.Actor, code string) error {
	if err := access.RequireWhole(actor, rbac.ScorecardManage); err != nil {
		return err
	}
	_, err := s.batches.Record(ctx, actor, "scorecard discard", func(ctx context.Context, tx db.Tx, b *imports.Batch) error {
		list, err := history(ctx, tx, code)
		switch {
		case err != nil:
			return err
		case len(list) == 0:
			return fault.New(fault.NotFound, "scorecard.unknown", lang.Args{"scorecard": code})
		case list[0].State != StateDraft:
			return fault.New(fault.Conflict, "scorecard.no_draft_left", lang.Args{"scorecard": code})
		}
		b.About("scorecard.discard", "scorecard", code)
		for i := range list {
			if list[i].State != StateDraft {
				break
			}
			b.Count(0, 0, 0, 1)
			b.History(entity, list[i].ID, 0, draftState(&list[i], list[i].Definition), nil)
			if err := removeDraft(ctx, tx, list[i].ID); err != nil {
				return err
			}
		}
		return nil
	})
	return err
}

func removeDraft(ctx context.Context, tx db.Tx, id int64) error {
	if _, err := tx.NewDelete().Table("scorecard_versions").Where("id = ? AND state = 'draft'", id).Exec(ctx); err != nil {
		return fmt.Errorf("removing a draft: %w", err)
	}
	return nil
}

// Require says that there is no scorecard of a code, where that is so.
func Require(ctx context.Context, tx db.Tx, code string) error {
	list, err := history(ctx, tx, code)
	if err == nil && len(list) == 0 {
		err = fault.New(fault.NotFound, "scorecard.unknown", lang.Args{"scorecard": code})
	}
	return err
}

// Draft reads the draft of a scorecard; nil where there is none.
func Draft(ctx context.Context, tx db.Tx, code string) (*Version, error) {
	list, err := history(ctx, tx, code)
	if err != nil || len(list) == 0 || list[0].State != StateDraft {
		return nil, err
	}
	return &list[0], nil
}

// draftOf gives the draft of a scorecard as it stands.
func (s *Service) draftOf(ctx context.Context, actor rbac.Actor, code string) (*Version, error) {
	list, err := s.Versions(ctx, actor, code)
	if err != nil {
		return nil, err
	}
	return &list[0], nil
}

var _ = lang.Register(map[string]lang.Text{
	"scorecard.other_code":    {Zh: "定义中的代码 {code} 与计分卡 {scorecard} 不一致", En: "the definition has the code {code}, not {scorecard}"},
	"scorecard.old_version":   {Zh: "计分卡 {scorecard} 的草稿已被他人修改或发布；请比较后再保存", En: "somebody has changed or published the draft of {scorecard} meanwhile; compare before you save yours"},
	"scorecard.draft_gone":    {Zh: "草稿已不在；请重新加载", En: "the draft is gone; load the page again"},
	"scorecard.no_draft_left": {Zh: "计分卡 {scorecard} 没有草稿", En: "the scorecard {scorecard} has no draft"},
})
